"""Deadlines by person: one sheet each, for the docket meeting."""

from dataclasses import dataclass
from datetime import date, timedelta

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy import Connection

from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.queries import deadline_ids, deadline_rows, pending_ids, pending_rows
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import WAITING, DeadlineRow, PendingRow
from ipdesk.core.portfolio.queries import matter_rows
from ipdesk.reports import parts, selection
from ipdesk.reports.lines import (
    DATE,
    DUE,
    by_month,
    day,
    deadline_line,
    signs_note,
    tone_of,
    uncertain,
)
from ipdesk.reports.paper import Heading, render
from ipdesk.reports.parts import KeyFigure, KeyFigures
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Band, Cell, Column, Row, Rows

PERIOD = timedelta(days=30)  # what a person can read on one sheet


@dataclass(frozen=True, slots=True)
class DeadlineValues:
    """What waits from overdue to ``until``, with what cannot be computed."""

    heading: Heading
    today: date
    until: date
    deadlines: tuple[DeadlineRow, ...]
    pending: tuple[PendingRow, ...] = ()


def gather(connection: Connection, docket: Docket, options: Options) -> DeadlineValues:
    """The open deadlines of the people and the period asked for; thirty days unless said.

    What is overdue stands on every sheet, also where the period begins later.
    """
    today = docket.today
    first = selection.day_of(options, "from")
    until = selection.day_of(options, "to") or today + PERIOD
    query = selection.deadlines({**options, "to": until.isoformat(), "from": ""})
    ids = deadline_ids(connection, query.choose("state", *sorted(WAITING)), today)
    found = [
        row
        for row in deadline_rows(connection, ids, today)
        if first is None or row.due >= first or tone_of(row, today) is Tone.OVERDUE
    ]
    missing: list[PendingRow] = []
    if not options.get("person"):
        missing = pending_rows(connection, pending_ids(connection, query))
    matters = matter_rows(connection, sorted({row.matter_id for row in found}))
    spoken = {**options, "to": until.isoformat()}
    return DeadlineValues(
        Heading(
            company=selection.company(options, matters),
            title=say("Deadlines"),
            cut_off=today,
            filters=selection.spoken(spoken),
            sample=any(m.sample for m in matters),
        ),
        today,
        until,
        tuple(found),
        tuple(missing),
    )


def build(values: DeadlineValues) -> bytes:
    """A sheet for each person; what nobody answers for comes first."""
    people: dict[str, list[DeadlineRow]] = {}
    for row in values.deadlines:
        people.setdefault(row.responsible, []).append(row)
    story: list[Flowable] = list(parts.title_block(values.heading))
    if not people:
        story.append(parts.body(tr("Nothing is due in this period.")))
    for i, (person, rows) in enumerate(sorted(people.items())):
        if i:
            story.append(PageBreak())
        story += _sheet(person or tr("Nobody named"), rows, values)
    if values.pending:
        story += _pending(values)
    story += parts.lost_characters(story)
    return render(values.heading, story)


def _sheet(person: str, rows: list[DeadlineRow], values: DeadlineValues) -> list[Flowable]:
    today = values.today
    late = sum(tone_of(row, today) is Tone.OVERDUE for row in rows)
    soon = sum(tone_of(row, today) is Tone.SOON for row in rows)
    doubtful = sum(bool(uncertain(row)) for row in rows)
    lines: list[Row] = []
    for month, found in by_month(rows, today):
        name = month or tr("Overdue")
        lines.append(Band(f"{name}  ({len(found)})"))
        lines += [_line(row, today) for row in found]
    columns = [
        Column(tr("Due"), DUE, fixed=True),
        Column(tr("Internal"), DATE, fixed=True),
        Column(tr("Agent date"), DATE, fixed=True),
        Column(tr("Deadline"), 106),
        Column(tr("Matter"), 110),
        Column(tr("State"), 80),
        Column(tr("Note"), 40),
    ]
    return [
        *parts.chapter(person, f"person-{person}", room=160),
        KeyFigures(
            [
                parts.fault(late, tr("overdue"), Tone.OVERDUE),
                parts.fault(soon, tr("due within 30 days, or not confirmed"), Tone.SOON),
                KeyFigure(str(len(rows)), tr("until {day}", day=values.until)),
                parts.fault(doubtful, tr("with an uncertain date"), Tone.UNCHECKED),
            ]
        ),
        Rows(columns, lines),
        signs_note(),
    ]


def _line(row: DeadlineRow, today: date) -> Row:
    """As in every table of deadlines, with our own day and room for a word by hand."""
    due, name, matter, _, state = deadline_line(row, today, person=False)
    ours = day(row.internal_due), day(row.agent_due)
    return [due, *ours, name, matter, state, row.note]


def _pending(values: DeadlineValues) -> list[Flowable]:
    columns = [Column(tr("Matter"), 190), Column(tr("Deadline"), 130), Column(tr("Missing"), 170)]
    ordered = sorted(values.pending, key=lambda p: (p.reference, p.rule, p.id))
    rows: list[Row] = [
        [
            f"{row.reference} · {row.office} · {row.title}",
            str(row.label),
            Cell(" ".join(map(str, row.why)) or row.waiting_for, Tone.UNCHECKED),
        ]
        for row in ordered
    ]
    return [
        *parts.chapter(tr("Dates that cannot be computed"), "pending"),
        Rows(columns, rows),
    ]
