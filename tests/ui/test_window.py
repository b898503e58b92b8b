"""The frame: going, coming back, language and look while it runs, undo, faults."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import StoreError
from ipdesk.base.i18n import say, tr
from ipdesk.base.settings import SettingsFile
from ipdesk.core.portfolio.edits import add_matters
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.queries import matter_ids
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.ui import commands, icons, theme
from ipdesk.ui.bus import Bus
from ipdesk.ui.desk import Desk, PageSpec, Place
from ipdesk.ui.memory import Memory
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import Page
from ipdesk.ui.pages import PAGES
from ipdesk.ui.undoing import _itself
from ipdesk.ui.walk import Walk
from ipdesk.ui.window import Window
from ipdesk.ui.work import Worker
from tests.ui.conftest import Settle


class Plain(Page):
    """A page that only says where it is."""

    def __init__(self, desk: Desk, page_id: str) -> None:
        super().__init__(desk, page_id, tr("Settings"))
        self.at = ""
        self.times = 0
        self.line = QLabel()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(self.line)

    def reload(self) -> None:
        self.times += 1

    def visit(self, place: Place) -> None:
        self.at = str(place.argument)

    def place(self) -> Place:
        return Place(self.id, self.at or None)

    def kept(self) -> str:
        return f"work on {self.at}"

    def put_back(self, kept: str) -> None:
        self.line.setText(kept)


def spec(name: str) -> PageSpec:
    return PageSpec(
        name, say("Settings"), "gear", "", say("Settings"), lambda: lambda desk: Plain(desk, name)
    )


@pytest.fixture
def plain(desk: Desk, qtbot: QtBot) -> Window:
    made = Window(desk, (spec("one"), spec("two")))
    qtbot.addWidget(made)
    made.show()
    return made


def shown(window: Window) -> Plain:
    page = window.page
    assert isinstance(page, Plain)
    return page


def test_the_first_page_opens_by_itself(plain: Window, settle: Settle, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: plain.page is not None)
    assert shown(plain).id == "one"
    qtbot.waitUntil(lambda: shown(plain).times == 1)


def test_back_returns_to_the_thing_one_left(plain: Window, settle: Settle, qtbot: QtBot) -> None:
    for place in (Place("one", "A"), Place("two", "B"), Place("one", "C")):
        plain.desk.go(place)
        settle()
    assert shown(plain).at == "C"
    plain.go_back()
    settle()
    assert (shown(plain).id, shown(plain).at) == ("two", "B")
    plain.go_back()
    settle()
    assert (shown(plain).id, shown(plain).at) == ("one", "A")
    plain.go_forward()
    settle()
    assert shown(plain).id == "two"
    assert plain.menus.forward.isEnabled()


def test_walking_forgets_what_lay_forward() -> None:
    walk = Walk()
    for name in "abc":
        walk.go(Place(name))
    assert walk.step(-1) == Place("b")
    walk.go(Place("d"))
    assert not walk.can(1)
    assert walk.step(-1) == Place("b")


def test_another_language_keeps_the_place_and_the_work(
    plain: Window, settle: Settle, settings: SettingsFile
) -> None:
    plain.desk.go(Place("two", "B"))
    settle()
    before = shown(plain)
    plain.set_language("zh_CN")
    settle()
    assert shown(plain) is not before
    assert shown(plain).head.title.text() == "设置"
    assert (shown(plain).id, shown(plain).at) == ("two", "B")
    assert shown(plain).line.text() == "work on B"
    assert settings.values.language == "zh_CN"
    assert plain.menus.languages["zh_CN"].isChecked()
    plain.set_language("en")
    settle()
    assert shown(plain).head.title.text() == "Settings"


def test_dark_and_light_are_changed_while_it_runs(plain: Window, settle: Settle) -> None:
    plain.desk.go(Place("one"))
    settle()
    plain.set_theme("dark")
    settle()
    assert theme.look().palette.dark
    plain.set_theme("light")
    plain.set_density("compact")
    plain.set_text_size(125)
    settle()
    assert not theme.look().palette.dark
    assert theme.look().row == 30
    plain.set_density("normal")
    plain.set_text_size(100)
    settle()


def test_a_message_offers_what_can_be_done_and_goes_when_it_was_done(
    plain: Window, qtbot: QtBot
) -> None:
    done: list[int] = []
    plain.desk.say("Imported.", Kind.DONE, ("Undo", lambda: done.append(1)))
    bar = plain.messages
    assert bar.text == "Imported."
    bar._act.click()
    assert done == [1]
    assert bar.text == ""


def test_a_message_does_not_go_under_a_moving_pointer(plain: Window) -> None:
    bar = plain.messages
    plain.desk.say("Imported.", Kind.DONE)
    QCursor.setPos(plain.mapToGlobal(QPoint(40, 40)))
    bar._leave()
    assert bar.text == "Imported."  # the pointer came here since
    bar._leave()
    assert bar.text == ""


def create(database: Database, title: str) -> Change:
    with database.write(say("Created {reference}", reference=title)) as writer:
        ids = add_matters(writer, [MatterFields("invention", "CN", title=title)])
        write_search(writer, list(ids))
    return Change.of(Topic.MATTERS)


def test_the_edit_menu_undoes_and_redoes_the_last_action(
    plain: Window, settle: Settle, worker: Worker
) -> None:
    def count() -> int:
        found: list[int] = []
        worker.read(lambda c: len(matter_ids(c, ListQuery())), found.append)
        settle()
        return found[0]

    assert not plain.menus.undo.isEnabled()
    worker.edit(lambda d: create(d, "Ink"))
    settle()
    assert plain.menus.undo.text() == "Undo: Created Ink"
    plain.undo()
    settle()
    assert count() == 0
    assert plain.menus.redo.isEnabled()
    plain.redo()
    settle()
    assert count() == 1


def test_a_fault_opens_one_dialog_whose_details_can_be_copied(plain: Window, qtbot: QtBot) -> None:
    try:
        raise ZeroDivisionError("in the drawing of a page")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        sys.excepthook(type(error), error, error.__traceback__)
    dialog = plain._trouble._dialog
    assert dialog is not None
    dialog.copy()
    copied = QApplication.clipboard().text()
    assert "in the drawing of a page" in copied
    assert "ZeroDivisionError" in copied
    dialog.accept()
    assert plain._trouble._dialog is None


def test_a_file_that_cannot_be_opened_is_said_in_one_sentence(
    settings: SettingsFile, qtbot: QtBot, tmp_path: Path
) -> None:
    def refuse() -> Database:
        raise StoreError(say("This file was written by a newer IPDesk."))

    worker = Worker(Bus(), refuse)
    desk = Desk(worker, worker.bus, settings, Memory(settings))
    window = Window(desk, (spec("one"),))
    qtbot.addWidget(window)
    window.show()
    worker.read(lambda _c: None, lambda _a: pytest.fail("an answer"))
    qtbot.waitUntil(lambda: window.messages.text == "This file was written by a newer IPDesk.")
    window.close()


def test_the_palette_finds_pages_actions_and_matters(
    desk: Desk, window: Window, settle: Settle, worker: Worker, qtbot: QtBot
) -> None:
    window.show()
    worker.edit(lambda d: create(d, "Room-temperature sintering ink"))
    settle()
    window.open_palette()
    palette = next(w for w in window.findChildren(commands.Palette))
    assert "Settings" in palette.lines
    palette._field.setText("dark")
    assert palette.lines == ["Dark"]
    palette._field.setText("sinter")
    qtbot.waitUntil(lambda: any("sintering ink" in line for line in palette.lines))
    assert not any(line.startswith("Undo") for line in palette.lines)
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window._stack.showing == "portfolio")
    settle()


def test_every_page_has_an_icon_a_name_and_a_shortcut_of_its_own() -> None:
    shortcuts = [page.shortcut for page in PAGES]
    assert len(set(shortcuts)) == len(shortcuts)
    for page in PAGES:
        assert page.icon in icons.names()
        assert str(page.title)
        assert str(page.tip)


def test_a_folded_sidebar_stays_folded(
    plain: Window, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    plain.fold_sidebar()
    assert plain.sidebar.is_folded
    again = Window(desk, (spec("one"),))
    qtbot.addWidget(again)
    assert again.sidebar.is_folded
    again._trouble.leave()


def test_what_a_damaged_memory_held_is_forgotten(settings: SettingsFile) -> None:
    settings.change(pages="{broken")
    memory = Memory(settings)
    assert memory.get("columns.matters") is None
    memory.put("columns.matters", {"widths": {"title": 300}})
    memory.save()
    assert Memory(SettingsFile(settings.path)).get("columns.matters") == {"widths": {"title": 300}}


def test_an_undo_done_again_is_told_as_the_act_itself() -> None:
    merged = say("Merged {n} matters", n=2)
    undid = say("Undid: {what}", what=merged)
    assert _itself(say("Undid: {what}", what=undid)) == _itself(undid) == merged


def test_a_small_window_folds_the_sidebar_until_the_user_says_otherwise(plain: Window) -> None:
    plain.resize(1000, 700)
    assert plain.sidebar.is_folded
    plain.resize(1280, 800)
    assert not plain.sidebar.is_folded
    plain.fold_sidebar()
    plain.fold_sidebar()
    plain.resize(1000, 700)
    assert not plain.sidebar.is_folded


def test_enter_presses_the_button_in_focus(plain: Window, qtbot: QtBot) -> None:
    fold = plain.sidebar.findChildren(QPushButton)[-1]
    fold.setFocus()
    before = plain.sidebar.is_folded
    qtbot.keyClick(QApplication.focusWidget() or fold, Qt.Key.Key_Return)
    assert plain.sidebar.is_folded is not before
