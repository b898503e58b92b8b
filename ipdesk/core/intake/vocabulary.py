"""``resources/columns.toml``: the words of lists, read once."""

import re
import tomllib
from functools import cache
from typing import Any

from ipdesk.base.assets import asset
from ipdesk.base.text import squeeze

JAPANESE = re.compile(r"[ぁ-んァ-ヶ発願権検属]")  # signs that only Japan writes so
_HANGUL = re.compile(r"[가-힣]")
_HAN = re.compile(r"[一-鿿]")


@cache
def vocabulary() -> dict[str, Any]:
    """The whole file; nobody changes it."""
    with asset("columns.toml").open("rb") as handle:
        return tomllib.load(handle)


def squeezed(text: str) -> str:
    """Letters and digits alone, folded, in simplified signs: 申請號 and 申请号 are one word."""
    found = squeeze(text)
    return found if found.isascii() else found.translate(_simplified())


def office_of_language(headers: str) -> str:
    """The office that a list most likely means where it names none, by how its headers are written.

    Empty where the language is written in many countries; what is assumed is always said.
    """
    if _HANGUL.search(headers):
        return "KR"
    if JAPANESE.search(headers):
        return "JP"
    if not _HAN.search(headers):
        return ""
    return "TW" if any(ord(c) in _simplified() for c in headers) else "CN"


@cache
def _simplified() -> dict[int, str]:
    signs = vocabulary()["traditional"]["signs"]
    return {ord(old): new for old, new in zip(signs[::2], signs[1::2], strict=True)}
