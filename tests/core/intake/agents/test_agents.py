"""A workbook goes to an agent and comes back: every cell is compared, nothing is taken silently."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.core.docket.queries import deadlines_of_matter, events_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.intake.agents import edits
from ipdesk.core.intake.agents.making import Made, make_workbook
from ipdesk.core.intake.agents.model import AnswerRow
from ipdesk.core.intake.agents.queries import agent_rows, answer_ids, answer_rows, workbooks
from ipdesk.core.intake.agents.returning import KeptAnswers, keep_answers, read_back
from ipdesk.core.intake.edits import carry_out, prepare
from ipdesk.core.intake.reader import take_apart
from ipdesk.core.intake.reading import read_list
from ipdesk.core.portfolio.model import MatterRow
from ipdesk.core.portfolio.queries import matter_detail, matter_ids, matter_rows
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.history import actions
from ipdesk.store.paging import ListQuery
from tests.conftest import TODAY

AGENT = "京华专利代理有限公司"
OURS = f"""案号,申请类型,申请号,申请日,授权日,案件名称,申请人,发明人,代理机构,案件状态
A-1,发明,CN202510012345.7,2025-03-12,,=一种打印头,澄镓科技,沈宇航,{AGENT},审中
A-2,实用新型,CN202120054321.5,2021-05-07,2021-12-03,一种墨盒,澄镓科技,方小鸥,{AGENT},有效
A-3,发明,CN202510098765.1,2025-04-01,,一种基板,澄镓科技,沈宇航,别家代理,审中
"""
Sheet = Any


@pytest.fixture
def held(database: Database, docket: Docket, tmp_path: Path) -> Database:
    path = tmp_path / "ours.csv"
    path.write_text(OURS, encoding="utf-8")
    result = read_list(path)
    with database.read() as connection:
        plan = prepare(connection, result)
    carry_out(database, docket, result, plan)
    return database


def sent(database: Database, path: Path, language: str = "both") -> Made:
    return make_workbook(database, "京华", path, TODAY, language=language, company="Chengjia")


def edited(path: Path, change: Callable[[Sheet, Sheet], None]) -> Path:
    """The workbook as the agent saved it."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0], book.worksheets[1])
    back = path.with_name("back.xlsx")
    book.save(back)
    return back


def cell(sheet: Sheet, row: int, header: str) -> Any:
    """A cell by the beginning of its header."""
    for column in range(1, sheet.max_column + 1):
        if str(sheet.cell(1, column).value).startswith(header):
            return sheet.cell(row, column)
    raise LookupError(header)


def returned(database: Database, path: Path) -> KeptAnswers:
    raw = take_apart(path)
    with database.read() as connection:
        found = read_back(connection, raw)
    return keep_answers(database, found, TODAY)


def answers(database: Database, state: str = "open") -> dict[tuple[str, str], AnswerRow]:
    with database.read() as connection:
        ids = answer_ids(connection, ListQuery().choose("state", state))
        return {(r.reference, r.field): r for r in answer_rows(connection, ids)}


def matters(database: Database) -> dict[str, MatterRow]:
    with database.read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
    return {m.reference: m for m in rows}


def test_the_workbook_is_protected_and_safe_and_has_the_agents_matters_only(
    held: Database, tmp_path: Path
) -> None:
    made = sent(held, tmp_path / "w.xlsx")
    assert (made.agent, made.matters, made.queries) == (AGENT, 2, 0)
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    first = book.worksheets[0]
    assert first.protection.sheet
    assert first.column_dimensions["A"].hidden
    assert first.row_dimensions[1].height == 45  # headers are read whole in every program
    assert [first.cell(r, 2).value for r in (2, 3)] == ["A-1", "A-2"]
    title = cell(first, 2, "Title")
    assert (title.value, title.data_type, title.protection.locked) == ("=一种打印头", "s", True)
    assert not cell(first, 2, "Your reference").protection.locked
    assert cell(first, 2, "Legal status").value == "Pending 审查中"
    assert {v.type for v in first.data_validations.dataValidation} == {"date", "list"}
    assert book["_ipdesk"].sheet_state == "hidden"
    assert cell(book.worksheets[1], 2, "Official date").is_date
    chinese = sent(held, tmp_path / "z.xlsx", "zh_CN")
    assert chinese.deadlines == made.deadlines > 0
    assert openpyxl.load_workbook(tmp_path / "z.xlsx").sheetnames[:2] == ["案件", "期限"]
    with held.read() as connection:
        row = agent_rows(connection, TODAY)[0]
    assert (row.name, row.matters, row.sent_on) == (AGENT, 2, TODAY)
    with pytest.raises(IpdeskError, match="no agent"):
        make_workbook(held, "nobody", tmp_path / "n.xlsx", TODAY)


