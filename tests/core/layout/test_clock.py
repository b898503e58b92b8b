"""The last safe filing day: novelty, grace, rolling backward, filings that stop the clock."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.base.i18n import say, speaking
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.layout.clock import ClockLine, Terms, previous_open, run
from ipdesk.core.layout.subjects import Exposure, Filing, Market, Subject
from ipdesk.core.layout.words import ClockState
from tests.conftest import TODAY

TERMS = Terms(TODAY)
CALENDARS = Calendars.load()


def launch(day: date, office: str = "CN") -> Exposure:
    return Exposure("launch", 1, say("Market launch"), day, office)


def show(day: date, ground: str = "") -> Exposure:
    return Exposure("disclosure", 2, say("Exhibition"), day, "CN", "Fair", ground)


def product(*exposures: Exposure, offices: tuple[str, ...] = ("CN",), **more: Any) -> Subject:
    markets = tuple(
        Market(o, next((e.day for e in exposures if e.office == o), None)) for o in offices
    )
    subject = Subject("product", 1, "Sensor", markets, exposures)
    return replace(subject, **more)


def filed(right: str, office: str, filing: date, priority: date | None = None) -> Filing:
    return Filing(1, "P-0001", right, office, "pending", filing, priority)


def lines(subject: Subject, terms: Terms = TERMS) -> dict[str, ClockLine]:
    return {line.office: line for line in run([subject], CALENDARS, terms)}


# -- where the day comes from ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("office", "last_safe"),
    [
        ("CN", date(2027, 5, 12)),  # absolute: the day before
        ("EP", date(2027, 5, 12)),
        ("BR", date(2027, 5, 12)),  # no rule known: the day before is safe everywhere
        ("US", date(2028, 5, 13)),  # one year
        ("JP", date(2028, 5, 13)),
        ("KR", date(2028, 5, 13)),
    ],
)
def test_the_last_safe_day_of_an_ordinary_launch(office: str, last_safe: date) -> None:
    line = lines(product(launch(date(2027, 5, 13)), offices=(office,)))[office]
    assert line.last_safe == last_safe
    assert line.state == ClockState.OPEN


@pytest.mark.parametrize(
    ("office", "ground", "last_safe"),
    [
        ("CN", "recognised_exhibition", date(2027, 8, 28)),
        ("CN", "prescribed_conference", date(2027, 8, 28)),
        ("CN", "", date(2027, 2, 27)),
        ("EP", "recognised_exhibition", date(2027, 8, 28)),
        ("EP", "prescribed_conference", date(2027, 2, 27)),
    ],
)
def test_a_narrow_grace_period_needs_its_ground(office: str, ground: str, last_safe: date) -> None:
    line = lines(product(show(date(2027, 2, 28), ground), offices=(office,)))[office]
    assert line.last_safe == last_safe
    assert line.graced == (last_safe.month == 8)


def test_the_first_occasion_anywhere_counts_everywhere() -> None:
    subject = product(
        launch(date(2027, 9, 1), "US"), launch(date(2027, 5, 13), "CN"), offices=("US", "CN", "DE")
    )
    found = lines(subject)
    assert found["DE"].last_safe == date(2027, 5, 12)
    assert found["US"].launch == date(2027, 9, 1)
    assert found["US"].last_safe == date(2028, 5, 13)
    assert any("comes later" in str(w) for w in found["US"].why)


def test_an_excused_exhibition_gives_way_to_a_launch_that_is_not() -> None:
    subject = product(
        show(date(2027, 3, 1), "recognised_exhibition"), launch(date(2027, 5, 13)), offices=("CN",)
    )
    assert lines(subject)["CN"].last_safe == date(2027, 5, 12)


def test_nothing_runs_before_it_is_known_when_a_product_shows() -> None:
    assert lines(product(offices=("CN",))) == {}


def test_without_markets_the_clock_runs_at_home() -> None:
    assert list(lines(product(show(date(2027, 3, 1)), offices=()))) == ["CN"]


# -- rolling --------------------------------------------------------------------------------------
def test_a_closed_day_rolls_back_never_past_the_disclosure() -> None:
    line = lines(product(launch(date(2027, 5, 3))))["CN"]  # 1 to 5 May are holidays, 2 is Sunday
    assert line.last_safe == date(2027, 5, 2)
    assert line.due == date(2027, 4, 30)
    assert any("2027-05-02" in str(w) and "closed" in str(w) for w in line.why)


def test_an_office_without_a_calendar_says_so() -> None:
    line = lines(product(launch(date(2027, 5, 13)), offices=("BR",)))["BR"]
    assert (line.calendar, line.due) == ("unknown", line.last_safe)
    assert any("check whether it is open" in str(w) for w in line.why)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_day_to_file_by_is_open_and_before_the_disclosure(day: date) -> None:
    line = lines(product(launch(day)))["CN"]
    assert line.due <= line.last_safe < day
    assert CALENDARS.is_open("CN", line.due)


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.integers(1, 400))
def test_moving_a_launch_moves_every_last_safe_day(day: date, days: int) -> None:
    offices = ("CN", "US", "EP", "JP", "BR")
    before = lines(product(launch(day), offices=offices))
    after = lines(product(launch(date.fromordinal(day.toordinal() + days)), offices=offices))
    for office in ("CN", "EP", "BR"):
        assert (after[office].last_safe - before[office].last_safe).days == days
    for office in ("US", "JP"):
        assert after[office].last_safe >= before[office].last_safe


def test_the_previous_open_day_of_a_long_holiday() -> None:
    day, status = previous_open(CALENDARS, "CN", date(2026, 10, 4))
    assert day == date(2026, 9, 30)
    assert status.value == "official"


# -- states ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 24), ClockState.PASSED),  # public today: yesterday was the last day
        (date(2026, 11, 25), ClockState.URGENT),
        (date(2027, 2, 20), ClockState.URGENT),
        (date(2027, 4, 1), ClockState.OPEN),
    ],
)
def test_how_a_day_stands(day: date, state: ClockState) -> None:
    assert lines(product(launch(day)))["CN"].state == state


def test_a_filing_before_the_launch_stops_the_clock() -> None:
    own = filed("invention", "CN", date(2026, 1, 10))
    line = lines(product(launch(date(2027, 5, 13)), filings=(own,)))["CN"]
    assert line.state == ClockState.FILED
    assert line.filings == ("P-0001",)


def test_a_filing_on_the_day_of_the_launch_is_too_late() -> None:
    own = filed("invention", "CN", date(2026, 5, 13))
    line = lines(product(launch(date(2026, 5, 13)), filings=(own,)))["CN"]
    assert line.state == ClockState.PASSED
    assert any("after the last safe day" in str(w) for w in line.why)


def test_a_priority_year_still_open_keeps_other_offices() -> None:
    own = filed("invention", "CN", date(2026, 2, 7))
    line = lines(product(launch(date(2026, 5, 13)), offices=("DE",), filings=(own,)))["DE"]
    assert line.state == ClockState.FILED
    assert line.until == date(2027, 2, 8)  # 7 February 2027 is a Sunday: rolls forward


def test_a_priority_year_that_is_over_does_not() -> None:
    own = filed("invention", "CN", date(2025, 2, 7))
    line = lines(product(launch(date(2026, 5, 13)), offices=("DE",), filings=(own,)))["DE"]
    assert line.state == ClockState.PASSED
    assert any("can no longer be extended" in str(w) for w in line.why)


def test_a_pct_application_can_still_enter() -> None:
    own = filed("pct", "WO", date(2026, 1, 8), date(2025, 1, 10))
    found = lines(product(launch(date(2026, 5, 13)), offices=("US", "FR", "TW"), filings=(own,)))
    assert found["US"].until == date(2027, 7, 12)  # 30 months end on a Saturday
    assert found["FR"].until == date(2027, 8, 10)  # through the EPO, 31 months
    assert found["TW"].state == ClockState.OPEN  # no PCT there; its own year of grace still runs
    assert any("can no longer be extended" in str(w) for w in found["TW"].why)


def test_an_own_publication_is_told_where_nothing_was_filed() -> None:
    own = replace(filed("invention", "CN", date(2025, 2, 7)), publication=date(2026, 8, 6))
    line = lines(product(launch(date(2027, 5, 13)), offices=("US",), filings=(own,)))["US"]
    assert line.state == ClockState.OPEN
    assert any("published on 2026-08-06" in str(w) for w in line.why)


def test_where_grace_ends_with_the_filing_an_inner_priority_does_not_help() -> None:
    """Japan counts the year back from the filing there, the United States from the priority."""
    day = date(2025, 10, 1)
    own = filed("invention", "CN", date(2026, 3, 1))
    found = lines(product(launch(day), offices=("JP", "US"), filings=(own,)))
    assert found["US"].state == ClockState.FILED
    assert found["JP"].state == ClockState.PASSED


def test_a_dead_filing_protects_nothing() -> None:
    own = replace(filed("invention", "CN", date(2026, 1, 10)), status="withdrawn")
    assert lines(product(launch(date(2027, 5, 13)), filings=(own,)))["CN"].state == ClockState.OPEN


def test_a_matter_in_preparation_is_not_filed() -> None:
    own = Filing(1, "P-0001", "invention", "CN", "preparation")
    assert lines(product(launch(date(2027, 5, 13)), filings=(own,)))["CN"].state == ClockState.OPEN


def test_a_design_has_a_clock_of_its_own() -> None:
    own = filed("design", "CN", date(2026, 1, 10))
    subject = product(launch(date(2027, 5, 13)), filings=(own,), designs=("CN",))
    found = {line.right: line.state for line in run([subject], CALENDARS, TERMS)}
    assert found == {"patent": ClockState.OPEN, "design": ClockState.FILED}


# -- filing abroad --------------------------------------------------------------------------------
def test_an_invention_made_in_china_asks_before_it_is_filed_abroad() -> None:
    line = lines(product(launch(date(2027, 9, 1)), offices=("DE",)))["DE"]
    assert line.ask_by == date(2027, 2, 26)  # six months before 31 August, 28 February is Sunday
    assert any("confidentiality examination" in str(w) for w in line.why)


def test_at_home_nothing_has_to_be_asked() -> None:
    assert lines(product(launch(date(2027, 9, 1))))["CN"].ask_by is None
    american = Terms(TODAY, home="GB")
    assert lines(product(launch(date(2027, 9, 1)), offices=("DE",)), american)["DE"].ask_by is None


# -- words ----------------------------------------------------------------------------------------
def test_a_rule_of_general_knowledge_is_shown_as_unverified() -> None:
    found = lines(product(launch(date(2027, 5, 13)), offices=("CN", "CA")))
    assert found["CA"].unverified
    assert not found["CN"].unverified


def test_every_reason_speaks_both_languages() -> None:
    own = filed("pct", "WO", date(2026, 1, 8), date(2025, 1, 10))
    subject = product(
        launch(date(2027, 5, 3)), show(date(2027, 6, 1)), offices=("CN", "US", "CA", "BR")
    )
    for one in (subject, replace(subject, filings=(own,))):
        for line in lines(one).values():
            with speaking("zh_CN"):
                chinese = [str(w) for w in line.why]
            for english, spoken in zip([str(w) for w in line.why], chinese, strict=True):
                assert english != spoken
                assert "{" not in english + spoken
