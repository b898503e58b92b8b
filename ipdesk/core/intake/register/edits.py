"""Keeping a comparison, and deciding on what it found; nothing of a matter changes by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.intake.edits import put_fields
from ipdesk.core.intake.plan import Holding, same_value
from ipdesk.core.intake.register.comparing import agrees
from ipdesk.core.intake.register.looking import Comparison, summary_words
from ipdesk.core.intake.register.model import Lack, Side, Stand, Told, restored, stored
from ipdesk.core.portfolio.edits import write_search
from ipdesk.core.portfolio.model import PriorityClaim
from ipdesk.store.database import Database
from ipdesk.store.paging import chunks
from ipdesk.store.schema.comparison import register_difference, register_file, register_gap
from ipdesk.store.schema.portfolio import matter, priority
from ipdesk.store.writer import Writer

Report = Callable[[float, float, object], None]

_TOPICS = (Topic.MATTERS, Topic.IMPORTS)
_WRITTEN = (Topic.MATTERS, Topic.PEOPLE, Topic.EVENTS, Topic.DEADLINES, Topic.IMPORTS)
_UNDECIDED: Mapping[str, Any] = {"reason": "", "decided_by": "", "decided_on": None}


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a comparison changed among the differences; all zero for the same file again."""

    change: Change
    new: int  # differences that were not known
    changed: int  # the register tells another value than last time
    settled: int  # both sides agree by now


def keep(database: Database, found: Comparison, path: str = "") -> Kept:
    """Remember what the file tells otherwise; a later file of the same source replaces it.

    A dismissed difference stays silent while the register tells the same value.
    """
    with database.write(summary_words(found)) as writer:
        register = _register(writer, found, path)
        counts = _keep_differences(writer, found, register)
        _keep_gaps(writer, found, register)
        matters = tuple(sorted({t.matter_id for t in found.told}))[:1000]
        return Kept(Change.of(*_TOPICS, matters=matters, action=writer.action), *counts)


def _register(writer: Writer, found: Comparison, path: str) -> int:
    """The row of this very file, or a new one."""
    f = register_file.c
    latest = writer.connection.execute(
        select(f.id, f.sha256).where(f.source == found.source).order_by(f.id.desc()).limit(1)
    ).first()
    if latest is not None and latest.sha256 == found.sha256:
        writer.update(register_file, latest.id, {"path": path} if path else {})
        return int(latest.id)
    return writer.insert(
        register_file,
        {
            "file": found.file,
            "path": path,
            "sha256": found.sha256,
            "source": found.source,
            "at": datetime.now(UTC).replace(tzinfo=None),
            "action_id": writer.action,
            "scope": found.scope.to_json(),
            "summary": {
                "records": found.records,
                "matched": len(found.matched),
                "differences": len(found.told),
                "not_here": found.count(Side.NOT_HERE),
                "not_there": found.count(Side.NOT_THERE),
                "refused": found.refused,
            },
        },
    )


# -- differences ----------------------------------------------------------------------------------
def _keep_differences(writer: Writer, found: Comparison, register: int) -> tuple[int, int, int]:
    known = _known(writer.connection, found.source)
    told = {(t.matter_id, t.field): t for t in found.told}
    new = [t for k, t in told.items() if k not in known]
    changes: list[tuple[int, Mapping[str, Any]]] = []
    changed = settled = 0
    for key, row in known.items():
        one = told.get(key)
        if one is not None:
            values = _again(row, one, found, register, writer.action)
            changed += "theirs" in values
        else:
            values = _agreed(row, key, found, writer.action)
            settled += bool(values)
        if values:
            changes.append((row["id"], values))
    writer.insert_many(register_difference, [_row(t, found, register, writer) for t in new])
    writer.update_many(register_difference, changes)
    return len(new), changed, settled


def _known(connection: Connection, source: str) -> dict[tuple[int, str], Any]:
    statement = select(register_difference).where(register_difference.c.source == source)
    return {(r["matter_id"], r["field"]): r for r in connection.execute(statement).mappings()}


def _row(told: Told, found: Comparison, register: int, writer: Writer) -> dict[str, Any]:
    return {
        "register_id": register,
        "matter_id": told.matter_id,
        "source": found.source,
        "field": told.field,
        "ours": stored(told.ours),
        "theirs": stored(told.theirs),
        "state": str(Stand.OPEN),
        "compared": writer.action,
        "sheet": told.sheet,
        "line": told.line,
    }


