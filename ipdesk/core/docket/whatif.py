"""What if: the same case with one fact changed, and what that would do to its dates."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

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


def compare(before: Case, after: Case, law: Law, calendars: Calendars) -> Comparison:
    """The outcomes of two cases side by side; deadlines are paired by rule, number and event."""
    first, second = compute(before, law, calendars), compute(after, law, calendars)
    old, new = _by_key(first), _by_key(second)
    changed = [
        Difference(key[0], key[1], (old.get(key) or new[key]).label, old.get(key), new.get(key))
        for key in sorted({*old, *new}, key=str)
        if _dates(old.get(key)) != _dates(new.get(key))
    ]
    changed.sort(key=lambda d: (d.due, d.rule, d.n or 0))
    return Comparison(first, second, tuple(changed))


def with_event(case: Case, event: Event, **changes: Any) -> Case:
    """The case with one of its events changed."""
    changed = replace(event, **changes)
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
        if any(e.type == "priority" for e in case.events):
            found.append(
                Variation(
                    say("What if all priorities were withdrawn the day after filing?"),
                    without_priority(case, day + timedelta(days=1)),
                )
            )
        else:
            earlier = day - timedelta(days=90)
            found.append(
                Variation(
                    say("What if a priority of {day} were claimed?", day=earlier),
                    with_priority(case, earlier),
                )
            )
    return tuple(found)


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
    return Variation(
        say("What if it had been done a day later, on {day}?", day=day),
        with_event(case, event, date=day),
    )


def _by_key(outcome: Outcome) -> dict[tuple[str, int | None, Any], Deadline]:
    return {(d.rule, d.n, _origin(d)): d for d in outcome.deadlines}


def _origin(deadline: Deadline) -> Any:
    """The event behind a date, but not the one that stands for the priority date: it may change."""
    return deadline.trigger if deadline.law.term.bases[0] != "priority_date" else None


def _dates(deadline: Deadline | None) -> tuple[Any, ...] | None:
    if deadline is None:
        return None
    d = deadline
    return d.raw, d.due, d.start, d.opens, d.grace_end, d.surcharge_percent
