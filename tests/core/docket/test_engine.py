"""The engine on single points: contradictions, what is missing, changing priorities, own rules."""

import gc
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipdesk.base.bulk import no_collection
from ipdesk.base.i18n import catalogue, speaking
from ipdesk.core.docket.calendars import Calendars, Status
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Deadline, Event, Outcome
from ipdesk.core.docket.proofs import proofs

LAW = Law.load()
CALENDARS = Calendars.load()


def _case(office: str, right: str, route: str | None, *events: Event, **facts: Any) -> Case:
    return Case(office, right, route, events, facts)


def _on(kind: str, day: str, **more: Any) -> Event:
    return Event(kind, date.fromisoformat(day), **more)


def _run(case: Case, law: Law = LAW, **options: Any) -> Outcome:
    return compute(case, law, CALENDARS, **options)


def _one(outcome: Outcome, rule: str, n: int | None = None) -> Deadline:
    found = [d for d in outcome.deadlines if d.rule == rule and (n is None or d.n == n)]
    assert len(found) == 1, found
    return found[0]


FILED = _on("filing", "2024-05-30", key=1)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (_case("CN", "invention", None, FILED, _on("grant", "2024-05-29")), "lies before Filing"),
        (_case("CN", "invention", None, FILED, _on("priority", "2024-06-30")), "later than the"),
        (_case("CN", "invention", None, FILED, _on("filing", "2024-05-31")), "Two different dates"),
        (_case("CN", "invention", None, FILED, _on("office_action", "2023-05-31")), "lies before"),
        (_case("CN", "patent", None, FILED), "patent is no kind of right"),
        (_case("China", "invention", None, FILED), "China is no office code"),
        (_case("ZZ", "invention", None, FILED), "ZZ is no office code"),
        (_case("IB", "invention", None, FILED), "IB is no office code"),
        (_case("CN", "invention", "sideways", FILED), "sideways is no route"),
        (_case("CN", "invention", None, _on("marriage", "2024-01-01")), "marriage is no event"),
        (_case("CN", "invention", None, _on("filing", "0024-05-30")), "cannot be right"),
        (
            _case("CN", "invention", None, _on("refusal", "2025-01-02", received=date(2025, 1, 1))),
            "received earlier",
        ),
        (
            _case("CN", "invention", None, _on("refusal", "2025-01-02", service="dove")),
            "dove is no",
        ),
        (_case("CN", "invention", None, _on("refusal", "2025-01-02", period_days=-3)), "negative"),
        (_case("WO", "software_copyright", None, FILED), "WIPO grants no right"),
        (_case("CN", "pct", None, FILED), "belongs to the office WO"),
    ],
)
def test_contradictory_facts_give_a_sentence_and_no_date(case: Case, words: str) -> None:
    outcome = _run(case)
    assert not outcome.deadlines
    assert any(words in str(p) for p in outcome.problems), [str(p) for p in outcome.problems]


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("annuity_year", "x"),
        ("renewal_number", 0),
        ("chapter", 3),
        ("applicant_residence", "Tokyo"),
        ("paid_on", "yesterday"),
        ("service_invention", "yes"),
    ],
)
def test_a_fact_that_no_rule_can_read_is_refused_in_words(fact: str, value: Any) -> None:
    outcome = _run(_case("CN", "invention", None, FILED, **{fact: value}))
    assert f"{value} is no value" in str(outcome.problems[0])
    assert outcome.deadlines == ()


def test_two_notices_of_a_day_that_print_different_periods_are_told() -> None:
    first = _on("office_action", "2025-01-06", ordinal=1, period_months=4)
    again = _on("office_action", "2025-01-06", ordinal=1, period_months=2)
    outcome = _run(_case("CN", "invention", None, FILED, first, again))
    assert "recorded twice with different periods" in str(outcome.problems[0])
    assert outcome.deadlines
    assert _run(_case("CN", "invention", None, FILED, first, first)).problems == ()


def test_a_renewal_fee_paid_before_the_grant_contradicts_nothing() -> None:
    paid = _on("annuity_paid", "2026-05-31", ordinal=3)
    outcome = _run(_case("EP", "invention", None, FILED, paid, _on("grant", "2026-11-04")))
    assert outcome.problems == ()


def test_nobody_is_asked_for_what_only_a_designation_has() -> None:
    mark = _case("CN", "trademark", None, _on("registration", "2020-03-07"), status="granted")
    assert [p.rule for p in _run(mark).pending if p.essential] == []
    assert not any(p.waiting_for == "notice" for p in _run(_case("CN", "invention", None)).pending)
    asked = [p for p in _run(_case("CN", "invention", None, status="granted")).pending]
    assert {p.rule for p in asked if p.essential and p.waiting_for == "filing"} == {"CN-P-ANN"}


