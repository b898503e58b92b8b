"""The watch report: what changed since the last one, what it means, what was searched."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from reportlab.platypus import Flowable
from sqlalchemy import Connection

from ipdesk.base.i18n import say, tr
from ipdesk.charts import bars, land
from ipdesk.charts.bars import Bars
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.watch.cadence import read_every
from ipdesk.core.watch.landscape import Landscape
from ipdesk.core.watch.queries import find_watch, watch_detail, watch_rows
from ipdesk.core.watch.queries_gates import answers_of
from ipdesk.core.watch.queries_hits import changes_since, hit_ids, hit_rows
from ipdesk.core.watch.queries_landscape import landscape_of
from ipdesk.core.watch.rows import AnswerRow, HitRow, RunRow, SightingRow, WatchDetail
from ipdesk.core.watch.words import (
    DISCLAIMER,
    WATCH_KIND_LABELS,
    AnswerState,
    Verdict,
    cut_off_words,
    database_label,
    label,
)
from ipdesk.reports import parts, selection
from ipdesk.reports.hits import (
    answers_table,
    family_cell,
    grade_cell,
    hits_table,
    searches,
    searches_table,
    source_line,
    verdict_cell,
)
from ipdesk.reports.lines import DATE, day, office_label
from ipdesk.reports.paper import Heading, render
from ipdesk.reports.parts import HALF, Chart, KeyFigure, KeyFigures, Note, Text
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Cell, Column, Row, Rows
from ipdesk.store.paging import ListQuery


@dataclass(frozen=True, slots=True)
class WatchValues:
    """One watch on a day; ``families`` are all of it, ``since`` is the day of the last report."""

    heading: Heading
    today: date
    since: date | None = None
    detail: WatchDetail | None = None
    families: tuple[HitRow, ...] = ()
    answers: tuple[AnswerRow, ...] = ()
    landscape: Landscape | None = None
    changes: Mapping[int, tuple[SightingRow, ...]] = field(default_factory=dict)  # since then

    @property
    def new(self) -> list[HitRow]:
        return [f for f in self.families if self.since is None or f.first_seen > self.since]

    @property
    def changed(self) -> list[HitRow]:
        fresh = {f.id for f in self.new}
        return [f for f in self.families if f.id in self.changes and f.id not in fresh]

    @property
    def threats(self) -> list[HitRow]:
        return [f for f in self.families if f.verdict == Verdict.THREAT]


def gather(connection: Connection, docket: Docket, options: Options) -> WatchValues:
    """The watch named, else the most urgent one; since the day given, else the run before."""
    today = docket.today
    company, sample = selection.about(connection, options)
    name = options.get("watch", "").strip()
    rows = watch_rows(connection, today)
    if not name and not rows:
        empty = Heading(company, say("Watch report"), today, word=DISCLAIMER, sample=sample)
        return WatchValues(empty, today)
    watch_id = find_watch(connection, name) if name else rows[0].id
    detail = watch_detail(connection, watch_id, today)
    assert detail is not None, "a watch just found is there"
    good = [run for run in detail.runs if not run.failed]
    since = selection.day_of(options, "from")
    if since is None and len(good) > 1:
        since = good[1].ran_on
    families = hit_rows(connection, hit_ids(connection, watch_id, ListQuery(sort="family")))
    return WatchValues(
        Heading(
            company,
            say("Watch report"),
            today,
            subtitle=detail.row.name,
            word=DISCLAIMER,
            source=source_line(searches(detail.runs)),
            sample=sample,
        ),
        today,
        since,
        detail,
        tuple(families),
        answers_of(connection, watch_id=watch_id),
        landscape_of(connection, good[0].id, company) if good else None,
        changes_since(connection, watch_id, since),
    )


def build(values: WatchValues) -> bytes:
    """The pages, in the language of the moment."""
    if values.detail is None:
        nothing = parts.body(tr("There is no watch yet."))
        return render(values.heading, [*parts.cover(values.heading), nothing])
    story = _first_page(values, values.detail)
    story += _news(values)
    story += _threats(values)
    if values.landscape is not None:
        story += _landscape(values.landscape)
    story += _record(values.detail)
    story += parts.lost_characters(story)
    return render(values.heading, story)


def _first_page(values: WatchValues, detail: WatchDetail) -> list[Flowable]:
    row = detail.row
    last = tr("never") if row.last_run is None else row.last_run.isoformat()
    subjects = parts.listed((*detail.technologies, *detail.products), "、")
    facts: list[tuple[Text, Text]] = [
        (tr("Question"), row.question),
        (tr("Kind"), label(WATCH_KIND_LABELS, row.kind)),
        (tr("Decides"), row.owner),
        (
            tr("Rhythm"),
            parts.listed((read_every(row.every).spoken(), tr("next {day}", day=row.next_due))),
        ),
        (tr("Last run"), last),
        (tr("Compared with"), values.since.isoformat() if values.since else tr("the beginning")),
        (tr("Subjects"), subjects),
        (tr("Markets"), parts.listed(map(office_label, detail.markets), "、")),
    ]
    story = parts.cover(values.heading, facts)
    if row.health.warnings:
        severe = any(warning.severe for warning in row.health.warnings)
        tone = Tone.OVERDUE if severe else Tone.UNCHECKED
        story.append(Note([w.message for w in row.health.warnings], tone))
    waiting = sum(f.waiting for f in values.families)
    open_answers = sum(a.state == AnswerState.OPEN for a in values.answers)
    threats = len(values.threats)
    story.append(
        KeyFigures(
            [
                KeyFigure(f"{len(values.families):,}", tr("families in all")),
                KeyFigure(f"{len(values.new):,}", tr("new")),
                KeyFigure(f"{len(values.changed):,}", tr("changed")),
                parts.fault(
                    waiting, tr("not reviewed"), Tone.UNCHECKED, known=bool(values.families)
                ),
                KeyFigure(f"{threats:,}", tr("threats"), Tone.OVERDUE if threats else Tone.PLAIN),
                KeyFigure(f"{open_answers:,}", tr("answers under way")),
            ]
        )
    )
    return story


def _news(values: WatchValues) -> list[Flowable]:
    new, changed = values.new, values.changed
    story = parts.chapter(tr("New families"), "new")
    if new:
        story.append(hits_table(new))
    else:
        story.append(parts.body(tr("No new family since {day}.", day=day(values.since))))
    story += parts.chapter(tr("Changed families"), "changed")
    if not changed:
        story.append(parts.body(tr("No known family changed.")))
        return story
    columns = [
        Column(tr("Patent family"), 210),
        Column(tr("What changed"), 180),
        Column(tr("Verdict"), 100),
    ]
    rows: list[Row] = [
        [family_cell(f), "\n".join(_what(values.changes[f.id])), verdict_cell(f)] for f in changed
    ]
    return [*story, Rows(columns, rows)]


def _what(sightings: Iterable[SightingRow]) -> Iterator[str]:
    """Every change with the day of the run that met it; decided ones stay to be read."""
    for seen in sightings:
        yield f"{seen.ran_on}: " + "; ".join(map(str, seen.changes))


def _threats(values: WatchValues) -> list[Flowable]:
    story = parts.chapter(tr("Threats and answers"), "threats")
    if not values.threats:
        story.append(parts.body(tr("No family is judged a threat.")))
    else:
        columns = [
            Column(tr("Patent family"), 210),
            Column(tr("Grade"), 60),
            Column(tr("Reason"), 150),
            Column(tr("Judged by"), 70),
        ]
        rows: list[Row] = [
            [
                family_cell(f), grade_cell(f.grade), f.reason or "–",
                f"{f.decided_by or '–'}\n{day(f.decided_on)}",
            ]
            for f in values.threats
        ]  # fmt: skip
        story.append(Rows(columns, rows))
    if values.answers:
        story += parts.section(tr("Answers"))
        story.append(answers_table(values.answers, values.today))
    return story


def _landscape(found: Landscape) -> list[Flowable]:
    who = land.ranked(found.applicants, own=(found.own_name, found.own_families))
    own = tuple((office_label(code), n) for code, n in found.own_offices)
    where = land.beside([(office_label(code), n) for code, n in found.offices], own)
    classes = land.beside(found.classes, found.own_classes)
    newcomers = land.ranked(found.newcomers)
    story = parts.chapter(tr("Landscape of the last run"), "landscape", room=260)
    story.append(
        parts.body(
            tr(
                "{n} families, counted once each; {cut_off}; ours are those of the same "
                "technologies.",
                n=found.families,
                cut_off=cut_off_words(found.cut_off, found.ran_on),
            )
        )
    )
    story.append(parts.Beside(_titled(tr("Applicants"), who), _titled(tr("Offices"), where)))
    story.append(parts.space(10))
    right = _titled(tr("Newcomers"), newcomers) if newcomers.rows else []
    story.append(parts.Beside(_titled(tr("Classes"), classes), right))
    if found.years:
        plain = land.by_year(found.years, found.own_years)
        story += [
            parts.together(
                *parts.section(tr("Filing years"))[1:],
                Chart(bars.figure, plain, bars.height(plain, 6.85) * 72),
                parts.caption(tr("the last {n} years", n=land.YEARS)),
            )
        ]
    return story


def _titled(title: str, values: Bars) -> list[Flowable]:
    high = bars.height(values, HALF / 72) * 72
    return [
        parts.Words(title, size=10, bold=True, after=4),
        Chart(bars.figure, values, high, HALF),
    ]


def _record(detail: WatchDetail) -> list[Flowable]:
    story = parts.chapter(tr("What was searched"), "record")
    story.append(searches_table(searches(detail.runs)))
    columns = [
        Column(tr("Run on"), DATE, fixed=True),
        Column(tr("Database"), 70),
        Column(tr("By"), 60),
        Column(tr("Cut-off"), DATE, fixed=True),
        *(
            Column(head, 46, right=True)
            for head in (tr("Hits"), tr("Families"), tr("New"), tr("Changed"), tr("Gone"))
        ),
        Column(tr("Remark"), 90),
    ]
    story += parts.section(tr("Log of the runs"))
    story.append(Rows(columns, [_run(run) for run in detail.runs]))
    if detail.known_documents:
        known = ", ".join(detail.known_documents)
        story.append(
            parts.caption(tr("Documents that every run must find: {numbers}", numbers=known))
        )
    return story


def _run(run: RunRow) -> Row:
    remark: Cell | Text = run.note
    if run.failed:
        remark = Cell(str(run.reason or tr("failed")), Tone.OVERDUE)
    elif run.missing:
        missing = tr("not found: {numbers}", numbers=", ".join(run.missing))
        remark = Cell(missing, Tone.OVERDUE)
    elif not run.hits:
        remark = Cell(tr("no hits"), Tone.UNCHECKED)
    counts = (run.hits, run.families, run.new, run.changed, run.gone)
    return [
        day(run.ran_on), database_label(run.database) or "–", run.by or "–", day(run.cut_off),
        *(f"{n:,}" for n in counts), remark,
    ]  # fmt: skip
