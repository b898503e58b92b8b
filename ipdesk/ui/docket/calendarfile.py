"""Deadlines as a calendar file: written once, or kept up to date for calendar programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget
from sqlalchemy.exc import SQLAlchemyError

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.files import write_whole
from ipdesk.base.i18n import ntr, tr
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.trouble import log

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.store.database import Database
    from ipdesk.ui.work import Task, Worker

PAUSE_MS = 2_000
_EXPLAINED = 3_000  # with more dates the file goes without reasons
_TOPICS = (Topic.DEADLINES, Topic.EVENTS, Topic.MATTERS, Topic.IMPORTS, Topic.LAW)


class KeptCalendar(QObject):
    """Writes the file of the settings anew a moment after anything changed."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._behind = False  # something changed since the file was written
        self._last: int | None = None  # the last action that the file tells of
        self._task: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self.write)
        desk.bus.changed.connect(self._heard)

    def _heard(self, change: Change) -> None:
        if change.touches(*_TOPICS) and self._desk.settings.values.calendar_file:
            self._behind = True
            self._soon.start()

    def write(self) -> None:
        """Now, if a file is kept at all."""
        name, desk = self._desk.settings.values.calendar_file, self._desk
        if name:
            self._behind = False
            work = partial(_write_kept, desk.worker, desk.today(), Path(name))
            then, failed = self._written, partial(tell, desk)
            self._task = desk.worker.job(work, then, failed, key="calendar file")

    def _written(self, last: int) -> None:
        self._last, self._task = last, None

    def hold(self) -> None:
        """The window may close: nobody is asked about this file, ``leave`` writes it."""
        if self._task is not None:
            self._task.cancel()
            self._task, self._behind = None, True
            self._soon.start()  # if it stays open after all

    def leave(self) -> None:
        """The last word, when the worker has stopped: edits of the last moment are told as well."""
        self._soon.stop()
        name, database = self._desk.settings.values.calendar_file, self._desk.worker.opened_database
        if not name or database is None:
            return
        try:
            with database.read() as connection:
                last = _last_action(connection)
            if self._behind or self._last not in (None, last):
                _write(database, self._desk.today(), Path(name), ListQuery(), lambda: None)
        except (IpdeskError, OSError, SQLAlchemyError) as error:
            log.warning("the kept calendar file: %s", error)


def save_calendar(desk: Desk, parent: QWidget, query: ListQuery) -> None:
    """Ask for a place and write the deadlines of a list that still wait."""
    suggested = f"{tr('Deadlines')}-{desk.today().isoformat()}.ics"
    kinds = tr("Calendar file") + " (*.ics)"
    name, _kind = QFileDialog.getSaveFileName(parent, tr("Save as"), suggested, kinds)
    if name:
        work = partial(write_calendar, desk.worker, desk.today(), Path(name), query)
        desk.worker.job(work, partial(_written, desk, Path(name).name), partial(tell, desk))


def _written(desk: Desk, file: str, n: int) -> None:
    words = ntr("{n} deadline written to {file}.", "{n} deadlines written to {file}.", n, file=file)
    desk.say(words, Kind.DONE)


def _last_action(connection: Connection) -> int:
    from ipdesk.store.history import actions

    return next((one.id for one in actions(connection, 1)), 0)


def _write_kept(worker: Worker, today: date, path: Path, task: Task) -> int:
    """The last action that the file tells of."""
    with worker.database().read() as connection:
        last = _last_action(connection)
    write_calendar(worker, today, path, ListQuery(), task)
    return last


def write_calendar(worker: Worker, today: date, path: Path, query: ListQuery, task: Task) -> int:
    """Write the waiting deadlines of a question; how many. Raises IpdeskError."""
    return _write(worker.database(), today, path, query, task.check)


def _write(
    database: Database, today: date, path: Path, query: ListQuery, check: Callable[[], object]
) -> int:
    from ipdesk.core.docket.calendar_file import as_ics  # in a thread: heavy
    from ipdesk.core.docket.queries import deadline_ids, deadline_rows, explain_many
    from ipdesk.core.docket.records import WAITING
    from ipdesk.core.docket.setting import docket_for

    with database.read() as connection:
        ids = deadline_ids(connection, query.choose("state", *sorted(WAITING)), today)
        rows = deadline_rows(connection, ids, today)
        docket = docket_for(connection, today)
        reasons = explain_many(connection, rows, docket) if len(rows) <= _EXPLAINED else {}
    check()
    write_whole(path, as_ics(rows, reasons, today))
    return len(rows)
