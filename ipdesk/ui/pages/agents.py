"""Agents: who acts for us, workbooks that go out, and what comes back otherwise."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from ipdesk.base.change import Topic
from ipdesk.base.i18n import Message, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.agents.model import REPLY_LABELS, AgentRow, Reply, WorkbookRow
from ipdesk.core.intake.agents.queries import agent_rows, open_answers, workbooks
from ipdesk.store.paging import ListQuery
from ipdesk.ui.agents.acts import AgentActs
from ipdesk.ui.agents.card import AnswerCard
from ipdesk.ui.agents.sources import AnswerSource, agent_columns, workbook_columns
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.page import Page
from ipdesk.ui.tables.listing import Listing
from ipdesk.ui.tables.shown import export_shown
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.labels import card
from ipdesk.ui.widgets.progress import ProgressStrip
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from sqlalchemy import Connection

AGENTS, ANSWERS, WORKBOOKS = "agents", "answers", "workbooks"
ALL = "all"
Told = tuple[list[AgentRow], list[WorkbookRow], dict[str, int]]


class AgentsPage(Page):
    """Three views: the agents, what they answered, and the workbooks made for them."""

    topics = frozenset({Topic.MATTERS, Topic.PEOPLE, Topic.DEADLINES, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "agents", tr("Agents"))
        self._view = AGENTS
        self._state = str(Reply.OPEN)
        self._names: list[str] = []
        self.setAcceptDrops(True)
        self.acts = AgentActs(desk, self)
        self._add_views()
        self._add_actions()
        self.progress = ProgressStrip()
        self.acts.began.connect(self._begin)
        self.acts.advanced.connect(self.progress.advance)
        self.acts.ended.connect(self.progress.end)
        self.acts.read.connect(self._show_answers)
        self.body.addWidget(self.progress)
        self.choose(AGENTS)

    # ------------------------------------------------------------------ building

    def _add_views(self) -> None:
        views = (
            (AGENTS, tr("Agents")),
            (ANSWERS, tr("Returned answers")),
            (WORKBOOKS, tr("Workbooks")),
        )
        self.views = Segments(views, {ANSWERS: Tone.UNCHECKED})
        self.views.chosen.connect(self.choose)
        states = (*((str(s), str(w)) for s, w in REPLY_LABELS.items()), (ALL, tr("All")))
        self.states = Segments(states)
        self.states.chosen.connect(self.choose_state)
        self.body.addWidget(self.views)
        self.body.addWidget(self.states)
        self.agents = SmallTable(agent_columns(), tr("Agents"), stretch="name")
        self.agents.opened.connect(self._make_for)
        self.workbooks = SmallTable(workbook_columns(), tr("Workbooks"), stretch="file")
        self.answers = Listing(self.desk, AnswerSource(), self._none, outside=("state",))
        self.card = AnswerCard(self.desk, self.acts)
        self.answers.table.onward = True
        self.answers.picked.connect(self.card.show_id)
        self.answers.counted.connect(self._count)
        self.answers.opened.connect(self._open)
        self._stack = QStackedWidget()
        self._stack.addWidget(_framed(self.agents))
        self._stack.addWidget(Split(self.desk, "agents", self.answers, self.card, (5, 2)))
        self._stack.addWidget(_framed(self.workbooks))
        self._stack.addWidget(self._empty())
        self.body.addWidget(self._stack, 1)
        self.head.add(self.answers.search)
        self._columns = self.answers.columns_button()
        self.head.add(self._columns)

    def _add_actions(self) -> None:
        selected = self.answers.table.selected_ids
        self.make = action(
            self, tr("Make a workbook…"), self.make_workbook, icon="export",
            tip=tr("The agent's matters, open deadlines and our questions, to be filled in"),
        )  # fmt: skip
        self.read = action(
            self, tr("Read an answer…"), self.acts.choose_file, icon="file-arrow-down",
            tip=tr("A workbook that an agent sent back; nothing is taken without you"),
        )  # fmt: skip
        self.take = action(
            self, tr("Take the answers…"), lambda: self.acts.accept(selected()),
            shortcut="Ctrl+Return",
        )  # fmt: skip
        self.query = action(
            self, tr("Query…"), lambda: self.acts.query(selected()), shortcut="Ctrl+Shift+Q"
        )
        self.leave = action(
            self, tr("Leave ours…"), lambda: self.acts.dismiss(selected()),
            shortcut="Ctrl+Backspace",
        )  # fmt: skip
        self.again = action(self, tr("Look again"), lambda: self.acts.reopen(selected()))
        rest: list[QAction | None] = [
            *(self.take, self.query, self.leave, self.again, None),
            export_shown(self, self.desk, self._in_sight),
        ]
        self.head.add(button(tr("Read an answer…"), self.read.trigger, tip=self.read.toolTip()))
        self.head.add_actions(self.make, rest)

    def _in_sight(self) -> tuple[Listing | SmallTable, str]:
        small = {AGENTS: (self.agents, tr("Agents")), WORKBOOKS: (self.workbooks, tr("Workbooks"))}
        return small.get(self._view, (self.answers, tr("Returned answers")))

    def _empty(self) -> Notice:
        return Notice(
            "handshake",
            tr("No agent acts for you yet"),
            tr(
                "Put an agency on a matter, or import a list that names agencies. Then a workbook "
                "can go to them and come back."
            ),
            (button(tr("Open the portfolio"), partial(self.desk.go, Place("portfolio"))),),
        )

    # ------------------------------------------------------------------ places

    def choose(self, view: str) -> None:
        """Another view."""
        self._view = view
        self.views.mark(view)
        listed = view == ANSWERS
        place = [AGENTS, ANSWERS, WORKBOOKS].index(view)
        self._stack.setCurrentIndex(3 if view == AGENTS and not self._names else place)
        self.states.setVisible(listed)
        self.answers.search.setVisible(listed)
        self._columns.setVisible(listed)
        for doing in (self.take, self.query, self.leave, self.again):
            doing.setEnabled(listed)
        if listed:
            self._ask(self.answers.query)
        else:
            table = self.agents if view == AGENTS else self.workbooks
            self.head.count.setText(f"{len(table.rows_model.rows):,}")

    def choose_state(self, state: str) -> None:
        """Open ones, decided ones, queries, or all."""
        self._state = state
        self._ask(self.answers.query)

    def _ask(self, query: ListQuery) -> None:
        self.states.mark(self._state)
        values = () if self._state == ALL else (self._state,)
        self.answers.ask(query.choose("state", *values))

    def reload(self) -> None:
        if self._view == ANSWERS:
            self.answers.reload()
        self.card.again()
        self.ask(partial(_read, self.desk.today()), self._show, key="agents")

    def visit(self, place: Place) -> None:
        """Filters: ``view``, ``state`` and those of the answers; ``argument`` is a file to read."""
        filters = dict(place.filters)
        view = next(iter(filters.pop("view", ())), ANSWERS if filters else self._view)
        self._state = next(iter(filters.pop("state", ())), self._state)
        if filters or place.search:
            self.answers.ask(ListQuery(place.search, tuple(filters.items())))
        if place.filters:
            self.choose(view)
        if isinstance(place.argument, str):
            self.acts.open(Path(place.argument))

    def place(self) -> Place:
        query = self.answers.query.choose("state", self._state).choose("view", self._view)
        return Place(self.id, None, query.facets, query.search)

    # ------------------------------------------------------------------ doing

    def make_workbook(self) -> None:
        """For the selected agent, or one to be chosen."""
        row = self.agents.current()
        self.acts.make(self._names, row.name if row is not None else "")

    def _make_for(self, row: AgentRow | None) -> None:
        if row is not None:
            self.acts.make(self._names, row.name)

    def _show_answers(self) -> None:
        self._state = str(Reply.OPEN)
        self.choose(ANSWERS)

    def _open(self, wanted: int) -> None:
        """Enter or a double click leads to the matter."""
        self.card.show_id(wanted)
        row = self.answers.model.row_at(self.answers.model.row_of(wanted))
        if row is not None and row.matter_id:
            self.desk.go(Place("portfolio", row.matter_id))

    # ------------------------------------------------------------------ showing

    def _begin(self, task: Task, words: Message) -> None:
        self.progress.begin(task, str(words))

    def _show(self, told: Told) -> None:
        agents, books, counts = told
        self._names = [row.name for row in agents]
        self.agents.put(agents)
        self.workbooks.put(books)
        self.views.count({AGENTS: len(agents), ANSWERS: counts["open"], WORKBOOKS: len(books)})
        self.states.count({"open": counts["open"], "queried": counts["queried"]})
        self.make.setEnabled(bool(agents))
        if self._view != ANSWERS:
            self.choose(self._view)

    def _count(self, n: int) -> None:
        if self._view == ANSWERS:
            self.head.count.setText(f"{n:,}")

    def _none(self) -> Notice:
        texts: dict[str, tuple[str, str]] = {
            str(Reply.OPEN): (
                tr("Nothing to decide on"),
                tr("Read a workbook that an agent sent back; what differs stands here."),
            ),
            str(Reply.QUERIED): (
                tr("No open question"),
                tr("Query an answer, and it stands in the agent's next workbook."),
            ),
        }
        found = texts.get(self._state, (tr("Nothing here"), ""))
        return Notice("check-circle", *found)

    # ------------------------------------------------------------------ dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None and not self.progress.running:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = _dropped(event)
        if found is not None and not self.progress.running:
            event.acceptProposedAction()
            self.acts.open(found)


def _dropped(event: QDropEvent) -> Path | None:
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if files else None


def _framed(table: Any) -> QFrame:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.addWidget(table)
    return frame


def _read(today: date, connection: Connection) -> Told:
    return agent_rows(connection, today), workbooks(connection), open_answers(connection)
