"""A visit to all matters looks at those that can have changed, and misses none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ipdesk.base.i18n import say
from ipdesk.core.docket.matters import create_matters, refresh_all
from ipdesk.core.docket.reckoning import Docket, Leads
from ipdesk.core.docket.records import EventInput
from ipdesk.core.docket.visits import to_visit
from ipdesk.core.portfolio.model import MatterFields, PersonName, PriorityClaim
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.portfolio import matter, party, priority
from ipdesk.store.writer import Writer


@pytest.fixture
def ids(database: Database, docket: Docket) -> list[int]:
    """Five matters, all visited."""
    made = []
    for k in range(5):
        fields = MatterFields(
            right="invention",
            office="CN",
            title=f"泵 {k}",
            people=(PersonName("applicant", "澄镓科技"),),
            priorities=(PriorityClaim("US1", "US", date(2018, 5, 1)),),
        )
        made.append((fields, [EventInput("filing", date(2019, 3, 11) + timedelta(days=k))]))
    with database.write(say("List")) as writer:
        found = list(create_matters(writer, docket, made))
    refresh_all(database, docket)
    return found


def waiting(database: Database, docket: Docket) -> list[int]:
    with database.read() as connection:
        return to_visit(connection, docket)


def test_after_a_visit_nothing_waits(database: Database, docket: Docket, ids: list[int]) -> None:
    assert waiting(database, docket) == []
    refresh_all(database, docket)
    assert waiting(database, docket) == []


def test_another_law_or_another_year_waits_for_all(
    database: Database, docket: Docket, ids: list[int]
) -> None:
    assert waiting(database, replace(docket, leads=Leads(5, 9))) == ids
    assert waiting(database, replace(docket, today=date(2031, 1, 2))) == ids
    assert waiting(database, replace(docket, today=date(2001, 1, 2))) == ids


def a_corrected_day(writer: Writer, ids: list[int]) -> None:
    found = select(event.c.id).where(event.c.matter_id == ids[2])
    number = writer.connection.execute(found).scalar_one()
    writer.update(event, number, {"date": date(2019, 1, 2)})


def a_fact(writer: Writer, ids: list[int]) -> None:
    writer.update(matter, ids[2], {"facts": {"isa": "CN"}})


def a_deleted_event(writer: Writer, ids: list[int]) -> None:
    writer.delete(
        event,
        writer.connection.execute(select(event.c.id).where(event.c.matter_id == ids[2])).scalars(),
    )


def another_priority(writer: Writer, ids: list[int]) -> None:
    found = select(priority.c.id).where(priority.c.matter_id == ids[2])
    number = writer.connection.execute(found).scalar_one()
    writer.update(priority, number, {"date": date(2018, 4, 1)})


def another_kind_of_owner(writer: Writer, ids: list[int]) -> None:
    number = writer.connection.execute(select(party.c.id)).scalar_one()
    writer.update(party, number, {"kind": "organisation"})


def a_parent(writer: Writer, ids: list[int]) -> None:
    writer.update(matter, ids[2], {"parent_id": ids[1], "parent_kind": "national_phase"})


@pytest.mark.parametrize("edit", [a_corrected_day, a_fact, a_deleted_event])
def test_what_was_edited_waits_and_so_does_what_was_undone(
    database: Database, docket: Docket, ids: list[int], edit: Callable[[Writer, list[int]], None]
) -> None:
    with database.write(say("Edit")) as writer:
        edit(writer, ids)
    assert waiting(database, docket) == [ids[2]]
    refresh_all(database, docket)
    assert waiting(database, docket) == []
    undo_last(database)
    assert ids[2] in waiting(database, docket)


@pytest.mark.parametrize("edit", [another_priority, another_kind_of_owner, a_parent])
def test_what_reaches_other_matters_sends_the_visit_to_all(
    database: Database, docket: Docket, ids: list[int], edit: Callable[[Writer, list[int]], None]
) -> None:
    with database.write(say("Edit")) as writer:
        edit(writer, ids)
    assert waiting(database, docket) == ids


def test_an_import_is_visited_whole_and_an_archived_matter_rests(
    database: Database, docket: Docket, ids: list[int]
) -> None:
    with database.write(say("Archive")) as writer:
        writer.update(matter, ids[0], {"archived": True})
    assert waiting(database, docket) == []
    with database.write(say("More")) as writer:
        fields = MatterFields(right="design", office="CN", title="x")
        made = list(create_matters(writer, docket, [(fields, [])]))
    assert waiting(database, docket) == [*ids[1:], *made]
