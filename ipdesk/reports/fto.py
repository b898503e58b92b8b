"""The freedom-to-operate record of a product: gate, families considered, claim charts, gaps."""

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable
from sqlalchemy import Connection

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.watch.gaps import gaps_of
from ipdesk.core.watch.queries_gates import gate_rows
from ipdesk.core.watch.queries_hits import hit_detail
from ipdesk.core.watch.rows import ChartRow, GateRow, HitDetail
from ipdesk.core.watch.words import (
    CONCLUSION_LABELS,
    DISCLAIMER,
    FEATURE_LABELS,
    STAGE_LABELS,
    VERDICT_LABELS,
    Feature,
    label,
)
from ipdesk.reports import parts, selection
from ipdesk.reports.hits import (
    answers_table,
    family_cell,
    grade_cell,
    market_words,
    searches_table,
    source_line,
)
from ipdesk.reports.lines import DATE, day, office_label
from ipdesk.reports.paper import Heading, render
from ipdesk.reports.parts import KeyFigure, KeyFigures, Note, Text
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Cell, Column, Row, Rows

LIGHT_TONES = {
    "green": Tone.DONE,
    "amber": Tone.SOON,
    "red": Tone.OVERDUE,
    "open": Tone.UNCHECKED,
}
_FINDING_TONES = {
    Feature.SAME: Tone.OVERDUE,
    Feature.EQUIVALENT: Tone.SOON,
    Feature.ABSENT: Tone.DONE,
    Feature.UNKNOWN: Tone.UNCHECKED,
}


@dataclass(frozen=True, slots=True)
class FtoValues:
    """The gates of a subject, the newest first, and the families of the newest one whole."""

    heading: Heading
    today: date
    gates: tuple[GateRow, ...] = ()
    families: tuple[HitDetail, ...] = ()


def gather(connection: Connection, docket: Docket, options: Options) -> FtoValues:
    """The gates of the product named, else of the one that was judged last."""
    today, wanted = docket.today, options.get("product", "").strip()
    gates = gate_rows(connection, today)
    if wanted:
        known = [g for g in gates if g.subject.casefold() == wanted.casefold()]
        if not known:
            names = ", ".join(dict.fromkeys(g.subject for g in gates)) or "–"
            raise IpdeskError(
                say("No gate is recorded for {name}. There are: {names}.", name=wanted, names=names)
            )
        gates = known
    elif gates:
        gates = [g for g in gates if g.subject == gates[0].subject]
    company, sample = selection.about(connection, options)
    newest = gates[0] if gates else None
    found = [hit_detail(connection, f.family_id, today) for f in newest.families] if newest else []
    return FtoValues(
        Heading(
            company,
            say("Freedom-to-operate record"),
            today,
            subtitle=newest.subject if newest else "",
            word=DISCLAIMER,
            source=source_line(newest.searches) if newest else "",
            sample=sample,
        ),
        today,
        tuple(gates),
        tuple(detail for detail in found if detail is not None),
    )


def build(values: FtoValues) -> bytes:
    """The pages, in the language of the moment."""
    heading = values.heading
    if not values.gates:
        nothing = parts.body(tr("No gate is recorded yet."))
        return render(heading, [*parts.cover(heading), nothing])
    gate = values.gates[0]
    story = [*parts.cover(heading, _facts(gate)), _light(gate), _key_figures(values, gate)]
    if gate.gaps:
        story += parts.section(tr("Gaps"))
        story.append(Note(gate.gaps, Tone.UNCHECKED))
    found = gaps_of(gate, values.families)
    if found:
        story += parts.section(tr("Gaps found by rules"))
        story.append(Note(found, Tone.UNCHECKED))
    story += parts.chapter(tr("Families considered"), "families")
    if gate.families:
        story.append(_families(values, gate))
    else:
        story.append(parts.body(tr("None: nothing was considered yet.")))
    story += _charts(values)
    answers = [a for detail in values.families for a in detail.answers]
    if answers:
        story += parts.chapter(tr("Answers"), "answers")
        story.append(answers_table(answers, values.today))
    story += parts.chapter(tr("What was searched"), "record")
    if gate.searches:
        story.append(searches_table(gate.searches))
    else:
        story.append(parts.body(tr("No run of a watch stands behind this gate.")))
    story += _gates(values)
    story += parts.lost_characters(story)
    return render(heading, story)


def _facts(gate: GateRow) -> list[tuple[Text, Text]]:
    return [
        (tr("Stage"), label(STAGE_LABELS, gate.stage)),
        (tr("Planned for"), day(gate.planned_on)),
        (tr("Concluded on"), day(gate.concluded_on)),
        (tr("Conclusion"), label(CONCLUSION_LABELS, gate.conclusion)),
        (tr("Markets"), parts.listed(map(office_label, gate.markets), "、")),
        (tr("Recorded by"), gate.by),
        (tr("Summary"), gate.summary),
    ]


