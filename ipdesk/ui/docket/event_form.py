"""Recording or correcting an event; beside it stands what it will do to the deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket import edits
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import DeadlineChange, Effect, EventInput, EventRow
from ipdesk.core.portfolio.offices import office_of
from ipdesk.store.database import Database
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import law_of, run_edit
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.fields import Editor, choice_editor, day_editor, line_editor, number_editor
from ipdesk.ui.widgets.labels import chip, label
from ipdesk.ui.widgets.scroll import Column, emptied

PREVIEW_MS = 300
_SERVED = frozenset(
    "office_action acceptance_notice fee_invitation correction_invitation unity_invitation "
    "rectification_notice isr_transmittal exam_stage_notice r161_communication "
    "intention_to_grant grant_notice refusal decision reexam_decision loss_notice "
    "office_notice invalidation_request search_copy_receipt".split()
)
_WITH_OFFICE = frozenset("designated_publication designated_grant office_notice".split())


def service_options() -> list[tuple[str, str]]:
    """How a notice reached us."""
    return [
        ("", tr("not said")),
        ("electronic", tr("electronically")),
        ("post", tr("by post")),
        ("hand", tr("by hand")),
        ("publication", tr("by publication")),
    ]


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
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._deleting = False
        title = tr("Correct an event") if event else tr("Record an event")
        self.setWindowTitle(title)
        self.resize(theme.px(820), theme.px(480))
        self._desk, self._matter, self._event = desk, matter, event
        self._pause = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._pause.timeout.connect(self._preview)
        self._editors: dict[str, tuple[Editor, QWidget]] = {}
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._wrong = label("", "problem", wrap=True)
        self._effect = Column(margin=theme.px(12), gap=theme.px(6))
        self._add_fields(event, kind, day)
        self._lay_out(title)
        self._fit_fields()
        if deleting:
            self._delete()
        else:
            self._preview()

    # ------------------------------------------------------------------ building

    def _lay_out(self, title: str) -> None:
        left = QVBoxLayout()
        left.addWidget(label(title, "title"))
        left.addLayout(self._form)
        left.addWidget(self._wrong)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(label(tr("What it does"), "section"))
        right.addWidget(self._effect, 1)
        both = QHBoxLayout()
        both.setSpacing(theme.px(16))
        both.addLayout(left, 3)
        both.addLayout(right, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addLayout(both, 1)
        row = QHBoxLayout()
        if self._event is not None:
            self.delete = button(tr("Delete this event…"), self._delete)
            row.addWidget(self.delete)
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        self.keep = button(tr("Save"), self._save, role="main")
        self.keep.setDefault(True)
        row.addWidget(self.keep)
        column.addLayout(row)

    def _add_fields(self, event: EventRow | None, kind: str, day: date | None) -> None:
        kinds = sorted(((k, str(w)) for k, w in EVENT_LABELS.items()), key=lambda pair: pair[1])
        self._field("type", tr("Event"), choice_editor(kinds), event.type if event else kind)
        known = day or (event.date if event else self._desk.today())
        self._field("date", tr("Date"), day_editor(), known)
        fields: Sequence[tuple[str, str, Editor]] = (
            ("service", tr("Delivery"), choice_editor(service_options())),
            ("received", tr("Received on"), day_editor()),
            ("ordinal", tr("Which one"), number_editor(1)),
            ("period_months", tr("Period in months"), number_editor(1)),
            ("period_days", tr("Period in days"), number_editor(1)),
            ("extension_months", tr("Extended by months"), number_editor(1)),
            ("office", tr("Office"), line_editor(tr("two letters, e.g. HK"))),
            ("number", tr("Number"), line_editor()),
            ("note", tr("Note"), line_editor()),
        )
        for name, caption, editor in fields:
            value = getattr(event, name) if event else None
            self._field(name, caption, editor, "" if name == "service" and not value else value)

    def _field(self, name: str, caption: str, editor: Editor, value: Any) -> None:
        made = editor.make(value)
        made.setAccessibleName(caption)
        made.setMinimumWidth(theme.px(180))
        self._editors[name] = (editor, made)
        self._form.addRow(label(caption, "muted"), made)
        if isinstance(made, QComboBox):
            made.setMaxVisibleItems(20)
            made.currentIndexChanged.connect(self._edited)
        elif isinstance(made, QLineEdit):
            made.textChanged.connect(self._edited)

    def _edited(self) -> None:
        if self._deleting:  # typing again means that it stays
            self._deleting = False
            self.keep.setText(tr("Save"))
        self._fit_fields()
        self._pause.start()

    def _fit_fields(self) -> None:
        """Only fields that the kind of event knows; one that is filled stays in sight."""
        editor, made = self._editors["type"]
        kind = editor.read(made)
        rows = {
            "service": kind in _SERVED,
            "received": kind in _SERVED,
            "ordinal": kind in ("office_action", "annuity_paid", "renewal", "response"),
            "period_months": kind in _SERVED,
            "period_days": kind in _SERVED,
            "extension_months": kind in _SERVED or kind == "extension",
            "office": kind in _WITH_OFFICE,
        }
        for name, wanted in rows.items():
            widget = self._editors[name][1]
            filled = isinstance(widget, QLineEdit) and bool(widget.text())
            self._form.setRowVisible(widget, wanted or filled)

    # ------------------------------------------------------------------ values

    def given(self) -> EventInput:
        """The event as typed. Raises ValueError with a sentence."""
        found = {name: editor.read(made) for name, (editor, made) in self._editors.items()}
        if found["date"] is None:
            raise ValueError(tr("{field} is missing.", field=tr("Date")))
        if found["office"]:
            known = office_of(found["office"])
            if known is None:
                raise ValueError(tr("This office is not known. Type its two letters, e.g. CN."))
            found["office"] = known
        found["service"] = found["service"] or None
        found["office"] = found["office"] or None
        return EventInput(**found)

    def _corrected(self, given: EventInput) -> dict[str, Any]:
        return {k: v for k, v in asdict(given).items() if k != "source"}

    # ------------------------------------------------------------------ preview

    def _preview(self) -> None:
        try:
            given = self.given()
        except ValueError as problem:
            self._wrong.setText(str(problem))
            self.keep.setEnabled(False)
            return
        self._wrong.setText("")
        self.keep.setEnabled(True)
        self._desk.worker.edit(partial(self._try, given, self._desk.today()), self._show)

    def _try(self, given: EventInput, today: date, database: Database) -> Effect:
        law = law_of(database, today)
        if self._event is not None and self._deleting:
            return edits.preview_deletion(database, law, self._event.id)
        if self._event is None:
            return edits.preview_event(database, law, self._matter, given)
        return edits.preview_correction(database, law, self._event.id, self._corrected(given))

    def _show(self, effect: Effect) -> None:
        box = self._effect.box
        emptied(box)
        for problem in effect.problems:
            box.addWidget(label(problem, "problem", wrap=True))
        parts = (
            (tr("New deadlines"), effect.created, Tone.SOON),
            (tr("Changed"), effect.changed, Tone.UNCHECKED),
            (tr("No longer needed"), effect.ended, Tone.DONE),
        )
        for title, lines, tone in parts:
            if lines:
                box.addWidget(chip(tone, f"{title} · {len(lines)}"))
            for line in lines:
                box.addWidget(label(change_words(line), wrap=True))
        if effect.empty and not effect.problems:
            box.addWidget(label(tr("No deadline changes."), "muted"))
        box.addStretch(1)

    # ------------------------------------------------------------------ saving

    def _save(self) -> None:
        try:
            given = self.given()
        except ValueError as problem:
            self._wrong.setText(str(problem))
            return
        event, matter = self._event, self._matter

        def act(database: Database, law: Docket) -> edits.Recorded:
            if event is None:
                return edits.record_event(database, law, matter, given)
            if self._deleting:
                return edits.delete_event(database, law, event.id)
            return edits.correct_event(database, law, event.id, self._corrected(given))

        said = tr("Event recorded.") if event is None else tr("Event corrected.")
        run_edit(self._desk, act, tr("Event deleted.") if self._deleting else said)
        self.accept()

    def _delete(self) -> None:
        """Show what deleting would do; the main button then does it."""
        self._deleting = True
        self.keep.setText(tr("Delete this event"))
        self._preview()


def change_words(line: DeadlineChange) -> str:
    """One changed deadline in one line."""
    name = f"{line.label} ({line.n})" if line.n else str(line.label)
    if line.before and line.after and line.before != line.after:
        return f"{name}: {line.before} → {line.after}"
    return f"{line.after or line.before}  {name}"
