"""Making a workbook for an agent and remembering what was sent."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError, WrongCommand
from ipdesk.base.files import write_whole
from ipdesk.base.i18n import Bilingual, say
from ipdesk.core.intake.agents.columns import LANGUAGES
from ipdesk.core.intake.agents.gathering import HORIZON, find_agent, lines_for, open_queries
from ipdesk.core.intake.agents.model import DEADLINE, MATTER, Line
from ipdesk.core.intake.agents.sheet import workbook_of
from ipdesk.core.intake.register.model import stored
from ipdesk.store.database import Database
from ipdesk.store.schema.comparison import agent_answer, agent_line, agent_workbook
from ipdesk.store.writer import Writer

_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another


@dataclass(frozen=True, slots=True)
class Made:
    """A workbook that lies ready to be sent."""

    change: Change
    agent: str
    file: str
    matters: int
    deadlines: int
    queries: int


def make_workbook(
    database: Database,
    agent: str,
    path: Path,
    today: date,
    *,
    language: str = "both",
    company: str = "",
    horizon: int = HORIZON,
) -> Made:
    """Write the agent's matters, open deadlines and our questions to a file; all or nothing.

    Raises IpdeskError for an unknown agent, one without matters, or a file that cannot be written.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise WrongCommand(say("Languages of a workbook are {known}.", known=known))
    with database.read() as connection:
        name = find_agent(connection, agent)
        token = _token(connection)
        lines = lines_for(connection, name, token, language, today, horizon)
    if not any(line.kind == MATTER for line in lines):
        raise IpdeskError(say("{agent} has no live matter of ours.", agent=name))
    title = Bilingual(
        f"{company or 'IPDesk'}: matters and deadlines with {name}, {today.isoformat()}",
        f"{company or 'IPDesk'}：{name}案件与期限，{today.isoformat()}",
    )
    data = workbook_of(token, language, title, lines, today)
    with database.write(say("Made a workbook for {agent}", agent=name)) as writer:
        made = _remember(writer, name, token, language, path.name, today, lines)
        write_whole(path, data)
        return made


def _token(connection: Any) -> str:
    """Five signs that no workbook of this portfolio has yet."""
    while True:
        token = "".join(secrets.choice(_SIGNS) for _ in range(5))
        known = select(agent_workbook.c.id).where(agent_workbook.c.token == token)
        if connection.execute(known).first() is None:
            return token


def _remember(
    writer: Writer,
    agent: str,
    token: str,
    language: str,
    file: str,
    today: date,
    lines: list[Line],
) -> Made:
    kept = [line for line in lines if line.kind in (MATTER, DEADLINE)]
    queries = open_queries(writer.connection, agent)
    counts: Mapping[str, int] = {
        "matters": sum(1 for line in kept if line.kind == MATTER),
        "deadlines": sum(1 for line in kept if line.kind == DEADLINE),
        "queries": len(queries),
    }
    book = writer.insert(
        agent_workbook,
        {
            "token": token,
            "agent": agent,
            "language": language,
            "file": file,
            "made_on": today,
            "action_id": writer.action,
            **counts,
        },
    )
    writer.insert_many(agent_line, [_line(book, line) for line in kept])
    writer.update_many(agent_answer, [(q.id, {"asked_on": today}) for q in queries])
    change = Change.of(Topic.IMPORTS, action=writer.action)
    return Made(change, agent, file, **counts)


def _line(book: int, line: Line) -> dict[str, Any]:
    return {
        "workbook_id": book,
        "key": line.key,
        "kind": line.kind,
        "matter_id": line.matter_id,
        "deadline_id": line.deadline_id,
        "sent": {k: stored(v) for k, v in line.cells.items() if k != "matter_id"},
    }
