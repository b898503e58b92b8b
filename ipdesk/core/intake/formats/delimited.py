"""Text files with delimiters: .csv, .tsv, .txt, whatever their name says."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator

from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.formats.columnar import Columns
from ipdesk.core.intake.model import RawSheet

Tell = Callable[[int, int], None]

_DELIMITERS = (",", "\t", ";", "|", "，")
_BLANK = "\r\n ,;|，\t"
_NONE = "\x1f"  # stands in no text: every line is one cell
_LOOKED_AT = 60
_SWALLOWED = 40  # line breaks in one cell: a quotation mark was left open


def read_text(text: str, name: str, tell: Tell) -> RawSheet:
    """The one sheet of a text file."""
    csv.field_size_limit(64 << 20)
    text = _unwrapped(without_blank_end(text))
    limits.check_lines(max(text.count("\n"), text.count("\r")))
    delimiter = delimiter_of(text)
    quoted = True
    if _swallows(text, delimiter):
        quoted = False
    gathered = Columns()
    lines = text.count("\n") or text.count("\r") or 1
    rows = _rows(text, delimiter, quoted)
    for done in gathered.extend(rows):
        tell(min(done, lines), lines)
    columns, count = gathered.result()
    return RawSheet(name, columns, count)


def _unwrapped(text: str) -> str:
    """The text without quotation marks around every whole line, as a table saved twice has them."""
    head = text[: 1 << 16].splitlines()[:_LOOKED_AT]
    lines = [x.strip() for x in head[:-1] or head if x.strip()]
    if not lines or not all(len(x) > 2 and x[0] == x[-1] == '"' for x in lines):
        return text
    if max(lines[0].count(d) for d in ",;\t") < 2:
        return text  # a list of one column
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return text
    return "\n".join(row[0] for row in rows if row) if all(len(r) < 2 for r in rows) else text


def without_blank_end(text: str) -> str:
    """The text without the rows of nothing but delimiters below the last one that says anything."""
    last = len(text.rstrip(_BLANK))
    ends = [end for sign in "\r\n" if (end := text.find(sign, last)) >= 0]
    return text[: min(ends) + 1] if ends else text


def delimiter_of(text: str) -> str:
    """The sign that gives the first rows the most even width; the widest wins a tie."""
    head = text[: 1 << 18]
    scores = {d: _evenness(head, d) for d in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda d: scores[d])
    if scores[best] > 0:
        return best
    # notes may be more than the rows of a short list; without two rows alike it is one column
    return next((d for d in _DELIMITERS if _two_alike(head, d)), _NONE)


def _two_alike(head: str, delimiter: str) -> bool:
    widths = Counter(line.count(delimiter) for line in head.splitlines()[:_LOOKED_AT])
    return any(signs and times > 1 for signs, times in widths.items())


def _evenness(head: str, delimiter: str) -> float:
    widths = []
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                widths.append(len(row))
            if len(widths) >= _LOOKED_AT:
                break
    except csv.Error:
        return 0.0
    if len(widths) > 3:
        widths.pop()  # may be cut off
    usual = Counter(widths).most_common(1)
    if not usual or usual[0][0] < 2:
        return 0.0
    width, times = usual[0]
    return times / len(widths) + min(width, 60) / 200


def _rows(text: str, delimiter: str, quoted: bool) -> Iterator[list[str]]:
    source = io.StringIO(text, newline="")
    if quoted:
        reader = csv.reader(source, delimiter=delimiter)
    else:
        reader = csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    try:
        if not quoted:
            for row in reader:
                yield [cell.strip().strip('"') for cell in row]
        yield from reader
    except csv.Error as error:
        raise limits.cell_too_long(reader.line_num) from error


def _swallows(text: str, delimiter: str) -> bool:
    """Whether an open quotation mark makes one cell of many lines."""
    if text.count('"') % 2 == 0:
        return False
    for row in _rows(text, delimiter, quoted=True):
        for cell in row:
            if len(cell) > 2000 and cell.count("\n") > _SWALLOWED and cell.count(delimiter) > 80:
                return True
    return False
