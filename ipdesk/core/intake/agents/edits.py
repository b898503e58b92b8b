"""Deciding on what an agent answered: take it, query it, or leave ours; nothing goes silently."""

from collections.abc import Sequence
from typing import Any

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.following import Followed, Look, references_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.intake.agents.model import MATTER, Reply
from ipdesk.core.intake.agents.taking import DECIDABLE, decidable, decide, take
from ipdesk.core.intake.foreseeing import Foreseen, foreseen
from ipdesk.core.intake.register.edits import Report
from ipdesk.store.database import Database
from ipdesk.store.schema.comparison import agent_answer
from ipdesk.store.writer import Writer

_WRITTEN = (Topic.MATTERS, Topic.PEOPLE, Topic.EVENTS, Topic.DEADLINES, Topic.IMPORTS)


def accept(
    database: Database, docket: Docket, ids: Sequence[int], progress: Report | None = None
) -> Followed:
    """Take what the agent answered, by the usual edits; one undo takes it back.

    Raises IpdeskError for a cell that was not understood or that is ours. *progress* hears
    (done, total, words) and may raise Cancelled: then nothing is written.
    """
    with database.write(say("Took {n} answers of agents", n=len(ids))) as writer:
        matters, reached = take(writer, docket, ids, progress)
        touched = (*matters, *reached)[:1000]
        change = Change.of(*_WRITTEN, matters=touched, action=writer.action)
        return Followed(change, references_of(writer.connection, reached))


def foresee(
    database: Database, docket: Docket, ids: Sequence[int], progress: Report | None = None
) -> Foreseen:
    """What taking these would do to dates and deadlines; nothing is kept."""

    def known(writer: Writer) -> set[int]:
        return {r.matter_id for r in decidable(writer.connection, ids, DECIDABLE) if r.matter_id}

    def act(writer: Writer, look: Look) -> list[int]:
        matters, reached = take(writer, docket, ids, progress, look)
        return [*matters, *reached]

    return foreseen(database, docket, known, act)


def query(database: Database, docket: Docket, ids: Sequence[int], text: str) -> Change:
    """Ask the agent about these cells; the question goes into the next workbook."""
    if not text.strip():
        raise IpdeskError(say("Type what the agent is asked."))
    with database.write(say("Queried {n} answers of agents", n=len(ids))) as writer:
        rows = decidable(writer.connection, ids, tuple(Reply))
        values = {"query": text.strip(), "asked_on": None, "reply": ""}
        decide(writer, docket, [r.id for r in rows], Reply.QUERIED, **values)
        return _told(writer, rows)


def ask(database: Database, docket: Docket, agent: str, matter_id: int, text: str) -> Change:
    """A question of ours on a matter, for the next workbook, without anything that came back."""
    if not text.strip():
        raise IpdeskError(say("Type what the agent is asked."))
    with database.write(say("Asked {agent}", agent=agent)) as writer:
        values = {
            "agent": agent,
            "kind": MATTER,
            "key": f"m{matter_id}",
            "matter_id": matter_id,
            "field": "query",
            "state": str(Reply.QUERIED),
            "query": text.strip(),
            "read_on": docket.today,
            "decided_by": writer.by,
            "decided_on": docket.today,
        }
        writer.insert(agent_answer, values)
        return Change.of(Topic.IMPORTS, matters=(matter_id,), action=writer.action)


def dismiss(database: Database, docket: Docket, ids: Sequence[int], reason: str) -> Change:
    """Leave ours, with the reason. Raises IpdeskError without one."""
    if not reason.strip():
        raise IpdeskError(say("Say in one line why the agent's answer is not taken."))
    with database.write(say("Dismissed {n} answers of agents", n=len(ids))) as writer:
        rows = decidable(writer.connection, ids, (Reply.OPEN, Reply.QUERIED))
        decide(writer, docket, [r.id for r in rows], Reply.DISMISSED, reason=reason.strip())
        return _told(writer, rows)


def reopen(database: Database, docket: Docket, ids: Sequence[int]) -> Change:
    """Look at these again."""
    with database.write(say("Reopened {n}", n=len(ids))) as writer:
        rows = decidable(writer.connection, ids, (Reply.DISMISSED, Reply.QUERIED, Reply.SETTLED))
        values = {"reason": "", "query": "", "asked_on": None}
        decide(writer, docket, [r.id for r in rows], Reply.OPEN, **values)
        return _told(writer, rows)


def _told(writer: Writer, rows: Sequence[Any]) -> Change:
    matters = tuple(sorted({r.matter_id for r in rows if r.matter_id}))[:1000]
    return Change.of(Topic.IMPORTS, matters=matters, action=writer.action)
