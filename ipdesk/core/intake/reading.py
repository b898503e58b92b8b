"""``read_list``: a file becomes drafts, or is refused with one sentence."""

from array import array
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ipdesk.base.bulk import no_collection
from ipdesk.base.errors import Refused, WrongCommand
from ipdesk.base.i18n import Message, say
from ipdesk.core.intake.columns import GENERAL, Vendor, vendor_named, words
from ipdesk.core.intake.drafts import drafts_of
from ipdesk.core.intake.leftaside import left_aside
from ipdesk.core.intake.model import (
    CellProblem,
    Column,
    ColumnMapping,
    MatterDraft,
    RawFile,
    RawSheet,
    ReadResult,
    SheetReading,
    Table,
)
from ipdesk.core.intake.reader import Asked, Progress, take_apart
from ipdesk.core.intake.remembered import Remembered
from ipdesk.core.intake.tables import Found, find_table

Repairs = Mapping[tuple[str, int, int], str]  # sheet, line (from 1), column (from 0) → text

RECORD_FORMATS = (
    *("euipo_xml", "st96", "st86", "st36", "ops", "cnipa_notices"),
    *("ep_register", "uspto_tm", "uspto_peds", "lens_api", "google_public", "euipo_json"),
)


def read_list(
    path: str | Path,
    *,
    format: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
) -> ReadResult:
    """Read any filing list. Raises Refused (no filing table, broken file) or Cancelled.

    *format* names a vendor, *header_row* counts from 1 (0: there is none), *mapping* is
    header → field; both overrule what is recognised.
    """
    vendor = vendor_of_format(format)
    raw = take_apart(Path(path), progress=progress, cancelled=cancelled)
    return interpret(raw, vendor=vendor, sheet=sheet, header_row=header_row, mapping=mapping)


def vendor_of_format(format: str | None) -> Vendor | None:
    """The source that ``--format`` names. Raises WrongCommand for one that nobody knows."""
    if not format or format in RECORD_FORMATS:
        return None
    vendor = vendor_named(format)
    if vendor is None:
        known = ", ".join([GENERAL.id, *(v.id for v in words().vendors), *RECORD_FORMATS])
        raise WrongCommand(
            say("There is no format {format}; known are {known}.", format=format, known=known)
        )
    return vendor


def interpret(
    raw: RawFile,
    *,
    vendor: Vendor | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    mapping: Mapping[str, str] | None = None,
    repairs: Repairs | None = None,
    known: Mapping[str, Remembered] | None = None,
) -> ReadResult:
    """Understand a file that was taken apart; as often as the user changes the mapping.

    *known* are the meanings of columns by sheet, as they were set in an earlier list.
    """
    sheets = _chosen_sheets(raw, sheet)
    if repairs:
        sheets = [repaired(s, repairs) for s in sheets]
    with no_collection():
        return _interpreted(raw, sheets, vendor, header_row, mapping, repairs, known or {})


def _interpreted(
    raw: RawFile,
    sheets: list[RawSheet],
    vendor: Vendor | None,
    header_row: int | None,
    mapping: Mapping[str, str] | None,
    repairs: Repairs | None,
    known: Mapping[str, Remembered],
) -> ReadResult:
    found = [
        (s, _as_remembered(s, known[s.name]))
        if s.name in known
        else (s, find_table(s, vendor=vendor, header_row=header_row, chosen=mapping))
        for s in sheets
    ]
    found = _without_doubtful(found)
    tables = tuple(f.table for _, f in found if f.table)
    _check_mapping(mapping, tables)
    drafts: list[MatterDraft] = []
    readings = []
    problems: list[CellProblem] = []
    for one, its in found:
        own = drafts_of(its.table) if its.table else []
        problems += left_aside(its.table, own) if its.table else []
        drafts.extend(own)
        readings.append(_reading(one, its, len(own)))
    if not drafts:
        raise _refusal(raw, found)
    all_columns: tuple[ColumnMapping, ...] = tuple(m for t in tables for m in t.mapping)
    problems = [p for d in drafts for p in d.problems] + problems
    return ReadResult(
        raw,
        _format(raw, tables),
        tuple(readings),
        tables,
        all_columns,
        tuple(drafts),
        tuple(problems),
        dict(repairs or {}),
    )


