"""What lies behind one cell: our matters, planned rows, searches, families of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.layout.cells import Axis, Cell, Search
from ipdesk.core.layout.coverage import state_on
from ipdesk.core.layout.model import PlanRow
from ipdesk.core.layout.queries_matrix import (
    families_behind,
    matters_behind,
    rows_behind,
    searches_behind,
)
from ipdesk.core.layout.words import WORD_LABELS
from ipdesk.core.layout.words import label as named
from ipdesk.core.portfolio.model import MatterRow
from ipdesk.core.portfolio.queries import matter_rows
from ipdesk.core.watch.queries_hits import hit_rows
from ipdesk.core.watch.rows import HitRow
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.cellacts import PLACED, CellActs
from ipdesk.ui.layout.grid import axis_words
from ipdesk.ui.layout.marks import cell_mark, row_mark
from ipdesk.ui.matter.source import status_mark
from ipdesk.ui.widgets.buttons import LinkLine, button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.states import unpicked

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST = 12
_MOST_LINKED = 5000  # so many ids can be asked for at once


@dataclass(frozen=True, slots=True)
class Behind:
    """Everything behind a cell; of matters and families the first ones and how many there are."""

    kind: str
    row: Axis
    column: Axis
    cell: Cell
    matters: tuple[MatterRow, ...]
    matter_ids: tuple[int, ...]
    rows: tuple[PlanRow, ...]
    searches: tuple[Search, ...]
    families: tuple[HitRow, ...]
    families_count: int


def read_behind(
    kind: str, row: Axis, column: Axis, cell: Cell, plan: int | None, connection: Connection
) -> Behind:
    """In a reader's thread."""
    matters = matters_behind(connection, kind, row.key, column.key)
    families = families_behind(connection, kind, row.key, column.key)
    rows = rows_behind(connection, kind, row.key, column.key, plan) if plan else []
    return Behind(
        kind,
        row,
        column,
        cell,
        tuple(matter_rows(connection, matters[:_MOST])),
        tuple(matters),
        tuple(rows),
        tuple(searches_behind(connection, kind, row.key, column.key)),
        tuple(hit_rows(connection, families[:_MOST])),
        len(families),
    )


