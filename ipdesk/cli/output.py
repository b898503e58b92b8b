"""How results are written: tables for eyes, JSON lines, CSV, workbooks; whole files or none."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ipdesk.base.errors import WrongCommand
from ipdesk.base.files import write_whole
from ipdesk.base.i18n import say, tr
from ipdesk.cli.captions import caption, in_words, worded
from ipdesk.cli.terminal import as_json
from ipdesk.core.docket.following import reached_words
from ipdesk.core.intake.sheets import as_csv, as_text, workbook


def print_reached(references: Sequence[str]) -> None:
    """Say which other matters corrected dates reached, if any."""
    if references:
        print(reached_words(references))


def emit(
    values: list[dict[str, Any]], columns: list[str], form: str, output: str | None, name: str
) -> None:
    """Rows as a table, JSON lines, CSV or a workbook.

    Tables speak the language of the user; sheets do so in Chinese and keep their keys in English.
    """
    if form == "json":
        lines = (json.dumps(as_json(v), ensure_ascii=False) + "\n" for v in values)
        write_out("".join(lines), output)
    elif form in ("csv", "xlsx"):
        if in_words():
            values = [{caption(c): worded(c, row) for c in columns} for row in values]
            columns = [caption(c) for c in columns]
        sheet = as_csv(columns, values) if form == "csv" else workbook(name, columns, values)
        write_out(sheet, output)
    else:
        write_out(table(values, columns), output)


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """A plain table for eyes; wide signs count double."""
    cells = [[as_text(worded(c, row)) for c in columns] for row in rows]
    heads = [caption(c) for c in columns]
    widths = [max([_width(c), *(_width(r[k]) for r in cells)]) for k, c in enumerate(heads)]
    widths = [min(w, 60) for w in widths]
    lines = [_line(heads, widths), _line(["-" * w for w in widths], widths)]
    return "\n".join(lines + [_line(r, widths) for r in cells])


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def padded(text: str, width: int) -> str:
    """Filled up with blanks; wide signs count double."""
    return text + " " * max(0, width - _width(text))


def _line(cells: list[str], widths: list[int]) -> str:
    shown = []
    for cell, width in zip(cells, widths, strict=True):
        while _width(cell) > width:
            cell = cell[:-2] + "…"
        shown.append(cell + " " * (width - _width(cell)))
    return "  ".join(shown).rstrip()


def write_out(data: str | bytes, output: str | None) -> None:
    """To the file (whole or not at all) or to standard output."""
    if output is None:
        if isinstance(data, bytes):
            sys.stdout.buffer.write(data)
        elif data:
            print(data.removeprefix("\ufeff"), end="" if data.endswith("\n") else "\n")
        return
    write_whole(Path(output), data)


def answers_in_utf8() -> None:
    """Standard output takes JSON as UTF-8; what UTF-8 cannot hold stays an escape of JSON."""
    sys.stdout.reconfigure(  # type: ignore[union-attr]  # a real stream has it
        encoding="utf-8", errors="backslashreplace"
    )


def lines_of(file: str) -> Iterable[str]:
    """The lines of a file, or of standard input for ``-``. Raises WrongCommand."""
    if file == "-":
        sys.stdin.reconfigure(  # type: ignore[union-attr]  # a real stream has it
            encoding="utf-8-sig", errors="surrogateescape"
        )
        return sys.stdin
    try:
        return Path(file).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongCommand(
            say("{file} cannot be read: {why}", file=file, why=_reason(error))
        ) from error


def _reason(error: OSError | UnicodeDecodeError) -> str:
    """Why a file cannot be read, without codes."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return tr("it is not text in UTF-8")
