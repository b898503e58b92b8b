"""Columns of deadlines, of what cannot be computed, and of events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ipdesk.base.dates import distance
from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.events import event_label
from ipdesk.core.docket.facts import fact_named
from ipdesk.core.docket.reasons import event_words
from ipdesk.core.docket.records import DeadlineRow, EventRow, PendingRow
from ipdesk.core.portfolio.model import right_label
from ipdesk.ui.docket.marks import doubts, state_mark
from ipdesk.ui.tables.columns import Cell, Column, Mark

Today = Callable[[], date]

SERVED: dict[str, Message] = {
    "electronic": say("electronically"),
    "post": say("by post"),
    "hand": say("by hand"),
    "publication": say("by publication"),
}


def deadline_columns(today: Today) -> tuple[Column, ...]:
    """A list of deadlines of many matters."""

    def doubt(row: DeadlineRow) -> Cell:
        found = doubts(row)
        return Mark(Tone.UNCHECKED, str(len(found))) if found else None

    def doubt_tip(row: DeadlineRow) -> str:
        return "\n".join(words for _tone, words in doubts(row))

    when = Column(
        "due",
        say("Due"),
        lambda r: r.due,
        width=92,
        tip=lambda r: distance(r.due, today()),
        strong=True,
    )
    state = Column("state", say("State"), lambda r: state_mark(r, today()), width=200, least=128)
    what = Column(
        "rule", say("What is due"), lambda r: r.name, 260, tip=lambda r: str(r.basis), least=220
    )
    doubt_column = Column("doubts", say("Doubts"), doubt, width=68, sorts=False, tip=doubt_tip)
    return (
        when,
        state,
        Column("reference", say("Matter"), lambda r: r.reference, width=96, strong=True),
        what,
        Column("title", say("Title"), lambda r: r.shown_title, 260, sorts=False, least=150),
        Column("internal_due", say("Internal date"), lambda r: r.internal_due, width=100),
        Column("responsible", say("Person"), lambda r: r.responsible, width=110),
        Column("right", say("Right"), lambda r: right_label(r.right), width=120),
        Column("office", say("Office"), lambda r: r.office, width=64),
        doubt_column,
        Column("raw", say("Before rolling"), lambda r: r.raw, width=100, shown=False),
        Column(
            "agent_due",
            say("Agent date"),
            lambda r: r.agent_due,
            width=100,
            shown=False,
            sorts=False,
        ),
        Column("grace", say("Grace until"), lambda r: r.grace_end, 100, shown=False, sorts=False),
        Column(
            "basis", say("Legal basis"), lambda r: str(r.basis), width=200, shown=False, sorts=False
        ),
        Column("number", say("Rule"), lambda r: r.rule, width=110, shown=False, sorts=False),
    )


def pending_columns() -> tuple[Column, ...]:
    """What cannot be computed, and what is missing."""
    missing = Column("waiting_for", say("Missing"), missing_words, 220, sorts=False, least=170)
    what = Column(
        "rule",
        say("What cannot be computed"),
        lambda r: str(r.label),
        width=300,
        sorts=False,
        least=180,
    )
    return (
        Column("reference", say("Matter"), lambda r: r.reference, width=96, strong=True),
        missing,
        what,
        Column("title", say("Title"), lambda r: r.title, 280, sorts=False, least=150),
        Column("right", say("Right"), lambda r: right_label(r.right), width=120, sorts=False),
        Column("office", say("Office"), lambda r: r.office, width=64, sorts=False),
    )


def missing_words(row: PendingRow) -> str:
    """What is missing: the event's name, or the problem in its own sentence."""
    if row.waiting_for == "problem":
        return str(row.why[0]) if row.why else tr("See the reasons")
    fact = fact_named(row.waiting_for)
    return str(fact.caption) if fact else str(event_words(row.waiting_for))


def event_name(row: EventRow) -> str:
    """The event's word, with its number in a series."""
    words = event_label(row.type)
    return f"{words} ({row.ordinal})" if row.ordinal else words


def event_details(row: EventRow) -> str:
    """What an event carries beside its date."""
    parts = [row.office or "", row.number]
    if row.service:
        parts.append(str(SERVED.get(row.service, row.service)))
    if row.received:
        parts.append(tr("received {day}", day=row.received))
    if row.period_months:
        parts.append(tr("{n} months", n=row.period_months))
    if row.period_days:
        parts.append(tr("{n} days", n=row.period_days))
    if row.extension_months:
        parts.append(tr("extended by {n} months", n=row.extension_months))
    if row.printed_due:
        parts.append(tr("prints {day}", day=row.printed_due))
    parts.append(row.note)
    return " · ".join(p for p in parts if p)
