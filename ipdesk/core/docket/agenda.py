"""How many deadlines stand on each day of a span: the density of a calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case, func, select

from ipdesk.core.docket.records import WAITING, State
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.docket.told import kept_until, told
from ipdesk.store.schema.docket import deadline
from ipdesk.store.schema.portfolio import matter

_NAMED = 2_000  # deadlines of a month whose matters are looked at


@dataclass(frozen=True, slots=True)
class DayLoad:
    """What stands on a day: all that waits, what of it is overdue, what is unverified."""

    waiting: int
    overdue: int
    unverified: int


def matters_by_day(
    connection: Connection, first: date, last: date, person: str = "", most: int = 3
) -> Mapping[date, tuple[str, ...]]:
    """The references that stand first on each day between *first* and *last*, a few of each."""
    d = deadline.c
    day = func.coalesce(d.extended_to, d.due)
    statement = (
        select(day, matter.c.reference)
        .select_from(deadline.join(matter, matter.c.id == d.matter_id))
        .where(matter.c.archived.is_(False), d.state.in_(WAITING), day >= first, day <= last)
        .order_by(day, matter.c.reference)
        .limit(_NAMED)
    )
    if person:
        statement = statement.where(d.responsible == person)
    found: dict[date, list[str]] = {}
    for when, reference in connection.execute(statement):
        named = found.setdefault(when, [])
        if len(named) < most and reference not in named:
            named.append(reference)
    return {when: tuple(named) for when, named in found.items()}


def load_by_day(
    connection: Connection, first: date, last: date, today: date, person: str = ""
) -> Mapping[date, DayLoad]:
    """Days between *first* and *last* with something to do; of one person or of all."""
    d = deadline.c
    day = func.coalesce(d.extended_to, d.due)
    late = case(((d.state == State.OPEN) & (day < today), 1), else_=0)
    statement = (
        select(day, func.count(), func.sum(late), func.sum(case((d.unverified, 1), else_=0)))
        .select_from(deadline.join(matter, matter.c.id == d.matter_id))
        .where(matter.c.archived.is_(False), d.state.in_(WAITING), day >= first, day <= last)
        .group_by(day)
    )
    if person:
        statement = statement.where(d.responsible == person)
    found = {
        when: DayLoad(int(n), int(late_ones or 0), int(doubts or 0))
        for when, n, late_ones, doubts in connection.execute(statement)
    }
    if last > kept_until(connection):
        _add_later(connection, found, first, last, today, person)
    return found


def _add_later(
    connection: Connection,
    found: dict[date, DayLoad],
    first: date,
    last: date,
    today: date,
    person: str,
) -> None:
    """What stands on days that lie beyond the dates of the file."""
    live = select(matter.c.id).where(matter.c.archived.is_(False)).order_by(matter.c.id)
    ids = connection.execute(live).scalars().all()
    for one in told(connection, ids, docket_for(connection, today)):
        day = one.found.due
        of_person = not person or one.holding.responsible == person
        if one.state in WAITING and of_person and first <= day <= last:
            old = found.get(day, DayLoad(0, 0, 0))
            late, doubt = day < today, one.found.unverified
            found[day] = DayLoad(old.waiting + 1, old.overdue + late, old.unverified + doubt)
