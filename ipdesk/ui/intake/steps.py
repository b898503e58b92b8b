"""The names of the steps at the top of the import; one goes back by clicking."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ipdesk.base.i18n import Message, say, tr
from ipdesk.ui import theme
from ipdesk.ui.intake.bringing import Step
from ipdesk.ui.widgets.labels import label

NAMES: dict[Step, Message] = {
    Step.FILE: say("File"),
    Step.COLUMNS: say("Columns"),
    Step.PREVIEW: say("Preview"),
    Step.RESULT: say("Result"),
}


class Steps(QWidget):
    """Where one is, where one can go."""

    wanted = Signal(object)  # Step

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Steps of the import"))
        self._buttons: dict[Step, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        for step, name in NAMES.items():
            if step:
                row.addWidget(label("›", "muted"))
            made = QPushButton(f"{step + 1}  {name}")
            made.setProperty("role", "nav")
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            wide = QFontMetrics(theme.figures(13, bold=True)).horizontalAdvance(made.text())
            made.setMinimumWidth(wide + theme.px(24))  # bold when it is the step in sight
            made.clicked.connect(partial(self._tell, step))
            self._buttons[step] = made
            row.addWidget(made)

    def mark(self, step: Step, open_steps: Collection[Step]) -> None:
        """Show where one is and where one can go."""
        for one, made in self._buttons.items():
            made.setChecked(one is step)
            made.setEnabled(one is step or one in open_steps)

    def _tell(self, step: Step, _checked: bool = False) -> None:
        self._buttons[step].setChecked(True)
        self.wanted.emit(step)
