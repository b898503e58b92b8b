"""What a row is: its office, right and route, its titles and publications."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ipdesk.base.text import is_chinese
from ipdesk.core.intake.meanings import is_generic, is_granted_kind, right_of
from ipdesk.core.intake.model import Document
from ipdesk.core.intake.numbering import RowNumbers
from ipdesk.core.portfolio.european import key_in_state
from ipdesk.core.portfolio.numbers import Number, Sort
from ipdesk.core.portfolio.offices import office_of

_DIGIT = re.compile(r"\d").search
_TOTAL = re.compile(
    r"(?:小计|合计|总计|共计|总数|合計|小計|総計|합계|총계|(?:sub|grand )?totals?|sum|summe|gesamt"
    r"|count)\s*(?:[(（:：\d]|$)"
    r"|(?:制表|填表|编制|审核|审批|批准|复核|制单|经办|打印|导出)[人者日时]?[期间]?\s*[:：]"
    r"|第\s*\d+\s*页|page \d+|以下空白|以下无正文"
    r"|(?:prepared|printed|checked|approved) (?:by|on)\b",
    re.IGNORECASE,
).match
_KIND_RIGHTS = {"U": "utility_model", "Y": "utility_model", "S": "design"}
_DOMAIN_OFFICES = {"UK": "GB", "EU": "EM", "中国": "CN"}
_SOLD_AS_GENERIC = frozenset({"IO", "AI", "CO", "TV", "ME", "CC", "WS"})


class Identity(NamedTuple):
    """The cells of a row that say what it is."""

    application: str
    publication: str
    grant: str
    announced: str
    kind: str
    title: str
    title_en: str
    title_zh: str
    named: str  # mark, software or domain
    right: str
    office: str
    reference: str

    @property
    def numbered(self) -> bool:
        return bool(self.application or self.publication or self.grant or self.announced)

    @property
    def titled(self) -> str:
        return self.named or self.title or self.title_zh or self.title_en


class Place(NamedTuple):
    """Where a row belongs, and what its type column said otherwise."""

    office: str
    right: str
    route: str = ""
    contradicted: str = ""
    elsewhere: str = ""  # the office that its column says, where its numbers say another
    unread: str = ""  # a type that means nothing to us, where no number tells either
    part: bool = False  # the part of a European patent in one of its states


def said_right(text: str) -> str:
    """The right that a type cell names; empty when it names none for certain."""
    right = right_of(text)[0] if text else ""
    return "" if right == "unsaid" else right


def place_of(
    one: Identity, numbers: RowNumbers, own_right: str, default_office: str, state: str = ""
) -> Place:
    """Office, right and route: what numbers say counts more than what columns say.

    *state* is the state whose part of a European patent the row is.
    """
    said = said_right(one.right) or _right_of_office(one.office)
    if state:
        return Place(state, "invention", part=True)
    office = right = route = ""
    for number in numbers.all:
        office = office or number.office
        right = right or number.right
        route = route or number.route
    hinted = (office_of(one.office) or "") if one.office else ""
    if said == "unitary_patent":
        hinted = "EP"
    numbered = bool(right)
    if right == "pct":
        office, right = _international(numbers, said, office, hinted)
    right = right or said or own_right or _KIND_RIGHTS.get(one.kind[:1].upper(), "") or "invention"
    if right == "domain_name":
        country = domain_office(one.titled)
        return Place(country if country != "XX" else hinted or country, right)
    if right == "pct":
        office = "WO"
    elif right == "software_copyright":
        office = office or hinted or "CN"
    doubtful = numbered and said and said not in (right, "pct") and right != "pct"
    contradicted = said if doubtful and not is_generic(one.right) else ""
    unread = one.right if one.right and not said and not numbered and not own_right else ""
    if unread and (right_of(unread)[0] or is_generic(unread)):
        unread = ""
    elsewhere = hinted if hinted not in ("", office, "WO") and office and right != "pct" else ""
    where = office or hinted or default_office
    return Place(where, right, route, contradicted, elsewhere, unread)


def _right_of_office(text: str) -> str:
    """A column of countries may say UP: the unitary patent."""
    right = right_of(text)[0] if text else ""
    return right if right == "unitary_patent" else ""


def in_state(number: Number, place: Place) -> Number:
    """A European number with the key that it has as a part or as a unitary patent."""
    key = key_in_state(number.key, place.office, place.right)
    return number._replace(key=key) if key != number.key else number


def _international(numbers: RowNumbers, said: str, office: str, hinted: str) -> tuple[str, str]:
    """A PCT number on a row of a national phase does not make it an international application."""
    if numbers.publications:
        if office == "WO":
            return office, "pct"
        return office, next((n.right for n in numbers.publications if n.right), said)
    if hinted in ("", "WO") or said in ("", "pct") or not numbers.applications:
        return office, "pct"
    receiving = numbers.applications[0].key[5:7]
    return (hinted, said) if hinted != receiving else (office, "pct")


def domain_office(name: str) -> str:
    """A country domain belongs to its country, all others to nobody (XX)."""
    last = name.rstrip(".").rpartition(".")[2].upper()
    if last in _DOMAIN_OFFICES:
        return _DOMAIN_OFFICES[last]
    country = len(last) == 2 and last.isascii() and last not in _SOLD_AS_GENERIC
    return last if country else "XX"


def titles_of(one: Identity) -> tuple[str, str, str]:
    """Title as filed, English and Chinese title."""
    title = one.named or one.title
    english, chinese = one.title_en, one.title_zh
    if chinese and not is_chinese(chinese):
        english, chinese = english or chinese, ""
    return title or chinese or english, english, chinese


def application_of(numbers: RowNumbers) -> Number | None:
    """The application number; one found among the publications serves as well."""
    if numbers.applications and numbers.applications[0].sort is Sort.APPLICATION:
        return numbers.applications[0]
    for number in (*numbers.applications, *numbers.publications):
        if number.sort is Sort.APPLICATION and (number.key or number in numbers.applications):
            return number
    return None


def documents_of(
    numbers: RowNumbers, days: Sequence[date | None], granted: date | None
) -> tuple[Document, ...]:
    """The publications of a row with their days; those of other offices are family members."""
    if not numbers.publications and not numbers.grant_documents:
        return ()
    documents: list[Document] = []
    office = numbers.publications[0].office if numbers.publications else ""
    for place, n in enumerate(numbers.publications):
        if n.key and n.office == office and n.sort is not Sort.APPLICATION:
            if any(d.key == n.key and d.kind == n.kind_code for d in documents):
                continue
            day = days[place] if place < len(days) else None
            documents.append(Document(n.display, n.key, n.kind_code, day))
    for n in numbers.grant_documents:
        if n.key and n.sort is not Sort.APPLICATION:
            kind = n.kind_code or "B"
            if not any(d.key == n.key and d.kind in ("", kind) for d in documents):
                documents.append(Document(n.display, n.key, kind, granted))
    return tuple(documents)


def whole_family(numbers: RowNumbers) -> dict[str, tuple[str, ...]]:
    """Publications of several offices in one cell: the row is a family, the first its matter."""
    if len({n.office for n in numbers.publications}) < 2:
        return {}
    return {
        "family_members": tuple(dict.fromkeys(n.key for n in numbers.publications if n.key)),
        "publications": tuple(n.display for n in numbers.publications if n.key),
    }


def is_granted(one: Identity, right: str, publication: Number | None) -> bool:
    """Whether a day that may mean publication or grant is that of a grant."""
    if right in ("utility_model", "design") or (one.right and right_of(one.right)[1]):
        return True
    kind = publication.kind_code if publication else one.kind
    return is_granted_kind("CN", kind)


def is_repeated_header(one: Identity, headers: dict[str, str]) -> bool:
    """The header row printed again further down."""
    if _DIGIT(one.application) or _DIGIT(one.publication) or _DIGIT(one.grant):
        return False
    pairs = zip(Identity._fields, one, strict=True)
    names = {"application": "application_number", "publication": "publication_number"}
    names |= {"grant": "grant_number"}
    return any(text and text == headers.get(names.get(f, f)) for f, text in pairs)


def is_total(text: str) -> bool:
    """Whether the first cell of a row without numbers sums up, signs or ends the list."""
    return _TOTAL(text) is not None


def usable(numbers: Iterable[Number]) -> bool:
    """Whether any of these is a number, be it a damaged one."""
    return any(n.key or any(p.severe for p in n.problems) for n in numbers)
