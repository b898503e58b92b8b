"""What the user says of a file: sheets taken, header rows, meanings of columns; and what follows.

Qt-free; called in the worker's threads.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message, say
from ipdesk.core.intake.cells import one_line
from ipdesk.core.intake.columns import vendor_named
from ipdesk.core.intake.drafts import drafts_of
from ipdesk.core.intake.headings import best_heading
from ipdesk.core.intake.model import (
    Column,
    MatterDraft,
    RawFile,
    RawSheet,
    ReadResult,
    SheetReading,
    Table,
)
from ipdesk.core.intake.reading import Repairs, interpret, repaired
from ipdesk.core.intake.remembered import Remembered, SavedMapping, row_hash
from ipdesk.core.intake.tables import find_table

SAMPLES = 4
_LOOKED_AT = 400
_CONTEXT = 400  # distinct cells of a column that a single row is judged with
_NEIGHBOURS = 20  # rows


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One sheet: whether it is taken, where its header stands (None: find it), what was said."""

    name: str
    taken: bool = True
    header_row: int | None = None  # from 1; 0: there is none
    fields: Mapping[int, str] = field(default_factory=dict)  # column → field, set by the user
    remembered: SavedMapping | None = None  # where these meanings come from


@dataclass(frozen=True, slots=True)
class Choices:
    """All that the user may say before the preview; equal choices give an equal preview."""

    source: str = ""  # a vendor; empty: as recognised
    sheets: tuple[SheetChoice, ...] = ()

    def sheet(self, name: str) -> SheetChoice:
        return next((s for s in self.sheets if s.name == name), SheetChoice(name, taken=False))

    def put(self, choice: SheetChoice) -> Choices:
        """The same with one sheet said otherwise."""
        return replace(
            self, sheets=tuple(choice if s.name == choice.name else s for s in self.sheets)
        )


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column as the mapping shows it."""

    index: int
    header: str
    field: str
    sure: bool
    chosen: bool  # the user said it
    samples: tuple[str, ...]
    remembered: bool = False  # … in an earlier list

    @property
    def id(self) -> int:
        return self.index


@dataclass(frozen=True, slots=True)
class SheetLook:
    """A sheet as the columns step shows it."""

    name: str
    header_row: int  # from 1; 0: none
    lines: int
    hidden_rows: int
    named: bool  # the container names its fields: there is no header row to choose
    columns: tuple[ColumnLine, ...]
    rows: tuple[tuple[str, ...], ...]  # the first rows as they stand
    why_not: Message | None = None


# -- reading ----------------------------------------------------------------------------------


def first_choices(raw: RawFile, result: ReadResult | None) -> Choices:
    """What recognition proposes; without a result the first visible sheet, to be said by hand."""
    if result is not None:
        read = {t.sheet.name for t in result.tables}
    else:
        shown = [s for s in raw.sheets if s.visible and s.columns] or list(raw.sheets)
        read = {s.name for s in shown[:1]}
    return Choices("", tuple(SheetChoice(s.name, s.name in read) for s in raw.sheets))


def with_memory(choices: Choices, known: Mapping[str, Remembered]) -> Choices:
    """The same with what the columns of these sheets meant in an earlier list."""
    for name, one in known.items():
        header_row = one.row or None
        fields = dict(one.saved.fields)
        choices = choices.put(SheetChoice(name, True, header_row, fields, one.saved))
    sources = [one.saved.source for one in known.values() if one.saved.source]
    return replace(choices, source=sources[0]) if sources else choices


def said_of(raw: RawFile, choices: Choices, today: date) -> list[SavedMapping]:
    """The meanings that the user set, to be remembered by the header row they stand under."""
    said = []
    for one in choices.sheets:
        if not one.taken or not (one.fields or choices.source):
            continue
        sheet = next(s for s in raw.sheets if s.name == one.name)
        row = 0 if sheet.headers else _header_row(raw, one)
        if row is None:
            row = look_at(raw, choices, one.name).header_row
        headers = row_hash(sheet, row) if row or sheet.headers else ""
        said.append(SavedMapping(headers, dict(one.fields), choices.source, raw.file, today))
    return said


def understood(raw: RawFile, choices: Choices, repairs: Repairs) -> ReadResult:
    """The file under these choices. Raises Refused when no sheet gives a record."""
    taken = [s for s in choices.sheets if s.taken]
    if not taken:
        raise Refused(say("Take at least one sheet."))
    vendor = vendor_named(choices.source) if choices.source else None
    results: list[ReadResult] = []
    refusals: dict[str, Refused] = {}
    for one in taken:
        only = replace(raw, sheets=tuple(s for s in raw.sheets if s.name == one.name))
        try:
            results.append(
                interpret(
                    only,
                    vendor=vendor,
                    sheet=one.name,
                    header_row=_header_row(raw, one),
                    mapping={f"@{i}": f for i, f in one.fields.items()} or None,
                    repairs=repairs,
                )
            )
        except Refused as refused:
            refusals[one.name] = refused
    if not results:
        raise next(iter(refusals.values()))
    return _joined(raw, results, refusals, repairs)


def _header_row(raw: RawFile, choice: SheetChoice) -> int | None:
    """A mapping set by hand holds for the header row that was in sight."""
    if choice.header_row is not None or not choice.fields:
        return choice.header_row
    return look_at(raw, Choices("", (choice,)), choice.name).header_row


def _joined(
    raw: RawFile, results: Sequence[ReadResult], refusals: Mapping[str, Refused], repairs: Repairs
) -> ReadResult:
    readings = [s for r in results for s in r.sheets]
    for name, refused in refusals.items():
        why = refused.message if isinstance(refused.message, Message) else None
        readings.append(SheetReading(name, None, 0, why_not=why))
    return ReadResult(
        raw,
        raw.format or next((r.format for r in results if r.format != "sheet"), "sheet"),
        tuple(readings),
        tuple(t for r in results for t in r.tables),
        tuple(m for r in results for m in r.mapping),
        tuple(d for r in results for d in r.drafts),
        tuple(p for r in results for p in r.problems),
        dict(repairs),
    )


# -- looking ----------------------------------------------------------------------------------


def look_at(raw: RawFile, choices: Choices, name: str) -> SheetLook:
    """One sheet with its columns: what they were taken for and what stands in them."""
    sheet = next(s for s in raw.sheets if s.name == name)
    choice = choices.sheet(name)
    vendor = vendor_named(choices.source) if choices.source else None
    chosen = {f"@{i}": f for i, f in choice.fields.items()}
    found = find_table(sheet, vendor=vendor, header_row=choice.header_row, chosen=chosen)
    if found.table is None and choice.header_row is None and chosen:
        found = find_table(sheet, vendor=vendor, header_row=_guessed_row(sheet), chosen=chosen)
    table = found.table
    if table is not None:
        row, first = table.header_row, table.first_row
        headers: Sequence[str] = table.headers
    else:
        row = choice.header_row if choice.header_row is not None else _guessed_row(sheet)
        first = row + 1
        headers = [" ".join(str(c).split()) for c in sheet.row(row - 1)] if row else ()
    meant = {m.index: m for m in table.mapping} if table else {}
    columns = []
    for index, column in enumerate(sheet.columns):
        own = meant.get(index)
        header = headers[index] if index < len(headers) else ""
        samples = _samples(column, first - 1)
        if not samples and not header:
            continue
        said = index in choice.fields
        meaning = choice.fields[index] if said else own.field if own else ""
        sure = said or (own.sure if own else False)
        shown = "" if header.startswith("@") else " ".join(header.split())
        known = choice.remembered.fields.get(index) if choice.remembered else None
        old = said and known == meaning
        columns.append(ColumnLine(index, shown, meaning, sure, said, samples, old))
    rows = tuple(tuple(one_line(c) for c in r) for r in sheet.rows(0, min(sheet.lines, 30)))
    named = bool(sheet.headers)
    return SheetLook(
        name, row, sheet.lines, sheet.hidden_rows, named, tuple(columns), rows, found.why_not
    )


def _guessed_row(sheet: RawSheet) -> int:
    if sheet.headers:
        return 0
    heading = best_heading(sheet) if sheet.columns else None
    return heading.row + 1 if heading else min(1, sheet.lines)


def _samples(column: Column, first: int) -> tuple[str, ...]:
    """The first few different cells that say something."""
    found: list[str] = []
    for code in dict.fromkeys(column.codes[first : first + _LOOKED_AT]):
        text = one_line(column.distinct[code])
        if text:
            found.append(text[:80])
            if len(found) == SAMPLES:
                break
    return tuple(found)


# -- one row ----------------------------------------------------------------------------------


def judged_row(table: Table, repairs: Repairs, line: int) -> MatterDraft | None:
    """One row read again with some of its cells repaired; None when it is no record any more.

    Only a few other rows and a few hundred cells of each column are read with it, so that this
    is done while somebody types; they tell the order of days and months and the office.
    """
    sheet = repaired(table.sheet, {k: v for k, v in repairs.items() if k[1] == line})
    first = table.first_row - 1
    others = [i for i in range(first, min(first + _NEIGHBOURS, sheet.lines)) if i != line - 1]
    rows = [line - 1, *others]
    columns = []
    for column in sheet.columns:
        codes = [column.codes[row] for row in rows]
        context = range(min(_CONTEXT, len(column.distinct)))
        kept = list(dict.fromkeys([*codes, *context]))
        place = {code: i for i, code in enumerate(kept)}
        cells = [column.distinct[code] for code in kept]
        columns.append(Column(cells, array("I", [place[code] for code in codes])))
    alone = replace(sheet, columns=tuple(columns), lines=len(rows))
    draft = next(
        (d for d in drafts_of(replace(table, sheet=alone, first_row=1)) if d.row == 1), None
    )
    if draft is None:
        return None
    problems = tuple(replace(p, row=line) for p in draft.problems)
    return draft._replace(row=line, problems=problems)
