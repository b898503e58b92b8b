"""Import: changes of known matters by field, and families, decided in the preview."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ipdesk.core.docket.lifecycle import divide
from ipdesk.core.intake.wishes import Policy, Wishes
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import law_of
from ipdesk.ui.intake.entries import FIRST_FIELD
from ipdesk.ui.intake.entrypaint import apart
from ipdesk.ui.intake.reachnote import ReachNote
from ipdesk.ui.pages.imports import ImportPage
from tests.ui.intake.walking import counts, imported, preview_of, titles
from tests.ui.lists import ROWS, write_list

Settle = Callable[[], None]


def test_the_same_file_again_changes_nothing(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    path = write_list(tmp_path)
    imported(page, settle, path)
    page.start_again()
    preview_of(page, settle, path)
    assert counts(page) == {"new": 0, "changed": 0, "unchanged": 3, "refused": 1}
    assert not page.forward.isEnabled()
    assert page.forward.text() == "Nothing to import"
    opened = page.bringing.opened
    assert opened is not None
    assert opened.before is not None


def test_other_matters_that_a_corrected_date_reaches_are_named_before_and_after(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    imported(page, settle, write_list(tmp_path))
    database = desk.worker.database()
    docket = law_of(database, desk.today())
    with database.read() as connection:
        (first,) = [m for m in matter_rows(connection, matter_ids(connection, ListQuery()))
                    if m.title == "一种液态金属印刷喷头"]  # fmt: skip
    divide(database, docket, first.id, date(2017, 10, 13))
    page.start_again()
    later = (ROWS[0].replace("2016-10-13", "2016-10-12"),)
    preview_of(page, settle, write_list(tmp_path, "later.csv", later))
    note = page.preview.findChild(ReachNote)
    assert note is not None
    assert note.isVisible()
    assert "reach 1 other matter" in note.words.text()
    page.bringing.tick([0], False)
    QTest.qWait(500)
    settle()
    assert not note.isVisible()
    page.bringing.tick([0], True)
    page.go_on()
    settle()
    assert any("reach 1 other matter" in one.text() for one in page.result.findChildren(QLabel))


def test_a_changed_field_shows_old_and_new_and_can_be_kept(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    imported(page, settle, write_list(tmp_path))
    page.start_again()
    later = (
        ROWS[0].replace("印刷喷头", "打印喷头").replace("2016-10-13,,", "2016-10-13,2019-05-07,"),
    )
    preview_of(page, settle, write_list(tmp_path, "later.csv", later))
    preview = page.bringing.preview
    assert preview is not None
    cell = preview.cell(0, "title")
    assert (cell.old, cell.text) == ("一种液态金属印刷喷头", "一种液态金属打印喷头")
    assert dict(preview.changing) == {"title": 1, "grant_date": 1}
    page.preview.show_filter("changed")
    table = page.preview.table
    shown = {
        table.entries.field_at(c)
        for c in range(FIRST_FIELD, table.entries.columnCount())
        if not table.isColumnHidden(c)
    }
    assert shown == {"reference", "title", "application_number", "grant_date"}
    page.bringing.wish(Wishes.keeping("title"))
    page.go_on()
    settle()
    with desk.worker.database().read() as connection:
        found = matter_rows(connection, matter_ids(connection, ListQuery("LM-001")))
    assert found[0].title == "一种液态金属印刷喷头"
    assert str(found[0].grant_date) == "2019-05-07"


def test_an_asked_field_waits_for_an_answer_on_its_line(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    imported(page, settle, write_list(tmp_path))
    page.start_again()
    later = (ROWS[0].replace("印刷喷头", "打印喷头"), ROWS[1].replace("墨水", "油墨"))
    preview_of(page, settle, write_list(tmp_path, "later.csv", later))
    page.preview.policies.chosen.emit("title", Policy.ASK)
    assert page.bringing.asked == 2
    assert "2" in page._note.text()
    becomes = page.preview.detail.becomes
    row = next(r for r in becomes.rows_model.rows if r.id == "title")
    assert row.taken is None
    becomes.activated.emit(becomes.rows_model.index(0, 0))
    assert page.bringing.asked == 1
    page.preview.go_to_question()
    assert page.preview.table.current_place() == 1
    page.go_on()
    settle()
    assert "一种液态金属打印喷头" in titles(desk)
    assert "液态金属墨水" in titles(desk)


def test_the_family_of_lines_is_changed_in_the_preview(
    previewed: ImportPage, settle: Settle, desk: Desk
) -> None:
    previewed.preview.table.selectAll()
    previewed.preview.put_family("打印")
    previewed.go_on()
    settle()
    with desk.worker.database().read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
    assert {m.family for m in rows} == {"打印"}


def test_long_values_are_shown_whole_and_part_where_they_differ(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    imported(page, settle, write_list(tmp_path))
    page.start_again()
    later = ROWS[0].replace("印刷喷头", "印刷喷头" + "及其在柔性电路制造中的应用方法" * 3)
    preview_of(page, settle, write_list(tmp_path, "later.csv", (later,)))
    page.preview.show_filter("changed")
    becomes = page.preview.detail.becomes
    assert becomes.rowHeight(0) > 2 * theme.look().row
    assert becomes.maximumHeight() > becomes.rowHeight(0)
    assert apart("一种液态金属印刷喷头", "一种液态金属印刷喷头及其方法") == (
        "…刷喷头",
        "…刷喷头及其方法",
    )
    assert apart("abc", "xyz") == ("abc", "xyz")
