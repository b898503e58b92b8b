"""The pages of law: rules, closed days, calculator, calendar, timeline of a family."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from ipdesk.base.settings import SettingsFile
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.queries import deadlines_of_matter, events_of, last_day
from ipdesk.core.docket.setting import docket_for, own_closings, own_rules
from ipdesk.core.portfolio.model import MatterFields, PriorityClaim
from ipdesk.store.migrate import open_database
from ipdesk.ui.desk import Place
from ipdesk.ui.docket.card import DeadlineCard
from ipdesk.ui.law.calendarview import CalendarView
from ipdesk.ui.law.closings import ClosingForm
from ipdesk.ui.law.provisions import ProvisionsView
from ipdesk.ui.law.ruleform import RuleForm
from ipdesk.ui.law.rulesview import RulesView
from ipdesk.ui.matter.applications import PctTimeline
from ipdesk.ui.matter.timeline import ENTRY, LIFE, FamilyTimeline, lanes_of
from ipdesk.ui.pages.calendar import CalendarPage
from ipdesk.ui.pages.rules import CALENDARS, PROVISIONS, RULES, RulesPage
from ipdesk.ui.pages.whatif import WhatIfPage
from ipdesk.ui.widgets.asking import Asking
from ipdesk.ui.widgets.labels import Wrapped
from ipdesk.ui.window import Window
from tests.ui.scenes import clipped, pause, stage, wait

TODAY = date(2026, 11, 24)


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


def _rules(window: Window, search: str = "") -> RulesView:
    window.go(Place("rules", RULES, search=search))
    wait(window)
    page = window.page
    assert isinstance(page, RulesPage)
    view = page.view
    assert isinstance(view, RulesView)
    if search:
        view.list.table.selectRow(0)
        wait(window)
    return view


def _told(widget: Any) -> str:
    return "\n".join(line.text() for line in widget.findChildren(Wrapped) if line.isVisible())


def _due(window: Window, rule: str) -> list[date]:
    with window.desk.worker.database().read() as connection:
        return [d.due for d in deadlines_of_matter(connection, 1) if d.rule == rule]


def _finish(window: Window, owner: Any, **texts: str) -> None:
    form = next(w for w in owner.findChildren(Asking) if w.isVisible())
    for name, text in texts.items():
        made: Any = form.editors[name]
        if hasattr(made, "setText"):
            made.setText(text)
        elif hasattr(made, "setPlainText"):
            made.setPlainText(text)
        else:
            made.setCurrentIndex(made.findData(text))
    form.finish()
    assert not form.isVisible()
    wait(window)


def test_a_rule_is_read_with_its_computation_its_source_and_its_cases(window: Window) -> None:
    view = _rules(window, "CN-P-OA1")
    told = _told(view.detail)
    assert "4 months from Office action" in told
    assert "Patent Law art. 37" in told
    assert "✓" in told  # its cases hold


def test_rules_are_narrowed_by_office_right_and_event(window: Window) -> None:
    view = _rules(window)
    everything = len(view.list.model)
    assert everything > 300
    narrowed = view.list.query.choose("office", "JP").choose("event", "refusal")
    view.list.ask(narrowed)
    wait(window)
    assert 0 < len(view.list.model) < 5


def test_how_periods_run_and_documents_are_served_is_read(window: Window) -> None:
    view = _rules(window, "CN-P-OA1")
    assert "a proved day of receipt prevails" in _told(view.detail)
    window.go(Place("rules", PROVISIONS, search="R.80.5"))
    wait(window)
    assert isinstance(window.page, RulesPage)
    listed = window.page.view
    assert isinstance(listed, ProvisionsView)
    listed.list.table.selectRow(0)
    wait(window)
    assert "official holiday" in _told(listed.detail)


def test_a_rule_is_switched_off_in_the_window_and_its_dates_go(window: Window) -> None:
    view = _rules(window, "CN-P-SE")
    assert _due(window, "CN-P-SE")
    view.switch(True)
    wait(window)
    assert not _due(window, "CN-P-SE")
    assert "Switched off" in view.list.model.data(view.list.model.index(0, 5))


def test_a_rule_is_confirmed_with_name_and_day(window: Window) -> None:
    view = _rules(window, "JP-SE")
    view.confirm()
    _finish(window, view, by="Han Mei")
    with window.desk.worker.database().read() as connection:
        word = next(w for w in own_rules(connection) if w.rule == "JP-SE")
    assert (word.confirmed_by, word.confirmed_on) == ("Han Mei", TODAY)


def test_lead_times_of_a_rule_are_kept(window: Window) -> None:
    view = _rules(window, "CN-P-SE")
    view.leads()
    wait(window)
    _finish(window, view, internal="60", agent="")
    with window.desk.worker.database().read() as connection:
        word = next(w for w in own_rules(connection) if w.rule == "CN-P-SE")
    assert (word.internal_days, word.agent_days) == (60, None)


def test_lead_times_of_a_kind_are_kept_and_shown(window: Window) -> None:
    view = _rules(window, "CN-P-SE")
    view.leads_of_kind()
    wait(window)
    _finish(window, view, internal="45", agent="")
    assert "45 / –" in _told(_rules(window, "CN-P-SE").detail)
    with window.desk.worker.database().read() as connection:
        (found,) = [d for d in deadlines_of_matter(connection, 1) if d.rule == "CN-P-SE"]
    assert found.internal_due is not None
    assert (found.due - found.internal_due).days >= 45


def test_a_rule_of_our_own_is_read_out_before_it_is_kept(window: Window) -> None:
    view = _rules(window)
    view.add()
    form = view.findChildren(RuleForm)[0]
    texts = {"en": "House rule", "zh": "内部规定", "basis": "Manual 4", "source": "Manual"}
    for name, text in texts.items():
        made: Any = form.editors[name]
        made.setText(text)
    made = form.editors["more"]
    made.setPlainText("roll = 7")
    assert "cannot be read" in _told(form) or "not used" in _told(form)
    made.setPlainText('note = { en = "Ask twice.", zh = "问两次。" }')
    assert "1 month from Filing" in _told(form)
    _finish(window, view)
    assert _due(window, "OWN-1") == [date(2026, 4, 9)]
    view = _rules(window, "OWN-1")
    view.edit("OWN-1")
    wait(window)
    _finish(window, view, number="2")
    assert _due(window, "OWN-1") == [date(2026, 5, 9)]


def test_a_notice_is_pasted_and_its_days_are_seen_before_they_are_kept(window: Window) -> None:
    window.go(Place("rules", CALENDARS))
    wait(window)
    page = window.page
    assert isinstance(page, RulesPage)
    view = page.view
    assert isinstance(view, CalendarView)
    assert "2027" in view.reminder.text()
    view.list.table.selectRow(1)
    wait(window)
    view.add()
    form = view.findChildren(ClosingForm)[0]
    form.text.setPlainText("nothing here")
    assert not form.keep.isEnabled()
    form.text.setPlainText("2027-02-05..2027-02-07 春节\n2027-02-20 补班")
    assert "2027-02-20  working day" in form.shown.toPlainText()
    form.whole.setChecked(True)
    form.keep.click()
    wait(window)
    with window.desk.worker.database().read() as connection:
        kinds = [o.kind for o in own_closings(connection, "CN")]
    assert sorted(kinds) == ["closed"] * 3 + ["complete", "working"]
    assert "CNIPA" not in view.reminder.text()


def test_the_calculator_gives_dates_reasons_and_what_would_change_them(window: Window) -> None:
    window.go(Place("what-if"))
    wait(window)
    page = window.page
    assert isinstance(page, WhatIfPage)
    events = (
        Event("filing", date(2025, 3, 10)),
        Event("office_action", date(2026, 10, 26), service="electronic"),
    )
    page.fields.put(Case("CN", "invention", "direct", events))
    pause(300)
    wait(window)
    rows = page.table.rows_model.rows
    row = next(i for i, d in enumerate(rows) if d.rule == "CN-P-OA1")
    assert rows[row].due == date(2027, 2, 26)
    page.table.selectRow(row)
    wait(window)
    told = _told(page.card)
    assert "4 months from 2026-10-26" in told
    assert "served by post" in told
    assert "2027-02-26 → 2027-03-10" in told


def test_the_calculator_says_what_is_wrong_with_a_day(window: Window) -> None:
    window.go(Place("what-if"))
    wait(window)
    page = window.page
    assert isinstance(page, WhatIfPage)
    page.fields.lines[0].day.setText("10.3.2025")
    pause(300)
    wait(window)
    assert "YYYY-MM-DD" in page.said.text()


def test_a_stored_deadline_is_taken_into_the_calculator(window: Window) -> None:
    with window.desk.worker.database().read() as connection:
        wanted = next(d for d in deadlines_of_matter(connection, 1) if d.rule == "CN-P-SE")
    window.go(Place("what-if", wanted.id))
    wait(window)
    pause(300)
    wait(window)
    page = window.page
    assert isinstance(page, WhatIfPage)
    assert "Request for substantive examination" in _told(page.card)
    assert "priorities were withdrawn" in _told(page.card)


def test_an_entry_into_a_national_phase_says_what_would_change_it(window: Window) -> None:
    base = window.desk.worker.database()
    with base.read() as connection:
        law = docket_for(connection, TODAY)
    claim = PriorityClaim("CN202510000001.1", "CN", date(2025, 6, 3))
    fields = MatterFields(right="pct", office="WO", reference="W-1", priorities=(claim,))
    made = create_matter(base, law, fields, {"filing": date(2026, 3, 2)})[0]
    with base.read() as connection:
        dates = deadlines_of_matter(connection, made)
    entry = next(d for d in dates if d.rule == "EP-NPE")
    card = DeadlineCard(window.desk)
    card.show_id(entry.id)
    wait(window)
    asked = "\n".join(line.text() for line in card.findChildren(QLabel))
    card.deleteLater()
    assert "What if all priorities were withdrawn" in asked
    assert "2028-01-03 → 2028-10-02" in asked
    window.go(Place("what-if", entry.id))
    wait(window)
    pause(300)
    wait(window)
    assert isinstance(window.page, WhatIfPage)
    assert "European" in _told(window.page.card)
    assert "2028-01-03 → 2028-10-02" in _told(window.page.card)


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


def test_the_timeline_of_a_family_is_drawn(window: Window) -> None:
    window.go(Place("portfolio"))
    wait(window)
    page: Any = window.page
    page.detail.tabs.setCurrentIndex(2)
    window.go(Place("portfolio", 1))
    wait(window)
    page.detail.family.show_timeline()
    wait(window)
    dialog = page.detail.family.findChildren(FamilyTimeline)[0]
    pause(200)
    wait(window)
    assert dialog.drawn.chart.drawn
    dialog.choose(LIFE)
    whole = lanes_of(dialog._strands, TODAY, LIFE)
    early = lanes_of(dialog._strands, TODAY, ENTRY)
    assert len(whole.lanes[0].points) > len(early.lanes[0].points) > 3


def test_the_view_menu_draws_all_pct_applications_and_the_family_of_the_matter_in_sight(
    window: Window,
) -> None:
    by_words = {action.text(): action for action in window.menus.actions}
    window.go(Place("home"))
    wait(window)
    by_words["PCT timeline…"].trigger()
    wait(window)
    page: Any = window.page
    assert page.id == "portfolio"
    (shown,) = page.findChildren(PctTimeline)
    assert shown.isVisible()
    shown.accept()
    window.go(Place("portfolio", 1))
    wait(window)
    by_words["Timeline of the family…"].trigger()
    wait(window)
    (drawn,) = page.findChildren(FamilyTimeline)
    assert page.detail._whole.detail.row.reference in drawn.windowTitle()


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


def test_the_events_of_selected_matters_are_marked_as_checked_with_an_undo(
    window: Window,
) -> None:
    window.go(Place("portfolio", 1))
    wait(window)
    page: Any = window.page
    page.check_selected()
    wait(window)
    assert "events marked as checked" in window.messages.text
    with window.desk.worker.database().read() as connection:
        assert all(event.checked_by for event in events_of(connection, 1))
    window.undo()
    wait(window)
    with window.desk.worker.database().read() as connection:
        assert not any(event.checked_by for event in events_of(connection, 1))
