"""One watch whole: question, health, queries to open or copy, the log of its runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ipdesk.base.dates import distance
from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.watch.cadence import read_every
from ipdesk.core.watch.links import SEARCHABLE
from ipdesk.core.watch.queries import watch_detail
from ipdesk.core.watch.rows import QueryRow, RunRow, WatchDetail
from ipdesk.core.watch.words import WATCH_KIND_LABELS, database_label
from ipdesk.core.watch.words import label as word
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.watch.acts import copy_query, open_query
from ipdesk.ui.watch.columns import run_columns, run_tip
from ipdesk.ui.watch.facts import chips, facts, flow_of, heading, listed
from ipdesk.ui.watch.marks import warn_tone
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import chip, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RUNS = 9


class WatchCard(QFrame):
    """Shows the watch of an id; tells what is wanted of it."""

    run_wanted = Signal()
    review_wanted = Signal()
    edit_wanted = Signal()
    landscape_wanted = Signal(int)  # a run
    shown = Signal(object)  # WatchDetail or None

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._desk = desk
        self._watch: int | None = None
        self.detail: WatchDetail | None = None
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._column)
        self._show(None)

    @property
    def watch(self) -> int | None:
        """The id in sight, or on its way."""
        return self._watch

    def show_id(self, watch: int | None) -> None:
        """Read a watch and show it."""
        self._watch = watch
        if watch is None:
            self._show(None)
            return
        question = partial(_detail, watch, self._desk)
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="watch")

    def again(self) -> None:
        """The data changed."""
        self.show_id(self._watch)

    # ------------------------------------------------------------------ drawing

    def _show(self, detail: WatchDetail | None) -> None:
        self.detail = detail
        box = self._column.box
        emptied(box)
        if detail is None:
            words = tr("Select a watch to see its question, its queries and its runs.")
            box.addWidget(Notice("eye", tr("No watch selected"), words))
            self.shown.emit(None)
            return
        row = detail.row
        box.addWidget(label(row.name, "title", wrap=True))
        box.addWidget(selectable(row.question))
        for warning in row.health.warnings:
            flow_of(box, [chip(warn_tone(warning), warning.message)])
        if row.health.healthy:
            chips(box, [(Tone.DONE, tr("In order"))])
        self._add_acts(detail)
        self._add_facts(detail)
        self._add_queries(detail)
        self._add_runs(detail)
        box.addStretch(1)
        self.shown.emit(detail)

    def _add_acts(self, detail: WatchDetail) -> None:
        n = detail.row.unreviewed
        words = ntr("Review {n} family", "Review {n} families", n) if n else tr("Show the hits")
        flow_of(
            self._column.box,
            [
                button(tr("Import a run…"), self.run_wanted.emit),
                button(words, self.review_wanted.emit),
                button(tr("Edit…"), self.edit_wanted.emit),
            ],
        )

    def _add_facts(self, detail: WatchDetail) -> None:
        row, today = detail.row, self._desk.today()
        rhythm = (
            f"{read_every(row.every).spoken()}; {row.next_due} ({distance(row.next_due, today)})"
        )
        subjects = listed((*detail.technologies, *detail.products))
        facts(
            self._column.box,
            (
                (tr("Kind"), word(WATCH_KIND_LABELS, row.kind)),
                (tr("Decides"), row.owner),
                (tr("Rhythm"), rhythm),
                (tr("Last run"), row.last_run or tr("never")),
                (tr("Scope"), detail.scope),
                (tr("Markets"), ", ".join(detail.markets)),
                (tr("Subjects"), subjects),
                (tr("Synonyms"), listed(detail.synonyms)),
                (tr("Classes"), listed(detail.classes)),
                (tr("Applicants"), listed(detail.applicants)),
                (tr("Inventors"), listed(detail.inventors)),
                (tr("Must be found"), listed(detail.known_documents)),
                (tr("Note"), detail.note),
            ),
        )

    def _add_queries(self, detail: WatchDetail) -> None:
        box = self._column.box
        heading(box, tr("Queries"))
        current = [q for q in detail.queries if q.retired_on is None]
        if not current:
            words = tr("No query text is kept: nobody could repeat this search.")
            box.addWidget(label(words, "muted", wrap=True))
        for query in current:
            self._add_query(query, [q for q in detail.queries if _older(q, query)])

    def _add_query(self, query: QueryRow, older: list[QueryRow]) -> None:
        box = self._column.box
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        name = database_label(query.database)
        written = f"{query.written_on} {query.written_by}".strip()
        version = tr("version {n}", n=query.version)
        said = label(f"{name} · {version} · {written}", "caption")
        said.setToolTip("\n\n".join(f"{q.version}: {q.text}" for q in older))
        line.addWidget(said)
        line.addStretch(1)
        if query.database in SEARCHABLE:
            line.addWidget(
                button(
                    tr("Open the search"),
                    partial(open_query, self._desk, query.database, query.text),
                    role="link",
                    tip=tr("Run this query on {database} in the browser", database=name),
                )
            )
        copy: Callable[[], object] = partial(copy_query, self._desk, query.database, query.text)
        line.addWidget(button(tr("Copy"), copy, role="link", tip=tr("Copy the query text")))
        box.addLayout(line)
        box.addWidget(selectable(query.text))

    def _add_runs(self, detail: WatchDetail) -> None:
        box = self._column.box
        heading(box, tr("Runs"))
        if not detail.runs:
            box.addWidget(label(tr("Never run: nothing is known yet."), "muted", wrap=True))
            return
        self.runs = SmallTable(run_columns(), tr("Runs"), stretch="state")
        self.runs.put(detail.runs)
        self.runs.fit(_RUNS)
        self.runs.opened.connect(self._open_run)
        self._run_words = selectable("", "muted")
        self.runs.picked.connect(self._say_run)
        box.addWidget(self.runs)
        box.addWidget(self._run_words)
        self._say_run(detail.runs[0])

    def _say_run(self, run: RunRow | None) -> None:
        self._run_words.setText(run_tip(run) if run is not None else "")

    def _open_run(self, run: RunRow | None) -> None:
        if run is not None and not run.failed:
            self.landscape_wanted.emit(run.id)


def _older(query: QueryRow, current: QueryRow) -> bool:
    return query.database == current.database and query.version < current.version


def _detail(watch: int, desk: Desk, connection: Connection) -> WatchDetail | None:
    return watch_detail(connection, watch, desk.today())
