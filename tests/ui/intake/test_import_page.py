"""Import: the page in the window, in both languages."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ipdesk.base.settings import SettingsFile
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.intake.bringing import Bringing, Step
from ipdesk.ui.messages import Kind
from ipdesk.ui.pages.imports import ImportPage
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.conftest import Settle
from tests.ui.lists import write_list
from tests.ui.scenes import clipped, stage, wait


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
