"""The list in sight as a workbook, as CSV or on paper: the rows of the question, its columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import language, tr
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.tables.columns import Align, Cell, Column, Source
from ipdesk.ui.tables.sheet import Head, Sheet, ask_place, write_sheet
from ipdesk.ui.widgets.progress import ProgressStrip
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT_ONCE = 1000


def export_list(
    desk: Desk,
    parent: QWidget,
    name: str,
    source: Source,
    query: ListQuery,
    columns: Sequence[Column],
    strip: ProgressStrip | None = None,
) -> None:
    """Ask for a place, then write in the background."""
    path = ask_place(parent, tr("Export the list"), f"{name}-{desk.today().isoformat()}")
    if path is not None:
        write_list(desk, path, name, source, query, columns, strip)


def export_rows(
    desk: Desk, parent: QWidget, name: str, columns: Sequence[Column], rows: Sequence[object]
) -> None:
    """Rows that are already read; ask for a place, then write in the background."""
    path = ask_place(parent, tr("Export the list"), f"{name}-{desk.today().isoformat()}")
    if path is not None:
        cells = [[column.cell(row) for column in columns] for row in rows]
        made = Sheet(name, _heads(columns), cells)
        write_sheet(desk, path, lambda _connection, _task: made)


def write_list(
    desk: Desk,
    path: Path,
    name: str,
    source: Source,
    query: ListQuery,
    columns: Sequence[Column],
    strip: ProgressStrip | None = None,
) -> None:
    """Write every row of the question to a file; its name decides the format."""
    write_sheet(desk, path, partial(_sheet, name, source, query, columns), strip)


def _sheet(
    name: str,
    source: Source,
    query: ListQuery,
    columns: Sequence[Column],
    connection: Connection,
    task: Task,
) -> Sheet:
    found: list[list[Cell]] = []
    ids = source.ids(connection, query)
    for start in range(0, len(ids), _AT_ONCE):
        task.report(start, len(ids), tr("Reading the list…"))
        for row in source.rows(connection, ids[start : start + _AT_ONCE]):
            found.append([column.cell(row) for column in columns])
    return Sheet(
        name, _heads(columns), found, _chosen(source, query, connection), _order(source, query)
    )


def _heads(columns: Sequence[Column]) -> tuple[Head, ...]:
    return tuple(Head(str(c.title), c.align is Align.RIGHT, c.strong) for c in columns)


def _chosen(source: Source, query: ListQuery, connection: Connection) -> tuple[str, ...]:
    """Search and filters in words; what the page filters without a chip is only counted as one."""
    words = []
    if query.search.strip():
        words.append(tr("Search: {text}", text=query.search.strip()))
    facets = {facet.id: facet for facet in source.facets(connection, query)}
    others = False
    comma = "、" if language().startswith("zh") else ", "
    for name, values in query.facets:
        if values and name in facets:
            labels = {option.value: option.label for option in facets[name].options}
            named = comma.join(labels.get(value, value) for value in values)
            words.append(tr("{label}: {values}", label=str(facets[name].title), values=named))
        others = others or bool(values and name not in facets)
    if others:
        words.append(tr("the part of the list that the page showed"))
    return tuple(words)


def _order(source: Source, query: ListQuery) -> str:
    """By which column the rows are sorted."""
    column = next((c for c in source.columns() if c.key == query.sort), None)
    if column is None:
        return ""
    title = str(column.title)
    return tr("{column}, downwards", column=title) if query.descending else title
