"""A strip for long work: what is being done, how far it is, and a button that stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.widgets.labels import Shortened
from ipdesk.ui.work import Task


class ProgressStrip(QWidget):
    """Hidden until work is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._words = Shortened("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(200))
        self._stop = QPushButton(tr("Stop"))
        self._stop.setToolTip(tr("Stop this work; nothing is written"))
        self._stop.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether work is under way."""
        return self._task is not None

    def begin(self, task: Task, words: str) -> None:
        """Show that *task* runs."""
        self._task = task
        self._words.put(words)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show()

    def advance(self, fraction: float, said: str) -> None:
        """How far it is; below zero: nobody knows."""
        if fraction < 0:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(fraction * 1000))
        if said:
            self._words.put(said)

    def end(self) -> None:
        """The work is over."""
        self._task = None
        self.hide()

    def _cancel(self) -> None:
        if self._task is not None:
            self._stop.setEnabled(False)
            self._words.put(tr("Stopping…"))
            self._task.cancel()
