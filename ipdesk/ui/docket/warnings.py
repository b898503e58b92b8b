"""What watches, plans and money want before long, as entries beside the deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.ui.desk import Place
from ipdesk.ui.docket.marks import distance
from ipdesk.ui.widgets.lines import Line

if TYPE_CHECKING:
    from sqlalchemy import Connection

AHEAD = timedelta(days=30)
_ABOUT = {
    "watch": say("Early warning"),
    "layout": say("Layout plan"),
    "money": say("Money and support"),
}


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing that is no deadline by law and still has a day; where it can be dealt with."""

    about: str  # a page: watch, layout, money
    due: date
    text: Message
    severe: bool
    place: Place


def read_warnings(connection: Connection, today: date) -> list[Warned]:
    """Everything overdue or due within thirty days, by day."""
    from ipdesk.core.docket.setting import docket_for  # in a thread: heavy
    from ipdesk.core.fees.support_queries import warnings
    from ipdesk.core.layout.queries_clock import alarms_on
    from ipdesk.core.watch.queries_due import due_items

    until = today + AHEAD
    docket = docket_for(connection, today)
    found = [
        Warned("watch", item.due, item.message, item.severe, Place("watch", item.watch_id))
        for item in due_items(connection, today, until)
    ]
    found += [
        Warned("layout", alarm.due, alarm.said, alarm.due < today, Place("layout", "clock"))
        for alarm in alarms_on(connection, docket.calendars, today)
        if alarm.due <= until
    ]
    found += [
        Warned("money", one.due, one.text, one.due < today, Place("money", one.place))
        for one in warnings(connection, docket, AHEAD.days)
    ]
    return sorted(found, key=lambda w: (w.due, w.about))


def warning_line(warned: Warned, today: date) -> Line:
    """The sentence and its day above, what it is about and the distance below."""
    late = warned.severe or warned.due < today
    return Line(
        warned,
        str(warned.text),
        warned.due.isoformat(),
        Tone.OVERDUE if late else Tone.SOON,
        tr("Overdue") if warned.due < today else str(_ABOUT[warned.about]),
        str(_ABOUT[warned.about]) if warned.due < today else "",
        distance(warned.due, today),
        str(warned.text),
    )
