"""Reading the round trip: agents, workbooks, and what came back otherwise."""

import json
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from ipdesk.base.i18n import Bilingual, Message, pick
from ipdesk.core.intake.agents.adding import remarks_of
from ipdesk.core.intake.agents.gathering import agent_names, deadlines_of, matters_of, now_of
from ipdesk.core.intake.agents.model import NEW_MATTER, AgentRow, AnswerRow, Reply, WorkbookRow
from ipdesk.core.portfolio.filters import found_by
from ipdesk.store.paging import ListQuery, chunks, facet_tests, id_array
from ipdesk.store.schema.comparison import agent_answer, agent_workbook
from ipdesk.store.schema.docket import deadline
from ipdesk.store.schema.history import action
from ipdesk.store.schema.portfolio import matter

_A, _W, _M = agent_answer.c, agent_workbook.c, matter.c
_SORTS = {
    "reference": _M.sort_reference,
    "agent": _A.agent,
    "field": _A.field,
    "state": _A.state,
    "read_on": _A.read_on,
}
_FACETS = {"agent": _A.agent, "field": _A.field, "state": _A.state, "kind": _A.kind}


def agent_rows(connection: Connection, today: Any) -> list[AgentRow]:
    """Every agent with what passed between us, the one with most matters first."""
    sent: dict[str, WorkbookRow] = {}
    for made in workbooks(connection, 1000):
        if not made.undone:
            sent.setdefault(made.agent, made)
    counted = select(_A.agent, _A.state, func.count()).group_by(_A.agent, _A.state)
    counts = {(a, s): int(n) for a, s, n in connection.execute(counted)}
    rows = []
    for name, matters in agent_names(connection):
        due = deadlines_of(connection, matters_of(connection, name), today)
        book = sent.get(name)
        rows.append(
            AgentRow(
                name,
                matters,
                len(due),
                book.made_on if book else None,
                book.read_on if book else None,
                counts.get((name, Reply.OPEN), 0),
                counts.get((name, Reply.QUERIED), 0),
            )
        )
    return rows


def workbooks(connection: Connection, limit: int = 100) -> list[WorkbookRow]:
    """The workbooks made so far, newest first."""
    statement = (
        select(agent_workbook, action.c.undone_by)
        .outerjoin(action, action.c.id == _W.action_id)
        .order_by(_W.id.desc())
        .limit(limit)
    )
    names = "id token agent language file made_on read_on matters deadlines queries".split()
    return [
        WorkbookRow(**{n: getattr(r, n) for n in names}, undone=r.undone_by is not None)
        for r in connection.execute(statement)
    ]


def _conditions(query: ListQuery, without: str = "") -> list[ColumnElement[bool]]:
    where = facet_tests(query, _FACETS, without)
    if matters := query.chosen("matter"):
        where.append(_A.matter_id.in_([int(v) for v in matters]))
    if query.search.strip():
        words = query.search.strip()
        found = select(_M.id).where(found_by(words))
        texts = (_A.query.contains(words, autoescape=True), _A.agent.contains(words))
        where.append(or_(_A.matter_id.in_(found), *texts))
    return where


def answer_ids(connection: Connection, query: ListQuery) -> "array[int]":
    """Ids of what came back, by matter and line unless sorted otherwise."""
    column = _SORTS.get(query.sort, _M.sort_reference)
    first = column.desc() if query.descending else column.asc()
    statement = (
        select(_A.id)
        .select_from(agent_answer.outerjoin(matter, _M.id == _A.matter_id))
        .where(*_conditions(query))
        .order_by(first.nulls_last(), _A.sheet, _A.line, _A.id)
    )
    return id_array(connection, statement)


def answer_rows(connection: Connection, ids: Iterable[int]) -> list[AnswerRow]:
    """What came back, in the order asked, beside what stands here now."""
    wanted = list(ids)
    found: dict[int, AnswerRow] = {}
    for part in chunks(wanted):
        statement = (
            select(
                agent_answer,
                _M.reference,
                _M.title,
                _M.title_en,
                _M.title_zh,
                deadline.c.label_en,
                deadline.c.label_zh,
                deadline.c.n,
            )
            .select_from(
                agent_answer.outerjoin(matter, _M.id == _A.matter_id).outerjoin(
                    deadline, deadline.c.id == _A.deadline_id
                )
            )
            .where(_A.id.in_(part))
        )
        rows = connection.execute(statement).all()
        now = now_of(connection, {r.key for r in rows})
        found.update({r.id: _answer(r, now) for r in rows})
    return [found[i] for i in wanted if i in found]


_OWN = (
    "id agent kind matter_id deadline_id field sent answered state reason query asked_on "
    "reply file read_on decided_by decided_on sheet line"
).split()


def _answer(row: Any, now: Mapping[str, Mapping[str, Any]]) -> AnswerRow:
    here = now.get(row.key, {})
    unread = str(Message.from_json(json.loads(row.unread))) if row.unread else ""
    told: Mapping[str, Any] = row.answered if isinstance(row.answered, dict) else {}
    label = str(Bilingual(row.label_en, row.label_zh)) if row.label_en else told.get("label", "")
    return AnswerRow(
        **{name: getattr(row, name) for name in _OWN},
        unread=unread,
        reference=row.reference or str(told.get("reference") or ""),
        title=pick(row.title_en, row.title_zh) or row.title or str(told.get("title") or ""),
        label=f"{label} ({row.n})" if row.n else str(label),
        now=here.get("due" if row.field == "own_date" else row.field),
        remarks=_remarks(row),
    )


def _remarks(row: Any) -> tuple[str, ...]:
    if row.kind != NEW_MATTER or row.state == Reply.ACCEPTED or not isinstance(row.answered, dict):
        return ()
    return tuple(str(p.message) for p in remarks_of(row.answered, row.agent))


def answer_counts(connection: Connection, query: ListQuery, facet: str) -> list[tuple[str, int]]:
    """The values of a facet with the number of answers, the most frequent first."""
    column = _FACETS[facet]
    statement = select(column, func.count()).where(*_plain(query, facet)).group_by(column)
    pairs = [(str(value), int(n)) for value, n in connection.execute(statement)]
    return sorted(pairs, key=lambda p: (-p[1], p[0]))


def _plain(query: ListQuery, facet: str) -> list[ColumnElement[bool]]:
    return _conditions(query, facet)


def open_answers(connection: Connection) -> dict[str, int]:
    """How many cells wait for a decision, and how many questions for an answer."""
    statement = select(_A.state, func.count()).group_by(_A.state)
    counts = {str(state): int(n) for state, n in connection.execute(statement)}
    return {"open": counts.get(Reply.OPEN, 0), "queried": counts.get(Reply.QUERIED, 0)}
