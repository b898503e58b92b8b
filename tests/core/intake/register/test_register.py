"""A register is compared, never believed: what differs is listed, and only a person decides."""

from pathlib import Path

import pytest

from ipdesk.base.errors import Cancelled, IpdeskError
from ipdesk.core.docket.matters import MatterEdit, edit_matter
from ipdesk.core.docket.queries import deadlines_of_matter, events_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.intake.edits import carry_out, prepare
from ipdesk.core.intake.reading import read_list
from ipdesk.core.intake.register import edits
from ipdesk.core.intake.register.keeping import Kept, keep
from ipdesk.core.intake.register.looking import Comparison, look
from ipdesk.core.intake.register.model import DifferenceRow, LackRow, Side, Stand
from ipdesk.core.intake.register.queries import (
    difference_ids,
    difference_rows,
    differing,
    lack_ids,
    lack_rows,
    open_counts,
    register_files,
)
from ipdesk.core.portfolio.model import MatterRow
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.history import actions
from ipdesk.store.paging import ListQuery

OURS = """案号,申请类型,申请号,申请日,授权日,案件名称,申请人,发明人,案件状态
A-1,发明,CN202010012345.4,2020-03-12,,一种打印头,澄镓科技,沈宇航;高文静,审中
A-2,实用新型,CN202120054321.5,2021-05-07,2021-12-03,一种墨盒,澄镓科技,方小鸥,有效
A-3,发明,CN202110098765.3,2021-04-01,,一种基板,澄镓科技,沈宇航,审中
A-4,发明,CN202110098766.8,2021-04-02,,一种导线,别家公司,沈宇航,审中
"""
REGISTER = """申请号,专利类型,名称,申请人,发明人,申请日,授权公告日,法律状态
CN202010012345.4,发明,一种打印头,澄镓科技,高文静;沈宇航,2020-03-17,,审中
CN202120054321.5,实用新型,一种 墨盒,澄镓科技,方小鸥,2021-05-07,2021-12-03,失效
CN202210012377.3,发明,一种新东西,澄镓科技,方小鸥,2022-01-07,,审中
"""


@pytest.fixture
def held(database: Database, docket: Docket, tmp_path: Path) -> Database:
    """The portfolio as its own list tells it."""
    result = read_list(written(tmp_path, OURS, "ours.csv"))
    with database.read() as connection:
        plan = prepare(connection, result)
    carry_out(database, docket, result, plan)
    return database


