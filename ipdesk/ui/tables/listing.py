"""A whole list: search, chips, table, and what stands there when there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import tr
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.tables.columns import Facet, Source, narrowed
from ipdesk.ui.tables.export import export_list
from ipdesk.ui.tables.filters import FilterBar, SearchBox
from ipdesk.ui.tables.model import PagedModel
from ipdesk.ui.tables.view import Table
from ipdesk.ui.widgets.buttons import action, button, icon_button
from ipdesk.ui.widgets.progress import ProgressStrip
from ipdesk.ui.widgets.states import Loading, Notice, failed

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Listing(QWidget):
    """Search box (to be placed in the page's head), filters, and the table or a notice."""

    picked = Signal(object)  # the id of the current row, or None
    opened = Signal(object)  # an id
    counted = Signal(int)
    asked = Signal(object)  # ListQuery: what is shown now

    def __init__(
        self,
        desk: Desk,
        source: Source,
        empty: Callable[[], Notice],
        sort: str = "",
        descending: bool = False,
        outside: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._outside = outside  # facets that are chosen elsewhere on the page
        self._desk = desk
        self._source = source
        self._empty = empty
        self._at_first = self._recalled(ListQuery(sort=sort, descending=descending))
        self.model = PagedModel(desk.worker, source, self)
        self.table = Table(desk, self.model)
        self.search = SearchBox()
        self.filters = FilterBar()
        self._notice: QWidget | None = None
        self._answered = False
        self._wanted: int | None = None
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ building

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setProperty("card", "true")
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._loading = Loading()
        self._stack.addWidget(self._loading)
        self._stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.filters)
        self.progress = ProgressStrip()
        column.addWidget(self.progress)
        column.addWidget(frame, 1)

    def _connect(self) -> None:
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self.table.enter)
        self.filters.changed.connect(self._filter)
        self.filters.cleared.connect(self.clear)
        self.table.sorted_by.connect(self._sort)
        self.table.picked.connect(self.picked)
        self.table.opened.connect(self.opened)
        self.model.answered.connect(self._show_answer)
        self.model.refused.connect(self._show_failure)
        self.find_action: QAction = action(
            self, tr("Search in the list"), self.focus_search, shortcut="Ctrl+F", everywhere=True
        )  # from anywhere on its page: a list out of sight hears no keys

    def columns_button(self) -> QWidget:
        """A button that opens the choice of columns."""
        made = icon_button("columns", tr("Choose columns"), lambda: None)
        made.clicked.connect(
            lambda: self.table.column_menu().popup(made.mapToGlobal(made.rect().bottomLeft()))
        )
        return made

    def export_action(self, name: str) -> QAction:
        """An action that writes the list in sight to a file."""
        return action(self, tr("Export the list…"), partial(self.export, name), icon="export")

    def export(self, name: str) -> None:
        """Ask where to and write the list in sight."""
        shown = self.table.shown_columns()
        strip = None if self.progress.running else self.progress
        export_list(self._desk, self, name, self._source, self.query, shown, strip)

    # ------------------------------------------------------------------ asking

    @property
    def query(self) -> ListQuery:
        """The question being shown."""
        return self.model.query

    def reload(self) -> None:
        """The first time, or the data changed."""
        self.model.ask(self.model.query if self._answered else self._at_first)
        self._ask_facets()

    def ask(self, query: ListQuery) -> None:
        """Show another selection."""
        self._at_first = query
        self.search.put(query.search)
        self.filters.show_query(self._narrowing(query))
        self.table.show_sorting(query)
        self.model.ask(query)
        self._ask_facets()
        self._desk.memory.put(self._memory_key(), [query.sort, query.descending])

    def pick(self, wanted: int) -> None:
        """Select a row as soon as it is in the list."""
        if not self.table.pick(wanted):
            self._wanted = wanted

    def clear(self) -> None:
        """Everything again."""
        kept = tuple((n, v) for n, v in self.query.facets if n in self._outside)
        self.ask(replace(self.query, search="", facets=kept))

    def _narrowing(self, query: ListQuery) -> ListQuery:
        """The part of the question that the chips and the search box hold."""
        return replace(query, facets=tuple(f for f in query.facets if f[0] not in self._outside))

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _search(self, text: str) -> None:
        self.ask(replace(self.query, search=text))

    def _filter(self, facets: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        kept = tuple((n, v) for n, v in self.query.facets if n in self._outside)
        self.ask(replace(self.query, facets=(*kept, *facets)))

    def _sort(self, key: str, descending: bool) -> None:
        self.ask(replace(self.query, sort=key, descending=descending))

    def _memory_key(self) -> str:
        return f"sort.{self._source.name}"

    def _recalled(self, query: ListQuery) -> ListQuery:
        kept = self._desk.memory.get(self._memory_key())
        match kept:
            case [str(sort), bool(descending)]:
                return replace(query, sort=sort, descending=descending)
        return query

    # ------------------------------------------------------------------ answers

    def _ask_facets(self) -> None:
        question = partial(_facets, self._source, self.model.query)
        self._desk.worker.read(question, self._show_facets, self._say_failure, key="facets")

    def _show_facets(self, facets: tuple[Facet, ...]) -> None:
        self.filters.show_facets(facets)
        self.filters.show_query(self._narrowing(self.query))

    def _show_answer(self, query: ListQuery) -> None:
        self._answered = True
        self.table.show_sorting(query)
        self.counted.emit(len(self.model))
        self.asked.emit(query)
        if len(self.model):
            self._stack.setCurrentWidget(self.table)
        else:
            self._show_notice(
                self._nothing_found() if narrowed(self._narrowing(query)) else self._empty()
            )
        if self._wanted is not None and self.table.pick(self._wanted):
            self._wanted = None
        elif query.search.strip() and len(self.model) == 1:
            self.table.selectRow(0)  # the one that was looked for

    def _nothing_found(self) -> Notice:
        clear = button(tr("Clear search and filters"), self.clear)
        return Notice(
            "magnifying-glass",
            tr("Nothing fits"),
            tr("No line answers this search and these filters."),
            (clear,),
        )

    def _show_failure(self, error: Exception) -> None:
        if not isinstance(error, IpdeskError):
            tell(self._desk, error)
        again: QPushButton = button(tr("Try again"), self.reload)
        known = isinstance(error, IpdeskError)
        words = str(error) if known else tr("Details are in the log.")
        self._show_notice(failed(words, again))

    def _say_failure(self, error: Exception) -> None:
        tell(self._desk, error)

    def _show_notice(self, notice: Notice) -> None:
        if self._notice is not None:
            self._stack.removeWidget(self._notice)
            self._notice.deleteLater()
        self._notice = notice
        self._stack.addWidget(notice)
        self._stack.setCurrentWidget(notice)


def _facets(source: Source, query: ListQuery, connection: Connection) -> tuple[Facet, ...]:
    return source.facets(connection, query)
