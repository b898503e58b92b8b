"""Facts of a matter in the window: edited where they stand; moved dates are shown first."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ipdesk.core.docket.lifecycle import enter_national_phases
from ipdesk.core.docket.matters import MatterEdit, create_matter, edit_matter
from ipdesk.core.portfolio.model import MatterFields, PriorityClaim
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import law_of, run_edit
from ipdesk.ui.docket.change_form import ChangeForm
from ipdesk.ui.docket.event_form import EventForm
from ipdesk.ui.matter.detail import MatterDetail
from ipdesk.ui.matter.making import drafted
from ipdesk.ui.matter.overview import read_claim, write_claim
from ipdesk.ui.work import Worker
from tests.conftest import TODAY
from tests.ui.conftest import Settle
from tests.ui.matter.asked import whole


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
