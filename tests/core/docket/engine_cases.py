"""Cases of the engine in few words: events by name and day, one deadline by its rule."""

from datetime import date
from typing import Any

from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Deadline, Event, Outcome

LAW = Law.load()


CALENDARS = Calendars.load()


def case_of(office: str, right: str, route: str | None, *events: Event, **facts: Any) -> Case:
    return Case(office, right, route, events, facts)


def on(kind: str, day: str, **more: Any) -> Event:
    return Event(kind, date.fromisoformat(day), **more)


def run(case: Case, law: Law = LAW, **options: Any) -> Outcome:
    return compute(case, law, CALENDARS, **options)


def one(outcome: Outcome, rule: str, n: int | None = None) -> Deadline:
    found = [d for d in outcome.deadlines if d.rule == rule and (n is None or d.n == n)]
    assert len(found) == 1, found
    return found[0]


FILED = on("filing", "2024-05-30", key=1)
