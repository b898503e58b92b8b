"""A matter in the window: facts edited in place, events previewed before they are kept."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from ipdesk.core.docket import deadline_edits
from ipdesk.core.docket.edits import record_event
from ipdesk.core.docket.lifecycle import enter_national_phases
from ipdesk.core.docket.matters import MatterEdit, create_matter, edit_matter
from ipdesk.core.docket.queries import deadlines_of_matter, events_of
from ipdesk.core.docket.records import DeadlineRow, EventInput, EventRow
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import MatterFields, PersonName, PriorityClaim
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import DeadlineActs, law_of, run_edit
from ipdesk.ui.docket.card import DeadlinePopover
from ipdesk.ui.docket.change_form import ChangeForm
from ipdesk.ui.docket.effect_view import change_words
from ipdesk.ui.docket.event_form import EventForm
from ipdesk.ui.docket.lines import in_order
from ipdesk.ui.docket.marks import distance
from ipdesk.ui.matter.detail import MatterDetail
from ipdesk.ui.matter.making import drafted
from ipdesk.ui.matter.overview import read_claim, write_claim
from ipdesk.ui.matter.reading import Whole, read_whole
from ipdesk.ui.widgets.asking import Asking
from ipdesk.ui.work import Worker

Settle = Callable[[], None]
TODAY = date(2026, 11, 24)


@pytest.fixture
def matter(worker: Worker, settle: Settle) -> int:
    """A Chinese invention filed in March 2026."""
    made: list[int] = []

    def act(database: Database) -> object:
        with database.read() as connection:
            docket = docket_for(connection, TODAY)
        fields = MatterFields(
            "invention",
            "CN",
            title="一种液态金属墨水",
            people=(PersonName("applicant", "澄镓科技"),),
        )
        found = create_matter(database, docket, fields, {"filing": date(2026, 3, 10)})
        made.append(found[0])
        return found

    worker.edit(act)
    settle()
    return made[0]


@pytest.fixture
def detail(desk: Desk, matter: int, settle: Settle, qtbot: QtBot) -> MatterDetail:
    made = MatterDetail(desk)
    qtbot.addWidget(made)
    made.resize(500, 800)
    made.show()
    desk.bus.changed.connect(made.again)
    made.show_id(matter)
    settle()
    return made


def ask(worker: Worker, settle: Settle, question: Callable[[Connection], object]) -> object:
    found: list[object] = []
    worker.read(question, found.append)
    settle()
    return found[0]


def whole(worker: Worker, settle: Settle, matter: int) -> Whole:
    found = ask(worker, settle, lambda c: read_whole(matter, c))
    assert isinstance(found, Whole)
    return found


def deadlines(worker: Worker, settle: Settle, matter: int) -> list[DeadlineRow]:
    found = ask(worker, settle, lambda c: deadlines_of_matter(c, matter))
    assert isinstance(found, list)
    return found


def test_a_field_is_edited_where_it_stands(
    detail: MatterDetail, worker: Worker, settle: Settle, matter: int, qtbot: QtBot
) -> None:
    field = detail.overview.fields["title_en"]
    field.open()
    editor = field._open
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "Liquid metal ink")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert whole(worker, settle, matter).detail.row.title_en == "Liquid metal ink"
    assert detail._title.text() == "Liquid metal ink"


def test_escape_takes_an_edit_back(detail: MatterDetail, qtbot: QtBot) -> None:
    field = detail.overview.fields["department"]
    field.open()
    editor = field._open
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "Printing")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not field.editing
    assert field.value == ""


def test_a_wrong_day_stays_open_and_says_why(detail: MatterDetail, qtbot: QtBot) -> None:
    field = detail.overview.fields["publication_date"]
    field.open()
    editor = field._open
    assert isinstance(editor, QLineEdit)
    editor.setText("10.03.2026")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert field.editing
    assert "YYYY-MM-DD" in field.problem
    field.cancel()


def test_a_base_date_is_changed_only_after_what_follows_was_shown(
    detail: MatterDetail, worker: Worker, settle: Settle, matter: int, qtbot: QtBot
) -> None:
    field = detail.overview.fields["filing_date"]
    field.put(date(2026, 4, 10))
    field.edited.emit(date(2026, 4, 10))
    settle()
    form = detail.findChild(EventForm)
    assert form is not None
    shown = [w.text() for w in form.effect.findChildren(type(form._wrong))]
    assert any("2026-04-10" in text or "→" in text for text in shown)
    assert whole(worker, settle, matter).detail.row.filing_date == date(2026, 3, 10)
    form._save()
    settle()
    assert whole(worker, settle, matter).detail.row.filing_date == date(2026, 4, 10)


def test_a_priority_that_moves_dates_is_shown_first_and_its_phases_are_corrected_with_it(
    detail: MatterDetail, worker: Worker, settle: Settle, desk: Desk
) -> None:
    made: list[int] = []

    def act(database: Database) -> object:
        docket = law_of(database, TODAY)
        claim = PriorityClaim("CN202410000001.1", "CN", date(2025, 6, 2))
        fields = MatterFields("pct", "WO", reference="W1", priorities=(claim,))
        pct, _ = create_matter(database, docket, fields, {"filing": date(2026, 5, 29)})
        phases, change = enter_national_phases(database, docket, pct, ["US"], TODAY)
        made.extend((pct, *phases))
        return change

    worker.edit(act)
    settle()
    pct, phase = made
    detail.show_id(pct)
    settle()
    field = detail.overview.fields["priorities"]
    field.edited.emit(["CN202410000001.1, CN, 2025-06-12"])
    settle()
    form = detail.findChild(ChangeForm)
    assert form is not None
    shown = [w.text() for w in form.findChildren(QLabel)]
    assert "W1-US" in shown
    assert any("2027-12-02 → 2027-12-13" in text for text in shown), shown
    tick = next(b for b in form.findChildren(QCheckBox) if b.isVisible())
    assert tick.text() == "Correct 1 matter made from this one in the same act"
    tick.setChecked(False)
    settle()
    assert any("W1-US" in w.text() and "old" in w.text() for w in form.findChildren(QLabel))
    tick.setChecked(True)
    settle()
    form.keep.click()
    settle()
    moved = [whole(worker, settle, m).detail.row.priority_date for m in made]
    assert moved == [date(2025, 6, 12)] * 2
    desk.worker.edit(lambda d: undo_last(d))
    settle()
    assert whole(worker, settle, phase).detail.row.priority_date == date(2025, 6, 2)


def test_a_change_that_moves_no_date_is_kept_at_once(
    detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    detail.overview.fields["priorities"].edited.emit(["CN202610000001.1, CN"])
    settle()
    assert detail.findChild(ChangeForm) is None
    assert [p.number for p in whole(worker, settle, matter).detail.priorities]


def test_cancelling_leaves_the_old_date_in_sight(
    detail: MatterDetail, settle: Settle, qtbot: QtBot
) -> None:
    field = detail.overview.fields["filing_date"]
    field.put(date(2026, 4, 10))
    field.edited.emit(date(2026, 4, 10))
    settle()
    form = detail.findChild(EventForm)
    assert form is not None
    form.reject()
    settle()
    assert field.value == date(2026, 3, 10)


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
    form._editors["number"][1].setText("1")  # type: ignore[attr-defined]  # a QLineEdit
    assert form.keep.text() == "Save"
    settle()
    form._delete()
    form._save()
    settle()
    assert whole(worker, settle, matter).events == ()


def test_a_deadline_is_submitted_confirmed_and_reopened(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    first = next(d for d in deadlines(worker, settle, matter) if d.state == "open")
    acts = DeadlineActs(desk, detail)
    acts.submit([first.id])
    dialog = detail.findChild(Asking)
    assert dialog is not None
    dialog.editors["receipt"].setText("R-1")  # type: ignore[attr-defined]  # a QLineEdit
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


def test_people_are_edited_as_one_name_a_line(
    detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    detail.tabs.setCurrentIndex(3)
    assert detail.people.fields["applicant"].value == ("澄镓科技",)
    detail.people.fields["inventor"].edited.emit(("李强", "王芳"))
    settle()
    names = [p.name for p in whole(worker, settle, matter).detail.people if p.role == "inventor"]
    assert names == ["李强", "王芳"]


def test_the_history_says_what_became_what(
    detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    detail.overview.fields["project"].edited.emit("Ink 2")
    settle()
    detail.tabs.setCurrentIndex(5)
    settle()
    model = detail.history.table.rows_model
    assert model.index(0, 2).data() == "Project: – → Ink 2"
    assert model.index(0, 1).data() == "Tester"


def test_what_waits_stands_first_then_the_future_then_the_past(
    worker: Worker, settle: Settle, matter: int
) -> None:
    rows = deadlines(worker, settle, matter)
    ordered = in_order(rows, TODAY)
    waiting = [r.due for r in ordered if r.state == "open"]
    assert waiting == sorted(waiting)
    assert [r.state for r in ordered[: len(waiting)]] == ["open"] * len(waiting)


def test_a_priority_is_written_and_read_on_one_line() -> None:
    claim = PriorityClaim("202510000001.1", "CN", date(2025, 3, 10))
    assert write_claim(claim) == "202510000001.1, CN, 2025-03-10"
    assert read_claim("CN, 2025-03-10, 202510000001.1") == claim
    assert read_claim("中国，2025年3月10日") == PriorityClaim("", "CN", date(2025, 3, 10))


def test_a_new_matter_takes_its_title_in_its_own_language() -> None:
    values = {
        "right": "trademark", "office": "CN", "title": "澄镓", "reference": "", "number": "1",
        "applicants": ("澄镓科技",), "priority": "", "filing": date(2026, 1, 5), "grant": None,
    }  # fmt: skip
    fields, dates = drafted(values)
    assert (fields.title_zh, fields.title_en) == ("澄镓", "")
    assert dates == {"filing": date(2026, 1, 5)}
    values["grant"] = date(2026, 9, 1)
    assert drafted(values)[1]["registration"] == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 25), "in 1 day"),
        (date(2026, 12, 4), "in 10 days"),
        (date(2026, 11, 23), "1 day ago"),
    ],
)
def test_distances_are_said_in_words(day: date, words: str) -> None:
    assert distance(day, TODAY) == words


def test_a_changed_deadline_is_one_line() -> None:
    from ipdesk.base.i18n import Bilingual
    from ipdesk.core.docket.records import DeadlineChange

    one, two = date(2027, 1, 4), date(2027, 2, 4)
    label = Bilingual("Annuity", "年费")
    assert change_words(DeadlineChange("R", 3, label, one, two)) == (
        "Annuity (3): 2027-01-04 → 2027-02-04"
    )
    assert change_words(DeadlineChange("R", None, label, None, two)) == "2027-02-04  Annuity"


def test_a_document_is_filed_saved_and_removed(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int, tmp_path: Path
) -> None:
    notice = tmp_path / "通知书.pdf"
    notice.write_bytes(b"%PDF-1.4 a notice")
    detail.tabs.setCurrentIndex(4)
    detail.files.file(notice)
    settle()
    [row] = detail.files.table.rows_model.rows
    assert row.name == "通知书.pdf"
    copy = tmp_path / "copy.pdf"
    detail.files._copies.write(row, copy, partial(str))
    settle()
    assert copy.read_bytes() == notice.read_bytes()
    detail.files.table.selectRow(0)
    detail.files.remove()
    settle()
    assert detail.files.table.rows_model.rows == ()


def test_a_file_that_is_gone_is_said_in_a_sentence(
    desk: Desk, detail: MatterDetail, settle: Settle, tmp_path: Path
) -> None:
    said: list[str] = []
    desk.said.connect(lambda text, _kind, _action: said.append(str(text)))
    detail.tabs.setCurrentIndex(4)
    detail.files.file(tmp_path / "gone.pdf")
    settle()
    assert len(said) == 1
    assert said[0].startswith("gone.pdf cannot be read")


def test_the_overview_of_a_matter_with_a_priority_and_its_facts_is_shown(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int
) -> None:
    claims = [PriorityClaim("CN202510000001.1", "CN", date(2025, 9, 1))]
    run_edit(desk, lambda d, law: edit_matter(d, law, matter, MatterEdit(priorities=claims)), "")
    settle()
    detail.tabs.setCurrentIndex(0)
    settle()
    assert "2025-09-01" in str(detail.overview.fields["priorities"].value)
    assert not detail.overview.fields["filing_language"].isVisibleTo(detail.overview)


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
    assert card_words(form, "Mark as submitted")
    form.finish()
    settle()
    assert "submitted" in {d.state for d in deadlines(worker, settle, matter)}


def card_words(form: Asking, words: str) -> bool:
    """Whether words stand in a dialog."""
    return any(words in made.text() for made in form.findChildren(QLabel))


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
    assert card_words(form, "Say in one line who granted it.")
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
