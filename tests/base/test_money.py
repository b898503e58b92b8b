"""Sums of money and dated rates."""

from datetime import date
from decimal import Decimal

import pytest

from ipdesk.base.money import Money, Rate, Rates, figure, plain, rounded, written

RATES = Rates(
    [
        Rate("CHF", "CNY", date(2026, 1, 5), Decimal("8.90")),
        Rate("CHF", "CNY", date(2026, 6, 1), Decimal("9.00")),
        Rate("USD", "CHF", date(2026, 1, 5), Decimal("0.80")),
    ]
)


def test_half_a_cent_is_rounded_up() -> None:
    assert rounded(Decimal("0.125"), "CNY") == Decimal("0.13")


def test_yen_have_no_cents() -> None:
    assert rounded(Decimal("10.5"), "JPY") == Decimal(11)


def test_whole_amounts_are_whole_numbers_in_json() -> None:
    assert plain(Decimal("1200.00")) == 1200
    assert isinstance(plain(Decimal("1200.00")), int)
    assert plain(Decimal("110.50")) == 110.5
    assert plain(None) is None


def test_an_unknown_amount_is_written_as_a_dash() -> None:
    assert written(None) == "–"
    assert written(Decimal(13500)) == "13,500"
    assert written(Decimal("110.5")) == "110.50"


def test_two_currencies_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Money(Decimal(1), "CNY") + Money(Decimal(1), "CHF")


def test_a_percentage_is_rounded() -> None:
    assert Money(Decimal(135), "CNY").percent(5) == Money(Decimal("6.75"), "CNY")


def test_the_last_rate_on_or_before_the_day_counts() -> None:
    hundred = Money(Decimal(100), "CHF")
    for day, amount in ((date(2026, 5, 31), 890), (date(2026, 6, 1), 900)):
        found = RATES.convert(hundred, "CNY", day)
        assert found is not None
        assert found.money.amount == amount


def test_a_rate_works_both_ways_and_over_a_third_currency() -> None:
    back = RATES.convert(Money(Decimal(900), "CNY"), "CHF", date(2026, 7, 1))
    assert back is not None
    assert back.money.amount == 100
    over = RATES.convert(Money(Decimal(100), "USD"), "CNY", date(2026, 7, 1))
    assert over is not None
    assert over.money.amount == 720
    assert len(over.rates) == 2


def test_without_a_rate_nothing_is_converted() -> None:
    assert RATES.convert(Money(Decimal(1), "EUR"), "CNY", date(2026, 7, 1)) is None
    assert RATES.convert(Money(Decimal(1), "CHF"), "CNY", date(2025, 7, 1)) is None


def test_a_typed_sum_gets_its_thousands_and_words_stay_words() -> None:
    assert [figure(t) for t in ("80000", "1234.5", "", "about 5", "NaN")] == [
        "80,000", "1,234.50", "", "about 5", "NaN",
    ]  # fmt: skip
