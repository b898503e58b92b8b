"""When an office is open: the next open day, why days were skipped, and how far that is known.

A deadline that falls on a closed day moves to the next open day of the office where the act is
done. Every answer says whether the closed days behind it were published or only computed; an
office or a year that is not covered leaves the day as it is. Days that the company added itself
count like any other closed day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.calendar_pages import OfficeCalendar, Page, Status, read_calendars
from ipdesk.core.portfolio.offices import offices

__all__ = ["Calendars", "Closing", "Coverage", "MissingYear", "Opening", "Status"]

_T = TypeVar("_T")
_OWN = Bilingual("closing day added by your company", "本公司添加的休息日")
_OWN_LIST = Bilingual("list entered by your company", "本公司录入的清单")
_NO_NAME = Bilingual("", "")
_WEEKEND = Bilingual("weekend", "周末")
_ONE_DAY = timedelta(days=1)
_LONGEST_BREAK = 60  # a list that closes an office for longer is wrong


@dataclass(frozen=True, slots=True)
class Opening:
    """The first open day from a day on, how sure that is, and why days between were skipped."""

    day: date
    status: Status
    reasons: tuple[Message, ...] = ()
    office: Bilingual = _NO_NAME  # the short name of the office whose days count


@dataclass(frozen=True, slots=True)
class Closing:
    """A day that is not as its weekday says: a closed day, or a weekend day that is worked."""

    day: date
    name: Bilingual
    working: bool = False
    own: bool = False  # added by the company
    unverified: bool = False


class Coverage(NamedTuple):
    """What is known of one year of an office."""

    year: int
    status: Status
    source: Bilingual


@dataclass(frozen=True, slots=True)
class MissingYear:
    """A coming year whose list of closed days is not published here yet."""

    office: str
    name: Bilingual
    year: int
    status: Status


class Calendars:
    """The closed days of all offices. Answers are kept, so that asking again costs nothing."""

    def __init__(
        self,
        offices: Iterable[OfficeCalendar],
        extra: Mapping[str, Iterable[date]] | None = None,
        working: Mapping[str, Iterable[date]] | None = None,
        complete: Mapping[str, Iterable[int]] | None = None,
    ) -> None:
        known = list(offices)
        self._codes = {
            word: office.code for office in known for word in (office.code, *office.aliases)
        }
        self._calendars = {office.code: office for office in known}
        self._own = {code: frozenset(days) for code, days in self._by_code(extra).items()}
        self._working = {code: frozenset(days) for code, days in self._by_code(working).items()}
        self._complete = {code: frozenset(days) for code, days in self._by_code(complete).items()}
        self._pages: dict[tuple[str, int], Page | None] = {}
        self._answers: dict[str, dict[date, Opening]] = {}

    @classmethod
    def load(
        cls,
        extra: Mapping[str, Iterable[date]] | None = None,
        *,
        working: Mapping[str, Iterable[date]] | None = None,
        complete: Mapping[str, Iterable[int]] | None = None,
    ) -> "Calendars":
        """The calendars that ship with the program, with what the company adds by office.

        *extra* are closing days, *working* weekend days that are worked, *complete* the years for
        which the company has entered the whole published list: that list then takes the place of
        a computed year.
        """
        return cls(read_calendars(), extra, working, complete)

    def added(self) -> tuple[Any, ...]:
        """What the company added to the calendars that ship with the program."""
        return self._own, self._working, self._complete

    def next_open(self, office: str, day: date) -> Opening:
        """The day itself or the next open one; the day itself where no calendar is known."""
        answers = self._answers.get(office)
        if answers is None:
            code = self._codes.get(office, office)
            answers = self._answers[office] = self._answers.setdefault(code, {})
        found = answers.get(day)
        if found is None:
            found = answers[day] = self._find(self._codes.get(office, office), day)
        return found

    def is_open(self, office: str, day: date) -> bool:
        """False on a day known to be closed; an office without a calendar counts as open."""
        code = self._codes.get(office, office)
        page = self._page(code, day.year)
        if page is None:
            return day not in self._own.get(code, ())
        return not page.is_closed(day)

    def status(self, office: str, year: int) -> Status:
        """Whether the closed days of a year are published, computed or not known."""
        code = self._codes.get(office, office)
        calendar = self._calendars.get(code)
        if calendar is None:
            return Status.UNKNOWN
        if year in self._complete.get(code, ()):
            return Status.OFFICIAL
        return calendar.status(year)

    def offices(self) -> tuple[str, ...]:
        """The offices with a calendar; the International Bureau is IB (WO means the same)."""
        return tuple(sorted(self._calendars))

    def name(self, office: str) -> Bilingual:
        """The short name of an office; its country's name where it has no calendar."""
        calendar = self._calendars.get(self._codes.get(office, office))
        if calendar is not None:
            return calendar.name
        known = offices().get(office)
        return known.name if known else Bilingual(office, office)

    def basis(self, office: str) -> Bilingual:
        """The provisions that say which days count as closed; empty without a calendar."""
        calendar = self._calendars.get(self._codes.get(office, office))
        return calendar.basis if calendar else Bilingual("", "")

    def covered(self, office: str) -> list[Coverage]:
        """Every covered year with its status and source, oldest first."""
        code = self._codes.get(office, office)
        calendar = self._calendars.get(code)
        if calendar is None:
            return []
        return [
            Coverage(year, self.status(code, year), self._source(calendar, year))
            for year in calendar.years()
        ]

    def closings(self, office: str, year: int) -> tuple[Closing, ...]:
        """The named closed days and the make-up working days of a year, in order of the day."""
        code = self._codes.get(office, office)
        page = self._page(code, year)
        own = self._own.get(code, frozenset())
        if page is None:
            return tuple(Closing(day, _OWN, own=True) for day in sorted(own) if day.year == year)
        closed = [
            Closing(day, name, own=day in own, unverified=day in page.unverified)
            for day, name in page.closed.items()
        ]
        added = self._working.get(code, frozenset())
        worked = [
            Closing(day, name, working=True, own=day in added) for day, name in page.working.items()
        ]
        return tuple(sorted((*closed, *worked), key=lambda closing: closing.day))

    def missing_years(self, today: date) -> list[MissingYear]:
        """The offices whose list for the coming year is not published here: ask for the notice."""
        year = today.year + 1
        return [
            MissingYear(code, self._calendars[code].name, year, self.status(code, year))
            for code in self.offices()
            if self.status(code, year) is not Status.OFFICIAL
        ]

    # ---- how an answer is found

    def _by_code(self, given: Mapping[str, Iterable[_T]] | None) -> dict[str, list[_T]]:
        found: dict[str, list[_T]] = {}
        for office, values in (given or {}).items():
            found.setdefault(self._codes.get(office, office), []).extend(values)
        return found

    def _source(self, calendar: OfficeCalendar, year: int) -> Bilingual:
        page = calendar.published.get(year)
        if page is not None:
            return page.source
        own = year in self._complete.get(calendar.code, ())
        return _OWN_LIST if own else calendar.source

    def _page(self, code: str, year: int) -> Page | None:
        key = (code, year)
        if key not in self._pages:
            calendar = self._calendars.get(code)
            self._pages[key] = self._with_own(calendar, year) if calendar else None
        return self._pages[key]

    def _with_own(self, calendar: OfficeCalendar, year: int) -> Page | None:
        """The page of a year with the company's own days laid over it."""
        code = calendar.code
        page = calendar.page(year)
        closed = {d: _OWN for d in self._own.get(code, ()) if d.year == year}
        worked = {d: _OWN for d in self._working.get(code, ()) if d.year == year}
        if year in self._complete.get(code, ()) and year not in calendar.published:
            return Page(year, Status.OFFICIAL, _OWN_LIST, closed, worked)
        if page is None or not (closed or worked):
            return page
        kept = {day: name for day, name in page.closed.items() if day not in worked}
        return Page(
            year,
            page.status,
            page.source,
            closed | kept,
            {d: n for d, n in (worked | dict(page.working)).items() if d not in closed},
            page.unverified - closed.keys(),
        )

    def _find(self, code: str, raw: date) -> Opening:
        day = raw
        own = self._own.get(code, frozenset())
        weak = False
        pages: dict[int, Page] = {}
        for _ in range(_LONGEST_BREAK):
            page = pages.get(day.year) or self._page(code, day.year)
            if page is None:
                return self._unknown(code, raw, own)
            pages[day.year] = page
            if not page.is_closed(day):
                break
            weak = weak or day in page.unverified
            day += _ONE_DAY
        else:
            return Opening(raw, Status.UNKNOWN, (self._endless(code, raw),), self.name(code))
        official = not weak and all(p.status is Status.OFFICIAL for p in pages.values())
        status = Status.OFFICIAL if official else Status.COMPUTED
        return Opening(day, status, tuple(self._why(code, raw, day, pages)), self.name(code))

    def _unknown(self, code: str, raw: date, own: frozenset[date]) -> Opening:
        """Only days that the company named are skipped; nothing else is guessed."""
        day, reasons = raw, []
        while day in own:
            reasons.append(_closed(self.name(code), day, day, _OWN))
            day += _ONE_DAY
        if code in self._calendars:
            sentence = say(
                "No closed days of {office} are known for {year}: check whether it is open.",
                office=self.name(code),
                year=day.year,
            )
        else:
            sentence = say(
                "No calendar of the office of {office} is known, so the day is not moved: check"
                " whether it is open.",
                office=self.name(code),
            )
        return Opening(day, Status.UNKNOWN, (*reasons, sentence), self.name(code))

    def _endless(self, code: str, raw: date) -> Message:
        return say(
            "{office} would be closed for {days} days from {day}: check your list of closing days.",
            office=self.name(code),
            days=_LONGEST_BREAK,
            day=raw,
        )

    def _why(self, code: str, raw: date, day: date, pages: Mapping[int, Page]) -> Iterator[Message]:
        office = self.name(code)
        for first, last, name, unverified in _runs(raw, day, pages):
            yield _closed(office, first, last, name, unverified)
        occasion = pages[day.year].working.get(day)
        if occasion is not None:
            yield say(
                "{day} is a make-up working day ({name}): {office} is open.",
                day=day,
                name=occasion,
                office=office,
            )
        alike: dict[tuple[Status, Bilingual], list[int]] = {}
        for year, page in sorted(pages.items()):
            alike.setdefault((page.status, page.source), []).append(year)
        for (status, source), years in alike.items():
            yield _status_sentence(office, "–".join(map(str, years)), status, source)


