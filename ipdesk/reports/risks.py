"""The risk register: every family judged a threat, gravest first, with its answers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable
from sqlalchemy import Connection

from ipdesk.base.i18n import say, tr
from ipdesk.charts import matrix
from ipdesk.charts.matrix import Cell as Square
from ipdesk.charts.matrix import Matrix
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.watch.grades import LEVELS
from ipdesk.core.watch.queries import find_watch, runs_of
from ipdesk.core.watch.queries_hits import hit_detail, hit_ids
from ipdesk.core.watch.rows import HitDetail, SearchRecord
from ipdesk.core.watch.words import DISCLAIMER, LEVEL_LABELS, AnswerState, Level, label
from ipdesk.reports import parts, selection
from ipdesk.reports.hits import (
    answer_words,
    answers_table,
    family_cell,
    grade_cell,
    gravest_first,
    market_words,
    searches,
    searches_table,
    source_line,
)
from ipdesk.reports.lines import day
from ipdesk.reports.paper import Heading, render
from ipdesk.reports.parts import Chart, KeyFigure, KeyFigures
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Cell, Column, Row, Rows
from ipdesk.store.paging import ListQuery


@dataclass(frozen=True, slots=True)
class RiskValues:
    """All threats of the watches chosen, and what those watches searched."""

    heading: Heading
    today: date
    risks: tuple[HitDetail, ...] = ()
    records: tuple[SearchRecord, ...] = ()


def gather(connection: Connection, docket: Docket, options: Options) -> RiskValues:
    """The threats of one watch, or of all."""
    name = options.get("watch", "").strip()
    watch_id = find_watch(connection, name) if name else None
    query = ListQuery(sort="family").choose("verdict", "threat")
    found = [hit_detail(connection, i, docket.today) for i in hit_ids(connection, watch_id, query)]
    records = searches(runs_of(connection, watch_id))
    company, sample = selection.about(connection, options)
    filters = (say("{label}: {values}", label=say("Watch"), values=name),) if name else ()
    return RiskValues(
        Heading(
            company,
            say("Risk register"),
            docket.today,
            filters=filters,
            counting=(say("One line a patent family that was judged a threat."),),
            word=DISCLAIMER,
            source=source_line(records),
            sample=sample,
        ),
        docket.today,
        tuple(detail for detail in found if detail is not None),
        records,
    )


def ordered(risks: tuple[HitDetail, ...]) -> list[HitDetail]:
    """Gravest first, then what is due first."""
    return sorted(risks, key=lambda r: (gravest_first(r.row.grade), r.row.key))


def build(values: RiskValues) -> bytes:
    """The pages, in the language of the moment."""
    story: list[Flowable] = [*parts.title_block(values.heading), _key_figures(values)]
    if values.risks:
        story += [
            parts.Words(tr("Likelihood and impact"), size=10, bold=True, after=4),
            _levels(values),
            parts.caption(tr("Number of families; rows: likelihood, columns: impact.")),
            *parts.chapter(tr("Register"), "register"),
            _register(values),
        ]
    else:
        story.append(parts.body(tr("No family is judged a threat.")))
    answers = [answer for risk in values.risks for answer in risk.answers]
    if answers:
        story += parts.chapter(tr("Answers by date"), "answers")
        story.append(answers_table(answers, values.today))
    story += parts.chapter(tr("What was searched"), "record")
    story.append(searches_table(values.records))
    story += parts.lost_characters(story)
    return render(values.heading, story)


def _key_figures(values: RiskValues) -> Flowable:
    grades = Counter(risk.row.grade for risk in values.risks)
    answers = [a for risk in values.risks for a in risk.answers if a.state == AnswerState.OPEN]
    late = sum(a.due is not None and a.due < values.today for a in answers)
    without = sum(not any(a.state != AnswerState.DROPPED for a in r.answers) for r in values.risks)
    grave = grades[Level.CRITICAL] + grades[Level.HIGH]
    return KeyFigures(
        [
            KeyFigure(str(len(values.risks)), tr("threats")),
            parts.fault(grave, tr("high or critical"), Tone.OVERDUE, known=bool(values.records)),
            parts.fault(grades[""], tr("not graded"), Tone.UNCHECKED, known=bool(values.records)),
            parts.fault(without, tr("without an answer"), Tone.SOON, known=bool(values.records)),
            parts.fault(late, tr("answers overdue"), Tone.OVERDUE, known=bool(values.records)),
        ]
    )


def _levels(values: RiskValues) -> Flowable:
    counts = Counter((risk.likelihood, risk.impact) for risk in values.risks)
    names = tuple(label(LEVEL_LABELS, level) for level in LEVELS)
    cells = tuple(
        tuple(Square(own=counts[likelihood, impact], state="checked") for impact in LEVELS)
        for likelihood in reversed(LEVELS)
    )
    drawn = Matrix(tuple(reversed(names)), names, cells)
    return Chart(matrix.plain, drawn, matrix.height(drawn, legend=False) * 72, 340)


def _register(values: RiskValues) -> Rows:
    columns = [
        Column(tr("Grade"), 58),
        Column(tr("Patent family"), 150),
        Column(tr("Reason"), 96),
        Column(tr("Markets"), 120),
        Column(tr("Answers"), 100),
    ]
    return Rows(columns, [_line(risk, values.today) for risk in ordered(values.risks)])


def _line(risk: HitDetail, today: date) -> Row:
    markets = [market_words(state, today) for state in risk.markets]
    cells = [answer_words(a, today) for a in risk.answers]
    answers = [parts.listed((cell.text, cell.below)) for cell in cells]
    late = any(cell.tone is Tone.OVERDUE for cell in cells)
    said = risk.grade_reason or risk.row.reason or "–"
    by = f"{risk.graded_by}, {day(risk.graded_on)}" if risk.graded_by else ""
    return [
        grade_cell(risk.row.grade),
        family_cell(risk.row),
        Cell(said, below=by),
        "\n".join(markets) or "–",
        Cell("\n".join(answers) or tr("none yet"), Tone.OVERDUE if late else Tone.PLAIN),
    ]
