"""Cost to come agrees with asking for every single fee."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from ipdesk.core.docket.model import Event
from ipdesk.core.fees.annuities import patent_year
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.forecast import Forecast, forecast
from ipdesk.core.fees.model import FeeCase, ForecastMatter, Group, OwnAmount, Planned
from ipdesk.core.fees.prices import Price, PriceList

START = date(2026, 11, 24)
PRICES = PriceList([Price("annuity", Decimal(200), "CNY")])


@pytest.fixture(scope="module")
def fees() -> Fees:
    return Fees.load()


def _matters(count: int, seed: int) -> list[ForecastMatter]:
    dice = Random(seed)
    found = []
    for _ in range(count):
        right = dice.choice(["invention", "utility_model", "design"])
        filing = date(2010, 1, 1) + timedelta(days=dice.randrange(6000))
        grant = filing + timedelta(days=dice.randrange(100, 1600))
        rate = dice.choice(["none", "70", "85"])
        group = Group("CN", right, (), (), dice.choice("AB"))
        found.append(ForecastMatter(group, filing, grant, facts=(("fee_reduction", rate),)))
    return found


def _one_by_one(matters: list[ForecastMatter], fees: Fees, months: int) -> Counter[str]:
    """The slow way: every fee asked for alone, in the month of its rolled due date."""
    begin = START.replace(day=1)
    end = date(
        begin.year + (begin.month - 1 + months) // 12, (begin.month - 1 + months) % 12 + 1, 1
    )
    sums: Counter[str] = Counter()
    for matter in matters:
        assert matter.filing is not None
        assert matter.grant is not None
        events = (Event("filing", matter.filing), Event("grant", matter.grant))
        first = patent_year(matter.filing, matter.grant)
        for year in range(first, 21):
            facts = {**dict(matter.facts), "annuity_year": year}
            group = matter.group
            answer = fees.fee(FeeCase(group.office, group.right, "annuity", events, facts))
            due = matter.grant if year == first else answer.due
            if due is not None and not answer.problems and begin <= due < end:
                sums[str(due.year)] += int(answer.payable or 0)
    return sums


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_forecast_is_the_sum_of_the_single_fees(fees: Fees, seed: int) -> None:
    matters = _matters(120, seed)
    found = forecast(matters, fees, START, 240, PRICES)
    totals: Counter[str] = Counter()
    for cost in found.by():
        totals[cost.period] += int(cost.payable)
    assert +totals == +_one_by_one(matters, fees, 240)


def test_the_groups_add_up_to_the_whole(fees: Fees) -> None:
    found = forecast(_matters(200, 7), fees, START, 120, PRICES)
    whole = sum(c.total for c in found.by())
    for dimension in ("office", "right", "technologies", "department"):
        assert sum(c.total for c in found.by(dimension)) == whole
    assert sum(c.total for c in found.by(per="month")) == whole


def _one(**more: Any) -> ForecastMatter:
    values = {
        "group": Group("CN", "invention", (1, 2), (5,), "R&D"),
        "filing": date(2022, 3, 10),
        "grant": date(2025, 6, 20),
    }
    return ForecastMatter(**{**values, **more})


def _years(found: Forecast) -> dict[str, Decimal]:
    return {c.period: c.official for c in found.by()}


def test_one_patent_year_by_year(fees: Fees) -> None:
    found = _years(forecast([_one()], fees, START, 36))
    assert found == {"2027": 1200, "2028": 2000, "2029": 2000}


def test_costs_of_two_technologies_are_shared_to_the_last_cent(fees: Fees) -> None:
    own = Fees.load([OwnAmount("CN", "annuity", Decimal("0.05"), "CNY")])
    found = forecast([_one()], own, START, 12).by("technologies")
    assert {c.key: c.official for c in found} == {1: Decimal("0.03"), 2: Decimal("0.02")}


def test_a_decision_to_abandon_ends_the_cost(fees: Fees) -> None:
    assert _years(forecast([_one(last_number=6)], fees, START, 60)) == {"2027": 1200}


def test_what_is_overdue_stands_in_the_first_month(fees: Fees) -> None:
    found = forecast([_one(first_number=5)], fees, START, 12).by(per="month")
    assert [(c.period, c.official) for c in found] == [("2026-11", 1200), ("2027-03", 1200)]


def test_an_assumed_grant_costs_the_annuity_of_its_year_at_registration(fees: Fees) -> None:
    found = forecast([_one(grant=date(2027, 6, 1))], fees, START, 24).by(per="month")
    assert [(c.period, c.official) for c in found] == [("2027-06", 1200), ("2028-03", 2000)]


def test_a_fee_due_on_the_last_closed_day_of_a_month_falls_in_the_next(fees: Fees) -> None:
    # 31 October 2026 is a Saturday: due on Monday 2 November
    found = forecast([_one(filing=date(2022, 10, 31))], fees, START, 1).by(per="month")
    assert [(c.period, c.official) for c in found] == [("2026-11", 1200)]


def test_a_pending_application_without_an_assumed_grant_is_counted_as_undated(fees: Fees) -> None:
    found = forecast([_one(grant=None)], fees, START, 60)
    assert found.by() == ()
    assert found.without_dates == 1


def test_planned_costs_are_added_with_unknown_ones_counted(fees: Fees) -> None:
    planned = (
        Planned(date(2027, 5, 1), "CNY", Decimal(3450), Decimal(560), Decimal(8000)),
        Planned(date(2027, 6, 1), "USD", None, None),
    )
    matter = ForecastMatter(Group("CN", "invention"), planned=planned)
    found = {c.currency: c for c in forecast([matter], fees, START, 12).by()}
    assert (found["CNY"].total, found["USD"].unknown) == (8560, 1)


def test_a_fee_without_an_amount_is_counted_not_guessed(fees: Fees) -> None:
    matter = ForecastMatter(Group("JP", "invention"), grant=date(2025, 5, 1))
    found = forecast([matter], fees, START, 36).by()
    assert sum(c.unknown for c in found) == 2
    assert sum(c.official for c in found) == 0


def test_an_amount_that_changes_next_year_is_charged_from_then_on(fees: Fees) -> None:
    own = OwnAmount("CN", "annuity", Decimal(5000), "CNY", valid_from=date(2028, 1, 1))
    found = _years(forecast([_one()], Fees.load([own]), START, 36))
    assert found == {"2027": 1200, "2028": 5000, "2029": 5000}


def test_ep_renewals_end_with_the_grant(fees: Fees) -> None:
    group = Group("EP", "invention")
    pending = ForecastMatter(group, date(2023, 5, 2))
    granted = ForecastMatter(group, date(2023, 5, 2), date(2027, 8, 1))
    assert len(forecast([pending], fees, START, 60).by()) == 5
    assert [c.period for c in forecast([granted], fees, START, 60).by()] == ["2027"]


@pytest.mark.parametrize(("office", "first"), [("GB", 5), ("IN", 3)])
def test_renewals_that_follow_a_grant_to_come_run_up_until_3_months_after_it(
    fees: Fees, office: str, first: int
) -> None:
    group = Group(office, "invention")
    old, soon = date(2019, 6, 1), date(2027, 3, 10)
    found = forecast([ForecastMatter(group, old, soon)], fees, START, 36)
    counted = {c.period: c.unknown for c in found.by(per="month") if c.unknown}
    arrears = 2026 - old.year - first + 2  # of all years passed before the grant, in June 2027
    assert counted.pop("2027-06") == arrears + 1
    assert sorted(counted) == ["2028-06", "2029-06"]
    without = forecast([ForecastMatter(group, old, None)], fees, START, 36)
    assert (without.by(), without.without_dates) == ((), 1)
    long_ago = forecast([ForecastMatter(group, old, date(2023, 1, 4))], fees, START, 36)
    dated = [c.period for c in long_ago.by(per="month") if c.unknown]
    assert dated == ["2027-06", "2028-06", "2029-06"]
