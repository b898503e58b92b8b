"""What an import hands back: JSON lines, the summary, refused rows that can be corrected."""

import json
from pathlib import Path

from ipdesk.core.intake.formats import read_file
from ipdesk.core.intake.leftaside import LEFT_ASIDE
from ipdesk.core.intake.model import ReadResult
from ipdesk.core.intake.plan import Verdict, plan
from ipdesk.core.intake.reading import interpret
from ipdesk.core.intake.records import (
    record_of,
    refused_rows,
    summary_of,
    write_records,
    write_refused,
)

SAMPLES = Path(__file__).parents[2] / "samples"
KEYS = """sheet row right office application_number application_number_raw publication_number
publication_number_raw publication_numbers grant_number title filing_date publication_date
grant_date expiry_date priority_date priorities applicants inventors status
reference problems""".split()


def read(path: Path) -> ReadResult:
    return interpret(read_file(path, lambda done, total: None))


def test_a_record_has_the_agreed_keys_and_null_for_what_is_not_said(tmp_path: Path) -> None:
    result = read(SAMPLES / "agent_zh.xlsx")
    path = tmp_path / "records.jsonl"
    write_records(path, result.drafts)
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(records) == 4
    assert all(set(KEYS) <= set(r) for r in records)
    planned = records[2]
    assert (planned["application_number"], planned["filing_date"]) == (None, None)
    assert planned["priorities"] == []
    assert "一种可打印的液态金属墨水" in path.read_text(encoding="utf-8")
    assert records[3]["problems"][1]["code"] == "number_damaged"
    assert set(records[3]["problems"][1]) == {"column", "severity", "code", "message"}


def test_the_summary_has_the_agreed_keys() -> None:
    result = read(SAMPLES / "broken_cells.csv")
    summary = summary_of(result, plan(result.drafts))
    assert (
        list(summary)
        == (
            "file sha256 format sheets mapping records new changed unchanged duplicates refused "
            "problems batch"
        ).split()
    )
    assert (summary["records"], summary["new"], summary["refused"]) == (4, 2, 2)
    assert summary["sheets"] == [{"name": "broken_cells", "header_row": 1, "records": 4}]
    assert summary["mapping"][0] == {"header": "Ref", "field": "reference", "sure": True}
    assert {"sheet", "row", "column", "severity", "code", "message"} == set(summary["problems"][0])
    assert json.dumps(summary)


def test_refused_rows_come_back_as_a_workbook_that_can_be_corrected(tmp_path: Path) -> None:
    result = read(SAMPLES / "broken_cells.csv")
    refused = refused_rows(plan(result.drafts))
    path = tmp_path / "refused.xlsx"
    assert write_refused(path, result, refused) == 2
    again = read(path)
    assert [d.title for d in again.drafts] == ["Wrong check digit", "Lost zeros"]
    assert plan(again.drafts).counts == {Verdict.REFUSED: 2}
    fixed = interpret(again.raw, repairs={(again.drafts[0].sheet, 2, 2): "CN202120234567.0"})
    assert plan(fixed.drafts).counts == {Verdict.NEW: 1, Verdict.REFUSED: 1}
    assert fixed.raw_row(fixed.drafts[0]).cells[2] == "CN202120234567.1"


def test_cells_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    result = read(SAMPLES / "broken_cells.csv")
    path = tmp_path / "all.xlsx"
    write_refused(path, result, plan(result.drafts).entries)
    titles = [d.title for d in read(path).drafts]
    assert "=cmd|' /C calc'!A0" in titles
    assert "@SUM(1)" in titles


def test_guessed_columns_come_back_under_the_names_of_their_fields(tmp_path: Path) -> None:
    result = read(SAMPLES / "headerless.txt")
    path = tmp_path / "all.xlsx"
    write_refused(path, result, plan(result.drafts).entries)
    again = read(path)
    assert [m.field for m in again.mapping if m.field] == [m.field for m in result.mapping]
    assert [record_of(d)["title"] for d in again.drafts] == [d.title for d in result.drafts]


def test_records_are_a_list_that_can_be_read_again(tmp_path: Path) -> None:
    result = read(SAMPLES / "lens.csv")
    path = tmp_path / "records.jsonl"
    write_records(path, result.drafts)
    again = read(path)
    assert [d.keys for d in again.drafts] == [d.keys for d in result.drafts]
    assert [d.filing_date for d in again.drafts] == [d.filing_date for d in result.drafts]


def test_original_rows_stay_at_hand() -> None:
    result = read(SAMPLES / "cnipr.csv")
    drafts = result.drafts[::-1]
    assert result.raw_cells(drafts) == [result.raw_row(draft).cells for draft in drafts]
    assert result.raw_row(result.drafts[1]).cells[5] == "一种散热器"


def test_a_row_that_speaks_of_a_matter_without_number_and_title_is_said(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "案号,类型,申请号,名称,申请人\n"
        "P-1,发明,CN202010123456.4,一种泵,澄镓科技\n"
        "P-2,发明,,,澄镓科技\n"
        ",,,,\n"
        "P-3,发明,,一种阀,澄镓科技\n"
        "合计,,,,3\n",
        encoding="utf-8",
    )
    result = read(path)
    assert [d.reference for d in result.drafts] == ["P-1", "P-3"]
    aside = [(p.row, p.column) for p in result.problems if p.code == LEFT_ASIDE]
    assert aside == [(3, "案号")]
