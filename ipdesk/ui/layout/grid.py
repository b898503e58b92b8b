"""A matrix as a table of cells: own large, planned with +, others small; state by hatching."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ipdesk.base.i18n import captioned, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.layout.cells import Axis, Cell
from ipdesk.core.layout.coverage import Matrix
from ipdesk.core.layout.words import CELL_STATE_LABELS, WORD_LABELS, CellState, label
from ipdesk.ui import theme
from ipdesk.ui.layout.names import office_long, office_short

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole + 1
_NO_INDEX = QModelIndex()
_EMPTY = Cell()
WIDE, HIGH = 92, 44


def axis_words(axis: Axis) -> str:
    """What a row or a column is called in the grid; long offices by their code."""
    return office_short(axis.key) if isinstance(axis.key, str) else axis.shown


def cell_words(cell: Cell) -> str:
    """A cell in words, for a reader of screens and as a tooltip."""
    parts = [
        tr("{n} own ({granted} granted, {pending} pending)",
           n=cell.own, granted=cell.granted, pending=cell.pending),
        tr("{n} planned", n=cell.planned),
        tr("{n} families of others", n=cell.others),
        label(CELL_STATE_LABELS, cell.state),
    ]  # fmt: skip
    if cell.checked_on:
        parts[-1] += f" {cell.checked_on.isoformat()}"
    if cell.word:
        reason = f": {cell.word_reason}" if cell.word_reason else ""
        parts.append(label(WORD_LABELS, cell.word) + reason)
    return ", ".join(parts)


class MatrixModel(QAbstractTableModel):
    """The cells of one matrix; only what is in sight is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix("", (), ())
        self.most = 0

    def put(self, matrix: Matrix) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.matrix = matrix
        self.most = max((cell.own for cell in matrix.cells.values()), default=0)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.matrix.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.matrix.columns)

    def cell(self, row: int, column: int) -> Cell:
        """What stands there."""
        return self.matrix.cell(self.matrix.rows[row].key, self.matrix.columns[column].key)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CELL:
            return self.cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            row, column = self.matrix.rows[index.row()], self.matrix.columns[index.column()]
            words = cell_words(self.cell(index.row(), index.column()))
            return captioned(f"{axis_words(row)} × {axis_words(column)}", words)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        lying = orientation is Qt.Orientation.Horizontal
        axes = self.matrix.columns if lying else self.matrix.rows
        if not 0 <= section < len(axes):
            return None
        axis = axes[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return axis_words(axis) if lying else "    " * axis.depth + axis_words(axis)
        if role == Qt.ItemDataRole.ToolTipRole:
            return office_long(axis.key) if isinstance(axis.key, str) else axis.shown
        if role == Qt.ItemDataRole.FontRole:
            return theme.figures(12, bold=not lying and not axis.depth)
        return None


class CellPainter(QStyledItemDelegate):
    """Draws one cell; colours and fonts are taken when the grid is built."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own, self._plan = theme.figures(16, bold=True), theme.figures(12)
        self._small = theme.figures(11)
        self._own_wide = QFontMetrics(self._own)
        self._plan_wide = QFontMetrics(self._plan)
        self._small_wide = QFontMetrics(self._small)
        self._line, self._text = QColor(theme.colour("line")), QColor(theme.colour("text"))
        self._muted, self._accent = QColor(theme.colour("muted")), QColor(theme.colour("accent"))
        soft = QColor(theme.colour("accent_soft"))
        self._grounds = (QColor(theme.colour("surface")), soft, _between(soft, self._accent, 0.25))
        self._hatch = QBrush(self._line, Qt.BrushStyle.BDiagPattern)
        self._gap = theme.px(3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL)
        model = index.model()
        most = model.most if isinstance(model, MatrixModel) else 0
        box: QRect = option.rect
        painter.save()
        step = 0 if not cell.own else 1 + (cell.own * 2 >= most > 1)
        painter.fillRect(box, self._grounds[step])
        if cell.state == CellState.UNCHECKED:
            painter.fillRect(box, self._hatch)
        painter.setPen(self._line)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        below = self._below(cell)
        upper = box.adjusted(0, theme.px(3), 0, -theme.px(17) if below else -theme.px(3))
        self._draw_counts(painter, upper, cell)
        if below:
            lower = QRect(box.left() + self._gap, box.bottom() - theme.px(19),
                          box.width() - 2 * self._gap, theme.px(16))  # fmt: skip
            painter.setFont(self._small)
            painter.setPen(self._muted)
            short = self._small_wide.elidedText(below, Qt.TextElideMode.ElideRight, lower.width())
            painter.drawText(lower, int(Qt.AlignmentFlag.AlignCenter), short)
        if option.state & QStyle.StateFlag.State_Selected:
            pen = painter.pen()
            pen.setColor(self._accent)
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def _below(self, cell: Cell) -> str:
        """The second line: others, an old search, what people said."""
        parts = [str(cell.others)] if cell.others else []
        if cell.state == CellState.STALE:
            parts.append(SIGNS[Tone.UNCHECKED])
        elif cell.state == CellState.CHECKED:
            parts.append(SIGNS[Tone.DONE])
        if cell.word:
            parts.append(label(WORD_LABELS, cell.word))
        return " ".join(parts)

    def _draw_counts(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        own = str(cell.own) if cell.own or not cell.planned else ""
        plan = f"+{cell.planned}" if cell.planned else ""
        wide = self._own_wide.horizontalAdvance(own)
        gap = self._gap if own and plan else 0
        whole = wide + gap + self._plan_wide.horizontalAdvance(plan)
        left = box.left() + (box.width() - whole) // 2
        side = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if own:
            painter.setFont(self._own if cell.own else self._plan)
            painter.setPen(self._text if cell.own else self._muted)
            painter.drawText(QRect(left, box.top(), wide + 2, box.height()), side, own)
        if plan:
            painter.setFont(self._plan)
            painter.setPen(self._accent)
            at = left + wide + gap
            painter.drawText(QRect(at, box.top(), box.width(), box.height()), side, plan)


class MatrixTable(QTableView):
    """The grid: arrows walk, Enter opens, several cells can be selected."""

    picked = Signal(object, object)  # row and column Axis of the cell in focus, or None, None
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = MatrixModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(CellPainter(self))
        self.setAccessibleName(tr("Matrix"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self._dress(self.horizontalHeader(), theme.px(WIDE))
        self._dress(self.verticalHeader(), theme.px(HIGH))
        self.horizontalHeader().setFixedHeight(theme.px(44))
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag(int(wrapped)))
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().setFixedWidth(theme.px(168))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.verticalHeader().setDefaultAlignment(side)
        self.selectionModel().currentChanged.connect(self._tell)
        self.activated.connect(lambda _index: self.opened.emit())

    def _dress(self, head: QHeaderView, size: int) -> None:
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(theme.px(24))
        head.setDefaultSectionSize(size)
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)

    def put(self, matrix: Matrix) -> None:
        """Show another matrix; the same cell stays in focus when it is still there."""
        kept = self.current() if matrix.kind == self.cells.matrix.kind else None
        self.cells.put(matrix)
        if kept is not None:
            self.pick(kept[0].key, kept[1].key)

    def pick(self, row: int | str, column: int | str) -> None:
        """Put the focus on a cell."""
        rows = [axis.key for axis in self.cells.matrix.rows]
        columns = [axis.key for axis in self.cells.matrix.columns]
        if row in rows and column in columns:
            self.setCurrentIndex(self.cells.index(rows.index(row), columns.index(column)))

    def current(self) -> tuple[Axis, Axis] | None:
        """The cell in focus."""
        return self._at(self.currentIndex())

    def chosen(self) -> list[tuple[Axis, Axis]]:
        """The selected cells."""
        found = (self._at(index) for index in self.selectedIndexes())
        return [cell for cell in found if cell is not None]

    def _at(self, index: QModelIndex) -> tuple[Axis, Axis] | None:
        if not index.isValid():
            return None
        matrix = self.cells.matrix
        return matrix.rows[index.row()], matrix.columns[index.column()]

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        found = self._at(current)
        self.picked.emit(*(found or (None, None)))


def _between(one: QColor, other: QColor, share: float) -> QColor:
    def mixed(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        mixed(one.red(), other.red()),
        mixed(one.green(), other.green()),
        mixed(one.blue(), other.blue()),
    )
