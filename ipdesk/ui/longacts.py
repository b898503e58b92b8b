"""Acts that take a while: they say how far they are, can be stopped, and lead to one undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ipdesk.base.errors import Cancelled
from ipdesk.base.i18n import Message, say
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import Asking
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from ipdesk.store.database import Database


class LongActs(QObject):
    """Does edits off the GUI thread; says when one begins, how far it is and that it ended."""

    began = Signal(object, object)  # Task and Message
    advanced = Signal(float, str)
    ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._over = parent
        self.asking: Asking | None = None  # the dialog that is open, for tests and keys

    def _run(
        self,
        work: Callable[[Database, Task], Any],
        then: Callable[[Any], object],
        words: Message,
    ) -> None:
        """An edit with progress; a stop writes nothing and is said."""

        def done(value: Any) -> None:
            self.ended.emit()
            then(value)

        task = self._desk.worker.long_edit(work, done, self._stopped, self.advanced.emit)
        self.began.emit(task, words)

    def _stopped(self, error: Exception) -> None:
        self.ended.emit()
        if isinstance(error, Cancelled):
            self._desk.say(say("Stopped; nothing was written."))
        else:
            tell(self._desk, error)
