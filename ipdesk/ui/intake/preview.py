"""The preview of an import as values: which entries a filter shows, what stands in each cell.

Qt-free; made in a worker's thread, read by the table.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ipdesk.base.i18n import Message, say
from ipdesk.core.intake.cells import one_line, text_of
from ipdesk.core.intake.leftaside import LEFT_ASIDE
from ipdesk.core.intake.merging import FIELDS
from ipdesk.core.intake.model import CellProblem, MatterDraft, ReadResult, Severity, Table
from ipdesk.core.intake.plan import Difference, Entry, Plan, Verdict
from ipdesk.core.intake.reading import Repairs, repaired
from ipdesk.core.intake.wishes import row_key
from ipdesk.ui.intake.fields import fed_by, value_words

ALL, REMARKS = "all", "remarks"
FILTERS: tuple[tuple[str, Message], ...] = (
    (ALL, say("All")),
    (Verdict.NEW, say("New")),
    (Verdict.CHANGED, say("Changed")),
    (Verdict.UNCHANGED, say("Unchanged")),
    (Verdict.REFUSED, say("Refused rows")),
    (REMARKS, say("With remarks")),
)
TAKEN = (Verdict.NEW, Verdict.CHANGED)  # what an import can write
KNOWN_BY = ("reference", "title", "application_number")
_ALWAYS = ("right", "office")
_ATTRIBUTES = frozenset(MatterDraft._fields)


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One cell: its words, what stood there before, what is wrong with it."""

    text: str
    old: str | None = None
    problem: CellProblem | None = None

    @property
    def wrong(self) -> bool:
        return self.problem is not None and self.problem.severity is Severity.ERROR


