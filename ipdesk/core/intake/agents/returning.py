"""A workbook that came back: which one it is, what it says otherwise, and keeping that."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import Refused
from ipdesk.base.i18n import say
from ipdesk.core.intake.agents.adding import entry_of, refusal
from ipdesk.core.intake.agents.comparing import (
    ADDED,
    Answer,
    Returned,
    compared,
    name_of,
    same_number,
)
from ipdesk.core.intake.agents.gathering import matter_cells, now_of
from ipdesk.core.intake.agents.model import (
    DEADLINE,
    MATTER,
    NEW_DEADLINE,
    NEW_MATTER,
    Line,
    Reply,
)
from ipdesk.core.intake.agents.reading import ReadRow, rows_of, same_text, token_of
from ipdesk.core.intake.model import RawFile
from ipdesk.core.intake.register.model import stored
from ipdesk.core.portfolio.numbers import matter_keys
from ipdesk.core.portfolio.offices import office_of
from ipdesk.core.portfolio.queries import find_reference
from ipdesk.store.database import Database
from ipdesk.store.schema.comparison import agent_answer, agent_line, agent_workbook
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

_NUMBERS = ("application_number", "publication_number", "grant_number")
_DAYS = ("due", "agent_due", "own_date", "done_on")


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A file that came back, compared; nothing is written yet."""

    file: str
    sha256: str
    workbook: int
    agent: str
    made_on: date
    returned: Returned


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """What keeping the answers changed; all zero when the same file is read again."""

    change: Change
    new: int
    changed: int
    settled: int


def read_back(connection: Connection, raw: RawFile) -> ReadBack:
    """Compare a file with the workbook that it was.

    Raises Refused when it is no such workbook, or one of another portfolio.
    """
    rows = rows_of(raw)
    book = _workbook(connection, raw, rows)
    if book is None:
        raise Refused(
            say(
                "This workbook was not made from this portfolio, or its making was undone: none "
                "of its rows is known."
            )
        )
    lines = {line.key: line for line in _lines(connection, book.id)}
    lines |= _asked_rows(connection, book.agent)
    now = now_of(connection, {name_of(line) for line in lines.values()})
    found = compared(rows, lines, now)
    settled: list[Answer] = []
    for answer in found.answers:
        settled += _placed(connection, answer, book.agent)
    return ReadBack(
        raw.file,
        raw.sha256,
        book.id,
        book.agent,
        book.made_on,
        replace(found, answers=tuple(settled)),
    )


def _workbook(connection: Connection, raw: RawFile, rows: list[ReadRow]) -> Any:
    """By the token of the hidden sheet or of the rows; where both are gone, by the references."""
    w = agent_workbook.c
    tokens = dict.fromkeys([token_of(raw), *(r.key.partition("-")[0] for r in rows if r.key)])
    for token in tokens:
        found = connection.execute(select(agent_workbook).where(w.token == token)).first()
        if found is not None:
            return found
    references = {r.text("reference") for r in rows} - {""}
    latest = connection.execute(select(agent_workbook).order_by(w.id.desc()).limit(20)).all()
    best, most = None, 0
    for book in latest:
        own = {str(line.cells.get("reference")) for line in _lines(connection, book.id)}
        if len(own & references) > most:
            best, most = book, len(own & references)
    return best


def _lines(connection: Connection, book: int) -> list[Line]:
    line = agent_line.c
    rows = connection.execute(select(agent_line).where(line.workbook_id == book).order_by(line.id))
    return [Line(r.key, r.kind, r.matter_id, r.deadline_id, _cells(r.sent)) for r in rows]


