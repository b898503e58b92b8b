"""Reading a day that somebody typed."""

from __future__ import annotations

import re
from datetime import date

from ipdesk.base.i18n import tr

_FORMS = (
    re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$"),
    re.compile(r"(\d{4})(\d{2})(\d{2})$"),
)


def read_day(text: str) -> date | None:
    """``2024-3-5``, ``2024/03/05``, ``20240305``, ``2024年3月5日``; None when empty.

    Day-first and month-first forms are refused: nobody can know which is meant.
    """
    words = text.strip()
    if not words:
        return None
    for form in _FORMS:
        found = form.match(words)
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                break
    raise ValueError(tr("Type the day as YYYY-MM-DD, or nothing."))
