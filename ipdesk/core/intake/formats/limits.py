"""How large a foreign file may be before it is refused, and the refusals in words."""

import contextlib
import zipfile
from pathlib import Path

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import say

FILE_BYTES = 512 << 20
UNPACKED_BYTES = 512 << 20
RATIO = 100  # an honest workbook of 100,000 rows has 7
RATIO_FROM = 32 << 20  # small parts may be anything
CELLS = 20_000_000  # a sheet is held as a rectangle
COLUMNS = 16_384
LINES = 2_000_000  # a spreadsheet has half as many
SHEETS = 200
CELL_CHARACTERS = 1_000_000
MEMORY_BYTES = 2048 << 20  # address space of the process that reads
SECONDS = 300
_SECONDS_AT_LEAST, _SECONDS_A_MEGABYTE = 20, 2  # unpacked; ten times what a slow machine takes
WAITING = 4  # a busy machine may let the work wait so many times longer than it takes


def seconds_for(path: Path) -> int:
    """How much work reading a file may be: a small one that takes minutes is damaged."""
    size = path.stat().st_size
    odd = (OSError, ValueError, zipfile.BadZipFile, NotImplementedError)
    with contextlib.suppress(*odd), zipfile.ZipFile(path) as archive:
        size = max(size, sum(e.file_size for e in archive.infolist()))
    return min(SECONDS, _SECONDS_AT_LEAST + _SECONDS_A_MEGABYTE * (size >> 20))


def too_large(what: int, limit: int) -> Refused:
    return Refused(
        say(
            "This file unpacks to {size} MB, more than the {limit} MB that a list may have; "
            "split it and import the parts.",
            size=what >> 20,
            limit=limit >> 20,
        )
    )


def bomb() -> Refused:
    return Refused(
        say(
            "This file unpacks to more than a hundred times its size, as no filing list does; "
            "it was not opened."
        )
    )


def check_lines(lines: int) -> None:
    """Raises Refused for a text file of more lines than any list has."""
    if lines > LINES:
        raise Refused(
            say(
                "This file has {lines} lines, more than the {limit} that a list may have; "
                "delete the blank ones or split it, and import the parts.",
                lines=f"{lines:,}",
                limit=f"{LINES:,}",
            )
        )


def too_many_cells(cells: int) -> Refused:
    return Refused(
        say(
            "A sheet of this workbook reaches over {cells} cells; delete what stands far to the "
            "right or below the list, save it and import it again.",
            cells=f"{cells:,}",
        )
    )


def too_many_columns() -> Refused:
    return Refused(
        say(
            "This file has more than {limit} columns, so it is not a filing list.",
            limit=f"{COLUMNS:,}",
        )
    )


def cell_too_long(row: int) -> Refused:
    return Refused(
        say(
            "A cell in row {row} holds more than a million characters; a quotation mark may be "
            "left open there, or the file is not a list.",
            row=row,
        )
    )


def locked() -> Refused:
    return Refused(
        say("This workbook is protected by a password; save a copy without it and import the copy.")
    )


def locked_archive() -> Refused:
    return Refused(
        say(
            "This archive is protected by a password or packed in an unusual way; unpack it and "
            "import the list in it."
        )
    )


def packed(what: str) -> Refused:
    return Refused(
        say(
            "This {what} archive holds no list that could be read; unpack it and import the list "
            "itself, saved as .xlsx, .csv or .ods.",
            what=what,
        )
    )


def too_many_lists(found: int, most: int) -> Refused:
    return Refused(
        say(
            "This archive holds {found} files, more than the {most} that are read together; "
            "unpack it and import them in parts.",
            found=found,
            most=most,
        )
    )


def damaged() -> Refused:
    return Refused(
        say("This file is damaged or cut off; open it in a spreadsheet program and save it again.")
    )


def not_a_list(what: str) -> Refused:
    return Refused(
        say(
            "This is {what}, not a list; export the list as .xlsx, .csv or .ods and import that.",
            what=what,
        )
    )


def empty_file() -> Refused:
    return Refused(say("This file is empty."))


def needs_too_much() -> Refused:
    return Refused(
        say(
            "This file needs more memory than a filing list may take, so its reading was stopped; "
            "save the list as .csv and import that."
        )
    )


def too_slow(seconds: int) -> Refused:
    return Refused(
        say(
            "This file could not be read within {seconds} seconds; save the list as .csv and "
            "import that.",
            seconds=seconds,
        )
    )
