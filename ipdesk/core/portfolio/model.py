"""What a portfolio is made of: rights, statuses, roles, and the rows that others see."""

import datetime as dt
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ipdesk.base.i18n import Message, pick, say

Day = date  # a field of that name hides the type


class Right(StrEnum):
    """Kinds of right (vocabulary §2)."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    PCT = "pct"
    PROVISIONAL = "provisional"
    UNITARY_PATENT = "unitary_patent"
    STANDARD_PATENT_R = "standard_patent_r"
    STANDARD_PATENT_O = "standard_patent_o"
    SHORT_TERM_PATENT = "short_term_patent"
    TRADEMARK = "trademark"
    SOFTWARE = "software_copyright"
    WORK = "work_copyright"
    DOMAIN = "domain_name"
    TRADE_SECRET = "trade_secret"
    IC_LAYOUT = "ic_layout"
    PLANT_VARIETY = "plant_variety"


RIGHT_LABELS: dict[str, Message] = {
    Right.INVENTION: say("Invention"),
    Right.UTILITY_MODEL: say("Utility model"),
    Right.DESIGN: say("Design"),
    Right.PCT: say("PCT application"),
    Right.PROVISIONAL: say("Provisional"),
    Right.UNITARY_PATENT: say("Unitary patent"),
    Right.STANDARD_PATENT_R: say("Standard patent (R)"),
    Right.STANDARD_PATENT_O: say("Standard patent (O)"),
    Right.SHORT_TERM_PATENT: say("Short-term patent"),
    Right.TRADEMARK: say("Trademark"),
    Right.SOFTWARE: say("Software copyright"),
    Right.WORK: say("Copyright"),
    Right.DOMAIN: say("Domain name"),
    Right.TRADE_SECRET: say("Trade secret"),
    Right.IC_LAYOUT: say("IC layout design"),
    Right.PLANT_VARIETY: say("Plant variety"),
}

PATENT_RIGHTS = frozenset(
    {
        Right.INVENTION,
        Right.UTILITY_MODEL,
        Right.DESIGN,
        Right.PCT,
        Right.PROVISIONAL,
        Right.UNITARY_PATENT,
        Right.STANDARD_PATENT_R,
        Right.STANDARD_PATENT_O,
        Right.SHORT_TERM_PATENT,
    }
)


class Status(StrEnum):
    """Where a matter stands, as its events or its user say."""

    PREPARATION = "preparation"
    PENDING = "pending"
    PUBLISHED = "published"
    GRANTED = "granted"  # patents granted, marks and works registered: in force
    ENTERED = "entered"  # a PCT application whose national phases have begun
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ABANDONED = "abandoned"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    TRANSFERRED = "transferred"
    UNKNOWN = "unknown"


STATUS_LABELS: dict[str, Message] = {
    Status.PREPARATION: say("In preparation"),
    Status.PENDING: say("Pending"),
    Status.PUBLISHED: say("Published"),
    Status.GRANTED: say("In force"),
    Status.ENTERED: say("National phase entered"),
    Status.REFUSED: say("Refused"),
    Status.WITHDRAWN: say("Withdrawn"),
    Status.ABANDONED: say("Abandoned"),
    Status.LAPSED: say("Lapsed"),
    Status.EXPIRED: say("Expired"),
    Status.INVALIDATED: say("Invalidated"),
    Status.TRANSFERRED: say("Transferred"),
    Status.UNKNOWN: say("Unknown"),
}

ENDED = frozenset(
    {
        Status.REFUSED,
        Status.WITHDRAWN,
        Status.ABANDONED,
        Status.LAPSED,
        Status.EXPIRED,
        Status.INVALIDATED,
        Status.TRANSFERRED,
    }
)

ROLE_LABELS: dict[str, Message] = {
    "applicant": say("Applicant"),
    "owner": say("Owner"),
    "inventor": say("Inventor"),
    "designer": say("Designer"),
    "author": say("Author"),
    "agency": say("Agency"),
    "attorney": say("Attorney"),
    "responsible": say("Responsible"),
    "licensee": say("Licensee"),
    "pledgee": say("Pledgee"),
}


def right_label(right: str) -> str:
    """The trade's word for a right, in the current language."""
    return str(RIGHT_LABELS.get(right, right))


