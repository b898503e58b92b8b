"""Import: a file is opened, and what its columns mean can be changed."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ipdesk.ui.desk import Desk
from ipdesk.ui.intake.bringing import Step
from ipdesk.ui.intake.choices import SheetChoice
from ipdesk.ui.pages.imports import ImportPage
from tests.ui.conftest import Settle
from tests.ui.intake.walking import counts
from tests.ui.lists import ROWS, write_list


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


def test_the_next_list_is_looked_for_in_the_folder_of_the_last(
    page: ImportPage, settle: Settle, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    assert page.file.drop.start == ""
    page.file.drop.chosen.emit(write_list(tmp_path))
    settle()
    assert page.bringing.step is Step.COLUMNS
    again = ImportPage(desk)
    qtbot.addWidget(again)
    assert again.file.drop.start == str(tmp_path)


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
    meanings = [action for group in menu.findChildren(QMenu) for action in group.actions()]
    named = [action.text() for action in meanings]
    assert len(named) == len(set(named)) > 40
    assert [action.text() for action in meanings if action.isChecked()] == ["Filing date"]
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
