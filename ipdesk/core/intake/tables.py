"""Where the table stands on a sheet: header rows, mapping, lists without headers, other tables."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ipdesk.base.i18n import Message, say
from ipdesk.core.intake.cells import one_line
from ipdesk.core.intake.columns import (
    ASIDE,
    DATES,
    GENERAL,
    NAMED,
    OWN_NUMBERS,
    Vendor,
    header_key,
    meaning_of,
    other_kind,
    vendor_of,
    words,
)
from ipdesk.core.intake.guessing import guess_columns
from ipdesk.core.intake.headings import Heading, best_heading, headers_below, heading_at
from ipdesk.core.intake.kinds import kind_of_table
from ipdesk.core.intake.meanings import is_generic, right_of
from ipdesk.core.intake.model import Column, ColumnMapping, RawSheet, Table
from ipdesk.core.portfolio.offices import office_of

_OURS = re.compile(r"\bour\b|我方|我所|本所|unser|notre|nossa|nuestra|当方")
_YOURS = re.compile(r"\byour\b|\bclient|贵方|贵司|客户|委托方|\bihr\b|votre|貴社|御社|依頼")

_LOOKED_AT = 300
_DIGITS = re.compile(r"\d\D{0,3}\d\D{0,3}\d")
_DOMAIN = re.compile(r"^[^\s@]+\.[^\s@.\d]{2,}\.?/?$")
_COMPANIONS = frozenset(
    {"filing_date", "grant_date", "expiry_date", "right", "reference", "status", "office"}
    | {"applicants", "owners", "inventors", "classes", "priority_date", "exam_date"}
)


class Found(NamedTuple):
    """The table of a sheet, or why there is none."""

    table: Table | None
    why_not: Message | None = None
    other: str = ""  # the kind of table it is instead


def find_table(
    sheet: RawSheet,
    *,
    vendor: Vendor | None = None,
    header_row: int | None = None,
    chosen: Mapping[str, str] | None = None,
) -> Found:
    """The filing table of a sheet; *header_row* (from 1, 0: none) and *chosen* overrule."""
    if sheet.headers:
        return _named_table(sheet, vendor, chosen or {})
    if not sheet.columns:
        return Found(None, say("The sheet is empty."))
    if header_row == 0:
        return _without_header(sheet, vendor, chosen or {})
    heading = heading_at(sheet, header_row - 1) if header_row else best_heading(sheet)
    if heading is None:
        return _without_header(sheet, vendor, chosen or {})
    found = _with_header(sheet, heading, vendor, chosen or {}, forced=header_row is not None)
    if found.table is None and not found.other and header_row is None:
        guessed = _without_header(sheet, vendor, chosen or {})
        return guessed if guessed.table else found
    return found


def _named_table(sheet: RawSheet, vendor: Vendor | None, chosen: Mapping[str, str]) -> Found:
    """Records of a register: the container has named its fields."""
    source = vendor or vendor_of(sheet.headers)
    mapping = _mapping(sheet, sheet.headers, source, chosen)
    table = Table(sheet, 0, 1, sheet.headers, mapping, source.id, kind_of_table(mapping, sheet))
    other = _other_table(sheet.headers, mapping, table)
    if other or not _is_filing_table(mapping):
        return Found(None, _nothing_found(), other)
    return Found(table)


def _with_header(
    sheet: RawSheet,
    heading: Heading,
    vendor: Vendor | None,
    chosen: Mapping[str, str],
    *,
    forced: bool,
) -> Found:
    source = vendor or vendor_of([x for x in heading.labels if x])
    first = heading.row + 1 + headers_below(sheet, heading)
    mapping = _mapping(sheet, heading.labels, source, chosen, first)
    kind = kind_of_table(mapping, sheet)
    table = Table(sheet, heading.row + 1, first + 1, heading.labels, mapping, source.id, kind)
    other = _other_table(heading.labels, mapping, table)
    if other and not chosen:
        return Found(None, _nothing_found(), other)
    filings = _is_filing_table(mapping) and not _inventory(mapping, sheet, first)
    if not filings and not (forced and chosen):
        return Found(None, _nothing_found())
    return Found(table)


def _nothing_found() -> Message:
    return say("No row names a number or a title of a filing.")


def _mapping(
    sheet: RawSheet,
    labels: Sequence[str],
    vendor: Vendor,
    chosen: Mapping[str, str],
    first: int = 0,
) -> tuple[ColumnMapping, ...]:
    wanted = {header_key(k): v for k, v in chosen.items() if not k.startswith("@")}
    by_place = {int(k[1:]): v for k, v in chosen.items() if re.fullmatch(r"@\d+", k)}
    mapping = []
    for index, label in enumerate(labels):
        key = header_key(label)
        if index in by_place or (key and key in wanted):
            field, sure = by_place.get(index, wanted.get(key, "")), True
        elif label:
            field, sure = meaning_of(label, vendor)
            field = _by_content(field, sheet.columns[index], first)
            counting = field in OWN_NUMBERS or (field == "reference" and not sure)
            if counting and _counts_rows(sheet.columns[index], first):
                field, sure = "row_number", True
            if _contradicted(field, sheet.columns[index], first):
                field, sure = "", False
        else:
            continue
        aside = field in ASIDE
        name = " ".join(label.split())
        mapping.append(ColumnMapping(sheet.name, index, name, "" if aside else field, sure))
    settled = _finer(mapping, sheet, frozenset((*wanted, *(f"@{i}" for i in by_place))))
    return _of_both_sides(settled, {*wanted.values(), *by_place.values()})


def _finer(
    mapping: Sequence[ColumnMapping], sheet: RawSheet, chosen: Collection[str]
) -> list[ColumnMapping]:
    """Coarse columns give way to finer ones; a renewal ends a mark and is only due for a patent."""
    known = words()
    fine = {m.field for m in mapping if header_key(m.header) not in known.coarse}
    ends = kind_of_table(mapping, sheet) in ("trademarks", "domains")
    found = []
    for one in mapping:
        key = header_key(one.header)
        if key in chosen or f"@{one.index}" in chosen:
            pass
        elif key in known.coarse and one.field in fine:
            one = replace(one, field="", sure=True)
        elif key in known.renewal and one.field == "expiry_date" and not ends:
            one = replace(one, field="next_due")
        found.append(one)
    return found


def _of_both_sides(
    mapping: Sequence[ColumnMapping], chosen: Collection[str]
) -> tuple[ColumnMapping, ...]:
    """A list with *our* and *your* references was written by an agent: ours are yours there.

    Both stay unsure, so the user is asked.
    """
    places = [k for k, m in enumerate(mapping) if m.field == "reference"]
    ours = [k for k in places if _OURS.search(mapping[k].header.casefold())]
    yours = [k for k in places if _YOURS.search(mapping[k].header.casefold())]
    if not ours or not yours or "reference" in chosen:
        return tuple(mapping)
    found = list(mapping)
    for place in (*ours, *yours):
        field = "reference" if place in yours else "other_reference"
        found[place] = replace(found[place], field=field, sure=False)
    return tuple(found)


def _sample(column: Column, first: int) -> list[str]:
    """Some distinct cells of the data, blanks left out."""
    codes = dict.fromkeys(column.codes[first : first + 5000])
    texts = []
    for code in codes:
        text = one_line(column.distinct[code])
        if text:
            texts.append(text)
            if len(texts) >= _LOOKED_AT:
                break
    return texts


def _by_content(field: str, column: Column, first: int) -> str:
    """类别 and Type may mean the kind of right or the class of goods; the cells tell."""
    texts = _sample(column, first) if field in _TOLD_BY_CELLS or field == "family" else []
    if field == "family":
        return "family_members" if any(map(_SEVERAL_NUMBERS.search, texts)) else field
    for fits, instead in _TOLD_BY_CELLS.get(field, ()):
        if texts and all(map(fits, texts)):
            return instead
    return field


_CLASSES = re.compile(r"第?\d{1,2}类?(?:[,;、，；\s]+第?\d{1,2}类?)*").fullmatch
_DAY = re.compile(
    r"(?:19|20)\d\d[-./年]\d\d?[-./月]\d\d?日?|\d\d?[-./]\d\d?[-./](?:19|20)\d\d"
).fullmatch
_CLAIM = re.compile(r"[A-Z]{2}\s?\d{6,}|\d\d/\d{3},?\d{3}").search
_PUBLISHED = re.compile(r"[A-Z]{2} ?\d{5,12} ?[A-CUSY]\d?").fullmatch
_MARK_NUMBER = re.compile(r"(?:UK|EU|IR|WO)0*\d{6,}[A-Z]?").fullmatch
_TAIWAN = re.compile(r"(?:TW)?[IMD]\d{6}").fullmatch
_YES_NO = frozenset("y n yes no true false 1 是 否".split())
# field → what all its cells are, and the field that they are then
_TOLD_BY_CELLS: dict[str, tuple[tuple[Callable[[str], object], str], ...]] = {
    "right": ((_CLASSES, "classes"),),
    "classes": ((lambda text: right_of(text)[0], "right"),),
    "certificate_number": ((_TAIWAN, "grant_number"),),  # there the certificate's is the patent's
    "grant_date": ((lambda text: text.casefold() in _YES_NO, "ignored"),),  # granted: Y
    "reference": ((_PUBLISHED, "publication_number"),),  # Id: RU159261U1
    "mark": ((_MARK_NUMBER, "application_number"),),  # Trade Mark: UK00003412345
    "priorities": ((_DAY, "priority_date"),),
    "priority_date": ((_CLAIM, "priorities"),),
}


def _counts_rows(column: Column, first: int) -> bool:
    """编号 may be a reference or the count of the rows: 1, 2, 3."""
    texts = _sample(column, first)
    return len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)]


def _contradicted(field: str, column: Column, first: int) -> bool:
    """A column called a number in which hardly any cell is one was taken for something else."""
    field = field.partition("+")[0]
    fits = _FITS.get(field)
    if fits is None:
        return False
    texts = _sample(column, first)
    fitting = sum(1 for t in texts if fits(t))
    return bool(texts) and fitting * 10 < len(texts) * 3


_SEVERAL_NUMBERS = re.compile(
    r"[A-Z]{2}[ -]?\d{5,}[^;；|,，、]{0,8}[;；|,，、]\s*[A-Z]{2}[ -]?\d{5,}"
)

_FITS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(OWN_NUMBERS, _DIGITS.search),
    "domain": _DOMAIN.match,
    "right": lambda text: right_of(text)[0] or is_generic(text),
    "office": office_of,
}


def _inventory(mapping: Sequence[ColumnMapping], sheet: RawSheet, first: int) -> bool:
    """Serial numbers of things: nothing beside them tells of filings, nor does their form."""
    numbers = [m for m in mapping if m.field in OWN_NUMBERS]
    if len(numbers) != 1 or header_key(numbers[0].header) not in _SERIALS:
        return False
    others = [m for m in mapping if "asset" not in m.header.casefold()]  # Asset ID, Asset tag
    if {f for m in others for f in m.field.split("+")} & (_TELLING | DATES):
        return False
    return not any(_US_SERIAL.fullmatch(t) for t in _sample(sheet.columns[numbers[0].index], first))


_SERIALS = frozenset({"serialnumber", "serialno", "serial", "documentnumber", "documentno"})
_TELLING = frozenset({"title", "title_en", "title_zh", "mark", "right", "reference", "priorities"})
_TELLING |= {"inventors", "applicants", "classes", "goods", "agency", "attorneys"}
_US_SERIAL = re.compile(r"(?:US ?)?\d{2}/\d{3},?\d{3}")


def _is_filing_table(mapping: Sequence[ColumnMapping]) -> bool:
    """A number or a named thing, or a title in the company of what only filings have."""
    sure = {f for m in mapping if m.sure for f in m.field.split("+")}
    fields = {f for m in mapping for f in m.field.split("+")} - {""}
    if sure & OWN_NUMBERS or sure & NAMED:
        return True
    if fields & OWN_NUMBERS:
        return len(fields) >= 2
    if fields & {"title", "title_en", "title_zh"}:
        dates = fields & DATES
        return len(fields & _COMPANIONS) >= 2 and bool(dates or fields & {"right", "reference"})
    return False


def _other_table(labels: Sequence[str], mapping: Sequence[ColumnMapping], table: Table) -> str:
    """Which kind of table it is when it is not a list of filings."""
    kind = other_kind([x for x in labels if x])
    if not kind:
        return ""
    fields = {m.field for m in mapping}
    numbered = any(
        m.field in OWN_NUMBERS and _sample(table.sheet.columns[m.index], table.first_row - 1)
        for m in mapping
    )
    if kind == "fees":
        telling = {"filing_date", "applicants", "inventors", "title", "classes", "owners"}
        return "" if numbered and fields & telling else kind
    if kind == "research":
        return "" if fields & (OWN_NUMBERS - {"grant_number"}) else kind
    if kind == "survey":
        return "" if numbered or fields & NAMED else kind
    return "" if numbered else kind


def _without_header(sheet: RawSheet, vendor: Vendor | None, chosen: Mapping[str, str]) -> Found:
    """A list without headers: columns guessed from their content, to be confirmed."""
    guessed = guess_columns(sheet)
    by_place = {int(k[1:]): v for k, v in chosen.items() if re.fullmatch(r"@\d+", k)}
    guessed = guessed | by_place
    if not set(guessed.values()) & (OWN_NUMBERS | {"domain"}):
        return Found(None, _nothing_found())
    mapping = tuple(
        ColumnMapping(sheet.name, index, f"@{index}", field, index in by_place)
        for index, field in sorted(guessed.items())
        if field not in ASIDE
    )
    headers = tuple(f"@{i}" for i in range(len(sheet.columns)))
    source = vendor or GENERAL
    kind = kind_of_table(mapping, sheet)
    return Found(Table(sheet, 0, 1, headers, mapping, source.id, kind))
