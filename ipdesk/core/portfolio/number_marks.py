"""Numbers of trademarks, software, layout designs and domain names."""

import re

from ipdesk.core.portfolio.number_model import Number, Question, Sort

_US_SERIAL = re.compile(r"([6-9]\d)/?(\d{3}),?(\d{3})")
_DOMAIN = re.compile(r"[^\s@/,;]+\.[^\s@/,;.\d][^\s@/,;.]*", re.IGNORECASE)
_KR_WHOLE = re.compile(r"^(4\d\d{7})0000$")
_KR_PARTS = re.compile(r"^KR(4\d)(20\d\d|19\d\d)(\d{7})$")
_KR_REGISTERED = re.compile(r"^KR(4\d)(\d{7})$")
_SOFTWARE = re.compile(r"(?:19|20)\d\d[-A-Z]*SR[A-Z]?\d{4,8}")


def read_mark(office: str, q: Question) -> Number:
    """A trademark's application or registration number."""
    body = re.sub(r"[^0-9A-Z/]", "", q.body)
    if office == "US":
        return _us_mark(q, body)
    body = body.replace("/", "")
    if office and body.startswith(office):  # PL Z.512345, CA TMA1123456
        body = body[2:]
    if office in ("WO", ""):
        body = re.sub(r"^IR", "", body)
    if office == "EM":
        body = re.sub(r"^(CTM|EUTM|EU)", "", body)
        body = body.zfill(9) if body.isdigit() else body
    if office == "KR":  # 40-1700012 is written 4017000120000 as well
        body = _KR_WHOLE.sub(r"\1", body)
    display = body if office in ("CN", "EM", "") else f"{office}{body}"
    if office == "KR":
        display = _KR_PARTS.sub(r"KR\1-\2-\3", _KR_REGISTERED.sub(r"KR\1-\2", display))
    if office == "GB":  # UK00003123456 and 3123456 are one
        display = body if body.startswith("UK") else display
        body = re.sub(r"^UK0*", "", body)
    return Number(office, q.sort, display, f"{office}.T.{body}" if body else "", "trademark")


def _us_mark(q: Question, body: str) -> Number:
    match = _US_SERIAL.fullmatch(body) if q.sort is Sort.APPLICATION else None
    if match:
        serial = match[1] + match[2] + match[3]
        display = f"{match[1]}/{match[2]},{match[3]}"
        return Number("US", q.sort, display, f"US.T.S{serial}", "trademark")
    digits = body.replace("/", "")
    letter = "S" if q.sort is Sort.APPLICATION else "R"
    return Number("US", q.sort, digits, f"US.T.{letter}{digits}" if digits else "", "trademark")


def read_software(office: str, q: Question) -> Number:
    """A registration of a computer program: 2023SR0123456."""
    body = re.sub(r"[^0-9A-Z一-鿿]", "", q.body)
    match = _SOFTWARE.search(body)
    shown = match[0] if match else body
    key = f"{office}.S.{shown}" if shown else ""
    display = q.raw if q.right == "work_copyright" and not match else shown
    return Number(office, q.sort, display, key, q.right)


def read_domain(q: Question) -> Number:
    """A domain name stands for its own number."""
    name = q.raw.strip().lower().removeprefix("http://").removeprefix("https://")
    name = name.removeprefix("www.").split("/")[0].rstrip(".")
    key = f"XX.D.{name}" if _DOMAIN.fullmatch(name) else ""
    return Number("XX", q.sort, name, key, "domain_name")
