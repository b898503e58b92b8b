"""Names that may mean one party: pairs with their reason, merged one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import say, tr
from ipdesk.core.portfolio.parties import merge_parties, similar_parties
from ipdesk.ui.desk import Desk
from ipdesk.ui.pairs import Pair, PairsDialog
from ipdesk.ui.tables.columns import Align, Column

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.store.database import Database


class LikeNames(PairsDialog):
    """Parties whose names look alike."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            tr("Names that look alike"),
            tr(
                "Merging makes them one party: the matters of the second become those of the "
                "first, and both names lead to it from then on. Undo takes it back."
            ),
            _columns(),
            _pairs,
            ((tr("Same party: merge"), _same), (tr("Earlier name: merge"), _former)),
            lambda party: str(party.name),
            parent,
        )


def _pairs(connection: Connection) -> list[Pair]:
    return [Pair(a.first, a.second, str(a.reason)) for a in similar_parties(connection)]


def _same(database: Database, keep: int, other: int) -> object:
    return merge_parties(database, keep, [other])


def _former(database: Database, keep: int, other: int) -> object:
    return merge_parties(database, keep, [other], former=True)


def _columns() -> tuple[Column, ...]:
    return (
        Column("first", say("Stays"), lambda r: r.first.name, 200, strong=True),
        Column("n", say("Matters"), lambda r: r.first.matters, 64, Align.RIGHT),
        Column("second", say("Is merged"), lambda r: r.second.name, 200),
        Column("m", say("Matters"), lambda r: r.second.matters, 64, Align.RIGHT),
        Column("reason", say("Why"), lambda r: r.reason, 180, tip=lambda r: r.reason),
    )
