"""The clock: launches and disclosures, and the last safe filing day of each at every office."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.layout.clock import ClockLine
from ipdesk.core.layout.edits_market import (
    delete_disclosure,
    delete_launch,
)
from ipdesk.core.layout.model import DisclosureRow, LaunchRow
from ipdesk.core.layout.queries_clock import outlook
from ipdesk.core.layout.queries_tree import disclosures, launches
from ipdesk.core.layout.words import DISCLOSURE_LABELS, GROUND_LABELS, LAUNCH_LABELS, ClockState
from ipdesk.core.layout.words import label as named
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk
from ipdesk.ui.layout.card import Card
from ipdesk.ui.layout.launches import ask_disclosure, ask_launch
from ipdesk.ui.layout.marks import clock_mark
from ipdesk.ui.layout.names import office_short
from ipdesk.ui.layout.sheets import export_sheet, import_sheet
from ipdesk.ui.layout.view import Bench, View
from ipdesk.ui.tables.columns import Cell, Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.labels import card
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

SAFE, LAUNCHES, DISCLOSURES = "safe", "launches", "disclosures"
_PARTS = (SAFE, LAUNCHES, DISCLOSURES)
_SHEETS = (
    ("launch", (say("Bring in a sheet of launches…"), say("Export the launches…"))),
    ("disclosure", (say("Bring in a sheet of disclosures…"), say("Export the disclosures…"))),
)
Told = tuple[tuple[ClockLine, ...], tuple[LaunchRow, ...], tuple[DisclosureRow, ...]]


class ClockView(View):
    """Last safe days with their reasons; launches and disclosures that make them."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(desk, bench)
        self._launches: tuple[LaunchRow, ...] = ()
        self.parts = Segments(
            [
                (SAFE, tr("Last safe days")),
                (LAUNCHES, tr("Launches")),
                (DISCLOSURES, tr("Disclosures")),
            ]
        )
        self.parts.chosen.connect(self.choose)
        self.parts.mark(SAFE)
        self.bar.addWidget(self.parts, 1)
        self.launch = action(
            self, tr("Set a launch…"), self.ask_launch, icon="plus", shortcut="Ctrl+N",
            tip=tr("When a product comes to a market"),
        )  # fmt: skip
        rest: list[QAction | None] = [
            action(self, tr("Record a disclosure…"), self.ask_disclosure),
            None,
        ]
        for kind, words in _SHEETS:
            rest.append(action(self, str(words[0]), partial(import_sheet, desk, self, kind)))
            rest.append(action(self, str(words[1]), partial(export_sheet, desk, self, kind)))
        self.add_acts(self.launch, rest)
        self._add_lists()

    def _add_lists(self) -> None:
        self.clock = SmallTable(self._clock_columns(), tr("Last safe days"), stretch="product")
        self.opened = SmallTable(self._launch_columns(), tr("Launches"), stretch="product")
        self.shown = SmallTable(self._shown_columns(), tr("Disclosures"), stretch="title")
        self.card = Card(tr("Select a line to see its reasons."))
        self._stack = QStackedWidget()
        for table in (self.clock, self.opened, self.shown):
            self._stack.addWidget(table)
        self._nothing = Notice(
            "clock",
            tr("Nothing becomes public yet"),
            tr("Set the launch of a product, or record a disclosure."),
        )
        self._stack.addWidget(self._nothing)
        left = card()
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._stack)
        self.body.addWidget(Split(self.desk, "clock", left, self.card, (9, 5)), 1)
        self.clock.picked.connect(self._show_line)
        self.opened.picked.connect(self._show_launch)
        self.shown.picked.connect(self._show_disclosure)
        self.opened.opened.connect(self.ask_launch)
        self.shown.opened.connect(self.ask_disclosure)
        self._part = SAFE

    # ------------------------------------------------------------------ columns

    def _subject(self, line: ClockLine) -> str:
        return self.bench.names.subject(line.kind, line.subject_id, line.product)

    def _clock_columns(self) -> tuple[Column, ...]:
        return (
            Column("due", say("Last safe day"), _due, 116, tip=_raw),
            Column("state", say("State"), clock_mark, 96),
            Column("product", say("What"), self._subject, 180, strong=True, tip=self._subject),
            Column(
                "office",
                say("Office"),
                lambda c: office_short(c.office),
                96,
                tip=lambda c: office_name(c.office),
            ),
            Column("first", say("Public from"), lambda c: c.first.day, 96),
            Column("right", say("Right"), _right, 72),
            Column("how", say("Through"), lambda c: str(c.first.what), 130),
            Column("until", say("Can follow until"), lambda c: c.until, 116),
        )

    def _launch_columns(self) -> tuple[Column, ...]:
        def product(row: LaunchRow) -> str:
            return self.bench.names.item("product", row.product_id) or row.product

        return (
            Column("date", say("Date"), lambda r: r.date, 100, strong=True),
            Column("product", say("Product"), product, 200, strong=True),
            Column("office", say("Market"), lambda r: office_name(r.office), 160),
            Column("kind", say("Kind"), lambda r: named(LAUNCH_LABELS, r.kind), 180),
            Column("note", say("Note"), lambda r: r.note, 160),
        )

    def _shown_columns(self) -> tuple[Column, ...]:
        return (
            Column("date", say("Date"), lambda r: r.fields.date, 100, strong=True),
            Column("title", say("Title"), lambda r: r.fields.title or r.fields.place, 200),
            Column("kind", say("Kind"), lambda r: named(DISCLOSURE_LABELS, r.fields.kind), 130),
            Column("what", say("Discloses"), self._disclosed, 160),
            Column("office", say("Country"), lambda r: office_name(r.fields.office), 110),
            Column("state", say("State"), _disclosure_state, 120),
        )

    def _disclosed(self, row: DisclosureRow) -> str:
        names = self.bench.names
        product = names.item("product", row.fields.product_id)
        return product or names.technology(row.fields.technology_id)

    # ------------------------------------------------------------------ reading

    def choose(self, part: str) -> None:
        """Last safe days, launches or disclosures."""
        self._part = part if part in _PARTS else SAFE
        self.parts.mark(self._part)
        self._put_in_sight()

    def visit(self, wanted: int | str | None) -> None:
        if isinstance(wanted, str):
            self.choose(wanted)

    def reload(self) -> None:
        self.ask(partial(_told, self.desk.today()), self._show, key="clock")

    def _show(self, told: Told) -> None:
        lines, self._launches, shown = told
        self.clock.put(lines)
        self.opened.put(self._launches)
        self.shown.put(shown)
        late = sum(line.state == ClockState.PASSED for line in lines)
        self.parts.count({SAFE: len(lines), LAUNCHES: len(self._launches), DISCLOSURES: len(shown)})
        self.parts.setToolTip(tr("{n} of them too late", n=late) if late else "")
        self._put_in_sight()

    def _put_in_sight(self) -> None:
        table = (self.clock, self.opened, self.shown)[_PARTS.index(self._part)]
        filled = bool(table.rows_model.rows)
        self._stack.setCurrentWidget(table if filled else self._nothing)
        if not filled:
            self.card.show_nothing()
        elif table.current() is None:
            table.selectRow(0)
        else:
            table.picked.emit(table.current())

    # ------------------------------------------------------------------ cards

    def _show_line(self, line: ClockLine | None) -> None:
        if line is None or self._part != SAFE:
            return
        self.card.clear()
        self.card.title(self._subject(line), f"{office_name(line.office)} · {_right(line)}")
        marks = [clock_mark(line)]
        if line.unverified:
            marks.append(Mark(Tone.UNCHECKED, tr("rule not verified")))
        if line.calendar == "computed":
            marks.append(Mark(Tone.UNCHECKED, tr("closed days computed")))
        self.card.chips(marks)
        mine = [x for x in self._launches if x.product_id == line.subject_id]
        if line.kind == "product":
            known = next((x for x in mine if x.office == line.office), None)
            words = tr("Move the launch…") if known else tr("Set a launch…")
            given = known or LaunchRow(0, line.subject_id, "", line.office, self.desk.today(), "")
            self.card.buttons([(words, partial(self.ask_launch, given))])
        self.card.facts(
            (
                (tr("Last safe day"), line.due),
                (tr("Before rolling"), line.last_safe),
                (tr("Public from"), line.first.day),
                (tr("Launch here"), line.launch),
                (tr("Ask for permission by"), line.ask_by),
                (tr("Can follow until"), line.until),
                (tr("Filed"), ", ".join(line.filings)),
            )
        )
        self.card.section(tr("Why this day"))
        self.card.sentences(line.why)
        self.card.end()

    def _show_launch(self, row: LaunchRow | None) -> None:
        if row is None or self._part != LAUNCHES:
            return
        self.card.clear()
        name = self.bench.names.item("product", row.product_id)
        self.card.title(name, office_name(row.office))
        self.card.buttons(
            [
                (tr("Move the launch…"), partial(self.ask_launch, row)),
                (tr("Delete"), partial(self._delete_launch, row.id)),
            ]
        )
        self.card.facts(
            (
                (tr("Date"), row.date),
                (tr("Kind"), named(LAUNCH_LABELS, row.kind)),
                (tr("Note"), row.note),
            )
        )
        self.card.end()

    def _show_disclosure(self, row: DisclosureRow | None) -> None:
        if row is None or self._part != DISCLOSURES:
            return
        f = row.fields
        self.card.clear()
        self.card.title(f.title or named(DISCLOSURE_LABELS, f.kind), self._disclosed(row))
        self.card.buttons(
            [
                (tr("Change…"), partial(self.ask_disclosure, row)),
                (tr("Delete"), partial(self._delete_disclosure, row.id)),
            ]
        )
        self.card.facts(
            (
                (tr("Date"), f.date),
                (tr("Kind"), named(DISCLOSURE_LABELS, f.kind)),
                (tr("Country"), office_name(f.office) if f.office else ""),
                (tr("Place"), f.place),
                (tr("May be excused as"), named(GROUND_LABELS, f.ground)),
                (tr("Note"), f.note),
            )
        )
        self.card.end()

    # ------------------------------------------------------------------ doing

    def ask_launch(self, row: LaunchRow | None = None) -> None:
        """When a product comes to a market; all last safe days move with it."""
        ask_launch(self.desk, self, self.bench, row)

    def ask_disclosure(self, row: DisclosureRow | None = None) -> None:
        """An exhibition, paper, sale or tender."""
        ask_disclosure(self.desk, self, self.bench, row)

    def _delete_launch(self, launch: int) -> None:
        self.run(lambda d, _law: delete_launch(d, launch), tr("Launch deleted."))

    def _delete_disclosure(self, disclosure: int) -> None:
        self.run(lambda d, _law: delete_disclosure(d, disclosure), tr("Disclosure deleted."))


def _told(today: date, connection: Connection) -> Told:
    seen = outlook(connection, docket_for(connection, today).calendars, today)
    return seen.clock, tuple(launches(connection)), tuple(disclosures(connection))


def _due(line: ClockLine) -> Cell:
    tones = {ClockState.PASSED: Tone.OVERDUE, ClockState.URGENT: Tone.SOON}
    tone = tones.get(ClockState(line.state))
    return Mark(tone, line.due.isoformat()) if tone else line.due


def _raw(line: ClockLine) -> str:
    if line.due == line.last_safe:
        return ""
    return tr("{day} before rolling to an open day", day=line.last_safe)


def _right(line: ClockLine) -> str:
    return tr("design") if line.right == "design" else tr("patent")


def _disclosure_state(row: DisclosureRow) -> Cell:
    if row.fields.cancelled:
        return tr("cancelled")
    return tr("confidential") if row.fields.confidential else None
