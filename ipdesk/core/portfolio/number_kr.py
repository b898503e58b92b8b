"""Korean numbers: right 10, 20, 30, 40, year and serial: 10-2024-0115774, 10-2932891."""

import re

from ipdesk.core.portfolio.number_model import Number, Question, Sort

_RIGHTS = {"10": "invention", "20": "utility_model", "30": "design", "40": "trademark"}
_KINDS = {"U": "20", "Y": "20", "S": "30", "M": "30", "D": "30"}
_DATED = re.compile(r"(?:([1-4]0)-?)?((?:19|20)\d\d)-?(\d{6,7})")
_DASHED = re.compile(r"([1-4]0)-((?:19|20)\d\d)-(\d{1,5})")  # zeros left out, yet all is said
_REGISTERED = re.compile(r"([1-4]0)-?(\d{7})(?:-?00-?00)?")
_WORDS = re.compile(r"^[가-힣]+|[가-힣]+$")  # 특허 제10-2456789호
_OLD = re.compile(r"0?(\d{5,6})")  # 184866 B1, before the right stood in front
_LIST_RIGHTS = {"utility_model": "20", "design": "30", "trademark": "40"}


def read_kr(q: Question) -> Number | None:
    """A number of the Korean office; None when its form is unknown."""
    body = _WORDS.sub("", q.body.replace(" ", "")).replace("/", "-")
    old = _OLD.fullmatch(body) if q.kind[:1] in ("B", "Y") else None
    if old:
        body = f"{_KINDS.get(q.kind[:1], '10')}{old[1].zfill(7)}"
    match = _REGISTERED.fullmatch(body)
    if match and (q.sort is not Sort.APPLICATION or q.kind[:1] in ("B", "Y")):
        code, serial = match[1], match[2]
        sort = Sort.PUBLICATION if q.sort is Sort.APPLICATION else q.sort
        display = f"KR{code}{serial}{q.kind}" if q.kind else f"KR{code}-{serial}"
        return Number("KR", sort, display, f"KR.P.{code}{serial}", _RIGHTS[code], "", 0, q.kind)
    match = _DATED.fullmatch(body) or _DASHED.fullmatch(body)
    if not match:
        return None
    code = match[1] or _KINDS.get(q.kind[:1]) or _LIST_RIGHTS.get(q.right, "10")
    year, serial = match[2], match[3].zfill(7)
    right = _RIGHTS[code] if match[1] or q.kind else ""
    if q.sort is Sort.APPLICATION:
        route = "pct" if serial[0] == "7" and code in ("10", "20") else ""
        display = f"KR{code}-{year}-{serial}" if match[1] else f"KR{year}{serial}{q.kind}"
        key = f"KR.A.{code}{year}{serial}"
        return Number("KR", q.sort, display, key, right, route, int(year))
    display = f"KR{match[1] or ''}{year}{serial}{q.kind}"
    key = f"KR.P.{code}{year}{serial}"
    return Number("KR", q.sort, display, key, right, "", int(year), q.kind)
