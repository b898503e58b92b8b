"""Home: what needs attention today, as figures that are links, a list, and two charts."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ipdesk.base.change import Topic
from ipdesk.base.i18n import tr
from ipdesk.charts import filings, months
from ipdesk.charts.filings import FilingsPerYear
from ipdesk.charts.months import DeadlineMonths
from ipdesk.charts.palette import Palette, Tone
from ipdesk.charts.style import Figure, Size
from ipdesk.core.docket.queries import Attention, attention, deadline_ids, deadline_rows
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.core.portfolio.figures import PortfolioFigures, figures, has_any
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.lines import deadline_line
from ipdesk.ui.docket.marks import month_kind
from ipdesk.ui.docket.warnings import SUBJECTS, Warned, read_warnings, warning_line
from ipdesk.ui.page import Page
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.chart import Chart, Draw
from ipdesk.ui.widgets.labels import card, framed, label
from ipdesk.ui.widgets.lines import Line, Lines
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.states import Loading, Notice
from ipdesk.ui.widgets.tile import Tile

if TYPE_CHECKING:
    from sqlalchemy import Connection

LINES = 40
DUE = "due"
_LOW = 130  # the least height of a chart: large type on a small screen must not push it out
_BOTH = 540  # the height of a page where two charts can still be read, one above the other
COUNTED_AT_MOST = 4000  # deadlines that the chart of months may read


@dataclass(frozen=True, slots=True)
class Today:
    """What the page shows; None stands for an empty portfolio."""

    attention: Attention
    due: tuple[DeadlineRow, ...]
    figures: PortfolioFigures
    months: DeadlineMonths | None  # None: too many to count quickly


class HomePage(Page):
    """The first page: nothing to type here, everything leads somewhere."""

    topics = frozenset(Topic)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "home", tr("Today"))
        self.head.count.setText(desk.today().isoformat())
        self._due: list[Line] = []
        self._waiting = 0  # deadlines, also those that do not stand in the list
        self._warned: list[Warned] = []
        self._subject = ""
        self._stack = QStackedWidget()
        self._stack.addWidget(Loading())
        self._stack.addWidget(self._full())
        self._stack.addWidget(self._empty())
        self.body.addWidget(self._stack, 1)

    # ------------------------------------------------------------------ building

    def _full(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(self._tiles())
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self._list(), 5)
        row.addLayout(self._charts(), 4)
        column.addLayout(row, 1)
        return whole

    def _tiles(self) -> QHBoxLayout:
        self.tiles = {
            "overdue": self._tile(tr("Overdue"), Tone.OVERDUE, period="overdue"),
            "week": self._tile(tr("Due this week"), Tone.SOON, period="week"),
            "days_30": self._tile(tr("Due in 30 days"), Tone.SOON, period="30"),
            "cannot_compute": self._tile(tr("Cannot compute"), Tone.UNCHECKED, period="missing"),
            "submitted": self._tile(tr("Awaiting confirmation"), Tone.SOON, state="submitted"),
            "unchecked": Tile(
                tr("Unchecked dates"),
                partial(self.desk.go, Place.at("portfolio", show="unchecked")),
                Tone.UNCHECKED,
                tr("Matters whose dates come from a list and were not compared with a document"),
            ),
            "past": self._tile(tr("Past, never checked"), Tone.UNCHECKED, state="past"),
        }
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        for tile in self.tiles.values():
            row.addWidget(tile)
        return row

    def _tile(self, caption: str, tone: Tone, **filters: str) -> Tile:
        go = partial(self.desk.go, Place.at("deadlines", **filters))
        return Tile(caption, go, tone, tr("Show this list"))

    def _list(self) -> QWidget:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, theme.px(10), 1, 1)
        heading = label(tr("What to look at first"), "section")
        heading.setContentsMargins(theme.px(12), 0, 0, 0)
        column.addWidget(heading)
        choices = [("", tr("All")), (DUE, tr("Deadlines"))]
        choices += [(about, str(words)) for about, words in SUBJECTS.items()]
        self.subjects = Segments(choices)
        self.subjects.chosen.connect(self.choose)
        self.subjects.mark("")
        self.subjects.setContentsMargins(theme.px(10), theme.px(4), theme.px(10), theme.px(4))
        column.addWidget(self.subjects)
        self.lines = Lines(tr("What to look at first"))
        self.lines.opened.connect(self._open)
        self._calm = Notice(
            "check-circle", tr("Nothing is overdue and nothing is due in the next 30 days.")
        )
        column.addWidget(self.lines, 1)
        column.addWidget(self._calm, 1)
        return frame

    def _charts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        self.filings = Chart(self.desk, str(filings.TITLE), _LOW)
        self.months = Chart(self.desk, str(months.TITLE), _LOW)
        self._months_frame = framed(str(months.TITLE), self.months)
        self._filings_frame = framed(str(filings.TITLE), self.filings)
        column.addWidget(self._filings_frame, 1)
        column.addWidget(self._months_frame, 1)
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_charts()

    def _fit_charts(self) -> None:
        """On a low screen the months take the room: they say what is due."""
        low = self.height() < theme.px(_BOTH)
        self._filings_frame.setVisible(not low or self._months_frame.isHidden())

    def _empty(self) -> Notice:
        go = self.desk.go
        return Notice(
            "folder-open",
            tr("This portfolio is empty"),
            tr("Bring in the spreadsheet that you have: what you own and what is due follows."),
            (
                button(tr("Import a list…"), partial(go, Place("import")), role="main"),
                button(tr("Open the portfolio"), partial(go, Place("portfolio"))),
            ),
        )

    # ------------------------------------------------------------------ showing

    def reload(self) -> None:
        self.head.count.setText(self.desk.today().isoformat())
        self.ask(partial(_read, self.desk.today()), self._show, key="home")

    def _show(self, today: Today | None) -> None:
        if today is None:
            self._stack.setCurrentIndex(2)
            return
        for name, tile in self.tiles.items():
            tile.put(getattr(today.attention, name))
        day = self.desk.today()
        self._waiting = today.attention.overdue + today.attention.days_30
        self._due = [deadline_line(row, day, with_matter=True) for row in today.due]
        self._list_lines()
        # watches, plans and money take longer to look through: they join when they are there
        self.ask(partial(_read_warnings, day), self._warn, key="warned")
        self.filings.put(filings_chart(today.figures, day))
        self._months_frame.setVisible(today.months is not None)
        self._fit_charts()
        if today.months is not None:
            self.months.put(partial(_months_chart, today.months))
        self._stack.setCurrentIndex(1)

    def choose(self, subject: str) -> None:
        """Deadlines alone, or what watches, plans or money want; all by default."""
        self._subject = subject
        self.subjects.mark(subject)
        self._list_lines()

    def _warn(self, found: list[Warned]) -> None:
        self._warned = found
        counts = {about: sum(one.about == about for one in found) for about in SUBJECTS}
        self.subjects.count({DUE: self._waiting, **counts})
        self._list_lines()

    def _list_lines(self) -> None:
        day, subject = self.desk.today(), self._subject
        lines = list(self._due) if subject in ("", DUE) else []
        lines += [warning_line(w, day) for w in self._warned if subject in ("", w.about)][:LINES]
        lines.sort(key=lambda line: line.when)
        self.lines.put(lines)
        self.lines.setVisible(bool(lines))
        self._calm.setVisible(not lines)

    def _open(self, row: DeadlineRow | Warned) -> None:
        there = row.place if isinstance(row, Warned) else Place("portfolio", row.matter_id)
        self.desk.go(there)


def filings_chart(found: PortfolioFigures, today: date) -> Draw:
    """Filings per year by right, the running year marked."""
    counts = {(year, right): n for year, right, n in found.filings}
    return partial(_filings_chart, FilingsPerYear.of(counts, running=today.year))


def _filings_chart(values: FilingsPerYear, palette: Palette, size: Size) -> Figure:
    return filings.figure(values, theme=palette, size=size)


def _months_chart(values: DeadlineMonths, palette: Palette, size: Size) -> Figure:
    return months.figure(values, theme=palette, size=size)


def _read(today: date, connection: Connection) -> Today | None:
    if not has_any(connection):
        return None
    first = _waiting(connection, today, "overdue", "30")
    year = _waiting(connection, today, "overdue", "365")
    counted = None
    if len(year) <= COUNTED_AT_MOST:
        rows = deadline_rows(connection, year, today)
        counted = DeadlineMonths.of(((r.due, month_kind(r, today)) for r in rows), today)
    return Today(
        attention(connection, today),
        tuple(deadline_rows(connection, first[:LINES], today)),
        figures(connection),
        counted,
    )


def _read_warnings(today: date, connection: Connection) -> list[Warned]:
    return read_warnings(connection, today)


def _waiting(connection: Connection, today: date, *periods: str) -> array[int]:
    query = ListQuery(facets=(("period", periods),), sort="due")
    return deadline_ids(connection, query, today)
