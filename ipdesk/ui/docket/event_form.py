"""Recording or correcting an event with its document; beside it stands what it will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.change import Change
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import ntr, tr
from ipdesk.core.docket import edits
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import Effect, EventInput, EventRow
from ipdesk.core.docket.tracking import Recorded, Wish
from ipdesk.core.portfolio.documents import documents_of
from ipdesk.core.portfolio.queries import matter_rows
from ipdesk.store.database import Database
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import law_of, run_edit
from ipdesk.ui.docket.effect_view import EffectPanel
from ipdesk.ui.docket.event_fields import EventFields
from ipdesk.ui.docket.papers import PaperStrip, dropped_files
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import Shortened, label

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.core.portfolio.model import AttachmentRow

PREVIEW_MS = 300


class EventForm(QDialog):
    """A form at the left, its consequences at the right, computed as one types."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        matter: int,
        event: EventRow | None = None,
        kind: str = "office_action",
        day: date | None = None,
        deleting: bool = False,
        documents: Sequence[Path] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._deleting = False
        title = tr("Correct an event") if event else tr("Record an event")
        self.setWindowTitle(title)
        self.resize(theme.px(880), theme.px(560))
        self._desk, self._matter, self._event = desk, matter, event
        self._pause = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._pause.timeout.connect(self._preview)
        known = day or (event.date if event else desk.today())
        self.fields = EventFields(event, kind, known)
        self.fields.changed.connect(self._edited)
        self.papers = PaperStrip(desk)
        self.effect = EffectPanel()
        self.effect.changed.connect(self._pause.start)
        self._wrong = label("", "problem", wrap=True)
        self._of = Shortened("", "muted")
        self._lay_out(title)
        desk.worker.read(partial(_matter_words, matter), self._of.put)
        for path in documents:
            self.papers.add(path)
        if event is not None:
            self._read_papers(event.id)
        if deleting:
            self._delete()
        else:
            self._preview()

    @property
    def _editors(self) -> dict[str, Any]:
        return self.fields.editors

    # ------------------------------------------------------------------ building

    def _lay_out(self, title: str) -> None:
        left = QVBoxLayout()
        left.addWidget(label(title, "title"))
        left.addWidget(self._of)
        left.addWidget(self.fields)
        left.addWidget(self.papers)
        if self._event is not None:
            left.addWidget(label(entered_words(self._event), "muted", wrap=True))
        left.addWidget(self._wrong)
        left.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(theme.px(16))
        both.addLayout(left, 1)
        both.addWidget(self.effect, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addLayout(both, 1)
        row = QHBoxLayout()
        if self._event is not None:
            self.delete = button(tr("Delete this event…"), self._delete)
            row.addWidget(self.delete)
            if not self._event.checked_by:
                tip = tr("You compared this event with its document")
                row.addWidget(button(tr("Mark as checked"), self._check, icon="check", tip=tip))
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        self.keep = button(tr("Save"), self._save, role="main")
        self.keep.setDefault(True)
        row.addWidget(self.keep)
        column.addLayout(row)

    def _read_papers(self, event_id: int) -> None:
        self._desk.worker.read(lambda c: documents_of(c, "event", event_id), self._show_papers)

    def _show_papers(self, found: Sequence[AttachmentRow]) -> None:
        self.papers.show_filed(found)

    def _edited(self) -> None:
        if self._deleting:  # typing again means that it stays
            self._deleting = False
            self.keep.setText(tr("Save"))
        self._pause.start()

    # ------------------------------------------------------------------ preview

    def _preview(self) -> None:
        given = self._typed()
        if given is None:
            self.keep.setEnabled(False)
            return
        self._wrong.setText("")
        self.keep.setEnabled(True)
        work = partial(self._try, given, self.effect.wish, self._desk.today())
        self._desk.worker.edit(work, self._show, partial(tell, self._desk))

    def _typed(self) -> EventInput | None:
        """What stands in the fields; what is wrong with it is said below them."""
        try:
            return self.fields.given()
        except ValueError as problem:
            self._wrong.setText(str(problem))
            return None

    def _try(self, given: EventInput, wish: Wish, today: date, database: Database) -> Effect:
        law, event = law_of(database, today), self._event
        if event is not None and self._deleting:
            return edits.preview_deletion(database, law, event.id, anew=wish.anew)
        also = {"anew": wish.anew, "along": wish.along}
        if event is None:
            return edits.preview_event(database, law, self._matter, given, **also)
        return edits.preview_correction(database, law, event.id, _corrected(given), **also)

    def _show(self, effect: Effect) -> None:
        self.effect.show_effect(effect)
        self.keep.setEnabled(not effect.refused)

    # ------------------------------------------------------------------ saving

    def _save(self) -> None:
        given = self._typed()
        if given is None:
            return
        event, matter, papers = self._event, self._matter, tuple(self.papers.chosen)
        wish, deleting = self.effect.wish, self._deleting
        also = {"anew": wish.anew, "along": wish.along}

        def act(database: Database, law: Docket) -> Recorded:
            if event is None:
                return edits.record_event(database, law, matter, given, papers, **also)
            if deleting:
                return edits.delete_event(database, law, event.id, anew=wish.anew)
            values = _corrected(given)
            return edits.correct_event(database, law, event.id, values, papers, **also)

        said = tr("Event recorded.") if event is None else tr("Event corrected.")
        said = tr("Event deleted.") if deleting else said
        self.keep.setEnabled(False)
        run_edit(self._desk, act, said, self._saved, self._refused)

    def _saved(self, made: Recorded | Change) -> None:
        n = len(made.effect.there) if isinstance(made, Recorded) else 0
        if n:
            words = ntr(
                "Corrected here and in {n} other matter.",
                "Corrected here and in {n} other matters.",
                n,
            )
            undo = tr("Undo")
            self._desk.say(words, Kind.DONE, (undo, partial(self._desk.do, "undo")))
        self.accept()

    def _refused(self, error: Exception) -> None:
        """Nothing was kept; what was typed stays to be mended."""
        self.keep.setEnabled(True)
        if isinstance(error, IpdeskError):
            self._wrong.setText(str(error))
        else:
            tell(self._desk, error)

    def _check(self) -> None:
        """Somebody compared the event with its document."""
        event, today = self._event, self._desk.today()
        if event is not None:
            run_edit(
                self._desk,
                lambda d, _law: edits.check_events(d, [event.id], today),
                tr("Marked as checked."),
                self._saved,
                self._refused,
            )

    def _delete(self) -> None:
        """Show what deleting would do; the main button then does it."""
        self._deleting = True
        self.keep.setText(tr("Delete this event"))
        self._preview()

    # ------------------------------------------------------------------ dropping anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in dropped_files(event.mimeData()):
            self.papers.add(path)
        event.acceptProposedAction()


def _matter_words(matter: int, connection: Connection) -> str:
    """Which matter the event belongs to."""
    return "".join(
        f"{row.reference}  {row.shown_title}" for row in matter_rows(connection, [matter])
    )


def _corrected(given: EventInput) -> dict[str, Any]:
    return {k: v for k, v in asdict(given).items() if k != "source"}


def entered_words(event: EventRow) -> str:
    """Who entered an event, and who checked it."""
    if event.source == "import":
        entered = tr("Imported on {day}", day=event.recorded_on)
    else:
        entered = tr("Entered by {person} on {day}", person=event.entered_by or "?",
                     day=event.recorded_on)  # fmt: skip
    if not event.checked_by:
        return f"{entered} · {tr('not checked')}"
    checked = tr("checked by {person} on {day}", person=event.checked_by,
                 day=event.checked_on or "?")  # fmt: skip
    return f"{entered} · {checked}"
