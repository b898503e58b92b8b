"""Reading the docket: lists of deadlines, events of a matter, reasons, counts, what is missing."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, true

from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.beyond import answers, is_beyond
from ipdesk.core.docket.company import needs_second_person
from ipdesk.core.docket.holdings import EVENT_COLUMNS, load
from ipdesk.core.docket.law import basis_words
from ipdesk.core.docket.reckoning import Docket, deadlines_of, key_of
from ipdesk.core.docket.records import (
    WAITING,
    DeadlineRow,
    EventRow,
    PendingRow,
    State,
)
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.docket.told import is_told, rows_not_kept, told_by_id, told_rows
from ipdesk.core.portfolio.filters import found_by
from ipdesk.store.paging import ListQuery, chunks, id_array
from ipdesk.store.schema.docket import deadline, event, pending, reckoned
from ipdesk.store.schema.portfolio import matter

_DEADLINE = (
    "id matter_id rule version n event_id kind raw due start opens grace_end internal_due "
    "agent_due calendar unverified state reason submitted_on submitted_by receipt "
    "confirmed_on confirmed_by extended_to responsible checked_by manual note"
).split()
_MATTER = "reference right office title title_en title_zh".split()

PERIODS: tuple[tuple[str, Message], ...] = (
    ("overdue", say("Overdue")),
    ("week", say("This week")),
    ("30", say("30 days")),
    ("90", say("90 days")),
    ("365", say("365 days")),
    ("all", say("All")),
)


def last_day(period: str, today: date) -> date | None:
    """The last day of a period of ``PERIODS``; None where it has none."""
    if period == "week":
        return today + timedelta(days=6 - today.weekday())
    if period.isdigit():
        return today + timedelta(days=int(period))
    return today if period == "overdue" else None


def in_period(period: str, today: date) -> ColumnElement[bool]:
    """``overdue`` (past and still open), ``week`` (to Sunday), so many days from today, ``all``."""
    d = deadline.c
    waiting = d.state.in_(WAITING)
    if period == "overdue":
        return and_(d.state == State.OPEN, d.due < today)
    if period == "past":
        return d.state == State.PAST
    last = last_day(period, today)
    if last is not None:
        return and_(waiting, d.due >= today, d.due <= last)
    return d.id.is_not(None)


def _states(today: date) -> Callable[[Sequence[str]], ColumnElement[bool]]:
    d = deadline.c

    def where(values: Sequence[str]) -> ColumnElement[bool]:
        plain = [v for v in values if v not in ("overdue", "grace")]
        parts: list[ColumnElement[bool]] = [d.state.in_(plain)] if plain else []
        past = and_(d.state == State.OPEN, d.due < today)
        in_grace = and_(d.grace_end.is_not(None), d.grace_end >= today)
        if "overdue" in values:
            parts.append(and_(past, or_(d.grace_end.is_(None), d.grace_end < today)))
        if "grace" in values:
            parts.append(and_(past, in_grace))
        return or_(*parts)

    return where


_SORTS = {
    "due": deadline.c.due,
    "raw": deadline.c.raw,
    "internal_due": deadline.c.internal_due,
    "reference": matter.c.sort_reference,
    "rule": deadline.c.label_en,
    "state": deadline.c.state,
    "responsible": deadline.c.responsible,
    "right": matter.c.right,
    "office": matter.c.office,
}


def _conditions(query: ListQuery, today: date) -> list[ColumnElement[bool]]:
    d = deadline.c
    where: list[ColumnElement[bool]] = [matter.c.archived.is_(False)]
    facets: dict[str, Callable[[Sequence[str]], ColumnElement[bool]]] = {
        "period": lambda v: or_(*(in_period(p, today) for p in v)),
        "state": _states(today),
        "right": lambda v: matter.c.right.in_(v),
        "office": lambda v: matter.c.office.in_(v),
        "person": lambda v: d.responsible.in_(["" if x == "-" else x for x in v]),
        "kind": lambda v: d.kind.in_(v),
        "rule": lambda v: d.rule.in_(v),
        "matter": lambda v: d.matter_id.in_([int(x) for x in v]),
        "from": lambda v: d.due >= date.fromisoformat(v[0]),
        "to": lambda v: d.due <= date.fromisoformat(v[0]),
    }
    where += [facets[name](values) for name, values in query.facets if name in facets and values]
    if query.search.strip():
        where.append(found_by(query.search))
    return where


def _from_deadlines(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(deadline.join(matter, matter.c.id == deadline.c.matter_id))


def deadline_ids(connection: Connection, query: ListQuery, today: date) -> "array[int]":
    """Ids of the deadlines that answer the question; by due date unless sorted otherwise."""
    column = _SORTS.get(query.sort, deadline.c.due)
    first = column.desc() if query.descending else column.asc()
    where = _conditions(query, today)
    if not is_beyond(connection, query, today):
        statement = _from_deadlines(deadline.c.id).where(*where)
        return id_array(
            connection, statement.order_by(first.nulls_last(), deadline.c.due, deadline.c.id)
        )
    stored = _from_deadlines(column, deadline.c.due, deadline.c.id).where(*where)
    lines = [tuple(row) for row in connection.execute(stored)]
    lines += answers(connection, query, today)
    lines.sort(key=lambda line: line[1:])
    known = [line for line in lines if line[0] is not None]
    known.sort(key=lambda line: line[0], reverse=query.descending)
    return array("q", [i for *_, i in (*known, *(line for line in lines if line[0] is None))])


def deadline_rows(
    connection: Connection, ids: Iterable[int], today: date | None = None
) -> list[DeadlineRow]:
    """The deadlines of these ids, in the order asked; *today* decides what else the law tells."""
    wanted = list(ids)
    found: dict[int, DeadlineRow] = {}
    if any(map(is_told, wanted)):
        docket = docket_for(connection, today or date.today())
        not_kept = told_by_id(connection, wanted, docket)
        found.update(told_rows(connection, list(not_kept.values()), docket))
    d = deadline.c
    columns = [d[name] for name in (*_DEADLINE, "basis")] + [matter.c[name] for name in _MATTER]
    labels = [d.label_en, d.label_zh, event.c.source, event.c.checked_by.label("event_checked")]
    second = needs_second_person(connection) if wanted else False
    for part in chunks([i for i in wanted if not is_told(i)]):
        statement = (
            select(*columns, *labels)
            .select_from(
                deadline.join(matter, matter.c.id == d.matter_id).outerjoin(
                    event, event.c.id == d.event_id
                )
            )
            .where(d.id.in_(part))
        )
        for row in connection.execute(statement):
            values = {name: getattr(row, name) for name in (*_DEADLINE, *_MATTER)}
            found[row.id] = DeadlineRow(
                **values,
                label=Bilingual(row.label_en, row.label_zh),
                basis=basis_words(row.basis),
                unchecked=not row.event_checked and _wants_check(row.source, second),
            )
    return [found[i] for i in wanted if i in found]


def _wants_check(source: str | None, second: bool) -> bool:
    """Whether a person has yet to compare an event of this source with its document."""
    return source == "import" or (second and source is not None)


def count_periods(connection: Connection, query: ListQuery, today: date) -> dict[str, int]:
    """How many deadlines stand in each period, under all other conditions of the question."""
    asked = {name: query.choose("period", name) for name, _ in PERIODS if name != "all"}
    if any(is_beyond(connection, one, today) for one in asked.values()):
        return {name: len(deadline_ids(connection, one, today)) for name, one in asked.items()}
    where = _conditions(query.choose("period"), today)
    return {
        name: int(
            connection.execute(
                _from_deadlines(func.count()).where(*where, in_period(name, today))
            ).scalar_one()
        )
        for name in asked
    }


def explain(connection: Connection, row: DeadlineRow, docket: Docket) -> tuple[Message, ...]:
    """The sentences of a deadline's reasoning, in order; computed afresh from the records."""
    return explain_many(connection, [row], docket)[row.id]