def _light(gate: GateRow) -> Note:
    return Note([gate.state.why], LIGHT_TONES.get(gate.state.light, Tone.PLAIN))


def _key_figures(values: FtoValues, gate: GateRow) -> Flowable:
    graded = bool(gate.families) and all(f.grade for f in gate.families)
    grave = sum(f.grade in ("high", "critical") for f in gate.families)
    charted = sum(bool(detail.charts) for detail in values.families)
    unknown = sum(
        feature.finding == Feature.UNKNOWN
        for detail in values.families
        for chart in detail.charts
        for feature in chart.features
    )
    return KeyFigures(
        [
            KeyFigure(str(len(gate.families)), tr("families considered")),
            parts.fault(grave, tr("high or critical"), Tone.OVERDUE, known=graded),
            KeyFigure(str(charted), tr("with a claim chart")),
            parts.fault(unknown, tr("features not known"), Tone.UNCHECKED, known=charted > 0),
            parts.fault(
                len(gate.gaps) + len(gaps_of(gate, values.families)),
                tr("gaps named or found"),
                Tone.UNCHECKED,
                known=bool(gate.conclusion),
            ),
        ]
    )


def _families(values: FtoValues, gate: GateRow) -> Rows:
    columns = [
        Column(tr("Patent family"), 160),
        Column(tr("Verdict"), 60),
        Column(tr("Grade"), 56),
        Column(tr("Markets"), 130),
        Column(tr("Conclusion"), 90),
    ]
    whole = {detail.row.id: detail for detail in values.families}
    rows: list[Row] = []
    for family in gate.families:
        detail = whole.get(family.family_id)
        markets = [market_words(m, values.today) for m in detail.markets] if detail else []
        words = family_cell(detail.row) if detail else Cell(family.shown_title, below=family.key)
        ends = label(CONCLUSION_LABELS, family.conclusion) if family.conclusion else "–"
        said = Cell(ends, below=family.note)
        rows.append(
            [
                words, label(VERDICT_LABELS, family.verdict), grade_cell(family.grade),
                "\n".join(markets) or "–", said,
            ]
        )  # fmt: skip
    return Rows(columns, rows)


def _charts(values: FtoValues) -> list[Flowable]:
    pairs = [(detail, chart) for detail in values.families for chart in detail.charts]
    if not pairs:
        return []
    story = parts.chapter(tr("Claim charts"), "charts")
    for detail, chart in pairs:
        claim = chart.claim or tr("claim not named")
        story += parts.section(f"{chart.member or detail.row.key} · {claim}", room=120)
        story.append(_chart(chart))
        words = [detail.row.shown_title, tr("against {product}", product=chart.product)]
        words.append(f"{chart.by or '–'}, {day(chart.on)}")
        if chart.conclusion:
            words.append(chart.conclusion)
        story.append(parts.caption(" · ".join(words)))
    return story


def _chart(chart: ChartRow) -> Rows:
    columns = [
        Column(tr("No."), 30, fixed=True),
        Column(tr("Feature of the claim"), 230),
        Column(tr("Product"), 80),
        Column(tr("Note"), 150),
    ]
    rows: list[Row] = [
        [
            f"F{feature.ordinal}",
            feature.text,
            Cell(
                label(FEATURE_LABELS, feature.finding),
                _FINDING_TONES.get(Feature(feature.finding), Tone.PLAIN),
            ),
            feature.note or "–",
        ]
        for feature in chart.features
    ]
    return Rows(columns, rows)


def _gates(values: FtoValues) -> list[Flowable]:
    columns = [
        Column(tr("Recorded"), DATE, fixed=True),
        Column(tr("Stage"), 80),
        Column(tr("Planned for"), DATE + 10, fixed=True),
        Column(tr("Concluded on"), DATE + 14, fixed=True),
        Column(tr("Conclusion"), 110),
        Column(tr("State"), 150),
    ]
    rows: list[Row] = [
        [
            day(gate.made_on), label(STAGE_LABELS, gate.stage), day(gate.planned_on),
            day(gate.concluded_on), label(CONCLUSION_LABELS, gate.conclusion),
            Cell(str(gate.state.why), LIGHT_TONES.get(gate.state.light, Tone.PLAIN)),
        ]
        for gate in values.gates
    ]  # fmt: skip
    return [*parts.chapter(tr("All gates of this subject"), "gates"), Rows(columns, rows)]
