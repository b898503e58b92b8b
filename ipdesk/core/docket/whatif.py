"""What if: the same case with one fact changed, and what that would do to its dates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Deadline, Event, Outcome
from ipdesk.core.docket.service import NOTICES

_SHIFTED = frozenset({"filing", "receipt", "national_entry", "demand", "exam_request"})


@dataclass(frozen=True, slots=True)
class Variation:
    """A question and the case as it would then be."""

    question: Message
    case: Case


@dataclass(frozen=True, slots=True)
class Difference:
    """A date that would appear, move or disappear."""

    rule: str
    n: int | None
    label: Bilingual
    before: Deadline | None
    after: Deadline | None

    @property
    def due(self) -> date:
        """The day as it would be, or as it was where it disappears."""
        known = self.after or self.before
        assert known is not None
        return known.due

    @property
    def days(self) -> int | None:
        """By how many days it would move; None where it appears or disappears."""
        if self.before is None or self.after is None:
            return None
        return (self.after.due - self.before.due).days


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both outcomes and what differs between them."""

    before: Outcome
    after: Outcome
    differences: tuple[Difference, ...]


Further = Callable[[Case], Iterable[Deadline]]
"""The dates elsewhere that follow from the same events, as those of national phases."""


def _nowhere(_case: Case) -> Iterable[Deadline]:
    return ()


def compare(
    before: Case, after: Case, law: Law, calendars: Calendars, further: Further = _nowhere
) -> Comparison:
    """The outcomes of two cases side by side; deadlines are paired by rule, number and event."""
    first, second = compute(before, law, calendars), compute(after, law, calendars)
    old = _by_key((*first.deadlines, *further(before)))
    new = _by_key((*second.deadlines, *further(after)))
    changed = [
        Difference(key[0], key[1], (old.get(key) or new[key]).label, old.get(key), new.get(key))
        for key in sorted({*old, *new}, key=str)
        if _dates(old.get(key)) != _dates(new.get(key))
    ]
    changed.sort(key=lambda d: (d.due, d.rule, d.n or 0))
    return Comparison(first, second, tuple(changed))


def with_event(case: Case, event: Event, **changes: Any) -> Case:
    """The case with one of its events changed."""
    changed = event._replace(**changes)
    return replace(case, events=tuple(changed if e is event else e for e in case.events))


def with_priority(case: Case, day: date, added_on: date | None = None) -> Case:
    """The case with one more priority claim, from the start or added on a day."""
    claim = Event("priority", day, received=added_on, key="what if")
    route = "paris" if case.route in (None, "direct") and case.right != "pct" else case.route
    return replace(case, events=(*case.events, claim), route=route)


def without_priority(case: Case, withdrawn_on: date) -> Case:
    """The case with all priority claims withdrawn on a day."""
    return replace(
        case,
        events=(*case.events, Event("priority_withdrawal", withdrawn_on, key="what if")),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question does to a date in focus, and to how many others."""

    question: Message
    here: Difference | None
    others: int


def answers_of(
    case: Case,
    wanted: Callable[[Deadline], bool],
    law: Law,
    calendars: Calendars,
    further: Further = _nowhere,
) -> tuple[Answer, ...]:
    """The questions about the date that is wanted; none where the case does not lead to it."""
    dates = chain(compute(case, law, calendars).deadlines, further(case))
    found = next((d for d in dates if wanted(d)), None)
    if found is None:
        return ()
    answers = []
    for one in variations(case, found):
        moved = compare(case, one.case, law, calendars, further).differences
        here = next((m for m in moved if m.before == found), None)
        answers.append(Answer(one.question, here, len(moved) - (here is not None)))
    return tuple(answers)


def variations(case: Case, deadline: Deadline) -> tuple[Variation, ...]:
    """The questions worth asking of one deadline, each with its case."""
    found: list[Variation] = []
    for event in case.events:
        if event.key != deadline.trigger:
            continue
        if event.type in NOTICES:
            found += _of_notices(case, event)
        elif event.type in _SHIFTED:
            found.append(_later(case, event))
    filings = [e for e in case.events if e.type == "filing"]
    if filings:
        day = filings[0].date
        if deadline.trigger != filings[0].key:
            found.append(_later(case, filings[0]))
        found += _of_priorities(case, day)
    return tuple(found)


def _of_priorities(case: Case, filed: date) -> list[Variation]:
    """One more priority where the period leaves room for an earlier one; all of them withdrawn."""
    found = []
    known = [e.date for e in case.events if e.type == "priority"]
    first = add_months(filed, -6 if case.right in ("design", "trademark") else -12)
    earlier = max(first, min(known, default=filed) - timedelta(days=90))
    if earlier < min(known, default=filed):
        asked = (
            say("What if a priority of {day} were claimed as well?", day=earlier)
            if known
            else say("What if a priority of {day} were claimed?", day=earlier)
        )
        found.append(Variation(asked, with_priority(case, earlier)))
    if known:
        found.append(
            Variation(
                say("What if all priorities were withdrawn the day after filing?"),
                without_priority(case, filed + timedelta(days=1)),
            )
        )
    return found


def _of_notices(case: Case, event: Event) -> list[Variation]:
    way = event.service or "electronic"
    found = []
    if way != "post":
        changed = with_event(case, event, service="post", received=None)
        found.append(Variation(say("What if it had been served by post?"), changed))
    if way != "electronic":
        changed = with_event(case, event, service="electronic", received=None)
        found.append(Variation(say("What if it had been served electronically?"), changed))
    late = event.date + timedelta(days=20)
    found.append(
        Variation(
            say("What if it had been received on {day} only?", day=late),
            with_event(case, event, received=late),
        )
    )
    found.append(
        Variation(
            say("What if the notice printed a period of 1 month?"),
            with_event(case, event, period_months=1, period_days=None),
        )
    )
    return found


def _later(case: Case, event: Event) -> Variation:
    day = event.date + timedelta(days=1)
    asked = (
        say("What if it had been filed a day later, on {day}?", day=day)
        if event.type == "filing"
        else say("What if it had been done a day later, on {day}?", day=day)
    )
    return Variation(asked, with_event(case, event, date=day))


def _by_key(dates: Iterable[Deadline]) -> dict[tuple[str, int | None, Any], Deadline]:
    return {(d.rule, d.n, _origin(d)): d for d in dates}


def _origin(deadline: Deadline) -> Any:
    """The event behind a date, but not the one that stands for the priority date: it may change."""
    return deadline.trigger if deadline.law.term.bases[0] != "priority_date" else None


def _dates(deadline: Deadline | None) -> tuple[Any, ...] | None:
    if deadline is None:
        return None
    d = deadline
    return d.raw, d.due, d.start, d.opens, d.grace_end, d.surcharge_percent
