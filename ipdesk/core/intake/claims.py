"""Priority claims as databases write them: number, day and country in any order, several a cell."""

import re
from collections.abc import Iterator
from datetime import date

from ipdesk.core.intake.cells import is_null
from ipdesk.core.intake.dates import read_date
from ipdesk.core.intake.model import Claim
from ipdesk.core.portfolio.numbers import Number, Sort, read_number
from ipdesk.core.portfolio.offices import codes, office_of

_LONGEST = 300
_APART = re.compile(r"[;；|\n、]+")
_COMMA = re.compile(r"\s*[,，]\s+|，\s*")
_CLOCK = re.compile(r"(?<=\d)T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?(?![\d:])")
_DAY_AT_END = re.compile(
    r"[\s,(（]+((?:19|20)\d{6}|\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,2}\.\d{1,2}\.\d{4}"
    r"|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4})[)）]?$"
)
_DAY_INSIDE = re.compile(
    r"(?<![\d/.-])(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,2}\.\d{1,2}\.\d{4}"
    r"|(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d)(?![\d/-]|\.\d)"
)
_WORDS_BEHIND = re.compile(r"[\s,(（]+([^\W\d_]{2,}(?: [^\W\d_]{2,})*)[)）]?$")
_WORDS_BEFORE = re.compile(r"^([^\W\d_]{2,}(?: [^\W\d_]{2,})*)[\s:,：]+(?=[\dA-Z])")
_FILED = re.compile(r"[\s,]*\b(?:filed|dated|of|on|vom|du|del|de)(?: on)?$|申请日$", re.IGNORECASE)
_OFFICE_APART = re.compile(r"(?:^|[\s(（\[])([A-Z]{2})(?=$|[\s)）\]])")
_DIGITS = re.compile(r"\d")
# series of American applications by the year that opened them, some months early
_SERIES_SINCE = {8: 1992, 9: 1997, 10: 2001, 11: 2004, 12: 2007, 13: 2010, 14: 2013, 15: 2015}
_SERIES_SINCE |= {16: 2018, 17: 2020, 18: 2022, 19: 2024, 29: 1992, 35: 2014}
_SERIES_SINCE |= {60: 1995, 61: 2007, 62: 2013, 63: 2019}
_US_BARE = re.compile(r"\d{8}")


def claims_in(text: str, office: str) -> tuple[Claim, ...]:
    """The claims of one cell; *office* is where a number that names no country was filed."""
    found = []
    for part in _parts(text):
        claim = _claim(part, office)
        if claim:
            found.append(claim)
    return tuple(found)


def _parts(text: str) -> Iterator[str]:
    for part in _APART.split(text):
        part = part.strip()
        if part[:1] == "[" and part[-1:] == "]":  # PATENTSCOPE lists all in square brackets
            part = part[1:-1].strip()
        if len(part) > 20 * _LONGEST or is_null(part):
            continue
        if "," in part or "，" in part:
            yield from _by_commas(part)
        elif len(part) < _LONGEST:
            yield part


def _by_commas(text: str) -> Iterator[str]:
    """A comma and a blank part two claims only where both sides carry a number."""
    current = ""
    for piece in _COMMA.split(text):
        if current and _numbered(piece) and _numbered(current):
            yield current[:_LONGEST]
            current = piece
        else:
            current = f"{current} {piece}" if current else piece
    if current:
        yield current[:_LONGEST]


def _numbered(text: str) -> bool:
    """Whether there is a number beside the day."""
    rest = _DAY_INSIDE.sub(" ", _CLOCK.sub("", text))
    return len(_DIGITS.findall(rest)) >= 4


def _claim(text: str, office: str) -> Claim | None:
    if "T" in text:
        text = _CLOCK.sub("", text)
    day: date | None = None
    match = _DAY_AT_END.search(text) or _DAY_INSIDE.search(text)
    rest = text
    if match and (len(text) > len(match[0]) or not text.isdigit()):
        day = _day(match[1])
        if day:
            rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
    rest, country = _without_country(rest)
    rest = _FILED.sub("", " ".join(rest.split())).strip(" ,()（）")
    if not rest or not _DIGITS.search(rest):
        return Claim("", "", country or office_of(rest) or "", day) if day else None
    if country and country != rest[:2] and rest[:2] in codes() and rest[:2] != "WO":
        rest = country + rest  # the TO of TO2014A000292 is Turin, not Tonga
    number = _read(rest, country or office, day)
    if number is None or not number.key:
        return Claim(rest, "", country, day)
    place = "WO" if number.key.startswith("WO.A.") else number.office
    return Claim(number.display, number.key, place, day)


def _without_country(text: str) -> tuple[str, str]:
    """The text without a country that stands apart, and that country."""
    country = ""
    apart = list(_OFFICE_APART.finditer(text))
    if len(apart) > 1 and apart[-1].end() >= len(text.rstrip()):
        apart = apart[-1:]  # PA 2009 00612 DK is Danish
    for found in apart:
        if found[1] in codes() or found[1] == "IB":
            country = found[1]
            alone = text[: found.start()] + " " + text[found.end() :]
            if found.start() > 0 or "  " in text[found.end() : found.end() + 3]:
                text = alone
            break
    if not country:
        for pattern in (_WORDS_BEHIND, _WORDS_BEFORE):  # a name: 201910834567.8 CHINA
            match = pattern.search(text)
            found_office = office_of(match[1]) if match else None
            if match and found_office:
                return f"{text[: match.start()]} {text[match.end() :]}".strip(), found_office
    return text, country


def _read(text: str, office: str, day: date | None) -> Number | None:
    if office == "IB":  # applications filed with the International Bureau, and DOCDB's word for PCT
        bare = text.removeprefix("IB").removesuffix("W").strip()
        whole = bare if bare.startswith("PCT") else f"PCT/IB{bare}"
        return read_number(whole, Sort.APPLICATION, "WO")
    if office == "US" and day and _US_BARE.fullmatch(text) and _before_its_series(text, day):
        text = f"US {text} A"
    return read_number(text, Sort.APPLICATION, office)


def _before_its_series(digits: str, day: date) -> bool:
    """DOCDB wrote 16261699 for serial 162616 of 1999; series 16 opened in 2018 only."""
    opened = _SERIES_SINCE.get(int(digits[:2]), 9999 if int(digits[:2]) > 19 else 0)
    return day.year < opened and digits[6:] == f"{day.year % 100:02d}"


def _day(text: str) -> date | None:
    digits = re.findall(r"\d+", text)
    if len(digits) == 2:  # 20 Feb 2020
        return read_date(text).day
    try:
        if len(digits) == 1:
            return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        if len(digits[0]) == 4:
            return date(int(digits[0]), int(digits[1]), int(digits[2]))
        return date(int(digits[2]), int(digits[1]), int(digits[0]))
    except ValueError:
        return None