def _cells(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {field: _value(field, value) for field, value in kept.items()}


def _value(field: str, value: Any) -> Any:
    if isinstance(value, str) and (field.endswith("_date") or field in _DAYS):
        return date.fromisoformat(value)
    return value


def _asked_rows(connection: Connection, agent: str) -> dict[str, Line]:
    """Rows that the agent had added and that went out again with a question."""
    a = agent_answer.c
    rows = connection.execute(
        select(agent_answer).where(a.agent == agent, a.kind == NEW_MATTER, a.query != "")
    )
    return {
        f"N{r.id}": Line(
            f"N{r.id}", NEW_MATTER, None, None, {**_cells(r.answered), "query": r.query}
        )
        for r in rows
    }


def _placed(connection: Connection, answer: Answer, agent: str) -> list[Answer]:
    """An added row of a matter that is here after all is compared with it, cell by cell."""
    if answer.field != ADDED:
        return [answer]
    told: Mapping[str, Any] = answer.answered
    if answer.kind == NEW_DEADLINE:
        found = find_reference(connection, str(told.get("reference", "")))
        wrong = answer.unread
        if found is None:
            wrong = say("There is no matter {reference}.", reference=told.get("reference") or "–")
        return [replace(answer, matter_id=found, unread=wrong)]
    entry = entry_of(connection, told, agent)
    known = _known(connection, told) or (entry.holding if entry else None)
    if known is None:
        return [replace(answer, unread=answer.unread or refusal(entry))]
    here = matter_cells(connection, [known])[known]
    return [
        replace(
            answer,
            kind=MATTER,
            key=f"m{known}",
            matter_id=known,
            field=field,
            sent=None,
            answered=value,
        )
        for field, value in told.items()
        if field != "reference" and not _agrees(field, here, value)
    ]


def _agrees(field: str, here: Mapping[str, Any], value: Any) -> bool:
    if field in _NUMBERS and here.get(field):
        return same_number(field, str(here[field]), str(value), here)
    if field == "office":
        return office_of(str(value)) == here.get(field)
    return same_text(here.get(field), value)


def _known(connection: Connection, told: Mapping[str, Any]) -> int | None:
    """The matter that has one of these numbers or this reference."""
    office = office_of(str(told.get("office") or "")) or ""
    right = str(told.get("right") or "")
    keys = matter_keys(office, right, *(str(told.get(n) or "") for n in _NUMBERS))
    columns = (matter.c.application_key, matter.c.publication_key, matter.c.grant_key)
    for column, key in zip(columns, keys, strict=True):
        if key:
            found = connection.execute(select(matter.c.id).where(column == key)).scalar()
            if found is not None:
                return int(found)
    reference = str(told.get("reference") or "")
    return find_reference(connection, reference) if reference else None


# -- keeping --------------------------------------------------------------------------------------
def keep_answers(database: Database, found: ReadBack, today: date) -> KeptAnswers:
    """Remember what came back otherwise; decided cells stay decided while they say the same."""
    said = say(
        "Read {file} of {agent}: {n} cells to decide on",
        file=found.file,
        agent=found.agent,
        n=len(found.returned.answers),
    )
    with database.write(said) as writer:
        counts = _keep(writer, found, today)
        writer.update(agent_workbook, found.workbook, {"read_on": today} if any(counts) else {})
        matters = {a.matter_id for a in found.returned.answers if a.matter_id}
        change = Change.of(
            Topic.IMPORTS, matters=tuple(sorted(matters))[:1000], action=writer.action
        )
        return KeptAnswers(change, *counts)


def _keep(writer: Writer, found: ReadBack, today: date) -> tuple[int, int, int]:
    a = agent_answer.c
    rows = writer.connection.execute(
        select(agent_answer).where(a.agent == found.agent, a.field != "query")
    ).all()
    known = {(r.key, r.field): r for r in rows}
    told = {(x.key, x.field): x for x in found.returned.answers}
    new = [_row(x, found, today) for k, x in told.items() if k not in known]
    changes: list[tuple[int, Mapping[str, Any]]] = []
    changed = settled = 0
    for key, row in known.items():
        answer = told.get(key)
        if answer is not None:
            again = {**_row(answer, found, today), **_FRESH}
            same = row.answered == again["answered"]
            if same and (row.workbook_id == found.workbook or row.state == Reply.QUERIED):
                continue
            changed += 1
            changes.append((row.id, again))
        elif row.state == Reply.OPEN and row.workbook_id == found.workbook:
            settled += 1
            changes.append((row.id, {"state": str(Reply.SETTLED)}))
    writer.insert_many(agent_answer, new)
    writer.update_many(agent_answer, changes)
    return len(new), changed, settled


_FRESH: Mapping[str, Any] = {"reason": "", "decided_by": "", "decided_on": None, "query": ""}


def _row(answer: Answer, found: ReadBack, today: date) -> dict[str, Any]:
    return {
        "workbook_id": found.workbook,
        "agent": found.agent,
        "kind": answer.kind,
        "key": answer.key,
        "matter_id": answer.matter_id,
        "deadline_id": answer.deadline_id if answer.kind == DEADLINE else None,
        "field": answer.field,
        "sent": _stored(answer.sent),
        "answered": _stored(answer.answered),
        "unread": json.dumps(answer.unread.to_json()) if answer.unread else "",
        "state": str(Reply.OPEN),
        "file": found.file,
        "read_on": today,
        "sheet": answer.sheet,
        "line": answer.line,
    }


def _stored(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: stored(v) for k, v in value.items()}
    return stored(value)
