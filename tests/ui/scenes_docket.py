"""Scenes of the docket at work: dates with their reasons, events with papers, acts, what-ifs."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel

from ipdesk.ui.desk import Place
from ipdesk.ui.docket.event_form import EventForm
from ipdesk.ui.matter.life import LifeActs
from ipdesk.ui.matter.reading import read_whole
from ipdesk.ui.window import Window

Act = Callable[[Window], object]
Wait = Callable[[Window], object]
OVERDUE = Place.at("deadlines", period="overdue")
WEEK = Place.at("deadlines", period="week")
ACTS = ("submit", "extend")
LIFE = (
    ("claim", "CN", "invention"),
    ("grant", "CN", "invention"),
    ("transfer", "CN", "invention"),
    ("pay", "CN", "invention"),
    ("end", "CN", "invention"),
    ("restore", "CN", "utility_model"),
    ("renew", "CN", "trademark"),
    ("divide", "CN", "invention"),
    ("same_day", "CN", "invention"),
)


def _page(window: Window) -> Any:
    return window.page


def missed(wait: Wait) -> Act:
    """A missed reply, with what can still be done."""

    def act(window: Window) -> None:
        wait(window)
        table = _page(window).list.table
        table.selectRow(max(0, table.model().rowCount() - 2))

    return act


def acting(wait: Wait, name: str) -> Act:
    """A dialog of the deadlines page over two selected dates."""

    def act(window: Window) -> None:
        page = _page(window)
        table = page.list.table
        table.selectRow(0)
        wait(window)
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(table.model().index(1, 0), rows)
        wait(window)
        ids = page.list.table.selected_ids()
        getattr(page._acts, name)(ids)

    return act


def what_if(wait: Wait) -> Act:
    """The reply that is overdue, in the calculator, with its differences."""

    def act(window: Window) -> None:
        table = _page(window).list.table
        table.selectRow(max(0, table.model().rowCount() - 2))
        wait(window)
        window.go(Place("what-if", _page(window).card.deadline))
        wait(window)

    return act


def notice(wait: Wait) -> Act:
    """An office action with its document, before it is kept."""

    def act(window: Window) -> None:
        paper = Path(tempfile.mkdtemp()) / "第一次审查意见通知书 CN202310123456.7.pdf"
        paper.write_bytes(b"%PDF-1.4")
        page = _page(window)
        page.list.table.selectRow(1)
        wait(window)
        matter = page.detail.matter
        EventForm(window.desk, page, matter, documents=[paper]).open()

    return act


def correcting(wait: Wait, office: str, right: str, kind: str) -> Act:
    """The correction of an event, a year earlier, with what it does."""

    def act(window: Window) -> None:
        page = _page(window)
        whole = _whole(window, wait, office, right)
        event = next(e for e in whole.events if e.type == kind)
        form = EventForm(window.desk, page, whole.id, event)
        form.open()
        wait(window)
        made: Any = form.fields.editors["date"][1]
        made.setText(str(event.date - timedelta(days=7)))
        form._preview()

    return act


def _whole(window: Window, wait: Wait, office: str, right: str) -> Any:
    page = _page(window)
    window.go(Place("portfolio", None, (("office", (office,)), ("right", (right,)))))
    wait(window)
    page.list.table.selectRow(0)
    wait(window)
    found: list[Any] = []
    today = window.desk.today()
    window.desk.worker.read(lambda c: read_whole(page.detail.matter, c, today=today), found.append)
    wait(window)
    return found[0]


def living(wait: Wait, name: str, office: str = "CN", right: str = "invention") -> Act:
    """A dialog of an act in the life of a matter."""

    def act(window: Window) -> None:
        whole = _whole(window, wait, office, right)
        getattr(LifeActs(window.desk, _page(window)), name)(whole)

    return act
