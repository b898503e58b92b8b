"""Which field a header means: ``resources/columns.toml`` read once, headers compared folded."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from ipdesk.base.text import fold
from ipdesk.core.intake.people import without_family, without_given
from ipdesk.core.intake.vocabulary import squeezed, vocabulary

DATES = frozenset(
    """filing_date publication_date grant_date priority_date expiry_date exam_date
    exam_request_date entry_date prelim_publication_date first_publication_date completion_date
    lapse_date status_date next_due notice_date publication_or_grant_date""".split()
)
NUMBERS = frozenset(
    """application_number publication_number grant_publication_number grant_number
    pct_application_number pct_publication_number""".split()
)
OWN_NUMBERS = NUMBERS - {"pct_application_number", "pct_publication_number"}
NAMED = frozenset({"mark", "software", "domain"})
ASIDE = frozenset({"", "ignored", "row_number"})
_BOTH_DATES = "publication_or_grant_date"

# what turns "applicant" into something else than the applicant
_QUALIFIERS = re.compile(
    r"地址|数量|个数|次数|总数|国籍|邮编|电话|邮箱|人数|代码|占比|比例|链接|图|页|身份证|信用代码|类型$|"
    r"州|省|地市|区县|城市|"
    r"address|count|number of|size|url|city|state|zip|email|phone|type|status of|"
    r"code|score|link|sequence|id$|住所|番地|주소|anzahl|adresse"
)
# 출원번호(일자), Application number (date): the day that belongs to a number
_DAY_OF = {
    "application_number": "filing_date",
    "publication_number": "publication_date",
    "grant_publication_number": "grant_date",
    "grant_number": "grant_date",
}
_DAY_WORDS = frozenset("일자 날짜 date datum fecha data 日期 日 日付".split())
_NUMBER_SIGN = re.compile(r"(?<=[a-z.])\s*#", re.IGNORECASE)
_LATIN_PART = re.compile(r"[A-Za-z][A-Za-z0-9 .&'()/#-]*")
_PEOPLE = frozenset({"inventors", "applicants", "owners", "attorneys"})
_EACH = _PEOPLE | {"classes", "priorities", "priority_date", "priority_office"}
_COUNT_BEHIND = re.compile(r"\s*[#(（]?\d{1,2}[)）]?\s*$")
_PATENT = re.compile(r"patent|专利", re.IGNORECASE)
_NAME_OF = re.compile(r"\s*names? of (?:the )?", re.IGNORECASE)
_LONGEST = 120
_FUZZY_FROM = 5


class Meaning(NamedTuple):
    """The field of a header (empty: unknown) and whether there is any doubt."""

    field: str
    sure: bool


NOTHING = Meaning("", False)


@dataclass(frozen=True, slots=True)
class Vendor:
    """A source whose lists are known by their headers."""

    id: str
    name: str
    signs: frozenset[str]
    needs: int
    any_of: frozenset[str]
    also: frozenset[str]  # as any_of, for what must stand beside them
    columns: Mapping[str, str]
    split: Mapping[str, str]
    office: str

    def fit(self, keys: frozenset[str]) -> int:
        """How many signs are there; 0 when too few."""
        found = len(self.signs & keys)
        for needed in (self.any_of, self.also):
            if needed and not needed & keys:
                return 0
        return found if found >= self.needs else 0


GENERAL = Vendor("sheet", "", frozenset(), 0, frozenset(), frozenset(), {}, {}, "")


@dataclass(frozen=True, slots=True)
class Words:
    """All that ``columns.toml`` says."""

    fields: Mapping[str, str]  # folded header → field
    weak: frozenset[str]
    coarse: frozenset[str]  # headers that give way to a finer one of their field
    renewal: frozenset[str]  # days that end marks and domains, and are due for patents
    others: Mapping[str, frozenset[str]]  # kinds of tables that are none of ours → headers
    vendors: tuple[Vendor, ...]


def header_key(header: str) -> str:
    """A header without blanks, signs, case and accents; PatSnap's ``[标]`` is dropped."""
    text = header.strip()
    if text.startswith(("[标]", "【标】")):
        text = text[3:]
    if "#" in text:  # Patent # is Patent no
        text = _NUMBER_SIGN.sub(" no", text)
    return squeezed(text) or ("#" if "#" in text else "")


