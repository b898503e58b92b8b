"""Words on a page: titles, captions, chips, text that is shortened when there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.ui import theme


def label(text: object, role: str = "", wrap: bool = False) -> QLabel:
    """Words in one of the roles of the style sheet: title, section, muted, caption, big."""
    made = Wrapped() if wrap else QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setText(str(text))
    return made


class Wrapped(QLabel):
    """Words over several lines that always get the height they need.

    A layout inside a stack or a scroll area forgets to ask for the height of a width.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        if not self.isVisible():  # measured when it is shown; measuring is dear
            return
        before = self.minimumHeight()
        self.setMinimumHeight(0)  # else the old height counts as needed
        needed = max(0, self.heightForWidth(self.width())) if self.width() > 8 else before
        self.setMinimumHeight(needed)


def selectable(text: object, role: str = "", wrap: bool = True) -> QLabel:
    """Words that can be copied with the mouse."""
    made = label(text, role, wrap)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setCursor(Qt.CursorShape.IBeamCursor)
    return made


def chip(tone: Tone, text: object, tip: str = "") -> QLabel:
    """A state in words on its quiet ground, with its sign."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    put_chip(made, tone, text, tip)
    return made


def put_chip(made: QLabel, tone: Tone, text: object, tip: str = "") -> None:
    """Let a chip say something else."""
    sign = SIGNS[tone]
    made.setText(f"{sign} {text}" if sign else str(text))
    made.setToolTip(tip)
    made.setAccessibleName(str(text))
    if made.property("chip") != tone.value:
        made.setProperty("chip", tone.value)
        repolish(made)


def repolish(widget: QWidget) -> None:
    """Take up the style of a property that changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def hairline() -> QFrame:
    """A thin line between two things."""
    made = QFrame()
    made.setProperty("line", "true")
    return made


def card() -> QFrame:
    """A surface with a hairline around it."""
    made = QFrame()
    made.setProperty("card", "true")
    return made


def framed(title: str, inner: QWidget, *, fills: bool = True) -> QFrame:
    """A card with a title; what stands in it *fills* the card, or stands at its top."""
    made = card()
    column = QVBoxLayout(made)
    edge = theme.px(12)
    column.setContentsMargins(edge, theme.px(10), edge, edge)
    column.addWidget(label(title, "section"))
    column.addWidget(inner, int(fills))
    if not fills:
        column.addStretch(1)
    return made


class Shortened(QLabel):
    """One line that ends in … when there is no room; the whole text is its tooltip."""

    def __init__(self, text: object = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.put(text)

    @property
    def whole(self) -> str:
        """The text before it was shortened."""
        return self._whole

    def put(self, text: object) -> None:
        """Show another text."""
        self._whole = str(text)
        self.setAccessibleName(self._whole)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(self.font()).horizontalAdvance(self._whole) + 2
        return QSize(wide, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._fit()  # the style sheet may have changed the font after the last resize
        super().paintEvent(event)

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        fitting = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if fitting != self.text():
            self.setText(fitting)
            self.setToolTip(self._whole if fitting != self._whole else "")
