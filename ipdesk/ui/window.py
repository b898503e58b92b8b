"""The frame: menu, sidebar, message bar, the open page, status line. Pages are built when shown."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.i18n import set_language, tr
from ipdesk.base.settings import log_folder
from ipdesk.ui import commands, theme
from ipdesk.ui.about import AboutDialog, ShortcutsDialog
from ipdesk.ui.desk import Desk, PageSpec, Place
from ipdesk.ui.dressing import dress
from ipdesk.ui.menus import Menus
from ipdesk.ui.messages import Kind, MessageBar
from ipdesk.ui.page import Page
from ipdesk.ui.pages import PAGES
from ipdesk.ui.pagestack import Left, PageStack
from ipdesk.ui.sidebar import Sidebar
from ipdesk.ui.statusline import StatusLine
from ipdesk.ui.theme import Mode
from ipdesk.ui.trouble import Trouble
from ipdesk.ui.undoing import Undoing
from ipdesk.ui.upkeep import Upkeep
from ipdesk.ui.walk import Walk
from ipdesk.ui.widgets.buttons import EnterPresses

if TYPE_CHECKING:
    from ipdesk.core.docket.selftest import SelfTest
    from ipdesk.store.database import Database

LOOK_EVERY_MS = 4_000
RECENT = 8


class Window(QMainWindow):
    """One window on one file. ``other_file`` asks whoever made it to open another one."""

    other_file = Signal(str)
    built = Signal(str)  # page id, when it is in sight

    def __init__(self, desk: Desk, pages: Sequence[PageSpec] = PAGES) -> None:
        super().__init__()
        self.desk = desk
        self._specs = tuple(pages)
        self._walk = Walk()
        self._trouble = Trouble(desk, self)
        self._undoing = Undoing(desk, self)
        self._undoing.changed.connect(self._show_undo)
        self._upkeep = Upkeep(desk, self)
        self._upkeep.tested.connect(self._show_tested)
        self._upkeep.backed_up.connect(lambda day: self.status.show_backup(day))
        self._checked: SelfTest | None = None
        self._day = desk.today()
        self._build_frame()
        self._recall_geometry()
        desk.gone.connect(self.go)
        desk.said.connect(self._say)
        desk.asked.connect(self._do)
        desk.worker.busy.connect(self._show_busy)
        desk.worker.opened.connect(self._show_file)
        self._looking = QTimer(self, interval=LOOK_EVERY_MS)
        self._looking.timeout.connect(self._look_around)
        self._looking.start()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_theme)

    # ------------------------------------------------------------------ frame

    def _build_frame(self, left: dict[str, Left] | None = None) -> None:
        self.setWindowTitle("IPDesk")
        self.setMinimumSize(theme.px(800), theme.px(480))
        self.menus = Menus(self, self, self._specs)
        self.sidebar = Sidebar(self._specs, self.desk)
        self.sidebar.wanted.connect(self.go_page)
        self.messages = MessageBar()
        self._stack = PageStack(self.desk, self._specs, left)
        self._stack.built.connect(self.built)
        self.status = StatusLine(
            partial(self.go, Place("settings", "checks")),
            partial(self.go, Place("settings", "backups")),
        )
        content = QWidget()
        content.setObjectName("content")
        right = QVBoxLayout(content)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.messages)
        right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addWidget(content, 1)
        whole = EnterPresses()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self._tick_choices()
        self._show_undo()
        self._show_walk()
        self.status.show_backup(self.desk.settings.values.last_backup[:10])
        self.status.show_checks(self._checked)

    def _tick_choices(self) -> None:
        values = self.desk.settings.values
        look = theme.look()
        for choices, value in (
            (self.menus.languages, values.language),
            (self.menus.modes, values.theme),
            (self.menus.densities, look.density.value),
            (self.menus.sizes, str(look.percent)),
        ):
            if value in choices:
                choices[value].setChecked(True)
        self.menus.show_recent(values.recent[1:], self)

    def rebuild(self) -> None:
        """Another language or look: everything is made anew, every page comes back to its place."""
        here, left = self._stack.showing, self._stack.leave()
        old = self.takeCentralWidget()
        said = self.messages.text
        self._build_frame(left)
        if old is not None:
            old.deleteLater()
        if said:
            self.messages.say(said)
        database = self.desk.worker.opened_database
        if database is not None:
            self._show_file(database)
        if here:
            self.sidebar.mark(here)
            self._stack.show_page(here)

    # ------------------------------------------------------------------ going

    @property
    def page(self) -> Page | None:
        """The page in sight; None while it is being built."""
        return self._stack.page

    def go_page(self, page: str) -> None:
        """Show a page where it was left."""
        self.go(Place(page))

    def go(self, place: Place) -> None:
        """Show a page, and in it the thing or the filter that is wanted."""
        if self._stack.knows(place.page):
            self._walk.leave(self._here())
            self._walk.go(place)
            self._arrive(place)

    def go_back(self) -> None:
        """To where one was before."""
        self._step(-1)

    def go_forward(self) -> None:
        """Where one came back from."""
        self._step(1)

    def _step(self, way: int) -> None:
        if self._walk.can(way):
            self._walk.leave(self._here())
            self._arrive(self._walk.step(way))

    def _here(self) -> Place | None:
        return self.page.place() if self.page is not None else None

    def _arrive(self, place: Place) -> None:
        self._show_walk()
        self.sidebar.mark(place.page)
        self._stack.arrive(place)

    def _show_walk(self) -> None:
        self.menus.back.setEnabled(self._walk.can(-1))
        self.menus.forward.setEnabled(self._walk.can(1))

    # ------------------------------------------------------------------ what the menus call

    def new_file(self) -> None:
        """A portfolio that is still empty."""
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("New portfolio file"), "portfolio.ipdesk", self._kinds()
        )
        if name:
            self.other_file.emit(name if name.endswith(".ipdesk") else f"{name}.ipdesk")

    def open_file(self) -> None:
        """Another portfolio file instead of this one."""
        name, _kind = QFileDialog.getOpenFileName(
            self, tr("Open portfolio file"), "", self._kinds()
        )
        if name:
            self.other_file.emit(name)

    def _kinds(self) -> str:
        return tr("IPDesk portfolio") + " (*.ipdesk)"

    def open_recent(self, path: str) -> None:
        """A file that was open before."""
        self.other_file.emit(path)

    def undo(self) -> None:
        """Take the last action back."""
        self._undoing.undo()

    def redo(self) -> None:
        """Take the last undo back."""
        self._undoing.redo()

    def _show_undo(self) -> None:
        self.menus.undo.setText(self._undoing.undo_words)
        self.menus.undo.setEnabled(self._undoing.can_undo)
        self.menus.redo.setText(self._undoing.redo_words)
        self.menus.redo.setEnabled(self._undoing.can_redo)

    def refresh(self) -> None:
        """Read everything in sight again."""
        if self.page is not None:
            self.page.reload()
        self.desk.worker.look_for_others()

    def fold_sidebar(self) -> None:
        """Pictures alone, or with words."""
        self.sidebar.turn()

    def open_palette(self) -> None:
        """Everything that can be done, found by typing."""
        doings = [a for a in self.menus.actions if a.isEnabled()]
        if self.page is not None:
            doings += [a for a in self.page.all_actions() if a.isEnabled() and a.text()]
        palette = commands.Palette([commands.of_action(a) for a in doings], self)
        finder = commands.MatterFinder(self.desk, palette)
        palette.typed.connect(finder.find)
        palette.open_over(self)

    def set_language(self, code: str) -> None:
        """Speak another language from now on."""
        if code != self.desk.settings.values.language:
            self.desk.settings.change(language=code)
            set_language(code)
            self._dress()

    def set_theme(self, mode: str) -> None:
        """Light, dark, or as the system."""
        self.desk.settings.change(theme=mode)
        self._dress()

    def set_density(self, density: str) -> None:
        """High rows or low ones."""
        self.desk.settings.change(density=density)
        self._dress()

    def set_text_size(self, percent: int) -> None:
        """Everything larger or smaller."""
        self.desk.memory.put("text.percent", percent)
        self._dress()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            dress(app, self.desk)
            self.rebuild()

    def _system_theme(self) -> None:
        values = self.desk.settings.values
        scheme = QGuiApplication.styleHints().colorScheme()
        if (
            values.theme == Mode.SYSTEM
            and theme.wanted(Mode.SYSTEM, scheme) != theme.look().palette
        ):
            self._dress()

    def show_shortcuts(self) -> None:
        """All keys in one list."""
        page = self.page
        here = [(page.accessibleName(), page.all_actions())] if page is not None else []
        ShortcutsDialog([*self.menus.groups, *here], self).open()

    def show_about(self) -> None:
        """Version, licence, what it is not."""
        AboutDialog(self).open()

    def show_log(self) -> None:
        """The folder of the log in the system's file window."""
        log_folder().mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))

    # ------------------------------------------------------------------ what happens

    def _look_around(self) -> None:
        """Did another window write; is it another day."""
        self.desk.worker.look_for_others()
        if self.desk.today() != self._day:
            self._day = self.desk.today()
            self._upkeep.run()
            self.refresh()

    def _do(self, name: str, value: object) -> None:
        """What a page asks of the window; only these."""
        doings: dict[str, Callable[..., object]] = {
            "set_language": self.set_language,
            "set_theme": self.set_theme,
            "set_density": self.set_density,
            "set_text_size": self.set_text_size,
            "undo": lambda _value: self.undo(),
            "show_backup": self.status.show_backup,
            "check": lambda _value: self._upkeep.run(),
            "open_file": lambda path: self.other_file.emit(str(path)),
        }
        doings[name](value)

    def _say(
        self, text: object, kind: Kind, action: tuple[str, Callable[[], object]] | None
    ) -> None:
        self.messages.say(text, kind, action)

    def _show_busy(self, n: int) -> None:
        self.status.show_busy(n)

    def _show_tested(self, found: SelfTest) -> None:
        self._checked = found
        self.status.show_checks(self._checked)

    def _show_file(self, database: Database) -> None:
        path = database.path
        name = path.name if path else database.url.render_as_string(hide_password=True)
        self.status.show_file(name, str(path or name))
        if path is not None:
            others = (p for p in self.desk.settings.values.recent if p != str(path))
            self.desk.settings.change(recent=(str(path), *others)[:RECENT])
            self.menus.show_recent(self.desk.settings.values.recent[1:], self)
        self.setWindowTitle(f"{name} – IPDesk")
        self._undoing.look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.desk.worker.look_for_others()

    # ------------------------------------------------------------------ coming and leaving

    def _recall_geometry(self) -> None:
        self.resize(theme.px(1280), theme.px(800))
        kept = self.desk.settings.values.window
        if kept:
            self.restoreGeometry(QByteArray(base64.b64decode(kept)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._stack.showing:  # after the first painting, so that the frame is there at once
            QTimer.singleShot(0, self._arrive_first)

    def _arrive_first(self) -> None:
        self._undoing.look()
        self._upkeep.start()
        if not self._stack.showing and self._specs:
            self.go_page(self._specs[0].id)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._upkeep.calendar.hold()
        if self.desk.worker.under_way() and not self._really_leave():
            event.ignore()
            return
        self._looking.stop()
        shape = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        if shape != self.desk.settings.values.window:
            self.desk.settings.change(window=shape)
        self.desk.memory.save()
        self._trouble.leave()
        self._upkeep.leave()
        event.accept()

    def _really_leave(self) -> bool:
        answer = QMessageBox.question(
            self,
            tr("Work is under way"),
            tr("Long work is still running. Leaving now stops it; nothing is written by halves."),
            QMessageBox.StandardButton.Cancel | QMessageBox.StandardButton.Discard,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Discard


__all__ = ["Window", "dress"]
