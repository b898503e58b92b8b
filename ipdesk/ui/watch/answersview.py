"""All answers of a watch, or of all watches, the next due first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.watch.queries_gates import answers_of
from ipdesk.core.watch.rows import AnswerRow
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.watch.answerleaf import answer_buttons
from ipdesk.ui.watch.columns import answer_columns
from ipdesk.ui.watch.hitacts import HitActs
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.scroll import emptied
from ipdesk.ui.widgets.states import Loading, Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection


class AnswersView(QWidget):
    """A list; what can be done with the line in focus stands below it."""

    opened = Signal(int)  # a family

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._acts = HitActs(desk, self)
        self._watch: int | None = None
        self.table = SmallTable(answer_columns(desk.today), tr("Answers"), stretch="result")
        self.table.picked.connect(self._show_buttons)
        self.table.opened.connect(self._open)
        frame = QFrame()
        frame.setProperty("card", "true")
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(Loading())
        words = tr("An answer to a hit stands here and among the deadlines until it is closed.")
        self._stack.addWidget(Notice("check-circle", tr("No answers"), words))
        self._stack.addWidget(self.table)
        holder = QWidget()
        self._flow = Flow(holder, gap=theme.px(8))
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        column.addWidget(frame, 1)
        column.addWidget(holder)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(column)

    def show_watch(self, watch: int | None) -> None:
        """The answers of a watch, or of all."""
        self._watch = watch
        self.reload()

    def reload(self) -> None:
        """The data changed."""
        question = partial(_answers, self._watch)
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="answers")

    def _show(self, rows: tuple[AnswerRow, ...]) -> None:
        self.table.put(rows)
        self._stack.setCurrentIndex(2 if rows else 1)
        self._show_buttons(self.table.current())

    def _show_buttons(self, row: AnswerRow | None) -> None:
        emptied(self._flow)
        if row is not None:
            for made in answer_buttons(self._desk, self._acts, row):
                self._flow.addWidget(made)
        self._flow.invalidate()

    def _open(self, row: AnswerRow | None) -> None:
        if row is not None:
            self.opened.emit(row.family_id)


def _answers(watch: int | None, connection: Connection) -> tuple[AnswerRow, ...]:
    return answers_of(connection, watch_id=watch)
