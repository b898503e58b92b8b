"""What goes into a workbook: the agent's matters, their open deadlines, our questions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Bilingual, say
from ipdesk.base.text import fold
from ipdesk.core.docket.queries import deadline_rows
from ipdesk.core.docket.records import WAITING, DeadlineRow, State
from ipdesk.core.intake.agents.columns import STATUSES, in_language
from ipdesk.core.intake.agents.model import DEADLINE, MATTER, NEW_MATTER, Line, Reply
from ipdesk.core.intake.holdings import holdings_of
from ipdesk.core.intake.plan import Holding
from ipdesk.core.portfolio.model import ENDED
from ipdesk.core.portfolio.people import known_parties, party_key
from ipdesk.store.paging import chunks
from ipdesk.store.schema.comparison import agent_answer
from ipdesk.store.schema.docket import deadline
from ipdesk.store.schema.portfolio import matter, matter_party, party

ROLES = ("agency", "attorney")
HORIZON = 365  # days: what is due later is asked next year
_SENT = (
    *("reference", "other_reference", "right", "office", "title", "application_number"),
    *("filing_date", "publication_number", "publication_date", "grant_number", "grant_date"),
)


def find_agent(connection: Connection, text: str) -> str:
    """The agent of that name, a variant or a part of it. Raises IpdeskError otherwise."""
    names = [name for name, _ in agent_names(connection)]
    known = known_parties(connection, [party_key(text)]).get(party_key(text))
    if known is not None:
        name = connection.execute(select(party.c.name).where(party.c.id == known)).scalar()
        if name in names:
            return str(name)
    fitting = [n for n in names if fold(text) in fold(n)] if text.strip() else []
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join((fitting or names)[:8]) or "–"
    if fitting:
        raise IpdeskError(say("Several agents fit “{text}”: {names}.", text=text, names=listed))
    raise IpdeskError(
        say("There is no agent “{text}”; there are {names}.", text=text, names=listed)
    )


def agent_names(connection: Connection) -> list[tuple[str, int]]:
    """Everybody who acts for us on a live matter, with the number of these matters."""
    mp, m = matter_party.c, matter.c
    statement = (
        select(party.c.name, func.count(m.id.distinct()))
        .join(matter_party, mp.party_id == party.c.id)
        .join(matter, m.id == mp.matter_id)
        .where(mp.role.in_(ROLES), m.archived.is_(False), m.status.not_in(ENDED))
        .group_by(party.c.name)
    )
    pairs = [(str(name), int(n)) for name, n in connection.execute(statement)]
    return sorted(pairs, key=lambda p: (-p[1], p[0]))


def matters_of(connection: Connection, agent: str) -> list[int]:
    """The live matters of an agent, by reference."""
    mp, m = matter_party.c, matter.c
    statement = (
        select(m.id)
        .join(matter_party, mp.matter_id == m.id)
        .join(party, party.c.id == mp.party_id)
        .where(party.c.name == agent, mp.role.in_(ROLES))
        .where(m.archived.is_(False), m.status.not_in(ENDED))
        .group_by(m.id, m.sort_reference)
        .order_by(m.sort_reference)
    )
    return list(connection.execute(statement).scalars())


def deadlines_of(
    connection: Connection, matters: Sequence[int], today: date, horizon: int = HORIZON
) -> list[int]:
    """What waits on these matters and is due within so many days, the first first."""
    d = deadline.c
    found: list[tuple[date, int]] = []
    for part in chunks(list(matters)):
        statement = select(d.due, d.id).where(
            d.matter_id.in_(part), d.state.in_(WAITING), d.due <= today + timedelta(days=horizon)
        )
        found += [(r.due, r.id) for r in connection.execute(statement)]
    return [i for _, i in sorted(found)]


def lines_for(
    connection: Connection,
    agent: str,
    token: str,
    language: str,
    today: date,
    horizon: int = HORIZON,
) -> list[Line]:
    """The rows of the workbook, with what we ask of them."""
    matters = matters_of(connection, agent)
    due = deadlines_of(connection, matters, today, horizon)
    questions, added = _questions(connection, agent, matters, due)
    lines = []
    cells = matter_cells(connection, matters)
    for matter_id in matters:
        own = {**cells[matter_id], "query": questions.get(f"m{matter_id}", "")}
        own["status"] = own["status"] if own["status"] in STATUSES else None
        lines.append(Line(f"{token}-M{matter_id}", MATTER, matter_id, None, own))
    for row_id, own in deadline_cells(connection, due, language).items():
        asked = {**own, "query": questions.get(f"d{row_id}", "")}
        lines.append(Line(f"{token}-D{row_id}", DEADLINE, own["matter_id"], row_id, asked))
    return [*lines, *added]


def _questions(
    connection: Connection, agent: str, matters: Sequence[int], due: Sequence[int]
) -> tuple[dict[str, str], list[Line]]:
    """Line → our open questions; one of a deadline that is not sent goes to its matter.

    A row that the agent added and we asked about goes back with its cells.
    """
    texts: dict[str, list[str]] = {}
    added = []
    sent = {f"m{i}" for i in matters} | {f"d{i}" for i in due}
    for row in open_queries(connection, agent):
        if row.kind == NEW_MATTER:
            told = {k: _day(k, v) for k, v in (row.answered or {}).items()}
            cells = {**told, "query": row.query}
            added.append(Line(f"N{row.id}", NEW_MATTER, None, None, cells))
            continue
        key = row.key if row.key in sent else f"m{row.matter_id}"
        texts.setdefault(key, []).append(row.query)
    return {k: "\n".join(dict.fromkeys(v)) for k, v in texts.items()}, added


def _day(field: str, value: Any) -> Any:
    days = field.endswith(("_date", "_on")) or field in ("due", "agent_due")
    return date.fromisoformat(value) if days and isinstance(value, str) else value


def open_queries(connection: Connection, agent: str) -> list[Any]:
    """Questions to an agent that were not answered yet, oldest first."""
    a = agent_answer.c
    statement = select(agent_answer).where(a.agent == agent, a.state == Reply.QUERIED)
    return list(connection.execute(statement.order_by(a.id)).all())


# -- what stands here -----------------------------------------------------------------------------
def matter_cells(connection: Connection, matters: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The cells of matters as they stand now."""
    return {h.id: _matter(h) for h in holdings_of(connection, matters)}


