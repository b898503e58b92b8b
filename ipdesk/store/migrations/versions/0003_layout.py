"""Tables of layout plans: markets, disclosures, searches, plans, inventions, risks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "application",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), server_default="", nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), server_default="", nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.Column("ordinal", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_table(
        "effect",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), server_default="", nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), server_default="", nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.Column("ordinal", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect")),
    )
    op.create_table(
        "layout_plan",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(), server_default="", nullable=False),
        sa.Column("owner", sa.String(), server_default="", nullable=False),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("copied_from_id", ID, nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout_plan")),
    )
    op.create_index("uq_layout_plan", "layout_plan", ["name", "version"], unique=True)
    op.create_table(
        "layout_search",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("searched_on", sa.Date(), nullable=False),
        sa.Column("searched_by", sa.String(), server_default="", nullable=False),
        sa.Column("database", sa.String(), server_default="", nullable=False),
        sa.Column("query", sa.Text(), server_default="", nullable=False),
        sa.Column("numbers", JSON, nullable=False),
        sa.Column("watch_id", ID, nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout_search")),
    )
    op.create_table(
        "staff_year",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rd_staff", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_year")),
        sa.UniqueConstraint("year", name=op.f("uq_staff_year_year")),
    )
    op.create_table(
        "accepted_risk",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("product_id", ID, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_accepted_risk_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_risk")),
    )
    op.create_index(
        op.f("ix_accepted_risk_product_id"), "accepted_risk", ["product_id"], unique=False
    )
    op.create_index("uq_accepted_risk", "accepted_risk", ["product_id", "office"], unique=True)
    op.create_table(
        "cell_word",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("technology_id", ID, nullable=True),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("effect_id", ID, nullable=True),
        sa.Column("application_id", ID, nullable=True),
        sa.Column("office", sa.String(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.String(), server_default="", nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_cell_word_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["effect_id"], ["effect.id"], name=op.f("fk_cell_word_effect_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_cell_word_product_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["technology_id"],
            ["technology.id"],
            name=op.f("fk_cell_word_technology_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell_word")),
    )
    op.create_index(
        op.f("ix_cell_word_application_id"), "cell_word", ["application_id"], unique=False
    )
    op.create_index(op.f("ix_cell_word_effect_id"), "cell_word", ["effect_id"], unique=False)
    op.create_index(op.f("ix_cell_word_product_id"), "cell_word", ["product_id"], unique=False)
    op.create_index(
        op.f("ix_cell_word_technology_id"), "cell_word", ["technology_id"], unique=False
    )
    op.create_table(
        "disclosure",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("technology_id", ID, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), server_default="", nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("office", sa.String(), server_default="", nullable=False),
        sa.Column("place", sa.String(), server_default="", nullable=False),
        sa.Column("ground", sa.String(), server_default="", nullable=False),
        sa.Column("confidential", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("cancelled", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_disclosure_product_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["technology_id"],
            ["technology.id"],
            name=op.f("fk_disclosure_technology_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(op.f("ix_disclosure_date"), "disclosure", ["date"], unique=False)
    op.create_index(op.f("ix_disclosure_product_id"), "disclosure", ["product_id"], unique=False)
    op.create_index(
        op.f("ix_disclosure_technology_id"), "disclosure", ["technology_id"], unique=False
    )
    op.create_table(
        "invention",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("inventors", JSON, nullable=False),
        sa.Column("submitted_by", sa.String(), server_default="", nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("solution", sa.Text(), server_default="", nullable=False),
        sa.Column("advantage", sa.Text(), server_default="", nullable=False),
        sa.Column("known_art", sa.Text(), server_default="", nullable=False),
        sa.Column("public_on", sa.Date(), nullable=True),
        sa.Column("technology_id", ID, nullable=True),
        sa.Column("effect_id", ID, nullable=True),
        sa.Column("application_id", ID, nullable=True),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.String(), server_default="", nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_invention_application_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["effect_id"], ["effect.id"], name=op.f("fk_invention_effect_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_invention_product_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["technology_id"],
            ["technology.id"],
            name=op.f("fk_invention_technology_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invention")),
        sa.UniqueConstraint("code", name=op.f("uq_invention_code")),
    )
    op.create_index(
        op.f("ix_invention_application_id"), "invention", ["application_id"], unique=False
    )
    op.create_index(op.f("ix_invention_effect_id"), "invention", ["effect_id"], unique=False)
    op.create_index(op.f("ix_invention_product_id"), "invention", ["product_id"], unique=False)
    op.create_index(op.f("ix_invention_state"), "invention", ["state"], unique=False)
    op.create_index(
        op.f("ix_invention_technology_id"), "invention", ["technology_id"], unique=False
    )
    op.create_table(
        "launch",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("product_id", ID, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_launch_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_launch")),
    )
    op.create_index(op.f("ix_launch_date"), "launch", ["date"], unique=False)
    op.create_index(op.f("ix_launch_product_id"), "launch", ["product_id"], unique=False)
    op.create_index("uq_launch", "launch", ["product_id", "office", "kind"], unique=True)
    op.create_table(
        "plan_budget",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("plan_id", ID, nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["layout_plan.id"], name=op.f("fk_plan_budget_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_budget")),
    )
    op.create_index(op.f("ix_plan_budget_plan_id"), "plan_budget", ["plan_id"], unique=False)
    op.create_index(
        "uq_plan_budget", "plan_budget", ["plan_id", "quarter", "currency"], unique=True
    )
    op.create_table(
        "searched_cell",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("search_id", ID, nullable=False),
        sa.Column("technology_id", ID, nullable=True),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("effect_id", ID, nullable=True),
        sa.Column("application_id", ID, nullable=True),
        sa.Column("office", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_searched_cell_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["effect_id"],
            ["effect.id"],
            name=op.f("fk_searched_cell_effect_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_searched_cell_product_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["layout_search.id"],
            name=op.f("fk_searched_cell_search_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["technology_id"],
            ["technology.id"],
            name=op.f("fk_searched_cell_technology_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searched_cell")),
    )
    op.create_index(
        op.f("ix_searched_cell_application_id"), "searched_cell", ["application_id"], unique=False
    )
    op.create_index(
        op.f("ix_searched_cell_effect_id"), "searched_cell", ["effect_id"], unique=False
    )
    op.create_index(
        op.f("ix_searched_cell_product_id"), "searched_cell", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_searched_cell_search_id"), "searched_cell", ["search_id"], unique=False
    )
    op.create_index(
        op.f("ix_searched_cell_technology_id"), "searched_cell", ["technology_id"], unique=False
    )
    op.create_table(
        "foreign_decision",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("offices", JSON, nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.String(), server_default="", nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_foreign_decision_matter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foreign_decision")),
    )
    op.create_index(
        op.f("ix_foreign_decision_matter_id"), "foreign_decision", ["matter_id"], unique=False
    )
    op.create_table(
        "hit_application",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_hit_application_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["hit_family.id"],
            name=op.f("fk_hit_application_family_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hit_application")),
    )
    op.create_index(
        op.f("ix_hit_application_application_id"),
        "hit_application",
        ["application_id"],
        unique=False,
    )
    op.create_index(
        "uq_hit_application", "hit_application", ["family_id", "application_id"], unique=True
    )
    op.create_table(
        "invention_review",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("invention_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), server_default="", nullable=False),
        sa.Column("advice", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("copying", sa.Integer(), nullable=True),
        sa.Column("detectability", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["invention_id"],
            ["invention.id"],
            name=op.f("fk_invention_review_invention_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invention_review")),
    )
    op.create_index(
        op.f("ix_invention_review_invention_id"), "invention_review", ["invention_id"], unique=False
    )
    op.create_table(
        "matter_application",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_matter_application_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_matter_application_matter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_application")),
    )
    op.create_index(
        op.f("ix_matter_application_application_id"),
        "matter_application",
        ["application_id"],
        unique=False,
    )
    op.create_index(
        "uq_matter_application", "matter_application", ["matter_id", "application_id"], unique=True
    )
    op.create_table(
        "matter_effect",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("effect_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["effect_id"],
            ["effect.id"],
            name=op.f("fk_matter_effect_effect_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_matter_effect_matter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_effect")),
    )
    op.create_index(
        op.f("ix_matter_effect_effect_id"), "matter_effect", ["effect_id"], unique=False
    )
    op.create_index("uq_matter_effect", "matter_effect", ["matter_id", "effect_id"], unique=True)
    op.create_table(
        "plan_row",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("plan_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("lineage", ID, nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("technology_id", ID, nullable=True),
        sa.Column("effect_id", ID, nullable=True),
        sa.Column("application_id", ID, nullable=True),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("office", sa.String(), server_default="", nullable=False),
        sa.Column("gap", sa.Text(), server_default="", nullable=False),
        sa.Column("proposal", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("role_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("right_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("territories", JSON, nullable=False),
        sa.Column("inventors", JSON, nullable=False),
        sa.Column("owner", sa.String(), server_default="", nullable=False),
        sa.Column("agent", sa.String(), server_default="", nullable=False),
        sa.Column("estimate", JSON, nullable=False),
        sa.Column("estimated_on", sa.Date(), nullable=True),
        sa.Column("agent_cost", sa.String(), server_default="", nullable=False),
        sa.Column("agent_currency", sa.String(), server_default="", nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("copying", sa.Integer(), nullable=True),
        sa.Column("detectability", sa.Integer(), nullable=True),
        sa.Column("target", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("invention_id", ID, nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_plan_row_application_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["effect_id"], ["effect.id"], name=op.f("fk_plan_row_effect_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["invention_id"],
            ["invention.id"],
            name=op.f("fk_plan_row_invention_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["layout_plan.id"], name=op.f("fk_plan_row_plan_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_plan_row_product_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["technology_id"],
            ["technology.id"],
            name=op.f("fk_plan_row_technology_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_row")),
    )
    op.create_index(
        op.f("ix_plan_row_application_id"), "plan_row", ["application_id"], unique=False
    )
    op.create_index(op.f("ix_plan_row_effect_id"), "plan_row", ["effect_id"], unique=False)
    op.create_index(op.f("ix_plan_row_invention_id"), "plan_row", ["invention_id"], unique=False)
    op.create_index(op.f("ix_plan_row_lineage"), "plan_row", ["lineage"], unique=False)
    op.create_index(op.f("ix_plan_row_plan_id"), "plan_row", ["plan_id"], unique=False)
    op.create_index("ix_plan_row_plan_ordinal", "plan_row", ["plan_id", "ordinal"], unique=False)
    op.create_index(op.f("ix_plan_row_product_id"), "plan_row", ["product_id"], unique=False)
    op.create_index(op.f("ix_plan_row_status"), "plan_row", ["status"], unique=False)
    op.create_index(op.f("ix_plan_row_technology_id"), "plan_row", ["technology_id"], unique=False)
    op.create_table(
        "plan_decision",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("plan_id", ID, nullable=False),
        sa.Column("row_id", ID, nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), server_default="", nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["layout_plan.id"],
            name=op.f("fk_plan_decision_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["plan_row.id"], name=op.f("fk_plan_decision_row_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_decision")),
    )
    op.create_index(op.f("ix_plan_decision_plan_id"), "plan_decision", ["plan_id"], unique=False)
    op.create_index(op.f("ix_plan_decision_row_id"), "plan_decision", ["row_id"], unique=False)
    op.create_table(
        "plan_row_matter",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_plan_row_matter_matter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["plan_row.id"], name=op.f("fk_plan_row_matter_row_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_row_matter")),
    )
    op.create_index(
        op.f("ix_plan_row_matter_matter_id"), "plan_row_matter", ["matter_id"], unique=False
    )
    op.create_index(op.f("ix_plan_row_matter_row_id"), "plan_row_matter", ["row_id"], unique=False)
    op.create_index("uq_plan_row_matter", "plan_row_matter", ["row_id", "matter_id"], unique=True)


def downgrade() -> None:
    op.drop_table("plan_row_matter")
    op.drop_table("plan_decision")
    op.drop_table("plan_row")
    op.drop_table("matter_effect")
    op.drop_table("matter_application")
    op.drop_table("invention_review")
    op.drop_table("hit_application")
    op.drop_table("foreign_decision")
    op.drop_table("searched_cell")
    op.drop_table("plan_budget")
    op.drop_table("launch")
    op.drop_table("invention")
    op.drop_table("disclosure")
    op.drop_table("cell_word")
    op.drop_table("accepted_risk")
    op.drop_table("staff_year")
    op.drop_table("layout_search")
    op.drop_table("layout_plan")
    op.drop_table("effect")
    op.drop_table("application")
