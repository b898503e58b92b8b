"""Reading the history, and taking actions back.

Undo is an action like any other: it is recorded, so it can be undone too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as standing
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, Table, and_, insert, or_, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.store.database import Database
from ipdesk.store.rows_then import Noted, rows_then
from ipdesk.store.schema import metadata
from ipdesk.store.schema.history import action, entry
from ipdesk.store.writer import SYSTEM, Writer, plain

_DERIVED = frozenset({"next_due", "status", "status_on", "expiry_date"})
"""Read off other rows of the same undo; whether they differ meanwhile tells nobody anything."""

_BY_PEOPLE = (action.c.undone_by.is_(None), action.c.undoes.is_(None), action.c.by != SYSTEM)
"""Actions of people that still hold."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One thing that somebody did."""

    id: int
    at: datetime
    by: str
    said: Message
    undone: bool
    undoes: int | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One change of one field (or a creation or removal), with the action it belongs to."""

    at: datetime
    by: str
    said: Message
    table: str
    row_id: int
    kind: str
    field: str | None
    old: Any
    new: Any
    of: Mapping[str, Any] = standing(default_factory=dict)  # the row after it, where it is known


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: the new action, and what it left alone because it was changed later."""

    action: int
    restored: int
    kept: tuple[Message, ...]
    matters: tuple[int, ...]


def actions(connection: Connection, limit: int = 100) -> list[ActionRow]:
    """The latest actions, newest first."""
    rows = connection.execute(select(action).order_by(action.c.id.desc()).limit(limit))
    return [_action(r) for r in rows]


def last_undoable(connection: Connection) -> ActionRow | None:
    """The newest action that is neither undone nor itself an undo."""
    row = connection.execute(
        select(action)
        .where(action.c.undone_by.is_(None), action.c.undoes.is_(None), action.c.by != SYSTEM)
        .order_by(action.c.id.desc())
        .limit(1)
    ).first()
    return _action(row) if row else None


def last_redoable(connection: Connection) -> ActionRow | None:
    """The newest undo, when nothing was done after it."""
    own = select(action).where(action.c.by != SYSTEM)
    row = connection.execute(own.order_by(action.c.id.desc()).limit(1)).first()
    return _action(row) if row and row.undoes is not None and row.undone_by is None else None


def of_matter(connection: Connection, matter_id: int, limit: int = 500) -> list[EntryRow]:
    """Everything that happened to a matter and to the rows that hang on it, newest first."""
    created = [_created_with("matter", matter_id)]
    for table in metadata.tables.values():
        if table.info.get("history") and "matter_id" in table.c:
            ids = connection.execute(select(table.c.id).where(table.c.matter_id == matter_id))
            created += [_created_with(table.name, i) for (i,) in ids.fetchmany(200)]
    statement = (
        select(entry, action.c.at, action.c.by, action.c.said)
        .join(action, action.c.id == entry.c.action_id)
        .where(or_(entry.c.matter_id == matter_id, *created))
        .order_by(entry.c.id.desc())
        .limit(limit)
    )
    rows = connection.execute(statement).all()
    noted = [Noted(r.table_name, r.row_id, r.row_last, r.kind, r.field, r.old) for r in rows]
    return [
        EntryRow(
            r.at,
            r.by,
            Message.from_json(r.said),
            r.table_name,
            row_id,
            r.kind,
            r.field,
            r.old,
            r.new,
            values,
        )
        for place, row_id, values in rows_then(connection, matter_id, noted)
        for r in (rows[place],)
    ]


def _created_with(table: str, row_id: int) -> Any:
    return and_(
        entry.c.table_name == table,
        entry.c.kind == "create",
        entry.c.row_id <= row_id,
        entry.c.row_last >= row_id,
    )


def worked_on_since(connection: Connection, action_id: int) -> list[int]:
    """Matters that the action made and that people changed afterwards, in actions not undone."""
    made = connection.execute(
        select(entry.c.row_id, entry.c.row_last).where(
            entry.c.action_id == action_id,
            entry.c.table_name == "matter",
            entry.c.kind == "create",
        )
    ).all()
    if not made:
        return []
    inside = or_(*(entry.c.matter_id.between(first, last) for first, last in made))
    later = (
        select(entry.c.matter_id)
        .distinct()
        .join(action, action.c.id == entry.c.action_id)
        .where(
            action.c.id > action_id,
            *_BY_PEOPLE,
            inside,
        )
    )
    return sorted(connection.execute(later).scalars())


def changed_since(connection: Connection, action_id: int, before: int) -> set[int]:
    """Matters that people changed in actions between these two that were not undone."""
    found = (
        select(entry.c.matter_id)
        .distinct()
        .join(action, action.c.id == entry.c.action_id)
        .where(
            action.c.id > action_id,
            action.c.id < before,
            *_BY_PEOPLE,
            entry.c.matter_id.is_not(None),
        )
    )
    return set(connection.execute(found).scalars())


