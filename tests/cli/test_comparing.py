"""Registers on the command line: compare, list, accept and dismiss by field."""

from pathlib import Path

from tests.cli.test_contract import Program, filled, ipdesk

__all__ = ["filled", "ipdesk"]  # fixtures

REGISTER = """申请号,专利类型,名称,申请人,发明人,申请日
CN202010012345.4,发明,一种打印头,澄镓科技,沈宇航;高文静,2020-03-17
CN202210012377.3,发明,一种新东西,澄镓科技,方小鸥,2022-01-07
"""


def test_a_register_is_compared_listed_and_decided_on(filled: Program) -> None:
    path = Path(filled.folder) / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    trial = filled.json("compare", str(path), "--dry-run", "--json")
    assert (trial["matched"], trial["differences"], trial["new"]) == (1, 1, None)
    assert trial["fields"][0] | {"row": 0} == {
        "reference": "A-1",
        "field": "filing_date",
        "ours": "2020-03-12",
        "theirs": "2020-03-17",
        "sheet": trial["fields"][0]["sheet"],
        "row": 0,
    }
    assert filled.lines("differences", "--json") == []
    told = filled.json("compare", str(path), "--json")
    assert (told["new"], told["not_here"], told["not_there"]) == (1, 1, 0)
    (row,) = filled.lines("differences", "--json", "--field", "filing_date", "--office", "CN")
    assert row["state"] == "open"
    assert filled.lines("differences", "--missing", "here", "--json")[0]["title"] == "一种新东西"
    assert filled("differences", "accept") == 2
    assert "--field" in filled.err
    assert filled("differences", "dismiss", "--field", "filing_date") == 1
    assert filled("differences", "dismiss", "--id", str(row["id"]), "--reason", "seen") == 0
    assert filled.lines("differences", "--json") == []
    assert filled("differences", "reopen", "--field", "filing_date") == 0
    assert filled("differences", "accept", "--field", "filing_date") == 0
    assert filled.json("matter", "A-1", "--json")["filing_date"] == "2020-03-17"
    assert filled("differences", "files") == 0
    assert "register.csv" in filled.out
    assert filled("compare", "nowhere.csv") == 3
