"""What people do with cells of a matrix: searches, words, filings, matters and families in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.core.layout.cells import Axis, Cell, Place, SearchFields
from ipdesk.core.layout.edits_market import delete_search, record_search, say_of_cells
from ipdesk.core.layout.edits_tree import place_families, set_cell
from ipdesk.core.layout.model import RowFields, Target
from ipdesk.core.layout.queries_matrix import matters_behind, place_of, unplaced_families
from ipdesk.core.layout.words import WORD_LABELS
from ipdesk.core.portfolio.queries import find_reference, matter_rows
from ipdesk.core.watch.queries_hits import hit_rows
from ipdesk.core.watch.rows import HitRow
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.layout.form import Form, Group
from ipdesk.ui.layout.grid import axis_words
from ipdesk.ui.layout.picking import Picking
from ipdesk.ui.layout.rowform import ask_row
from ipdesk.ui.layout.view import Bench
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import Asked
from ipdesk.ui.widgets.fields import (
    choice_editor,
    day_editor,
    line_editor,
    names_editor,
    text_editor,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

Spots = Sequence[tuple[Axis, Axis]]
PLACED = ("effect", "application")
"""Matrices whose columns matters are placed in by hand; the others follow office and product."""


class CellActs:
    """Asks for what an act needs and does it."""

    def __init__(self, desk: Desk, parent: QWidget, bench: Bench) -> None:
        self._desk, self._parent, self._bench = desk, parent, bench

    def search(self, kind: str, cells: Spots) -> None:
        """Somebody searched the cells; from then on they count as checked."""
        if not cells:
            return
        places = tuple(place_of(kind, row.key, column.key) for row, column in cells)
        today = self._desk.today()
        asked = (
            Asked("on", tr("Searched on"), day_editor(), today, needed=True),
            Asked("by", tr("Who searched"), line_editor()),
            Asked("database", tr("Database"), line_editor(), needed=True),
            Asked("query", tr("Query"), text_editor(), needed=True),
            Asked("numbers", tr("Publications found"), names_editor(tr("one number a line")), ()),
            Asked("note", tr("Note"), line_editor()),
        )

        def act(values: dict[str, Any]) -> Any:
            if values["on"] > today:
                raise ValueError(tr("A search cannot be in the future."))
            fields = SearchFields(
                on=values["on"],
                by=values["by"],
                database=values["database"],
                query=values["query"],
                places=places,
                numbers=values["numbers"],
                note=values["note"],
            )
            return lambda database, _law: record_search(database, fields)

        self._ask(
            tr("Record a search: {where}", where=_where(cells)),
            asked,
            tr("Record search"),
            act,
            tr("Search recorded."),
            tr("A cell counts as checked for six months after its latest search."),
        )

    def take_back(self, search: int) -> None:
        """A search that never was; its cells are unchecked again unless another covers them."""
        run_edit(self._desk, lambda d, _law: delete_search(d, search), tr("Search taken back."))

    def word(self, cells: Spots, known: Cell, kind: str) -> None:
        """What is thought of the cells."""
        if not cells:
            return
        places = [place_of(kind, row.key, column.key) for row, column in cells]
        words = [("", tr("Nothing")), *((w, str(text)) for w, text in WORD_LABELS.items())]
        asked = (
            Asked("word", tr("It is"), choice_editor(words), known.word),
            Asked("reason", tr("Reason"), line_editor(), known.word_reason),
        )
        today = self._desk.today()

        def act(values: dict[str, Any]) -> Any:
            word, reason = values["word"], values["reason"]
            return lambda database, _law: say_of_cells(database, places, word, reason, today)

        title = tr("What is thought of {where}?", where=_where(cells))
        self._ask(title, asked, tr("Save"), act, tr("Saved."))

    def filing(self, kind: str, cells: Spots) -> None:
        """A new row of the plan for the first of the cells."""
        info = self._bench.names.plan(self._bench.plan)
        if not cells:
            return
        if info is None or info.status != "draft":
            self._desk.say(tr("Choose a plan that is a draft at the top, or make one in Plan."))
            return
        place = place_of(kind, cells[0][0].key, cells[0][1].key)
        fields = RowFields(
            title="",
            technology_id=place.technology_id,
            effect_id=place.effect_id,
            application_id=place.application_id,
            product_id=place.product_id,
            territories=(Target(place.office),) if place.office else (),
        )
        ask_row(self._desk, self._parent, self._bench, info.id, None, fields)

    def matters(self, kind: str, cells: Spots) -> None:
        """Which matters stand in the cell: their references are written one a line."""
        if not cells or kind not in PLACED:
            return
        row, column = cells[0]
        question = partial(_references, kind, row, column)
        self._desk.worker.read(
            question, partial(self._ask_matters, kind, row, column), partial(tell, self._desk)
        )

    def _ask_matters(self, kind: str, row: Axis, column: Axis, known: dict[str, int]) -> None:
        place = place_of(kind, row.key, column.key)
        hint = tr("one reference a line")
        asked = (Asked("wanted", tr("Matters"), names_editor(hint), tuple(known)),)

        def act(values: dict[str, Any]) -> Any:
            return partial(_set_cell, kind, place, values["wanted"], known)

        self._ask(
            tr("Matters in {where}", where=_where([(row, column)])),
            asked,
            tr("Save"),
            act,
            tr("Saved."),
            tr("Add or take away references; what is new joins the technology as well."),
        )

    def families(self, kind: str, cells: Spots) -> None:
        """Families of others that belong to an application field, chosen from the technology."""
        if not cells or kind != "application":
            return
        row, column = cells[0]

        def show(rows: list[HitRow]) -> None:
            if not rows:
                self._desk.say(tr("Every family of others in this technology stands here already."))
                return
            Picking(
                self._parent, tr("Families for {where}", where=_where(cells)), rows, done
            ).open()

        def done(chosen: list[HitRow]) -> None:
            ids = [one.id for one in chosen]
            run_edit(
                self._desk,
                lambda d, _law: place_families(d, ids, int(column.key)),
                ntr("{n} family placed.", "{n} families placed.", len(ids)),
            )

        question = partial(_unplaced, row, column)
        self._desk.worker.read(question, show, partial(tell, self._desk))

    def _ask(self, title: str, asked: Any, doing: str, act: Any, said: str, text: str = "") -> None:
        groups = (Group("", asked),)
        Form(self._desk, self._parent, title, groups, doing, act, text=text, said=said).open()


def _where(cells: Spots) -> str:
    if len(cells) == 1:
        return f"{axis_words(cells[0][0])} × {axis_words(cells[0][1])}"
    return ntr("{n} cell", "{n} cells", len(cells))


def _references(kind: str, row: Axis, column: Axis, connection: Connection) -> dict[str, int]:
    ids = matters_behind(connection, kind, row.key, column.key)
    return {one.reference: one.id for one in matter_rows(connection, ids)}


def _unplaced(row: Axis, column: Axis, connection: Connection) -> list[HitRow]:
    return list(hit_rows(connection, unplaced_families(connection, row.key, column.key)))


def _set_cell(
    kind: str,
    place: Place,
    wanted: Sequence[str],
    known: dict[str, int],
    database: Database,
    _law: Any,
) -> Any:
    found: dict[int, str] = {}
    with database.read() as connection:
        for reference in wanted:
            one = known.get(reference) or find_reference(connection, reference)
            if one is None:
                raise IpdeskError(say("There is no matter {reference}.", reference=reference))
            found[one] = reference
    return set_cell(database, kind, place, list(found), list(known.values()))
