"""Names that probably mean one party: suggested with the reason, never merged by themselves."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ipdesk.base.i18n import Message, say
from ipdesk.base.text import fold, squeeze

# what only says which form a company has
_FORMS = re.compile(
    r"股份有限公司|有限责任公司|有限公司|股份公司|總公司|公司|株式会社|\(株\)|有限会社|합동회사|주식회사|㈜|"
    r"\b(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|kg|sa|sas|"
    r"sarl|srl|spa|bv|nv|ab|oy|as|kk|pty|pte|the)\b",
)
_SIGNS = re.compile(r"[^\w\s]", re.UNICODE)
_SHORTEST = 2


class Party(NamedTuple):
    """A party as far as its name goes."""

    id: int
    name: str
    kind: str
    matters: int = 0


class Alike(NamedTuple):
    """Two parties that may be one, and why."""

    first: Party  # the one with more matters
    second: Party
    reason: Message


def core_of(name: str, kind: str = "organisation") -> str:
    """What is left of a name without legal form, signs, width and accents; words in any order."""
    text = _SIGNS.sub(" ", fold(name))
    if kind != "person":
        text = _FORMS.sub(" ", text)
    words = text.split()
    if all(w.isascii() for w in words):
        return " ".join(sorted(words))
    return "".join(words)


def alike(parties: Iterable[Party]) -> list[Alike]:
    """Pairs of parties whose names differ in nothing that tells companies or people apart."""
    groups: defaultdict[tuple[str, str], list[Party]] = defaultdict(list)
    for one in parties:
        core = core_of(one.name, one.kind)
        if len(core) >= _SHORTEST:
            groups[(one.kind, core)].append(one)
    found: list[Alike] = []
    for group in groups.values():
        group.sort(key=lambda p: (-p.matters, p.id))
        found.extend(
            Alike(group[0], other, _reason(group[0].name, other.name)) for other in group[1:]
        )
    return sorted(found, key=lambda a: (-a.first.matters, a.first.name))


def known_alike(
    names: Iterable[tuple[str, str]], known: Mapping[tuple[str, str], str]
) -> list[tuple[str, str]]:
    """Names of a list (kind, name) and the known party that each looks like."""
    found = {}
    for kind, name in names:
        other = known.get((kind, core_of(name, kind)))
        if other and squeeze(other) != squeeze(name):
            found[name] = other
    return list(found.items())


def _reason(first: str, second: str) -> Message:
    if squeeze(unicodedata.normalize("NFKC", first)) == squeeze(second):
        return say("They differ only in signs, width or accents.")
    if sorted(_SIGNS.sub(" ", fold(first)).split()) == sorted(
        _SIGNS.sub(" ", fold(second)).split()
    ):
        return say("They have the same words in another order.")
    return say("They differ only in the form of the company.")
