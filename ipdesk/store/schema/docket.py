"""What happened and what is due: events, deadlines, what cannot be computed, attachments."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)

from ipdesk.store.schema.base import Id, Json, recorded, unrecorded

event = recorded(
    "event",
    Column(
        "matter_id", Id, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("type", String, nullable=False, index=True),
    Column("date", Date, nullable=False),
    Column("service", String),
    Column("received", Date),
    Column("ordinal", Integer),
    Column("period_months", Integer),
    Column("period_days", Integer),
    Column("extension_months", Integer),
    Column("office", String),
    Column("number", String, nullable=False, server_default=""),
    Column("detail", Json),  # what an event of its type alone carries, e.g. chosen offices
    Column("source", String, nullable=False),  # manual | import | action | register
    Column("recorded_on", Date, nullable=False),
    Column("entered_by", String, nullable=False, server_default=""),
    Column("checked_by", String, nullable=False, server_default=""),
    Column("checked_on", Date),
    Column("note", Text, nullable=False, server_default=""),
    Column("printed_due", Date),  # the last day as the document itself prints it
)

deadline = recorded(
    "deadline",
    Column(
        "matter_id", Id, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("rule", String, nullable=False),
    Column("version", String, nullable=False, server_default=""),
    Column("n", Integer),
    Column("event_id", Id),  # no foreign key: the event may be corrected away first
    Column("label_en", String, nullable=False),
    Column("label_zh", String, nullable=False),
    Column("kind", String, nullable=False, server_default=""),
    Column("raw", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("start", Date),
    Column("opens", Date),
    Column("grace_end", Date),
    Column("internal_due", Date),
    Column("agent_due", Date),
    Column("calendar", String, nullable=False),
    Column("unverified", Boolean, nullable=False, server_default="0"),
    Column("basis", String, nullable=False, server_default=""),
    # what people did; a recomputation never touches these
    Column("state", String, nullable=False),  # see core/docket/records.py
    Column("reason", Text, nullable=False, server_default=""),
    Column("submitted_on", Date),
    Column("submitted_by", String, nullable=False, server_default=""),
    Column("receipt", String, nullable=False, server_default=""),
    Column("confirmed_on", Date),
    Column("confirmed_by", String, nullable=False, server_default=""),
    Column("extended_to", Date),
    Column("responsible", String, nullable=False, server_default=""),
    Column("checked_by", String, nullable=False, server_default=""),
    Column("checked_on", Date),
    Column("manual", Boolean, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=""),
    Index("ix_deadline_state_due", "state", "due"),
)

reckoned = unrecorded(  # of each matter: when it was computed and from what
    "reckoned",
    Column("id", Id, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),  # a matter's
    Column("on", Date, nullable=False),
    Column("valid_before", Date, nullable=False),  # from then on time alone changes something
    Column("until", Date, nullable=False, index=True),  # later series numbers are not kept
    Column("stamp", BigInteger, nullable=False),  # of the law as it was used
    Column("print", BigInteger, nullable=False),  # of the records
    Column("dates", Integer, nullable=False),  # how many the law gives until then
    Column("past", Integer, nullable=False),  # of them: over before our records
)

visited = unrecorded(  # one row: up to where the last visit to all matters saw the history
    "visited",
    Column("id", Id, primary_key=True),
    Column("entry", Id, nullable=False),  # the first one that it did not see
)

pending = recorded(
    "pending",
    Column(
        "matter_id", Id, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("rule", String, nullable=False),
    Column("label_en", String, nullable=False),
    Column("label_zh", String, nullable=False),
    Column("waiting_for", String, nullable=False),  # an event type, or "problem"
    Column("why", Json, nullable=False),  # list of Messages
)

attachment = recorded(
    "attachment",
    Column("matter_id", Id, ForeignKey("matter.id", ondelete="CASCADE"), index=True),
    Column("owner_table", String, nullable=False),  # matter, event, watch_run …
    Column("owner_id", Id, nullable=False),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False, server_default=""),
    Column("size", Integer, nullable=False),
    Column("sha256", String, nullable=False, index=True),
    Column("added_on", DateTime, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Index("ix_attachment_owner", "owner_table", "owner_id"),
)

content = unrecorded(
    "content",
    Column("sha256", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

own_rule = recorded(  # the company's own rules, and what it says of the built-in ones
    "own_rule",
    Column("rule", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),  # own | setting
    Column("definition", Json),  # an own rule in the form of resources/rules
    Column("switched_off", Boolean, nullable=False, server_default="0"),
    Column("confirmed_by", String, nullable=False, server_default=""),
    Column("confirmed_on", Date),
    Column("internal_days", Integer),
    Column("agent_days", Integer),
)

own_closing = recorded(  # what an office's notice says, typed in by the company
    "own_closing",
    Column("office", String, nullable=False),
    Column("kind", String, nullable=False),  # closed | working | complete (the whole year is in)
    Column("day", Date, nullable=False),  # of a complete year any day
    Column("note", String, nullable=False, server_default=""),
)

company_choice = recorded(  # how the company works, for everybody who opens the file
    "company_choice",
    Column("name", String, nullable=False, unique=True),
    Column("value", Json),
)
