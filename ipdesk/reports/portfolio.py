"""The portfolio report: what a company owns, what falls due within a year, every matter."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from reportlab.platypus import Flowable
from sqlalchemy import Connection

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, say, tr
from ipdesk.charts import bars, filings, months
from ipdesk.charts.bars import Bars
from ipdesk.charts.filings import FilingsPerYear
from ipdesk.charts.months import DeadlineMonths
from ipdesk.charts.palette import KINDS, Tone, kind_of
from ipdesk.charts.style import kind_label
from ipdesk.core.docket.queries import deadline_ids, deadline_rows, pending_ids, pending_rows
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import WAITING, DeadlineRow, PendingRow
from ipdesk.core.layout.queries_tree import tree
from ipdesk.core.portfolio.model import PATENT_RIGHTS, MatterRow, Right, Status, status_label
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.reports import parts, pct, selection
from ipdesk.reports.lines import (
    NUMBER,
    by_month,
    deadline_columns,
    deadline_line,
    how,
    office_label,
    signs_note,
    tone_of,
)
from ipdesk.reports.paper import Heading, render
from ipdesk.reports.parts import HALF, WIDE, Chart, KeyFigure, KeyFigures, Text
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Band, Cell, Column, Row, Rows

COUNTING = (
    say("Matters are counted, not publications: an application, its publications and its grant "
        "are one; a PCT application and each of its national phases are one each."),
    say("A family is everything that shares a priority; a matter without a family counts as one."),
    say("The year of filing is that of the filing date; a national phase has the date of its "
        "international application."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PortfolioValues:
    """What the report is made of, read at one moment.

    ``deadlines``: what still waits, from overdue to a year ahead. ``pct_deadlines``: all dates of
    the PCT applications, past ones included. ``technologies``: name → both names.
    """

    heading: Heading
    today: date
    matters: tuple[MatterRow, ...]
    deadlines: tuple[DeadlineRow, ...] = ()
    pct_deadlines: tuple[DeadlineRow, ...] = ()
    pending: tuple[PendingRow, ...] = ()
    technologies: Mapping[str, Bilingual] = field(default_factory=dict)


def gather(connection: Connection, docket: Docket, options: Options) -> PortfolioValues:
    """The matters of a selection with their deadlines, as of the docket's day."""
    today = docket.today
    query = selection.matters(options)
    matters = tuple(matter_rows(connection, matter_ids(connection, query)))
    ours = {m.id for m in matters}
    until = add_months(today, 12)
    waiting = query_of_deadlines(options).choose("state", *sorted(WAITING))
    due = deadline_rows(
        connection, deadline_ids(connection, waiting.choose("to", until.isoformat()), today), today
    )
    of_pct = query_of_deadlines(options).choose("right", Right.PCT)
    dates = deadline_rows(connection, deadline_ids(connection, of_pct, today), today)
    missing = pending_rows(connection, pending_ids(connection, query_of_deadlines(options)))
    return PortfolioValues(
        Heading(
            company=selection.company(options, matters),
            title=say("Portfolio report"),
            cut_off=today,
            filters=selection.spoken(options),
            counting=COUNTING,
            sample=any(m.sample for m in matters),
        ),
        today,
        matters,
        tuple(row for row in due if row.matter_id in ours),
        tuple(row for row in dates if row.matter_id in ours),
        tuple(row for row in missing if row.matter_id in ours),
        {branch.name: Bilingual(branch.name, branch.name_zh) for branch in tree(connection)},
    )


query_of_deadlines = selection.deadlines


