"""Days as lists write them; the order of day and month is decided by the column, never guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from ipdesk.base.i18n import Message, say
from ipdesk.base.text import fold
from ipdesk.core.intake.cells import is_null, text_of
from ipdesk.core.intake.formulas import bare_cell
from ipdesk.core.intake.model import Cell
from ipdesk.core.intake.months import MONTHS


class Order(Enum):
    """What stands first in 07/05/2023 or 07/05/23."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ROC = "roc"  # a year counted from 1912, as in Taiwan; three digits prove it


Orders = frozenset[Order]
ANY_ORDER: Orders = frozenset(Order)
_COUNTED: Orders = frozenset({Order.ROC})


class Written(NamedTuple):
    """A day as read from one cell, before the column has decided what is open."""

    day: date | None = None
    readings: tuple[tuple[Order, date], ...] = ()  # where the order of the parts is open
    two_digits: bool = False
    problem: tuple[str, Message] | None = None


_YEAR_FIRST = re.compile(r"(\d{4})\s?[-./年,\\]\s?(\d{1,2})\s?[-./月,\\]\s?(\d{1,2})\s?日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPACT_LAST = re.compile(r"([0-3]\d)([0-3]\d)((?:19|20)\d\d)")  # 18122014
_NUMERIC = re.compile(r"(\d{1,2})\s?([-./ ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
_DAY_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?[-./ ,]*(?:de |of )?([^\W\d_]{3,10})"
    r"\.?[-./ ,]*(?:de |of )?(\d{4}|\d{2})"
)
_NAME_DAY = re.compile(r"([^\W\d_]{3,10})\.?[-./ ]*(\d{1,2})(?:st|nd|rd|th)?[-./, ]+(\d{4}|\d{2})")
_YEAR_NAME = re.compile(r"(\d{4})[-./ ]+([^\W\d_]{3,10})\.?[-./ ]+(\d{1,2})")
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[mtshr])\.?\s?(\d{1,2}|元)[-./年]\s?(\d{1,2})[-./月]\s?(\d{1,2})日?"
)
_ROC = re.compile(r"(?:民国|民國)\s?(\d{1,3})[-./年]\s?(\d{1,2})[-./月]\s?(\d{1,2})日?")
_ROC_BARE = re.compile(r"(1\d\d)([-./]?)(\d{1,2})\2(\d{1,2})")  # 112/1/5, 1120105
_HAN_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ZEROS = str.maketrans("○零", "〇〇")
_KOREAN = re.compile(r"(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일")
_MONTH_SIGN = re.compile(r"(\d{1,2})[-/ ](\d{1,2})月[-/ ](\d{4}|\d{2})")  # 7-5月-2023, 7-5月-23
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[,.]? +")
_CLOCK = re.compile(
    r"[t ]\s?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\s?(?:[ap]\.?m\.?)?"
    r"\s?(?:z|utc|gmt|[+-]\d{2}:?\d{2})?(?: \w{3,4})?$"
)
_ZONED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:z|[+-]\d{2}:\d{2})")  # days of XML with a zone
_INCOMPLETE = re.compile(r"\d{4}(?:[-./年]\s?\d{1,2}月?|年)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERAS |= {"m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018}
_SEVERAL = re.compile(r"[;；、|\n]+|,\s+|\s+and\s+")
_LONGEST = 400
_REMARKED = re.compile(
    r"(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,2}\.\d{1,2}\.\d{4})[\s,;(（]+(?=[^\W\d])[^\d]*\d{0,3}[)）]?"
)
_ROC_FROM = 38  # two digits of a year counted from 1912: 38 is 1949
_EPOCH = date(1899, 12, 30)
_BEGINNINGS = frozenset({_EPOCH, date(1899, 12, 31), date(1900, 1, 1), date(1970, 1, 1)})
_FIRST_SERIAL, _LAST_SERIAL = 366, 110_000


def read_date(cell: Cell) -> Written:
    """What a cell says of a day; the first of a program's calendar only fills an empty field."""
    found = _read(cell)
    days = (found.day, *(day for _, day in found.readings))
    if _BEGINNINGS.isdisjoint(days):
        return found
    message = say("“{text}” is what programs write for no date; it is left empty.", text=str(cell))
    return Written(problem=("date_blank", message))


def _read(cell: Cell) -> Written:
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    text = bare_cell(cell).strip()
    if is_null(text) or text.casefold() in _NOT_YET:
        return _NOTHING
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _whole(text, int(match[1]), int(match[2]), int(match[3]))
    if len(text) == 8 and (match := _COMPACT.fullmatch(text)):
        return _compact(text, match)
    return _from_text(text)


def _compact(text: str, match: re.Match[str]) -> Written:
    """20141218, or 18122014 where that is no year."""
    found = _day(int(match[1]), int(match[2]), int(match[3]))
    if found and found.year < 2200:
        return Written(found)
    last = _COMPACT_LAST.fullmatch(text)
    return _numeric(text, int(last[1]), int(last[2]), last[3], "") if last else _unread(text)


