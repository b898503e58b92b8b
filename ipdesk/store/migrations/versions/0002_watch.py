"""Tables of early warning: watches, runs, hit families, verdicts, answers, gates."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "watch",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), server_default="", nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("next_due", sa.Date(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_reason", sa.String(), server_default="", nullable=False),
        sa.Column("scope", sa.Text(), server_default="", nullable=False),
        sa.Column("markets", JSON, nullable=False),
        sa.Column("synonyms", JSON, nullable=False),
        sa.Column("classes", JSON, nullable=False),
        sa.Column("applicants", JSON, nullable=False),
        sa.Column("inventors", JSON, nullable=False),
        sa.Column("known_documents", JSON, nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("name", name=op.f("uq_watch_name")),
    )
    op.create_index(op.f("ix_watch_next_due"), "watch", ["next_due"], unique=False)
    op.create_table(
        "fto_gate",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("subject", sa.String(), server_default="", nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.String(), server_default="", nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("gaps", JSON, nullable=False),
        sa.Column("markets", JSON, nullable=False),
        sa.Column("runs", JSON, nullable=False),
        sa.Column("by", sa.String(), server_default="", nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_fto_gate_product_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fto_gate")),
    )
    op.create_index(op.f("ix_fto_gate_product_id"), "fto_gate", ["product_id"], unique=False)
    op.create_table(
        "hit_family",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("watch_id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("title_en", sa.Text(), server_default="", nullable=False),
        sa.Column("title_zh", sa.Text(), server_default="", nullable=False),
        sa.Column("abstract", sa.Text(), server_default="", nullable=False),
        sa.Column("applicants", JSON, nullable=False),
        sa.Column("inventors", JSON, nullable=False),
        sa.Column("classes", JSON, nullable=False),
        sa.Column("citations", JSON, nullable=False),
        sa.Column("tokens", JSON, nullable=False),
        sa.Column("offices", JSON, nullable=False),
        sa.Column("status", sa.String(), server_default="unknown", nullable=False),
        sa.Column("priority_date", sa.Date(), nullable=True),
        sa.Column("filing_date", sa.Date(), nullable=True),
        sa.Column("publication_date", sa.Date(), nullable=True),
        sa.Column("first_run_id", ID, nullable=False),
        sa.Column("first_seen", sa.Date(), nullable=False),
        sa.Column("sort_title", sa.String(), server_default="", nullable=False),
        sa.Column("sort_applicant", sa.String(), server_default="", nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("verdict", sa.String(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.String(), server_default="", nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reopened", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("changed", JSON, nullable=False),
        sa.Column("reviewer", sa.String(), server_default="", nullable=False),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.Column("likelihood", sa.String(), server_default="", nullable=False),
        sa.Column("impact", sa.String(), server_default="", nullable=False),
        sa.Column("grade", sa.String(), server_default="", nullable=False),
        sa.Column("grade_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("graded_by", sa.String(), server_default="", nullable=False),
        sa.Column("graded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watch.id"], name=op.f("fk_hit_family_watch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hit_family")),
    )
    op.create_index("ix_hit_family_key", "hit_family", ["watch_id", "key"], unique=True)
    op.create_index("ix_hit_family_watch", "hit_family", ["watch_id", "verdict"], unique=False)
    op.create_table(
        "watch_product",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("watch_id", ID, nullable=False),
        sa.Column("product_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_watch_product_product_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watch.id"], name=op.f("fk_watch_product_watch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_product")),
    )
    op.create_index("uq_watch_product", "watch_product", ["watch_id", "product_id"], unique=True)
    op.create_table(
        "watch_query",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("watch_id", ID, nullable=False),
        sa.Column("database", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.String(), server_default="", nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watch.id"], name=op.f("fk_watch_query_watch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_query")),
    )
    op.create_index("ix_watch_query_watch", "watch_query", ["watch_id", "database"], unique=False)
    op.create_table(
        "watch_run",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("watch_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ran_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), server_default="", nullable=False),
        sa.Column("database", sa.String(), server_default="", nullable=False),
        sa.Column("query_id", ID, nullable=True),
        sa.Column("query_text", sa.Text(), server_default="", nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=True),
        sa.Column("file", sa.String(), server_default="", nullable=False),
        sa.Column("sha256", sa.String(), server_default="", nullable=False),
        sa.Column("format", sa.String(), server_default="", nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("reason", JSON, nullable=True),
        sa.Column("missing", JSON, nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watch.id"], name=op.f("fk_watch_run_watch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_run")),
    )
    op.create_index("ix_watch_run_watch", "watch_run", ["watch_id", "ran_on"], unique=False)
    op.create_table(
        "watch_technology",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("watch_id", ID, nullable=False),
        sa.Column("technology_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["technology_id"],
            ["technology.id"],
            name=op.f("fk_watch_technology_technology_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["watch_id"],
            ["watch.id"],
            name=op.f("fk_watch_technology_watch_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_technology")),
    )
    op.create_index(
        "uq_watch_technology", "watch_technology", ["watch_id", "technology_id"], unique=True
    )
    op.create_table(
        "claim_chart",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("product", sa.String(), server_default="", nullable=False),
        sa.Column("member", sa.String(), server_default="", nullable=False),
        sa.Column("claim", sa.String(), server_default="", nullable=False),
        sa.Column("conclusion", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.String(), server_default="", nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["hit_family.id"],
            name=op.f("fk_claim_chart_family_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_claim_chart_product_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_chart")),
    )
    op.create_index("ix_claim_chart_family", "claim_chart", ["family_id"], unique=False)
    op.create_table(
        "gate_family",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("gate_id", ID, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("conclusion", sa.String(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["hit_family.id"],
            name=op.f("fk_gate_family_family_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["gate_id"], ["fto_gate.id"], name=op.f("fk_gate_family_gate_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_family")),
    )
    op.create_index("uq_gate_family", "gate_family", ["gate_id", "family_id"], unique=True)
    op.create_table(
        "hit_cell",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("technology_id", ID, nullable=False),
        sa.Column("effect", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"], ["hit_family.id"], name=op.f("fk_hit_cell_family_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["technology_id"],
            ["technology.id"],
            name=op.f("fk_hit_cell_technology_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hit_cell")),
    )
    op.create_index("ix_hit_cell_family", "hit_cell", ["family_id"], unique=False)
    op.create_table(
        "hit_decision",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), server_default="", nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("grade", sa.String(), server_default="", nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["hit_family.id"],
            name=op.f("fk_hit_decision_family_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hit_decision")),
    )
    op.create_index("ix_hit_decision_family", "hit_decision", ["family_id"], unique=False)
    op.create_table(
        "hit_member",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind_code", sa.String(), server_default="", nullable=False),
        sa.Column("office", sa.String(), server_default="", nullable=False),
        sa.Column("right", sa.String(), server_default="", nullable=False),
        sa.Column("application_number", sa.String(), server_default="", nullable=False),
        sa.Column("application_key", sa.String(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("priority_date", sa.Date(), nullable=True),
        sa.Column("filing_date", sa.Date(), nullable=True),
        sa.Column("publication_date", sa.Date(), nullable=True),
        sa.Column("grant_date", sa.Date(), nullable=True),
        sa.Column("expiry_date", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), server_default="", nullable=False),
        sa.Column("status_text", sa.String(), server_default="", nullable=False),
        sa.Column("owners", JSON, nullable=False),
        sa.Column("claims", sa.Integer(), nullable=True),
        sa.Column("claims_text", sa.Text(), server_default="", nullable=False),
        sa.Column("link", sa.String(), server_default="", nullable=False),
        sa.Column("drawing", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["hit_family.id"],
            name=op.f("fk_hit_member_family_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hit_member")),
    )
    op.create_index("ix_hit_member_family", "hit_member", ["family_id"], unique=False)
    op.create_index(op.f("ix_hit_member_key"), "hit_member", ["key"], unique=False)
    op.create_table(
        "hit_score",
        sa.Column("family_id", ID, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("nearest", JSON, nullable=False),
        sa.Column("scorer", sa.String(), nullable=False),
        sa.Column("scored_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["hit_family.id"],
            name=op.f("fk_hit_score_family_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("family_id", name=op.f("pk_hit_score")),
    )
    op.create_table(
        "territory_finding",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("exempt", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("expiry", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("by", sa.String(), server_default="", nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["hit_family.id"],
            name=op.f("fk_territory_finding_family_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory_finding")),
    )
    op.create_index(
        "uq_territory_finding", "territory_finding", ["family_id", "office"], unique=True
    )
    op.create_table(
        "watch_answer",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), server_default="", nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("cost", sa.String(), server_default="", nullable=False),
        sa.Column("currency", sa.String(), server_default="", nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("linked_table", sa.String(), server_default="", nullable=False),
        sa.Column("linked_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["hit_family.id"],
            name=op.f("fk_watch_answer_family_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_answer")),
    )
    op.create_index("ix_watch_answer_family", "watch_answer", ["family_id"], unique=False)
    op.create_index(op.f("ix_watch_answer_state"), "watch_answer", ["state"], unique=False)
    op.create_table(
        "watch_sighting",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["hit_family.id"],
            name=op.f("fk_watch_sighting_family_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["watch_run.id"], name=op.f("fk_watch_sighting_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_sighting")),
    )
    op.create_index(
        "ix_watch_sighting_family", "watch_sighting", ["family_id", "run_id"], unique=False
    )
    op.create_index("ix_watch_sighting_run", "watch_sighting", ["run_id", "state"], unique=False)
    op.create_table(
        "chart_feature",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("chart_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["chart_id"],
            ["claim_chart.id"],
            name=op.f("fk_chart_feature_chart_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chart_feature")),
    )
    op.create_index("ix_chart_feature_chart", "chart_feature", ["chart_id"], unique=False)


def downgrade() -> None:
    op.drop_table("chart_feature")
    op.drop_table("watch_sighting")
    op.drop_table("watch_answer")
    op.drop_table("territory_finding")
    op.drop_table("hit_score")
    op.drop_table("hit_member")
    op.drop_table("hit_decision")
    op.drop_table("hit_cell")
    op.drop_table("gate_family")
    op.drop_table("claim_chart")
    op.drop_table("watch_technology")
    op.drop_table("watch_run")
    op.drop_table("watch_query")
    op.drop_table("watch_product")
    op.drop_table("hit_family")
    op.drop_table("fto_gate")
    op.drop_table("watch")
