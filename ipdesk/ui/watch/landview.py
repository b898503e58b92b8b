"""The landscape of a run as charts: who, when, where, what; counted by family."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.charts import bars, land, matrix
from ipdesk.charts.bars import Bars
from ipdesk.charts.matrix import Matrix
from ipdesk.charts.palette import Palette
from ipdesk.charts.style import Figure, Size
from ipdesk.core.portfolio.offices import office_name
from ipdesk.core.watch.landscape import Counts, Landscape
from ipdesk.core.watch.queries import runs_of
from ipdesk.core.watch.queries_landscape import landscape_of
from ipdesk.core.watch.rows import RunRow
from ipdesk.core.watch.words import cut_off_words, database_label
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.chart import Chart
from ipdesk.ui.widgets.labels import framed, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

_INCHES = 5.0
_PIXELS = 108  # of an inch of a figure in the window: 72 points, half as large again


class LandView(QWidget):
    """Six charts of the run that is chosen, the latest good one at first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._watch: int | None = None
        self.runs = QComboBox()
        self.runs.setAccessibleName(tr("Run"))
        self.runs.setMinimumWidth(theme.px(300))
        self.runs.activated.connect(self._choose)
        head = QHBoxLayout()
        head.addWidget(label(tr("Run"), "muted"))
        head.addWidget(self.runs)
        head.addStretch(1)
        self._column = Column(gap=theme.px(12))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self._column, 1)

    def show_watch(self, watch: int | None, run: int | None = None) -> None:
        """The landscape of a run of this watch."""
        self._watch = watch
        question = partial(_good_runs, watch)
        show = partial(self._show_runs, run)
        self._desk.worker.read(question, show, partial(tell, self._desk), key="runs")

    def reload(self) -> None:
        """The data changed."""
        self.show_watch(self._watch, self.runs.currentData())

    def _show_runs(self, wanted: int | None, runs: list[RunRow]) -> None:
        self.runs.clear()
        for run in runs:
            words = f"{run.watch} · " if self._watch is None else ""
            words += f"{run.ran_on} · {database_label(run.database)} · "
            words += ntr("{n} family", "{n} families", run.families)
            self.runs.addItem(words, run.id)
        place = self.runs.findData(wanted) if wanted is not None else 0
        self.runs.setCurrentIndex(max(0, place))
        if runs:
            self._choose()
            return
        emptied(self._column.box)
        words = tr("A landscape needs a run that brought hits.")
        self._column.box.addWidget(Notice("chart-bar", tr("No run yet"), words))

    def _choose(self, _place: int = 0) -> None:
        run = self.runs.currentData()
        if run is not None:
            question = partial(_land, int(run), self._desk.settings.values.company)
            self._desk.worker.read(question, self._show, partial(tell, self._desk), key="land")

    def _show(self, found: Landscape | None) -> None:
        box = self._column.box
        emptied(box)
        if found is None:
            return
        box.addWidget(selectable(_source(found), "muted"))
        grid = QGridLayout()
        grid.setSpacing(theme.px(12))
        own = (found.own_name, found.own_families)
        offices, own_offices = _named(found.offices), _named(found.own_offices)
        charts = [
            (tr("Applicants"), land.ranked(found.applicants, own)),
            (tr("Filing years"), land.by_year(found.years, found.own_years)),
            (tr("Offices"), land.beside(offices, own_offices)),
            (tr("Classes"), land.beside(found.classes, found.own_classes)),
            (tr("Newcomers"), land.ranked(found.newcomers)),
        ]
        for place, (title, values) in enumerate(charts):
            grid.addWidget(self._bars(title, values), place // 2, place % 2)
        grid.addWidget(self._matrix(found), len(charts) // 2, len(charts) % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        box.addLayout(grid)
        box.addStretch(1)

    def _bars(self, title: str, values: Bars) -> QWidget:
        chart = Chart(self._desk, title, round(bars.height(values, _INCHES) * _PIXELS))
        chart.put(partial(_bars, values))
        return framed(title, chart, fills=False)

    def _matrix(self, found: Landscape) -> QWidget:
        title = tr("Technology × effect")
        values = land.cells(found.cells, found.own_cells)
        if not values.rows:
            words = tr("No family of this run is placed yet: key P on a hit does it.")
            return framed(title, label(words, "muted", wrap=True), fills=False)
        chart = Chart(self._desk, title, round(matrix.height(values, legend=False) * _PIXELS))
        chart.put(partial(_cells, values))
        return framed(title, chart, fills=False)


def _named(offices: Counts) -> list[tuple[str, int]]:
    return [(f"{code} {office_name(code)}", n) for code, n in offices]


def _bars(values: Bars, palette: Palette, size: Size) -> Figure:
    return bars.figure(values, theme=palette, size=size)


def _cells(values: Matrix, palette: Palette, size: Size) -> Figure:
    return matrix.plain(values, theme=palette, size=size)


def _source(found: Landscape) -> str:
    """What stands behind the figures, and what is not in them."""
    words = tr(
        "{n} families, counted once each; {database}, {cut_off}; query: {query}",
        n=found.families,
        database=database_label(found.database),
        cut_off=cut_off_words(found.cut_off, found.ran_on),
        query=found.query or tr("no query on record"),
    )
    if found.undated:
        words += "; " + tr("{n} without a filing date", n=found.undated)
    if found.unplaced:
        words += "; " + tr("{n} not placed in technology × effect", n=found.unplaced)
    return words


def _good_runs(watch: int | None, connection: Connection) -> list[RunRow]:
    return [run for run in runs_of(connection, watch) if not run.failed and run.families]


def _land(run: int, company: str, connection: Connection) -> Landscape | None:
    return landscape_of(connection, run, company)
