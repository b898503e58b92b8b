"""A line of the preview: the other matters that the corrected dates of the list would reach."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket.following import reached_words
from ipdesk.core.intake.foreseeing import Foreseen
from ipdesk.core.intake.plan import Plan
from ipdesk.core.intake.reaching import reach
from ipdesk.core.intake.wishes import Wishes
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import law_of
from ipdesk.ui.docket.effect_view import moved_words
from ipdesk.ui.intake.bringing import Bringing
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.labels import label

PAUSE_MS = 300


class ReachNote(QWidget):
    """Follows the ticks and the choices; hidden where nothing else is reached."""

    def __init__(self, desk: Desk, bringing: Bringing) -> None:
        super().__init__()
        self._desk, self._bringing = desk, bringing
        self.words = label("", "muted", wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        self.hide()
        bringing.previewed.connect(self._ask)
        bringing.ticked.connect(self._pause.start)

    def _ask(self) -> None:
        bringing = self._bringing
        if bringing.preview is None or bringing.imported is not None or bringing.busy is not None:
            return
        chosen = bringing.preview.open_places - frozenset(bringing.unticked)
        work = partial(_reached, self._desk.today(), bringing.preview.plan, chosen, bringing.wishes)
        self._desk.worker.edit(work, self._show, partial(tell, self._desk))

    def _show(self, found: Foreseen) -> None:
        reached = found.reached
        self.setVisible(bool(reached))
        if reached:
            words = reached_words(list(reached))
            self.words.setText(f"{SIGNS[Tone.SOON]} {words}")
            self.words.setToolTip("\n".join(moved_words(reached)))


def _reached(
    today: date, plan: Plan, chosen: frozenset[int], wishes: Wishes, database: Database
) -> Foreseen:
    return reach(database, law_of(database, today), plan, chosen=chosen, wishes=wishes)
