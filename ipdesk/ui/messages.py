"""The message bar: things are said once, here, not in dialogs."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui import icons

STAYS_MS = 8_000
_RESTS_MS = 1_500  # so long the pointer must rest before the page moves up below it


class Kind(StrEnum):
    """How a message looks and how long it stays."""

    INFO = "info"
    DONE = "done"
    PROBLEM = "problem"


_ICONS = {Kind.INFO: "info", Kind.DONE: "check-circle", Kind.PROBLEM: "warning"}


class MessageBar(QFrame):
    """One line above the page; a problem stays until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = QPushButton()
        self._act.setProperty("role", "link")
        self._act.clicked.connect(self._run)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.dismiss)
        self._todo: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._leave)
        self._pointer = QPoint()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._act)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What is being said; empty when nothing is."""
        return self._text.text() if not self.isHidden() else ""

    def say(
        self,
        text: object,
        kind: Kind = Kind.INFO,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show one sentence, with one thing that can be done about it."""
        self._text.setText(str(text))
        self._todo = action[1] if action else None
        self._act.setText(action[0] if action else "")
        self._act.setVisible(action is not None)
        self._close.setIcon(icons.icon("x"))
        self._close.setToolTip(tr("Close this message"))
        self._close.setAccessibleName(tr("Close this message"))
        tone = {Kind.INFO: "accent", Kind.DONE: "done", Kind.PROBLEM: "overdue"}[kind]
        self._sign.setPixmap(icons.pixmap(_ICONS[kind], 16, tone))
        self.setProperty("kind", kind.value)
        self.setAccessibleName(str(text))
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        if kind is Kind.PROBLEM:
            self._timer.stop()
        else:
            self._timer.start(STAYS_MS)

    def _leave(self) -> None:
        """Go when the time is over, but never under a hand that is about to click."""
        before, self._pointer = self._pointer, QCursor.pos()
        if before == self._pointer:
            self.dismiss()
        else:
            self._timer.start(_RESTS_MS)

    def dismiss(self) -> None:
        """Nothing is being said any more."""
        self._timer.stop()
        self._todo = None
        self.hide()

    def _run(self) -> None:
        todo = self._todo
        self.dismiss()
        if todo is not None:
            todo()
