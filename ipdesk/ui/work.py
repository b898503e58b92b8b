"""Reads, edits and long jobs off the GUI thread; the only file with threads.

Four lanes: many readers, one writer, one for long jobs (printing, reading foreign files) and one
that draws charts, whose library wants one thread at a time. A job holds a callable and a bound
signal of the Worker, so that nothing of Qt dies in a foreign thread; answers are handed out by the
GUI thread, and an answer to a question that was asked again meanwhile is dropped.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass
from functools import partial
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import Cancelled
from ipdesk.ui.garbage import Sweeper

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.store.database import Database
    from ipdesk.ui.bus import Bus

READERS = 3
_TURN = 0.001  # seconds after which a busy thread lets the window go on; a paint asks many times
_REPORTS_A_SECOND = 12
_LINGERING: list[QObject] = []


class Task:
    """A long work under way: it reports how far it is and can be asked to stop."""

    def __init__(self, ticket: int, tell: Callable[[int, float, str], None]) -> None:
        self.ticket = ticket
        self._tell = tell
        self._stop = threading.Event()
        self._last = 0.0

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        """Called by the window; the work notices at its next report."""
        self._stop.set()

    def check(self) -> None:
        """Raises Cancelled when the user asked to stop."""
        if self.cancelled:
            raise Cancelled("")

    def report(self, done: float, total: float = 1.0, said: object = "") -> None:
        """How far the work is (*total* 0: unknown); also the place where it can be stopped."""
        self.check()
        now = monotonic()
        if now - self._last >= 1 / _REPORTS_A_SECOND or done >= total:
            self._last = now
            self._tell(self.ticket, done / total if total else -1.0, str(said))

    __call__ = report


@dataclass(slots=True)
class _Asked:
    """What waits for an answer."""

    then: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    progress: Callable[[float, str], object] | None
    key: tuple[int, str] | None
    task: Task | None


class _Run(QRunnable):
    """One callable on its way through a pool."""

    def __init__(
        self,
        ticket: int,
        work: Callable[[], Any],
        wanted: Callable[[int], bool],
        answer: Callable[[int, Any, Any], None],
        context: Context,
    ) -> None:
        super().__init__()
        self._ticket, self._work, self._wanted = ticket, work, wanted
        self._answer, self._context = answer, context

    def run(self) -> None:
        value: Any = None
        error: Exception | None = None
        if self._wanted(self._ticket):
            try:
                value = self._context.run(self._work)
            except Exception as problem:
                error = problem
        # a closed window takes no answers: the Worker is gone
        try:
            self._answer(self._ticket, value, error)
        except RuntimeError:
            return


class Worker(QObject):
    """Takes questions from the GUI thread and gives the answers back on it."""

    _answered = Signal(int, object, object)
    _moved = Signal(int, float, str)
    busy = Signal(int)  # how many edits and jobs are under way
    opened = Signal(object)  # the Database, once

    def __init__(self, bus: Bus, open_database: Callable[[], Database]) -> None:
        super().__init__()
        self.bus = bus
        self._open = open_database
        self._opening = threading.Lock()
        self._database: Database | None = None
        self._tickets = count(1)
        self._asked: dict[int, _Asked] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._closed = False
        self._version: int | None = None  # as the store last told it
        self._own_writes = 0  # since then
        self._readers, self._writer = _pool(READERS), _pool(1)
        self._jobs, self._drawing = _pool(1), _pool(1)
        self._sweeper = Sweeper(self)
        sys.setswitchinterval(_TURN)
        self._answered.connect(self._hand_out)
        self._moved.connect(self._hand_progress)

    # ------------------------------------------------------------------ asking

    def read(
        self,
        question: Callable[[Connection], Any],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        key: str = "",
        urgent: bool = False,
    ) -> None:
        """Ask the database; a later question of the same owner and *key* replaces this one."""

        def work() -> Any:
            with self.database().read() as connection:
                return question(connection)

        self._start(self._readers, work, then, failed, key=key, priority=1 if urgent else 0)

    def edit(
        self,
        act: Callable[[Database], Any],
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Change the data; *act* returns a Change or something that carries one as ``change``."""
        self._start(self._writer, lambda: act(self.database()), then, failed)

    def long_edit(
        self,
        act: Callable[[Database, Task], Any],
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[float, str], object] | None = None,
    ) -> Task:
        """An edit that takes a while: it reports and can be stopped, which writes nothing."""
        task = self._task()
        self._start(
            self._writer, lambda: act(self.database(), task), then, failed, progress, task=task
        )
        return task

    def job(
        self,
        work: Callable[[Task], Any],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[float, str], object] | None = None,
        key: str = "",
        drawing: bool = False,
    ) -> Task:
        """Long work that does not write to the database; what draws goes to the drawing lane."""
        task = self._task()
        lane = self._drawing if drawing else self._jobs
        self._start(lane, lambda: work(task), then, failed, progress, key=key, task=task)
        return task

    def draw(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        key: str = "",
    ) -> None:
        """A picture that is soon ready, from values already read."""
        self._start(self._drawing, work, then, failed, key=key)

    def database(self) -> Database:
        """The open database; opened by the first thread that asks. Never call on the GUI thread."""
        with self._opening:
            if self._database is None:
                self._database = self._open()
                self.opened.emit(self._database)
            return self._database

    def look_for_others(self) -> None:
        """Ask whether another window wrote to the same file; then everything is read again."""
        if self._database is not None:
            self._start(self._readers, self._database.version, self._compare_version, None, key="v")

    # ------------------------------------------------------------------ state

    @property
    def opened_database(self) -> Database | None:
        """The database if a thread has opened it already; never opens it."""
        return self._database

    @property
    def outstanding(self) -> int:
        """How many questions wait for their answer."""
        return len(self._asked)

    def under_way(self) -> int:
        """How many edits and jobs run; reads, and what was told to stop, are not counted."""
        tasks = [asked.task for asked in self._asked.values() if asked.task is not None]
        return sum(1 for task in tasks if not task.cancelled)

    def stop(self, wait_ms: int = 10_000) -> bool:
        """Stop what can be stopped, let the running edit end; False when it did not in time.

        The database stays open for what is read at the very end.
        """
        self._closed = True
        for asked in self._asked.values():
            if asked.task is not None:
                asked.task.cancel()
        for pool in (self._readers, self._jobs, self._drawing):
            pool.clear()
        pools = (self._writer, self._readers, self._jobs, self._drawing)
        return all(pool.waitForDone(wait_ms) for pool in pools)

    def close(self, wait_ms: int = 10_000) -> bool:
        """Stop, and give the file free; False when an edit did not end in time."""
        done = self.stop(wait_ms)
        self._asked.clear()
        if done:
            self._sweeper.stop()
        if not done:
            _LINGERING.append(self)  # a thread still holds its signals
        elif self._database is not None:
            self._database.close()
        return done

    # ------------------------------------------------------------------ inside

    def _compare_version(self, found: int) -> None:
        before, self._version = self._version, found
        if before not in (None, found) and not self._own_writes:
            self.bus.changed.emit(Change(frozenset(Topic)))
        self._own_writes = 0

    def _task(self) -> Task:
        return Task(next(self._tickets), self._moved.emit)

    def _start(
        self,
        pool: QThreadPool,
        work: Callable[[], Any],
        then: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
        progress: Callable[[float, str], object] | None = None,
        key: str = "",
        task: Task | None = None,
        priority: int = 0,
    ) -> None:
        if self._closed:
            return
        ticket = task.ticket if task else next(self._tickets)
        scoped = (_owner_id(then), key) if key else None
        if scoped:
            self._drop_earlier(scoped)
            self._latest[scoped] = ticket
        self._asked[ticket] = _Asked(then, failed, progress, scoped, task)
        if task:
            self.busy.emit(self.under_way())
        run = _Run(ticket, work, self._wanted, self._answered.emit, copy_context())
        pool.start(run, priority)

    def _drop_earlier(self, scoped: tuple[int, str]) -> None:
        earlier = self._asked.get(self._latest.get(scoped, 0))
        if earlier and earlier.task:
            earlier.task.cancel()

    def _wanted(self, ticket: int) -> bool:
        """Asked by the pools' threads: whether anybody still waits for this answer."""
        asked = self._asked.get(ticket)
        if asked is None:
            return False
        return asked.key is None or self._latest.get(asked.key) == ticket

    def _hand_out(self, ticket: int, value: Any, error: Exception | None) -> None:
        wanted = self._wanted(ticket)
        asked = self._asked.pop(ticket, None)
        if asked is None:
            return
        if asked.key and wanted:
            del self._latest[asked.key]
        if asked.task:
            self.busy.emit(self.under_way())
        change = None if error else _change_of(value)
        if change is not None:
            self._own_writes += 1
            self.bus.changed.emit(change)
            self.look_for_others()
        if not wanted:
            return
        if error is not None:
            self._hand_error(asked, error)
        elif asked.then is not None and alive(asked.then):
            asked.then(value)

    def _hand_error(self, asked: _Asked, error: Exception) -> None:
        if asked.failed is not None:
            if alive(asked.failed):
                asked.failed(error)
        elif not isinstance(error, Cancelled):
            sys.excepthook(type(error), error, error.__traceback__)

    def _hand_progress(self, ticket: int, fraction: float, said: str) -> None:
        asked = self._asked.get(ticket)
        if asked and asked.progress and alive(asked.progress):
            asked.progress(fraction, said)


def _pool(threads: int) -> QThreadPool:
    pool = QThreadPool()
    pool.setMaxThreadCount(threads)
    pool.setExpiryTimeout(-1)
    return pool


def _owner(callback: Callable[..., object] | None) -> object:
    while isinstance(callback, partial):
        callback = callback.func
    return getattr(callback, "__self__", callback)


def _owner_id(callback: Callable[..., object] | None) -> int:
    return id(_owner(callback))


def alive(callback: Callable[..., object]) -> bool:
    """False when the callback belongs to a Qt object that is already gone."""
    owner = _owner(callback)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _change_of(value: Any) -> Change | None:
    if isinstance(value, Change):
        return value
    if isinstance(value, tuple):
        return next((part for part in value if isinstance(part, Change)), None)
    carried = getattr(value, "change", None)
    return carried if isinstance(carried, Change) else None
