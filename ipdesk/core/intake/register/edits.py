"""Deciding on what a register tells otherwise; nothing of a matter changes by itself."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.following import (
    Followed,
    Look,
    follow,
    references_of,
    standing,
    unseen,
)
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.intake.edits import put_fields
from ipdesk.core.intake.foreseeing import Foreseen, foreseen
from ipdesk.core.intake.register.model import UNDECIDED, Stand, restored
from ipdesk.core.portfolio.model import PriorityClaim
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.database import Database
from ipdesk.store.paging import chunks
from ipdesk.store.schema.comparison import register_difference, register_gap
from ipdesk.store.schema.portfolio import matter, priority
from ipdesk.store.writer import Writer

Report = Callable[[float, float, object], None]

_TOPICS = (Topic.MATTERS, Topic.IMPORTS)
_WRITTEN = (Topic.MATTERS, Topic.PEOPLE, Topic.EVENTS, Topic.DEADLINES, Topic.IMPORTS)


def accept(
    database: Database, docket: Docket, ids: Sequence[int], progress: Report | None = None
) -> Followed:
    """Take the register's values into the matters; deadlines follow, one undo takes it back.

    So do the matters made from them that carry a corrected date.
    """
    _some(ids)
    with database.write(say("Took {n} values from the register", n=len(ids))) as writer:
        by_matter = _by_matter(writer.connection, ids)
        reached = _accept(writer, docket, by_matter, progress)
        matters = (*by_matter, *reached)[:1000]
        change = Change.of(*_WRITTEN, matters=matters, action=writer.action)
        return Followed(change, references_of(writer.connection, reached))


def foresee(
    database: Database, docket: Docket, ids: Sequence[int], progress: Report | None = None
) -> Foreseen:
    """What accepting would do to dates and deadlines; nothing is kept."""

    def act(writer: Writer, look: Look) -> list[int]:
        by_matter = _by_matter(writer.connection, ids)
        return [*by_matter, *_accept(writer, docket, by_matter, progress, look)]

    return foreseen(database, docket, lambda w: _by_matter(w.connection, ids), act)


def _by_matter(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in _decidable(connection, ids):
        found.setdefault(row.matter_id, []).append(row)
    return found


def _accept(
    writer: Writer,
    docket: Docket,
    by_matter: dict[int, list[Any]],
    progress: Report | None,
    look: Look = unseen,
) -> list[int]:
    """Take the values; the other matters that corrected dates reached."""
    matters = list(by_matter)
    before = standing(writer.connection, matters)

    def told(before: int, done: int) -> None:
        if progress:
            progress(before + done, 3 * len(matters), say("Taking the register's values…"))

    for done, (matter_id, rows) in enumerate(by_matter.items()):
        told(0, done)
        take_values(writer, docket, matter_id, {r.field: restored(r.field, r.theirs) for r in rows})
    refresh(writer, matters, docket, progress=partial(told, len(matters)))
    for matter_id, rows in by_matter.items():
        for row in rows:
            if row.field == "status":
                insist_on(writer, matter_id, row.theirs)
    refresh(writer, matters, docket, progress=partial(told, 2 * len(matters)))
    write_search(writer, matters)
    decided = {**_by(writer, docket), "state": str(Stand.ACCEPTED), "compared": writer.action}
    accepted = [r.id for rows in by_matter.values() for r in rows]
    writer.update_many(register_difference, [(i, decided) for i in accepted])
    return follow(writer, docket, before, look)


def take_values(
    writer: Writer,
    docket: Docket,
    matter_id: int,
    fields: dict[str, Any],
    *,
    source: str = "register",
) -> None:
    """The usual edits of an import, for the chosen fields of one matter."""
    if "status" in fields:
        fields["reported_status"] = fields.pop("status")
    right = (
        fields.get("right")
        or writer.connection.execute(
            select(matter.c.right).where(matter.c.id == matter_id)
        ).scalar_one()
    )
    claims: Sequence[PriorityClaim] | None = None
    if "priorities" in fields:
        claims = [PriorityClaim(c.number, c.office, c.date, c.key) for c in fields["priorities"]]
    elif "priority_date" in fields:
        claims = _moved_claims(writer.connection, matter_id, fields["priority_date"])
    put_fields(writer, docket, matter_id, right, fields, claims, source=source)


def _moved_claims(connection: Connection, matter_id: int, day: Any) -> list[PriorityClaim]:
    """Our claims with the earliest of them on the register's day."""
    p = priority.c
    rows = connection.execute(
        select(p.number, p.office, p.date, p.number_key)
        .where(p.matter_id == matter_id)
        .order_by(p.ordinal)
    ).all()
    claims = [PriorityClaim(r.number, r.office, r.date, r.number_key or "") for r in rows]
    if not claims:
        return [PriorityClaim(date=day)]
    first = min(range(len(claims)), key=lambda i: (claims[i].date is None, claims[i].date or day))
    old = claims[first]
    claims[first] = PriorityClaim(old.number, old.office, day, old.key)
    return claims


