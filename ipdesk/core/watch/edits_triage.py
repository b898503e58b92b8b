"""Writing what people think of families: verdicts, grades, reviewers, charts, answers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from ipdesk.base.change import Change
from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import say
from ipdesk.base.text import clean
from ipdesk.core.watch.edits import Made, changed
from ipdesk.core.watch.grades import grade as graded
from ipdesk.core.watch.model import AnswerFields, FeatureFields
from ipdesk.core.watch.words import (
    DISMISSED,
    LEVEL_LABELS,
    VERDICT_LABELS,
    AnswerKind,
    AnswerState,
    Feature,
    Level,
    Territory,
    Verdict,
)
from ipdesk.store.database import Database
from ipdesk.store.paging import chunks
from ipdesk.store.schema.watch import (
    chart_feature,
    claim_chart,
    hit_cell,
    hit_decision,
    hit_family,
    territory_finding,
    watch_answer,
)
from ipdesk.store.writer import Writer


def decide(
    database: Database,
    families: Sequence[int],
    verdict: str,
    reason: str,
    today: date,
    grade: str = "",
) -> Change:
    """Give one verdict to some families and remember it with what was on the table.

    Raises IpdeskError when a dismissal (irrelevant, background) has no reason.
    """
    given, why = Verdict(verdict), clean(reason)
    if given in DISMISSED and not why:
        raise Refused(say("Say in one line why this can be put away."))
    level = Level(grade).value if grade else ""
    label = VERDICT_LABELS[given]
    said = say("Decided on {n} families: {verdict}", n=len(families), verdict=label)
    with database.write(said) as writer:
        values: dict[str, Any] = {
            "verdict": given.value,
            "reason": why,
            "decided_by": writer.by,
            "decided_on": today,
            "reopened": False,
            "changed": [],
            "review_due": None,
        }
        if level:
            values |= _grade_values(writer, level, why, today)
        rows = _decisions(writer, families, given.value, why, level, today)
        writer.update_many(hit_family, [(i, values) for i in families])
        writer.insert_many(hit_decision, rows)
        return changed(writer)


def _decisions(
    writer: Writer, families: Sequence[int], verdict: str, why: str, level: str, today: date
) -> list[dict[str, Any]]:
    f = hit_family.c
    found: dict[int, Any] = {}
    for part in chunks(families):
        statement = select(f.id, f.changed, f.grade).where(f.id.in_(part))
        found.update((r.id, r) for r in writer.connection.execute(statement))
    if len(found) != len(set(families)):
        raise IpdeskError(say("Some of these families are no longer there. Read the list again."))
    return [
        {
            "family_id": i,
            "on": today,
            "by": writer.by,
            "verdict": verdict,
            "reason": why,
            "grade": level or found[i].grade,
            "facts": found[i].changed,
        }
        for i in families
    ]


def _grade_values(writer: Writer, level: str, why: str, today: date) -> dict[str, Any]:
    return {"grade": level, "grade_reason": why, "graded_by": writer.by, "graded_on": today}


def take_verdict_back(database: Database, families: Sequence[int]) -> Change:
    """Leave families unreviewed again; the earlier decisions stay in their memory."""
    with database.write(say("Took back a verdict")) as writer:
        values = {"verdict": "", "reason": "", "decided_by": "", "decided_on": None}
        writer.update_many(hit_family, [(i, values) for i in families])
        return changed(writer)


def assign(database: Database, families: Sequence[int], reviewer: str, due: date | None) -> Change:
    """Who reads these families until when."""
    with database.write(
        say("Assigned {n} families to {name}", n=len(families), name=reviewer)
    ) as w:
        values = {"reviewer": clean(reviewer), "review_due": due}
        w.update_many(hit_family, [(i, values) for i in families])
        return changed(w)


def assess(
    database: Database, family: int, likelihood: str, impact: str, reason: str, today: date
) -> Change:
    """Grade a family by likelihood × impact. Raises IpdeskError without a written reason."""
    why = reason.strip()
    if not why:
        raise IpdeskError(say("A grade needs a written reason."))
    level = graded(Level(likelihood), Level(impact))
    with database.write(say("Graded a family: {grade}", grade=LEVEL_LABELS[level])) as writer:
        values = _grade_values(writer, level, why, today)
        values |= {"likelihood": Level(likelihood).value, "impact": Level(impact).value}
        writer.update(hit_family, family, values)
        return changed(writer)


def place(database: Database, families: Sequence[int], cells: Sequence[tuple[int, str]]) -> Change:
    """Put families into exactly these cells of technology (its id) × effect."""
    with database.write(say("Placed {n} families", n=len(families))) as writer:
        c = hit_cell.c
        for part in chunks(families):
            old = writer.connection.execute(select(c.id).where(c.family_id.in_(part))).scalars()
            writer.delete(hit_cell, list(old))
        rows = [
            {"family_id": i, "technology_id": technology, "effect": clean(effect)}
            for i in families
            for technology, effect in dict.fromkeys(cells)
        ]
        writer.insert_many(hit_cell, rows)
        return changed(writer)


def save_chart(
    database: Database,
    family: int,
    features: Sequence[FeatureFields],
    today: date,
    *,
    chart: int | None = None,
    product_id: int | None = None,
    product: str = "",
    member: str = "",
    claim: str = "",
    conclusion: str = "",
) -> Made:
    """Write a claim chart, new or in the place of one; features are F1…Fn in their order."""
    with database.write(say("Charted a claim")) as writer:
        values = {
            "family_id": family,
            "product_id": product_id,
            "product": clean(product),
            "member": clean(member),
            "claim": clean(claim),
            "conclusion": conclusion.strip(),
            "by": writer.by,
            "on": today,
        }
        if chart is None:
            chart = writer.insert(claim_chart, values)
        else:
            writer.update(claim_chart, chart, values)
        _write_features(writer, chart, features)
        return Made(changed(writer), chart)


def _write_features(writer: Writer, chart: int, features: Sequence[FeatureFields]) -> None:
    """Rows that stay keep their place; only what differs is written."""
    x = chart_feature.c
    old = writer.connection.execute(
        select(x.id, x.ordinal).where(x.chart_id == chart).order_by(x.ordinal)
    ).all()
    rows = [
        {
            "ordinal": n,
            "text": f.text.strip(),
            "finding": Feature(f.finding).value,
            "note": f.note.strip(),
        }
        for n, f in enumerate(features, 1)
    ]
    writer.update_many(chart_feature, [(o.id, r) for o, r in zip(old, rows, strict=False)])
    writer.insert_many(chart_feature, [{**r, "chart_id": chart} for r in rows[len(old) :]])
    writer.delete(chart_feature, [o.id for o in old[len(rows) :]])


def set_finding(
    database: Database,
    family: int,
    office: str,
    state: str,
    today: date,
    *,
    exempt: bool = False,
    expiry: date | None = None,
    source: str = "",
    note: str = "",
) -> Change:
    """A person's word on a family in one market; it stands above the rules."""
    with database.write(say("Noted how a family stands in {office}", office=office)) as writer:
        values = {
            "family_id": family,
            "office": office,
            "state": Territory(state).value,
            "exempt": exempt,
            "expiry": expiry,
            "source": clean(source),
            "by": writer.by,
            "on": today,
            "note": note.strip(),
        }
        known = _finding(writer, family, office)
        if known is None:
            writer.insert(territory_finding, values)
        else:
            writer.update(territory_finding, known, values)
        return changed(writer)