def explain_many(
    connection: Connection, rows: Sequence[DeadlineRow], docket: Docket
) -> dict[int, tuple[Message, ...]]:
    """Deadline id → its reasons, for many deadlines at once."""
    reasons: dict[tuple[int, tuple[str, int, int]], tuple[Message, ...]] = {}
    matters = list(dict.fromkeys(r.matter_id for r in rows))
    for holding in load(connection, matters):
        for found in deadlines_of(holding, docket):
            reasons[(holding.id, key_of(found))] = found.why
    told: dict[int, tuple[Message, ...]] = {}
    for row in rows:
        why = reasons.get((row.matter_id, (row.rule, row.n or 0, row.event_id or 0)))
        if row.manual:
            why = (say("Entered by hand."),)
        told[row.id] = why or (
            say("The records no longer lead to this date; it was kept because of what was done."),
        )
    return told


def events_of(connection: Connection, matter_id: int) -> list[EventRow]:
    """The events of a matter, in the order of their dates."""
    columns = [event.c[name] for name in EVENT_COLUMNS]
    statement = select(*columns).where(event.c.matter_id == matter_id)
    ordered = statement.order_by(event.c.date, event.c.id)
    return [EventRow(*row) for row in connection.execute(ordered)]


def deadlines_of_matter(
    connection: Connection, matter_id: int, docket: Docket | None = None
) -> list[DeadlineRow]:
    """All deadlines of a matter, also those that the file need not hold, by due date."""
    d = deadline.c
    statement = select(d.id).where(d.matter_id == matter_id)
    rows = deadline_rows(connection, connection.execute(statement).scalars())
    rows += rows_not_kept(connection, [matter_id], docket)
    return sorted(rows, key=lambda row: (row.due, row.id))


