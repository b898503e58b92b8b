"""What is missing: cells nobody searched, competitors without an own right, markets, late rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipdesk.base.i18n import Message, say
from ipdesk.core.layout.actual import is_late
from ipdesk.core.layout.cells import Axis, Cell
from ipdesk.core.layout.clock import ClockLine
from ipdesk.core.layout.coverage import Key, Matrix
from ipdesk.core.layout.model import PlanRow
from ipdesk.core.layout.protection import ProtectionLine
from ipdesk.core.layout.words import CellState, ClockState, Standing, Word


class GapKind(StrEnum):
    """What kind of gap, worst first."""

    LATE = "late"  # a row is planned for after its last safe day, or its month is over
    MARKET = "market"  # a market opens and no right stands there
    UNGUARDED = "unguarded"  # others are in the cell, nothing of ours
    WANTED = "wanted"  # somebody wants the cell, nothing is planned
    STALE = "stale"
    UNCHECKED = "unchecked"
    UNSEARCHED = "unsearched"  # a technology with no search in any cell
    BLANK = "blank"  # checked, and nobody is there
    INCOMPLETE = "incomplete"  # a row that lacks what its work needs


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap in words, with where it is."""

    kind: str
    said: Message
    row: str = ""
    column: str = ""
    row_key: Key | None = None
    column_key: Key | None = None
    plan_row: int | None = None
    own: int = 0
    planned: int = 0
    others: int = 0
    due: date | None = None
    score: int = 0  # larger stands first within its kind

    @property
    def rank(self) -> int:
        return list(GapKind).index(GapKind(self.kind))


def gaps(
    matrices: Iterable[Matrix],
    rows: Sequence[PlanRow],
    protection: Sequence[ProtectionLine],
    clock: Sequence[ClockLine],
    today: date,
) -> tuple[Gap, ...]:
    """Every gap of a plan, worst kind first."""
    found = [
        *_of_rows(rows, clock, today),
        *_of_markets(protection),
        *(gap for matrix in matrices for gap in of_matrix(matrix)),
    ]
    return tuple(sorted(found, key=lambda g: (g.rank, -g.score, g.row, g.column)))


# -- matrices -------------------------------------------------------------------------------------
def of_matrix(matrix: Matrix) -> Iterator[Gap]:
    """Gaps of the leaves: a parent row only sums up what is below it."""
    parents = {r.parent for r in matrix.rows}
    for row in matrix.rows:
        if row.key in parents:
            continue
        cells = [(column, matrix.cell(row.key, column.key)) for column in matrix.columns]
        if cells and all(_untouched(cell) for _, cell in cells):
            yield Gap(
                kind=str(GapKind.UNSEARCHED),
                said=say(
                    "{row}: none of its {n} cells was searched, so nothing is known of it.",
                    row=row.shown,
                    n=len(cells),
                ),
                row=row.shown,
                row_key=row.key,
            )
            continue
        for column, cell in cells:
            yield from _of_cell(row, column, cell)


def _untouched(cell: Cell) -> bool:
    return cell.empty and cell.state == CellState.UNCHECKED and not cell.word


def _of_cell(row: Axis, column: Axis, cell: Cell) -> Iterator[Gap]:
    if cell.word == Word.NOT_NEEDED:
        return
    covered = cell.own or cell.planned
    if cell.others and not covered:
        said = say("{n} families of others and nothing of ours", n=cell.others)
        yield _gap(GapKind.UNGUARDED, said, row, column, cell, cell.others)
    if cell.word == Word.WANTED and not covered:
        said = say("Wanted, and nothing is planned: {reason}", reason=cell.word_reason or "–")
        yield _gap(GapKind.WANTED, said, row, column, cell, 1)
    if cell.state == CellState.STALE:
        said = say("The search of {day} is out of date: search again.", day=cell.checked_on)
        yield _gap(GapKind.STALE, said, row, column, cell, cell.others)
    elif cell.state == CellState.UNCHECKED and not (cell.empty and not cell.word):
        said = say("Nobody searched this cell; it cannot be called covered or blank.")
        yield _gap(GapKind.UNCHECKED, said, row, column, cell, cell.own + cell.others)
    elif cell.state == CellState.CHECKED and cell.empty:
        said = say("Blank, as the search of {day} shows.", day=cell.checked_on)
        yield _gap(GapKind.BLANK, said, row, column, cell, 0)


def _gap(kind: GapKind, said: Message, row: Axis, column: Axis, cell: Cell, score: int) -> Gap:
    return Gap(
        kind=str(kind),
        said=said,
        row=row.shown,
        column=column.shown,
        row_key=row.key,
        column_key=column.key,
        own=cell.own,
        planned=cell.planned,
        others=cell.others,
        score=score,
    )


# -- markets and rows -----------------------------------------------------------------------------
def _of_markets(protection: Iterable[ProtectionLine]) -> Iterator[Gap]:
    for line in protection:
        if line.standing != Standing.GAP:
            continue
        yield Gap(
            kind=str(GapKind.MARKET),
            said=line.said,
            row=str(line.called),
            column=line.office,
            row_key=line.product_id,
            column_key=line.office,
            planned=line.planned,
            due=line.due,
            score=-(line.opens or date.max).toordinal(),
        )


def _of_rows(rows: Iterable[PlanRow], clock: Iterable[ClockLine], today: date) -> Iterator[Gap]:
    safe = {
        (line.subject_id, line.office): line
        for line in clock
        if line.kind == "product" and line.state != ClockState.FILED
    }
    for row in rows:
        if not row.planned:
            continue
        yield from _late(row, safe, today)
        missing = _lacks(row)
        if missing is not None:
            yield _row_gap(GapKind.INCOMPLETE, missing, row, None)


def _late(row: PlanRow, safe: dict[tuple[int, str], ClockLine], today: date) -> Iterator[Gap]:
    target = row.fields.target
    if is_late(row, today):
        said = say("Planned for {month} and not filed.", month=f"{target:%Y-%m}")
        yield _row_gap(GapKind.LATE, said, row, target)
        return
    offices = [t.office for t in row.fields.territories] or [row.fields.office]
    found = [safe.get((row.fields.product_id or 0, office)) for office in offices]
    lines = [line for line in found if line is not None]
    if target is None or not lines:
        return
    first = min(lines, key=lambda line: line.due)
    if first.due < target:
        said = say(
            "Planned for {month}, but the last safe day in {office} is {day}.",
            month=f"{target:%Y-%m}",
            office=first.office,
            day=first.due,
        )
        yield _row_gap(GapKind.LATE, said, row, first.due)


def _row_gap(kind: GapKind, said: Message, row: PlanRow, due: date | None) -> Gap:
    return Gap(
        kind=str(kind),
        said=said,
        row=row.fields.title,
        column=row.product,
        plan_row=row.id,
        planned=1,
        due=due,
        score=row.priority or 0,
    )


def _lacks(row: PlanRow) -> Message | None:
    """What a row needs before work can begin: the first thing that is missing."""
    fields = row.fields
    if fields.target is None:
        return say("No target month is set.")
    if not fields.owner:
        return say("Nobody owns the row.")
    if row.priority is None:
        return say("Value, copying risk and detectability are not judged yet.")
    if not fields.territories:
        return say("No territory is chosen.")
    return None
