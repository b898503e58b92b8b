"""Lists that came in: batches, their original rows, mappings that are remembered."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String

from ipdesk.store.schema.base import Id, Json, id_column, recorded, unrecorded

import_batch = recorded(
    "import_batch",
    Column("file", String, nullable=False),
    Column("sha256", String, nullable=False, index=True),
    Column("format", String, nullable=False),
    Column("kind", String, nullable=False),  # matters | hits
    Column("at", DateTime, nullable=False),
    Column("action_id", Id),
    Column("summary", Json, nullable=False),
)

import_row = unrecorded(
    "import_row",
    id_column(),
    Column(
        "batch_id",
        Id,
        ForeignKey("import_batch.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("sheet", String, nullable=False),
    Column("line", Integer, nullable=False),
    Column("cells", Json, nullable=False),
    Column("verdict", String, nullable=False),
    Column("matter_id", Id, index=True),
)

saved_mapping = recorded(
    "saved_mapping",
    Column("headers", String, nullable=False, unique=True),  # a hash of the header row
    Column("source", String, nullable=False),
    Column("mapping", Json, nullable=False),
)
