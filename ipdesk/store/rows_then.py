"""What the rows of a matter were when each change of its history happened."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select

from ipdesk.store.paging import among, chunks
from ipdesk.store.schema import metadata
from ipdesk.store.writer import plain

Values = dict[str, Any]
_NAMES = ("name", "name_zh", "reference", "title")


class Noted(NamedTuple):
    """What an entry of the history says of rows."""

    table: str
    first: int
    last: int
    kind: str
    field: str | None
    old: Any


def rows_then(
    connection: Connection, matter_id: int, entries: Sequence[Noted]
) -> Iterator[tuple[int, int, Values]]:
    """Place among the entries, id of the row, and its values after that change.

    *entries* are newest first. A creation of many rows is told once for each that is the matter's;
    of rows that only link, the name of what they link to stands under ``name``.
    """
    known = _present(connection, matter_id, entries)
    found: list[tuple[int, int, Values]] = []
    for place, one in enumerate(entries):
        if one.kind == "delete" and isinstance(one.old, Mapping):
            known[one.table, one.first] = dict(one.old)
        if one.kind != "create" or one.table == "matter":
            values = known.get((one.table, one.first), {})
            found.append((place, one.first, dict(values)))
            if one.kind == "update" and one.field is not None:
                values[one.field] = one.old
            continue
        ids = [i for table, i in known if table == one.table and one.first <= i <= one.last]
        found += [(place, i, dict(known[one.table, i])) for i in sorted(ids)]
        if not ids:
            found.append((place, one.first, {}))
    _name_links(connection, [(entries[place].table, values) for place, _, values in found])
    yield from found


def _present(
    connection: Connection, matter_id: int, entries: Iterable[Noted]
) -> dict[tuple[str, int], Values]:
    """The rows that hang on the matter as they stand, of the tables that are told of."""
    found: dict[tuple[str, int], Values] = {}
    for name in {one.table for one in entries} - {"matter"}:
        table = metadata.tables.get(name)
        if table is None or "matter_id" not in table.c:
            continue
        statement = select(table).where(table.c.matter_id == matter_id)
        for row in connection.execute(statement).mappings():
            found[name, row["id"]] = {key: plain(value) for key, value in row.items()}
    return found


def _name_links(connection: Connection, rows: Sequence[tuple[str, Values]]) -> None:
    wanted: dict[Table, set[int]] = {}
    links: list[tuple[Values, Table, int]] = []
    for name, values in rows:
        for column, target in _targets(name):
            if values.get(column) is not None:
                links.append((values, target, values[column]))
                wanted.setdefault(target, set()).add(values[column])
    names: dict[tuple[Table, int], Values] = {}
    for target, ids in wanted.items():
        columns = [target.c[n] for n in _NAMES if n in target.c]
        for part in chunks(sorted(ids)):
            statement = select(target.c.id, *columns).where(among(target.c.id, part))
            for row in connection.execute(statement).mappings():
                names[target, row["id"]] = {k: v for k, v in row.items() if k != "id"}
    for values, target, row_id in links:
        for key, value in names.get((target, row_id), {}).items():
            values.setdefault(key, value)


def _targets(name: str) -> list[tuple[str, Table]]:
    """Columns that lead from a linking row to something with a name, the matter itself apart."""
    table = metadata.tables.get(name)
    if table is None:
        return []
    found = [(c.name, f.column.table) for c in table.c for f in c.foreign_keys]
    return [(c, t) for c, t in found if t.name != "matter" and {*_NAMES} & {*t.c.keys()}]
