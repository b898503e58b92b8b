"""A card beside a list: the line that is selected, whole, read again when the data changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.states import unpicked

if TYPE_CHECKING:
    from sqlalchemy import Connection

Question = Callable[[int, "Connection"], Any]
Doing = tuple[str, Callable[[], object]]  # words, what they do


class OneCard(QFrame):
    """Shows the row of an id; *question* reads it, *hint* stands there while none is selected.

    ``fill`` is what each card says of its row.
    """

    def __init__(self, desk: Desk, question: Question, hint: str) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.desk = desk
        self._question, self._hint = question, hint
        self._shown: int | None = None
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._column)
        self._show(None)

    @property
    def box(self) -> QVBoxLayout:
        """Where the parts of the row go, from the top."""
        return self._column.box

    def fill(self, row: Any) -> None:
        """Say all of this row."""
        raise NotImplementedError

    def show_id(self, wanted: int | None) -> None:
        """Read one row and show it."""
        self._shown = wanted
        if wanted is None:
            self._show(None)
            return
        question = partial(self._question, wanted)
        self.desk.worker.read(question, self._show, partial(tell, self.desk), key="card")

    def again(self) -> None:
        """The data changed."""
        self.show_id(self._shown)

    def _show(self, row: Any) -> None:
        emptied(self.box)
        if row is None:
            self.box.addWidget(unpicked(self._hint), 1)
        else:
            self.fill(row)
            self.box.addStretch(1)

    def add_acts(self, doings: Iterable[Doing]) -> None:
        """Buttons in a line that breaks where there is no room; the main one is the page's."""
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(8))
        for words, act in doings:
            flow.addWidget(button(words, act))
        self.box.addWidget(holder)

    def add_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Captions with their values; what is empty is not shown."""
        self.box.addLayout(value_grid((c, v, "") for c, v in facts if v))


def value_grid(lines: Iterable[tuple[str, str, str]]) -> QGridLayout:
    """Captions at the left, values (words, role) at the right."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(4))
    for place, (caption, words, role) in enumerate(lines):
        grid.addWidget(label(caption, "caption"), place, 0, theme.TOP)
        grid.addWidget(selectable(words, role), place, 1)
    grid.setColumnStretch(1, 1)
    return grid
