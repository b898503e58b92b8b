"""Calendar: a month with how much stands on each day, and the agenda of the days from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.change import Topic
from ipdesk.base.dates import add_months
from ipdesk.base.i18n import captioned, ntr, tr
from ipdesk.core.docket.agenda import DayLoad, load_by_day, matters_by_day
from ipdesk.core.docket.queries import deadline_ids, deadline_rows, people_responsible
from ipdesk.core.docket.records import WAITING, DeadlineRow
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.calendarfile import save_calendar
from ipdesk.ui.docket.card import DeadlineCard
from ipdesk.ui.docket.lines import deadline_line
from ipdesk.ui.docket.monthgrid import MonthGrid
from ipdesk.ui.page import Page
from ipdesk.ui.widgets.buttons import action, button, icon_button
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.lines import Lines
from ipdesk.ui.widgets.split import Split

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AGENDA_DAYS = 14
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    load: Mapping[date, DayLoad]
    people: tuple[str, ...]
    names: Mapping[date, tuple[str, ...]]


class CalendarPage(Page):
    """The month at the left; at the right the fortnight from the day in focus."""

    topics = frozenset({Topic.MATTERS, Topic.EVENTS, Topic.DEADLINES, Topic.LAW})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "calendar", tr("Calendar"))
        self._person = ""
        self.grid = MonthGrid(desk.today(), desk.today())
        self.agenda = Lines(tr("Agenda"))
        self._from = label("", "section")
        self.card = DeadlineCard(desk)
        self._month = label("", "section")
        self.people = QComboBox()
        self.people.setAccessibleName(tr("Person"))
        self.people.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.people.activated.connect(self._choose_person)
        self.head.add(self.people)
        in_list = action(self, tr("Show the day in the list"), self._open_list)
        save = action(self, tr("Calendar file (.ics)…"), self._save, icon="calendar-plus")
        keep = action(self, tr("Calendar file for programs to subscribe to…"), self._keep)
        self.head.add_actions(in_list, [save, keep])
        self._lay_out()
        self.grid.picked.connect(self._show_day)
        self.grid.turned.connect(lambda _first: self._read_month())
        self.agenda.opened.connect(lambda row: self.card.show_id(row.id))
        self._tell_month()

    def _lay_out(self) -> None:
        turn = QHBoxLayout()
        turn.addWidget(icon_button("caret-left", tr("Month before"), partial(self._turn, -1)))
        turn.addWidget(self._month)
        turn.addWidget(icon_button("caret-right", tr("Month after"), partial(self._turn, 1)))
        turn.addWidget(button(tr("Today"), lambda: self.grid.go(self.desk.today()), role="quiet"))
        turn.addStretch(1)
        left = card()
        column = QVBoxLayout(left)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(turn)
        column.addWidget(self.grid, 1)
        above = card()
        inner = QVBoxLayout(above)
        inner.setContentsMargins(1, 1, 1, 1)
        self._from.setContentsMargins(theme.px(8), theme.px(8), 0, 0)
        inner.addWidget(self._from)
        inner.addWidget(self.agenda, 1)
        below = card()
        whole = QVBoxLayout(below)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self.card)
        right: QWidget = Split(self.desk, "calendar.agenda", above, below, (3, 2), upright=True)
        self.body.addWidget(Split(self.desk, "calendar", left, right, (3, 2)), 1)

    # ------------------------------------------------------------------ places

    def reload(self) -> None:
        self._read_month()
        self._show_day(self.grid.day)
        self.card.again()

    def visit(self, place: Place) -> None:
        if isinstance(place.argument, str):
            self.grid.go(date.fromisoformat(place.argument))

    def place(self) -> Place:
        return Place(self.id, self.grid.day.isoformat())

    def kept(self) -> date:
        return self.grid.day

    def put_back(self, kept: date) -> None:
        self.grid.go(kept)

    # ------------------------------------------------------------------ inside

    def _turn(self, months: int) -> None:
        self.grid.go(add_months(self.grid.day, months))

    def _choose_person(self, _row: int) -> None:
        self._person = str(self.people.currentData() or "")
        self.reload()

    def _open_list(self) -> None:
        day = self.grid.day.isoformat()
        self.desk.go(Place.at("deadlines", None, **{"period": "all", "from": day, "to": day}))

    def _save(self) -> None:
        """What waits, of the person in sight, for any calendar program."""
        chosen = (("person", (self._person,)),) if self._person else ()
        save_calendar(self.desk, self, ListQuery(facets=chosen))

    def _keep(self) -> None:
        self.desk.go(Place("settings", "calendar"))

    def _tell_month(self) -> None:
        self._month.setText(f"{self.grid.day:%Y-%m}")

    def _read_month(self) -> None:
        self._tell_month()
        span = (self.grid.first, self.grid.last)
        self.ask(partial(_month, *span, self.desk.today(), self._person), self._show, key="month")

    def _show(self, seen: _Seen) -> None:
        self.grid.put(seen.load, seen.names)
        month = self.grid.day.month
        n = sum(load.waiting for day, load in seen.load.items() if day.month == month)
        self.head.count.setText(f"{n:,}")
        if self.people.count() != len(seen.people) + 1:
            self.people.clear()
            self.people.addItem(tr("Everybody"), "")
            for person in seen.people:
                self.people.addItem(person, person)
            self.people.setCurrentIndex(max(0, self.people.findData(self._person)))

    def _show_day(self, day: date) -> None:
        self.ask(partial(_agenda, day, self._person, self.desk.today()), self._list, key="day")

    def _list(self, rows: list[DeadlineRow]) -> None:
        today, day = self.desk.today(), self.grid.day
        end = day + timedelta(days=_AGENDA_DAYS - 1)
        counted = ntr("{n} deadline.", "{n} deadlines.", len(rows))
        self._from.setText(captioned(f"{day} – {end}", counted))
        self.agenda.put([deadline_line(row, today, with_matter=True) for row in rows])
        if self.card.deadline not in {row.id for row in rows}:
            self.card.show_id(rows[0].id if rows else None)


def _month(first: date, last: date, today: date, person: str, connection: Connection) -> _Seen:
    load = load_by_day(connection, first, last, today, person)
    names = matters_by_day(connection, first, last, person)
    return _Seen(load, tuple(people_responsible(connection)), names)


def _agenda(day: date, person: str, today: date, connection: Connection) -> list[DeadlineRow]:
    end = day + timedelta(days=_AGENDA_DAYS - 1)
    facets: list[tuple[str, tuple[str, ...]]] = [
        ("from", (day.isoformat(),)),
        ("to", (end.isoformat(),)),
        ("state", tuple(WAITING)),
    ]
    if person:
        facets.append(("person", (person,)))
    query = ListQuery(facets=tuple(facets), sort="due")
    return deadline_rows(connection, deadline_ids(connection, query, today)[:_MOST], today)
