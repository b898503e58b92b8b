"""What scripts rely on: keys, exit codes, one sentence a problem, never a traceback."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from ipdesk.__main__ import main
from ipdesk.cli.program import GROUPS
from ipdesk.store.migrate import open_database

LIST = """案号,申请类型,申请号,申请日,授权日,案件名称,申请人,发明人
A-1,发明,CN202010012345.0,2020-03-12,,一种打印头,澄镓科技,沈宇航;高文静
A-2,实用新型,202120054321.6,2021-05-07,2021-12-03,一种墨盒,澄镓科技,方小鸥
"""


class Program:
    """Runs commands on one database file, on a fixed day."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.out = self.err = ""
        self.today = "2026-11-24"

    def __call__(self, *words: str) -> int:
        options = ["--database", str(self.folder / "p.ipdesk"), "--today", self.today]
        try:
            code = main([*options, *words])
        except SystemExit as leaving:  # argparse
            code = int(leaving.code or 0)
        self.out, self.err = self.capsys.readouterr()
        assert "Traceback" not in self.out + self.err
        return code

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The file itself."""
        database = open_database(self.folder / "p.ipdesk")
        with database.read() as connection:
            yield connection
        database.close()

    def json(self, *words: str) -> Any:
        assert self(*words) == 0, self.err
        return json.loads(self.out)

    def lines(self, *words: str) -> list[dict[str, Any]]:
        assert self(*words) == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def ipdesk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(tmp_path, capsys)


@pytest.fixture
def filled(ipdesk: Program) -> Program:
    path = ipdesk.folder / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    assert ipdesk("import", str(path)) == 0
    return ipdesk


def test_import_tells_what_it_did(ipdesk: Program) -> None:
    path = ipdesk.folder / "list.csv"
    path.write_text(LIST, encoding="gb18030")
    told = ipdesk.json("import", str(path), "--dry-run", "--json")
    assert set(told) >= {
        "file",
        "sha256",
        "format",
        "sheets",
        "mapping",
        "records",
        "new",
        "changed",
        "unchanged",
        "duplicates",
        "refused",
        "problems",
        "batch",
    }
    assert (told["records"], told["new"], told["batch"]) == (2, 2, None)
    assert ipdesk.lines("matters", "--json") == []
    assert ipdesk.json("import", str(path), "--json")["batch"] == 1
    assert ipdesk.json("import", str(path), "--json")["unchanged"] == 2


def test_records_carry_what_was_read(ipdesk: Program) -> None:
    path, out = ipdesk.folder / "list.csv", ipdesk.folder / "out.jsonl"
    path.write_text(LIST, encoding="utf-8")
    assert ipdesk("import", str(path), "--dry-run", "--records", str(out)) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [r["row"] for r in rows] == [2, 3]
    assert rows[0]["inventors"] == ["沈宇航", "高文静"]
    assert rows[1]["filing_date"] == "2021-05-07"
    assert rows[0]["grant_date"] is None


def test_a_file_without_a_table_is_refused_with_three(ipdesk: Program) -> None:
    path = ipdesk.folder / "letter.txt"
    path.write_text("Dear colleague,\nplease find nothing here.\n", encoding="utf-8")
    assert ipdesk("import", str(path)) == 3
    assert len(ipdesk.err.strip().splitlines()) == 1
    assert ipdesk("import", str(ipdesk.folder / "nowhere.xlsx")) == 3


def test_matters_are_a_line_each_with_their_keys(filled: Program) -> None:
    rows = filled.lines("matters", "--json")
    keys = (
        "reference right office status title application_number filing_date publication_number "
        "publication_date grant_number grant_date applicants inventors family"
    ).split()
    assert all(set(keys) <= set(row) for row in rows)
    assert [r["reference"] for r in filled.lines("matters", "--json", "--query", "ZL 202120054321")]
    assert filled.lines("matters", "--json", "--right", "invention")[0]["reference"] == "A-1"


def test_a_workbook_and_a_csv_of_the_list(filled: Program) -> None:
    for form in ("csv", "xlsx"):
        out = filled.folder / f"out.{form}"
        assert filled("matters", "--format", form, "--output", str(out)) == 0
        assert out.stat().st_size > 50
        again = filled.json("import", str(out), "--dry-run", "--json")
        assert (again["records"], again["new"], again["refused"]) == (2, 0, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_our_own_list_read_again_changes_nothing(filled: Program, kind: str) -> None:
    path = filled.folder / f"out.{kind}"
    assert filled("matters", "--format", kind, "--output", str(path)) == 0
    told = filled.json("import", str(path), "--dry-run", "--json")
    assert (told["new"], told["changed"], told["unchanged"]) == (0, 0, 2)


def test_duplicates_are_named_and_merged(filled: Program) -> None:
    path = filled.folder / "other.csv"
    path.write_text(
        "案号,名称,申请类型,申请日\nB-9,一种墨盒,实用新型,2021-05-07\n", encoding="utf-8"
    )
    assert filled("import", str(path)) == 0
    (found,) = filled.json("duplicates", "--json")
    assert (found["keep"]["reference"], found["other"]["reference"]) == ("A-2", "B-9")
    assert filled("duplicates", "--merge", "A-2") == 2
    assert filled("duplicates", "--merge", "A-1", "A-2") == 1
    action = filled.json("duplicates", "--merge", "A-2", "B-9", "--json")["action"]
    assert {m["reference"] for m in filled.lines("matters", "--json")} == {"A-1", "A-2"}
    assert filled("undo", "--action", str(action)) == 0
    assert {m["reference"] for m in filled.lines("matters", "--json")} == {"A-1", "A-2", "B-9"}


def test_one_matter_whole(filled: Program) -> None:
    told = filled.json("matter", "a-2", "--json")
    assert set(told) >= {"events", "deadlines", "fees", "people", "members", "history"}
    assert {e["type"] for e in told["events"]} >= {"filing", "grant"}
    assert filled("matter", "NOBODY", "--json") == 1
    assert "NOBODY" in filled.err


def test_deadlines_are_a_line_each_with_their_reasons(filled: Program) -> None:
    rows = filled.lines("deadlines", "--json", "--reference", "A-2")
    keys = (
        "reference rule label raw due internal_due agent_due grace_end state basis calendar "
        "unverified why"
    ).split()
    assert all(set(keys) <= set(row) for row in rows)
    assert all(row["why"] for row in rows)
    fees = [r for r in rows if r["rule"] == "CN-P-ANN" and r["raw"] == "2027-05-07"]
    assert fees[0]["state"] == "open"
    assert filled.lines("deadlines", "--json", "--from", "2027-01-01", "--to", "2026-01-01") == []


def test_an_event_shows_its_deadlines_before_it_is_kept(filled: Program) -> None:
    words = ("event", "A-1", "office_action", "2026-11-20", "--ordinal", "1", "--json")
    dry = filled.json(*words, "--dry-run")
    assert dry["creates"][0]["rule"] == "CN-P-OA1"
    assert not [r for r in filled.lines("deadlines", "--json") if r["rule"] == "CN-P-OA1"]
    assert filled.json(*words) == dry
    assert [r for r in filled.lines("deadlines", "--json") if r["rule"] == "CN-P-OA1"]


def test_undo_takes_the_import_back_once(filled: Program) -> None:
    assert filled("undo", "1") == 0
    assert filled.lines("matters", "--json") == []
    assert filled("undo", "1") == 1


def test_compute_answers_lines_without_a_database(
    ipdesk: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = {
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
    text = (
        json.dumps(case)
        + "\nnot json\n"
        + json.dumps({"id": "R", "roll": {"office": "CN", "date": "2026-10-01"}})
        + "\n"
        + json.dumps({"id": "\ud800", "roll": {"office": "US", "date": "2026-07-03"}})
    )
    stream = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    told = ipdesk.lines("compute", "--json", "-")
    found = {d["rule"]: d for d in told[0]["deadlines"]}
    assert (found["CN-P-SE"]["raw"], found["CN-P-SE"]["due"]) == ("2026-05-31", "2026-06-01")
    assert set(found["CN-P-SE"]) >= {"label", "basis", "unverified", "why", "calendar"}
    assert told[1]["problems"]
    assert told[2]["roll"]["due"] == "2026-10-08"
    assert (told[3]["id"], told[3]["roll"]["due"]) == ("\ud800", "2026-07-06")
    assert not (ipdesk.folder / "p.ipdesk").exists()


def test_compute_refuses_a_file_that_holds_no_case(ipdesk: Program) -> None:
    wrong = ipdesk.folder / "case.json"
    wrong.write_text('[\n"id",\n"X1"\n]\n', encoding="utf-8")
    assert ipdesk("compute", str(wrong), "--json") == 3
    assert "one JSON object a line" in ipdesk.err


def test_reports_are_listed_and_printed(filled: Program) -> None:
    listed = filled.json("report", "--list", "--json")
    assert {r["id"] for r in listed} >= {"portfolio", "deadlines"}
    out = filled.folder / "p.pdf"
    assert filled("report", "portfolio", "--output", str(out)) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert filled("report", "nothing", "--output", str(out)) == 2


def test_check_says_that_all_is_well(filled: Program) -> None:
    told = filled.json("check", "--json")
    assert told["ok"]
    assert all(isinstance(p["said"], str) for p in told["parts"])
    assert {p["id"] for p in told["parts"]} >= {
        "schema",
        "integrity",
        "rules",
        "calendars",
        "data",
        "backup",
    }


def test_a_backup_is_read_back_and_restored(filled: Program) -> None:
    copy = filled.folder / "copy.ipdesk"
    assert filled("backup", "--output", str(copy)) == 0
    assert filled("undo", "1") == 0
    assert filled("restore", str(copy)) == 0
    assert len(filled.lines("matters", "--json")) == 2
    broken = filled.folder / "broken.ipdesk"
    broken.write_bytes(b"nothing")
    assert filled("restore", str(broken)) == 3


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("event", "A-1", "filing", "yesterday"),
        ("import", "x.csv", "--map", "no-equals-sign"),
        ("report",),
        ("deadlines", "--from", "2026-13-01"),
    ],
)
def test_a_wrong_command_ends_with_two_and_a_sentence(
    filled: Program, words: tuple[str, ...]
) -> None:
    if words[0] == "import":
        words = ("import", str(filled.folder / "list.csv"), *words[2:])
    assert filled(*words) == 2
    assert filled.err.strip()


def test_the_demonstration_wants_an_empty_portfolio(filled: Program) -> None:
    assert filled("demo") == 3


def test_commands_speak_chinese(filled: Program) -> None:
    assert filled("--language", "zh_CN", "check") == 0
    assert "法律规则" in filled.out


def test_every_group_registers_its_commands() -> None:
    assert all(callable(group.add_commands) for group in GROUPS)


def test_a_look_up_is_off_until_it_is_allowed(ipdesk: Program) -> None:
    assert ipdesk("lookup", "EP1000000") == 1
    assert "off" in ipdesk.err
    assert ipdesk("lookup", "--log") == 0
    assert "No call" in ipdesk.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a full disk")
def test_a_full_disk_is_said_in_one_sentence(
    ipdesk: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = ipdesk.folder / "cases.jsonl"
    cases.write_text('{"id": "R", "roll": {"office": "CN", "date": "2026-10-01"}}\n' * 400)
    full = open("/dev/full", "w", encoding="utf-8")  # noqa: SIM115 - what it still holds is lost
    monkeypatch.setattr(sys, "stdout", full)
    assert ipdesk("compute", str(cases), "--json") == 1
    assert ipdesk.err.startswith("Could not read or write")
    with suppress(OSError):
        full.close()
