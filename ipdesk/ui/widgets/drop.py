"""An area to drop a file on, or to click and choose one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QVBoxLayout, QWidget

from ipdesk.ui import icons, theme
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label, repolish


class DropArea(QFrame):
    """Takes one file at a time."""

    chosen = Signal(object)  # Path

    def __init__(
        self,
        words: str,
        hint: str,
        choose: str,
        kinds: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dropArea")
        self.setAcceptDrops(True)
        self.setAccessibleName(words)
        self.setMinimumHeight(theme.px(200))
        self._kinds, self._choose = kinds, choose
        self.start = ""  # the folder that the dialog shows first
        picture = QLabel()
        picture.setPixmap(icons.pixmap("file-arrow-down", 32))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(picture, 0, middle)
        column.addWidget(label(words, "section"), 0, middle)
        explained = label(hint, "muted", wrap=True)
        explained.setAlignment(middle)
        explained.setMinimumWidth(theme.px(360))
        column.addWidget(explained, 0, middle)
        column.addWidget(button(choose, self.browse, role="main"), 0, middle)
        column.addStretch(1)

    def browse(self) -> None:
        """Ask for a file with the system's dialog."""
        name, _kind = QFileDialog.getOpenFileName(self, self._choose, self.start, self._kinds)
        if name:
            self.chosen.emit(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.chosen.emit(Path(files[0]))

    def _mark(self, over: bool) -> None:
        self.setProperty("over", "true" if over else "false")
        repolish(self)
