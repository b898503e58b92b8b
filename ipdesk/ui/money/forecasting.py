"""The forecast: cost to come as a chart and a table, by year or month and by subject."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from ipdesk.base.i18n import Message, ntr, say, tr
from ipdesk.base.money import written
from ipdesk.charts import bars
from ipdesk.charts import money as chart_of_money
from ipdesk.charts.bars import PLAIN, Bar, Bars
from ipdesk.charts.palette import Palette
from ipdesk.charts.style import Figure
from ipdesk.core.fees.outlook import MONTHS_TO_GRANT
from ipdesk.core.fees.support_edits import keep_budget
from ipdesk.core.portfolio.model import right_label
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.facts import amount_editor
from ipdesk.ui.money.files import write_table
from ipdesk.ui.money.outlook import (
    DIMENSIONS,
    Exchanged,
    Outlook,
    Sheet,
    read_outlook,
    sheet_of,
)
from ipdesk.ui.money.views import View
from ipdesk.ui.tables.columns import Align, Column
from ipdesk.ui.tables.sheet import ask_place
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.chart import Chart, Size
from ipdesk.ui.widgets.fields import line_editor, number_editor
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from ipdesk.core.fees.records import BudgetRow

_MOST_BARS = 12


class ForecastView(View):
    """Choices above, the chart, the table with the same figures."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Outlook | None = None
        self._exchanged: Exchanged | None = None
        self._dimension, self._per, self._currency = "", "year", ""
        self.dimensions = Segments([(d, str(words)) for d, words in DIMENSIONS.items()])
        self.dimensions.chosen.connect(self.choose)
        self.dimensions.mark("")
        self.periods = Segments(
            [
                ("year", tr("By year")),
                ("month", tr("By month")),
                ("life", tr("To the end of life")),
            ]
        )
        self.periods.chosen.connect(self.choose_period)
        self.periods.mark("year")
        self.bar.addWidget(self.periods, 1)
        main = action(self, tr("Save as a table…"), self.save, icon="export")
        rest = [
            action(self, tr("Set the budget of a year…"), self.set_budget),
            action(self, tr("Budget report"), self.report, icon="file-text"),
        ]
        self.currencies = Segments([])
        self.bar.addWidget(self.currencies, 2)
        self.add_actions(main, rest)
        self.said.hide()
        self.column.addWidget(self.dimensions)
        self.chart = Chart(desk, tr("Cost to come"), 140)
        self._below = QVBoxLayout()
        self._below.setSpacing(theme.px(8))
        frame = card()
        inner = QVBoxLayout(frame)
        edge = theme.px(12)
        inner.setContentsMargins(edge, edge, edge, edge)
        inner.addWidget(self.chart)
        self.column.addWidget(frame, 1)
        self.column.addLayout(self._below)
        self._notes = label("", "muted", wrap=True)
        self.column.addWidget(self._notes)
        self.table: SmallTable | None = None

    # ------------------------------------------------------------------ choosing

    def choose(self, dimension: str) -> None:
        """Cost by another subject."""
        self._dimension = dimension
        self.dimensions.mark(dimension)
        self._draw()

    def choose_period(self, per: str) -> None:
        """Five years, the next twelve months, or every year to the end of the last right."""
        self._per = per
        self.periods.mark(per)
        self._draw()

    def choose_currency(self, currency: str) -> None:
        """Sums in another currency; all in one only when asked, by the rates on file."""
        self._currency = currency
        self.currencies.mark(currency)
        self._draw()

    # ------------------------------------------------------------------ showing

    def reload(self) -> None:
        self.ask(partial(read_outlook, self.desk.today()), self._show)

    def _show(self, found: Outlook) -> None:
        self._found = found
        known = found.currencies() or ["CNY"]
        choices = [(c, c) for c in known]
        if len(known) > 1:
            choices.append((f"={known[0]}", tr("All in {currency}", currency=known[0])))
        if self._currency not in dict(choices):
            self._currency = known[0]
        fresh = Segments(choices)
        fresh.chosen.connect(self.choose_currency)
        fresh.mark(self._currency)
        self.bar.replaceWidget(self.currencies, fresh)
        self.currencies.deleteLater()
        self.currencies = fresh
        self.counted.emit(None)
        self._draw()

    def sheet(self) -> Sheet | None:
        """The figures in sight."""
        if self._found is None:
            return None
        found, currency = self._found, self._currency
        self._exchanged = None
        if currency.startswith("="):
            currency = currency[1:]
            self._exchanged = found.exchanged(currency)
            found = self._exchanged.outlook
        return sheet_of(found, self._dimension, currency, self._per)

    def _draw(self) -> None:
        sheet = self.sheet()
        if sheet is None or self._found is None:
            return
        if self._dimension:
            self.chart.put(partial(_bars, sheet))
        else:
            self.chart.put(partial(_periods, sheet))
        if self.table is not None:
            self._below.removeWidget(self.table)
            self.table.deleteLater()
        long = len(sheet.periods) > 12  # wider than the window: it scrolls
        stretch = "" if long else "name"
        self.table = SmallTable(_columns(sheet), tr("Cost to come"), stretch=stretch)
        self.table.put(sheet.lines)
        self.table.fit(at_most=8)
        self.table.setMinimumHeight(theme.px(110))
        self._below.addWidget(self.table)
        self._notes.setText(self._said(self._found, sheet))

    def _said(self, found: Outlook, sheet: Sheet) -> str:
        usual = ", ".join(
            tr("{right} {n} months", right=right_label(right), n=n)
            for right, n in MONTHS_TO_GRANT.items()
        )
        words = [
            tr("Applications still pending are assumed to be granted after: {usual}.", usual=usual),
            tr("Fee reductions are assumed to be recorded again every year."),
        ]
        if found.held.without_dates:
            words.append(
                ntr(
                    "The renewals of {n} matter cannot be dated.",
                    "The renewals of {n} matters cannot be dated.",
                    found.held.without_dates,
                )
            )
        if any(period.unknown for period in sheet.chart.periods):
            words.append(tr("* Without the fees whose amount is not known."))
        if self._exchanged is not None:
            words += _exchange_words(self._exchanged)
        return " ".join(words)

    def _unit(self) -> str:
        """The currency of the sums in sight."""
        return self._currency.lstrip("=")

    # ------------------------------------------------------------------ acts

    def save(self) -> None:
        """The table in sight as a file."""
        sheet = self.sheet()
        if sheet is None:
            return
        name = f"{tr('Cost to come')} {self._unit()} {self.desk.today().isoformat()}"
        path = ask_place(self, tr("Save as a table"), name)
        if path is not None:
            columns, rows = table_of(sheet, self._unit())
            write_table(self.desk, path, tr("Cost to come"), lambda _connection: (columns, rows))

    def report(self) -> None:
        """The same on paper."""
        self.desk.go(Place("reports", "budget"))

    def set_budget(self) -> None:
        """What may be spent in a year."""
        asked = (
            Asked("year", tr("Year"), number_editor(2000), self.desk.today().year, True),
            Asked("amount", tr("Amount"), amount_editor(), None, True),
            Asked("currency", tr("Currency"), line_editor(), self._unit() or "CNY", True),
            Asked("note", tr("Note"), line_editor()),
        )
        Asking(self, tr("Budget of a year"), "", asked, tr("Save"), self._keep_budget).open()

    def _keep_budget(self, values: dict[str, Any]) -> None:
        known = next(
            (row for row in (self._found.budget if self._found else ()) if _same(row, values)), None
        )
        run_edit(
            self.desk,
            lambda d, _law: keep_budget(d, values, known.id if known else None),
            tr("Done."),
        )


