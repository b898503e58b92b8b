"""Layout plans: effects, applications, markets, disclosures, searches, plans and their rows.

Coverage, gaps and the clock are computed when read and never stored. What a person said (a search,
a word on a cell, an accepted risk, a decision) has a row and a history.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Text

from ipdesk.store.schema.base import Id, Json, recorded


def _of(table: str, column: str = "") -> Column[Any]:
    """The row that this one hangs on and goes with."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(column or f"{table}_id", Id, key, nullable=False, index=True)


def _about(table: str, *, goes: bool = False) -> Column[Any]:
    """A row that this one speaks of; *goes*: without it there is nothing left to say."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE" if goes else "SET NULL")
    return Column(f"{table}_id", Id, key, index=True)


effect = recorded(
    "effect",
    Column("code", String, nullable=False, server_default=""),
    Column("name", String, nullable=False),
    Column("name_zh", String, nullable=False, server_default=""),
    Column("definition", Text, nullable=False, server_default=""),
    Column("ordinal", Integer, nullable=False, server_default="0"),
)

application = recorded(  # a field in which the technology is used
    "application",
    Column("code", String, nullable=False, server_default=""),
    Column("name", String, nullable=False),
    Column("name_zh", String, nullable=False, server_default=""),
    Column("definition", Text, nullable=False, server_default=""),
    Column("ordinal", Integer, nullable=False, server_default="0"),
)


def _link(name: str, one: str, column: str, other: str) -> Any:
    # the unique index leads with the matter, so that a join by matter reads the index alone
    key = ForeignKey(f"{one}.id", ondelete="CASCADE")
    return recorded(
        name,
        Column(column, Id, key, nullable=False),
        _of(other),
        Index(f"uq_{name}", column, f"{other}_id", unique=True),
    )


matter_effect = _link("matter_effect", "matter", "matter_id", "effect")
matter_application = _link("matter_application", "matter", "matter_id", "application")
hit_application = _link("hit_application", "hit_family", "family_id", "application")

launch = recorded(
    "launch",
    _of("product"),
    Column("office", String, nullable=False),
    Column("date", Date, nullable=False, index=True),
    Column("kind", String, nullable=False),  # launch | pilot | production | rival
    Column("note", Text, nullable=False, server_default=""),
    Index("uq_launch", "product_id", "office", "kind", unique=True),
)

disclosure = recorded(  # an occasion on which something of ours becomes public
    "disclosure",
    _about("product", goes=True),
    _about("technology", goes=True),
    Column("kind", String, nullable=False),  # exhibition | paper | sale | tender …
    Column("title", String, nullable=False, server_default=""),
    Column("date", Date, nullable=False, index=True),
    Column("office", String, nullable=False, server_default=""),
    Column("place", String, nullable=False, server_default=""),
    Column("ground", String, nullable=False, server_default=""),  # what may excuse it
    Column("confidential", Boolean, nullable=False, server_default="0"),
    Column("cancelled", Boolean, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=""),
)

layout_search = recorded(
    "layout_search",
    Column("searched_on", Date, nullable=False),
    Column("searched_by", String, nullable=False, server_default=""),
    Column("database", String, nullable=False, server_default=""),
    Column("query", Text, nullable=False, server_default=""),
    Column("numbers", Json, nullable=False),  # publication numbers found
    Column("watch_id", Id),  # the watch that did it, where one did; it may go without this row
    Column("note", Text, nullable=False, server_default=""),
)


def _cell() -> tuple[Column[Any], ...]:
    """A cell: a technology or a product against an effect, an application or a territory."""
    return (
        _about("technology", goes=True),
        _about("product", goes=True),
        _about("effect", goes=True),
        _about("application", goes=True),
        Column("office", String),
    )


searched_cell = recorded("searched_cell", _of("layout_search", "search_id"), *_cell())

cell_word = recorded(  # what a person says of a cell, e.g. that nothing is needed there
    "cell_word",
    *_cell(),
    Column("word", String, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("by", String, nullable=False, server_default=""),
    Column("on", Date, nullable=False),
)

layout_plan = recorded(
    "layout_plan",
    Column("name", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String, nullable=False),  # annual | financing | what_if | programme
    Column("status", String, nullable=False),  # draft | approved | frozen
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("currency", String, nullable=False, server_default=""),
    Column("owner", String, nullable=False, server_default=""),
    Column("purpose", Text, nullable=False, server_default=""),
    Column("copied_from_id", Id),
    Column("made_on", Date, nullable=False),
    Column("approved_on", Date),
    Column("approved_by", String, nullable=False, server_default=""),
    Index("uq_layout_plan", "name", "version", unique=True),
)

plan_budget = recorded(  # of a quarter, or of one right, technology or territory in it
    "plan_budget",
    _of("layout_plan", "plan_id"),
    Column("quarter", Date, nullable=False),  # its first day
    Column("amount", String, nullable=False),  # a decimal as written
    Column("currency", String, nullable=False),
    Column("right", String, nullable=False, server_default=""),
    Column("office", String, nullable=False, server_default=""),
    _about("technology", goes=True),
    Index("ix_plan_budget_quarter", "plan_id", "quarter"),
)

invention = recorded(  # what an inventor told us
    "invention",
    Column("code", String, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("inventors", Json, nullable=False),
    Column("submitted_by", String, nullable=False, server_default=""),
    Column("received_on", Date, nullable=False),
    Column("problem", Text, nullable=False, server_default=""),
    Column("solution", Text, nullable=False, server_default=""),
    Column("advantage", Text, nullable=False, server_default=""),
    Column("known_art", Text, nullable=False, server_default=""),
    Column("public_on", Date),  # when its first disclosure is planned or happened
    _about("technology"),
    _about("effect"),
    _about("application"),
    _about("product"),
    Column("state", String, nullable=False, index=True),
    Column("decision", String, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("decided_by", String, nullable=False, server_default=""),
    Column("decided_on", Date),
    Column("note", Text, nullable=False, server_default=""),
)

invention_review = recorded(
    "invention_review",
    _of("invention"),
    Column("on", Date, nullable=False),
    Column("by", String, nullable=False, server_default=""),
    Column("advice", String, nullable=False),
    Column("value", Integer),
    Column("copying", Integer),
    Column("detectability", Integer),
    Column("note", Text, nullable=False, server_default=""),
)

plan_row = recorded(
    "plan_row",
    _of("layout_plan", "plan_id"),
    Column("ordinal", Integer, nullable=False),
    Column("lineage", Id, index=True),  # the first row of which this is a copy; None: itself
    Column("title", String, nullable=False),
    _about("technology"),
    _about("effect"),
    _about("application"),
    _about("product"),
    Column("office", String, nullable=False, server_default=""),  # the market that it serves
    Column("gap", Text, nullable=False, server_default=""),
    Column("proposal", Text, nullable=False, server_default=""),
    Column("role", String, nullable=False),
    Column("role_reason", Text, nullable=False, server_default=""),
    Column("right", String, nullable=False),  # also same_day_pair
    Column("right_reason", Text, nullable=False, server_default=""),
    Column("territories", Json, nullable=False),  # {office, reason}
    Column("inventors", Json, nullable=False),
    Column("owner", String, nullable=False, server_default=""),
    Column("agent", String, nullable=False, server_default=""),
    Column("estimate", Json, nullable=False),  # lines from the fee tables, with their reasons
    Column("estimated_on", Date),
    Column("agent_cost", String, nullable=False, server_default=""),
    Column("agent_currency", String, nullable=False, server_default=""),
    Column("value", Integer),
    Column("copying", Integer),
    Column("detectability", Integer),
    Column("target", Date),  # first day of the target month
    Column("status", String, nullable=False, index=True),
    Column("reason", Text, nullable=False, server_default=""),
    Column("reviewed_on", Date),
    _about("invention"),
    Column("note", Text, nullable=False, server_default=""),
    Index("ix_plan_row_plan_ordinal", "plan_id", "ordinal"),
)

plan_row_matter = recorded(  # two of them for a same-day pair
    "plan_row_matter",
    _of("plan_row", "row_id"),
    _of("matter"),
    Index("uq_plan_row_matter", "row_id", "matter_id", unique=True),
)

plan_decision = recorded(
    "plan_decision",
    _of("layout_plan", "plan_id"),
    Column("row_id", Id, ForeignKey("plan_row.id", ondelete="CASCADE"), index=True),
    Column("on", Date, nullable=False),
    Column("by", String, nullable=False, server_default=""),
    Column("decision", String, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
)

foreign_decision = recorded(  # what was decided before a priority year ended
    "foreign_decision",
    _of("matter"),
    Column("decision", String, nullable=False),  # pct | offices | none
    Column("offices", Json, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("by", String, nullable=False, server_default=""),
    Column("on", Date, nullable=False),
)

accepted_risk = recorded(
    "accepted_risk",
    _of("product"),
    Column("office", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("until", Date),
    Index("uq_accepted_risk", "product_id", "office", unique=True),
)

staff_year = recorded(
    "staff_year",
    Column("year", Integer, nullable=False, unique=True),
    Column("rd_staff", Integer, nullable=False),
    Column("source", String, nullable=False, server_default=""),
)
