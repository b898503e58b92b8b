"""Terms written as two days in one cell: 2015年03月14日至2025年03月13日."""

import re
from datetime import date
from functools import lru_cache

from ipdesk.core.intake.dates import read_date

_APART = re.compile(r"\s*(?:至|到|~|～|—|–|\bto\b|\bbis\b|\s-\s)\s*")


@lru_cache(maxsize=4096)
def period_of(text: str) -> tuple[date | None, date | None]:
    """First and last day; a single day is the last."""
    if len(text) > 100:
        return None, None
    parts = [p for p in _APART.split(text) if p.strip()]
    days = [read_date(p).day for p in parts]
    if len(days) == 2:
        return days[0], days[1]
    return (None, days[0]) if len(days) == 1 else (None, None)
