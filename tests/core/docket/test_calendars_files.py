"""The calendar files: complete, named in both languages, and the same as independent sources."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest

from ipdesk.core.docket.calendar_lists import read_day_list
from ipdesk.core.docket.calendar_pages import OfficeCalendar, Status, read_calendars
from ipdesk.core.docket.calendar_patterns import anchor_and_length
from tests.seed_calendars import closings

FILES = {calendar.code: calendar for calendar in read_calendars()}
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "china_holidayCal.ics"
PUBLISHED = {
    "CN": range(2004, 2027),
    "US": range(2005, 2028),
    "JP": range(2005, 2028),
    "GB": range(2005, 2028),
    "KR": range(2005, 2028),
    "HK": range(2005, 2028),
    "EP": (2015, 2020),
    "IB": (2017, 2019),
    "CA": (),
    "DE": (),
    "TW": (),
}
COMPARED = [
    (office, year)
    for office, years in PUBLISHED.items()
    if office not in ("EP", "IB")
    for year in years
]


def open_days(calendar: OfficeCalendar, year: int) -> set[date]:
    page = calendar.page(year)
    assert page is not None
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return {day for day in days if day.year == year and not page.is_closed(day)}


def test_every_office_has_its_published_years_and_no_others() -> None:
    assert {code: sorted(file.published) for code, file in FILES.items()} == {
        code: sorted(years) for code, years in PUBLISHED.items()
    }


@pytest.mark.parametrize("code", sorted(FILES))
def test_years_are_covered_without_a_gap_and_never_both_ways(code: str) -> None:
    years = FILES[code].years()
    assert years == list(range(years[0], years[-1] + 1))
    assert years[0] <= 2000
    assert years[-1] >= 2060
    assert not FILES[code].computed & set(FILES[code].published)


@pytest.mark.parametrize("code", sorted(FILES))
def test_a_calendar_says_its_source_and_names_its_days_in_both_languages(code: str) -> None:
    calendar = FILES[code]
    assert re.search("[一-鿿]", calendar.basis.zh)
    assert not re.search("[一-鿿]", calendar.basis.en)
    assert calendar.name.zh
    assert calendar.source.en
    assert calendar.source.zh
    for year in range(2000, 2041):
        page = calendar.page(year)
        assert page is not None
        assert page.source.en
        for name in (*page.closed.values(), *page.working.values()):
            assert name.zh != name.en, name


@pytest.mark.parametrize("code", sorted(FILES))
def test_a_listed_working_day_is_a_weekend_day(code: str) -> None:
    for page in FILES[code].published.values():
        assert all(day.isoweekday() > 5 for day in page.working)
        assert not page.working.keys() & page.closed.keys()


@pytest.mark.parametrize(("code", "year"), COMPARED)
def test_a_published_year_agrees_with_the_libraries(code: str, year: int) -> None:
    closed, worked = closings(code, year)
    page = FILES[code].published[year]
    weekdays = {day for day in page.closed if day.isoweekday() <= 5}
    assert weekdays == {day for day in closed if day.isoweekday() <= 5}
    assert set(page.working) == set(worked)


def test_china_agrees_with_the_other_library_on_every_day() -> None:
    import holidays

    other = holidays.country_holidays("CN", years=range(2004, 2027))
    for year in range(2004, 2027):
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        theirs = {day for day in days if day.year == year and other.is_working_day(day)}
        assert theirs == open_days(FILES["CN"], year)


def test_china_differs_from_chinesecalendar_on_one_day_alone() -> None:
    """The notice for 2006 (国办发明电〔2005〕35号) makes that Saturday a working day."""
    day, differing = date(2004, 1, 1), []
    while day < date(2027, 1, 1):
        page = FILES["CN"].page(day.year)
        assert page is not None
        if page.is_closed(day) == chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == [date(2005, 12, 31)]


@pytest.mark.parametrize("year", range(2005, 2028))
def test_the_american_pattern_gives_the_published_years_but_for_executive_orders(
    year: int,
) -> None:
    published = FILES["US"].published[year].closed
    pattern = {d for p in FILES["US"].patterns for d in p.days(year)}
    ordered = {d for d in published.keys() - pattern if d.isoweekday() <= 5}
    assert not {d for d in pattern - published.keys() if d.isoweekday() <= 5}
    assert all(
        published[d].en.startswith(("Christmas Eve", "Day After", "National Day of Mourning"))
        for d in ordered
    )


def test_the_pattern_of_the_epo_gives_its_published_years_but_for_one_bridging_day() -> None:
    for year, more in ((2015, {date(2015, 1, 2)}), (2020, set())):
        pattern = {d for p in FILES["EP"].patterns for d in p.days(year) if d.isoweekday() <= 5}
        assert FILES["EP"].published[year].closed.keys() - pattern == more
        assert pattern <= FILES["EP"].published[year].closed.keys()


def test_the_pattern_of_the_international_bureau_gives_2019() -> None:
    pattern = {d for p in FILES["IB"].patterns for d in p.days(2019)}
    assert pattern == FILES["IB"].published[2019].closed.keys()


@pytest.mark.parametrize("code", ["DE", "CA"])
def test_the_computed_calendars_hold_the_public_holidays_of_the_library(code: str) -> None:
    import holidays

    settings: dict[str, Any] = {}
    if code == "DE":
        settings = {"subdiv": "BY", "categories": ("public", "catholic")}
    library = holidays.country_holidays(code, years=range(2020, 2036), **settings)
    for year in range(2020, 2036):
        page = FILES[code].page(year)
        assert page is not None
        theirs = {d for d in library if d.year == year and d.isoweekday() <= 5}
        assert theirs <= page.closed.keys()
        assert page.status is Status.COMPUTED


def test_taiwan_keeps_worked_saturdays_closed_and_holds_its_days_in_lieu() -> None:
    page = FILES["TW"].page(2025)
    assert page is not None
    assert page.is_closed(date(2025, 2, 8))  # worked for Monday 27 January
    assert page.closed[date(2025, 1, 27)].zh == "调整放假（2025年2月8日补班）"
    assert page.is_closed(date(2025, 4, 3))  # Children's Day falls on a Saturday


@pytest.mark.parametrize("year", [*range(1996, 2004), *range(2027, 2071)])
def test_the_lunar_feasts_of_china_agree_with_the_library(year: int) -> None:
    import holidays

    library = holidays.country_holidays("CN", years=year, language="en_US", observed=False)
    statute = {d for d, name in library.items() if "substituted" not in name and d.year == year}
    page = FILES["CN"].page(year)
    assert page is not None
    assert page.closed.keys() == statute


@pytest.mark.skipif(not SHARED.exists(), reason="the shared papers are not here")
def test_china_agrees_with_a_public_calendar_file() -> None:
    listed = read_day_list(SHARED.read_bytes())
    for year in (2023, 2024, 2025):
        page = FILES["CN"].published[year]
        theirs = {d for d in listed.closed() if d.year == year and d.isoweekday() <= 5}
        assert {d for d in page.closed if d.isoweekday() <= 5} == theirs
        assert set(page.working) == {d for d in listed.working() if d.year == year}


@pytest.mark.parametrize(
    ("when", "year", "day"),
    [
        ("01-06", 2026, "2026-01-06"),
        ("easter", 2026, "2026-04-05"),
        ("easter+60", 2026, "2026-06-04"),
        ("fourth thu of 11", 2026, "2026-11-26"),
        ("last mon of 05", 2026, "2026-05-25"),
        ("first sun of 09 +4", 2026, "2026-09-10"),
        ("mon before 05-25", 2026, "2026-05-18"),
        ("mon before 05-25", 2027, "2027-05-24"),
        ("spring-1", 2027, "2027-02-05"),
    ],
)
def test_the_words_of_a_pattern_mean_a_day(when: str, year: int, day: str) -> None:
    feasts = {("spring", 2027): date(2027, 2, 6)}
    anchor, length = anchor_and_length(when, feasts)
    assert (anchor(year), length) == (date.fromisoformat(day), 1)


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ValueError, match="full moon"):
        anchor_and_length("full moon", {})
