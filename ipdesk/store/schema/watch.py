"""Early warning: watches, their queries and runs, hit families, verdicts, answers, gates.

Families belong to one watch: a verdict answers that watch's question. Scores can be worked out
again and stand apart, without a history; everything that a person wrote has one.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
)

from ipdesk.store.schema.base import Id, Json, recorded, unrecorded


def _of(table: str) -> Column[Any]:
    """The row that this one hangs on and goes with."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(
        f"{table.removeprefix('hit_').removeprefix('watch_')}_id", Id, key, nullable=False
    )


watch = recorded(
    "watch",
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("owner", String, nullable=False, server_default=""),  # who decides on the answer
    Column("every", String, nullable=False),  # 3m, 2w, 10d, 1y
    Column("started_on", Date, nullable=False),
    Column("next_due", Date, nullable=False, index=True),
    Column("paused_on", Date),
    Column("paused_reason", String, nullable=False, server_default=""),
    Column("scope", Text, nullable=False, server_default=""),
    Column("markets", Json, nullable=False),  # office codes where we make or sell
    Column("synonyms", Json, nullable=False),
    Column("classes", Json, nullable=False),
    Column("applicants", Json, nullable=False),
    Column("inventors", Json, nullable=False),
    Column("known_documents", Json, nullable=False),  # must be found: the recall check
    Column("note", Text, nullable=False, server_default=""),
)

watch_technology = recorded(
    "watch_technology",
    _of("watch"),
    Column("technology_id", Id, ForeignKey("technology.id", ondelete="CASCADE"), nullable=False),
    Index("uq_watch_technology", "watch_id", "technology_id", unique=True),
)

watch_product = recorded(
    "watch_product",
    _of("watch"),
    Column("product_id", Id, ForeignKey("product.id", ondelete="CASCADE"), nullable=False),
    Index("uq_watch_product", "watch_id", "product_id", unique=True),
)

