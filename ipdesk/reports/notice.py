"""The early-warning notice to management: one page, what is new, how grave, what to decide."""

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable
from sqlalchemy import Connection

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.watch.queries import runs_of, watch_rows
from ipdesk.core.watch.queries_due import due_items
from ipdesk.core.watch.queries_hits import hit_detail, hit_ids
from ipdesk.core.watch.rows import DueItem, HitDetail, SearchRecord, WatchRow
from ipdesk.core.watch.words import DISCLAIMER, AnswerState
from ipdesk.reports import parts, selection
from ipdesk.reports.hits import (
    answer_words,
    grade_cell,
    gravest_first,
    searches,
    searches_table,
    source_line,
)
from ipdesk.reports.lines import DUE, day
from ipdesk.reports.paper import Heading, render_page
from ipdesk.reports.parts import KeyFigures, Note
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Cell, Column, Row, Rows
from ipdesk.store.paging import ListQuery

_LONGEST = 150  # characters of a title or a reason


@dataclass(frozen=True, slots=True)
class NoticeValues:
    """What management must know on a day; ``since``: what was judged from then on is new."""

    heading: Heading
    today: date
    since: date
    threats: tuple[HitDetail, ...] = ()
    due: tuple[DueItem, ...] = ()
    watches: tuple[WatchRow, ...] = ()
    searches: tuple[SearchRecord, ...] = ()


def gather(connection: Connection, docket: Docket, options: Options) -> NoticeValues:
    """The threats, what is due within three months, and watches that are not well."""
    today = docket.today
    company, sample = selection.about(connection, options)
    since = selection.day_of(options, "from") or add_months(today, -3)
    ids = hit_ids(connection, None, ListQuery(sort="family").choose("verdict", "threat"))
    threats = [hit_detail(connection, i, today) for i in ids]
    found = searches(runs_of(connection))
    heading = Heading(
        company,
        say("Early-warning notice"),
        today,
        word=DISCLAIMER,
        source=source_line(found),
        sample=sample,
    )
    return NoticeValues(
        heading,
        today,
        since,
        tuple(detail for detail in threats if detail is not None),
        tuple(due_items(connection, today, add_months(today, 3))),
        tuple(watch_rows(connection, today)),
        found,
    )


def build(values: NoticeValues) -> bytes:
    """One page, in the language of the moment."""
    return render_page(values.heading, lambda most: _story(values, most))


def _story(values: NoticeValues, most: int) -> list[Flowable]:
    """The page with at most so many lines in each list."""
    story = [*parts.cover(values.heading), _key_figures(values)]
    if not values.watches:
        story.append(
            Note([tr("There is no watch yet, so nothing could be found.")], Tone.UNCHECKED)
        )
    story += [*_threats(values, most), *_due(values, most), *_watches(values, most)]
    if values.searches:
        title = parts.Words(tr("What was searched"), size=11, bold=True, after=4)
        story += [
            title,
            searches_table(values.searches[:most]),
            *_more(len(values.searches) - most),
        ]
    return story


def _key_figures(values: NoticeValues) -> Flowable:
    new = [t for t in values.threats if _is_new(t, values.since)]
    grave = sum(t.row.grade in ("high", "critical") for t in values.threats)
    late = sum(item.severe for item in values.due)
    unwell = sum(any(w.severe for w in row.health.warnings) for row in values.watches)
    known = bool(values.watches)
    return KeyFigures(
        [
            parts.fault(
                len(new), tr("new threats since {day}", day=values.since), Tone.OVERDUE, known=known
            ),
            parts.fault(grave, tr("high or critical"), Tone.OVERDUE, known=known),
            parts.fault(late, tr("steps overdue"), Tone.OVERDUE, known=known),
            parts.fault(unwell, tr("watches not well"), Tone.OVERDUE, known=known),
        ]
    )


def _is_new(threat: HitDetail, since: date) -> bool:
    return threat.row.decided_on is not None and threat.row.decided_on >= since


def _threats(values: NoticeValues, most: int) -> list[Flowable]:
    story: list[Flowable] = [parts.Words(tr("What threatens us"), size=11, bold=True, after=4)]
    if not values.threats:
        return [*story, parts.body(tr("No family is judged a threat."))]
    ordered = sorted(
        values.threats,
        key=lambda t: (not _is_new(t, values.since), gravest_first(t.row.grade), t.row.key),
    )
    columns = [
        Column(tr("Grade"), 60),
        Column(tr("Whose, and what"), 190),
        Column(tr("Why it matters"), 130),
        Column(tr("What we do, until when"), 120),
    ]
    rows = [_threat(t, values) for t in ordered[:most]]
    return [*story, Rows(columns, rows), *_more(len(ordered) - most)]


def _threat(threat: HitDetail, values: NoticeValues) -> Row:
    row = threat.row
    grade = grade_cell(row.grade)
    fresh = tr("new threat") if _is_new(threat, values.since) else ""
    answers = [a for a in threat.answers if a.state == AnswerState.OPEN]
    cells = [answer_words(a, values.today) for a in answers[:2]]
    late = any(cell.tone is Tone.OVERDUE for cell in cells)
    done = "\n".join(_short(parts.listed((cell.text, cell.below))) for cell in cells)
    owner = _short("; ".join(row.applicants[:2])) or "–"
    number = row.members[0] if row.members else row.key
    return [
        Cell(grade.text, grade.tone, grade.bold, below=fresh),
        Cell(owner, bold=True, below=f"{_short(row.shown_title)} ({number})"),
        _short(threat.grade_reason or row.reason or "–"),
        Cell(done, Tone.OVERDUE if late else Tone.PLAIN)
        if done
        else Cell(tr("to be decided"), Tone.SOON),
    ]


def _due(values: NoticeValues, most: int) -> list[Flowable]:
    if not values.due:
        return []
    ordered = sorted(values.due, key=lambda i: (not i.severe, i.due, str(i.message)))
    columns = [
        Column(tr("Due"), DUE, fixed=True),
        Column(tr("Step"), 300),
        Column(tr("Responsible"), 90),
    ]
    rows: list[Row] = [
        [
            Cell(day(item.due), Tone.OVERDUE if item.severe else Tone.PLAIN),
            _short(str(item.message)),
            item.owner or "–",
        ]
        for item in ordered[:most]
    ]
    title = parts.Words(tr("What is due within three months"), size=11, bold=True, after=4)
    return [title, Rows(columns, rows), *_more(len(ordered) - most)]


def _watches(values: NoticeValues, most: int) -> list[Flowable]:
    unwell = [row for row in values.watches if row.health.warnings]
    title = parts.Words(tr("How well we watch"), size=11, bold=True, after=4)
    if not unwell:
        words = ntr("{n} watch, in order.", "{n} watches, all in order.", len(values.watches))
        return [title, parts.body(words if values.watches else tr("There is no watch yet."))]
    rows: list[Row] = [
        [
            row.name,
            Cell(
                str(row.health.warnings[0].message),
                Tone.OVERDUE if row.health.warnings[0].severe else Tone.UNCHECKED,
            ),
            row.owner or "–",
        ]
        for row in unwell[:most]
    ]
    columns = [Column(tr("Watch"), 130), Column(tr("State"), 260), Column(tr("Responsible"), 90)]
    return [title, Rows(columns, rows), *_more(len(unwell) - most)]


def _more(count: int) -> list[Flowable]:
    if count <= 0:
        return []
    return [parts.caption(ntr("and {n} more on file", "and {n} more on file", count))]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
