"""A whole window on a file with one Chinese invention."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ipdesk.base.settings import SettingsFile
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import MatterFields, PriorityClaim
from ipdesk.store.migrate import open_database
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.scenes import stage


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """One Chinese invention with a priority, on a file."""
    path = tmp_path / "law.ipdesk"
    database = open_database(path, user="Tester")
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    fields = MatterFields(
        right="invention",
        office="CN",
        title="一种泵",
        reference="P-1",
        priorities=(PriorityClaim("US1", "US", date(2025, 3, 10)),),
    )
    dates = {"filing": date(2026, 3, 9), "office_action": date(2026, 10, 26)}
    create_matter(database, docket, fields, dates)
    database.close()
    return path


@pytest.fixture
def window(qapp: QApplication, filled: Path, settings: SettingsFile) -> Iterator[Window]:
    with stage(qapp, filled, settings, TODAY) as opened:
        yield opened
