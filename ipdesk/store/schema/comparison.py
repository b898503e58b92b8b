"""What others say of our matters: registers to compare with, workbooks sent to agents and back."""

from typing import Any

from sqlalchemy import Column, Date, DateTime, ForeignKey, Index, Integer, String, Text

from ipdesk.store.schema.base import Id, Json, id_column, recorded, unrecorded


def _of_matter(nullable: bool = False) -> Column[Any]:
    key = ForeignKey("matter.id", ondelete="CASCADE")
    return Column("matter_id", Id, key, nullable=nullable, index=True)


def _decided() -> tuple[Column[Any], ...]:
    return (
        Column("reason", Text, nullable=False, server_default=""),
        Column("decided_by", String, nullable=False, server_default=""),
        Column("decided_on", Date),
    )


register_file = recorded(  # an export taken as truth to compare with
    "register_file",
    Column("file", String, nullable=False),
    Column("path", Text, nullable=False, server_default=""),
    Column("sha256", String, nullable=False, index=True),
    Column("source", String, nullable=False),  # the vendor; a later file of it replaces this one
    Column("at", DateTime, nullable=False),
    Column("action_id", Id),
    Column("scope", Json, nullable=False),  # places: [office, right]; applicants: names
    Column("summary", Json, nullable=False),
)

register_difference = recorded(  # a field that the register tells otherwise
    "register_difference",
    Column("register_id", Id, ForeignKey("register_file.id"), nullable=False, index=True),
    _of_matter(),
    Column("source", String, nullable=False),
    Column("field", String, nullable=False, index=True),
    Column("ours", Json),  # when it was compared
    Column("theirs", Json, nullable=False),
    Column("state", String, nullable=False, index=True),  # open accepted dismissed settled
    *_decided(),
    Column("compared", Id, nullable=False),  # the action that compared or decided last
    Column("sheet", String, nullable=False, server_default=""),
    Column("line", Integer, nullable=False, server_default="0"),
    Index("uq_register_difference", "matter_id", "field", "source", unique=True),
)

register_gap = recorded(  # in the register but not here, and the reverse
    "register_gap",
    Column("register_id", Id, ForeignKey("register_file.id"), nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("kind", String, nullable=False, index=True),  # not_here | not_there
    _of_matter(nullable=True),
    Column("key", String, nullable=False, index=True),  # what the record is known by
    Column("application_key", String),
    Column("publication_key", String),
    Column("grant_key", String),
    Column("number", String, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("right", String, nullable=False),
    Column("office", String, nullable=False, index=True),
    Column("applicants", Json, nullable=False),
    Column("filing_date", Date),
    Column("state", String, nullable=False, index=True),  # open dismissed settled
    *_decided(),
    Column("sheet", String, nullable=False, server_default=""),
    Column("line", Integer, nullable=False, server_default="0"),
)

agent_workbook = recorded(  # a workbook of matters and deadlines made for an agent
    "agent_workbook",
    Column("token", String, nullable=False, unique=True),  # stands hidden in the workbook
    Column("agent", String, nullable=False, index=True),
    Column("language", String, nullable=False),  # en | zh_CN | both
    Column("file", String, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("read_on", Date),
    Column("action_id", Id),
    Column("matters", Integer, nullable=False),
    Column("deadlines", Integer, nullable=False),
    Column("queries", Integer, nullable=False, server_default="0"),
)

agent_line = unrecorded(  # what a row of that workbook said when it was sent
    "agent_line",
    id_column(),
    Column(
        "workbook_id",
        Id,
        ForeignKey("agent_workbook.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("key", String, nullable=False, index=True),  # stands hidden in the row
    Column("kind", String, nullable=False),  # matter | deadline
    Column("matter_id", Id, nullable=False, index=True),
    Column("deadline_id", Id),
    Column("sent", Json, nullable=False),
)

agent_answer = recorded(  # a cell that came back otherwise, a row that the agent added, a query
    "agent_answer",
    Column(
        "workbook_id",
        Id,
        ForeignKey("agent_workbook.id", ondelete="CASCADE"),
        index=True,
    ),
    Column("agent", String, nullable=False, index=True),
    Column("kind", String, nullable=False),  # matter | deadline | new_matter | new_deadline
    Column("key", String, nullable=False),  # of the line; of an added row what it is known by
    _of_matter(nullable=True),
    Column("deadline_id", Id, index=True),
    Column("field", String, nullable=False),
    Column("sent", Json),
    Column("answered", Json),
    Column("unread", Text, nullable=False, server_default=""),  # why the cell is not understood
    Column("state", String, nullable=False, index=True),  # open accepted queried dismissed settled
    *_decided(),
    Column("query", Text, nullable=False, server_default=""),
    Column("asked_on", Date),  # when the query went out with a workbook
    Column("reply", Text, nullable=False, server_default=""),
    Column("file", String, nullable=False, server_default=""),
    Column("read_on", Date, nullable=False),
    Column("sheet", String, nullable=False, server_default=""),
    Column("line", Integer, nullable=False, server_default="0"),
    Index("ix_agent_answer_line", "agent", "key", "field"),
)
