"""``ipdesk fees`` answers in the words of the contract."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipdesk.cli.program import run
from ipdesk.core.docket.life_edits import pay_annuities
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.store.database import Database

CASE = {
    "id": "F14",
    "office": "CN",
    "right": "invention",
    "route": "direct",
    "item": "annuity",
    "events": [
        {"type": "filing", "date": "2022-03-10"},
        {"type": "grant", "date": "2025-06-20"},
    ],
    "facts": {"fee_reduction": "85", "annuity_year": 5},
}


@pytest.fixture
def file(database: Database, docket: Docket) -> str:
    fields = MatterFields(
        reference="P-1",
        right="invention",
        office="CN",
        title="Print head",
        people=(PersonName("applicant", "Firm"),),
    )
    dates = {"filing": date(2022, 3, 10), "grant": date(2025, 6, 20)}
    made = create_matter(database, docket, fields, dates)[0]
    pay_annuities(database, docket, [(made, 5, date(2026, 3, 2)), (made, 2, date(2023, 3, 2))])
    return str(database.path)


def _ask(file: str, capfd: pytest.CaptureFixture[str], *words: str) -> list[Any]:
    assert run(["--database", file, "--today", "2026-11-24", "fees", *words]) == 0
    out, _ = capfd.readouterr()
    return [json.loads(line) for line in out.splitlines() if line]


def test_the_fees_of_a_matter_carry_the_agreed_keys(
    file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = _ask(file, capfd, "--matter", "P-1", "--json")
    assert {
        "reference",
        "item",
        "year",
        "official",
        "reduction",
        "payable",
        "surcharge",
        "currency",
        "due",
        "basis",
    } <= set(lines[0])
    sixth = next(line for line in lines if line["item"] == "annuity" and line["year"] == 6)
    assert (sixth["official"], sixth["due"], sixth["state"]) == (1200, "2027-03-10", "open")


def test_a_time_chooses_what_is_due(file: str, capfd: pytest.CaptureFixture[str]) -> None:
    lines = _ask(file, capfd, "--from", "2027-01-01", "--to", "2027-12-31", "--json")
    assert [(line["reference"], line["year"]) for line in lines] == [("P-1", 6)]


def test_the_audit_names_the_fault(file: str, capfd: pytest.CaptureFixture[str]) -> None:
    lines = _ask(file, capfd, "audit", "--json")
    assert [(line["reference"], line["fault"], line["year"]) for line in lines] == [
        ("P-1", "unexpected", 2)
    ]


@pytest.mark.parametrize("part", ["review", "alarms", "saved"])
def test_every_part_answers_in_json(
    part: str, file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(_ask(file, capfd, part, "--json"), list)


def test_the_forecast_by_right(file: str, capfd: pytest.CaptureFixture[str]) -> None:
    lines = _ask(file, capfd, "forecast", "--by", "right", "--months", "24", "--json")
    assert [(line["key"], line["period"], line["total"]) for line in lines] == [
        ("invention", "2027", 1200),
        ("invention", "2028", 2000),
    ]


def test_compute_needs_no_database(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(CASE) + "\n\nno json\n", encoding="utf-8")
    nowhere = str(tmp_path / "none.ipdesk")
    answers = _ask(nowhere, capfd, "compute", str(cases), "--json")
    assert set(answers[0]) >= {
        "id",
        "item",
        "year",
        "official",
        "reduction",
        "payable",
        "surcharge",
        "currency",
        "due",
        "why",
    }
    assert (answers[0]["id"], answers[0]["payable"], answers[0]["due"]) == (
        "F14",
        180,
        "2026-03-10",
    )
    assert answers[1]["problems"]
    assert not Path(nowhere).exists()
