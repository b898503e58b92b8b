"""The first tables: history, portfolio, docket, intake."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("said", JSON, nullable=False),
        sa.Column("undoes", ID, nullable=True),
        sa.Column("undone_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["action.id"], name=op.f("fk_action_undoes")),
        sa.ForeignKeyConstraint(["undone_by"], ["action.id"], name=op.f("fk_action_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_table(
        "content",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_content")),
    )
    op.create_table(
        "counter",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("next_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("table_name", name=op.f("pk_counter")),
    )
    op.create_table(
        "family",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family")),
    )
    op.create_index(op.f("ix_family_key"), "family", ["key"], unique=False)
    op.create_index(op.f("ix_family_reference"), "family", ["reference"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("action_id", ID, nullable=True),
        sa.Column("summary", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_sha256"), "import_batch", ["sha256"], unique=False)
    op.create_table(
        "own_closing",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_closing")),
    )
    op.create_table(
        "own_rule",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("definition", JSON, nullable=True),
        sa.Column("switched_off", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("confirmed_by", sa.String(), server_default="", nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("internal_days", sa.Integer(), nullable=True),
        sa.Column("agent_days", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_rule")),
        sa.UniqueConstraint("rule", name=op.f("uq_own_rule_rule")),
    )
    op.create_table(
        "party",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), server_default="", nullable=False),
        sa.Column("name_zh", sa.String(), server_default="", nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("own", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("email", sa.String(), server_default="", nullable=False),
        sa.Column("country", sa.String(), server_default="", nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
    )
    op.create_index(op.f("ix_party_key"), "party", ["key"], unique=False)
    op.create_table(
        "product",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), server_default="", nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), server_default="", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("stage", sa.String(), server_default="", nullable=False),
        sa.Column("owner", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
    )
    op.create_table(
        "saved_mapping",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("headers", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("mapping", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_mapping")),
        sa.UniqueConstraint("headers", name=op.f("uq_saved_mapping_headers")),
    )
    op.create_table(
        "tag",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_name")),
    )
    op.create_table(
        "technology",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("code", sa.String(), server_default="", nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), server_default="", nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.Column("classes", JSON, nullable=False),
        sa.Column("keywords", JSON, nullable=False),
        sa.Column("owner", sa.String(), server_default="", nullable=False),
        sa.Column("ordinal", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["technology.id"], name=op.f("fk_technology_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technology")),
    )
    op.create_index(op.f("ix_technology_parent_id"), "technology", ["parent_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("action_id", ID, nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("row_last", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("old", JSON, nullable=True),
        sa.Column("new", JSON, nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_entry_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_action_id"), "entry", ["action_id"], unique=False)
    op.create_index(op.f("ix_entry_matter_id"), "entry", ["matter_id"], unique=False)
    op.create_index("ix_entry_row", "entry", ["table_name", "row_id"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("cells", JSON, nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("matter_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_row_batch_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
    )
    op.create_index(op.f("ix_import_row_batch_id"), "import_row", ["batch_id"], unique=False)
    op.create_index(op.f("ix_import_row_matter_id"), "import_row", ["matter_id"], unique=False)
    op.create_table(
        "matter",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("title_en", sa.Text(), server_default="", nullable=False),
        sa.Column("title_zh", sa.Text(), server_default="", nullable=False),
        sa.Column("family_id", ID, nullable=True),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("parent_kind", sa.String(), nullable=True),
        sa.Column("application_number", sa.String(), server_default="", nullable=False),
        sa.Column("application_key", sa.String(), nullable=True),
        sa.Column("publication_number", sa.String(), server_default="", nullable=False),
        sa.Column("publication_key", sa.String(), nullable=True),
        sa.Column("grant_number", sa.String(), server_default="", nullable=False),
        sa.Column("grant_key", sa.String(), nullable=True),
        sa.Column("priority_date", sa.Date(), nullable=True),
        sa.Column("filing_date", sa.Date(), nullable=True),
        sa.Column("publication_date", sa.Date(), nullable=True),
        sa.Column("grant_date", sa.Date(), nullable=True),
        sa.Column("expiry_date", sa.Date(), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), server_default="unknown", nullable=False),
        sa.Column("status_manual", sa.String(), nullable=True),
        sa.Column("status_reported", sa.String(), nullable=True),
        sa.Column("status_text", sa.Text(), server_default="", nullable=False),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("classes", JSON, nullable=False),
        sa.Column("goods", sa.Text(), server_default="", nullable=False),
        sa.Column("abstract", sa.Text(), server_default="", nullable=False),
        sa.Column("claims", sa.Integer(), nullable=True),
        sa.Column("value_grade", sa.String(), nullable=True),
        sa.Column("department", sa.String(), server_default="", nullable=False),
        sa.Column("project", sa.String(), server_default="", nullable=False),
        sa.Column("registrar", sa.String(), server_default="", nullable=False),
        sa.Column("version", sa.String(), server_default="", nullable=False),
        sa.Column("archived", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("sample", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("sort_title", sa.String(), server_default="", nullable=False),
        sa.Column("sort_reference", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_matter_family_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["matter.id"], name=op.f("fk_matter_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("reference", name=op.f("uq_matter_reference")),
    )
    op.create_index(op.f("ix_matter_application_key"), "matter", ["application_key"], unique=False)
    op.create_index(op.f("ix_matter_archived"), "matter", ["archived"], unique=False)
    op.create_index(op.f("ix_matter_family_id"), "matter", ["family_id"], unique=False)
    op.create_index(op.f("ix_matter_filing_date"), "matter", ["filing_date"], unique=False)
    op.create_index(op.f("ix_matter_grant_date"), "matter", ["grant_date"], unique=False)
    op.create_index(op.f("ix_matter_grant_key"), "matter", ["grant_key"], unique=False)
    op.create_index(op.f("ix_matter_next_due"), "matter", ["next_due"], unique=False)
    op.create_index(op.f("ix_matter_office"), "matter", ["office"], unique=False)
    op.create_index(op.f("ix_matter_parent_id"), "matter", ["parent_id"], unique=False)
    op.create_index(op.f("ix_matter_publication_key"), "matter", ["publication_key"], unique=False)
    op.create_index(op.f("ix_matter_right"), "matter", ["right"], unique=False)
    op.create_index(op.f("ix_matter_status"), "matter", ["status"], unique=False)
    op.create_table(
        "party_name",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("party_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_party_name_party_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_name")),
    )
    op.create_index(op.f("ix_party_name_key"), "party_name", ["key"], unique=False)
    op.create_index(op.f("ix_party_name_party_id"), "party_name", ["party_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=True),
        sa.Column("owner_table", sa.String(), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added_on", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_attachment_matter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_matter_id"), "attachment", ["matter_id"], unique=False)
    op.create_index("ix_attachment_owner", "attachment", ["owner_table", "owner_id"], unique=False)
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"], unique=False)
    op.create_table(
        "deadline",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("version", sa.String(), server_default="", nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("event_id", ID, nullable=True),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("label_zh", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), server_default="", nullable=False),
        sa.Column("raw", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("grace_end", sa.Date(), nullable=True),
        sa.Column("internal_due", sa.Date(), nullable=True),
        sa.Column("agent_due", sa.Date(), nullable=True),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("unverified", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("basis", sa.String(), server_default="", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submitted_by", sa.String(), server_default="", nullable=False),
        sa.Column("receipt", sa.String(), server_default="", nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(), server_default="", nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("responsible", sa.String(), server_default="", nullable=False),
        sa.Column("checked_by", sa.String(), server_default="", nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("manual", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_deadline_matter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    op.create_index(op.f("ix_deadline_due"), "deadline", ["due"], unique=False)
    op.create_index(op.f("ix_deadline_event_id"), "deadline", ["event_id"], unique=False)
    op.create_index(op.f("ix_deadline_matter_id"), "deadline", ["matter_id"], unique=False)
    op.create_index(op.f("ix_deadline_state"), "deadline", ["state"], unique=False)
    op.create_index("ix_deadline_state_due", "deadline", ["state", "due"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("service", sa.String(), nullable=True),
        sa.Column("received", sa.Date(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("period_months", sa.Integer(), nullable=True),
        sa.Column("period_days", sa.Integer(), nullable=True),
        sa.Column("extension_months", sa.Integer(), nullable=True),
        sa.Column("office", sa.String(), nullable=True),
        sa.Column("number", sa.String(), server_default="", nullable=False),
        sa.Column("detail", JSON, nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(), server_default="", nullable=False),
        sa.Column("checked_by", sa.String(), server_default="", nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_event_matter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_matter_id"), "event", ["matter_id"], unique=False)
    op.create_index(op.f("ix_event_type"), "event", ["type"], unique=False)
    op.create_table(
        "matter_party",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("party_id", ID, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("written", sa.String(), server_default="", nullable=False),
        sa.Column("share", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_matter_party_matter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_matter_party_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_party")),
    )
    op.create_index(op.f("ix_matter_party_matter_id"), "matter_party", ["matter_id"], unique=False)
    op.create_index(op.f("ix_matter_party_party_id"), "matter_party", ["party_id"], unique=False)
    op.create_table(
        "matter_product",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("product_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_matter_product_matter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_matter_product_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_product")),
    )
    op.create_index(
        op.f("ix_matter_product_matter_id"), "matter_product", ["matter_id"], unique=False
    )
    op.create_index(
        op.f("ix_matter_product_product_id"), "matter_product", ["product_id"], unique=False
    )
    op.create_index("uq_matter_product", "matter_product", ["matter_id", "product_id"], unique=True)
    op.create_table(
        "matter_tag",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("tag_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_matter_tag_matter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_matter_tag_tag_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_tag")),
    )
    op.create_index(op.f("ix_matter_tag_matter_id"), "matter_tag", ["matter_id"], unique=False)
    op.create_index(op.f("ix_matter_tag_tag_id"), "matter_tag", ["tag_id"], unique=False)
    op.create_index("uq_matter_tag", "matter_tag", ["matter_id", "tag_id"], unique=True)
    op.create_table(
        "matter_technology",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("technology_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
            name=op.f("fk_matter_technology_matter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["technology_id"], ["technology.id"], name=op.f("fk_matter_technology_technology_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_technology")),
    )
    op.create_index(
        op.f("ix_matter_technology_matter_id"), "matter_technology", ["matter_id"], unique=False
    )
    op.create_index(
        op.f("ix_matter_technology_technology_id"),
        "matter_technology",
        ["technology_id"],
        unique=False,
    )
    op.create_index(
        "uq_matter_technology", "matter_technology", ["matter_id", "technology_id"], unique=True
    )
    op.create_table(
        "pending",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("label_zh", sa.String(), nullable=False),
        sa.Column("waiting_for", sa.String(), nullable=False),
        sa.Column("why", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_pending_matter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending")),
    )
    op.create_index(op.f("ix_pending_matter_id"), "pending", ["matter_id"], unique=False)
    op.create_table(
        "priority",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), server_default="", nullable=False),
        sa.Column("number_key", sa.String(), nullable=True),
        sa.Column("office", sa.String(), server_default="", nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("earlier_matter_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["earlier_matter_id"], ["matter.id"], name=op.f("fk_priority_earlier_matter_id")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_priority_matter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
    )
    op.create_index(op.f("ix_priority_matter_id"), "priority", ["matter_id"], unique=False)
    op.create_index(op.f("ix_priority_number_key"), "priority", ["number_key"], unique=False)
    op.create_table(
        "search_text",
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_search_text_matter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_search_text")),
    )


def downgrade() -> None:
    op.drop_table("search_text")
    op.drop_index(op.f("ix_priority_number_key"), table_name="priority")
    op.drop_index(op.f("ix_priority_matter_id"), table_name="priority")
    op.drop_table("priority")
    op.drop_index(op.f("ix_pending_matter_id"), table_name="pending")
    op.drop_table("pending")
    op.drop_index("uq_matter_technology", table_name="matter_technology")
    op.drop_index(op.f("ix_matter_technology_technology_id"), table_name="matter_technology")
    op.drop_index(op.f("ix_matter_technology_matter_id"), table_name="matter_technology")
    op.drop_table("matter_technology")
    op.drop_index("uq_matter_tag", table_name="matter_tag")
    op.drop_index(op.f("ix_matter_tag_tag_id"), table_name="matter_tag")
    op.drop_index(op.f("ix_matter_tag_matter_id"), table_name="matter_tag")
    op.drop_table("matter_tag")
    op.drop_index("uq_matter_product", table_name="matter_product")
    op.drop_index(op.f("ix_matter_product_product_id"), table_name="matter_product")
    op.drop_index(op.f("ix_matter_product_matter_id"), table_name="matter_product")
    op.drop_table("matter_product")
    op.drop_index(op.f("ix_matter_party_party_id"), table_name="matter_party")
    op.drop_index(op.f("ix_matter_party_matter_id"), table_name="matter_party")
    op.drop_table("matter_party")
    op.drop_index(op.f("ix_event_type"), table_name="event")
    op.drop_index(op.f("ix_event_matter_id"), table_name="event")
    op.drop_table("event")
    op.drop_index("ix_deadline_state_due", table_name="deadline")
    op.drop_index(op.f("ix_deadline_state"), table_name="deadline")
    op.drop_index(op.f("ix_deadline_matter_id"), table_name="deadline")
    op.drop_index(op.f("ix_deadline_event_id"), table_name="deadline")
    op.drop_index(op.f("ix_deadline_due"), table_name="deadline")
    op.drop_table("deadline")
    op.drop_index(op.f("ix_attachment_sha256"), table_name="attachment")
    op.drop_index("ix_attachment_owner", table_name="attachment")
    op.drop_index(op.f("ix_attachment_matter_id"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_index(op.f("ix_party_name_party_id"), table_name="party_name")
    op.drop_index(op.f("ix_party_name_key"), table_name="party_name")
    op.drop_table("party_name")
    op.drop_index(op.f("ix_matter_status"), table_name="matter")
    op.drop_index(op.f("ix_matter_right"), table_name="matter")
    op.drop_index(op.f("ix_matter_publication_key"), table_name="matter")
    op.drop_index(op.f("ix_matter_parent_id"), table_name="matter")
    op.drop_index(op.f("ix_matter_office"), table_name="matter")
    op.drop_index(op.f("ix_matter_next_due"), table_name="matter")
    op.drop_index(op.f("ix_matter_grant_key"), table_name="matter")
    op.drop_index(op.f("ix_matter_grant_date"), table_name="matter")
    op.drop_index(op.f("ix_matter_filing_date"), table_name="matter")
    op.drop_index(op.f("ix_matter_family_id"), table_name="matter")
    op.drop_index(op.f("ix_matter_archived"), table_name="matter")
    op.drop_index(op.f("ix_matter_application_key"), table_name="matter")
    op.drop_table("matter")
    op.drop_index(op.f("ix_import_row_matter_id"), table_name="import_row")
    op.drop_index(op.f("ix_import_row_batch_id"), table_name="import_row")
    op.drop_table("import_row")
    op.drop_index("ix_entry_row", table_name="entry")
    op.drop_index(op.f("ix_entry_matter_id"), table_name="entry")
    op.drop_index(op.f("ix_entry_action_id"), table_name="entry")
    op.drop_table("entry")
    op.drop_index(op.f("ix_technology_parent_id"), table_name="technology")
    op.drop_table("technology")
    op.drop_table("tag")
    op.drop_table("saved_mapping")
    op.drop_table("product")
    op.drop_index(op.f("ix_party_key"), table_name="party")
    op.drop_table("party")
    op.drop_table("own_rule")
    op.drop_table("own_closing")
    op.drop_index(op.f("ix_import_batch_sha256"), table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_index(op.f("ix_family_reference"), table_name="family")
    op.drop_index(op.f("ix_family_key"), table_name="family")
    op.drop_table("family")
    op.drop_table("counter")
    op.drop_table("content")
    op.drop_table("action")
