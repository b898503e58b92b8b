"""One window on one file at a time; a file that the user chose is remembered."""

import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.app import Session, missing_library, no_screen
from ipdesk.base.settings import SettingsFile
from ipdesk.core.portfolio.figures import figures
from ipdesk.ui.libraries import library_sentence, qt_sentence
from ipdesk.ui.window import Window


def test_another_file_takes_the_place_of_the_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    settings = SettingsFile()
    session = Session(qapp, settings, lambda: date(2026, 11, 24))
    first = session.open(str(tmp_path / "a.ipdesk"))
    first.other_file.emit(str(tmp_path / "b.ipdesk"))
    second = session.window
    assert second is not None
    assert second is not first
    assert not first.isVisible()
    assert settings.values.database == str(tmp_path / "b.ipdesk")
    qtbot.waitUntil(lambda: not second.desk.worker.outstanding, timeout=20_000)
    second.close()


def test_the_sample_portfolio_is_made_once_and_said(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    for said in ("The sample portfolio is being made", ""):
        session = Session(qapp, SettingsFile(), lambda: date(2026, 11, 24))
        window = session.open(str(tmp_path / "sample.ipdesk"), demo=True)
        assert window.messages.text.startswith(said)
        assert bool(window.messages.text) == bool(said)
        with qtbot.waitSignal(window.desk.worker.opened, timeout=120_000) as opened:
            pass
        with opened.args[0].read() as connection:
            assert figures(connection).matters > 400
        qtbot.waitUntil(partial(_is_idle, window), timeout=20_000)
        window.close()


def _is_idle(window: Window) -> bool:
    return not window.desk.worker.outstanding


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    monkeypatch.setattr(sys, "platform", "linux")
    assert "libegl1" in qt_sentence(error)
    assert "libxcb-cursor0" in library_sentence("libxcb-cursor.so.0")


def test_no_screen_is_a_sentence_and_not_an_abort(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only X11 and Wayland can be absent")
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "ipdesk"], env=bare, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_other_platforms_bring_their_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert missing_library() == ""
    assert not no_screen()
