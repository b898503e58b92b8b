"""Figure tiles: a big number that is a link to the list behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.ui import theme
from ipdesk.ui.widgets.labels import label, repolish


class Tile(QPushButton):
    """A number, what it counts, and where it leads; the tone shows only when there is something."""

    def __init__(
        self,
        caption: str,
        run: Callable[[], object],
        tone: Tone = Tone.PLAIN,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tone = tone
        self._caption = caption
        self.setToolTip(tip)
        self._number = QLabel("–")
        self._number.setProperty("role", "big")
        self._number.setFont(theme.figures(24, bold=True))
        self._words = label(caption, "caption", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        pad = theme.px(8)  # seven tiles stand in a row on a small screen
        column.setContentsMargins(pad, theme.px(8), pad, theme.px(8))
        column.setSpacing(0)
        self._sign = QLabel()
        self._sign.setFont(theme.figures(14))
        above = QHBoxLayout()
        above.setSpacing(theme.px(6))
        above.addWidget(self._number)
        above.addWidget(self._sign)
        above.addStretch(1)
        column.addLayout(above)
        column.addWidget(self._words, 1)
        for words in (self._number, self._sign, self._words):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(caption)
        self.clicked.connect(lambda _checked=False: run())

    @property
    def number(self) -> str:
        """What the tile shows."""
        return self._number.text()

    def put(self, count: int, extra: str = "") -> None:
        """Show a count; a tone appears with its sign when the count is not zero."""
        tone = self._tone if count else Tone.PLAIN
        self._sign.setText(SIGNS[tone])
        self._number.setText(f"{count:,}")
        self._words.setText(f"{self._caption} · {extra}" if extra else self._caption)
        for words in (self._number, self._sign):
            words.setProperty("ink", tone.value)
            repolish(words)
        self.setAccessibleName(f"{self._caption}: {count}")

    def sizeHint(self) -> QSize:
        return QSize(theme.px(132), theme.px(88))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(104), theme.px(88))
