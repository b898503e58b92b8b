"""Words of a text in any language: English words, pairs of Chinese signs, and shared concepts.

A concept of ``resources/glossary.toml`` is added to the words that mean it, whichever language
they stand in; so texts of two languages have something in common.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Bilingual

_RUNS = re.compile(r"[a-z0-9]+|[一-鿿㐀-䶿]+|[ァ-ヺー]+|[가-힣]+")
_EMPTY_CHINESE = re.compile(
    r"一种|及其|以及|方法|装置|系统|设备|用于|基于|所述|其中|包括|具有|进行|通过|一个|该|的|和|与|或|及|在|等|之|其|于|为|以|由|从|对|将|被"
)
_EMPTY = frozenset(
    "a an the of and or for in on at to by with from as is are be been being its it this that "
    "these those which wherein whereby thereof therein therefor thereto herein said such same "
    "comprising comprise includes including include included having has have containing "
    "consisting method methods system systems apparatus device devices process processes using "
    "used use uses thereby provided provide providing one two first second plurality least each "
    "into can may being more than between within through via when where also not other another "
    "present invention embodiment disclosed disclosure relates related relate based making "
    "production producing manufacturing manufacture preparing preparation same version".split()
)
CONCEPT = "≈"
"""Begins the token of a concept; the rest is its first English word."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """Concepts by English word, by English phrase of several words, by Chinese term."""

    english: Mapping[str, str]
    phrases: tuple[tuple[tuple[str, ...], str], ...]
    chinese: Mapping[str, str]
    any_chinese: re.Pattern[str]  # any Chinese term, longer ones first
    shown: Mapping[str, Bilingual]
    whole: Mapping[str, str]  # a whole phrase of either language → its concept


@cache
def glossary() -> Glossary:
    """The glossary of ``resources``; longer phrases come first."""
    with asset("glossary.toml").open("rb") as handle:
        stored = tomllib.load(handle)
    english: dict[str, str] = {}
    phrases: list[tuple[tuple[str, ...], str]] = []
    chinese: dict[str, str] = {}
    shown: dict[str, Bilingual] = {}
    whole: dict[str, str] = {}
    for section in stored.values():
        for left, right in section.items():
            ours = [p.strip() for p in left.split(",")]
            theirs = [p.strip() for p in right.split(",")]
            concept = CONCEPT + ours[0]
            shown[concept] = Bilingual(ours[0], theirs[0])
            for phrase in ours:
                words = tuple(stem(w) for w in _RUNS.findall(phrase))
                if len(words) == 1:
                    english.setdefault(words[0], concept)
                else:
                    phrases.append((words, concept))
                whole[" ".join(words)] = concept
            for term in theirs:
                chinese.setdefault(term, concept)
                whole[term] = concept
    return Glossary(
        english,
        tuple(phrases),
        chinese,
        re.compile("|".join(map(re.escape, sorted(chinese, key=len, reverse=True)))),
        shown,
        whole,
    )


def runs(text: str) -> list[str]:
    """The unbroken stretches of one script in a text: English words, Chinese phrases …"""
    low = (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
    return _RUNS.findall(low)


def terms_of(run: str) -> list[str]:
    """What one run contributes: a word in the singular, pairs of signs, and their concepts."""
    first = run[0]
    if first < "⺀":
        word = stem(run)
        found = [] if word in _EMPTY or len(word) < 2 or word.isdigit() else [word]
        concept = glossary().english.get(word)
        return [*found, concept] if concept else found
    if "㐀" <= first <= "鿿":
        return _chinese(run)
    if first >= "가":
        return _pairs(run)
    return [run] if len(run) > 1 else []


def phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """English phrases of several words and their concepts; a text with all the words has it."""
    return glossary().phrases


def tokens(text: str) -> list[str]:
    """All terms of a text, repeated as often as they stand there."""
    stretches = runs(text)
    found = [term for run in stretches for term in terms_of(run)]
    words = {stem(run) for run in stretches if run[0] < "⺀"}
    found += [concept for phrase, concept in phrases() if words.issuperset(phrase)]
    return found


def concept_of(phrase: str) -> str | None:
    """The concept that a phrase means as a whole, in either language."""
    return glossary().whole.get(" ".join(stem(run) for run in runs(phrase)))


def _chinese(run: str) -> list[str]:
    known = glossary()
    found: list[str] = []
    for part in _EMPTY_CHINESE.split(run):
        if part:
            found += _pairs(part)
            found += [known.chinese[term] for term in known.any_chinese.findall(part)]
    return found


def _pairs(run: str) -> list[str]:
    if len(run) == 1:
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The singular, roughly: enough that ``batteries`` meets ``battery``."""
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]
