"""Two matters that turned out to be one: suggested, merged with all that hangs on them, undone."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket import deadline_edits
from ipdesk.core.docket.matters import create_matters
from ipdesk.core.docket.merging import merge_matters, twins
from ipdesk.core.docket.queries import deadlines_of_matter, events_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.core.portfolio.queries import matter_detail, matter_ids, matter_rows
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.portfolio import matter, matter_tag

FILED = date(2024, 7, 16)


def made(database: Database, docket: Docket, *drafts: dict[str, Any]) -> list[int]:
    """Matters with the days that ``filing`` and ``grant`` name."""
    told = []
    for draft in drafts:
        days = {k: draft[k] for k in ("filing", "publication", "grant") if k in draft}
        rest = {k: v for k, v in draft.items() if k not in days}
        fields = MatterFields(**({"right": "utility_model", "office": "CN"} | rest))
        told.append((fields, [EventInput(k, day) for k, day in days.items()]))
    with database.write(say("Matters")) as writer:
        return list(create_matters(writer, docket, told))


@pytest.fixture
def pair(database: Database, docket: Docket) -> list[int]:
    """One matter as the docket has it, and as a database told it once more."""
    return made(
        database,
        docket,
        {
            "reference": "A-1",
            "title": "Cap",
            "filing": FILED,
            "note": "ours",
            "people": (PersonName("applicant", "Acme Ltd"),),
            "tags": ("core",),
        },
        {
            "reference": "X-9",
            "title": "Cap",
            "filing": date(2024, 7, 17),
            "grant": date(2025, 1, 7),
            "grant_number": "CN223456789U",
            "people": (PersonName("applicant", "ACME"), PersonName("inventor", "Zhang San")),
            "tags": ("core", "sold"),
        },
    )


def test_matters_that_may_be_one_are_suggested(database: Database, docket: Docket) -> None:
    number = "CN202420393883.6"
    made(
        database,
        docket,
        {"reference": "A", "title": "Cap", "application_number": number},
        {"reference": "B", "title": "Lid", "application_number": number},
        {"reference": "C", "title": "Pen", "filing": FILED},
        {"reference": "D", "title": "Pen", "filing": FILED, "publication_number": "CN223456788U"},
        {"reference": "E", "title": "Pen", "filing": date(2020, 1, 3)},
        {"reference": "F", "title": "Pen", "right": "invention"},
        {"reference": "G", "title": "STAR", "right": "trademark"},
        {"reference": "H", "title": "STAR", "right": "trademark"},
    )
    with database.read() as connection:
        found = [(t.first.reference, t.second.reference) for t in twins(connection)]
    assert found == [("A", "B"), ("C", "D")]


def test_a_merged_matter_has_all_that_both_knew_and_undo_parts_them(
    database: Database, docket: Docket, pair: list[int]
) -> None:
    keep, gone = pair
    with database.read() as connection:
        before = deadlines_of_matter(connection, gone, docket)
        annuity = next(d for d in before if d.n and d.state == "open")
    deadline_edits.submit(database, docket, [annuity.id], date(2026, 11, 2), "R-1", "Li")
    merge_matters(database, docket, keep, [gone])
    with database.read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
        assert [r.reference for r in rows] == ["A-1"]
        (row,) = rows
        assert (row.filing_date, row.grant_date) == (FILED, date(2025, 1, 7))
        assert row.grant_number == "CN223456789U"
        assert (row.applicants, row.inventors) == (("Acme Ltd",), ("Zhang San",))
        detail = matter_detail(connection, keep)
        assert detail is not None
        assert detail.note.startswith("ours\n= X-9: Cap; Filing 2024-07-17")
        assert sorted(e.type for e in events_of(connection, keep)) == ["filing", "grant"]
        after = deadlines_of_matter(connection, keep, docket)
        assert [d.receipt for d in after if d.state == "submitted"] == ["R-1"]
        keys = [(d.rule, d.n, d.event_id) for d in after]
        assert len(keys) == len(set(keys))
        tags = connection.execute(select(matter_tag.c.tag_id)).scalars().all()
        assert len(tags) == len(set(tags)) == 2
    undo_last(database)
    with database.read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
        assert {r.reference for r in rows} == {"A-1", "X-9"}
        again = deadlines_of_matter(connection, gone, docket)
        assert [(d.rule, d.n, d.due) for d in again] == [(d.rule, d.n, d.due) for d in before]
        other = matter_detail(connection, keep)
        assert other is not None
        assert other.note == "ours"


def test_what_cannot_be_one_is_refused(database: Database, docket: Docket) -> None:
    one, mark, other = made(
        database,
        docket,
        {"reference": "A", "application_number": "CN202420393883.6"},
        {"reference": "B", "right": "trademark"},
        {"reference": "C", "application_number": "CN202120054321.5"},
    )
    with pytest.raises(IpdeskError, match="different rights"):
        merge_matters(database, docket, one, [mark])
    with pytest.raises(IpdeskError, match="different application numbers"):
        merge_matters(database, docket, one, [other])
    with pytest.raises(IpdeskError, match="two different matters"):
        merge_matters(database, docket, one, [one])
    with database.read() as connection:
        assert len(connection.execute(select(matter.c.id)).all()) == 3
