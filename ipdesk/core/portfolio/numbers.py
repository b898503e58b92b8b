"""Numbers of every office: read as written, checked, and brought to one form to compare by.

``read_number`` reads one cell; ``matter_keys`` gives what the store compares by; ``search_forms``
gives the spellings that a search should try. Nothing is guessed: what has lost digits gets no key.
"""

import re
import unicodedata
from functools import lru_cache

from ipdesk.base.i18n import say
from ipdesk.base.text import squeeze
from ipdesk.core.portfolio.european import key_in_state
from ipdesk.core.portfolio.number_cn import read_cn, usual_cn
from ipdesk.core.portfolio.number_forms import office_by_form
from ipdesk.core.portfolio.number_jp import STARTS, read_jp
from ipdesk.core.portfolio.number_kr import read_kr
from ipdesk.core.portfolio.number_marks import read_domain, read_mark, read_software
from ipdesk.core.portfolio.number_model import Check, Number, NumberProblem, Question, Sort
from ipdesk.core.portfolio.number_other import (
    read_any_office,
    read_br,
    read_de,
    read_ep,
    read_pl,
    read_ru,
    read_tw,
)
from ipdesk.core.portfolio.number_us import read_us
from ipdesk.core.portfolio.number_wo import read_pct, read_wo
from ipdesk.core.portfolio.offices import codes

__all__ = [
    "Check",
    "Number",
    "NumberProblem",
    "Sort",
    "matter_keys",
    "parse_number",
    "read_number",
    "search_forms",
]

_READERS = {
    "EP": read_ep,
    "JP": read_jp,
    "KR": read_kr,
    "DE": read_de,
    "TW": read_tw,
    "PL": read_pl,
    "RU": read_ru,
    "BR": read_br,
}
_DAMAGED = re.compile(r"\d(?:[.,]\d+)?E\+\d+|\d[.,]\d+E\d+|#{3,}")
_DATED = re.compile(r"(?<=[ 0-9][A-Z][0-9])[ -](?:19|20)\d{6}(?: [A-Z]\d?)?$")
# Espacenet writes the day of filing behind the number: CN20161895413 20161013
_DAY_BEHIND = re.compile(r"(?<=\d{6}[0-9A-Z]) (?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$")
_BRACKETED = re.compile(r"\s*\(([A-Z]\d{0,2})\)$")
_KIND = re.compile(r"(?<=[0-9X])[ -]?([A-WYZ][0-9]?)$")
_PATBASE = re.compile(r"(?<=[0-9]) ([ABU])[A-D]$")  # US11234567 BB
_KIND_APART = re.compile(r"(?<=[0-9X][A-Z])[ -]([A-WYZ][0-9]?)$")
_LABELS = re.compile(
    r"^(?:APPL(?:ICATION)?|PAT(?:ENT)?|PUB(?:LICATION)?|SER(?:IAL)?|REG(?:ISTRATION)?)?\.?\s*"
    r"N(?:O|R|UMBER)[.:°]?\s*(?=[0-9A-Z])"
)
_OFFICE_BEHIND = re.compile(r"([0-9][0-9 ./-]*[0-9]) ?\(([A-Z]{2})\) ?(ПМ|ПО|[ABCUSY][0-9]?)?")
_RUSSIAN_KINDS = {"ПМ": "U", "ПО": "S", None: ""}  # utility models, designs
_ORBIT = re.compile(r"((?:19|20)\d\d)([A-Z]{2})-((?:[A-Z]{2})?\d{5,9})")
_DIGIT = re.compile(r"\d").search
_MARKS = frozenset({"trademark"})
_SOFT = frozenset({"software_copyright", "work_copyright", "ic_layout", "plant_variety"})
_UNUSUAL = _MARKS | _SOFT | {"domain_name"}
_LONGEST = 200  # no number is as long; patterns need not walk what is longer
_BR_WORDS = frozenset({"PI", "MU", "DI"})

