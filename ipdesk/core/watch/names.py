"""Names of companies and people as lists write them: when two spellings may be one."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from ipdesk.base.text import fold, is_chinese

_COUNTRY = re.compile(r"\[[A-Za-z]{2}\]|\([A-Za-z]{2}\)|【.*?】")
_LEGAL_FORMS = re.compile(
    r"\b(?:co|corp|corporation|inc|incorporated|ltd|limited|llc|gmbh|ag|sa|sas|srl|spa|bv|nv|plc|"
    r"kk|kg|oy|ab|as|company|kabushiki|kaisha|holdings?|group|pty|pte)\b|"
    r"股份有限公司|有限责任公司|有限公司|株式会社|集团|주식회사"
)
_SIGNS = re.compile(r"[^\w\s]+")
SURE = 88
"""Similarity from which two spellings of the same script count as one name."""


@lru_cache(maxsize=65536)
def core_name(name: str) -> str:
    """The name without country, legal form and signs: ``LG CHEM LTD [KR]`` → ``lg chem``."""
    folded = _SIGNS.sub(" ", fold(_COUNTRY.sub(" ", name)).replace(".", ""))
    core = " ".join(_LEGAL_FORMS.sub(" ", folded).split())
    return core or " ".join(folded.split())


@lru_cache(maxsize=65536)
def same_name(a: str, b: str) -> bool | None:
    """Whether two names are one; None when they stand in different scripts and cannot tell."""
    first, second = core_name(a), core_name(b)
    if first == second:
        return True
    if is_chinese(first) != is_chinese(second) or first.isascii() != second.isascii():
        return None
    ordered = fuzz.token_sort_ratio(first, second)
    return bool(ordered >= SURE)


def watched(names: Iterable[str], wanted: Iterable[str]) -> str | None:
    """The first wanted name that is among *names* or begins one of them as whole words."""
    cores = [core_name(n) for n in names]
    for name in wanted:
        core = core_name(name)
        for other in cores:
            if core and (other == core or _begins(other, core)):
                return name
    return None


def _begins(whole: str, start: str) -> bool:
    """``toyota`` begins ``toyota motor``; in Chinese any beginning of two signs and more."""
    if not whole.startswith(start):
        return False
    if is_chinese(start):
        return len(start) >= 2
    return whole[len(start) : len(start) + 1] == " "


def owners_unclear(old: Iterable[str], new: Iterable[str]) -> bool:
    """Whether names differ that may still be the same: another script, or an owner left out.

    One such family is news; a whole list of them is a list in another language or a shorter one.
    """
    before, after = [n for n in old if n], [n for n in new if n]
    if not before or not after:
        return False
    translated = any(all(same_name(n, o) is not True for o in before) for n in after)
    left_out = any(all(same_name(o, n) is False for n in after) for o in before)
    return translated or left_out


def owners_changed(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """New owners that none of the old spellings can be; empty when that cannot be told."""
    before = [n for n in old if n]
    if not before:
        return ()
    return tuple(n for n in new if n and all(same_name(n, o) is False for o in before))
