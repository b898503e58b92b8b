"""``resources/columns.toml``: the words of lists, read once."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from ipdesk.base.assets import asset
from ipdesk.base.text import squeeze

JAPANESE = re.compile(r"[ぁ-んァ-ヶ発願権検属]")  # signs that only Japan writes so
_HANGUL = re.compile(r"[가-힣]")
_HAN = re.compile(r"[一-鿿]")
_ENOUGH = 3  # headers of one language


@cache
def vocabulary() -> dict[str, Any]:
    """The whole file; nobody changes it."""
    with asset("columns.toml").open("rb") as handle:
        return tomllib.load(handle)


def squeezed(text: str) -> str:
    """Letters and digits alone, folded, in simplified signs: 申請號 and 申请号 are one word."""
    found = squeeze(text)
    return found if found.isascii() else found.translate(_simplified())


def office_of_language(headers: Sequence[str]) -> str:
    """The office that a list most likely means where it names none, by how its headers are written.

    Empty where the language is written in many countries; what is assumed is always said.
    """
    joined = " ".join(headers)
    if _HANGUL.search(joined):
        return "KR"
    if JAPANESE.search(joined):
        return "JP"
    if _HAN.search(joined):
        return "TW" if any(ord(c) in _simplified() for c in joined) else "CN"
    return _OFFICES.get(language_of(headers), "")


# where a language is written in one country, or its office's lists are by far the most
_OFFICES = {"pl": "PL", "cs": "CZ", "hu": "HU", "tr": "TR", "sv": "SE", "fi": "FI", "da": "DK"}
_OFFICES |= {"no": "NO", "it": "IT", "ru": "RU"}


def language_of(headers: Sequence[str]) -> str:
    """The language in which most headers are known, of those whose words the table marks.

    Empty where fewer than three speak for one, or two languages know as many.
    """
    known: Counter[str] = Counter()
    for header in headers:
        known.update(_languages().get(squeezed(header), ()))
    best = known.most_common(2)
    if not best or best[0][1] < _ENOUGH:
        return ""
    return best[0][0] if len(best) < 2 or best[0][1] > best[1][1] else ""


@cache
def _languages() -> dict[str, set[str]]:
    """The languages that a header is a word of."""
    found: dict[str, set[str]] = {}
    for languages in vocabulary()["fields"].values():
        for language, names in languages.items():
            for name in names if len(language) == 2 else ():
                found.setdefault(squeezed(name), set()).add(language)
    return found


@cache
def _simplified() -> dict[int, str]:
    signs = vocabulary()["traditional"]["signs"]
    return {ord(old): new for old, new in zip(signs[::2], signs[1::2], strict=True)}