def status_label(status: str) -> str:
    """The word for a status, in the current language."""
    return str(STATUS_LABELS.get(status, status))


def role_label(role: str) -> str:
    """The word for a role, in the current language."""
    return str(ROLE_LABELS.get(role, role))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A party to be: its names as written, in a role; ordinal follows the order given."""

    role: str
    name: str
    name_en: str = ""
    name_zh: str = ""


@dataclass(frozen=True, slots=True)
class PriorityClaim:
    """An earlier application whose priority is claimed."""

    number: str = ""
    office: str = ""
    date: dt.date | None = None
    key: str = ""  # what the number is compared by, where a list already told


@dataclass(frozen=True, slots=True)
class MatterFields:
    """The fields of a matter that a user or a list gives; dates are events and stand elsewhere."""

    right: str
    office: str
    reference: str = ""  # empty: the next free one is given
    route: str | None = None
    title: str = ""
    title_en: str = ""
    title_zh: str = ""
    application_number: str = ""
    publication_number: str = ""
    grant_number: str = ""
    status_manual: str | None = None
    status_reported: str | None = None
    status_text: str = ""
    family_key: str = ""
    parent_id: int | None = None
    parent_kind: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    goods: str = ""
    abstract: str = ""
    claims: int | None = None
    department: str = ""
    project: str = ""
    registrar: str = ""
    version: str = ""
    note: str = ""
    sample: bool = False
    people: tuple[PersonName, ...] = ()
    priorities: tuple[PriorityClaim, ...] = ()
    technologies: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One line of the portfolio; names joined in order, numbers as written."""

    id: int
    reference: str
    right: str
    office: str
    status: str
    title: str
    title_en: str
    title_zh: str
    application_number: str
    publication_number: str
    grant_number: str
    priority_date: date | None
    filing_date: date | None
    publication_date: date | None
    grant_date: date | None
    expiry_date: date | None
    next_due: date | None
    family: str
    applicants: tuple[str, ...]
    inventors: tuple[str, ...]
    agencies: tuple[str, ...]
    technologies: tuple[str, ...]
    products: tuple[str, ...]
    tags: tuple[str, ...]
    value_grade: str
    archived: bool
    sample: bool
    differing: int = 0  # fields that a register tells otherwise, where somebody asked

    @property
    def shown_title(self) -> str:
        """The title in the language of the moment, else as filed."""
        return pick(self.title_en, self.title_zh) or self.title

    @property
    def ended(self) -> bool:
        """Whether nothing can fall due any more."""
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A party in its role on a matter."""

    id: int
    party_id: int
    role: str
    ordinal: int
    name: str
    name_en: str
    name_zh: str
    written: str

    @property
    def shown(self) -> str:
        return pick(self.name_en, self.name_zh) or self.name


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """A priority claim as stored."""

    id: int
    ordinal: int
    number: str
    office: str
    date: date | None
    earlier_matter_id: int | None


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """A node of the family tree: who descends from whom, by national phase or priority."""

    id: int
    parent_id: int | None
    parent_kind: str | None
    reference: str
    right: str
    office: str
    status: str
    title: str
    filing_date: date | None
    application_number: str


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A document filed with a matter or an event; its bytes are read apart."""

    id: int
    owner_table: str
    owner_id: int
    name: str
    media_type: str
    size: int
    sha256: str
    note: str


@dataclass(frozen=True, slots=True)
class MatterDetail:
    """One matter whole, but for events, deadlines and history, which have queries of their own."""

    row: MatterRow
    route: str | None
    parent_id: int | None
    parent_kind: str | None
    status_manual: str | None
    status_reported: str | None
    status_text: str
    facts: dict[str, Any]
    classes: tuple[str, ...]
    goods: str
    abstract: str
    claims: int | None
    department: str
    project: str
    registrar: str
    version: str
    note: str
    people: tuple[PersonRow, ...]
    priorities: tuple[PriorityRow, ...]
    attachments: tuple[AttachmentRow, ...]
