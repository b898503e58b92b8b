"""A product comes to market: its launch moves, a row is approved and filed, all views follow."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from ipdesk.base.settings import SettingsFile
from ipdesk.core.docket.edits import record_event
from ipdesk.core.docket.records import EventInput
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.layout.edits import add_plan, add_rows
from ipdesk.core.layout.edits_market import set_launch
from ipdesk.core.layout.edits_tree import ItemFields, TechnologyFields, add_item, add_technology
from ipdesk.core.layout.model import PlanFields, RowFields, Target
from ipdesk.store.migrate import open_database
from ipdesk.ui.desk import Place
from ipdesk.ui.layout.form import Form
from ipdesk.ui.pages.layout import LayoutPage
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.scenes import clipped, stage, wait


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "layout.ipdesk"
    database = open_database(path, user="Tester")
    inks, _ = add_technology(database, TechnologyFields("Inks", name_zh="墨水"))
    effect, _ = add_item(database, "effect", ItemFields("Adhesion", name_zh="附着力"))
    film, _ = add_item(database, "product", ItemFields("Film", name_zh="发热膜"))
    set_launch(database, film, "CN", date(2027, 5, 3))
    plan, _ = add_plan(database, PlanFields("2027", currency="CNY"), TODAY)
    row = RowFields(
        "Film with a barrier",
        technology_id=inks,
        effect_id=effect,
        product_id=film,
        territories=(Target("CN"),),
        inventors=("方小鸥",),
        target=date(2027, 2, 1),
    )
    add_rows(database, plan, [row])
    database.close()
    return path


@pytest.fixture(params=["en", "zh_CN"])
def window(
    request: pytest.FixtureRequest, qapp: QApplication, file: Path, tmp_path: Path
) -> Iterator[Window]:
    settings = SettingsFile(tmp_path / "settings.json")
    with stage(qapp, file, settings, TODAY, language=request.param) as made:
        yield made


def view(window: Window, place: str) -> Any:
    window.go(Place("layout", place))
    wait(window)
    assert isinstance(window.page, LayoutPage)
    assert clipped(window) == []
    return window.page.view


def finish(window: Window, part: Any, **typed: str) -> None:
    form = next(f for f in part.findChildren(Form) if f.isVisible())
    for name, words in typed.items():
        editor: Any = form.editors[name]
        editor.setText(words)
    assert clipped(form) == []
    form.finish()
    wait(window)


def test_a_launch_moves_and_a_filing_closes_the_gap_everywhere(window: Window) -> None:
    protection = view(window, "protection")
    assert [x.standing for x in protection.table.rows_model.rows] == ["gap"]
    clock = view(window, "clock")
    assert clock.clock.rows_model.rows[0].due == date(2027, 4, 30)
    clock.ask_launch(clock.opened.rows_model.rows[0])
    finish(window, clock, day="2027-03-02")
    assert clock.clock.rows_model.rows[0].due == date(2027, 3, 1)

    plan = view(window, "plan")
    plan.acts.approve(list(plan.table.rows_model.rows))
    finish(window, plan)
    made = plan.table.rows_model.rows[0].matters[0]
    matrices = view(window, "matrices:effect")
    counts = next(iter(matrices.grid.cells.matrix))[2]
    assert (counts.own, counts.planned) == (0, 1)

    database = window.desk.worker.database()
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    filing = EventInput("filing", date(2026, 11, 20))
    window.desk.worker.edit(lambda d: record_event(d, docket, made.id, filing))
    wait(window)
    counts = next(iter(matrices.grid.cells.matrix))[2]
    assert (counts.own, counts.planned) == (1, 0)
    plan = view(window, "plan")
    assert plan.table.rows_model.rows[0].status == "filed"
    clock = view(window, "clock")
    assert clock.clock.rows_model.rows[0].state == "filed"
    protection = view(window, "protection")
    assert [x.standing for x in protection.table.rows_model.rows] == ["pending"]
