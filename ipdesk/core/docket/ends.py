"""The last steps of a computation: the roll to an open day, the window, the late-fee step."""

from datetime import date
from typing import Any

from ipdesk.base.dates import add_months
from ipdesk.core.docket.arithmetic import Period, adjusted, after, window_opens
from ipdesk.core.docket.calendars import Calendars, Opening
from ipdesk.core.docket.model import Case, Deadline, Event
from ipdesk.core.docket.periods import Limit
from ipdesk.core.docket.rules import Roll, Rule
from ipdesk.core.docket.service import ACTS_AT_AN_OFFICE, NOTICES

_AT_AN_OFFICE = NOTICES | ACTS_AT_AN_OFFICE  # a priority names the office of the first filing


def roll(
    how: Roll, raw: date, event: Event | None, case: Case, calendars: Calendars
) -> tuple[str, Opening | None]:
    """The office where the act is done and its next open day; None where nothing rolls."""
    at = event.office if event is not None and event.type in _AT_AN_OFFICE else None
    if how is Roll.OWN:
        office: str | None = case.office
    elif how is Roll.NEVER or how is Roll.UNSETTLED:
        return "", None
    elif how is Roll.IB:
        office = "IB"
    elif how is Roll.EVENT_OFFICE:
        searching = event is not None and event.type == "unity_invitation"
        office = at or (case.facts.get("isa") if searching else None) or "IB"
    else:
        office = case.facts.get(how.value) or at
    return (office, calendars.next_open(office, raw)) if office else ("", None)


def as_printed(rule: Rule, event: Event, limit: Limit) -> Deadline | None:
    """The deadline on the day that the document itself prints, which wins over the computed one.

    None where the rule takes nothing from documents, or counts an extension on top.
    """
    day = event.printed_due
    if day is None or event.type not in NOTICES or not rule.printed or rule.extended:
        return None
    start = limit.start
    computed = limit.raw if limit.raw != start else day  # a notice that prints no period
    trail = (*limit.trail, ("printed_date", day, computed))
    return Deadline(
        rule, limit.n, day, day, start, None, "", None, None, trail, False, None, event.key
    )


def opening_day(rule: Rule, limit: Limit) -> date | None:
    """The first day on which the act may be done, for rules with a window."""
    for window in rule.windows:
        if window.n is not None and window.n != limit.n:
            continue
        if window.due_from is not None and limit.raw < window.due_from:
            continue
        if window.style != "from_start":
            return window_opens(limit.raw, window.months, window.style)
        whole = rule.term.period.months
        if rule.series is not None and limit.n is not None:
            whole = rule.series.months[limit.n - rule.series.first]
        return add_months(limit.start, whole - window.months)
    return None


def plain_end(deadline: Deadline) -> date:
    """What a rule gives by its own period, before any alternative of it."""
    rule, period = deadline.law, deadline.law.term.period
    if rule.series is not None and deadline.n is not None:
        period = Period(months=rule.series.months[deadline.n - rule.series.first])
    end = after(deadline.start, period)
    return adjusted(rule.adjust, end, deadline.start) if rule.adjust else end


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
