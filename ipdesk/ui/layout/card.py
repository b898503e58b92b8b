"""A card at the right of a list: title, states, facts, what can be done, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ipdesk.ui import theme
from ipdesk.ui.tables.columns import Mark
from ipdesk.ui.widgets.buttons import LinkLine, button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, hairline, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.states import unpicked

Deed = tuple[str, Callable[[], object]]


class Card(QFrame):
    """Filled from the top after ``clear``; ends with ``end``."""

    def __init__(self, nothing: str) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._nothing = nothing
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._column)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is picked."""
        self.clear()
        self._column.box.addWidget(unpicked(self._nothing), 1)

    def clear(self) -> None:
        """Begin anew."""
        emptied(self._column.box)

    def end(self) -> None:
        """What was added stands at the top."""
        self._column.box.addStretch(1)

    def title(self, words: str, below: str = "") -> None:
        """What the card is about."""
        self._add(label(words, "title", wrap=True))
        if below:
            self._add(label(below, "muted", wrap=True))

    def chips(self, marks: Iterable[Mark]) -> None:
        """States, with their signs."""
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(6))
        for mark in marks:
            flow.addWidget(chip(mark.tone, mark.text))
        self._add(holder)

    def buttons(self, deeds: Sequence[Deed]) -> None:
        """What can be done; the one main button stands above the list."""
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(8))
        for words, run in deeds:
            flow.addWidget(button(words, run))
        self._add(holder)

    def facts(self, facts: Iterable[tuple[str, object]]) -> None:
        """Caption and value; empty values are left out."""
        told = [(name, str(value)) for name, value in facts if value not in (None, "", ())]
        if not told:
            return
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(told):
            grid.addWidget(label(name, "caption"), line, 0, theme.TOP)
            grid.addWidget(selectable(value), line, 1, theme.TOP)
        self._add(holder)

    def section(self, words: str, *, line: bool = True) -> None:
        """A heading."""
        if line:
            self._add(hairline())
        self._add(label(words, "section"))

    def sentences(self, sentences: Iterable[object], *, numbered: bool = True) -> None:
        """Reasons, one below the other."""
        for number, sentence in enumerate(sentences, 1):
            self._add(selectable(f"{number}. {sentence}" if numbered else str(sentence)))

    def muted(self, words: object) -> None:
        """A remark."""
        self._add(label(words, "muted", wrap=True))

    def link(self, words: str, run: Callable[[], object], tip: str = "") -> None:
        """The way to another thing."""
        self._add(LinkLine(words, run, tip))

    def add(self, widget: QWidget) -> None:
        """Anything else."""
        self._add(widget)

    def _add(self, widget: QWidget) -> None:
        self._column.box.addWidget(widget)
