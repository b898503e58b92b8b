"""Money written to files: payment lists as agents want them, forecasts as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathvalidate import sanitize_filename
from PySide6.QtWidgets import QFileDialog, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.core.fees.cases import applicants_named
from ipdesk.core.fees.paid import payment_ids, payment_rows
from ipdesk.core.fees.records import ListRow
from ipdesk.core.fees.sheets import payment_sheet
from ipdesk.core.intake.sheets import workbook
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell

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


def ask_place(parent: QWidget, title: str, name: str) -> Path | None:
    """A file name that the user chooses; None when nothing was chosen."""
    suggested = str(sanitize_filename(f"{name}.xlsx"))
    found, _kind = QFileDialog.getSaveFileName(parent, title, suggested, "Excel (*.xlsx)")
    if not found:
        return None
    path = Path(found)
    return path if path.suffix else path.with_suffix(".xlsx")


def write_table(desk: Desk, path: Path, name: str, question: Callable[[Connection], Table]) -> None:
    """Read a table and write it as a workbook, in the background."""

    def work(_task: Any) -> int:
        with desk.worker.database().read() as connection:
            columns, rows = question(connection)
        path.write_bytes(workbook(name, columns, rows))
        return len(rows)

    desk.worker.job(work, partial(_said, desk, path.name), partial(_failed, desk, path.name))


def _said(desk: Desk, name: str, n: int) -> None:
    text = ntr("{n} line written to {file}.", "{n} lines written to {file}.", n, file=name)
    desk.say(text, Kind.DONE)


def _failed(desk: Desk, name: str, error: Exception) -> None:
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        text = tr(
            "{file} could not be written: {reason}. Choose another place.", file=name, reason=reason
        )
        desk.say(text, Kind.PROBLEM)
    else:
        tell(desk, error)
