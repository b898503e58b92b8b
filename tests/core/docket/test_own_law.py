"""The law as a company changes it: own rules, rules switched off, rules confirmed."""

from datetime import date
from typing import Any

import pytest

from ipdesk.core.docket.law import Law
from tests.core.docket.engine_cases import FILED, LAW, case_of, on, one, run


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
    found = one(
        run(case_of("CN", "invention", None, on("disclosure", "2025-03-12")), law), "OUR-NDA"
    )
    assert found.raw == date(2025, 3, 22)
    assert found.law.own
    assert not found.unverified
    assert one(run(case_of("CN", "invention", None, FILED), law), "CN-P-SE").raw == date(
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
    outcome = run(case_of("CN", "invention", None, FILED), law)
    assert not {"CN-P-PRIO", "CN-P-RESTPRIO"} & {d.rule for d in outcome.deadlines}


def test_a_confirmed_rule_is_no_longer_unverified() -> None:
    case = case_of("JP", "invention", None, on("filing", "2025-01-31"))
    assert one(run(case), "JP-SE").unverified
    assert "Unverified" in str(one(run(case), "JP-SE").why[-1])
    confirmed = one(run(case, Law.load(confirmed={"JP-SE"})), "JP-SE")
    assert not confirmed.unverified
    assert not any("Unverified" in str(m) for m in confirmed.why)


def test_rules_are_found_by_office_right_and_event() -> None:
    assert {r.id for r in LAW.rules("CN", "invention", "refusal")} >= {"CN-P-REEX", "CN-P-DIV"}
    assert all(r.office in ("CN", "*") for r in LAW.rules("CN"))
    assert LAW.rules(event="expiry")
