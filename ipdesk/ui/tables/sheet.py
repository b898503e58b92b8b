"""A table ready to be written: as a workbook, as CSV or on paper, as the file's name says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pathvalidate import sanitize_filename
from PySide6.QtWidgets import QFileDialog, QWidget

from ipdesk.base.files import write_whole
from ipdesk.base.i18n import ntr, tr
from ipdesk.core.intake.sheets import as_csv, workbook
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.tables.columns import Cell, Mark, shown
from ipdesk.ui.widgets.progress import ProgressStrip
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SUFFIXES = (".xlsx", ".csv", ".pdf")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; figures stand at the right, names in bold."""

    title: str
    right: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name; *chosen* and *order* say in words which rows, and how sorted."""

    name: str
    heads: tuple[Head, ...]
    rows: Sequence[Sequence[Cell]]
    chosen: tuple[str, ...] = ()
    order: str = ""


Ask = Callable[["Connection", Task], Sheet]


def ask_place(parent: QWidget, title: str, name: str) -> Path | None:
    """Where a table shall be written, and by the file's suffix how; None when nothing was chosen.

    The kind chosen in the dialog decides where the name was left alone or has no known suffix.
    """
    kinds = "Excel (*.xlsx);;CSV (*.csv);;PDF (*.pdf)"
    suggested = str(sanitize_filename(f"{name}.xlsx"))
    chosen, kind = QFileDialog.getSaveFileName(parent, title, suggested, kinds)
    return _named(Path(chosen), kind, suggested) if chosen else None


def _named(path: Path, kind: str, suggested: str) -> Path:
    suffix = next((s for s in _SUFFIXES if s in kind), _SUFFIXES[0])
    if path.name == suggested:
        named = path.with_suffix(suffix)
    elif path.suffix.lower() not in _SUFFIXES:
        named = path.with_name(path.name + suffix)
    else:
        return path
    stem, n = named.stem, 1
    while named != path and named.exists():  # nobody was asked whether to replace this one
        n += 1
        named = named.with_name(f"{stem} {n}{suffix}")
    return named


def write_sheet(desk: Desk, path: Path, ask: Ask, strip: ProgressStrip | None = None) -> None:
    """Read and write in the background, whole or not at all; *strip* shows how far it is."""

    def work(task: Task) -> int:
        with desk.worker.database().read() as connection:
            sheet = ask(connection, task)
            content = _content(path, sheet, connection, desk.today(), task)
        task.check()
        write_whole(path, content)
        return len(sheet.rows)

    def then(n: int) -> None:
        _end(strip)
        text = ntr("{n} line written to {file}.", "{n} lines written to {file}.", n, file=path.name)
        desk.say(text, Kind.DONE)

    def failed(error: Exception) -> None:
        _end(strip)
        tell(desk, error)

    drawing = path.suffix.lower() == ".pdf"
    advance = strip.advance if strip is not None else None
    task = desk.worker.job(work, then, failed, advance, drawing=drawing)
    if strip is not None:
        strip.begin(task, tr("Reading the list…"))


def _end(strip: ProgressStrip | None) -> None:
    if strip is not None:
        strip.end()


def _content(path: Path, sheet: Sheet, connection: Connection, today: date, task: Task) -> bytes:
    if path.suffix.lower() == ".pdf":
        return _paper(sheet, connection, today, task)
    titles = [head.title for head in sheet.heads]
    rows = [dict(zip(titles, map(_plain, row), strict=True)) for row in sheet.rows]
    if path.suffix.lower() == ".csv":
        return as_csv(titles, rows).encode("utf-8")
    return workbook(sheet.name, titles, rows)


def _plain(cell: Cell) -> Cell:
    """A mark becomes its words; a day in a mark stays a day."""
    if not isinstance(cell, Mark):
        return cell
    try:
        return date.fromisoformat(cell.text)
    except ValueError:
        return cell.text


def _paper(sheet: Sheet, connection: Connection, today: date, task: Task) -> bytes:
    from ipdesk.reports import listing, selection
    from ipdesk.reports.paper import Heading
    from ipdesk.reports.table import Cell as Printed

    company, sample = selection.about(connection, {})
    heading = Heading(company, sheet.name, today, filters=sheet.chosen, sample=sample)
    rows = [
        [Printed(c.text, c.tone) if isinstance(c, Mark) else shown(c) for c in row]
        for row in sheet.rows
    ]
    columns = tuple(listing.ListColumn(h.title, h.right, h.strong) for h in sheet.heads)
    values = listing.ListValues(heading, columns, rows, sheet.order)
    told = partial(_told, task, max(2 * len(rows), 1), tr("Laying out the pages…"))
    return listing.build(values, told)


def _told(task: Task, total: int, words: str, done: int) -> None:
    task.report(min(done, total), total, words)
