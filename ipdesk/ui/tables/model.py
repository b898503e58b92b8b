"""A table model of any length: all ids in order, rows read by page when they come into sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ipdesk.store.paging import ListQuery
from ipdesk.ui.tables.columns import Align, Answer, Column, Source, shown

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.ui.work import Worker

PAGE = 128
PAGES_KEPT = 40
PAGES_READ_FIRST = 2
_WAITING = "…"

ROW = Qt.ItemDataRole.UserRole + 1  # the frozen row, None while it is read
CELL = Qt.ItemDataRole.UserRole + 2  # the cell's value before it becomes words
SORT_KEY = Qt.ItemDataRole.UserRole + 3  # of a header

_ANSWERED = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.TextAlignmentRole,
    ROW,
    CELL,
)

Index = QModelIndex | QPersistentModelIndex
_ROOM_FOR_ARROW = "\u00a0" * 5  # the arrow of the sorting would stand on words at the right
_NO_INDEX = QModelIndex()


class PagedModel(QAbstractTableModel):
    """Rows of a Source. Sorting and filtering are questions to the database, never done here."""

    answered = Signal(object)  # ListQuery, after its ids are in place
    refused = Signal(object)  # the exception of a read that failed

    def __init__(self, worker: Worker, source: Source, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self.source = source
        self.columns: tuple[Column, ...] = source.columns()
        self.query = ListQuery()
        self._ids: array[int] = array("q")
        self._rows: OrderedDict[int, dict[int, Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._era = 0  # pages of an earlier list are dropped
        self._seen = 0

    # ------------------------------------------------------------------ asking

    def ask(self, query: ListQuery) -> None:
        """Read the list again under a new question; the old one stays in sight meanwhile."""
        top = self._seen if query == self.query else 0
        self.query = query
        question = partial(_read_list, self.source, query, top)
        self._worker.read(question, self._take, self._fail, key="ids")

    def again(self) -> None:
        """The data changed: ask the same question, keep place and selection."""
        self.ask(self.query)

    def see(self, first: int) -> None:
        """The view tells which row stands at its top, so that a refresh reads that page."""
        self._seen = max(0, first)

    def _take(self, answer: Answer) -> None:
        if answer.query != self.query:
            return
        self._era += 1
        self._asked.clear()
        if answer.ids.tobytes() == self._ids.tobytes():
            self._rows.clear()
            self._keep(answer)
            self._say_changed(0, len(self._ids) - 1)
        else:
            self.beginResetModel()
            self._ids = answer.ids
            self._rows.clear()
            self._keep(answer)
            self.endResetModel()
        self.answered.emit(answer.query)

    def _fail(self, error: Exception) -> None:
        self.refused.emit(error)

    # ------------------------------------------------------------------ rows

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self, rows: Iterable[int] | None = None) -> list[int]:
        """The ids of some rows, or of all."""
        return list(self._ids) if rows is None else [self._ids[row] for row in rows]

    def id_at(self, row: int) -> int | None:
        """The id in a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, wanted: int) -> int:
        """Where an id stands; -1 when it is not in the list."""
        try:
            return self._ids.index(wanted)
        except ValueError:
            return -1

    def row_at(self, row: int) -> Any | None:
        """The frozen row if it has been read; asks for its page otherwise."""
        if not 0 <= row < len(self._ids):
            return None
        page = row // PAGE
        held = self._rows.get(page)
        if held is None:
            self._want(page)
            return None
        self._rows.move_to_end(page)
        return held.get(self._ids[row])

    def _want(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        question = partial(_read_page, self.source, ids)
        self._worker.read(question, partial(self._bring, self._era, page), self._fail, urgent=True)

    def _bring(self, era: int, page: int, rows: dict[int, Any]) -> None:
        if era != self._era:
            return
        self._asked.discard(page)
        self._rows[page] = rows
        while len(self._rows) > PAGES_KEPT:
            self._rows.popitem(last=False)
        first = page * PAGE
        self._say_changed(first, min(first + PAGE, len(self._ids)) - 1)

    def _keep(self, answer: Answer) -> None:
        """The rows that came with the ids: whole pages from ``answer.first`` on."""
        for page in range(answer.first, answer.first + PAGES_READ_FIRST):
            ids = self._ids[page * PAGE : (page + 1) * PAGE]
            if len(ids):
                self._rows[page] = {i: answer.rows[i] for i in ids if i in answer.rows}

    def _say_changed(self, first: int, last: int) -> None:
        if last >= first and self.columns:
            corner = self.index(last, len(self.columns) - 1)
            self.dataChanged.emit(self.index(first, 0), corner)

    # ------------------------------------------------------------------ Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role not in _ANSWERED:
            return None
        row = self.row_at(index.row())
        if row is None and role != Qt.ItemDataRole.TextAlignmentRole:
            return _WAITING if role == Qt.ItemDataRole.DisplayRole else None
        return told(self.columns[index.column()], row, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == SORT_KEY:
            return column.key
        said = headed(column, role)
        if role == Qt.ItemDataRole.DisplayRole and column.key == self.query.sort:
            return said + (_ROOM_FOR_ARROW if column.align is Align.RIGHT else "")
        return said


def headed(column: Column, role: int) -> Any:
    """What the head of a column answers to one of Qt's questions."""
    if role == Qt.ItemDataRole.DisplayRole:
        return str(column.title)
    return _aligned(column) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _aligned(column: Column) -> Qt.AlignmentFlag:
    right = column.align is Align.RIGHT
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def told(column: Column, row: Any, role: int) -> Any:
    """What a cell answers to one of Qt's questions."""
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _aligned(column)
    if role not in _ANSWERED:
        return None
    if role == ROW:
        return row
    cell = column.cell(row)
    if role == CELL:
        return cell
    if role == Qt.ItemDataRole.ToolTipRole:
        return (column.tip(row) if column.tip else "") or None
    return shown(cell)


def _read_list(source: Source, query: ListQuery, top: int, connection: Connection) -> Answer:
    """In a reader's thread: the ids, and the pages that are seen first."""
    ids = source.ids(connection, query)
    page = min(top, max(0, len(ids) - 1)) // PAGE
    part = ids[page * PAGE : (page + PAGES_READ_FIRST) * PAGE]
    return Answer(query, ids, page, _read_page(source, part, connection))


def _read_page(source: Source, ids: Sequence[int], connection: Connection) -> dict[int, Any]:
    return {row.id: row for row in source.rows(connection, ids)} if len(ids) else {}


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as (first, last), for selecting many at once."""
    ordered = sorted(rows)
    if not ordered:
        return []
    breaks = [i for i, (one, two) in enumerate(pairwise(ordered), 1) if two != one + 1]
    edges = [0, *breaks, len(ordered)]
    return [(ordered[a], ordered[b - 1]) for a, b in pairwise(edges)]
