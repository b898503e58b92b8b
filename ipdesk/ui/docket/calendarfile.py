"""Deadlines as a calendar file: written once, or kept up to date for calendar programs."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell

if TYPE_CHECKING:
    from ipdesk.ui.work import Task, Worker

PAUSE_MS = 2_000
_EXPLAINED = 3_000  # with more dates the file goes without reasons
_TOPICS = (Topic.DEADLINES, Topic.EVENTS, Topic.MATTERS, Topic.IMPORTS, Topic.LAW)


class KeptCalendar(QObject):
    """Writes the file of the settings anew a moment after anything changed."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self.write)
        desk.bus.changed.connect(self._heard)

    def _heard(self, change: Change) -> None:
        if change.touches(*_TOPICS) and self._desk.settings.values.calendar_file:
            self._soon.start()

    def write(self) -> None:
        """Now, if a file is kept at all."""
        name, desk = self._desk.settings.values.calendar_file, self._desk
        if name:
            work = partial(write_calendar, desk.worker, desk.today(), Path(name), ListQuery())
            desk.worker.job(work, lambda _n: None, partial(tell, desk), key="calendar file")


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


def write_calendar(worker: Worker, today: date, path: Path, query: ListQuery, task: Task) -> int:
    """Write the waiting deadlines of a question; how many. Raises IpdeskError."""
    from ipdesk.core.docket.calendar_file import as_ics  # in a thread: heavy
    from ipdesk.core.docket.queries import deadline_ids, deadline_rows, explain_many
    from ipdesk.core.docket.records import WAITING
    from ipdesk.core.docket.setting import docket_for

    with worker.database().read() as connection:
        ids = deadline_ids(connection, query.choose("state", *sorted(WAITING)), today)
        rows = deadline_rows(connection, ids, today)
        docket = docket_for(connection, today)
        reasons = explain_many(connection, rows, docket) if len(rows) <= _EXPLAINED else {}
    task.check()
    half = path.with_name(path.name + ".part")
    try:
        half.write_bytes(as_ics(rows, reasons, today))
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise IpdeskError(
            say("{file} cannot be written: {why}", file=path.name, why=error.strerror or str(error))
        ) from error
    return len(rows)