def pending_ids(connection: Connection, query: ListQuery) -> "array[int]":
    """Ids of what cannot be computed, by matter."""
    where: list[ColumnElement[bool]] = [matter.c.archived.is_(False)]
    for name, column in (("right", matter.c.right), ("office", matter.c.office)):
        if query.chosen(name):
            where.append(column.in_(query.chosen(name)))
    if query.search.strip():
        where.append(found_by(query.search))
    statement = (
        select(pending.c.id)
        .join(matter, matter.c.id == pending.c.matter_id)
        .where(*where)
        .order_by(matter.c.sort_reference, pending.c.id)
    )
    return id_array(connection, statement)


def pending_of_matter(connection: Connection, matter_id: int) -> list[int]:
    """Ids of what cannot be computed for one matter."""
    statement = select(pending.c.id).where(pending.c.matter_id == matter_id).order_by(pending.c.id)
    return list(connection.execute(statement).scalars())


def pending_rows(connection: Connection, ids: Iterable[int]) -> list[PendingRow]:
    """What cannot be computed, in the order asked."""
    wanted = list(ids)
    found: dict[int, PendingRow] = {}
    p, m = pending.c, matter.c
    for part in chunks(wanted):
        statement = (
            select(pending, m.reference, m.right, m.office, m.title)
            .join(matter, m.id == p.matter_id)
            .where(p.id.in_(part))
        )
        for row in connection.execute(statement):
            found[row.id] = PendingRow(
                row.id,
                row.matter_id,
                row.reference,
                row.right,
                row.office,
                row.title,
                row.rule,
                Bilingual(row.label_en, row.label_zh),
                row.waiting_for,
                tuple(Message.from_json(w) for w in row.why),
            )
    return [found[i] for i in wanted if i in found]


def people_responsible(connection: Connection) -> list[str]:
    """Everybody who answers for a deadline that still waits, by name."""
    statement = select(deadline.c.responsible).distinct().where(deadline.c.state.in_(WAITING))
    return sorted(name for name in connection.execute(statement).scalars() if name)


@dataclass(frozen=True, slots=True)
class Attention:
    """What the home page says first; counts of what still waits."""

    overdue: int
    week: int
    days_30: int
    days_90: int
    cannot_compute: int
    submitted: int
    unchecked: int
    past: int
    undocketed: int


def attention(connection: Connection, today: date) -> Attention:
    """Counts for the start page, on that day."""
    counts = count_periods(connection, ListQuery(), today)

    def count(statement: Select[Any]) -> int:
        return int(connection.execute(statement).scalar_one())

    live = matter.c.archived.is_(False)
    unchecked = select(func.count(event.c.matter_id.distinct())).join(
        matter, matter.c.id == event.c.matter_id
    )
    wanted = true() if needs_second_person(connection) else event.c.source == "import"
    has_deadline = select(deadline.c.id).where(deadline.c.matter_id == matter.c.id).exists()
    has_date = select(reckoned.c.id).where(reckoned.c.id == matter.c.id, reckoned.c.dates > 0)
    has_pending = select(pending.c.id).where(pending.c.matter_id == matter.c.id).exists()
    return Attention(
        overdue=counts["overdue"],
        week=counts["week"],
        days_30=counts["30"],
        days_90=counts["90"],
        cannot_compute=len(pending_ids(connection, ListQuery())),
        submitted=count(
            _from_deadlines(func.count()).where(live, deadline.c.state == State.SUBMITTED)
        ),
        unchecked=count(unchecked.where(live, event.c.checked_by == "", wanted)),
        past=count(
            select(func.coalesce(func.sum(reckoned.c.past), 0))
            .join(matter, matter.c.id == reckoned.c.id)
            .where(live)
        ),
        undocketed=count(
            select(func.count())
            .select_from(matter)
            .where(live, ~has_deadline, ~has_pending, ~has_date.exists())
        ),
    )
