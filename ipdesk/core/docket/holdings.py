"""Reading matters as cases of law: events, priorities, facts, in bulk."""

import json
import marshal
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import JSON, Connection, Date, select, type_coerce
from sqlalchemy.types import NullType

from ipdesk.core.docket.events import FIELD_EVENTS
from ipdesk.core.docket.languages import translation_facts
from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.records import EventRow
from ipdesk.core.portfolio.european import states
from ipdesk.core.portfolio.model import Right
from ipdesk.core.portfolio.receiving import receiving_office
from ipdesk.store.paging import among, chunks
from ipdesk.store.rows import fetched
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.portfolio import matter, matter_party, party, priority

EVENT_COLUMNS = (
    "id matter_id type date service received ordinal period_months period_days "
    "extension_months office number source recorded_on entered_by checked_by checked_on note "
    "printed_due"
).split()
_DAYS = tuple(
    EVENT_COLUMNS.index(n) for n in ("date", "received", "recorded_on", "checked_on", "printed_due")
)
DERIVED = (*FIELD_EVENTS, "priority_date", "expiry_date", "status", "status_on", "next_due")
"""Columns of a matter that a recomputation writes."""

_MATTER = (
    "id status right office route parent_id parent_kind status_manual status_reported "
    "application_number facts"
).split()
_REGISTERED_AT_WIPO = frozenset({"trademark", "design"})
_IN_LIMBO = frozenset({"invention", "utility_model", "design"})


@dataclass(frozen=True, slots=True)
class Holding:
    """One matter as the docket needs it."""

    id: int
    right: str
    office: str
    route: str | None
    parent_id: int | None
    parent_kind: str | None
    status: str
    status_manual: str | None
    status_reported: str | None
    application_number: str
    facts: dict[str, Any]
    events: tuple[EventRow, ...]
    priorities: tuple[tuple[int, date], ...]  # id of the claim, date
    children: frozenset[str]  # offices of national phases
    owner_type: str | None
    responsible: str
    claimed: bool  # a later application in these records claims its priority


class Source(NamedTuple):
    """What the tables say of one matter, as the driver gives it: quick to read and to compare."""

    id: int
    status: str
    derived: tuple[Any, ...]  # this and the status are what a recomputation itself changes
    columns: tuple[Any, ...]
    events: tuple[Any, ...]
    priorities: tuple[Any, ...]
    children: tuple[str, ...]
    owner_type: str | None
    responsible: str
    claimed: bool

    def print(self) -> int:
        """A number that differs when anything differs that a computation reads."""
        told = self[3:]
        try:
            data = marshal.dumps(told, 2)
        except ValueError:  # a driver that gives days as days
            data = repr(told).encode()
        return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)

    def before(self) -> dict[str, Any]:
        """The id and the values of the derived columns as they stand."""
        told = {
            name: value if name == "status" else _day(value)
            for name, value in zip(DERIVED, self.derived, strict=True)
        }
        return {"id": self.id, **told}

    def holding(self) -> Holding:
        """The matter ready for its computation."""
        right, office, route, parent, kind, manual, reported, number, facts = self.columns
        return Holding(
            self.id,
            right,
            office,
            route,
            parent,
            kind,
            self.status,
            manual,
            reported,
            number,
            dict(json.loads(facts) if isinstance(facts, str) else facts or {}),
            tuple([_event_row(row) for row in self.events]),
            tuple([(claim, _day(day)) for claim, day in self.priorities]),
            frozenset(self.children),
            self.owner_type,
            self.responsible,
            self.claimed,
        )


def load(connection: Connection, ids: Sequence[int]) -> list[Holding]:
    """The matters with everything that law asks for; in the order of the ids."""
    return [source.holding() for source in sources(connection, ids)]


def sources(connection: Connection, ids: Sequence[int]) -> list[Source]:
    """As ``load``, before anything is made of it."""
    found: dict[int, Source] = {}
    for part in chunks(ids):
        events = _events(connection, part)
        priorities = _priorities(connection, part)
        children = _children(connection, part)
        owners = _owners(connection, part)
        responsible = _responsible(connection, part)
        claimed = _claimed(connection, part)
        statement = select(*_COLUMNS).where(among(matter.c.id, part))
        for values in fetched(connection, statement):
            i = values[0]
            found[i] = Source(
                i,
                values[1],
                values[_LAST:],
                values[2:_LAST],
                tuple(events.get(i, ())),
                tuple(priorities.get(i, ())),
                tuple(sorted(children.get(i, ()))),
                owners.get(i),
                responsible.get(i, ""),
                i in claimed,
            )
    return [found[i] for i in ids if i in found]


def _raw(column: Any) -> Any:
    """The column as the driver gives it: days and JSON stay texts where they are stored so."""
    return type_coerce(column, NullType()) if isinstance(column.type, Date | JSON) else column


_COLUMNS = [_raw(matter.c[name]) for name in (*_MATTER, *DERIVED)]
_LAST = len(_MATTER)
_EVENT = [_raw(event.c[name]) for name in EVENT_COLUMNS]


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _event_row(row: tuple[Any, ...]) -> EventRow:
    values = list(row)
    for place in _DAYS:
        if values[place] is not None:
            values[place] = _day(values[place])
    return EventRow(*values)


