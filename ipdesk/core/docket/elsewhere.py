"""Large recomputations on all cores: other processes answer, this one reads and writes.

A process knows the law from the company's own words (``setting.Terms``) and gets the records with
every part; it never opens the file. Small work, an unusual law and a machine that starts no
processes are answered here.
"""

import contextlib
import multiprocessing
import os
import pickle
import queue
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from multiprocessing.connection import Connection as Pipe

from sqlalchemy import Connection, Dialect

from ipdesk.base.bulk import no_collection
from ipdesk.core.docket.answers import Answer, Task, answer
from ipdesk.core.docket.reckoned import FORM, Forms
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.setting import Terms, terms_for
from ipdesk.store.rows import binder, dialect_of
from ipdesk.store.schema.docket import deadline

_HERE = 500  # matters that are answered here before others are called: starting them takes 1 s
_WORTH = 8_000  # matters altogether from which on it pays
_MOST = 4  # processes, of some 170 MB each
_BEHIND = 5  # how far these processes stand behind the window and the one that writes
_AHEAD = 2  # parts that each process has before it

Part = tuple[int, list[Task]]
Answered = tuple[int, list[Task], list[Answer]]


def forms_for(docket: Docket, dialect: Dialect) -> Forms:
    """Deadlines as rows of their table, ready for the driver."""
    return Forms(docket, binder(dialect, deadline, FORM))


def answered(
    connection: Connection, docket: Docket, parts: Iterable[Part], matters: int
) -> Generator[Answered, None, None]:
    """The parts in their order, each with its answers."""
    forms = forms_for(docket, connection.dialect)
    waiting = iter(parts)
    done = 0
    for size, tasks in waiting:
        yield size, tasks, [answer(task, docket, forms) for task in tasks]
        done += len(tasks)
        if done >= _HERE and matters >= _WORTH:
            break
    else:
        return
    terms, processes = terms_for(connection, docket.today), min(_MOST, _cores())
    if processes < 2 or not terms.gives(docket):
        for size, tasks in waiting:
            yield size, tasks, [answer(task, docket, forms) for task in tasks]
    else:
        yield from _by_others(forms, docket, terms, waiting, processes, connection.dialect.name)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _by_others(
    forms: Forms,
    docket: Docket,
    terms: Terms,
    parts: Iterator[Part],
    processes: int,
    dialect: str,
) -> Iterator[Answered]:
    others = [_Other(terms, dialect) for _ in range(processes)]
    waiting: deque[tuple[Part, _Other]] = deque()
    turn = 0

    def first() -> Answered:
        (size, tasks), other = waiting.popleft()
        answers = other.hear() if tasks else []
        if answers is None:  # the process is gone: what it would have answered is answered here
            answers = [answer(task, docket, forms) for task in tasks]
        return size, tasks, answers

    try:
        for part in parts:
            other = others[turn % processes]
            turn += 1
            if part[1]:
                other.ask(part[1])
            waiting.append((part, other))
            if len(waiting) >= processes * _AHEAD:
                yield first()
        while waiting:
            yield first()
    finally:
        for other in others:
            other.end()


class _Other:
    """Another process. Its threads here only carry bytes: whatever makes or reads objects would
    take the interpreter from the thread that writes, row by row, and cost more than it saves.
    """

    def __init__(self, terms: Terms, dialect: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, terms, dialect), daemon=True)
        self._asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._heard: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        try:
            self._process.start()
        except OSError:  # a machine that starts no process
            self._heard.put(_GONE)
        there.close()
        self._threads = [
            threading.Thread(target=work, args=(self._pipe, carried), daemon=True)
            for work, carried in ((_send, self._asked), (_receive, self._heard))
        ]
        for thread in self._threads:
            thread.start()

    def ask(self, tasks: list[Task]) -> None:
        self._asked.put(pickle.dumps(tasks, pickle.HIGHEST_PROTOCOL))

    def hear(self) -> list[Answer] | None:
        """The answers to the oldest question; None when the process is gone."""
        told = self._heard.get()
        if told == _GONE:
            self._heard.put(_GONE)
            return None
        found: list[Answer] = pickle.loads(told)
        return found

    def end(self) -> None:
        """Stop it; it holds nothing that could be lost."""
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()
        self._asked.put(_GONE)
        for thread in self._threads:
            thread.join()
        self._pipe.close()


_GONE = b""


def _send(pipe: Pipe, asked: "queue.SimpleQueue[bytes]") -> None:
    with contextlib.suppress(OSError):
        while told := asked.get():
            pipe.send_bytes(told)


def _receive(pipe: Pipe, heard: "queue.SimpleQueue[bytes]") -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            heard.put(pipe.recv_bytes())
    heard.put(_GONE)


# -- in the other process -------------------------------------------------------------------------
def _serve(pipe: Pipe, terms: Terms, dialect: str) -> None:
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_BEHIND)
    docket = terms.docket()
    forms = forms_for(docket, dialect_of(dialect))
    asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, asked), daemon=True).start()
    with no_collection(), contextlib.suppress(OSError):
        while told := asked.get():
            tasks: list[Task] = pickle.loads(told)
            answers = [answer(task, docket, forms) for task in tasks]
            pipe.send_bytes(pickle.dumps(answers, pickle.HIGHEST_PROTOCOL))
