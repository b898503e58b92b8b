"""Matrices: who covers which cell of technology × effect, application or territory, and who looked.

Own matters, planned rows and families of others are counted once in a cell, also when two of its
technologies hold them: a parent row counts what is in its branch, not the sum of its children.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ipdesk.base.dates import add_months
from ipdesk.core.layout.cells import Axis, Cell, Search
from ipdesk.core.layout.words import CellState

Key = int | str
Spot = tuple[Key, Key]
Thing = tuple[Hashable, Key, Key]  # what is counted, its row, its column

STALE_MONTHS = 6
"""A search is trusted for so long; afterwards its cell asks to be looked at again."""

_BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted in the cells, thing by thing."""

    granted: Iterable[Thing] = ()
    pending: Iterable[Thing] = ()
    planned: Iterable[Thing] = ()
    others: Iterable[Thing] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """A whole matrix. Cells where nothing is counted or known are not stored."""

    kind: str
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    cells: Mapping[Spot, Cell] = field(default_factory=dict)
    unplaced: int = 0  # live matters that stand in no row
    today: date | None = None

    def cell(self, row: Key, column: Key) -> Cell:
        """The cell; an unchecked one with nothing in it where nothing is known."""
        return self.cells.get((row, column), _BLANK)

    def __iter__(self) -> Iterator[tuple[Axis, Axis, Cell]]:
        """Every cell, row by row."""
        for row in self.rows:
            for column in self.columns:
                yield row, column, self.cell(row.key, column.key)

    def tally(self) -> Counter[str]:
        """How many cells are checked, stale, unchecked."""
        return Counter(cell.state for _, _, cell in self)


def matrix(
    kind: str,
    rows: Sequence[Axis],
    columns: Sequence[Axis],
    counted: Counted,
    searches: Mapping[Spot, Search],
    words: Mapping[Spot, tuple[str, str]],
    today: date,
    *,
    unplaced: int = 0,
    stale_months: int = STALE_MONTHS,
) -> Matrix:
    """Count, judge the searches, and put both into cells."""
    up = lineage(rows)
    granted, pending = count(counted.granted, up), count(counted.pending, up)
    planned, others = count(counted.planned, up), count(counted.others, up)
    states = _states(rows, columns, searches, today, stale_months)
    spots = {*granted, *pending, *planned, *others, *states, *words}
    known = {c.key for c in columns}
    cells = {
        spot: Cell(
            granted[spot],
            pending[spot],
            planned[spot],
            others[spot],
            *states.get(spot, (str(CellState.UNCHECKED), None, None)),
            *words.get(spot, ("", "")),
        )
        for spot in spots
        if spot[0] in up and spot[1] in known
    }
    return Matrix(kind, tuple(rows), tuple(columns), cells, unplaced, today)


def lineage(rows: Sequence[Axis]) -> dict[Key, tuple[Key, ...]]:
    """Row → itself and everything above it; a parent that is not among the rows is left out."""
    parents = {r.key: r.parent for r in rows}
    found: dict[Key, tuple[Key, ...]] = {}
    for row in rows:
        line: list[Key] = []
        at: Key | None = row.key
        while at is not None and at in parents and at not in line:
            line.append(at)
            at = parents[at]
        found[row.key] = tuple(line)
    return found


def count(things: Iterable[Thing], up: Mapping[Key, tuple[Key, ...]]) -> Counter[Spot]:
    """Things per cell, each once in a cell, whatever rows of one branch hold it."""
    rows_of: dict[tuple[Hashable, Key], Key | tuple[Key, ...]] = {}
    for thing, row, column in things:
        at = (thing, column)
        known = rows_of.get(at)
        if known is None:
            rows_of[at] = row
        else:
            rows_of[at] = (*known, row) if isinstance(known, tuple) else (known, row)
    alike = Counter((column, rows) for (_, column), rows in rows_of.items())
    cells: Counter[Spot] = Counter()
    for (column, rows), n in alike.items():
        several = rows if isinstance(rows, tuple) else (rows,)
        for row in {above for r in several for above in up.get(r, ())}:
            cells[row, column] += n
    return cells


def state_on(searched: date | None, today: date, months: int = STALE_MONTHS) -> CellState:
    """How a cell stands that was last searched on a day."""
    if searched is None:
        return CellState.UNCHECKED
    return CellState.STALE if add_months(searched, months) < today else CellState.CHECKED


def _states(
    rows: Sequence[Axis],
    columns: Sequence[Axis],
    searches: Mapping[Spot, Search],
    today: date,
    months: int,
) -> dict[Spot, tuple[str, date | None, int | None]]:
    """By its own search, else by its children's: all of them looked at, the oldest day counts."""
    children: dict[Key, list[Key]] = {}
    for row in rows:
        if row.parent is not None:
            children.setdefault(row.parent, []).append(row.key)
    found: dict[Spot, tuple[str, date | None, int | None]] = {}
    for row in sorted(rows, key=lambda r: -r.depth):
        for column in columns:
            spot = (row.key, column.key)
            search = searches.get(spot)
            if search is not None:
                found[spot] = (str(state_on(search.on, today, months)), search.on, search.id)
                continue
            below = [found.get((child, column.key)) for child in children.get(row.key, ())]
            days = [b[1] for b in below if b is not None and b[1] is not None]
            if below and len(days) == len(below):
                found[spot] = (str(state_on(min(days), today, months)), min(days), None)
    return found