# 申请号：2020…, 专利号 ZL…; words that belong to Japanese numbers are none of these
_LABEL = re.compile(
    r"^(?:[一-鿿][一-鿿\s]{1,7}:|(?:专利|申请|公开|公布|公告|授权公告|授权|注册|登记)号)\s*(?=[0-9A-Za-z])"
)
_NTH = re.compile(r"^[一-鿿]{0,4}第\s*(?=[0-9A-Z])|(?<=[0-9])\s*[号號]$")  # 第6123456号
_REMARK = re.compile(r"(?<=[0-9A-Za-z])\s*\([^()]*[一-鿿][^()]*\)$")  # …（已授权）
# 2013/0101709 A1 (pending)
_WORDS_BEHIND = re.compile(r"(?<=[0-9A-Za-z])\s*[(\[][A-Za-z][a-z]{3,}[^()\[\]]*[)\]]$")
_US_MARK = re.compile(r"[6-9]\d/\d{3},?\d{3}")
_AROUND = " .;,:'\"‘’‚“”„`´′ʼ"  # quotes that spreadsheets and people leave at a number
_DOTS = str.maketrans("·•・", "...")


# the usual spelling: office, digits, check digit or kind code, no blanks
_USUAL = re.compile(r"([A-Z]{2})([0-9]+(?:\.[0-9X])?)([A-WYZ][0-9]?)?").fullmatch


def parse_number(text: str, sort: Sort, office: str = "", right: str = "") -> Number | None:
    """As ``read_number``, for lists in which hardly any number comes twice."""
    if len(text) > _LONGEST:
        return _no_number(f"{text[:40]}…", sort, office)
    if right in _UNUSUAL:
        return _parse(text, sort, office, right)
    if text[:2] in ("CN", "ZL"):
        number = usual_cn(text, sort)
        if number:
            return number
    usual = _USUAL(text)
    if usual and usual[3] != "W":
        place = "CN" if usual[1] == "ZL" else usual[1]
        if place in codes():
            return _at(place, Question(text, usual[2], usual[3] or "", sort, right, True))
    return _parse(text, sort, office, right)


@lru_cache(maxsize=16384)
def read_number(text: str, sort: Sort, office: str = "", right: str = "") -> Number | None:
    """The number that one cell holds; *office* and *right* are what the rest of the row says.

    None for an empty cell. A number without a key could not be read; its problems say why.
    """
    return parse_number(text, sort, office, right)


def _parse(text: str, sort: Sort, office: str, right: str) -> Number | None:
    raw = " ".join(text.split())
    written = raw if raw.isascii() else unicodedata.normalize("NFKC", raw)
    if not raw.isascii():
        written = _REMARK.sub("", _LABEL.sub("", written)).translate(_DOTS) or written
    if written[-1:] in (")", "]"):
        written = _WORDS_BEHIND.sub("", written) or written
    body = written.upper().rstrip("*").strip(_AROUND)
    if not body:
        return None
    if right == "domain_name":
        return read_domain(Question(raw, body, "", sort, right, False))
    if ("E" in body or "#" in body) and _DAMAGED.fullmatch(body):
        return _damaged(raw, sort, office)
    if not _DIGIT(body):
        return _no_number(raw, sort, office)
    if right in _MARKS or right in _SOFT:
        return _registered(raw, body, sort, office, right)
    return _patent(raw, body, sort, office, right)


def _patent(raw: str, body: str, sort: Sort, office: str, right: str) -> Number:
    if "-" in body or ")" in body:
        body = _in_order(body)
    if body.startswith("PCT"):
        found = read_pct(Question(raw, body, "", sort, right, True))
        return found or _unread(raw, sort, "WO")
    if " " in body:
        body = _DAY_BEHIND.sub("", body)
    if "N" in body:
        body = _LABELS.sub("", body) or body
    if not body.isascii() and not body.startswith(STARTS):
        body = _NTH.sub("", body) or body
    prefix, rest = _prefix(body, office)
    rest, kind = _kind_of(rest)
    if kind == "W" and prefix and len(rest) >= 7:
        found = read_pct(Question(raw, prefix + rest, "", sort, right, True))
        if found:
            return found
    question = Question(raw, rest, kind, sort, right, bool(prefix))
    if prefix:
        return _at(prefix, question)
    found = _at(office, question) if office else None
    if found is None or not found.key:
        shaped = office_by_form(rest, kind, application=sort is Sort.APPLICATION)
        if shaped and shaped != office:
            return _at(shaped, question)
    return found or _at("", question)


