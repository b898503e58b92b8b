"""Names that a list spreads over columns: first and last names, one column a person."""

import re
from collections.abc import Sequence

from ipdesk.base.text import fold, is_chinese
from ipdesk.core.intake.cells import lines_of
from ipdesk.core.intake.model import Cell

_FAMILY = re.compile(
    r"\b(?:last|family|sur) ?names?\b|\bnames?\W*last\b|\bsurname\b"
    r"|\bnachnamen?\b|\bfamiliennamen?\b|\bnoms? de famille\b"
)
_GIVEN = re.compile(
    r"\b(?:first|given|fore) ?names?\b|\bnames?\W*first\b|\bvornamen?\b|\bprenoms?\b"
)
_COUNT = re.compile(r"\d{1,2}")
_SEVERAL = re.compile(r"\s*(?:[;；|\r\n]+)\s*")


def without_family(header: str) -> str:
    """The person that a column of family names is about: *Inventor 1 last name* → *inventor 1*."""
    return _without(_FAMILY, header)


def without_given(header: str) -> str:
    """The person that a column of given names is about."""
    return _without(_GIVEN, header)


def _without(words: re.Pattern[str], header: str) -> str:
    plain = fold(header).replace("_", " ")
    bare, found = words.subn(" ", plain, count=1)
    return " ".join(bare.split()).strip(" -:.,()") if found else ""


def given_of(header: str, headers: Sequence[str]) -> int | None:
    """The column of the given names that belong to the family names under *header*."""
    person = without_family(header)
    if not person:
        return None
    return next((i for i, other in enumerate(headers) if without_given(other) == person), None)


def one_each(headers: Sequence[str]) -> bool:
    """Whether the columns differ by their count alone: Inventor 1, Inventor 2; 发明人1, 发明人2."""
    return len({_COUNT.sub("", fold(h)).strip() for h in headers}) == 1


def whole_names(family: Cell, given: Cell) -> str:
    """Family and given names of one person, or of as many as both cells list."""
    lasts, firsts = (_SEVERAL.split(lines_of(c)) for c in (family, given))
    if len(lasts) != len(firsts):
        return "; ".join(n for n in (*lasts, *firsts) if n)
    return "; ".join(n for n in map(_whole, lasts, firsts) if n)


def _whole(family: str, given: str) -> str:
    if is_chinese(family):
        return family + given
    return f"{given} {family}".strip()
