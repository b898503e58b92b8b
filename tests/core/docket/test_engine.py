"""The engine on single points: priorities that change, series, horizons, calendars, reasons."""

from datetime import date

from ipdesk.base.i18n import catalogue, speaking
from ipdesk.core.docket.calendars import Calendars, Status
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.proofs import proofs
from tests.core.docket.engine_cases import CALENDARS, FILED, LAW, case_of, on, one, run


def test_years_of_one_status_are_told_in_one_sentence() -> None:
    found = one(run(case_of("EP", "invention", "pct", on("priority", "2025-05-31"))), "EP-NPE")
    told = [str(m) for m in found.why if "closed days" in str(m)]
    assert len(told) == 1
    assert "2027–2028" in told[0]


def test_a_priority_added_later_moves_what_still_runs() -> None:
    added = on("priority", "2021-01-31", received=date(2022, 8, 1), key=2)
    outcome = run(case_of("WO", "pct", None, on("filing", "2021-07-22", key=1), added))
    assert one(outcome, "PCT-NPE").raw == date(2023, 7, 31)
    assert one(outcome, "PCT-NPE").trigger == 2
    assert one(outcome, "PCT-TRANS-PUB").raw == date(2022, 3, 31)  # past at once


def test_a_limit_that_had_ended_when_the_priority_was_withdrawn_stays() -> None:
    case = case_of(
        "WO",
        "pct",
        None,
        on("priority", "2021-01-31", key=1),
        on("filing", "2022-01-22", key=2),
        on("priority_withdrawal", "2022-11-06", key=3),
    )
    outcome = run(case)
    assert one(outcome, "PCT-18M").raw == date(2022, 7, 31)
    assert one(outcome, "PCT-SIS").raw == date(2023, 11, 22)
    assert any("changed on 2022-11-06" in str(m) for m in one(outcome, "PCT-SIS").why)


def test_a_withdrawn_priority_without_a_filing_date_is_told() -> None:
    claim, gone = on("priority", "2021-01-31"), on("priority_withdrawal", "2022-11-06")
    (problem,) = run(case_of("WO", "pct", None, claim, gone)).problems
    assert "no filing date is recorded" in str(problem)


def test_every_office_action_starts_its_own_period() -> None:
    case = case_of(
        "CN",
        "invention",
        None,
        on("office_action", "2025-01-10", ordinal=1, key="a"),
        on("office_action", "2025-08-11", ordinal=2, key="b"),
        on("office_action", "2026-02-10", ordinal=3, key="c"),
    )
    found = [(d.rule, d.raw, d.trigger) for d in run(case).deadlines if "-OA" in d.rule]
    assert found == [
        ("CN-P-OA1", date(2025, 5, 10), "a"),
        ("CN-P-OA2", date(2025, 10, 11), "b"),
        ("CN-P-OA2", date(2026, 4, 10), "c"),
    ]


def test_office_actions_without_an_ordinal_are_counted_by_their_dates() -> None:
    first, second = on("office_action", "2025-01-10"), on("office_action", "2025-08-11")
    found = [d.rule for d in run(case_of("CN", "invention", None, second, first)).deadlines]
    assert [r for r in found if "-OA" in r] == ["CN-P-OA1", "CN-P-OA2"]


def test_an_annuity_knows_the_end_of_its_grace_period() -> None:
    case = case_of("CN", "invention", None, FILED, on("grant", "2026-01-05"))
    annuity = one(run(case), "CN-P-ANN", 4)
    assert annuity.grace_end == one(run(case), "CN-P-ANN-GRACE", 4).due
    assert annuity.surcharge == ()
    steps = one(run(case), "CN-P-ANN-GRACE", 4).surcharge
    assert [s.percent for s in steps] == [0, 5, 10, 15, 20, 25]


def test_a_series_stops_at_the_horizon_that_was_asked_for() -> None:
    case = case_of("CN", "trademark", None, on("registration", "2017-04-07"))
    renewals = [d.n for d in run(case, until=date(2040, 1, 1)).deadlines if d.rule == "CN-T-REN"]
    assert renewals == [1, 2]


def test_without_a_receiving_office_the_day_is_not_moved_and_says_so() -> None:
    found = one(run(case_of("WO", "pct", None, on("priority", "2024-02-10"))), "PCT-PRIO")
    assert (found.raw, found.due) == (date(2025, 2, 10), date(2025, 2, 10))
    assert found.calendar is Status.UNKNOWN
    assert any("receiving office is not given" in str(m) for m in found.why)


def test_both_days_are_shown_for_oppositions_at_the_turn_of_the_law() -> None:
    outcome = run(case_of("CN", "trademark", None, on("prelim_publication", "2026-11-13")))
    assert one(outcome, "CN-T-OPP-2027").raw == date(2027, 1, 13)
    assert one(outcome, "CN-T-OPP").raw == date(2027, 2, 13)


def test_what_a_law_remembers_never_changes_a_result() -> None:
    worn = [run(c.case, details=True) for c in proofs() for _ in range(2)][1::2]
    fresh = [compute(c.case, Law.load(), CALENDARS, details=True) for c in proofs()[::40]]
    shown = [[(d.rule, d.n, d[2:6], d.trigger, d.grace_end) for d in o.deadlines] for o in worn]
    again = [[(d.rule, d.n, d[2:6], d.trigger, d.grace_end) for d in o.deadlines] for o in fresh]
    assert shown[::40] == again
    closed = Calendars.load({"CN": [date(2027, 5, 31)]})  # another calendar, another answer
    case = case_of("CN", "invention", None, FILED)
    assert one(run(case), "CN-P-SE").due == date(2027, 5, 31)
    assert one(compute(case, LAW, closed), "CN-P-SE").due == date(2027, 6, 1)
    assert one(run(case), "CN-P-SE").due == date(2027, 5, 31)


def test_every_reason_is_told_in_both_languages() -> None:
    words = catalogue("zh_CN")
    missing = set()
    for asked in proofs():
        outcome = run(asked.case, details=True)
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
        case = case_of("CN", "invention", None, FILED)
        assert "申请日" in str(one(run(case), "CN-P-SE").why[0])
