"""Several values in one cell: which sign parts them, and what clings to names."""

import re
from collections.abc import Iterable

from ipdesk.base.text import clean, fold, is_chinese
from ipdesk.core.intake.cells import is_null, text_of
from ipdesk.core.intake.formulas import QUOTED, bare_cell
from ipdesk.core.intake.model import Cell
from ipdesk.core.portfolio.offices import codes

_LONGEST = 300
_STRONG = (";;", "|", "；", ";", "\n", "\r")
_COUNTRY = re.compile(r"(?:\s*\[([A-Za-z]{2})\]|\s*[(（]([A-Z]{2})[)）]|\s{2,}([A-Z]{2}))$")
_ET_AL = re.compile(
    r"[\s,，、]*(?:\bet\.? al\.?,?|(?<=[\s,，、])等|等人|等\d+人|"
    r"\s他(?:\d+名)?|ほか\d*名?|他\d+名)$",
    re.IGNORECASE,
)
# DEPATISnet writes the address behind the name, CNIPR the code behind the agency
# and Derwent city, state and country, with no blanks between them
_ADDRESSED = re.compile(r"(.+?),(?! )(?:[^,]+,(?! ))*[A-Z]{2}$")
_ADDRESS = re.compile(
    r",\s*\d{4,5}\s+[^,;\d]+,\s*[A-Z]{2}$|(?<=[一-鿿）)])\s+\d{5}$"
    r"|,[^\s,;][^,;]{1,40},[A-Z]{2},[A-Z]{2}$"
)
# the American register writes the form and the state behind the owner
_LEGAL_FORM = re.compile(
    r"\s*\((?:[A-Z ]*(?:CORPORATION|COMPANY|PARTNERSHIP|INDIVIDUAL|TRUST)[^()]*)\)?$", re.IGNORECASE
)
_PLAIN_DENG = re.compile(r"(?<=[一-鿿])等$")
_ORGANISATION = re.compile(
    r"(?:公司|大学|大學|学院|研究院|研究所|研究中心|中心|集团|集團|医院|工厂|厂|会社|機構|协会|基金会|实验室|局|社|院|部|行|店|合伙\)|合伙）)$"
)
_PERSON = re.compile(r"[一-鿿]{2,4}(?:·[一-鿿]{1,8})*")
_KOREAN = re.compile(r"[가-힣]{2,4}")
_ENGLISH_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
_CLASS_NOISE = re.compile(r"\s*\([^()]*\)|（[^（）]*）")
_NICE = re.compile(
    r"(?:第|class(?:es)?|cl\.?|kl\.?|ic|ncl)?\s*0?(\d{1,2})\s*(?:类|類|号)?", re.IGNORECASE
)
_NICE_NAMED = re.compile(
    r"第?\s*0?(\d{1,2})\s*[类類]\s*(?=[^\W\d])"
    r"|(?:第|class )?\s*0?(\d{1,2})\s*[类類]?\s*[-–—:：.]\s*(?=[^\W\d])",
    re.IGNORECASE,
)
_IPC = re.compile(r"([A-HY])\s*(\d{2})\s*([A-Z])\s*(\d{1,4})\s*[/-]\s*(\d{2,6})(?:\s*[A-Z@]?)")
_IPC_PADDED = re.compile(r"([A-HY])(\d{2})([A-Z])(?=\d{5}$)0{0,2}(\d{1,3})(\d{2})")  # C07D41700
_LOCARNO = re.compile(r"(\d{2})[-–./ ](\d{2})")


class Names:
    """How the names of one column are parted; the whole column decides."""

    def __init__(self, cells: Iterable[Cell], *, people: bool, how: str = "") -> None:
        self._people = people
        self._tidied: dict[str, tuple[str, str, bool]] = {}  # part → name, key, cut off
        self._sign = ""
        self._commas = how == "comma"
        self._one = how == "one"
        self._addressed = how == "addressed"
        self._blanks = how != "spaced"  # in Japan a blank stands between the names of one person
        if how not in ("none", "comma", "one"):
            self._sign = _strongest(cells)

    def read(self, cell: Cell) -> tuple[tuple[str, ...], bool]:
        """The names of a cell in order, each once, and whether the list says there are more."""
        text = bare_cell(text_of(cell)).strip()
        if text[:2] == '="':
            text = QUOTED.sub(r"\1", text)
        if is_null(text):
            return (), False
        names: dict[str, str] = {}
        more = False
        for part in self._parts(text):
            name, key, cut = self._tidied.get(part) or self._tidy(part)
            more = more or cut
            if name:
                names.setdefault(key, name)
        return tuple(names.values()), more

    def _tidy(self, part: str) -> tuple[str, str, bool]:
        name, cut = _tidy(part)
        if self._addressed and (match := _ADDRESSED.match(name)):
            name = match[1]
        if is_null(name):
            name = ""
        key = _same_person(name) if self._people else fold(name)
        found = self._tidied[part] = (name, key, cut)
        return found

    def _parts(self, text: str) -> list[str]:
        if self._one:  # Doe; Jane et al.
            return [text.replace("; ", ", ").replace(";", ", ")]
        if self._commas:
            return text.split(", ") if ", " in text else [text]
        for sign in (self._sign, *_STRONG) if self._sign else ():
            if sign in text:
                parts = re.split(r"[\r\n]+", text) if sign in "\r\n" else text.split(sign)
                if sign != ";;" and ("\n" in text or "\r" in text or "；" in text):
                    parts = [p for part in parts for p in re.split(r"[\r\n]+|；", part)]
                parts = [p for p in _unbroken(parts, sign) if p.strip()]
                if len(parts) > 1:
                    return parts
        return _weakly(text, self._people, self._blanks)