def _in_order(body: str) -> str:
    """Office first, where a list puts it behind (2847136(RU)) or amid the number (Orbit)."""
    placed = _OFFICE_BEHIND.fullmatch(body)
    if placed and placed[2] in codes():
        return f"{placed[2]} {placed[1]}{_RUSSIAN_KINDS.get(placed[3], placed[3])}"
    orbit = _ORBIT.fullmatch(body)
    return _as_filed(*orbit.groups()) if orbit else body


def _as_filed(year: str, office: str, serial: str) -> str:
    """Orbit's 2020EP-0761234, 2020US-17012345, 2020WO-CN12345 in the usual spelling."""
    if office == "WO":
        return f"PCT/{serial[:2]}{year}/{serial[2:]}"
    if office == "US":
        return f"US{serial}" if len(serial) == 8 else f"US{year}{serial.zfill(7)} A"
    if office == "EP":
        return f"EP{year}{serial.zfill(7)[-7:]}"
    if office == "JP":
        return f"JP{year}-{serial[-6:]}"
    if office == "DE" and len(serial) == 8:
        return f"DE{serial[:2]}{year}{serial[2:]}"
    return f"{office}{year}{serial}"


def _at(office: str, q: Question) -> Number:
    if office == "CN":
        return read_cn(q)
    if office == "US":
        return read_us(q)
    if office == "WO":
        return read_wo(q) or _unread(q.raw, q.sort, "WO")
    reader = _READERS.get(office)
    found = reader(q) if reader else None
    return found or read_any_office(office, q)


def _prefix(body: str, office: str) -> tuple[str, str]:
    """The office written before the number, and the rest; Japanese words count as JP."""
    start = body[:2]
    if start.isascii() and start.isalpha() and start != "PC":
        if start == "ZL":
            return "CN", body[2:].lstrip(" .:-")
        register = (
            body.startswith("DM/")
            or (office, start) == ("WO", "DM")
            or (office == "BR" and start in _BR_WORDS)
        )
        if start in codes() and not register:
            rest = body[2:].lstrip(" .:-/")
            if start == office or _DIGIT(rest, 0, 6):
                return start, rest
    elif body.startswith(STARTS):
        return "JP", body
    elif "가" <= start[:1] <= "힣":
        return "KR", body
    return "", body


def _kind_of(body: str) -> tuple[str, str]:
    """Split the kind code off: ``8920865 (B2)``, ``2013101709A1``, ``537620D A``."""
    if body.isdigit():
        return body, ""
    match = _DATED.search(body)
    if match:  # EP 1357170 B9 20061018 (Lens), US20180123456A1-20180503 (USPTO bulk)
        body = body[: match.start()]
    match = _PATBASE.search(body)
    if match:
        return body[: match.start()].strip(), match[1]
    match = _BRACKETED.search(body) if body[-1:] == ")" else None
    match = match or _KIND_APART.search(body) or _KIND.search(body)
    if match and match.start() > 0:
        return body[: match.start()].strip(), match[1]
    return body, ""


def _registered(raw: str, body: str, sort: Sort, office: str, right: str) -> Number:
    q = Question(raw, body, "", sort, right, False)
    if right in _SOFT:
        return read_software(office or "CN", q)
    start = body[:2]
    named = start if start in codes() and body[2:3] and not body[2:3].isalpha() else ""
    if start == "UK":  # the British register writes its own letters
        return read_mark("GB", q)
    if named == "IR":
        named = "WO" if office in ("", "WO") else ""
    if named:
        q = q._replace(body=body[2:].strip(), prefixed=True)
    elif not office and _US_MARK.fullmatch(body):
        named = "US"
    return read_mark(named or office, q)


