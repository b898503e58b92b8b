"""Lists going out: typed workbooks with a frozen, filtered header, and text that stays text.

A cell that a spreadsheet would take for a formula is written as text, so it comes back unchanged.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from ipdesk.core.intake.formulas import marked_cell, plain_cell

_WIDEST = 60


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Comma-separated text that spreadsheets open with Chinese intact (a BOM leads it).

    A cell that a spreadsheet would take for a formula gets an apostrophe before it, which the
    import takes away again.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([plain_cell(as_text(row.get(c))) for c in columns])
    return "\ufeff" + out.getvalue()


def as_text(value: Any) -> str:
    """A cell in words: nothing is empty, lists are joined."""
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def workbook(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """One sheet: days as days, numbers as numbers, lists joined; the same rows, the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "bg_color": "#F6F7F9", "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    sheet = book.add_worksheet(_sheet_name(name))
    widths = [len(c) + 4 for c in columns]
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, head)
    for line, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            widths[place] = max(widths[place], _write(sheet, line, place, row.get(column), day))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width, _WIDEST))
    sheet.freeze_panes(1, 1)
    if columns:
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: Any, line: int, place: int, value: Any, day: Any) -> int:
    """Write one cell by its type; the width it wants."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
        return 6
    if isinstance(value, date):
        sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), day)
        return 12
    if isinstance(value, (int, float)):
        sheet.write_number(line, place, value)
        return 10
    text = marked_cell(as_text(value))
    sheet.write_string(line, place, text[:32767])
    return min(_WIDEST, sum(2 if ord(c) > 0x2E7F else 1 for c in text[:80]) + 2)


def _sheet_name(name: str) -> str:
    kept = "".join(c for c in name if c not in r"[]:*?/\\")
    return kept[:31] or "IPDesk"
