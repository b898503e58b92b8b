"""Meanings of columns that a user set once: kept by the header row, found again in the next list.

A header row is known by a hash of its labels in their order, folded; where the row stands and what
the file is called do not matter. Lists without headers are never remembered: they are confirmed.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipdesk.core.intake.cells import one_line
from ipdesk.core.intake.columns import header_key
from ipdesk.core.intake.headings import HEADER_ROWS
from ipdesk.core.intake.model import RawFile, RawSheet, ReadResult

_FEWEST = 2  # labels: a row of one word is no header to be known by


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """What the columns below one header row mean."""

    headers: str  # the hash of the header row
    fields: Mapping[int, str]  # column, from 0 → field; empty: left aside
    source: str = ""  # a vendor that was chosen; empty: as recognised
    file: str = ""  # the list in which it was said
    on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """As the store keeps it."""
        return {
            "fields": {str(i): f for i, f in sorted(self.fields.items())},
            "file": self.file,
            "on": self.on.isoformat() if self.on else None,
        }


@dataclass(frozen=True, slots=True)
class Remembered:
    """A saved mapping and the row of a sheet (from 1; 0: named by the file) that it fits."""

    saved: SavedMapping
    row: int


def saved_from(headers: str, source: str, stored: Mapping[str, Any]) -> SavedMapping:
    """What ``to_json`` made."""
    fields = {int(i): str(f) for i, f in stored.get("fields", {}).items()}
    day = stored.get("on")
    return SavedMapping(
        headers,
        fields,
        source,
        str(stored.get("file", "")),
        date.fromisoformat(day) if day else None,
    )


def hash_of(labels: Sequence[object]) -> str:
    """The hash of a header row; empty where the row is none to be known by."""
    keys = [header_key(label) if isinstance(label, str) else str(label) for label in labels]
    while keys and not keys[-1]:
        keys.pop()
    if sum(1 for k in keys if k) < _FEWEST:
        return ""
    return hashlib.sha256("\x1f".join(keys).encode()).hexdigest()


def row_hash(sheet: RawSheet, row: int) -> str:
    """The hash of a row of a sheet (from 1; 0: the names that the file itself gives)."""
    if row == 0:
        return hash_of(sheet.headers)
    return hash_of([one_line(c) for c in sheet.row(row - 1)]) if row <= sheet.lines else ""


def hashes_of(raw: RawFile) -> dict[str, tuple[str, int]]:
    """Hash → sheet and row, for every row in which a header may stand."""
    found: dict[str, tuple[str, int]] = {}
    for sheet in raw.sheets:
        rows: Iterable[int] = [0] if sheet.headers else range(1, min(sheet.lines, HEADER_ROWS) + 1)
        for row in rows:
            own = row_hash(sheet, row)
            if own:
                found.setdefault(own, (sheet.name, row))
    return found


def said_in(result: ReadResult, mapping: Mapping[str, str], today: date) -> list[SavedMapping]:
    """What was said of columns by their headers, to be remembered."""
    wanted = {header_key(h): f for h, f in mapping.items()}
    said = []
    for table in result.tables:
        fields = {m.index: m.field for m in table.mapping if header_key(m.header) in wanted}
        if fields and (table.header_row or table.sheet.headers):
            headers = row_hash(table.sheet, table.header_row)
            said.append(SavedMapping(headers, fields, "", result.file, today))
    return said
