"""Acts that make matters and events together, each undone as a whole."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.core.docket import life_edits, lifecycle
from ipdesk.core.docket.edits import record_event
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.queries import deadlines_of_matter, events_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput, State
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
    life_edits.grant(database, docket, one, date(2026, 11, 17))
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
        life_edits.end(database, docket, [one], "abandonment", date(2026, 3, 2), "")
    life_edits.end(database, docket, [one], "lapse", date(2026, 3, 2), "Fee not paid")
    assert detail(database, one).row.status == "lapsed"
    life_edits.restore(database, docket, [one], date(2026, 5, 6))
    assert detail(database, one).row.status == "pending"


@pytest.mark.parametrize("days", [0, 65])
def test_a_granted_right_that_lapsed_is_in_force_again_and_its_annuities_run(
    database: Database, docket: Docket, days: int
) -> None:
    fields = MatterFields(right="invention", office="CN", title="Print head", reference="G1")
    granted = {"filing": date(2022, 6, 1), "grant": date(2026, 2, 3)}
    one = create_matter(database, docket, fields, granted)[0]

    def waiting() -> set[tuple[str, int | None]]:
        with database.read() as connection:
            found = deadlines_of_matter(connection, one, docket)
        return {(d.rule, d.n) for d in found if d.state == State.OPEN and d.kind == "renewal"}

    before, lapsed = waiting(), date(2026, 3, 2)
    life_edits.end(database, docket, [one], "lapse", lapsed, "Fee not paid")
    assert before
    assert not waiting()
    with pytest.raises(Refused, match="G1 ended on 2026-03-02"):
        life_edits.restore(database, docket, [one], date(2026, 3, 1))
    life_edits.restore(database, docket, [one], lapsed + timedelta(days=days))
    assert detail(database, one).row.status == "granted"
    assert waiting() == before


def test_what_is_recorded_by_mistake_hides_no_date_that_runs(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields(right="invention", office="CN", title="Print head", reference="G2")
    granted = {"filing": date(2021, 3, 1), "grant": date(2024, 5, 7)}
    one = create_matter(database, docket, fields, granted)[0]

    def pay(year: int, on: date) -> None:
        life_edits.pay_annuities(database, docket, [(one, year, on)])

    pay(6, date(2026, 2, 27))
    tomorrow = docket.today + timedelta(days=1)
    with pytest.raises(Refused, match="recorded as paid on 2026-02-27"):
        pay(6, date(2026, 2, 28))
    with pytest.raises(Refused, match="has not come yet"):
        pay(7, tomorrow)
    with pytest.raises(Refused, match="before Filing on 2021-03-01"):
        pay(7, date(2020, 11, 2))
    with pytest.raises(Refused, match="the last one is year 20"):
        pay(70, date(2026, 11, 2))
    with pytest.raises(Refused, match="has not come yet"):
        life_edits.end(database, docket, [one], "lapse", tomorrow, "Fee not paid")
    with pytest.raises(Refused, match="G2: Lapse on 2021-02-01 lies before Filing on 2021-03-01"):
        life_edits.end(database, docket, [one], "lapse", date(2021, 2, 1), "Fee not paid")
    with database.read() as connection:
        kinds = [e.type for e in events_of(connection, one)]
    assert kinds.count("annuity_paid") == 1
    assert "lapse" not in kinds


def test_a_lapse_that_only_a_list_told_is_restored_too(database: Database, docket: Docket) -> None:
    fields = MatterFields(
        right="invention", office="CN", title="Print head", status_reported="lapsed"
    )
    granted = {"filing": date(2021, 3, 1), "grant": date(2024, 5, 7)}
    one = create_matter(database, docket, fields, granted)[0]
    assert detail(database, one).row.status == "lapsed"
    life_edits.restore(database, docket, [one], date(2026, 5, 6))
    assert detail(database, one).row.status == "granted"
    undo_last(database)
    assert detail(database, one).row.status == "lapsed"


def test_a_transfer_names_the_new_owner(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    owner = [PersonName("owner", "澄镓印刷电子")]
    life_edits.transfer(database, docket, [one], owner, date(2026, 6, 1))
    found = detail(database, one)
    assert [p.name for p in found.people if p.role == "owner"] == ["澄镓印刷电子"]
    assert found.row.status == "pending"


def test_a_paid_annuity_meets_its_deadline(database: Database, docket: Docket) -> None:
    fields = MatterFields(right="utility_model", office="CN", application_number="CN2")
    dates = {"filing": date(2024, 1, 10), "grant": date(2024, 9, 3)}
    one, _ = create_matter(database, docket, fields, dates)
    life_edits.pay_annuities(database, docket, [(one, 4, date(2026, 11, 20))])
    with database.read() as connection:
        found = {(d.rule, d.n): d.state for d in deadlines_of_matter(connection, one)}
    assert found[("CN-P-ANN", 4)] == State.MET
    assert found[("CN-P-ANN", 5)] == State.OPEN


def test_a_prepared_matter_is_filed_registered_and_granted(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields(right="invention", office="CN", reference="P2", people=PEOPLE)
    one = create_matter(database, docket, fields, {})[0]
    life_edits.file_matter(database, docket, one, date(2022, 3, 10), "CN202210012345.6")
    assert detail(database, one).row.application_number == "CN202210012345.6"
    life_edits.pass_registration(database, docket, one, date(2026, 9, 1), 5)
    life_edits.grant(database, docket, one, date(2026, 10, 13), "CN115000001B")
    row = detail(database, one).row
    assert (row.status, row.grant_number) == ("granted", "CN115000001B")
    with database.read() as connection:
        found = {(d.rule, d.n): d.state for d in deadlines_of_matter(connection, one)}
    assert ("CN-P-ANN", 5) not in found  # paid at registration
    assert found["CN-P-ANN", 6] == State.OPEN
    with pytest.raises(IpdeskError, match="lies before"):
        life_edits.grant(database, docket, one, date(2020, 1, 2))
    assert str(detail(database, one).row.grant_date) == "2026-10-13"


def test_a_domestic_priority_ends_the_earlier_application(
    database: Database, docket: Docket
) -> None:
    one = invention(database, docket)
    lifecycle.claim_priority(database, docket, one, "invention", "CN", date(2026, 11, 20))
    earlier = detail(database, one).row
    assert earlier.status == "withdrawn"
    with pytest.raises(Refused, match="has not come yet"):
        lifecycle.claim_priority(database, docket, one, "pct", "CN", date(2026, 12, 20))
    later = replace(docket, today=date(2027, 4, 1))
    with pytest.raises(IpdeskError, match="no priority can be claimed"):
        lifecycle.claim_priority(database, later, one, "pct", "CN", date(2027, 3, 20))
    late, _ = lifecycle.claim_priority(database, later, one, "pct", "CN", date(2027, 1, 18))
    assert detail(database, late).facts["priority_restoration"] is True


def test_a_pair_without_its_statement_is_refused(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    with pytest.raises(IpdeskError, match="statement"):
        lifecycle.same_day_pair(database, docket, one, stated=False)


def test_hong_kong_hears_of_publication_and_of_the_grant(
    database: Database, docket: Docket
) -> None:
    one = invention(database, docket)
    with pytest.raises(IpdeskError, match="not published"):
        lifecycle.re_register(database, docket, one)
    record_event(database, docket, one, EventInput("publication", date(2026, 6, 9)))
    made, _ = lifecycle.re_register(database, docket, one)
    with database.read() as connection:
        found = {d.rule: d.raw for d in deadlines_of_matter(connection, made)}
    assert found["HK-R1"] == date(2026, 12, 9)
    life_edits.grant(database, docket, one, date(2026, 11, 17))
    record_event(database, docket, made, EventInput("record_publication", date(2026, 10, 30)))
    with database.read() as connection:
        found = {d.rule: d.raw for d in deadlines_of_matter(connection, made)}
    assert found["HK-R2"] == date(2027, 5, 17)


def test_offices_that_were_not_chosen_keep_their_limits(
    database: Database, docket: Docket, pct: int
) -> None:
    lifecycle.enter_national_phases(database, docket, pct, ["EP"], date(2026, 11, 20))
    with database.read() as connection:
        found = {d.rule: d.state for d in deadlines_of_matter(connection, pct)}
    assert found["US-NPE"] == State.OPEN


def test_a_divisional_is_recorded_afterwards_but_not_from_the_grant_of_its_parent_on(
    database: Database, docket: Docket
) -> None:
    one = invention(database, docket)
    life_edits.grant(database, docket, one, date(2026, 11, 17))
    for day, words in (
        (date(2026, 11, 17), "was granted on 2026-11-17"),
        (docket.today + timedelta(days=1), "has not come yet"),
        (date(2020, 1, 2), "lies before Filing"),
    ):
        with pytest.raises(Refused, match=words):
            lifecycle.divide(database, docket, one, day)
    made, _ = lifecycle.divide(database, docket, one, date(2026, 11, 16))
    assert detail(database, made).row.status == "pending"
