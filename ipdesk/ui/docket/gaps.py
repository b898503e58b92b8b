"""From what cannot be computed to the field that is missing: an event, a fact, or a number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.docket.compensation import DECISIONS
from ipdesk.core.docket.events import EVENT_LABELS, event_label
from ipdesk.core.docket.facts import Fact, fact_named, fact_value, set_facts
from ipdesk.core.docket.queries import events_of
from ipdesk.core.docket.service import NOTICES
from ipdesk.core.portfolio.offices import offices
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.docket.event_form import EventForm
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import Editor, choice_editor, number_editor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipdesk.core.docket.records import EventRow, PendingRow

_OF_AN_EVENT = {"period_months": NOTICES, "compensation_days": DECISIONS}


def gap_words(row: PendingRow) -> str:
    """What the button does that fills the gap; empty where only the matter as a whole helps."""
    if row.waiting_for in _OF_AN_EVENT:
        return tr("Complete the event…")
    fact = fact_named(row.waiting_for)
    if fact is not None:
        return tr("Enter: {what}…", what=fact.caption)
    if row.waiting_for in EVENT_LABELS:
        return tr("Record: {event}…", event=event_label(row.waiting_for))
    return ""


def fill_gap(desk: Desk, parent: QWidget, row: PendingRow) -> None:
    """Open the form of what is missing."""
    fact = fact_named(row.waiting_for)
    if row.waiting_for in _OF_AN_EVENT:
        then = partial(_complete, desk, parent, row)
        desk.worker.read(lambda c: events_of(c, row.matter_id), then, partial(tell, desk))
    elif fact is not None:
        ask_fact(desk, parent, row.matter_id, fact)
    elif row.waiting_for in EVENT_LABELS:
        EventForm(desk, parent, row.matter_id, kind=row.waiting_for).open()
    else:
        desk.go(Place("portfolio", row.matter_id))


def _complete(desk: Desk, parent: QWidget, row: PendingRow, events: Sequence[EventRow]) -> None:
    """The newest event of the kind that lacks its number."""
    kinds = _OF_AN_EVENT[row.waiting_for]
    for event in reversed(events):
        if event.type in kinds and not (event.period_months or event.period_days):
            EventForm(desk, parent, row.matter_id, event).open()
            return


def ask_fact(desk: Desk, parent: QWidget, matter: int, fact: Fact) -> Asking:
    """One fact in a small dialog."""
    asked = (Asked(fact.name, str(fact.caption), fact_editor(fact), needed=True),)

    def keep(values: dict[str, Any]) -> None:
        run_edit(desk, lambda d, law: set_facts(d, law, matter, values), tr("Changed."))

    dialog = Asking(parent, str(fact.caption), str(fact.tip or ""), asked, tr("Save"), keep)
    dialog.open()
    return dialog


def fact_editor(fact: Fact) -> Editor:
    """How a fact is typed or chosen."""
    if fact.kind == "number":
        return number_editor()
    if fact.kind == "choice":
        return choice_editor([(None, "–"), *((v, str(words)) for v, words in fact.options)])
    known = [(code, f"{code}  {office.name}") for code, office in offices().items()]
    chosen = choice_editor([(None, "–"), *known])

    def make(value: Any) -> Any:
        made: Any = chosen.make(value)
        made.setEditable(True)
        made.setMaxVisibleItems(16)
        return made

    def read(made: Any) -> Any:
        words = made.currentText().strip()
        if made.findText(words) >= 0:
            return made.itemData(made.findText(words))
        return fact_value(fact, words)

    return Editor(make, read, lambda v: str(offices()[v].name) if v in offices() else str(v or ""))
