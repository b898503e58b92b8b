"""Numbers of the USPTO: series and serial, publications, patents, reissues and designs."""

import re

from ipdesk.base.i18n import say
from ipdesk.core.portfolio.number_model import Number, NumberProblem, Question, Sort

_SERIES = re.compile(r"(\d{2}) ?[/ ] ?(\d{3})[,./ ]? ?(\d{3})")
_SHORT = re.compile(r"(\d{2})/([\d,]{1,6})")
_YEARLY = re.compile(r"((?:19|20)\d\d)(\d{2})(\d{6})")  # 201314376658, 2011 and later
_YEAR_SIX = re.compile(r"((?:19|20)\d\d)(\d{6})")  # Derwent before 2011
_EPODOC = re.compile(r"((?:19|20)\d\d)0(\d{6})")  # 20100657848: the series is gone
_DUMMY = re.compile(r"\d{6,7}D")  # what DOCDB puts where the number of an old filing is unknown
_DOCDB = re.compile(r"(\d{1,6})(\d\d)")  # 657848 of (20)10, with a kind letter
_PREGRANT = re.compile(r"(20\d\d)/?(\d{6,7})")
_PATENT = re.compile(r"(RE|PP|D|H|T|AI|X|RX)? ?0*(\d{1,8})")
_SERIES_CODES = frozenset(f"{n:02d}" for n in (*range(2, 20), 29, 35, 60, 61, 62, 63))
_KIND_RIGHTS = {"S": "design", "P": "", "E": ""}


def read_us(q: Question) -> Number:
    """A number of the United States; the loss of the series code is said, not repaired."""
    body = q.body.upper()
    if q.sort is Sort.APPLICATION:
        return _application(q, body)
    return _publication(q, body)


def _application(q: Question, body: str) -> Number:
    match = _SERIES.fullmatch(body)
    if match:
        return _known(q, match[1], match[2] + match[3])
    if len(q.kind) == 2 and (published := _published_instead(q, body)):
        return published
    bare = re.sub(r"[\s,/-]", "", body)
    dummy = bare + q.kind if q.kind == "D" else bare
    if _DUMMY.fullmatch(dummy):
        return Number("US", q.sort, f"US{dummy}", f"US.A.{dummy}")
    if "/" in body:
        return _published_instead(q, body) or _lost(q)
    match = _YEARLY.fullmatch(bare)
    if match and int(match[2]) < 96:
        return _known(q, match[2], match[3], int(match[1]))
    match = _EPODOC.fullmatch(bare) or (_YEAR_SIX.fullmatch(bare) if q.kind else None)
    if match:
        return _no_series(q, int(match[1]), match[2], bare)
    if q.kind[:1] in ("A", "P", "F"):
        match = _DOCDB.fullmatch(bare)
        if match and not _is_series(q, bare, match[2]):
            year = int(match[2])
            return _no_series(q, year + (1900 if year > 30 else 2000), match[1], bare)
    if re.fullmatch(r"\d{8}", bare):
        return _known(q, bare[:2], bare[2:])
    return _published_instead(q, body) or _lost(q)


def _is_series(q: Question, bare: str, year: str) -> bool:
    """US17800123A is series 17, as DOCDB never wrote numbers of 2011 and later this way."""
    if len(bare) != 8 or " " in q.raw:
        return False
    return "11" <= year <= "29" or bare[:2] in _SERIES_CODES


def _known(q: Question, series: str, serial: str, year: int = 0) -> Number:
    right = "design" if series in ("29", "35") else "provisional" if "60" <= series <= "63" else ""
    display = f"US{series}/{serial[:3]},{serial[3:]}"
    return Number("US", Sort.APPLICATION, display, f"US.A.{series}{serial}", right, "", year)


def _no_series(q: Question, year: int, serial: str, bare: str) -> Number:
    right = {"P": "provisional", "F": "design"}.get(q.kind[:1], "")
    key = f"US.A.{year}-{right[:1]}{serial.zfill(6)}"
    problem = NumberProblem(
        "series_lost",
        say("{number} has lost its series code (two digits before the slash).", number=q.raw),
    )
    display = f"US {bare} {q.kind}".strip()  # with blanks, as only these numbers are written
    return Number("US", q.sort, display, key, right, "", year, "", problems=(problem,))


def _lost(q: Question) -> Number:
    problem = NumberProblem(
        "digits_lost",
        say("{number} has not the form of a US number; digits seem lost.", number=q.raw),
        True,
    )
    return Number("US", q.sort, "", "", problems=(problem,))


def _published_instead(q: Question, body: str) -> Number | None:
    """A publication or patent number in the column of applications."""
    if _PREGRANT.fullmatch(body) or (q.kind and _PATENT.fullmatch(body.replace(",", ""))):
        return _publication(q._replace(sort=Sort.PUBLICATION), body)
    return None


def _publication(q: Question, body: str) -> Number:
    if _SERIES.fullmatch(body):
        return _application(q._replace(sort=Sort.APPLICATION), body)
    bare = re.sub(r"[\s,-]", "", body)
    match = _PREGRANT.fullmatch(bare)
    if match:
        number = match[1] + match[2].zfill(7)
        return Number(
            "US", q.sort, f"US{number}{q.kind}", f"US.P.{number}", "", "", int(match[1]), q.kind
        )
    match = _PATENT.fullmatch(bare)
    if not match:
        return _lost(q)
    letters, digits = match[1] or "", match[2]
    if not letters and q.kind[:1] == "S":
        letters = "D"
    right = "design" if letters == "D" else ""
    number = letters + digits
    return Number("US", q.sort, f"US{number}{q.kind}", f"US.P.{number}", right, "", 0, q.kind)
