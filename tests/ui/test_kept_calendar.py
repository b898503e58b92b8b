"""The calendar file that follows the deadlines, and the four eyes of the Settings."""

from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ipdesk.base.i18n import Bilingual, say
from ipdesk.core.docket import company, deadline_edits, edits
from ipdesk.core.docket.calendar_file import as_ics
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.queries import deadlines_of_matter, events_of, explain_many
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.store.schema.docket import event
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket import calendarfile
from ipdesk.ui.docket.calendarfile import KeptCalendar
from ipdesk.ui.docket.card import DeadlineCard
from ipdesk.ui.messages import Kind
from ipdesk.ui.pages.settings import SettingsPage
from ipdesk.ui.upkeep import Upkeep
from tests.conftest import TODAY
from tests.ui.conftest import Settle

FILED = date(2026, 3, 10)


def summaries(path: Path) -> set[str]:
    """What the file tells a calendar program."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["summary"]) for event in calendar.walk("VEVENT")}


@pytest.fixture
def one(desk: Desk) -> int:
    """A matter with a deadline typed by hand."""
    base = desk.worker.database()
    with base.read() as connection:
        law = docket_for(connection, TODAY)
    fields = MatterFields(right="invention", office="CN", title="一种泵", reference="P-1")
    matter = create_matter(base, law, fields, {"filing": FILED})[0]
    deadline_edits.add_manual(base, law, matter, Bilingual("Sign", "签字"), date(2027, 1, 4))
    return matter


def test_the_kept_file_follows_the_deadlines(
    desk: Desk, one: int, settle: Settle, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(calendarfile, "PAUSE_MS", 0)
    kept, path = KeptCalendar(desk, desk.worker), tmp_path / "kept.ics"
    kept.write()
    settle()
    assert not path.exists()  # none was asked for
    desk.settings.change(calendar_file=str(path))
    kept.write()
    settle()
    assert "P-1 Sign" in summaries(path)
    base = desk.worker.database()
    with base.read() as connection:
        law = docket_for(connection, TODAY)
        typed = next(d for d in deadlines_of_matter(connection, one) if d.manual)
    desk.worker.edit(
        lambda database: deadline_edits.confirm(database, law, [typed.id], TODAY),
        lambda _change: None,
    )
    qtbot.waitUntil(lambda: "P-1 Sign" not in summaries(path), timeout=10_000)
    assert summaries(path)  # the others still wait
    assert not list(tmp_path.glob("*.part"))


def test_an_edit_of_the_last_moment_still_reaches_the_file_when_the_window_closes(
    desk: Desk, one: int, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "kept.ics"
    desk.settings.change(calendar_file=str(path))
    upkeep = Upkeep(desk, desk.worker)
    upkeep.calendar.write()
    settle()
    assert "P-1 Sign" in summaries(path)
    with desk.worker.database().read() as connection:
        law = docket_for(connection, TODAY)
        typed = next(d for d in deadlines_of_matter(connection, one) if d.manual)
    desk.worker.edit(
        lambda database: deadline_edits.confirm(database, law, [typed.id], TODAY),
        lambda _change: None,
    )
    upkeep.calendar.hold()
    upkeep.leave()  # at once: the edit itself is still on its way
    assert "P-1 Sign" not in summaries(path)
    assert summaries(path)
    assert not list(tmp_path.glob("*.part"))


def test_a_window_that_stays_open_after_all_writes_the_file_a_moment_later(
    desk: Desk, one: int, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendarfile, "PAUSE_MS", 0)
    path = tmp_path / "kept.ics"
    desk.settings.change(calendar_file=str(path))
    kept = KeptCalendar(desk, desk.worker)
    kept.write()
    kept.hold()
    assert desk.worker.under_way() == 0, "nobody is asked about this file"
    qtbot.waitUntil(path.exists, timeout=10_000)


def test_a_date_that_moves_keeps_its_place_in_calendar_programs(desk: Desk) -> None:
    base = desk.worker.database()
    with base.read() as connection:
        law = docket_for(connection, TODAY)
    title = "一种用于柔性基材的常温烧结液态金属油墨及其在可穿戴电子器件中的制备方法与应用"
    fields = MatterFields(right="invention", office="CN", title=title, reference="P-2")
    made = create_matter(base, law, fields, {"filing": FILED})[0]

    def written() -> dict[str, icalendar.Component]:
        with base.read() as connection:
            rows = deadlines_of_matter(connection, made)
            content = as_ics(rows, explain_many(connection, rows, law), TODAY)
        assert max(map(len, content.split(b"\r\n"))) <= 75  # folded between letters: it is read
        calendar = icalendar.Calendar.from_ical(content)
        assert calendar["method"] == "PUBLISH"
        assert calendar.decoded("refresh-interval") == timedelta(hours=1)
        found = {str(e["uid"]): e for e in calendar.walk("VEVENT")}
        assert len(found) == len(calendar.walk("VEVENT"))
        return found

    before = written()
    assert all(title in str(e["description"]) for e in before.values())
    with base.read() as connection:
        filing = next(e for e in events_of(connection, made) if e.type == "filing")
    edits.correct_event(base, law, filing.id, {"date": FILED + timedelta(days=10)})
    after = written()
    assert after.keys() == before.keys()
    exam = next(uid for uid in after if "CN-P-SE-" in uid)
    assert after[exam].decoded("dtstart") > before[exam].decoded("dtstart")


def test_a_file_that_cannot_be_written_is_told(
    desk: Desk, one: int, settle: Settle, tmp_path: Path
) -> None:
    told: list[tuple[object, Kind]] = []
    desk.said.connect(lambda text, kind, *_rest: told.append((text, kind)))
    desk.settings.change(calendar_file=str(tmp_path / "nowhere" / "kept.ics"))
    KeptCalendar(desk, desk.worker).write()
    settle()
    assert any("kept.ics cannot be written" in str(text) for text, _kind in told)


def test_four_eyes_hold_for_everybody_who_opens_the_portfolio(
    desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    desk.worker.database()
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.reload()
    settle()
    assert not page.second.isChecked()
    page.second.click()
    settle()
    with desk.worker.database().read() as connection:
        assert company.needs_second_person(connection)
    other = SettingsPage(desk)
    qtbot.addWidget(other)
    other.reload()
    settle()
    assert other.second.isChecked()


def test_the_second_person_checks_a_date_on_its_card(
    desk: Desk, one: int, settle: Settle, qtbot: QtBot
) -> None:
    base = desk.worker.database()
    company.choose(base, company.SECOND_PERSON, True)
    card = DeadlineCard(desk)
    qtbot.addWidget(card)

    def checks() -> list[QPushButton]:
        settle()
        found = card.findChildren(QPushButton)
        return [b for b in found if b.text() == "Mark as checked"]

    with base.read() as connection:
        due = next(d for d in deadlines_of_matter(connection, one) if d.unchecked)
    card.show_id(due.id)
    told: list[str] = []
    desk.said.connect(lambda text, *_rest: told.append(str(text)))
    checks()[0].click()
    settle()
    assert "Somebody else has to check it" in told[-1]  # the one who entered the filing
    with base.write(say("Entered by a colleague")) as writer:
        assert due.event_id is not None
        writer.update(event, due.event_id, {"entered_by": "Han Meimei"})
    checks()[0].click()
    settle()
    card.again()
    assert not checks()
    with base.read() as connection:
        seen = next(d for d in deadlines_of_matter(connection, one) if d.rule == due.rule)
    assert not seen.unchecked