def insist_on(writer: Writer, matter_id: int, status: str) -> None:
    """A person took the register's status: it counts even where events say otherwise."""
    now = writer.connection.execute(
        select(matter.c.status).where(matter.c.id == matter_id)
    ).scalar_one()
    if now != status:
        writer.update(matter, matter_id, {"status_manual": status})


def dismiss(database: Database, docket: Docket, ids: Sequence[int], reason: str) -> Change:
    """Keep our values until the register tells another. Raises IpdeskError without a reason."""
    return _decide(database, docket, register_difference, ids, Stand.DISMISSED, reason)


def reopen(database: Database, docket: Docket, ids: Sequence[int]) -> Change:
    """Look at dismissed differences again."""
    return _decide(database, docket, register_difference, ids, Stand.OPEN, "")


def dismiss_lacks(database: Database, docket: Docket, ids: Sequence[int], reason: str) -> Change:
    """It is all right that one side lacks these. Raises IpdeskError without a reason."""
    return _decide(database, docket, register_gap, ids, Stand.DISMISSED, reason)


def reopen_lacks(database: Database, docket: Docket, ids: Sequence[int]) -> Change:
    """Look at them again."""
    return _decide(database, docket, register_gap, ids, Stand.OPEN, "")


def _decide(
    database: Database,
    docket: Docket,
    table: Any,
    ids: Sequence[int],
    stand: Stand,
    reason: str,
) -> Change:
    _some(ids)
    away = stand is Stand.DISMISSED
    if away and not reason.strip():
        raise IpdeskError(say("Say in one line why the register is not followed."))
    said = say("Dismissed {n} differences", n=len(ids)) if away else say("Reopened {n}", n=len(ids))
    with database.write(said) as writer:
        before = (Stand.OPEN,) if away else (Stand.DISMISSED,)
        found: list[Any] = []
        for part in chunks(ids):
            rows = select(table.c.id, table.c.matter_id).where(
                table.c.id.in_(part), table.c.state.in_(before)
            )
            found += writer.connection.execute(rows).all()
        decided = {**_by(writer, docket), "reason": reason.strip()} if away else dict(UNDECIDED)
        writer.update_many(table, [(r.id, {**decided, "state": str(stand)}) for r in found])
        matters = tuple(sorted({r.matter_id for r in found if r.matter_id}))[:1000]
        return Change.of(*_TOPICS, matters=matters, action=writer.action)


def _by(writer: Writer, docket: Docket) -> dict[str, Any]:
    return {"decided_by": writer.by, "decided_on": docket.today}


def _some(ids: Sequence[int]) -> None:
    if not ids:
        raise IpdeskError(say("Select a difference first."))


def _decidable(connection: Connection, ids: Sequence[int]) -> list[Any]:
    d = register_difference.c
    found: list[Any] = []
    for part in chunks(ids):
        rows = select(d.id, d.matter_id, d.field, d.theirs).where(
            d.id.in_(part), d.state.in_((Stand.OPEN, Stand.DISMISSED))
        )
        found += connection.execute(rows.order_by(d.matter_id, d.id)).all()
    return found
