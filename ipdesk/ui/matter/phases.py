"""Entering national phases: every office with its limit, launches and costs; why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.dates import distance
from ipdesk.base.i18n import captioned, ntr, tr
from ipdesk.core.docket import lifecycle
from ipdesk.core.docket.foretelling import foretell
from ipdesk.core.docket.records import Effect
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import Act, law_of, run_edit
from ipdesk.ui.docket.effect_view import EffectView
from ipdesk.ui.matter.reading import Whole
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import PAUSE_MS
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.dates import read_day
from ipdesk.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Connection

    from ipdesk.core.layout.entries import Entry

_OFFICE, _LIMIT, _LAUNCH, _COST, _REASON = range(5)
_WIDTHS = (230, 180, 240, 170, 180)


class PhaseDialog(QDialog):
    """Tick the offices to enter; a reason beside an office says that it is dropped."""

    def __init__(
        self, desk: Desk, parent: QWidget, whole: Whole, made: Callable[[Any], object]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = tr("Enter national phases of {reference}", reference=whole.detail.row.reference)
        self.setWindowTitle(title)
        self.resize(theme.px(1080), theme.px(640))
        self._desk, self._matter, self._made = desk, whole.id, made
        self.entries: Sequence[Entry] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find an office"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.table = self._table()
        self.day = QLineEdit(desk.today().isoformat())
        self.day.setAccessibleName(tr("Entered on"))
        self._sum = label("", "section")
        self._wrong = label("", "problem", wrap=True)
        self.doing = button(tr("Enter the offices"), self.finish, role="main")
        self.view = EffectView()
        self.view.setFixedHeight(theme.px(150))
        self.view.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._foretell)
        self.day.textChanged.connect(self._pause.start)
        self._lay_out(title)
        today = desk.today()
        desk.worker.read(partial(_read, whole.id, today), self._show, partial(tell, desk))

    def _table(self) -> QTableWidget:
        made = QTableWidget(0, 5)
        made.setAccessibleName(tr("Offices"))
        heads = (
            tr("Office"), tr("Until"), tr("Launch"), tr("Official fees to enter"),
            tr("Dropped, because"),
        )  # fmt: skip
        made.setHorizontalHeaderLabels(list(heads))
        made.verticalHeader().hide()
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        head = made.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, width in enumerate(_WIDTHS):
            made.setColumnWidth(column, theme.px(width))
        head.setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)
        made.itemChanged.connect(self._changed)
        return made

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(label(title, "title"))
        text = tr(
            "Each ticked office gets a matter of its own with this filing date and priority. Type "
            "a reason beside an office that is dropped; it stays with the PCT application."
        )
        column.addWidget(label(text, "muted", wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        form = QFormLayout()
        form.addRow(label(tr("Entered on"), "muted"), self.day)
        row.addLayout(form)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self.view)
        column.addWidget(self._wrong)
        foot = QHBoxLayout()
        foot.addWidget(self._sum, 1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.doing)
        column.addLayout(foot)

    # ------------------------------------------------------------------ showing

    def _show(self, found: Sequence[Entry]) -> None:
        self.entries = found
        self.table.blockSignals(True)
        self.table.setRowCount(len(found))
        for place, entry in enumerate(found):
            for column, item in enumerate(self._cells(entry)):
                self.table.setItem(place, column, item)
        self.table.blockSignals(False)
        self._changed()

    def _cells(self, entry: Entry) -> list[QTableWidgetItem]:
        office = QTableWidgetItem(f"{entry.office}  {office_name(entry.office)}")
        office.setCheckState(Qt.CheckState.Unchecked)
        cells = [office, QTableWidgetItem(self._limit(entry))]
        shown = "; ".join(f"{launch.date} {launch.product}" for launch in entry.launches)
        cells += [QTableWidgetItem(shown), QTableWidgetItem(entry.total.shown())]
        for item in cells:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        cells[_LAUNCH].setToolTip(shown)
        cells[_COST].setToolTip(
            "\n".join(captioned(c.label, f"{c.currency} {c.amount}") for c in entry.costs)
        )
        cells.append(QTableWidgetItem(entry.dropped))
        return cells

    def _limit(self, entry: Entry) -> str:
        if entry.limit is not None:
            return f"{entry.limit.due}  {distance(entry.limit.due, self._desk.today())}"
        return tr("{n} months from priority", n=entry.months or "?")

    def _narrow(self, words: str) -> None:
        wanted = words.strip().casefold()
        for place in range(self.table.rowCount()):
            item = self.table.item(place, _OFFICE)
            hidden = item is not None and wanted not in item.text().casefold()
            self.table.setRowHidden(place, hidden)

    def ticked(self) -> list[Entry]:
        """The offices that are to be entered."""
        return [entry for place, entry in enumerate(self.entries) if self._is_ticked(place)]

    def tick(self, office: str, on: bool = True) -> None:
        """Tick an office, or not."""
        for place, entry in enumerate(self.entries):
            item = self.table.item(place, _OFFICE)
            if entry.office == office and item is not None:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def drop(self, office: str, reason: str) -> None:
        """Say why an office is dropped."""
        for place, entry in enumerate(self.entries):
            item = self.table.item(place, _REASON)
            if entry.office == office and item is not None:
                item.setText(reason)

    def _is_ticked(self, place: int) -> bool:
        item = self.table.item(place, _OFFICE)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def dropped(self) -> dict[str, str]:
        """Offices with a reason, where it is new and the office is not entered."""
        found = {}
        for place, entry in enumerate(self.entries):
            item = self.table.item(place, _REASON)
            reason = item.text().strip() if item is not None else ""
            if reason and reason != entry.dropped and not self._is_ticked(place):
                found[entry.office] = reason
        return found

    def _changed(self, _item: object = None) -> None:
        from ipdesk.core.layout.entries import whole  # heavy: with the fee tables

        chosen = self.ticked()
        sums = whole(chosen).shown()
        self._wrong.setText("")
        self._sum.setText(
            ntr("{n} office, {sums}", "{n} offices, {sums}", len(chosen), sums=sums)
            if chosen
            else ""
        )
        self._pause.start()

    def _foretell(self) -> None:
        """The matters that would be made, with their dates, as one ticks."""
        offices, dropped = [e.office for e in self.ticked()], self.dropped()
        try:
            on = read_day(self.day.text())
        except ValueError:
            on = None
        self.view.setVisible(bool(on and (offices or dropped)))
        if on is None or not (offices or dropped):
            return
        act = self._act(offices, on, dropped)
        matter, today = self._matter, self._desk.today()
        self._desk.worker.edit(
            lambda d: foretell(d, law_of(d, today), matter, act),
            self._foretold,
            self._refused,
        )

    def _foretold(self, effect: Effect) -> None:
        self._wrong.setText("")
        self.view.show_effect(effect)

    def _refused(self, error: Exception) -> None:
        self.view.hide()
        self._wrong.setText(str(error))

    # ------------------------------------------------------------------ doing

    def _act(self, offices: Sequence[str], on: date, dropped: dict[str, str]) -> Act:
        matter = self._matter
        return lambda d, law: lifecycle.enter_national_phases(
            d, law, matter, offices, on, dropped=dropped
        )

    def finish(self) -> None:
        """Enter what is ticked, keep the reasons."""
        offices, dropped = [e.office for e in self.ticked()], self.dropped()
        try:
            on = read_day(self.day.text())
        except ValueError as problem:
            self._wrong.setText(str(problem))
            return
        if on is None:
            self._wrong.setText(tr("{field} is missing.", field=tr("Entered on")))
            return
        if not offices and not dropped:
            self._wrong.setText(tr("Tick an office, or say why one is dropped."))
            return
        run_edit(
            self._desk,
            self._act(offices, on, dropped),
            tr("Done."),
            self._done,
            self._refused,
        )

    def _done(self, result: Any) -> None:
        self._made(result)
        self.accept()


def _read(matter: int, today: date, connection: Connection) -> list[Entry]:
    from ipdesk.core.layout.entries import entries  # in a thread: heavy

    return entries(connection, matter, docket_for(connection, today))
