"""All watches with their health, and the one in focus whole beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.watch.queries import watch_rows
from ipdesk.core.watch.rows import WatchRow
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.watch.columns import watch_columns
from ipdesk.ui.watch.watchcard import WatchCard
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Loading, Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection


class WatchesView(QWidget):
    """The most urgent first; a watch that was never run cannot look well."""

    picked = Signal(object)  # the id of a watch, or None
    opened = Signal(int)
    read = Signal(object)  # all rows

    def __init__(self, desk: Desk, make_new: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: int | None = None
        self.table = SmallTable(watch_columns(desk.today), tr("Watches"))
        self.card = WatchCard(desk)
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._open)
        frame = QFrame()
        frame.setProperty("card", "true")
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(Loading())
        words = tr(
            "A watch keeps a question, its queries and a rhythm, and remembers what was found."
        )
        new = button(tr("New watch…"), make_new, role="main")
        self._stack.addWidget(Notice("eye", tr("No watch yet"), words, (new,)))
        self._stack.addWidget(self.table)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Split(desk, "watches", frame, self.card, (5, 4)))

    def reload(self) -> None:
        """The data changed."""
        question = partial(_rows, self._desk)
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="watches")

    def pick(self, watch: int | None) -> None:
        """Bring a watch into sight as soon as it is read."""
        self._wanted = watch
        self._take_wanted()

    def _show(self, rows: list[WatchRow]) -> None:
        self.table.put(rows)
        self._stack.setCurrentIndex(2 if rows else 1)
        self.read.emit(rows)
        self._take_wanted()
        if self.table.current() is None and rows:
            self.table.selectRow(0)
        row = self.table.current()
        self.card.show_id(row.id if row is not None else None)

    def _take_wanted(self) -> None:
        for place, row in enumerate(self.table.rows_model.rows):
            if row.id == self._wanted:
                self._wanted = None
                if self.table.currentIndex().row() != place:
                    self.table.selectRow(place)
                return

    def _pick(self, row: WatchRow | None) -> None:
        if row is not None:
            self.card.show_id(row.id)
            self.picked.emit(row.id)

    def _open(self, row: WatchRow | None) -> None:
        if row is not None:
            self.opened.emit(row.id)


def _rows(desk: Desk, connection: Connection) -> list[WatchRow]:
    return watch_rows(connection, desk.today())
