"""What early warning has due: for the home page and for the list among the deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout

from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.watch.cadence import due_text
from ipdesk.core.watch.queries_due import due_items
from ipdesk.core.watch.rows import DueItem
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.lines import Line, Lines
from ipdesk.ui.widgets.states import Loading, Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

AHEAD = timedelta(days=30)
KINDS: dict[str, Message] = {
    "watch": say("Watch"),
    "review": say("Review"),
    "answer": say("Answer"),
    "gate": say("Gate"),
}


@dataclass(frozen=True, slots=True)
class WatchDue:
    """One thing to do, and the place where it is done; *severe* ones are red."""

    kind: str  # watch | review | answer | gate
    text: Message
    due: date
    owner: str
    severe: bool
    place: Place


def warnings(connection: Connection, today: date) -> list[WatchDue]:
    """What is due or over by today, the oldest first: overdue watches, failed runs, reviews …"""
    return dues(connection, today, today)


def dues(connection: Connection, today: date, until: date) -> list[WatchDue]:
    """All warnings, and what falls due up to a day."""
    return [
        WatchDue(item.kind, item.message, item.due, item.owner, item.severe, _place(item))
        for item in due_items(connection, today, until)
    ]


def due_line(row: WatchDue, today: date) -> Line:
    """A line of a list: what, until when, whose."""
    late = row.severe and row.due < today
    kind = str(KINDS[row.kind])
    tone = Tone.OVERDUE if row.severe else Tone.SOON
    return Line(
        row,
        str(row.text),
        when=row.due.isoformat(),
        tone=tone,
        state=tr("Overdue") if late else kind,
        below=" · ".join(w for w in (kind if late else "", row.owner) if w),
        far=due_text(row.due, today),
        tip=str(row.text),
    )


class DueList(QFrame):
    """Watches, reviews, answers and gates that are due; a click goes there."""

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._desk = desk
        self.lines = Lines(tr("Early warning"))
        self.lines.opened.connect(lambda row: desk.go(row.place))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(Loading())
        words = tr("No watch, review, answer or gate is due in the next 30 days.")
        self._stack.addWidget(Notice("check-circle", tr("Nothing is due"), words))
        self._stack.addWidget(self.lines)

    def reload(self) -> None:
        """The data changed."""
        today = self._desk.today()
        question = partial(_read, today)
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="dues")

    def _show(self, rows: list[WatchDue]) -> None:
        today = self._desk.today()
        self.lines.put([due_line(row, today) for row in rows])
        self._stack.setCurrentIndex(2 if rows else 1)
        self.counted.emit(len(rows))


def _read(today: date, connection: Connection) -> list[WatchDue]:
    return dues(connection, today, today + AHEAD)


def _place(item: DueItem) -> Place:
    if item.gate_id is not None:
        return Place.at("watch", None, gate=str(item.gate_id))
    if item.family_id is not None:
        return Place.at("watch", item.watch_id, family=str(item.family_id))
    if item.kind == "review":
        return Place.at("watch", item.watch_id, view="hits", state="waiting")
    return Place.at("watch", item.watch_id, view="watches")
