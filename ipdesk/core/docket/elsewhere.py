"""Large recomputations on all cores: other processes answer, this one reads and writes.

A process knows the law from the company's own words (``setting.Terms``) and gets the records with
every part; it never opens the file. Small work, an unusual law and a machine that starts no
processes are answered here.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from sqlalchemy import Connection, Dialect

from ipdesk.base.bulk import no_collection
from ipdesk.core.docket.answers import Answer, Task, answer
from ipdesk.core.docket.reckoned import FORM, Forms
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.setting import Terms, terms_for
from ipdesk.store.rows import binder, dialect_of
from ipdesk.store.schema.docket import deadline

_HERE = 3_000  # matters that are answered here before others are called: starting them takes 1 s
_WORTH = 8_000  # matters altogether from which on it pays
_MOST = 6  # processes
_AHEAD = 2  # parts that wait for each process

Part = tuple[int, list[Task]]
Answered = tuple[int, list[Task], list[Answer]]


def forms_for(docket: Docket, dialect: Dialect) -> Forms:
    """Deadlines as rows of their table, ready for the driver."""
    return Forms(docket, binder(dialect, deadline, FORM))


def answered(
    connection: Connection, docket: Docket, parts: Iterable[Part], matters: int
) -> Iterator[Answered]:
    """The parts in their order, each with its answers."""
    forms = forms_for(docket, connection.dialect)
    waiting = iter(parts)
    done = 0
    for size, tasks in waiting:
        yield size, tasks, [answer(task, docket, forms) for task in tasks]
        done += len(tasks)
        if done >= _HERE and matters >= _WORTH:
            break
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
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(terms, dialect),
    )
    waiting: deque[tuple[Part, Future[list[Answer]] | None]] = deque()

    def first() -> Answered:
        (size, tasks), promised = waiting.popleft()
        try:
            if promised is not None:
                return size, tasks, promised.result()
        except (BrokenProcessPool, OSError):
            pass  # the processes are gone: what they would have answered is answered here
        return size, tasks, [answer(task, docket, forms) for task in tasks]

    try:
        for part in parts:
            waiting.append((part, _ask(pool, part[1])))
            if len(waiting) > processes * _AHEAD:
                yield first()
        while waiting:
            yield first()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _ask(pool: ProcessPoolExecutor, tasks: list[Task]) -> Future[list[Answer]] | None:
    try:
        return pool.submit(_answer_all, tasks) if tasks else None
    except (BrokenProcessPool, OSError):
        return None


# -- in the other process -------------------------------------------------------------------------
_known: list[tuple[Docket, Forms]] = []


def _begin(terms: Terms, dialect: str) -> None:
    docket = terms.docket()
    _known[:] = [(docket, forms_for(docket, dialect_of(dialect)))]


def _answer_all(tasks: list[Task]) -> list[Answer]:
    ((docket, forms),) = _known
    with no_collection():
        return [answer(task, docket, forms) for task in tasks]
