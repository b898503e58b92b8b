"""Which matters a recomputation of everything has to look at: the history tells what has changed.

Every change of every field is an entry of the history, and nothing is written past it. So a visit
to all matters leaves behind up to which entry it has seen, and the next one looks at those that
have been touched since, that time or a new law may have changed, or that were never computed.
After changes that reach other matters (a parent, a claimed priority, a party) it looks at all.
"""

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
)

from ipdesk.core.docket.holdings import DERIVED
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.stamp import stamp_of
from ipdesk.store.schema.docket import reckoned, visited
from ipdesk.store.schema.history import entry
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

_OWN = ("event", "matter", "matter_party")
"""Tables whose rows concern the matter that they name."""

_FAR = ("priority", "party")
"""Tables whose rows concern other matters as well."""

_FAR_FIELDS = ("parent_id", "parent_kind", "office", "application_number", "application_key")


def to_visit(connection: Connection, docket: Docket) -> list[int]:
    """Ids of matters of which anything can have changed; archived ones rest."""
    open_ones = matter.c.archived.is_(False)
    seen = connection.execute(select(visited.c.entry)).scalar()
    statement = select(matter.c.id).where(open_ones)
    if seen is not None and not _reaches_far(connection, seen):
        statement = statement.outerjoin(reckoned, reckoned.c.id == matter.c.id).where(
            or_(reckoned.c.id.is_(None), not_(is_fresh(docket)), matter.c.id.in_(_touched(seen)))
        )
    return list(connection.execute(statement.order_by(matter.c.id)).scalars())


def note_visit(writer: Writer, first_unseen: int) -> None:
    """All matters are as the history says up to this entry."""
    if writer.connection.execute(select(visited.c.entry)).scalar() == first_unseen:
        return
    writer.connection.execute(delete(visited))
    writer.connection.execute(insert(visited).values(id=1, entry=first_unseen))


def next_entry(connection: Connection) -> int:
    """The number that the next entry of the history will at least have."""
    return int(connection.execute(select(func.coalesce(func.max(entry.c.id), 0))).scalar_one()) + 1


def is_fresh(docket: Docket) -> ColumnElement[bool]:
    """Whether a matter was computed by this law, and time has changed nothing of it since."""
    r, today = reckoned.c, docket.today
    return and_(r.stamp == stamp_of(docket), r.on <= today, r.valid_before > today)


def _since(seen: int) -> ColumnElement[bool]:
    return and_(entry.c.id >= seen, or_(entry.c.field.is_(None), entry.c.field.not_in(DERIVED)))


def _reaches_far(connection: Connection, seen: int) -> bool:
    e = entry.c
    whole = and_(e.table_name == "matter", or_(e.kind != "update", e.field.in_(_FAR_FIELDS)))
    unnamed = and_(e.table_name.in_(_OWN), e.matter_id.is_(None))  # rows of many matters at once
    found = select(e.id).where(_since(seen), or_(e.table_name.in_(_FAR), whole, unnamed))
    return connection.execute(found.limit(1)).first() is not None


def _touched(seen: int) -> Select[tuple[int | None]]:
    return select(entry.c.matter_id).where(
        _since(seen), entry.c.table_name.in_(_OWN), entry.c.matter_id.is_not(None)
    )
