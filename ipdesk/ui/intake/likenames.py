"""Names that may mean one party: pairs with their reason, merged one by one, undone by Undo."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import say, tr
from ipdesk.core.portfolio.likeness import Alike
from ipdesk.core.portfolio.parties import merge_parties, similar_parties
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.tables.columns import Align, Column
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label


class _Pair:
    """A pair as a row of the table."""

    def __init__(self, pair: Alike) -> None:
        self.pair = pair
        self.id = pair.second.id


class LikeNames(QDialog):
    """Nothing is merged before the user says so."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(tr("Names that look alike"))
        self.resize(theme.px(900), theme.px(420))
        self.table = SmallTable(_columns(), tr("Names that look alike"), stretch="reason")
        self.table.picked.connect(lambda row: self._allow(row is not None))
        words = tr(
            "Merging makes them one party: the matters of the second become those of the first, "
            "and both names lead to it from then on. Undo takes it back."
        )
        self.merge = button(tr("Same party: merge"), partial(self.join, False), role="main")
        self.former = button(tr("Earlier name: merge"), partial(self.join, True))
        self.swap = button(tr("Keep the other name"), self.turn)
        row = QHBoxLayout()
        for made in (self.merge, self.former, self.swap):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(button(tr("Close"), self.reject))
        column = QVBoxLayout(self)
        column.addWidget(label(words, "muted", wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self._allow(False)
        self.load()

    def load(self) -> None:
        """Look again."""
        self._desk.worker.read(similar_parties, self._show, partial(tell, self._desk))

    def _show(self, pairs: list[Alike]) -> None:
        self.table.put([_Pair(p) for p in pairs])
        if pairs:
            self.table.selectRow(0)
        self._allow(bool(pairs))

    def _allow(self, there: bool) -> None:
        for made in (self.merge, self.former, self.swap):
            made.setEnabled(there)

    def turn(self) -> None:
        """The other of the two names stays."""
        row = self.table.current()
        if row is not None:
            one = row.pair
            row.pair = one._replace(first=one.second, second=one.first)
            self.table.viewport().update()

    def join(self, former: bool) -> None:
        """Merge the pair in focus."""
        row = self.table.current()
        if row is None:
            return
        keep, other = row.pair.first, row.pair.second
        act = partial(merge_parties, keep=keep.id, others=[other.id], former=former)

        def done(_change: object) -> None:
            words = tr("{other} was merged with {name}.", other=other.name, name=keep.name)
            self._desk.say(words, Kind.DONE)
            self.load()

        self._desk.worker.edit(act, done, partial(tell, self._desk))


def _reason(row: _Pair) -> str:
    return str(row.pair.reason)


def _columns() -> tuple[Column, ...]:
    return (
        Column("first", say("Stays"), lambda r: r.pair.first.name, 200, strong=True),
        Column("n", say("Matters"), lambda r: r.pair.first.matters, 64, Align.RIGHT),
        Column("second", say("Is merged"), lambda r: r.pair.second.name, 200),
        Column("m", say("Matters"), lambda r: r.pair.second.matters, 64, Align.RIGHT),
        Column("reason", say("Why"), _reason, 180, tip=_reason),
    )
