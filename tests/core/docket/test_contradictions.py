"""Facts that contradict each other or that no rule can read give a sentence and no date."""

from datetime import date
from typing import Any

import pytest

from ipdesk.core.docket.model import Case
from tests.core.docket.engine_cases import FILED, case_of, on, run


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (case_of("CN", "invention", None, FILED, on("grant", "2024-05-29")), "lies before Filing"),
        (case_of("CN", "invention", None, FILED, on("priority", "2024-06-30")), "later than the"),
        (
            case_of("CN", "invention", None, FILED, on("filing", "2024-05-31")),
            "Two different dates",
        ),
        (case_of("CN", "invention", None, FILED, on("office_action", "2023-05-31")), "lies before"),
        (case_of("CN", "patent", None, FILED), "patent is no kind of right"),
        (case_of("China", "invention", None, FILED), "China is no office code"),
        (case_of("ZZ", "invention", None, FILED), "ZZ is no office code"),
        (case_of("IB", "invention", None, FILED), "IB is no office code"),
        (case_of("CN", "invention", "sideways", FILED), "sideways is no route"),
        (case_of("CN", "invention", None, on("marriage", "2024-01-01")), "marriage is no event"),
        (case_of("CN", "invention", None, on("filing", "0024-05-30")), "cannot be right"),
        (
            case_of(
                "CN", "invention", None, on("refusal", "2025-01-02", received=date(2025, 1, 1))
            ),
            "received earlier",
        ),
        (
            case_of("CN", "invention", None, on("refusal", "2025-01-02", service="dove")),
            "dove is no",
        ),
        (case_of("CN", "invention", None, on("refusal", "2025-01-02", period_days=-3)), "negative"),
        (case_of("WO", "software_copyright", None, FILED), "WIPO grants no right"),
        (case_of("CN", "pct", None, FILED), "belongs to the office WO"),
    ],
)
def test_contradictory_facts_give_a_sentence_and_no_date(case: Case, words: str) -> None:
    outcome = run(case)
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
    outcome = run(case_of("CN", "invention", None, FILED, **{fact: value}))
    assert f"{value} is no value" in str(outcome.problems[0])
    assert outcome.deadlines == ()


def test_two_notices_of_a_day_that_print_different_periods_are_told() -> None:
    first = on("office_action", "2025-01-06", ordinal=1, period_months=4)
    again = on("office_action", "2025-01-06", ordinal=1, period_months=2)
    outcome = run(case_of("CN", "invention", None, FILED, first, again))
    assert "recorded twice with different periods" in str(outcome.problems[0])
    assert outcome.deadlines
    assert run(case_of("CN", "invention", None, FILED, first, first)).problems == ()


def test_a_renewal_fee_paid_before_the_grant_contradicts_nothing() -> None:
    paid = on("annuity_paid", "2026-05-31", ordinal=3)
    outcome = run(case_of("EP", "invention", None, FILED, paid, on("grant", "2026-11-04")))
    assert outcome.problems == ()


def test_an_event_of_the_future_is_refused_where_today_is_known() -> None:
    case = case_of("CN", "invention", None, FILED)
    assert run(case, today=date(2024, 5, 30)).deadlines
    assert "lies in the future" in str(run(case, today=date(2024, 5, 29)).problems[0])


def test_an_office_without_rules_says_so() -> None:
    outcome = run(case_of("AE", "trademark", None, FILED))
    assert not outcome.deadlines
    assert "enter its dates by hand" in str(outcome.problems[0])


def test_a_pct_route_to_an_office_that_has_none_says_so() -> None:
    outcome = run(case_of("TW", "invention", "pct", FILED))
    assert "No national phase" in str(outcome.problems[0])


def test_a_late_payment_after_the_grace_period_has_no_percentage() -> None:
    case = case_of(
        "CN",
        "invention",
        None,
        on("filing", "2022-05-08"),
        on("grant", "2024-03-05"),
        annuity_year=5,
        paid_on=date(2026, 11, 10),
    )
    outcome = run(case)
    assert "CN-P-ANN-LATE" not in {d.rule for d in outcome.deadlines}
    assert "after the grace period" in str(outcome.problems[0])
