"""A short table whose rows are already read: deadlines of one matter, its history, its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from ipdesk.ui import theme
from ipdesk.ui.tables.columns import Column
from ipdesk.ui.tables.dressing import dress_list
from ipdesk.ui.tables.model import Index, headed, told
from ipdesk.ui.tables.paint import CellPainter

_NO_INDEX = QModelIndex()
_LEAST = 0.9  # of its own width, for a column that stretches


class RowsModel(QAbstractTableModel):
    """Rows that stand in memory."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: Sequence[Any] = ()

    def put(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return told(self.columns[index.column()], self.rows[index.row()], role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        return headed(self.columns[section], role)


class SmallTable(QTableView):
    """One column takes the room that is left; no sorting, no remembering."""

    picked = Signal(object)  # the row in focus, or None
    opened = Signal(object)  # Enter, double click

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        stretch: str = "",
        multiple: bool = False,
        parent: QWidget | None = None,
        *,
        wrapped: bool = False,
    ) -> None:
        super().__init__(parent)
        self.rows_model = RowsModel(columns, self)
        self.setModel(self.rows_model)
        self._painter = CellPainter(self.rows_model.columns, self, wrapped=wrapped)
        self.setItemDelegate(self._painter)
        dress_list(self, name, multiple=multiple, least=32)
        head = self.horizontalHeader()
        for place, column in enumerate(self.rows_model.columns):
            head.resizeSection(place, theme.px(column.width))
        self._stretch = [i for i, c in enumerate(self.rows_model.columns) if c.key == stretch]
        if wrapped:
            head.sectionResized.connect(lambda _at, _old, _new: self.heighten())
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.activated.connect(lambda index: self.opened.emit(self.row_at(index.row())))

    def stretch_too(self, place: int) -> None:
        """One more column that shares the room that is left."""
        self._stretch.append(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()

    def share_room(self) -> None:
        """The columns that stretch share what the others leave, but stay wide enough to read."""
        head = self.horizontalHeader()
        stretch = [i for i in self._stretch if not head.isSectionHidden(i)]
        if not stretch:
            return
        others = sum(head.sectionSize(i) for i in range(head.count()) if i not in stretch)
        each, rest = divmod(max(0, self.viewport().width() - others), len(stretch))
        for place in stretch:
            column = self.rows_model.columns[place]
            least = theme.px(column.least or round(column.width * _LEAST))
            head.resizeSection(place, max(each + (rest if place == stretch[-1] else 0), least))

    def put(self, rows: Sequence[Any]) -> None:
        """Show other rows; the same row stays picked when it is still there."""
        kept = getattr(self.current(), "id", None)
        self.rows_model.put(rows)
        for place, row in enumerate(rows):
            if kept is not None and getattr(row, "id", None) == kept:
                self.selectRow(place)

    def heighten(self) -> None:
        """Rows as high as their words need over several lines, the table as high as its rows."""
        whole = 0
        for place in range(len(self.rows_model.rows)):
            high = theme.look().row
            for column in range(len(self.rows_model.columns)):
                words = self.rows_model.index(place, column).data()
                if isinstance(words, str) and not self.isColumnHidden(column):
                    high = max(high, self._painter.height_of(words, self.columnWidth(column)))
            self.setRowHeight(place, high)
            whole += high
        self.setMaximumHeight(self.horizontalHeader().sizeHint().height() + whole + 4)

    def row_at(self, place: int) -> Any | None:
        """The row that stands there."""
        rows = self.rows_model.rows
        return rows[place] if 0 <= place < len(rows) else None

    def current(self) -> Any | None:
        """The row in focus."""
        return self.row_at(self.currentIndex().row())

    def selected(self) -> list[Any]:
        """The selected rows."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [row for place in places if (row := self.row_at(place)) is not None]

    def fit(self, at_most: int = 12, at_least: int = 1) -> None:
        """As high as its rows need, within limits."""
        rows = min(max(len(self.rows_model.rows), at_least), at_most)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows * theme.look().row + 4)

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(self.row_at(current.row()) if current.isValid() else None)
