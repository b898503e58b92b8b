"""The budget of a plan as a sheet: quarters across, rights, technologies, territories down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import pick, tr
from ipdesk.base.money import written
from ipdesk.core.layout.budget import quarter, quarter_start
from ipdesk.core.layout.edits import set_budget
from ipdesk.core.layout.model import Budget, PlanInfo
from ipdesk.core.layout.queries import budget_of, plan_rows
from ipdesk.core.layout.queries_tree import launches
from ipdesk.core.layout.words import PLAN_RIGHTS
from ipdesk.core.portfolio.offices import office_name, office_of
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.layout.form import say_done
from ipdesk.ui.layout.view import Bench
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST_QUARTERS = 12
_NOT_BOUGHT = ("same_day_pair", "trade_secret")  # a pair is counted by its two rights
Place = tuple[str, str, int | None]  # right, office, technology: what a line is for


@dataclass(frozen=True, slots=True)
class Told:
    """What stands, and the territories that the plan speaks of."""

    budget: tuple[Budget, ...]
    offices: tuple[str, ...]


def ask_budget(desk: Desk, parent: QWidget, bench: Bench, info: PlanInfo) -> None:
    """Read what stands and open the sheet."""

    def show(told: Told) -> None:
        BudgetForm(desk, parent, bench, info, told).open()

    desk.worker.read(lambda connection: _told(info.id, connection), show, lambda p: tell(desk, p))


def _told(plan: int, connection: Connection) -> Told:
    offices = [t.office for r in plan_rows(connection, [plan]) for t in r.fields.territories]
    offices += [one.office for one in launches(connection)]
    budget = budget_of(connection, plan)
    offices += [one.office for one in budget if one.office]
    return Told(tuple(budget), tuple(dict.fromkeys(offices)))


def quarters_of(info: PlanInfo, budget: Sequence[Budget], today: date) -> list[date]:
    """The quarters of the plan's period, and whatever a budget stands for; twelve at the most."""
    start = quarter_start(info.starts_on or today)
    end = info.ends_on or add_months(start, 11)
    found: list[date] = []
    at = start
    while at <= end and len(found) < _MOST_QUARTERS:
        found.append(at)
        at = add_months(at, 3)
    return sorted({*found, *(one.quarter for one in budget)})


