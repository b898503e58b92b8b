"""Money written to files: payment lists as agents want them, forecasts as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.fees.cases import applicants_named
from ipdesk.core.fees.paid import payment_ids, payment_rows
from ipdesk.core.fees.records import ListRow
from ipdesk.core.fees.sheets import payment_sheet
from ipdesk.core.intake.sheets import as_text
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.tables.columns import Cell
from ipdesk.ui.tables.sheet import Head, Sheet, ask_place, write_sheet
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from sqlalchemy import Connection

Table = tuple[Sequence[str], Sequence[Mapping[str, Any]]]


def save_payment_sheet(desk: Desk, parent: QWidget, chosen: ListRow) -> None:
    """Ask for a place and write the list there."""
    path = ask_place(parent, tr("Save the payment list"), chosen.name)
    if path is not None:
        write_payment_sheet(desk, path, chosen)


def write_payment_sheet(desk: Desk, path: Path, chosen: ListRow) -> None:
    """One line a payment, columns in the language of the window."""
    write_table(desk, path, chosen.name, partial(_payments, chosen.id))


def _payments(list_id: int, connection: Connection) -> Table:
    query = ListQuery(facets=(("list", (str(list_id),)),), sort="due")
    rows = payment_rows(connection, payment_ids(connection, query))
    wanted = [row for row in rows if row.state != "cancelled"]
    return payment_sheet(wanted, applicants_named(connection, [row.matter_id for row in wanted]))


def write_table(desk: Desk, path: Path, name: str, question: Callable[[Connection], Table]) -> None:
    """Read a table and write it as the file's name says, in the background."""

    def ask(connection: Connection, _task: Task) -> Sheet:
        columns, rows = question(connection)
        cells = [[_cell(row.get(column)) for column in columns] for row in rows]
        right = [
            any(isinstance(row[i], (int, float)) for row in cells) for i in range(len(columns))
        ]
        return Sheet(name, tuple(map(Head, columns, right)), cells)

    write_sheet(desk, path, ask)


def _cell(value: Any) -> Cell:
    """Lists are joined, everything else stays what it is."""
    if value is None or isinstance(value, (int, float, date)):
        return value
    return as_text(value)
