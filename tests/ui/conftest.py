"""A desk on a file database of its own, a window on it, and the look put on once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.base.i18n import set_language
from ipdesk.base.settings import SettingsFile
from ipdesk.store.migrate import open_database
from ipdesk.ui import theme
from ipdesk.ui.bus import Bus
from ipdesk.ui.desk import Desk
from ipdesk.ui.memory import Memory
from ipdesk.ui.qtwords import speak
from ipdesk.ui.window import Window
from ipdesk.ui.work import Worker
from tests.conftest import TODAY

Settle = Callable[[], None]


@pytest.fixture(scope="session")
def _dressed(qapp: QApplication) -> QApplication:
    theme.apply(qapp, theme.Mode.LIGHT)
    return qapp


@pytest.fixture(autouse=True)
def _as_usual() -> Iterator[None]:
    """Whatever the test before put on and spoke, in whichever process it ran."""
    set_language("en")
    app = QApplication.instance()
    if isinstance(app, QApplication) and theme.look() != theme.Look():
        theme.apply(app, theme.Mode.LIGHT)
    yield
    set_language("en")
    app = QApplication.instance()
    if isinstance(app, QApplication):
        speak(app)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SettingsFile:
    monkeypatch.setenv("IPDESK_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("IPDESK_DATA", str(tmp_path / "data"))
    return SettingsFile()


@pytest.fixture
def worker(_dressed: QApplication, database_file: Path) -> Iterator[Worker]:
    made = Worker(Bus(), lambda: open_database(database_file, user="Tester"))
    yield made
    assert made.close()


@pytest.fixture
def desk(worker: Worker, settings: SettingsFile) -> Desk:
    return Desk(worker, worker.bus, settings, Memory(settings), lambda: TODAY)


@pytest.fixture
def settle(qtbot: QtBot, worker: Worker) -> Settle:
    """Wait until every question has its answer."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not worker.outstanding, timeout=60_000)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not worker.outstanding, timeout=60_000)

    return wait


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Window:
    made = Window(desk)
    qtbot.addWidget(made)
    return made
