"""The menu bar: what the window itself can do, each with a name and, where frequent, a key."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ipdesk.base.i18n import tr
from ipdesk.ui.desk import FAMILY_TIMELINE, PCT_TIMELINE, PageSpec, Place
from ipdesk.ui.theme import Density, Mode

TEXT_SIZES = (100, 110, 125, 150)
LANGUAGE_NAMES = (("en", "English"), ("zh_CN", "简体中文"))


class Doings(Protocol):
    """What the menus call; the window is one."""

    def open_file(self) -> None: ...
    def new_file(self) -> None: ...
    def open_recent(self, path: str) -> None: ...
    def go_page(self, page: str) -> None: ...
    def go(self, place: Place) -> None: ...
    def go_back(self) -> None: ...
    def go_forward(self) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def open_palette(self) -> None: ...
    def refresh(self) -> None: ...
    def fold_sidebar(self) -> None: ...
    def set_language(self, code: str) -> None: ...
    def set_theme(self, mode: str) -> None: ...
    def set_density(self, density: str) -> None: ...
    def set_text_size(self, percent: int) -> None: ...
    def show_shortcuts(self) -> None: ...
    def show_about(self) -> None: ...
    def show_log(self) -> None: ...
    def close(self) -> bool: ...


class Menus:
    """Builds the bar once for a language; keeps the actions that change with the data."""

    def __init__(self, window: QMainWindow, doings: Doings, pages: Sequence[PageSpec]) -> None:
        self._window = window
        self.groups: list[tuple[str, list[QAction]]] = []
        self._bar = window.menuBar()
        self._bar.clear()
        self.actions: list[QAction] = []
        self._file(doings)
        self._edit(doings)
        self._view(doings, pages)
        self._help(doings)

    def _menu(self, title: str) -> QMenu:
        self.groups.append((re.sub(r"\(&\w\)|&", "", title), []))
        return self._bar.addMenu(title)

    def _add(
        self, menu: QMenu, text: str, run: Callable[[], object], keys: str = "", tip: str = ""
    ) -> QAction:
        made = QAction(text, self._window)
        if keys:
            made.setShortcut(QKeySequence(keys))
        made.setToolTip(tip or text.rstrip("…"))
        made.setIconText(text)  # stays when the words come to say what would be undone
        made.triggered.connect(lambda _checked=False: run())
        menu.addAction(made)
        self.actions.append(made)
        self.groups[-1][1].append(made)
        return made

    def _file(self, doings: Doings) -> None:
        menu = self._menu(tr("&File"))
        self._add(menu, tr("New portfolio file…"), doings.new_file, "Ctrl+Shift+N")
        self._add(menu, tr("Open portfolio file…"), doings.open_file, "Ctrl+O")
        self.recent = menu.addMenu(tr("Open recent"))
        menu.addSeparator()
        self._add(menu, tr("Import a list…"), partial(doings.go_page, "import"), "Ctrl+I")
        self._add(menu, tr("Reports"), partial(doings.go_page, "reports"), "Ctrl+P")
        menu.addSeparator()
        self._add(menu, tr("Settings"), partial(doings.go_page, "settings"), "Ctrl+,")
        self._add(menu, tr("Quit"), doings.close, "Ctrl+Q")

    def _edit(self, doings: Doings) -> None:
        menu = self._menu(tr("&Edit"))
        self.undo = self._add(menu, tr("Undo"), doings.undo, "Ctrl+Z")
        self.redo = self._add(menu, tr("Redo"), doings.redo, "Ctrl+Shift+Z")
        menu.addSeparator()
        self._add(menu, tr("Commands…"), doings.open_palette, "Ctrl+K")

    def _view(self, doings: Doings, pages: Sequence[PageSpec]) -> None:
        menu = self._menu(tr("&View"))
        for spec in pages:
            go = partial(doings.go_page, spec.id)
            self._add(menu, str(spec.title), go, spec.shortcut, str(spec.tip))
        menu.addSeparator()
        for words, argument, keys in (
            (tr("PCT timeline…"), PCT_TIMELINE, "Ctrl+Shift+T"),
            (tr("Timeline of the family…"), FAMILY_TIMELINE, "Ctrl+T"),
        ):
            self._add(menu, words, partial(doings.go, Place("portfolio", argument)), keys)
        menu.addSeparator()
        self.back = self._add(menu, tr("Back"), doings.go_back, "Alt+Left")
        self.forward = self._add(menu, tr("Forward"), doings.go_forward, "Alt+Right")
        self._add(menu, tr("Read again"), doings.refresh, "F5")
        self._add(menu, tr("Fold the sidebar"), doings.fold_sidebar, "Ctrl+B")
        menu.addSeparator()
        self.languages = self._choice(menu, tr("Language"), LANGUAGE_NAMES, doings.set_language)
        modes = (
            (Mode.SYSTEM.value, tr("As the system")),
            (Mode.LIGHT.value, tr("Light")),
            (Mode.DARK.value, tr("Dark")),
        )
        self.modes = self._choice(menu, tr("Theme"), modes, doings.set_theme)
        densities = (
            (Density.NORMAL.value, tr("Normal rows")),
            (Density.COMPACT.value, tr("Compact rows")),
        )
        self.densities = self._choice(menu, tr("Density"), densities, doings.set_density)
        sizes = tuple((str(size), f"{size} %") for size in TEXT_SIZES)
        self.sizes = self._choice(
            menu, tr("Text size"), sizes, lambda size: doings.set_text_size(int(size))
        )

    def _help(self, doings: Doings) -> None:
        menu = self._menu(tr("&Help"))
        self._add(menu, tr("Keyboard shortcuts"), doings.show_shortcuts, "F1")
        self._add(menu, tr("Show the log"), doings.show_log)
        self._add(menu, tr("About IPDesk"), doings.show_about)

    def _choice(
        self,
        above: QMenu,
        title: str,
        values: Sequence[tuple[str, str]],
        run: Callable[[str], object],
    ) -> dict[str, QAction]:
        """A menu of which one line is ticked."""
        menu = above.addMenu(title)
        group = QActionGroup(menu)
        made: dict[str, QAction] = {}
        for value, words in values:
            line = self._add(menu, words, partial(run, value), tip=f"{title}: {words}")
            line.setCheckable(True)
            group.addAction(line)
            made[value] = line
        return made

    def show_recent(self, paths: Sequence[str], doings: Doings) -> None:
        """The files that were open before."""
        self.recent.clear()
        for path in paths:
            self.recent.addAction(path, partial(doings.open_recent, path))
        self.recent.setEnabled(bool(paths))
