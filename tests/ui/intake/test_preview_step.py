"""Import: the preview shows every verdict, takes repairs, and writes only what is ticked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ipdesk.charts.palette import Tone
from ipdesk.ui.desk import Desk
from ipdesk.ui.intake.bringing import Step
from ipdesk.ui.intake.choices import judged_row
from ipdesk.ui.intake.entries import TICK, TICKED
from ipdesk.ui.intake.entrypaint import judgement
from ipdesk.ui.intake.preview import REMARKS
from ipdesk.ui.pages.imports import ImportPage
from tests.ui.conftest import Settle
from tests.ui.intake.walking import counts, place_of, preview_of, titles
from tests.ui.lists import RIGHT_NUMBER, ROWS, write_list


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


def test_the_first_remark_may_stand_on_the_line_in_focus(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    preview_of(page, settle, write_list(tmp_path, rows=(ROWS[3], ROWS[0])))
    table = page.preview.table
    assert table.current_place() == 0
    page.preview.go_to_problem()
    assert table.current_place() == 0
    assert table.entries.field_at(table.currentIndex().column()) == "application_number"
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    page.start_again()
    preview_of(page, settle, write_list(tmp_path, "other.csv", ROWS[:2]))
    assert table.horizontalScrollBar().value() == 0


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
