"""A list of two-line entries: what and when above, state and remarks below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.ui import theme

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 1
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One entry; ``value`` is handed back when it is opened."""

    value: Any
    title: str
    when: str = ""
    tone: Tone = Tone.PLAIN
    state: str = ""
    below: str = ""
    far: str = ""
    tip: str = ""
    quiet: bool = False  # over and done: drawn pale


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def put(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            parts = (line.when, line.title, line.state, line.below, line.far)
            return " · ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip or None
        return line if role == LINE else None


class _Painter(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._strong, self._plain = theme.figures(13, bold=True), theme.figures(12)
        self._strong_metrics = QFontMetrics(self._strong)
        self._plain_metrics = QFontMetrics(self._plain)
        self._line, self._text = QColor(theme.colour("line")), QColor(theme.colour("text"))
        self._muted = QColor(theme.colour("muted"))
        self._chosen = QColor(theme.colour("accent_soft"))
        self._hover = QColor(theme.colour("window"))
        self._pad = theme.px(8)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(120), height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        box: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._chosen)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._hover)
        painter.setPen(self._line)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(self._pad, theme.px(3), -self._pad, -theme.px(4))
        half = inner.height() // 2
        above = QRect(inner.left(), inner.top(), inner.width(), half)
        below = QRect(inner.left(), inner.top() + half, inner.width(), half)
        ink = self._muted if line.quiet else self._text
        room = self._at_right(painter, above, line.when, self._plain, self._plain_metrics, ink)
        painter.setFont(self._plain if line.quiet else self._strong)
        metrics = self._plain_metrics if line.quiet else self._strong_metrics
        self._fitted(painter, above, room, line.title, metrics)
        far = self._at_right(
            painter, below, line.far, self._plain, self._plain_metrics, self._muted
        )
        taken = self._state(painter, below, far, line)
        painter.setFont(self._plain)
        painter.setPen(self._muted)
        below.setLeft(below.left() + taken)
        self._fitted(painter, below, far - taken, line.below, self._plain_metrics)
        painter.restore()

    def _at_right(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        font: QFont,
        metrics: QFontMetrics,
        ink: QColor,
    ) -> int:
        """Draw words at the right end; the room that is left of them."""
        painter.setFont(font)
        painter.setPen(ink)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | middle), words)
        return box.width() - (metrics.horizontalAdvance(words) + self._pad if words else 0)

    def _state(self, painter: QPainter, box: QRect, room: int, line: Line) -> int:
        """The state in its tone; how much room it took."""
        if not line.state:
            return 0
        sign = SIGNS[line.tone]
        words = f"{sign} {line.state}" if sign else line.state
        quiet = line.quiet and line.tone is Tone.PLAIN
        painter.setPen(self._muted if quiet else theme.ink(line.tone))
        painter.setFont(self._plain)
        self._fitted(painter, box, room, words, self._plain_metrics)
        return self._plain_metrics.horizontalAdvance(words) + self._pad

    def _fitted(
        self, painter: QPainter, box: QRect, room: int, words: str, metrics: QFontMetrics
    ) -> None:
        if room > 0 and words:
            short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(box.left(), box.top(), room, box.height()), int(side), short)


def height() -> int:
    """How high an entry is."""
    return theme.look().row + theme.px(16)


class Lines(QListView):
    """Entries to walk through with the keys; Enter, Space or a click opens one."""

    opened = Signal(object)  # the value of a line

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Model(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._open)
        self.activated.connect(self._open_by_key)
        self._clicked = False

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._lines.lines

    def put(self, lines: Sequence[Line], grow: bool = False) -> None:
        """Show other entries; with *grow* the list is as high as it needs to be."""
        self._lines.put(lines)
        if grow:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setFixedHeight(len(lines) * height() + 2)

    def _open(self, index: QModelIndex) -> None:
        self._clicked = True
        self._tell(index)
        self._clicked = False

    def _open_by_key(self, index: QModelIndex) -> None:
        if not self._clicked:
            self._tell(index)

    def _tell(self, index: QModelIndex) -> None:
        line = index.data(LINE)
        if line is not None:
            self.opened.emit(line.value)
