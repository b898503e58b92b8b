"""Matters that may be one: pairs with their reason, or the two that were selected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import say, tr
from ipdesk.core.docket.merging import Twin, merge_matters, twins, twins_of
from ipdesk.core.portfolio.model import right_label
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import law_of
from ipdesk.ui.pairs import Pair, PairsDialog
from ipdesk.ui.tables.columns import Cell, Column

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from ipdesk.store.database import Database


class TwinMatters(PairsDialog):
    """Duplicates that were found, or (*chosen*) two matters that the user calls one."""

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, chosen: Sequence[int] = ()
    ) -> None:
        super().__init__(
            desk,
            tr("Matters that may be one"),
            tr(
                "Merging makes them one matter: what the first says stays, the second fills its "
                "gaps; dates, work on deadlines, documents and payments go with it, and what "
                "differs is kept in the note. Undo takes it back."
            ),
            _columns(),
            partial(_pairs, tuple(chosen)),
            ((tr("Same matter: merge"), partial(_merge, desk.today())),),
            lambda twin: str(twin.reference),
            parent,
        )


def _pairs(chosen: tuple[int, ...], connection: Connection) -> list[Pair]:
    found = twins_of(connection, chosen) if chosen else twins(connection)
    return [Pair(t.first, t.second, str(t.reason)) for t in found]


def _merge(today: date, database: Database, keep: int, other: int) -> object:
    return merge_matters(database, law_of(database, today), keep, [other])


def _columns() -> tuple[Column, ...]:
    return (
        Column("first", say("Stays"), lambda r: r.first.reference, 110, strong=True),
        Column("a", say("Number, filing date"), lambda r: _numbered(r.first), 190),
        Column("second", say("Is merged"), lambda r: r.second.reference, 110),
        Column("b", say("Number, filing date"), lambda r: _numbered(r.second), 190),
        Column("title", say("Title"), _title, 160, tip=_title),
        Column("reason", say("Why"), lambda r: r.reason, 150, tip=lambda r: r.reason),
    )


def _numbered(twin: Twin) -> Cell:
    parts = (twin.number, str(twin.filing_date or ""))
    return "  ".join(p for p in parts if p) or "–"


def _title(row: Pair) -> str:
    first, second = row.first, row.second
    titles = dict.fromkeys(twin.title for twin in (first, second) if twin.title)
    return f"{' / '.join(titles)} · {right_label(first.right)} {first.office}"
