"""Writing an agent's workbook: protected columns, open cells, drop-downs, hidden keys."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from ipdesk.base.i18n import Bilingual
from ipdesk.core.intake.agents.columns import (
    AgentColumn,
    choices,
    form,
    in_language,
    right_words,
    status_words,
)
from ipdesk.core.intake.agents.model import DEADLINE, MATTER, Line

NEW_ROWS = 20  # left free for what the agent adds
LISTS = "_ipdesk"
_ALLOWED = {
    **dict.fromkeys(("format_columns", "format_rows", "autofilter", "sort"), True),
    **dict.fromkeys(("select_locked_cells", "select_unlocked_cells", "insert_columns"), True),
}


def workbook_of(
    token: str, language: str, title: Bilingual, lines: Sequence[Line], made_on: date
) -> bytes:
    """The workbook whole. Cells that begin with = + - @ are texts like all others."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {"title": in_language(title, language), "created": datetime(*made_on.timetuple()[:3])}
    )
    formats = _formats(book)
    names = {kind: in_language(form().sheets[name], language)[:31] for kind, name in _SHEETS}
    sheets = {kind: book.add_worksheet(name) for kind, name in names.items()}
    _guide(book, language, title, formats)
    ranges = _lists(book, token, language)
    for kind, sheet in sheets.items():
        own = [line for line in lines if line.kind.endswith(kind)]
        _fill(sheet, kind, language, own, formats, ranges)
    book.close()
    return out.getvalue()


_LINE = 15.0  # points of a row of one line
_SHEETS = ((MATTER, "matters"), (DEADLINE, "deadlines"))


def _formats(book: Any) -> dict[str, Any]:
    """By whether a cell is open and what it holds; texts keep zeros and long digits."""
    line = {"border": 1, "border_color": "#D9DEE5", "valign": "top", "text_wrap": True}
    ours = {**line, "bg_color": "#EEF0F3", "font_color": "#55606E", "locked": True}
    theirs = {**line, "bg_color": "#FFFBEA", "locked": False}
    day, text = {"num_format": "yyyy-mm-dd", "align": "left"}, {"num_format": "@"}
    return {
        "head": book.add_format({**line, "bold": True, "bg_color": "#1F5FBF", "color": "#FFFFFF"}),
        "open head": book.add_format(
            {**line, "bold": True, "bg_color": "#FFE9A8", "font_color": "#1B2430"}
        ),
        "query": book.add_format({**ours, **text, "font_color": "#B3261E"}),
        "day": book.add_format({**ours, **day}),
        "text": book.add_format({**ours, **text}),
        "open day": book.add_format({**theirs, **day}),
        "open text": book.add_format({**theirs, **text}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _guide(book: Any, language: str, title: Bilingual, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(in_language(form().sheets["guide"], language)[:31])
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, in_language(title, language), formats["title"])
    row = 2
    for words in form().guide:
        parts = (words.en, words.zh) if language == "both" else (in_language(words, language),)
        for part in parts:
            sheet.write_string(row, 0, part, formats["plain"])
            row += 1
    sheet.protect()


def _lists(book: Any, token: str, language: str) -> dict[str, str]:
    """What the drop-downs offer, on a hidden sheet: a list in a cell may not be longer than 255."""
    sheet = book.add_worksheet(LISTS)
    sheet.write_string(0, 0, token)
    ranges = {}
    for column, kind in enumerate(("status", "answer"), start=1):
        words = [in_language(w, language) for w in choices(kind).values()]
        for row, text in enumerate(words):
            sheet.write_string(row, column, text)
        letter = chr(ord("A") + column)
        ranges[kind] = f"={LISTS}!${letter}$1:${letter}${len(words)}"
    sheet.hide()
    return ranges


def _fill(
    sheet: Any,
    kind: str,
    language: str,
    lines: Sequence[Line],
    formats: dict[str, Any],
    ranges: dict[str, str],
) -> None:
    columns = form().columns[kind]
    last, high = len(lines) + NEW_ROWS, 1
    for place, column in enumerate(columns):
        head = formats["open head" if column.open else "head"]
        title = in_language(column.header, language)
        sheet.write_string(0, place, title, head)
        high = max(high, _lines(title, column.width))
        hidden = {"hidden": True} if column.kind == "key" else {}
        sheet.set_column(place, place, column.width, None, hidden)
        if column.kind in ranges:
            offered = {
                "validate": "list",
                "source": ranges[column.kind],
                "error_type": "warning",
                "ignore_blank": True,
            }
            sheet.data_validation(1, place, last, place, offered)
        elif column.kind == "day" and column.open:
            days = {"validate": "date", "criteria": ">", "value": date(1900, 1, 1)}
            sheet.data_validation(1, place, last, place, {**days, "error_type": "warning"})
    sheet.set_row(0, high * _LINE)
    for row, line in enumerate(lines, start=1):
        told = (_write(sheet, row, *pair, line, language, formats) for pair in enumerate(columns))
        sheet.set_row(row, max(told) * _LINE)
    for row in range(len(lines) + 1, last + 1):
        for place, column in enumerate(columns):
            free = "open day" if column.kind == "day" else "open text"
            sheet.write_blank(row, place, None, formats[free])
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.protect("", _ALLOWED)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(
    sheet: Any,
    row: int,
    place: int,
    column: AgentColumn,
    line: Line,
    language: str,
    formats: dict[str, Any],
) -> int:
    """Write one cell; how many lines it wants."""
    day = column.kind == "day"
    open_cell = column.open and (column.field != "reply" or bool(line.cells.get("query")))
    name = f"{'open ' if open_cell else ''}{'day' if day else 'text'}"
    look = formats["query" if column.field == "query" else name]
    value = line.key if column.kind == "key" else line.cells.get(column.field)
    if value in (None, ""):
        sheet.write_blank(row, place, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), look)
    else:
        text = _words(column.kind, str(value), language)
        sheet.write_string(row, place, text[:32767], look)
        return 1 if column.kind == "key" else _lines(text, column.width)
    return 1


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column: not every program makes the row high enough."""
    wide = max(width - 1, 1)
    parts = text[:2000].split("\n")
    return sum(max(1, -(-sum(2 if ord(c) > 0x2E7F else 1 for c in p) // wide)) for p in parts)


def _words(kind: str, value: str, language: str) -> str:
    if kind == "right":
        return in_language(right_words(value), language)
    known = status_words() if kind == "status" else form().answers if kind == "answer" else {}
    return in_language(known[value], language) if value in known else value
