"""The table itself: header that sorts, columns to choose, selection by id, copying."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.tables.columns import Column, shown
from ipdesk.ui.tables.dressing import dress_list
from ipdesk.ui.tables.fitting import fitted
from ipdesk.ui.tables.model import PagedModel, runs
from ipdesk.ui.tables.paint import CellPainter

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.ui.desk import Desk

_COPY_AT_MOST = 20_000
_HEAD, _ARROW = 18, 12  # around the words of a head, and for its arrow


class Table(QTableView):
    """Shows a PagedModel; remembers widths, order, hidden columns and the sorting."""

    picked = Signal(object)  # the id of the current row, or None
    opened = Signal(object)  # Enter or double click on a row

    def __init__(self, desk: Desk, model: PagedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paged = model
        self._current: int | None = None
        self._selected: set[int] = set()
        self.onward = False  # where the row in focus left the list, the next one is selected
        self._at = -1  # of the first selected row, before the list is read again
        self._answered: ListQuery | None = None
        self._settling = False
        self._head = QFontMetrics(theme.figures(12))
        self._own_widths = False  # the user's; until then columns follow the room
        self.setModel(model)
        self.setItemDelegate(CellPainter(model.columns, self))
        self._dress()
        self._recall()
        model.modelAboutToBeReset.connect(self._note_selection)
        model.modelReset.connect(self._restore_selection)
        model.answered.connect(self._note_answer)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.activated.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._tell_top)

    # ------------------------------------------------------------------ looks

    def _dress(self) -> None:
        dress_list(self, tr("List"), multiple=True, least=40)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # its own, empty selection: asking whether a column is selected walks over every row
        head.setSelectionModel(QItemSelectionModel(self._paged, head))
        head.customContextMenuRequested.connect(self._column_menu)
        head.sectionClicked.connect(self._sort_by)
        head.sectionResized.connect(self._widened)
        head.sectionMoved.connect(self._remember)
        copy = QAction(tr("Copy rows"), self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.addAction(copy)

    # ------------------------------------------------------------------ columns

    def _key(self) -> str:
        return f"columns.{self._paged.source.name}"

    def _recall(self) -> None:
        kept = self._desk.memory.get(self._key(), {})
        kept = kept if isinstance(kept, dict) else {}
        widths, hidden = kept.get("widths", {}), kept.get("hidden")
        self._own_widths = bool(widths)
        head = self.horizontalHeader()
        self._settling = True
        for place, column in enumerate(self._paged.columns):
            head.resizeSection(place, int(widths.get(column.key, self._wide(column))))
            gone = column.key in hidden if isinstance(hidden, list) else not column.shown
            head.setSectionHidden(place, gone)
        for target, key in enumerate(kept.get("order", [])):
            place = self._place(key)
            if place >= 0:
                head.moveSection(head.visualIndex(place), target)
        self._settling = False
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Until the user drags a width, elastic columns follow the room."""
        if self._own_widths or not self.isVisible():
            return
        head, columns = self.horizontalHeader(), self._paged.columns
        places = [head.logicalIndex(i) for i in range(head.count())]
        places = [i for i in places if not head.isSectionHidden(i)]
        widths = [self._wide(columns[i]) for i in places]
        least = [theme.px(columns[i].least) for i in places]
        self._settling = True
        for place, wide in zip(places, fitted(widths, least, self.viewport().width()), strict=True):
            head.resizeSection(place, wide)
        self._settling = False

    def _wide(self, column: Column) -> int:
        """Its own width, or what its head needs with the arrow of the sorting."""
        head = self._head.horizontalAdvance(str(column.title))
        return max(theme.px(column.width), head + theme.px(_HEAD + (_ARROW if column.sorts else 0)))

    def _widened(self) -> None:
        if not self._settling:
            self._own_widths = True
            self._remember()

    def _remember(self) -> None:
        if self._settling:
            return
        head, columns = self.horizontalHeader(), self._paged.columns
        hidden = [c.key for i, c in enumerate(columns) if head.isSectionHidden(i)]
        sizes = {c.key: w for i, c in enumerate(columns) if (w := head.sectionSize(i))}
        widths = sizes if self._own_widths else {}
        order = [columns[head.logicalIndex(i)].key for i in range(len(columns))]
        kept = {"widths": widths, "hidden": hidden, "order": order}
        self._desk.memory.put(self._key(), kept)

    def _place(self, key: str) -> int:
        return next((i for i, c in enumerate(self._paged.columns) if c.key == key), -1)

    def column_menu(self) -> QMenu:
        """Every column with a tick when it is shown."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Columns"))
        head = self.horizontalHeader()
        for place, column in enumerate(self._paged.columns):
            choice = menu.addAction(str(column.title))
            choice.setCheckable(True)
            choice.setChecked(not head.isSectionHidden(place))
            choice.toggled.connect(partial(self._show_column, place))
        menu.addSeparator()
        menu.addAction(tr("Columns as at first"), self._forget_columns)
        return menu

    def _column_menu(self, where: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(where))

    def _show_column(self, place: int, yes: bool) -> None:
        head = self.horizontalHeader()
        if yes or head.hiddenSectionCount() < head.count() - 1:
            self._settling = True  # hiding is told as resizing
            head.setSectionHidden(place, not yes)
            self._settling = False
            self._remember()
            self._fit()

    def _forget_columns(self) -> None:
        self._desk.memory.put(self._key(), None)
        head = self.horizontalHeader()
        self._settling = True
        for place in range(head.count()):
            head.moveSection(head.visualIndex(place), place)
        self._settling = False
        self._recall()

    # ------------------------------------------------------------------ sorting

    def _sort_by(self, place: int) -> None:
        column: Column = self._paged.columns[place]
        if not column.sorts:
            self.show_sorting(self._paged.query)
            return
        query = self._paged.query
        down = query.sort == column.key and not query.descending
        self.sorted_by.emit(column.key, down)

    sorted_by = Signal(str, bool)  # column key, descending

    def show_sorting(self, query: ListQuery) -> None:
        """Set the arrow of the header to what the question says."""
        order = Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(self._place(query.sort), order)

    # ------------------------------------------------------------------ selection

    def current_id(self) -> int | None:
        """The id of the row that has the focus."""
        return self._paged.id_at(self.currentIndex().row())

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, from top to bottom."""
        rows: set[int] = set()
        chosen = self.selectionModel().selection()
        for part in (chosen.at(i) for i in range(chosen.count())):
            rows.update(range(part.top(), part.bottom() + 1))
        return self._paged.ids(sorted(rows))

    def pick(self, wanted: int) -> bool:
        """Select the row of an id and bring it into sight; False when it is not in the list."""
        row = self._paged.row_of(wanted)
        if row < 0:
            return False
        self.selectRow(row)
        self.scrollTo(self._paged.index(row, 0))
        return True

    def enter(self) -> None:
        """Take the keys; where no row was selected yet, the first one is."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.selectionModel().hasSelection() and len(self._paged):
            self.selectRow(max(0, self.currentIndex().row()))

    def _note_selection(self) -> None:
        self._current = self.current_id()
        self._selected = set(self.selected_ids())
        rows = [i.row() for i in self.selectionModel().selectedRows()]
        self._at = min(rows, default=self.currentIndex().row())

    def _restore_selection(self) -> None:
        row = self._paged.row_of(self._current) if self._current is not None else -1
        if row >= 0:
            chosen = self.selectionModel()
            self.setCurrentIndex(self._paged.index(row, 0))
            places = (self._paged.row_of(i) for i in self._selected)
            picked = QItemSelection()
            last = len(self._paged.columns) - 1
            for first, end in runs(place for place in places if place >= 0):
                picked.select(self._paged.index(first, 0), self._paged.index(end, last))
            chosen.select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        elif self._goes_on():
            self.selectRow(min(max(0, self._at), len(self._paged) - 1))
        elif self._current is not None:
            self.picked.emit(None)
        self._current = None
        self._selected = set()

    def _note_answer(self, query: ListQuery) -> None:
        self._answered = query

    def _goes_on(self) -> bool:
        """Whether the row in focus was dealt with: it left the list under the same question."""
        same = self._answered == self._paged.query
        return self.onward and self._current is not None and same and len(self._paged) > 0

    def _tell_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(self._paged.id_at(current.row()) if current.isValid() else None)

    def _tell_top(self) -> None:
        self._paged.see(self.rowAt(0))

    def _open(self, index: QModelIndex) -> None:
        found = self._paged.id_at(index.row())
        if found is not None:
            self.opened.emit(found)

    # ------------------------------------------------------------------ copying

    def copy(self) -> None:
        """The selected rows to the clipboard, columns as shown, tabs between them."""
        ids = self.selected_ids()[:_COPY_AT_MOST]
        if not ids:
            return
        columns = self.shown_columns()
        source = self._paged.source

        def question(connection: Connection) -> str:
            found = {row.id: row for row in source.rows(connection, ids)}
            return as_tsv(columns, [found[i] for i in ids if i in found])

        self._desk.worker.read(question, partial(self._copied, len(ids)), key="copy")

    def _copied(self, n: int, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._desk.say(ntr("{n} row copied.", "{n} rows copied.", n))

    def shown_columns(self) -> list[Column]:
        """The columns in sight, in the order on the screen."""
        head = self.horizontalHeader()
        places = (head.logicalIndex(i) for i in range(head.count()))
        return [self._paged.columns[i] for i in places if not head.isSectionHidden(i)]


def as_tsv(columns: list[Column], rows: list[Any]) -> str:
    """Rows as a spreadsheet takes them from the clipboard."""
    plain: Callable[[str], str] = lambda text: " ".join(text.split())  # noqa: E731
    lines = ["\t".join(plain(str(c.title)) for c in columns)]
    lines += ["\t".join(plain(shown(c.cell(row))) for c in columns) for row in rows]
    return "\n".join(lines)
