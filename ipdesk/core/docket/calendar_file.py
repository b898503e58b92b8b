"""Deadlines as an iCalendar file that calendar programs open or subscribe to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vDuration

from ipdesk.base.i18n import Message, tr
from ipdesk.core.docket.records import WAITING, DeadlineRow, state_label

_AGAIN = timedelta(hours=1)  # how often a program that subscribed should look


def as_ics(
    rows: Sequence[DeadlineRow], reasons: Mapping[int, tuple[Message, ...]], today: date
) -> bytes:
    """One all-day event a deadline that still waits, with its reasons and one alarm a week before.

    A date keeps its UID through every recomputation, so a program that read the file before moves
    it; what no longer waits is gone. The same rows give the same bytes on the same day.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//IPDesk//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", tr("IPDesk deadlines"))  # RFC 7986
    calendar.add("x-wr-calname", tr("IPDesk deadlines"))
    calendar.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})  # RFC 7986
    calendar.add("x-published-ttl", vDuration(_AGAIN))  # the same for Outlook
    for row in rows:
        if row.state in WAITING:
            calendar.add_component(_event(row, reasons.get(row.id, ()), today))
    return bytes(calendar.to_ical())


def _event(row: DeadlineRow, why: tuple[Message, ...], today: date) -> Event:
    event = Event()
    day = row.extended_to or row.due
    event.add("uid", _uid(row))
    event.add("dtstamp", datetime.combine(today, time(0), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{row.reference} {row.name}")
    lines = [row.shown_title, *_about(row), str(row.basis), *(str(w) for w in why)]
    event.add("description", "\n".join(line for line in lines if line))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{row.reference} {row.name}")
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    return event


def _uid(row: DeadlineRow) -> str:
    """What makes the date the same one, whether the file holds it or the law tells it."""
    if row.manual:
        return f"deadline-{row.id}@ipdesk"
    return f"{row.matter_id}-{row.rule}-{row.n or 0}-{row.event_id or 0}@ipdesk"


def _about(row: DeadlineRow) -> Iterator[str]:
    """How far it is, whose it is, and the days beside the official one."""
    said: tuple[tuple[str, object], ...] = (
        (tr("State"), state_label(row.state)),
        (tr("Person"), row.responsible),
        (tr("Internal date"), row.internal_due),
        (tr("Agent date"), row.agent_due),
        (tr("Grace until"), row.grace_end),
    )
    return (tr("{name}: {words}", name=name, words=value) for name, value in said if value)
