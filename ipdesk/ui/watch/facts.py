"""Small pieces that the cards of early warning share: headings, captions with values, chips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ipdesk.charts.palette import Tone
from ipdesk.core.watch.words import DISCLAIMER
from ipdesk.ui import theme
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, label, selectable


def heading(box: QVBoxLayout, words: str) -> None:
    """A section of a card."""
    made = label(words, "section")
    made.setContentsMargins(0, theme.px(8), 0, 0)
    box.addWidget(made)


def facts(box: QVBoxLayout, pairs: Iterable[tuple[str, object]]) -> None:
    """Captions with their values; what is empty is left out."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(4))
    for caption, value in pairs:
        if value not in (None, "", ()):
            place = grid.rowCount()
            grid.addWidget(label(caption, "caption"), place, 0, theme.TOP)
            grid.addWidget(selectable(value), place, 1)
    grid.setColumnStretch(1, 1)
    box.addLayout(grid)


def chips(box: QVBoxLayout, marks: Sequence[tuple[Tone, object]]) -> None:
    """States in a row that wraps."""
    flow_of(box, [chip(tone, words) for tone, words in marks])


def flow_of(box: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Things in a row that wraps."""
    if not widgets:
        return
    holder = QWidget()
    flow = Flow(holder, gap=theme.px(6))
    for made in widgets:
        flow.addWidget(made)
    box.addWidget(holder)


def disclaimer() -> QLabel:
    """Stands in sight on every view of this page."""
    return chip(Tone.UNCHECKED, DISCLAIMER)


def listed(values: Iterable[str]) -> str:
    """Several values in a line."""
    return "; ".join(values)
