"""What a case lacks is told apart from what lies ahead."""

import pytest

from ipdesk.core.docket.model import Case
from ipdesk.core.docket.proofs import proofs
from tests.core.docket.engine_cases import FILED, case_of, on, run


def test_nobody_is_asked_for_what_only_a_designation_has() -> None:
    mark = case_of("CN", "trademark", None, on("registration", "2020-03-07"), status="granted")
    assert [p.rule for p in run(mark).pending if p.essential] == []
    assert not any(p.waiting_for == "notice" for p in run(case_of("CN", "invention", None)).pending)
    asked = [p for p in run(case_of("CN", "invention", None, status="granted")).pending]
    assert {p.rule for p in asked if p.essential and p.waiting_for == "filing"} == {"CN-P-ANN"}


def test_without_its_priority_date_a_paris_application_gets_only_what_counts_from_filing() -> None:
    outcome = run(case_of("CN", "invention", "paris", FILED))
    assert {"CN-P-FILFEE", "CN-P-TERM"} <= {d.rule for d in outcome.deadlines}
    assert "CN-P-SE" not in {d.rule for d in outcome.deadlines}
    waiting = next(p for p in outcome.pending if p.rule == "CN-P-SE")
    assert (waiting.waiting_for, waiting.essential) == ("priority", True)
    assert "no priority date" in str(outcome.problems[0])


@pytest.mark.parametrize(
    ("case", "rule", "event", "essential"),
    [
        (case_of("CN", "invention", "direct", status="pending"), "CN-P-SE", "filing", True),
        (case_of("CN", "invention", "direct", FILED, status="granted"), "CN-P-ANN", "grant", True),
        (case_of("CN", "invention", "direct", FILED, status="pending"), "CN-P-ANN", "grant", False),
        (case_of("CN", "invention", "direct", FILED), "CN-P-REEX", "refusal", False),
        (
            case_of("CN", "trademark", None, FILED, status="granted"),
            "CN-T-REN",
            "registration",
            True,
        ),
        (
            case_of("CN", "trademark", None, FILED, status="pending"),
            "CN-T-REN",
            "registration",
            False,
        ),
        (case_of("XX", "domain_name", None), "DOM-EXPIRY", "expiry", True),
        (
            case_of("CN", "invention", None, on("office_action", "2025-01-02")),
            "CN-P-SE",
            "filing",
            True,
        ),
        (case_of("WO", "pct", None, status="pending"), "PCT-NPE", "priority", True),
    ],
)
def test_what_is_missing_is_told_from_what_lies_ahead(
    case: Case, rule: str, event: str, essential: bool
) -> None:
    found = [p for p in run(case).pending if p.rule == rule]
    assert [(p.waiting_for, p.essential) for p in found] == [(event, essential)]
    assert str(found[0].why[0])


def test_nothing_is_both_given_and_waited_for() -> None:
    for asked in proofs():
        outcome = run(asked.case)
        given_ids = {d.rule for d in outcome.deadlines}
        assert not given_ids & {p.rule for p in outcome.pending}, asked.says
