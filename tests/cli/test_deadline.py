"""One deadline on the command line: submitted, confirmed, set aside, extended, assigned."""

from typing import Any

import pytest

from ipdesk.store.history import actions
from tests.cli.test_contract import Program, filled, ipdesk

__all__ = ["filled", "ipdesk"]  # fixtures

ANNUITY = ("A-2", "CN-P-ANN", "--n", "7")


def stored(program: Program, rule: str, due: str) -> dict[str, Any]:
    rows = program.json("matter", "A-2", "--json")["deadlines"]
    return next(r for r in rows if r["rule"] == rule and r["due"] == due)


def rules(program: Program, reference: str) -> set[str]:
    return {r["rule"] for r in program.json("matter", reference, "--json")["deadlines"]}


def test_a_deadline_is_submitted_confirmed_reopened_and_undone(filled: Program) -> None:
    words = ("--on", "2026-11-20", "--receipt", "R 1", "--person", "京华", "--json")
    told = filled.json("deadline", "submit", *ANNUITY, *words)
    row = told["deadlines"][0]
    assert (row["state"], row["submitted_on"]) == ("submitted", "2026-11-20")
    assert (row["receipt"], row["submitted_by"]) == ("R 1", "京华")
    row = filled.json("deadline", "confirm", *ANNUITY, "--json")["deadlines"][0]
    assert (row["state"], row["confirmed_on"], row["receipt"]) == ("confirmed", "2026-11-24", "R 1")
    reopened = filled.json("deadline", "reopen", "a-2", "cn-p-ann", "--n", "7", "--json")
    assert stored(filled, "CN-P-ANN", "2027-05-07")["state"] == "open"
    assert filled("undo", "--action", str(reopened["action"])) == 0
    assert stored(filled, "CN-P-ANN", "2027-05-07")["state"] == "confirmed"
    said = {h["action"] for h in filled.json("matter", "A-2", "--json")["history"]}
    assert {"Marked 1 as submitted", "Marked 1 as confirmed"} <= said


def test_a_date_that_is_only_told_becomes_a_row_when_worked_on(filled: Program) -> None:
    words = ("deadline", "assign", "A-2", "CN-U-TERM", "--person", "方小鸥", "--json")
    row = filled.json(*words)["deadlines"][0]
    assert (row["responsible"], row["due"]) == ("方小鸥", "2031-05-07")
    assert stored(filled, "CN-U-TERM", "2031-05-07")["responsible"] == "方小鸥"
    assert filled("deadline", "assign", "A-2", "CN-U-TERM", "--nobody") == 0
    assert "undo --action" in filled.out
    assert stored(filled, "CN-U-TERM", "2031-05-07")["responsible"] == ""


def test_an_extension_follows_the_law_or_a_notice(filled: Program) -> None:
    assert filled("event", "A-1", "office_action", "2026-11-20", "--ordinal", "1") == 0
    office_action = ("A-1", "CN-P-OA1")
    was = filled.json("deadline", "check", *office_action, "--json")["deadlines"][0]
    assert was["checked_by"]
    told = filled.json("deadline", "extend", *office_action, "--months", "1", "--json")
    assert max(r["due"] for r in told["deadlines"]) > was["due"]
    granted = ("deadline", "extend", *ANNUITY, "--to", "2027-06-30")
    assert filled(*granted) == 3
    row = filled.json(*granted, "--reason", "notice of 2026-11-20", "--json")["deadlines"][0]
    assert (row["due"], row["extended_to"]) == ("2027-06-30", "2027-06-30")


def test_as_days_pass_the_list_tells_what_is_over_and_what_is_not(filled: Program) -> None:
    assert filled("event", "A-1", "exam_stage_notice", "2026-11-20") == 0

    def state(day: str) -> str:
        filled.today = day
        rows = filled.lines("deadlines", "--reference", "A-1", "--format", "json")
        return str(next(r["state"] for r in rows if r["rule"] == "CN-P-AMD"))

    assert state("2027-02-22") == "option"  # the last day, moved on from a Saturday
    assert state("2027-02-23") == "overtaken"
    assert not filled.lines("deadlines", "--state", "option", "--format", "json")
    assert state("2027-01-04") == "option", "whoever looks back sees what was possible then"
    filled.today = "2031-06-01"
    assert filled.json("matter", "A-2", "--json")["status"] == "expired"


def test_what_rests_on_an_event_goes_with_it_though_it_came_later(filled: Program) -> None:
    assert filled("event", "A-1", "office_action", "2026-11-20") == 0
    with filled.read() as connection:
        recorded = actions(connection)[0].id
    assert filled("deadline", "extend", "A-1", "CN-P-OA1", "--months", "1") == 0
    assert {"CN-P-OA1", "CN-EXT"} <= rules(filled, "A-1")
    assert filled("undo", "--action", str(recorded)) == 0
    assert rules(filled, "A-1").isdisjoint({"CN-P-OA1", "CN-EXT"})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("not-applicable", *ANNUITY), 3),
        (("extend", *ANNUITY), 2),
        (("extend", *ANNUITY, "--to", "2027-01-01", "--reason", "x"), 3),
        (("assign", *ANNUITY), 2),
        (("submit", *ANNUITY, "--on", "yesterday"), 2),
        (("submit", "A-2", "CN-P-ANN"), 2),  # several years
        (("submit", "A-2", "CN-P-ANN", "--n", "99"), 1),
        (("submit", "NOBODY", "CN-P-ANN"), 1),
        (("nonsense", *ANNUITY), 2),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    filled: Program, words: tuple[str, ...], code: int
) -> None:
    assert filled("deadline", *words) == code
    assert len(filled.err.strip().splitlines()) == 1
    assert stored(filled, "CN-P-ANN", "2027-05-07")["state"] == "open"


def test_the_reason_stays_and_help_speaks_chinese(filled: Program) -> None:
    words = ("--reason", "not continued", "--json")
    row = filled.json("deadline", "not-applicable", *ANNUITY, *words)["deadlines"][0]
    assert (row["state"], row["reason"]) == ("not_applicable", "not continued")
    assert filled("--language", "zh_CN", "deadline", "--help") == 0
    assert "不适用" in filled.out
    assert filled("undo") == 2


def test_an_event_is_corrected_and_deleted_with_its_difference_told_first(filled: Program) -> None:
    action = ("event", "A-1", "office_action")
    assert filled(*action, "2026-11-10", "--ordinal", "1") == 0
    moved = (*action, "2026-11-20", "--instead-of", "2026-11-10", "--json")
    seen = filled.json(*moved, "--dry-run")
    reply = next(c for c in seen["changes"] if c["rule"] == "CN-P-OA1")
    assert (reply["before"], reply["due"]) == ("2027-03-10", "2027-03-22")
    told = filled.json(*moved)
    assert told["changes"] == seen["changes"]
    events = filled.json("matter", "A-1", "--json")["events"]
    assert [e["date"] for e in events if e["type"] == "office_action"] == ["2026-11-20"]
    assert filled(*action, "2026-11-10", "--delete") == 3
    assert "No event “Office action” is recorded on 2026-11-10." in filled.err
    assert filled(*action, "2026-12-20", "--instead-of", "2026-11-20") == 3
    assert "has not come yet" in filled.err
    gone = filled.json(*action, "2026-11-20", "--delete", "--json")
    assert "CN-P-OA1" in {c["rule"] for c in gone["ends"]}
    said = [h["said"] for h in filled.json("matter", "A-1", "--json")["history"]]
    assert "Event removed: Office action 1 2026-11-20" in said
