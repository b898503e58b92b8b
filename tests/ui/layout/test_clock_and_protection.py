"""Launches, priority years and gaps in protection on the layout page."""

from datetime import date

from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.ui.layout.alarms import AlarmsView
from ipdesk.ui.layout.clock import LAUNCHES, ClockView
from ipdesk.ui.layout.launches import LaunchForm
from ipdesk.ui.layout.protection import ProtectionView
from ipdesk.ui.pages.layout import LayoutPage
from tests.conftest import TODAY
from tests.ui.conftest import Settle
from tests.ui.forms import put
from tests.ui.layout.opened import form_of, shown, words


def test_moving_a_launch_moves_the_last_safe_day_shown(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "clock", ClockView, settle)
    before = view.clock.rows_model.rows[0]
    assert before.due < date(2027, 5, 3)
    view.choose(LAUNCHES)
    view.ask_launch(view.opened.rows_model.rows[0])
    put(form_of(view), day="2027-03-02")
    form_of(view).finish()
    settle()
    after = view.clock.rows_model.rows[0]
    assert after.due == date(2027, 3, 1)
    assert any("2027-03-02" in str(reason) for reason in after.why)


def test_a_launch_says_what_it_moves_before_it_is_set(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "clock", ClockView, settle)
    view.ask_launch(view.opened.rows_model.rows[0])
    form = form_of(view)
    assert isinstance(form, LaunchForm)
    put(form, day="2027-09-15")
    form.look()
    settle()
    assert "China, patent: " in form.preview.text()
    assert "→ 2027-09-14" in form.preview.text()
    put(form, day="soon")
    form.look()
    assert form.preview.text() == ""
    form.reject()
    assert all(line.due != date(2027, 9, 14) for line in view.clock.rows_model.rows)


def test_an_alarm_of_a_priority_year_ends_with_a_decision(page: LayoutPage, settle: Settle) -> None:
    database = page.desk.worker.database()
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    fields = MatterFields("invention", "CN", title="First")
    matter, _ = create_matter(database, docket, fields, {"filing": date(2025, 12, 20)})
    view = shown(page, "alarms", AlarmsView, settle)
    alarm = next(a for a in view.table.rows_model.rows if a.matter_id == matter)
    view.visit(alarm.key)
    settle()
    assert view.table.current() == alarm
    view.ask_foreign(alarm)
    form = form_of(view)
    put(form, decision="none")
    form.finish()
    settle()
    assert "why" in form.problem
    put(form, reason="home market only")
    form.finish()
    settle()
    assert all(a.matter_id != matter for a in view.table.rows_model.rows)


def test_a_gap_becomes_an_accepted_risk_with_who_and_why(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "protection", ProtectionView, settle)
    line = view.table.rows_model.rows[0]
    assert (line.product, line.standing) == ("Heating film", "gap")
    view.ask_risk()
    form = form_of(view)
    form.finish()
    assert form.problem == "Why is missing."
    put(form, reason="small market", by="Li Lei")
    form.finish()
    settle()
    line = view.table.rows_model.rows[0]
    assert line.standing == "accepted_risk"
    assert "small market" in words(view.card)
