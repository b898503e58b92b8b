"""Undo and redo of the last action, as the history knows it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipdesk.base.change import Change
from ipdesk.base.i18n import Message, say, tr
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.store.database import Database

_UNDID = "Undid: {what}"  # as the history tells it
_Step = tuple[int, Message]  # action, what it said
_Undone = tuple[Change, tuple[Message, ...]]  # and what was left because it changed later


class Undoing(QObject):
    """Knows what the Edit menu can take back; looks again after every change."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._undo: _Step | None = None
        self._redo: _Step | None = None
        desk.bus.changed.connect(self.look)

    @property
    def can_undo(self) -> bool:
        return self._undo is not None

    @property
    def can_redo(self) -> bool:
        return self._redo is not None

    @property
    def undo_words(self) -> str:
        """Undo, and what."""
        return tr("Undo: {what}", what=str(self._undo[1])) if self._undo else tr("Undo")

    @property
    def redo_words(self) -> str:
        """Redo, and what."""
        return tr("Redo: {what}", what=str(self._redo[1])) if self._redo else tr("Redo")

    def look(self, _change: object = None) -> None:
        """Ask the history what came last."""
        self._desk.worker.read(_last_steps, self._take, key="undo")

    def undo(self) -> None:
        """Take the last action back."""
        if self._undo:
            self._run(self._undo[0], say("Undone: {what}", what=self._undo[1]))

    def redo(self) -> None:
        """Take the last undo back."""
        if self._redo:
            self._run(self._redo[0], say("Done again: {what}", what=self._redo[1]))

    def _take(self, steps: tuple[_Step | None, _Step | None]) -> None:
        self._undo, self._redo = steps
        self.changed.emit()

    def _run(self, action: int, said: Message) -> None:
        self._desk.worker.edit(partial(_take_back, action), partial(self._say_done, said))

    def _say_done(self, said: Message, result: _Undone) -> None:
        kept = result[1]
        text = " · ".join(str(words) for words in (said, *kept[:3]))
        self._desk.say(text, Kind.INFO if kept else Kind.DONE)


def _take_back(action: int, database: Database) -> _Undone:
    from ipdesk.core.portfolio.undo import undo_action  # in a thread: heavy

    return undo_action(database, action)


def _last_steps(connection: Connection) -> tuple[_Step | None, _Step | None]:
    from ipdesk.store.history import last_redoable, last_undoable  # in a thread: heavy

    undo, redo = last_undoable(connection), last_redoable(connection)
    return (
        (undo.id, _itself(undo.said)) if undo else None,
        (redo.id, _itself(redo.said)) if redo else None,
    )


def _itself(said: Message) -> Message:
    """What was done, however often it was taken back and done again since."""
    what = said.values.get("what")
    while said.text == _UNDID and isinstance(what, Message):
        said, what = what, what.values.get("what")
    return said
