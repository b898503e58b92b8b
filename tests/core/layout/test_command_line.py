"""The layout commands as a script sees them: keys, exit codes, one launch that moves all days."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ipdesk.cli import program as cli
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.layout.cells import Place, SearchFields
from ipdesk.core.layout.edits import approve_plan, copy_plan
from ipdesk.core.layout.edits_market import record_search
from ipdesk.core.layout.edits_work import approve_rows
from ipdesk.store.database import Database
from tests.conftest import TODAY
from tests.core.layout.seeds import Company, found, own_matter


@pytest.fixture
def company(database: Database) -> Company:
    return found(database)


class Program:
    """Runs commands on the test's database and reads what they print."""

    def __init__(self, database: Database, capsys: pytest.CaptureFixture[str]) -> None:
        self.database = database
        self.capsys = capsys

    def __call__(self, *words: str, today: date = TODAY) -> tuple[int, str, str]:
        before = ["--database", str(self.database.path), "--today", today.isoformat()]
        code = cli.run([*before, "layout", *words])
        out, err = self.capsys.readouterr()
        return code, out, err

    def value(self, *words: str, today: date = TODAY) -> Any:
        code, out, _ = self(*words, "--json", today=today)
        assert code == 0
        return json.loads(out)


@pytest.fixture
def program(database: Database, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(database, capsys)


def test_plans_are_listed_with_their_status(
    program: Program, database: Database, company: Company
) -> None:
    approve_plan(database, company.plan, TODAY)
    copy_plan(database, company.plan, TODAY)
    seen = [(p["name"], p["version"], p["status"]) for p in program.value("list")]
    assert seen == [("2027", 2, "draft"), ("2027", 1, "approved")]


@pytest.mark.parametrize("by", ["effect", "application", "territory", "product"])
def test_coverage_is_a_cell_a_line(
    program: Program, database: Database, docket: Docket, company: Company, by: str
) -> None:
    own_matter(database, docket, company)
    place = Place(technology_id=company.alloy, effect_id=company.conductivity)
    record_search(database, SearchFields(TODAY, "Wang", "cnipa", "ink", (place,)))
    code, out, _ = program("coverage", "--plan", "2027", "--by", by, "--json")
    cells = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    keys = "row column own pending planned others state checked_on".split()
    assert all(list(cell)[:8] == keys for cell in cells)
    assert sum(cell["planned"] for cell in cells) >= 1
    if by == "effect":
        known = {(c["row"], c["column"]): c for c in cells}
        cell = known["Alloy", "Conductivity"]
        assert (cell["own"], cell["state"], cell["checked_on"]) == (1, "checked", "2026-11-24")
        assert known["Alloy", "Adhesion"]["state"] == "unchecked"


def test_a_launch_moves_the_last_safe_days(program: Program, company: Company) -> None:
    keys = "product office launch last_safe due why state".split()
    (before,) = program.value("clock")
    assert list(before)[:7] == keys
    assert (before["product"], before["office"], before["launch"]) == ("Sensor", "CN", "2027-05-13")
    assert (before["last_safe"], before["state"]) == ("2027-05-12", "open")
    assert before["why"]
    assert program("launch", "Sensor", "CN", "2027-02-09")[0] == 0
    program("launch", "传感器", "US", "2027-08-09")
    after = {line["office"]: line for line in program.value("clock", "--product", "sensor")}
    assert after["CN"]["last_safe"] == "2027-02-08"
    assert after["CN"]["state"] == "urgent"
    assert after["US"]["last_safe"] == "2028-02-09"


def test_a_wrong_launch_is_refused_in_one_sentence(program: Program, company: Company) -> None:
    for words, code in (
        (("launch", "Toaster", "CN", "2027-02-09"), 1),
        (("launch", "Sensor", "QQ", "2027-02-09"), 1),
        (("launch", "Sensor", "CN", "soon"), 2),
        (("coverage", "--plan", "2099"), 1),
    ):
        done, out, err = program(*words)
        assert (done, out) == (code, "")
        assert len(err.splitlines()) == 1


def test_gaps_rows_alarms_and_protection(
    program: Program, database: Database, docket: Docket, company: Company
) -> None:
    assert {g["kind"] for g in program.value("gaps", "--plan", "2027")} >= {"market"}
    assert [a["kind"] for a in program.value("alarms")] == ["launch_unfiled"]
    (line,) = program.value("protection")
    assert (line["standing"], line["last_safe"]) == ("gap", "2027-05-12")
    approve_rows(database, docket, [company.row])
    (row,) = program.value("rows", "--plan", "2027")
    assert (row["status"], len(row["matters"]), row["target"]) == ("approved", 2, "2027-03")


def test_a_filing_by_command_changes_plan_cell_and_alarms(
    program: Program, database: Database, docket: Docket, company: Company
) -> None:
    approve_rows(database, docket, [company.row])
    (row,) = program.value("rows", "--plan", "2027")
    before = ["--database", str(database.path), "--today", TODAY.isoformat()]
    for reference in row["matters"]:
        assert cli.run([*before, "event", reference, "filing", "2026-11-20"]) == 0
    program.capsys.readouterr()
    (row,) = program.value("rows", "--plan", "2027")
    assert (row["status"], row["filed_on"]) == ("filed", "2026-11-20")
    assert program.value("alarms") == []
    assert program.value("actual", "--plan", "2027")["filed"] == 1
    assert [line["state"] for line in program.value("clock")] == ["filed"]


def test_a_search_grows_stale_with_the_day(
    program: Program, database: Database, company: Company
) -> None:
    place = Place(technology_id=company.alloy, effect_id=company.conductivity)
    record_search(database, SearchFields(TODAY, "Wang", "cnipa", "ink", (place,)))

    def state(today: date) -> str:
        _, out, _ = program("coverage", "--json", today=today)
        cells = [json.loads(line) for line in out.splitlines()]
        (state,) = (
            c["state"] for c in cells if (c["row"], c["column"]) == ("Alloy", "Conductivity")
        )
        return str(state)

    assert state(date(2027, 5, 24)) == "checked"
    assert state(date(2027, 5, 25)) == "stale"


def test_tables_for_eyes_and_a_sheet(program: Program, company: Company, tmp_path: Path) -> None:
    for words in (("list",), ("clock",), ("coverage",), ("gaps",), ("actual",), ("rows",)):
        code, out, _ = program(*words)
        assert code == 0
        assert out.strip()
    target = tmp_path / "tree.xlsx"
    assert program("export", "technology", "--output", str(target))[0] == 0
    assert load_workbook(target).worksheets[0]["C2"].value == "Ink"


def test_sheets_go_out_and_come_back(program: Program, company: Company, tmp_path: Path) -> None:
    out = str(tmp_path / "sheet.xlsx")
    for what, title in (("rows", "Title"), ("disclosures", "Code"), ("technologies", "Code")):
        assert program("sheet", what, "--output", out)[0] == 0
        cells = [[c.value for c in line] for line in load_workbook(out).worksheets[0].iter_rows()]
        assert title in cells[0]
        if what == "rows":
            kept = [dict(zip(cells[0], line, strict=True)) for line in cells[1:]]
            (told,) = program.value("rows", "--plan", "2027")
            assert [(k["Plan"], k["Title"]) for k in kept] == [("2027", told["title"])]
    told = program.value("sheet", "technologies", "--read", out, "--dry-run")
    assert (told["new"], told["changed"], told["refused"], told["action"]) == (0, 0, 0, None)
    book = load_workbook(out)
    book.worksheets[0].append(["T9", "", "Coating"])
    book.save(out)
    assert program.value("sheet", "technologies", "--read", out, "--dry-run")["new"] == 1
    assert program.value("sheet", "technologies", "--read", out)["new"] == 1
    assert program.value("sheet", "technologies", "--read", out)["new"] == 0
    book.worksheets[0].append(["T8", "Nowhere", "Lost"])
    book.save(out)
    code, _, said = program("sheet", "technologies", "--read", out)
    assert (code, len(said.splitlines())) == (0, 1)  # the others came in
    code, _, said = program("sheet", "rows", "--read", out)
    assert (code, len(said.splitlines())) == (3, 1)
    assert program("sheet", "products", "--read", str(tmp_path / "none.xlsx"))[0] == 3


def test_an_empty_portfolio_has_no_plans_and_no_clock(program: Program) -> None:
    assert program.value("list") == []
    assert program.value("clock") == []
    assert program.value("gaps") == []
    assert program("coverage", "--json")[:2] == (0, "")
