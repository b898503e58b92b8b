"""What a filing list becomes on its way in: sheets of cells, mappings, drafts, problems."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from ipdesk.base.i18n import Message

Cell = str | float | int
Day = date  # where a field is itself called date


class Severity(StrEnum):
    """An error is a cell that could not be taken; a warning one that was, but deserves a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell (or, without a column, with a row or a sheet)."""

    sheet: str
    row: int  # as in the file, first row 1; 0: the whole sheet
    column: str  # the header, empty for the row
    severity: Severity
    code: str
    message: Message

    def to_json(self) -> dict[str, Any]:
        """As ``import --json`` prints it."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "severity": self.severity.value,
            "code": self.code,
            "message": str(self.message),
        }


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stood in the file; blank cells are empty texts."""

    sheet: str
    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its cells and, row by row, which of them stands there.

    Repeated cells are stored, cleaned and carried between processes once; where hardly any
    cell comes twice each row has its own (``codes`` is a range).
    """

    distinct: list[Cell]
    codes: Sequence[int]

    def cell(self, index: int) -> Cell:
        return self.distinct[self.codes[index]] if index < len(self.codes) else ""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet of the file; ``lines`` counts every row, also blank and hidden ones."""

    name: str
    columns: tuple[Column, ...]
    lines: int
    visible: bool = True
    hidden_rows: int = 0
    headers: tuple[str, ...] = ()  # where the container names its fields, there is no header row
    merged: tuple[tuple[int, int, int], ...] = ()  # cells over several rows: first, last, column

    def row(self, index: int) -> tuple[Cell, ...]:
        """The cells of one row, counted from 0."""
        return tuple(c.cell(index) for c in self.columns)

    def picked(self, indices: Iterable[int]) -> list[tuple[Cell, ...]]:
        """The cells of some rows, counted from 0."""
        wanted = list(indices)
        cells = [[c.distinct[c.codes[k]] for k in wanted] for c in self.columns]
        return list(zip(*cells, strict=True))

    def rows(self, start: int, stop: int) -> list[tuple[Cell, ...]]:
        """Some rows as tuples of cells."""
        picked = [
            [c.distinct[k] for k in c.codes[start : min(stop, self.lines)]] for c in self.columns
        ]
        return list(zip(*picked, strict=True))


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file taken apart into sheets, before anything is understood."""

    file: str
    sha256: str
    kind: str  # xlsx, xls, ods, csv, html, xml …
    sheets: tuple[RawSheet, ...]
    encoding: str = ""
    format: str = ""  # a vendor, where the container itself tells


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What one column was taken for; an empty field leaves the column aside."""

    sheet: str
    index: int  # of the column, from 0
    header: str
    field: str
    sure: bool

    def to_json(self) -> dict[str, Any]:
        return {"header": self.header, "field": self.field or None, "sure": self.sure}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet in which a filing table was found."""

    sheet: RawSheet
    header_row: int  # from 1; 0: there is none, columns were guessed from their content
    first_row: int  # first row of data, from 1
    headers: tuple[str, ...]
    mapping: tuple[ColumnMapping, ...]
    vendor: str
    kind: str  # patents, trademarks, software, domains


NUMBER_ERRORS = frozenset({"number_damaged", "digits_lost", "number_form", "check_digit"})


class Document(NamedTuple):
    """A publication of a matter: number as shown, key, kind code, day."""

    number: str
    key: str
    kind: str = ""
    date: Day | None = None


class Claim(NamedTuple):
    """A priority claim as the list gives it."""

    number: str
    key: str
    office: str
    date: Day | None


class DraftEvent(NamedTuple):
    """A day that a list knows beside the usual ones, in the words of the vocabulary §4."""

    type: str
    date: Day
    ordinal: int | None = None
    detail: str = ""  # what the list calls it