class CellCard(QFrame):
    """Says what a cell holds, and offers what can be done about it."""

    def __init__(
        self, desk: Desk, acts: CellActs, chosen: Callable[[], list[tuple[Axis, Axis]]]
    ) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._desk = desk
        self._acts, self._chosen = acts, chosen
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._column)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No cell is picked."""
        emptied(self._column.box)
        words = tr("Select a cell to see its matters, plan rows, searches and families of others.")
        self._column.box.addWidget(unpicked(words), 1)

    def enter(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        for made in self.findChildren(QPushButton):
            if made.isVisible():
                made.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def show_cell(self, behind: Behind) -> None:
        """One cell with all that lies behind it."""
        box = self._column.box
        emptied(box)
        title = f"{axis_words(behind.row)} × {axis_words(behind.column)}"
        box.addWidget(label(title, "title", wrap=True))
        self._chips(behind.cell, len(behind.matter_ids) - behind.cell.own)
        self._buttons(behind)
        if behind.cell.word_reason:
            box.addWidget(selectable(behind.cell.word_reason, "muted"))
        self._searches(behind)
        self._own(behind)
        self._planned(behind)
        self._others(behind)
        box.addStretch(1)

    def _chips(self, cell: Cell, unfiled: int) -> None:
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(6))
        mark = cell_mark(cell.state)
        day = f" {cell.checked_on.isoformat()}" if cell.checked_on else ""
        flow.addWidget(chip(mark.tone, mark.text + day))
        if cell.word:
            flow.addWidget(chip(Tone.PLAIN, named(WORD_LABELS, cell.word)))
        flow.addWidget(chip(Tone.PLAIN, tr("{n} granted", n=cell.granted)))
        flow.addWidget(chip(Tone.PLAIN, tr("{n} pending", n=cell.pending)))
        if unfiled > 0:
            flow.addWidget(chip(Tone.PLAIN, tr("{n} in preparation", n=unfiled)))
        self._column.box.addWidget(holder)

    def _buttons(self, behind: Behind) -> None:
        acts, chosen, kind = self._acts, self._chosen, behind.kind
        deeds: list[tuple[str, Callable[[], object]]] = [
            (tr("Record a search…"), lambda: acts.search(kind, chosen())),
            (tr("Plan a filing here…"), lambda: acts.filing(kind, chosen())),
        ]
        if kind in PLACED:
            deeds.append((tr("Place matters…"), lambda: acts.matters(kind, chosen())))
        if kind == "application":
            deeds.append((tr("Place families…"), lambda: acts.families(kind, chosen())))
        deeds.append((tr("Say of it…"), lambda: acts.word(chosen(), behind.cell, kind)))
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(8))
        for place, (words, run) in enumerate(deeds):
            flow.addWidget(button(words, run, role="" if place else "main"))
        self._column.box.addWidget(holder)

    def _section(self, title: str, count: int, nothing: str) -> None:
        box = self._column.box
        box.addWidget(label(f"{title}  {count:,}", "section"))
        if not count:
            box.addWidget(label(nothing, "muted", wrap=True))

    def _searches(self, behind: Behind) -> None:
        box = self._column.box
        nothing = tr("Nobody searched here yet: whether it is blank is not known.")
        self._section(tr("Searches"), len(behind.searches), nothing)
        today = self._desk.today()
        for one in behind.searches:
            box.addWidget(_search_line(one, today))
            box.addWidget(selectable(one.query, "muted"))
            if one.numbers:
                box.addWidget(selectable(", ".join(one.numbers), "caption"))
            if one.note:
                box.addWidget(selectable(one.note, "muted"))
            undo = partial(self._acts.take_back, one.id)
            box.addWidget(LinkLine(tr("Take this search back"), undo))

    def _own(self, behind: Behind) -> None:
        self._section(tr("Our matters"), len(behind.matter_ids), tr("None of ours."))
        for row in behind.matters:
            words = f"{row.reference}  {row.shown_title}"
            go = partial(self._desk.go, Place("portfolio", row.id))
            self._column.box.addWidget(LinkLine(words, go, status_mark(row.status).text))
        if len(behind.matters) < len(behind.matter_ids) <= _MOST_LINKED:
            wanted = (("id", tuple(str(i) for i in behind.matter_ids)),)
            words = tr("Show all {n} in the portfolio", n=len(behind.matter_ids))
            go = partial(self._desk.go, Place("portfolio", filters=wanted))
            self._column.box.addWidget(LinkLine(words, go))

    def _planned(self, behind: Behind) -> None:
        self._section(tr("Plan rows"), len(behind.rows), tr("Nothing is planned here."))
        today = self._desk.today()
        for row in behind.rows:
            mark = row_mark(row, today)
            go = partial(self._desk.go, Place("layout", f"plan:{row.id}"))
            self._column.box.addWidget(LinkLine(f"{row.fields.title}  {mark.text}", go))

    def _others(self, behind: Behind) -> None:
        nothing = tr("No watch brought a family of others here.")
        self._section(tr("Families of others"), behind.families_count, nothing)
        for row in behind.families:
            words = "  ".join(
                p for p in (*row.members[:1], row.shown_title, *row.applicants[:1]) if p
            )
            place = Place.at("watch", row.watch_id, family=str(row.id))
            go = partial(self._desk.go, place)
            self._column.box.addWidget(LinkLine(words, go))
        if behind.families_count > _MOST:
            words = tr("… and {n} more", n=behind.families_count - _MOST)
            self._column.box.addWidget(LinkLine(words, partial(self._desk.go, Place("watch"))))


def _search_line(one: Search, today: date) -> QWidget:
    mark = cell_mark(str(state_on(one.on, today)))
    words = tr("{day} · {who} · {database}", day=one.on, who=one.by, database=one.database)
    return chip(mark.tone, words, mark.text)
