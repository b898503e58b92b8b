"""Twenty hits are judged in the whole window with keys alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.base.settings import SettingsFile
from ipdesk.core.watch.queries_hits import hit_ids, hit_rows
from ipdesk.core.watch.rows import HitRow
from ipdesk.store.migrate import open_database
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Place
from ipdesk.ui.pages.watch import WatchPage
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.core.watch.samples import hit, run, watch_of
from tests.ui.scenes import stage, wait

HITS = 24


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "journey.ipdesk"
    database = open_database(path, user="Li Lei")
    watch = watch_of(database)
    run(database, watch, [hit(f"US9{n:03}A1", abstract=f"Cell {n}") for n in range(HITS)])
    database.close()
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SettingsFile:
    monkeypatch.setenv("IPDESK_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("IPDESK_DATA", str(tmp_path / "data"))
    return SettingsFile()


def rows_of(window: Window) -> list[HitRow]:
    database = window.desk.worker.opened_database
    assert database is not None
    with database.read() as connection:
        return hit_rows(connection, hit_ids(connection, None, ListQuery(sort="family")))


def typist(qtbot: QtBot) -> Callable[..., None]:
    """Keys go to whatever has the focus, as they do for a person."""

    def press(*keys: str | Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the focus: a mouse would be needed"
            if modifier is not None:
                qtbot.keyClick(target, key, modifier)
            elif isinstance(key, str):
                qtbot.keyClicks(target, key)
            else:
                qtbot.keyClick(target, key)

    return press


def test_twenty_hits_are_judged_without_a_mouse(
    qapp: QApplication, qtbot: QtBot, file: Path, settings: SettingsFile
) -> None:
    press, enter = typist(qtbot), Qt.Key.Key_Return
    with stage(qapp, file, settings, TODAY) as window:
        window.activateWindow()
        window.go(Place.at("watch", 1, view="hits", state="waiting"))
        wait(window)
        page = window.page
        assert isinstance(page, WatchPage)
        assert len(page.triage.list.model) == HITS
        for n in range(10):
            press("1", f"not our field {n}", enter)
        press("1", enter)  # the last reason again
        wait(window)
        for _ in range(4):
            press("3", enter)
        press("j", "k", "j", "4", "covers the shell", enter)
        wait(window)
        press(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
        press(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
        press(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
        press("2", "known art", enter)
        wait(window)
        judged = [r for r in rows_of(window) if r.verdict]
        counts = {v: sum(r.verdict == v for r in judged) for v in {r.verdict for r in judged}}
        assert counts == {"irrelevant": 11, "relevant": 4, "threat": 1, "background": 4}
        assert sorted(r.reason for r in judged if r.verdict == "irrelevant")[-2:] == [
            "not our field 9",
            "not our field 9",
        ]
        assert len(page.triage.list.model) == HITS - 20
        assert page.triage.list.table.current_id() is not None
        press("1")
        press(Qt.Key.Key_Escape)
        assert page.triage.list.table.hasFocus()
        window.undo()
        wait(window)
        assert sum(bool(r.verdict) for r in rows_of(window)) == 16
