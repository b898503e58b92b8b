"""Reading what was thought of families: charts, findings, answers, freedom-to-operate gates."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from ipdesk.base.i18n import say
from ipdesk.core.watch.gates import gate_state
from ipdesk.core.watch.rows import (
    AnswerRow,
    ChartRow,
    FeatureRow,
    GateFamilyRow,
    GateRow,
    SearchRecord,
)
from ipdesk.core.watch.screening import MarketState
from ipdesk.core.watch.words import AnswerState
from ipdesk.store.paging import chunks
from ipdesk.store.schema.watch import (
    chart_feature,
    claim_chart,
    fto_gate,
    gate_family,
    hit_family,
    territory_finding,
    watch,
    watch_answer,
)


def charts_of(connection: Connection, families: Sequence[int]) -> tuple[ChartRow, ...]:
    """The claim charts of some families, newest first."""
    c, x = claim_chart.c, chart_feature.c
    rows: list[ChartRow] = []
    for part in chunks(families):
        features: defaultdict[int, list[FeatureRow]] = defaultdict(list)
        joined = (
            select(x.chart_id, x.id, x.ordinal, x.text, x.finding, x.note)
            .join(claim_chart, c.id == x.chart_id)
            .where(c.family_id.in_(part))
            .order_by(x.chart_id, x.ordinal)
        )
        for chart_id, *feature in connection.execute(joined):
            features[chart_id].append(FeatureRow(*feature))
        columns = (
            c.id,
            c.family_id,
            c.product_id,
            c.product,
            c.member,
            c.claim,
            c.conclusion,
            c.by,
            c.on,
        )
        statement = select(*columns).where(c.family_id.in_(part)).order_by(c.id.desc())
        rows += [ChartRow(*r, tuple(features[r.id])) for r in connection.execute(statement)]
    return tuple(rows)


def findings_of(connection: Connection, family_id: int) -> dict[str, MarketState]:
    """What people found of a family in a market, by office; it stands above the rules."""
    t = territory_finding.c
    found = {}
    for r in connection.execute(select(territory_finding).where(t.family_id == family_id)):
        rules = [say("Found on {day}: {note}", day=r.on, note=r.note or "–")]
        if r.source:
            rules.append(say("Source: {source}", source=r.source))
        found[r.office] = MarketState(
            r.office, r.state, r.exempt, "", r.expiry, False, tuple(rules), r.by or "–"
        )
    return found


def answers_of(
    connection: Connection,
    *,
    family_id: int | None = None,
    watch_id: int | None = None,
    open_only: bool = False,
) -> tuple[AnswerRow, ...]:
    """Answers of a family, of a watch or of all, the next due first."""
    a, f = watch_answer.c, hit_family.c
    names = (
        "kind state owner due cost currency made_on closed_on result note linked_table linked_id"
    ).split()
    statement = (
        select(
            a.id,
            a.family_id,
            f.watch_id,
            watch.c.name.label("watch"),
            f.key.label("family"),
            f.title,
            f.title_en,
            f.title_zh,
            f.grade,
            *(a[n] for n in names),
        )
        .join(hit_family, f.id == a.family_id)
        .join(watch, watch.c.id == f.watch_id)
        .order_by(a.state != AnswerState.OPEN, a.due.asc().nulls_last(), a.id)
    )
    if family_id is not None:
        statement = statement.where(a.family_id == family_id)
    if watch_id is not None:
        statement = statement.where(f.watch_id == watch_id)
    if open_only:
        statement = statement.where(a.state == AnswerState.OPEN)
    return tuple(AnswerRow(**r._mapping) for r in connection.execute(statement))


def gate_rows(
    connection: Connection,
    today: date,
    *,
    product_id: int | None = None,
    latest: bool = False,
    ids: Sequence[int] | None = None,
) -> list[GateRow]:
    """Gates, newest first; *latest*: only the newest of each subject and stage."""
    g = fto_gate.c
    statement = select(fto_gate).order_by(g.id.desc())
    if product_id is not None:
        statement = statement.where(g.product_id == product_id)
    if ids is not None:
        statement = statement.where(g.id.in_(ids))
    stored = connection.execute(statement).all()
    families = _families(connection, [r.id for r in stored])
    rows: list[GateRow] = []
    seen: set[tuple[object, str]] = set()
    for r in stored:
        subject = (r.product_id or r.subject, r.stage)
        if latest and subject in seen:
            continue
        seen.add(subject)
        rows.append(
            GateRow(
                id=r.id,
                product_id=r.product_id,
                subject=r.subject,
                stage=r.stage,
                planned_on=r.planned_on,
                concluded_on=r.concluded_on,
                conclusion=r.conclusion,
                summary=r.summary,
                gaps=tuple(r.gaps),
                markets=tuple(r.markets),
                searches=tuple(_search(s) for s in r.runs),
                by=r.by,
                made_on=r.made_on,
                families=tuple(families[r.id]),
                state=gate_state(r.stage, r.conclusion, r.concluded_on, r.planned_on, today),
            )
        )
    return rows


def _search(stored: dict[str, str]) -> SearchRecord:
    cut_off = stored.get("cut_off")
    return SearchRecord(
        stored["watch"],
        stored["database"],
        stored["query"],
        date.fromisoformat(cut_off) if cut_off else None,
        date.fromisoformat(stored["ran_on"]),
    )


def _families(
    connection: Connection, gates: Sequence[int]
) -> defaultdict[int, list[GateFamilyRow]]:
    x, f = gate_family.c, hit_family.c
    found: defaultdict[int, list[GateFamilyRow]] = defaultdict(list)
    for part in chunks(gates):
        statement = (
            select(
                x.gate_id,
                f.id,
                f.key,
                f.title,
                f.title_en,
                f.title_zh,
                watch.c.name,
                f.verdict,
                f.grade,
                x.conclusion,
                x.note,
            )
            .join(hit_family, f.id == x.family_id)
            .join(watch, watch.c.id == f.watch_id)
            .where(x.gate_id.in_(part))
            .order_by(x.gate_id, x.id)
        )
        for gate_id, *row in connection.execute(statement):
            found[gate_id].append(GateFamilyRow(*row))
    return found
