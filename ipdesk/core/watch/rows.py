"""What queries give out: frozen rows of watches, runs, hit families, answers and gates."""

from dataclasses import dataclass
from datetime import date, datetime

from ipdesk.base.i18n import Message, pick
from ipdesk.core.watch.cadence import Health
from ipdesk.core.watch.gates import GateState
from ipdesk.core.watch.model import Near, Reason
from ipdesk.core.watch.screening import MarketState


@dataclass(frozen=True, slots=True)
class WatchRow:
    """One watch with its health; ``last_run`` is the last run that did not fail."""

    id: int
    name: str
    kind: str
    question: str
    owner: str
    every: str
    next_due: date
    overdue: bool
    last_run: date | None
    last_attempt: date | None
    failed: bool  # the latest attempt
    families: int
    unreviewed: int
    threats: int
    paused_on: date | None
    health: Health


@dataclass(frozen=True, slots=True)
class QueryRow:
    """A query text, verbatim, with its version; a retired one stays readable."""

    id: int
    database: str
    text: str
    version: int
    written_on: date
    written_by: str
    retired_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run as it was recorded."""

    id: int
    watch_id: int
    watch: str
    at: datetime
    ran_on: date
    by: str
    database: str
    query_text: str
    cut_off: date | None
    file: str
    sha256: str
    hits: int
    refused: int
    families: int
    new: int
    changed: int
    known: int
    gone: int
    failed: bool
    reason: Message | None
    missing: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class WatchDetail:
    """A watch whole; runs newest first, queries with their old versions."""

    row: WatchRow
    scope: str
    started_on: date
    paused_reason: str
    markets: tuple[str, ...]
    synonyms: tuple[str, ...]
    classes: tuple[str, ...]
    applicants: tuple[str, ...]
    inventors: tuple[str, ...]
    known_documents: tuple[str, ...]
    technologies: tuple[str, ...]
    products: tuple[str, ...]
    note: str
    queries: tuple[QueryRow, ...]
    runs: tuple[RunRow, ...]


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit family in a list; ``score`` is None until it was worked out."""

    id: int
    watch_id: int
    key: str
    title: str
    title_en: str
    title_zh: str
    members: tuple[str, ...]
    applicants: tuple[str, ...]
    offices: tuple[str, ...]
    status: str
    priority_date: date | None
    filing_date: date | None
    publication_date: date | None
    score: float | None
    reasons: tuple[Reason, ...]
    nearest: tuple[Near, ...]
    verdict: str
    reason: str
    decided_by: str
    decided_on: date | None
    reviewer: str
    review_due: date | None
    grade: str
    reopened: bool
    changed: tuple[Message, ...]
    first_seen: date
    last_seen: date | None
    fresh: bool  # came with the last run
    gone: bool  # not in the last run

    @property
    def shown_title(self) -> str:
        """The title in the language of the moment, else as listed."""
        return pick(self.title_en, self.title_zh) or self.title

    @property
    def waiting(self) -> bool:
        """Whether somebody still has to look at it."""
        return not self.verdict or self.reopened


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One publication of a family."""

    id: int
    number: str
    office: str
    right: str
    application_number: str
    title: str
    priority_date: date | None
    filing_date: date | None
    publication_date: date | None
    grant_date: date | None
    expiry_date: date | None
    status: str
    status_text: str
    owners: tuple[str, ...]
    claims: int | None
    claims_text: str
    link: str
    drawing: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A verdict that was given, with the changes that were on the table."""

    on: date
    by: str
    verdict: str
    reason: str
    grade: str
    facts: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class SightingRow:
    """How a run met a family."""

    run_id: int
    ran_on: date
    state: str
    changes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same documents in another watch: who judged them there, and how."""

    watch: str
    family_id: int
    verdict: str
    reason: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature of a claim against a product."""

    id: int
    ordinal: int
    text: str
    finding: str
    note: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A claim chart."""

    id: int
    family_id: int
    product_id: int | None
    product: str
    member: str
    claim: str
    conclusion: str
    by: str
    on: date
    features: tuple[FeatureRow, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer to a family, with the family's name and grade beside."""

    id: int
    family_id: int
    watch_id: int
    watch: str
    family: str
    title: str
    title_en: str
    title_zh: str
    grade: str
    kind: str
    state: str
    owner: str
    due: date | None
    cost: str
    currency: str
    made_on: date
    closed_on: date | None
    result: str
    note: str
    linked_table: str
    linked_id: int | None

    @property
    def shown_title(self) -> str:
        """The family's title in the language of the moment, else its name."""
        return pick(self.title_en, self.title_zh) or self.title or self.family


@dataclass(frozen=True, slots=True)
class HitDetail:
    """One family whole."""

    row: HitRow
    abstract: str
    classes: tuple[str, ...]
    inventors: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    likelihood: str
    impact: str
    grade_reason: str
    graded_by: str
    graded_on: date | None
    members: tuple[MemberRow, ...]
    markets: tuple[MarketState, ...]
    charts: tuple[ChartRow, ...]
    answers: tuple[AnswerRow, ...]
    decisions: tuple[DecisionRow, ...]
    sightings: tuple[SightingRow, ...]
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True)
class GateFamilyRow:
    """A family that a gate considered."""

    family_id: int
    key: str
    title: str
    title_en: str
    title_zh: str
    watch: str
    verdict: str
    grade: str
    conclusion: str
    note: str

    @property
    def shown_title(self) -> str:
        """The title in the language of the moment, else the family's name."""
        return pick(self.title_en, self.title_zh) or self.title or self.key


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """What was searched, as it stood when a gate was made."""

    watch: str
    database: str
    query: str
    cut_off: date | None
    ran_on: date


@dataclass(frozen=True, slots=True)
class GateRow:
    """A freedom-to-operate gate with its light on the day."""

    id: int
    product_id: int | None
    subject: str
    stage: str
    planned_on: date | None
    concluded_on: date | None
    conclusion: str
    summary: str
    gaps: tuple[str, ...]
    markets: tuple[str, ...]
    searches: tuple[SearchRecord, ...]
    by: str
    made_on: date
    families: tuple[GateFamilyRow, ...]
    state: GateState


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something of early warning that stands among the deadlines and on the home page.

    *kind*: watch, review, answer or gate; *severe* ones are red.
    """

    kind: str
    due: date
    message: Message
    owner: str
    severe: bool
    watch_id: int | None = None
    family_id: int | None = None
    gate_id: int | None = None
