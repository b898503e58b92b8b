"""What lists mean by their words for rights and states."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from ipdesk.base.i18n import speaking
from ipdesk.base.text import squeeze
from ipdesk.core.intake.vocabulary import squeezed, vocabulary
from ipdesk.core.portfolio.model import STATUS_LABELS

_LOOKED_AT = 300

# kind codes that only granted, announced documents carry, by office
_GRANTED_KINDS = {
    "CN": ("B", "C", "U", "Y", "S", "D"),
    "US": ("B", "S", "E", "P2", "P3", "H"),
    "EP": ("B",),
    "JP": ("B", "C", "U", "Y", "S"),
    "KR": ("B", "Y", "S"),
    "DE": ("B", "C", "U"),
    "TW": ("B", "U", "S"),
}


class _Tables(NamedTuple):
    notices: tuple[tuple[str, str], ...]
    rights: dict[str, str]
    granted: frozenset[str]
    generic: frozenset[str]
    statuses: dict[str, str]


@cache
def _tables() -> _Tables:
    stored = vocabulary()
    said = dict(stored["rights"])
    granted = frozenset(map(squeezed, said.pop("granted")))
    generic = frozenset(map(squeezed, said.pop("generic")))
    rights = {squeezed(word): "unsaid" for word in said.pop("unsaid")}
    notices = tuple((squeezed(w), event) for event, ws in stored["notices"].items() for w in ws)
    return _Tables(
        notices, _by_word(said, rights), granted, generic, _by_word(stored["statuses"], {})
    )


def _by_word(names: Mapping[str, list[str]], known: dict[str, str]) -> dict[str, str]:
    """Folded word → what it means; a meaning is a word for itself."""
    for meaning, words in names.items():
        for word in (meaning, *words):
            known.setdefault(squeezed(word), meaning)
    return known


@lru_cache(maxsize=4096)
def right_of(text: str) -> tuple[str, bool]:
    """The right that a word means (empty: none known) and whether it says granted."""
    rights, granted = _tables().rights, _tables().granted
    text = text[:_LOOKED_AT]
    key = squeezed(text)
    found = rights.get(key, "")
    if not found:
        for part in re.split(r"[()（）/;；,，|\-–]+", text):
            found = rights.get(squeezed(part), "")
            if found:
                key = squeezed(part)
                break
    return found, key in granted


def is_generic(text: str) -> bool:
    """Whether a word means patents of any sort, such as ``Granted Patent``."""
    return squeezed(text) in _tables().generic


@lru_cache(maxsize=16384)
def status_of(text: str) -> str:
    """Our word for a state as a list writes it; empty when it does not tell."""
    statuses = _tables().statuses
    text = text[:_LOOKED_AT]
    parts = [text, *re.split(r"[|;；/\n,，]+", text)]
    for part in parts:
        found = statuses.get(squeezed(part), "")
        if found:
            return found if found != "unknown" else ""
    key = squeezed(text)
    inside = [w for w in statuses if len(w) >= (2 if not w.isascii() else 5) and w in key]
    best = max(inside, key=len, default="")
    found = statuses.get(best, "")
    return found if found != "unknown" else ""


def own_status(text: str) -> str:
    """The state that a word of our own lists means, in either language; empty for other words."""
    return _own_words().get(squeeze(text), "") if text else ""


@cache
def _own_words() -> Mapping[str, str]:
    found = {squeeze(str(code)): str(code) for code in STATUS_LABELS}
    for language in ("en", "zh_CN"):
        with speaking(language):
            found |= {squeeze(str(words)): str(code) for code, words in STATUS_LABELS.items()}
    return found


@lru_cache(maxsize=1024)
def notice_of(text: str) -> tuple[str, int | None]:
    """The event that a notice of an office is (empty: none known) and which one of several."""
    key = squeezed(text[:_LOOKED_AT])
    fitting = [(len(w), event) for w, event in _tables().notices if w in key]
    if not fitting:
        return "", None
    number = re.search(r"第\s?([一二三四五六七八九十\d]{1,3})\s?次", text[:_LOOKED_AT])
    return max(fitting)[1], _NUMERALS.get(number[1], None) if number else None


_NUMERALS = {n: i for i, n in enumerate("一二三四五六七八九十", start=1)}
_NUMERALS |= {str(i): i for i in range(1, 21)}


def is_granted_kind(office: str, kind: str) -> bool:
    """Whether a kind code says that the document announces a grant."""
    return bool(kind) and kind.startswith(_GRANTED_KINDS.get(office, ()))