def test_an_untouched_workbook_says_nothing_and_reading_twice_changes_nothing(
    held: Database, tmp_path: Path
) -> None:
    sent(held, tmp_path / "w.xlsx")
    returned(held, tmp_path / "w.xlsx")
    assert answers(held) == {}
    back = edited(tmp_path / "w.xlsx", lambda m, d: set_value(m, 2, "Your reference", "JH-77"))
    assert returned(held, back).new == 1
    with held.read() as connection:
        before = actions(connection)
    again = returned(held, back)
    assert (again.new, again.changed, again.settled) == (0, 0, 0)
    with held.read() as connection:
        assert actions(connection) == before


def set_value(sheet: Sheet, row: int, header: str, value: Any) -> None:
    cell(sheet, row, header).value = value


def test_cells_are_compared_whatever_was_done_to_the_sheet(
    held: Database, docket: Docket, tmp_path: Path
) -> None:
    sent(held, tmp_path / "w.xlsx")

    def change(first: Sheet, second: Sheet) -> None:
        set_value(first, 2, "Your reference", "JH-77")
        set_value(first, 2, "Filing date", "2025/3/17")  # a text
        set_value(first, 2, "Publication date", 45915)  # a bare number of days
        set_value(first, 3, "Legal status", "失效")
        set_value(first, 3, "Your remark", "年费未缴\n请确认")
        set_value(first, 3, "Grant or registration date", "soon")
        set_value(first, 2, "Our reference", "A-1 ")  # a blank says nothing
        first.protection.sheet = False
        first.insert_cols(3)
        first.insert_rows(1)  # a title above
        first.cell(1, 1).value = "returned"

    returned(held, edited(tmp_path / "w.xlsx", change))
    found = answers(held)
    assert {k: (v.sent, v.answered, v.now) for k, v in found.items()} == {
        ("A-1", "other_reference"): (None, "JH-77", None),
        ("A-1", "filing_date"): ("2025-03-12", "2025-03-17", date(2025, 3, 12)),
        ("A-1", "publication_date"): (None, "2025-09-15", None),
        ("A-2", "status"): ("granted", "lapsed", "granted"),
        ("A-2", "remark"): (None, "年费未缴\n请确认", None),
        ("A-2", "grant_date"): ("2021-12-03", "soon", date(2021, 12, 3)),
    }
    assert found["A-2", "grant_date"].unread == "“soon” is not a date."
    assert matters(held)["A-1"].filing_date == date(2025, 3, 12)
    with pytest.raises(IpdeskError, match="Query it"):
        edits.accept(held, docket, [r.id for r in found.values()])
    sound = [r.id for r in found.values() if not r.unread]
    edits.accept(held, docket, sound)
    after = matters(held)
    assert after["A-1"].filing_date == date(2025, 3, 17)
    assert after["A-2"].status == "lapsed"
    with held.read() as connection:
        detail = matter_detail(connection, after["A-1"].id)
        other = matter_detail(connection, after["A-2"].id)
        assert {e.source for e in events_of(connection, after["A-1"].id)} == {"import"}
    assert detail is not None
    assert other is not None
    assert detail.facts["other_reference"] == "JH-77"
    assert other.note == f"2026-11-24 {AGENT}: 年费未缴\n请确认"
    undo_last(held)
    assert matters(held)["A-1"].filing_date == date(2025, 3, 12)
    assert len(answers(held)) == 6


