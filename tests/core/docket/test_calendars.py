"""The closed days of the offices: which day a deadline moves to, and how sure that is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.base.i18n import Message, speaking
from ipdesk.core.docket.calendars import Calendars, Status

CALENDARS = Calendars.load()


def day(text: str) -> date:
    return date.fromisoformat(text)


MOVES = [  # office, last day of the period, next open day, status
    ("CN", "2012-01-23", "2012-01-29", "official"),  # a make-up Sunday ends the break
    ("CN", "2010-09-25", "2010-09-25", "official"),  # a make-up Saturday is open
    ("CN", "2011-10-06", "2011-10-08", "official"),
    ("CN", "2018-06-18", "2018-06-19", "official"),
    ("CN", "2007-12-30", "2008-01-02", "official"),
    ("CN", "2005-12-31", "2005-12-31", "official"),  # a working Saturday by the notice for 2006
    ("CN", "2026-02-15", "2026-02-24", "official"),
    ("CN", "2026-02-14", "2026-02-14", "official"),
    ("CN", "2026-12-26", "2026-12-28", "official"),
    ("CN", "2027-02-28", "2027-03-01", "computed"),
    ("CN", "2027-02-05", "2027-02-09", "computed"),  # New Year's Eve since 2025, nothing in lieu
    ("CN", "2027-05-03", "2027-05-03", "computed"),
    ("CN", "2027-10-06", "2027-10-06", "computed"),
    ("CN", "2000-01-03", "2000-01-03", "computed"),
    ("CN", "1999-10-01", "1999-10-04", "computed"),
    ("CN", "2003-12-31", "2003-12-31", "computed"),
    ("US", "2018-12-22", "2018-12-26", "official"),
    ("US", "2018-12-05", "2018-12-06", "official"),  # national day of mourning
    ("US", "2014-12-26", "2014-12-29", "official"),
    ("US", "2015-12-24", "2015-12-24", "official"),  # a half day is no holiday
    ("US", "2024-12-24", "2024-12-26", "official"),
    ("US", "2025-01-09", "2025-01-10", "official"),
    ("US", "2021-01-20", "2021-01-21", "official"),  # Inauguration Day
    ("US", "2024-04-16", "2024-04-16", "official"),  # Emancipation Day is none
    ("US", "2021-12-31", "2022-01-03", "official"),
    ("US", "2027-12-31", "2028-01-03", "computed"),  # the weaker of two years
    ("JP", "2019-04-27", "2019-05-07", "official"),
    ("JP", "2025-12-29", "2026-01-05", "official"),
    ("JP", "2026-09-21", "2026-09-24", "official"),
    ("JP", "2028-01-31", "2028-01-31", "computed"),
    ("JP", "2004-12-29", "2005-01-04", "computed"),
    ("GB", "2022-09-19", "2022-09-20", "official"),
    ("GB", "2020-05-08", "2020-05-11", "official"),
    ("GB", "2026-12-25", "2026-12-29", "official"),
    ("KR", "2020-08-15", "2020-08-18", "official"),  # a temporary holiday
    ("KR", "2027-02-28", "2027-03-02", "official"),
    ("KR", "2026-05-01", "2026-05-04", "official"),
    ("KR", "2025-05-01", "2025-05-02", "computed"),  # unverified before 2026
    ("HK", "2027-01-03", "2027-01-04", "official"),
    ("HK", "2026-04-03", "2026-04-08", "official"),
    ("EP", "2020-05-21", "2020-05-22", "official"),
    ("EP", "2020-06-11", "2020-06-12", "official"),
    ("EP", "2015-01-02", "2015-01-05", "official"),
    ("EP", "2015-05-05", "2015-05-06", "official"),
    ("EP", "2026-04-27", "2026-04-28", "computed"),
    ("EP", "2025-12-24", "2026-01-02", "computed"),
    ("EP", "2020-12-31", "2021-01-04", "computed"),
    ("EP", "2012-04-30", "2012-05-02", "computed"),  # the national holiday until 2013
    ("WO", "2017-08-01", "2017-08-01", "official"),
    ("IB", "2017-12-29", "2018-01-02", "computed"),
    ("IB", "2019-09-05", "2019-09-06", "official"),
    ("WO", "2026-09-10", "2026-09-11", "computed"),
    ("CA", "2027-07-31", "2027-08-02", "computed"),  # the civic holiday is a working day
    ("CA", "2021-02-28", "2021-03-01", "computed"),
    ("CA", "2021-12-25", "2021-12-29", "computed"),
    ("CA", "2026-05-18", "2026-05-19", "computed"),
    ("CA", "2023-09-30", "2023-10-03", "computed"),
    ("DE", "2026-06-04", "2026-06-05", "computed"),
    ("DE", "2024-08-15", "2024-08-16", "computed"),
    ("DE", "2017-10-31", "2017-11-02", "computed"),
    ("IN", "2026-01-26", "2026-01-26", "unknown"),
    ("EM", "2026-12-25", "2026-12-25", "unknown"),
    ("CN", "1990-10-01", "1990-10-01", "unknown"),
]


@pytest.mark.parametrize(("office", "raw", "due", "status"), MOVES)
def test_a_day_moves_to_the_next_open_day(office: str, raw: str, due: str, status: str) -> None:
    found = CALENDARS.next_open(office, day(raw))
    assert (found.day.isoformat(), found.status.value) == (due, status)
    assert CALENDARS.is_open(office, day(raw)) is (raw == due)


@given(
    st.sampled_from(CALENDARS.offices()),
    st.dates(min_value=date(2000, 1, 1), max_value=date(2069, 12, 1)),
)
def test_the_next_open_day_is_open_and_none_before_it_is(office: str, raw: date) -> None:
    found = CALENDARS.next_open(office, raw)
    assert CALENDARS.is_open(office, found.day)
    assert 0 <= (found.day - raw).days < 15
    between = [raw + timedelta(days=n) for n in range((found.day - raw).days)]
    assert not any(CALENDARS.is_open(office, skipped) for skipped in between)
    assert CALENDARS.next_open(office, found.day).day == found.day


@given(
    st.sampled_from(CALENDARS.offices()),
    st.dates(min_value=date(1970, 1, 1), max_value=date(2100, 1, 1)),
)
def test_a_date_is_official_only_when_every_year_it_touches_is(office: str, raw: date) -> None:
    found = CALENDARS.next_open(office, raw)
    years = {CALENDARS.status(office, year) for year in (raw.year, found.day.year)}
    if found.status is Status.OFFICIAL:
        assert years == {Status.OFFICIAL}
    if Status.UNKNOWN in years:
        assert found.status is Status.UNKNOWN
        assert found.day == raw


def test_the_reasons_name_what_was_skipped_and_what_the_calendar_rests_on() -> None:
    reasons = [str(reason) for reason in CALENDARS.next_open("CN", day("2012-01-21")).reasons]
    assert reasons[0] == "2012-01-21 is a make-up working day (Spring Festival): CNIPA is open."
    reasons = [str(reason) for reason in CALENDARS.next_open("EP", day("2019-12-31")).reasons]
    assert reasons == [
        "EPO is closed on 2019-12-31: New Year's Eve.",
        "EPO is closed on 2020-01-01: New Year's Day.",
        "The closed days of EPO in 2019 are computed, not published "
        "(Usual closing days of Munich, The Hague and Berlin): the date may still change.",
        "The closed days of EPO in 2020 are published (OJ EPO 2019, A97).",
    ]


def test_the_reasons_speak_chinese() -> None:
    with speaking("zh_CN"):
        reasons = [str(reason) for reason in CALENDARS.next_open("CN", day("2012-01-23")).reasons]
    assert reasons[:2] == [
        "2012-01-23至2012-01-28 国家知识产权局休息：春节。",
        "2012-01-29 为调休上班日（春节），国家知识产权局照常办公。",
    ]


def test_a_reason_survives_being_stored() -> None:
    for reason in CALENDARS.next_open("KR", day("2025-05-01")).reasons:
        assert str(Message.from_json(reason.to_json())) == str(reason)


def test_an_office_without_a_calendar_says_so_and_moves_nothing() -> None:
    found = CALENDARS.next_open("IN", day("2026-01-25"))
    assert found.day == day("2026-01-25")
    assert "No calendar of the office of India" in str(found.reasons[-1])
    assert CALENDARS.covered("IN") == []
    assert CALENDARS.status("IN", 2026) is Status.UNKNOWN


def test_a_closing_day_of_the_company_counts() -> None:
    own = Calendars.load({"US": [day("2027-03-05")], "WO": [day("2026-03-02")]})
    assert own.next_open("US", day("2027-03-05")).day == day("2027-03-08")
    assert own.next_open("US", day("2027-03-05")).status is Status.OFFICIAL
    assert "added by your company" in str(own.next_open("US", day("2027-03-05")).reasons[0])
    assert own.next_open("IB", day("2026-02-28")).day == day("2026-03-03")
    assert CALENDARS.next_open("US", day("2027-03-05")).day == day("2027-03-05")


def test_an_office_without_a_calendar_skips_only_days_that_the_company_named() -> None:
    own = Calendars.load({"IN": [day("2026-01-26")]})
    found = own.next_open("IN", day("2026-01-26"))
    assert (found.day, found.status) == (day("2026-01-27"), Status.UNKNOWN)
    assert own.next_open("IN", day("2026-01-25")).day == day("2026-01-25")


def test_a_whole_list_entered_by_the_company_takes_the_place_of_a_computed_year() -> None:
    own = Calendars.load(
        {"CN": [day("2027-10-01") + timedelta(days=n) for n in range(7)]},
        working={"CN": [day("2027-10-09")]},
        complete={"CN": [2027]},
    )
    assert own.status("CN", 2027) is Status.OFFICIAL
    assert own.next_open("CN", day("2027-10-02")).day == day("2027-10-08")
    assert own.next_open("CN", day("2027-10-09")).day == day("2027-10-09")
    assert own.next_open("CN", day("2027-10-09")).status is Status.OFFICIAL
    assert own.next_open("CN", day("2027-02-05")).day == day("2027-02-05")
    assert "CN" not in [missing.office for missing in own.missing_years(day("2026-11-24"))]


def test_a_list_without_an_open_day_is_refused_as_unknown() -> None:
    own = Calendars.load({"US": [day("2027-01-01") + timedelta(days=n) for n in range(90)]})
    found = own.next_open("US", day("2027-01-02"))
    assert (found.day, found.status) == (day("2027-01-02"), Status.UNKNOWN)


def test_the_yearly_reminder_names_the_offices_without_a_published_year() -> None:
    missing = CALENDARS.missing_years(day("2026-11-24"))
    assert [(m.office, m.year, m.status) for m in missing] == [
        (office, 2027, Status.COMPUTED) for office in ("CA", "CN", "DE", "EP", "IB", "TW")
    ]
    assert "US" in [m.office for m in CALENDARS.missing_years(day("2027-01-01"))]


def test_the_list_of_a_year_holds_closed_and_worked_days() -> None:
    listed = CALENDARS.closings("CN", 2026)
    assert len([c for c in listed if not c.working]) == 3 + 9 + 3 + 5 + 3 + 3 + 7
    assert [c.day.isoformat()[5:] for c in listed if c.working] == [
        "01-04", "02-14", "02-28", "05-09", "09-20", "10-10"
    ]  # fmt: skip
    assert {c.name.zh for c in listed} >= {"春节", "国庆节"}
    assert [c.day for c in CALENDARS.closings("KR", 2025) if c.unverified] == [day("2025-05-01")]


def test_asking_again_gives_the_same_answer_without_work() -> None:
    first = CALENDARS.next_open("WO", day("2026-12-25"))
    assert CALENDARS.next_open("IB", day("2026-12-25")) is first
