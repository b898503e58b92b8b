"""What the views of the money page share: a bar with its actions, a list with its detail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.base.money import written
from ipdesk.charts.palette import Tone
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.money.facts import FactCard
from ipdesk.ui.money.held import HeldSource
from ipdesk.ui.page import tell
from ipdesk.ui.tables.columns import Mark, Source
from ipdesk.ui.tables.listing import Listing
from ipdesk.ui.widgets.buttons import button_of, heard_everywhere, menu_of, more_button
from ipdesk.ui.widgets.labels import Shortened, card
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection


class View(QWidget):
    """One view of the page: a bar above, its content below."""

    counted = Signal(object)  # how many lines are in sight, None: no list

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.bar = QHBoxLayout()
        self.bar.setSpacing(theme.px(8))
        self.said = Shortened("", "muted")  # e.g. the sum of what is selected
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(8))
        self.column.addLayout(self.bar)

    def reload(self) -> None:
        """Read everything again."""

    def add_actions(self, main: QAction | None, rest: Sequence[QAction | None]) -> None:
        """The main action as a button at the right of the bar, the rest behind three dots."""
        self.bar.addWidget(self.said, 1)
        heard_everywhere((main, *rest))
        if main is not None:
            self.bar.addWidget(button_of(main, role="main"))
        if rest:
            self.bar.addWidget(more_button(menu_of(self, list(rest))))

    def ask(
        self,
        question: Callable[[Connection], Any],
        then: Callable[[Any], object],
        key: str = "read",
    ) -> None:
        """Read something; what fails is said."""
        self.desk.worker.read(question, then, partial(tell, self.desk), key=key)


class ListView(View):
    """A list at the left, the line in focus whole at the right."""

    def __init__(
        self,
        desk: Desk,
        source: Source,
        empty: Callable[[], Notice],
        sort: str,
        prompt: str,
        descending: bool = False,
    ) -> None:
        super().__init__(desk)
        self.source = source
        self.list = Listing(desk, source, empty, sort, descending, outside=("list",))
        self.detail = FactCard(prompt)
        self.beside = QWidget()
        self._side = QVBoxLayout(self.beside)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(theme.px(8))
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.detail)
        self._side.addWidget(frame, 1)
        self.list.search.setMaximumWidth(theme.px(260))
        self.bar.addWidget(self.list.search)
        self.bar.addWidget(self.list.columns_button())
        split = Split(desk, f"money.{source.name}", self.list, self.beside, (5, 2))
        self.beside.setMinimumWidth(theme.px(300))
        self.column.addWidget(split, 1)
        self.list.counted.connect(self._tell_count)
        self.list.picked.connect(self._show)
        chosen = self.list.table.selectionModel()
        chosen.selectionChanged.connect(lambda _new, _old: self.selected_changed())

    def above(self, widget: QWidget) -> None:
        """Put something over the detail."""
        self._side.insertWidget(0, widget)

    def reload(self) -> None:
        if isinstance(self.source, HeldSource):
            self.source.forget()
        self.list.reload()

    def show_row(self, row: Any) -> None:
        """Fill the detail with a line; to be written by each view."""

    def selected_changed(self) -> None:
        """Other lines are selected."""

    # ------------------------------------------------------------------ rows

    def row(self, wanted: int) -> Any | None:
        """A line by its number in the list."""
        if isinstance(self.source, HeldSource):
            return self.source.row(wanted)
        model = self.list.model
        return model.row_at(model.row_of(wanted))

    def chosen(self) -> list[Any]:
        """The selected lines."""
        found = (self.row(i) for i in self.list.table.selected_ids())
        return [row for row in found if row is not None]

    def current(self) -> Any | None:
        """The line in focus."""
        wanted = self.list.table.current_id()
        return None if wanted is None else self.row(wanted)

    def _tell_count(self, n: int) -> None:
        self.counted.emit(n)
        self._show(self.list.table.current_id())
        self.selected_changed()

    def _show(self, wanted: int | None) -> None:
        row = None if wanted is None else self.row(wanted)
        if row is None:
            self.detail.show_nothing()
        else:
            self.show_row(row)


def amount_cell(amount: Decimal | None) -> float | Mark:
    """A sum in a table; what nobody knows says so."""
    return Mark(Tone.UNCHECKED, tr("unknown")) if amount is None else float(amount)


def totals(sums: dict[str, Decimal]) -> str:
    """Sums by currency in one line: ``CNY 1,200 + USD 50``."""
    shown = [f"{currency} {written(amount)}" for currency, amount in sorted(sums.items())]
    return " + ".join(shown)
