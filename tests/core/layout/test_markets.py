"""Markets, disclosures, decisions and inventions on the store, and what the clock makes of them."""

from dataclasses import replace
from datetime import date

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket.edits import record_event
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput
from ipdesk.core.layout.alarms import AlarmKind
from ipdesk.core.layout.edits import approve_plan
from ipdesk.core.layout.edits_market import (
    accept_risk,
    add_disclosure,
    change_disclosure,
    decide_foreign,
    delete_launch,
    product_named,
    set_launch,
    set_staff,
    withdraw_risk,
)
from ipdesk.core.layout.edits_work import (
    add_invention,
    approve_rows,
    decide_invention,
    review_invention,
)
from ipdesk.core.layout.model import DisclosureFields, InventionFields, Review
from ipdesk.core.layout.queries import inventions, plan_rows
from ipdesk.core.layout.queries_clock import Outlook, alarms_on, home_office, outlook
from ipdesk.core.layout.queries_growth import growth
from ipdesk.core.layout.queries_tree import disclosures, launches, risks, staff
from ipdesk.core.layout.words import ClockState, Standing
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.store.database import Database
from tests.conftest import TODAY
from tests.core.layout.seeds import Company, found, own_matter


@pytest.fixture
def company(database: Database) -> Company:
    return found(database)


def seen(database: Database, docket: Docket, today: date = TODAY) -> Outlook:
    with database.read() as connection:
        return outlook(connection, docket.calendars, today)


def last_safe(database: Database, docket: Docket) -> dict[str, date]:
    return {c.office: c.last_safe for c in seen(database, docket).clock if c.kind == "product"}


def kinds(database: Database, docket: Docket, today: date = TODAY) -> list[str]:
    with database.read() as connection:
        return [a.kind for a in alarms_on(connection, docket.calendars, today)]


# -- launches -------------------------------------------------------------------------------------
def test_moving_a_launch_moves_every_last_safe_day(
    database: Database, docket: Docket, company: Company
) -> None:
    set_launch(database, company.sensor, "US", date(2027, 9, 1))
    set_launch(database, company.sensor, "Germany", date(2027, 9, 1))
    before = last_safe(database, docket)
    assert before == {
        "CN": date(2027, 5, 12),
        "DE": date(2027, 5, 12),
        "US": date(2028, 5, 13),
    }
    set_launch(database, company.sensor, "cn", date(2027, 4, 13))
    after = last_safe(database, docket)
    assert after == {"CN": date(2027, 4, 12), "DE": date(2027, 4, 12), "US": date(2028, 4, 13)}
    with database.read() as connection:
        assert len(launches(connection)) == 3  # moved, not added


def test_a_launch_needs_a_product_and_an_office_that_exist(
    database: Database, company: Company
) -> None:
    with pytest.raises(IpdeskError, match="Atlantis"):
        set_launch(database, company.sensor, "Atlantis", TODAY)
    with database.read() as connection:
        assert product_named(connection, "传感器") == product_named(connection, "s1")
        with pytest.raises(IpdeskError, match="Sensor"):
            product_named(connection, "Toaster")


def test_a_production_site_discloses_nothing(
    database: Database, docket: Docket, company: Company
) -> None:
    with database.read() as connection:
        (only,) = launches(connection)
    delete_launch(database, only.id)
    set_launch(database, company.sensor, "VN", date(2026, 12, 1), "production")
    outlook_now = seen(database, docket)
    assert outlook_now.clock == ()
    assert [(p.office, p.standing) for p in outlook_now.protection] == [("VN", Standing.GAP)]