_NOTHING = Written()
_NOT_YET = frozenset(
    "未发表 未授权 未公布 未公告 未申请 待定 尚未 长期 永久 无期限 不适用 "
    "pending tbd tba open present unknown permanent none".split()
)


def _whole(text: str, year: int, month: int, day: int) -> Written:
    found = _day(year, month, day)
    return Written(found) if found else _unread(text)


def _day(year: int, month: int, day: int) -> date | None:
    if not 1500 <= year <= 2300:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_number(value: float) -> Written:
    """A day that lost its format: yyyymmdd or the days since 1899-12-30."""
    if value == 0:
        return _NOTHING
    written = 15_000_101 <= value <= 23_001_231 or 1_000_101 <= value <= 1_991_231
    if written and value.is_integer():
        return read_date(str(int(value)))
    if _FIRST_SERIAL <= value <= _LAST_SERIAL and not 1800 <= value <= 2200:
        return Written(_EPOCH + timedelta(days=int(value)))
    return _unread(text_of(value))


def _from_text(text: str) -> Written:
    if len(text) > _LONGEST:
        return _unread(text)
    folded = fold(text.removeprefix("=")).strip(" .,;'\"")
    folded = _WEEKDAY.sub("", _CLOCK.sub("", folded)).strip()
    if is_null(folded):
        return _NOTHING
    match = _YEAR_FIRST.fullmatch(folded) or _KOREAN.fullmatch(folded)
    match = match or _COMPACT.fullmatch(folded)
    if match:
        return _whole(text, int(match[1]), int(match[2]), int(match[3]))
    match = _NUMERIC.fullmatch(folded)
    if match:
        return _numeric(text, int(match[1]), int(match[3]), match[4], match[2])
    return _named(text, folded) or _rare(text, folded)


def _numeric(text: str, first: int, second: int, last: str, sign: str) -> Written:
    short = len(last) == 2
    year = int(last) + (2000 if short else 0)
    readings = [(Order.DAY, _day(year, second, first))]
    if sign != ".":  # 07.05.2023 is written day first wherever dots are used
        readings.append((Order.MONTH, _day(year, first, second)))
    if short:
        readings.append((Order.YEAR, _day(2000 + first, second, int(last))))
        if first >= _ROC_FROM:
            readings.append((Order.ROC, _day(1911 + first, second, int(last))))
    found = tuple((order, day) for order, day in readings if day)
    if not found:
        return _unread(text)
    if not short and sign == ".":
        return Written(found[0][1], found)  # and proves that the column writes the day first
    return Written(None, found, short)


def _named(text: str, folded: str) -> Written | None:
    for pattern, places in (
        (_DAY_NAME, (3, 2, 1)),
        (_NAME_DAY, (3, 1, 2)),
        (_YEAR_NAME, (1, 2, 3)),
    ):
        match = pattern.fullmatch(folded)
        if match and match[places[1]] in MONTHS:
            year = match[places[0]]
            short = len(year) == 2
            full = int(year) + (2000 if short else 0)
            found = _day(full, MONTHS[match[places[1]]], int(match[places[2]]))
            return Written(found, two_digits=short) if found else _unread(text)
    return None


def _month_sign(text: str, match: re.Match[str]) -> Written:
    """A Chinese spreadsheet writes the English pattern of days with its own month."""
    short = len(match[3]) == 2
    found = _day(int(match[3]) + (2000 if short else 0), int(match[2]), int(match[1]))
    return Written(found, two_digits=short) if found else _unread(text)


def _in_numerals(folded: str) -> Written | None:
    """二〇二三年一月十五日."""
    match = _HAN_DAY.fullmatch(folded)
    if not match:
        return None
    year = "".join(str("〇一二三四五六七八九".index(c)) for c in match[1].translate(_ZEROS))
    month, day = (_numeral(match[k]) for k in (2, 3))
    return _whole(folded, int(year), month, day)


def _numeral(text: str) -> int:
    """Up to thirty-one: 三, 十, 十五, 二十, 三十一."""
    tens, ten, ones = text.rpartition("十")
    digits = "〇一二三四五六七八九"
    return (digits.index(tens or "一") * 10 if ten else 0) + digits.index(ones or "〇")


def _rare(text: str, folded: str) -> Written:
    spelled = _in_numerals(folded)
    if spelled:
        return spelled
    match = _ZONED.fullmatch(folded)
    if match:
        return read_date(match[1])
    match = _MONTH_SIGN.fullmatch(folded)
    if match:
        return _month_sign(text, match)
    match = _ERA.fullmatch(folded)
    if match:
        year = _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        return _whole(text, year, int(match[3]), int(match[4]))
    match = _ROC.fullmatch(folded)
    if match:
        return _whole(text, int(match[1]) + 1911, int(match[2]), int(match[3]))
    match = _ROC_BARE.fullmatch(folded)
    if match:
        counted = _day(int(match[1]) + 1911, int(match[3]), int(match[4]))
        return Written(None, ((Order.ROC, counted),)) if counted else _unread(text)
    if _SERIAL.fullmatch(folded):
        read = _from_number(float(folded))
        problem = (
            "date_serial",
            say("{text} was taken for the day count of a spreadsheet.", text=text),
        )
        return read._replace(problem=problem) if read.day else read
    if _INCOMPLETE.fullmatch(folded):
        message = say("“{text}” is not a whole date; the day is left empty.", text=text)
        return Written(problem=("date_incomplete", message))
    parts = [p for p in _SEVERAL.split(text) if p.strip()]
    if 1 < len(parts) < 30:
        return _several(text, parts)
    return _with_remark(text, folded) or _unread(text)


