"""Fees: payments and their lists, reductions, amounts and prices, decisions, programmes, rewards.

Sums of money are whole hundredths of their currency, so that they add up in every database; rates
of exchange are decimal numbers kept as text.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
)

from ipdesk.store.schema.base import Id, Json, recorded


def _of(table: str, name: str = "") -> Column[Any]:
    """The row that this one hangs on and goes with."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name or f"{table}_id", Id, key, nullable=False, index=True)


def _text(name: str) -> Column[Any]:
    return Column(name, String, nullable=False, server_default="")


def _note() -> Column[Any]:
    return Column("note", Text, nullable=False, server_default="")


payment_list = recorded(
    "payment_list",
    Column("name", String, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("payee", String, nullable=False),  # agent | office
    _text("agent"),
    Column("due_until", Date),
    Column("sent_on", Date),
    _note(),
)

fee_payment = recorded(
    "fee_payment",
    _of("matter"),
    Column("item", String, nullable=False),
    Column("number", Integer),  # patent year, part, renewal
    Column("due", Date, index=True),
    Column("currency", String, nullable=False),
    Column("official", BigInteger),  # hundredths; null: unknown
    Column("reduction", BigInteger),
    Column("surcharge", BigInteger),
    Column("payable", BigInteger),  # after reduction, without surcharge
    Column("agent_fee", BigInteger),
    _text("agent_currency"),
    _text("fee_reduction"),  # the rate that was claimed: 85, 70, none
    Column("state", String, nullable=False, index=True),  # planned | paid | confirmed | cancelled
    Column("list_id", Id, ForeignKey("payment_list.id", ondelete="SET NULL"), index=True),
    Column("paid_on", Date),
    _text("paid_by"),
    Column("paid_amount", BigInteger),
    Column("confirmed_on", Date),
    _text("confirmed_by"),
    _text("receipt"),
    Column("event_id", Id),  # the docket's event; no foreign key, it may be corrected away
    Column("source", String, nullable=False),  # hand | list | import
    Column("why", Json),  # list of Messages: how the amount came about
    _note(),
    Index("ix_fee_payment_number", "matter_id", "item", "number"),
)

reduction_record = recorded(
    "reduction_record",
    _of("party"),
    Column("year", Integer, nullable=False),
    _text("number"),
    Column("kind", String, nullable=False),  # person | enterprise | institution
    Column("income", BigInteger),  # of the year before, hundredths of a yuan
    Column("filed_on", Date),
    Column("approved_on", Date),
    Column("valid_until", Date),  # null: the end of the year
    Column("withdrawn", Boolean, nullable=False, server_default="0"),
    Column("evidence", Text, nullable=False, server_default=""),
    _note(),
    Index("uq_reduction_record", "party_id", "year", unique=True),
)

fee_amount = recorded(
    "fee_amount",
    Column("office", String, nullable=False),
    Column("item", String, nullable=False),
    _text("right"),  # empty: every right
    Column("number", Integer),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),  # first day on which it no longer holds
    _text("source"),
    _note(),
    Index("ix_fee_amount_item", "office", "item"),
)

agent_price = recorded(
    "agent_price",
    Column("item", String, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String, nullable=False),
    _text("office"),
    _text("right"),
    _text("agent"),
    Column("valid_from", Date),
    Column("valid_until", Date),
    _note(),
)

exchange_rate = recorded(
    "exchange_rate",
    Column("currency", String, nullable=False),
    Column("into", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("value", String, nullable=False),  # a decimal number
    _text("source"),
    Index("uq_exchange_rate", "currency", "into", "day", unique=True),
)

keep_decision = recorded(
    "keep_decision",
    _of("matter"),
    Column("number", Integer, nullable=False),
    Column("decision", String, nullable=False),  # keep | abandon | later
    Column("reason", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    _text("decided_by"),
    _text("consent"),  # of the lender, where the right is pledged
    Index("uq_keep_decision", "matter_id", "number", unique=True),
)

acceleration = recorded(
    "acceleration",
    _of("matter"),
    Column("way", String, nullable=False),  # id in resources/programmes/acceleration.toml
    _text("centre"),
    Column("ground", Text, nullable=False, server_default=""),
    Column("requested_on", Date),
    Column("accepted_on", Date),
    Column("refused_on", Date),
    Column("closed_on", Date),
    Column("reply_due", Date),
    Column("replied_on", Date),
    Column("result", Text, nullable=False, server_default=""),
    _note(),
)

programme = recorded(
    "programme",
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),  # grant award pledge_interest navigation …
    _text("authority"),
    Column("conditions", Text, nullable=False, server_default=""),
    Column("opens", Date),
    Column("closes", Date, index=True),
    _text("owner"),
    Column("state", String, nullable=False),  # watching preparing applied approved refused …
    Column("expected", BigInteger),
    Column("currency", String, nullable=False),
    Column("applied_on", Date),
    Column("decided_on", Date),
    Column("refusal", Text, nullable=False, server_default=""),
    Column("received", BigInteger),
    Column("received_on", Date),
    _note(),
)

programme_document = recorded(
    "programme_document",
    _of("programme"),
    Column("name", String, nullable=False),
    Column("due", Date, index=True),
    Column("submitted_on", Date),
    _note(),
)

programme_matter = recorded(
    "programme_matter",
    _of("programme"),
    _of("matter"),
    Index("uq_programme_matter", "programme_id", "matter_id", unique=True),
)

reward_policy = recorded(
    "reward_policy",
    _text("name"),
    _text("right"),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String, nullable=False),
    Column("months", Integer, nullable=False),  # after the grant
    Column("valid_from", Date),
    Column("valid_until", Date),
    _note(),
)

reward = recorded(
    "reward",
    _of("matter"),
    Column("kind", String, nullable=False),  # grant | exploitation
    Column("amount", BigInteger),
    Column("currency", String, nullable=False),
    Column("due", Date, index=True),
    Column("period", String, nullable=False, server_default=""),  # of an exploitation: 2026
    Column("why", Json),
    _note(),
)

reward_share = recorded(
    "reward_share",
    _of("reward"),
    Column("party_id", Id, ForeignKey("party.id"), nullable=False, index=True),
    Column("weight", Integer, nullable=False),  # hundredths of a percent
    Column("amount", BigInteger),
    Column("paid_on", Date),
    Column("signed_on", Date),
    _note(),
    Index("uq_reward_share", "reward_id", "party_id", unique=True),
)

budget_line = recorded(
    "budget_line",
    Column("year", Integer, nullable=False),
    Column("month", Integer),  # null: the whole year
    _text("dimension"),  # office, right, technologies, products, department; empty: all
    _text("key"),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String, nullable=False),
    _note(),
    Index("ix_budget_line_year", "year", "dimension"),
)