def _again(
    row: Any, told: Told, found: Comparison, register: int, action: int
) -> Mapping[str, Any]:
    """What changes of a difference that is told again; nothing when the register says the same."""
    holding = found.matched[told.matter_id][1]
    same = _same(told.field, restored(told.field, row["theirs"]), told.theirs, holding)
    if same and row["state"] in (Stand.OPEN, Stand.DISMISSED):
        return {}
    values = {
        "register_id": register,
        "ours": stored(told.ours),
        "state": str(Stand.OPEN),
        "compared": action,
        "sheet": told.sheet,
        "line": told.line,
        **_UNDECIDED,
    }
    return values if same else {**values, "theirs": stored(told.theirs)}


def _same(field: str, before: Any, now: Any, holding: Holding) -> bool:
    return stored(before) == stored(now) or (
        field != "priority_date" and same_value(field, before, now, holding)
    )


def _agreed(row: Any, key: tuple[int, str], found: Comparison, action: int) -> Mapping[str, Any]:
    """A difference that the file does not tell any more: settled where it speaks of the field."""
    if row["state"] in (Stand.SETTLED, Stand.ACCEPTED) or key[0] not in found.matched:
        return {}
    proposal, holding = found.matched[key[0]]
    field = {"status": "reported_status", "title_en": "title", "title_zh": "title"}.get(
        key[1], key[1]
    )
    gone = field in proposal.fields or agrees(
        key[1], restored(key[1], row["theirs"]), holding, found.parties
    )
    return {"state": str(Stand.SETTLED), "compared": action} if gone else {}


# -- what one side lacks --------------------------------------------------------------------------
def _keep_gaps(writer: Writer, found: Comparison, register: int) -> None:
    g = register_gap.c
    known = {
        (r.kind, r.key): r
        for r in writer.connection.execute(
            select(g.id, g.kind, g.key, g.state).where(g.source == found.source)
        )
    }
    lacks = {(lack.side, lack.key): lack for lack in found.lacks}
    rows = [_gap(lack, found, register) for k, lack in lacks.items() if k not in known]
    writer.insert_many(register_gap, rows)
    changes: list[tuple[int, Mapping[str, Any]]] = []
    for key, row in known.items():
        if key in lacks and row.state == Stand.SETTLED:
            changes.append((row.id, {"state": str(Stand.OPEN), "register_id": register}))
        elif key not in lacks and row.state != Stand.SETTLED:
            changes.append((row.id, {"state": str(Stand.SETTLED)}))
    writer.update_many(register_gap, changes)


def _gap(lack: Lack, found: Comparison, register: int) -> dict[str, Any]:
    return {
        "register_id": register,
        "source": found.source,
        "kind": str(lack.side),
        "matter_id": lack.matter_id,
        "key": lack.key,
        "application_key": lack.application_key,
        "publication_key": lack.publication_key,
        "grant_key": lack.grant_key,
        "number": lack.number,
        "title": lack.title,
        "right": lack.right,
        "office": lack.office,
        "applicants": list(lack.applicants),
        "filing_date": lack.filing_date,
        "state": str(Stand.OPEN),
        "sheet": lack.sheet,
        "line": lack.line,
    }


# -- deciding -------------------------------------------------------------------------------------
def accept(
    database: Database, docket: Docket, ids: Sequence[int], progress: Report | None = None
) -> Change:
    """Take the register's values into the matters; deadlines follow, one undo takes it back."""
    _some(ids)
    with database.write(say("Took {n} values from the register", n=len(ids))) as writer:
        by_matter: dict[int, list[Any]] = {}
        for row in _decidable(writer.connection, ids):
            by_matter.setdefault(row.matter_id, []).append(row)
        for done, (matter_id, rows) in enumerate(by_matter.items()):
            if progress:
                progress(done, len(by_matter), say("Taking the register's values…"))
            _take(writer, docket, matter_id, {r.field: restored(r.field, r.theirs) for r in rows})
        matters = list(by_matter)
        refresh(writer, matters, docket)
        for matter_id, rows in by_matter.items():
            for row in rows:
                if row.field == "status":
                    _insist(writer, matter_id, row.theirs)
        refresh(writer, matters, docket)
        write_search(writer, matters)
        done_now = {**_by(writer, docket), "state": str(Stand.ACCEPTED), "compared": writer.action}
        changed = [r.id for rows in by_matter.values() for r in rows]
        writer.update_many(register_difference, [(i, done_now) for i in changed])
        return Change.of(*_WRITTEN, matters=tuple(matters[:1000]), action=writer.action)


def _take(writer: Writer, docket: Docket, matter_id: int, fields: dict[str, Any]) -> None:
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
    put_fields(writer, docket, matter_id, right, fields, claims, source="register")


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


def _insist(writer: Writer, matter_id: int, status: str) -> None:
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
        decided = {**_by(writer, docket), "reason": reason.strip()} if away else dict(_UNDECIDED)
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
