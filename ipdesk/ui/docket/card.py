"""One deadline whole: what, when, why, how sure, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import Message, tr
from ipdesk.core.docket.queries import deadline_rows, explain
from ipdesk.core.docket.records import DeadlineRow, State
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.acts import DeadlineActs
from ipdesk.ui.docket.costs import DeadlineCosts
from ipdesk.ui.docket.marks import distance, doubts, state_mark
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import LinkLine, button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, hairline, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied

if TYPE_CHECKING:
    from sqlalchemy import Connection

Told = tuple[DeadlineRow, tuple[Message, ...]]


class DeadlineCard(QWidget):
    """Shows the deadline of an id; reads it again when told to."""

    def __init__(self, desk: Desk, *, with_matter: bool = True) -> None:
        super().__init__()
        self._desk = desk
        self._with_matter = with_matter
        self._acts = DeadlineActs(desk, self)
        self._shown: int | None = None
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._column)
        self.show_nothing()

    @property
    def deadline(self) -> int | None:
        """The id in sight."""
        return self._shown

    def show_nothing(self) -> None:
        """No deadline is picked."""
        self._shown = None
        emptied(self._column.box)
        self._column.box.addWidget(label(tr("Select a deadline to see its reasons."), "muted"))
        self._column.box.addStretch(1)

    def show_id(self, wanted: int | None) -> None:
        """Read a deadline with its reasons and show it."""
        if wanted is None:
            self.show_nothing()
            return
        self._shown = wanted
        today = self._desk.today()

        def question(connection: Connection) -> Told | None:
            rows = deadline_rows(connection, [wanted], today)
            if not rows:
                return None
            return rows[0], explain(connection, rows[0], docket_for(connection, today))

        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="card")

    def again(self) -> None:
        """The data changed."""
        self.show_id(self._shown)

    # ------------------------------------------------------------------ drawing

    def _show(self, told: Told | None) -> None:
        if told is None:
            self.show_nothing()
            return
        row, why = told
        box = self._column.box
        emptied(box)
        box.addWidget(label(row.name, "title", wrap=True))
        if self._with_matter:
            self._add_matter(row)
        self._add_chips(row)
        self._add_acts(row)
        box.addWidget(hairline())
        self._add_facts(row)
        box.addWidget(DeadlineCosts(self._desk, row))
        box.addWidget(hairline())
        box.addWidget(label(tr("Why this date"), "section"))
        for number, sentence in enumerate(why, 1):
            box.addWidget(selectable(f"{number}. {sentence}"))
        box.addStretch(1)

    def _add_matter(self, row: DeadlineRow) -> None:
        words = f"{row.reference}  {row.shown_title}"
        go = partial(self._desk.go, Place("portfolio", row.matter_id))
        self._column.box.addWidget(LinkLine(words, go, tr("Open the matter")))
        place = f"{right_label(row.right)} · {office_name(row.office)}"
        self._column.box.addWidget(label(place, "muted", wrap=True))

    def _add_chips(self, row: DeadlineRow) -> None:
        today = self._desk.today()
        holder = QWidget()
        chips = Flow(holder, gap=theme.px(6))
        mark = state_mark(row, today)
        chips.addWidget(chip(mark.tone, mark.text))
        for tone, words in doubts(row):
            chips.addWidget(chip(tone, words))
        self._column.box.addWidget(holder)

    def _add_acts(self, row: DeadlineRow) -> None:
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(8))
        acts, ids = self._acts, [row.id]
        if row.state == State.INFORMATION:
            return
        if row.state in (State.OPEN, State.PAST):
            flow.addWidget(button(tr("Submitted…"), partial(acts.submit, ids), role="main"))
        if row.state in (State.OPEN, State.SUBMITTED, State.PAST):
            role = "main" if row.state == State.SUBMITTED else ""
            flow.addWidget(button(tr("Confirmed…"), partial(acts.confirm, ids), role=role))
            flow.addWidget(button(tr("Not applicable…"), partial(acts.set_aside, ids)))
        if row.state in (State.SUBMITTED, State.CONFIRMED, State.NOT_APPLICABLE):
            flow.addWidget(button(tr("Reopen"), partial(acts.reopen, ids)))
        flow.addWidget(button(tr("Assign…"), partial(acts.assign, ids, row.responsible)))
        if not row.manual:
            ask = partial(self._desk.go, Place("what-if", row.id))
            flow.addWidget(button(tr("What if…"), ask, tip=tr("See what would change this date")))
        self._column.box.addWidget(holder)

    def _add_facts(self, row: DeadlineRow) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        today = self._desk.today()
        facts = (
            (tr("Due"), f"{row.due}  ({distance(row.due, today)})"),
            (tr("Before rolling"), row.raw if row.raw != row.due else None),
            (tr("Internal date"), row.internal_due),
            (tr("Agent date"), row.agent_due),
            (tr("Opens"), row.opens),
            (tr("Extended to"), row.extended_to),
            (tr("Grace until"), row.grace_end),
            (tr("Legal basis"), row.basis),
            (tr("Rule"), f"{row.rule} {row.version.partition(' ')[0]}".strip()),
            (tr("Person"), row.responsible),
            (tr("Submitted"), _act(row.submitted_on, row.submitted_by)),
            (tr("Receipt"), row.receipt),
            (tr("Confirmed"), _act(row.confirmed_on, row.confirmed_by)),
            (tr("Reason"), row.reason),
            (tr("Note"), row.note),
        )
        for caption, value in facts:
            if value:
                place = grid.rowCount()
                grid.addWidget(label(caption, "caption"), place, 0, theme.TOP)
                grid.addWidget(selectable(value), place, 1)
        grid.setColumnStretch(1, 1)
        self._column.box.addLayout(grid)


def _act(day: object, person: str) -> str:
    return f"{day} {person}".strip() if day else ""
