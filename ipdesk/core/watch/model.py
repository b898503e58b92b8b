"""The values of early warning: hits that come in, watches as written, and what a run found."""

from dataclasses import dataclass, field
from datetime import date

from ipdesk.base.i18n import Message


@dataclass(frozen=True, slots=True)
class HitDraft:
    """One line of an exported hit list; what the list does not say is empty.

    Keys are those of ``portfolio.numbers``; ``relatives`` are keys of publications that the list
    names as family, ``family_key`` the simple family of the database.
    """

    number: str
    key: str
    kind_code: str = ""
    office: str = ""
    right: str = ""
    application_number: str = ""
    application_key: str = ""
    priority_keys: tuple[str, ...] = ()
    family_key: str = ""
    relatives: tuple[str, ...] = ()
    title: str = ""
    title_en: str = ""
    title_zh: str = ""
    abstract: str = ""
    applicants: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()  # empty: the applicants
    inventors: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    priority_date: date | None = None
    filing_date: date | None = None
    publication_date: date | None = None
    grant_date: date | None = None
    expiry_date: date | None = None
    status: str = ""  # a Status of the portfolio, where the list's words are understood
    status_text: str = ""
    claims: int | None = None
    claims_text: str = ""
    link: str = ""
    drawing: str = ""

    @property
    def holders(self) -> tuple[str, ...]:
        """Who owns it, as far as the list says."""
        return self.owners or self.applicants


@dataclass(frozen=True, slots=True)
class FamilyDraft:
    """Hits that are one family, with what they say together; ``key`` names it for good."""

    key: str
    members: tuple[HitDraft, ...]
    tokens: tuple[str, ...]  # what families are merged by
    joins: tuple[int, ...] = ()  # stored families that turned out to be this one; oldest first


@dataclass(frozen=True, slots=True)
class KnownMember:
    """What is stored of one publication, as far as a change could be seen in it."""

    id: int
    key: str
    kind_code: str
    number: str
    status: str
    status_text: str
    owners: tuple[str, ...]
    claims: int | None
    claims_text: str
    dates: tuple[date | None, ...] = ()  # priority, filing, publication, grant, expiry


@dataclass(frozen=True, slots=True)
class KnownFamily:
    """A stored family as a new run meets it."""

    id: int
    key: str
    tokens: frozenset[str]
    members: tuple[KnownMember, ...]
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class WatchFields:
    """A watch as its user writes it; queries are (database, text), verbatim."""

    name: str
    kind: str
    question: str
    every: str
    owner: str = ""
    scope: str = ""
    markets: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    known_documents: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    queries: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Where a list of hits came from. ``failed`` says why it could not be read.

    ``records`` counts its lines, where one line can hold several publications.
    """

    database: str = ""
    cut_off: date | None = None
    file: str = ""
    sha256: str = ""
    format: str = ""
    note: str = ""
    records: int | None = None
    refused: int = 0
    failed: Message | None = None


@dataclass(frozen=True, slots=True)
class RunDone:
    """What a recorded run found; ``missing`` are known documents that were not among the hits."""

    run: int
    hits: int
    families: int
    new: int
    changed: int
    known: int
    gone: int
    failed: bool
    missing: tuple[str, ...] = ()
    reopened: tuple[str, ...] = field(default=())  # keys of families whose verdict is open again


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score: what kind, how much it weighs, in words."""

    kind: str  # text | classes | citations | inventors | applicants
    weight: float
    message: Message


@dataclass(frozen=True, slots=True)
class Near:
    """An own thing that a hit resembles; *kind* is matter, product, technology or watch."""

    kind: str
    id: int
    label: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Scored:
    """How relevant a family is (0 to 1), why, and what of ours is nearest."""

    score: float
    reasons: tuple[Reason, ...]
    nearest: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Grading:
    """Likelihood × impact with the written reason."""

    likelihood: str
    impact: str
    grade: str
    reason: str


@dataclass(frozen=True, slots=True)
class FeatureFields:
    """One feature of a claim against a product."""

    text: str
    finding: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFields:
    """An answer to a family: what, who, until when, what it costs."""

    kind: str
    owner: str = ""
    due: date | None = None
    cost: str = ""
    currency: str = ""
    note: str = ""
    linked_table: str = ""
    linked_id: int | None = None


@dataclass(frozen=True, slots=True)
class GateFields:
    """A freedom-to-operate gate as its user writes it; an empty conclusion leaves it open."""

    subject: str
    stage: str
    product_id: int | None = None
    planned_on: date | None = None
    concluded_on: date | None = None
    conclusion: str = ""
    summary: str = ""
    gaps: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    families: tuple[int, ...] = ()
