"""Deadlines of a matter in the window: their order, their words and what is done with them."""

from datetime import date

from PySide6.QtWidgets import QLineEdit

from ipdesk.core.docket import deadline_edits
from ipdesk.core.docket.edits import record_event
from ipdesk.core.docket.records import EventInput
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import DeadlineActs, law_of
from ipdesk.ui.docket.card import DeadlinePopover
from ipdesk.ui.docket.effect_view import change_words
from ipdesk.ui.docket.lines import in_order
from ipdesk.ui.matter.detail import MatterDetail
from ipdesk.ui.widgets.asking import Asking
from ipdesk.ui.work import Worker
from tests.conftest import TODAY
from tests.ui.conftest import Settle
from tests.ui.forms import put, says
from tests.ui.matter.asked import deadlines, whole


def test_a_deadline_is_submitted_confirmed_and_reopened(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    first = next(d for d in deadlines(worker, settle, matter) if d.state == "open")
    acts = DeadlineActs(desk, detail)
    acts.submit([first.id])
    dialog = detail.findChild(Asking)
    assert dialog is not None
    put(dialog, receipt="R-1")
    dialog.finish()
    settle()
    rows = {d.id: d for d in deadlines(worker, settle, matter)}
    assert (rows[first.id].state, rows[first.id].receipt) == ("submitted", "R-1")
    acts.reopen([first.id])
    settle()
    rows = {d.id: d for d in deadlines(worker, settle, matter)}
    assert rows[first.id].state == "open"


def test_not_applicable_asks_for_a_reason(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    first = next(d for d in deadlines(worker, settle, matter) if d.state == "open")
    DeadlineActs(desk, detail).set_aside([first.id])
    dialog = detail.findChild(Asking)
    assert dialog is not None
    dialog.finish()
    assert dialog.isVisible()
    assert dialog._wrong.text() == "Reason is missing."
    dialog.reject()


def test_what_waits_stands_first_then_the_future_then_the_past(
    worker: Worker, settle: Settle, matter: int
) -> None:
    rows = deadlines(worker, settle, matter)
    ordered = in_order(rows, TODAY)
    waiting = [r.due for r in ordered if r.state == "open"]
    assert waiting == sorted(waiting)
    assert [r.state for r in ordered[: len(waiting)]] == ["open"] * len(waiting)


def test_a_changed_deadline_is_one_line() -> None:
    from ipdesk.base.i18n import Bilingual
    from ipdesk.core.docket.records import DeadlineChange

    one, two = date(2027, 1, 4), date(2027, 2, 4)
    label = Bilingual("Annuity", "年费")
    assert change_words(DeadlineChange("R", 3, label, one, two)) == (
        "Annuity (3): 2027-01-04 → 2027-02-04"
    )
    assert change_words(DeadlineChange("R", None, label, None, two)) == "2027-02-04  Annuity"


def test_an_act_chosen_in_the_popover_is_asked_over_the_window_and_outlives_the_popover(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    detail._next.click()
    settle()
    (card,) = detail.window().findChildren(DeadlinePopover)
    assert card.isVisible()
    card._acts.submit([card.deadline or 0])
    card.close()
    settle()
    (form,) = detail.window().findChildren(Asking)
    assert says(form, "Mark as submitted")
    form.finish()
    settle()
    assert "submitted" in {d.state for d in deadlines(worker, settle, matter)}


def test_a_form_whose_act_is_refused_stays_open_with_what_was_typed(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    first = next(d for d in deadlines(worker, settle, matter) if d.state == "open")
    DeadlineActs(desk, detail).extend([first.id])
    settle()
    (form,) = detail.findChildren(Asking)
    day = form.editors["day"]
    assert isinstance(day, QLineEdit)
    day.setText("2000-01-01")
    form.finish()
    settle()
    assert form.isVisible()
    assert day.text() == "2000-01-01"
    assert says(form, "Say in one line who granted it.")
    assert form.doing.isEnabled()


def test_a_long_docket_shows_all_that_waits_within_a_year_and_the_rest_on_demand(
    detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    worker.edit(
        lambda d: record_event(d, law_of(d, TODAY), matter, EventInput("grant", date(2026, 11, 20)))
    )
    settle()
    detail.tabs.setCurrentIndex(1)
    settle()
    tab = detail.docket
    known = whole(worker, settle, matter).deadlines
    first = len(tab.deadlines.lines)
    assert first < len(known)
    near = {d.id for d in known if d.state == "open" and d.due <= date(2027, 11, 24)}
    assert near <= {line.value.id for line in tab.deadlines.lines}
    assert str(len(known)) in tab._rest.accessibleName()
    tab._rest.click()
    settle()
    assert len(tab.deadlines.lines) == len(known)
    assert not tab._rest.isVisible()


def test_who_answers_is_proposed_from_those_who_answer_already(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    first, second = [d for d in deadlines(worker, settle, matter) if d.state == "open"][:2]
    worker.edit(lambda d: deadline_edits.assign(d, law_of(d, TODAY), [first.id], "王敏"))
    settle()
    DeadlineActs(desk, detail).assign([second.id])
    settle()
    (form,) = detail.findChildren(Asking)
    line = form.editors["person"]
    assert isinstance(line, QLineEdit)
    assert line.placeholderText() == "王敏"
    proposed = line.completer()
    assert proposed is not None
    proposed.setCompletionPrefix("敏")
    assert proposed.currentCompletion() == "王敏"
    line.setText("王敏")
    form.finish()
    settle()
    found = {d.id: d.responsible for d in deadlines(worker, settle, matter)}
    assert found[first.id] == found[second.id] == "王敏"
