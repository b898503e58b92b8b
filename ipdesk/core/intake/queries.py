"""Reading what came in: batches, their original rows, saved mappings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.intake.model import RawFile
from ipdesk.core.intake.remembered import Remembered, SavedMapping, hashes_of, saved_from
from ipdesk.store.paging import chunks
from ipdesk.store.schema.history import action
from ipdesk.store.schema.intake import import_batch, import_row, saved_mapping


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import: the file, its hash, what came of it, and whether it was taken back."""

    id: int
    file: str
    sha256: str
    format: str
    kind: str
    at: datetime
    action_id: int | None
    summary: dict[str, Any]
    undone: bool


def batches(connection: Connection, limit: int = 100) -> list[BatchRow]:
    """The latest imports, newest first; taken back ones stay in the list."""
    b = import_batch.c
    statement = (
        select(
            b.id,
            b.file,
            b.sha256,
            b.format,
            b.kind,
            b.at,
            b.action_id,
            b.summary,
            action.c.undone_by,
        )
        .outerjoin(action, action.c.id == b.action_id)
        .order_by(b.id.desc())
        .limit(limit)
    )
    return [
        BatchRow(
            r.id,
            r.file,
            r.sha256,
            r.format,
            r.kind,
            r.at,
            r.action_id,
            dict(r.summary),
            r.undone_by is not None,
        )
        for r in connection.execute(statement)
    ]


def batch_action(connection: Connection, batch: int) -> int:
    """The action that an import was. Raises IpdeskError for an unknown batch."""
    found = connection.execute(
        select(import_batch.c.action_id).where(import_batch.c.id == batch)
    ).scalar()
    if found is None:
        raise IpdeskError(say("There is no import {n}, or it was taken back already.", n=batch))
    return int(found)


def original_rows(connection: Connection, matter_id: int) -> list[tuple[str, int, list[Any]]]:
    """The rows of lists that a matter came from: sheet, line and the cells as they stood."""
    r = import_row.c
    statement = select(r.sheet, r.line, r.cells).where(r.matter_id == matter_id).order_by(r.id)
    return [(row.sheet, row.line, list(row.cells)) for row in connection.execute(statement)]


def same_file(connection: Connection, sha256: str) -> BatchRow | None:
    """The last import of a file with exactly these bytes, unless it was taken back."""
    return next((b for b in batches(connection, 1000) if b.sha256 == sha256 and not b.undone), None)


def remembered(connection: Connection, raw: RawFile) -> dict[str, Remembered]:
    """Sheet → the meanings of its columns as they were set in an earlier list."""
    places = hashes_of(raw)
    found: dict[str, Remembered] = {}
    for saved in _saved(connection, list(places)):
        sheet, row = places[saved.headers]
        found.setdefault(sheet, Remembered(saved, row))
    return found


def saved_mappings(connection: Connection) -> list[SavedMapping]:
    """All that is remembered, the latest first."""
    return sorted(_saved(connection, None), key=lambda s: str(s.on or ""), reverse=True)


def _saved(connection: Connection, headers: list[str] | None) -> list[SavedMapping]:
    s = saved_mapping.c
    statement = select(s.headers, s.source, s.mapping).order_by(s.id)
    parts = (
        [statement]
        if headers is None
        else [statement.where(s.headers.in_(part)) for part in chunks(headers)]
    )
    return [
        saved_from(row.headers, row.source, row.mapping)
        for part in parts
        for row in connection.execute(part)
    ]
