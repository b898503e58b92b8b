"""A row of choices of which one is taken, each with its count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.ui import theme
from ipdesk.ui.widgets.flow import Flow


class Segments(QWidget):
    """Tells which choice was clicked; ``mark`` shows one without telling."""

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        tones: Mapping[str, Tone] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tones = tones or {}
        self._words = dict(choices)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        flow = Flow(self, gap=theme.px(6))
        for value, words in choices:
            made = QPushButton(words)
            made.setCheckable(True)
            made.setProperty("role", "chip")
            made.clicked.connect(partial(self._tell, value))
            self._group.addButton(made)
            self._buttons[value] = made
            flow.addWidget(made)

    def mark(self, value: str) -> None:
        """Show one as taken; an unknown value shows none."""
        self._group.setExclusive(False)
        for name, made in self._buttons.items():
            made.setChecked(name == value)
        self._group.setExclusive(value in self._buttons)

    def count(self, counts: Mapping[str, int]) -> None:
        """Show how many each holds; one with a tone shows its sign when it is not empty."""
        for name, made in self._buttons.items():
            n = counts.get(name)
            sign = SIGNS[self._tones[name]] + " " if n and name in self._tones else ""
            words = self._words[name]
            made.setText(f"{sign}{words}" if n is None else f"{sign}{words}  {n:,}")

    def words(self, value: str) -> str:
        """What a choice shows."""
        return self._buttons[value].text()

    def _tell(self, value: str, _checked: bool = False) -> None:
        self.chosen.emit(value)
