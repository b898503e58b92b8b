"""The layout page on a file with a plan."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.layout.edits import add_plan, add_rows
from ipdesk.core.layout.edits_market import set_launch
from ipdesk.core.layout.edits_tree import (
    ItemFields,
    TechnologyFields,
    add_item,
    add_technology,
    link_matters,
)
from ipdesk.core.layout.edits_work import add_invention
from ipdesk.core.layout.model import InventionFields, PlanFields, RowFields, Target
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.ui.desk import Desk
from ipdesk.ui.pages.layout import LayoutPage
from tests.conftest import TODAY
from tests.ui.conftest import Settle


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Two technologies, two effects, a product with a launch, one matter, a plan of two rows."""
    database = desk.worker.database()
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    inks, _ = add_technology(database, TechnologyFields("Metal inks", name_zh="金属墨水"))
    add_technology(database, TechnologyFields("Printers"))
    adhesion, _ = add_item(database, "effect", ItemFields("Adhesion"))
    add_item(database, "effect", ItemFields("Low cost"))
    film, _ = add_item(database, "product", ItemFields("Heating film"))
    fields = MatterFields(
        right="invention",
        office="CN",
        title="Ink",
        reference="P-001",
        technologies=("Metal inks",),
    )
    matter, _ = create_matter(database, docket, fields, {"filing": date(2025, 5, 30)})
    link_matters(database, "effect", [matter], [adhesion])
    set_launch(database, film, "CN", date(2027, 5, 3))
    plan, _ = add_plan(database, PlanFields("2027", currency="CNY"), TODAY)
    rows = (
        RowFields(
            "Film with a barrier",
            technology_id=inks,
            effect_id=adhesion,
            product_id=film,
            territories=(Target("CN"),),
            inventors=("方小鸥",),
            target=date(2027, 2, 1),
            value=5,
            copying=4,
            detectability=3,
        ),
        RowFields("Cheaper film", technology_id=inks),
    )
    add_rows(database, plan, rows)
    add_invention(database, InventionFields("Sealed edge", TODAY, inventors=("罗天翼",)))
    return desk


@pytest.fixture
def page(filled: Desk, qtbot: QtBot, settle: Settle) -> LayoutPage:
    made = LayoutPage(filled)
    qtbot.addWidget(made)
    made.resize(1080, 740)
    made.show()
    QApplication.processEvents()
    settle()
    return made
