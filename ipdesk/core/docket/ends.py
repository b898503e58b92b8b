"""The last steps of a computation: the roll to an open day, the window, the late-fee step."""

from datetime import date
from typing import Any, NamedTuple

from ipdesk.base.dates import add_months
from ipdesk.core.docket.arithmetic import window_opens
from ipdesk.core.docket.calendars import Calendars, Status
from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.rules import Roll, Rule

Trail = tuple[tuple[Any, ...], ...]


class Start(NamedTuple):
    """A day that a rule counts from, with the event or the deadline it comes from."""

    day: date
    event: Event | None
    n: int | None
    key: Any


class Limit(NamedTuple):
    """The end of a period before it rolls."""

    raw: date
    start: date
    trail: Trail


def roll(
    how: Roll, raw: date, event: Event | None, case: Case, calendars: Calendars
) -> tuple[date, Status, Trail]:
    """The last step: the next open day at the office where the act is done."""
    if how is Roll.NEVER:
        return raw, Status.NOT_APPLICABLE, (("never",),)
    if how is Roll.UNSETTLED:
        return raw, Status.UNKNOWN, (("unsettled",),)
    if how is Roll.OWN:
        office: str | None = case.office
    elif how is Roll.IB:
        office = "IB"
    elif how is Roll.EVENT_OFFICE:
        office = (event.office if event else None) or case.facts.get("isa") or "IB"
    else:
        office = case.facts.get(how.value)
    if not office:
        return raw, Status.UNKNOWN, (("no_office", how.value),)
    opening = calendars.next_open(office, raw)
    return opening.day, opening.status, (("opening", office, raw, opening),)


def opening_day(rule: Rule, n: int | None, limit: Limit) -> date | None:
    """The first day on which the act may be done, for rules with a window."""
    for window in rule.windows:
        if window.n is not None and window.n != n:
            continue
        if window.due_from is not None and limit.raw < window.due_from:
            continue
        if window.style != "from_start":
            return window_opens(limit.raw, window.months, window.style)
        whole = rule.term.period.months
        if rule.series is not None and n is not None:
            whole = rule.series.months[n - rule.series.first]
        return add_months(limit.start, whole - window.months)
    return None


def late_fee(rule: Rule, due: date, paid: date) -> int:
    """The percentage of the step in which a payment falls; months are counted from *due*."""
    for step in rule.surcharge:
        if paid <= add_months(due, step.months):
            return step.percent
    return rule.surcharge[-1].percent


def fits(rule: Rule, event: Event) -> bool:
    """Whether ordinal, way of service and office of an event are those that the rule is for."""
    seen: dict[str, Any] = {
        "ordinal": event.ordinal or 1,
        "service": event.service or "electronic",
        "office": event.office or "",
    }
    return all(
        seen[test.name] >= test.least if test.least is not None else seen[test.name] in test.values
        for test in rule.conditions
        if not test.is_fact
    )
