"""Patent years and lateness."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.base.dates import add_months
from ipdesk.core.fees.annuities import Annuities, lateness, patent_year, year_begins
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import DueDate

DAYS = st.dates(date(1985, 4, 1), date(2040, 12, 31))


@given(filing=DAYS, year=st.integers(1, 25))
def test_a_patent_year_begins_on_its_anniversary_and_ends_the_day_before_the_next(
    filing: date, year: int
) -> None:
    begins = year_begins(filing, year)
    assert patent_year(filing, begins) == year
    if year > 1:
        assert patent_year(filing, begins - timedelta(days=1)) == year - 1


@given(filing=DAYS, days=st.integers(0, 9000))
def test_the_years_from_the_grant_year_on_are_charged_and_no_other(filing: date, days: int) -> None:
    basis = Annuities(filing, filing + timedelta(days=days), 20)
    first = patent_year(filing, filing + timedelta(days=days))
    assert list(basis.years()) == list(range(first, 21))


def test_a_leap_day_has_its_anniversary_on_the_28th() -> None:
    filing = date(2024, 2, 29)
    assert year_begins(filing, 2) == date(2025, 2, 28)
    assert patent_year(filing, date(2025, 2, 27)) == 1
    assert patent_year(filing, date(2025, 2, 28)) == 2
    assert patent_year(filing, date(2028, 2, 28)) == 4
    assert patent_year(filing, date(2028, 2, 29)) == 5


def test_compensation_counts_full_years_only() -> None:
    filing = date(2010, 3, 10)
    assert Annuities(filing, None, 20, 364).compensated == 0
    assert Annuities(filing, None, 20, 365).compensated == 1
    assert Annuities(filing, None, 20, 365).last == 21


@pytest.fixture(scope="module")
def fees() -> Fees:
    return Fees.load()


@given(due=st.dates(date(2015, 1, 1), date(2026, 6, 30)), late=st.integers(0, 220))
def test_the_surcharge_never_falls_and_each_month_adds_five_percent(due: date, late: int) -> None:
    fees = _FEES
    table = fees.tables.table("CN")
    assert table is not None
    scheme = table.surcharge("annuity", "invention", due)
    assert scheme is not None
    rolled = fees.dates.next_open("CN", due)
    paid = due + timedelta(days=late)
    found = lateness(scheme, "CN", DueDate(due, rolled.due), paid, fees.dates)
    amount = found.amount(Decimal(1200), "CNY")
    if paid <= add_months(due, 1) or paid <= rolled.due:
        assert amount == 0
    else:
        months = next((m for m in range(1, 7) if paid <= add_months(due, m)), 6)
        assert amount == 60 * (months - 1)
    assert found.lapsed == (paid > fees.dates.next_open("CN", add_months(due, 6)).due)


_FEES = Fees.load()
