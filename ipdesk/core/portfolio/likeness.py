"""Names that probably mean one party: suggested with the reason, never merged by themselves."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from cleanco import prepare_default_terms

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Message, say
from ipdesk.base.text import fold, squeeze

_SIGNS = re.compile(r"[^\w\s]", re.UNICODE)
_MARKS = re.compile(r"[.,-]")  # cleanco's terms stand without them
_SHORTEST = 2
_LONGEST = 5  # words in a term


class Party(NamedTuple):
    """A party as far as its names go."""

    id: int
    name: str
    kind: str
    matters: int = 0
    names: tuple[str, ...] = ()  # recorded beside: translations, spellings, former names


class Alike(NamedTuple):
    """Two parties that may be one, and why."""

    first: Party  # the one with more matters
    second: Party
    reason: Message


def core_of(name: str, kind: str = "organisation") -> str:
    """What is left of a name without legal form, signs, width and accents; words in any order."""
    text = fold(name)
    if kind != "person":
        text = _without_form(text)
    words = _SIGNS.sub(" ", text).split()
    if all(w.isascii() for w in words):
        return " ".join(sorted(words))
    return "".join(words)


@lru_cache(maxsize=1 << 14)
def _without_form(text: str) -> str:
    joined, words, terms = _forms()
    bare = joined.sub(" ", text).split()
    while True:
        shorter = words.sub(" ", " ".join(bare)).split()
        marks = [_MARKS.sub("", w) for w in shorter]
        for n in range(min(_LONGEST, len(shorter) - 1), 0, -1):
            if tuple(marks[-n:]) in terms:
                shorter, marks = shorter[:-n], marks[:-n]
            if len(shorter) > n and tuple(marks[:n]) in terms:
                shorter, marks = shorter[n:], marks[n:]
        if shorter == bare or not any(any(map(str.isalnum, w)) for w in shorter):
            return " ".join(bare)
        bare = shorter


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[tuple[str, ...]]]:
    """What is removed wherever it stands, as a whole word, and at either end of a name."""
    with asset("company_forms.toml").open("rb") as handle:
        told = tomllib.load(handle)
    joined = sorted(told["joined"], key=len, reverse=True)
    words = sorted(told["words"], key=len, reverse=True)
    return (
        re.compile("|".join(map(re.escape, joined))),
        re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, words))})\b(?!-)\.?"),
        frozenset(tuple(parts) for _, parts in prepare_default_terms()),
    )


def alike(parties: Iterable[Party]) -> list[Alike]:
    """Pairs of parties whose names differ in nothing that tells companies or people apart.

    A name recorded beside another, such as a translation, stands for its party.
    """
    groups: defaultdict[tuple[str, str], dict[Party, str]] = defaultdict(dict)
    for one in parties:
        for name in (one.name, *one.names):
            core = core_of(name, one.kind)
            if len(core) >= _SHORTEST:
                groups[(one.kind, core)].setdefault(one, name)
    found: dict[tuple[int, int], Alike] = {}
    for group in groups.values():
        first, *others = sorted(group, key=lambda p: (-p.matters, p.id))
        for other in others:
            pair = Alike(first, other, _reason(group[first], group[other], first.name, other.name))
            found.setdefault((first.id, other.id), pair)
    return sorted(found.values(), key=lambda a: (-a.first.matters, a.first.name))


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


def _reason(first: str, second: str, own: str, other: str) -> Message:
    recorded = first if first != own else second if second != other else ""
    if recorded:
        return say("“{name}” is recorded as a name of the other.", name=recorded)
    if squeeze(unicodedata.normalize("NFKC", first)) == squeeze(second):
        return say("They differ only in signs, width or accents.")
    if sorted(_SIGNS.sub(" ", fold(first)).split()) == sorted(
        _SIGNS.sub(" ", fold(second)).split()
    ):
        return say("They have the same words in another order.")
    return say("They differ only in the form of the company.")
