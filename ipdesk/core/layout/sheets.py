"""Sheets of the tree, products, markets, disclosures, effects: columns, words, cells read back.

What one window writes another reads: headers and choices are known in both languages.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import xlsxwriter

from ipdesk.base.dates import parse_iso
from ipdesk.base.i18n import LANGUAGES, Message, say, speaking
from ipdesk.base.text import clean, fold
from ipdesk.core.layout.words import (
    DISCLOSURE_LABELS,
    GROUND_LABELS,
    INVENTION_STATE_LABELS,
    LAUNCH_LABELS,
    PLAN_RIGHTS,
    ROLE_LABELS,
    ROW_STATUS_LABELS,
)
from ipdesk.core.portfolio.offices import codes, office_of

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. ``kind``: text, list, date, office, yes, or the words of a choice."""

    field: str
    header: Message
    kind: str = "text"
    needed: bool = False
    width: int = 18


_CODE = Column("code", say("Code"), width=10)
_NAME = Column("name", say("Name"), needed=True, width=28)
_NAME_ZH = Column("name_zh", say("Chinese name"), width=22)
_DEFINITION = Column("definition", say("Definition"), width=44)
_OWNER = Column("owner", say("Owner"))
_PRODUCT = Column("product", say("Product"), width=24)
_OFFICE = Column("office", say("Office"), "office", width=8)
_DATE = Column("date", say("Date"), "date", needed=True, width=12)
_NOTE = Column("note", say("Note"), width=30)

SHEETS: dict[str, tuple[Column, ...]] = {
    "technology": (
        _CODE,
        Column("parent", say("Above it"), width=20),
        _NAME,
        _NAME_ZH,
        _DEFINITION,
        Column("classes", say("Classes"), "list", width=24),
        Column("keywords", say("Keywords"), "list", width=30),
        _OWNER,
    ),
    "effect": (_CODE, _NAME, _NAME_ZH, _DEFINITION),
    "application": (_CODE, _NAME, _NAME_ZH, _DEFINITION),
    "product": (_CODE, _NAME, _NAME_ZH, _DEFINITION, Column("stage", say("Stage")), _OWNER),
    "launch": (
        Column("product", say("Product"), needed=True, width=24),
        Column("office", say("Office"), "office", needed=True, width=8),
        _DATE,
        Column("kind", say("Kind"), "launch", width=20),
        _NOTE,
    ),
    "disclosure": (
        Column("kind", say("Kind"), "disclosure", needed=True, width=20),
        Column("title", say("Title"), width=30),
        _DATE,
        _PRODUCT,
        Column("technology", say("Technology"), width=24),
        _OFFICE,
        Column("place", say("Place")),
        Column("ground", say("Ground of grace"), "ground", width=24),
        Column("confidential", say("Under confidentiality"), "yes", width=10),
        Column("cancelled", say("Cancelled"), "yes", width=10),
        _NOTE,
    ),
    "row": (
        Column("plan", say("Plan"), width=22),
        Column("version", say("Version"), width=8),
        Column("title", say("Title"), needed=True, width=36),
        Column("technology", say("Technology"), width=22),
        Column("effect", say("Effect"), width=22),
        Column("application", say("Application field"), width=22),
        _PRODUCT,
        Column("role", say("Role"), "role", width=14),
        Column("right", say("Right"), "right"),
        Column("territories", say("Territories"), "list", width=16),
        Column("inventors", say("Inventors"), "list", width=22),
        _OWNER,
        Column("priority", say("Priority"), width=8),
        Column("target", say("Target"), "date", width=12),
        Column("status", say("Status"), "row_status", width=14),
        Column("filed_on", say("Filed on"), "date", width=12),
        Column("matters", say("Matters"), "list", width=22),
        Column("reason", say("Reason"), width=30),
        _NOTE,
    ),
    "invention": (
        _CODE,
        Column("title", say("Title"), needed=True, width=36),
        Column("received_on", say("Received on"), "date", width=12),
        Column("inventors", say("Inventors"), "list", width=22),
        Column("submitted_by", say("Submitted by")),
        Column("state", say("State"), "invention_state", width=14),
        Column("problem", say("Problem"), width=36),
        Column("solution", say("Solution"), width=36),
        Column("advantage", say("Advantage"), width=36),
        Column("known_art", say("Known art"), width=36),
        Column("technology", say("Technology"), width=22),
        _PRODUCT,
        Column("reason", say("Reason"), width=30),
        Column("decided_on", say("Decided on"), "date", width=12),
        _NOTE,
    ),
}
"""The sheets that can be written, by what a row is."""

WRITTEN_ONLY = frozenset({"row", "invention"})
"""What is decided on in a plan or a review and is not read back from a sheet."""

