"""No page of law clips its words, in either language and theme."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from ipdesk.base.settings import SettingsFile
from ipdesk.ui.desk import Place
from ipdesk.ui.pages.rules import CALENDARS, PROVISIONS, RULES
from tests.conftest import TODAY
from tests.ui.scenes import clipped, stage, wait


@pytest.mark.parametrize(
    ("language", "theme", "percent"), [("en", "dark", 125), ("zh_CN", "light", 100)]
)
def test_the_pages_of_law_clip_nothing(
    qapp: QApplication,
    filled: Path,
    settings: SettingsFile,
    language: str,
    theme: str,
    percent: int,
) -> None:
    with stage(
        qapp, filled, settings, TODAY, language=language, theme=theme, percent=percent
    ) as window:
        for place in (
            Place("rules", RULES, search="CN-P-SE"),
            Place("rules", PROVISIONS),
            Place("rules", CALENDARS),
            Place("what-if"),
            Place("calendar"),
        ):
            window.go(place)
            wait(window)
            page: Any = window.page
            if place.page == "rules":
                page.view.list.table.selectRow(0)
                wait(window)
            assert clipped(window) == [], place
