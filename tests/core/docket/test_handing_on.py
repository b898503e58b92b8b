"""A date corrected in a matter is corrected, in one act, in those that were made from it."""

from datetime import date

import pytest

from ipdesk.base.errors import Refused
from ipdesk.core.docket import edits, life_edits, lifecycle
from ipdesk.core.docket.matters import MatterEdit, create_matter, edit_matter, preview_edit
from ipdesk.core.docket.queries import deadlines_of_matter, events_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput, EventRow
from ipdesk.core.docket.tracking import Wish
from ipdesk.core.portfolio.model import MatterFields, MatterRow, PriorityClaim
from ipdesk.core.portfolio.queries import matter_detail
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database

FIRST = date(2024, 7, 15)
FILED = date(2025, 7, 10)


def row(database: Database, matter: int) -> MatterRow:
    with database.read() as connection:
        found = matter_detail(connection, matter)
    assert found is not None
    return found.row


def event(database: Database, matter: int, kind: str) -> EventRow:
    with database.read() as connection:
        return next(e for e in events_of(connection, matter) if e.type == kind)


def claims(database: Database, matter: int) -> list[tuple[str, date | None]]:
    with database.read() as connection:
        found = matter_detail(connection, matter)
    assert found is not None
    return [(p.number, p.date) for p in found.priorities]


@pytest.fixture
def family(database: Database, docket: Docket) -> tuple[int, int, int, int]:
    """A Chinese first filing, its PCT application, the American and the European phase."""
    first = MatterFields("invention", "CN", reference="P1", application_number="CN202410000001.1")
    earlier, _ = create_matter(database, docket, first, {"filing": FIRST})
    pct, _ = lifecycle.claim_priority(database, docket, earlier, "pct", "CN", FILED)
    (us, ep), _ = lifecycle.enter_national_phases(
        database, docket, pct, ["US", "EP"], date(2026, 11, 20)
    )
    return earlier, pct, us, ep


def test_a_corrected_filing_date_of_a_pct_application_reaches_its_national_phases(
    database: Database, docket: Docket, family: tuple[int, int, int, int]
) -> None:
    _, pct, american, european = family
    filing = event(database, pct, "filing")
    new = date(2025, 6, 30)
    seen = edits.preview_correction(database, docket, filing.id, {"date": new})
    assert [one.reference for one in seen.there] == ["P1-W-US", "P1-W-EP"]
    assert ("filing_date", str(FILED), str(new)) in seen.there[0].effect.fields
    renewals = [c for c in seen.there[1].effect.changed if c.rule.startswith("EP-")]
    assert renewals, "European dates that count from the filing move too"
    assert row(database, american).filing_date == FILED, "nothing was kept"
    done = edits.correct_event(database, docket, filing.id, {"date": new})
    assert done.effect == seen
    assert set(done.change.matters) == {pct, american, european}
    assert {row(database, m).filing_date for m in (pct, american, european)} == {new}
    undo_last(database)
    assert {row(database, m).filing_date for m in (pct, american, european)} == {FILED}


def test_the_phases_stay_where_they_are_when_one_says_so_and_are_named(
    database: Database, docket: Docket, family: tuple[int, int, int, int]
) -> None:
    _, pct, american, _ = family
    filing = event(database, pct, "filing")
    done = edits.correct_event(
        database, docket, filing.id, {"date": date(2025, 7, 14)}, along=False
    )
    assert done.effect.behind == ("P1-W-US", "P1-W-EP")
    assert not done.effect.there
    assert row(database, american).filing_date == FILED


def test_the_day_of_a_first_filing_moves_the_priorities_that_rest_on_it_down_to_the_phases(
    database: Database, docket: Docket, family: tuple[int, int, int, int]
) -> None:
    earlier, pct, american, european = family
    new = date(2024, 7, 16)
    filing = event(database, earlier, "filing")
    done = edits.correct_event(database, docket, filing.id, {"date": new})
    assert [one.matter_id for one in done.effect.there] == [pct, american, european]
    for one in (pct, american, european):
        assert claims(database, one) == [("CN202410000001.1", new)]
        assert row(database, one).priority_date == new
    with database.read() as connection:
        dates = {d.rule: d.raw for d in deadlines_of_matter(connection, pct)}
    assert dates["PCT-NPE"] == date(2027, 1, 16)


