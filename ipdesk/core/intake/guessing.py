"""Lists without headers: what a column holds is guessed from its cells and marked unsure."""

import re

from ipdesk.core.intake.cells import one_line
from ipdesk.core.intake.dates import read_date
from ipdesk.core.intake.meanings import right_of
from ipdesk.core.intake.model import Column, RawSheet
from ipdesk.core.portfolio.numbers import Check, Sort, read_number
from ipdesk.core.portfolio.offices import codes

_ENOUGH = 0.8
_LOOKED_AT = 120
_PUBLICATION = re.compile(
    r"(?:US|EP|WO|CN|JP|KR|DE|GB|FR|CA|AU|TW|ES|RU|BR|IN|IT)[- ]?\d[\d/, -]{4,12}\d?"
    r"[- (]*[A-CHSTUY]\d?\)?"
)
_NAME = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){0,3}[^\W_](?:[\w-]{0,61}[^\W_])?")
_GENERIC_ENDS = frozenset(
    "com net org io ai app dev info biz xyz top shop online site tech store cloud".split()
)
_US_SERIAL = re.compile(r"(?:US ?)?\d{2}/\d{3},\d{3}")
_PERSON_MARK = re.compile(r"[;；、]|^[一-鿿]{2,3}$")
_COMPANY = re.compile(r"公司|大学|研究|集团|Inc\b|Ltd|LLC|GmbH|Corp|Univ|会社|주식", re.IGNORECASE)


def guess_columns(sheet: RawSheet) -> dict[int, str]:
    """Column → field; only numbers that cannot be anything else make it a filing list."""
    found: dict[int, str] = {}
    texts = {i: _sample(c) for i, c in enumerate(sheet.columns)}
    texts = {i: t for i, t in texts.items() if t}
    _guess_numbers(texts, found)
    if not found:
        _guess_domains(texts, found)
    if not found:
        return {}
    _guess_dates(texts, found)
    _guess_words(texts, found)
    return found


def _sample(column: Column) -> list[str]:
    texts = [one_line(c) for c in column.distinct[: _LOOKED_AT * 2]]
    return [t for t in texts if t][:_LOOKED_AT]


def _share(texts: list[str], fits: int) -> bool:
    return fits >= _ENOUGH * len(texts)


def _guess_numbers(texts: dict[int, list[str]], found: dict[int, str]) -> None:
    for index, cells in texts.items():
        if _share(cells, sum(1 for t in cells if _is_application(t))):
            field = "application_number"
        elif _share(cells, sum(1 for t in cells if _PUBLICATION.fullmatch(t.upper()))):
            field = "publication_number"
        else:
            continue
        if field not in found.values():
            found[index] = field


def _guess_domains(texts: dict[int, list[str]], found: dict[int, str]) -> None:
    for index, cells in texts.items():
        if _share(cells, sum(1 for t in cells if _is_domain(t))):
            found[index] = "domain"
            return


def _is_domain(text: str) -> bool:
    """Whether a text is a domain name and not the name of a file."""
    name, _, last = text.strip().rstrip(".").lower().rpartition(".")
    known = last.upper() in codes() or last in _GENERIC_ENDS or not last.isascii()
    return bool(name) and known and _NAME.fullmatch(name) is not None


def _is_application(text: str) -> bool:
    if text.upper().startswith("PCT/") or _US_SERIAL.fullmatch(text):
        return True
    number = read_number(text, Sort.APPLICATION)
    return bool(number and number.key and number.check is Check.OK)


def _guess_dates(texts: dict[int, list[str]], found: dict[int, str]) -> None:
    """The earliest column of days is the filing, the next the publication or grant."""
    columns = []
    for index, cells in texts.items():
        if index in found:
            continue
        days = [w.day for w in (read_date(t) for t in cells) if w.day]
        if days and _share(cells, len(days)):
            columns.append((sorted(days)[len(days) // 2], index))
    fields = ("filing_date", "publication_date", "grant_date")
    for (_, index), field in zip(sorted(columns)[:3], fields, strict=False):
        found[index] = field


def _guess_words(texts: dict[int, list[str]], found: dict[int, str]) -> None:
    rest = {i: t for i, t in texts.items() if i not in found}
    for index, cells in list(rest.items()):
        if _share(cells, sum(1 for t in cells if right_of(t)[0])):
            found[index] = "right"
        elif _share(cells, sum(1 for t in cells if _COMPANY.search(t))):
            found[index] = "applicants"
        else:
            continue
        del rest[index]
    words = {
        i: sum(map(_width, t)) / len(t)
        for i, t in rest.items()
        if not _share(t, sum(1 for x in t if re.fullmatch(r"[\d\s.,-]+", x)))
    }
    people = [
        i for i in words if _share(rest[i], sum(1 for t in rest[i] if _PERSON_MARK.search(t)))
    ]
    titles = [i for i in words if i not in people and words[i] >= 6]
    if not titles and len(people) > 1:  # titles of several parts, beside names
        titles = [max(people, key=lambda i: words[i])]
    if titles:
        found[max(titles, key=lambda i: words[i])] = "title"
    for index in people:
        if index not in found:
            found[index] = "inventors"
            return


def _width(text: str) -> int:
    """Letters, with Chinese signs counted twice: each is half a word."""
    return len(text) + sum(1 for c in text if c > "\u2e7f")
