"""What the user decides beside ticks is done: policies by field, families, meanings remembered."""

from pathlib import Path

import pytest

from ipdesk.cli.intake import mapping_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.intake.edits import carry_out, forget_mapping, prepare
from ipdesk.core.intake.formats import read_file
from ipdesk.core.intake.model import RawFile
from ipdesk.core.intake.plan import Verdict
from ipdesk.core.intake.queries import remembered, saved_mappings
from ipdesk.core.intake.reading import interpret, read_list
from ipdesk.core.intake.remembered import hash_of, said_in
from ipdesk.core.intake.wishes import Policy, Wishes
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from tests.conftest import TODAY

LIST = """案号,申请号,申请日,案件名称,申请人,案件状态
A-1,CN202010012345.0,2020-03-12,一种打印头,澄镓科技,审中
A-2,202121054321.X,2021-05-07,一种墨盒,澄镓科技,有效
"""
CHANGED = LIST.replace("一种打印头", "一种新打印头").replace("审中", "授权").replace("墨盒", "墨袋")
ODD = """Blatt,Was,Wert,Tag
A-1,一种打印头,CN202010012345.0,2020-03-12
"""
SAID = ["Blatt=reference", "Was=title", "Wert=application_number", "Tag=filing_date"]


def written(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def brought(database: Database, docket: Docket, path: Path, wishes: Wishes) -> None:
    result = read_list(path)
    with database.read() as connection:
        plan = prepare(connection, result)
    carry_out(database, docket, result, plan, wishes=wishes)


def shown(database: Database) -> dict[str, tuple[str, str, str]]:
    with database.read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
    return {m.reference: (m.title, m.status, m.family or "") for m in rows}


def taken_apart(path: Path) -> RawFile:
    return read_file(path, lambda done, total: None)


def test_a_change_is_taken_kept_or_asked_by_field_and_answered_by_line(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    brought(database, docket, written(tmp_path, "a.csv", LIST), Wishes())
    result = read_list(written(tmp_path, "b.csv", CHANGED))
    with database.read() as connection:
        plan = prepare(connection, result)
    wishes = Wishes.keeping("reported_status").with_policy("title", Policy.ASK)
    first, second = plan.entries
    assert wishes.asked(first) == ("title",)
    wishes = wishes.with_answer(second, "title", True)
    assert (wishes.asked(second), wishes.takes(first, "title")) == ((), False)
    carry_out(database, docket, result, plan, wishes=wishes)
    found = shown(database)
    assert found["A-1"][0] == "一种打印头"  # asked and not answered: ours stays
    assert found["A-2"][0] == "一种墨袋"


def test_families_are_as_the_user_changed_them(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    result = read_list(written(tmp_path, "a.csv", LIST))
    with database.read() as connection:
        plan = prepare(connection, result)
    wishes = Wishes().with_family(list(plan.entries), "打印")
    carry_out(database, docket, result, plan, wishes=wishes)
    assert {family for _, _, family in shown(database).values()} == {"打印"}
    again = read_list(written(tmp_path, "b.csv", CHANGED))
    with database.read() as connection:
        plan = prepare(connection, again)
    assert plan.entries[0].verdict is Verdict.CHANGED
    wishes = Wishes().with_family([plan.entries[0]], "")
    carry_out(database, docket, again, plan, wishes=wishes)
    assert (shown(database)["A-1"][2], shown(database)["A-2"][2]) == ("", "打印")


def test_what_columns_mean_is_remembered_by_their_header_row_and_forgotten(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    mapping = mapping_of(SAID)
    assert mapping is not None
    raw = taken_apart(written(tmp_path, "odd.csv", ODD))
    result = interpret(raw, header_row=1, mapping=mapping)
    with database.read() as connection:
        plan = prepare(connection, result)
    said = said_in(result, mapping, TODAY)
    carry_out(database, docket, result, plan, said=said)
    # the next list of the same hand stands lower on the sheet and has other rows
    later = taken_apart(written(tmp_path, "later.csv", f"Stand,2026\n{ODD}A-2,墨盒,,2021-05-07\n"))
    with database.read() as connection:
        known = remembered(connection, later)
    assert known["later"].row == 2
    assert (known["later"].saved.file, known["later"].saved.on) == ("odd.csv", TODAY)
    found = interpret(later, known=known)
    assert [d.reference for d in found.drafts] == ["A-1", "A-2"]
    assert all(m.sure for m in found.mapping)
    forget_mapping(database, known["later"].saved.headers)
    with database.read() as connection:
        assert remembered(connection, later) == {}
    undo_last(database)
    with database.read() as connection:
        assert len(saved_mappings(connection)) == 1


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (["Nr.", "Titel"], ["NR", " titel ", ""], True),
        (["申請號", "名稱"], ["申请号", "名称"], True),
        (["Nr.", "Titel"], ["Titel", "Nr."], False),
    ],
)
def test_a_header_row_is_known_by_its_words(
    first: list[object], second: list[object], same: bool
) -> None:
    assert (hash_of(first) == hash_of(second)) is same


def test_a_row_of_one_word_is_known_by_nothing() -> None:
    assert hash_of(["Liste", "", ""]) == ""