def _events(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    statement = select(*_EVENT).where(among(event.c.matter_id, ids))
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in fetched(connection, statement.order_by(event.c.date, event.c.id)):
        found[row[1]].append(row)
    return found


def _priorities(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[int, Any]]]:
    p = priority.c
    statement = select(p.matter_id, p.id, _raw(p.date)).where(
        among(p.matter_id, ids), p.date.is_not(None)
    )
    found: defaultdict[int, list[tuple[int, Any]]] = defaultdict(list)
    for matter_id, claim, day in connection.execute(statement.order_by(p.date, p.id)):
        found[matter_id].append((claim, day))
    return found


def _children(connection: Connection, ids: Sequence[int]) -> defaultdict[int, set[str]]:
    m = matter.c
    statement = select(m.parent_id, m.office).where(
        among(m.parent_id, ids), m.parent_kind == "national_phase"
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for parent, office in connection.execute(statement):
        found[parent].add(office)
    return found


def _owners(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """``natural_person`` or ``legal_entity`` by the first applicant or owner."""
    mp = matter_party
    statement = (
        select(mp.c.matter_id, party.c.kind)
        .join(party, party.c.id == mp.c.party_id)
        .where(among(mp.c.matter_id, ids), mp.c.role.in_(("applicant", "owner")), mp.c.ordinal == 1)
    )
    kinds = {"person": "natural_person", "organisation": "legal_entity"}
    return {i: kinds[k] for i, k in fetched(connection, statement) if k in kinds}


def _responsible(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Who answers for the matter, by name; new deadlines are theirs."""
    mp = matter_party
    statement = (
        select(mp.c.matter_id, party.c.name)
        .join(party, party.c.id == mp.c.party_id)
        .where(among(mp.c.matter_id, ids), mp.c.role == "responsible", mp.c.ordinal == 1)
    )
    return {i: name for i, name in fetched(connection, statement)}


def _claimed(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those whose application number stands in a priority claim of another matter."""
    p, m = priority.c, matter.c
    statement = (
        select(m.id)
        .join(priority, p.number_key == m.application_key)
        .where(among(m.id, ids), p.matter_id != m.id)
    )
    return set(connection.execute(statement).scalars())


def reached_by(connection: Connection, ids: Sequence[int]) -> set[int]:
    """The matters whose dates these bear upon: parents they enter from, priorities they claim."""
    p, m = priority.c, matter.c
    found: set[int] = set()
    for part in chunks(ids):
        parents = select(m.parent_id).where(
            among(m.id, part), m.parent_id.is_not(None), m.parent_kind == "national_phase"
        )
        claimed = (
            select(m.id)
            .join(priority, p.number_key == m.application_key)
            .where(among(p.matter_id, part), p.matter_id != m.id)
        )
        for statement in (parents, claimed):
            found.update(connection.execute(statement).scalars())
    return found


def _is_part(holding: Holding) -> bool:
    """Whether its number says that it is a European patent in one of its states."""
    return holding.office in states() and holding.application_number.startswith("EP")


def route_of(holding: Holding) -> str | None:
    """The route given, else what parent, priorities and PCT number say."""
    if holding.route:
        return holding.route
    if holding.parent_kind == "divisional":
        return "divisional"
    if holding.parent_kind == "national_phase" or holding.facts.get("pct_number"):
        return "pct"
    if holding.right not in _IN_LIMBO:
        return None
    return "paris" if holding.priorities else "direct"


def as_case(holding: Holding, status: str = "") -> Case:
    """The matter as a case; keys of events lead back to the stored rows.

    *status* helps to tell a missing date from a future one; the stored one by default.
    """
    events = [_event(e) for e in holding.events]
    if holding.office == "WO" and holding.right in _REGISTERED_AT_WIPO:
        events = _registered_at_wipo(events)
    known = {e.date for e in holding.events if e.type == "priority"}
    events += [
        Event(type="priority", date=day, key=-claim)
        for claim, day in holding.priorities
        if day not in known
    ]
    facts = dict(holding.facts)
    if holding.right == Right.PCT and "receiving_office" not in facts:
        office = receiving_office(holding.application_number)
        if office:
            facts["receiving_office"] = office
    if holding.right == Right.PCT:
        facts |= translation_facts(facts)
    divided = holding.facts.get("divided_on")
    if divided and not any(e.type == "divisional_filing" for e in events):
        events.append(Event("divisional_filing", date.fromisoformat(str(divided)), key=0))
    if holding.parent_kind == "validation" or _is_part(holding):
        facts["european_patent"] = True
    facts["status"] = status or holding.status
    if holding.owner_type and "owner_type" not in facts:
        facts["owner_type"] = holding.owner_type
    return Case(
        office=holding.office,
        right=holding.right,
        route=route_of(holding) or "",
        events=tuple(events),
        facts=facts,
    )


def _registered_at_wipo(events: list[Event]) -> list[Event]:
    """Lists call the international registration just registration, or grant."""
    if any(e.type == "international_registration" for e in events):
        return events
    plain = {"registration", "grant"}
    return [e._replace(type="international_registration") if e.type in plain else e for e in events]


def _event(row: EventRow) -> Event:
    return Event(
        type=row.type,
        date=row.date,
        service=row.service or "electronic",
        received=row.received,
        ordinal=row.ordinal,  # one that is not given is told from the order of the days
        period_months=row.period_months,
        period_days=row.period_days,
        extension_months=row.extension_months,
        office=row.office or "",
        printed_due=row.printed_due,
        key=row.id,
    )