def _finding(writer: Writer, family: int, office: str) -> int | None:
    t = territory_finding.c
    statement = select(t.id).where(t.family_id == family, t.office == office)
    return writer.connection.execute(statement).scalar()


def add_answer(database: Database, family: int, fields: AnswerFields, today: date) -> Made:
    """Answer a family: what is done, by whom, until when."""
    with database.write(say("Answered a family")) as writer:
        return insert_answer(writer, family, fields, today)


def insert_answer(writer: Writer, family: int, fields: AnswerFields, today: date) -> Made:
    """The answer itself, within another edit."""
    rest = {"state": AnswerState.OPEN.value, "made_on": today, "closed_on": None, "result": ""}
    row = {"family_id": family, **_answer_values(fields), **rest}
    return Made(changed(writer), writer.insert(watch_answer, row))


def change_answer(database: Database, answer: int, fields: AnswerFields) -> Change:
    """Change an answer that is under way."""
    with database.write(say("Changed an answer")) as writer:
        writer.update(watch_answer, answer, _answer_values(fields))
        return changed(writer)


def close_answer(
    database: Database, answer: int, result: str, today: date, *, dropped: bool = False
) -> Change:
    """Record what came of an answer. Raises IpdeskError without a result."""
    if not result.strip():
        raise IpdeskError(say("Write what came of it."))
    state = AnswerState.DROPPED if dropped else AnswerState.DONE
    with database.write(say("Closed an answer")) as writer:
        values = {"state": state.value, "result": result.strip(), "closed_on": today}
        writer.update(watch_answer, answer, values)
        return changed(writer)


def reopen_answer(database: Database, answer: int) -> Change:
    """Take an answer up again."""
    with database.write(say("Reopened an answer")) as writer:
        values = {"state": AnswerState.OPEN.value, "closed_on": None}
        writer.update(watch_answer, answer, values)
        return changed(writer)


def delete_answer(database: Database, answer: int) -> Change:
    """Remove an answer that was a mistake."""
    with database.write(say("Deleted an answer")) as writer:
        writer.delete(watch_answer, [answer])
        return changed(writer)


def _answer_values(fields: AnswerFields) -> dict[str, Any]:
    return {
        "kind": AnswerKind(fields.kind).value,
        "owner": clean(fields.owner),
        "due": fields.due,
        "cost": _amount(fields.cost),
        "currency": fields.currency.strip().upper(),
        "note": fields.note.strip(),
        "linked_table": fields.linked_table,
        "linked_id": fields.linked_id,
    }


def _amount(text: str) -> str:
    """A cost as a plain decimal. Raises IpdeskError for what is no amount."""
    plain = text.replace(",", "").replace("，", "").strip()
    try:
        return str(Decimal(plain)) if plain else ""
    except InvalidOperation:
        raise IpdeskError(say("“{text}” is no amount of money.", text=text)) from None
