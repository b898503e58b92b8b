"""Tables of comparison: registers taken as truth, workbooks sent to agents and back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:

    op.create_table(
        "agent_workbook",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("action_id", ID, nullable=True),
        sa.Column("matters", sa.Integer(), nullable=False),
        sa.Column("deadlines", sa.Integer(), nullable=False),
        sa.Column("queries", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_workbook")),
        sa.UniqueConstraint("token", name=op.f("uq_agent_workbook_token")),
    )
    op.create_index(op.f("ix_agent_workbook_agent"), "agent_workbook", ["agent"], unique=False)
    op.create_table(
        "register_file",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("action_id", ID, nullable=True),
        sa.Column("scope", JSON, nullable=False),
        sa.Column("summary", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_file")),
    )
    op.create_index(op.f("ix_register_file_sha256"), "register_file", ["sha256"], unique=False)
    op.create_table(
        "agent_line",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("workbook_id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("deadline_id", ID, nullable=True),
        sa.Column("sent", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["workbook_id"],
            ["agent_workbook.id"],
            name=op.f("fk_agent_line_workbook_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_line")),
    )
    op.create_index(op.f("ix_agent_line_key"), "agent_line", ["key"], unique=False)
    op.create_index(op.f("ix_agent_line_matter_id"), "agent_line", ["matter_id"], unique=False)
    op.create_index(op.f("ix_agent_line_workbook_id"), "agent_line", ["workbook_id"], unique=False)
    op.create_table(
        "agent_answer",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("workbook_id", ID, nullable=True),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("matter_id", ID, nullable=True),
        sa.Column("deadline_id", ID, nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("sent", JSON, nullable=True),
        sa.Column("answered", JSON, nullable=True),
        sa.Column("unread", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.String(), server_default="", nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("query", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.Column("file", sa.String(), server_default="", nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("sheet", sa.String(), server_default="", nullable=False),
        sa.Column("line", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_agent_answer_matter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workbook_id"],
            ["agent_workbook.id"],
            name=op.f("fk_agent_answer_workbook_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_answer")),
    )
    op.create_index(op.f("ix_agent_answer_agent"), "agent_answer", ["agent"], unique=False)
    op.create_index(
        op.f("ix_agent_answer_deadline_id"), "agent_answer", ["deadline_id"], unique=False
    )
    op.create_index("ix_agent_answer_line", "agent_answer", ["agent", "key", "field"], unique=False)
    op.create_index(op.f("ix_agent_answer_matter_id"), "agent_answer", ["matter_id"], unique=False)
    op.create_index(op.f("ix_agent_answer_state"), "agent_answer", ["state"], unique=False)
    op.create_index(
        op.f("ix_agent_answer_workbook_id"), "agent_answer", ["workbook_id"], unique=False
    )
    op.create_table(
        "register_difference",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("register_id", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("ours", JSON, nullable=True),
        sa.Column("theirs", JSON, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.String(), server_default="", nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("compared", ID, nullable=False),
        sa.Column("sheet", sa.String(), server_default="", nullable=False),
        sa.Column("line", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_register_difference_matter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register_file.id"], name=op.f("fk_register_difference_register_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_difference")),
    )
    op.create_index(
        op.f("ix_register_difference_field"), "register_difference", ["field"], unique=False
    )
    op.create_index(
        op.f("ix_register_difference_matter_id"), "register_difference", ["matter_id"], unique=False
    )
    op.create_index(
        op.f("ix_register_difference_register_id"),
        "register_difference",
        ["register_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_register_difference_state"), "register_difference", ["state"], unique=False
    )
    op.create_index(
        "uq_register_difference",
        "register_difference",
        ["matter_id", "field", "source"],
        unique=True,
    )
    op.create_table(
        "register_gap",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("register_id", ID, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("matter_id", ID, nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("application_key", sa.String(), nullable=True),
        sa.Column("publication_key", sa.String(), nullable=True),
        sa.Column("grant_key", sa.String(), nullable=True),
        sa.Column("number", sa.String(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("applicants", JSON, nullable=False),
        sa.Column("filing_date", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.String(), server_default="", nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("sheet", sa.String(), server_default="", nullable=False),
        sa.Column("line", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_register_gap_matter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register_file.id"], name=op.f("fk_register_gap_register_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_gap")),
    )
    op.create_index(op.f("ix_register_gap_key"), "register_gap", ["key"], unique=False)
    op.create_index(op.f("ix_register_gap_kind"), "register_gap", ["kind"], unique=False)
    op.create_index(op.f("ix_register_gap_matter_id"), "register_gap", ["matter_id"], unique=False)
    op.create_index(op.f("ix_register_gap_office"), "register_gap", ["office"], unique=False)
    op.create_index(
        op.f("ix_register_gap_register_id"), "register_gap", ["register_id"], unique=False
    )
    op.create_index(op.f("ix_register_gap_state"), "register_gap", ["state"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:

    op.drop_index(op.f("ix_register_gap_state"), table_name="register_gap")
    op.drop_index(op.f("ix_register_gap_register_id"), table_name="register_gap")
    op.drop_index(op.f("ix_register_gap_office"), table_name="register_gap")
    op.drop_index(op.f("ix_register_gap_matter_id"), table_name="register_gap")
    op.drop_index(op.f("ix_register_gap_kind"), table_name="register_gap")
    op.drop_index(op.f("ix_register_gap_key"), table_name="register_gap")
    op.drop_table("register_gap")
    op.drop_index("uq_register_difference", table_name="register_difference")
    op.drop_index(op.f("ix_register_difference_state"), table_name="register_difference")
    op.drop_index(op.f("ix_register_difference_register_id"), table_name="register_difference")
    op.drop_index(op.f("ix_register_difference_matter_id"), table_name="register_difference")
    op.drop_index(op.f("ix_register_difference_field"), table_name="register_difference")
    op.drop_table("register_difference")
    op.drop_index(op.f("ix_agent_answer_workbook_id"), table_name="agent_answer")
    op.drop_index(op.f("ix_agent_answer_state"), table_name="agent_answer")
    op.drop_index(op.f("ix_agent_answer_matter_id"), table_name="agent_answer")
    op.drop_index("ix_agent_answer_line", table_name="agent_answer")
    op.drop_index(op.f("ix_agent_answer_deadline_id"), table_name="agent_answer")
    op.drop_index(op.f("ix_agent_answer_agent"), table_name="agent_answer")
    op.drop_table("agent_answer")
    op.drop_index(op.f("ix_agent_line_workbook_id"), table_name="agent_line")
    op.drop_index(op.f("ix_agent_line_matter_id"), table_name="agent_line")
    op.drop_index(op.f("ix_agent_line_key"), table_name="agent_line")
    op.drop_table("agent_line")
    op.drop_index(op.f("ix_register_file_sha256"), table_name="register_file")
    op.drop_table("register_file")
    op.drop_index(op.f("ix_agent_workbook_agent"), table_name="agent_workbook")
    op.drop_table("agent_workbook")
    # ### end Alembic commands ###