def test_years_of_one_status_are_told_in_one_sentence() -> None:
    found = _one(_run(_case("EP", "invention", "pct", _on("priority", "2025-05-31"))), "EP-NPE")
    told = [str(m) for m in found.why if "closed days" in str(m)]
    assert len(told) == 1
    assert "2027–2028" in told[0]


def test_an_event_of_the_future_is_refused_where_today_is_known() -> None:
    case = _case("CN", "invention", None, FILED)
    assert _run(case, today=date(2024, 5, 30)).deadlines
    assert "lies in the future" in str(_run(case, today=date(2024, 5, 29)).problems[0])


def test_without_its_priority_date_a_paris_application_gets_only_what_counts_from_filing() -> None:
    outcome = _run(_case("CN", "invention", "paris", FILED))
    assert {"CN-P-FILFEE", "CN-P-TERM"} <= {d.rule for d in outcome.deadlines}
    assert "CN-P-SE" not in {d.rule for d in outcome.deadlines}
    waiting = next(p for p in outcome.pending if p.rule == "CN-P-SE")
    assert (waiting.waiting_for, waiting.essential) == ("priority", True)
    assert "no priority date" in str(outcome.problems[0])


@pytest.mark.parametrize(
    ("case", "rule", "event", "essential"),
    [
        (_case("CN", "invention", "direct", status="pending"), "CN-P-SE", "filing", True),
        (_case("CN", "invention", "direct", FILED, status="granted"), "CN-P-ANN", "grant", True),
        (_case("CN", "invention", "direct", FILED, status="pending"), "CN-P-ANN", "grant", False),
        (_case("CN", "invention", "direct", FILED), "CN-P-REEX", "refusal", False),
        (_case("CN", "trademark", None, FILED, status="granted"), "CN-T-REN", "registration", True),
        (
            _case("CN", "trademark", None, FILED, status="pending"),
            "CN-T-REN",
            "registration",
            False,
        ),
        (_case("XX", "domain_name", None), "DOM-EXPIRY", "expiry", True),
        (
            _case("CN", "invention", None, _on("office_action", "2025-01-02")),
            "CN-P-SE",
            "filing",
            True,
        ),
        (_case("WO", "pct", None, status="pending"), "PCT-NPE", "priority", True),
    ],
)
def test_what_is_missing_is_told_from_what_lies_ahead(
    case: Case, rule: str, event: str, essential: bool
) -> None:
    found = [p for p in _run(case).pending if p.rule == rule]
    assert [(p.waiting_for, p.essential) for p in found] == [(event, essential)]
    assert str(found[0].why[0])


def test_nothing_is_both_given_and_waited_for() -> None:
    for asked in proofs():
        outcome = _run(asked.case)
        given_ids = {d.rule for d in outcome.deadlines}
        assert not given_ids & {p.rule for p in outcome.pending}, asked.says


def test_an_office_without_rules_says_so() -> None:
    outcome = _run(_case("AE", "trademark", None, FILED))
    assert not outcome.deadlines
    assert "enter its dates by hand" in str(outcome.problems[0])


def test_a_pct_route_to_an_office_that_has_none_says_so() -> None:
    outcome = _run(_case("TW", "invention", "pct", FILED))
    assert "No national phase" in str(outcome.problems[0])


def test_a_priority_added_later_moves_what_still_runs() -> None:
    added = _on("priority", "2021-01-31", received=date(2022, 8, 1), key=2)
    outcome = _run(_case("WO", "pct", None, _on("filing", "2021-07-22", key=1), added))
    assert _one(outcome, "PCT-NPE").raw == date(2023, 7, 31)
    assert _one(outcome, "PCT-NPE").trigger == 2
    assert _one(outcome, "PCT-TRANS-PUB").raw == date(2022, 3, 31)  # past at once


def test_a_limit_that_had_ended_when_the_priority_was_withdrawn_stays() -> None:
    case = _case(
        "WO",
        "pct",
        None,
        _on("priority", "2021-01-31", key=1),
        _on("filing", "2022-01-22", key=2),
        _on("priority_withdrawal", "2022-11-06", key=3),
    )
    outcome = _run(case)
    assert _one(outcome, "PCT-18M").raw == date(2022, 7, 31)
    assert _one(outcome, "PCT-SIS").raw == date(2023, 11, 22)
    assert any("changed on 2022-11-06" in str(m) for m in _one(outcome, "PCT-SIS").why)


