"""Tables of fees: payments, reductions, amounts, decisions, programmes, rewards, budgets."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "agent_price",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("office", sa.String(), server_default="", nullable=False),
        sa.Column("right", sa.String(), server_default="", nullable=False),
        sa.Column("agent", sa.String(), server_default="", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_price")),
    )
    op.create_table(
        "budget_line",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("dimension", sa.String(), server_default="", nullable=False),
        sa.Column("key", sa.String(), server_default="", nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
    )
    op.create_index("ix_budget_line_year", "budget_line", ["year", "dimension"], unique=False)
    op.create_table(
        "exchange_rate",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("into", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_rate")),
    )
    op.create_index("uq_exchange_rate", "exchange_rate", ["currency", "into", "day"], unique=True)
    op.create_table(
        "fee_amount",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("right", sa.String(), server_default="", nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_amount")),
    )
    op.create_index("ix_fee_amount_item", "fee_amount", ["office", "item"], unique=False)
    op.create_table(
        "payment_list",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), server_default="", nullable=False),
        sa.Column("due_until", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_list")),
    )
    op.create_table(
        "programme",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), server_default="", nullable=False),
        sa.Column("conditions", sa.Text(), server_default="", nullable=False),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("closes", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(), server_default="", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("refusal", sa.Text(), server_default="", nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_index(op.f("ix_programme_closes"), "programme", ["closes"], unique=False)
    op.create_table(
        "reward_policy",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), server_default="", nullable=False),
        sa.Column("right", sa.String(), server_default="", nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward_policy")),
    )
    op.create_table(
        "programme_document",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("programme_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_document_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_document")),
    )
    op.create_index(op.f("ix_programme_document_due"), "programme_document", ["due"], unique=False)
    op.create_index(
        op.f("ix_programme_document_programme_id"),
        "programme_document",
        ["programme_id"],
        unique=False,
    )
    op.create_table(
        "reduction_record",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("party_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), server_default="", nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("income", sa.BigInteger(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.id"],
            name=op.f("fk_reduction_record_party_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reduction_record")),
    )
    op.create_index(
        op.f("ix_reduction_record_party_id"), "reduction_record", ["party_id"], unique=False
    )
    op.create_index("uq_reduction_record", "reduction_record", ["party_id", "year"], unique=True)
    op.create_table(
        "acceleration",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), server_default="", nullable=False),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("reply_due", sa.Date(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_acceleration_matter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceleration")),
    )
    op.create_index(op.f("ix_acceleration_matter_id"), "acceleration", ["matter_id"], unique=False)
    op.create_table(
        "fee_payment",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("official", sa.BigInteger(), nullable=True),
        sa.Column("reduction", sa.BigInteger(), nullable=True),
        sa.Column("surcharge", sa.BigInteger(), nullable=True),
        sa.Column("payable", sa.BigInteger(), nullable=True),
        sa.Column("agent_fee", sa.BigInteger(), nullable=True),
        sa.Column("agent_currency", sa.String(), server_default="", nullable=False),
        sa.Column("fee_reduction", sa.String(), server_default="", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("list_id", ID, nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by", sa.String(), server_default="", nullable=False),
        sa.Column("paid_amount", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(), server_default="", nullable=False),
        sa.Column("receipt", sa.String(), server_default="", nullable=False),
        sa.Column("event_id", ID, nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("why", JSON, nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["payment_list.id"],
            name=op.f("fk_fee_payment_list_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_fee_payment_matter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_payment")),
    )
    op.create_index(op.f("ix_fee_payment_due"), "fee_payment", ["due"], unique=False)
    op.create_index(op.f("ix_fee_payment_list_id"), "fee_payment", ["list_id"], unique=False)
    op.create_index(op.f("ix_fee_payment_matter_id"), "fee_payment", ["matter_id"], unique=False)
    op.create_index(
        "ix_fee_payment_number", "fee_payment", ["matter_id", "item", "number"], unique=False
    )
    op.create_index(op.f("ix_fee_payment_state"), "fee_payment", ["state"], unique=False)
    op.create_table(
        "keep_decision",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), server_default="", nullable=False),
        sa.Column("consent", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_keep_decision_matter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keep_decision")),
    )
    op.create_index(
        op.f("ix_keep_decision_matter_id"), "keep_decision", ["matter_id"], unique=False
    )
    op.create_index("uq_keep_decision", "keep_decision", ["matter_id", "number"], unique=True)
    op.create_table(
        "programme_matter",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("programme_id", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_programme_matter_matter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_matter_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_matter")),
    )
    op.create_index(
        op.f("ix_programme_matter_matter_id"), "programme_matter", ["matter_id"], unique=False
    )
    op.create_index(
        op.f("ix_programme_matter_programme_id"), "programme_matter", ["programme_id"], unique=False
    )
    op.create_index(
        "uq_programme_matter", "programme_matter", ["programme_id", "matter_id"], unique=True
    )
    op.create_table(
        "reward",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("period", sa.String(), server_default="", nullable=False),
        sa.Column("why", JSON, nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_reward_matter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward")),
    )
    op.create_index(op.f("ix_reward_due"), "reward", ["due"], unique=False)
    op.create_index(op.f("ix_reward_matter_id"), "reward", ["matter_id"], unique=False)
    op.create_table(
        "reward_share",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("reward_id", ID, nullable=False),
        sa.Column("party_id", ID, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_reward_share_party_id")),
        sa.ForeignKeyConstraint(
            ["reward_id"], ["reward.id"], name=op.f("fk_reward_share_reward_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward_share")),
    )
    op.create_index(op.f("ix_reward_share_party_id"), "reward_share", ["party_id"], unique=False)
    op.create_index(op.f("ix_reward_share_reward_id"), "reward_share", ["reward_id"], unique=False)
    op.create_index("uq_reward_share", "reward_share", ["reward_id", "party_id"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_reward_share", table_name="reward_share")
    op.drop_index(op.f("ix_reward_share_reward_id"), table_name="reward_share")
    op.drop_index(op.f("ix_reward_share_party_id"), table_name="reward_share")
    op.drop_table("reward_share")
    op.drop_index(op.f("ix_reward_matter_id"), table_name="reward")
    op.drop_index(op.f("ix_reward_due"), table_name="reward")
    op.drop_table("reward")
    op.drop_index("uq_programme_matter", table_name="programme_matter")
    op.drop_index(op.f("ix_programme_matter_programme_id"), table_name="programme_matter")
    op.drop_index(op.f("ix_programme_matter_matter_id"), table_name="programme_matter")
    op.drop_table("programme_matter")
    op.drop_index("uq_keep_decision", table_name="keep_decision")
    op.drop_index(op.f("ix_keep_decision_matter_id"), table_name="keep_decision")
    op.drop_table("keep_decision")
    op.drop_index(op.f("ix_fee_payment_state"), table_name="fee_payment")
    op.drop_index("ix_fee_payment_number", table_name="fee_payment")
    op.drop_index(op.f("ix_fee_payment_matter_id"), table_name="fee_payment")
    op.drop_index(op.f("ix_fee_payment_list_id"), table_name="fee_payment")
    op.drop_index(op.f("ix_fee_payment_due"), table_name="fee_payment")
    op.drop_table("fee_payment")
    op.drop_index(op.f("ix_acceleration_matter_id"), table_name="acceleration")
    op.drop_table("acceleration")
    op.drop_index("uq_reduction_record", table_name="reduction_record")
    op.drop_index(op.f("ix_reduction_record_party_id"), table_name="reduction_record")
    op.drop_table("reduction_record")
    op.drop_index(op.f("ix_programme_document_programme_id"), table_name="programme_document")
    op.drop_index(op.f("ix_programme_document_due"), table_name="programme_document")
    op.drop_table("programme_document")
    op.drop_table("reward_policy")
    op.drop_index(op.f("ix_programme_closes"), table_name="programme")
    op.drop_table("programme")
    op.drop_table("payment_list")
    op.drop_index("ix_fee_amount_item", table_name="fee_amount")
    op.drop_table("fee_amount")
    op.drop_index("uq_exchange_rate", table_name="exchange_rate")
    op.drop_table("exchange_rate")
    op.drop_index("ix_budget_line_year", table_name="budget_line")
    op.drop_table("budget_line")
    op.drop_table("agent_price")
