"""Acts that make matters and events together, each undone as a whole."""

from datetime import date

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket import lifecycle
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import State
from ipdesk.core.portfolio.model import MatterDetail, MatterFields, PersonName, PriorityClaim
from ipdesk.core.portfolio.queries import family_tree, matter_detail, matter_ids
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery

PRIORITY = date(2024, 7, 15)
PEOPLE = (PersonName("applicant", "澄镓科技"), PersonName("inventor", "沈宇航"))


def detail(database: Database, matter_id: int) -> MatterDetail:
    with database.read() as connection:
        found = matter_detail(connection, matter_id)
    assert found is not None
    return found


@pytest.fixture
def pct(database: Database, docket: Docket) -> int:
    fields = MatterFields(
        right="pct",
        office="WO",
        reference="W1",
        title="Print head",
        application_number="PCT/CN2025/071023",
        priorities=(PriorityClaim("CN202410000001.1", "CN", PRIORITY),),
        people=PEOPLE,
    )
    return create_matter(database, docket, fields, {"filing": date(2025, 7, 10)})[0]


def test_chosen_offices_become_matters_and_dropped_ones_keep_their_reason(
    database: Database, docket: Docket, pct: int
) -> None:
    made, _ = lifecycle.enter_national_phases(
        database, docket, pct, ["US", "EP"], date(2026, 11, 20), dropped={"KR": "No market"}
    )
    american = detail(database, made[0])
    assert (american.row.reference, american.row.office, american.route) == ("W1-US", "US", "pct")
    assert american.row.filing_date == date(2025, 7, 10)
    assert american.row.inventors == ("沈宇航",)
    parent = detail(database, pct)
    assert parent.facts["dropped"] == {"KR": "No market"}
    assert parent.row.status == "entered"
    with database.read() as connection:
        found = {d.rule: d.state for d in deadlines_of_matter(connection, pct)}
        tree = family_tree(connection, pct)
    assert found["US-NPE"] == State.MET
    assert "KR-NPE" not in found
    assert next(m.reference for m in tree) == "W1"
    assert {m.reference for m in tree} == {"W1", "W1-US", "W1-EP"}


def test_one_undo_takes_all_phases_back(database: Database, docket: Docket, pct: int) -> None:
    lifecycle.enter_national_phases(database, docket, pct, ["US", "EP"], date(2026, 11, 20))
    undo_last(database)
    with database.read() as connection:
        assert list(matter_ids(connection, ListQuery())) == [pct]
        found = {d.rule: d.state for d in deadlines_of_matter(connection, pct)}
    assert found["US-NPE"] == State.OPEN


def test_an_office_is_entered_once(database: Database, docket: Docket, pct: int) -> None:
    lifecycle.enter_national_phases(database, docket, pct, ["US"], date(2026, 11, 20))
    with pytest.raises(IpdeskError, match="US was entered already"):
        lifecycle.enter_national_phases(database, docket, pct, ["US"], date(2026, 11, 20))


def invention(database: Database, docket: Docket) -> int:
    fields = MatterFields(
        right="invention",
        office="CN",
        reference="P1",
        application_number="CN202510012345.6",
        people=PEOPLE,
    )
    return create_matter(database, docket, fields, {"filing": date(2025, 12, 1)})[0]


def test_a_later_filing_claims_the_earlier_one(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    made, _ = lifecycle.claim_priority(database, docket, one, "pct", "CN", date(2026, 11, 20))
    later = detail(database, made)
    assert later.priorities[0].date == date(2025, 12, 1)
    assert later.row.priority_date == date(2025, 12, 1)
    with database.read() as connection:
        found = {d.rule: d.raw for d in deadlines_of_matter(connection, made)}
    assert found["PCT-NPE"] == date(2028, 6, 1)


def test_a_pair_ends_with_the_utility_model_abandoned_at_grant(
    database: Database, docket: Docket
) -> None:
    one = invention(database, docket)
    model, _ = lifecycle.same_day_pair(database, docket, one)
    assert detail(database, model).row.right == "utility_model"
    lifecycle.grant_pair(database, docket, one, date(2026, 11, 17))
    assert detail(database, one).row.status == "granted"
    assert detail(database, model).row.status == "abandoned"


def test_a_divisional_keeps_the_filing_date(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    made, _ = lifecycle.divide(database, docket, one, date(2026, 11, 2))
    assert detail(database, made).row.filing_date == date(2025, 12, 1)
    with database.read() as connection:
        fees = [d for d in deadlines_of_matter(connection, made) if d.rule == "CN-P-FILFEE"]
    assert [d.raw for d in fees] == [date(2027, 1, 2)]  # from the divisional's own filing


def test_a_matter_ends_with_a_reason_and_comes_back(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    with pytest.raises(IpdeskError, match="why"):
        lifecycle.end(database, docket, [one], "abandonment", date(2026, 3, 2), "")
    lifecycle.end(database, docket, [one], "lapse", date(2026, 3, 2), "Fee not paid")
    assert detail(database, one).row.status == "lapsed"
    lifecycle.restore(database, docket, [one], date(2026, 5, 6))
    assert detail(database, one).row.status == "pending"


def test_a_transfer_names_the_new_owner(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    owner = [PersonName("owner", "澄镓印刷电子")]
    lifecycle.transfer(database, docket, [one], owner, date(2026, 6, 1))
    found = detail(database, one)
    assert [p.name for p in found.people if p.role == "owner"] == ["澄镓印刷电子"]
    assert found.row.status == "pending"


def test_a_paid_annuity_meets_its_deadline(database: Database, docket: Docket) -> None:
    fields = MatterFields(right="utility_model", office="CN", application_number="CN2")
    dates = {"filing": date(2024, 1, 10), "grant": date(2024, 9, 3)}
    one, _ = create_matter(database, docket, fields, dates)
    lifecycle.pay_annuities(database, docket, [(one, 4, date(2026, 11, 20))])
    with database.read() as connection:
        found = {(d.rule, d.n): d.state for d in deadlines_of_matter(connection, one)}
    assert found[("CN-P-ANN", 4)] == State.MET
    assert found[("CN-P-ANN", 5)] == State.OPEN
