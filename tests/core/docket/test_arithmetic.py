"""Periods run in one step from the original day; nothing sticks to the end of a month."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.base.dates import month_end
from ipdesk.core.docket.arithmetic import (
    ADJUSTMENTS,
    Period,
    after,
    months_after,
    parse_period,
    window_opens,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(0, 600)


@given(DAYS, MONTHS)
def test_months_keep_the_day_number_or_end_the_shorter_month(day: date, months: int) -> None:
    end = months_after(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(end.year, end.month)[1]
    assert end.day == min(day.day, last)


@given(DAYS, MONTHS, MONTHS)
def test_one_step_is_never_earlier_than_two(day: date, first: int, second: int) -> None:
    assert months_after(day, first + second) >= months_after(months_after(day, first), second)


@given(DAYS, DAYS, MONTHS)
def test_a_later_start_never_ends_earlier(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert months_after(first, months) <= months_after(second, months)


@given(DAYS, MONTHS, st.integers(0, 400))
def test_days_follow_the_months(day: date, months: int, days: int) -> None:
    assert after(day, Period(months, days)) == months_after(day, months) + timedelta(days=days)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2023, 2, 28), 3, date(2023, 5, 28)),  # no stickiness (MPEP 710.01(a))
        (date(2024, 1, 31), 16, date(2025, 5, 31)),  # not 28 May by way of February
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 8, 31), 30, date(2026, 2, 28)),
    ],
)
def test_the_examples_of_the_law(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


@given(DAYS)
def test_adjustments_move_as_their_names_say(day: date) -> None:
    assert ADJUSTMENTS["month_end"](day) == month_end(day)
    assert ADJUSTMENTS["year_end"](day) == date(day.year, 12, 31)
    assert ADJUSTMENTS["day_before"](day) == day - timedelta(days=1)
    assert ADJUSTMENTS["next_month_first"](day).day == 1
    fiscal = ADJUSTMENTS["fiscal_year_end"](day)
    assert (fiscal.month, fiscal.day) == (3, 31)
    assert timedelta() <= fiscal - day < timedelta(days=366)


@given(DAYS, st.integers(1, 24))
def test_a_window_opens_before_it_ends(raw: date, months: int) -> None:
    for style in ("same_day", "next_day", "month_end", "month_start"):
        assert window_opens(raw, months, style) <= raw
    assert window_opens(month_end(raw), months, "month_end") == month_end(
        window_opens(raw, months, "same_day")
    )


def test_periods_are_written_as_one_says_them() -> None:
    assert parse_period("1 day") == Period(days=1)
    assert parse_period("4 months") == Period(months=4)
    assert parse_period("3 years") == Period(months=36)
    for wrong in ("4 weeks", "four months", "", "4 months 2 days"):
        with pytest.raises(ValueError, match="^" + wrong + "$"):
            parse_period(wrong)
