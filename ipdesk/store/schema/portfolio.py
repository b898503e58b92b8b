"""What we own: matters of every right, families, people, technologies, products, tags."""

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from ipdesk.store.schema.base import Id, Json, recorded, unrecorded

family = recorded(
    "family",
    Column("reference", String, nullable=False, index=True),
    Column("title", Text, nullable=False, server_default=""),
    Column("key", String, index=True),  # simple-family id of a database, where one is known
    Column("note", Text, nullable=False, server_default=""),
)

matter = recorded(
    "matter",
    Column("reference", String, nullable=False, unique=True),
    Column("right", String, nullable=False, index=True),
    Column("office", String, nullable=False, index=True),
    Column("route", String),  # direct | paris | pct | divisional
    Column("title", Text, nullable=False, server_default=""),
    Column("title_en", Text, nullable=False, server_default=""),
    Column("title_zh", Text, nullable=False, server_default=""),
    Column("family_id", Id, ForeignKey("family.id"), index=True),
    Column("parent_id", Id, ForeignKey("matter.id"), index=True),
    Column("parent_kind", String),  # national_phase | divisional | priority | same_day | validation
    Column("application_number", String, nullable=False, server_default=""),
    Column("application_key", String, index=True),
    Column("publication_number", String, nullable=False, server_default=""),
    Column("publication_key", String, index=True),
    Column("grant_number", String, nullable=False, server_default=""),
    Column("grant_key", String, index=True),
    # read off the events by docket/edits; stored to sort and filter by
    Column("priority_date", Date),
    Column("filing_date", Date, index=True),
    Column("publication_date", Date),
    Column("grant_date", Date, index=True),
    Column("expiry_date", Date),
    Column("next_due", Date, index=True),
    Column("status", String, nullable=False, index=True, server_default="unknown"),
    Column("status_manual", String),
    Column("status_reported", String),
    Column("status_text", Text, nullable=False, server_default=""),
    Column("status_on", Date),
    Column("facts", Json, nullable=False),  # receiving_office, isa, chapter, owner_type …
    Column("classes", Json, nullable=False),  # IPC/CPC, Locarno or Nice classes
    Column("goods", Text, nullable=False, server_default=""),
    Column("abstract", Text, nullable=False, server_default=""),
    Column("claims", Integer),
    Column("value_grade", String),
    Column("department", String, nullable=False, server_default=""),
    Column("project", String, nullable=False, server_default=""),
    Column("registrar", String, nullable=False, server_default=""),
    Column("version", String, nullable=False, server_default=""),  # of a software
    Column("archived", Boolean, nullable=False, server_default="0", index=True),
    Column("sample", Boolean, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=""),
    Column("sort_title", String, nullable=False, server_default=""),
    Column("sort_reference", String, nullable=False, server_default=""),
)

priority = recorded(
    "priority",
    Column(
        "matter_id", Id, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("ordinal", Integer, nullable=False),
    Column("number", String, nullable=False, server_default=""),
    Column("number_key", String, index=True),
    Column("office", String, nullable=False, server_default=""),
    Column("date", Date),
    Column("earlier_matter_id", Id, ForeignKey("matter.id")),
)

party = recorded(
    "party",
    Column("kind", String, nullable=False),  # person | organisation
    Column("name", String, nullable=False),
    Column("name_en", String, nullable=False, server_default=""),
    Column("name_zh", String, nullable=False, server_default=""),
    Column("key", String, nullable=False, index=True),
    Column("own", Boolean, nullable=False, server_default="0"),  # the company itself or its staff
    Column("email", String, nullable=False, server_default=""),
    Column("country", String, nullable=False, server_default=""),
    Column("left_on", Date),  # an inventor who left the company
    Column("note", Text, nullable=False, server_default=""),
)

party_name = recorded(
    "party_name",
    Column("party_id", Id, ForeignKey("party.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("key", String, nullable=False, index=True),
    Column("kind", String, nullable=False),  # variant | former | translation
)

matter_party = recorded(
    "matter_party",
    Column(
        "matter_id", Id, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("party_id", Id, ForeignKey("party.id"), nullable=False, index=True),
    Column("role", String, nullable=False),  # applicant inventor owner agency attorney …
    Column("ordinal", Integer, nullable=False),
    Column("written", String, nullable=False, server_default=""),  # as the list wrote the name
    Column("share", Float),
)

technology = recorded(
    "technology",
    Column("parent_id", Id, ForeignKey("technology.id"), index=True),
    Column("code", String, nullable=False, server_default=""),
    Column("name", String, nullable=False),
    Column("name_zh", String, nullable=False, server_default=""),
    Column("definition", Text, nullable=False, server_default=""),
    Column("classes", Json, nullable=False),
    Column("keywords", Json, nullable=False),
    Column("owner", String, nullable=False, server_default=""),
    Column("ordinal", Integer, nullable=False, server_default="0"),
)

product = recorded(
    "product",
    Column("code", String, nullable=False, server_default=""),
    Column("name", String, nullable=False),
    Column("name_zh", String, nullable=False, server_default=""),
    Column("description", Text, nullable=False, server_default=""),
    Column("stage", String, nullable=False, server_default=""),  # concept design launch sold ended
    Column("owner", String, nullable=False, server_default=""),
)

tag = recorded("tag", Column("name", String, nullable=False, unique=True), Column("kind", String))


def _link(name: str, other: str) -> Table:
    return recorded(
        name,
        Column(
            "matter_id", Id, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        Column(f"{other}_id", Id, ForeignKey(f"{other}.id"), nullable=False, index=True),
        Index(f"uq_{name}", "matter_id", f"{other}_id", unique=True),
    )


matter_technology = _link("matter_technology", "technology")
matter_product = _link("matter_product", "product")
matter_tag = _link("matter_tag", "tag")

# one folded line a matter: numbers in every form, titles, names, tags; filled by the same edits
search_text = unrecorded(
    "search_text",
    Column("matter_id", Id, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
)
