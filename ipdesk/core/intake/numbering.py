"""The numbers of one row read together: each helps to tell the office of the others."""

import re
from datetime import date
from typing import NamedTuple

from ipdesk.core.intake.cells import is_null
from ipdesk.core.intake.model import Claim
from ipdesk.core.portfolio.numbers import Number, Sort, parse_number, read_number
from ipdesk.core.portfolio.offices import codes, office_of

SPECIAL = frozenset(
    {"trademark", "software_copyright", "work_copyright", "domain_name", "ic_layout"}
)

_APART = re.compile(
    r"[;；|\n、]+|，\s*|,\s*(?=(?:ZL|[A-Z]{2})[\s-]?\d)|(?<!JP)\s+(?=(?:CN|US|EP|WO|JP|KR)[\s-]?\d)",
    re.IGNORECASE,
)
_ONE = re.compile(r"[A-Z]{0,2}[0-9./-]+[0-9A-Z]{0,4}").fullmatch
_LONGEST = 300
_KIND = re.compile(r"[A-Z]\d{0,2}")
_DAY_AT_END = re.compile(
    r"[\s,(（]+((?:19|20)\d{6}|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})[)）]?$"
)
_DAY_INSIDE = re.compile(
    r"(?<!\d)(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d)(?!\d)"
)
_FILED = re.compile(r"[\s,]*\b(?:filed|dated|of|on|vom|du|del|de)(?: on)?$|申请日$", re.IGNORECASE)
_OFFICE_APART = re.compile(r"(?:^|[\s(（])([A-Z]{2})(?=$|[\s)）])")


class RowNumbers(NamedTuple):
    """What the numbers of a row say together."""

    applications: tuple[Number, ...] = ()
    publications: tuple[Number, ...] = ()
    grants: tuple[Number, ...] = ()
    grant_documents: tuple[Number, ...] = ()
    all: tuple[Number, ...] = ()  # publications first: they always name their office

    @classmethod
    def of(
        cls,
        applications: tuple[Number, ...],
        publications: tuple[Number, ...],
        grants: tuple[Number, ...],
        documents: tuple[Number, ...],
    ) -> "RowNumbers":
        every = publications + applications + grants + documents
        return cls(applications, publications, grants, documents, every)


NO_NUMBERS = RowNumbers()


class NumberReader:
    """Reads number cells, each spelling once."""

    def __init__(self) -> None:
        self._memo: dict[tuple[str, str, str, str], tuple[Number, ...]] = {}
        self._claims: dict[tuple[str, str], tuple[Claim, ...]] = {}

    def read(self, text: str, sort: Sort, office: str, right: str) -> tuple[Number, ...]:
        """The numbers of one cell."""
        if not text:
            return ()
        key = (text, sort.value, office, right)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = numbers_in(text, sort, office, right)
        return found

    def row(
        self, texts: tuple[str, str, str, str], kind: str, office: str, right: str
    ) -> RowNumbers:
        """Application, publication, grant and grant publication of a row.

        What one of them says of the office holds for the others.
        """
        application, publication, grant, announced = texts
        special = right if right in SPECIAL else ""
        publications = self._with_kind(publication, kind, office, special)
        office = office or _office(publications)
        applications = self.read(application, Sort.APPLICATION, office, special)
        office = office or _office(applications)
        grants = self.read(grant, Sort.GRANT, office, special)
        documents = self.read(announced, Sort.PUBLICATION, office, special)
        later = _office(grants) or _office(documents)
        if not office and later and later != "WO":
            publications = self._with_kind(publication, kind, later, special)
            applications = self.read(application, Sort.APPLICATION, later, special)
        return RowNumbers.of(applications, publications, grants, documents)

    def _with_kind(self, text: str, kind: str, office: str, right: str) -> tuple[Number, ...]:
        found = self.read(text, Sort.PUBLICATION, office, right)
        fits = kind and _KIND.fullmatch(kind) and len(found) == 1 and not found[0].kind_code
        if fits and found[0].key and found[0].key.split(".")[1] != "A":
            return self.read(f"{text} {kind}", Sort.PUBLICATION, office, right)
        return found

    def claims(self, text: str, office: str) -> tuple[Claim, ...]:
        """Priority claims: number, day and country in any order, several a cell."""
        if not text:
            return ()
        key = (text, office)
        found = self._claims.get(key)
        if found is None:
            parts = [p.strip() for p in re.split(r"[;；|\n、]+", text)]
            read = (_claim(p, office) for p in parts if len(p) < _LONGEST and not is_null(p))
            found = self._claims[key] = tuple(c for c in read if c)
        return found


def numbers_in(text: str, sort: Sort, office: str, right: str) -> tuple[Number, ...]:
    """The one number of a cell, or the several that signs part."""
    if not text:
        return ()
    if right == "domain_name" or _ONE(text):
        one = parse_number(text, sort, office, right)
        return (one,) if one else ()
    parts = [p for p in _APART.split(text) if p and not is_null(p.strip())]
    numbers = [parse_number(p, sort, office, right) for p in parts]
    return tuple(n for n in numbers if n)


def _office(numbers: tuple[Number, ...]) -> str:
    return next((n.office for n in numbers if n.office and n.key), "")


def _claim(text: str, office: str) -> Claim | None:
    day: date | None = None
    match = _DAY_AT_END.search(text) or _DAY_INSIDE.search(text)
    rest = text
    if match and len(text) > len(match[0]):
        day = _day(match[1])
        if day:
            rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
    country = ""
    for found in _OFFICE_APART.finditer(rest):
        if found[1] in codes():
            country = found[1]
            alone = rest[: found.start()] + " " + rest[found.end() :]
            if found.start() > 0:
                rest = alone
            break
    rest = _FILED.sub("", " ".join(rest.split())).strip(" ,()（）")
    if not rest or not any(c.isdigit() for c in rest):
        return Claim("", "", country or office_of(rest) or "", day) if day else None
    number = read_number(rest, Sort.APPLICATION, country or office)
    if number is None or not number.key:
        return Claim(rest, "", country, day)
    place = number.office
    if number.key.startswith("WO.A."):
        place = "WO"
    return Claim(number.display, number.key, place, day)


def _day(text: str) -> date | None:
    digits = re.findall(r"\d+", text)
    try:
        if len(digits) == 1:
            return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        if len(digits[0]) == 4:
            return date(int(digits[0]), int(digits[1]), int(digits[2]))
        return date(int(digits[2]), int(digits[1]), int(digits[0]))
    except ValueError:
        return None
