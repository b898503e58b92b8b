"""A Chinese invention, and the detail that shows it."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.matter.detail import MatterDetail
from ipdesk.ui.work import Worker
from tests.conftest import TODAY
from tests.ui.conftest import Settle


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