def test_a_withdrawn_priority_without_a_filing_date_is_told() -> None:
    claim, gone = _on("priority", "2021-01-31"), _on("priority_withdrawal", "2022-11-06")
    (problem,) = _run(_case("WO", "pct", None, claim, gone)).problems
    assert "no filing date is recorded" in str(problem)


def test_every_office_action_starts_its_own_period() -> None:
    case = _case(
        "CN",
        "invention",
        None,
        _on("office_action", "2025-01-10", ordinal=1, key="a"),
        _on("office_action", "2025-08-11", ordinal=2, key="b"),
        _on("office_action", "2026-02-10", ordinal=3, key="c"),
    )
    found = [(d.rule, d.raw, d.trigger) for d in _run(case).deadlines if "-OA" in d.rule]
    assert found == [
        ("CN-P-OA1", date(2025, 5, 10), "a"),
        ("CN-P-OA2", date(2025, 10, 11), "b"),
        ("CN-P-OA2", date(2026, 4, 10), "c"),
    ]


def test_office_actions_without_an_ordinal_are_counted_by_their_dates() -> None:
    first, second = _on("office_action", "2025-01-10"), _on("office_action", "2025-08-11")
    found = [d.rule for d in _run(_case("CN", "invention", None, second, first)).deadlines]
    assert [r for r in found if "-OA" in r] == ["CN-P-OA1", "CN-P-OA2"]


def test_an_annuity_knows_the_end_of_its_grace_period() -> None:
    case = _case("CN", "invention", None, FILED, _on("grant", "2026-01-05"))
    annuity = _one(_run(case), "CN-P-ANN", 4)
    assert annuity.grace_end == _one(_run(case), "CN-P-ANN-GRACE", 4).due
    assert annuity.surcharge == ()
    steps = _one(_run(case), "CN-P-ANN-GRACE", 4).surcharge
    assert [s.percent for s in steps] == [0, 5, 10, 15, 20, 25]


def test_a_series_stops_at_the_horizon_that_was_asked_for() -> None:
    case = _case("CN", "trademark", None, _on("registration", "2017-04-07"))
    renewals = [d.n for d in _run(case, until=date(2040, 1, 1)).deadlines if d.rule == "CN-T-REN"]
    assert renewals == [1, 2]


def test_without_a_receiving_office_the_day_is_not_moved_and_says_so() -> None:
    found = _one(_run(_case("WO", "pct", None, _on("priority", "2024-02-10"))), "PCT-PRIO")
    assert (found.raw, found.due) == (date(2025, 2, 10), date(2025, 2, 10))
    assert found.calendar is Status.UNKNOWN
    assert any("receiving office is not given" in str(m) for m in found.why)


def test_both_days_are_shown_for_oppositions_at_the_turn_of_the_law() -> None:
    outcome = _run(_case("CN", "trademark", None, _on("prelim_publication", "2026-11-13")))
    assert _one(outcome, "CN-T-OPP-2027").raw == date(2027, 1, 13)
    assert _one(outcome, "CN-T-OPP").raw == date(2027, 2, 13)


def test_a_late_payment_after_the_grace_period_has_no_percentage() -> None:
    case = _case(
        "CN",
        "invention",
        None,
        _on("filing", "2022-05-08"),
        _on("grant", "2024-03-05"),
        annuity_year=5,
        paid_on=date(2026, 11, 10),
    )
    outcome = _run(case)
    assert "CN-P-ANN-LATE" not in {d.rule for d in outcome.deadlines}
    assert "after the grace period" in str(outcome.problems[0])


