"""The first rows of a sheet as they stand; one of them is taken as the header."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.intake.grid import Grid
from ipdesk.ui.tables.model import Index

MOST_COLUMNS = 60
_NO_INDEX = QModelIndex()


def letters(index: int) -> str:
    """The name of a column in a spreadsheet: A, B … AA."""
    words = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        words = chr(65 + rest) + words
    return words


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Sequence[str]] = ()
        self.header_row = 0
        self._wide = 0

    def put(self, rows: Sequence[Sequence[str]], header_row: int) -> None:
        self.beginResetModel()
        self.rows, self.header_row = rows, header_row
        self._wide = min(max(map(len, rows), default=0), MOST_COLUMNS)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._wide + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if column == 0:
                return str(row + 1) if role == Qt.ItemDataRole.DisplayRole else None
            cells = self.rows[row]
            return cells[column - 1] if column <= len(cells) else ""
        if role == Qt.ItemDataRole.FontRole:
            return theme.figures(12, bold=row + 1 == self.header_row)
        if role == Qt.ItemDataRole.BackgroundRole and row + 1 == self.header_row:
            return QColor(theme.colour("accent_soft"))
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = column == 0 or row + 1 < self.header_row
            return QColor(theme.colour("muted" if quiet else "text"))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return letters(section - 1) if section else tr("Row")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class RawRows(Grid):
    """Double click or Enter takes a row as the header."""

    header_chosen = Signal(int)  # from 1

    def __init__(self, parent: QWidget | None = None) -> None:
        self._raw = _Model()
        super().__init__(self._raw, tr("First rows of the sheet"), parent)
        self.setObjectName("raw")
        self.activated.connect(lambda index: self.header_chosen.emit(index.row() + 1))
        self.setToolTip(tr("Double click the row that holds the names of the columns"))

    def put(self, rows: Sequence[Sequence[str]], header_row: int) -> None:
        """Show the rows; the header stands out."""
        self._raw.put(rows, header_row)
        self.setColumnWidth(0, theme.px(44))
        for column in range(1, self._raw.columnCount()):
            self.setColumnWidth(column, theme.px(132))
        if header_row:
            above = self._raw.index(max(0, header_row - 3), 0)
            self.scrollTo(above, QAbstractItemView.ScrollHint.PositionAtTop)
