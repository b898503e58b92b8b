"""Faster examination (绿色通道): ways, conditions, shorter periods, and the time they saved."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from statistics import median
from typing import Any

from ipdesk.base.assets import asset
from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.model import is_unverified


@dataclass(frozen=True, slots=True)
class Period:
    """How long the office or the applicant has; None where nobody has told us."""

    what: str  # first_action | close | reply | pre_examination | re_examination | invalidation
    who: str  # office | applicant
    rights: tuple[str, ...] = ()
    months: int | None = None
    days: int | None = None
    working: bool = False  # working days

    @property
    def missing(self) -> bool:
        return self.months is None and self.days is None

    def after(self, day: date) -> date | None:
        """The last day counted from one, un-rolled; None for a period in working days."""
        if self.missing or self.working:
            return None
        moved = add_months(day, self.months) if self.months else day
        return moved + timedelta(days=self.days or 0)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be examined sooner, as the rules of its time say."""

    id: str
    kind: str
    label: Bilingual
    rights: tuple[str, ...]
    conditions: tuple[Bilingual, ...]
    periods: tuple[Period, ...]
    source: Bilingual
    confidence: str
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def unverified(self) -> bool:
        return is_unverified(self.confidence)

    def period(self, what: str, right: str) -> Period | None:
        """The period of this kind for a right."""
        return next(
            (p for p in self.periods if p.what == what and (not p.rights or right in p.rights)),
            None,
        )


@cache
def ways() -> tuple[Way, ...]:
    """All ways that ship with the program."""
    with asset("programmes", "acceleration.toml").open("rb") as handle:
        raw = tomllib.load(handle)
    sources = {name: Bilingual(**text) for name, text in raw["sources"].items()}
    return tuple(_way(row, sources) for row in raw["way"])


def _way(row: dict[str, Any], sources: dict[str, Bilingual]) -> Way:
    return Way(
        id=row["id"],
        kind=row["kind"],
        label=Bilingual(row["en"], row["zh"]),
        rights=tuple(row["rights"]),
        conditions=tuple(Bilingual(**text) for text in row["conditions"]),
        periods=tuple(_period(p) for p in row.get("period", ())),
        source=sources[row["source"]],
        confidence=row["confidence"],
        valid_from=row.get("from"),
        valid_until=row.get("until"),
    )


def _period(row: dict[str, Any]) -> Period:
    period = Period(
        row["what"],
        row["who"],
        tuple(row.get("rights", ())),
        row.get("months"),
        row.get("days"),
        row.get("working", False),
    )
    if period.missing != row.get("missing", False):
        raise ValueError(f"acceleration.toml: the period {period.what} is given or missing")
    return period


def ways_for(right: str, on: date) -> tuple[Way, ...]:
    """The ways open to a right on a day."""
    return tuple(
        way
        for way in ways()
        if right in way.rights
        and (way.valid_from is None or way.valid_from <= on)
        and (way.valid_until is None or on < way.valid_until)
    )


def reply_due(way: Way, right: str, dispatched: date) -> tuple[date | None, Message]:
    """When an office action must be answered to stay on the fast way, counted from dispatch."""
    period = way.period("reply", right)
    day = period.after(dispatched) if period else None
    if day is None:
        return None, say(
            "The reply period of {way} is not in the tables: take the one on the notice.",
            way=way.label,
        )
    return day, say(
        "{way}: answer by {day}, counted from the dispatch on {dispatched}; a later reply "
        "goes back to ordinary examination.",
        way=way.label,
        day=day,
        dispatched=dispatched,
    )


@dataclass(frozen=True, slots=True)
class Course:
    """How long one matter took from filing to grant."""

    matter_id: int
    right: str
    filed: date
    granted: date
    accelerated: bool

    @property
    def days(self) -> int:
        return (self.granted - self.filed).days


@dataclass(frozen=True, slots=True)
class TimeSaved:
    """Days saved against the median of the company's own ordinary cases of the same right."""

    days: int | None
    ordinary: int | None  # the median, in days
    compared_with: int
    message: Message


def time_saved(course: Course, own: Iterable[Course], least: int = 3) -> TimeSaved:
    """The saving of an accelerated matter; unknown with fewer than *least* ordinary cases."""
    others: Sequence[int] = [c.days for c in own if c.right == course.right and not c.accelerated]
    if len(others) < least:
        said = say(
            "Too few ordinary cases of the same kind to compare with ({count}).", count=len(others)
        )
        return TimeSaved(None, None, len(others), said)
    usual = round(median(others))
    said = say(
        "{days} days from filing to grant; your {count} ordinary cases took {usual} (median).",
        days=course.days,
        count=len(others),
        usual=usual,
    )
    return TimeSaved(usual - course.days, usual, len(others), said)
