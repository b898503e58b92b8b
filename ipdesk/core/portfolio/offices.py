"""Patent, trademark and other offices by their WIPO ST.3 code, and the names that lists write."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Bilingual
from ipdesk.base.text import squeeze


@dataclass(frozen=True, slots=True)
class Office:
    """One office or country: code, names, and whether it is an organisation of states."""

    code: str
    name: Bilingual
    aliases: tuple[str, ...] = ()
    organisation: bool = False


@cache
def offices() -> dict[str, Office]:
    """Every office of ``resources/offices.toml`` by its code."""
    with asset("offices.toml").open("rb") as handle:
        stored = tomllib.load(handle)
    return {
        code: Office(
            code,
            Bilingual(entry["en"], entry["zh"]),
            tuple(entry.get("aliases", ())),
            bool(entry.get("organisation", False)),
        )
        for code, entry in stored.items()
    }


@cache
def codes() -> frozenset[str]:
    """All known two-letter codes."""
    return frozenset(offices())


def office_name(code: str) -> str:
    """The name of an office in the current language; an unknown code speaks for itself."""
    known = offices().get(code)
    return str(known.name) if known else code


@cache
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for office in offices().values():
        for name in (office.code, office.name.en, office.name.zh, *office.aliases):
            names.setdefault(squeeze(name), office.code)
    return names


@lru_cache(maxsize=4096)
def office_of(text: str) -> str | None:
    """The code that a cell such as ``德国``, ``U.S.``, ``WIPO (PCT)`` or ``cn`` means, if any."""
    if len(text) > 100:
        return None
    squeezed = squeeze(text)
    if not squeezed:
        return None
    names = _by_name()
    found = names.get(squeezed)
    if found is None and "(" in text.replace("（", "("):
        outside, _, inside = text.replace("（", "(").partition("(")
        found = names.get(squeeze(outside)) or names.get(squeeze(inside))
    if found is None and ("-" in text or "_" in text):
        first, _, last = text.replace("_", "-").partition("-")
        found = names.get(squeeze(first)) or names.get(squeeze(last))
    if found is None and text[2:].strip() in ("TM", "ID"):  # a register's collection: EM TM
        found = names.get(squeeze(text[:2]))
    return _said_twice(text) if found is None else found


_HALVES = re.compile(
    r"\s*[/／|\r\n]+\s*|(?<=[\u4e00-\u9fff])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s*(?=[\u4e00-\u9fff])"
)


def _said_twice(text: str) -> str | None:
    """The office that a cell names in two languages: 中国/China."""
    said = {_by_name().get(squeeze(part)) for part in _HALVES.split(text)}
    return said.pop() if len(said) == 1 else None
