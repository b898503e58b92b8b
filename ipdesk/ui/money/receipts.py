"""A returned payment list: which line confirms which payment, seen before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message, ntr, say, tr
from ipdesk.base.money import written
from ipdesk.charts.palette import Tone
from ipdesk.core.fees.edits import take_receipts
from ipdesk.core.fees.paid import payment_ids, payment_rows
from ipdesk.core.fees.receipt_columns import ReceiptList, read_receipts
from ipdesk.core.fees.receipts import Matched, match
from ipdesk.core.intake.reader import tables_of
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.page import tell
from ipdesk.ui.tables.columns import Align, Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label
from ipdesk.ui.work import Task

_OPEN = ("planned", "paid")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file says, beside what is on record."""

    matched: tuple[Matched, ...]
    problems: tuple[tuple[int, Message], ...] = ()

    @property
    def fitting(self) -> list[Matched]:
        return [m for m in self.matched if m.payment is not None]


def preview_of(path: Path, database: Database) -> Preview:
    """Reads a file and pairs its lines with open payments. Raises Refused for another file."""
    found: list[ReceiptList] = []
    for rows in tables_of(path):
        read = read_receipts(rows)
        if read is not None:
            found.append(read)
    if not found:
        raise Refused(
            say(
                "{file} is no list of receipts: looked for was a header with a reference or an "
                "application number beside a fee, a year, an amount, a day or a receipt number.",
                file=path.name,
            )
        )
    with database.read() as connection:
        ids = payment_ids(connection, ListQuery(facets=(("state", _OPEN),), sort="due"))
        payments = payment_rows(connection, ids)
    receipts = [receipt for one in found for receipt in one.receipts]
    problems = tuple(problem for one in found for problem in one.problems)
    return Preview(match(receipts, payments), problems)


class ReceiptDialog(QDialog):
    """The preview as a table; what fits is confirmed with one button."""

    def __init__(self, desk: Desk, parent: QWidget, path: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Read receipts"))
        self.resize(theme.px(900), theme.px(520))
        self._desk, self._path = desk, path
        self._preview: Preview | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(tr("Receipts in {file}", file=path.name), "title"))
        self._said = label(tr("Reading…"), "muted", wrap=True)
        column.addWidget(self._said)
        self.table = SmallTable(_COLUMNS, tr("Receipts"), stretch="problem")
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        self.doing = button(tr("Confirm the payments"), self.take, role="main")
        self.doing.setEnabled(False)
        row.addWidget(self.doing)
        column.addLayout(row)

    def read(self) -> None:
        """Read the file in the background and open."""
        worker, path = self._desk.worker, self._path

        def work(_task: Task) -> Preview:
            return preview_of(path, worker.database())

        worker.job(work, self.show_preview, self._fail)
        self.open()

    def show_preview(self, preview: Preview) -> None:
        """Show what was read; nothing is written yet."""
        self._preview = preview
        self.table.put(preview.matched)
        n = len(preview.fitting)
        words = ntr("{n} payment can be confirmed.", "{n} payments can be confirmed.", n)
        left = len(preview.matched) - n + len(preview.problems)
        if left:
            words += " " + ntr("{n} line is left alone.", "{n} lines are left alone.", left)
        words += "".join(f"\n{text}" for _, text in preview.problems[:5])
        self._said.setText(words)
        self.doing.setText(ntr("Confirm {n} payment", "Confirm {n} payments", n))
        self.doing.setEnabled(n > 0)

    def take(self) -> None:
        """Confirm what fits."""
        if self._preview is None:
            return
        fitting, today = self._preview.fitting, self._desk.today()
        n = len(fitting)
        run_edit(
            self._desk,
            lambda d, law: take_receipts(d, law, fitting, today),
            ntr("{n} payment confirmed.", "{n} payments confirmed.", n),
        )
        self.accept()

    def _fail(self, error: Exception) -> None:
        self.reject()
        tell(self._desk, error)


def _verdict(one: Matched) -> Mark:
    if one.payment is None:
        return Mark(Tone.OVERDUE, tr("no payment"))
    if one.problem is not None:
        return Mark(Tone.SOON, tr("look at it"))
    return Mark(Tone.DONE, tr("fits"))


def _payment(one: Matched) -> str:
    return one.payment.reference if one.payment is not None else ""


_COLUMNS = (
    Column("line", say("Line"), lambda m: m.receipt.line, 48, Align.RIGHT),
    Column("said", say("In the file"),
           lambda m: m.receipt.reference or m.receipt.application_number, 150),
    Column("year", say("Year"), lambda m: m.receipt.number, 48, Align.RIGHT),
    Column("amount", say("Amount"),
           lambda m: written(m.receipt.amount) if m.receipt.amount is not None else "", 84,
           Align.RIGHT),
    Column("paid", say("Paid on"), lambda m: m.receipt.paid_on, 92),
    Column("receipt", say("Receipt number"), lambda m: m.receipt.receipt, 110),
    Column("payment", say("Payment of"), _payment, 104, strong=True),
    Column("verdict", say("Verdict"), _verdict, 110),
    Column("problem", say("Remark"), lambda m: str(m.problem) if m.problem else "", 200,
           tip=lambda m: str(m.problem or "")),
)  # fmt: skip
