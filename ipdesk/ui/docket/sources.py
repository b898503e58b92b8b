"""Deadlines and gaps as lists of any length."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ipdesk.base.i18n import say
from ipdesk.core.docket.queries import (
    deadline_ids,
    deadline_rows,
    pending_ids,
    pending_rows,
    people_responsible,
)
from ipdesk.core.docket.records import DeadlineRow, PendingRow, State, state_label
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.core.portfolio.queries import facet_counts
from ipdesk.store.paging import ListQuery
from ipdesk.ui.docket.columns import deadline_columns, pending_columns
from ipdesk.ui.tables.columns import Column, Facet, Option

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATES = ("overdue", "grace", *State)


class DeadlineSource:
    """Deadlines of all matters, by due date."""

    name = "deadlines"

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today

    def columns(self) -> tuple[Column, ...]:
        return deadline_columns(self._today)

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        return deadline_ids(connection, query, self._today())

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[DeadlineRow]:
        return deadline_rows(connection, ids, self._today())

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        people = people_responsible(connection)
        persons = (Option("-", str(say("Nobody"))), *(Option(p, p) for p in people))
        states = tuple(Option(s, state_label(s)) for s in _STATES)
        return (
            *places(connection),
            Facet("person", say("Person"), persons),
            Facet("state", say("State"), states),
        )


class PendingSource:
    """What cannot be computed, by matter."""

    name = "pending"

    def columns(self) -> tuple[Column, ...]:
        return pending_columns()

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        return pending_ids(connection, query)

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[PendingRow]:
        return pending_rows(connection, ids)

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        return places(connection)


def places(connection: Connection) -> tuple[Facet, ...]:
    """The rights and offices of the portfolio, to choose from."""
    rights = facet_counts(connection, ListQuery(), "right")
    offices = facet_counts(connection, ListQuery(), "office")
    return (
        Facet("right", say("Right"), tuple(Option(v, right_label(v)) for v, _n in rights)),
        Facet(
            "office", say("Office"), tuple(Option(v, f"{v}  {office_name(v)}") for v, _n in offices)
        ),
    )
