"""The fields of an event: its kind, its day, and what a document of an office carries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.i18n import tr
from ipdesk.core.docket.compensation import DECISIONS
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.records import EventInput, EventRow
from ipdesk.core.docket.service import NOTICES
from ipdesk.core.portfolio.offices import office_of
from ipdesk.ui import theme
from ipdesk.ui.docket.columns import SERVED
from ipdesk.ui.widgets.fields import Editor, choice_editor, day_editor, line_editor, number_editor
from ipdesk.ui.widgets.labels import label

_NUMBERED = frozenset("office_action rectification_notice annuity_paid renewal response".split())
_CLAIMS = frozenset({"priority", "priority_to_add", "priority_claim_withdrawal"})
_WITH_OFFICE = frozenset(
    "designated_publication designated_grant office_notice unity_invitation".split()
)


def service_options() -> list[tuple[str, str]]:
    """How a notice reached us."""
    return [("", tr("not said")), *((way, str(words)) for way, words in SERVED.items())]


class EventFields(QWidget):
    """Only fields that the kind of event knows are in sight; one that is filled stays."""

    changed = Signal()

    def __init__(self, event: EventRow | None, kind: str, day: Any) -> None:
        super().__init__()
        self.editors: dict[str, tuple[Editor, QWidget]] = {}
        self._captions: dict[str, QWidget] = {}
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.px(16))
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._form)
        self._add(event, kind, day)
        self.fit()

    def _add(self, event: EventRow | None, kind: str, day: Any) -> None:
        kinds = sorted(((k, str(w)) for k, w in EVENT_LABELS.items()), key=lambda pair: pair[1])
        self._field("type", tr("Event"), choice_editor(kinds), event.type if event else kind)
        self._field("date", tr("Date"), day_editor(), day)
        fields: Sequence[tuple[str, str, Editor]] = (
            ("service", tr("Delivery"), choice_editor(service_options())),
            ("received", tr("Received on"), day_editor()),
            ("ordinal", tr("Which one"), number_editor(1)),
            ("period_months", tr("Printed period, months"), number_editor(1)),
            ("period_days", tr("Printed period, days"), number_editor(1)),
            ("printed_due", tr("Printed last day"), day_editor()),
            ("extension_months", tr("Extended by months"), number_editor(1)),
            ("office", tr("Office"), line_editor(tr("two letters, e.g. HK"))),
            ("number", tr("Number"), line_editor()),
            ("note", tr("Note"), line_editor()),
        )
        for name, caption, editor in fields:
            value = getattr(event, name) if event else None
            self._field(name, caption, editor, "" if name == "service" and not value else value)
        tip = tr("What is printed on the document wins over the computed date.")
        for name, hint in (
            ("period_months", tr("wins over the law's period")),
            ("period_days", tr("wins over the law's period")),
            ("printed_due", tr("wins over the computed date")),
        ):
            self._hint(name, hint, tip)
        self._hint("ordinal", tr("counted when empty"), tr("1 is the first of its kind"))

    def _hint(self, name: str, words: str, tip: str) -> None:
        made = self.editors[name][1]
        made.setToolTip(tip)
        if isinstance(made, QLineEdit):
            made.setPlaceholderText(words)

    def _field(self, name: str, caption: str, editor: Editor, value: Any) -> None:
        made = editor.make(value)
        made.setAccessibleName(caption)
        made.setMinimumWidth(theme.px(180))
        self.editors[name] = (editor, made)
        self._form.addRow(label(caption, "muted"), made)
        if isinstance(made, QComboBox):
            made.setMaxVisibleItems(20)
            if name == "type":
                _make_searchable(made)
            made.currentIndexChanged.connect(self._edited)
        elif isinstance(made, QLineEdit):
            made.textChanged.connect(self._edited)

    def _edited(self) -> None:
        self.fit()
        self.changed.emit()

    @property
    def kind(self) -> str:
        """The kind of event in sight."""
        editor, made = self.editors["type"]
        return str(editor.read(made))

    def fit(self) -> None:
        """Show what the kind of event knows."""
        kind = self.kind
        served, decided = kind in NOTICES, kind in DECISIONS
        rows = {
            "service": served,
            "received": served or kind in _CLAIMS,
            "ordinal": kind in _NUMBERED,
            "period_months": served,
            "period_days": served or decided,
            "printed_due": served,
            "extension_months": served or kind == "extension",
            "office": kind in _WITH_OFFICE,
        }
        caption = self._form.labelForField(self.editors["period_days"][1])
        if isinstance(caption, QLabel):
            caption.setText(tr("Days granted") if decided else tr("Printed period, days"))
        for name, wanted in rows.items():
            widget = self.editors[name][1]
            filled = isinstance(widget, QLineEdit) and bool(widget.text())
            self._form.setRowVisible(widget, wanted or filled)

    def given(self) -> EventInput:
        """The event as typed. Raises ValueError with a sentence."""
        found = {name: editor.read(made) for name, (editor, made) in self.editors.items()}
        if found["type"] is None:
            raise ValueError(tr("{field} is missing.", field=tr("Event")))
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


def _make_searchable(combo: QComboBox) -> None:
    """Typing any part of a word finds the kind of event."""
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer, line = combo.completer(), combo.lineEdit()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    if line is not None:
        line.editingFinished.connect(partial(_put_back, combo))


def _put_back(combo: QComboBox) -> None:
    """Words that are no kind of event give way to the one that is chosen."""
    combo.setEditText(combo.itemText(combo.currentIndex()))
