"""A matter beside the list: title, marks, and leaves with its facts, docket, family, people."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.dates import distance
from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket.matters import MatterEdit, archive, edit_matter, preview_edit
from ipdesk.core.docket.records import DeadlineRow, EventRow, State
from ipdesk.core.portfolio.model import right_label
from ipdesk.ui import theme
from ipdesk.ui.agents.acts import AgentActs
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.acts import DeadlineActs, run_edit
from ipdesk.ui.docket.card import DeadlinePopover
from ipdesk.ui.docket.change_form import ask_change
from ipdesk.ui.docket.event_form import EventForm
from ipdesk.ui.docket.marks import state_mark
from ipdesk.ui.docket.papers import dropped_files
from ipdesk.ui.matter.files import FilesTab
from ipdesk.ui.matter.life import LifeActs
from ipdesk.ui.matter.overview import Overview
from ipdesk.ui.matter.reading import Whole, read_whole
from ipdesk.ui.matter.source import status_mark
from ipdesk.ui.matter.tabs import DocketTab, FamilyTab, HistoryTab, PeopleTab
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import LinkLine, action, button, icon_button, menu_of, more_button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import Shortened, chip, label
from ipdesk.ui.widgets.scroll import emptied
from ipdesk.ui.widgets.states import Notice

_MOVING = frozenset("right office route facts status_manual".split())  # dates follow from these


class MatterDetail(QFrame):
    """Shows the matter of an id and reads it again when told to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setAcceptDrops(True)
        self._desk = desk
        self._whole: Whole | None = None
        self._wanted: int | None = None
        self.record = action(
            self, tr("Record an event…"), self.record_event, icon="calendar-plus",
            shortcut="Ctrl+Shift+E", everywhere=True,  # Ctrl+E moves in a line that is typed
        )  # fmt: skip
        self.copy_reference = action(self, tr("Copy reference"), self._copy_reference, icon="copy")
        self.archive = action(self, tr("Archive"), self._archive, icon="archive")
        self._head()
        self._tabs()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self.tabs, 1)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        hint = tr("Select a line of the list to see the matter whole.")
        self._nothing = Notice("identification-card", tr("No matter selected"), hint)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(whole)

    # ------------------------------------------------------------------ building

    def _head(self) -> None:
        self._top = QWidget()
        column = QVBoxLayout(self._top)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, theme.px(4))
        column.setSpacing(theme.px(4))
        self._reference = Shortened("", "muted")
        row = QHBoxLayout()
        row.addWidget(self._reference, 1)
        row.addWidget(icon_button("calendar-plus", tr("Record an event"), self.record_event))
        self.ask_agent = action(self, tr("Ask the agent…"), self._ask_agent, icon="handshake")
        by_hand = action(self, tr("Deadline by hand…"), self._add_by_hand, icon="plus")
        doings = [self.record, by_hand, self.copy_reference, self.ask_agent, None, self.archive]
        menu = menu_of(self, doings)
        self.life = QMenu(tr("What happens next"), menu)
        self.life.aboutToShow.connect(self._fill_life)
        menu.insertMenu(by_hand, self.life)
        row.addWidget(more_button(menu))
        column.addLayout(row)
        self._title = label("", "title", wrap=True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._title)
        holder = QWidget()
        self._chips = Flow(holder, gap=theme.px(6))
        column.addWidget(holder)
        self._next = LinkLine("", self._explain_next, tr("See the reasons"))
        column.addWidget(self._next)

    def _tabs(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setUsesScrollButtons(True)
        self.overview = Overview(self._change)
        self.docket = DocketTab(self._desk, self.record_event, self.life)
        self.docket.explained.connect(self._explain)
        self.docket.event_opened.connect(self._open_event)
        self.family = FamilyTab(self._desk)
        self.people = PeopleTab(self._change)
        self.files = FilesTab(self._desk)
        self.history = HistoryTab()
        for leaf, words in (
            (self.overview, tr("Overview")),
            (self.docket, tr("Docket")),
            (self.family, tr("Family")),
            (self.people, tr("People")),
            (self.files, tr("Files")),
            (self.history, tr("History")),
        ):
            self.tabs.addTab(leaf, words)
        chosen = self._desk.memory.get("matter.tab", 0)
        self.tabs.setCurrentIndex(chosen if isinstance(chosen, int) else 0)
        self.tabs.currentChanged.connect(self._turn)

    def _turn(self, leaf: int) -> None:
        self._desk.memory.put("matter.tab", leaf)
        self._fill(leaf)

    # ------------------------------------------------------------------ showing

    @property
    def matter(self) -> int | None:
        """The id in sight, or on its way."""
        return self._wanted

    def show_id(self, matter: int | None) -> None:
        """Read a matter and show it."""
        self._wanted = matter
        if matter is None:
            self._whole = None
            self._stack.setCurrentWidget(self._nothing)
            return
        question = partial(read_whole, matter, today=self._desk.today())
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="matter")

    def again(self) -> None:
        """The data changed."""
        if self._wanted is not None:
            self.show_id(self._wanted)

    def _show(self, whole: Whole | None) -> None:
        if whole is None:
            self.show_id(None)
            return
        self._whole = whole
        row = whole.detail.row
        self._reference.put(f"{row.reference}  ·  {right_label(row.right)}  ·  {row.office}")
        self._title.setText(row.shown_title or tr("No title"))
        self._show_chips(whole)
        self.archive.setText(tr("Bring back from the archive") if row.archived else tr("Archive"))
        self._fill(self.tabs.currentIndex())
        self._stack.setCurrentIndex(1)

    def _show_chips(self, whole: Whole) -> None:
        emptied(self._chips)
        row = whole.detail.row
        mark = status_mark(row.status)
        self._chips.addWidget(chip(mark.tone, mark.text))
        if row.archived:
            self._chips.addWidget(chip(Tone.PLAIN, tr("Archived")))
        if row.sample:
            self._chips.addWidget(chip(Tone.PLAIN, tr("Sample data")))
        if whole.pending:
            words = tr("{n} cannot be computed", n=len(whole.pending))
            self._chips.addWidget(chip(Tone.UNCHECKED, words))
        if whole.differing:
            n = whole.differing
            words = ntr("{n} field differs from a register", "{n} fields differ from a register", n)
            go = partial(self._desk.go, Place.at("comparison", None, matter=str(whole.id)))
            self._chips.addWidget(button(f"{SIGNS[Tone.UNCHECKED]} {words}", go, role="link"))
        if whole.planned:
            go = partial(self._desk.go, Place("layout", f"plan:{whole.planned[0]}"))
            self._chips.addWidget(button(tr("From a layout plan"), go, role="link"))
        upcoming = next_of(whole.deadlines)
        self._next.setEnabled(upcoming is not None)
        if upcoming is None:
            self._next.put(tr("Nothing is due."))
        else:
            state = state_mark(upcoming, self._desk.today())
            far = distance(upcoming.due, self._desk.today())
            self._next.put(f"{upcoming.due}  {upcoming.name}  ·  {far}  ·  {state.text}")

    def _fill(self, leaf: int) -> None:
        """Only the leaf in sight is filled, so that walking through a list stays quick."""
        if self._whole is None:
            return
        shown: Any = (
            self.overview, self.docket, self.family, self.people, self.files, self.history
        )[leaf]  # fmt: skip
        shown.put(self._whole)

    # ------------------------------------------------------------------ doing

    def _change(self, edit: MatterEdit) -> None:
        if self._whole is None:
            return
        if edit.dates:  # a base date: what follows from it is shown before it is kept
            self._change_date(self._whole, *next(iter(edit.dates.items())))
            return
        matter = self._whole.id
        if edit.priorities is None and not _MOVING & set(edit.values):
            run_edit(self._desk, lambda d, law: edit_matter(d, law, matter, edit), tr("Changed."))
            return
        ask_change(
            self._desk,
            self,
            tr("Change {reference}", reference=self._whole.detail.row.reference),
            lambda d, law, wish: preview_edit(d, law, matter, edit, wish),
            lambda d, law, wish: edit_matter(d, law, matter, edit, wish),
            tr("Changed."),
            self.again,
        )

    def _change_date(self, whole: Whole, kind: str, day: date | None) -> None:
        event = whole.event_day(kind)
        deleting = day is None and event is not None
        form = EventForm(self._desk, self, whole.id, event, kind, day, deleting)
        form.rejected.connect(self.again)
        form.open()

    def record_event(self) -> None:
        """Something happened to this matter."""
        if self._whole is None:
            self._desk.say(tr("Select a matter first."))
        else:
            EventForm(self._desk, self, self._whole.id).open()

    def _add_by_hand(self) -> None:
        """A date that no rule gives."""
        if self._whole is not None:
            DeadlineActs(self._desk, self.window()).add(self._whole.id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._whole is not None and dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A document dropped on a matter is most often a notice: its event is recorded."""
        papers = dropped_files(event.mimeData())
        if self._whole is not None and papers:
            EventForm(self._desk, self, self._whole.id, documents=papers).open()
        event.acceptProposedAction()

    def _open_event(self, row: EventRow) -> None:
        if self._whole is not None:
            EventForm(self._desk, self, self._whole.id, row).open()

    def _explain_next(self) -> None:
        if self._whole is not None:
            self._explain(next_of(self._whole.deadlines))

    def _explain(self, row: DeadlineRow | None) -> None:
        if row is None:
            return
        card = DeadlinePopover(self._desk, self.window())
        card.show_id(row.id)
        place_beside(card, self)
        card.show()

    def _fill_life(self) -> None:
        if self._whole is not None:
            LifeActs(self._desk, self).fill(self.life, self._whole)

    def _copy_reference(self) -> None:
        if self._whole is not None:
            QApplication.clipboard().setText(self._whole.detail.row.reference)
            self._desk.say(tr("Reference copied."))

    def _ask_agent(self) -> None:
        if self._whole is not None:
            agents = self._whole.detail.row.agencies
            AgentActs(self._desk, self).ask(self._whole.id, agents[0] if agents else "")

    def _archive(self) -> None:
        if self._whole is None:
            return
        matter, gone = self._whole.id, self._whole.detail.row.archived
        said = tr("Brought back.") if gone else tr("Archived.")
        run_edit(self._desk, lambda d, _law: archive(d, [matter], not gone), said)


def next_of(deadlines: tuple[DeadlineRow, ...]) -> DeadlineRow | None:
    """The first deadline that somebody still has to look at."""
    return next((d for d in deadlines if d.state in (State.OPEN, State.SUBMITTED)), None)


def place_beside(popup: QWidget, anchor: QWidget) -> None:
    """At the left of the detail, inside the screen."""
    corner = anchor.mapToGlobal(anchor.rect().topLeft())
    screen = anchor.screen().availableGeometry()
    x = max(screen.left() + 8, corner.x() - popup.width() - 8)
    y = min(max(screen.top() + 8, corner.y() + theme.px(80)), screen.bottom() - popup.height() - 8)
    popup.move(x, y)
