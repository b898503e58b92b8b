"""PCT applications and WO publications."""

import re

from ipdesk.core.portfolio.number_model import Number, Question, Sort

_PCT = re.compile(r"(?:PCT[/ -]?)?([A-Z]{2})[/ -]?((?:19|20)?\d{2})[/ -]?(0?\d{5,6})")
_EPODOC = re.compile(r"((?:19|20)\d\d)([A-Z]{2})(\d{5,6})")  # WO2014US51801
_HAGUE = re.compile(r"DM[/ ]?(\d{5,6})")  # international registrations of designs
_PUBLISHED = re.compile(r"((?:19|20)\d\d)[/ -]?(\d{5,6})")
_OLD_PUBLISHED = re.compile(r"(7[89]|[89]\d|0[0-5])[/ -]?(\d{5,6})")


def read_pct(q: Question) -> Number | None:
    """An international application, however written; None when it is none."""
    body = q.body.upper()
    match = _PCT.fullmatch(body)
    if match:
        receiving, year, serial = match[1], match[2], match[3]
    else:
        match = _EPODOC.fullmatch(body)
        if not match:
            return None
        year, receiving, serial = match[1], match[2], match[3]
    full = _year(year)
    serial = serial.zfill(6)[-6:]  # Lens writes US 2014/0051801 W
    display = f"PCT/{receiving}{full}/{serial}"
    return Number(
        "WO", Sort.APPLICATION, display, f"WO.A.{receiving}{full}{serial}", "pct", "", full
    )


def read_wo(q: Question) -> Number | None:
    """A WO publication; an application number found in its place is read as what it is."""
    body = q.body.upper()
    design = _HAGUE.fullmatch(body)
    if design:
        number = f"DM{design[1]}"
        return Number("WO", q.sort, f"DM/{design[1]}", f"WO.P.{number}", "design")
    if body[:1].isalpha() or _EPODOC.fullmatch(body):
        return read_pct(q)
    match = _PUBLISHED.fullmatch(body) or _OLD_PUBLISHED.fullmatch(body)
    if not match:
        return None
    year, serial = _year(match[1]), match[2].zfill(6)
    display = f"WO{year}{serial}{q.kind}"
    sort = Sort.PUBLICATION if q.sort is Sort.APPLICATION else q.sort
    return Number("WO", sort, display, f"WO.P.{year}{serial}", "pct", "", year, q.kind)


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    year = int(text)
    return year + (1900 if year >= 78 else 2000)
