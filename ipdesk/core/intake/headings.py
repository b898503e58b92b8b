"""Which row of a sheet is its header: one row, two grouped, or two in two languages."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import say
from ipdesk.core.intake.cells import text_of
from ipdesk.core.intake.columns import (
    ASIDE,
    NAMED,
    OWN_NUMBERS,
    Meaning,
    exact_field,
    meaning_in_words,
    meaning_of,
)
from ipdesk.core.intake.model import RawSheet

Reader = Callable[[str], Meaning]

HEADER_ROWS = 30  # a header stands in one of the first thirty rows
_PLAIN_SCORE = 6  # a number and another field
_DIGITS = re.compile(r"\d\D{0,3}\d\D{0,3}\d")


class Heading(NamedTuple):
    """One possible header: the last of its rows (from 0), labels by column, its score."""

    row: int
    labels: tuple[str, ...]
    score: int


def best_heading(sheet: RawSheet) -> Heading | None:
    """The row, or pair of rows, among the first thirty that names most fields.

    Misspelt headers are looked for only where no row speaks plainly.
    """
    top = _first_line(sheet)
    rows = sheet.rows(top, min(sheet.lines, top + HEADER_ROWS))
    for meaning in (meaning_in_words, meaning_of):
        best: Heading | None = None
        for index, row in enumerate(rows, start=top):
            labels = tuple(_label(c) for c in row)
            heading = Heading(index, labels, _score(labels, meaning))
            if index + 1 < top + len(rows):
                heading = _grouped(index, labels, rows[index + 1 - top], heading, meaning)
            if heading.score and (best is None or heading.score > best.score):
                best = heading
        if best and best.score >= _PLAIN_SCORE:
            return best
    return best


def _first_line(sheet: RawSheet) -> int:
    """The first row that is not blank."""
    found = sheet.lines
    for column in sheet.columns:
        filled = (k for k, c in enumerate(column.codes[:found]) if column.distinct[c] != "")
        found = next(filled, found)
    return found if found < sheet.lines else 0


def _label(cell: object) -> str:
    text = text_of(cell) if isinstance(cell, str | int | float) else ""
    return text.strip() if len(text) <= 200 else ""


def _score(labels: Sequence[str], meaning: Reader = meaning_of) -> int:
    """Distinct fields named; identity counts double, a row of one word hardly ever is a header."""
    fields = {meaning(x).field for x in labels if x}
    fields -= {""}
    if not fields - ASIDE:
        return 0
    return 2 * len(fields - ASIDE) + len(fields & ASIDE) + 2 * len(fields & (OWN_NUMBERS | NAMED))


def _grouped(
    index: int, above: Sequence[str], below: Sequence[object], single: Heading, meaning: Reader
) -> Heading:
    """Two header rows: 申请信息 over 号 and 日; taken when together they name more."""
    children = [_label(c) for c in below]
    if any(_DIGITS.search(c) for c in children) or not any(children):
        return single
    labels, parent = [], ""
    for own, child in zip(above, children, strict=True):
        parent = own or (parent if child else "")
        labels.append(_combined(parent, child))
    score = _score(labels, meaning)
    if score <= _score(children, meaning):
        return single  # a title above a whole header row is no group
    named = sum(1 for x in children if x and meaning(x).field)
    if score > single.score and (named >= 2 or score >= single.score + 2):
        return Heading(index + 1, tuple(labels), score)
    return single


def _combined(parent: str, child: str) -> str:
    if not child or not parent or parent == child:
        return child or parent
    for label in (parent + child, f"{parent} {child}", child, parent):
        if exact_field(label):
            return label
    return f"{parent} {child}"


def heading_at(sheet: RawSheet, row: int) -> Heading:
    if not 0 <= row < sheet.lines:
        raise Refused(say("The sheet {sheet} has no row {row}.", sheet=sheet.name, row=row + 1))
    labels = tuple(_label(c) for c in sheet.row(row))
    return Heading(row, labels, _score(labels))


def headers_below(sheet: RawSheet, heading: Heading) -> int:
    """1 where the next row names the same columns in another language, else 0."""
    if heading.row + 1 >= sheet.lines:
        return 0
    below = [_label(c) for c in sheet.row(heading.row + 1)]
    pairs = [(a, b) for a, b in zip(heading.labels, below, strict=True) if a and b]
    same = sum(1 for a, b in pairs if _same_field(a, b))
    filled = sum(1 for b in below if b)
    return int(same >= 3 and same * 3 >= 2 * filled)


def _same_field(label: str, other: str) -> bool:
    field = meaning_in_words(other).field
    return bool(field) and field == meaning_in_words(label).field
