"""Every page of the registry opens, in both languages and themes, on an empty and a full file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ipdesk.base.settings import SettingsFile
from ipdesk.core.docket.setting import docket_for
from ipdesk.demo.exchange import fill_agents, fill_comparison
from ipdesk.demo.whole import fill_demo
from ipdesk.store.migrate import open_database
from ipdesk.ui.pages import PAGES
from tests.conftest import TODAY
from tests.ui.scenes import DIALOGS, SCENES, clipped, play, stage

LOOKS = [
    ("en", "light", 125),
    ("en", "dark", 100),
    ("zh_CN", "light", 100),
    ("zh_CN", "dark", 125),
]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration portfolio, made once."""
    path = tmp_path_factory.mktemp("pages") / "full.ipdesk"
    database = open_database(path, user="Tester")
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    fill_demo(database, docket)
    fill_comparison(database, docket)
    fill_agents(database, docket)
    database.close()
    return path


@pytest.fixture
def empty(database_file: Path) -> Path:
    return database_file


@pytest.fixture(autouse=True)
def _faults(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A fault anywhere fails the test instead of opening a dialog."""
    from ipdesk.ui.trouble import Trouble

    met: list[BaseException] = []

    def hear(_self: Trouble, _kind: object, error: BaseException, _trace: object) -> None:
        met.append(error)

    monkeypatch.setattr(Trouble, "hear", hear)
    yield
    assert not met, met


@pytest.mark.parametrize(("language", "theme", "percent"), LOOKS)
def test_every_page_opens_on_an_empty_file(
    qapp: QApplication,
    empty: Path,
    settings: SettingsFile,
    language: str,
    theme: str,
    percent: int,
) -> None:
    with stage(
        qapp, empty, settings, TODAY, language=language, theme=theme, percent=percent
    ) as window:
        for scene in SCENES[: len(PAGES)]:
            play(window, scene)
            assert window.page is not None
            assert window.page.id == scene.place.page
            assert window.messages.text == ""
            assert clipped(window) == [], scene.name


@pytest.mark.parametrize(("language", "theme", "percent"), LOOKS)
def test_every_page_opens_on_a_full_file_and_clips_nothing(
    qapp: QApplication,
    full: Path,
    settings: SettingsFile,
    language: str,
    theme: str,
    percent: int,
) -> None:
    with stage(
        qapp, full, settings, TODAY, language=language, theme=theme, percent=percent
    ) as window:
        for scene in (*SCENES, *DIALOGS):
            play(window, scene)
            assert window.messages.text == ""
            assert clipped(window) == [], scene.name
            for dialog in qapp.topLevelWidgets():
                if dialog is not window and dialog.isVisible():
                    assert clipped(dialog) == [], scene.name
                    dialog.close()
