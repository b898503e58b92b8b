"""Rows of European patents listed by state: which of them are parts of their own."""

import re
from collections.abc import Iterable
from functools import lru_cache

from ipdesk.core.intake.meanings import status_of
from ipdesk.core.intake.numbering import RowNumbers
from ipdesk.core.portfolio.european import states
from ipdesk.core.portfolio.numbers import Sort
from ipdesk.core.portfolio.offices import office_of

_BESIDE = re.compile(r"[\s\-/–_]*[(（\[]?\s*([A-Za-z][A-Za-z .]*|[一-鿿]+)\s*[)）\]]?")
_EUROPE = re.compile(
    r"(?:EP|EPO|EPC|European patent|欧洲专利|欧专|欧洲)(?=[\s\-/–_(（\[])", re.IGNORECASE
)
_BEHIND = re.compile(r"[\s\-/–_]*[(（\[]?\s*(?:EP|EPO|European patent)\s*[)）\]]?$", re.IGNORECASE)
_AFTER_GRANT = frozenset({"granted", "lapsed", "expired", "invalidated"})


@lru_cache(maxsize=1024)
def state_named(text: str) -> tuple[str, bool]:
    """The state that a cell names, and whether it says itself that it means the European part.

    ``DE`` names Germany; ``EP-DE``, ``EP (DE)``, ``DE/EP`` name the German part.
    """
    found = _EUROPE.match(text)
    if found:
        beside = _BESIDE.fullmatch(text[found.end() :])
        state = office_of(beside[1]) if beside else None
        return (state, True) if state in states() and state else ("", False)
    behind = _BEHIND.search(text)
    if behind and behind.start() > 0:
        state = office_of(text[: behind.start()])
        if state and state in states():
            return state, True
    state = office_of(text) or ""
    return (state, False) if state in states() else ("", False)


class Parts:
    """Which rows are parts: of a granted patent, or of a number that is listed for two states."""

    def __init__(self, applications: Iterable[str], grants: Iterable[str], names: Iterable[str]):
        self._states: dict[str, set[str]] = {}
        for application, grant, name in zip(applications, grants, names, strict=True):
            if name and (state := state_named(name)[0]):
                for number in {application, grant} - {""}:
                    self._states.setdefault(number, set()).add(state)

    def state_of(
        self, named: str, numbers: RowNumbers, texts: tuple[str, str], granted: bool, status: str
    ) -> str:
        """The state whose part a row is; empty for all other rows.

        *texts* are its application and grant as written, *granted* says that it has such a day.
        """
        if not self._states or not named or not any(n.office == "EP" for n in numbers.all):
            return ""
        state, said = state_named(named)
        if not state:
            return ""
        listed = any(len(self._states.get(t, ())) > 1 for t in texts if t)
        announced = any(n.kind_code[:1] == "B" or n.sort is Sort.GRANT for n in numbers.all)
        over = status_of(status) in _AFTER_GRANT if status else False
        return state if said or listed or granted or announced or over else ""
