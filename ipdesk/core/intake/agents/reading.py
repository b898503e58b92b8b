"""Reading a workbook that came back: by its headers and hidden keys, whatever program saved it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message, say
from ipdesk.base.text import squeeze
from ipdesk.core.intake.agents.columns import AgentColumn, codes, headers
from ipdesk.core.intake.agents.model import DEADLINE, MATTER
from ipdesk.core.intake.agents.sheet import LISTS
from ipdesk.core.intake.cells import lines_of, one_line, text_of
from ipdesk.core.intake.dates import decide, hinted_orders, orders_of, read_date
from ipdesk.core.intake.meanings import right_of, status_of
from ipdesk.core.intake.model import Cell, Column, RawFile, RawSheet

_FIRST_ROWS = 30
_ENOUGH = 4  # headers of ours that make a sheet one of ours
_LONG = frozenset({"remark", "query", "reply", "title"})


@dataclass(frozen=True, slots=True)
class Read:
    """One cell: what it says, or why it is not understood."""

    value: Any
    unread: Message | None = None
    options: tuple[date, ...] = ()  # where it may be one of several days


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row that came back."""

    kind: str  # matter | deadline, by its sheet
    key: str
    cells: Mapping[str, Read]
    sheet: str
    line: int

    def text(self, field: str) -> str:
        """What a cell says, as text; empty where the column is gone."""
        found = self.cells.get(field)
        return "" if found is None or found.value is None else str(found.value)


def token_of(raw: RawFile) -> str:
    """The token on the hidden sheet, where the program that saved the file kept it."""
    sheet = next((s for s in raw.sheets if s.name == LISTS), None)
    return one_line(sheet.columns[0].cell(0)) if sheet and sheet.columns else ""


def rows_of(raw: RawFile) -> list[ReadRow]:
    """The rows of all sheets of ours. Raises Refused where there are none."""
    rows: list[ReadRow] = []
    found = False
    for sheet in raw.sheets:
        heading = _heading(sheet)
        if heading is not None:
            found = True
            rows += _rows(sheet, *heading)
    if not found:
        raise Refused(
            say(
                "This is not a workbook that was made for an agent: looked for were its columns, "
                "such as “Our reference” and “Your reference”."
            )
        )
    return rows


def _heading(sheet: RawSheet) -> tuple[str, int, dict[str, tuple[int, AgentColumn]]] | None:
    """Kind of rows, row of the header (from 0), field → place; None for a foreign sheet."""
    best: tuple[str, int, dict[str, tuple[int, AgentColumn]]] | None = None
    for row in range(min(sheet.lines, _FIRST_ROWS)):
        labels = [squeeze(one_line(c.cell(row))) for c in sheet.columns]
        for kind in (MATTER, DEADLINE):
            known = headers(kind)
            places: dict[str, tuple[int, AgentColumn]] = {}
            for place, label in enumerate(labels):
                column = known.get(label) if label else None
                if column is not None:
                    places.setdefault(column.field, (place, column))
            if len(places) >= _ENOUGH and (best is None or len(places) > len(best[2])):
                best = kind, row, places
    return best


def _rows(
    sheet: RawSheet, kind: str, heading: int, places: dict[str, tuple[int, AgentColumn]]
) -> Iterator[ReadRow]:
    first = heading + 1
    columns = {
        field: _column(sheet.columns[place], column, first, sheet.lines)
        for field, (place, column) in places.items()
    }
    for row in range(first, sheet.lines):
        cells = {field: read[row - first] for field, read in columns.items()}
        key = cells.get("key", Read("")).value or ""
        if any(c.value or c.unread for field, c in cells.items() if field != "key"):
            yield ReadRow(kind, str(key), cells, sheet.name, row + 1)


def _column(cells: Column, column: AgentColumn, first: int, lines: int) -> list[Read]:
    """The cells of one column as what they are meant to be."""
    raw = [cells.cell(row) for row in range(first, lines)]
    if column.kind == "day":
        return _days(raw, column)
    if column.kind in ("status", "answer"):
        return [_choice(cell, column.kind) for cell in raw]
    if column.kind == "right":
        return [_right(cell) for cell in raw]
    if column.field in _LONG:
        return [Read(lines_of(cell) or None) for cell in raw]
    return [_text(cell) for cell in raw]


def _days(raw: list[Cell], column: AgentColumn) -> list[Read]:
    """Days as text, as days or as bare numbers; the order of the parts is the column's."""
    written = [read_date(cell) for cell in raw]
    orders = orders_of(written) & hinted_orders(str(column.header.en))
    decided = decide(written, orders)
    found = []
    for cell, one, day in zip(raw, written, decided.days, strict=True):
        text = one_line(cell)
        if day is not None or not (one.problem or one.readings):
            found.append(Read(day))
        elif one.readings:
            options = tuple(d for _, d in one.readings)
            wrong = say("“{text}” can be read as several dates.", text=text[:60])
            found.append(Read(text, wrong, options))
        else:
            found.append(Read(text, say("“{text}” is not a date.", text=text[:60])))
    return found


def _choice(cell: Cell, kind: str) -> Read:
    text = one_line(cell)
    if not text:
        return Read(None)
    code = codes(kind).get(squeeze(text))
    if code is None and kind == "status":  # typed over the list, in words that lists use
        code = status_of(text) or None
    if code is None:
        return Read(text, say("“{text}” is none of the answers offered.", text=text[:60]))
    return Read(code)


def _right(cell: Cell) -> Read:
    text = one_line(cell)
    code = codes("right").get(squeeze(text)) or (right_of(text)[0] if text else "")
    return Read(code if code and code != "unsaid" else text or None)


def _text(cell: Cell) -> Read:
    """A number that a spreadsheet shortened cannot be read back."""
    if isinstance(cell, float) and (abs(cell) >= 1e15 or not cell.is_integer()):
        text = text_of(cell)
        return Read(text, say("“{text}” was shortened by the spreadsheet.", text=text))
    return Read(one_line(cell) or None)


def same_text(first: Any, second: Any) -> bool:
    """Whether two cells say the same: blanks do not matter, nothing and empty are one."""
    if isinstance(first, date) or isinstance(second, date):
        return bool(first == second)
    return " ".join(str(first or "").split()) == " ".join(str(second or "").split())
