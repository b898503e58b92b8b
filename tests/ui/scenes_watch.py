"""Early warning as its users meet it: hits to judge, an assessment, gates, a landscape."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from ipdesk.ui.desk import Place
from ipdesk.ui.pages.watch import WatchPage
from ipdesk.ui.window import Window

WATCH = 1
"""The watch of the demonstration portfolio with threats, a chart and answers."""


def page_of(window: Window) -> WatchPage:
    page = window.page
    assert isinstance(page, WatchPage)
    return page


def place(view: str, **more: str) -> Place:
    return Place.at("watch", WATCH, view=view, **more)


def leaf(name: str, row: int = 0) -> Callable[[Window], None]:
    """A family of the list with one of its leaves open."""

    def act(window: Window) -> None:
        triage = page_of(window).triage
        triage.list.table.selectRow(row)
        triage.card.tabs.setCurrentWidget(getattr(triage.card, name))

    return act


def verdict(window: Window) -> None:
    page_of(window).triage.ask("irrelevant")


def gate(window: Window) -> None:
    page_of(window).gates.table.selectRow(1)


def key(letter: str) -> Callable[[Window], None]:
    """A key pressed on the first family, whose form opens."""

    def act(window: Window) -> None:
        triage = page_of(window).triage
        triage.focus_list()
        QApplication.processEvents()
        actions = {a.shortcut().toString(): a for a in triage.list.table.actions()}
        actions[letter].trigger()

    return act
