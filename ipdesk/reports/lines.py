"""Lines that several reports print alike: a deadline with its signs, a matter, an office."""

from collections.abc import Iterable
from datetime import date, timedelta

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket.records import DeadlineRow, State, state_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.reports.parts import Note, Text, listed
from ipdesk.reports.table import Cell, Column

SOON = timedelta(days=30)
DATE, DUE, NUMBER = 48.0, 73.0, 84.0  # points that a date, one with a sign, a number take


def day(value: date | None) -> str:
    """A day in ISO form, or a dash where there is none."""
    return value.isoformat() if value else "–"


def office_label(code: str) -> str:
    """Code and name, for charts and headings."""
    name = office_name(code)
    return code if name == code else f"{code} {name}"


def tone_of(row: DeadlineRow, today: date) -> Tone:
    """How urgent a deadline is: overdue and in grace, submitted or due within thirty days."""
    shown = row.shown(today)
    if shown in ("overdue", "grace"):
        return Tone.OVERDUE
    if shown == State.SUBMITTED:
        return Tone.SOON
    if shown == State.OPEN and row.due <= today + SOON:
        return Tone.SOON
    return Tone.PLAIN


def uncertain(row: DeadlineRow) -> list[str]:
    """Why a date is not certain; nothing when it is."""
    found = []
    if row.unverified:
        found.append(tr("rule unverified"))
    if row.calendar == "computed":
        found.append(tr("calendar computed"))
    elif row.calendar == "unknown":
        found.append(tr("calendar unknown"))
    if row.unchecked:
        found.append(tr("event unchecked"))
    return found


def how(row: DeadlineRow, today: date) -> str:
    """Where the chart of months counts a deadline: overdue, submitted, unchecked or sure."""
    if tone_of(row, today) is Tone.OVERDUE:
        return "overdue"
    if row.state == State.SUBMITTED:
        return "submitted"
    return "unchecked" if uncertain(row) else "sure"


def deadline_columns() -> list[Column]:
    """The head of a table of deadlines."""
    return [
        Column(tr("Due"), DUE, fixed=True),
        Column(tr("Deadline"), 106),
        Column(tr("Matter"), 140),
        Column(tr("Basis"), 80),
        Column(tr("State"), 94),
    ]


def deadline_line(row: DeadlineRow, today: date, *, person: bool = True) -> list[Cell | Text]:
    """Due (and raw) date, what, where, why, and how it stands and who answers for it."""
    tone = tone_of(row, today)
    raw = tr("raw {day}", day=row.raw) if row.raw != row.due else ""
    shown = row.shown(today)
    words = [state_label(shown)]
    if person and row.responsible:
        words.append(row.responsible)
    below = []
    if row.grace_end and shown == "grace":
        below.append(tr("grace until {day}", day=row.grace_end))
    doubts = uncertain(row)
    if doubts:
        below.append(f"{SIGNS[Tone.UNCHECKED]} " + listed(doubts))
    return [
        Cell(day(row.due), tone, bold=tone is Tone.OVERDUE, below=raw),
        row.name,
        Cell(row.reference, bold=True, below=f"{row.office} · {row.shown_title}", brief=True),
        Cell(str(row.basis) or row.rule, quiet=True),
        Cell(" · ".join(words), below="\n".join(below)),
    ]


def by_month(rows: Iterable[DeadlineRow], today: date) -> list[tuple[str, list[DeadlineRow]]]:
    """Overdue ones first, then the months in their order, each with its rows."""
    groups: dict[str, list[DeadlineRow]] = {}
    ordered = sorted(rows, key=lambda r: (r.due, r.reference, r.rule, r.n or 0, r.id))
    for row in ordered:
        late = tone_of(row, today) is Tone.OVERDUE
        groups.setdefault("" if late else f"{row.due.year}-{row.due.month:02}", []).append(row)
    return sorted(groups.items())


def signs_note() -> Note:
    """What the signs in tables and charts mean."""
    meanings = (
        (Tone.OVERDUE, tr("overdue or in the grace period")),
        (Tone.SOON, tr("due within 30 days, or submitted and not yet confirmed")),
        (Tone.UNCHECKED, tr("rule unverified, calendar computed or event unchecked")),
    )
    return Note(
        [
            "  ·  ".join(f"{SIGNS[tone]} {words}" for tone, words in meanings),
            tr("“Raw” is the last day of the period before it moves to the next working day."),
        ]
    )
