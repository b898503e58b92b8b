"""Events of a matter in the window, recorded and deleted with what follows shown first."""

from datetime import date

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipdesk.core.docket.queries import events_of
from ipdesk.core.docket.records import EventRow
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.event_form import PREVIEW_MS, EventForm
from ipdesk.ui.matter.detail import MatterDetail
from ipdesk.ui.matter.life import LifeActs
from ipdesk.ui.matter.making import ask_new_matter
from ipdesk.ui.work import Worker
from tests.ui.conftest import Settle
from tests.ui.matter.asked import ask, whole


def test_an_office_action_is_recorded_with_its_deadline_shown_first(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int, qtbot: QtBot
) -> None:
    form = EventForm(desk, detail, matter, kind="office_action", day=date(2026, 11, 2))
    settle()
    texts = [w.text() for w in form.effect.findChildren(type(form._wrong))]
    assert any("2027-03-02" in text for text in texts), texts
    before = ask(worker, settle, lambda c: events_of(c, matter))
    assert isinstance(before, list)
    assert [e.type for e in before] == ["filing"]
    form._save()
    settle()
    after = ask(worker, settle, lambda c: events_of(c, matter))
    assert isinstance(after, list)
    assert [e.type for e in after] == ["filing", "office_action"]


def test_deleting_an_event_shows_what_ends_and_can_be_thought_over(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    [event] = whole(worker, settle, matter).events
    assert isinstance(event, EventRow)
    form = EventForm(desk, detail, matter, event)
    settle()
    form._delete()
    settle()
    assert form.keep.text() == "Delete this event"
    form._editors["number"][1].setText("1")
    assert form.keep.text() == "Save"
    settle()
    form._delete()
    form._save()
    settle()
    assert whole(worker, settle, matter).events == ()


def test_a_day_that_cannot_be_is_said_once_in_every_form_and_what_is_typed_stays(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    form = EventForm(desk, detail, matter, kind="office_action", day=date(2027, 11, 2))
    form.open()
    settle()
    assert not form.keep.isEnabled()
    assert times_said(form, "has not come yet") == 1
    set_day(form._editors["date"][1], "2026-11-02")
    QTest.qWait(PREVIEW_MS + 50)
    settle()
    assert form.keep.isEnabled()
    assert times_said(form, "has not come yet") == 0
    form.reject()
    granting = LifeActs(desk, detail).grant(whole(worker, settle, matter))
    set_day(granting.editors["on"], "2026-03-01")
    QTest.qWait(PREVIEW_MS + 50)
    settle()
    granting.finish()
    settle()
    assert granting.isVisible()
    assert times_said(granting, "lies before Filing on 2026-03-10") == 1
    set_day(granting.editors["on"], "2026-11-20")
    QTest.qWait(PREVIEW_MS + 50)
    settle()
    assert times_said(granting, "lies before") == 0
    granting.finish()
    settle()
    assert whole(worker, settle, matter).detail.row.grant_date == date(2026, 11, 20)
    made: list[int] = []
    new = ask_new_matter(desk, detail, made.append)
    for name, words in (("title", "Pump"), ("filing", "2026-03-10"), ("grant", "2026-03-01")):
        set_day(new.editors[name], words)
    new.finish()
    settle()
    assert times_said(new, "lies before Filing") == 1
    assert not made
    set_day(new.editors["grant"], "")
    new.finish()
    settle()
    assert len(made) == 1


def set_day(editor: QWidget, words: str) -> None:
    assert isinstance(editor, QLineEdit)
    editor.setText(words)


def times_said(form: QDialog, words: str) -> int:
    """How many labels in sight say these words."""
    return sum(words in one.text() for one in form.findChildren(QLabel) if one.isVisible())
