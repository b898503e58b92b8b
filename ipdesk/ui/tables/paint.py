"""How a table draws its cells: hairlines, quiet selection, marks with a sign."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.ui import theme
from ipdesk.ui.tables.columns import Align, Cell, Column, Mark, shown
from ipdesk.ui.tables.model import CELL

_PAD = 8
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)


class CellPainter(QStyledItemDelegate):
    """Draws every cell of a table; colours and fonts are taken when the table is built."""

    def __init__(
        self, columns: tuple[Column, ...], parent: QObject | None = None, *, wrapped: bool = False
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._wrapped = wrapped  # long texts over several lines, where the rows are high enough
        self._plain = theme.figures(12)
        self._strong = theme.figures(12, bold=True)
        self._metrics = QFontMetrics(self._plain)
        self._line = QColor(theme.colour("line"))
        self._text = QColor(theme.colour("text"))
        self._muted = QColor(theme.colour("muted"))
        self._chosen = QColor(theme.colour("accent_soft"))
        self._hover = QColor(theme.colour("window"))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        box: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._chosen)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._hover)
        painter.setPen(self._line)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(_PAD, 0, -_PAD, -1)
        cell: Cell = index.data(CELL)
        if isinstance(cell, Mark):
            right = self._columns[index.column()].align is Align.RIGHT
            self._draw_mark(painter, inner, cell, right)
        else:
            self._draw_text(painter, inner, index, cell)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.colour("accent")))
            painter.setBrush(Qt.BrushStyle.NoBrush)  # the chip's brush would hide its words
            painter.drawRect(box.adjusted(1, 1, -2, -2))  # whole inside at any scale
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        cell: Cell = index.data(CELL)
        extra = 2 * _PAD + (28 if isinstance(cell, Mark) else 4)
        return QSize(self._metrics.horizontalAdvance(shown(cell)) + extra, theme.look().row)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The whole words of a cell that is too narrow for them, before what else is said of it."""
        words, more = self.told_whole(option.rect.width(), index)
        if words:
            lines = dict.fromkeys(line for line in (words, more) if line)
            whole = more if more.startswith(words) else "\n".join(lines)
            QToolTip.showText(event.globalPos(), whole, view)
            return True
        return bool(super().helpEvent(event, view, option, index))

    def told_whole(self, width: int, index: QModelIndex | QPersistentModelIndex) -> tuple[str, str]:
        """The words that a cell of this width shortens (else empty), and the column's own tip."""
        cell: Cell = index.data(CELL)
        words = index.data(Qt.ItemDataRole.DisplayRole) or ""
        metrics = QFontMetrics(
            self._strong if self._columns[index.column()].strong else self._plain
        )
        needed = metrics.horizontalAdvance(words) + 2 * _PAD
        if isinstance(cell, Mark):
            needed = self.sizeHint(QStyleOptionViewItem(), index).width()
        more = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        return (words if needed > width and not self._wrapped else "", more)

    def _draw_text(
        self,
        painter: QPainter,
        box: QRect,
        index: QModelIndex | QPersistentModelIndex,
        cell: Cell,
    ) -> None:
        words = index.data(Qt.ItemDataRole.DisplayRole) or ""
        strong = self._columns[index.column()].strong
        painter.setFont(self._strong if strong else self._plain)
        waiting = cell is None and bool(words)
        quiet = waiting or (isinstance(cell, date) and not strong)
        painter.setPen(self._muted if quiet else self._text)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        if self._wrapped:
            painter.drawText(box, int(side) | _WRAP, words)
            return
        measured = painter.fontMetrics()  # bold words are wider
        fitting = measured.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side), fitting)

    def height_of(self, words: str, width: int) -> int:
        """How high a row is whose cell holds these words over several lines."""
        box = self._metrics.boundingRect(QRect(0, 0, width - 2 * _PAD, 1 << 14), _WRAP, words)
        lines: int = box.height() + theme.look().row - self._metrics.height()
        return max(theme.look().row, lines)

    def _draw_mark(self, painter: QPainter, box: QRect, mark: Mark, right: bool = False) -> None:
        painter.setFont(self._plain)
        sign = SIGNS[mark.tone]
        words = f"{sign} {mark.text}" if sign else mark.text
        wide = self._metrics.horizontalAdvance(words) + 2 * _PAD + 2
        pill = QRect(box.left(), box.top(), min(wide, box.width()), self._metrics.height() + 2)
        pill.moveTop(box.top() + (box.height() - pill.height()) // 2)
        if right:
            pill.moveRight(box.right())
        if mark.tone is not Tone.PLAIN:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.ground(mark.tone))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            pill.adjust(_PAD, 0, -_PAD, 0)
        painter.setPen(theme.ink(mark.tone))
        fitting = self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, pill.width())
        painter.drawText(pill, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
