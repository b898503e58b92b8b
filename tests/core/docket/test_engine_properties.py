"""What holds for every day and every document: the engine against plain month arithmetic."""

from datetime import date, timedelta
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipdesk.core.docket.arithmetic import months_after
from ipdesk.core.docket.calendars import Calendars, Status
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Deadline, Event

LAW, CALENDARS = Law.load(), Calendars.load()
DAYS = st.dates(date(2010, 1, 1), date(2025, 12, 31))
GAP = st.integers(0, 420)
USUAL = settings(max_examples=60, deadline=None)


def _all(case: Case) -> list[Deadline]:
    return list(compute(case, LAW, CALENDARS, details=True).deadlines)


def _one(case: Case, rule: str, n: int | None = None) -> Deadline:
    (found,) = [d for d in _all(case) if d.rule == rule and n in (None, d.n)]
    return found


@USUAL
@given(DAYS, st.integers(1, 6), st.integers(1, 2), st.sampled_from(["hand", "post", "publication"]))
def test_an_extension_is_one_step_from_the_original_start(
    day: date, printed: int, more: int, service: str
) -> None:
    notice = Event("office_action", day, service, period_months=printed, extension_months=more)
    case = Case("CN", "invention", None, (notice,))
    extended, plain = _one(case, "CN-EXT"), _one(case, "CN-P-OA1")
    served = {"hand": day, "post": day + timedelta(days=15), "publication": months_after(day, 1)}
    assert extended.start == plain.start == served[service]
    assert extended.raw == months_after(extended.start, printed + more)
    assert plain.raw == months_after(plain.start, printed)
    assert plain.raw <= extended.raw


@USUAL
@given(st.dates(date(2023, 11, 1), date(2026, 6, 1)), st.integers(0, 60), st.integers(1, 6))
def test_every_day_of_receipt_beyond_seven_adds_one_at_the_end(
    day: date, days: int, months: int
) -> None:
    received = Event("office_action", day, received=day + timedelta(days), period_months=months)
    found = _one(Case("EP", "invention", None, (received,)), "EP-OA")
    assert found.start == day
    assert found.raw == months_after(day, months) + timedelta(days=max(0, days - 7))


@USUAL
@given(st.dates(date(2015, 1, 1), date(2023, 10, 31)), st.integers(0, 60))
def test_before_november_2023_the_later_of_ten_days_and_the_receipt_counts(
    day: date, days: int
) -> None:
    event = Event("office_action", day, received=day + timedelta(days))
    found = _one(Case("EP", "invention", None, (event,)), "EP-OA")
    assert found.start == day + timedelta(days=max(10, days))
    assert found.raw == months_after(found.start, 4)


@USUAL
@given(DAYS, GAP, st.integers(-200, 200))
def test_the_priority_to_add_has_the_earlier_16_months_but_4_from_filing(
    claimed: date, gap: int, apart: int
) -> None:
    filed, added = claimed + timedelta(gap), claimed + timedelta(apart)
    events = (Event("priority", claimed), Event("priority_to_add", added), Event("filing", filed))
    found = _one(Case("WO", "pct", None, events), "PCT-ADDPRIO")
    earlier = min(months_after(claimed, 16), months_after(added, 16))
    assert found.raw == max(earlier, months_after(filed, 4))


@USUAL
@given(DAYS, GAP, st.integers(0, 1500))
def test_a_withdrawn_priority_moves_what_runs_and_nothing_else(
    claimed: date, gap: int, later: int
) -> None:
    filed = claimed + timedelta(gap)
    withdrawn = filed + timedelta(later)
    events = (
        Event("priority", claimed),
        Event("filing", filed),
        Event("priority_withdrawal", withdrawn),
    )
    found = _one(Case("WO", "pct", None, events), "PCT-NPE")
    before = months_after(claimed, 30)
    assert found.raw == (months_after(filed, 30) if withdrawn <= before else before)


