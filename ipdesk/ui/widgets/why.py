"""The sentences behind a date, in a small window that closes with Escape or a click elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.ui import theme
from ipdesk.ui.widgets.labels import chip, hairline, label, selectable


class Why(QFrame):
    """Title, reasons in order, marks of doubt, and what can be done."""

    def __init__(
        self,
        title: str,
        sentences: Sequence[object],
        marks: Sequence[tuple[Tone, str]] = (),
        buttons: Sequence[QPushButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Why: {what}", what=title))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(label(title, "section", wrap=True))
        for number, sentence in enumerate(sentences, 1):
            line = selectable(f"{number}. {sentence}")
            line.setFixedWidth(theme.px(400))
            column.addWidget(line)
        if marks:
            column.addWidget(hairline())
        for tone, words in marks:
            column.addWidget(chip(tone, words))
        for made in buttons:
            made.clicked.connect(self.close)
            column.addWidget(made)

    def show_at(self, anchor: QWidget) -> None:
        """Beside *anchor*, inside its screen."""
        self.adjustSize()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        screen = anchor.screen().availableGeometry()
        x = min(place.x(), screen.right() - self.width() - 8)
        y = place.y()
        if y + self.height() > screen.bottom():
            y = anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4
        self.move(max(screen.left() + 8, x), max(screen.top() + 8, y))
        self.show()
