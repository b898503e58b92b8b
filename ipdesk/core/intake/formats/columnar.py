"""Rows become columns of distinct cells, which are carried between processes and cleaned once."""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.model import Cell, Column

_CHUNK = 4096
_MOSTLY = 0.7
_PLAIN = frozenset({str, float, int, date, datetime, time, timedelta, type(None)})


class Columns:
    """Collects rows of any width; blank rows count."""

    def __init__(self) -> None:
        self._gathered: list[_Gathered] = []
        self.lines = 0

    def extend(self, rows: Iterable[Sequence[Any]]) -> Iterator[int]:
        """Take rows in and tell, chunk by chunk, how many there are so far."""
        source = iter(rows)
        while chunk := list(islice(source, _CHUNK)):
            self._add(chunk)
            yield self.lines

    def _add(self, chunk: list[Sequence[Any]]) -> None:
        widest = max(map(len, chunk))
        if widest > limits.COLUMNS:
            raise limits.too_many_columns()
        if min(map(len, chunk)) != widest:
            chunk = [(*row, *[""] * (widest - len(row))) for row in chunk]
        while len(self._gathered) < widest:
            self._gathered.append(_Gathered(self.lines))
        for column, cells in zip(self._gathered, zip(*chunk, strict=True), strict=False):
            column.take(cells)
        self.lines += len(chunk)
        for column in self._gathered[widest:]:
            column.take(("",) * len(chunk))

    def result(self, *, before: int = 0) -> tuple[tuple[Column, ...], int]:
        """The columns, blank ones at the end dropped, with *before* blank ones in front."""
        while self._gathered and self._gathered[-1].blank:
            self._gathered.pop()
        empty = [Column([""], array("I", bytes(4 * self.lines))) for _ in range(before)]
        filled = [Column(_settled(g.cells, g.codes), g.codes) for g in self._gathered]
        return ((*empty, *filled) if filled else ()), self.lines


class _Gathered:
    """One column: repeated cells once, unless hardly any cell comes twice."""

    def __init__(self, lines: int) -> None:
        self._seen: dict[Any, int] | None = {"": 0}
        self._codes = array("I", bytes(4 * lines))
        self._cells: list[Any] = []

    @property
    def blank(self) -> bool:
        return self._seen is not None and len(self._seen) == 1

    @property
    def cells(self) -> list[Any]:
        return list(self._seen) if self._seen is not None else self._cells

    @property
    def codes(self) -> Sequence[int]:
        return self._codes if self._seen is not None else range(len(self._cells))

    def take(self, cells: Sequence[Any]) -> None:
        if bool in set(map(type, cells)):  # True would be taken for 1
            cells = [str(c).upper() if isinstance(c, bool) else c for c in cells]
        seen = self._seen
        if seen is None:
            self._cells.extend(cells)
            return
        for cell in set(cells).difference(seen):
            seen[cell] = len(seen)
        self._codes.extend([seen[c] for c in cells])
        if len(self._codes) >= _CHUNK and len(seen) > _MOSTLY * len(self._codes):
            known = list(seen)
            self._cells = [known[k] for k in self._codes]
            self._seen = None


def _settled(cells: list[Any], codes: Sequence[int]) -> list[Cell]:
    """Cells as texts and numbers; raises Refused for one of more than a million characters."""
    settled = cells if set(map(type, cells)) <= {str} else [plain(c) for c in cells]
    texts = settled if settled is cells else [c for c in settled if isinstance(c, str)]
    longest = max(map(len, texts), default=0)
    if longest > limits.CELL_CHARACTERS:
        place = next(k for k, c in enumerate(settled) if isinstance(c, str) and len(c) == longest)
        raise limits.cell_too_long(codes.index(place) + 1)
    return settled


def plain(cell: Any) -> Cell:
    """A cell as text or number: days as ISO texts, blanks as empty texts."""
    kind = type(cell)
    if kind is str or kind is int:
        return cell  # type: ignore[no-any-return]  # just looked
    if kind is float:
        return "" if math.isnan(cell) or math.isinf(cell) else cell
    if cell is None:
        return ""
    if kind is datetime:
        day = cell.isoformat(sep="T", timespec="seconds")
        return str(day).removesuffix("T00:00:00")
    if kind in (date, time):
        return str(cell.isoformat())
    return str(cell)


def columns_of(rows: Iterable[Sequence[Any]]) -> tuple[tuple[Column, ...], int]:
    """All rows at once."""
    gathered = Columns()
    for _ in gathered.extend(rows):
        pass
    return gathered.result()