def undo(
    database: Database,
    action_id: int,
    after: Callable[[Writer, tuple[int, ...]], None] | None = None,
) -> Undone:
    """Take one action back in one transaction.

    *after* hears the matters that were touched, inside the same transaction, to mend what is
    derived from them.

    Fields that somebody changed again afterwards keep their newer value and are told in
    ``kept``; rows that the action created go, with whatever was added to them later, unless
    rows of other actions cannot be without them: a party that a later import names stays.
    Raises IpdeskError when the action is unknown or already undone.
    """
    with database.write(say("Undo")) as writer:
        row = writer.connection.execute(select(action).where(action.c.id == action_id)).first()
        if row is None:
            raise IpdeskError(say("There is no action {n} to undo.", n=action_id))
        if row.undone_by is not None:
            raise IpdeskError(say("This was already undone."))
        said = Message.from_json(row.said)
        writer.tell(say("Undid: {what}", what=said))
        writer.mark_undo(action_id)
        undone = _take_back(writer, action_id)
        if after:
            after(writer, undone.matters)
        return undone


def _take_back(writer: Writer, action_id: int) -> Undone:
    """Walk the entries backwards: newest change first."""
    entries = writer.connection.execute(
        select(entry).where(entry.c.action_id == action_id).order_by(entry.c.id.desc())
    ).all()
    restored, needed, kept, matters = 0, 0, [], set()
    for e in entries:
        table = metadata.tables[e.table_name]
        if e.matter_id:
            matters.add(int(e.matter_id))
        if e.kind == "create":
            if e.table_name == "matter":
                matters.update(range(e.row_id, e.row_last + 1))
            gone, stay = _uncreate(writer, table, e.row_id, e.row_last)
            restored += gone
            needed += stay
        elif e.kind == "delete":
            if e.table_name == "matter":
                matters.add(e.row_id)
            _recreate(writer, table, e.old)
            restored += 1
        else:
            current = writer.connection.execute(
                select(table.c[e.field]).where(table.c.id == e.row_id)
            ).first()
            if current is None:
                continue
            if plain(current[0]) != e.new and e.field not in _DERIVED:
                kept.append(
                    say("{field} was changed again later and stays as it is.", field=e.field)
                )
                continue
            writer.update(table, e.row_id, {e.field: typed(table, e.field, e.old)})
            restored += 1
    if needed:
        kept.append(say("{n} names and records that later entries use stay.", n=needed))
    return Undone(writer.action, restored, tuple(kept), tuple(sorted(matters)))


def _uncreate(writer: Writer, table: Table, first: int, last: int) -> tuple[int, int]:
    """How many rows went, and how many stay because other rows cannot be without them."""
    found = writer.connection.execute(select(table.c.id).where(table.c.id.between(first, last)))
    needed = _needed(writer, table, first, last)
    ids = [i for (i,) in found if i not in needed]
    _let_go(writer, table, ids)
    return writer.delete(table, ids), len(needed)


_SHARED = frozenset({"family", "technology", "product"})
"""What several matters belong to: it stays while a later entry belongs to it."""


def _needed(writer: Writer, table: Table, first: int, last: int) -> set[int]:
    """Rows of the range that others point to which neither go with them nor should let go."""
    needed: set[int] = set()
    for other in metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table is not table or key.ondelete == "CASCADE":
                continue
            if key.parent.nullable and table.name not in _SHARED:
                continue
            where = [key.parent.between(first, last)]
            if other is table:
                where.append(~other.c.id.between(first, last))
            needed.update(writer.connection.execute(select(key.parent).where(*where)).scalars())
    return needed


def _let_go(writer: Writer, table: Table, ids: list[int]) -> None:
    """References to rows that go away and that may be empty are emptied first."""
    for other in metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table is not table or key.ondelete == "CASCADE":
                continue
            if not (key.parent.nullable and other.info.get("history")):
                continue
            for start in range(0, len(ids), 500):
                part = ids[start : start + 500]
                found = writer.connection.execute(
                    select(other.c.id).where(key.parent.in_(part))
                ).scalars()
                writer.update_many(other, [(i, {key.parent.name: None}) for i in found])


def _recreate(writer: Writer, table: Table, old: dict[str, Any]) -> None:
    values = {k: typed(table, k, v) for k, v in old.items() if k in table.c}
    writer.connection.execute(insert(table), [values], execution_options={"recorded": True})
    writer.note_created(table, int(values["id"]))


def typed(table: Table, field: str, value: Any) -> Any:
    """A value of the history as its column wants it."""
    kind = table.c[field].type
    if value is None or isinstance(kind, JSON):
        return value
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return value


def _action(row: Any) -> ActionRow:
    return ActionRow(
        row.id,
        row.at,
        row.by,
        Message.from_json(row.said),
        row.undone_by is not None,
        row.undoes,
    )
