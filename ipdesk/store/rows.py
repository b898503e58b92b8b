"""Rows as the driver takes them, in the engine's own statements: half the cost of its binding."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    Dialect,
    Executable,
    Table,
    bindparam,
    insert,
    make_url,
    update,
)

_AT_ONCE = 2000  # rows in one call of the driver
_ENCODE = json.JSONEncoder().encode
RECORDED = {"recorded": True}
"""The option by which a statement tells that its change stands in the history."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Many rows at once by the engine's own statement: half the cost of one that binds by name.

    Every row must name the columns of the first. Values go through the types of their columns.
    """
    names = list(rows[0])
    columns = list(zip(*map(picker(names), rows), strict=True))
    insert_columns(connection, table, names, columns)


def insert_columns(
    connection: Connection, table: Table, names: Sequence[str], columns: Sequence[Sequence[Any]]
) -> None:
    """As ``insert_rows`` with the values of each column together."""
    bound = [
        _bound(table.c[n], values, connection.dialect)
        for n, values in zip(names, columns, strict=True)
    ]
    insert_bound(connection, table, names, list(zip(*bound, strict=True)))


def insert_bound(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Rows whose values are those of the driver already, such as a ``binder`` makes."""
    _execute(connection, insert(table).values({n: bindparam(n) for n in names}), names, rows)


def update_rows(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """New values of these columns, the id of its row behind them in each tuple."""
    *columns, ids = zip(*rows, strict=True)
    bound = [
        _bound(table.c[n], values, connection.dialect)
        for n, values in zip(names, columns, strict=True)
    ]
    rows = list(zip(*bound, ids, strict=True))
    statement = update(table).where(table.c.id == bindparam("_id"))
    statement = statement.values({n: bindparam(n) for n in names})
    _execute(connection, statement, [*names, "_id"], rows)


def fetched(connection: Connection, statement: Executable) -> list[tuple[Any, ...]]:
    """All rows of a question as the driver gives them: no types are applied."""
    result = connection.execute(statement)
    assert result.cursor is not None  # a question is open until its rows are fetched
    rows = list(result.cursor.fetchall())
    result.close()
    return rows


def dialect_of(name: str) -> Dialect:
    """The dialect of an engine by its name, without a connection."""
    return make_url(f"{name}://").get_dialect()()


def binder(
    dialect: Dialect, table: Table, names: Sequence[str]
) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What makes the values of these columns ready for the driver, a row at a time."""
    binds = [_bind_of(table.c[name], dialect) for name in names]
    special = [(place, bind) for place, bind in enumerate(binds) if bind is not None]

    def bound(row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, bind in special:
            values[place] = bind(values[place])
        return tuple(values)

    return bound


def _execute(
    connection: Connection, statement: Any, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    compiled = statement.compile(dialect=connection.dialect)
    text, order = str(compiled), compiled.positiontup if compiled.positional else None
    pick = None
    if order is not None and list(order) != list(names):
        pick = itemgetter(*[names.index(name) for name in order])
    for start in range(0, len(rows), _AT_ONCE):
        values: Any = rows[start : start + _AT_ONCE]
        if order is None:
            values = [dict(zip(names, row, strict=True)) for row in values]
        elif pick is not None:
            values = [pick(row) for row in values]
        connection.exec_driver_sql(text, list(values), execution_options=RECORDED)


def picker(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """What takes these values out of a row, in this order."""
    if len(names) == 1:
        only = names[0]
        return lambda row: (row[only],)
    return itemgetter(*names)


def _bound(column: Column[Any], values: Sequence[Any], dialect: Dialect) -> Sequence[Any]:
    """The values as the driver wants them."""
    bind = _bind_of(column, dialect)
    return values if bind is None else [bind(v) for v in values]


def _bind_of(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    kind = column.type
    if dialect.name == "sqlite":  # the binders of SQLAlchemy take ten times as long
        if isinstance(kind, Date) and not isinstance(kind, DateTime):
            return _iso
        if isinstance(kind, JSON):
            return _json
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _json(value: Any) -> str | None:
    if value is None:
        return None
    if not value and value in ({}, []):
        return "{}" if value == {} else "[]"
    return _ENCODE(value)