class Sheet(QTableWidget):
    """Amounts to type; what is copied from a spreadsheet can be pasted over several cells."""

    def __init__(self, heads: Sequence[date], rows: Sequence[tuple[Place, str]], name: str) -> None:
        super().__init__(0, len(heads) + 1)
        self.setAccessibleName(name)
        self.heads = list(heads)
        self.places: list[Place] = []
        self.setHorizontalHeaderLabels([*(quarter(day) for day in heads), tr("Sum")])
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultSectionSize(theme.look().row)
        self.verticalHeader().setMinimumWidth(theme.px(200))
        self.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.setTabKeyNavigation(False)
        for place, words in rows:
            self.add_line(place, words)
        self.itemChanged.connect(self._add_up)

    def add_line(self, place: Place, words: str) -> None:
        """One more line at the end, empty."""
        row = self.rowCount()
        self.insertRow(row)
        self.places.append(place)
        self.setVerticalHeaderItem(row, QTableWidgetItem(words))
        for column in range(self.columnCount()):
            item = QTableWidgetItem("")
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if column == len(self.heads):
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.setItem(row, column, item)

    def words(self, row: int, column: int) -> str:
        """What stands in a cell."""
        item = self.item(row, column)
        return item.text().strip() if item else ""

    def put(self, row: int, column: int, words: str) -> None:
        """Write into a cell."""
        item = self.item(row, column)
        if item is not None and column < len(self.heads):
            item.setText(words)

    def amounts(self) -> dict[tuple[Place, date], Decimal]:
        """What was typed. Raises ValueError that names the cell."""
        found = {}
        for row, place in enumerate(self.places):
            for column, day in enumerate(self.heads):
                words = self.words(row, column)
                if words:
                    found[place, day] = read_amount(words, self._where(row, column))
        return found

    def _where(self, row: int, column: int) -> str:
        head = self.verticalHeaderItem(row)
        return f"{head.text().strip() if head else ''} {quarter(self.heads[column])}"

    def _add_up(self, item: QTableWidgetItem) -> None:
        if item.column() >= len(self.heads):
            return
        total, wrong = Decimal(0), False
        for column in range(len(self.heads)):
            words = self.words(item.row(), column)
            try:
                total += read_amount(words, "") if words else Decimal(0)
            except ValueError:
                wrong = True
        last = self.item(item.row(), len(self.heads))
        if last is not None:
            last.setText("?" if wrong else (written(total) if total else ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for item in self.selectedItems():
                self.put(item.row(), item.column(), "")
        else:
            super().keyPressEvent(event)

    def paste(self, words: str) -> None:
        """Cells of a spreadsheet, from the cell in focus on."""
        for down, line in enumerate(words.rstrip("\n").splitlines()):
            for across, cell in enumerate(line.split("\t")):
                row, column = self.currentRow() + down, self.currentColumn() + across
                if 0 <= row < self.rowCount() and 0 <= column < len(self.heads):
                    self.put(row, column, cell.strip())


def read_amount(words: str, where: str) -> Decimal:
    """An amount from 0 on, with or without separators. Raises ValueError that names the cell."""
    try:
        amount = Decimal(words.replace(",", "").replace("，", "").replace(" ", ""))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise ValueError(tr("{where}: “{words}” is no amount.", where=where, words=words))
    return amount


class BudgetForm(QDialog):
    """One leaf for whole quarters and one for each way to cut them; saved as a whole."""

    def __init__(
        self, desk: Desk, parent: QWidget, bench: Bench, info: PlanInfo, told: Told
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Budget of the plan {name}", name=info.title))
        self.resize(theme.px(760), theme.px(520))
        self._desk, self._info = desk, info
        self._currency = info.currency or "CNY"
        # amounts in another currency came in by other ways; they are kept as they are
        self._kept = [one for one in told.budget if one.currency != self._currency]
        self._heads = quarters_of(info, told.budget, desk.today())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(12))
        column.addWidget(label(self.windowTitle(), "title", wrap=True))
        text = tr(
            "Amounts in {currency}. Type or paste them; a quarter without a budget of its own "
            "takes the sum of its rights, else of its technologies, else of its territories.",
            currency=self._currency,
        )
        column.addWidget(label(text, "muted", wrap=True))
        self.leaves = QTabWidget()
        self.leaves.setDocumentMode(True)
        self.sheets: dict[str, Sheet] = {}
        for cut, words, rows in _leaves(bench, told.offices):
            self._add_sheet(cut, words, rows, told.budget)
        column.addWidget(self.leaves, 1)
        self.wrong = label("", "problem", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.office = QLineEdit()
        self.office.setPlaceholderText(tr("another territory, e.g. JP"))
        self.office.setAccessibleName(tr("Add a territory"))
        self.office.setMaximumWidth(theme.px(200))
        self.office.returnPressed.connect(self.add_office)
        self.office.installEventFilter(self)
        self.leaves.currentChanged.connect(self._show_office)
        self._show_office()
        row.addWidget(self.office)
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        self.doing = button(tr("Save budget"), self.finish, role="main")
        self.doing.setDefault(True)
        row.addWidget(self.doing)
        return row

    def _add_sheet(
        self, cut: str, words: str, rows: list[tuple[Place, str]], budget: Sequence[Budget]
    ) -> None:
        sheet = Sheet(self._heads, rows, words)
        for one in budget:
            place: Place = (one.right, one.office, one.technology_id)
            if one.currency == self._currency and place in sheet.places:
                at = sheet.places.index(place), self._heads.index(one.quarter)
                sheet.put(*at, written(one.amount))
        self.sheets[cut] = sheet
        self.leaves.addTab(sheet, words)

    def _show_office(self) -> None:
        self.office.setVisible(self.leaves.currentWidget() is self.sheets["territory"])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Enter in the line of the territory adds it and does not save the form
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            watched is self.office
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in keys
        ):
            self.add_office()
            return True
        return super().eventFilter(watched, event)

    def add_office(self) -> None:
        """Another line on the leaf of territories."""
        words = self.office.text().strip()
        code = office_of(words)
        if code is None:
            self._say(tr("There is no office “{name}”.", name=words))
            return
        self.wrong.hide()
        self.office.clear()
        sheet = self.sheets["territory"]
        place: Place = ("", code, None)
        if place not in sheet.places:
            sheet.add_line(place, office_name(code))
        sheet.setCurrentCell(sheet.places.index(place), 0)
        sheet.setFocus()

    # ------------------------------------------------------------------ saving

    def values(self) -> list[Budget]:
        """Every line as typed. Raises ValueError that names the cell."""
        found = list(self._kept)
        for sheet in self.sheets.values():
            for (place, day), amount in sheet.amounts().items():
                right, office, technology = place
                one = Budget(day, amount, self._currency, right, office, technology)
                found.append(one if amount != amount.to_integral() else _whole(one))
        return found

    def finish(self) -> None:
        """Write the whole budget, or say which cell is wrong."""
        try:
            budget = self.values()
        except ValueError as problem:
            self._say(str(problem))
            return
        plan = self._info.id
        run_edit(self._desk, lambda d, _law: set_budget(d, plan, budget), "", self._done)

    def _done(self, _result: Any) -> None:
        self.accept()
        say_done(self._desk, tr("Budget saved."))

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()


def _whole(one: Budget) -> Budget:
    return replace(one, amount=one.amount.quantize(Decimal(1)))


def _leaves(
    bench: Bench, offices: Sequence[str]
) -> tuple[tuple[str, str, list[tuple[Place, str]]], ...]:
    rights: list[tuple[Place, str]] = [
        ((str(right), "", None), str(words))
        for right, words in PLAN_RIGHTS.items()
        if right not in _NOT_BOUGHT
    ]
    technologies: list[tuple[Place, str]] = [
        (("", "", b.id), "   " * b.depth + pick(b.name, b.name_zh)) for b in bench.names.branches
    ]
    territories: list[tuple[Place, str]] = [
        (("", office, None), office_name(office)) for office in offices
    ]
    return (
        ("quarter", tr("Whole quarter"), [(("", "", None), tr("Everything"))]),
        ("right", tr("Right"), rights),
        ("technology", tr("Technology"), technologies),
        ("territory", tr("Territory"), territories),
    )