def _with_remark(text: str, folded: str) -> Written | None:
    """A whole date with words behind it: 26.09.2025 Bulletin No. 27."""
    match = _REMARKED.fullmatch(folded)
    found = read_date(match[1]).day if match else None
    if found is None:
        return None
    message = say("“{text}” says more than a date; {day} was taken.", text=text[:60], day=found)
    return Written(found, problem=("date_remark", message))


def days_in(cell: Cell) -> tuple[date, ...]:
    """All days of a cell that lists several, in its order."""
    parts = _SEVERAL.split(text_of(cell)[:_LONGEST])
    days = [read_date(p).day for p in parts if p.strip()]
    return tuple(d for d in days if d) if all(days) else ()


def _several(text: str, parts: list[str]) -> Written:
    """Several days in one cell: the earliest counts, and that is said."""
    days = days_in(text)
    if len(days) < len(parts):
        return _unread(text)
    if len(set(days)) == 1:
        return Written(days[0])
    message = say(
        "Several dates stand in this cell; the earliest, {day}, was taken.", day=min(days)
    )
    return Written(min(days), problem=("date_several", message))


def _unread(text: str) -> Written:
    message = say("“{text}” is not a date that can be read; it is left empty.", text=text[:60])
    return Written(problem=("date_unread", message))


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of days decided: by distinct cell the day and what is to be said of it."""

    days: list[date | None]
    problems: dict[int, tuple[str, Message]]
    short: frozenset[int]  # cells whose century is not written
    open: Mapping[int, Mapping[Order, date]] = field(default_factory=dict)  # what stayed open


def orders_of(written: Iterable[Written]) -> Orders:
    """The orders under which every cell of a column is a day; all, where nothing is open."""
    left, counted = ANY_ORDER, False
    for one in written:
        if one.readings:
            left &= {order for order, _ in one.readings}
            counted = counted or [o for o, _ in one.readings] == [Order.ROC]
    return left if counted else left - {Order.ROC}


def decide(written: list[Written], orders: Orders) -> DateColumn:
    """Settle what is open by the orders that are left; what stays open is left empty and said."""
    days: list[date | None] = []
    problems: dict[int, tuple[str, Message]] = {}
    short: set[int] = set()
    left: dict[int, Mapping[Order, date]] = {}
    for index, one in enumerate(written):
        day = one.day
        if one.problem:
            problems[index] = one.problem
        if one.readings:
            options = {d for o, d in one.readings if o in orders} or {
                d for o, d in one.readings if o is not Order.ROC or len(one.readings) == 1
            }
            if len(options) == 1:
                day = options.pop()
            else:
                problems[index] = _ambiguous(sorted(options))
                if not one.two_digits:
                    left[index] = dict(one.readings)
        if one.two_digits and day and orders != _COUNTED:
            short.add(index)
        days.append(day)
    return DateColumn(days, problems, frozenset(short), left)


def earliest_of_several(column: DateColumn) -> DateColumn:
    """The column of priority dates: of several in a cell the earliest is meant, nothing to say."""
    left = {k: p for k, p in column.problems.items() if p[0] != "date_several"}
    return replace(column, problems=left)


def _ambiguous(options: list[date]) -> tuple[str, Message]:
    return (
        "date_ambiguous",
        say(
            "This may be {day} or {other}; nothing in the column tells which, so it is left empty.",
            day=options[0],
            other=options[-1],
        ),
    )


def in_century(day: date, year: int | None, *, expiry: bool = False) -> date:
    """A two-digit year by the list's own year column, else the last century from 1950 on.

    What has happened lies in the last century from 1936 on: 35 is not yet here.
    """
    if year is not None:
        for full in (day.year, day.year - 100):
            if full == year:
                return _moved(day, full)
    return _moved(day, day.year - 100) if day.year >= (2050 if expiry else 2036) else day


def _moved(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def day_first(column: DateColumn) -> DateColumn:
    """What the column left open, day first, as all languages but English write; each is said."""
    days, problems = list(column.days), dict(column.problems)
    for index, options in column.open.items():
        days[index] = day = options[Order.DAY]
        message = say(
            "Day and month could be exchanged; {day} was taken, as the language of the list writes "
            "the day first.",
            day=day,
        )
        problems[index] = ("day_first", message)
    return replace(column, days=days, problems=problems, open={})


def hinted_orders(header: str) -> Orders:
    """The order that a header such as ``Filing date (DD/MM/YYYY)`` gives away."""
    folded = fold(header).replace(" ", "")
    if re.search(r"d{1,2}[-./]m{1,3}[-./]y", folded):
        return frozenset({Order.DAY})
    if re.search(r"m{1,2}[-./]d{1,2}[-./]y", folded):
        return frozenset({Order.MONTH})
    return ANY_ORDER
