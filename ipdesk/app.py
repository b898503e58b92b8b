"""Builds the desk from its parts and opens the window; the only place that knows all."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ipdesk.base.i18n import say, set_language
from ipdesk.base.settings import SettingsFile, default_database, log_folder
from ipdesk.ui.bus import Bus
from ipdesk.ui.desk import Desk
from ipdesk.ui.libraries import X11_LIBRARIES, library_sentence
from ipdesk.ui.memory import Memory
from ipdesk.ui.trouble import keep_log
from ipdesk.ui.window import Window, dress
from ipdesk.ui.work import Worker

if TYPE_CHECKING:
    from ipdesk.store.database import Database


Clock = Callable[[], date]
_NO_SCREEN = say(
    "The window cannot start: no screen was found (DISPLAY is not set). "
    "Commands work without one; see “ipdesk --help”."
)

_MAKING = say("The sample portfolio is being made: this takes a moment, and only this once.")


def open_window(
    target: str = "", *, demo: bool = False, language: str = "", today: date | None = None
) -> int:
    """Show the window on a file until it is closed; the exit code."""
    missing = missing_library()
    if missing or no_screen():
        print(library_sentence(missing) if missing else _NO_SCREEN, file=sys.stderr)
        return 1
    settings = SettingsFile()
    set_language(language or settings.values.language or _system_language())
    keep_log(log_folder())
    application = QApplication(sys.argv[:1])
    session = Session(application, settings, date.today if today is None else lambda: today)
    session.open(target or settings.values.database or str(default_database()), demo=demo)
    return int(application.exec())


class Session:
    """One window on one file at a time; another file means another window."""

    def __init__(self, application: QApplication, settings: SettingsFile, today: Clock) -> None:
        self._application = application
        self._settings = settings
        self._today = today
        self.window: Window | None = None

    def open(self, target: str, *, demo: bool = False) -> Window:
        """Open the window on this file; the one that was open is closed, unless its user stays."""
        if self.window is not None and not self._left():
            return self.window
        bus = Bus()
        opening = partial(_open_database, target, self._settings, demo, self._today)
        worker = Worker(bus, opening)
        desk = Desk(worker, bus, self._settings, Memory(self._settings), self._today)
        dress(self._application, desk)
        self.window = Window(desk)
        self.window.other_file.connect(self._choose)
        self.window.show()
        if demo and not Path(target).exists():
            self.window.messages.say(_MAKING)
        return self.window

    def _choose(self, target: str) -> None:
        """The user picked a file: it is opened now and from now on."""
        before = self.window
        if self.open(target) is not before:
            self._settings.change(database=target)

    def _left(self) -> bool:
        """Close the open window without ending the program; False when its user refused."""
        self._application.setQuitOnLastWindowClosed(False)
        closed = self.window is None or self.window.close()
        self._application.setQuitOnLastWindowClosed(True)
        return closed


def _open_database(target: str, settings: SettingsFile, demo: bool, today: Clock) -> Database:
    """Called by the first thread that needs data; the window is in sight by then."""
    from ipdesk.store.migrate import open_database

    database = open_database(target, user=settings.values.user)
    if demo:
        _fill_when_empty(database, today)
    return database


def _fill_when_empty(database: Database, today: Clock) -> None:
    from ipdesk.core.portfolio.figures import has_any

    with database.read() as connection:
        if has_any(connection):
            return
    from ipdesk.core.docket.setting import docket_for
    from ipdesk.demo.whole import fill_demo  # half a second of libraries that only a demo needs

    with database.read() as connection:
        docket = docket_for(connection, today())
    fill_demo(database, docket)


def _system_language() -> str:
    return "zh_CN" if QLocale.system().name().startswith("zh") else "en"


def no_screen() -> bool:
    """Whether Linux offers no screen to open a window on."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    given = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform.startswith("linux") and not chosen and not given


def missing_library() -> str:
    """The first library that a real window on X11 needs and that is not there, or nothing.

    Qt would abort without a sentence; other platforms bring everything with them.
    """
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or chosen not in ("", "xcb"):
        return ""
    if not chosen and os.environ.get("WAYLAND_DISPLAY"):
        return ""
    for name in X11_LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            return name
    return ""
