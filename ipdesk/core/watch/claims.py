"""The words of a claim taken apart into features, as a proposal that a reader mends."""

import re

from ipdesk.base.text import clean

_TURNS = (
    r"[;；。]",
    r"(?:，|,\s*)其特征在于[，,：:]?",
    r",?\s*characteri[sz]ed (?:in that|by)[,:]?",
    r"\b(?:wherein|comprising|consisting of|including)\b[,:]?",
    r"(?:包括|包含)[：:]?",
)
_PARTS = re.compile("|".join(_TURNS), re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:claim\s*)?\d{1,3}\s*[.、．)）]\s*", re.IGNORECASE)
_AND = re.compile(r"^(?:and\b|以及|并且|和|及)[\s,，]*", re.IGNORECASE)
_SHORT = 3
_MOST = 30


def features_of(claim: str) -> tuple[str, ...]:
    """The first claim by its semicolons and turning words; empty for no words."""
    first = re.split(r"\n\s*(?=2\s*[.、．)）])", claim, maxsplit=1)[0]
    parts = (_AND.sub("", clean(p)).strip(" ,，:：") for p in _PARTS.split(_NUMBER.sub("", first)))
    return tuple(p for p in parts if len(p) >= _SHORT)[:_MOST]
