"""Budgets of a plan by right, technology or territory, beside those of a whole quarter."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.drop_index("uq_plan_budget", table_name="plan_budget")
    with op.batch_alter_table("plan_budget") as table:
        table.add_column(sa.Column("right", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("office", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("technology_id", ID, nullable=True))
        table.create_foreign_key(
            op.f("fk_plan_budget_technology_id_technology"),
            "technology",
            ["technology_id"],
            ["id"],
            ondelete="CASCADE",
        )
    op.create_index("ix_plan_budget_quarter", "plan_budget", ["plan_id", "quarter"])
    op.create_index(
        op.f("ix_plan_budget_technology_id"), "plan_budget", ["technology_id"], unique=False
    )


def downgrade() -> None:
    # a line for a part of a quarter has no place in the older table
    op.execute(
        sa.text(
            "DELETE FROM plan_budget WHERE \"right\" <> '' OR office <> '' "
            "OR technology_id IS NOT NULL"
        )
    )
    op.drop_index(op.f("ix_plan_budget_technology_id"), table_name="plan_budget")
    op.drop_index("ix_plan_budget_quarter", table_name="plan_budget")
    with op.batch_alter_table("plan_budget") as table:
        table.drop_constraint("fk_plan_budget_technology_id_technology", type_="foreignkey")
        table.drop_column("technology_id")
        table.drop_column("office")
        table.drop_column("right")
    op.create_index(
        "uq_plan_budget", "plan_budget", ["plan_id", "quarter", "currency"], unique=True
    )
