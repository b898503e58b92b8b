"""Hits come through the import door: a list that was read becomes what a watch can remember.

A list with a header and no rows is a search without hits; what cannot be read is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipdesk.base.errors import Refused
from ipdesk.base.text import clean, fold
from ipdesk.core.intake.cells import text_of
from ipdesk.core.intake.model import Document, MatterDraft, ReadResult, Table
from ipdesk.core.intake.reader import Asked, Progress, take_apart
from ipdesk.core.intake.reading import read_list
from ipdesk.core.intake.tables import find_table
from ipdesk.core.portfolio.numbers import Sort, read_number
from ipdesk.core.watch.model import HitDraft

DATABASES = {"google_patents": "google", "cnipa_marks": "cnipa"}
"""Formats whose database goes by another name; other formats are called alike."""

_KNOWN = frozenset(
    "lens google espacenet patentscope patsnap incopat cnipr cnipa jplatpat derwent orbit kipris "
    "depatisnet tmview euipo".split()
)
_SPLIT = re.compile(r"[;|\n\r；、]+|,\s")
_COLUMNS = {
    "citations": re.compile(
        r"patents? cited|cited (?:patents?|documents?|references)|patent citations?"
        r"|引用专利(?!数)|引证专利(?!数)|引证文献(?!数)|引用文献(?!数)"
    ),
    "claims_text": re.compile(
        r"^(?:first |independent |main )?claims?(?: text)?$|主权项|权利要求(?!数)|权利要求书"
    ),
    "drawing": re.compile(r"representative figure|fp image|front page image|摘要附图|附图链接"),
}
_NOT_PATENTS = re.compile(r"literature|npl|非专利|count|数量")


@dataclass(frozen=True, slots=True)
class HitList:
    """A hit list as it was read; ``records`` counts its lines, ``refused`` those without use."""

    file: str
    sha256: str
    format: str
    database: str  # as far as the form of the list tells
    records: int
    refused: int
    drafts: tuple[HitDraft, ...]


def read_hits(
    path: str | Path,
    *,
    format: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
) -> HitList:
    """Read an exported hit list. Raises Refused when it is none, Cancelled when stopped."""
    try:
        result = read_list(
            path,
            format=format,
            sheet=sheet,
            mapping=mapping,
            progress=progress,
            cancelled=cancelled,
        )
    except Refused:
        empty = _empty_list(Path(path))
        if empty is None:
            raise
        return empty
    return hits_of(result)


def _empty_list(path: Path) -> HitList | None:
    """A list of which only the header is there: a search that found nothing."""
    raw = take_apart(path)
    tables = [t for t in (find_table(s).table for s in raw.sheets) if t and t.header_row]
    if not tables or any(_rows_below(t) for t in tables):
        return None
    vendor = tables[0].vendor
    return HitList(raw.file, raw.sha256, vendor, _database(vendor), 0, 0, ())


def _rows_below(table: Table) -> bool:
    """Whether anything stands under the header."""
    below = table.sheet.rows(table.header_row, table.sheet.lines)
    return any(text_of(cell).strip() for row in below for cell in row)


def hits_of(result: ReadResult) -> HitList:
    """The hits of a list that was read."""
    more = _more_columns(result)
    good = [d for d in result.drafts if not d.refused]
    drafts = [hit for d in good for hit in _hits(d, more.get((d.sheet, d.row), {}))]
    return HitList(
        result.file,
        result.sha256,
        result.format,
        _database(result.format),
        len(result.drafts),
        len(result.drafts) - len(good),
        tuple(drafts),
    )


def _database(vendor: str) -> str:
    name = DATABASES.get(vendor, vendor)
    return name if name in _KNOWN else ""


def _hits(draft: MatterDraft, more: Mapping[str, str]) -> Iterator[HitDraft]:
    """One hit for every publication of the row; a row without one stands by its application."""
    documents = draft.documents or _only_document(draft)
    keys = tuple(d.key for d in documents if d.key)
    relatives = tuple(draft.extra.get("family_members", ()))
    for document in documents:
        yield HitDraft(
            number=document.number,
            key=document.key,
            kind_code=document.kind,
            office=_office(document, draft),
            right=draft.right,
            application_number=draft.application_number,
            application_key=draft.application_key,
            priority_keys=tuple(c.key for c in draft.priorities if c.key),
            family_key=draft.family_key,
            relatives=tuple(k for k in (*keys, *relatives) if k != document.key),
            title=draft.title or draft.title_en or draft.title_zh,
            title_en=draft.title_en,
            title_zh=draft.title_zh,
            abstract=draft.abstract,
            applicants=draft.applicants,
            owners=draft.owners,
            inventors=draft.inventors,
            classes=draft.classes,
            citations=_citations(more.get("citations", "")),
            priority_date=_priority_date(draft),
            filing_date=draft.filing_date,
            publication_date=document.date or draft.publication_date,
            grant_date=draft.grant_date,
            expiry_date=draft.expiry_date,
            status=draft.reported_status,
            status_text=draft.status,
            claims=draft.extra.get("claims"),
            claims_text=more.get("claims_text", ""),
            link=str(draft.extra.get("link", "")),
            drawing=more.get("drawing", ""),
        )


def _only_document(draft: MatterDraft) -> tuple[Document, ...]:
    number = draft.publication_number or draft.grant_number or draft.application_number
    key = draft.publication_key or draft.grant_key or draft.application_key
    return (Document(number or draft.reference, key, "", draft.publication_date),)


def _office(document: Document, draft: MatterDraft) -> str:
    """The office that the key names; a PCT publication is of WO whatever the row says."""
    return document.key.partition(".")[0] or draft.office


def _priority_date(draft: MatterDraft) -> date | None:
    days = [draft.priority_date, *(c.date for c in draft.priorities)]
    return min((d for d in days if d), default=None)


def _citations(text: str) -> tuple[str, ...]:
    """Keys of the cited documents that can be read."""
    keys: dict[str, None] = {}
    for part in _SPLIT.split(text):
        number = read_number(part.strip(), Sort.PUBLICATION) if part.strip() else None
        if number is not None and number.key:
            keys[number.key] = None
    return tuple(keys)


def _more_columns(result: ReadResult) -> dict[tuple[str, int], dict[str, str]]:
    """Columns that matter to hits alone: cited documents, words of the claims, the drawing."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for table in result.tables:
        for index, field in _wanted(table):
            column = table.sheet.columns[index]
            for line in range(table.first_row, table.sheet.lines + 1):
                text = text_of(column.cell(line - 1)).strip()
                if text and text != "-" and not text.isdigit():
                    own = found.setdefault((table.sheet.name, line), {})
                    own[field] = f"{own[field]}; {text}" if field in own else clean(text)
    return found


def _wanted(table: Table) -> Iterator[tuple[int, str]]:
    taken = {m.index for m in table.mapping if m.field}
    for index, header in enumerate(table.headers):
        name = fold(header)
        if index in taken or _NOT_PATENTS.search(name):
            continue
        for field, pattern in _COLUMNS.items():
            if pattern.search(name):
                yield index, field
                break