def build(values: PortfolioValues) -> bytes:
    """The pages, in the language of the moment."""
    story: list[Flowable] = parts.title_block(values.heading)
    if not values.matters:  # empty charts and chapters would only hide the answer
        story.append(parts.body(tr("No matter fits the selection.")))
        return render(values.heading, story)
    story.append(_key_figures(values))
    story += _filings(values)
    story.append(parts.Contents(_chapters(values)))
    story += _glance(values)
    if pct.applications(values.matters):
        story += pct.pages(values.matters, values.pct_deadlines, values.today)
    story += _deadline_pages(values)
    story += _matter_pages(values)
    story += _pending_pages(values)
    story += parts.lost_characters(story)
    return render(values.heading, story)


def _chapters(values: PortfolioValues) -> list[tuple[str, Text]]:
    found: list[tuple[str, Text]] = [("glance", tr("Status, offices and technologies"))]
    if pct.applications(values.matters):
        found.append(("pct", tr("PCT applications and their national phases")))
    found.append(("due", tr("Deadlines of the next twelve months")))
    found.append(("matters", tr("All matters")))
    if values.pending:
        found.append(("pending", tr("Dates that cannot be computed")))
    return found


# ── first page ────────────────────────────────────────────────────────────────────────────────


def _key_figures(values: PortfolioValues) -> Flowable:
    matters, today = values.matters, values.today
    families = len({m.family or f"#{m.id}" for m in matters})
    in_force = sum(m.status == Status.GRANTED for m in matters)
    ended = sum(m.ended for m in matters)
    year = Counter(m.filing_date.year for m in matters if m.filing_date)
    tones = Counter(tone_of(row, today) for row in values.deadlines)
    ahead = [r.due for r in values.deadlines if r.due >= today]
    soon = sum(due <= today + timedelta(days=30) for due in ahead)
    late = tones[Tone.OVERDUE]
    doubtful = len(values.pending)
    return KeyFigures(
        [
            KeyFigure(f"{len(matters):,}", tr("matters in {families} families", families=families)),
            KeyFigure(f"{in_force:,}", tr("in force")),
            KeyFigure(f"{len(matters) - in_force - ended:,}", tr("pending or in preparation")),
            KeyFigure(f"{ended:,}", tr("ended")),
            KeyFigure(f"{year[today.year - 1]:,}", tr("filed in {year}", year=today.year - 1)),
            KeyFigure(f"{year[today.year]:,}", tr("filed in {year} so far", year=today.year)),
            parts.fault(late, tr("overdue"), Tone.OVERDUE, known=bool(matters)),
            parts.fault(soon, tr("due within 30 days"), Tone.SOON, known=bool(matters)),
            KeyFigure(f"{len(ahead):,}", tr("deadlines in the next twelve months")),
            parts.fault(
                doubtful, tr("dates that cannot be computed"), Tone.UNCHECKED, known=bool(matters)
            ),
        ]
    )


def _filings(values: PortfolioValues) -> list[Flowable]:
    counts = Counter((m.filing_date.year, m.right) for m in values.matters if m.filing_date)
    grants = Counter(
        m.grant_date.year for m in values.matters if m.grant_date and m.right in PATENT_RIGHTS
    )
    undated = sum(m.filing_date is None for m in values.matters)
    words = [tr("* {year} is not over.", year=values.today.year)]
    if grants:
        words.append(tr("Grants: patents only, by the day of grant."))
    if undated:
        words.append(tr("{n} matters without a filing date stand in no year.", n=undated))
    drawn = FilingsPerYear.of(counts, grants, values.today.year)
    return [
        parts.together(
            *parts.section(filings.TITLE)[1:],
            Chart(filings.figure, drawn, 190),
            parts.caption(" ".join(words)),
        )
    ]


# ── chapters ──────────────────────────────────────────────────────────────────────────────────


