"""Freedom-to-operate gates: the list by product, and the gate whole beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import Message, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.watch.edits_gates import delete_gate
from ipdesk.core.watch.rows import GateFamilyRow, GateRow
from ipdesk.core.watch.words import (
    CONCLUSION_LABELS,
    STAGE_LABELS,
    VERDICT_LABELS,
    cut_off_words,
    database_label,
)
from ipdesk.core.watch.words import (
    label as word,
)
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.page import tell
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.watch.acts import run_act
from ipdesk.ui.watch.facts import chips, facts, flow_of, heading, listed
from ipdesk.ui.watch.gateform import ask_conclusion, ask_gate
from ipdesk.ui.watch.gatelines import GateLine, gate_columns, gate_lines
from ipdesk.ui.watch.marks import grade_mark, light_mark
from ipdesk.ui.widgets.buttons import LinkLine, button
from ipdesk.ui.widgets.labels import chip, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Loading, Notice, unpicked

if TYPE_CHECKING:
    from sqlalchemy import Connection


class GatesView(QWidget):
    """Valid six months, then amber; before a launch red."""

    opened = Signal(int)  # a family

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: int | None = None
        self.table = SmallTable(gate_columns(), tr("Gates"), stretch="why")
        self.card = GateCard(desk)
        self.card.opened.connect(self.opened)
        self.table.picked.connect(self.card.show_line)
        frame = QFrame()
        frame.setProperty("card", "true")
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(Loading())
        words = tr("Record one before a concept is chosen, a design frozen, a product launched.")
        new = button(tr("New gate…"), self.make_new, role="main")
        self._stack.addWidget(Notice("shield-check", tr("No gate is recorded yet."), words, (new,)))
        self._stack.addWidget(self.table)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Split(desk, "gates", frame, self.card, (5, 4)))

    def reload(self) -> None:
        """The data changed."""
        question = partial(_lines, self._desk)
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="gates")

    def make_new(self) -> None:
        """A gate for the product in focus."""
        line = self.table.current()
        product = line.product_id if line is not None else None
        ask_gate(self._desk, self, None, product)

    def pick(self, gate: int) -> None:
        """Bring a gate into sight as soon as it is read."""
        self._wanted = gate
        self.reload()

    def _show(self, lines: list[GateLine]) -> None:
        self.table.put(lines)
        self._stack.setCurrentIndex(2 if lines else 1)
        for place, line in enumerate(lines):
            if self._wanted is not None and line.gate and line.gate.id == self._wanted:
                self._wanted = None
                self.table.selectRow(place)
        if self.table.current() is None and lines:
            self.table.selectRow(0)
        self.card.show_line(self.table.current())


class GateCard(QFrame):
    """One gate: what was considered, concluded and left open, and what was searched."""

    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._desk = desk
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._column)
        self.show_line(None)

    def show_line(self, line: GateLine | None) -> None:
        """Show a product or one of its gates."""
        box = self._column.box
        emptied(box)
        if line is None:
            words = tr("Select a product or one of its gates.")
            box.addWidget(unpicked(words), 1)
            return
        gate = line.gate
        stage = word(STAGE_LABELS, gate.stage) if gate else tr("All stages")
        box.addWidget(label(f"{line.subject} · {stage}", "title", wrap=True))
        mark = light_mark(line.light)
        flow_of(box, [chip(mark.tone, mark.text)])
        box.addWidget(selectable(line.why))
        if gate is None:
            self._add_product(line)
        else:
            self._add_gate(gate, line.gaps)
        box.addStretch(1)

    def _add_product(self, line: GateLine) -> None:
        facts(self._column.box, ((tr("Next launch"), line.launch or tr("none recorded")),))
        new = partial(ask_gate, self._desk, self, None, line.product_id)
        report = partial(self._report, line.subject)
        buttons = [button(tr("New gate…"), new, role="main"), button(tr("Record as PDF…"), report)]
        flow_of(self._column.box, buttons)

    def _add_gate(self, gate: GateRow, found: tuple[Message, ...]) -> None:
        box = self._column.box
        flow_of(
            box,
            [
                button(tr("Edit…"), partial(ask_gate, self._desk, self, gate, gate.product_id)),
                button(tr("Record as PDF…"), partial(self._report, gate.subject)),
                button(tr("Delete"), partial(self._delete, gate)),
            ],
        )
        facts(
            box,
            (
                (tr("Conclusion"), word(CONCLUSION_LABELS, gate.conclusion)),
                (tr("Concluded on"), gate.concluded_on),
                (tr("Valid until"), gate.state.valid_until),
                (tr("Planned for"), gate.planned_on),
                (tr("Markets"), ", ".join(gate.markets)),
                (tr("Summary"), gate.summary),
                (tr("Recorded"), f"{gate.made_on} {gate.by}".strip()),
            ),
        )
        heading(box, tr("Gaps"))
        if gate.gaps:
            chips(box, [(Tone.UNCHECKED, gap) for gap in gate.gaps])
        for gap in found:
            line = label(f"{SIGNS[Tone.UNCHECKED]}  {gap}", wrap=True)
            line.setProperty("ink", Tone.UNCHECKED.value)
            box.addWidget(line)
        if not gate.gaps and not found:
            box.addWidget(
                label(tr("No gap is named, and the rules find none."), "muted", wrap=True)
            )
        heading(box, tr("Families considered"))
        if not gate.families:
            box.addWidget(label(tr("None: nothing was considered yet."), "muted", wrap=True))
        for family in gate.families:
            self._add_family(gate, family)
        heading(box, tr("What was searched"))
        if not gate.searches:
            box.addWidget(label(tr("No run of a watch stands behind this gate."), "muted"))
        for search in gate.searches:
            cut_off = cut_off_words(search.cut_off, search.ran_on)
            name = f"{search.watch} · {database_label(search.database)} · {cut_off}"
            box.addWidget(selectable(name))
            box.addWidget(selectable(search.query or tr("no query on record"), "caption"))

    def _add_family(self, gate: GateRow, family: GateFamilyRow) -> None:
        box = self._column.box
        go = partial(self.opened.emit, family.family_id)
        box.addWidget(LinkLine(family.shown_title, go, tr("Show the family")))
        verdict = word(VERDICT_LABELS, family.verdict)
        made: list[QWidget] = [label(f"{family.key} · {family.watch} · {verdict}", "caption")]
        mark = grade_mark(family.grade)
        if mark is not None:
            made.append(chip(mark.tone, mark.text))
        said = listed(w for w in (word(CONCLUSION_LABELS, family.conclusion), family.note) if w)
        ask = partial(ask_conclusion, self._desk, self, gate.id, family)
        made.append(label(said, "muted"))
        made.append(button(tr("Conclude…"), ask, role="link"))
        flow_of(box, made)

    def _report(self, subject: str) -> None:
        self._desk.go(Place("reports", "fto", (("product", (subject,)),)))

    def _delete(self, gate: GateRow) -> None:
        run_act(self._desk, lambda d: delete_gate(d, gate.id), tr("Gate deleted."))


def _lines(desk: Desk, connection: Connection) -> list[GateLine]:
    return gate_lines(connection, desk.today())