@dataclass(frozen=True)
class Preview:
    """What was read and planned, laid out for looking."""

    result: ReadResult
    plan: Plan
    fields: tuple[str, ...]  # the columns of the table, fields of a matter
    places: Mapping[str, array[int]]  # filter → places among the entries
    changing: tuple[tuple[str, int], ...]  # field → how many matters it would change
    open_places: frozenset[int]  # what can be ticked: new and changed entries
    feeding: Mapping[str, Mapping[str, tuple[int, ...]]]  # sheet → field → columns of the file
    headers: Mapping[str, Mapping[int, str]]  # sheet → column → header
    alike: tuple[tuple[str, str], ...] = ()  # a new name and the known party it looks like

    def count(self, name: str) -> int:
        """How many entries a filter shows."""
        return len(self.places[name])

    @property
    def left_aside(self) -> tuple[CellProblem, ...]:
        """Rows of the file that became no entry although they speak of a matter."""
        return tuple(p for p in self.result.problems if p.code == LEFT_ASIDE)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables of the file by sheet."""
        return {table.sheet.name: table for table in self.result.tables}

    def entry(self, place: int) -> Entry:
        return self.plan.entries[place]

    def draft(self, place: int) -> MatterDraft:
        """The first row of an entry."""
        return self.plan.entries[place].proposal.drafts[0]

    def alone(self, draft: MatterDraft) -> int | None:
        """The place of an entry that consists of this row only."""
        for place, entry in enumerate(self.plan.entries):
            if entry.proposal.drafts[0] is draft:
                return place if not entry.folded else None
        return None

    # ------------------------------------------------------------------ cells

    def cell(self, place: int, field: str) -> PreviewCell:
        """What the table shows of a field."""
        entry = self.plan.entries[place]
        draft = entry.proposal.drafts[0]
        problem = self._problem(entry, draft, field) if entry.problems else None
        words = value_words(field, value_of(entry, field))
        if entry.differences:
            found = self._difference(entry, field)
            if found is not None:
                return PreviewCell(words, value_words(field, found.old), problem)
        if not words or problem is not None:
            raw = self.raw_text(draft, field)
            words = raw if problem is not None and raw else words or ""
        return PreviewCell(words, None, problem)

    def _difference(self, entry: Entry, field: str) -> Difference | None:
        names = ("status", "reported_status") if field == "status" else (field,)
        return next((d for d in entry.differences if d.field in names), None)

    def _problem(self, entry: Entry, draft: MatterDraft, field: str) -> CellProblem | None:
        headers = self.headers.get(draft.sheet, {})
        columns = self.feeding.get(draft.sheet, {}).get(field, ())
        named = {headers[index] for index in columns if index in headers}
        found = [p for p in entry.problems if p.column in named and p.column]
        return next((p for p in found if p.severity is Severity.ERROR), found[0] if found else None)

    # ------------------------------------------------------------------ the file's own cells

    def column_of(self, sheet: str, field: str) -> int | None:
        """The column of the file whose cell is repaired when this field is."""
        columns = self.feeding.get(sheet, {}).get(field, ())
        return columns[0] if columns else None

    def raw_cell(self, draft: MatterDraft, index: int) -> str:
        """A cell as it stands in the file, repairs included."""
        table = self.tables.get(draft.sheet)
        if table is None or not 0 <= index < len(table.sheet.columns):
            return ""
        return text_of(table.sheet.columns[index].cell(draft.row - 1))

    def raw_text(self, draft: MatterDraft, field: str) -> str:
        """The first cell that fills a field and says something, in one line."""
        for index in self.feeding.get(draft.sheet, {}).get(field, ()):
            text = one_line(self.raw_cell(draft, index))
            if text:
                return text
        return ""

    def raw_row(self, draft: MatterDraft) -> list[tuple[int, str, str]]:
        """The row as the file has it: column, header, cell."""
        table = self.tables.get(draft.sheet)
        if table is None:
            return []
        row = table.sheet.row(draft.row - 1)
        shown = []
        for index, cell in enumerate(row):
            header = table.headers[index] if index < len(table.headers) else ""
            text = text_of(cell)
            if header or text.strip():
                shown.append((index, " ".join(header.split()), text))
        return shown


def value_of(entry: Entry, field: str) -> Any:
    """A field as the file tells it; a refused row has only what could be read of it."""
    found = entry.proposal.fields.get(field)
    if field == "family_key":
        return entry.family or found
    if found is None and entry.verdict is Verdict.REFUSED:
        draft = entry.proposal.drafts[0]
        found = getattr(draft, field) if field in _ATTRIBUTES else draft.extra.get(field)
    return found


def laid_out(result: ReadResult, plan: Plan) -> Preview:
    """Everything that the preview needs, counted once."""
    feeding, headers = _feeding(result)
    named = {field for columns in feeding.values() for field in columns} | set(_ALWAYS)
    if plan.families:
        named.add("family_key")
    fields = tuple(f for f in _order() if f in named)
    places: dict[str, array[int]] = {str(name): array("I") for name, _ in FILTERS}
    changing: Counter[str] = Counter()
    for place, entry in enumerate(plan.entries):
        places[ALL].append(place)
        places[entry.verdict].append(place)
        if entry.problems:
            places[REMARKS].append(place)
        for difference in entry.differences:
            changing[difference.field] += 1
    counted = tuple((f, changing[f]) for f in FIELDS if f in changing)
    open_places = frozenset(p for name in TAKEN for p in places[name])
    return Preview(result, plan, fields, places, counted, open_places, feeding, headers)


def with_row(
    preview: Preview, place: int, draft: MatterDraft, entry: Entry, repairs: Repairs
) -> Preview:
    """The preview with one row read again; everything else stays as it was planned."""
    result, plan = preview.result, preview.plan
    tables = tuple(
        replace(t, sheet=repaired(t.sheet, repairs)) if t.sheet.name == draft.sheet else t
        for t in result.tables
    )
    old = preview.draft(place)
    drafts = tuple(draft if d is old else d for d in result.drafts)
    problems = (*(p for d in drafts for p in d.problems), *preview.left_aside)
    entries = (*plan.entries[:place], entry, *plan.entries[place + 1 :])
    counts = Counter(e.verdict for e in entries)
    return laid_out(
        replace(result, tables=tables, drafts=drafts, problems=problems, repairs=repairs),
        replace(plan, entries=entries, counts=counts),
    )


def _order() -> Sequence[str]:
    """What a person knows a matter by, then what identifies it, then the rest."""
    first = (
        *("reference", "title", "application_number", "filing_date", "right", "office"),
        *("publication_number", "publication_date", "grant_number", "grant_date", "status"),
    )
    return (*first, *(f for f in FIELDS if f not in first))


def _feeding(
    result: ReadResult,
) -> tuple[dict[str, dict[str, tuple[int, ...]]], dict[str, dict[int, str]]]:
    feeding: dict[str, dict[str, tuple[int, ...]]] = {}
    headers: dict[str, dict[int, str]] = {}
    for one in result.mapping:
        headers.setdefault(one.sheet, {})[one.index] = one.header
        for field in fed_by(one.field) if one.field else ():
            columns = feeding.setdefault(one.sheet, {})
            columns[field] = (*columns.get(field, ()), one.index)
    return feeding, headers


def row_words(entry: Entry) -> str:
    """The same in one text: ``12 Sheet1``."""
    sheet, line = row_key(entry)
    return f"{line} {sheet}"


def moved(places: Collection[int], before: Preview, after: Preview) -> set[int]:
    """Where entries stand after another plan was made of the same file."""
    if not places:
        return set()
    keys = {row_key(before.entry(place)) for place in places}
    return {p for p in after.open_places if row_key(after.entry(p)) in keys}


def remark(entry: Entry) -> Message | None:
    """The worst thing to say of an entry, for its line in the table."""
    wrong = [p for p in entry.problems if p.severity is Severity.ERROR]
    found = wrong or entry.problems
    return found[0].message if found else None
