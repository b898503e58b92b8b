"""The options of a report as a form: values to tick, words, days, and the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.docket.queries import people_responsible
from ipdesk.core.layout.queries import current_plans
from ipdesk.core.portfolio.queries import facet_counts
from ipdesk.core.watch.queries import watch_rows
from ipdesk.core.watch.queries_gates import gate_rows
from ipdesk.reports.registry import OPTIONS
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.matter.source import option_label
from ipdesk.ui.tables.columns import Facet, Option
from ipdesk.ui.tables.filters import FacetChip
from ipdesk.ui.widgets.dates import read_day
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import label, repolish

if TYPE_CHECKING:
    from sqlalchemy import Connection

TICKED = ("right", "office", "status", "technology")  # several values
PICKED = ("watch", "plan", "product")  # one name, or what the report chooses by itself
_PAUSE_MS = 500
_MOST = 200  # values in one menu


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in this portfolio: values of facets with counts, names."""

    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by option


def read_choices(today: date, connection: Connection) -> Choices:
    """In a reader's thread."""
    every = ListQuery()
    facets = {name: facet_counts(connection, every, name)[:_MOST] for name in TICKED}
    names = {
        "person": people_responsible(connection),
        "watch": [watch.name for watch in watch_rows(connection, today)],
        "plan": list(dict.fromkeys(plan.name for plan in current_plans(connection))),
        "product": list(dict.fromkeys(gate.subject for gate in gate_rows(connection, today))),
    }
    return Choices(facets, names)


class OptionsForm(QWidget):
    """Tells a moment after the last change; ``values`` holds what a report takes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._values: dict[str, str] = {}
        self._chips: dict[str, FacetChip] = {}
        self._lines: dict[str, QLineEdit] = {}
        self._boxes: dict[str, QComboBox] = {}
        self._form: QWidget | None = None
        self._wrong: set[str] = set()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))

    # ------------------------------------------------------------------ values

    @property
    def values(self) -> dict[str, str]:
        """What was chosen; options without a value are left out."""
        return {name: value for name, value in self._values.items() if value.strip()}

    def line(self, name: str) -> QLineEdit:
        """The field of an option that is typed."""
        return self._lines[name]

    @property
    def sound(self) -> bool:
        """Whether everything that was typed can be read."""
        return not self._wrong

    def show_options(
        self, names: Sequence[str], values: Mapping[str, str], hints: Mapping[str, str]
    ) -> None:
        """Build the form of another report; *hints* stand in empty fields."""
        if self._form is not None:
            self._column.removeWidget(self._form)
            self._form.deleteLater()
        self._values = {name: values.get(name, "") for name in names}
        self._chips, self._lines, self._boxes = {}, {}, {}
        self._wrong = set()
        self._form = QWidget()
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.px(8))
        form.setVerticalSpacing(theme.px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in names:
            made = self._made(name, hints.get(name, ""))
            caption = str(OPTIONS[name].label)
            if not isinstance(made, FacetChip):  # a chip names itself, with what is chosen
                made.setAccessibleName(caption)
            form.addRow(label(caption, "muted"), _short(made) if name in TICKED else made)
        self._column.addWidget(self._form)

    def show_choices(self, choices: Choices) -> None:
        """What this portfolio holds, for the menus."""
        self._choices = choices
        for name, chip in self._chips.items():
            chip.put(self._facet(name), self._split(name))
        for name, box in self._boxes.items():
            self._fill_names(name, box)

    # ------------------------------------------------------------------ fields

    def _made(self, name: str, hint: str) -> QWidget:
        if name in TICKED:
            chip = FacetChip(self._facet(name), captioned=True)
            chip.put(self._facet(name), self._split(name))
            chip.chosen.connect(lambda facet, values: self._keep(facet, ",".join(values)))
            self._chips[name] = chip
            return chip
        if name == "person" or name in PICKED:
            return self._box(name)
        line = QLineEdit(self._values[name])
        kind = OPTIONS[name].kind
        line.setPlaceholderText(hint or (tr("YYYY-MM-DD") if kind == "date" else ""))
        line.textChanged.connect(partial(self._read, name, line))
        self._lines[name] = line
        return line

    def _box(self, name: str) -> QComboBox:
        """Names to choose from; a person may also be typed."""
        made = QComboBox()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if name == "person":
            made.setEditable(True)
            made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            edit = made.lineEdit()
            if edit is not None:
                edit.setPlaceholderText(tr("Everybody"))
            made.currentTextChanged.connect(partial(self._keep, name))
        else:
            made.activated.connect(lambda _row: self._keep(name, str(made.currentData() or "")))
        self._boxes[name] = made
        self._fill_names(name, made)
        return made

    def _fill_names(self, name: str, made: QComboBox) -> None:
        chosen = self._values.get(name, "")
        names = [n for n in self._choices.names.get(name, ()) if n]
        if chosen and chosen not in names:
            names.append(chosen)
        made.blockSignals(True)
        made.clear()
        made.addItem("" if made.isEditable() else tr("Automatic"), "")
        for one in names:
            made.addItem(one, one)
        made.setCurrentIndex(max(0, made.findData(chosen)))
        made.blockSignals(False)

    def _facet(self, name: str) -> Facet:
        options = tuple(
            Option(value, option_label(name, value), count)
            for value, count in self._choices.facets.get(name, ())
        )
        return Facet(name, OPTIONS[name].label, options)

    def _split(self, name: str) -> tuple[str, ...]:
        return tuple(part for part in self._values.get(name, "").split(",") if part)

    def _read(self, name: str, line: QLineEdit, words: str) -> None:
        """Take what was typed, or mark it as wrong."""
        value, problem = words.strip(), ""
        if OPTIONS[name].kind == "date":
            try:
                day = read_day(value)
                value = day.isoformat() if day else ""
            except ValueError as wrong:
                problem = str(wrong)
        elif OPTIONS[name].kind == "number" and value and not value.isdigit():
            problem = tr("Type a whole number, or nothing.")
        line.setToolTip(problem)
        line.setProperty("wrong", "true" if problem else "false")
        repolish(line)
        (self._wrong.add if problem else self._wrong.discard)(name)
        if not problem:
            self._keep(name, value)

    def _keep(self, name: str, value: str) -> None:
        if self._values.get(name, "") != value:
            self._values[name] = value
            self._pause.start()


def _short(chip: QWidget) -> QWidget:
    """A chip as long as its words, not as its column."""
    holder = QWidget()
    Flow(holder).addWidget(chip)
    return holder
