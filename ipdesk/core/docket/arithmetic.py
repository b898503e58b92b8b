"""Periods of law and how they run: one step from the original day, adjusted, never chained."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ipdesk.base.dates import add_months, month_end

_WRITTEN = re.compile(r"^(\d+) (day|month|year)s?$")


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in months or in days; days follow the months where both are given."""

    months: int = 0
    days: int = 0

    def __add__(self, other: "Period") -> "Period":
        return Period(self.months + other.months, self.days + other.days)


NOTHING = Period()


def parse_period(text: str) -> Period:
    """``"4 months"``, ``"15 days"``, ``"3 years"``. Raises ValueError for anything else."""
    found = _WRITTEN.match(text.strip())
    if not found:
        raise ValueError(text)
    count, unit = int(found[1]), found[2]
    if unit == "day":
        return Period(days=count)
    return Period(months=count * (12 if unit == "year" else 1))


@lru_cache(maxsize=1 << 17)
def months_after(start: date, months: int) -> date:
    """``add_months``, remembered: a portfolio asks for the same few thousand days again."""
    return add_months(start, months)


def after(start: date, period: Period) -> date:
    """The last day of a period: the day of the event is not counted (law.md §0.1)."""
    day = months_after(start, period.months) if period.months else start
    return day + timedelta(days=period.days) if period.days else day


def _year_end(day: date) -> date:
    return day.replace(month=12, day=31)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _next_month_first(day: date) -> date:
    return month_end(day) + timedelta(days=1)


def _fiscal_year_end(day: date) -> date:
    """31 March on or after the day: the Indian financial year."""
    end = day.replace(month=3, day=31)
    return end if end >= day else end.replace(year=day.year + 1)


ADJUSTMENTS = {
    "month_end": month_end,
    "year_end": _year_end,
    "day_before": _day_before,
    "next_month_first": _next_month_first,
    "fiscal_year_end": _fiscal_year_end,
}
"""Named ways in which a law moves a day; a rule file refers to them by these names."""

ULTIMO = "ultimo"


def adjusted(name: str, day: date, start: date) -> date:
    """The day moved in a named way; ``ultimo`` runs from a last day of a month to another one."""
    if name == ULTIMO:
        return month_end(day) if start == month_end(start) else day
    return ADJUSTMENTS[name](day)


def window_opens(raw: date, months: int, style: str) -> date:
    """First day of a window of *months* that ends on *raw*.

    ``same_day``: the corresponding day; ``next_day``: a period that ends with the last day, so it
    begins one day later; ``month_end``: the last day of the month (ultimo to ultimo);
    ``month_start``: the first day after such an ultimo.
    """
    day = add_months(raw, -months)
    if style == "same_day":
        return day
    if style == "next_day":
        return day + timedelta(days=1)
    end = month_end(day)
    return end if style == "month_end" else end + timedelta(days=1)