def test_deadlines_done_elsewhere_dated_otherwise_and_added(
    held: Database, docket: Docket, tmp_path: Path
) -> None:
    sent(held, tmp_path / "w.xlsx", "en")

    def change(_first: Sheet, second: Sheet) -> None:
        set_value(second, 2, "State at your end", "Done")
        set_value(second, 2, "Done on", "20 Nov 2026")
        set_value(second, 2, "Receipt no.", "R-1")
        row = second.max_row + 1 - 20
        set_value(second, row, "Our reference", "A-1")
        set_value(second, row, "What is due", "Reply to the examiner")
        set_value(second, row, "Date in your records", date(2027, 1, 15))

    returned(held, edited(tmp_path / "w.xlsx", change))
    found = answers(held)
    added = found["A-1", "row"]
    assert (added.kind, added.label) == ("new_deadline", "Reply to the examiner")
    (done,) = [r for r in found.values() if r.field == "answer"]
    edits.accept(held, docket, [done.id, added.id])
    assert answers(held) == {}  # day and receipt belong to what was done
    with held.read() as connection:
        row = next(
            d
            for d in deadlines_of_matter(connection, done.matter_id or 0)
            if d.id == done.deadline_id
        )
        due = deadlines_of_matter(connection, added.matter_id or 0)
    assert (row.state, row.submitted_on, row.receipt) == ("submitted", date(2026, 11, 20), "R-1")
    assert any(d.manual and d.due == date(2027, 1, 15) for d in due)


def test_a_query_goes_into_the_next_workbook_and_its_reply_closes_it(
    held: Database, docket: Docket, tmp_path: Path
) -> None:
    sent(held, tmp_path / "w.xlsx")
    back = edited(tmp_path / "w.xlsx", lambda m, d: set_value(m, 2, "Filing date", "2025-03-17"))
    returned(held, back)
    one = answers(held)["A-1", "filing_date"]
    with pytest.raises(IpdeskError):
        edits.query(held, docket, [one.id], " ")
    edits.query(held, docket, [one.id], "The receipt says 12 March. Why 17?")
    made = sent(held, tmp_path / "w2.xlsx")
    assert made.queries == 1

    def reply(first: Sheet, _second: Sheet) -> None:
        assert cell(first, 2, "Our question").value == "The receipt says 12 March. Why 17?"
        set_value(first, 2, "Your reply", "Our mistake")

    returned(held, edited(tmp_path / "w2.xlsx", reply))
    assert set(answers(held)) == {("A-1", "reply")}
    edits.accept(held, docket, [answers(held)["A-1", "reply"].id])
    closed = answers(held, "settled")["A-1", "filing_date"]
    assert (closed.reply, closed.asked_on) == ("Our mistake", TODAY)
    assert answers(held) == {}
    assert sent(held, tmp_path / "w3.xlsx").queries == 0


def test_added_rows_are_new_matters_unless_we_have_them(
    held: Database, docket: Docket, tmp_path: Path
) -> None:
    sent(held, tmp_path / "w.xlsx")

    def change(first: Sheet, _second: Sheet) -> None:
        for column in range(1, first.max_column + 1):  # a row copied with its hidden key
            first.cell(4, column).value = first.cell(2, column).value
        set_value(first, 4, "Our reference", None)
        set_value(first, 4, "Your reference", "JH-99")
        set_value(first, 4, "Title", "一种新喷头")
        set_value(first, 4, "Application no.", "CN202610012345.1")
        set_value(first, 4, "Filing date", date(2026, 2, 3))
        set_value(first, 5, "Application no.", "CN202510098765.1")  # A-3, of another agent here
        set_value(first, 5, "Filing date", date(2025, 4, 2))

    returned(held, edited(tmp_path / "w.xlsx", change))
    found = answers(held)
    assert set(found) == {("", "row"), ("A-3", "filing_date")}
    edits.accept(held, docket, [found["", "row"].id])
    new = next(m for m in matters(held).values() if m.title == "一种新喷头")
    assert (new.right, new.office, new.agencies) == ("invention", "CN", (AGENT,))
    assert new.filing_date == date(2026, 2, 3)
    assert new.next_due is not None
    undo_last(held)
    assert len(matters(held)) == 3
    edits.query(held, docket, [found["", "row"].id], "Whose is this?")
    sent(held, tmp_path / "w2.xlsx")
    first = openpyxl.load_workbook(tmp_path / "w2.xlsx").worksheets[0]
    assert cell(first, 4, "Our question").value == "Whose is this?"
    edits.dismiss(held, docket, [found["A-3", "filing_date"].id], "not theirs")
    assert answers(held) == {}


