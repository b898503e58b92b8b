"""The list in sight as a workbook or as CSV: the rows of the question, the columns as shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.core.intake.sheets import workbook
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.tables.columns import Column, Mark, Source
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from ipdesk.store.database import Database

_AT_ONCE = 1000


def export_list(
    desk: Desk,
    parent: QWidget,
    name: str,
    source: Source,
    query: ListQuery,
    columns: Sequence[Column],
) -> None:
    """Ask for a place, then write in the background."""
    kinds = "Excel (*.xlsx);;CSV (*.csv)"
    suggested = f"{name}-{desk.today().isoformat()}.xlsx"
    chosen, _kind = QFileDialog.getSaveFileName(parent, tr("Export the list"), suggested, kinds)
    if chosen:
        write_list(desk, Path(chosen), name, source, query, columns)


def write_list(
    desk: Desk, path: Path, name: str, source: Source, query: ListQuery, columns: Sequence[Column]
) -> None:
    """Write every row of the question to a file; its name decides the format."""

    def work(task: Task) -> int:
        rows = list(_rows(desk.worker.database(), source, query, columns, task))
        titles = [str(column.title) for column in columns]
        if path.suffix.lower() == ".csv":
            path.write_text(_as_csv(titles, rows), "utf-8-sig")
        else:
            path.write_bytes(workbook(name, titles, rows))
        return len(rows)

    desk.worker.job(work, partial(_said, desk, path.name), partial(_failed, desk, path.name))


def _rows(
    database: Database, source: Source, query: ListQuery, columns: Sequence[Column], task: Task
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    with database.read() as connection:
        ids = source.ids(connection, query)
        for start in range(0, len(ids), _AT_ONCE):
            task.report(start, len(ids), tr("Reading the list…"))
            for row in source.rows(connection, ids[start : start + _AT_ONCE]):
                found.append({str(c.title): _plain(c.cell(row)) for c in columns})
    return found


def _plain(cell: Any) -> Any:
    """A mark becomes its words; a day in a mark stays a day."""
    if not isinstance(cell, Mark):
        return cell
    try:
        return date.fromisoformat(cell.text)
    except ValueError:
        return cell.text


def _as_csv(titles: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    for row in rows:
        writer.writerow(["" if row[t] is None else row[t] for t in titles])
    return out.getvalue()


def _said(desk: Desk, name: str, n: int) -> None:
    text = ntr("{n} line written to {file}.", "{n} lines written to {file}.", n, file=name)
    desk.say(text, Kind.DONE)


def _failed(desk: Desk, name: str, error: Exception) -> None:
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        desk.say(
            tr(
                "{file} could not be written: {reason}. Choose another place.",
                file=name,
                reason=reason,
            ),
            Kind.PROBLEM,
        )
    else:
        tell(desk, error)