def test_a_cancelled_or_confidential_disclosure_does_not_count(
    database: Database, docket: Docket, company: Company
) -> None:
    fields = DisclosureFields("exhibition", date(2027, 1, 5), "Fair", product_id=company.sensor)
    shown, _ = add_disclosure(database, fields)
    assert last_safe(database, docket)["CN"] == date(2027, 1, 4)
    tender = DisclosureFields("tender", date(2027, 1, 5), product_id=company.sensor)
    for silent in (replace(tender, cancelled=True), replace(tender, confidential=True)):
        change_disclosure(database, shown, silent)
        assert last_safe(database, docket)["CN"] == date(2027, 5, 12)
    with database.read() as connection:
        assert [d.product for d in disclosures(connection)] == ["Sensor"]


def test_a_disclosure_discloses_something(database: Database, company: Company) -> None:
    with pytest.raises(IpdeskError):
        add_disclosure(database, DisclosureFields("paper", TODAY, "Nothing"))


def test_a_paper_about_a_technology_has_a_clock_of_its_own(
    database: Database, docket: Docket, company: Company
) -> None:
    paper = DisclosureFields("paper", date(2027, 2, 2), "Wetting", technology_id=company.ink)
    add_disclosure(database, paper)
    (line,) = [c for c in seen(database, docket).clock if c.kind == "technology"]
    assert (line.product, line.office, line.last_safe) == ("Ink", "CN", date(2027, 2, 1))
    own_matter(database, docket, company)  # in the branch below
    (line,) = [c for c in seen(database, docket).clock if c.kind == "technology"]
    assert line.state == ClockState.FILED


# -- filings --------------------------------------------------------------------------------------
def test_a_filing_stops_the_clock_and_the_alarm_at_once(
    database: Database, docket: Docket, company: Company
) -> None:
    assert kinds(database, docket) == [AlarmKind.UNFILED]
    matters, _ = approve_rows(database, docket, [company.row])
    assert kinds(database, docket) == [AlarmKind.UNFILED]  # nothing is filed yet
    record_event(database, docket, matters[0], EventInput("filing", date(2026, 11, 20)))
    assert kinds(database, docket) == []
    outlook_now = seen(database, docket)
    assert [c.state for c in outlook_now.clock] == [ClockState.FILED]
    assert [p.standing for p in outlook_now.protection] == [Standing.PENDING]


def test_family_members_protect_a_product_though_they_are_not_linked_to_it(
    database: Database, docket: Docket, company: Company
) -> None:
    set_launch(database, company.sensor, "US", date(2027, 9, 1))
    fields = MatterFields("invention", "CN", title="Ink", family_key="F1")
    create_matter(
        database,
        docket,
        replace(fields, products=("Sensor",)),
        {"filing": date(2020, 3, 2)},
    )
    create_matter(
        database,
        docket,
        replace(fields, office="US"),
        {"filing": date(2020, 9, 2), "grant": date(2023, 1, 3)},
    )
    standing = {p.office: p.standing for p in seen(database, docket).protection}
    assert standing["US"] == Standing.IN_FORCE


def test_a_priority_year_asks_for_a_decision_until_there_is_one(
    database: Database, docket: Docket, company: Company
) -> None:
    own = own_matter(database, docket, company, filing=date(2026, 1, 10))
    assert AlarmKind.PRIORITY in kinds(database, docket)
    with pytest.raises(IpdeskError):
        decide_foreign(database, own, "none", " ", TODAY)
    decide_foreign(database, own, "none", "home market only", TODAY)
    assert AlarmKind.PRIORITY not in kinds(database, docket)


def test_a_filing_abroad_is_a_decision_too(
    database: Database, docket: Docket, company: Company
) -> None:
    own = own_matter(database, docket, company, filing=date(2026, 1, 10))
    create_matter(
        database,
        docket,
        MatterFields("pct", "WO", title="Ink", parent_id=own, parent_kind="priority"),
        {"filing": date(2026, 9, 2)},
    )
    assert AlarmKind.PRIORITY not in kinds(database, docket)


def test_the_home_office_is_where_the_company_files_first(
    database: Database, docket: Docket, company: Company
) -> None:
    with database.read() as connection:
        assert home_office(connection) == "CN"
    for title in ("A", "B"):
        create_matter(
            database, docket, MatterFields("invention", "DE", title=title), {"filing": TODAY}
        )
    with database.read() as connection:
        assert home_office(connection) == "DE"


