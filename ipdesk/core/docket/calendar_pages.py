"""The closing days of one office, year by year, as the files under resources/calendars give them.

A published year is a list copied from a notice. Any other covered year is computed: from the
patterns of the file or, where the file names a library entity, from the ``holidays`` package,
which is loaded only then. A year outside both is not covered and has no page.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Bilingual
from ipdesk.core.docket.calendar_patterns import WEEKDAYS, Pattern, anchor_and_length


class Status(StrEnum):
    """How much is known of the closed days behind a date; the first is the best."""

    OFFICIAL = "official"
    COMPUTED = "computed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"  # of a rule that never rolls


@dataclass(frozen=True, slots=True)
class Page:
    """One year of one office: days closed beside weekends, weekend days that are worked."""

    year: int
    status: Status
    source: Bilingual
    closed: Mapping[date, Bilingual]
    working: Mapping[date, Bilingual] = field(default_factory=dict)
    unverified: frozenset[date] = frozenset()  # closed days that nobody has confirmed

    def is_closed(self, day: date) -> bool:
        """A weekend is closed unless it is a make-up working day."""
        return day in self.closed or (day.isoweekday() > 5 and day not in self.working)


@dataclass(frozen=True, slots=True)
class _Library:
    """Where ``holidays`` keeps the days of an office whose file has no patterns of its own."""

    country: str
    subdivision: str | None
    categories: tuple[str, ...]
    language: str

    def days(self, year: int) -> dict[date, str]:
        import holidays  # 0.1 s, and only for years that no notice covers

        found = holidays.country_holidays(
            self.country,
            subdiv=self.subdivision,
            years=year,
            categories=self.categories,
            language=self.language,
        )
        return {day: name for day, name in found.items() if day.year == year}


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """All years of one office."""

    code: str
    aliases: tuple[str, ...]
    name: Bilingual
    basis: Bilingual
    checked: date
    names: Mapping[str, str]
    published: Mapping[int, Page]
    computed: frozenset[int]
    source: Bilingual  # of the computed years
    patterns: tuple[Pattern, ...]
    always: tuple[Pattern, ...]  # closed in every covered year, published or not
    library: _Library | None
    _pages: dict[int, Page] = field(default_factory=dict, repr=False)

    def years(self) -> list[int]:
        """The covered years in order."""
        return sorted(self.computed | set(self.published))

    def status(self, year: int) -> Status:
        """Whether the days of a year are published, computed or not covered."""
        if year in self.published:
            return Status.OFFICIAL
        return Status.COMPUTED if year in self.computed else Status.UNKNOWN

    def page(self, year: int) -> Page | None:
        """The days of a year; None where the office is not covered."""
        found = self._pages.get(year)
        if found is None and self.status(year) is not Status.UNKNOWN:
            found = self._pages[year] = self._make(year)
        return found

    def _make(self, year: int) -> Page:
        extra = dict(_days_of(self.always, year))
        weak = frozenset(_days_of([p for p in self.always if p.unverified], year))
        printed = self.published.get(year)
        if printed is not None:
            return Page(
                year,
                Status.OFFICIAL,
                printed.source,
                extra | dict(printed.closed),
                printed.working,
                weak - printed.closed.keys(),
            )
        found = dict(_days_of(self.patterns, year))
        if self.library is not None:
            found |= {day: named(name, self.names) for day, name in self.library.days(year).items()}
        return Page(
            year, Status.COMPUTED, self.source, extra | found, unverified=weak - found.keys()
        )


def named(words: str, names: Mapping[str, str]) -> Bilingual:
    """The name of a closed day in both languages; a day may carry several names."""
    parts = words.split("; ")
    plain = [part for part in parts if part in names] or parts
    return Bilingual("; ".join(plain), "、".join(names.get(part, part) for part in plain))


def read_calendars() -> list[OfficeCalendar]:
    """Every calendar that ships with the program."""
    return [read_calendar(path) for path in sorted(asset("calendars").glob("*.toml"))]


def read_calendar(path: Path) -> OfficeCalendar:
    """One office. Raises ValueError or KeyError where the file breaks the form."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    names: dict[str, str] = raw["names"]
    feasts = _feasts(raw.get("festivals", {}))
    computed = raw.get("computed", {})
    return OfficeCalendar(
        code=raw["office"],
        aliases=tuple(raw.get("aliases", ())),
        name=Bilingual(**raw["name"]),
        basis=Bilingual(**raw["basis"]),
        checked=raw["checked"],
        names=names,
        published={
            int(year): _published(int(year), table, names)
            for year, table in raw.get("published", {}).items()
        },
        computed=frozenset(_years(computed.get("years", ()))),
        source=Bilingual(**computed["source"]) if computed else Bilingual("", ""),
        patterns=tuple(_pattern(table, names, feasts) for table in computed.get("closed", ())),
        always=tuple(_pattern(table, names, feasts) for table in raw.get("always", ())),
        library=_library(computed.get("library")),
    )


def _days_of(patterns: tuple[Pattern, ...] | list[Pattern], year: int) -> dict[date, Bilingual]:
    found: dict[date, Bilingual] = {}
    for pattern in patterns:
        for day in pattern.days(year):
            found.setdefault(day, pattern.name)
    return found


def _published(year: int, table: Mapping[str, Any], names: Mapping[str, str]) -> Page:
    if not table["source"]:
        raise ValueError(f"the published year {year} has no source")
    return Page(
        year,
        Status.OFFICIAL,
        Bilingual(table["source"], table["source"]),
        _listed(year, table["closed"], names),
        _listed(year, table.get("open", {}), names),
    )


def _listed(year: int, table: Mapping[str, str], names: Mapping[str, str]) -> dict[date, Bilingual]:
    return {
        day: Bilingual(name, names[name])
        for name, words in table.items()
        for word in words.split()
        for day in _span(year, word)
    }


def _span(year: int, word: str) -> Iterator[date]:
    """``02-15..02-23`` or ``02-15``."""
    first, _, last = word.partition("..")
    day, end = (date.fromisoformat(f"{year}-{part}") for part in (first, last or first))
    while day <= end:
        yield day
        day += timedelta(days=1)


def _years(words: list[str]) -> Iterator[int]:
    for word in words:
        first, _, last = word.partition("..")
        yield from range(int(first), int(last or first) + 1)


def _feasts(table: Mapping[str, Any]) -> dict[tuple[str, int], date]:
    return {
        (feast, int(year)): date.fromisoformat(f"{year}-{word}")
        for year, words in table.items()
        if year != "order"
        for feast, word in zip(table["order"], words.split(), strict=True)
    }


def _pattern(
    table: Mapping[str, Any], names: Mapping[str, str], feasts: Mapping[tuple[str, int], date]
) -> Pattern:
    anchor, length = anchor_and_length(table["when"], feasts)
    start, step = table.get("every", (0, 1))
    return Pattern(
        name=Bilingual(table["name"], names[table["name"]]),
        anchor=anchor,
        length=length,
        first=table.get("from", 0),
        last=table.get("until", 9999),
        every=(start, step),
        moved={WEEKDAYS.index(day): later for day, later in table.get("moved", {}).items()},
        unverified=table.get("unverified", False),
    )


def _library(table: Mapping[str, Any] | None) -> _Library | None:
    if table is None:
        return None
    return _Library(
        country=table["country"],
        subdivision=table.get("subdivision"),
        categories=tuple(table.get("categories", ("public",))),
        language=table["language"],
    )
