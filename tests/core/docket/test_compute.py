"""The command ``compute``: JSON cases in, JSON results out, word for word the vocabulary."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ipdesk.base.i18n import speaking
from ipdesk.core.docket.compute import compute_lines

SHARED = Path(__file__).parents[4] / "shared" / "domain"


def _answers(*lines: Any) -> list[dict[str, Any]]:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return [json.loads(answer) for answer in compute_lines(texts)]


def test_a_case_gives_deadlines_with_the_keys_of_the_vocabulary() -> None:
    asked = {
        "id": "X1",
        "office": "CN",
        "right": "invention",
        "route": "paris",
        "events": [
            {"type": "priority", "date": "2023-05-31"},
            {"type": "filing", "date": "2024-05-30"},
        ],
        "facts": {},
    }
    (answer,) = _answers(asked)
    assert answer["id"] == "X1"
    found = next(d for d in answer["deadlines"] if d["rule"] == "CN-P-SE")
    assert found["raw"] == "2026-05-31"
    assert found["due"] == "2026-06-01"
    assert found["start"] == "2023-05-31"
    assert found["calendar"] == "official"
    assert found["unverified"] is False
    assert found["label"] == "Request for substantive examination"
    assert found["basis"]
    assert len(found["why"]) >= 3
    waiting = next(p for p in answer["pending"] if p["rule"] == "CN-P-ANN")
    assert waiting["waiting_for"] == "grant"
    assert answer["problems"] == []


def test_a_roll_case_gives_the_next_open_day() -> None:
    (answer,) = _answers({"id": "R", "roll": {"office": "US", "date": "2018-12-22"}})
    assert answer == {
        "id": "R",
        "roll": {
            "office": "US",
            "date": "2018-12-22",
            "due": "2018-12-26",
            "calendar": "official",
        },
    }


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("no json", "not JSON"),
        ("[1, 2]", "no JSON object"),
        ({"id": 7, "office": "CN", "right": "invention", "events": {}, "fact": {}}, "fact"),
        ({"id": 7, "office": "CN", "right": "invention", "events": [{"type": "filing"}]}, "a date"),
        (
            {
                "id": 7,
                "office": "CN",
                "right": "invention",
                "events": [{"type": "filing", "date": "2024-02-30"}],
            },
            "2024-02-30 is no date",
        ),
        (
            {
                "id": 7,
                "office": "CN",
                "right": "invention",
                "events": [{"type": "filing", "date": "2024-02-20", "ordinal": "first"}],
            },
            "ordinal must be a whole number",
        ),
        (
            {
                "id": 7,
                "office": "CN",
                "right": "invention",
                "events": [{"type": "filing", "date": "2024-02-20", "when": "noon"}],
            },
            "unknown entries: when",
        ),
        ({"id": 7, "roll": {"office": "US"}}, "needs an office and a date"),
        ({"id": 7, "roll": {"office": "ZZ", "date": "2026-01-01"}}, "ZZ is no office code"),
        ({"id": 7, "roll": {"office": "US", "date": "2026-02-30"}}, "is no date"),
        (
            {
                "id": 7,
                "office": "CN",
                "right": "invention",
                "events": [{"type": "refusal", "date": "2024-02-20", "period_months": 99999999}],
            },
            "too large",
        ),
        ({"id": 7, "events": []}, "needs an office and a right"),
        ({"id": 7, "office": "CN", "right": "invention", "events": {}}, "must be a list"),
        ("[" * 100_000, "not JSON"),
        ('{"id": NaN, "office": "CN", "right": "invention"}', "not JSON"),
        (
            '{"id": 7, "office": "US", "office": "CN", "right": "invention"}',
            "office is written twice",
        ),
        ('{"id": "\udce9", "office": "CN", "right": "invention"}', "UTF-8"),
        (
            {
                "id": 7,
                "office": "CN",
                "right": "invention",
                "events": [{"type": "filing", "date": "2024-W05-3"}],
            },
            "2024-W05-3 is no date",
        ),
        (
            {
                "id": 7,
                "office": "CN",
                "right": "invention",
                "events": [{"type": "refusal", "date": "2024-02-20", "ordinal": 0}],
            },
            "1 or more",
        ),
        (
            {
                "id": 7,
                "office": "HK",
                "right": "standard_patent_r",
                "events": [
                    {"type": "record_publication", "date": "2024-02-20"},
                    {"type": "designated_publication", "date": "2024-05-20"},
                ],
            },
            "lies before",
        ),
        (
            {
                "id": 7,
                "office": "WO",
                "right": "pct",
                "events": [
                    {"type": "priority", "date": "2024-02-20"},
                    {"type": "isr_transmittal", "date": "2023-05-20"},
                ],
            },
            "lies before Priority",
        ),
        (
            {
                "id": 7,
                "office": "CN",
                "right": "invention",
                "events": [
                    {"type": "filing", "date": "2020-02-20"},
                    {"type": "grant", "date": "2022-05-20"},
                ],
                "facts": {"annuity_year": 6, "paid_on": "2010-02-20"},
            },
            "lies before the filing",
        ),
    ],
)
def test_a_line_that_is_no_case_gives_a_result_with_a_problem(line: Any, words: str) -> None:
    good = {"id": "good", "office": "XX", "right": "domain_name", "events": [], "facts": {}}
    bad, after = _answers(line, good)
    assert bad["deadlines"] == []
    assert words in bad["problems"][0]
    assert bad["id"] == (7 if isinstance(line, dict) else None)
    assert after["id"] == "good"


def test_contradictions_give_problems_and_no_dates() -> None:
    (answer,) = _answers(
        {
            "id": 1,
            "office": "CN",
            "right": "invention",
            "events": [
                {"type": "filing", "date": "2024-05-30"},
                {"type": "grant", "date": "2023-05-30"},
            ],
        }
    )
    assert answer["deadlines"] == []
    assert answer["problems"] == ["Grant on 2023-05-30 lies before Filing on 2024-05-30."]


def test_an_authority_that_does_not_exist_is_told_and_its_days_are_left_unmoved() -> None:
    (answer,) = _answers(
        {
            "id": 1,
            "office": "WO",
            "right": "pct",
            "events": [{"type": "priority", "date": "2024-02-01"}],
            "facts": {"receiving_office": "Peking"},
        }
    )
    assert answer["problems"] == [
        "receiving office: Peking is no office code, so its closed days cannot be looked up."
    ]
    found = next(d for d in answer["deadlines"] if d["rule"] == "PCT-PRIO")
    assert (found["raw"], found["due"], found["calendar"]) == ("2025-02-01",) * 2 + ("unknown",)


def test_an_answer_does_not_depend_on_the_cases_before_it() -> None:
    def case(**event: str) -> dict[str, Any]:
        events = [{"type": "priority", "date": "2025-07-04", **event}]
        return {"id": 1, "office": "WO", "right": "pct", "events": events}

    first, _, then = _answers(case(), case(office="US"), case())
    alone, (other,) = first["deadlines"], _answers(case(office="US"))
    assert then["deadlines"] == other["deadlines"] == alone


def test_a_misspelt_fact_and_an_impossible_route_are_told_beside_the_dates() -> None:
    filed = [{"type": "filing", "date": "2024-02-29"}]
    facts = {"anuity_year": 6, "fee_reduction": "85", "status": "pending"}
    one = {"id": 1, "office": "CN", "right": "invention", "events": filed, "facts": facts}
    two = {"id": 2, "office": "CN", "right": "design", "route": "pct", "events": filed}
    misspelt, design = _answers(one, two)
    assert misspelt["problems"] == ["anuity_year is no fact that the rules know."]
    assert design["problems"] == [
        "No international application under the PCT leads to this right (Design): check the route."
    ]
    assert misspelt["deadlines"]
    assert design["deadlines"]


@pytest.mark.parametrize(("demand", "told"), [("2025-10-31", 0), ("2025-11-01", 1)])
def test_a_demand_after_19_months_leaves_the_limit_of_chapter_i(demand: str, told: int) -> None:
    events = [
        {"type": "priority", "date": "2024-03-31"},
        {"type": "demand", "date": demand},
    ]
    case = {"id": 1, "office": "LU", "right": "invention", "route": "pct", "events": events}
    (answer,) = _answers({**case, "facts": {"chapter": 2}})
    assert sum("limit of Chapter I" in problem for problem in answer["problems"]) == told
    assert answer["deadlines"]


def test_a_rule_upon_a_rule_waits_for_what_that_one_waits_for() -> None:
    events = [{"type": "priority", "date": "2024-01-31"}]
    (answer,) = _answers({"id": 1, "office": "WO", "right": "pct", "events": events})
    waits = {p["rule"]: p["waiting_for"] for p in answer["pending"]}
    assert waits["PCT-ADDPRIO"] == waits["PCT-ADDPRIO-LATE"] == "filing"


def test_a_fact_that_is_null_says_nothing() -> None:
    asked = {
        "id": 1,
        "office": "GM",
        "right": "invention",
        "route": "pct",
        "events": [{"type": "priority", "date": "2026-06-29"}],
        "facts": {"chapter": None},
    }
    (answer,) = _answers(asked)
    assert [d["raw"] for d in answer["deadlines"]] == ["2028-12-29"]


def test_in_chinese_everything_that_is_read_is_chinese() -> None:
    asked = {
        "id": 1,
        "office": "CN",
        "right": "invention",
        "events": [
            {"type": "filing", "date": "2022-05-08"},
            {"type": "grant", "date": "2024-03-05"},
        ],
        "facts": {"annuity_year": 5},
    }
    with speaking("zh_CN"):
        (answer,) = _answers(asked)
    found = next(d for d in answer["deadlines"] if d["rule"] == "CN-P-ANN")
    assert found["basis"] == "专利法第43条；专利法实施细则第114条、第115条"
    assert found["source"].startswith("专利法（2020年）")
    assert "第5年度。" in found["why"]
    for told in (found["label"], found["consequence"], *found["why"]):
        assert re.search("[一-鿿]", told)


def test_blank_lines_are_no_cases() -> None:
    assert _answers("", "   ") == []


def test_all_shared_cases_of_high_and_medium_confidence_pass() -> None:
    checker, cases = SHARED / "check_cases.py", SHARED / "cases.jsonl"
    if not cases.is_file():
        pytest.skip("the shared papers are not beside this checkout")
    done = subprocess.run(
        [
            sys.executable,
            checker,
            "--gate",
            "medium",
            "--strict-calendar",
            cases,
            "--",
            sys.executable,
            "-m",
            "ipdesk.core.docket.compute",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
