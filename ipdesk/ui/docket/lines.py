"""Deadlines, gaps and events as two-line entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ipdesk.base.dates import add_months, distance
from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket.records import DeadlineRow, EventRow, PendingRow, State
from ipdesk.ui.docket.columns import event_details, event_name, missing_words
from ipdesk.ui.docket.marks import doubts, state_mark
from ipdesk.ui.widgets.lines import Line

_FIRST = 8
_WAITING = (State.OPEN, State.SUBMITTED, State.PAST)


def in_order(rows: Iterable[DeadlineRow], today: date) -> list[DeadlineRow]:
    """What waits comes first by date, then what is still to come, then the past, newest first."""
    found = list(rows)
    waiting = [r for r in found if r.state in _WAITING]
    later = [r for r in found if r.state not in _WAITING and r.due >= today]
    past = [r for r in found if r.state not in _WAITING and r.due < today]
    return [*waiting, *later, *reversed(past)]


def worth_showing(rows: Sequence[DeadlineRow], today: date) -> int:
    """How many of these, in their order, are shown at first: all that waits within a year."""
    soon = add_months(today, 12)
    near = sum(r.state in _WAITING and r.due <= soon for r in rows)
    most = max(_FIRST, near)
    return most if len(rows) > most + 2 else len(rows)


def deadline_line(row: DeadlineRow, today: date, *, with_matter: bool = False) -> Line:
    """A deadline: name and day above, state and distance below."""
    mark, quiet = state_mark(row, today), row.state not in _WAITING
    found = doubts(row)
    doubt = f"{SIGNS[Tone.UNCHECKED]} {found[0][1]}" if found else ""
    whose = f"{row.reference}  {row.shown_title}" if with_matter else ""
    return Line(
        row,
        f"{row.reference}  {row.name}" if with_matter else row.name,
        row.due.isoformat(),
        mark.tone,
        mark.text,
        row.shown_title if with_matter else doubt,
        "" if quiet and row.due < today else distance(row.due, today),
        "\n".join(part for part in (whose, str(row.basis), *(w for _t, w in found)) if part),
        quiet=quiet,
    )


def pending_line(row: PendingRow, *, with_matter: bool = False) -> Line:
    """What cannot be computed, and what is missing."""
    title = f"{row.reference}  {row.label}" if with_matter else str(row.label)
    missing = tr("missing: {what}", what=missing_words(row))
    return Line(row, title, "", Tone.UNCHECKED, missing, tip="\n".join(str(w) for w in row.why))


def event_line(row: EventRow, documents: int = 0) -> Line:
    """An event: name and day above, its details below; how many documents it stands in."""
    details = event_details(row)
    if documents:
        counted = ntr("{n} document", "{n} documents", documents)
        details = f"{counted} · {details}" if details else counted
    if row.unchecked:
        return Line(
            row, event_name(row), row.date.isoformat(), Tone.UNCHECKED, tr("not checked"), details
        )
    checked = tr("checked by {person}", person=row.checked_by) if row.checked_by else ""
    below = " · ".join(part for part in (details, checked or row.entered_by) if part)
    return Line(row, event_name(row), row.date.isoformat(), below=below)
