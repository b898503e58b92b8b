"""What watches, plans and money want before long, as entries beside the deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout

from ipdesk.base.dates import distance
from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.widgets.lines import Line, Lines
from ipdesk.ui.widgets.states import Loading, Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.core.watch.rows import DueItem

AHEAD = timedelta(days=30)
SUBJECTS: dict[str, Message] = {
    "watch": say("Early warning"),
    "layout": say("Layout plans"),
    "money": say("Money and support"),
    "lists": say("Registers and agents"),
}


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing that is no deadline by law and still has a day; where it can be dealt with."""

    about: str  # one of SUBJECTS
    due: date
    text: Message
    severe: bool
    place: Place
    owner: str = ""


def read_warnings(connection: Connection, today: date) -> list[Warned]:
    """Everything overdue or due within thirty days, by day."""
    until = today + AHEAD
    found = [*_watch(connection, today, until), *_layout(connection, today, until)]
    found += [*_money(connection, today), *_lists(connection, today)]
    return sorted(found, key=lambda w: (w.due, w.about))


def _watch(connection: Connection, today: date, until: date) -> Iterator[Warned]:
    from ipdesk.core.watch.queries_due import due_items  # in a thread: heavy

    for item in due_items(connection, today, until):
        yield Warned("watch", item.due, item.message, item.severe, _place(item), item.owner)


def _layout(connection: Connection, today: date, until: date) -> Iterator[Warned]:
    from ipdesk.core.docket.setting import docket_for
    from ipdesk.core.layout.queries_clock import alarms_on

    for alarm in alarms_on(connection, docket_for(connection, today).calendars, today):
        if alarm.due <= until:
            place = Place("layout", f"alarms:{alarm.key}")
            yield Warned("layout", alarm.due, alarm.said, alarm.due < today, place)


def _money(connection: Connection, today: date) -> Iterator[Warned]:
    from ipdesk.core.docket.setting import docket_for
    from ipdesk.core.fees.support_queries import warnings

    for one in warnings(connection, docket_for(connection, today), AHEAD.days):
        yield Warned("money", one.due, one.text, one.due < today, Place("money", one.place))


def _lists(connection: Connection, today: date) -> Iterator[Warned]:
    """What registers and agents say and nobody has decided on; it waits, so its day is today."""
    from ipdesk.core.intake.agents.queries import open_answers
    from ipdesk.core.intake.register.queries import open_counts

    differing = open_counts(connection)["differences"]
    if differing:
        said = say("Differences with a register to decide on: {n}", n=differing)
        yield Warned("lists", today, said, False, Place.at("comparison", view="differences"))
    answered = open_answers(connection)["open"]
    if answered:
        said = say("Answers of agents to decide on: {n}", n=answered)
        yield Warned("lists", today, said, False, Place.at("agents", view="answers"))


def _place(item: DueItem) -> Place:
    if item.gate_id is not None:
        return Place.at("watch", None, gate=str(item.gate_id))
    if item.family_id is not None:
        return Place.at("watch", item.watch_id, family=str(item.family_id))
    if item.kind == "review":
        return Place.at("watch", item.watch_id, view="hits", state="waiting")
    return Place.at("watch", item.watch_id, view="watches")


def warning_line(warned: Warned, today: date) -> Line:
    """The sentence and its day above, what it is about and the distance below."""
    late = warned.due < today
    about = str(SUBJECTS[warned.about])
    below = (about if late else "", warned.owner)
    return Line(
        warned,
        str(warned.text),
        warned.due.isoformat(),
        Tone.OVERDUE if warned.severe or late else Tone.SOON,
        tr("Overdue") if late else about,
        " · ".join(words for words in below if words),
        distance(warned.due, today),
        str(warned.text),
    )


class WarnedList(QFrame):
    """The warnings of one subject; a click goes where it is dealt with."""

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._desk = desk
        self._about = ""
        self._found: list[Warned] = []
        self.lines = Lines(tr("What to look at first"))
        self.lines.opened.connect(lambda row: desk.go(row.place))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(Loading())
        words = tr("Nothing of this kind is overdue or due in the next 30 days.")
        self._stack.addWidget(Notice("check-circle", tr("Nothing is due"), words))
        self._stack.addWidget(self.lines)

    def choose(self, about: str) -> None:
        """Another subject of those that were put."""
        self._about = about
        self._show()

    def put(self, found: list[Warned]) -> None:
        """What there is now, of every subject."""
        self._found = found
        self._show()

    def _show(self) -> None:
        today = self._desk.today()
        rows = [one for one in self._found if one.about == self._about]
        self.lines.put([warning_line(row, today) for row in rows])
        self._stack.setCurrentIndex(2 if rows else 1)
        self.counted.emit(len(rows))
