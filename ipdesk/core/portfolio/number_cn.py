"""Chinese numbers: applications with their check digit, publications, patents called ZL."""

import re

from ipdesk.base.i18n import say
from ipdesk.core.portfolio.number_check import cn_check_digit, verdict
from ipdesk.core.portfolio.number_model import Check, Number, NumberProblem, Question, Sort

_RIGHTS = {
    "1": ("invention", ""),
    "2": ("utility_model", ""),
    "3": ("design", ""),
    "8": ("invention", "pct"),
    "9": ("utility_model", "pct"),
}
_KIND_RIGHTS = {"U": "utility_model", "Y": "utility_model", "S": "design", "D": "design"}
_NEW = re.compile(r"((?:20|19)\d\d)([12389])(\d{7})\.?([0-9X])?")
_OLD = re.compile(r"((?:8[5-9]|9\d|0[0-3]))([12389])(\d{5})\.?([0-9X])?")
_SHORT = re.compile(r"(20\d\d)([12389])(\d{4,6})")  # zeros dropped as Espacenet does
_LONG = re.compile(r"(10|20|30)((?:19|20)\d\d)0([12389])(\d{7})")  # WIPO ST.13
_SIGNS = re.compile(r"[ /-]")
_FIRST_YEARS = re.compile(r"8[5-9][123]\d{5}")  # until 1989 published under their own number
_PUBLICATION = re.compile(r"([123])(\d{6}|\d{8})")


# the spellings in which nearly all numbers of long lists come
_USUAL_APPLICATION = re.compile(r"(?:CN|ZL)(20\d\d)([12389])(\d{7})\.([0-9X])").fullmatch
_USUAL_PUBLICATION = re.compile(r"CN(([123])\d{8})([ABCUSY]\d?)").fullmatch


def usual_cn(text: str, sort: Sort) -> Number | None:
    """A number in the usual spelling and in its place, with a right check digit; else None."""
    if sort is not Sort.APPLICATION:
        match = _USUAL_PUBLICATION(text)
        if match:
            digits, kind, code = match.groups()
            right = _KIND_RIGHTS.get(code[0]) or _RIGHTS[kind][0]
            return Number("CN", sort, text, f"CN.P.{digits}", right, "", 0, code)
    match = _USUAL_APPLICATION(text)
    if match is None:
        return None
    year, kind, serial, given = match.groups()
    digits = year + kind + serial
    if cn_check_digit(digits) != given or year < "2003":
        return None
    right, route = _RIGHTS[kind]
    granted = sort is Sort.GRANT
    display = f"{'ZL' if granted else 'CN'}{digits}.{given}"
    own = sort if granted else Sort.APPLICATION
    return Number("CN", own, display, f"CN.A.{digits}", right, route, int(year), "", Check.OK)


def read_cn(q: Question) -> Number:
    """A number of the Chinese office; ZL numbers count as applications whatever their column."""
    body = q.body if q.body.isdigit() else _SIGNS.sub("", q.body).upper()
    if q.sort is not Sort.APPLICATION:
        match = _PUBLICATION.fullmatch(body)
        if match:
            return _publication(q, match)
        if q.kind and _FIRST_YEARS.fullmatch(body):
            right = _RIGHTS[body[2]][0]
            return Number("CN", q.sort, f"CN{body}{q.kind}", f"CN.P.{body}", right, "", 0, q.kind)
    return _application(q, body) or _misplaced(q, body) or _unread(q, body)


def _misplaced(q: Question, body: str) -> Number | None:
    """A publication number in the column of applications."""
    match = _PUBLICATION.fullmatch(body) if q.kind or len(body) == 9 else None
    return _publication(q._replace(sort=Sort.PUBLICATION), match) if match else None


def _publication(q: Question, match: re.Match[str]) -> Number:
    digits = match[0]
    kind = q.kind
    # before 2007 the series of seven digits of published and granted inventions overlap
    series = kind[:1] if len(digits) == 7 and digits[0] == "1" else ""
    right = _KIND_RIGHTS.get(kind[:1]) or _RIGHTS[digits[0]][0]
    return Number("CN", q.sort, f"CN{digits}{kind}", f"CN.P.{digits}{series}", right, "", 0, kind)


def _application(q: Question, body: str) -> Number | None:
    match = _NEW.fullmatch(body)
    if match:
        return _new(q, match[1], match[2], match[3], match[4] or "")
    match = _OLD.fullmatch(body)
    if match:
        return _old(q, match)
    match = _LONG.fullmatch(body)
    if match:
        return _new(q, match[2], match[3], match[4], "")
    match = _SHORT.fullmatch(body)
    if match and q.prefixed and "." not in body:
        return _new(q, match[1], match[2], match[3].zfill(7), "")
    return None


def _new(q: Question, year: str, kind: str, serial: str, given: str) -> Number:
    digits = year + kind + serial
    if int(year) < 2003:
        return _unread(q, digits)
    return _numbered(q, int(year), kind, digits, given)


def _old(q: Question, match: re.Match[str]) -> Number:
    year = int(match[1])
    year += 1900 if year > 50 else 2000
    return _numbered(q, year, match[2], match[1] + match[2] + match[3], match[4] or "")


def _numbered(q: Question, year: int, kind: str, digits: str, given: str) -> Number:
    right, route = _RIGHTS[kind]
    check = Check.NONE
    problems: tuple[NumberProblem, ...] = ()
    if given:
        expected = cn_check_digit(digits)
        check = verdict(expected, given)
        if check is Check.BAD:
            problems = (_wrong_check(q.raw, given, expected),)
    elif year >= 1990 and not q.prefixed and not q.kind:  # databases leave it out, offices do not
        problems = (_without_check(q.raw, cn_check_digit(digits)),)
    sort = Sort.GRANT if q.sort is Sort.GRANT else Sort.APPLICATION
    letters = "ZL" if sort is Sort.GRANT else "CN"
    dotted = f"{letters}{digits}.{given}" if given else f"{letters}{digits}"
    return Number("CN", sort, dotted, f"CN.A.{digits}", right, route, year, "", check, problems)


def _without_check(raw: str, expected: str) -> NumberProblem:
    return NumberProblem(
        "check_missing",
        say(
            "{number} lacks its check digit; by its other digits it is {expected}.",
            number=raw,
            expected=expected,
        ),
    )


def _wrong_check(raw: str, given: str, expected: str) -> NumberProblem:
    return NumberProblem(
        "check_digit",
        say(
            "The check digit of {number} is {given}; by its other digits it should be {expected}.",
            number=raw,
            given=given,
            expected=expected,
        ),
        True,
    )


def _unread(q: Question, body: str) -> Number:
    digits = body.replace(".", "")
    if q.sort is Sort.APPLICATION or body[:2] in ("19", "20") or "." in body:
        problem = NumberProblem(
            "digits_lost",
            say("{number} has not the form of a Chinese number; digits seem lost.", number=q.raw),
            True,
        )
        return Number("CN", q.sort, "", "", problems=(problem,))
    return Number("CN", q.sort, f"CN{digits}{q.kind}", f"CN.P.{digits}{q.kind[:1]}")
