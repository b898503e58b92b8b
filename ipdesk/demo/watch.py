"""The demonstration's early warning: five watches, a year of runs, verdicts, answers, gates."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import say
from ipdesk.core.watch.edits import add_watch
from ipdesk.core.watch.edits_gates import add_gate
from ipdesk.core.watch.edits_runs import record_run
from ipdesk.core.watch.edits_triage import (
    add_answer,
    assess,
    assign,
    close_answer,
    decide,
    save_chart,
)
from ipdesk.core.watch.model import (
    AnswerFields,
    FeatureFields,
    GateFields,
    HitDraft,
    RunFacts,
)
from ipdesk.core.watch.queries_hits import find_family
from ipdesk.demo import watch_words as words
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import product


def fill_watches(database: Database, today: date) -> None:
    """Watches on the portfolio that stands; every edit is the one that users make."""
    inks = add_watch(database, words.INKS, add_months(today, -11)).id
    _year(database, inks, today)
    _verdicts(database, inks, today)
    rival = add_watch(database, words.RIVAL, add_months(today, -5)).id
    seen = [h for h in _hits(words.FAMILIES, today) if words.RIVALS[0][1] in h.applicants]
    record_run(database, rival, seen, _facts("cnipa", today, 47), today - timedelta(days=47))
    patch = add_watch(database, words.PATCH, add_months(today, -8)).id
    found = _hits(words.PATCH_FAMILIES, today)
    record_run(database, patch, found, _facts("espacenet", today, 20), today - timedelta(days=20))
    _gates(database, patch, today)
    pads = add_watch(database, words.PADS, add_months(today, -4)).id
    few = _hits(words.FAMILIES[:2], today)
    record_run(database, pads, few, _facts("lens", today, 100), today - timedelta(days=100))
    broken = say("There is no file {file}.", file="lens-8.csv")
    failed = replace(_facts("lens", today, 8), failed=broken)
    record_run(database, pads, [], failed, today - timedelta(days=8))
    add_watch(database, words.MARKS, today - timedelta(days=3))


def _hits(families: Sequence[words.Family], today: date) -> list[HitDraft]:
    """The publications of invented families; no office ever gave such numbers."""
    hits = []
    for family in families:
        filed = add_months(today, -family.months)
        for number, status in family.members:
            office, serial, kind = _parted(number)
            name = words.RIVALS[family.rival][0 if office != "CN" else 1]
            hits.append(
                HitDraft(
                    number=number,
                    key=f"{office}.P.{serial}",
                    kind_code=kind,
                    office=office,
                    right="invention",
                    family_key=family.members[0][0],
                    title=family.title if office != "CN" else family.title_zh,
                    title_en=family.title,
                    title_zh=family.title_zh,
                    abstract=family.abstract,
                    applicants=(name,),
                    classes=(family.code,),
                    filing_date=filed,
                    priority_date=filed,
                    publication_date=filed + timedelta(days=547),
                    status=status,
                    claims=family.claims,
                )
            )
    return hits


def _parted(number: str) -> tuple[str, str, str]:
    """``US99010001B2``: the office, the serial and the kind of publication."""
    body = number.rstrip("0123456789") if number[-1].isdigit() else number
    kind = number[len(body) - 1 :]
    return number[:2], number[2 : len(body) - 1], kind


def _facts(source: str, today: date, days: int) -> RunFacts:
    """The list of a run so many days ago; the database had been filled up to a week before."""
    return RunFacts(source, today - timedelta(days=days + 7), f"{source}-{days}.csv", "0" * 64)


def _year(database: Database, watch_id: int, today: date) -> None:
    """Four quarters: the list grows, and before the last one a rival's patent was granted."""
    for quarter, count in enumerate((14, 17, 19, len(words.FAMILIES))):
        hits = _hits(words.FAMILIES[:count], today)
        if quarter < 3:
            hits = [_before_grant(h) for h in hits if h.number != f"{words.GRANTED}B"]
        days = 300 - 93 * quarter
        record_run(
            database, watch_id, hits, _facts("lens", today, days), today - timedelta(days=days)
        )
        if quarter == 2:
            _clear(database, watch_id, today - timedelta(days=days - 6))


def _before_grant(hit: HitDraft) -> HitDraft:
    return replace(hit, status="published") if hit.number == f"{words.GRANTED}A" else hit


def _clear(database: Database, watch_id: int, day: date) -> None:
    for number, verdict, reason in words.CLEARED:
        decide(database, [_family(database, watch_id, number)], verdict, reason, day)


def _family(database: Database, watch_id: int, number: str) -> int:
    with database.read() as connection:
        return find_family(connection, watch_id, number)


def _verdicts(database: Database, watch_id: int, today: date) -> None:
    """Two threats with grade, chart and answers; the rest of the last run waits."""
    first, second = (_family(database, watch_id, number) for number in words.THREATS)
    day = today - timedelta(days=12)
    decide(database, [first], "threat", words.WHY[0], day)
    assess(database, first, "high", "high", words.WHY[1], day)
    features = [FeatureFields(*f) for f in words.FEATURES]
    save_chart(
        database, first, features, day, product="InkFlow conductive inks", member=words.THREATS[0]
    )
    fields = AnswerFields("design_around", "高文静", today + timedelta(days=40), "80000", "CNY")
    add_answer(database, first, fields, day)
    add_answer(database, first, AnswerFields("oppose", "王敏", today - timedelta(days=2)), day)
    decide(database, [second], "threat", words.WHY[2], day)
    assess(database, second, "medium", "medium", words.WHY[3], day)
    made = add_answer(database, second, AnswerFields("legal_opinion", "王敏", day), day)
    close_answer(database, made.id, words.WHY[4], today - timedelta(days=5))
    waiting = [_family(database, watch_id, number) for number in words.ASSIGNED]
    assign(database, waiting, "罗天翼", today + timedelta(days=9))


def _gates(database: Database, watch_id: int, today: date) -> None:
    """A lapsed concept gate, a design freeze that holds, a launch that is near and open."""
    with database.read() as connection:
        found = connection.execute(select(product.c.name, product.c.id))
        products = {name: i for name, i in found}
    families = tuple(_family(database, watch_id, f.members[0][0]) for f in words.PATCH_FAMILIES)
    patch = products.get("SkinCircuit patch")
    concept = GateFields(
        "SkinCircuit patch",
        "concept",
        patch,
        concluded_on=add_months(today, -8),
        conclusion="clear",
        summary=words.SUMMARIES[0],
        markets=("CN", "US"),
        families=families[:1],
    )
    freeze = replace(
        concept,
        stage="design_freeze",
        concluded_on=today - timedelta(days=18),
        conclusion="conditions",
        summary=words.SUMMARIES[1],
        gaps=("JP",),
        families=families,
    )
    add_gate(database, concept, add_months(today, -8))
    add_gate(database, freeze, today - timedelta(days=18))
    launch = GateFields(
        "CoolBridge thermal pads",
        "launch",
        products.get("CoolBridge thermal pads"),
        planned_on=today + timedelta(days=60),
        markets=("CN", "US", "DE"),
    )
    add_gate(database, launch, today - timedelta(days=30))
