"""Several tables one below the other on a sheet: each becomes a sheet, rows counted on."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ipdesk.core.intake.columns import ASIDE, NAMED, OWN_NUMBERS, exact_field
from ipdesk.core.intake.model import Cell, Column, RawSheet

_MOST_LINES = 5000  # who writes two tables on one sheet writes them by hand
_FEWEST = 3


def parts_of(sheet: RawSheet) -> list[RawSheet]:
    """The sheet itself, or its tables; the first keeps the name, the others are numbered."""
    if sheet.headers or not 0 < sheet.lines <= _MOST_LINES:
        return [sheet]
    starts = list(_starts(sheet))
    if len(starts) < 2:
        return [sheet]
    edges = [0, *starts[1:], sheet.lines]
    parts = []
    for number, (first, last) in enumerate(pairwise(edges), start=1):
        name = (
            sheet.name if number == 1 else f"{sheet.name} · {number}"
        )  # never a name of Excel's own
        columns = tuple(_only(c, first, last) for c in sheet.columns)
        merged = tuple(m for m in sheet.merged if first <= m[0] and m[1] < last)
        hidden = sheet.hidden_rows if number == 1 else 0
        parts.append(
            replace(
                sheet, name=name, columns=columns, lines=last, merged=merged, hidden_rows=hidden
            )
        )
    return parts


def _only(column: Column, first: int, last: int) -> Column:
    """The cells of some rows at their places; what stood before them is blank."""
    distinct = list(column.distinct)
    if "" not in distinct:
        distinct.append("")
    blank = array("I", [distinct.index("")]) * first
    return Column(distinct, blank + array("I", column.codes[first:last]))


def _starts(sheet: RawSheet) -> Iterator[int]:
    """Rows that are headers beyond doubt; one printed again starts nothing, unless reordered."""
    last: frozenset[tuple[int, str]] = frozenset()
    for index, row in enumerate(sheet.rows(0, sheet.lines)):
        fields = _fields(row)
        if fields and not fields <= last:
            yield index
            last = fields


def _fields(row: Sequence[Cell]) -> frozenset[tuple[int, str]]:
    """What a header row names and where; empty for any other row."""
    texts = {}
    for place, cell in enumerate(row):
        if cell == "":
            continue
        if not isinstance(cell, str) or len(cell) > 40 or cell[:1].isdigit():
            return frozenset()  # most rows end here
        texts[place] = cell
    if len(texts) < _FEWEST:
        return frozenset()
    known = {place: exact_field(text) for place, text in texts.items()}
    named = frozenset(known.values()) - ASIDE
    if len(named) < _FEWEST or not named & (OWN_NUMBERS | NAMED):
        return frozenset()
    if sum(map(bool, known.values())) * 4 < 3 * len(texts):
        return frozenset()
    return frozenset((place, field) for place, field in known.items() if field not in ASIDE)
