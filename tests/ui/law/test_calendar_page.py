"""The calendar page and the period in sight: its days, its file, its sheets by person."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ipdesk.core.docket.queries import last_day
from ipdesk.ui.desk import Place
from ipdesk.ui.pages.calendar import CalendarPage
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.scenes import wait


def test_the_calendar_counts_days_and_is_walked_by_keys(window: Window, qtbot: QtBot) -> None:
    window.go(Place("calendar", "2027-02-22"))
    wait(window)
    page = window.page
    assert isinstance(page, CalendarPage)
    assert page.grid.words(date(2027, 2, 26)).endswith("1 deadline. P-1"), "with its matter"
    assert any(line.value.rule == "CN-P-OA1" for line in page.agenda.lines)
    qtbot.keyClick(page.grid, Qt.Key.Key_PageDown)
    wait(window)
    assert page.grid.day == date(2027, 3, 22)
    page.grid.go(date(2027, 2, 26))
    wait(window)
    page._open_list()
    wait(window)
    assert window.page is not None
    assert window.page.id == "deadlines"


def test_the_sheets_by_person_end_where_the_list_ends(window: Window) -> None:
    window.go(Place.at("deadlines", period="90"))
    wait(window)
    page: Any = window.page
    page._sheets()
    wait(window)
    reports: Any = window.page
    assert reports.form.values["to"] == "2027-02-22"
    assert last_day("week", date(2026, 11, 24)) == date(2026, 11, 29)
    assert last_day("overdue", TODAY) == TODAY
    assert last_day("all", TODAY) is None


def test_the_calendar_page_writes_a_calendar_file_of_the_person_in_sight(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    window.go(Place("calendar"))
    wait(window)
    page: Any = window.page
    page._save()
    wait(window)
    assert target.read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    page._keep()
    wait(window)
    assert window.page is not None
    assert window.page.id == "settings"
