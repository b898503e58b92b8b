"""Who changed which field when: actions, their entries, and the ids handed out."""

from sqlalchemy import Column, DateTime, ForeignKey, Index, String

from ipdesk.store.schema.base import Id, Json, id_column, unrecorded

action = unrecorded(
    "action",
    id_column(),
    Column("at", DateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("said", Json, nullable=False),  # a Message: what the user did
    Column("undoes", Id, ForeignKey("action.id")),
    Column("undone_by", Id, ForeignKey("action.id")),
)

entry = unrecorded(
    "entry",
    id_column(),
    Column("action_id", Id, ForeignKey("action.id"), nullable=False, index=True),
    Column("table_name", String, nullable=False),
    Column("row_id", Id, nullable=False),
    Column("row_last", Id, nullable=False),  # a creation of many rows is one entry
    Column("matter_id", Id, index=True),
    Column("kind", String, nullable=False),  # create | update | delete
    Column("field", String),
    Column("old", Json),
    Column("new", Json),
    Index("ix_entry_row", "table_name", "row_id"),
)

counter = unrecorded(
    "counter",
    Column("table_name", String, primary_key=True),
    Column("next_id", Id, nullable=False),
)
