"""Pairs that may be one, each with its reason: merged one by one, undone by Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.tables.columns import Column
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.store.database import Database


@dataclass(slots=True)
class Pair:
    """Two of a kind; the first stays. ``name_of`` is what a person calls them."""

    first: Any
    second: Any
    reason: str

    @property
    def id(self) -> int:
        return int(self.second.id)


Merge = Callable[["Database", int, int], object]  # the id that stays, the id that goes
Ways = Sequence[tuple[str, Merge]]


class PairsDialog(QDialog):
    """Nothing is merged before the user says so; *name_of* is what a person calls one of them."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        words: str,
        columns: tuple[Column, ...],
        question: Callable[[Connection], list[Pair]],
        ways: Ways,
        name_of: Callable[[Any], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._question, self._name_of = desk, question, name_of
        self.setWindowTitle(title)
        self.resize(theme.px(960), theme.px(440))
        self.table = SmallTable(columns, title, stretch="reason")
        self.table.picked.connect(lambda row: self._allow(row is not None))
        self._nothing = Notice("check-circle", tr("Nothing here looks like the same."))
        self._nothing.hide()
        self.ways = [
            button(said, partial(self.join, act), role="" if place else "main")
            for place, (said, act) in enumerate(ways)
        ]
        self.swap = button(tr("Keep the other"), self.turn)
        row = QHBoxLayout()
        for made in (*self.ways, self.swap):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(button(tr("Close"), self.reject))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label(title, "title"))
        column.addWidget(label(words, "muted", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self._nothing, 1)
        column.addLayout(row)
        self._allow(False)
        self.load()

    def load(self) -> None:
        """Look again."""
        self._desk.worker.read(self._question, self._show, partial(tell, self._desk))

    def _show(self, pairs: list[Pair]) -> None:
        self.table.put(pairs)
        self.table.setVisible(bool(pairs))
        self._nothing.setVisible(not pairs)
        if pairs:
            self.table.selectRow(0)
        self._allow(bool(pairs))

    def _allow(self, there: bool) -> None:
        for made in (*self.ways, self.swap):
            made.setEnabled(there)

    def turn(self) -> None:
        """The other of the two stays."""
        row = self.table.current()
        if row is not None:
            row.first, row.second = row.second, row.first
            self.table.viewport().update()

    def join(self, merge: Merge) -> None:
        """Merge the pair in focus."""
        row: Pair | None = self.table.current()
        if row is None:
            return
        keep, other = row.first, row.second

        def done(_change: object) -> None:
            names = {"other": self._name_of(other), "name": self._name_of(keep)}
            undo = (tr("Undo"), partial(self._desk.do, "undo"))
            self._desk.say(tr("{other} was merged with {name}.", **names), Kind.DONE, undo)
            self.load()

        act = partial(_merged, merge, keep.id, other.id)
        self._desk.worker.edit(act, done, partial(tell, self._desk))


def _merged(merge: Merge, keep: int, other: int, database: Database) -> object:
    return merge(database, keep, other)
