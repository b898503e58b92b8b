"""Numbers of the EPO, Germany, Taiwan, Brazil and of every other office."""

import re

from ipdesk.base.i18n import say
from ipdesk.core.portfolio.number_check import ep_check_digit, verdict
from ipdesk.core.portfolio.number_model import Check, Number, NumberProblem, Question, Sort

_EP = re.compile(r"(\d{8})(?:[. ]?(\d))?")
_EP_LONG = re.compile(r"((?:19|20)\d\d)0?(\d{6})")
_DE = re.compile(r"([1-6][0-2])((?:19|20)\d\d)(\d{6})(?:\.?\d)?")
_DE_CHECK = re.compile(r"^(\d{3} ?\d\d ?\d{3})\.\d$")  # 199 12 345.6, from 1995 to 2003
_DE_RIGHTS = {"10": "invention", "11": "invention", "12": "invention", "20": "utility_model"}
_DE_RIGHTS |= {"21": "utility_model", "40": "design"}
_TW = re.compile(r"(\d{2,3})([123])(\d{5})")
_TW_RIGHTS = {"1": "invention", "2": "utility_model", "3": "design"}
_TW_LETTERS = {"I": "invention", "M": "utility_model", "D": "design"}
_BR_RIGHTS = {"PI": "invention", "MU": "utility_model", "DI": "design", "10": "invention"}
_BR_RIGHTS |= {"11": "invention", "12": "invention", "20": "utility_model", "30": "design"}
_BR = re.compile(r"(PI|MU|DI|C1|10|11|12|13|20|21|22|30)(\d+)")
_PL = re.compile(r"(PAT|RU|WP|[PWRZ])?(\d{4,7})")
_PL_RIGHTS = {"P": "invention", "W": "utility_model", "WP": "design", "Z": "trademark"}
_RU = re.compile(r"((?:19|20)\d{8})/\d{2}")
# applications with a check digit behind a point, which databases leave out
_CHECKED = {"GB": re.compile(r"(\d{7})\.\d"), "HK": re.compile(r"(\d{8}|\d{10,11})\.\d")}
_OWN_DESIGN = re.compile(r"^RCD[\s/]*(?=\d)")  # the register's letters before the number
# offices where U stands for utility models and S for designs in the kind code
_KIND_RIGHTS = {"U": "utility_model", "Y": "utility_model", "S": "design"}


def read_ep(q: Question) -> Number | None:
    """A number of the European Patent Office; the check digit of applications is verified."""
    body = q.body.replace(" ", "").replace("-", "")
    if q.sort is not Sort.APPLICATION:
        match = re.fullmatch(r"0*(\d{1,7})", body)
        if match:
            digits = match[1].zfill(7)
            return Number("EP", q.sort, f"EP{digits}{q.kind}", f"EP.P.{digits}", "", "", 0, q.kind)
    if re.fullmatch(r"\d{7}(?:\.\d)?", body):
        return _seven_digits(q, body)
    match = _EP_LONG.fullmatch(body)
    if match:
        digits, given = match[1][2:] + match[2], ""
    else:
        match = _EP.fullmatch(body)
        if not match:
            return None
        digits, given = match[1], match[2] or ""
    return _ep_application(q, digits, given)


def _seven_digits(q: Question, body: str) -> Number:
    """Applications have eight digits: seven are a publication in their place, or lost a zero."""
    if "." not in body and (q.kind or q.prefixed):
        return Number("EP", Sort.PUBLICATION, f"EP{body}{q.kind}", f"EP.P.{body}", kind_code=q.kind)
    message = say("{number} has not the eight digits of a European application.", number=q.raw)
    return Number("EP", q.sort, "", "", problems=(NumberProblem("digits_lost", message, True),))


def _ep_application(q: Question, digits: str, given: str) -> Number:
    expected = ep_check_digit(digits)
    check = verdict(expected, given)
    problems: tuple[NumberProblem, ...] = ()
    if check is Check.BAD:
        problems = (
            NumberProblem(
                "check_digit",
                say(
                    "The check digit of {number} is {given}; "
                    "by its other digits it should be {expected}.",
                    number=q.raw,
                    given=given,
                    expected=expected,
                ),
                True,
            ),
        )
    year = int(digits[:2])
    year += 1900 if year > 77 else 2000
    display = f"EP{digits}.{given}" if given else f"EP{digits}"
    return Number(
        "EP", Sort.APPLICATION, display, f"EP.A.{digits}", "", "", year, "", check, problems
    )