def _glance(values: PortfolioValues) -> list[Flowable]:
    status = Bars.of(
        Counter((status_label(m.status), m.right) for m in values.matters),
        order=[status_label(s) for s in Status],
    )
    offices = Bars.of(Counter((office_label(m.office), m.right) for m in values.matters), most=14)
    technologies = Bars.of(
        Counter(
            (str(values.technologies.get(name, name)), m.right)
            for m in values.matters
            for name in m.technologies or ("–",)
        ),
        most=18,
    )
    titles = (tr("By status"), tr("By office"), tr("By technology"))
    return [
        *parts.chapter(tr("Status, offices and technologies"), "glance", room=260),
        parts.Beside(
            [parts.Words(titles[0], size=10, bold=True, after=4), _bars(status, HALF)],
            [parts.Words(titles[1], size=10, bold=True, after=4), _bars(offices, HALF)],
        ),
        parts.space(10),
        parts.together(
            parts.Words(titles[2], size=10, bold=True, after=4),
            _bars(technologies, WIDE),
            parts.caption(
                tr("A matter of several technologies is counted in each; – stands for none.")
            ),
        ),
    ]


def _bars(values: Bars, wide: float) -> Chart:
    return Chart(bars.figure, values, bars.height(values, wide / 72) * 72, wide)


def _deadline_pages(values: PortfolioValues) -> list[Flowable]:
    drawn = DeadlineMonths.of(
        [(r.due, how(r, values.today)) for r in values.deadlines], values.today
    )
    rows: list[Row] = []
    for month, found in by_month(values.deadlines, values.today):
        name = month or tr("Overdue")
        rows.append(Band(f"{name}  ({len(found)})"))
        rows += [deadline_line(row, values.today) for row in found]
    story = parts.chapter(tr("Deadlines of the next twelve months"), "due", room=240)
    story.append(Chart(months.figure, drawn, 160))
    story.append(signs_note())
    if rows:
        story.append(Rows(deadline_columns(), rows))
    return story


def _matter_pages(values: PortfolioValues) -> list[Flowable]:
    columns = [
        Column(tr("Reference"), 64),
        Column(tr("Title"), 176),
        Column(tr("Office"), 34, fixed=True),
        Column(tr("Application no. and date"), NUMBER, fixed=True),
        Column(tr("Grant or registration no. and date"), NUMBER, fixed=True),
        Column(tr("Status"), 56),
    ]
    groups: dict[str, list[MatterRow]] = {}
    for matter in values.matters:
        groups.setdefault(kind_of(matter.right), []).append(matter)
    rows: list[Row] = []
    for kind in KINDS:
        found = sorted(
            groups.get(kind, []), key=lambda m: (m.filing_date or date.max, m.reference, m.id)
        )
        if found:
            rows.append(Band(f"{kind_label(kind)}  ({len(found)})"))
            rows += [_matter_line(matter) for matter in found]
    story = parts.chapter(tr("All matters"), "matters")
    story.append(Rows(columns, rows))
    return story


def _matter_line(matter: MatterRow) -> Row:
    return [
        Cell(matter.reference, bold=True),
        matter.shown_title or "–",
        matter.office,
        Cell(matter.application_number or "–", below=_iso(matter.filing_date)),
        Cell(matter.grant_number or "–", below=_iso(matter.grant_date)),
        Cell(status_label(matter.status), quiet=matter.ended),
    ]


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _pending_pages(values: PortfolioValues) -> list[Flowable]:
    if not values.pending:
        return []
    columns = [
        Column(tr("Reference"), 70),
        Column(tr("Title"), 150),
        Column(tr("Deadline"), 110),
        Column(tr("What is missing"), 162),
    ]
    ordered = sorted(values.pending, key=lambda p: (p.reference, p.rule, p.id))
    rows: list[Row] = [
        [
            Cell(row.reference, bold=True), row.title, str(row.label),
            Cell(" ".join(map(str, row.why)) or row.waiting_for, Tone.UNCHECKED),
        ]
        for row in ordered
    ]  # fmt: skip
    return [
        *parts.chapter(tr("Dates that cannot be computed"), "pending"),
        parts.body(tr("Until the missing fact is entered, these dates are watched by nobody.")),
        Rows(columns, rows),
    ]
