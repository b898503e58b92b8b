"""When there is nothing to show: empty, loading, failed. One sentence and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui import icons, theme
from ipdesk.ui.widgets.labels import label


class Notice(QWidget):
    """A picture, a sentence, a second sentence, and the actions that help."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        buttons: tuple[QPushButton, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon, 32))
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for words, role in ((title, "section"), (text, "muted")):
            if words:
                line = label(words, role, wrap=True)
                line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                line.ensurePolished()
                needed = line.fontMetrics().horizontalAdvance(words) + 8
                line.setFixedWidth(min(theme.px(320), needed))
                column.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        for made in buttons:
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)


def unpicked(words: str) -> QWidget:
    """What stands beside a list while none of its lines is selected, however narrow it is."""
    made = QWidget()
    made.setAccessibleName(words)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 24, 0, 24)
    column.setSpacing(8)
    picture = QLabel()
    picture.setPixmap(icons.pixmap("cursor", 32))
    line = label(words, "muted", wrap=True)
    line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(1)
    column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addWidget(line)
    column.addStretch(2)
    return made


class Loading(QWidget):
    """Says nothing for a moment, then that something is being read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(theme.px(160))
        self._bar.setTextVisible(False)
        self._words = label(tr("Reading…"), "muted")
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self._bar.hide()
        self._words.hide()
        self._patience = QTimer(self, singleShot=True, interval=300)
        self._patience.timeout.connect(self._appear)
        self._patience.start()

    def _appear(self) -> None:
        self._words.show()
        self._bar.show()


def failed(text: object, again: QPushButton | None = None) -> Notice:
    """What happened, in the error's own sentence, and a way to try again."""
    buttons = (again,) if again is not None else ()
    return Notice("warning", tr("This cannot be shown"), str(text), buttons)