def _exchange_words(made: Exchanged) -> list[str]:
    """By which rates the sums were turned into one currency, and what has none."""
    words = [
        tr("{currency} at {rate} ({day}).", currency=r.currency, rate=r.value, day=r.day)
        for r in made.rates
    ]
    if made.missing:
        words.append(
            tr(
                "Left out for want of a rate: {currencies}; type or read one under Prices and "
                "rates.",
                currencies=", ".join(made.missing),
            )
        )
    return words


def _same(row: BudgetRow, values: dict[str, Any]) -> bool:
    whole = row.month is None and not row.dimension
    return whole and row.year == values["year"] and row.currency == values["currency"]


def table_of(sheet: Sheet, currency: str) -> tuple[list[str], list[dict[str, Any]]]:
    """The table in sight for a workbook; sums stay numbers."""
    head = f"{currency}"
    rows = [
        {head: name, **{p: float(a) for p, a in zip(sheet.periods, amounts, strict=True)}}
        for name, amounts in sheet.lines
    ]
    return [head, *sheet.periods], rows


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    name = Column("name", say("Cost"), lambda line: line[0], 180, sorts=False, strong=True)
    wide = 100 if len(sheet.periods) <= 6 else 76
    return (
        name,
        *(
            Column(period, Message(period), partial(_amount, place), wide,
                   Align.RIGHT, sorts=False)
            for place, period in enumerate(sheet.periods)
        ),
    )  # fmt: skip


def _amount(place: int, line: tuple[str, tuple[Decimal, ...]]) -> str:
    amount = line[1][place]
    return written(amount.quantize(Decimal(1))) if amount else "–"


def _periods(sheet: Sheet, palette: Palette, size: Size) -> Figure:
    return chart_of_money.figure(sheet.chart, theme=palette, size=size)


def _bars(sheet: Sheet, palette: Palette, size: Size) -> Figure:
    shown = sheet.totals[:_MOST_BARS]
    rows = [Bar(name, ((PLAIN, int(amount)),)) for name, amount in shown]
    rest = sum((amount for _, amount in sheet.totals[_MOST_BARS:]), Decimal(0))
    if rest:
        rows.append(Bar(tr("others"), ((PLAIN, int(rest)),)))
    values = Bars(tuple(rows), tr("No cost in this period."))
    return bars.figure(values, theme=palette, size=size)
