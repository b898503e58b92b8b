"""Events of a matter in the window, recorded and deleted with what follows shown first."""

from datetime import date

from pytestqt.qtbot import QtBot

from ipdesk.core.docket.queries import events_of
from ipdesk.core.docket.records import EventRow
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.event_form import EventForm
from ipdesk.ui.matter.detail import MatterDetail
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
