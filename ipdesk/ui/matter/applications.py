"""All PCT applications on one timeline, and below it what is decided about their offices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.change import Change, Topic
from ipdesk.base.dates import distance
from ipdesk.base.i18n import captioned, tr
from ipdesk.charts.lanes import Lanes
from ipdesk.charts.palette import SIGNS
from ipdesk.core.docket.applications import Application, applications
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.marks import state_mark
from ipdesk.ui.matter.lanechart import LaneChart
from ipdesk.ui.matter.life import LifeActs
from ipdesk.ui.matter.reading import read_whole
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

_WIDTHS = (120, 220, 190, 110, 190, 150)
_UNDECIDED = 5
_CHANGED = (Topic.MATTERS, Topic.EVENTS, Topic.DEADLINES, Topic.LAW)


class PctTimeline(QDialog):
    """A click on a lane finds its line; Enter or a double click chooses the offices to enter."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("PCT timeline"))
        self.resize(theme.px(1120), theme.px(720))
        self._desk = desk
        self._acts = LifeActs(desk, self)
        self.found: Sequence[Application] = ()
        self.lanes = LaneChart(desk, tr("PCT timeline"))
        self.table = self._table()
        self.lanes.picked.connect(self.table.selectRow)
        self.lanes.opened.connect(lambda _lane: self.enter())
        self.nothing = Notice(
            "calendar-check",
            tr("No PCT application goes on"),
            tr("PCT applications stand here until their last national phase is decided."),
        )
        self.entering = button(tr("Enter national phases…"), self.enter, role="main")
        self._lay_out()
        desk.bus.changed.connect(self._heard)
        self.reload()

    def _table(self) -> QTableWidget:
        heads = (
            tr("Reference"), tr("Title"), tr("Next entry limit"), tr("Entered"),
            tr("Dropped, because"), tr("Undecided"),
        )  # fmt: skip
        made = QTableWidget(0, len(heads))
        made.setAccessibleName(tr("PCT applications"))
        made.setHorizontalHeaderLabels(list(heads))
        made.verticalHeader().hide()
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setTabKeyNavigation(False)
        for column, width in enumerate(_WIDTHS):
            made.setColumnWidth(column, theme.px(width))
        head = made.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(_UNDECIDED, QHeaderView.ResizeMode.Stretch)
        made.activated.connect(lambda _index: self.enter())
        return made

    def _lay_out(self) -> None:
        self.both = QSplitter(Qt.Orientation.Vertical)
        self.both.setChildrenCollapsible(False)
        self.both.addWidget(self.lanes)
        self.both.addWidget(self.table)
        self.both.setSizes([theme.px(330), theme.px(250)])
        text = tr(
            "Months count from the priority date; hollow points are computed or unverified. Choose "
            "an application to weigh its offices, with costs and launches, and to enter them."
        )
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Close"), self.accept))
        foot.addWidget(self.entering)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(label(tr("PCT timeline"), "title"))
        column.addWidget(label(text, "muted", wrap=True))
        column.addWidget(self.both, 1)
        column.addWidget(self.nothing, 1)
        column.addLayout(foot)
        self.nothing.hide()
        self.entering.setEnabled(False)

    # ------------------------------------------------------------------ showing

    def reload(self) -> None:
        """Read all applications again; the chosen one stays chosen."""
        question = partial(_read, self._desk.today())
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="pct")

    def _heard(self, change: Change) -> None:
        if change.touches(*_CHANGED):
            self.reload()

    def _show(self, answer: tuple[Sequence[Application], Lanes]) -> None:
        before = self._chosen()
        self.found, drawn = answer
        self.nothing.setVisible(not self.found)
        self.both.setVisible(bool(self.found))
        self.entering.setEnabled(bool(self.found))
        if not self.found:
            return
        self.table.setRowCount(len(self.found))
        for place, application in enumerate(self.found):
            for column, item in enumerate(_cells(application, self._desk.today())):
                self.table.setItem(place, column, item)
        ids = [a.row.id for a in self.found]
        self.table.selectRow(ids.index(before) if before in ids else 0)
        self.lanes.put(drawn)

    # ------------------------------------------------------------------ doing

    def _chosen(self) -> int | None:
        place = self.table.currentRow()
        return self.found[place].row.id if 0 <= place < len(self.found) else None

    def enter(self) -> None:
        """Choose offices of the application that is selected."""
        matter = self._chosen()
        if matter is not None:
            self._desk.worker.read(
                partial(read_whole, matter, today=self._desk.today()),
                lambda whole: whole and self._acts.enter(whole),
                partial(tell, self._desk),
                key="pct-enter",
            )


def _cells(application: Application, today: date) -> list[QTableWidgetItem]:
    row, limit = application.row, application.limit
    if limit is None:
        due, tip = "–", tr("No entry limit is open.")
        if not application.dates:
            due = tr("cannot compute")
            tip = tr("The filing date or the priority date is missing.")
    else:
        mark = state_mark(limit, today)
        sign = SIGNS[mark.tone]
        due = f"{sign} {limit.due}  {distance(limit.due, today)}".strip()
        tip = captioned(limit.name, mark.text)
    dropped = "; ".join(captioned(office, why) for office, why in application.dropped.items())
    limits = "\n".join(f"{r.due}  {r.name}" for r in application.open)
    texts = (
        (row.reference, row.application_number),
        (row.shown_title, row.shown_title),
        (due, tip),
        (", ".join(application.entered), ""),
        (dropped, dropped),
        (", ".join(application.undecided), limits),
    )
    cells = []
    for text, more in texts:
        item = QTableWidgetItem(text)
        item.setToolTip(more)
        cells.append(item)
    if limit is not None:
        cells[2].setForeground(theme.ink(state_mark(limit, today).tone))
    return cells


def _read(today: date, connection: Connection) -> tuple[Sequence[Application], Lanes]:
    from ipdesk.reports.pct import lane_of  # in a thread: heavy; the lanes are those on paper

    found = applications(connection, today)
    return found, Lanes(today, tuple(lane_of(a.row, a.dates, today) for a in found))
