"""Deadlines as an iCalendar file that calendar programs open or subscribe to."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from ipdesk.base.i18n import Message, tr
from ipdesk.core.docket.records import WAITING, DeadlineRow


def as_ics(
    rows: Sequence[DeadlineRow], reasons: Mapping[int, tuple[Message, ...]], today: date
) -> bytes:
    """One all-day event a deadline that still waits, with its reasons and one alarm a week before.

    The same rows give the same bytes on the same day.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//IPDesk//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", tr("IPDesk deadlines"))
    for row in rows:
        if row.state in WAITING:
            calendar.add_component(_event(row, reasons.get(row.id, ()), today))
    return bytes(calendar.to_ical())


def _event(row: DeadlineRow, why: tuple[Message, ...], today: date) -> Event:
    event = Event()
    day = row.extended_to or row.due
    event.add("uid", f"deadline-{row.id}@ipdesk")
    event.add("dtstamp", datetime.combine(today, time(0), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{row.reference} {row.name}")
    lines = [row.shown_title, str(row.basis), *(str(w) for w in why)]
    event.add("description", "\n".join(line for line in lines if line))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{row.reference} {row.name}")
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    return event
