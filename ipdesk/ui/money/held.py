"""A list whose rows are reckoned at once and held: searched, filtered and sorted in memory."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import Message
from ipdesk.base.text import fold
from ipdesk.store.paging import ListQuery
from ipdesk.ui.tables.columns import Column, Facet, Mark, Option

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Kept:
    """A row with the number by which the list knows it."""

    id: int
    row: Any


@dataclass(frozen=True, slots=True)
class HeldFacet:
    """A filter: the values of a row, and how a value is called."""

    id: str
    title: Message
    values: Callable[[Any], Sequence[str]]
    label: Callable[[str], object] = str


class HeldSource:
    """Reckons all rows once, until it is told to forget them; each row keeps its number."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        read: Callable[[Connection], Sequence[Any]],
        key: Callable[[Any], Hashable],
        facets: Sequence[HeldFacet] = (),
        words: Callable[[Any], str] | None = None,
    ) -> None:
        self.name = name
        self._columns = tuple(columns)
        self._cells = {c.key: c.cell for c in columns}
        self._read, self._key, self._facets = read, key, tuple(facets)
        self._words = words or self._all_words
        self._ids: dict[Hashable, int] = {}
        self._held: dict[int, Any] = {}
        self._fresh = False
        self._reckoning = Lock()

    def forget(self) -> None:
        """The data changed: the next question reckons again; the old rows stay until then."""
        self._fresh = False

    def row(self, wanted: int) -> Any | None:
        """A row that is held."""
        return self._held.get(wanted)

    def lines(self) -> tuple[Any, ...]:
        """All rows that are held now, filtered or not."""
        return tuple(self._held.values())

    # ------------------------------------------------------------------ what a list asks

    def columns(self) -> tuple[Column, ...]:
        return tuple(_of_kept(column) for column in self._columns)

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        rows = self._fitting(connection, query)
        cell = self._cells.get(query.sort)
        if cell is not None:
            known = [(i, value) for i, row in rows if (value := _order(cell(row))) is not None]
            known.sort(key=lambda pair: pair[1], reverse=query.descending)
            ordered = [i for i, _ in known]
            there = set(ordered)
            return array("q", ordered + [i for i, _ in rows if i not in there])
        return array("q", [i for i, _ in rows])

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[Kept]:
        held = self._all(connection)
        return [Kept(i, held[i]) for i in ids if i in held]

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        held = self._all(connection)
        return tuple(_facet(facet, held.values()) for facet in self._facets)

    # ------------------------------------------------------------------ inside

    def _all(self, connection: Connection) -> dict[int, Any]:
        with self._reckoning:
            if not self._fresh:
                self._fresh = True  # first: what changes while one reckons is reckoned again
                try:
                    rows = self._read(connection)
                except Exception:
                    self._fresh = False
                    raise
                held = {}
                for row in rows:
                    number = self._ids.setdefault(self._key(row), len(self._ids) + 1)
                    held[number] = row
                self._held = held
            return self._held

    def _fitting(self, connection: Connection, query: ListQuery) -> list[tuple[int, Any]]:
        rows = list(self._all(connection).items())
        for facet in self._facets:
            chosen = set(query.chosen(facet.id))
            if chosen:
                rows = [(i, row) for i, row in rows if chosen.intersection(facet.values(row))]
        wanted = fold(query.search).split()
        if wanted:
            rows = [(i, r) for i, r in rows if all(w in fold(self._words(r)) for w in wanted)]
        return rows

    def _all_words(self, row: Any) -> str:
        cells = (column.cell(row) for column in self._columns)
        return " ".join(c.text if isinstance(c, Mark) else str(c) for c in cells if c is not None)


def _of_kept(column: Column) -> Column:
    cell, tip = column.cell, column.tip
    tips = None if tip is None else lambda kept: tip(kept.row)
    return replace(column, cell=lambda kept: cell(kept.row), tip=tips)


def _order(value: Any) -> tuple[str, Any] | None:
    """What a cell is sorted by: numbers among numbers, days and words as texts."""
    if isinstance(value, Mark):
        return "text", value.text
    if value is None or value == "":
        return None
    if isinstance(value, int | float):
        return "number", value
    return "text", value.isoformat() if isinstance(value, date) else str(value)


def _facet(facet: HeldFacet, rows: Sequence[Any] | Any) -> Facet:
    counts = Counter(value for row in rows for value in facet.values(row))
    options = [Option(value, str(facet.label(value)), n) for value, n in counts.items()]
    return Facet(facet.id, facet.title, tuple(sorted(options, key=lambda o: o.label)))
