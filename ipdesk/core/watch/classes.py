"""Patent classes at their three levels, however a list writes them."""

import re
from collections.abc import Iterable
from functools import lru_cache

_CLASS = re.compile(r"([A-HY]\d{2}[A-Z])\s*(\d{1,4})?(?:/(\d{2,6}))?")
_PACKED = re.compile(r"([A-HY]\d{2}[A-Z])(\d{3})(\d{2,6})")  # C07D41700: 417/00


@lru_cache(maxsize=65536)
def class_levels(code: str) -> tuple[str, ...]:
    """``H01M 10/0562`` → subclass, main group and subgroup; other classifications as they stand."""
    text = code.strip().upper()
    match = _PACKED.fullmatch(text) or _CLASS.match(text)
    if not match:
        return (text,) if text else ()
    subclass, group, sub = match[1], match[2], match[3]
    if group is None:
        return (subclass,)
    main = f"{subclass}{int(group)}"
    levels = [subclass, f"{main}/"]
    if sub and sub.strip("0"):
        levels.append(f"{main}/{sub}")
    return tuple(levels)


def class_tokens(codes: Iterable[str]) -> list[str]:
    """All levels of all classes, once each."""
    return list(dict.fromkeys(level for code in codes for level in class_levels(code)))


def main_group(code: str) -> str:
    """The level that landscapes count by: ``H01M10/0562`` → ``H01M10``."""
    levels = class_levels(code)
    return levels[1].rstrip("/") if len(levels) > 1 else (levels[0] if levels else "")


def subclass(code: str) -> str:
    """``H01M``."""
    levels = class_levels(code)
    return levels[0] if levels else ""
