"""Signs in the sidebar: a watch that is not well is seen from every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ipdesk.base.change import Change, Topic
from ipdesk.base.i18n import ntr
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


Flag = Callable[[str, str, str], object]
"""Takes the page, its sign and what the sign means."""


class Flags(QObject):
    """Looks again whenever watches change, and when the file is first open."""

    def __init__(self, desk: Desk, flag: Flag, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._flag = desk, flag
        desk.bus.changed.connect(self._heard)
        desk.worker.opened.connect(self.look)
        if desk.worker.opened_database is not None:
            self.look()

    def look(self, _database: object = None) -> None:
        """Count the watches that failed, are overdue or were never run."""
        question = partial(_unwell, self._desk.today())
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="flags")

    def _heard(self, change: Change) -> None:
        if not change.topics or change.touches(Topic.WATCH):
            self.look()

    def _show(self, n: int) -> None:
        tip = ntr("{n} watch is not well", "{n} watches are not well", n) if n else ""
        self._flag("watch", f"▲ {n}" if n else "", tip)


def _unwell(today: date, connection: Connection) -> int:
    from ipdesk.core.watch.queries import watch_rows  # in a thread: heavy

    return sum(row.health.state == "severe" for row in watch_rows(connection, today))