def test_a_company_rule_works_beside_the_built_in_ones_and_replaces_none() -> None:
    own = {
        "id": "OUR-NDA",
        "office": "*",
        "label": {"en": "Ask for the signed NDA", "zh": "索回保密协议"},
        "kind": "request",
        "rights": ["invention"],
        "trigger": "disclosure",
        "period": "10 days",
        "roll": "own",
        "basis": "Company practice",
        "source": "Handbook",
        "confidence": "V1",
        "checked": "2026-11-24",
    }
    law = Law.load([own, {**own, "id": "CN-P-SE"}, {**own, "id": "OUR-2", "source": ""}])
    assert len(law.problems) == 2
    found = _one(
        _run(_case("CN", "invention", None, _on("disclosure", "2025-03-12")), law), "OUR-NDA"
    )
    assert found.raw == date(2025, 3, 22)
    assert found.law.own
    assert not found.unverified
    assert _one(_run(_case("CN", "invention", None, FILED), law), "CN-P-SE").raw == date(
        2027, 5, 30
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": ""}, "it has no source"),
        ({"label": {"en": "Only English"}}, "English and Chinese"),
        ({"period": "2 weeks"}, "cannot be read (2 weeks)"),
        ({"roll": "sideways"}, "cannot be read"),
        ({"perod": "2 months"}, "unknown entries: perod"),
        ({"trigger": "rule:NOWHERE"}, "builds upon NOWHERE"),
        ({"kind": "party"}, "party is no kind"),
        ({"adjust": "easter"}, "easter is no way"),
    ],
)
def test_an_incomplete_rule_does_not_load_and_says_why(change: dict[str, Any], words: str) -> None:
    own: dict[str, Any] = {
        "id": "OUR-1",
        "office": "CN",
        "label": {"en": "Ours", "zh": "自有"},
        "kind": "request",
        "rights": ["invention"],
        "trigger": "filing",
        "period": "2 months",
        "roll": "own",
        "basis": "Company practice",
        "source": "Handbook",
        "confidence": "V1",
        "checked": date(2026, 11, 24),
    }
    assert not Law.load([own]).problems
    law = Law.load([own | change])
    assert words in str(law.problems[0])
    assert law.rule("OUR-1") is None


def test_a_rule_can_be_switched_off_with_what_counts_from_it() -> None:
    law = Law.load(switched_off={"CN-P-PRIO"})
    outcome = _run(_case("CN", "invention", None, FILED), law)
    assert not {"CN-P-PRIO", "CN-P-RESTPRIO"} & {d.rule for d in outcome.deadlines}


def test_a_confirmed_rule_is_no_longer_unverified() -> None:
    case = _case("JP", "invention", None, _on("filing", "2025-01-31"))
    assert _one(_run(case), "JP-SE").unverified
    assert "Unverified" in str(_one(_run(case), "JP-SE").why[-1])
    confirmed = _one(_run(case, Law.load(confirmed={"JP-SE"})), "JP-SE")
    assert not confirmed.unverified
    assert not any("Unverified" in str(m) for m in confirmed.why)


def test_rules_are_found_by_office_right_and_event() -> None:
    assert {r.id for r in LAW.rules("CN", "invention", "refusal")} >= {"CN-P-REEX", "CN-P-DIV"}
    assert all(r.office in ("CN", "*") for r in LAW.rules("CN"))
    assert LAW.rules(event="expiry")


def test_what_a_law_remembers_never_changes_a_result() -> None:
    worn = [_run(c.case, details=True) for c in proofs() for _ in range(2)][1::2]
    fresh = [compute(c.case, Law.load(), CALENDARS, details=True) for c in proofs()[::40]]
    shown = [[(d.rule, d.n, d[2:6], d.trigger, d.grace_end) for d in o.deadlines] for o in worn]
    again = [[(d.rule, d.n, d[2:6], d.trigger, d.grace_end) for d in o.deadlines] for o in fresh]
    assert shown[::40] == again
    closed = Calendars.load({"CN": [date(2027, 5, 31)]})  # another calendar, another answer
    case = _case("CN", "invention", None, FILED)
    assert _one(_run(case), "CN-P-SE").due == date(2027, 5, 31)
    assert _one(compute(case, LAW, closed), "CN-P-SE").due == date(2027, 6, 1)
    assert _one(_run(case), "CN-P-SE").due == date(2027, 5, 31)


@settings(max_examples=60, deadline=None)
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
    for d in _run(case).deadlines:
        assert d.due >= d.raw >= d.start
        assert d.opens is None or d.opens <= d.due
        assert d.grace_end is None or d.grace_end >= d.due
        assert d.trigger in (1, 2)


def test_every_reason_is_told_in_both_languages() -> None:
    words = catalogue("zh_CN")
    missing = set()
    for asked in proofs():
        outcome = _run(asked.case, details=True)
        for messages in (
            *(d.why for d in outcome.deadlines),
            *(p.why for p in outcome.pending),
            outcome.problems,
        ):
            for message in messages:
                assert "{" not in str(message)
                if message.text != "{text}" and message.text not in words:
                    missing.add(message.text)
    assert not missing
    with speaking("zh_CN"):
        case = _case("CN", "invention", None, FILED)
        assert "申请日" in str(_one(_run(case), "CN-P-SE").why[0])


def test_a_bulk_run_leaves_the_collector_as_it_was() -> None:
    was = gc.isenabled()
    try:
        for before in (True, False):
            (gc.enable if before else gc.disable)()
            with no_collection():
                assert not gc.isenabled()
            assert gc.isenabled() is before
    finally:
        (gc.enable if was else gc.disable)()
