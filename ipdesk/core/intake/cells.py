"""Single cells: what counts as blank, texts in one line, numbers that a spreadsheet made floats."""

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from ipdesk.base.text import clean
from ipdesk.core.intake.formulas import QUOTED, is_led, parted
from ipdesk.core.intake.model import Cell

NULLS = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "/",
        "\\",
        "/0",
        "0",
        "0.0",
        "na",
        "n/a",
        "n.a.",
        "#n/a",
        "#n/a!",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
        "#num!",
        "nan",
        "null",
        "none",
        "nil",
        "nat",
        "(null)",
        "(blank)",
        "<na>",
        "undefined",
        "nya",  # not yet assigned
        "not yet assigned",
        "not assigned",
        "to be assigned",
        "not available",
        "not applicable",
        "无",
        "無",
        "暂无",
        "无数据",
        "无信息",
        "空",
        "未知",
        "暂缺",
        "未公开",
        "なし",
        "없음",
        "해당없음",
        "keine",
        "aucun",
        "0000-00-00",
        "0000/00/00",
        "00/00/0000",
        "00.00.0000",
        "0000.00.00",
        "00000000",
        "0000-00-00 00:00:00",
        "0001-01-01",
        "0001-01-01 00:00:00",
        "0001/1/1",
        "1900-01-00",
        "1900/01/00",
        "1900/1/0",
        "1/0/1900",
        "01/00/1900",
        "00/01/1900",
        "00.01.1900",
        "0年0月0日",
        "9999-12-31",  # PATSTAT
        "31.12.9999",
        "99991231",
    }
)
_MARKUP = re.compile(r"</?(?:b|i|u|sub|sup|em|strong|br|p|span|font)\b[^<>]{0,80}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")


def text_of(cell: Cell) -> str:
    """A cell as text; whole floats lose their point, long ones keep every digit they have."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        return repr(cell)
    return str(cell)


def is_null(text: str) -> bool:
    """Whether a stripped text only says that there is nothing."""
    return len(text) < 20 and text.casefold() in NULLS


_AT_ONCE = 5_000  # cells that are looked at together

# almost every cell is already clean; one look tells
_UNTIDY_SIGNS = (
    r"[\t\n\v\f\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200d\u2028-\u202f\u205f\u2060\u3000\ufeff&<]"
    r"|  |"
)
_UNTIDY = re.compile(_UNTIDY_SIGNS + "^[ =']| $").search
_UNTIDY_ANYWHERE = re.compile(_UNTIDY_SIGNS + "^[ =']| $|\x00[ =']| \x00").search


def one_line(cell: Cell) -> str:
    """A cell cleaned: one line, no markup, empty where it says nothing."""
    text = cell if isinstance(cell, str) else text_of(cell)
    if not _UNTIDY(text):
        return "" if len(text) < 20 and text.casefold() in NULLS else text
    return _tidied(text)


def one_lines(cells: Sequence[Cell]) -> list[str]:
    """``one_line`` of many cells, a part at a time: other threads take their turns between."""
    found: list[str] = []
    for start in range(0, len(cells), _AT_ONCE):
        found += _one_lines(cells[start : start + _AT_ONCE])
    return found


def _one_lines(cells: Sequence[Cell]) -> list[str]:
    """Where none needs cleaning, one look at all of them is enough."""
    if all(isinstance(c, str) for c in cells):
        texts: Sequence[str] = cells  # type: ignore[assignment]  # just looked
        if not _UNTIDY_ANYWHERE("\x00".join(texts)):
            return [t if len(t) > 19 or t.casefold() not in NULLS else "" for t in texts]
    return [one_line(c) for c in cells]


def _tidied(text: str) -> str:
    if is_led(text):
        lead, bare = parted(text)
        return lead + _cleaned(bare)
    return _cleaned(QUOTED.sub(r"\1", text) if text.startswith('="') else text)


def _cleaned(text: str) -> str:
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if "<" in text:
        text = _MARKUP.sub("", text)
    text = clean(text)
    return "" if is_null(text) else text


def lines_of(cell: Cell) -> str:
    """A cell with its line breaks, each line cleaned."""
    text = cell if isinstance(cell, str) else text_of(cell)
    if "\n" not in text and "\r" not in text:
        return one_line(text)
    lead, text = parted(text)
    lines = (one_line(line) for line in re.split(r"[\r\n\v]+", text))
    return lead + "\n".join(line for line in lines if line)


def multi_lines(cells: Sequence[Cell]) -> list[str]:
    """``lines_of`` of many cells."""
    if any(isinstance(c, str) and ("\n" in c or "\r" in c) for c in cells):
        return [lines_of(c) for c in cells]
    return one_lines(cells)


@lru_cache(maxsize=4096)
def whole_number(cell: Cell) -> int | None:
    """A count such as ``12`` or ``12.0``; None when it is none."""
    text = text_of(cell).strip()
    return int(text) if text.isdigit() and len(text) < 10 else None
