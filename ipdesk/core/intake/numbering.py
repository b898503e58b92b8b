"""The numbers of one row read together: each helps to tell the office of the others."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ipdesk.base.i18n import say
from ipdesk.core.intake.cells import is_null
from ipdesk.core.intake.claims import claims_in
from ipdesk.core.intake.model import Claim
from ipdesk.core.portfolio.european import states
from ipdesk.core.portfolio.numbers import Check, Number, NumberProblem, Sort, parse_number
from ipdesk.core.portfolio.offices import office_of

SPECIAL = frozenset(
    {"trademark", "software_copyright", "work_copyright", "domain_name", "ic_layout"}
)

_APART = re.compile(
    r"[;；|\n、]+|，(?!\d{3}(?!\d))\s*|(?<![A-Z])/\s*(?=(?:CN|US|EP|WO|JP|KR|ZL)[\s-]?\d)|,\s*(?=(?:ZL|[A-Z]{2})[\s-]?\d)|(?<!JP)\s+(?=(?:CN|US|EP|WO|JP|KR)[\s-]?\d)",
    re.IGNORECASE,
)
_ONE = re.compile(r"[A-Z]{0,2}[0-9./-]+[0-9A-Z]{0,4}").fullmatch
_UNEXAMINED = frozenset({"CN", "EP", "WO", "KR", "DE"})  # where A is no patent
_KIND = re.compile(r"[A-Z]\d{0,2}")


class RowNumbers(NamedTuple):
    """What the numbers of a row say together."""

    applications: tuple[Number, ...] = ()
    publications: tuple[Number, ...] = ()
    grants: tuple[Number, ...] = ()
    grant_documents: tuple[Number, ...] = ()
    all: tuple[Number, ...] = ()  # publications first: they always name their office

    def moved(self, change: Callable[[Number], Number]) -> "RowNumbers":
        """The same numbers, each changed."""
        return RowNumbers(*(tuple(map(change, numbers)) for numbers in self))

    @classmethod
    def of(
        cls,
        applications: tuple[Number, ...],
        publications: tuple[Number, ...],
        grants: tuple[Number, ...],
        documents: tuple[Number, ...],
    ) -> "RowNumbers":
        if any(n.sort is Sort.PUBLICATION for n in applications):
            applications, publications = _sorted_out(applications, publications, _is_published)
        if any(map(_is_unexamined, grants)):
            grants, publications = _sorted_out(grants, publications, _is_unexamined)
        every = publications + applications + grants + documents
        return cls(applications, publications, grants, documents, every)


def _is_published(number: Number) -> bool:
    return number.sort is Sort.PUBLICATION


def _is_unexamined(number: Number) -> bool:
    """Whether a number among patents is that of a published application: US20210123456A1."""
    if number.office == "US":
        return number.key.startswith("US.P.20") and len(number.key) == 16
    unexamined = number.office in _UNEXAMINED and number.kind_code[:1] == "A"
    return unexamined and number.sort is not Sort.APPLICATION


def _sorted_out(
    numbers: tuple[Number, ...],
    publications: tuple[Number, ...],
    misplaced: Callable[[Number], bool],
) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """Publications in the column of other numbers count as what they are, and that is said."""
    known = {n.key for n in publications}
    moved = []
    for number in numbers:
        if misplaced(number) and number.key not in known:
            message = say(
                "{number} is a publication number and was taken as one.", number=number.display
            )
            problem = NumberProblem("publication_instead", message)
            moved.append(number._replace(problems=(*number.problems, problem)))
    left = tuple(n for n in numbers if not misplaced(n))
    return left, (*publications, *moved)


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
        if office in states() and _office(applications or publications) == "EP":
            office = "EP"  # a part: what stands beside it without letters is European too
            publications = self._with_kind(publication, kind, office, special)
        if office and publications and not publications[0].office:
            publications = self._with_kind(publication, kind, office, special)
        grants = self.read(grant, Sort.GRANT, office, special)
        if office in states() and _office(grants) == "EP":
            european = self.read(application, Sort.APPLICATION, "EP", special)
            if any(n.check is Check.OK for n in european):
                applications = european
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
            found = self._claims[key] = claims_in(text, office)
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


def is_clear(ready: tuple[tuple[Number, ...], ...], kind: str) -> bool:
    """Whether every number says by itself which office it belongs to."""
    for numbers in ready:
        for number in numbers:
            if not number.office:
                return False
    return not (kind and ready[1] and not ready[1][0].kind_code)


def fits_office(said: str, ready: tuple[tuple[Number, ...], ...]) -> bool:
    """Whether no number was taken for one of another office than its row says."""
    office = office_of(said) if said else None
    if not office:
        return True
    return all(
        n.office == office or (n.office == "EP" and n.check is Check.OK)
        for numbers in ready
        for n in numbers
    )


def is_elsewhere(texts: Iterable[str]) -> bool:
    """Whether the other numbers or the office of a row are those of a national phase."""
    return any(t and not t.upper().startswith("WO") for t in texts)