def _damaged(raw: str, sort: Sort, office: str) -> Number:
    problem = NumberProblem(
        "number_damaged",
        say("{number} is what a spreadsheet left of a long number; write it again.", number=raw),
        True,
    )
    return Number(office, sort, "", "", problems=(problem,))


def _no_number(raw: str, sort: Sort, office: str) -> Number:
    problem = NumberProblem("not_a_number", say("“{text}” is not a number.", text=raw))
    return Number(office, sort, "", "", problems=(problem,))


def _unread(raw: str, sort: Sort, office: str) -> Number:
    problem = NumberProblem(
        "number_form", say("{number} has not the form of such a number.", number=raw), True
    )
    return Number(office, sort, "", "", problems=(problem,))


def matter_keys(
    office: str, right: str, application: str, publication: str, grant: str
) -> tuple[str | None, str | None, str | None]:
    """What the store compares matters by: keys of the three numbers, None where there is none."""
    return (
        _key(application, Sort.APPLICATION, office, right),
        _key(publication, Sort.PUBLICATION, office, right),
        _key(grant, Sort.GRANT, office, right),
    )


def own_number(right: str, title: str, number: str) -> str:
    """The application number of a matter: a domain name is its own, wherever none was given."""
    if number or right != "domain_name":
        return number
    named = read_number(title, Sort.APPLICATION, "", right) if title else None
    return named.display if named and named.key else number


def _key(text: str, sort: Sort, office: str, right: str) -> str | None:
    number = read_number(text, sort, office, right) if text else None
    return (key_in_state(number.key, office, right) or None) if number else None


_NUMBER_LIKE = re.compile(
    r"(?:PCT[/ -]?[A-Z]{2}|[A-Z]{0,4}[\s.:/-]*[A-Z]{0,2})[/ -]?[0-9][0-9A-Z\s./,\-()]*"
)


@lru_cache(maxsize=16384)
def search_forms(text: str) -> tuple[str, ...]:
    """Squeezed spellings of a number: what is stored beside it and what a search tries.

    Empty for words. The first form is the text itself without blanks and signs.
    """
    raw = unicodedata.normalize("NFKC", " ".join(text.split())).upper()
    digits = sum(map(str.isdigit, raw))
    if digits < 4 or len(raw) > 40 or (digits == 4 and raw.isdigit()):
        return ()
    if not (_NUMBER_LIKE.fullmatch(raw) or raw.startswith(STARTS)):
        return ()
    forms = dict.fromkeys([squeeze(raw)])
    known: set[tuple[str, str]] = set()  # mostly all three are read alike
    for sort in Sort:
        number = parse_number(text, sort)
        if number and number.key and (number.key, number.display) not in known:
            known.add((number.key, number.display))
            forms.update(dict.fromkeys(_forms_of(number)))
    return tuple(f for f in forms if len(f) >= 4)


def _forms_of(number: Number) -> list[str]:
    """Display, key and the shorter spellings that databases use."""
    office, register, body = number.key.split(".", 2)
    core = squeeze(body)
    forms = [squeeze(number.display), core]
    if office == "WO" and register == "A":
        year, serial = core[2:6], core[6:]
        forms += [f"pct{core}", f"wo{year}{core[:2]}{serial}"]
    elif office == "WO":
        forms += [f"wo{core}", f"wo{core[2:]}"]
    elif register in ("A", "P"):
        forms.append(office.lower() + core)
    if office == "US" and register == "P" and len(core) == 11:
        forms.append(f"us{core[:4]}{core[5:]}" if core[4] == "0" else f"us{core}")
    if office == "CN" and register == "A" and len(core) == 12 and core[5] == "0":
        forms.append(f"cn{core[:5]}{core[6:]}")
    return forms
