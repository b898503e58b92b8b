"""Rewards, acceleration, costs of a deadline, keep-or-abandon."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.core.docket.model import Event
from ipdesk.core.fees.acceleration import Course, reply_due, time_saved, ways, ways_for
from ipdesk.core.fees.costs import of_deadline
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeCase
from ipdesk.core.fees.prices import Price, PriceList
from ipdesk.core.fees.review import Held, review
from ipdesk.core.fees.rewards import Policy, reward, shares
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def fees() -> Fees:
    return Fees.load()


# ── rewards ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("right", "grant", "least", "due"),
    [
        ("invention", date(2024, 1, 20), 4000, date(2024, 4, 20)),
        ("invention", date(2024, 1, 19), 3000, date(2024, 4, 19)),
        ("utility_model", date(2025, 11, 30), 1500, date(2026, 2, 28)),
        ("design", date(2020, 5, 5), 1000, date(2020, 8, 5)),
    ],
)
def test_the_least_by_law(fees: Fees, right: str, grant: date, least: int, due: date) -> None:
    found = reward(fees.tables, "CN", right, grant)
    assert (found.amount, found.due, found.by_policy) == (least, due, False)


def test_the_companys_own_rule_wins(fees: Fees) -> None:
    rules = [
        Policy("", Decimal(2000)),
        Policy("invention", Decimal(10000), valid_from=date(2025, 1, 1), months=1, name="Rule 3"),
    ]
    found = reward(fees.tables, "CN", "invention", date(2026, 3, 31), rules)
    assert (found.amount, found.due, found.by_policy) == (10000, date(2026, 4, 30), True)
    before = reward(fees.tables, "CN", "invention", date(2024, 3, 31), rules)
    assert before.amount == 2000


def test_abroad_no_reward_is_known(fees: Fees) -> None:
    assert reward(fees.tables, "US", "invention", TODAY).amount is None


@given(
    amount=st.decimals(0, 100000, places=2),
    weights=st.lists(st.integers(0, 100), min_size=1, max_size=9),
)
def test_shares_add_up_to_the_last_cent(amount: Decimal, weights: list[int]) -> None:
    found = shares(amount, {i: Decimal(w) for i, w in enumerate(weights)}, "CNY")
    assert sum(found.values()) == amount


def test_shares_follow_the_weights() -> None:
    found = shares(Decimal(4000), {1: Decimal(50), 2: Decimal(30), 3: Decimal(20)}, "CNY")
    assert found == {1: 2000, 2: 1200, 3: 800}


# ── acceleration ──────────────────────────────────────────────────────────────────────────────


def test_the_measures_of_2017_end_where_those_of_2026_begin() -> None:
    before = {w.id for w in ways_for("invention", date(2026, 8, 31))}
    after = {w.id for w in ways_for("invention", date(2026, 9, 1))}
    assert "priority_examination_2017" in before - after
    assert "priority_examination_2026" in after - before


def test_the_reply_period_of_2017_and_the_missing_one_of_2026() -> None:
    known = {w.id: w for w in ways()}
    day, _ = reply_due(known["priority_examination_2017"], "invention", date(2026, 3, 31))
    assert day == date(2026, 5, 31)
    day, _ = reply_due(known["priority_examination_2017"], "design", date(2026, 3, 31))
    assert day == date(2026, 4, 15)
    day, said = reply_due(known["priority_examination_2026"], "invention", date(2026, 10, 1))
    assert day is None
    assert "notice" in str(said)


def test_time_is_compared_with_the_companys_own_ordinary_cases() -> None:
    def course(days: int, fast: bool = False, right: str = "invention") -> Course:
        granted = date.fromordinal(date(2023, 1, 1).toordinal() + days)
        return Course(days, right, date(2023, 1, 1), granted, fast)

    own = [course(900), course(700), course(800), course(100, right="design"), course(90, True)]
    found = time_saved(course(200, True), own)
    assert (found.ordinary, found.days, found.compared_with) == (800, 600, 3)
    assert time_saved(course(200, True), own[:2]).days is None


# ── the cost of a deadline ────────────────────────────────────────────────────────────────────

FILED = FeeCase(
    "CN",
    "invention",
    "",
    (Event("priority", date(2026, 1, 5)), Event("filing", date(2026, 11, 10))),
    {"fee_reduction": "85", "claims": 12},
)


def test_all_fees_due_with_a_filing_and_the_agents_price(fees: Fees) -> None:
    prices = PriceList([Price("filing", Decimal(3000), "CNY")])
    found = of_deadline(FILED, "CN-P-FILFEE", None, fees, prices, TODAY)
    assert {line.item: line.answer.payable for line in found.lines} == {
        "filing": 135,
        "publication": 50,
        "excess_claims": 300,
        "priority_claim": 80,
    }
    assert found.totals() == {"CNY": 3565}
    assert not found.unknown


def test_registration_costs_the_annuity_of_the_grant_year(fees: Fees) -> None:
    case = FeeCase(
        "CN",
        "invention",
        "",
        (Event("filing", date(2023, 3, 10)), Event("grant_notice", date(2026, 11, 3))),
        {"fee_reduction": "85"},
    )
    found = of_deadline(case, "CN-P-REG", None, fees, PriceList(), TODAY)
    assert [(line.item, line.answer.year, line.answer.payable) for line in found.lines] == [
        ("annuity", 4, 180)
    ]


def test_an_overdue_annuity_costs_todays_surcharge(fees: Fees) -> None:
    case = FeeCase(
        "CN",
        "invention",
        "",
        (Event("filing", date(2022, 9, 10)), Event("grant", date(2025, 6, 20))),
        {"fee_reduction": "85"},
    )
    found = of_deadline(case, "CN-P-ANN", 5, fees, PriceList(), TODAY, date(2026, 9, 10))
    assert found.totals() == {"CNY": 180 + 120}  # 24 November is in month 3


def test_a_fee_without_an_amount_makes_the_cost_unknown(fees: Fees) -> None:
    case = FeeCase("JP", "invention", "", (Event("grant", date(2023, 5, 16)),))
    found = of_deadline(case, "JP-ANN", 4, fees, PriceList(), TODAY)
    assert found.unknown
    assert found.totals() == {}


# ── keep or abandon ───────────────────────────────────────────────────────────────────────────


def _held(**more: Any) -> Held:
    case = FeeCase(
        "CN",
        "utility_model",
        "",
        (Event("filing", date(2020, 2, 10)), Event("grant", date(2020, 9, 20))),
    )
    values = {"matter_id": 1, "reference": "U-1", "title": "", "case": case, "paid_through": 7}
    return Held(**{**values, **more})


def test_the_sheet_shows_the_next_annuity_and_the_cost_to_the_end(fees: Fees) -> None:
    rows = list(
        review([_held(expiry=date(2030, 2, 10))], fees, date(2027, 1, 4), date(2027, 12, 31))
    )
    row = rows[0]
    # years 8, 9 and 10: 1,200 and twice 2,000; 10 February 2027 lies in the Spring Festival
    assert (row.number, row.answer.payable, row.to_come) == (8, 1200, 5200)
    assert row.years_left == 3


def test_a_pledged_right_asks_for_consent(fees: Fees) -> None:
    row = next(iter(review([_held(pledged_to="Bank")], fees, TODAY, date(2027, 12, 31))))
    assert row.needs_consent
    assert any("Bank" in str(said) for said in row.remarks)


def test_an_overdue_annuity_is_on_the_sheet_with_its_surcharge(fees: Fees) -> None:
    rows = list(review([_held(paid_through=6)], fees, date(2026, 5, 4), date(2026, 12, 31)))
    assert (rows[0].number, rows[0].overdue, rows[0].answer.surcharge) == (7, True, 120)


def test_what_is_due_later_is_not_on_the_sheet(fees: Fees) -> None:
    assert not list(review([_held()], fees, TODAY, date(2026, 12, 31)))
