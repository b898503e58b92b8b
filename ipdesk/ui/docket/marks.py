"""How states of deadlines look: words, sign and tone."""

from __future__ import annotations

from datetime import date, timedelta

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.calendar_pages import Status as CalendarStatus
from ipdesk.core.docket.records import DeadlineRow, State, state_label
from ipdesk.ui.tables.columns import Mark

SOON_DAYS = 30
_TONES = {
    "overdue": Tone.OVERDUE,
    "grace": Tone.OVERDUE,
    State.SUBMITTED: Tone.SOON,
    State.CONFIRMED: Tone.DONE,
    State.MET: Tone.DONE,
    State.PAST: Tone.UNCHECKED,
}


def state_mark(row: DeadlineRow, today: date) -> Mark:
    """The state of a deadline on a day."""
    state = row.shown(today)
    tone = _TONES.get(state, Tone.PLAIN)
    if state == State.OPEN and row.due <= today + timedelta(days=SOON_DAYS):
        tone = Tone.SOON
    return Mark(tone, state_label(state))


def month_kind(row: DeadlineRow, today: date) -> str:
    """Where the chart of months counts a deadline: overdue, submitted, unchecked or sure."""
    if row.shown(today) in ("overdue", "grace"):
        return "overdue"
    if row.state == State.SUBMITTED:
        return "submitted"
    return "unchecked" if doubts(row) else "sure"


def doubts(row: DeadlineRow) -> list[tuple[Tone, str]]:
    """Why a date is not certain: each doubt with its tone."""
    found: list[tuple[Tone, str]] = []
    if row.unverified:
        found.append((Tone.UNCHECKED, tr("Rule not verified yet")))
    if row.unchecked:
        found.append((Tone.UNCHECKED, tr("Event not checked")))
    if row.calendar == CalendarStatus.COMPUTED:
        found.append((Tone.UNCHECKED, tr("Calendar computed, not official")))
    if row.calendar == CalendarStatus.UNKNOWN:
        found.append((Tone.UNCHECKED, tr("Calendar of the office unknown: not rolled")))
    return found
