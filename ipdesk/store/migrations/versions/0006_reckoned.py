"""What of each matter was computed and when; fewer indexes on deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNUSED = ("event_id", "due", "state")


def upgrade() -> None:
    op.create_table(
        "reckoned",
        sa.Column("id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("valid_before", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("print", sa.BigInteger(), nullable=False),
        sa.Column("dates", sa.Integer(), nullable=False),
        sa.Column("past", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["matter.id"], name=op.f("fk_reckoned_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reckoned")),
    )
    op.create_index(op.f("ix_reckoned_until"), "reckoned", ["until"])
    for name in _UNUSED:
        op.drop_index(op.f(f"ix_deadline_{name}"), table_name="deadline")


def downgrade() -> None:
    for name in _UNUSED:
        op.create_index(op.f(f"ix_deadline_{name}"), "deadline", [name])
    op.drop_table("reckoned")
