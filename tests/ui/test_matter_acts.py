"""Acts in the life of a matter, from the forms of its menu to the undo."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk.core.docket.lead_edits import set_leads
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.matter.life import LifeActs, next_annuity
from ipdesk.ui.matter.reading import Whole, read_whole
from ipdesk.ui.work import Worker

Settle = Callable[[], None]
TODAY = date(2026, 11, 24)


def _made(worker: Worker, settle: Settle, right: str, office: str, *days: date) -> int:
    found: list[int] = []

    def act(database: Database) -> object:
        with database.read() as connection:
            docket = docket_for(connection, TODAY)
        fields = MatterFields(right, office, title="Liquid metal ink")
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