def _runs(
    raw: date, day: date, pages: Mapping[int, Page]
) -> Iterator[tuple[date, date, Bilingual, bool]]:
    """The skipped days, days of one name together: first, last, name, unverified."""
    run: tuple[date, date, Bilingual, bool] | None = None
    skipped = raw
    while skipped < day:
        page = pages[skipped.year]
        label = (page.closed.get(skipped, _WEEKEND), skipped in page.unverified)
        if run is not None and label == run[2:]:
            run = (run[0], skipped, *label)
        else:
            if run is not None:
                yield run
            run = (skipped, skipped, *label)
        skipped += _ONE_DAY
    if run is not None:
        yield run


def _closed(
    office: Bilingual, first: date, last: date, name: Bilingual, unverified: bool = False
) -> Message:
    if unverified:
        return say(
            "{office} is taken to be closed on {day} ({name}); unverified.",
            office=office,
            day=first,
            name=name,
        )
    if first == last:
        return say("{office} is closed on {day}: {name}.", office=office, day=first, name=name)
    return say(
        "{office} is closed from {first} to {last}: {name}.",
        office=office,
        first=first,
        last=last,
        name=name,
    )


def _status_sentence(office: Bilingual, year: str, status: Status, source: Bilingual) -> Message:
    if status is Status.OFFICIAL:
        return say(
            "The closed days of {office} in {year} are published ({source}).",
            office=office,
            year=year,
            source=source,
        )
    return say(
        "The closed days of {office} in {year} are computed, not published ({source}): "
        "the date may still change.",
        office=office,
        year=year,
        source=source,
    )
