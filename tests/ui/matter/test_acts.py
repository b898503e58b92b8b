"""Acts in the life of a matter, from the forms of its menu to the undo."""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk.base.i18n import say
from ipdesk.core.docket.lead_edits import set_leads
from ipdesk.core.docket.lifecycle import finish
from ipdesk.core.docket.matters import create_matter, create_matters
from ipdesk.core.docket.records import EventInput
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.matter.applications import PctTimeline
from ipdesk.ui.matter.life import LifeActs, next_annuity
from ipdesk.ui.matter.phases import PhaseDialog
from ipdesk.ui.matter.reading import Whole, read_whole
from ipdesk.ui.pages.portfolio import PortfolioPage
from ipdesk.ui.window import Window
from ipdesk.ui.work import Worker
from tests.conftest import TODAY
from tests.ui.conftest import Settle


def _made(
    worker: Worker, settle: Settle, right: str, office: str, *days: date, number: str = ""
) -> int:
    found: list[int] = []

    def act(database: Database) -> object:
        with database.read() as connection:
            docket = docket_for(connection, TODAY)
        fields = MatterFields(right, office, title="Liquid metal ink", application_number=number)
        made = create_matter(
            database, docket, fields, dict(zip(("filing", "grant"), days, strict=False))
        )
        found.append(made[0])
        return made

    worker.edit(act)
    settle()
    return found[0]


def _whole(worker: Worker, settle: Settle, matter: int) -> Whole:
    found: list[Whole | None] = []
    worker.read(lambda c: read_whole(matter, c), found.append)
    settle()
    assert found[0] is not None
    return found[0]


