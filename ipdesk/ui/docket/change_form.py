"""A change that moves dates: what it does is shown first; one that moves none is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import Effect
from ipdesk.core.docket.tracking import Wish
from ipdesk.store.database import Database
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import law_of, run_edit
from ipdesk.ui.docket.effect_view import EffectPanel
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label

Trial = Callable[[Database, Docket, Wish], Effect]
Deed = Callable[[Database, Docket, Wish], Any]


class ChangeForm(QDialog):
    """The difference, and whether it is kept."""

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, trial: Trial, deed: Deed, said: str
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(theme.px(560), theme.px(480))
        self._desk, self._trial, self._deed, self._said = desk, trial, deed, said
        self.effect = EffectPanel()
        self.effect.changed.connect(self._preview)
        self.keep = button(tr("Save"), self._save, role="main")
        self.keep.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(label(title, "title", wrap=True))
        column.addWidget(self.effect, 1)
        column.addLayout(row)

    def show_effect(self, effect: Effect) -> None:
        """Show the difference; what contradicts itself cannot be kept."""
        self.effect.show_effect(effect)
        self.keep.setEnabled(not effect.refused)

    def _preview(self) -> None:
        try_change(self._desk, self._trial, self.effect.wish, self.show_effect)

    def _save(self) -> None:
        act = partial(_done, self._deed, self.effect.wish)
        self.keep.setEnabled(False)
        run_edit(self._desk, act, self._said, lambda _made: self.accept(), self._failed)

    def _failed(self, error: Exception) -> None:
        self.keep.setEnabled(True)
        tell(self._desk, error)


def ask_change(
    desk: Desk,
    parent: QWidget,
    title: str,
    trial: Trial,
    deed: Deed,
    said: str,
    given_up: Callable[[], object],
) -> None:
    """Try the change; keep it at once when no date moves, else show the difference first."""

    def shown(effect: Effect) -> None:
        if effect.empty and not effect.refused and not effect.behind:
            run_edit(desk, partial(_done, deed, Wish()), said)
            return
        form = ChangeForm(desk, parent, title, trial, deed, said)
        form.rejected.connect(given_up)
        form.show_effect(effect)
        form.open()

    try_change(desk, trial, Wish(), shown)


def try_change(desk: Desk, trial: Trial, wish: Wish, then: Callable[[Effect], object]) -> None:
    """Ask what a change would do."""
    today = desk.today()
    desk.worker.edit(lambda d: trial(d, law_of(d, today), wish), then, partial(tell, desk))


def _done(deed: Deed, wish: Wish, database: Database, law: Docket) -> Any:
    return deed(database, law, wish)
