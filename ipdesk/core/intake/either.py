"""Columns of applications and patents alike, such as *Patent/Application No.*: the form tells."""

import re

from ipdesk.base.text import fold
from ipdesk.core.intake.gathering import Gathered
from ipdesk.core.portfolio.numbers import Sort, parse_number
from ipdesk.core.portfolio.offices import office_of

_PATENT_TOO = re.compile(r"\b(?:patents?|grants?|regist\w*|publications?)\b(?! app)|专利号|注册号")
_APPLICATION = re.compile(r"\bappl?\w*\b|\bserial\b|anmelde|aktenzeichen|\bdemande|申请号")
# where a number of either sort could be read as an application
_PATENTS = {
    "US": re.compile(r"(?:US ?)?\d{1,2},\d{3},\d{3}"),
    "JP": re.compile(r"(?:JP ?)?\d{7}"),
    "KR": re.compile(r"(?:KR ?)?10-?\d{7}"),
    "TW": re.compile(r"(?:TW ?)?[IMD]\d{6}"),
}
_SLASHED = re.compile(r"(?:US ?)?\d\d/\d{3},?\d{3}").fullmatch
_EIGHT = re.compile(r"(?:US ?)?1[0-2]\d{6}")
_TOO_SHORT = frozenset({"digits_lost", "number_form"})


def parted(cells: Gathered, applications: list[str]) -> tuple[list[str], list[str]]:
    """Application and grant numbers by row; patents that stand among applications are grants."""
    grants = list(cells.lines("grant_number"))
    header = fold(cells.header("application_number"))
    if not (_PATENT_TOO.search(header) and _APPLICATION.search(header)):
        return applications, grants
    own = list(applications)
    slashed = any(map(_SLASHED, own))  # then eight digits without a slash are no application
    for row, office in enumerate(cells.texts("office")):
        if not own[row] or grants[row]:
            continue
        bare = slashed and _EIGHT.fullmatch(own[row]) is not None
        if _is_patent(own[row], office_of(office) or "", bare=bare):
            grants[row], own[row] = own[row], ""
    return own, grants


def _is_patent(text: str, office: str, *, bare: bool) -> bool:
    application = parse_number(text, Sort.APPLICATION, office)
    if application is None:
        return False
    if application.sort is Sort.PUBLICATION:
        return True
    form = _PATENTS.get(application.office)
    if bare and application.office == "US":
        return True
    if form and form.fullmatch(text.strip().upper()):
        return True
    if not any(p.code in _TOO_SHORT for p in application.problems):
        return False
    grant = parse_number(text, Sort.GRANT, office)
    return bool(grant and grant.key and not any(p.severe for p in grant.problems))