def test_a_priority_that_is_withdrawn_added_or_corrected_reaches_the_phases(
    database: Database, docket: Docket, family: tuple[int, int, int, int]
) -> None:
    _, pct, american, _ = family
    added = PriorityClaim("CN202410000009.9", "CN", date(2024, 8, 1))
    both = MatterEdit(priorities=[PriorityClaim("CN202410000001.1", "CN", FIRST), added])
    edit_matter(database, docket, pct, both)
    assert claims(database, american) == claims(database, pct)
    only = MatterEdit(priorities=[added])
    seen = preview_edit(database, docket, pct, only)
    assert seen.changed
    assert [one.reference for one in seen.there] == ["P1-W-US", "P1-W-EP"]
    edit_matter(database, docket, pct, only)
    assert row(database, american).priority_date == date(2024, 8, 1)
    edit_matter(database, docket, pct, MatterEdit(priorities=[]), Wish(along=False))
    assert claims(database, american) == [("CN202410000009.9", date(2024, 8, 1))]


def test_a_recorded_priority_is_handed_to_the_phases_and_corrected_with_them(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields("pct", "WO", reference="W9")
    pct, _ = create_matter(database, docket, fields, {"priority": FIRST, "filing": FILED})
    (phase,), _ = lifecycle.enter_national_phases(database, docket, pct, ["JP"], date(2026, 11, 20))
    assert row(database, phase).priority_date == FIRST
    recorded = event(database, pct, "priority")
    new = date(2024, 7, 20)
    edits.correct_event(database, docket, recorded.id, {"date": new})
    assert row(database, phase).priority_date == new


def test_a_corrected_priority_event_corrects_the_claim_of_that_day(
    database: Database, docket: Docket, family: tuple[int, int, int, int]
) -> None:
    _, pct, american, _ = family
    made = edits.record_event(database, docket, pct, EventInput("priority", FIRST))
    assert made.event_id is not None
    new = date(2024, 7, 18)
    edits.correct_event(database, docket, made.event_id, {"date": new})
    for one in (pct, american):
        assert claims(database, one) == [("CN202410000001.1", new)]
        assert row(database, one).priority_date == new


def test_hong_kong_hears_of_a_corrected_publication_and_a_divisional_of_the_filing(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields("invention", "CN", reference="P5")
    dates = {"filing": date(2025, 3, 10), "publication": date(2026, 9, 11)}
    chinese, _ = create_matter(database, docket, fields, dates)
    hong_kong, _ = lifecycle.re_register(database, docket, chinese)
    divisional, _ = lifecycle.divide(database, docket, chinese, date(2026, 10, 9))
    later = event(database, chinese, "publication")
    edits.correct_event(database, docket, later.id, {"date": date(2026, 9, 18)})
    assert event(database, hong_kong, "designated_publication").date == date(2026, 9, 18)
    filing = event(database, chinese, "filing")
    done = edits.correct_event(database, docket, filing.id, {"date": date(2025, 3, 11)})
    assert {one.matter_id for one in done.effect.there} == {hong_kong, divisional}
    assert row(database, divisional).filing_date == date(2025, 3, 11)


def test_a_correction_that_contradicts_a_matter_made_from_this_one_is_refused_with_its_name(
    database: Database, docket: Docket, family: tuple[int, int, int, int]
) -> None:
    _, pct, american, _ = family
    life_edits.grant(database, docket, american, date(2026, 11, 20), "US 12,000,001")
    filing = event(database, pct, "filing")
    late = {"date": date(2026, 11, 21)}
    seen = edits.preview_correction(database, docket, filing.id, late)
    assert seen.refused
    with pytest.raises(Refused):
        edits.correct_event(database, docket, filing.id, late)
    assert row(database, american).filing_date == FILED
