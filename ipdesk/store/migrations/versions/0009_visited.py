"""Up to which entry of the history the last visit to all matters saw."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "visited",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visited")),
    )


def downgrade() -> None:
    op.drop_table("visited")
