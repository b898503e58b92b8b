"""Short tables of money in a card: a heading, what can be added, the rows, what they say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ipdesk.ui import theme
from ipdesk.ui.widgets.labels import hairline, label


class Framed(QFrame):
    """A card with a heading, buttons beside it, and things below each other."""

    def __init__(
        self,
        title: str,
        inner: Sequence[QWidget],
        buttons: Sequence[QPushButton] = (),
        about: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, theme.px(8), 1, 1)
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        head.addWidget(label(title, "section"))
        head.addStretch(1)
        for one in buttons:
            head.addWidget(one)
        column.addLayout(head)
        if about:
            words = label(about, "muted", wrap=True)
            words.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
            column.addWidget(words)
        for place, widget in enumerate(inner):
            if place:
                column.addWidget(hairline())
            column.addWidget(widget, 1)
