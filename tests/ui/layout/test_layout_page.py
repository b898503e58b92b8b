"""The layout page itself: its places, and what it shows of an empty file."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.matrices import MatricesView
from ipdesk.ui.layout.plan import PlanView
from ipdesk.ui.pages.layout import LayoutPage
from tests.ui.conftest import Settle


def test_a_place_leads_to_a_view_and_to_a_row(page: LayoutPage, settle: Settle) -> None:
    page.visit(Place("layout", "matrices:product"))
    settle()
    assert isinstance(page.view, MatricesView)
    assert page.view.kind == "product"
    page.visit(Place("layout", "plan:2"))
    settle()
    assert isinstance(page.view, PlanView)
    assert page.view.table.current().id == 2
    assert page.place() == Place("layout", "plan")


@pytest.mark.parametrize("name", ["matrices", "plan", "clock", "protection", "growth"])
def test_an_empty_file_shows_every_view_and_says_what_to_do(
    desk: Desk, qtbot: QtBot, settle: Settle, name: str
) -> None:
    page = LayoutPage(desk)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    page.choose(name)
    QApplication.processEvents()
    settle()
    assert page.view.isVisible()
    assert page.findChildren(QPushButton)
