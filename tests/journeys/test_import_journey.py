"""A sheet with a wrong number comes in through the window, is repaired and taken back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ipdesk.base.settings import SettingsFile
from ipdesk.ui.intake.bringing import Step
from ipdesk.ui.intake.entrypaint import CellEditor
from ipdesk.ui.pages.imports import ImportPage
from ipdesk.ui.pages.portfolio import PortfolioPage
from ipdesk.ui.window import Window
from tests.ui.lists import RIGHT_NUMBER, write_list
from tests.ui.scenes import stage, wait


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    with stage(qapp, tmp_path / "own.ipdesk", SettingsFile(), date(2026, 11, 24)) as made:
        wait(made)
        yield made


def press(window: Window, qtbot: QtBot, words: str) -> None:
    """Click the visible button that says this."""
    found = [
        b
        for b in window.findChildren(QPushButton)
        if b.isVisible() and b.isEnabled() and b.text().replace("&&", "&").strip() == words
    ]
    assert len(found) == 1, (words, [b.text() for b in window.findChildren(QPushButton)])
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    wait(window)


def import_page(window: Window) -> ImportPage:
    page = window.page
    assert isinstance(page, ImportPage)
    return page


def repair_the_number(window: Window, qtbot: QtBot) -> None:
    """F8 to the problem, F2 into the cell, the right number, Return."""
    page = import_page(window)
    page.preview.next_problem.trigger()
    table = page.preview.table
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(CellEditor)
    assert editor is not None
    editor.clear()
    qtbot.keyClicks(editor, RIGHT_NUMBER)
    qtbot.waitUntil(lambda: "✓" in editor.verdict.text(), timeout=10_000)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(window)


def test_a_list_comes_in_is_repaired_and_taken_back(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    press(window, qtbot, "Import a list…")  # the empty portfolio offers it on the first page
    page = import_page(window)
    page.file.drop.chosen.emit(write_list(tmp_path))
    wait(window)
    assert page.bringing.step is Step.COLUMNS
    press(window, qtbot, "Continue to the preview")
    assert page.preview.filters.words("refused") == "▲ Refused rows  1"

    repair_the_number(window, qtbot)
    assert page.preview.filters.words("refused") == "Refused rows  0"
    press(window, qtbot, "Import 4 matters")
    assert page.bringing.step is Step.RESULT

    press(window, qtbot, "Show the matters")
    portfolio = window.page
    assert isinstance(portfolio, PortfolioPage)
    assert len(portfolio.list.model) == 4
    portfolio.list.search.setText("ZL2016 1085 1265.1")
    portfolio.list.search.returnPressed.emit()
    wait(window)
    assert len(portfolio.list.model) == 1

    window.go_page("import")
    wait(window)
    press(window, qtbot, "Undo this import")
    assert "was taken back" in window.messages.text
    window.go_page("portfolio")
    portfolio.list.clear()
    wait(window)
    assert len(portfolio.list.model) == 0


def test_the_edit_menu_takes_an_import_back_and_brings_it_again(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.go_page("import")
    wait(window)
    page = import_page(window)
    page.bringing.open(write_list(tmp_path))
    wait(window)
    page.go_on()
    wait(window)
    page.go_on()
    wait(window)
    assert "list.csv" in window.menus.undo.text()
    window.menus.undo.trigger()
    wait(window)
    window.go_page("portfolio")
    wait(window)
    portfolio = window.page
    assert isinstance(portfolio, PortfolioPage)
    assert len(portfolio.list.model) == 0
    window.menus.redo.trigger()
    wait(window)
    assert len(portfolio.list.model) == 3
