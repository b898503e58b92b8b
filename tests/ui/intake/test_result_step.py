"""Import: what was written is told, taken back, and refused rows go out."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from ipdesk.base.change import Change
from ipdesk.core.docket.matters import MatterEdit, edit_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.intake.queries import batches
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.intake.bringing import Step
from ipdesk.ui.intake.likenames import LikeNames
from ipdesk.ui.messages import Kind
from ipdesk.ui.pages.imports import ImportPage
from tests.conftest import TODAY
from tests.ui.conftest import Settle
from tests.ui.intake.walking import imported, preview_of, titles
from tests.ui.lists import ROWS, write_list


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
    assert (row.first.matters, row.second.matters) == (3, 1)
    dialog.ways[1].click()
    settle()
    assert dialog.table.rows_model.rows == []
