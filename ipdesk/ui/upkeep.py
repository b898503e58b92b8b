"""What the window does by itself: the self-test, a backup when due, every matter visited daily."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ipdesk.base.change import Change
from ipdesk.base.errors import Cancelled
from ipdesk.base.i18n import captioned, tr
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.calendarfile import KeptCalendar
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.trouble import log

if TYPE_CHECKING:
    from ipdesk.core.docket.selftest import SelfTest
    from ipdesk.store.backups import Backup
    from ipdesk.store.database import Database
    from ipdesk.ui.work import Task, Worker

START_AFTER_MS = 6_000  # the first page comes first


class Upkeep(QObject):
    """Begins a moment after the window is in sight; tells what it found."""

    tested = Signal(object)  # SelfTest
    backed_up = Signal(str)  # the day of the last backup; empty: none

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.calendar = KeptCalendar(desk, self)
        self._waiting = False  # matters that are not computed for this day
        self._later = QTimer(self, singleShot=True, interval=START_AFTER_MS)
        self._later.timeout.connect(self.run)

    def start(self) -> None:
        """Soon, once."""
        self._later.start()

    def leave(self) -> None:
        """The window closes: what was edited at the last moment still reaches the kept calendar."""
        if self._desk.worker.stop():
            self.calendar.leave()
        self._desk.worker.close()

    def run(self) -> None:
        """Test now; then see whether a backup is due, and visit every matter once a day."""
        self._test(self._take)

    def _test(self, then: Callable[[SelfTest], object], *, visited: bool = False) -> None:
        work = partial(_tested, self._desk.worker, self._desk.today(), visited)
        self._desk.worker.job(work, then, partial(tell, self._desk), key="upkeep")

    def _tell(self, found: SelfTest) -> None:
        """What is broken is never only logged."""
        broken = [part for part in found.parts if not part.ok]
        for part in broken:
            log.warning("self-test: %s: %s", part.name, part.said)
        if broken:
            words = "; ".join(captioned(part.name, part.said) for part in broken)
            doing = tr("Show the checks")
            go = partial(self._desk.go, Place("settings", "checks"))
            self._desk.say(words, Kind.PROBLEM, (doing, go))
        self.tested.emit(found)

    def _take(self, found: SelfTest) -> None:
        self._tell(found)
        self._waiting = any(part.id == "visits" and part.heed for part in found.parts)
        days = self._desk.settings.values.backup_every_days
        work = partial(_back_up_if_due, self._desk.worker, days)
        self._desk.worker.job(work, self._tell_backup, partial(tell, self._desk), key="backup")

    def _tell_backup(self, found: Backup | None) -> None:
        day = found.at[:10] if found is not None and found.ok else ""
        if day:
            self._desk.settings.change(last_backup=found.at if found else "")
        self.backed_up.emit(day)
        self._visit()

    def _visit(self) -> None:
        """Once a day every matter is computed again: periods end, rules and calendars change."""
        worker, today = self._desk.worker, self._desk.today()
        database = worker.opened_database
        name = f"visited.{database.target}" if database is not None else ""
        seen = self._desk.memory.get(name) == today.isoformat()
        if name and (self._waiting or not seen):
            done = partial(self._visited, name, today)
            worker.long_edit(partial(_visit_all, today), done, self._failed)
        else:
            self.calendar.write()  # what was edited elsewhere or just before the end

    def _visited(self, name: str, today: date, _change: Change) -> None:
        self.calendar.write()
        self._desk.memory.put(name, today.isoformat())
        self._test(self._tell, visited=True)

    def _failed(self, error: Exception) -> None:
        tell(self._desk, error)
        if not isinstance(error, Cancelled):
            self._test(self._tell, visited=True)


def _tested(worker: Worker, today: date, visited: bool, task: Task) -> SelfTest:
    from ipdesk.core.docket.selftest import self_test  # in a thread: heavy
    from ipdesk.core.watch.selfcheck import watch_part

    return self_test(worker.database(), today, (watch_part,), visited=visited)


def _back_up_if_due(worker: Worker, days: int, task: Task) -> Backup | None:
    """A copy beside the file when the last one is older than wished; 0 days: never."""
    from ipdesk.store.backups import last_backup, make_backup

    path = worker.database().path
    if path is None:
        return None
    last = last_backup(path)
    if days <= 0:
        return last
    if last is not None and last.ok:
        age = datetime.now() - datetime.fromisoformat(last.at)
        if age.days < days:
            return last
    return make_backup(path)


def _visit_all(today: date, database: Database, task: Task) -> Change:
    from ipdesk.core.docket.matters import refresh_all  # in a thread: heavy
    from ipdesk.core.docket.setting import docket_for

    with database.read() as connection:
        docket = docket_for(connection, today)
    return refresh_all(database, docket, progress=task.report)
