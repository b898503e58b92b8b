"""Answers of other processes are those given here, whatever becomes of the processes."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from ipdesk.base.errors import Cancelled
from ipdesk.base.i18n import say
from ipdesk.core.docket import elsewhere
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.matters import create_matters
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.docket.records import EventInput
from ipdesk.core.portfolio.model import MatterFields, PriorityClaim
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import deadline, pending, reckoned
from ipdesk.store.schema.portfolio import matter

MANY = 1_100  # three parts


def draft(k: int) -> tuple[MatterFields, list[EventInput]]:
    right, office = (("invention", "CN"), ("invention", "EP"), ("trademark", "CN"))[k % 3]
    filed = date(2019, 3, 11) + timedelta(days=k % 200)
    claims = (PriorityClaim("US1", "US", filed - timedelta(days=200)),) if k % 2 else ()
    fields = MatterFields(right=right, office=office, title=f"泵 {k}", priorities=claims)
    return fields, [EventInput("filing", filed), EventInput("grant", filed + timedelta(days=900))]


def contents(database: Database) -> list[Any]:
    hidden = {"id", "note", "dates"}  # how many is counted further once there are some
    with database.read() as connection:
        return [
            sorted(map(str, connection.execute(select(*(c for c in t.c if c.name not in hidden)))))
            for t in (deadline, pending, reckoned, matter)
        ]


def fill(database: Database, docket: Docket) -> None:
    with database.write(say("List")) as writer:
        create_matters(writer, docket, [draft(k) for k in range(MANY)], expected=MANY)


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[elsewhere._Other]:
    """Other processes are called for little work too; those that were."""
    made: list[elsewhere._Other] = []

    class Seen(elsewhere._Other):
        def __init__(self, *words: Any) -> None:
            super().__init__(*words)
            made.append(self)

    monkeypatch.setattr(elsewhere, "_HERE", 1)
    monkeypatch.setattr(elsewhere, "_WORTH", 1)
    monkeypatch.setattr(elsewhere, "_cores", lambda: 2)
    monkeypatch.setattr(elsewhere, "_Other", Seen)
    return made


def test_two_processes_write_what_one_would(
    database: Database,
    docket: Docket,
    called: list[elsewhere._Other],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(database, docket)
    assert len(called) == 2
    there = contents(database)
    monkeypatch.setattr(elsewhere, "_WORTH", MANY + 1)
    with database.write(say("Again")) as writer:
        ids = writer.connection.execute(select(matter.c.id)).scalars().all()
        refresh(writer, ids, docket)
    assert contents(database) == there
    assert len(called) == 2


def test_processes_that_die_leave_no_gap(
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    docket: Docket,
    called: list[elsewhere._Other],
) -> None:
    heard = elsewhere._Other.hear

    def dying(other: elsewhere._Other) -> Any:
        other._process.kill()
        return heard(other)

    monkeypatch.setattr(elsewhere._Other, "hear", dying)
    fill(database, docket)
    assert len(called) == 2
    with database.read() as connection:
        assert len(connection.execute(select(reckoned.c.id)).all()) == MANY


def test_who_cancels_leaves_no_process_and_no_row(
    database: Database, docket: Docket, called: list[elsewhere._Other]
) -> None:
    def stop(done: float) -> None:
        if len(called) == 2:
            raise Cancelled(say("The import was cancelled; nothing was written."))

    with pytest.raises(Cancelled), database.write(say("List")) as writer:
        create_matters(
            writer, docket, (draft(k) for k in range(MANY)), expected=MANY, progress=stop
        )
    assert [other._process.is_alive() for other in called] == [False, False]
    assert contents(database) == [[], [], [], []]


def test_a_law_that_is_not_the_companys_stays_here(
    database: Database, called: list[elsewhere._Other]
) -> None:
    fill(database, Docket(Law.load(), Calendars.load(), date(2026, 7, 1)))
    assert not called
