"""A matter that an agent added: its row is read and checked as a line of any list is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message
from ipdesk.core.intake.agents.columns import form
from ipdesk.core.intake.agents.model import MATTER
from ipdesk.core.intake.edits import prepare
from ipdesk.core.intake.formats.columnar import columns_of
from ipdesk.core.intake.model import (
    Cell,
    CellProblem,
    MatterDraft,
    RawFile,
    RawSheet,
    ReadResult,
    Severity,
)
from ipdesk.core.intake.plan import Entry, Verdict
from ipdesk.core.intake.reading import interpret

_READ_AS = {"remark": "note"}  # field of the workbook → field of lists, where it is another
_SILENT = ("key", "query", "reply")


def entry_of(connection: Connection, told: Mapping[str, Any], agent: str) -> Entry | None:
    """What an import would do with the row; None where lists need more than it says."""
    result = _read(told, agent)
    return prepare(connection, result).entries[0] if result else None


def refusal(entry: Entry | None) -> Message | None:
    """Why an import would leave the row out."""
    if entry is None or entry.verdict is not Verdict.REFUSED:
        return None
    return next((p.message for p in entry.problems if p.severity is Severity.ERROR), None)


def draft_of(told: Mapping[str, Any], agent: str) -> MatterDraft | None:
    """The row as a line of a list, with its problems; None where lists need more than it says."""
    result = _read(told, agent)
    return result.drafts[0] if result else None


def remarks_of(told: Mapping[str, Any], agent: str) -> tuple[CellProblem, ...]:
    """What the checks of an import say of the row."""
    draft = draft_of(told, agent)
    return draft.problems if draft else ()


def _read(told: Mapping[str, Any], agent: str) -> ReadResult | None:
    known = {c.field: str(c.here) for c in form().columns[MATTER] if c.field not in _SILENT}
    cells = {f: _cell(told[f]) for f in known if told.get(f)}
    fields = [_READ_AS.get(f, f) for f in cells] + ["agency"]
    columns, lines = columns_of([[*cells.values(), agent]])
    headers = (*(known[f] for f in cells), "agency")
    raw = RawFile("", "", "agent", (RawSheet("", columns, lines, headers=headers),))
    try:
        return interpret(raw, mapping={f"@{n}": field for n, field in enumerate(fields)})
    except Refused:
        return None


def _cell(value: Any) -> Cell:
    return value.isoformat() if isinstance(value, date) else str(value)