@USUAL
@given(DAYS, st.integers(200, 2500), st.integers(2, 25))
def test_annuities_lie_a_year_apart_after_the_grant_and_within_the_term(
    filed: date, until_grant: int, year: int
) -> None:
    granted = filed + timedelta(until_grant)
    case = Case("CN", "invention", None, (Event("filing", filed), Event("grant", granted)))
    found = {d.n: d for d in _all(case) if d.rule == "CN-P-ANN"}
    due = months_after(filed, 12 * (year - 1))
    if year <= 20 and due > granted:
        assert found[year].raw == due
        assert _one(case, "CN-P-ANN-GRACE", year).raw == months_after(due, 6)
    else:
        assert year not in found


@USUAL
@given(
    st.lists(st.tuples(st.sampled_from(["priority", "filing", "office_action"]), GAP), max_size=4),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_events_are_told_does_not_matter(
    told: list[tuple[str, int]], shuffling: Random
) -> None:
    start = {"priority": date(2022, 1, 1), "filing": date(2023, 3, 1)}
    events = [
        Event(kind, start.get(kind, date(2024, 5, 1)) + timedelta(0 if kind == "filing" else gap))
        for kind, gap in told
    ]
    mixed = list(events)
    shuffling.shuffle(mixed)
    for office in ("CN", "EP", "US"):
        one = _all(Case(office, "invention", "paris", tuple(events)))
        other = _all(Case(office, "invention", "paris", tuple(mixed)))
        assert {(d.rule, d.n, d.raw, d.due) for d in one} == {
            (d.rule, d.n, d.raw, d.due) for d in other
        }


@USUAL
@given(DAYS, st.sampled_from(["CN", "US", "EP", "JP", "KR", "GB", "HK", "DE", "CA"]))
def test_the_rolled_day_is_open_and_all_between_are_closed(day: date, office: str) -> None:
    right = "standard_patent_r" if office == "HK" else "invention"
    kinds = ("office_action", "refusal", "grant_notice", "loss_notice", "designated_publication")
    case = Case(office, right, None, tuple(Event(kind, day) for kind in kinds))
    for d in _all(case):
        if d.calendar in (Status.OFFICIAL, Status.COMPUTED):
            assert CALENDARS.is_open(office, d.due)
            skipped = (d.raw + timedelta(n) for n in range((d.due - d.raw).days))
            assert not any(CALENDARS.is_open(office, between) for between in skipped)
        else:
            assert d.due == d.raw


@USUAL
@given(
    st.sampled_from(["CN", "EP", "US", "JP", "KR", "TW", "DE", "GB", "IN", "CA", "AU", "EM"]),
    DAYS,
    st.integers(0, 4000),
    st.dates(date(2012, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["invention", "design"]),
)
@example("US", date(2012, 9, 1), 123, date(2025, 1, 1), "invention")  # the horizon within a grace
@example("EM", date(2015, 6, 11), 1891, date(2016, 6, 22), "design")  # ahead of a new version
def test_a_horizon_leaves_out_what_lies_behind_it_and_says_so(
    office: str, filed: date, later: int, until: date, right: str
) -> None:
    granted = filed + timedelta(days=later)
    events = tuple(
        Event(*e) for e in (("filing", filed), ("grant", granted), ("registration", granted))
    )
    case = Case(office, right, "direct", events, {"status": "granted"})
    whole = compute(case, LAW, CALENDARS)
    cut = compute(case, LAW, CALENDARS, until=until)
    series = {d.rule for d in whole.deadlines if d.law.series is not None}
    told = [d for d in whole.deadlines if d.rule in series]
    assert [d for d in cut.deadlines if d.rule in series] == [d for d in told if d.raw <= until]
    assert {d.rule for d in told if d.raw > until} <= set(cut.more)


@USUAL
@given(
    st.dates(date(2005, 1, 1), date(2027, 12, 31)),
    st.integers(0, 500),
    st.sampled_from(["CN", "US", "EP", "JP", "KR", "GB", "WO"]),
)
def test_a_deadline_never_moves_back_and_starts_before_it_ends(
    priority: date, gap: int, office: str
) -> None:
    filing = date.fromordinal(priority.toordinal() + gap)
    case = Case(
        office,
        "pct" if office == "WO" else "invention",
        "paris",
        (Event("priority", priority, key=1), Event("filing", filing, key=2)),
    )
    for d in _all(case):
        assert d.due >= d.raw >= d.start
        assert d.opens is None or d.opens <= d.due
        assert d.grace_end is None or d.grace_end >= d.due
        assert d.trigger in (1, 2)
