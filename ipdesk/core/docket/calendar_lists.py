"""Closing days that a user brings along: a plain list, an .ics file, a notice of the State Council.

A plain list has a line a day or a range, with a note after it:

    2027-02-05..2027-02-11  Spring Festival
    2027年2月20日 补班
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message, say
from ipdesk.base.text import clean

_LONGEST_RANGE = 31
_DAY = (
    r"(?:(?P<y{0}>\d{{4}})\s*[-/.年]\s*(?P<m{0}>\d{{1,2}})\s*[-/.月]\s*(?P<d{0}>\d{{1,2}})日?"
    r"|(?P<c{0}>(?:19|20)\d{{6}})(?!\d)"
    r"|(?P<g{0}>\d{{1,2}}\.\d{{1,2}}\.\d{{4}}))"
)
_WEEKDAY = r"(?:\s*[(（][^)）]*[)）])?"
_ENTRY = re.compile(
    r"(?<![\d])" + _DAY.format(1) + _WEEKDAY + r"(?:\s*(?:\.\.+|[-–—~～至到]+|to)\s*"
    r"(?=\d)" + _DAY.format(2) + _WEEKDAY + r")?",
    re.IGNORECASE,
)
_WORKED = re.compile(r"补班|上班|make-?up|working day|work day|workday", re.IGNORECASE)

_TITLE = re.compile(r"(20\d\d)年部分节假日")
_ITEM = re.compile(r"[一二三四五六七八九十]+、\s*([^：:\n]{2,20})[：:]\s*([^\n]+)")
_MONTH_DAY = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日" + _WEEKDAY + r"(?:至"
    r"(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日)?"
)


@dataclass(frozen=True, slots=True)
class ListedDay:
    """One day of a list: closed, or a weekend day that is worked."""

    day: date
    note: str = ""
    working: bool = False


@dataclass(frozen=True, slots=True)
class DayList:
    """What a list says, in order of the day, and what in it could not be read."""

    days: tuple[ListedDay, ...]
    problems: tuple[Message, ...] = ()
    complete: int | None = None  # the year whose whole list this is, where the text says so

    def closed(self) -> tuple[date, ...]:
        """The closing days."""
        return tuple(listed.day for listed in self.days if not listed.working)

    def working(self) -> tuple[date, ...]:
        """The weekend days that are worked."""
        return tuple(listed.day for listed in self.days if listed.working)


def read_day_list(content: str | bytes) -> DayList:
    """The closing days in a text or an .ics file.

    Raises Refused when a calendar file cannot be read or no day at all is found.
    """
    text = content if isinstance(content, str) else _decoded(content)
    if "BEGIN:VCALENDAR" in text[:2000].upper():
        found = _from_calendar_file(text)
    elif _TITLE.search(text) and _ITEM.search(text):
        found = _from_notice(text)
    else:
        found = _from_lines(text)
    if not found.days:
        raise Refused(
            say("No closing day was found. Write a day a line, such as 2027-02-05 Spring Festival.")
        )
    return found


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _in_order(
    days: Iterable[ListedDay], problems: Iterable[Message], complete: int | None = None
) -> DayList:
    """The first mention of a day counts."""
    first: dict[date, ListedDay] = {}
    for listed in days:
        first.setdefault(listed.day, listed)
    return DayList(tuple(first[day] for day in sorted(first)), tuple(problems), complete)


def _range(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


# ---- a plain list


def _from_lines(text: str) -> DayList:
    days: list[ListedDay] = []
    problems: list[Message] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = clean(raw.partition("#")[0])
        if not line:
            continue
        try:
            days += _from_line(line)
        except ValueError:
            problems.append(say("Line {line} was not understood: {text}", line=number, text=line))
    return _in_order(days, problems)


def _from_line(line: str) -> list[ListedDay]:
    note = clean(_ENTRY.sub(" ", line)).strip(" ,;:，；：、\t\"'|")
    days: list[ListedDay] = []
    for found in _ENTRY.finditer(line):
        first = _day(found, "1")
        last = _day(found, "2") or first
        if first is None or last is None or not 0 <= (last - first).days < _LONGEST_RANGE:
            raise ValueError(line)
        worked = bool(_WORKED.search(note))
        days += [ListedDay(day, note, worked) for day in _range(first, last)]
    if not days:
        raise ValueError(line)
    return days


def _day(found: re.Match[str], which: str) -> date | None:
    if compact := found[f"c{which}"]:
        return datetime.strptime(compact, "%Y%m%d").date()
    if german := found[f"g{which}"]:
        return datetime.strptime(german, "%d.%m.%Y").date()
    if found[f"y{which}"] is None:
        return None
    return date(int(found[f"y{which}"]), int(found[f"m{which}"]), int(found[f"d{which}"]))


# ---- a notice of the General Office of the State Council


def _from_notice(text: str) -> DayList:
    title = _TITLE.search(text)
    assert title is not None  # the caller looked
    year = int(title[1])
    days: list[ListedDay] = []
    problems: list[Message] = []
    for name, words in _ITEM.findall(text):
        for clause in re.split(r"[。；;]|，(?=\d+月\d+日[^，。]*(?:补休|上班))", words):
            try:
                days += _from_clause(year, clean(name), clause)
            except ValueError:
                problems.append(say("This was not understood: {text}", text=clean(clause)))
    return _in_order(days, problems, year)


def _from_clause(year: int, name: str, clause: str) -> Iterator[ListedDay]:
    worked = "上班" in clause
    spans = list(_MONTH_DAY.finditer(clause))
    if not spans:
        return
    if "调至" in clause or not (worked or "放假" in clause or "休" in clause):
        raise ValueError(clause)
    for span in spans:
        first = date(int(span[1] or year), int(span[2]), int(span[3]))
        last = first
        if span[6]:
            last = date(int(span[4] or first.year), int(span[5] or first.month), int(span[6]))
        if not 0 <= (last - first).days < _LONGEST_RANGE:
            raise ValueError(clause)
        yield from (ListedDay(day, name, worked) for day in _range(first, last))


# ---- a calendar file


def _from_calendar_file(text: str) -> DayList:
    from icalendar import Calendar  # 0.1 s, and only when a user brings such a file

    try:
        events = list(Calendar.from_ical(text).walk("VEVENT"))
    except (ValueError, KeyError, IndexError) as error:
        raise Refused(say("The calendar file cannot be read: it is damaged.")) from error
    days: list[ListedDay] = []
    problems: list[Message] = []
    for event in events:
        summary = clean(str(event.get("SUMMARY", "")))
        if event.get("STATUS") == "CANCELLED":
            continue
        start = event.get("DTSTART")
        if start is None or event.get("RRULE") is not None:
            problems.append(say("Left out, because it repeats or has no day: {text}", text=summary))
            continue
        first = _date_of(start.dt)
        end = event.get("DTEND")
        last = _last_day(first, end.dt) if end is not None else first
        if (last - first).days >= _LONGEST_RANGE:
            problems.append(say("Left out, because it is too long: {text}", text=summary))
            continue
        worked = bool(_WORKED.search(summary))
        days += [ListedDay(day, summary, worked) for day in _range(first, last)]
    return _in_order(days, problems)


def _date_of(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _last_day(first: date, end: date | datetime) -> date:
    """The end of an all-day event is the day after it."""
    if isinstance(end, datetime):
        return max(first, (end - timedelta(microseconds=1)).date())
    return max(first, end - timedelta(days=1))
