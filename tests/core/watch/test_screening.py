"""How families stand in markets; gates; grades: tables of values."""

from datetime import date
from typing import Any

import pytest

from ipdesk.core.watch.gates import gate_state, product_state
from ipdesk.core.watch.grades import grade, highest, matrix, suggested_likelihood
from ipdesk.core.watch.screening import MarketState, MemberSign, screen
from tests.conftest import TODAY


def member(number: str = "US8000001B2", status: str = "granted", **more: Any) -> MemberSign:
    values = {"office": number[:2], "right": "invention", "filing_date": date(2015, 3, 1)}
    return MemberSign(number, status=status, **{**values, **more})


def one(members: list[MemberSign], office: str = "US") -> MarketState:
    return screen(members, [office], TODAY, {"DE": 31})[0]


def rules(state: MarketState) -> str:
    return " ".join(str(r) for r in state.rules)


def test_in_force_shows_the_life_that_is_left() -> None:
    state = one([member()])
    assert state.state == "in_force"
    assert not state.exempt
    assert state.expiry == date(2035, 3, 1)
    assert state.estimated
    assert state.years_left(TODAY) == 8.3


@pytest.mark.parametrize("status", ["lapsed", "refused", "expired", "withdrawn"])
def test_not_in_force_exempts_the_territory_and_says_so(status: str) -> None:
    state = one([member(status=status)])
    assert state.exempt
    assert "territory exempt" in rules(state)
    assert state.years_left(TODAY) is None


def test_the_strongest_member_decides() -> None:
    assert one([member(status="lapsed"), member("US9B2")]).state == "in_force"


def test_pending_claims_may_change() -> None:
    state = one([member("US20260000001A1", "published", filing_date=date(2024, 1, 1))])
    assert state.state == "pending"
    assert "claims may change" in rules(state)


def test_an_unknown_status_is_shown_as_unknown() -> None:
    state = one([member(status="")])
    assert state.state == "unknown"
    assert not state.exempt


def test_a_term_that_ended_exempts_also_without_a_status() -> None:
    state = one([member(status="", filing_date=date(2000, 1, 1))])
    assert state.exempt
    assert "2020-01-01" in rules(state)


def test_chinese_terms_depend_on_the_right_and_the_day() -> None:
    utility = member("CN200000001U", right="utility_model", filing_date=date(2018, 5, 6))
    old = member("CN300000001S", right="design", filing_date=date(2021, 5, 31))
    new = member("CN300000002S", right="design", filing_date=date(2021, 6, 1))
    ends = [one([m], "CN").expiry for m in (utility, old, new)]
    assert ends == [date(2028, 5, 6), date(2031, 5, 31), date(2036, 6, 1)]


def test_a_pct_application_can_still_enter() -> None:
    wo = member("WO2026000001A1", "published", priority_date=date(2024, 6, 1))
    state = one([wo], "DE")
    assert state.state == "pct_open"
    assert "2027-01-01" in rules(state)  # 31 months in Germany
    assert one([wo], "US").state == "pct_open"  # 30 months: 2026-12-01
    late = member("WO2026000001A1", "published", priority_date=date(2024, 5, 1))
    assert one([late], "US").state == "none_seen"
    assert not one([late], "US").exempt


def test_the_priority_year_is_still_open() -> None:
    cn = member("CN120000001A", "published", filing_date=date(2026, 1, 10))
    assert one([cn]).state == "priority_open"
    assert one([member("CN120000001A", filing_date=date(2020, 1, 1))]).state == "none_seen"


def test_a_european_patent_may_hold_in_germany() -> None:
    state = one([member("EP3000001B1")], "DE")
    assert state.state == "unknown"
    assert "validation" in rules(state)
    assert one([member("EP3000001A1", "published")], "DE").state == "pending"
    assert one([member("EP3000001A1", "withdrawn")], "DE").state == "none_seen"


@pytest.mark.parametrize(
    ("stage", "conclusion", "concluded", "planned", "light"),
    [
        ("concept", "", None, None, "open"),
        ("concept", "clear", "2026-06-01", None, "green"),
        ("concept", "clear", "2026-05-24", None, "green"),
        ("concept", "clear", "2026-05-23", None, "amber"),
        ("launch", "clear", "2026-05-23", None, "red"),
        ("launch", "clear", "2026-05-23", "2027-01-15", "red"),
        ("concept", "clear", "2026-05-23", "2027-12-01", "amber"),
        ("launch", "", None, "2027-02-01", "red"),
        ("launch", "", None, "2027-06-01", "open"),
        ("launch", "clear", "2026-07-01", "2027-02-01", "amber"),
        ("concept", "blocked", "2026-11-01", None, "red"),
        ("fund_raising", "conditions", "2026-11-01", "2026-12-01", "green"),
    ],
)
def test_a_gate_is_valid_six_months_then_amber_and_red_before_launch(
    stage: str, conclusion: str, concluded: str | None, planned: str | None, light: str
) -> None:
    state = gate_state(
        stage,
        conclusion,
        date.fromisoformat(concluded) if concluded else None,
        date.fromisoformat(planned) if planned else None,
        TODAY,
    )
    assert state.light == light


def test_a_product_near_its_launch_needs_a_green_launch_gate() -> None:
    concept = gate_state("concept", "clear", date(2026, 11, 1), None, TODAY)
    launch = gate_state("launch", "clear", date(2026, 11, 1), None, TODAY)
    soon = date(2026, 12, 24)
    assert product_state([("concept", concept)], soon, TODAY).light == "red"
    assert product_state([("launch", launch)], soon, TODAY).light == "green"
    assert product_state([("concept", concept)], date(2027, 12, 24), TODAY).light == "green"
    assert product_state([], None, TODAY).light == "open"


def test_grades_are_the_product_of_both_levels() -> None:
    assert matrix() == (
        ("low", "low", "medium", "medium"),
        ("low", "medium", "high", "high"),
        ("medium", "high", "high", "critical"),
        ("medium", "high", "critical", "critical"),
    )
    assert grade("critical", "high") == "critical"
    assert highest(["low", "", "high", "medium"]) == "high"
    assert highest([]) == ""


@pytest.mark.parametrize(
    ("findings", "level"),
    [
        ([], ""),
        (["same", "same"], "critical"),
        (["same", "equivalent"], "high"),
        (["same", "unknown"], "medium"),
        (["same", "unknown", "absent"], "low"),
    ],
)
def test_a_chart_suggests_how_likely_infringement_is(findings: list[str], level: str) -> None:
    assert suggested_likelihood(findings) == level