def test_an_accepted_risk_is_told_in_place_of_the_gap(
    database: Database, docket: Docket, company: Company
) -> None:
    with pytest.raises(IpdeskError):
        accept_risk(database, company.sensor, "CN", "cheap", " ", TODAY)
    accept_risk(database, company.sensor, "CN", "sold out soon", "Li Wei", TODAY)
    assert seen(database, docket).protection[0].standing == Standing.ACCEPTED
    with database.read() as connection:
        (risk,) = risks(connection)
    withdraw_risk(database, risk.id)
    assert seen(database, docket).protection[0].standing == Standing.GAP


def test_staff_of_a_year_can_be_corrected_and_taken_away(database: Database) -> None:
    set_staff(database, 2025, 40, "HR")
    set_staff(database, 2025, 41)
    with database.read() as connection:
        assert staff(connection) == {2025: 41}
        assert growth(connection, TODAY).years[0].staff == 41
    set_staff(database, 2025, None)
    with database.read() as connection:
        assert staff(connection) == {}


# -- inventions -----------------------------------------------------------------------------------
def test_an_invention_becomes_a_row_with_what_the_reviewer_judged(
    database: Database, company: Company
) -> None:
    fields = InventionFields(
        "Spray nozzle", TODAY, ("Wang",), problem="clogs", product_id=company.sensor
    )
    first, _ = add_invention(database, fields)
    second, _ = add_invention(database, InventionFields("Other", TODAY))
    review_invention(database, first, Review("Li", TODAY, "file", 5, 4, 3))
    row_id, _ = decide_invention(database, first, "file", TODAY, plan_id=company.plan)
    with database.read() as connection:
        newest, oldest = inventions(connection)
        row = next(r for r in plan_rows(connection, [company.plan]) if r.id == row_id)
    assert (oldest.code, newest.code) == ("D2026-001", "D2026-002")
    assert (oldest.state, oldest.decision, newest.state) == ("decided", "file", "new")
    assert oldest.row_ids == (row_id,)
    assert (row.fields.title, row.fields.gap, row.priority) == ("Spray nozzle", "clogs", 60)
    assert row.fields.inventors == ("Wang",)
    assert second == newest.id


def test_a_secret_is_kept_with_its_reason(database: Database, company: Company) -> None:
    one, _ = add_invention(database, InventionFields("Recipe", TODAY))
    with pytest.raises(IpdeskError):
        decide_invention(database, one, "keep_secret", TODAY, plan_id=company.plan)
    row_id, _ = decide_invention(
        database, one, "keep_secret", TODAY, reason="cannot be seen", plan_id=company.plan
    )
    with database.read() as connection:
        row = next(r for r in plan_rows(connection, [company.plan]) if r.id == row_id)
    assert (row.fields.right, row.fields.role) == ("trade_secret", "trade_secret")


def test_an_approved_plan_takes_no_invention(database: Database, company: Company) -> None:
    approve_plan(database, company.plan, TODAY)
    one, _ = add_invention(database, InventionFields("Late idea", TODAY))
    with pytest.raises(IpdeskError, match="Copy it"):
        decide_invention(database, one, "file", TODAY, plan_id=company.plan)
    with database.read() as connection:
        assert inventions(connection)[0].state == "new"  # nothing of the decision stayed


def test_an_invention_that_is_to_be_published_has_its_last_safe_day(
    database: Database, docket: Docket, company: Company
) -> None:
    add_invention(database, InventionFields("Talk", TODAY, public_on=date(2027, 1, 12)))
    (line,) = [c for c in seen(database, docket).clock if c.kind == "invention"]
    assert (line.product, line.last_safe, line.state) == (
        "Talk",
        date(2027, 1, 11),
        ClockState.URGENT,
    )