def _matter(holding: Holding) -> dict[str, Any]:
    cells = {name: holding.fields.get(name) or None for name in _SENT}
    return {**cells, "status": holding.fields["current_status"]}


def deadline_cells(
    connection: Connection, ids: Iterable[int], language: str
) -> dict[int, dict[str, Any]]:
    """The cells of deadlines as they stand now, in the order asked."""
    rows = deadline_rows(connection, ids)
    agents = {h.id: h for h in holdings_of(connection, (r.matter_id for r in rows))}
    return {
        row.id: {
            "matter_id": row.matter_id,
            "reference": row.reference,
            "other_reference": agents[row.matter_id].fields.get("other_reference"),
            "title": row.title,
            "label": _label(row, language),
            "due": row.due,
            "agent_due": row.agent_due,
            "answer": answer_of(row.state),
            "done_on": row.submitted_on,
            "receipt": row.receipt or None,
        }
        for row in rows
    }


def _label(row: DeadlineRow, language: str) -> str:
    words = in_language(Bilingual(row.label.en, row.label.zh), language)
    return f"{words} ({row.n})" if row.n else words


def answer_of(state: str) -> str | None:
    """What an agent would say of a deadline in this state."""
    if state in (State.SUBMITTED, State.CONFIRMED, State.MET):
        return "done"
    return "not_needed" if state in (State.NOT_APPLICABLE, State.OVERTAKEN) else None


def now_of(connection: Connection, names: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
    """What stands here now, by the names of lines (``m12``, ``d40``)."""
    wanted = [n for n in names if n[:1] in "md" and n[1:].isdigit()]
    matters = matter_cells(connection, [int(n[1:]) for n in wanted if n[0] == "m"])
    due = deadline_cells(connection, [int(n[1:]) for n in wanted if n[0] == "d"], "en")
    return {f"m{i}": c for i, c in matters.items()} | {f"d{i}": c for i, c in due.items()}