watch_query = recorded(  # verbatim; a change makes a new version, the old one stays
    "watch_query",
    _of("watch"),
    Column("database", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("written_on", Date, nullable=False),
    Column("written_by", String, nullable=False, server_default=""),
    Column("retired_on", Date),
    Column("note", Text, nullable=False, server_default=""),
    Index("ix_watch_query_watch", "watch_id", "database"),
)

watch_run = recorded(
    "watch_run",
    _of("watch"),
    Column("at", DateTime, nullable=False),
    Column("ran_on", Date, nullable=False),
    Column("by", String, nullable=False, server_default=""),
    Column("database", String, nullable=False, server_default=""),
    Column("query_id", Id),  # the version that was used; it goes with the watch anyway
    Column("query_text", Text, nullable=False, server_default=""),
    Column("cut_off", Date),
    Column("file", String, nullable=False, server_default=""),
    Column("sha256", String, nullable=False, server_default=""),
    Column("format", String, nullable=False, server_default=""),
    Column("hits", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("families", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("gone", Integer, nullable=False),  # seen in the run before, not in this one
    Column("failed", Boolean, nullable=False, server_default="0"),
    Column("reason", Json),  # a Message: why it failed
    Column("missing", Json, nullable=False),  # known documents that were not found
    Column("note", Text, nullable=False, server_default=""),
    Index("ix_watch_run_watch", "watch_id", "ran_on"),
)

hit_family = recorded(
    "hit_family",
    _of("watch"),
    Column("key", String, nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    Column("title_en", Text, nullable=False, server_default=""),
    Column("title_zh", Text, nullable=False, server_default=""),
    Column("abstract", Text, nullable=False, server_default=""),
    Column("applicants", Json, nullable=False),
    Column("inventors", Json, nullable=False),
    Column("classes", Json, nullable=False),
    Column("citations", Json, nullable=False),  # keys of documents that it cites
    Column("tokens", Json, nullable=False),  # what the next run is merged by
    Column("offices", Json, nullable=False),
    Column("status", String, nullable=False, server_default="unknown"),
    Column("priority_date", Date),
    Column("filing_date", Date),
    Column("publication_date", Date),
    Column("first_run_id", Id, nullable=False),
    Column("first_seen", Date, nullable=False),
    Column("sort_title", String, nullable=False, server_default=""),
    Column("sort_applicant", String, nullable=False, server_default=""),
    Column("search", Text, nullable=False, server_default=""),
    # what people said
    Column("verdict", String, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("decided_by", String, nullable=False, server_default=""),
    Column("decided_on", Date),
    Column("reopened", Boolean, nullable=False, server_default="0"),
    Column("changed", Json, nullable=False),  # Messages: what changed since the verdict
    Column("reviewer", String, nullable=False, server_default=""),
    Column("review_due", Date),
    Column("likelihood", String, nullable=False, server_default=""),
    Column("impact", String, nullable=False, server_default=""),
    Column("grade", String, nullable=False, server_default=""),
    Column("grade_reason", Text, nullable=False, server_default=""),
    Column("graded_by", String, nullable=False, server_default=""),
    Column("graded_on", Date),
    Index("ix_hit_family_watch", "watch_id", "verdict"),
    Index("ix_hit_family_key", "watch_id", "key", unique=True),
)

hit_member = recorded(
    "hit_member",
    _of("hit_family"),
    Column("key", String, nullable=False, index=True),  # without the kind of publication
    Column("number", String, nullable=False),
    Column("kind_code", String, nullable=False, server_default=""),
    Column("office", String, nullable=False, server_default=""),
    Column("right", String, nullable=False, server_default=""),
    Column("application_number", String, nullable=False, server_default=""),
    Column("application_key", String, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("priority_date", Date),
    Column("filing_date", Date),
    Column("publication_date", Date),
    Column("grant_date", Date),
    Column("expiry_date", Date),
    Column("status", String, nullable=False, server_default=""),
    Column("status_text", String, nullable=False, server_default=""),
    Column("owners", Json, nullable=False),
    Column("claims", Integer),
    Column("claims_text", Text, nullable=False, server_default=""),
    Column("link", String, nullable=False, server_default=""),
    Column("drawing", String, nullable=False, server_default=""),
    Index("ix_hit_member_family", "family_id"),
)

watch_sighting = recorded(
    "watch_sighting",
    Column("run_id", Id, ForeignKey("watch_run.id", ondelete="CASCADE"), nullable=False),
    _of("hit_family"),
    Column("state", String, nullable=False),  # new | changed | known
    Column("changes", Json, nullable=False),  # Messages
    Index("ix_watch_sighting_run", "run_id", "state"),
    Index("ix_watch_sighting_family", "family_id", "run_id"),
)

hit_score = unrecorded(
    "hit_score",
    Column("family_id", Id, ForeignKey("hit_family.id", ondelete="CASCADE"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("reasons", Json, nullable=False),  # kind, weight, Message; by weight
    Column("nearest", Json, nullable=False),  # the nearest own matters, products, technologies
    Column("scorer", String, nullable=False),
    Column("scored_on", Date, nullable=False),
)

hit_decision = recorded(  # the memory: who said what, when, on which facts
    "hit_decision",
    _of("hit_family"),
    Column("on", Date, nullable=False),
    Column("by", String, nullable=False, server_default=""),
    Column("verdict", String, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("grade", String, nullable=False, server_default=""),
    Column("facts", Json, nullable=False),  # Messages: changes that were on the table
    Index("ix_hit_decision_family", "family_id"),
)

hit_cell = recorded(  # where a family belongs in technology × effect, as a reader placed it
    "hit_cell",
    _of("hit_family"),
    Column("technology_id", Id, ForeignKey("technology.id", ondelete="CASCADE"), nullable=False),
    Column("effect", String, nullable=False, server_default=""),
    Index("ix_hit_cell_family", "family_id"),
)

claim_chart = recorded(
    "claim_chart",
    _of("hit_family"),
    Column("product_id", Id, ForeignKey("product.id", ondelete="SET NULL")),
    Column("product", String, nullable=False, server_default=""),
    Column("member", String, nullable=False, server_default=""),
    Column("claim", String, nullable=False, server_default=""),
    Column("conclusion", Text, nullable=False, server_default=""),
    Column("by", String, nullable=False, server_default=""),
    Column("on", Date, nullable=False),
    Index("ix_claim_chart_family", "family_id"),
)

chart_feature = recorded(
    "chart_feature",
    Column("chart_id", Id, ForeignKey("claim_chart.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("finding", String, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Index("ix_chart_feature_chart", "chart_id"),
)

territory_finding = recorded(  # a person's word on one market, above what the rules say
    "territory_finding",
    _of("hit_family"),
    Column("office", String, nullable=False),
    Column("state", String, nullable=False),
    Column("exempt", Boolean, nullable=False, server_default="0"),
    Column("expiry", Date),
    Column("source", String, nullable=False, server_default=""),
    Column("by", String, nullable=False, server_default=""),
    Column("on", Date, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Index("uq_territory_finding", "family_id", "office", unique=True),
)

watch_answer = recorded(
    "watch_answer",
    _of("hit_family"),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("owner", String, nullable=False, server_default=""),
    Column("due", Date),
    Column("cost", String, nullable=False, server_default=""),  # a decimal as written
    Column("currency", String, nullable=False, server_default=""),
    Column("made_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("result", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("linked_table", String, nullable=False, server_default=""),  # e.g. a layout row
    Column("linked_id", Id),
    Index("ix_watch_answer_family", "family_id"),
)

fto_gate = recorded(
    "fto_gate",
    Column("product_id", Id, ForeignKey("product.id", ondelete="SET NULL"), index=True),
    Column("subject", String, nullable=False, server_default=""),
    Column("stage", String, nullable=False),
    Column("planned_on", Date),  # the day of the gate: launch, closing of the round
    Column("concluded_on", Date),
    Column("conclusion", String, nullable=False, server_default=""),
    Column("summary", Text, nullable=False, server_default=""),
    Column("gaps", Json, nullable=False),
    Column("markets", Json, nullable=False),
    Column("runs", Json, nullable=False),  # database, query, cut-off day as they stood
    Column("by", String, nullable=False, server_default=""),
    Column("made_on", Date, nullable=False),
)

gate_family = recorded(
    "gate_family",
    Column("gate_id", Id, ForeignKey("fto_gate.id", ondelete="CASCADE"), nullable=False),
    _of("hit_family"),
    Column("conclusion", String, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Index("uq_gate_family", "gate_id", "family_id", unique=True),
)
