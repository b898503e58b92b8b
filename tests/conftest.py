"""What every test may use: a file database, the law on a fixed day, no screen needed."""

import gc
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from ipdesk.base.i18n import set_language
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.setting import docket_for
from ipdesk.store.database import Database
from ipdesk.store.migrate import open_database

TODAY = date(2026, 11, 24)

# The same examples each time, so that a red run is about the change it tests. To look further:
# pytest --hypothesis-profile=exploring; what that finds becomes an @example.
settings.register_profile("steady", derandomize=True)
settings.register_profile("exploring", derandomize=False)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Beside others, tests share their process with a thread that hears from the first one.

    The collector would delete windows in that thread, and Qt would crash a moment later.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Sweep where windows live, see ipdesk/ui/garbage.py; windows left over make the next slow."""
    if "PYTEST_XDIST_WORKER" not in os.environ or gc.isenabled():
        return
    widgets = sys.modules.get("PySide6.QtWidgets")
    gc.collect(2 if widgets and widgets.QApplication.topLevelWidgets() else 1)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the settings or the data of whoever runs it."""
    monkeypatch.setenv("IPDESK_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("IPDESK_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("IPDESK_DATABASE", raising=False)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    set_language("en")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty portfolio, to be copied: migrating each test's own takes longer than the test."""
    path = tmp_path_factory.mktemp("empty") / "empty.ipdesk"
    open_database(path).close()
    return path


@pytest.fixture
def database_file(tmp_path: Path, empty_file: Path) -> Path:
    """The test's own empty portfolio (in-memory SQLite is another database in each thread)."""
    path = tmp_path / "portfolio.ipdesk"
    copyfile(empty_file, path)
    return path


@pytest.fixture
def database(database_file: Path) -> Iterator[Database]:
    """The same, open."""
    opened = open_database(database_file, user="Tester")
    yield opened
    opened.close()


@pytest.fixture
def docket(database: Database) -> Docket:
    """The built-in law on a fixed day."""
    with database.read() as connection:
        return docket_for(connection, TODAY)
