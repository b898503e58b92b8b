"""The self-test: a docket that was not computed for the day must not look quiet."""

from dataclasses import replace
from datetime import date

from ipdesk.core.docket.matters import create_matter, refresh_all
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.selftest import Part, self_test
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.store.database import Database


def visits(database: Database, day: date, *, visited: bool) -> Part:
    found = self_test(database, day, visited=visited)
    return next(part for part in found.parts if part.id == "visits")


def test_a_matter_that_the_days_visit_left_out_is_told_by_its_name(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields(right="invention", office="CN", title="一种泵", reference="P-1")
    create_matter(database, docket, fields, {"filing": date(2026, 3, 10)})
    fresh = visits(database, docket.today, visited=True)
    assert (fresh.ok, fresh.heed) == (True, False)
    later = replace(docket, today=date(2028, 1, 3))
    waiting = visits(database, later.today, visited=False)
    assert (waiting.ok, waiting.heed) == (True, True), "before the visit it only waits"
    missed = visits(database, later.today, visited=True)
    assert not missed.ok
    assert missed.detail == ("P-1",)
    assert str(missed.said).startswith("0 of 1 ")
    refresh_all(database, later)
    assert visits(database, later.today, visited=True).ok
