"""What the fields of a list are called in the window, and which field of a matter they feed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ipdesk.base.i18n import Message, say, tr
from ipdesk.core.intake.columns import GENERAL, vendor_named
from ipdesk.core.intake.merging import FIELDS
from ipdesk.core.intake.plan import Verdict
from ipdesk.core.portfolio.model import right_label, status_label

# what a column may mean, in groups as they are offered
MEANINGS: tuple[tuple[Message, tuple[tuple[str, Message], ...]], ...] = (
    (
        say("Numbers"),
        (
            ("application_number", say("Application no.")),
            ("publication_number", say("Publication no.")),
            ("grant_number", say("Grant no.")),
            ("grant_publication_number", say("Publication no. of the grant")),
            ("reference", say("Reference")),
            ("other_reference", say("Agent's reference")),
            ("pct_application_number", say("PCT application no.")),
            ("pct_publication_number", say("PCT publication no.")),
            ("parent_number", say("Parent application no.")),
            ("priorities", say("Priorities")),
            ("priority_office", say("Office of the priority")),
            ("certificate_number", say("Certificate no.")),
            ("family", say("Family")),
            ("family_members", say("Family members")),
        ),
    ),
    (
        say("What it is"),
        (
            ("title", say("Title")),
            ("title_en", say("English title")),
            ("title_zh", say("Chinese title")),
            ("right", say("Right")),
            ("office", say("Office")),
            ("kind_code", say("Kind code")),
            ("status", say("Status")),
            ("mark", say("Trademark")),
            ("software", say("Software")),
            ("version", say("Version")),
            ("domain", say("Domain name")),
            ("abstract", say("Abstract")),
            ("claims", say("Claims")),
            ("classes", say("Classes")),
            ("main_class", say("Main class")),
            ("goods", say("Goods and services")),
        ),
    ),
    (
        say("Dates"),
        (
            ("filing_date", say("Filing date")),
            ("publication_date", say("Publication date")),
            ("grant_date", say("Grant date")),
            ("publication_or_grant_date", say("Publication or grant date")),
            ("priority_date", say("Priority date")),
            ("expiry_date", say("Expiry date")),
            ("validity_period", say("Term from … to …")),
            ("exam_request_date", say("Examination requested")),
            ("exam_date", say("Examination begun")),
            ("entry_date", say("National phase entry")),
            ("prelim_publication_date", say("Preliminary publication")),
            ("first_publication_date", say("First publication")),
            ("completion_date", say("Completed")),
            ("lapse_date", say("Lapsed on")),
            ("status_date", say("Date of the status")),
            ("next_due", say("Next due")),
            ("filing_year", say("Filing year")),
            ("publication_year", say("Publication year")),
            ("grant_year", say("Grant year")),
            ("priority_year", say("Priority year")),
        ),
    ),
    (
        say("People"),
        (
            ("applicants", say("Applicants")),
            ("owners", say("Owners")),
            ("inventors", say("Inventors")),
            ("agency", say("Agency")),
            ("attorneys", say("Attorneys")),
            ("responsible", say("Responsible")),
            ("registrar", say("Registrar")),
        ),
    ),
    (
        say("Ours"),
        (
            ("technologies", say("Technologies")),
            ("products", say("Products")),
            ("tags", say("Tags")),
            ("department", say("Department")),
            ("project", say("Project")),
            ("note", say("Note")),
            ("link", say("Link")),
        ),
    ),
)
_NAMES: Mapping[str, Message] = {
    **{name: words for _, group in MEANINGS for name, words in group},
    "agencies": say("Agencies"),
    "family_key": say("Family"),
    "route": say("Route"),
    "reported_status": say("Status understood"),
}

# a column feeds the field of its own name unless it stands here
_FEEDS: Mapping[str, tuple[str, ...]] = {
    "publication_or_grant_date": ("publication_date", "grant_date"),
    "validity_period": ("grant_date", "expiry_date"),
    "grant_publication_number": ("grant_number",),
    "main_class": ("classes",),
    "mark": ("title",),
    "software": ("title",),
    "domain": ("title",),
    "agency": ("agencies",),
    "family": ("family_key",),
    "family_members": ("family_key",),
    "priority_office": ("priorities",),
    "filing_year": ("filing_date",),
    "publication_year": ("publication_date",),
    "grant_year": ("grant_date",),
    "priority_year": ("priority_date",),
}

VERDICTS: Mapping[Verdict, Message] = {
    Verdict.NEW: say("New"),
    Verdict.CHANGED: say("Changed"),
    Verdict.UNCHANGED: say("Unchanged"),
    Verdict.REFUSED: say("Refused row"),
}
_FORMATS: Mapping[str, Message] = {
    "sheet": say("a general list"),
    "euipo_xml": say("an EUIPO record"),
    "st96": say("WIPO ST.96 records"),
    "st36": say("WIPO ST.36 records"),
    "ops": say("EPO OPS records"),
    "cnipa_notices": say("a CNIPA package of notices"),
    "json": say("JSON records"),
}


def field_name(field: str) -> str:
    """``Filing date``; a cell of several values names them all."""
    return " + ".join(str(_NAMES.get(part, part)) for part in field.split("+"))


def fed_by(meaning: str) -> tuple[str, ...]:
    """The fields of a matter that a column of this meaning fills."""
    found: list[str] = []
    for part in meaning.split("+"):
        found.extend(name for name in _FEEDS.get(part, (part,)) if name in FIELDS)
    return tuple(found)


def format_name(source: str) -> str:
    """Where a list comes from: ``Espacenet result list``."""
    if source in _FORMATS:
        return str(_FORMATS[source])
    vendor = vendor_named(source)
    return vendor.name if vendor and vendor is not GENERAL else source


def value_words(field: str, value: Any) -> str:
    """A value of a field as a person reads it."""
    if value is None or value == "" or value == ():
        return ""
    if field == "right":
        return right_label(str(value))
    if field == "reported_status":
        return status_label(str(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return "; ".join(_one(part) for part in value)
    return str(value)


def _one(part: Any) -> str:
    """A value of a list: a name, a class, or a priority claim."""
    number, day = getattr(part, "number", None), getattr(part, "date", None)
    if number is None and day is None:
        return str(part)
    return " ".join(str(word) for word in (number, day) if word)


def rows_words(rows: list[int]) -> str:
    """``Row 12`` or ``Rows 12, 19``."""
    if len(rows) == 1:
        return tr("Row {row}", row=rows[0])
    return tr("Rows {rows}", rows=", ".join(map(str, rows)))
