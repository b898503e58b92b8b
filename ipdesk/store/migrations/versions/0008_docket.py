"""The last day that a document prints; how the company works."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.add_column("event", sa.Column("printed_due", sa.Date(), nullable=True))
    op.create_table(
        "company_choice",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_choice")),
        sa.UniqueConstraint("name", name=op.f("uq_company_choice_name")),
    )


def downgrade() -> None:
    op.drop_table("company_choice")
    op.drop_column("event", "printed_due")
