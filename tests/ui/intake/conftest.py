"""The import page on a desk of its own, and what is said there."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.pages.imports import ImportPage
from tests.ui.conftest import Settle
from tests.ui.intake.walking import preview_of
from tests.ui.lists import write_list


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> ImportPage:
    made = ImportPage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 740)
    made.show()
    settle()
    return made


@pytest.fixture
def said(desk: Desk) -> list[tuple[str, Kind]]:
    heard: list[tuple[str, Kind]] = []
    desk.said.connect(lambda text, kind, _action: heard.append((str(text), kind)))
    return heard


@pytest.fixture
def previewed(page: ImportPage, settle: Settle, tmp_path: Path) -> ImportPage:
    return preview_of(page, settle, write_list(tmp_path))
