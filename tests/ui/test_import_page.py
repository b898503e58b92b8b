"""The import page: every step can be changed and gone back from; only what is ticked is written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.base.change import Change
from ipdesk.base.settings import SettingsFile
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.matters import MatterEdit, edit_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.intake.plan import Verdict
from ipdesk.core.intake.queries import batches
from ipdesk.core.intake.wishes import Policy, Wishes
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.intake.bringing import Bringing, Step
from ipdesk.ui.intake.choices import SheetChoice, judged_row
from ipdesk.ui.intake.entries import FIRST_FIELD, TICK, TICKED
from ipdesk.ui.intake.entrypaint import judgement
from ipdesk.ui.intake.likenames import LikeNames
from ipdesk.ui.intake.preview import REMARKS
from ipdesk.ui.messages import Kind
from ipdesk.ui.pages.imports import ImportPage
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.lists import RIGHT_NUMBER, ROWS, write_list
from tests.ui.scenes import clipped, stage, wait

Settle = Callable[[], None]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> ImportPage:
    made = ImportPage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 740)
    made.show()
    settle()
    return made


@pytest.fixture
def said(desk: Desk) -> list[tuple[str, Kind]]:
    heard: list[tuple[str, Kind]] = []
    desk.said.connect(lambda text, kind, _action: heard.append((str(text), kind)))
    return heard


@pytest.fixture
def previewed(page: ImportPage, settle: Settle, tmp_path: Path) -> ImportPage:
    return preview_of(page, settle, write_list(tmp_path))


def preview_of(page: ImportPage, settle: Settle, path: Path) -> ImportPage:
    """The page at its third step."""
    page.bringing.open(path)
    settle()
    page.go_on()
    settle()
    assert page.bringing.step is Step.PREVIEW
    return page


def imported(page: ImportPage, settle: Settle, path: Path) -> ImportPage:
    """The page at its last step."""
    preview_of(page, settle, path).go_on()
    settle()
    assert page.bringing.step is Step.RESULT
    return page


def counts(page: ImportPage) -> dict[str, int]:
    preview = page.bringing.preview
    assert preview is not None
    return {verdict.value: preview.count(verdict) for verdict in Verdict}


def titles(desk: Desk) -> list[str]:
    with desk.worker.database().read() as connection:
        return sorted(m.title for m in matter_rows(connection, matter_ids(connection, ListQuery())))


def place_of(page: ImportPage, title: str) -> int:
    """Where a title stands in the preview."""
    preview = page.bringing.preview
    assert preview is not None
    return next(p for p in range(preview.count("all")) if preview.draft(p).title == title)


# -- file -------------------------------------------------------------------------------------


def test_a_file_leads_to_its_columns_with_what_they_mean(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    page.bringing.open(write_list(tmp_path))
    settle()
    assert page.bringing.step is Step.COLUMNS
    lines = page.columns.columns.rows_model.rows
    assert [line.field for line in lines][:5] == [
        "reference",
        "title",
        "right",
        "application_number",
        "filing_date",
    ]
    assert all(line.sure for line in lines)
    assert lines[1].samples[0] == "一种液态金属印刷喷头"


def test_a_table_of_something_else_is_refused_with_its_reason(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("Region,Turnover\nNorth,12\nSouth,13\n", encoding="utf-8")
    page.bringing.open(path)
    settle()
    assert page.bringing.step is Step.FILE
    assert "No filing list was found" in str(page.bringing.refusal)
    assert page.bringing.can_map_by_hand


def test_a_file_that_was_not_recognised_can_be_mapped_by_hand(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Alpha,Beta\nCN201610895413.X,Print head\n", encoding="utf-8")
    page.bringing.open(path)
    settle()
    page.bringing.go(Step.COLUMNS)
    settle()
    page.columns.mean(0, "application_number")
    page.columns.mean(1, "title")
    settle()
    page.go_on()
    settle()
    assert counts(page)["new"] == 1
    preview = page.bringing.preview
    assert preview is not None
    assert preview.cell(0, "application_number").text == "CN201610895413.X"


def test_a_missing_file_is_said_in_one_sentence(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    page.bringing.open(tmp_path / "gone.xlsx")
    settle()
    assert "gone.xlsx" in str(page.bringing.refusal)
    assert not page.bringing.can_map_by_hand


def test_a_file_is_taken_wherever_it_is_dropped(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write_list(tmp_path)))])
    nothing = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *nothing))
    settle()
    assert page.bringing.file == "list.csv"
    assert page.bringing.step is Step.COLUMNS


# -- columns ----------------------------------------------------------------------------------


def test_another_meaning_of_a_column_changes_the_preview(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    page.bringing.open(write_list(tmp_path))
    settle()
    page.columns.mean(1, "note")
    settle()
    line = page.columns.columns.rows_model.rows[1]
    assert (line.field, line.chosen) == ("note", True)
    page.go_on()
    settle()
    preview = page.bringing.preview
    assert preview is not None
    assert preview.cell(0, "note").text == "一种液态金属印刷喷头"
    assert preview.draft(0).title == ""


def test_a_column_goes_back_to_what_was_recognised(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    page.bringing.open(write_list(tmp_path))
    settle()
    page.columns.mean(1, "")
    settle()
    page.columns.mean(1, None)
    settle()
    line = page.columns.columns.rows_model.rows[1]
    assert (line.field, line.chosen) == ("title", False)


def test_the_menu_of_a_column_offers_every_meaning_once(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    page.bringing.open(write_list(tmp_path))
    settle()
    menu = page.columns.menu(page.columns.columns.rows_model.rows[4])
    named = [a.text() for group in menu.actions() if group.menu() for a in group.menu().actions()]
    assert len(named) == len(set(named)) > 40
    ticked = [
        a.text()
        for group in menu.actions()
        if group.menu()
        for a in group.menu().actions()
        if a.isChecked()
    ]
    assert ticked == ["Filing date"]
    menu.deleteLater()


def test_the_header_row_can_be_another_one(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "two.csv"
    lines = ["Title,Application No.,Filing date,Status", "名称,申请号,申请日,案件状态", *(
        "喷头,CN201610895413.X,2016-10-13,实审",)]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page.bringing.open(path)
    settle()
    page.columns.header_row.setValue(2)
    settle()
    assert page.columns.columns.rows_model.rows[0].header == "名称"
    page.go_on()
    settle()
    assert counts(page) == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}


def test_a_sheet_can_be_left_out(page: ImportPage, settle: Settle, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, number in (("A", "CN201610895413.X"), ("B", "CN201610859128.2")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["名称", "申请号", "申请日"])
            sheet.write_row(1, 0, [f"喷头 {name}", number, "2016-10-13"])
    page.bringing.open(path)
    settle()
    assert [s.taken for s in page.bringing.choices.sheets] == [True, True]
    page.bringing.choose(SheetChoice("A", taken=False))
    settle()
    page.go_on()
    settle()
    preview = page.bringing.preview
    assert preview is not None
    assert [d.sheet for d in preview.result.drafts] == ["B"]


# -- preview ----------------------------------------------------------------------------------


def test_the_preview_shows_verdicts_and_filters_them(previewed: ImportPage) -> None:
    assert counts(previewed) == {"new": 3, "changed": 0, "unchanged": 0, "refused": 1}
    for name, rows in (("refused", 1), ("new", 3), (REMARKS, 1), ("all", 4)):
        previewed.preview.show_filter(name)
        assert previewed.preview.table.entries.rowCount() == rows, name


def test_problems_stand_on_their_cell_in_words(previewed: ImportPage) -> None:
    preview = previewed.bringing.preview
    assert preview is not None
    place = place_of(previewed, "柔性电路板")
    cell = preview.cell(place, "application_number")
    assert cell.wrong
    assert cell.text == "CN201610851265.2"
    assert cell.problem is not None
    assert "check digit" in str(cell.problem.message)
    model = previewed.preview.table.entries
    index = model.index(place, model.column_of("application_number"))
    assert "check digit" in model.data(index, Qt.ItemDataRole.ToolTipRole)


def test_the_model_keeps_the_promises_of_a_model(previewed: ImportPage) -> None:
    model = previewed.preview.table.entries
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, previewed
    )
    previewed.preview.show_filter("new")
    previewed.preview.show_filter("all")
    assert tester.model() is model


def test_only_ticked_rows_are_written(
    previewed: ImportPage, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    table = previewed.preview.table
    table.selectRow(place_of(previewed, "液态金属墨水"))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert previewed.forward.text() == "Import 2 matters"
    previewed.go_on()
    settle()
    assert titles(desk) == ["一种液态金属印刷喷头", "打印平台调平机构"]


def test_all_lines_shown_are_unticked_and_ticked_again(previewed: ImportPage) -> None:
    previewed.preview.leave_all.trigger()
    assert previewed.bringing.taken == 0
    assert not previewed.forward.isEnabled()
    previewed.preview.take_all.trigger()
    assert previewed.bringing.taken == 3
    model = previewed.preview.table.entries
    ticks = [model.data(model.index(row, TICK), TICKED) for row in range(4)]
    assert ticks == [True, True, True, None]


def test_a_repaired_cell_is_checked_again(previewed: ImportPage, settle: Settle) -> None:
    model = previewed.preview.table.entries
    row = place_of(previewed, "柔性电路板")
    index = model.index(row, model.column_of("application_number"))
    assert model.setData(index, RIGHT_NUMBER)
    settle()
    assert counts(previewed) == {"new": 4, "changed": 0, "unchanged": 0, "refused": 0}
    assert previewed.bringing.preview is not None
    assert previewed.bringing.preview.cell(row, "application_number").problem is None


def test_in_a_long_list_a_repair_plans_its_row_alone(previewed: ImportPage, settle: Settle) -> None:
    previewed.bringing.whole_up_to = 0
    before = previewed.bringing.preview
    assert before is not None
    place = place_of(previewed, "柔性电路板")
    previewed.bringing.repair(before.draft(place), 3, RIGHT_NUMBER)
    settle()
    after = previewed.bringing.preview
    assert after is not None
    assert counts(previewed)["new"] == 4
    assert after.draft(place).application_number == RIGHT_NUMBER
    assert after.raw_cell(after.draft(place), 3) == RIGHT_NUMBER
    assert after.entry(0) is before.entry(0)
    previewed.go_on()
    settle()
    assert previewed.bringing.imported is not None
    assert len(previewed.bringing.imported.matters) == 4


def test_ticks_stay_when_the_plan_is_made_again(previewed: ImportPage, settle: Settle) -> None:
    left = place_of(previewed, "液态金属墨水")
    previewed.bringing.tick([left], False)
    preview = previewed.bringing.preview
    assert preview is not None
    previewed.bringing.repair(preview.draft(place_of(previewed, "柔性电路板")), 3, RIGHT_NUMBER)
    settle()
    assert not previewed.bringing.takes(left)
    assert previewed.bringing.taken == 3


@pytest.mark.parametrize(
    ("column", "field", "typed", "tone", "words"),
    [
        (3, "application_number", RIGHT_NUMBER, Tone.DONE, RIGHT_NUMBER),
        (3, "application_number", "CN201610851265.7", Tone.OVERDUE, "check digit"),
        (4, "filing_date", "2016-13-45", Tone.OVERDUE, "not a date"),
        (4, "filing_date", "2016年9月26日", Tone.DONE, "2016-09-26"),
        (4, "filing_date", "", Tone.PLAIN, "left empty"),
        (7, "inventors", "赵六；钱七", Tone.DONE, "赵六; 钱七"),
    ],
)
def test_what_is_typed_is_judged_at_once(
    previewed: ImportPage, column: int, field: str, typed: str, tone: Tone, words: str
) -> None:
    preview = previewed.bringing.preview
    assert preview is not None
    draft = preview.draft(place_of(previewed, "柔性电路板"))
    table = preview.tables[draft.sheet]
    again = judged_row(table, {(draft.sheet, draft.row, column): typed}, draft.row)
    found, sentence = judgement(previewed.bringing, again, column, field, typed)
    assert found is tone
    assert words in sentence


def test_the_editor_of_a_cell_says_what_it_thinks(
    previewed: ImportPage, settle: Settle, qtbot: QtBot
) -> None:
    from ipdesk.ui.intake.entrypaint import CellEditor

    table = previewed.preview.table
    row = place_of(previewed, "柔性电路板")
    index = table.entries.index(row, table.entries.column_of("application_number"))
    table.setCurrentIndex(index)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(CellEditor)
    assert editor is not None
    assert editor.text() == "CN201610851265.2"
    editor.clear()
    qtbot.keyClicks(editor, RIGHT_NUMBER)
    qtbot.waitUntil(lambda: "Reads as" in editor.verdict.text(), timeout=10_000)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert counts(previewed)["refused"] == 0


def test_the_next_remark_is_one_key_away(previewed: ImportPage) -> None:
    previewed.preview.go_to_problem()
    table = previewed.preview.table
    assert table.current_place() == place_of(previewed, "柔性电路板")
    assert table.entries.field_at(table.currentIndex().column()) == "application_number"


def test_going_back_and_forth_loses_nothing(previewed: ImportPage, settle: Settle) -> None:
    previewed.bringing.tick([0], False)
    before = previewed.bringing.preview
    previewed.go_back()
    settle()
    assert previewed.bringing.step is Step.COLUMNS
    previewed.go_on()
    settle()
    assert previewed.bringing.preview is before
    assert not previewed.bringing.takes(0)


# -- writing ----------------------------------------------------------------------------------


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


def test_a_mapping_is_remembered_shown_and_forgotten(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    page.bringing.open(write_list(tmp_path))
    settle()
    page.columns.mean(8, "note")
    settle()
    page.go_on()
    settle()
    page.go_on()
    settle()
    page.start_again()
    page.bringing.open(write_list(tmp_path, "next.csv", ROWS[1:2]))
    settle()
    line = page.columns.columns.rows_model.rows[8]
    assert (line.field, line.remembered) == ("note", True)
    assert "list.csv" in page.columns.memory.text()
    page.columns.forget.click()
    settle()
    assert page.columns.columns.rows_model.rows[8].field == "status"
    assert page.columns.forget.isHidden() or not page.columns.forget.isVisible()


def test_an_import_is_taken_back_from_its_result(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path, said: list[tuple[str, Kind]]
) -> None:
    imported(page, settle, write_list(tmp_path))
    assert len(titles(desk)) == 3
    page.undo_import()
    settle()
    assert titles(desk) == []
    assert said[-1] == ("list.csv was taken back.", Kind.DONE)
    assert page.result.undo.isHidden()


def test_the_result_follows_the_edit_menu(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    imported(page, settle, write_list(tmp_path))
    desk.worker.edit(undo_last)
    settle()
    settle()
    assert page.bringing.taken_back
    assert page.result.undo.isHidden()


def test_an_import_is_taken_back_from_the_list_of_imports(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    imported(page, settle, write_list(tmp_path))
    page.start_again()
    settle()
    assert page.file.history.rows_model.rowCount() == 1
    page.file.history.selectRow(0)
    assert page.file.undo_action.isEnabled()
    page.file.undo_action.trigger()
    settle()
    assert titles(desk) == []
    with desk.worker.database().read() as connection:
        assert all(batch.undone for batch in batches(connection))
    assert not page.file.undo_action.isEnabled()


def test_work_done_since_is_not_taken_back_without_asking(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    imported(page, settle, write_list(tmp_path))
    assert page.bringing.imported is not None
    matter = page.bringing.imported.matters[0]

    def work(database: Database) -> Change:
        with database.read() as connection:
            docket = docket_for(connection, TODAY)
        return edit_matter(database, docket, matter, MatterEdit(values={"note": "checked"}))

    desk.worker.edit(work)
    settle()
    page.undo_import()
    settle()
    assert len(titles(desk)) == 3
    assert page.taking_back is not None
    asking = page.taking_back.asking
    assert asking is not None
    asking.finish()
    settle()
    assert titles(desk) == []


def test_an_import_that_is_stopped_writes_nothing(
    previewed: ImportPage, settle: Settle, desk: Desk, said: list[tuple[str, Kind]]
) -> None:
    previewed.go_on()
    assert previewed.bringing.busy is not None
    previewed.bringing.busy[0].cancel()
    settle()
    assert titles(desk) == []
    assert previewed.bringing.step is Step.PREVIEW
    assert said[-1][0] == "The import was stopped; nothing was written."


def test_refused_rows_come_back_as_a_list_that_can_be_read(
    previewed: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    out = tmp_path / "refused.xlsx"
    written: list[int] = []
    previewed.bringing.write_refused(out, written.append)
    settle()
    assert written == [1]
    previewed.bringing.open(out)
    settle()
    assert previewed.bringing.step is Step.COLUMNS
    headers = [line.header for line in previewed.columns.columns.rows_model.rows]
    assert headers[-1] == "Problem"


def test_another_window_that_writes_meanwhile_makes_a_new_preview(
    previewed: ImportPage, settle: Settle, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    other = ImportPage(desk)
    qtbot.addWidget(other)
    other.bringing.open(write_list(tmp_path, "other.csv", ROWS[:1]))
    settle()
    other.go_on()
    settle()
    other.go_on()
    settle()
    assert counts(previewed) == {"new": 2, "changed": 0, "unchanged": 1, "refused": 1}


# -- the page in the window -------------------------------------------------------------------


def test_a_change_of_language_keeps_the_import_on_its_way(
    window: Window, settle: Settle, tmp_path: Path
) -> None:
    window.show()
    window.go(Place("import", str(write_list(tmp_path))))
    settle()
    page = window.page
    assert isinstance(page, ImportPage)
    page.go_on()
    settle()
    page.bringing.tick([0], False)
    window.set_language("zh_CN")
    settle()
    again = window.page
    assert isinstance(again, ImportPage)
    assert again is not page
    assert again.bringing.step is Step.PREVIEW
    assert again.preview.table.entries.rowCount() == 4
    assert again.forward.text() == "导入 2 件"


def test_a_change_of_language_while_a_file_is_read_loses_no_file(
    window: Window, settle: Settle, tmp_path: Path
) -> None:
    window.show()
    window.go(Place("import"))
    settle()
    page = window.page
    assert isinstance(page, ImportPage)
    page.bringing.open(write_list(tmp_path))
    window.set_language("zh_CN")
    settle()
    again = window.page
    assert isinstance(again, ImportPage)
    assert again.bringing.step is Step.COLUMNS
    assert not again.progress.running


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh_CN", "dark")])
def test_no_step_clips_its_words(
    qapp: QApplication,
    settings: SettingsFile,
    database_file: Path,
    tmp_path: Path,
    language: str,
    theme: str,
) -> None:
    with stage(
        qapp, database_file, settings, TODAY, language=language, theme=theme, percent=125
    ) as window:
        window.go(Place("import", str(write_list(tmp_path))))
        wait(window)
        page = window.page
        assert isinstance(page, ImportPage)
        for step in (Step.COLUMNS, Step.PREVIEW, Step.RESULT):
            assert page.bringing.step is step
            assert clipped(window) == [], step
            page.go_on()
            wait(window)
        page.start_again()
        wait(window)
        assert clipped(window) == []


def test_an_import_knows_nothing_at_first(desk: Desk) -> None:
    bringing = Bringing(desk)
    assert bringing.step is Step.FILE
    assert bringing.open_steps() == [Step.FILE]
    assert bringing.taken == 0


# -- by number --------------------------------------------------------------------------------


def test_a_look_up_is_offered_only_where_it_was_allowed(
    page: ImportPage, settle: Settle, desk: Desk, said: list[tuple[str, Kind]],
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setenv("IPDESK_DATA", str(tmp_path))
    line = page.file.look_up
    assert not line.isVisible()
    desk.settings.change(look_up=True)
    page.reload()
    settle()
    assert line.isVisible()
    line.numbers.setText("liquid metal")
    line.fetch.click()
    settle()
    assert said[-1][1] is Kind.PROBLEM
    assert "liquid metal" in said[-1][0]
    assert page.bringing.step is Step.FILE
    assert not list(tmp_path.rglob("calls.log"))  # nothing was sent


# -- names ------------------------------------------------------------------------------------


def test_names_that_look_alike_are_said_and_merged_afterwards(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    imported(page, settle, write_list(tmp_path))
    page.start_again()
    other = ROWS[0].replace("LM-001", "LM-009").replace("CN201610895413.X", "CN201910606088.4")
    other = other.replace("北京澄镓科技有限公司", "北京澄镓科技股份有限公司")
    preview_of(page, settle, write_list(tmp_path, "later.csv", (other,)))
    assert "北京澄镓科技股份有限公司" in page.preview._note.text()
    page.go_on()
    settle()
    dialog = LikeNames(desk, page)
    qtbot.addWidget(dialog)
    settle()
    row = dialog.table.rows_model.rows[0]
    assert (row.pair.first.matters, row.pair.second.matters) == (3, 1)
    dialog.join(former=True)
    settle()
    assert dialog.table.rows_model.rows == []
