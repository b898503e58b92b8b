"""The commands of early warning, with exactly the agreed keys."""

import json
from pathlib import Path
from typing import Any

import pytest

from ipdesk.cli.program import run
from ipdesk.store.migrate import open_database

HEADER = "Publication Number,Title,Applicants,Legal Status,Publication Date\n"
FIRST = (
    "US8001762B2,Jet engine with bird screen,ACME INC,granted,2011-08-23\n"
    "EP1000001A1,A folding chair,BOREL SA,published,2012-01-04\n"
)


class Shell:
    """The program with one database, on a day."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def __call__(self, *words: str, day: str = "2026-01-05") -> tuple[int, str, str]:
        database = str(self.folder / "w.ipdesk")
        code = run(["--database", database, "--today", day, "watch", *words])
        out, err = self._capture.readouterr()
        return code, out, err

    def json(self, *words: str, day: str = "2026-01-05") -> Any:
        code, out, err = self(*words, "--json", day=day)
        assert code == 0, err
        return json.loads(out)

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    open_database(tmp_path / "w.ipdesk", user="Tester").close()
    made = Shell(tmp_path, capsys)
    words = ("--kind", "technology", "--every", "3m", "--synonym", "bird")
    code, _, err = made("add", "Jets", "--question", "Who keeps birds out?", *words)
    assert code == 0, err
    return made


def test_the_first_watch_makes_the_file_and_no_other_command_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path, capsys)
    code, _, err = shell("list")
    assert (code, "There is no portfolio" in err) == (3, True)
    code, _, err = shell("add", "A", "--question", "Who?", "--kind", "fto", "--every", "6m")
    assert code == 0, err
    assert [row["name"] for row in shell.json("list")] == ["A"]


def test_a_new_watch_stands_in_the_list_and_is_overdue(shell: Shell) -> None:
    (row,) = shell.json("list")
    assert {k: row[k] for k in "name kind every next_due overdue last_run unreviewed".split()} == {
        "name": "Jets",
        "kind": "technology",
        "every": "3m",
        "next_due": "2026-01-05",
        "overdue": True,
        "last_run": None,
        "unreviewed": 0,
    }
    assert row["health"] == "severe"


def test_a_year_of_runs_and_verdicts(shell: Shell) -> None:
    hits = shell.file("q1.csv", HEADER + FIRST)
    first = shell.json("run", "Jets", "--hits", hits, "--source", "Lens", "--cut-off", "2026-01-01")
    agreed = "run hits families new changed known failed".split()
    assert [first[k] for k in agreed[1:]] == [2, 2, 2, 0, 0, False]
    rows = shell.json("hits", "Jets")
    assert [r["family"] for r in rows] == ["US8001762B2", "EP1000001A1"]
    keys = "family members title applicants score reasons verdict reason grade first_seen last_seen"
    assert set(keys.split()) | {"changed"} <= set(rows[0])
    assert rows[0]["reasons"][0]["weight"] > 0
    words = ("--verdict", "irrelevant", "--reason", "furniture")
    assert shell("decide", "Jets", "EP1000001A1", *words)[0] == 0

    again = shell.json("run", "Jets", "--hits", hits, day="2026-04-05")
    assert [again[k] for k in agreed[1:]] == [2, 2, 0, 0, 2, False]
    changed = shell.file("q3.csv", HEADER + FIRST.replace("published", "granted"))
    third = shell.json("run", "Jets", "--hits", changed, day="2026-07-05")
    assert (third["changed"], third["known"]) == (1, 1)
    assert third["reopened"] == ["EP1000001A1"]
    chair = next(r for r in shell.json("hits", "Jets") if r["family"] == "EP1000001A1")
    assert chair["verdict"] == "irrelevant"
    assert chair["changed"] == ["Status of EP1000001A1: Published → In force"]
    assert (chair["first_seen"], chair["last_seen"]) == ("2026-01-05", "2026-07-05")
    (row,) = shell.json("list", day="2026-07-06")
    assert (row["overdue"], row["last_run"], row["unreviewed"]) == (False, "2026-07-05", 2)
    assert row["next_due"] == "2026-10-05"


def test_no_hits_and_a_failure_are_both_kept(shell: Shell) -> None:
    empty = shell.json("run", "Jets", "--hits", shell.file("none.csv", HEADER))
    assert (empty["hits"], empty["failed"]) == (0, False)
    broken = shell.file("broken.xlsx", "this is not a workbook")
    code, out, err = shell("run", "Jets", "--hits", broken, "--json")
    assert code == 1
    assert json.loads(out)["failed"] is True
    assert "recorded" in err
    assert [r["failed"] for r in shell.json("runs", "Jets")] == [True, False]
    (row,) = shell.json("list")
    assert row["failed"] is True
    assert row["health"] == "severe"


def test_wrong_words_have_their_exit_codes(shell: Shell) -> None:
    assert shell("run", "Jets", "--hits", "/nowhere.csv")[0] == 3
    assert shell("hits", "Other")[0] == 1
    shell.json("run", "Jets", "--hits", shell.file("q1.csv", HEADER + FIRST))
    words = ("--verdict", "irrelevant", "--reason", " ")
    code, _, err = shell("decide", "Jets", "EP1000001A1", *words)
    assert code == 3
    assert "one line" in err
    assert shell("decide", "Jets", "EP9", "--verdict", "threat", "--reason", "x")[0] == 1
    about = ("--question", "?", "--kind", "technology", "--every")
    assert shell("add", "Two", *about, "often")[0] == 2
    with pytest.raises(SystemExit) as stop:
        shell("add", "Two", "--question", "?", "--kind", "gossip", "--every", "3m")
    assert stop.value.code == 2


def test_a_family_answers_to_any_of_its_numbers(shell: Shell) -> None:
    shell.json("run", "Jets", "--hits", shell.file("q1.csv", HEADER + FIRST))
    words = ("--verdict", "threat", "--reason", "reads on us", "--grade", "high")
    row = shell.json("decide", "Jets", "us 8,001,762 b2", *words)
    assert (row["verdict"], row["grade"], row["reason"]) == ("threat", "high", "reads on us")


def test_tables_are_for_eyes(shell: Shell) -> None:
    assert "Never run" in shell("list")[1]
    shell.json("run", "Jets", "--hits", shell.file("q1.csv", HEADER + FIRST))
    _, out, _ = shell("hits", "Jets")
    assert "not a legal opinion" in out
    assert "Jet engine with bird screen" in out


def test_hits_come_in_by_the_import_command_too(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shell.file("jets.csv", HEADER + FIRST)
    common = ["--database", str(shell.folder / "w.ipdesk"), "--today", "2026-01-05", "import", path]
    assert run([*common, "--as", "hits"]) == 2
    assert "--watch" in capsys.readouterr().err
    assert run([*common, "--as", "hits", "--watch", "Jets", "--dry-run", "--json"]) == 0
    trial = json.loads(capsys.readouterr().out)
    assert (trial["records"], trial["hits"], trial["batch"]) == (2, 2, None)
    assert shell.json("hits", "Jets") == []
    assert run([*common, "--as", "hits", "--watch", "Jets", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["hits"], done["new"], done["failed"]) == (2, 2, False)
    assert len(shell.json("hits", "Jets")) == 2
