"""Writing runs: what a list of hits does to the memory of a watch, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy import delete as sql_delete

from ipdesk.base.change import Change
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.portfolio.numbers import Sort, read_number
from ipdesk.core.watch.cadence import read_every
from ipdesk.core.watch.corpus import own_things, question_of
from ipdesk.core.watch.edits import changed
from ipdesk.core.watch.evidence import Subject
from ipdesk.core.watch.memory import absorb, known_families, write_families
from ipdesk.core.watch.model import HitDraft, RunDone, RunFacts, Scored
from ipdesk.core.watch.plan import RunPlan, plan_run
from ipdesk.core.watch.relevance import SCORER, Told, score
from ipdesk.store.database import Database
from ipdesk.store.paging import chunks
from ipdesk.store.schema.watch import (
    hit_family,
    hit_score,
    watch,
    watch_query,
    watch_run,
    watch_sighting,
)
from ipdesk.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Ran:
    """A recorded run and the change that it was."""

    change: Change
    done: RunDone


def record_run(
    database: Database,
    watch_id: int,
    drafts: Sequence[HitDraft],
    facts: RunFacts,
    today: date,
    told: Told | None = None,
) -> Ran:
    """Record a run with its hits; no hits and a failure are recorded too.

    A known family keeps its verdict silently unless something changed; then it is open again. A
    failed run moves no due date. *told* hears the progress and may raise Cancelled; then nothing
    was written.
    """
    with database.write(say("Ran a watch")) as writer:
        row = writer.connection.execute(select(watch).where(watch.c.id == watch_id)).first()
        if row is None:
            raise IpdeskError(say("This watch is no longer there."))
        writer.tell(say("Ran the watch {name}", name=row.name))
        if facts.failed is not None:
            run_id = writer.insert(watch_run, _failed_row(writer, watch_id, facts, today))
            return Ran(changed(writer), RunDone(run_id, 0, 0, 0, 0, 0, 0, True))
        return _record(writer, row, drafts, facts, today, told)


def _record(
    writer: Writer,
    row: Any,
    drafts: Sequence[HitDraft],
    facts: RunFacts,
    today: date,
    told: Told | None,
) -> Ran:
    connection = writer.connection
    before = _families_of_last_run(connection, row.id)
    stored = known_families(connection, row.id)
    plan = plan_run(drafts, stored, _last_seen(connection, row.id), _wanted(row.known_documents))
    met = {f.id for f in plan.families} | {i for f in plan.families for i in f.absorbs}
    gone = len(before - met)
    run_id = writer.insert(watch_run, _run_row(writer, row.id, facts, today, plan, gone))
    for family in plan.families:
        if family.id is not None and family.absorbs:
            absorb(writer, family.id, family.absorbs)
    written = write_families(writer, row.id, run_id, today, plan.families)
    writer.insert_many(
        watch_sighting,
        [
            {
                "run_id": run_id,
                "family_id": family_id,
                "state": family.state,
                "changes": [m.to_json() for m in family.changes],
            }
            for family_id, family in zip(written.ids, plan.families, strict=True)
        ],
    )
    fresh = [
        family_id
        for family_id, family in zip(written.ids, plan.families, strict=True)
        if family.state != "known"
    ]
    _score(writer, row.id, fresh, today, told)
    writer.update(watch, row.id, {"next_due": read_every(row.every).after(today)})
    done = RunDone(
        run=run_id,
        hits=_hits(facts, plan),
        families=len(plan.families),
        new=plan.count("new"),
        changed=plan.count("changed"),
        known=plan.count("known"),
        gone=gone,
        failed=False,
        missing=plan.missing,
        reopened=written.reopened,
    )
    return Ran(changed(writer), done)


def _run_row(
    writer: Writer, watch_id: int, facts: RunFacts, today: date, plan: RunPlan, gone: int
) -> dict[str, Any]:
    return {
        **_facts(writer, watch_id, facts, today),
        "hits": _hits(facts, plan),
        "families": len(plan.families),
        "new": plan.count("new"),
        "changed": plan.count("changed"),
        "known": plan.count("known"),
        "gone": gone,
        "failed": False,
        "reason": None,
        "missing": list(plan.missing),
    }


def _hits(facts: RunFacts, plan: RunPlan) -> int:
    return plan.hits if facts.records is None else facts.records


def _failed_row(writer: Writer, watch_id: int, facts: RunFacts, today: date) -> dict[str, Any]:
    counts = dict.fromkeys(("hits", "families", "new", "changed", "known", "gone"), 0)
    reason = facts.failed.to_json() if facts.failed else None
    rest: dict[str, Any] = {"failed": True, "reason": reason, "missing": []}
    return {**_facts(writer, watch_id, facts, today), **counts, **rest}


def _facts(writer: Writer, watch_id: int, facts: RunFacts, today: date) -> dict[str, Any]:
    """Who, when, where; the query is the one that is kept for that database on this day."""
    q = watch_query.c
    current = writer.connection.execute(
        select(q.id, q.text).where(
            q.watch_id == watch_id, q.database == facts.database, q.retired_on.is_(None)
        )
    ).first()
    return {
        "watch_id": watch_id,
        "at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        "ran_on": today,
        "by": writer.by,
        "database": facts.database,
        "query_id": current.id if current else None,
        "query_text": current.text if current else "",
        "cut_off": facts.cut_off,
        "file": facts.file,
        "sha256": facts.sha256,
        "format": facts.format,
        "refused": facts.refused,
        "note": facts.note,
    }


def _families_of_last_run(connection: Connection, watch_id: int) -> set[int]:
    r, s = watch_run.c, watch_sighting.c
    last = select(func.max(r.id)).where(r.watch_id == watch_id, r.failed.is_(False))
    return set(
        connection.execute(select(s.family_id).where(s.run_id == last.scalar_subquery())).scalars()
    )


def _last_seen(connection: Connection, watch_id: int) -> dict[int, date]:
    r, s = watch_run.c, watch_sighting.c
    statement = (
        select(s.family_id, func.max(r.ran_on).label("day"))
        .join(watch_run, r.id == s.run_id)
        .where(r.watch_id == watch_id)
        .group_by(s.family_id)
    )
    return {r.family_id: r.day for r in connection.execute(statement)}


def _wanted(numbers: Iterable[str]) -> list[tuple[str, ...]]:
    """Known documents with the keys that they may be compared by."""
    wanted = []
    for number in numbers:
        read = (read_number(number, sort) for sort in (Sort.PUBLICATION, Sort.APPLICATION))
        wanted.append((number, *(r.key for r in read if r is not None and r.usable)))
    return wanted


def rescore(database: Database, watch_id: int, today: date, told: Told | None = None) -> Change:
    """Work out all scores of a watch again, when our matters or its words have changed."""
    with database.write(say("Scored the hits of a watch again")) as writer:
        f = hit_family.c
        ids = list(writer.connection.execute(select(f.id).where(f.watch_id == watch_id)).scalars())
        _score(writer, watch_id, ids, today, told)
        return changed(writer)


def _score(
    writer: Writer, watch_id: int, ids: Sequence[int], today: date, told: Told | None
) -> None:
    """Score these families; scores can be worked out again and have no history."""
    if not ids:
        return
    connection = writer.connection
    subjects = _subjects(connection, ids)
    scores = score(subjects, own_things(connection), question_of(connection, watch_id), told)
    for part in chunks(ids):
        connection.execute(sql_delete(hit_score).where(hit_score.c.family_id.in_(part)))
    connection.execute(
        insert(hit_score), [_score_row(i, s, today) for i, s in zip(ids, scores, strict=True)]
    )


def _subjects(connection: Connection, ids: Sequence[int]) -> list[Subject]:
    f = hit_family.c
    found: dict[int, Subject] = {}
    for part in chunks(ids):
        for r in connection.execute(select(hit_family).where(f.id.in_(part))):
            titles = dict.fromkeys(t for t in (r.title, r.title_en, r.title_zh) if t)
            found[r.id] = Subject(
                " ; ".join(titles),
                r.abstract,
                tuple(r.classes),
                tuple(r.citations),
                tuple(r.applicants),
                tuple(r.inventors),
            )
    return [found[i] for i in ids]


def _score_row(family_id: int, scored: Scored, today: date) -> dict[str, Any]:
    return {
        "family_id": family_id,
        "score": scored.score,
        "reasons": [
            {"kind": r.kind, "weight": r.weight, "message": r.message.to_json()}
            for r in scored.reasons
        ],
        "nearest": [asdict(n) for n in scored.nearest],
        "scorer": SCORER,
        "scored_on": today,
    }
