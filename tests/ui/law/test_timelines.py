"""Timelines of a family and of all PCT applications."""

from typing import Any

from ipdesk.ui.desk import Place
from ipdesk.ui.matter.applications import PctTimeline
from ipdesk.ui.matter.timeline import ENTRY, LIFE, FamilyTimeline, lanes_of
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.scenes import pause, wait


def test_the_timeline_of_a_family_is_drawn(window: Window) -> None:
    window.go(Place("portfolio"))
    wait(window)
    page: Any = window.page
    page.detail.tabs.setCurrentIndex(2)
    window.go(Place("portfolio", 1))
    wait(window)
    page.detail.family.show_timeline()
    wait(window)
    dialog = page.detail.family.findChildren(FamilyTimeline)[0]
    pause(200)
    wait(window)
    assert dialog.drawn.chart.drawn
    dialog.choose(LIFE)
    whole = lanes_of(dialog._strands, TODAY, LIFE)
    early = lanes_of(dialog._strands, TODAY, ENTRY)
    assert len(whole.lanes[0].points) > len(early.lanes[0].points) > 3


def test_the_view_menu_draws_all_pct_applications_and_the_family_of_the_matter_in_sight(
    window: Window,
) -> None:
    by_words = {action.text(): action for action in window.menus.actions}
    window.go(Place("home"))
    wait(window)
    by_words["PCT timeline…"].trigger()
    wait(window)
    page: Any = window.page
    assert page.id == "portfolio"
    (shown,) = page.findChildren(PctTimeline)
    assert shown.isVisible()
    shown.accept()
    window.go(Place("portfolio", 1))
    wait(window)
    by_words["Timeline of the family…"].trigger()
    wait(window)
    (drawn,) = page.findChildren(FamilyTimeline)
    assert page.detail._whole.detail.row.reference in drawn.windowTitle()
