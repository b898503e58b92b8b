"""Reading matters as cases of law: events, priorities, facts, in bulk."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.records import EventRow
from ipdesk.core.portfolio.model import Right
from ipdesk.core.portfolio.receiving import receiving_office
from ipdesk.store.paging import chunks
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.portfolio import matter, matter_party, party, priority

EVENT_COLUMNS = (
    "id matter_id type date service received ordinal period_months period_days "
    "extension_months office number source recorded_on entered_by checked_by checked_on note"
).split()
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


def load(connection: Connection, ids: Sequence[int]) -> list[Holding]:
    """The matters with everything that law asks for; in the order of the ids."""
    found: dict[int, Holding] = {}
    for part in chunks(ids):
        events = _events(connection, part)
        priorities = _priorities(connection, part)
        children = _children(connection, part)
        owners = _owners(connection, part)
        responsible = _responsible(connection, part)
        claimed = _claimed(connection, part)
        m = matter.c
        statement = select(
            m.id,
            m.right,
            m.office,
            m.route,
            m.parent_id,
            m.parent_kind,
            m.status,
            m.status_manual,
            m.status_reported,
            m.application_number,
            m.facts,
        ).where(m.id.in_(part))
        for row in connection.execute(statement):
            found[row.id] = Holding(
                *row[:10],
                dict(row.facts or {}),
                tuple(events[row.id]),
                tuple(priorities[row.id]),
                frozenset(children[row.id]),
                owners.get(row.id),
                responsible.get(row.id, ""),
                row.id in claimed,
            )
    return [found[i] for i in ids if i in found]


def _events(connection: Connection, ids: Sequence[int]) -> defaultdict[int, list[EventRow]]:
    columns = [event.c[name] for name in EVENT_COLUMNS]
    statement = select(*columns).where(event.c.matter_id.in_(ids))
    found: defaultdict[int, list[EventRow]] = defaultdict(list)
    for row in connection.execute(statement.order_by(event.c.date, event.c.id)):
        found[row.matter_id].append(EventRow(*row))
    return found


def _priorities(
    connection: Connection, ids: Sequence[int]
) -> defaultdict[int, list[tuple[int, date]]]:
    p = priority.c
    statement = select(p.matter_id, p.id, p.date).where(p.matter_id.in_(ids), p.date.is_not(None))
    found: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    for matter_id, claim, day in connection.execute(statement.order_by(p.date)):
        found[matter_id].append((claim, day))
    return found


def _children(connection: Connection, ids: Sequence[int]) -> defaultdict[int, set[str]]:
    m = matter.c
    statement = select(m.parent_id, m.office).where(
        m.parent_id.in_(ids), m.parent_kind == "national_phase"
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
        .where(mp.c.matter_id.in_(ids), mp.c.role.in_(("applicant", "owner")), mp.c.ordinal == 1)
    )
    kinds = {"person": "natural_person", "organisation": "legal_entity"}
    return {i: kinds[k] for i, k in connection.execute(statement) if k in kinds}


def _responsible(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Who answers for the matter, by name; new deadlines are theirs."""
    mp = matter_party
    statement = (
        select(mp.c.matter_id, party.c.name)
        .join(party, party.c.id == mp.c.party_id)
        .where(mp.c.matter_id.in_(ids), mp.c.role == "responsible", mp.c.ordinal == 1)
    )
    return {i: name for i, name in connection.execute(statement)}


def _claimed(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those whose application number stands in a priority claim of another matter."""
    p, m = priority.c, matter.c
    statement = (
        select(m.id)
        .join(priority, p.number_key == m.application_key)
        .where(m.id.in_(ids), p.matter_id != m.id)
    )
    return set(connection.execute(statement).scalars())


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
    divided = holding.facts.get("divided_on")
    if divided and not any(e.type == "divisional_filing" for e in events):
        events.append(Event("divisional_filing", date.fromisoformat(str(divided)), key=0))
    if holding.parent_kind == "validation":
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
        key=row.id,
    )
