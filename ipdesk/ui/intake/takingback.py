"""Taking an import back: at once, or after asking when people worked on its matters since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipdesk.base.change import Change
from ipdesk.base.i18n import Message, ntr, tr
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.docket.undoing import take_back
from ipdesk.core.portfolio.queries import matter_rows
from ipdesk.store.history import worked_on_since
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import Asking

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.store.database import Database

_NAMED = 5
_Later = tuple[int, tuple[str, ...]]  # how many matters, some of their names


class TakingBack:
    """Undoes one import and says so; ``asking`` is the dialog while it is open."""

    def __init__(
        self, desk: Desk, parent: QWidget, file: str, action: int, done: Callable[[], object]
    ) -> None:
        self._desk, self._parent = desk, parent
        self._file, self._action, self._done = file, action, done
        self.asking: Asking | None = None

    def begin(self) -> None:
        """Look whether anything would be lost."""
        desk = self._desk
        desk.worker.read(partial(_later_work, self._action), self._look, partial(tell, desk))

    def _look(self, later: _Later) -> None:
        count, names = later
        if not count:
            self._undo(force=False)
            return
        text = ntr(
            "{n:,} matter of this import was worked on since: {names}. That work goes with it.",
            "{n:,} matters of this import were worked on since: {names}. That work goes with them.",
            count,
            names=", ".join(names) + ("…" if count > len(names) else ""),
        )
        self.asking = Asking(
            self._parent,
            tr("Take back {file}?", file=self._file),
            text,
            (),
            tr("Take everything back"),
            lambda _values: self._undo(force=True),
        )
        self.asking.open()

    def _undo(self, *, force: bool) -> None:
        work = partial(_taken_back, self._action, force, self._desk.today())
        self._desk.worker.edit(work, self._say, partial(tell, self._desk))

    def _say(self, result: tuple[Change, tuple[Message, ...]]) -> None:
        kept = result[1]
        text = tr("{file} was taken back", file=self._file) + "."
        if kept:
            text += " " + " ".join(str(k) for k in kept[:3])
        self._desk.say(text, Kind.INFO if kept else Kind.DONE)
        self._done()


def _later_work(action: int, connection: Connection) -> _Later:
    ids = worked_on_since(connection, action)
    rows = matter_rows(connection, ids[:_NAMED])
    return len(ids), tuple(row.reference or row.shown_title for row in rows)


def _taken_back(
    action: int, force: bool, today: date, database: Database
) -> tuple[Change, tuple[Message, ...]]:
    with database.read() as connection:
        docket = docket_for(connection, today)
    return take_back(database, docket, action, force=force)
