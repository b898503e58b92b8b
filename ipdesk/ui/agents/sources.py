"""Agents, workbooks and what came back, as lists."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.agents.columns import choices, column_of
from ipdesk.core.intake.agents.comparing import ADDED
from ipdesk.core.intake.agents.model import (
    NEW_DEADLINE,
    NEW_MATTER,
    AgentRow,
    AnswerRow,
    Reply,
    WorkbookRow,
    reply_label,
)
from ipdesk.core.intake.agents.queries import answer_counts, answer_ids, answer_rows
from ipdesk.store.paging import ListQuery
from ipdesk.ui.tables.columns import Align, Cell, Column, Facet, Mark, Option

if TYPE_CHECKING:
    from sqlalchemy import Connection

_TONES = {Reply.OPEN: Tone.UNCHECKED, Reply.QUERIED: Tone.SOON, Reply.ACCEPTED: Tone.DONE}
_FACETS: tuple[tuple[str, Message], ...] = (("agent", say("Agency")), ("field", say("Field")))


def reply_mark(row: AnswerRow) -> Mark:
    """What became of it, in words with a sign."""
    return Mark(_TONES.get(Reply(row.state), Tone.PLAIN), reply_label(row.state))


def field_words(kind: str, field: str) -> str:
    """The header of the column, or what an added row is."""
    if field == ADDED:
        return tr("Added matter") if kind == NEW_MATTER else tr("Added deadline")
    column = column_of(kind, field)
    return str(column.here) if column else field


def value_words(row: AnswerRow, value: Any) -> str:
    """A cell as a person reads it; an added row as its cells."""
    if value in (None, ""):
        return ""
    if isinstance(value, Mapping):
        return " · ".join(_words(row.kind, f, v) for f, v in value.items())
    return _words(row.kind, row.field, value)


def _words(kind: str, field: str, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    column = column_of(kind, field)
    if column is not None and column.kind in ("status", "answer", "right"):
        known = choices(column.kind).get(str(value))
        return str(known) if known else str(value)
    return str(value)


def what_words(row: AnswerRow) -> str:
    """The field, and of a deadline what is due."""
    name = field_words(row.kind, row.field)
    return f"{name} · {row.label}" if row.label and row.kind != NEW_DEADLINE else name


def sent_words(row: AnswerRow) -> str:
    """What we sent, or a dash."""
    return value_words(row, row.sent) or "–"


def answered_words(row: AnswerRow) -> str:
    """What the agent answered; an emptied cell is said."""
    if row.field == "query" and row.answered is None:
        return "–"
    return value_words(row, row.answered) or tr("(emptied)")


def now_words(row: AnswerRow) -> str:
    """What stands here now, or a dash."""
    return value_words(row, row.now) or "–"


class AnswerSource:
    """What came back otherwise: what we sent, what they answered, what is here now."""

    name = "answers"

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", say("Reference"), lambda r: r.reference, 100, strong=True),
            Column("field", say("Field"), what_words, 190, tip=what_words, least=130),
            _value("sent", say("We sent"), sent_words),
            Column(
                "answered",
                say("Agent answered"),
                _answer,
                150,
                sorts=False,
                tip=_answer_tip,
                least=110,
            ),
            _value("now", say("Here now"), now_words),
            Column("state", say("State"), reply_mark, 116),
            Column("agent", say("Agency"), lambda r: r.agent, 180, tip=lambda r: r.agent),
            Column("title", say("Title"), lambda r: r.title, 220, sorts=False),
            Column("query", say("Our question"), lambda r: r.query, 200, sorts=False, shown=False),
            Column("reply", say("Reply"), lambda r: r.reply, 200, sorts=False, shown=False),
            Column("read_on", say("Read"), lambda r: r.read_on, 96),
            Column("file", say("File"), lambda r: r.file, 160, sorts=False, shown=False),
        )

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        return answer_ids(connection, query)

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[AnswerRow]:
        return answer_rows(connection, ids)

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        found = []
        for name, title in _FACETS:
            pairs = answer_counts(connection, query, name)
            if len(pairs) > 1 or query.chosen(name):
                options = tuple(Option(v, _option(name, v), n) for v, n in pairs)
                found.append(Facet(name, title, options))
        return tuple(found)


def _option(facet: str, value: str) -> str:
    if facet == "agent":
        return value
    for kind in ("matter", "deadline"):
        column = column_of(kind, value)
        if column is not None:
            return str(column.here)
    return tr("Added rows") if value == ADDED else value


def _value(key: str, title: Message, words: Any) -> Column:
    return Column(key, title, words, 120, sorts=False, tip=words, least=100)


def _answer(row: AnswerRow) -> Cell:
    """A cell that is not understood has a sign."""
    words = answered_words(row)
    return Mark(Tone.OVERDUE, words) if row.unread else words


def _answer_tip(row: AnswerRow) -> str:
    return f"{answered_words(row)}\n{row.unread}".strip()


def agent_columns() -> tuple[Column, ...]:
    """Who acts for us, and what passed between us."""

    def waiting(row: AgentRow) -> Cell:
        return Mark(Tone.UNCHECKED, f"{row.open:,}") if row.open else None

    return (
        Column("name", say("Agency"), lambda r: r.name, 280, tip=lambda r: r.name, strong=True),
        Column("matters", say("Live matters"), lambda r: r.matters, 104, Align.RIGHT),
        Column("deadlines", say("Deadlines in a year"), lambda r: r.deadlines, 136, Align.RIGHT),
        Column("sent_on", say("Last workbook"), lambda r: r.sent_on, 124),
        Column("read_on", say("Answered"), lambda r: r.read_on, 110),
        Column("open", say("To decide"), waiting, 96),
        Column("queries", say("Questions"), lambda r: r.queries or None, 96, Align.RIGHT),
    )


def workbook_columns() -> tuple[Column, ...]:
    """The workbooks made so far."""

    def state(row: WorkbookRow) -> Cell:
        if row.undone:
            return Mark(Tone.PLAIN, tr("Taken back"))
        return Mark(Tone.DONE, tr("Answered")) if row.read_on else Mark(Tone.SOON, tr("Sent"))

    return (
        Column("agent", say("Agency"), lambda r: r.agent, 240, tip=lambda r: r.agent, strong=True),
        Column("made_on", say("Made"), lambda r: r.made_on, 104),
        Column("file", say("File"), lambda r: r.file, 220, tip=lambda r: r.file),
        Column("matters", say("Matters"), lambda r: r.matters, 84, Align.RIGHT),
        Column("deadlines", say("Deadlines"), lambda r: r.deadlines, 92, Align.RIGHT),
        Column("queries", say("Questions"), lambda r: r.queries, 92, Align.RIGHT),
        Column("read_on", say("Answered"), lambda r: r.read_on, 104),
        Column("state", say("State"), state, 110),
    )
