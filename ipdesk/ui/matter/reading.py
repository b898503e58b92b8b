"""Everything the detail of a matter shows, read at once in a reader's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipdesk.core.docket.facts import Fact, facts_for
from ipdesk.core.docket.queries import (
    deadlines_of_matter,
    events_of,
    pending_of_matter,
    pending_rows,
)
from ipdesk.core.docket.records import DeadlineRow, EventRow, PendingRow
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.intake.register.queries import differing
from ipdesk.core.layout.queries import rows_of_matter
from ipdesk.core.portfolio.model import FamilyMember, MatterDetail
from ipdesk.core.portfolio.queries import family_tree, matter_detail
from ipdesk.store.history import EntryRow, of_matter

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Whole:
    """A matter with its docket, its family and its history."""

    detail: MatterDetail
    events: tuple[EventRow, ...]
    deadlines: tuple[DeadlineRow, ...]
    pending: tuple[PendingRow, ...]
    family: tuple[FamilyMember, ...]
    history: tuple[EntryRow, ...]
    differing: int = 0  # fields that a register tells otherwise
    facts: tuple[Fact, ...] = ()  # that the law asks for
    planned: tuple[int, ...] = ()  # rows of layout plans that became this matter, newest first

    @property
    def id(self) -> int:
        """The matter's id."""
        return self.detail.row.id

    def event_day(self, *types: str) -> EventRow | None:
        """The first event of one of these types."""
        return next((e for kind in types for e in self.events if e.type == kind), None)


def read_whole(matter: int, connection: Connection, today: date | None = None) -> Whole | None:
    """None when the matter is gone."""
    detail = matter_detail(connection, matter)
    if detail is None:
        return None
    docket = docket_for(connection, today or date.today())
    return Whole(
        detail,
        tuple(events_of(connection, matter)),
        tuple(deadlines_of_matter(connection, matter, docket)),
        tuple(pending_rows(connection, pending_of_matter(connection, matter))),
        tuple(family_tree(connection, matter)),
        tuple(of_matter(connection, matter)),
        differing(connection, [matter]).get(matter, 0),
        tuple(facts_for(detail.row.office, detail.row.right, docket.law)),
        tuple(row.id for row in rows_of_matter(connection, matter)),
    )