_CHOICES: dict[str, Mapping[str, Message]] = {
    "launch": LAUNCH_LABELS,
    "disclosure": DISCLOSURE_LABELS,
    "ground": GROUND_LABELS,
    "role": ROLE_LABELS,
    "right": PLAN_RIGHTS,
    "row_status": ROW_STATUS_LABELS,
    "invention_state": INVENTION_STATE_LABELS,
}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_YES = frozenset({"yes", "y", "true", "1", "x", "是", "有"})
_NO = frozenset({"", "no", "n", "false", "0", "否", "无"})


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of a sheet as read: values of the columns that it has, and what is unreadable."""

    line: int
    values: Mapping[str, Any]
    problems: tuple[Message, ...] = ()


# -- reading --------------------------------------------------------------------------------------
def read(kind: str, header: Sequence[Any], rows: Rows, first_line: int = 2) -> list[SheetRow]:
    """The rows under a header in either language; blank ones are left out."""
    columns = _columns(kind, header)
    found = []
    for line, row in enumerate(rows, first_line):
        cells = {c: row[at] if at < len(row) else None for at, c in columns.items()}
        if any(_text(v) for v in cells.values()):
            found.append(_read_row(kind, line, cells))
    return found


def unknown_headers(kind: str, header: Sequence[Any]) -> list[str]:
    """Headers that no column of the sheet answers to."""
    known = _columns(kind, header)
    return [_text(h) for at, h in enumerate(header) if _text(h) and at not in known]


def missing_headers(kind: str, header: Sequence[Any]) -> list[Message]:
    """Columns that the sheet must have and does not."""
    found = set(_columns(kind, header).values())
    return [c.header for c in SHEETS[kind] if c.needed and c not in found]


def _columns(kind: str, header: Sequence[Any]) -> dict[int, Column]:
    names = _names(kind)
    found: dict[int, Column] = {}
    for at, cell in enumerate(header):
        column = names.get(fold(_text(cell)))
        if column is not None and column not in found.values():
            found[at] = column
    return found


@cache
def _names(kind: str) -> dict[str, Column]:
    """Folded header in every language, and the field itself → column."""
    names: dict[str, Column] = {}
    for column in SHEETS[kind]:
        names[fold(column.field)] = column
        for language in LANGUAGES:
            with speaking(language):
                names[fold(str(column.header))] = column
    return names


def _read_row(kind: str, line: int, cells: Mapping[Column, Any]) -> SheetRow:
    values: dict[str, Any] = {}
    problems: list[Message] = []
    for column in SHEETS[kind]:
        if column not in cells:
            continue  # a sheet without the column says nothing of the field
        value, problem = _read_cell(column, cells[column])
        values[column.field] = value
        if problem is not None:
            problems.append(problem)
        elif column.needed and value in (None, ""):
            problems.append(say("{column} is missing.", column=column.header))
    return SheetRow(line, values, tuple(problems))


def _read_cell(column: Column, cell: Any) -> tuple[Any, Message | None]:
    text = _text(cell)
    if column.kind == "list":
        parts = text.replace("；", ";").replace("\n", ";").split(";")
        return tuple(clean(p) for p in parts if p.strip()), None
    if column.kind == "date":
        return _read_date(column, cell, text)
    if column.kind == "yes":
        word = fold(text)
        bad = word not in _YES and word not in _NO
        return word in _YES, _unread(column, text) if bad else None
    if column.kind == "office" and text:
        code = text.upper() if text.upper() in codes() else office_of(text)
        return code or "", None if code else _unread(column, text)
    if column.kind in _CHOICES and text:
        choice = _choices(column.kind).get(fold(text))
        return choice or "", None if choice else _unread(column, text)
    return text, None


def _read_date(column: Column, cell: Any, text: str) -> tuple[date | None, Message | None]:
    if isinstance(cell, datetime):
        return cell.date(), None
    if isinstance(cell, date):
        return cell, None
    if not text:
        return None, None
    found = _DAY.match(text)
    try:
        return (date(*map(int, found.groups())) if found else parse_iso(text)), None
    except ValueError:
        return None, _unread(column, text)


def _unread(column: Column, text: str) -> Message:
    return say("{column} is not understood: {text}", column=column.header, text=text)


@cache
def _choices(kind: str) -> dict[str, str]:
    """Folded words of a choice in every language, and its ids → id."""
    found: dict[str, str] = {}
    for value, label in _CHOICES[kind].items():
        found[fold(value)] = str(value)
        for language in LANGUAGES:
            with speaking(language):
                found[fold(str(label))] = str(value)
    return found


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell))


# -- writing --------------------------------------------------------------------------------------
def write(kind: str, rows: Sequence[Mapping[str, Any]], title: str) -> bytes:
    """A workbook with one sheet in the current language; nothing in it is a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2026, 1, 1)})  # the same bytes for the same rows
    sheet = book.add_worksheet(title[:31].replace("/", "-"))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
    for at, column in enumerate(SHEETS[kind]):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, str(column.header), head)
        for line, row in enumerate(rows, 1):
            value = row.get(column.field)
            if isinstance(value, date):
                sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), day)
            else:
                sheet.write_string(line, at, _shown(column, value), body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(SHEETS[kind]) - 1)
    book.close()
    return out.getvalue()


def _shown(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "list":
        return "; ".join(value)
    if column.kind == "yes":
        return str(say("yes")) if value else ""
    if column.kind in _CHOICES and value:
        return str(_CHOICES[column.kind].get(value, value))
    return value.isoformat() if isinstance(value, date) else str(value)
