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
_PLAIN = frozenset({str, float, int, date, datetime, time, timedelta, type(None)})


class Columns:
    """Collects rows of any width; blank rows count."""

    def __init__(self) -> None:
        self._seen: list[dict[Any, int]] = []
        self._codes: "list[array[int]]" = []
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
        while len(self._seen) < widest:
            self._seen.append({"": 0})
            self._codes.append(array("I", bytes(4 * self.lines)))
        for index, cells in enumerate(zip(*chunk, strict=True)):
            self._take(index, cells)
        self.lines += len(chunk)
        blank = array("I", bytes(4 * len(chunk)))
        for codes in self._codes[widest:]:
            codes.extend(blank)

    def _take(self, index: int, cells: Sequence[Any]) -> None:
        if bool in set(map(type, cells)):  # True would be taken for 1
            cells = [str(c).upper() if isinstance(c, bool) else c for c in cells]
        seen = self._seen[index]
        for cell in set(cells).difference(seen):
            seen[cell] = len(seen)
        self._codes[index].extend([seen[c] for c in cells])

    def result(self, *, before: int = 0) -> tuple[tuple[Column, ...], int]:
        """The columns, blank ones at the end dropped, with *before* blank ones in front."""
        while self._seen and len(self._seen[-1]) == 1:
            self._seen.pop()
            self._codes.pop()
        for seen, codes in zip(self._seen, self._codes, strict=True):
            _check_lengths(seen, codes)
        empty = [Column([""], array("I", bytes(4 * self.lines))) for _ in range(before)]
        filled = [
            Column([plain(c) for c in seen], codes)
            for seen, codes in zip(self._seen, self._codes, strict=True)
        ]
        return ((*empty, *filled) if filled else ()), self.lines


def _check_lengths(seen: dict[Any, int], codes: "array[int]") -> None:
    longest = max(map(len, filter(_is_text, seen)), default=0)
    if longest > limits.CELL_CHARACTERS:
        code = next(k for c, k in seen.items() if _is_text(c) and len(c) == longest)
        raise limits.cell_too_long(codes.index(code) + 1)


def _is_text(cell: Any) -> bool:
    return type(cell) is str


def plain(cell: Any) -> Cell:
    """A cell as text or number: days as ISO texts, blanks as empty texts."""
    kind = type(cell)
    if kind is str:
        return cell  # type: ignore[no-any-return]
    if kind is float:
        return "" if math.isnan(cell) or math.isinf(cell) else cell
    if kind is int:
        return cell  # type: ignore[no-any-return]
    if cell is None:
        return ""
    if kind is datetime:
        day = cell.isoformat(sep="T", timespec="seconds")
        return day.removesuffix("T00:00:00")
    if kind in (date, time):
        return cell.isoformat()  # type: ignore[no-any-return]
    return str(cell)


def columns_of(rows: Iterable[Sequence[Any]]) -> tuple[tuple[Column, ...], int]:
    """All rows at once."""
    gathered = Columns()
    for _ in gathered.extend(rows):
        pass
    return gathered.result()
