"""Things in a row that goes on in the next line when there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Wraps like words in a text."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def order(self, widgets: Sequence[QWidget]) -> None:
        """Exactly these, in this order."""
        while self._items:
            self.takeAt(0)
        for widget in widgets:
            self.addWidget(widget)
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        self._place(box, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, box: QRect, move: bool) -> int:
        """The height of all lines; the things of a line stand on one middle."""
        x, y, high = box.x(), box.y(), 0
        line: list[tuple[QLayoutItem, int, QSize]] = []
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint()
            if line and x + hint.width() > box.right() + 1:
                self._set(line, box, y, high if move else 0)
                x, y, high, line = box.x(), y + high + self.spacing(), 0, []
            line.append((item, x, hint))
            x += hint.width() + self.spacing()
            high = max(high, hint.height())
        self._set(line, box, y, high if move else 0)
        return y + high - box.y()

    @staticmethod
    def _set(line: Sequence[tuple[QLayoutItem, int, QSize]], box: QRect, y: int, high: int) -> None:
        """Put a line in its place; no height: it was only measured."""
        for item, x, hint in line if high else ():
            size = QSize(min(hint.width(), box.width()), hint.height())
            item.setGeometry(QRect(QPoint(x, y + (high - hint.height()) // 2), size))
