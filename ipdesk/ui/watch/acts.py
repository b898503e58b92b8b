"""Edits of early warning from the window: done off the GUI thread, said with a way to undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ipdesk.base.i18n import tr
from ipdesk.core.watch.links import query_link
from ipdesk.core.watch.words import database_label
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell

Act = Callable[[Database], Any]


def run_act(desk: Desk, act: Act, said: str, then: Callable[[Any], object] | None = None) -> None:
    """Do an edit; afterwards say so, with a way to undo it."""

    def done(result: Any) -> None:
        if said:
            desk.say(said, Kind.DONE, (tr("Undo"), partial(desk.do, "undo")))
        if then is not None:
            then(result)

    desk.worker.edit(act, done, partial(tell, desk))


def open_address(desk: Desk, url: str) -> None:
    """Show a page in the browser; without one the address goes to the clipboard."""
    if not QDesktopServices.openUrl(QUrl(url)):
        QGuiApplication.clipboard().setText(url)
        desk.say(tr("No browser could be opened. The address is on the clipboard: {url}", url=url))


def open_query(desk: Desk, database: str, text: str) -> None:
    """Run a query in the browser; where the site takes none by its address, paste it there."""
    link = query_link(database, text)
    if link is None:
        copy_query(desk, database, text)
        return
    if not link.filled:
        QGuiApplication.clipboard().setText(text)
        name = database_label(database)
        desk.say(tr("{database} takes no query by its address: paste it there.", database=name))
    open_address(desk, link.url)


def copy_query(desk: Desk, database: str, text: str) -> None:
    """Put a query text on the clipboard, verbatim."""
    QGuiApplication.clipboard().setText(text)
    desk.say(tr("Query for {database} copied.", database=database_label(database)))
