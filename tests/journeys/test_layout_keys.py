"""The yearly plan without a mouse: a cell is searched, a row planned and approved, all by keys."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.base.settings import SettingsFile
from ipdesk.core.layout.edits import add_plan
from ipdesk.core.layout.edits_market import set_launch
from ipdesk.core.layout.edits_tree import ItemFields, TechnologyFields, add_item, add_technology
from ipdesk.core.layout.model import PlanFields
from ipdesk.core.layout.queries import plan_rows
from ipdesk.store.migrate import open_database
from ipdesk.ui.desk import Place
from ipdesk.ui.layout.matrices import MatricesView
from ipdesk.ui.layout.plan import PlanView
from ipdesk.ui.pages.layout import LayoutPage
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.scenes import stage, wait

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys.ipdesk"
    database = open_database(path, user="Tester")
    add_technology(database, TechnologyFields("Inks"))
    add_item(database, "effect", ItemFields("Adhesion"))
    add_item(database, "effect", ItemFields("Low cost"))
    film, _ = add_item(database, "product", ItemFields("Film"))
    set_launch(database, film, "CN", date(2027, 5, 3))
    add_plan(database, PlanFields("2027", currency="CNY"), TODAY)
    database.close()
    return path


def typist(qtbot: QtBot) -> Callable[..., None]:
    """Keys go to whatever has the focus, as they do for a person."""

    def press(*keys: str | Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the focus: a mouse would be needed"
            if isinstance(key, str):
                qtbot.keyClicks(target, key)
            elif modifier is not None:
                qtbot.keyClick(target, key, modifier)
            else:
                qtbot.keyClick(target, key)

    return press


def back(window: Window) -> None:
    """A form is closed: the desktop gives the keys to the window again."""
    wait(window)
    window.activateWindow()
    wait(window)


def page_of(window: Window) -> LayoutPage:
    page = window.page
    assert isinstance(page, LayoutPage)
    return page


def test_a_year_is_planned_without_a_mouse(
    qapp: QApplication, qtbot: QtBot, file: Path, tmp_path: Path
) -> None:
    press = typist(qtbot)
    with stage(qapp, file, SettingsFile(tmp_path / "settings.json"), TODAY) as window:
        window.activateWindow()
        window.go(Place("layout"))
        wait(window)
        page = page_of(window)
        if QApplication.focusWidget() is None:
            window.setFocus()

        # from view to view and back; the grid has the keyboard
        press(Qt.Key.Key_PageDown, modifier=CONTROL)
        wait(window)
        press(Qt.Key.Key_PageUp, modifier=CONTROL)
        wait(window)
        matrices = page.view
        assert isinstance(matrices, MatricesView)
        assert QApplication.focusWidget() is matrices.grid

        # both cells of the row are searched together
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Right, modifier=SHIFT)
        press(ENTER, modifier=CONTROL)
        wait(window)
        press(TAB, TAB, "patsnap", TAB, "inks AND adhesion", TAB, TAB, TAB, TAB, ENTER)
        back(window)
        states = [cell.state for _, _, cell in matrices.grid.cells.matrix]
        assert states == ["checked", "checked"]

        # a row of the plan
        press(Qt.Key.Key_PageDown, modifier=CONTROL)
        wait(window)
        plan = page.view
        assert isinstance(plan, PlanView)
        press(Qt.Key.Key_N, modifier=CONTROL)
        wait(window)
        press("Film that sticks", TAB, DOWN, TAB, DOWN, ENTER)
        back(window)
        (row,) = plan.table.rows_model.rows
        assert (row.fields.title, row.fields.technology_id, row.fields.effect_id) == (
            "Film that sticks", 1, 1,
        )  # fmt: skip

        # approved, it is a matter in preparation
        plan.take_keys()
        press(ENTER, modifier=CONTROL)
        wait(window)
        press(ENTER)
        back(window)
        database = window.desk.worker.database()
        with database.read() as connection:
            (row,) = plan_rows(connection, [row.plan_id])
        assert [m.status for m in row.matters] == ["preparation"]

        # every view of the page takes the keyboard
        for _ in range(8):
            press(Qt.Key.Key_PageDown, modifier=CONTROL)
            wait(window)
            focus = QApplication.focusWidget()
            assert focus is not None
            assert page.view.isAncestorOf(focus)