def test_an_added_matter_is_read_and_checked_like_a_line_of_a_list(
    held: Database, docket: Docket, tmp_path: Path
) -> None:
    sent(held, tmp_path / "w.xlsx", "en")

    def change(first: Sheet, _second: Sheet) -> None:
        rows = (("CN202610012345.2", None, "Wrong digit"), ("zl2026 2 0012345.7", "U", "Cap"))
        for at, (number, right, title) in enumerate(rows, start=4):
            set_value(first, at, "Application no.", number)
            set_value(first, at, "Right", right)
            set_value(first, at, "Title", title)
            set_value(first, at, "Filing date", date(2026, 2, 3))
        set_value(first, 6, "Grant or registration no.", "ZL202510098765.1")  # A-3 by its grant

    returned(held, edited(tmp_path / "w.xlsx", change))
    with held.read() as connection:
        rows = answer_rows(connection, answer_ids(connection, ListQuery()))
    wrong, cap = (r for r in rows if r.kind == "new_matter")
    assert "check digit" in wrong.unread
    assert cap.unread == ""
    assert [r.reference for r in rows if r.field == "grant_number"] == ["A-3"]
    with pytest.raises(IpdeskError, match="check digit"):
        edits.accept(held, docket, [wrong.id])
    effect = edits.foresee(held, docket, [cap.id])
    assert len(effect.here) == 1
    assert any(c.before is None for c in next(iter(effect.here.values())).created)
    assert len(matters(held)) == 3  # a look writes nothing
    edits.accept(held, docket, [cap.id])
    new = next(m for m in matters(held).values() if m.title == "Cap")
    assert (new.right, new.application_number) == ("utility_model", "CN202620012345.7")
    undo_last(held)
    edits.reopen(held, docket, [wrong.id])
    path = tmp_path / "later.csv"
    path.write_text("申请号,名称,申请日\nCN202620012345.7,Cap,2026-02-03\n", encoding="utf-8")
    result = read_list(path)
    with held.read() as connection:
        plan = prepare(connection, result)
    carry_out(held, docket, result, plan)
    with pytest.raises(IpdeskError, match="here by now"):
        edits.accept(held, docket, [cap.id])


def test_a_csv_that_lost_its_chinese_says_nothing_of_it(held: Database, tmp_path: Path) -> None:
    sent(held, tmp_path / "w.xlsx", "en")
    first = openpyxl.load_workbook(tmp_path / "w.xlsx").worksheets[0]
    rows = [[str(c.value or "")[:19] for c in row] for row in first.iter_rows()]
    rows[1][rows[0].index("Your remark")] = "paid?"
    path = tmp_path / "back.csv"
    with path.open("w", encoding="ascii", errors="replace", newline="") as handle:
        csv.writer(handle).writerows(rows)
    returned(held, path)
    assert {k: v.answered for k, v in answers(held).items()} == {("A-1", "remark"): "paid?"}


def test_a_csv_without_keys_is_known_by_our_references(held: Database, tmp_path: Path) -> None:
    sent(held, tmp_path / "w.xlsx", "zh_CN")
    first = openpyxl.load_workbook(tmp_path / "w.xlsx").worksheets[0]
    rows = [[c.value for c in row][1:] for row in first.iter_rows()]  # the key column is gone
    rows[1][1] = "'=JH"
    rows[2][rows[0].index("申请号")] = 202120054321.0  # a number that lost its check digit
    path = tmp_path / "back.csv"
    with path.open("w", encoding="gb18030", newline="") as handle:
        csv.writer(handle).writerows([[str(c or "")[:19] for c in row] for row in rows])
    returned(held, path)
    assert {k: v.answered for k, v in answers(held).items()} == {("A-1", "other_reference"): "=JH"}


def test_a_foreign_workbook_is_refused(held: Database, docket: Docket, tmp_path: Path) -> None:
    raw = take_apart(tmp_path / "ours.csv")
    with held.read() as connection, pytest.raises(Refused, match="Our reference"):
        read_back(connection, raw)
    sent(held, tmp_path / "w.xlsx")
    undo_last(held)
    raw = take_apart(tmp_path / "w.xlsx")
    with held.read() as connection:
        assert workbooks(connection) == []
        with pytest.raises(Refused, match="not made from this portfolio"):
            read_back(connection, raw)
