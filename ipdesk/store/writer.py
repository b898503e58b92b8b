"""The only way to write: every change of every field becomes an entry of the history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Table,
    func,
    insert,
    select,
    update,
)
from sqlalchemy import delete as sql_delete

from ipdesk.base.i18n import Message
from ipdesk.store.paging import among
from ipdesk.store.rows import (
    RECORDED,
    insert_bound,
    insert_columns,
    insert_rows,
    picker,
    update_rows,
)
from ipdesk.store.schema.history import action, counter, entry

SYSTEM = "IPDesk"
"""Who did what no person did, such as the daily recomputation; Undo passes over it."""

_CHUNK = 500


class Writer:
    """Inserts, updates and deletes rows inside one transaction and one action.

    ``connection`` may be read from freely. Values are those of the columns; an update that
    changes nothing writes nothing.
    """

    def __init__(self, connection: Connection, said: Message, by: str) -> None:
        self.connection = connection
        self.by = by
        self._said = said
        self._ids: dict[str, int] = {}
        self._entries: list[dict[str, Any]] = []
        self._made: dict[str, list[range]] = {}  # rows of this action by table
        self._undoes: int | None = None
        self.action = self._reserve(action.name, 1)
        self.connection.execute(insert(action).values(self._action_row()))

    def _action_row(self) -> dict[str, Any]:
        now = datetime.now(UTC).replace(tzinfo=None)
        return {"id": self.action, "at": now, "by": self.by, "said": self._said.to_json()}

    def tell(self, said: Message) -> None:
        """Say better what the action did, once it is known."""
        self.connection.execute(
            update(action).where(action.c.id == self.action).values(said=said.to_json())
        )

    # -- rows ---------------------------------------------------------------------------------
    def insert(self, table: Table, values: Mapping[str, Any]) -> int:
        """A new row; its id."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> range:
        """New rows with ids in one block; one entry of the history for all of them.

        Every row must name the same columns (the first one's), a missing one is an error.
        """
        if not rows:
            return range(0)
        owners = {row.get("matter_id") for row in rows}
        names = [name for name in rows[0] if name != "id"]  # a copied row gets an id of its own
        columns = list(zip(*map(picker(names), rows), strict=True))
        return self.insert_columns(
            table, names, columns, owner=owners.pop() if len(owners) == 1 else None
        )

    def insert_columns(
        self,
        table: Table,
        names: Sequence[str],
        columns: Sequence[Sequence[Any]],
        *,
        owner: int | None = None,
        ids: range | None = None,
    ) -> range:
        """As ``insert_many`` with the values of each column together, the fastest way to write.

        *owner* is the matter that all rows hang on, where it is one. *ids* were reserved before.
        """
        if ids is None:
            ids = self.reserve(table, len(columns[0]))
        insert_columns(self.connection, table, [*names, "id"], [*columns, ids])
        return self._tell_made(table, ids, owner)

    def insert_bound(
        self,
        table: Table,
        names: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
        *,
        owner: int | None = None,
    ) -> range:
        """As ``insert_columns`` with rows that a ``binder`` has made ready."""
        ids = self.reserve(table, len(rows))
        numbered = [(i, *row) for i, row in zip(ids, rows, strict=True)]
        insert_bound(self.connection, table, ["id", *names], numbered)
        return self._tell_made(table, ids, owner)

    def _tell_made(self, table: Table, ids: range, owner: int | None) -> range:
        self._made.setdefault(table.name, []).append(ids)
        if table.info["history"]:
            self._note(table, ids[0], ids[-1], "create", owner=owner)
        return ids

    def reserve(self, table: Table, n: int) -> range:
        """Ids for *n* rows that are inserted later in this action."""
        first = self._reserve(table.name, n)
        return range(first, first + n)

    def update(self, table: Table, row_id: int, values: Mapping[str, Any]) -> bool:
        """Change fields of one row; True when anything was different."""
        return bool(self.update_many(table, [(row_id, values)]))

    def update_many(
        self,
        table: Table,
        changes: Sequence[tuple[int, Mapping[str, Any]]],
        *,
        known: Mapping[int, dict[str, Any]] | None = None,
    ) -> list[int]:
        """Change fields of many rows; the ids of those that were different before.

        *known* are the present values of these fields by id, where they were read before.
        """
        touched: list[int] = []
        for start in range(0, len(changes), _CHUNK):
            part = changes[start : start + _CHUNK]
            before: Mapping[int, dict[str, Any]] = known or self._rows(
                table, [i for i, _ in part], {c for _, v in part for c in v}
            )
            by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
            for row_id, values in part:
                old = before.get(row_id)
                if old is None:
                    raise LookupError(f"{table.name} has no row {row_id}")
                new = {k: v for k, v in values.items() if old[k] != v}
                if not new:
                    continue
                touched.append(row_id)
                columns = tuple(sorted(new))
                by_columns.setdefault(columns, []).append((*[new[c] for c in columns], row_id))
                if not self._is_made(table, row_id):
                    for field in columns:
                        self._note(table, row_id, row_id, "update", old, field, new[field])
                old.update(new)
            for columns, rows in by_columns.items():
                update_rows(self.connection, table, columns, rows)
        return touched

    def _is_made(self, table: Table, row_id: int) -> bool:
        """Whether this action made the row: its creation is told already, with all it became."""
        return any(row_id in ids for ids in self._made.get(table.name, ()))

    def delete(self, table: Table, ids: Iterable[int]) -> int:
        """Remove rows, and before them the rows of other tables that hang on them; how many."""
        wanted = list(ids)
        gone = 0
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            self._delete_dependants(table, part)
            rows = self._rows(table, part)
            for row_id, row in rows.items():
                self._note(table, row_id, row_id, "delete", row)
            self.connection.execute(
                sql_delete(table).where(table.c.id.in_(part)), execution_options=RECORDED
            )
            gone += len(rows)
        return gone

    def _delete_dependants(self, table: Table, ids: list[int]) -> None:
        """A cascade of the engine would leave no history, so it is walked here."""
        for other in table.metadata.tables.values():
            for key in other.foreign_keys:
                if key.column.table is not table or key.ondelete != "CASCADE":
                    continue
                where = key.parent.in_(ids)
                if other.info["history"]:
                    found = self.connection.execute(select(other.c.id).where(where)).scalars()
                    self.delete(other, list(found))
                else:
                    self.connection.execute(sql_delete(other).where(where))

    # -- history ------------------------------------------------------------------------------
    def _note(
        self,
        table: Table,
        first: int,
        last: int,
        kind: str,
        row: Mapping[str, Any] | None = None,
        field: str | None = None,
        new: Any = None,
        owner: int | None = None,
    ) -> None:
        if not table.info["history"]:
            return
        matter = owner
        if row is not None:
            matter = row["id"] if table.name == "matter" else row.get("matter_id")
        old = None
        if row is not None:
            old = plain(row[field]) if field else {k: plain(v) for k, v in row.items()}
        self._entries.append(
            {
                "action_id": self.action,
                "table_name": table.name,
                "row_id": first,
                "row_last": last,
                "matter_id": matter,
                "kind": kind,
                "field": field,
                "old": old,
                "new": plain(new),
            }
        )
        if len(self._entries) >= 5000:
            self._flush()

    # -- rebuilding from an archive ------------------------------------------------------------
    def step_aside(self) -> None:
        """Make room for archived actions: this one takes its number after them."""
        self._renumber(-1)

    def restore_rows(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Archived rows under their own ids; their history comes with the archive."""
        insert_rows(self.connection, table, rows)

    def continue_after(self, last: Mapping[str, int]) -> None:
        """Hand out ids after those of the archive, in every table, for this action too."""
        for name, highest in last.items():
            if self._reserve(name, 0) <= highest:
                self._ids[name] = highest + 1
        self._renumber(self._reserve(action.name, 1))

    def _renumber(self, new: int) -> None:
        mine = update(action).where(action.c.id == self.action)
        self.connection.execute(mine.values(id=new))
        self.action = new

    def note_created(self, table: Table, row_id: int) -> None:
        """A row that an undo put back under its old id."""
        self._note(table, row_id, row_id, "create")

    def mark_undo(self, undone: int) -> None:
        """This action takes *undone* back."""
        self._undoes = undone
        mine = update(action).where(action.c.id == self.action)
        self.connection.execute(mine.values(undoes=undone))
        theirs = update(action).where(action.c.id == undone)
        self.connection.execute(theirs.values(undone_by=self.action))

    def _flush(self) -> None:
        if not self._entries:
            return
        first = self._reserve(entry.name, len(self._entries))
        rows = [{**e, "id": first + k} for k, e in enumerate(self._entries)]
        insert_rows(self.connection, entry, rows)
        self._entries.clear()

    def finish(self) -> None:
        """Write what is left; called by ``Database.write`` before the commit.

        An action that changed nothing leaves no trace in the list of actions.
        """
        empty = not self._entries and entry.name not in self._ids and self.action > 0
        self._flush()
        if empty and self._undoes is None:
            self.connection.execute(sql_delete(action).where(action.c.id == self.action))
        for name, next_id in self._ids.items():
            self.connection.execute(
                update(counter).where(counter.c.table_name == name).values(next_id=next_id)
            )

    # -- ids ----------------------------------------------------------------------------------
    def _reserve(self, name: str, n: int) -> int:
        if name not in self._ids:
            found = self.connection.execute(
                select(counter.c.next_id).where(counter.c.table_name == name).with_for_update()
            ).scalar()
            if found is None:
                self.connection.execute(insert(counter).values(table_name=name, next_id=1))
                found = 1
            self._ids[name] = int(found)
        first = self._ids[name]
        self._ids[name] = first + n
        return first

    def _rows(
        self, table: Table, ids: Sequence[int], names: Collection[str] | None = None
    ) -> dict[int, dict[str, Any]]:
        """Rows by id: whole, or what an update of these columns needs to know of them."""
        columns = [
            c for c in table.c if names is None or c.name in names or c.name in ("id", "matter_id")
        ]
        statement = select(*columns).where(among(table.c.id, ids))
        found = self.connection.execute(statement).mappings()
        return {row["id"]: dict(row) for row in found}

    def count(self, table: Table) -> int:
        """How many rows the table holds now."""
        return int(self.connection.execute(select(func.count()).select_from(table)).scalar_one())


def plain(value: Any) -> Any:
    """A value as JSON holds it: days and times in ISO form."""
    return value.isoformat() if isinstance(value, date) else value
