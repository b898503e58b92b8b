"""Deadlines: what is overdue and what comes, why, and what was done; beside it what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from ipdesk.base.change import Topic
from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.queries import PERIODS, count_periods, last_day, pending_ids, pending_rows
from ipdesk.core.docket.records import PendingRow
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.acts import DeadlineActs
from ipdesk.ui.docket.calendarfile import save_calendar
from ipdesk.ui.docket.card import DeadlineCard
from ipdesk.ui.docket.columns import missing_words
from ipdesk.ui.docket.gaps import fill_gap, gap_words
from ipdesk.ui.docket.sources import DeadlineSource, PendingSource
from ipdesk.ui.docket.warnings import SUBJECTS, Warned, WarnedList, read_warnings
from ipdesk.ui.matter.applications import PctTimeline
from ipdesk.ui.page import Page
from ipdesk.ui.tables.listing import Listing
from ipdesk.ui.tables.model import ROW
from ipdesk.ui.tables.shown import export_shown
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.labels import card, chip, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice, unpicked

if TYPE_CHECKING:
    from sqlalchemy import Connection

MISSING = "missing"
FIRST = "30"


class DeadlinesPage(Page):
    """Periods above, the list, and the deadline whole at the right."""

    topics = frozenset(
        {Topic.MATTERS, Topic.EVENTS, Topic.DEADLINES, Topic.IMPORTS, Topic.LAW}
        | {Topic.WATCH, Topic.LAYOUT, Topic.FEES}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "deadlines", tr("Deadlines"))
        self._period = FIRST
        self._any_due = True
        self._acts = DeadlineActs(desk, self)
        self._add_actions()
        choices = [
            *((name, str(words)) for name, words in PERIODS),
            (MISSING, tr("Cannot compute")),
            *((name, str(words)) for name, words in SUBJECTS.items()),
        ]
        tones = {
            "overdue": Tone.OVERDUE,
            "week": Tone.SOON,
            MISSING: Tone.UNCHECKED,
            **dict.fromkeys(SUBJECTS, Tone.SOON),
        }
        self.segments = Segments(choices, tones)
        self.segments.chosen.connect(self.choose)
        self.body.addWidget(self.segments)
        self._add_lists()
        self.choose(FIRST)

    def _add_actions(self) -> None:
        acts, ids = self._acts, self._selected
        self.submit = action(
            self, tr("Submitted…"), lambda: acts.submit(ids()), shortcut="Ctrl+Return",
            tip=tr("Mark the selected deadlines as submitted"),
        )  # fmt: skip
        self.rest = [
            action(self, tr("Confirmed…"), lambda: acts.confirm(ids())),
            action(self, tr("Extended…"), lambda: acts.extend(ids())),
            action(self, tr("Not applicable…"), lambda: acts.set_aside(ids())),
            action(self, tr("Assign…"), lambda: acts.assign(ids())),
            action(self, tr("Mark as checked"), lambda: acts.verify(ids())),
            action(self, tr("Reopen"), lambda: acts.reopen(ids())),
        ]

    def _add_lists(self) -> None:
        desk = self.desk
        source = DeadlineSource(desk.today)
        self.list = Listing(desk, source, self._nothing_due, "due", outside=("period",))
        self.card = DeadlineCard(desk)
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.card)
        self.pending = Listing(desk, PendingSource(), self._nothing_missing)
        self.gap = PendingCard(desk)
        self._both = QStackedWidget()
        self._both.addWidget(Split(desk, "deadlines", self.list, frame, (2, 1)))
        self._both.addWidget(Split(desk, "pending", self.pending, self.gap, (2, 1)))
        self.warnings = WarnedList(desk)
        self._both.addWidget(self.warnings)
        self.warnings.counted.connect(self._show_warnings)
        self.body.addWidget(self._both, 1)
        for part in (self.list, self.pending):
            self.head.add(part.search)
            part.counted.connect(partial(self._show_count, part))
        self.head.add(self.list.columns_button())
        ics = action(self, tr("Calendar file (.ics)…"), self._save_calendar, icon="calendar-plus")
        sheets = action(self, tr("Sheets by person…"), self._sheets, icon="file-text")
        pct = action(self, tr("PCT timeline…"), self.show_pct, icon="chart-line")
        export = export_shown(self, desk, self._in_sight)
        self.head.add_actions(self.submit, [*self.rest, None, pct, export, ics, sheets])
        self.list.picked.connect(self.card.show_id)
        self.list.picked.connect(self._note_picked)
        self.list.opened.connect(self._open_matter)
        self.pending.picked.connect(self.gap.show_id)

    def _note_picked(self, _deadline: object) -> None:
        """Dialogs about one date say which."""
        row = self.list.table.currentIndex().data(ROW)
        self._acts.about = f"{row.reference}  {row.name}" if row is not None else ""

    def _open_matter(self, _deadline: object) -> None:
        """Enter or a double click; the date itself is whole in its card already."""
        row = self.list.table.currentIndex().data(ROW)
        if row is not None:
            self.desk.go(Place("portfolio", row.matter_id))

    # ------------------------------------------------------------------ places

    @property
    def period(self) -> str:
        """The segment in sight."""
        return self._period

    def choose(self, period: str) -> None:
        """Another period, under the same filters."""
        self._period = period
        self.segments.mark(period)
        missing, listed = period == MISSING, period not in (MISSING, *SUBJECTS)
        for doing in (self.submit, *self.rest):
            doing.setEnabled(listed)
        self._both.setCurrentIndex(0 if listed else 1 if missing else 2)
        self.list.search.setVisible(listed)
        self.pending.search.setVisible(missing)
        if period in SUBJECTS:
            self.warnings.choose(period)
        elif missing:
            self.pending.reload()
        else:
            query = self.list.query.choose("period", period)
            self.list.ask(replace(query, sort=query.sort or "due"))

    def reload(self) -> None:
        if self._period not in SUBJECTS:
            (self.pending if self._period == MISSING else self.list).reload()
        self.card.again()
        self.ask(partial(_read, self.desk.today()), self._show_others, key="counts")

    def visit(self, place: Place) -> None:
        filters = dict(place.filters)
        period = next(iter(filters.pop("period", ())), "" if not filters else "all")
        if not period:
            return
        facets = (("period", (period,)), *filters.items())
        if period == MISSING:
            self.pending.ask(ListQuery(place.search))
        elif period not in SUBJECTS:
            self.list.ask(ListQuery(place.search, facets, "due"))
        self._period = period
        self.choose(period)

    def place(self) -> Place:
        if self._period in SUBJECTS:
            return Place.at(self.id, None, period=self._period)
        if self._period == MISSING:
            query = self.pending.query.choose("period", MISSING)
        else:
            query = self.list.query
        return Place(self.id, None, query.facets, query.search)

    # ------------------------------------------------------------------ inside

    def _save_calendar(self) -> None:
        save_calendar(self.desk, self, self.list.query)

    def show_pct(self) -> None:
        """All PCT applications with what is decided about their national phases."""
        PctTimeline(self.desk, self).open()

    def _sheets(self) -> None:
        """One printed sheet a person, under the same filters and to the same day."""
        kept = tuple(f for f in self.list.query.facets if f[0] not in ("period", "to"))
        last = last_day(self._period, self.desk.today())
        until = (("to", (last.isoformat(),)),) if last else ()
        self.desk.go(Place("reports", "deadlines", (*kept, *until)))

    def _in_sight(self) -> tuple[Listing | SmallTable, str]:
        missing = self._period == MISSING
        return (self.pending, tr("Cannot compute")) if missing else (self.list, tr("Deadlines"))

    def _selected(self) -> list[int]:
        return self.list.table.selected_ids()

    def _show_count(self, part: Listing, n: int) -> None:
        if self._period not in SUBJECTS and part is (
            self.pending if self._period == MISSING else self.list
        ):
            self.head.count.setText(f"{n:,}")

    def _show_warnings(self, n: int) -> None:
        if self._period in SUBJECTS:
            self.head.count.setText(f"{n:,}")

    def _show_others(self, found: tuple[dict[str, int], list[Warned]]) -> None:
        counts, warned = found
        self.segments.count(counts)
        any_due = any(counts.get(name) for name, _ in PERIODS)
        if any_due != self._any_due:
            self._any_due = any_due
            self.list.reload()  # what an empty list advises
        self.warnings.put(warned)

    def _nothing_due(self) -> Notice:
        title, go = tr("Nothing is due"), self.desk.go
        if self._any_due and self._period != "all":
            everything = button(tr("Show all deadlines"), partial(self.choose, "all"))
            return Notice("calendar-check", title, tr("No deadline stands here."), (everything,))
        return Notice(
            "calendar-check",
            title,
            tr(
                "Deadlines follow from what is known of your matters: import a list, or record "
                "what happened to a matter."
            ),
            (
                button(tr("Import a list…"), partial(go, Place("import"))),
                button(tr("Open the portfolio"), partial(go, Place("portfolio"))),
            ),
        )

    def _nothing_missing(self) -> Notice:
        text = tr("Every deadline that the rules know of can be computed.")
        return Notice("check-circle", tr("Nothing is missing"), text)


class PendingCard(QFrame):
    """What cannot be computed, why, and the way to the field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._desk = desk
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._column)
        self._show(None)

    def show_id(self, wanted: int | None) -> None:
        """Read one gap and show it."""
        if wanted is None:
            self._show(None)
            return
        self._desk.worker.read(partial(_gap, wanted), self._show, key="gap")

    def _show(self, row: PendingRow | None) -> None:
        box = self._column.box
        emptied(box)
        if row is None:
            box.addWidget(unpicked(tr("Select a line to see what is missing.")), 1)
        else:
            box.addWidget(label(row.label, "title", wrap=True))
            box.addWidget(label(f"{row.reference}  {row.title}", "muted", wrap=True))
            box.addWidget(chip(Tone.UNCHECKED, tr("missing: {what}", what=missing_words(row))))
            for sentence in row.why:
                box.addWidget(selectable(sentence))
            go = partial(self._desk.go, Place("portfolio", row.matter_id))
            row_of_buttons = QHBoxLayout()
            words = gap_words(row)
            if words:
                fill = partial(fill_gap, self._desk, self.window(), row)
                row_of_buttons.addWidget(button(words, fill, role="main"))
            row_of_buttons.addWidget(button(tr("Open the matter"), go))
            row_of_buttons.addStretch(1)
            box.addLayout(row_of_buttons)
            box.addStretch(1)


def _gap(wanted: int, connection: Connection) -> PendingRow | None:
    return next(iter(pending_rows(connection, [wanted])), None)


def _read(today: date, connection: Connection) -> tuple[dict[str, int], list[Warned]]:
    counts = count_periods(connection, ListQuery(), today)
    warned = read_warnings(connection, today)
    of_each = {about: sum(w.about == about for w in warned) for about in SUBJECTS}
    return {**counts, MISSING: len(pending_ids(connection, ListQuery())), **of_each}, warned
