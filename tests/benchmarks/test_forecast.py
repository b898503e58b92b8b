"""Forecasting 100,000 matters over twenty years against the bare arithmetic of the same fees.

The bare arithmetic reckons the same official and reduced amounts from the grant year on, month by
month, out of a table by patent year; it knows nothing of calendars, currencies, prices, groups, of
law that changes, or of amounts that users add.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from time import perf_counter

import pytest

from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.forecast import forecast
from ipdesk.core.fees.model import ForecastMatter, Group

START = date(2026, 11, 1)
MONTHS = 240
AMOUNTS = {
    "invention": [900] * 3 + [1200] * 3 + [2000] * 3 + [4000] * 3 + [6000] * 3 + [8000] * 5,
    "utility_model": [600] * 3 + [900] * 2 + [1200] * 3 + [2000] * 2,
    "design": [600] * 3 + [900] * 2 + [1200] * 3 + [2000] * 2 + [3000] * 5,
}


def matters(count: int) -> list[ForecastMatter]:
    """A portfolio of many groups, filing days and rates."""
    dice = Random(1)
    found = []
    for _ in range(count):
        right = dice.choice(["invention", "invention", "utility_model", "design"])
        filing = date(2012, 1, 1) + timedelta(days=dice.randrange(5300))
        grant = filing + timedelta(days=dice.randrange(200, 1500))
        group = Group("CN", right, (dice.randrange(30),), (dice.randrange(12),), dice.choice("AB"))
        rate = dice.choice(["none", "85", "70"])
        found.append(ForecastMatter(group, filing, grant, facts=(("fee_reduction", rate),)))
    return found


def bare(portfolio: list[ForecastMatter]) -> tuple[list[int], list[int]]:
    """Every year of every matter, in full and reduced, added to its month."""
    origin = START.year * 12 + START.month - 1
    official, payable = [0] * MONTHS, [0] * MONTHS
    for matter in portfolio:
        filing, grant = matter.filing, matter.grant
        assert filing is not None
        assert grant is not None
        amounts = AMOUNTS[matter.group.right]
        left = {"none": 100, "85": 15, "70": 30}[matter.facts[0][1]]
        first = grant.year - filing.year + ((grant.month, grant.day) >= (filing.month, filing.day))
        month = filing.year * 12 + filing.month - 1 - origin
        for year in range(first + 1, len(amounts) + 1):
            index = month + 12 * (year - 1)
            if 0 <= index < MONTHS:
                amount = amounts[year - 1]
                official[index] += amount
                payable[index] += amount * left // 100 if year < first + 10 else amount
    return official, payable


@pytest.mark.bench
def test_a_forecast_of_100_000_matters(told: Callable[[str, str], None]) -> None:
    fees, portfolio = Fees.load(), matters(100_000)
    forecast(portfolio[:100], fees, START, MONTHS)  # rules and calendars are read once
    begin = perf_counter()
    found = forecast(portfolio, fees, START, MONTHS)
    ours = perf_counter() - begin
    begin = perf_counter()
    plain = bare(portfolio)
    theirs = perf_counter() - begin
    begin = perf_counter()
    found.by("products")
    reading = perf_counter() - begin
    assert sum(plain[0]) > sum(plain[1]) > 0
    assert sum(cost.official for cost in found.by()) > 0
    told(
        "forecast 100,000 matters × 20 years",
        f"{ours / theirs:.2f} × the bare arithmetic ({ours:.2f} s); by product {reading:.2f} s",
    )