@cache
def words() -> Words:
    """The synonyms table, folded."""
    stored = vocabulary()
    fields: dict[str, str] = {}
    marked: dict[str, set[str]] = {"weak": set(), "coarse": set(), "renewal": set()}
    for field, languages in stored["fields"].items():
        fields.setdefault(squeezed(field), field)
        for language, names in languages.items():
            for name in names:
                fields.setdefault(header_key(name), field)
                if language in marked:
                    marked[language].add(header_key(name))
    others = {k: frozenset(map(header_key, v["words"])) for k, v in stored["other_tables"].items()}
    vendors = tuple(_vendor(k, v) for k, v in stored["vendors"].items())
    weak, coarse, renewal = (frozenset(marked[m]) for m in ("weak", "coarse", "renewal"))
    return Words(fields, weak, coarse, renewal, others, vendors)


def _vendor(key: str, stored: dict[str, Any]) -> Vendor:
    def listed(name: str) -> list[str]:
        return list(stored.get(name, ()))

    def paired(name: str) -> dict[str, str]:
        return dict(stored.get(name, {}))

    return Vendor(
        key,
        str(stored["name"]),
        frozenset(map(header_key, listed("signs"))),
        int(str(stored["needs"])),
        frozenset(map(header_key, listed("any"))),
        frozenset(map(header_key, listed("also"))),
        {header_key(k): v for k, v in paired("columns").items()},
        paired("split"),
        str(stored.get("office", "")),
    )


def vendor_of(headers: Sequence[str]) -> Vendor:
    """The source that these headers give away, the general one if none."""
    keys = frozenset(map(header_key, headers))
    best = max(words().vendors, key=lambda v: v.fit(keys) / max(v.needs, 1))
    return best if best.fit(keys) else GENERAL


def vendor_named(name: str) -> Vendor | None:
    """A source by its id, as ``--format`` names it."""
    if name == GENERAL.id:
        return GENERAL
    return next((v for v in words().vendors if v.id == name), None)


def other_kind(headers: Sequence[str]) -> str:
    """``scholarly``, ``fees`` or ``survey`` when two headers say that the table is none of ours."""
    keys = frozenset(map(header_key, headers))
    counts = {kind: len(signs & keys) for kind, signs in words().others.items()}
    kind = max(counts, key=lambda k: counts[k])
    return kind if counts[kind] >= 2 else ""


def meaning_of(header: str, vendor: Vendor = GENERAL) -> Meaning:
    """The field that a header means; exact words are sure, everything else is not."""
    key = header_key(header)
    if not key:
        return NOTHING
    if key in vendor.columns:
        return Meaning(vendor.columns[key], True)
    found = meaning_in_words(header)
    if found.field or len(header) > _LONGEST:
        return found
    return _similar(header) or NOTHING


@lru_cache(maxsize=4096)
def meaning_in_words(header: str) -> Meaning:
    """The field of a header by its words, without looking for misspellings."""
    exact = _exact(header)
    if exact.field:
        return exact
    if len(header) > _LONGEST:
        return NOTHING
    return (
        _of_lines(header)
        or _of_two_languages(header)
        or _of_a_record(header)
        or _of_a_person(header)
        or _counted(header)
        or _without_brackets(header)
        or _of_parts(header)
        or NOTHING
    )


def exact_field(header: str) -> str:
    """The field of a header that stands in the table word for word."""
    return _exact(header).field


def _exact(header: str) -> Meaning:
    key = header_key(header)
    known = words()
    field = known.fields.get(key, "")
    if not field:
        bare = re.sub(r"^\d{1,2}(?=\D)", "", key)
        field = known.fields.get(bare, "") if bare != key else ""
    return Meaning(field, key not in known.weak) if field else NOTHING


def _of_lines(header: str) -> Meaning | None:
    """出願日⏎公知日⏎登録日: one cell, several dates."""
    lines = [x for x in re.split(r"[\r\n]+", header.strip()) if x.strip()]
    if len(lines) < 2:
        return None
    joined = _exact("".join(lines))
    if joined.field:
        return joined
    fields = [_exact(x).field for x in lines]
    known = [f for f in fields if f]
    once = len(set(fields)) == 1  # 申请日⏎Filing date: one day in two languages
    if (not once and all(f in DATES for f in fields)) or _number_and_day(fields):
        return Meaning("+".join(fields), True)
    if known and len(set(known)) == 1:
        return Meaning(known[0], len(known) == len(lines))
    return Meaning(known[0], False) if known else None


def _number_and_day(fields: Sequence[str]) -> bool:
    """申请号/申请日: one column that holds a number and its day."""
    return len(fields) == 2 and fields[0] in NUMBERS and fields[1] in DATES