def test_a_pct_enters_two_phases_and_one_undo_takes_both_back(
    desk: Desk, worker: Worker, settle: Settle, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    pct = _made(worker, settle, "pct", "WO", date(2025, 3, 10))
    before = _whole(worker, settle, pct)
    form = LifeActs(desk, parent).enter(before)
    settle()
    assert {"CN", "US", "EP", "JP", "KR"} <= {e.office for e in form.entries if e.limit}
    assert all(e.total.sums or e.total.unknown for e in form.entries)
    form.tick("US")
    form.tick("JP")
    form.drop("KR", "no market")
    form.finish()
    settle()
    after = _whole(worker, settle, pct)
    children = {m.office for m in after.family if m.parent_id == pct}
    assert children == {"US", "JP"}
    assert after.detail.facts["dropped"] == {"KR": "no market"}
    waiting = {d.rule for d in after.deadlines if d.rule.endswith("-NPE") and d.state == "open"}
    assert waiting - {"PCT-NPE"} == {"CN-NPE", "EP-NPE"}
    worker.edit(lambda database: undo_last(database))
    settle()
    taken = _whole(worker, settle, pct)
    assert not [m for m in taken.family if m.parent_id == pct]


def test_the_first_annuity_that_waits_is_proposed_and_then_the_next(
    desk: Desk, worker: Worker, settle: Settle, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    matter = _made(worker, settle, "utility_model", "CN", date(2024, 3, 10), date(2025, 1, 10))
    before = _whole(worker, settle, matter)
    year = next_annuity(before)
    assert year is not None
    LifeActs(desk, parent).pay(before).finish()
    settle()
    assert next_annuity(_whole(worker, settle, matter)) == year + 1


def test_lead_times_move_the_internal_dates_of_every_deadline(
    worker: Worker, settle: Settle
) -> None:
    matter = _made(worker, settle, "utility_model", "CN", date(2024, 3, 10), date(2025, 1, 10))
    before = _whole(worker, settle, matter).deadlines
    worker.edit(lambda database: set_leads(database, TODAY, 40, 60))
    settle()
    after = _whole(worker, settle, matter).deadlines
    assert [d.internal_due for d in before] != [d.internal_due for d in after]
    assert [d.due for d in before] == [d.due for d in after]


def test_the_timeline_of_all_pct_applications_leads_to_their_offices_and_keeps_why_not(
    desk: Desk, worker: Worker, settle: Settle, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = PctTimeline(desk, parent)
    settle()
    assert not shown.found
    assert not shown.nothing.isHidden()
    assert not shown.entering.isEnabled()
    late = _made(worker, settle, "pct", "WO", date(2026, 3, 10))
    soon = _made(worker, settle, "pct", "WO", date(2025, 3, 10))
    settle()  # the timeline hears of what was made
    assert [a.row.id for a in shown.found] == [soon, late]
    assert shown.nothing.isHidden()
    limit = shown.found[0].limit
    assert limit is not None
    assert limit.due == date(2027, 9, 10)
    assert {"CN", "US", "EP", "JP", "KR"} <= set(shown.found[0].undecided)
    shown.table.selectRow(0)
    shown.enter()
    settle()
    form = shown.findChildren(PhaseDialog)[0]
    qtbot.waitUntil(lambda: bool(form.entries))
    form.tick("US")
    form.drop("KR", "no market")
    form.finish()
    qtbot.waitUntil(lambda: bool(shown.found[0].entered), timeout=10_000)
    first = shown.found[0]
    assert (first.entered, first.dropped) == (("US",), {"KR": "no market"})
    assert {"CN", "EP", "JP"} <= set(first.undecided)
    assert not {"US", "KR"} & set(first.undecided)
    texts = [shown.table.item(0, column) for column in (3, 4)]
    assert [item and item.text() for item in texts] == ["US", "KR: no market"]


def test_sixty_pct_applications_have_a_lane_each_and_a_click_finds_its_line(
    desk: Desk, worker: Worker, settle: Settle, qtbot: QtBot
) -> None:
    def act(database: Database) -> object:
        with database.read() as connection:
            docket = docket_for(connection, TODAY)
        with database.write(say("Created a matter")) as writer:
            drafts = [
                (
                    MatterFields("pct", "WO", title=f"Ink {n}"),
                    [EventInput("filing", date(2025, 6, 1) + timedelta(days=n), source="form")],
                )
                for n in range(60)
            ]
            ids = create_matters(writer, docket, drafts)
            return finish(writer, docket, [], tuple(ids))

    worker.edit(act)
    settle()
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = PctTimeline(desk, parent)
    shown.show()
    settle()
    assert len(shown.found) == shown.table.rowCount() == 60
    chart = shown.lanes.chart
    assert chart.height() > 60 * 26
    lane = chart.height() * 40 // 61
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(300, lane))
    assert abs(shown.table.currentRow() - 39) <= 1


def test_two_selected_matters_are_merged_and_parted_again(
    window: Window, worker: Worker, settle: Settle
) -> None:
    for number in ("", "CN202420393883.6"):
        _made(worker, settle, "utility_model", "CN", date(2024, 7, 16), number=number)
    window.show()
    window.go(Place("portfolio"))
    settle()
    page = window.page
    assert isinstance(page, PortfolioPage)
    page.merge()  # nothing is selected: what looks alike is found
    settle()
    (found,) = page.twins.table.rows_model.rows
    assert "same title" in found.reason
    page.twins.close()
    page.list.table.selectAll()
    page.merge()
    settle()
    (row,) = page.twins.table.rows_model.rows
    assert row.reason == "You selected them."
    page.twins.turn()
    page.twins.ways[0].click()
    settle()
    assert len(page.list.model) == 1
    assert page.twins.table.rows_model.rows == []
    window.desk.do("undo")
    settle()
    assert len(page.list.model) == 2


def test_the_events_of_selected_matters_are_marked_as_checked_with_an_undo(
    window: Window, worker: Worker, settle: Settle
) -> None:
    matter = _made(worker, settle, "invention", "CN", date(2026, 3, 9))
    window.show()
    window.go(Place("portfolio", matter))
    settle()
    page = window.page
    assert isinstance(page, PortfolioPage)
    page.check_selected()
    settle()
    assert "1 event marked as checked" in window.messages.text
    assert all(event.checked_by for event in _whole(worker, settle, matter).events)
    window.undo()
    settle()
    assert not any(event.checked_by for event in _whole(worker, settle, matter).events)
