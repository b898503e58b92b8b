"""Closing days that follow a pattern: fixed days, nth weekdays, days by Easter or a lunar feast.

The words of a pattern, as the calendar files use them:

    01-06                     6 January
    2017-10-31                that day alone
    easter+39                 39 days after Easter Sunday
    fourth thu of 11          the fourth Thursday of November; also "last"
    first sun of 09 +4        the Thursday after the first Sunday of September
    mon before 05-25          the last Monday before 25 May
    spring-1 for 4 days       a feast of the file's table, from the day before it, four days long
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.easter import easter

from ipdesk.base.i18n import Bilingual

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3}

Feasts = Mapping[tuple[str, int], date]  # ("spring", 2027) → 2027-02-06
Anchor = Callable[[int], date | None]  # year → the day, or None when that year has none


@dataclass(frozen=True, slots=True)
class Pattern:
    """A closing day that comes back: its name, its day, the years in which it holds."""

    name: Bilingual
    anchor: Anchor
    length: int = 1
    first: int = 0
    last: int = 9999
    every: tuple[int, int] = (0, 1)  # a year in which it falls, and the years between
    moved: Mapping[int, int] = field(default_factory=dict)  # weekday 0-6 → days later (or earlier)
    unverified: bool = False

    def days(self, year: int) -> Iterator[date]:
        """The closed days, also those moved into *year* from a neighbouring one."""
        for origin in (year - 1, year, year + 1):
            yield from (day for day in self._from(origin) if day.year == year)

    def _from(self, origin: int) -> Iterator[date]:
        start, step = self.every
        if not self.first <= origin <= self.last or (origin - start) % step:
            return
        anchor = self.anchor(origin)
        if anchor is None:
            return
        for number in range(self.length):
            day = anchor + timedelta(days=number)
            yield day
            if day.weekday() in self.moved:
                yield day + timedelta(days=self.moved[day.weekday()])


def anchor_and_length(when: str, feasts: Feasts) -> tuple[Anchor, int]:
    """The meaning of the words of a pattern. Raises ValueError when there is none."""
    words, length = when.strip(), 1
    if found := re.fullmatch(r"(.+) for (\d+) days", words):
        words, length = found[1], int(found[2])
    for expression, make in _FORMS:
        if found := re.fullmatch(expression, words):
            return make(found), length
    if found := re.fullmatch(r"([a-z ]+?) ?([+-]\d+)?", words):
        name, later = found[1], int(found[2] or 0)
        if any(name == feast for feast, _ in feasts):
            return _feast(name, later, feasts), length
    raise ValueError(f"no such pattern: {when!r}")


def _fixed(found: re.Match[str]) -> Anchor:
    month, day = int(found[1]), int(found[2])
    return lambda year: date(year, month, day)


def _once(found: re.Match[str]) -> Anchor:
    only = date.fromisoformat(found[0])
    return lambda year: only if year == only.year else None


def _easter(found: re.Match[str]) -> Anchor:
    later = timedelta(days=int(found[1] or 0))
    return lambda year: easter(year) + later


def _nth(found: re.Match[str]) -> Anchor:
    weekday, month = WEEKDAYS.index(found[2]), int(found[3])
    later = int(found[4] or 0)

    def day(year: int) -> date:
        first = date(year, month, 1)
        number = (weekday - first.weekday()) % 7
        if found[1] == "last":
            number += 7 * ((monthrange(year, month)[1] - 1 - number) // 7)
        else:
            number += 7 * _ORDER[found[1]]
        return first + timedelta(days=number + later)

    return day


def _before(found: re.Match[str]) -> Anchor:
    weekday, month, number = WEEKDAYS.index(found[1]), int(found[2]), int(found[3])

    def day(year: int) -> date:
        limit = date(year, month, number)
        return limit - timedelta(days=(limit.weekday() - weekday - 1) % 7 + 1)

    return day


def _feast(name: str, later: int, feasts: Feasts) -> Anchor:
    def day(year: int) -> date | None:
        found = feasts.get((name, year))
        return found and found + timedelta(days=later)

    return day


_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Anchor]], ...] = (
    (r"(\d\d)-(\d\d)", _fixed),
    (r"\d{4}-\d\d-\d\d", _once),
    (r"easter([+-]\d+)?", _easter),
    (r"(first|second|third|fourth|last) ([a-z]{3}) of (\d\d)(?: ([+-]\d+))?", _nth),
    (r"([a-z]{3}) before (\d\d)-(\d\d)", _before),
)