def _as_remembered(sheet: RawSheet, one: Remembered) -> Found:
    chosen = {f"@{i}": f for i, f in one.saved.fields.items()}
    vendor = vendor_named(one.saved.source) if one.saved.source else None
    return find_table(sheet, vendor=vendor, header_row=one.row or None, chosen=chosen)


def _chosen_sheets(raw: RawFile, name: str | None) -> list[RawSheet]:
    if name is None:
        shown = [s for s in raw.sheets if s.visible]
        return shown or list(raw.sheets)
    chosen = [s for s in raw.sheets if s.name.strip().casefold() == name.strip().casefold()]
    if not chosen:
        names = ", ".join(s.name for s in raw.sheets)
        raise WrongCommand(
            say("There is no sheet {sheet}; there are {names}.", sheet=name, names=names)
        )
    return chosen


def _without_doubtful(found: list[tuple[RawSheet, Found]]) -> list[tuple[RawSheet, Found]]:
    """A sheet whose columns were only guessed gives way to sheets with headers."""
    headed = any(f.table and (f.table.header_row or s.headers) for s, f in found)
    if not headed:
        return found
    return [
        (s, Found(None, say("The sheet has no header row.")))
        if f.table and not f.table.header_row and not s.headers
        else (s, f)
        for s, f in found
    ]


def _check_mapping(mapping: Mapping[str, str] | None, tables: tuple[Table, ...]) -> None:
    """A header named on the command line must be there, and its field must exist."""
    from ipdesk.core.intake.columns import header_key

    fields = set(words().fields.values()) | {""}
    for header, field in (mapping or {}).items():
        if not set(field.split("+")) <= fields:
            raise WrongCommand(
                say(
                    "There is no field {field}; fields are {known}.",
                    field=field,
                    known=", ".join(sorted(fields - {""})),
                )
            )
        keys = {header_key(h) for t in tables for h in t.headers}
        if tables and not header.startswith("@") and header_key(header) not in keys:
            raise WrongCommand(say("There is no column {header}.", header=header))


def _reading(sheet: RawSheet, found: Found, records: int) -> SheetReading:
    row = found.table.header_row or None if found.table else None
    return SheetReading(sheet.name, row, records, sheet.hidden_rows, sheet.visible, found.why_not)


def _format(raw: RawFile, tables: tuple[Table, ...]) -> str:
    if raw.format:
        return raw.format
    return next((t.vendor for t in tables if t.vendor != GENERAL.id), GENERAL.id)


def _refusal(raw: RawFile, found: list[tuple[RawSheet, Found]]) -> Refused:
    """One sentence that says what the file is, or what was looked for."""
    others = {f.other for _, f in found if f.other}
    if "fees" in others:
        return Refused(_FEES)
    if "scholarly" in others:
        return Refused(_SCHOLARLY)
    if "survey" in others:
        return Refused(_SURVEY)
    return Refused(_NOTHING)


_FEES: Message = say(
    "This is a list of fees, not of filings: beside application numbers there are only payments; "
    "looked for were columns such as title, applicant or filing date."
)
_SCHOLARLY: Message = say(
    "This is a list of scholarly works, not of filings: no column of application, publication or "
    "registration numbers was found."
)
_SURVEY: Message = say(
    "This is a workbook of statistics or a survey, not a filing list: no column holds application, "
    "publication or registration numbers."
)
_NOTHING: Message = say(
    "No filing list was found: looked for was a header row, in the first 30 rows of every sheet, "
    "that names an application, publication or registration number, or a title with filing dates."
)


def repaired(sheet: RawSheet, repairs: Repairs) -> RawSheet:
    """The sheet with the cells that the user corrected; the original stays as it was."""
    columns = list(sheet.columns)
    changed: dict[int, array[int]] = {}  # the codes of columns that were copied
    for (name, line, index), text in repairs.items():
        if name != sheet.name or not 0 <= index < len(columns) or not 1 <= line <= sheet.lines:
            continue
        if index not in changed:
            changed[index] = array("I", columns[index].codes)
            columns[index] = Column([*columns[index].distinct], changed[index])
        column = columns[index]
        column.distinct.append(text)
        changed[index][line - 1] = len(column.distinct) - 1
    return replace(sheet, columns=tuple(columns)) if changed else sheet
