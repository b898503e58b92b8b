"""Every worked case comes out as worked by hand."""

import json
from pathlib import Path

import pytest

from ipdesk.core.fees.compute import compute_lines
from ipdesk.core.fees.engine import Fees
from tests.core.fees.cases import WorkedCase, worked_cases

CASES = list(worked_cases())
LINES = Path(__file__).resolve().parents[2] / "cases" / "fees" / "lines.jsonl"
GIVEN = Path(__file__).resolve().parents[3].parent / "shared" / "domain" / "fee_cases.jsonl"


@pytest.fixture(scope="module")
def fees() -> Fees:
    return Fees.load()


@pytest.mark.parametrize("worked", CASES, ids=lambda worked: worked.id)
def test_a_worked_case_comes_out(worked: WorkedCase, fees: Fees) -> None:
    answer = fees.fee(worked.case).to_json()
    for key, expected in worked.expect.items():
        if expected in ("unknown", "none"):
            assert answer[key] is None, (key, answer)
        elif key == "problems":
            assert bool(answer["problems"]) is expected, answer
        else:
            got = answer[key]
            assert got == (expected.isoformat() if hasattr(expected, "isoformat") else expected), (
                key,
                answer,
            )
    assert answer["why"] or answer["problems"]


def test_case_ids_are_unique() -> None:
    ids = [worked.id for worked in CASES]
    assert len(ids) == len(set(ids))


def test_the_lines_come_out_as_worked_by_hand() -> None:
    """Cases in the form of the command; ``null`` expects an amount that nobody may name."""
    lines = LINES.read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    answers = {a["id"]: a for a in map(json.loads, compute_lines(lines))}
    assert len(answers) == len(cases)
    wrong = []
    for case in cases:
        answer = answers[case["id"]]
        assert answer["why"] or answer["problems"], case["id"]
        answer["problem"] = bool(answer["problems"])
        got = {key: answer[key] for key in case["expect"]}
        if got != case["expect"]:
            wrong.append((case["id"], case["says"], case["expect"], got))
    assert not wrong


@pytest.mark.skipif(not GIVEN.exists(), reason="the shared cases are not on this machine")
def test_the_given_cases_come_out_through_the_command() -> None:
    lines = GIVEN.read_text(encoding="utf-8").splitlines()
    answers = {a["id"]: a for a in map(json.loads, compute_lines(lines))}
    for line in lines:
        case = json.loads(line)
        got = {key: answers[case["id"]][key] for key in case["expect"]}
        assert got == case["expect"], case["id"]
