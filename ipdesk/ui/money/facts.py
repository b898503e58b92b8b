"""A thing of money whole: title, marks, what can be done, figures, and why they are so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from ipdesk.base.i18n import tr
from ipdesk.base.money import written
from ipdesk.charts.palette import Tone
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.widgets.buttons import LinkLine
from ipdesk.ui.widgets.fields import Editor
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, hairline, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.states import unpicked

Fact = tuple[str, object]


class FactCard(Column):
    """Filled from above to below; ``begin`` empties it, ``end`` closes it."""

    def __init__(self, prompt: str) -> None:
        super().__init__(margin=theme.px(16), gap=theme.px(8))
        self._prompt = prompt
        self.show_nothing()

    def show_nothing(self) -> None:
        """No line is picked."""
        emptied(self.box)
        self.box.addWidget(unpicked(self._prompt), 1)

    def begin(self, title: object, below: object = "") -> None:
        """Empty the card and set its title."""
        emptied(self.box)
        self.box.addWidget(label(title, "title", wrap=True))
        if below:
            self.box.addWidget(label(below, "muted", wrap=True))

    def empty(self) -> None:
        """Nothing above: what follows needs no title."""
        emptied(self.box)

    def matter(self, desk: Desk, matter_id: int, words: str) -> None:
        """The matter as a link to it."""
        go = Place("portfolio", matter_id)
        self.box.addWidget(LinkLine(words, lambda: desk.go(go), tr("Open the matter")))

    def chips(self, marks: Iterable[tuple[Tone, object]]) -> None:
        """States and doubts."""
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(6))
        for tone, words in marks:
            flow.addWidget(chip(tone, words))
        self.box.addWidget(holder)

    def buttons(self, made: Sequence[QPushButton]) -> None:
        """What can be done with it."""
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(8))
        for one in made:
            flow.addWidget(one)
        self.box.addWidget(holder)

    def facts(self, facts: Iterable[Fact]) -> None:
        """Captions and values; what is empty is left out."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        for caption, value in facts:
            if value is not None and value != "":
                place = grid.rowCount()
                grid.addWidget(label(caption, "caption"), place, 0, theme.TOP)
                grid.addWidget(selectable(value), place, 1)
        grid.setColumnStretch(1, 1)
        self.box.addWidget(hairline())
        self.box.addLayout(grid)

    def sentences(self, title: str, sentences: Iterable[object], numbered: bool = True) -> None:
        """A section of sentences, e.g. why an amount is what it is."""
        found = list(sentences)
        if not found:
            return
        self.box.addWidget(hairline())
        self.box.addWidget(label(title, "section", wrap=True))
        for number, sentence in enumerate(found, 1):
            words = f"{number}. {sentence}" if numbered else str(sentence)
            self.box.addWidget(selectable(words))

    def add(self, widget: QWidget) -> None:
        """Anything else."""
        self.box.addWidget(widget)

    def end(self) -> None:
        """Nothing more comes."""
        self.box.addStretch(1)


def money(amount: Decimal | None, currency: str) -> str:
    """A sum with its currency; what nobody knows says so."""
    return tr("unknown") if amount is None else f"{currency} {written(amount)}".strip()


def numbered(fee: str, item: str, number: int | None) -> str:
    """A fee with its year; what does not go by years, with its number."""
    if number is None:
        return fee
    if "annuity" in item:
        return tr("{fee}, year {n}", fee=fee, n=number)
    return tr("{fee}, no. {n}", fee=fee, n=number)


def amount_editor(least: Decimal | None = Decimal(0)) -> Editor:
    """A sum of money, or nothing."""

    def read(made: Any) -> Decimal | None:
        words = made.text().strip().replace(",", "").replace("，", "")
        if not words:
            return None
        try:
            value = Decimal(words)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or (least is not None and value < least):
            raise ValueError(tr("Type an amount, such as 1200 or 1200.50."))
        return value

    def shown(value: Decimal | None) -> str:
        return "" if value is None else written(value)

    return Editor(lambda value: QLineEdit(shown(value)), read, shown)


def tick_editor(words: str) -> Editor:
    """Yes or no."""

    def make(value: Any) -> QWidget:
        made = QCheckBox(words)
        made.setChecked(bool(value))
        return made

    return Editor(make, lambda made: made.isChecked(), lambda value: words if value else "")