def read_de(q: Question) -> Number | None:
    """A number of the German office: right, year and serial since 2004, plain digits before."""
    body = _DE_CHECK.sub(r"\1", q.body) if q.sort is Sort.APPLICATION else q.body
    body = re.sub(r"[\s.-]", "", body)
    letter = ""
    if body[:1] in ("P", "G", "M") and body[1:].isdigit():
        letter, body = body[0], body[1:]
    match = _DE.fullmatch(body)
    if match:
        digits = match[1] + match[2] + match[3]
        return _plain("DE", q, digits, digits, _DE_RIGHTS.get(match[1], ""), int(match[2]))
    if not body.isdigit():
        return None
    right = {"G": "utility_model", "M": "design"}.get(letter, _KIND_RIGHTS.get(q.kind[:1], ""))
    if letter and len(body) == 8:
        body = body[:7]  # the eighth digit is the check digit
    return _plain("DE", q, body, body, right)


def read_tw(q: Question) -> Number | None:
    """A Taiwanese number; the year is counted from 1912."""
    body = re.sub(r"[\s-]", "", q.body)
    body = re.sub(r"^(?:發明|新型|設計)?第|[号號]$", "", body)
    match = re.fullmatch(r"([IMD])(\d{6})", body)
    if match:
        return _plain("TW", q, body, body, _TW_LETTERS[match[1]])
    match = _TW.fullmatch(body)
    if match and q.sort is Sort.APPLICATION:
        year = int(match[1]) + 1911
        return _plain("TW", q, body, body, _TW_RIGHTS[match[2]], year)
    return _plain("TW", q, body, body, "") if body.isdigit() else None


def read_br(q: Question) -> Number | None:
    """A Brazilian number: BR 10 2024 008122 6 or PI 7605494-2."""
    body = re.sub(r"[\s./-]", "", q.body)
    match = _BR.fullmatch(body)
    right = _BR_RIGHTS.get(match[1], "") if match else ""
    return _plain("BR", q, body, body, right) if re.fullmatch(r"[A-Z]{0,2}\d+", body) else None


def read_pl(q: Question) -> Number | None:
    """A Polish number: P.429012, W.127654 of a utility model, Wp of a design; Pat.238111."""
    match = _PL.fullmatch(re.sub(r"[\s.]", "", q.body))
    if not match:
        return None
    letters = match[1] or ""
    bare = f"{letters}{match[2]}" if letters in _PL_RIGHTS else match[2]
    shown = f"{letters}.{match[2]}" if letters in _PL_RIGHTS else match[2]
    return _plain("PL", q, bare, shown, _PL_RIGHTS.get(letters, ""))


def read_ru(q: Question) -> Number | None:
    """A Russian number; behind the stroke stands the examining department: 2019123456/04."""
    match = _RU.fullmatch(re.sub(r"\s", "", q.body))
    return _plain("RU", q, match[1], match[1], "") if match else None


def read_any_office(office: str, q: Question) -> Number:
    """A number of an office without a form of its own here: letters and digits alone compare."""
    body = _OWN_DESIGN.sub("", q.body) if office == "EM" else q.body
    shown = re.sub(r"[\s,]", "", body)
    if q.sort is Sort.APPLICATION and q.kind == "D":  # DOCDB marks numbers it made up itself
        shown += "D"
    elif q.sort is Sort.APPLICATION and office == "SG" and len(q.kind) == 1:
        shown += q.kind  # the letter is the check digit, not a kind
    checked = _CHECKED.get(office) if q.sort is Sort.APPLICATION else None
    match = checked.fullmatch(shown) if checked else None
    bare = match[1] if match else re.sub(r"[^0-9A-Z]", "", shown)
    return _plain(office, q, bare, shown, "")


def _plain(office: str, q: Question, bare: str, shown: str, right: str, year: int = 0) -> Number:
    register = "A" if q.sort is Sort.APPLICATION else "P"
    right = right or (_KIND_RIGHTS.get(q.kind[:1], "") if register == "P" else "")
    kind = q.kind if register == "P" else ""
    key = f"{office}.{register}.{bare}"
    return Number(office, q.sort, f"{office}{shown}{kind}", key, right, "", year, kind)
