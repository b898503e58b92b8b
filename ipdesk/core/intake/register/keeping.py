"""Remembering what a comparison found, by source of the file; matters stay as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.i18n import say
from ipdesk.core.intake.plan import Holding, same_value
from ipdesk.core.intake.register.comparing import agrees
from ipdesk.core.intake.register.looking import Comparison, Report, summary_words
from ipdesk.core.intake.register.model import UNDECIDED, Lack, Side, Stand, Told, restored, stored
from ipdesk.store.database import Database
from ipdesk.store.paging import chunks
from ipdesk.store.schema.comparison import register_difference, register_file, register_gap
from ipdesk.store.writer import Writer

_AT_ONCE = 500  # rows between two reports


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a comparison changed among the differences; all zero for the same file again."""

    change: Change
    new: int  # differences that were not known
    changed: int  # the register tells another value than last time
    settled: int  # both sides agree by now


def keep(
    database: Database, found: Comparison, path: str = "", report: Report | None = None
) -> Kept:
    """Remember what the file tells otherwise; a later file of the same source replaces it.

    A dismissed difference stays silent while the register tells the same value. *report* hears
    (done, total, words) and may raise Cancelled: then nothing is kept.
    """
    with database.write(summary_words(found)) as writer:
        steps = _Steps(writer, len(found.told) + len(found.lacks), report)
        register = _register(writer, found, path)
        counts = _keep_differences(steps, found, register)
        _keep_gaps(steps, found, register)
        matters = tuple(sorted({t.matter_id for t in found.told}))[:1000]
        return Kept(
            Change.of(Topic.MATTERS, Topic.IMPORTS, matters=matters, action=writer.action), *counts
        )


@dataclass(slots=True)
class _Steps:
    """Writes by portions and says after each how far it is."""

    writer: Writer
    total: int
    report: Report | None
    done: int = 0

    def tell(self, more: int) -> None:
        self.done += more
        if self.report:
            total = max(self.total, self.done, 1)
            self.report(self.done, total, say("Keeping what differs…"))

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        for part in chunks(rows, _AT_ONCE):
            self.writer.insert_many(table, part)
            self.tell(len(part))

    def update(self, table: Table, changes: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        for part in chunks(changes, _AT_ONCE):
            self.writer.update_many(table, part)
            self.tell(len(part))


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
def _keep_differences(steps: _Steps, found: Comparison, register: int) -> tuple[int, int, int]:
    writer = steps.writer
    steps.tell(0)
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
    steps.insert(register_difference, [_row(t, found, register, writer) for t in new])
    steps.update(register_difference, changes)
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
        **UNDECIDED,
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
def _keep_gaps(steps: _Steps, found: Comparison, register: int) -> None:
    g = register_gap.c
    known = {
        (r.kind, r.key): r
        for r in steps.writer.connection.execute(
            select(g.id, g.kind, g.key, g.state).where(g.source == found.source)
        )
    }
    lacks = {(lack.side, lack.key): lack for lack in found.lacks}
    rows = [_gap(lack, found, register) for k, lack in lacks.items() if k not in known]
    steps.insert(register_gap, rows)
    changes: list[tuple[int, Mapping[str, Any]]] = []
    for key, row in known.items():
        if key in lacks and row.state == Stand.SETTLED:
            changes.append((row.id, {"state": str(Stand.OPEN), "register_id": register}))
        elif key not in lacks and row.state != Stand.SETTLED:
            changes.append((row.id, {"state": str(Stand.SETTLED)}))
    steps.update(register_gap, changes)


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