def written(folder: Path, words: str, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def compared(database: Database, path: Path) -> Comparison:
    result = read_list(path)
    with database.read() as connection:
        return look(connection, result)


def kept(database: Database, folder: Path, words: str = REGISTER) -> Kept:
    return keep(database, compared(database, written(folder, words)), str(folder))


def matters(database: Database) -> dict[str, MatterRow]:
    with database.read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
    return {m.reference: m for m in rows}


def differences(database: Database, state: str = "open") -> dict[str, DifferenceRow]:
    with database.read() as connection:
        ids = difference_ids(connection, ListQuery().choose("state", state))
        return {f"{r.reference} {r.field}": r for r in difference_rows(connection, ids)}


def lacks(database: Database, side: Side) -> list[LackRow]:
    with database.read() as connection:
        query = ListQuery().choose("state", "open").choose("side", side)
        return lack_rows(connection, lack_ids(connection, query))


def test_only_what_the_register_tells_otherwise_is_listed(held: Database, tmp_path: Path) -> None:
    before = matters(held)
    done = kept(held, tmp_path)
    assert (done.new, done.changed, done.settled) == (2, 0, 0)
    found = differences(held)
    assert set(found) == {"A-1 filing_date", "A-2 status"}  # order of names, blanks: no matter
    day = found["A-1 filing_date"]
    assert (str(day.ours), str(day.theirs), day.line) == ("2020-03-12", "2020-03-17", 2)
    assert found["A-2 status"].theirs == "lapsed"
    assert day.file == "register.csv"
    assert matters(held) == before  # nothing changes by itself
    with held.read() as connection:
        ids = {r.reference: r.id for r in before.values()}
        assert differing(connection, ids.values()) == {ids["A-1"]: 1, ids["A-2"]: 1}
        counts = open_counts(connection)
    assert counts == {"differences": 2, "not_here": 1, "not_there": 1}


def test_what_one_side_lacks_stays_within_the_scope_of_the_file(
    held: Database, tmp_path: Path
) -> None:
    kept(held, tmp_path)
    (new,) = lacks(held, Side.NOT_HERE)
    assert (new.number, new.title, new.line) == ("CN202210012377.3", "一种新东西", 4)
    (missing,) = lacks(held, Side.NOT_THERE)  # A-4 belongs to a company that the file leaves out
    assert (missing.reference, missing.unpublished) == ("A-3", True)


def test_the_same_file_again_changes_nothing(held: Database, tmp_path: Path) -> None:
    kept(held, tmp_path)
    with held.read() as connection:
        done = actions(connection)
    again = kept(held, tmp_path)
    assert (again.new, again.changed, again.settled) == (0, 0, 0)
    with held.read() as connection:
        assert actions(connection) == done
        assert len(register_files(connection)) == 1


def test_accepting_is_an_edit_that_deadlines_follow_and_undo_takes_back(
    held: Database, docket: Docket, tmp_path: Path
) -> None:
    kept(held, tmp_path)
    found = differences(held)
    with held.read() as connection:
        due = {
            d.rule: d.due
            for d in deadlines_of_matter(connection, found["A-1 filing_date"].matter_id)
        }
    ids = [r.id for r in found.values()]
    foreseen = edits.foresee(held, docket, ids)
    assert any(c.rule == "CN-P-SE" for c in foreseen.here["A-1"].changed)
    assert str(matters(held)["A-1"].filing_date) == "2020-03-12"  # a trial keeps nothing
    edits.accept(held, docket, ids)
    after = matters(held)
    assert str(after["A-1"].filing_date) == "2020-03-17"
    assert after["A-2"].status == "lapsed"
    assert differences(held) == {}
    assert set(differences(held, "accepted")) == set(found)
    with held.read() as connection:
        moved = {d.rule: d.due for d in deadlines_of_matter(connection, after["A-1"].id)}
        assert moved["CN-P-SE"] > due["CN-P-SE"]
        (filing,) = [e for e in events_of(connection, after["A-1"].id) if e.type == "filing"]
        assert filing.source == "register"
    undo_last(held)
    assert str(matters(held)["A-1"].filing_date) == "2020-03-12"
    assert matters(held)["A-2"].status == "granted"
    assert set(differences(held)) == set(found)


def test_a_dismissed_difference_is_silent_until_the_register_tells_another_value(
    held: Database, docket: Docket, tmp_path: Path
) -> None:
    kept(held, tmp_path)
    one = differences(held)["A-1 filing_date"]
    with pytest.raises(IpdeskError, match="one line"):
        edits.dismiss(held, docket, [one.id], "  ")
    edits.dismiss(held, docket, [one.id], "receipt of the office seen")
    kept(held, tmp_path, REGISTER + "\n")
    assert "A-1 filing_date" not in differences(held)
    assert differences(held, "dismissed")["A-1 filing_date"].reason == "receipt of the office seen"
    kept(held, tmp_path, REGISTER.replace("2020-03-17", "2020-03-20"))
    again = differences(held)["A-1 filing_date"]
    assert (str(again.theirs), again.reason) == ("2020-03-20", "")
    edits.dismiss(held, docket, [one.id], "no")
    edits.reopen(held, docket, [one.id])
    assert "A-1 filing_date" in differences(held)


def test_what_was_mended_by_hand_or_imported_is_no_difference_any_more(
    held: Database, docket: Docket, tmp_path: Path
) -> None:
    from datetime import date

    kept(held, tmp_path)
    one = matters(held)["A-1"]
    edit_matter(held, docket, one.id, MatterEdit(dates={"filing": date(2020, 3, 17)}))
    assert set(differences(held)) == {"A-2 status"}
    with held.read() as connection:
        assert one.id not in differing(connection, [one.id])
    undo_last(held)
    assert "A-1 filing_date" in differences(held)
    result = read_list(tmp_path / "register.csv")
    with held.read() as connection:
        plan = prepare(connection, result)
    chosen = {i for i, e in enumerate(plan.entries) if e.verdict == "new"}
    carry_out(held, docket, result, plan, chosen=chosen)
    assert lacks(held, Side.NOT_HERE) == []
    edits.dismiss_lacks(held, docket, [lacks(held, Side.NOT_THERE)[0].id], "not published yet")
    assert lacks(held, Side.NOT_THERE) == []


def test_a_register_that_agrees_by_now_settles_its_differences(
    held: Database, tmp_path: Path
) -> None:
    kept(held, tmp_path)
    done = kept(held, tmp_path, REGISTER.replace("2020-03-17", "2020-03-12"))
    assert done.settled == 1
    assert set(differences(held)) == {"A-2 status"}
    assert differences(held, "settled")["A-1 filing_date"].state == Stand.SETTLED


def test_names_titles_and_stages_are_compared_by_what_they_mean(
    held: Database, docket: Docket, tmp_path: Path
) -> None:
    words = """Application Number,Title,Inventors,Filing Date,Legal Status
CN202110098765.3,A substrate,Yuhang SHEN,2021-04-01,Pending
CN202010012345.4,一种打印头,沈宇航,2020-03-12,Pending
"""
    kept(held, tmp_path, words)
    found = differences(held)
    assert found["A-3 title_en"].ours is None  # another language: it is the English title we lack
    assert found["A-1 inventors"].theirs == ("沈宇航",)
    assert not any(k.endswith("status") for k in found)
    edits.accept(held, docket, [found["A-3 title_en"].id])
    assert matters(held)["A-3"].title == "一种基板"
    assert matters(held)["A-3"].title_en == "A substrate"


def test_stopping_writes_nothing(held: Database, tmp_path: Path) -> None:
    result = read_list(written(tmp_path, REGISTER))

    def stop(done: float, total: float, said: object) -> None:
        if done > 3:
            raise Cancelled("")

    with held.read() as connection, pytest.raises(Cancelled):
        look(connection, result, stop)
    assert differences(held) == {}
