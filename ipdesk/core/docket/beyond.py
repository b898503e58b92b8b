"""Questions that reach beyond the dates of the file: the rest of their answer, computed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from ipdesk.core.docket.reckoned import ACTIVE, Forms
from ipdesk.core.docket.records import WAITING, State, shown_state
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.docket.told import Told, kept_until, told
from ipdesk.core.portfolio.filters import found_by
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.portfolio import matter

_KEPT = frozenset((State.SUBMITTED, State.CONFIRMED, State.NOT_APPLICABLE, "overdue", "grace"))


def is_beyond(connection: Connection, query: ListQuery, today: date) -> bool:
    """Whether the question reaches dates that the file does not hold."""
    states, periods = query.chosen("state"), query.chosen("period")
    if states and _KEPT.issuperset(states):
        last = today
    elif periods and all(p in ("overdue", "week") or p.isdigit() for p in periods):
        last = today + timedelta(days=max(int(p) if p.isdigit() else 6 for p in periods))
    elif states and (_KEPT | ACTIVE).issuperset(states):
        last = date.max
    else:
        return True
    if query.chosen("to"):
        last = min(last, date.fromisoformat(query.chosen("to")[0]))
    return last > kept_until(connection)


def answers(
    connection: Connection, query: ListQuery, today: date
) -> Iterator[tuple[Any, date, int]]:
    """The dates beyond the file that answer the question: what to sort by, due day, id."""
    docket = docket_for(connection, today)
    value = _values(connection, query.sort, Forms(docket))
    tests = [(_TESTS[name], v) for name, v in query.facets if name in _TESTS and v]
    for one in told(connection, _matters(connection, query), docket):
        if all(test(one, v, today) for test, v in tests):
            yield value(one), one.found.due, one.id


def _matters(connection: Connection, query: ListQuery) -> Sequence[int]:
    m = matter.c
    where: list[ColumnElement[bool]] = [m.archived.is_(False)]
    for name, column in (("right", m.right), ("office", m.office), ("matter", m.id)):
        if query.chosen(name):
            where.append(column.in_(query.chosen(name)))
    if query.search.strip():
        where.append(found_by(query.search))
    return connection.execute(select(m.id).where(*where).order_by(m.id)).scalars().all()


def _values(connection: Connection, sort: str, forms: Forms) -> Callable[[Told], Any]:
    if sort == "reference":
        m = matter.c
        rows = connection.execute(select(m.id, m.sort_reference))
        names: Mapping[int, str] = {i: name for i, name in rows}
        return lambda one: names[one.holding.id]
    if sort == "internal_due":
        return lambda one: forms.internal_due(one.found)
    return _SORTED.get(sort, _SORTED["due"])


_SORTED: dict[str, Callable[[Told], Any]] = {
    "due": lambda one: one.found.due,
    "raw": lambda one: one.found.raw,
    "rule": lambda one: one.found.label.en,
    "state": lambda one: one.state,
    "responsible": lambda one: one.holding.responsible,
    "right": lambda one: one.holding.right,
    "office": lambda one: one.holding.office,
}


def _in_period(one: Told, periods: Sequence[str], today: date) -> bool:
    due, waiting = one.found.due, one.state in WAITING
    sunday = today + timedelta(days=6 - today.weekday())
    return any(
        (p == "overdue" and waiting and due < today)
        or (p == "past" and one.state == State.PAST)
        or (p == "week" and waiting and today <= due <= sunday)
        or (p.isdigit() and waiting and today <= due <= today + timedelta(days=int(p)))
        or p == "all"
        for p in periods
    )


def _in_state(one: Told, states: Sequence[str], today: date) -> bool:
    shown = shown_state(one.state, one.found.due, one.found.grace_end, today)
    return one.state in states or shown in states


_TESTS: dict[str, Callable[[Told, Sequence[str], date], bool]] = {
    "period": _in_period,
    "state": _in_state,
    "person": lambda one, v, _: (one.holding.responsible or "-") in v,
    "kind": lambda one, v, _: one.found.kind in v,
    "rule": lambda one, v, _: one.found.rule in v,
    "from": lambda one, v, _: one.found.due >= date.fromisoformat(v[0]),
    "to": lambda one, v, _: one.found.due <= date.fromisoformat(v[0]),
}
