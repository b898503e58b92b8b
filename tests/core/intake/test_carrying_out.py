"""An import is one action: all of it is kept or nothing, and one undo takes it back."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select, text

from ipdesk.base.errors import Cancelled, IpdeskError
from ipdesk.core.docket.queries import attention, deadlines_of_matter, events_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.intake.edits import Imported, carry_out, prepare
from ipdesk.core.intake.model import ReadResult
from ipdesk.core.intake.plan import Plan, Verdict
from ipdesk.core.intake.queries import batches, original_rows
from ipdesk.core.intake.reading import read_list
from ipdesk.core.intake.records import refused_rows, write_refused
from ipdesk.core.portfolio.model import MatterRow
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.core.portfolio.undo import undo_action
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.intake import import_row
from tests.conftest import TODAY

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"

LIST = """案号,申请类型,申请号,申请日,公开号,授权日,案件名称,申请人,发明人,案件状态
A-1,发明,CN202010012345.0,2020-03-12,,,一种打印头,澄镓科技,沈宇航;高文静,审中
A-2,实用新型,202120054321.6,2021/5/7,,2021年12月3日,一种墨盒,澄镓科技,方小鸥,有效
"""


def write(path: Path, words: str) -> Path:
    path.write_text(words, encoding="utf-8")
    return path


def compared(database: Database, path: Path) -> tuple[ReadResult, Plan]:
    result = read_list(path)
    with database.read() as connection:
        return result, prepare(connection, result)


def imported(database: Database, docket: Docket, path: Path) -> Imported:
    result, plan = compared(database, path)
    return carry_out(database, docket, result, plan)


def matters(database: Database) -> dict[str, MatterRow]:
    with database.read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
    return {m.reference: m for m in rows}


def test_a_list_becomes_matters_with_events_people_and_deadlines(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    done = imported(database, docket, write(tmp_path / "a.csv", LIST))
    assert (done.summary["new"], done.summary["batch"]) == (2, done.batch)
    found = matters(database)
    assert found["A-1"].inventors == ("沈宇航", "高文静")
    assert found["A-2"].status == "granted"
    with database.read() as connection:
        assert {e.source for e in events_of(connection, found["A-1"].id)} == {"import"}
        assert {d.rule for d in deadlines_of_matter(connection, found["A-1"].id)} >= {"CN-P-SE"}
        assert attention(connection, TODAY).unchecked == 2
        assert original_rows(connection, found["A-1"].id)[0][2][2] == "CN202010012345.0"


def test_the_same_file_again_changes_nothing(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", LIST)
    imported(database, docket, path)
    before = matters(database)
    _, plan = compared(database, path)
    assert plan.counts == {Verdict.UNCHANGED: 2}
    imported(database, docket, path)
    assert matters(database) == before


def test_a_changed_field_is_shown_and_taken_alone(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    imported(database, docket, write(tmp_path / "a.csv", LIST))
    newer = write(tmp_path / "b.csv", LIST.replace("一种墨盒", "一种带检测的墨盒"))
    result, plan = compared(database, newer)
    changed = [e for e in plan.entries if e.verdict is Verdict.CHANGED]
    assert [(d.field, d.old, d.new) for d in changed[0].differences] == [
        ("title", "一种墨盒", "一种带检测的墨盒")
    ]
    carry_out(database, docket, result, plan)
    assert matters(database)["A-2"].title == "一种带检测的墨盒"


def test_one_undo_takes_the_batch_back_and_the_list_of_imports_says_so(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    done = imported(database, docket, write(tmp_path / "a.csv", LIST))
    assert done.change.action is not None
    undo_action(database, done.change.action)
    assert matters(database) == {}
    with database.read() as connection:
        left = connection.execute(select(func.count()).select_from(import_row)).scalar()
    assert left == 0


def test_a_family_that_a_later_list_joined_stays_when_its_import_is_taken_back(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    head = "Ref,Application No.,Filing Date,Title,Family ID\n"
    one = "A-1,CN202010012345.0,2020-03-12,Print head,F-77\n"
    two = "A-2,CN202120054321.6,2021-05-07,Ink cartridge,F-77\n"
    first = imported(database, docket, write(tmp_path / "a.csv", head + one))
    imported(database, docket, write(tmp_path / "b.csv", head + two))
    family = matters(database)["A-2"].family
    assert family
    assert first.change.action is not None
    undo_action(database, first.change.action)
    assert set(matters(database)) == {"A-2"}
    assert matters(database)["A-2"].family == family


def test_unticked_rows_are_left_out(database: Database, docket: Docket, tmp_path: Path) -> None:
    result, plan = compared(database, write(tmp_path / "a.csv", LIST))
    carry_out(database, docket, result, plan, chosen=[1])
    assert set(matters(database)) == {"A-2"}


def test_a_cancelled_import_writes_nothing(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    result, plan = compared(database, write(tmp_path / "a.csv", LIST))

    def stop(done: float, _total: float) -> None:
        if done:
            raise Cancelled("")

    with pytest.raises(Cancelled):
        carry_out(database, docket, result, plan, progress=stop)
    assert matters(database) == {}
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM action")).scalar() == 0
        assert batches(connection) == []


def test_a_preview_that_is_no_longer_true_is_not_carried_out(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", LIST)
    result, plan = compared(database, path)
    imported(database, docket, path)
    with pytest.raises(IpdeskError, match="changed since"):
        carry_out(database, docket, result, plan)


def test_phases_find_their_application_in_either_order(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    phases = (
        "申请号,申请日,名称,国家,PCT国际申请号\n17/123456,2020-05-05,Head,US,PCT/CN2020/088042\n"
    )
    imported(database, docket, write(tmp_path / "p.csv", phases))
    whole = (
        "申请号,申请日,名称,优先权号,优先权日\n"
        "PCT/CN2020/088042,2020-05-05,Head,CN201910012345.1,2019-05-06\n"
    )
    imported(database, docket, write(tmp_path / "w.csv", whole))
    statuses = {m.office: m.status for m in matters(database).values()}
    assert statuses["WO"] == "entered"


REAL = [
    p for p in sorted(SHARED.glob("*")) if p.suffix.lower() in {".csv", ".xls", ".xlsx", ".xml"}
]


@pytest.mark.parametrize("path", REAL, ids=lambda p: p.name)
def test_real_lists_come_in_and_again_change_nothing(
    database: Database, docket: Docket, path: Path
) -> None:
    imported(database, docket, path)
    _, plan = compared(database, path)
    assert set(plan.counts) <= {Verdict.UNCHANGED, Verdict.REFUSED}


def test_refused_rows_are_corrected_in_their_workbook_and_come_in(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    headers = ["我方文号", "专利名称", "申请类型", "申请号", "申请日", "申请人"]
    rows = [
        ["澄-01", "一种印刷喷头", "发明", "CN201610895413.X", "2016-10-13", "澄镓科技"],
        ["", "柔性电路板", "发明", "CN201610851265.2", "2016年9月26日", "澄镓科技"],
        ["澄-02", "打印平台", "实用新型", "CN201420393883.2", "2014-07-16", "澄镓科技"],
    ]
    first, refused = tmp_path / "澄镓案件.xlsx", tmp_path / "被拒.xlsx"
    book = Workbook()
    assert book.active is not None
    for row in (headers, *rows):
        book.active.append(row)
    book.save(first)
    done = imported(database, docket, first)
    assert {m.title for m in matters(database).values()} == {"一种印刷喷头", "打印平台"}
    result, plan = compared(database, first)
    assert write_refused(refused, result, refused_rows(plan)) == 1
    book = load_workbook(refused)
    sheet = book.active
    assert sheet is not None
    assert sheet.cell(1, 7).value == "Problem"
    assert "201610851265.2" in str(sheet.cell(2, 7).value)
    sheet.cell(2, 4).value = "CN201610851265.1"
    book.save(refused)
    imported(database, docket, refused)
    titles = {m.title for m in matters(database).values()}
    assert titles == {"一种印刷喷头", "打印平台", "柔性电路板"}
    for path in (first, refused):  # each again changes nothing
        assert compared(database, path)[1].count(Verdict.NEW) == 0
        assert compared(database, path)[1].count(Verdict.CHANGED) == 0
    assert done.change.action is not None
    _, kept = undo_action(database, done.change.action)
    assert {m.title for m in matters(database).values()} == {"柔性电路板"}
    assert next(iter(matters(database).values())).applicants == (
        "澄镓科技",
    )  # named by the first import too
    assert len(kept) == 1