def _unbroken(parts: list[str], sign: str) -> list[str]:
    """No bracket is parted: ``Acme Inc. (CORPORATION; DELAWARE, USA)`` is one name."""
    if not any("(" in p and ")" not in p for p in parts):
        return parts
    whole: list[str] = []
    for part in parts:
        if whole and whole[-1].count("(") > whole[-1].count(")") and ")" in part:
            whole[-1] += sign + part
        else:
            whole.append(part)
    return whole


def _strongest(cells: Iterable[Cell]) -> str:
    """The strongest sign that parts any cell of the column."""
    counts = dict.fromkeys(_STRONG, 0)
    for cell in cells:
        if isinstance(cell, str):
            inner = cell.strip(" ;；|\r\n")
            for sign in _STRONG:
                if sign in inner:
                    counts[sign] += 1
                    break
    for sign in _STRONG:
        if counts[sign]:
            return sign
    return ""


def _weakly(text: str, people: bool, blanks: bool) -> list[str]:
    """Commas and ``and`` part names only where every part is a whole name."""
    if len(text) > 20 * _LONGEST:
        return [text]
    if "、" in text:
        return [q for p in text.split("、") for q in _weakly(p, people, blanks)]
    if is_chinese(text) and re.search("[,，]", text):
        parts = [p.strip() for p in re.split("[,，]", text) if p.strip()]
        if all(_PERSON.fullmatch(_PLAIN_DENG.sub("", p)) or _ORGANISATION.search(p) for p in parts):
            return parts
        return [text]
    if people and is_chinese(text):
        parts = text.split() if blanks else [text]
        if len(parts) > 1 and all(_PERSON.fullmatch(p) and len(p) >= 2 for p in parts):
            return parts
        return [text]
    return _western(text) if people else [text]


def _western(text: str) -> list[str]:
    if not text.isascii() and re.search(r"[぀-ヿ가-힣一-鿿]", text):
        parts = [p.strip() for p in text.split(",")]
        if len(parts) > 1 and all(_KOREAN.fullmatch(p) for p in parts):
            return parts
        return text.split(", ") if ", " in text else [text]
    by_and = [p.strip() for p in _ENGLISH_AND.split(text) if p.strip()]
    parts = [q.strip() for p in by_and for q in p.split(",") if q.strip()]
    if len(parts) > 1 and all(len(p.split()) >= 2 for p in parts):
        return parts
    return by_and if len(by_and) > 1 else [text]


def _tidy(part: str) -> tuple[str, bool]:
    """A name without country and ``et al.``, and whether that was there."""
    text = part.strip().strip(";；|,，、")
    if len(text) > _LONGEST:  # no name; the patterns below look at ends only of what may be one
        return clean(text), False
    text = _ADDRESS.sub("", text)
    if text[-1:] == ")":
        text = _LEGAL_FORM.sub("", text)
    match = _COUNTRY.search(text)
    if match and (match[1] or match[2] or match[3]).upper() in codes():
        text = text[: match.start()]
    cut = bool(_ET_AL.search(text))
    if cut:
        text = _ET_AL.sub("", text)
        match = _COUNTRY.search(text)
        if match and (match[1] or match[2] or match[3]).upper() in codes():
            text = text[: match.start()]
    elif _PLAIN_DENG.search(text) and len(text) > 2:
        text, cut = text[:-1], True
    elif text in ("他", "等", "et al", "et al.", "others"):
        return "", True
    return clean(text), cut


def _same_person(name: str) -> str:
    """宮下 徳彦 and 徳彦 宮下 are one person."""
    folded = fold(name)
    if not folded.isascii() and " " in folded:
        return " ".join(sorted(folded.split()))
    return folded


def split_values(cell: Cell) -> list[str]:
    """The values of a cell of numbers, tags or codes."""
    text = bare_cell(text_of(cell)).strip()
    if is_null(text):
        return []
    parts = re.split(r"[;；|\r\n、]+", text)
    return [p.strip() for p in parts if not is_null(p.strip())]


def classes_of(cell: Cell) -> tuple[str, ...]:
    """IPC, CPC, Locarno and Nice classes in one spelling each."""
    if isinstance(cell, int | float):
        return (str(int(cell)),) if 0 < cell < 100 else ()
    found: dict[str, None] = {}
    for part in split_values(cell):
        if len(part) > _LONGEST:
            continue
        bare = _CLASS_NOISE.sub("", part).strip() or part
        pieces = re.split(r"[,，]\s*(?=[A-HY]?\d{2}|\d{1,2}\b)", bare)
        if not (_IPC.match(bare) and len(pieces) > 1 and pieces[1][:1].isdigit()):
            parts = [q for p in pieces for q in p.split() if p] if _all_nice(bare) else pieces
        else:
            parts = [pieces[0]]
        found.update(dict.fromkeys(_class(p.strip()) for p in parts))
    return tuple(c for c in found if c)


def _all_nice(text: str) -> bool:
    return bool(re.fullmatch(r"(?:\d{1,2}[\s,，]*)+", text))


def _class(text: str) -> str:
    match = _IPC.match(text) or _IPC_PADDED.fullmatch(text)
    if match:
        return f"{match[1]}{match[2]}{match[3]}{match[4]}/{match[5]}"
    match = _LOCARNO.fullmatch(text)
    if match:
        return f"{match[1]}-{match[2]}"
    match = _NICE.fullmatch(text) or _NICE_NAMED.match(text)
    if match:
        return str(int(match[1] or match[2]))
    return clean(text) if text not in ("他",) else ""
