"""One deadline whole: what, when, why, how sure, from which document, and what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ipdesk.base.dates import distance
from ipdesk.base.i18n import captioned, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket.events import event_label
from ipdesk.core.docket.records import DeadlineRow, State
from ipdesk.core.docket.saying import Remedy, Said, said_of
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui import theme
from ipdesk.ui.desk import FAMILY_TIMELINE, Desk, Place
from ipdesk.ui.docket.acts import DeadlineActs
from ipdesk.ui.docket.columns import event_name
from ipdesk.ui.docket.costs import DeadlineCosts
from ipdesk.ui.docket.event_form import EventForm, entered_words
from ipdesk.ui.docket.marks import doubts, state_mark
from ipdesk.ui.docket.papers import Copies
from ipdesk.ui.docket.whatifs import WhatIfs
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import LinkLine, button, more_button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, hairline, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.states import unpicked

if TYPE_CHECKING:
    from sqlalchemy import Connection

_WAITS = (State.OPEN, State.SUBMITTED, State.PAST)


class DeadlineCard(QWidget):
    """Shows the deadline of an id; reads it again when told to."""

    def __init__(
        self, desk: Desk, *, with_matter: bool = True, above: QWidget | None = None
    ) -> None:
        """*above* is the window of its dialogs, where the card is a popover that they close."""
        super().__init__()
        self._desk = desk
        self._with_matter = with_matter
        self._above = above
        self._acts = DeadlineActs(desk, above or self)
        self._copies = Copies(desk)
        self._shown: int | None = None
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        edge = 1 if above else 0  # the line around a popover
        outer.setContentsMargins(edge, edge, edge, edge)
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
        words = tr("Select a deadline to see its reasons.")
        self._column.box.addWidget(unpicked(words), 1)

    def show_id(self, wanted: int | None) -> None:
        """Read a deadline with its reasons and show it."""
        if wanted is None:
            self.show_nothing()
            return
        self._shown = wanted
        today = self._desk.today()

        def question(connection: Connection) -> Said | None:
            return said_of(connection, wanted, docket_for(connection, today))

        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="card")

    def again(self) -> None:
        """The data changed."""
        self.show_id(self._shown)

    # ------------------------------------------------------------------ drawing

    def _show(self, said: Said | None) -> None:
        if said is None:
            self.show_nothing()
            return
        row = said.row
        self._acts.about = f"{row.reference}  {row.name}"
        box = self._column.box
        emptied(box)
        box.addWidget(self._title(said))
        if self._with_matter:
            self._add_matter(row)
        self._add_chips(row)
        self._add_acts(said)
        box.addWidget(hairline())
        self._add_facts(said)
        if said.event is not None:
            self._add_event(said)
        self._add_missed(said)
        box.addWidget(DeadlineCosts(self._desk, row))
        box.addWidget(hairline())
        box.addWidget(label(tr("Why this date"), "section"))
        for number, sentence in enumerate(said.why, 1):
            box.addWidget(selectable(f"{number}. {sentence}"))
        if not row.manual:
            box.addWidget(WhatIfs(self._desk, row))
        box.addStretch(1)

    def _title(self, said: Said) -> QWidget:
        """What is due, and at its right what is done more rarely."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(said.row.name, "title", wrap=True), 1)
        if said.row.state != State.INFORMATION:
            line.addWidget(more_button(self._more(holder, said)), 0, theme.TOP)
        return holder

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
        if row.checked_by:
            chips.addWidget(chip(Tone.DONE, tr("checked by {person}", person=row.checked_by)))
        self._column.box.addWidget(holder)

    def _add_acts(self, said: Said) -> None:
        row = said.row
        if row.state == State.INFORMATION:
            return
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(8))
        acts, ids = self._acts, [row.id]
        if row.state in (State.OPEN, State.PAST):
            flow.addWidget(button(tr("Submitted…"), partial(acts.submit, ids)))
        if row.state in _WAITS:
            flow.addWidget(button(tr("Confirmed…"), partial(acts.confirm, ids)))
        if row.state in (State.SUBMITTED, State.CONFIRMED, State.NOT_APPLICABLE) or row.extended_to:
            flow.addWidget(button(tr("Reopen"), partial(acts.reopen, ids)))
        if row.unchecked and not row.checked_by:
            flow.addWidget(
                button(
                    tr("Mark as checked"),
                    partial(acts.verify, ids),
                    tip=tr("You compared the date with its document"),
                )
            )
        if not row.manual:
            ask = partial(self._desk.go, Place("what-if", row.id))
            flow.addWidget(button(tr("What if…"), ask, tip=tr("See what would change this date")))
        self._column.box.addWidget(holder)

    def _more(self, owner: QWidget, said: Said) -> QMenu:
        """What is done more rarely."""
        row, acts, ids = said.row, self._acts, [said.row.id]
        menu = QMenu(owner)
        if row.state in _WAITS:
            menu.addAction(tr("Extended…"), partial(acts.extend, ids))
            menu.addAction(tr("Not applicable…"), partial(acts.set_aside, ids))
        menu.addAction(tr("Assign…"), partial(acts.assign, ids, row.responsible))
        if not row.checked_by and not row.unchecked:
            menu.addAction(tr("Mark as checked"), partial(acts.verify, ids))
        if row.manual:
            menu.addAction(tr("Delete…"), partial(acts.remove, row))
        menu.addSeparator()
        record = partial(self._record, row.matter_id, "office_action")
        menu.addAction(tr("Record an event…"), record)
        family = Place("portfolio", f"{FAMILY_TIMELINE}:{row.matter_id}")
        menu.addAction(tr("Timeline of the family…"), partial(self._desk.go, family))
        return menu

    def _add_facts(self, said: Said) -> None:
        row = said.row
        today = self._desk.today()
        self._grid(
            (
                (tr("Due"), f"{row.due}  ({distance(row.due, today)})"),
                (tr("Before rolling"), row.raw if row.raw != row.due else None),
                (tr("Internal date"), row.internal_due),
                (tr("Agent date"), row.agent_due),
                (tr("Opens"), row.opens),
                (tr("Extended to"), row.extended_to),
                (tr("Grace until"), row.grace_end),
                (tr("If missed"), said.consequence),
                (tr("Extension"), said.extension),
                (tr("Legal basis"), row.basis),
                (tr("Rule"), f"{row.rule} {row.version.partition(' ')[0]}".strip()),
                (tr("Person"), row.responsible),
                (tr("Submitted"), _act(row.submitted_on, row.submitted_by)),
                (tr("Receipt"), row.receipt),
                (tr("Confirmed"), _act(row.confirmed_on, row.confirmed_by)),
                (tr("Reason"), row.reason),
                (tr("Note"), row.note),
            )
        )

    def _grid(self, facts: tuple[tuple[str, object], ...]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        for caption, value in facts:
            if value:
                place = grid.rowCount()
                grid.addWidget(label(caption, "caption"), place, 0, theme.TOP)
                grid.addWidget(selectable(value), place, 1)
        grid.setColumnStretch(1, 1)
        self._column.box.addLayout(grid)

    def _add_event(self, said: Said) -> None:
        """The event behind the date, and the documents it stands in."""
        event, box = said.event, self._column.box
        assert event is not None
        box.addWidget(hairline())
        box.addWidget(label(tr("Where it comes from"), "section"))
        words = f"{event_name(event)}  {event.date}"
        matter = said.row.matter_id
        box.addWidget(
            LinkLine(
                words,
                lambda: EventForm(self._desk, self._house(), matter, event).open(),
                tr("Open the event"),
            )
        )
        box.addWidget(label(entered_words(event), "muted", wrap=True))
        for paper in said.documents:
            go = partial(self._copies.open, paper)
            box.addWidget(
                LinkLine(captioned(tr("Document"), paper.name), go, tr("Open the document"))
            )
        if not said.documents:
            box.addWidget(label(tr("No document is filed with this event."), "muted", wrap=True))

    def _add_missed(self, said: Said) -> None:
        """What a missed date leaves: each way back with its day, or the notice it waits for."""
        if not said.remedies:
            return
        box = self._column.box
        box.addWidget(hairline())
        box.addWidget(label(tr("What can still be done"), "section"))
        today = self._desk.today()
        for remedy in said.remedies:
            late = remedy.due is not None and remedy.due < today
            sign = SIGNS[Tone.OVERDUE if late else Tone.SOON]
            made = selectable(f"{sign} {captioned(remedy.label, _until(remedy, late))}")
            made.setToolTip(str(remedy.note or ""))
            box.addWidget(made)
            if remedy.waits_for:
                words = tr("Record: {event}…", event=event_label(remedy.waits_for))
                go = partial(self._record, said.row.matter_id, remedy.waits_for)
                box.addWidget(LinkLine(words, go))

    def _record(self, matter: int, kind: str) -> None:
        EventForm(self._desk, self._house(), matter, kind=kind).open()

    def _house(self) -> QWidget:
        return self._above or self.window()


class DeadlinePopover(DeadlineCard):
    """The card beside what was clicked; gone with a click elsewhere, a dialog or another page."""

    def __init__(self, desk: Desk, house: QWidget) -> None:
        super().__init__(desk, with_matter=False, above=house)
        self.setParent(house, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("popover")
        self.resize(theme.px(440), theme.px(480))
        self._age = QElapsedTimer()
        self._age.start()
        desk.gone.connect(self.close)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The second click of a double one does not close what the first has opened."""
        again = self._age.elapsed() < QApplication.doubleClickInterval()
        if again and not self.rect().contains(event.position().toPoint()):
            event.accept()
            return
        super().mousePressEvent(event)


def _until(remedy: Remedy, late: bool) -> str:
    if not remedy.waits_for:
        return f"{remedy.words} ({tr('over')})" if late else str(remedy.words)
    return captioned(remedy.words, event_label(remedy.waits_for))


def _act(day: object, person: str) -> str:
    return f"{day} {person}".strip() if day else ""
