"""What a matter hands on to those made from it: a date corrected here is corrected there as well.

National phases, divisionals, pairs and validations keep the filing date and the priorities of their
parent; a later application claims its filing date; Hong Kong hears of publication and grant.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from ipdesk.core.portfolio.edits import add_priorities, replace_priorities
from ipdesk.core.portfolio.model import PriorityClaim
from ipdesk.store.paging import among, chunks
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.portfolio import matter, priority
from ipdesk.store.writer import Writer

_PRIORITY = "priority"
_GIVEN = ("filing", "publication", "grant", _PRIORITY)
_HEARD = {  # link → event of the parent → event of the matter made from it
    "re_registration": {
        "filing": "filing",
        "publication": "designated_publication",
        "grant": "designated_grant",
    }
}
_USUAL = {"filing": "filing"}
Stated = Mapping[int, Collection[str]]
"""Matter → ``filing``, ``priority`` …: what was said of the matter itself, and follows nobody."""


@dataclass(frozen=True, slots=True)
class Given:
    """The dates of a matter that others rest on."""

    days: Mapping[str, date]  # event → its day
    claims: tuple[PriorityClaim, ...]
    priorities: frozenset[date]  # of the claims and of recorded events


@dataclass(frozen=True, slots=True)
class Moved:
    """How the priority dates of a matter changed."""

    gone: frozenset[date]
    come: frozenset[date]

    @property
    def pair(self) -> tuple[date, date] | None:
        """The old and the new day, where one took the place of another."""
        if len(self.gone) == len(self.come) == 1:
            return next(iter(self.gone)), next(iter(self.come))
        return None


def given_by(connection: Connection, matter_id: int) -> Given:
    """What others could rest on, as it stands now."""
    e, p = event.c, priority.c
    rows = connection.execute(
        select(e.type, e.date)
        .where(e.matter_id == matter_id, e.type.in_(_GIVEN))
        .order_by(e.date.desc(), e.id.desc())
    ).all()
    claims = tuple(
        PriorityClaim(*row)
        for row in connection.execute(
            select(p.number, p.office, p.date)
            .where(p.matter_id == matter_id)
            .order_by(p.ordinal, p.id)
        )
    )
    days = {c.date for c in claims if c.date} | {day for kind, day in rows if kind == _PRIORITY}
    return Given({kind: day for kind, day in rows if kind != _PRIORITY}, claims, frozenset(days))


def hand_on(
    writer: Writer,
    matter_id: int,
    before: Given,
    look: Callable[[int], object] = lambda _id: None,
    stated: Stated | None = None,
) -> list[int]:
    """Correct what rests on dates of the matter that changed since *before*; the matters touched.

    *look* hears of each of them before it is changed; what is *stated* stays.
    """
    stated = stated or {}
    now, touched = given_by(writer.connection, matter_id), []
    for child, link in resting_on(writer.connection, matter_id, before, now, stated):
        look(child)
        had, apart = given_by(writer.connection, child), stated.get(child, ())
        if link == _PRIORITY:
            _move_claim(writer, child, before.days.get("filing"), now.days.get("filing"))
        else:
            for kind, heard in _heard(link, apart):
                _move_event(writer, child, heard, before.days.get(kind), now.days.get(kind))
            if _PRIORITY not in apart:
                _move_priorities(writer, child, before, now)
        touched += [child, *hand_on(writer, child, had, look, stated)]
    return list(dict.fromkeys(touched))


def resting_on(
    connection: Connection,
    matter_id: int,
    before: Given,
    now: Given,
    stated: Stated | None = None,
) -> list[tuple[int, str]]:
    """The matters, with their link, that still carry a date which the matter has no more."""
    if before == now:
        return []
    found = []
    for child, link in _linked(connection, matter_id):
        there, heard = given_by(connection, child), _days_of(connection, child)
        apart = (stated or {}).get(child, ())
        if _carries(there, heard, link, before, now, apart):
            found.append((child, link))
    return found


def giving(connection: Connection, ids: Sequence[int]) -> dict[int, Given]:
    """What those of these matters give to which others are linked; the rest give nothing."""
    m, p = matter.c, priority.c
    found: set[int] = set()
    for part in chunks(ids):
        parents = select(m.parent_id).where(among(m.parent_id, part))
        named = select(p.earlier_matter_id).where(among(p.earlier_matter_id, part))
        claimed = select(m.id).join(priority, p.number_key == m.application_key)
        for one in (parents, named, claimed.where(among(m.id, part), p.matter_id != m.id)):
            found.update(connection.execute(one).scalars())
    return {i: given_by(connection, i) for i in sorted(found)}


def _heard(link: str, apart: Collection[str]) -> list[tuple[str, str]]:
    return [(k, heard) for k, heard in _HEARD.get(link, _USUAL).items() if heard not in apart]


def _carries(
    child: Given,
    days: Mapping[str, date],
    link: str,
    before: Given,
    now: Given,
    apart: Collection[str],
) -> bool:
    bound = _PRIORITY not in apart
    if link == _PRIORITY:
        old, new = before.days.get("filing"), now.days.get("filing")
        moved = old is not None and new is not None and old != new
        return bound and moved and old in child.priorities
    for kind, there in _heard(link, apart):
        old, new = before.days.get(kind), now.days.get(kind)
        if old is not None and new is not None and old != new and days.get(there) == old:
            return True
    if before.priorities == now.priorities or link in _HEARD or not bound:
        return False
    return before.priorities <= child.priorities and child.priorities != now.priorities


def _days_of(connection: Connection, matter_id: int) -> dict[str, date]:
    e = event.c
    kinds = {there for pairs in (_USUAL, *_HEARD.values()) for there in pairs.values()}
    found = select(e.type, e.date).where(e.matter_id == matter_id, e.type.in_(kinds))
    return {kind: day for kind, day in connection.execute(found)}


def _linked(connection: Connection, matter_id: int) -> Iterator[tuple[int, str]]:
    """Children with their link, and later applications that claim the number of this one."""
    m, p = matter.c, priority.c
    children = connection.execute(
        select(m.id, m.parent_kind).where(m.parent_id == matter_id).order_by(m.id)
    ).all()
    yield from ((i, link or "") for i, link in children)
    key = select(m.application_key).where(m.id == matter_id).scalar_subquery()
    claiming = select(p.matter_id).where(
        or_(p.number_key == key, p.earlier_matter_id == matter_id), p.matter_id != matter_id
    )
    known = {i for i, _ in children}
    for one in sorted(set(connection.execute(claiming).scalars()) - known):
        yield one, _PRIORITY


def _move_event(
    writer: Writer, matter_id: int, kind: str, old: date | None, new: date | None
) -> None:
    if old is None or new is None or old == new:
        return
    e = event.c
    found = select(e.id).where(e.matter_id == matter_id, e.type == kind, e.date == old)
    ids = list(writer.connection.execute(found).scalars())
    fresh = {"date": new, "checked_by": "", "checked_on": None}
    writer.update_many(event, [(i, fresh) for i in ids])


def _move_claim(writer: Writer, matter_id: int, old: date | None, new: date | None) -> None:
    """A claim of priority follows the day of the earlier filing."""
    if old is None or new is None or old == new:
        return
    p = priority.c
    found = select(p.id).where(p.matter_id == matter_id, p.date == old)
    ids = list(writer.connection.execute(found).scalars())
    writer.update_many(priority, [(i, {"date": new}) for i in ids])
    _move_event(writer, matter_id, _PRIORITY, old, new)


def _move_priorities(writer: Writer, matter_id: int, before: Given, now: Given) -> None:
    """The claims as the parent has them now, where they were those of the parent."""
    child = given_by(writer.connection, matter_id)
    moved = Moved(before.priorities - now.priorities, now.priorities - before.priorities)
    if not (moved.gone or moved.come) or not before.priorities <= child.priorities:
        return
    if child.claims == before.claims and before.claims:
        replace_priorities(writer, matter_id, now.claims)
    elif moved.pair:
        _move_claim(writer, matter_id, *moved.pair)
    else:
        _withdraw(writer, matter_id, moved.gone)
        fresh = [c for c in now.claims if c.date in moved.come]
        known = {c.date for c in fresh}
        fresh += [PriorityClaim("", "", day) for day in sorted(moved.come - known)]
        add_priorities(writer, [(matter_id, fresh)])


def _withdraw(writer: Writer, matter_id: int, days: frozenset[date]) -> None:
    e, p = event.c, priority.c
    for table, columns in ((priority, p), (event, e)):
        found = select(columns.id).where(columns.matter_id == matter_id, columns.date.in_(days))
        if table is event:
            found = found.where(e.type == _PRIORITY)
        writer.delete(table, list(writer.connection.execute(found).scalars()))


def follow_claim(writer: Writer, matter_id: int, old: date, new: date) -> None:
    """A recorded priority whose day is corrected corrects the claim of that day as well."""
    p = priority.c
    found = select(p.id).where(p.matter_id == matter_id, p.date == old)
    ids: Sequence[int] = list(writer.connection.execute(found).scalars())
    writer.update_many(priority, [(i, {"date": new}) for i in ids])
