"""The page of rules: what a rule says, own rules and lead times, closing days."""

from datetime import date

from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.setting import own_closings, own_rules
from ipdesk.ui.desk import Place
from ipdesk.ui.law.calendarview import CalendarView
from ipdesk.ui.law.closings import ClosingForm
from ipdesk.ui.law.provisions import ProvisionsView
from ipdesk.ui.law.ruleform import RuleForm
from ipdesk.ui.pages.rules import CALENDARS, PROVISIONS, RulesPage
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.forms import put
from tests.ui.law.told import due_by, finish, rules_view, told_by
from tests.ui.scenes import wait


def test_a_rule_is_read_with_its_computation_its_source_and_its_cases(window: Window) -> None:
    view = rules_view(window, "CN-P-OA1")
    told = told_by(view.detail)
    assert "4 months from Office action" in told
    assert "Patent Law art. 37" in told
    assert "✓" in told  # its cases hold


def test_rules_are_narrowed_by_office_right_and_event(window: Window) -> None:
    view = rules_view(window)
    everything = len(view.list.model)
    assert everything > 300
    narrowed = view.list.query.choose("office", "JP").choose("event", "refusal")
    view.list.ask(narrowed)
    wait(window)
    assert 0 < len(view.list.model) < 5


def test_how_periods_run_and_documents_are_served_is_read(window: Window) -> None:
    view = rules_view(window, "CN-P-OA1")
    assert "a proved day of receipt prevails" in told_by(view.detail)
    window.go(Place("rules", PROVISIONS, search="R.80.5"))
    wait(window)
    assert isinstance(window.page, RulesPage)
    listed = window.page.view
    assert isinstance(listed, ProvisionsView)
    listed.list.table.selectRow(0)
    wait(window)
    assert "official holiday" in told_by(listed.detail)


def test_a_rule_is_switched_off_in_the_window_and_its_dates_go(window: Window) -> None:
    view = rules_view(window, "CN-P-SE")
    assert due_by(window, "CN-P-SE")
    view.switch(True)
    wait(window)
    assert not due_by(window, "CN-P-SE")
    assert "Switched off" in view.list.model.data(view.list.model.index(0, 5))


def test_a_rule_is_confirmed_with_name_and_day(window: Window) -> None:
    view = rules_view(window, "JP-SE")
    view.confirm()
    finish(window, view, by="Han Mei")
    with window.desk.worker.database().read() as connection:
        word = next(w for w in own_rules(connection) if w.rule == "JP-SE")
    assert (word.confirmed_by, word.confirmed_on) == ("Han Mei", TODAY)


def test_lead_times_of_a_rule_are_kept(window: Window) -> None:
    view = rules_view(window, "CN-P-SE")
    view.leads()
    wait(window)
    finish(window, view, internal="60", agent="")
    with window.desk.worker.database().read() as connection:
        word = next(w for w in own_rules(connection) if w.rule == "CN-P-SE")
    assert (word.internal_days, word.agent_days) == (60, None)


def test_lead_times_of_a_kind_are_kept_and_shown(window: Window) -> None:
    view = rules_view(window, "CN-P-SE")
    view.leads_of_kind()
    wait(window)
    finish(window, view, internal="45", agent="")
    assert "45 / –" in told_by(rules_view(window, "CN-P-SE").detail)
    with window.desk.worker.database().read() as connection:
        (found,) = [d for d in deadlines_of_matter(connection, 1) if d.rule == "CN-P-SE"]
    assert found.internal_due is not None
    assert (found.due - found.internal_due).days >= 45


def test_a_rule_of_our_own_is_read_out_before_it_is_kept(window: Window) -> None:
    view = rules_view(window)
    view.add()
    form = view.findChildren(RuleForm)[0]
    texts = {"en": "House rule", "zh": "内部规定", "basis": "Manual 4", "source": "Manual"}
    put(form, **texts, more="roll = 7")
    assert "cannot be read" in told_by(form) or "not used" in told_by(form)
    put(form, more='note = { en = "Ask twice.", zh = "问两次。" }')
    assert "1 month from Filing" in told_by(form)
    finish(window, view)
    assert due_by(window, "OWN-1") == [date(2026, 4, 9)]
    view = rules_view(window, "OWN-1")
    view.edit("OWN-1")
    wait(window)
    finish(window, view, number="2")
    assert due_by(window, "OWN-1") == [date(2026, 5, 9)]


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