class MatterDraft(NamedTuple):
    """What one row says of one matter; a tuple, because lists of 100,000 rows are usual.

    ``*_key`` are the keys of ``portfolio.numbers``, empty where a number cannot be trusted.
    """

    sheet: str
    row: int
    right: str
    office: str
    application_number: str = ""
    application_key: str = ""
    application_number_raw: str = ""
    publication_number: str = ""
    publication_key: str = ""
    publication_number_raw: str = ""
    grant_number: str = ""
    grant_key: str = ""
    documents: tuple[Document, ...] = ()
    title: str = ""
    title_en: str = ""
    title_zh: str = ""
    filing_date: date | None = None
    publication_date: date | None = None
    grant_date: date | None = None
    expiry_date: date | None = None
    priority_date: date | None = None
    priorities: tuple[Claim, ...] = ()
    applicants: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    attorneys: tuple[str, ...] = ()
    status: str = ""  # as the list writes it
    reported_status: str = ""  # what that means in our words, empty if it does not tell
    status_date: date | None = None
    reference: str = ""
    route: str = ""
    family_key: str = ""
    classes: tuple[str, ...] = ()
    goods: str = ""
    abstract: str = ""
    events: tuple[DraftEvent, ...] = ()
    extra: Mapping[str, Any] = {}  # rarer fields, see EXTRA
    problems: tuple[CellProblem, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything that identifies the matter, strongest first."""
        keys = (self.application_key, self.publication_key, self.grant_key)
        return tuple(dict.fromkeys(k for k in (*keys, *(d.key for d in self.documents)) if k))

    @property
    def refused(self) -> bool:
        """Whether an error in its number leaves nothing that could identify the matter."""
        if not any(p.code in NUMBER_ERRORS for p in self.problems):
            return False
        return not self.reference and not any(self._sound_keys())

    def _sound_keys(self) -> tuple[str, ...]:
        bad = {p.code for p in self.problems if p.severity is Severity.ERROR}
        if "check_digit" not in bad:
            return self.keys
        return tuple(k for k in self.keys if k != self.application_key)


# fields of MatterDraft.extra: texts unless said
EXTRA = (
    "pct_application_number",
    "pct_publication_number",
    "parent_number",
    "certificate_number",
    "other_reference",
    "kind_code",
    "registrar",
    "responsible",
    "department",
    "project",
    "version",
    "note",
    "claims",  # int
    "technologies",  # tuple
    "products",  # tuple
    "tags",  # tuple
    "family_members",  # tuple of publication keys
    "next_due",  # date
    "provider_id",
)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What was found on one sheet."""

    name: str
    header_row: int | None
    records: int
    hidden_rows: int = 0
    visible: bool = True
    why_not: Message | None = None  # why the sheet was left aside

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "header_row": self.header_row, "records": self.records}


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file read and understood; the raw file stays at hand for another mapping."""

    raw: RawFile
    format: str
    sheets: tuple[SheetReading, ...]
    tables: tuple[Table, ...]
    mapping: tuple[ColumnMapping, ...]
    drafts: tuple[MatterDraft, ...]
    problems: tuple[CellProblem, ...]
    repairs: Mapping[tuple[str, int, int], str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return self.raw.file

    @property
    def sha256(self) -> str:
        return self.raw.sha256

    def raw_row(self, draft: MatterDraft) -> RawRow:
        """The row of the file that a draft was read from."""
        sheet = next(s for s in self.raw.sheets if s.name == draft.sheet)
        return RawRow(draft.sheet, draft.row, sheet.row(draft.row - 1))

    def raw_cells(self, drafts: Sequence[MatterDraft]) -> list[tuple[Cell, ...]]:
        """The cells of each draft's row; ten times as fast as one by one."""
        lines: dict[str, list[int]] = {}
        for draft in drafts:
            lines.setdefault(draft.sheet, []).append(draft.row - 1)
        found = {
            sheet.name: iter(sheet.picked(lines[sheet.name]))
            for sheet in self.raw.sheets
            if sheet.name in lines
        }
        return [next(found[draft.sheet]) for draft in drafts]
