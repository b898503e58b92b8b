"""Reading watches: their runs, queries and health."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, case, func, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.core.watch.cadence import RunSign, health
from ipdesk.core.watch.rows import QueryRow, RunRow, WatchDetail, WatchRow
from ipdesk.core.watch.words import Verdict
from ipdesk.store.schema.portfolio import product, technology
from ipdesk.store.schema.watch import (
    hit_family,
    watch,
    watch_product,
    watch_query,
    watch_run,
    watch_technology,
)

WAITING = (hit_family.c.verdict == "") | hit_family.c.reopened
"""Families that somebody still has to look at."""


def watch_rows(
    connection: Connection, today: date, ids: Iterable[int] | None = None
) -> list[WatchRow]:
    """All watches (or some), the most urgent first."""
    w = watch.c
    statement = select(watch).order_by(w.next_due, w.name)
    if ids is not None:
        statement = statement.where(w.id.in_(list(ids)))
    runs = _signs(connection)
    counts = _counts(connection)
    queries = _query_counts(connection)
    rows = []
    for r in connection.execute(statement):
        signs = runs[r.id]
        good = [s for s in signs if not s.failed]
        families, waiting, threats = counts.get(r.id, (0, 0, 0))
        state = health(
            signs,
            r.next_due,
            today,
            unreviewed=waiting,
            paused_on=r.paused_on,
            paused_reason=r.paused_reason,
            queries=queries.get(r.id, 0),
        )
        rows.append(
            WatchRow(
                id=r.id,
                name=r.name,
                kind=r.kind,
                question=r.question,
                owner=r.owner,
                every=r.every,
                next_due=r.next_due,
                overdue=state.overdue,
                last_run=good[-1].ran_on if good else None,
                last_attempt=signs[-1].ran_on if signs else None,
                failed=bool(signs) and signs[-1].failed,
                families=families,
                unreviewed=waiting,
                threats=threats,
                paused_on=r.paused_on,
                health=state,
            )
        )
    return rows


def _signs(connection: Connection) -> defaultdict[int, list[RunSign]]:
    """The runs of every watch, oldest first."""
    r = watch_run.c
    columns = (r.watch_id, r.ran_on, r.failed, r.hits, r.new, r.changed, r.gone, r.missing)
    found: defaultdict[int, list[RunSign]] = defaultdict(list)
    for x in connection.execute(select(*columns).order_by(r.id)):
        sign = RunSign(x.ran_on, x.failed, x.hits, x.new, x.changed, x.gone, tuple(x.missing))
        found[x.watch_id].append(sign)
    return found


def _counts(connection: Connection) -> dict[int, tuple[int, int, int]]:
    f = hit_family.c
    statement = select(
        f.watch_id,
        func.count(),
        func.sum(case((WAITING, 1), else_=0)),
        func.sum(case((f.verdict == Verdict.THREAT, 1), else_=0)),
    ).group_by(f.watch_id)
    return {i: (int(n), int(w), int(t)) for i, n, w, t in connection.execute(statement)}


def _query_counts(connection: Connection) -> dict[int, int]:
    q = watch_query.c
    statement = select(q.watch_id, func.count()).where(q.retired_on.is_(None)).group_by(q.watch_id)
    return {i: int(n) for i, n in connection.execute(statement)}


def find_watch(connection: Connection, name: str) -> int:
    """The watch of that name (case does not matter). Raises IpdeskError when there is none."""
    wanted = name.strip()
    found = connection.execute(select(watch.c.id).where(watch.c.name == wanted)).scalar()
    if found is None:
        folded = {n.casefold(): i for i, n in connection.execute(select(watch.c.id, watch.c.name))}
        found = folded.get(wanted.casefold())
    if found is None:
        raise IpdeskError(
            say("There is no watch {name}. List them with “watch list”.", name=wanted)
        )
    return int(found)


def watch_detail(connection: Connection, watch_id: int, today: date) -> WatchDetail | None:
    """A watch whole; None when it is gone."""
    r = connection.execute(select(watch).where(watch.c.id == watch_id)).first()
    if r is None:
        return None
    return WatchDetail(
        row=watch_rows(connection, today, [watch_id])[0],
        scope=r.scope,
        started_on=r.started_on,
        paused_reason=r.paused_reason,
        markets=tuple(r.markets),
        synonyms=tuple(r.synonyms),
        classes=tuple(r.classes),
        applicants=tuple(r.applicants),
        inventors=tuple(r.inventors),
        known_documents=tuple(r.known_documents),
        technologies=_linked(connection, watch_technology, technology, watch_id),
        products=_linked(connection, watch_product, product, watch_id),
        note=r.note,
        queries=queries_of(connection, watch_id),
        runs=runs_of(connection, watch_id),
    )


def _linked(connection: Connection, link: Any, other: Any, watch_id: int) -> tuple[str, ...]:
    statement = (
        select(other.c.name)
        .join(link, link.c[f"{other.name}_id"] == other.c.id)
        .where(link.c.watch_id == watch_id)
        .order_by(link.c.id)
    )
    return tuple(connection.execute(statement).scalars())


def queries_of(connection: Connection, watch_id: int) -> tuple[QueryRow, ...]:
    """The query texts by database, the version in use first."""
    q = watch_query.c
    columns = (
        q.id,
        q.database,
        q.text,
        q.version,
        q.written_on,
        q.written_by,
        q.retired_on,
        q.note,
    )
    statement = (
        select(*columns).where(q.watch_id == watch_id).order_by(q.database, q.version.desc())
    )
    return tuple(QueryRow(*r) for r in connection.execute(statement))


def runs_of(connection: Connection, watch_id: int | None = None) -> tuple[RunRow, ...]:
    """The runs of one watch, or of all, newest first."""
    statement = select(watch_run, watch.c.name).join(watch, watch.c.id == watch_run.c.watch_id)
    if watch_id is not None:
        statement = statement.where(watch_run.c.watch_id == watch_id)
    return tuple(run_row(r) for r in connection.execute(statement.order_by(watch_run.c.id.desc())))


def run_row(r: Any) -> RunRow:
    """A row of the run table, with the name of its watch, as others see it."""
    return RunRow(
        id=r.id,
        watch_id=r.watch_id,
        watch=r.name,
        at=r.at,
        ran_on=r.ran_on,
        by=r.by,
        database=r.database,
        query_text=r.query_text,
        cut_off=r.cut_off,
        file=r.file,
        sha256=r.sha256,
        hits=r.hits,
        refused=r.refused,
        families=r.families,
        new=r.new,
        changed=r.changed,
        known=r.known,
        gone=r.gone,
        failed=r.failed,
        reason=Message.from_json(r.reason) if r.reason else None,
        missing=tuple(r.missing),
        note=r.note,
    )


def last_good_run(connection: Connection, watch_id: int) -> RunRow | None:
    """The latest run that did not fail."""
    return next((r for r in runs_of(connection, watch_id) if not r.failed), None)