def _of_two_languages(header: str) -> Meaning | None:
    """申请号 Application No.: both halves must mean the same."""
    latin = _LATIN_PART.findall(header)
    if not latin or header.isascii():
        return None
    other = _LATIN_PART.sub(" ", header)
    first, second = _exact(" ".join(latin)).field, _exact(other).field
    if first and first == second:
        return Meaning(first, True)
    if {first, second} == {"applicants", "owners"}:  # 专利权人 Patentee
        return Meaning("owners", True)
    if second and not first and not _QUALIFIERS.search(fold(" ".join(latin))):
        return Meaning(second, False)
    return None


def _of_a_record(header: str) -> Meaning | None:
    """Matter: Docket Number: programs write the record before the field; Name of inventors."""
    record, sign, field = header.rpartition(":")
    if not sign and (named := _NAME_OF.match(header)):
        sign, record, field = ":", "", header[named.end() :]
    found = _exact(field) if sign and len(record.split()) <= 3 else NOTHING
    return found if found.field else None


def _of_a_person(header: str) -> Meaning | None:
    """Inventor 1 Last Name; the first names beside it are read with it."""
    family, given = without_family(header), without_given(header)
    named = _exact(family or given or "").field
    if named not in _PEOPLE:
        named = _exact((family or given).rstrip(" 0123456789")).field
    if named not in _PEOPLE:
        return None
    return Meaning(named if family else "ignored", True)


def _counted(header: str) -> Meaning | None:
    """IPC 1, Priority No. 2: one column for each of several."""
    bare = _COUNT_BEHIND.sub("", header)
    field = _exact(bare).field if bare != header else ""
    return Meaning(field, True) if field in _EACH else None


def _without_brackets(header: str) -> Meaning | None:
    """Filing date (DD/MM/YYYY), 申请人（中文）."""
    outside = re.sub(r"[(（\[【<][^()（）\[\]【】<>]*[)）\]】>]", " ", header)
    if outside == header or not header_key(outside):
        return None
    inside = fold(header).replace(fold(outside).strip(), " ")
    if _QUALIFIERS.search(inside) and not re.search(r"[dmy]{2,4}[-./]", inside):
        return None
    found = _exact(outside)
    bracketed = re.sub(r"[()（）\[\]【】<>]", "", inside)
    day = _exact(bracketed).field if found.field else ""
    if found.field in _DAY_OF and squeezed(bracketed) in _DAY_WORDS:
        day = _DAY_OF[found.field]
    if _number_and_day([found.field, day]):
        return Meaning(f"{found.field}+{day}", True)
    plain = re.search(r"[dmy]{1,4}[-./][dmy]{1,3}", inside) is not None
    return Meaning(found.field, plain) if found.field else None


def _of_parts(header: str) -> Meaning | None:
    """公布号/授权公告号, Owner / Applicant: alternatives of one meaning, or the first of two."""
    parts = [p for p in re.split(r"[/／|、,，;；&+]| or | and |或|及|和", header) if p.strip()]
    if len(parts) < 2:
        return None
    fields = [_exact(p).field for p in parts]
    known = [f for f in fields if f and f not in ASIDE]
    if not known:
        return None
    if len(parts) == 2 and fields[0] in _DAY_OF and squeezed(parts[1]) in _DAY_WORDS:
        fields[1] = _DAY_OF[fields[0]]  # Appl. No. / Date
    if _number_and_day(fields):
        return Meaning("+".join(fields), True)
    if set(known) == {"publication_date", "grant_date"}:
        return Meaning(_BOTH_DATES, len(known) == len(parts))
    if len(set(known)) == 1:
        return Meaning(known[0], len(known) == len(parts))
    if "application_number" in known and set(known) <= OWN_NUMBERS and _PATENT.search(header):
        return Meaning("application_number", False)  # each number tells which it is
    return Meaning(known[0], False)


@lru_cache(maxsize=1024)
def _similar(header: str) -> Meaning | None:
    """Misspelled or decorated headers; always asked back."""
    key = header_key(header)
    if len(key) < 3 or _QUALIFIERS.search(fold(header)):
        return None
    known = words().fields
    if not key.isascii():
        inside = [k for k in known if len(k) >= 3 and not k.isascii() and k in key]
        best = max(inside, key=len, default="")
        field = known.get(best, "")
        return Meaning(field, False) if len(best) * 2 > len(key) and field not in ASIDE else None
    if len(key) < _FUZZY_FROM:
        return None
    choices = [k for k in known if k.isascii() and len(k) >= _FUZZY_FROM]
    match = process.extractOne(key, choices, scorer=fuzz.ratio, score_cutoff=88)
    if match is None or known[match[0]] in ASIDE:
        return None
    return Meaning(known[match[0]], False)
