"""What a matter's file holds now, asked through the worker, and what a dialog says."""

from collections.abc import Callable

from sqlalchemy import Connection

from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.ui.matter.reading import Whole, read_whole
from ipdesk.ui.work import Worker
from tests.ui.conftest import Settle


def ask(worker: Worker, settle: Settle, question: Callable[[Connection], object]) -> object:
    found: list[object] = []
    worker.read(question, found.append)
    settle()
    return found[0]


def whole(worker: Worker, settle: Settle, matter: int) -> Whole:
    found = ask(worker, settle, lambda c: read_whole(matter, c))
    assert isinstance(found, Whole)
    return found


def deadlines(worker: Worker, settle: Settle, matter: int) -> list[DeadlineRow]:
    found = ask(worker, settle, lambda c: deadlines_of_matter(c, matter))
    assert isinstance(found, list)
    return found
