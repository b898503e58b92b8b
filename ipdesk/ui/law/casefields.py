"""The facts of a case as one types them: right, office, route, events, a few circumstances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.i18n import say, tr
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.rule_words import ROUTE_LABELS
from ipdesk.core.docket.service import NOTICES
from ipdesk.core.portfolio.model import RIGHT_LABELS
from ipdesk.core.portfolio.offices import offices
from ipdesk.ui import theme
from ipdesk.ui.widgets.buttons import button, icon_button
from ipdesk.ui.widgets.dates import read_day
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import hairline, label

_ROUTES = (
    ("", say("as the events say")),
    *ROUTE_LABELS.items(),
)
_SERVICES = (
    ("electronic", say("electronically")),
    ("post", say("by post")),
    ("hand", say("handed over")),
    ("publication", say("by publication")),
)
_RESIDENCES = (
    ("", say("not said")),
    ("domestic", say("in the country")),
    ("overseas", say("overseas")),
)
_FIRST = ("CN", "WO", "US", "EP", "JP", "KR", "TW", "HK", "IN", "GB", "DE", "EM", "XX")
_FIELDS = frozenset({"receiving_office", "applicant_residence"})


class CaseFields(QWidget):
    """Tells when anything was typed; ``case`` gives what stands there."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[str, Any] = {}  # facts of a matter that have no field here
        self.right = _combo([(str(r), str(w)) for r, w in RIGHT_LABELS.items()], tr("Right"))
        self.office = _combo(_offices(), tr("Office"))
        self.route = _combo([(r, str(w)) for r, w in _ROUTES], tr("Route"))
        self.receiving = QLineEdit()
        self.receiving.setPlaceholderText("CN, IB …")
        self.receiving.setAccessibleName(tr("Receiving office"))
        self.residence = _combo([(r, str(w)) for r, w in _RESIDENCES], tr("Applicant"))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        for caption, made in (
            (tr("Right"), self.right),
            (tr("Office"), self.office),
            (tr("Route"), self.route),
            (tr("Receiving office"), self.receiving),
            (tr("Applicant"), self.residence),
        ):
            form.addRow(label(caption, "muted"), made)
        self._form = form
        self._events = QVBoxLayout()
        self._events.setSpacing(theme.px(8))
        self.lines: list[EventFields] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(form)
        column.addWidget(hairline())
        column.addWidget(label(tr("Events"), "section"))
        column.addLayout(self._events)
        row = QHBoxLayout()
        row.addWidget(button(tr("Add an event"), self.add_event, icon="calendar-plus"))
        row.addStretch(1)
        column.addLayout(row)
        for combo in (self.right, self.office, self.route, self.residence):
            combo.currentIndexChanged.connect(self._told)
        self.receiving.textChanged.connect(self._told)
        self._fit()

    def put(self, case: Case) -> None:
        """Show a case; facts without a field are kept and go with it."""
        self.blockSignals(True)
        for combo, value in (
            (self.right, case.right),
            (self.office, case.office),
            (self.route, case.route or ""),
            (self.residence, str(case.facts.get("applicant_residence") or "")),
        ):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        self.receiving.setText(str(case.facts.get("receiving_office") or ""))
        self._kept = {k: v for k, v in case.facts.items() if k not in _FIELDS}
        for line in list(self.lines):
            self._remove(line)
        for event in case.events:
            self.add_event(event)
        self._fit()
        self.blockSignals(False)
        self.changed.emit()

    def case(self) -> Case:
        """What stands there. Raises ValueError with a sentence for a day that is none."""
        events = [line.given(number) for number, line in enumerate(self.lines, 1)]
        facts = dict(self._kept)
        office = self.receiving.text().strip().upper()
        if office:
            facts["receiving_office"] = office
        if self.residence.currentData():
            facts["applicant_residence"] = self.residence.currentData()
        return Case(
            self.office.currentData(),
            self.right.currentData(),
            self.route.currentData() or None,
            tuple(e for e in events if e is not None),
            facts,
        )

    def add_event(self, event: Event | None = None) -> None:
        """One more line."""
        line = EventFields(event)
        line.changed.connect(self.changed)
        line.gone.connect(self._drop)
        self.lines.append(line)
        self._events.addWidget(line)

    def _drop(self, line: EventFields) -> None:
        self._remove(line)
        self.changed.emit()

    def _remove(self, line: EventFields) -> None:
        self.lines.remove(line)
        self._events.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _told(self, *_value: object) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Only what the right asks for."""
        self._form.setRowVisible(self.receiving, self.right.currentData() == "pct")
        residents = self.office.currentData() in ("JP", "TW")
        self._form.setRowVisible(self.residence, residents)


class EventFields(QWidget):
    """One event: kind and day; of a document also how it was served and what it prints."""

    changed = Signal()
    gone = Signal(object)

    def __init__(self, event: Event | None = None) -> None:
        super().__init__()
        self._event = event
        kinds = sorted(((k, str(w)) for k, w in EVENT_LABELS.items()), key=lambda pair: pair[1])
        self.kind = _combo(kinds, tr("Event"))
        self.kind.setCurrentIndex(self.kind.findData(event.type if event else "filing"))
        self.day = _line(tr("Day"), tr("YYYY-MM-DD"), event and event.date)
        self.service = _combo([(s, str(w)) for s, w in _SERVICES], tr("Delivery"))
        self.service.setCurrentIndex(
            self.service.findData((event and event.service) or "electronic")
        )
        self.received = _line(tr("Received on"), tr("received on"), event and event.received)
        self.months = _line(tr("Period in months"), tr("as the law"), event and event.period_months)
        self.printed = _line(
            tr("Printed last day"), tr("none printed"), event and event.printed_due
        )
        self.ordinal = _line(tr("Which one"), tr("counted"), event and event.ordinal)
        self.day.setFixedWidth(theme.px(104))
        above = QHBoxLayout()
        above.addWidget(self.kind, 1)
        above.addWidget(self.day)
        drop = icon_button("x", tr("Remove this event"), lambda: self.gone.emit(self))
        above.addWidget(drop)
        self._more = QWidget()
        below = Flow(self._more, gap=theme.px(6))
        for caption, made in (
            (tr("Delivery"), self.service),
            (tr("Received on"), self.received),
            (tr("Period in months"), self.months),
            (tr("Printed last day"), self.printed),
            (tr("Which one"), self.ordinal),
        ):
            below.addWidget(_captioned(caption, made))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(above)
        column.addWidget(self._more)
        self.kind.currentIndexChanged.connect(self._told)
        self.service.currentIndexChanged.connect(self._told)
        for line in (self.day, self.received, self.months, self.printed, self.ordinal):
            line.textChanged.connect(self._told)
        self._fit()

    def given(self, number: int) -> Event | None:
        """The event; None while no day is typed. Raises ValueError for a day that is none."""
        day = read_day(self.day.text())
        if day is None:
            return None
        kind = self.kind.currentData()
        document = kind in NOTICES
        before = self._event
        return Event(
            kind,
            day,
            service=self.service.currentData() if document else None,
            received=read_day(self.received.text()) if self.received.text().strip() else None,
            printed_due=read_day(self.printed.text()) if document else None,
            ordinal=_number(self.ordinal.text()),
            period_months=_number(self.months.text()) if document else None,
            period_days=before.period_days if before and document else None,
            extension_months=before.extension_months if before and document else None,
            office=before.office if before else None,
            key=number,
        )

    def _told(self, *_value: object) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        document = self.kind.currentData() in NOTICES
        self._more.setVisible(document)


def _number(text: str) -> int | None:
    words = text.strip()
    if words and not words.isdigit():
        raise ValueError(tr("Type a whole number, or nothing."))
    return int(words) if words else None


def _captioned(caption: str, made: QWidget) -> QWidget:
    """A field under its caption, all of one width so that they stand in columns."""
    holder = QWidget()
    holder.setFixedWidth(theme.px(136))
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(caption, "caption"))
    column.addWidget(made)
    return holder


def _line(name: str, hint: str, value: object) -> QLineEdit:
    made = QLineEdit("" if value is None else str(value))
    made.setPlaceholderText(hint)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def _combo(options: Sequence[tuple[str, str]], name: str) -> QComboBox:
    made = QComboBox()
    for value, words in options:
        made.addItem(words, value)
    made.setAccessibleName(name)
    made.setMaxVisibleItems(20)
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _offices() -> list[tuple[str, str]]:
    known = offices()
    rest = sorted(code for code in known if code not in _FIRST and code != "IB")
    others = {"XX": tr("other organisations")}
    named = [(c, str(known[c].name) if c in known else others.get(c, c)) for c in (*_FIRST, *rest)]
    return [(code, f"{code}  {name}") for code, name in named]
