"""A column of things that scrolls when it is longer than the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

_COMING_MS = 1_500


class Column(QScrollArea):
    """Add things to ``box``; they keep the width of the page."""

    def __init__(self, margin: int = 0, gap: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("scrolled")
        self.box = QVBoxLayout(inner)
        self.box.setContentsMargins(margin, margin, margin, margin)
        self.box.setSpacing(gap)
        self.setWidget(inner)

    def bring_up(self, widget: QWidget) -> None:
        """Scroll to the top of a widget, and again while what stands in it still comes in."""
        bar = self.verticalScrollBar()

        def go(*_range: int) -> None:
            bar.setValue(widget.y())

        go()
        bar.rangeChanged.connect(go)
        QTimer.singleShot(_COMING_MS, self, lambda: bar.rangeChanged.disconnect(go))


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            _hand_on_focus(widget)
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)


def _hand_on_focus(widget: QWidget) -> None:
    """Keys stay with what holds a widget that goes; else they would jump to the sidebar."""
    having = widget.window().focusWidget()
    if having is None or not (having is widget or widget.isAncestorOf(having)):
        return
    above = widget.parentWidget()
    while above is not None and above.focusPolicy() == Qt.FocusPolicy.NoFocus:
        above = above.parentWidget()
    if above is not None:
        above.setFocus(Qt.FocusReason.OtherFocusReason)
