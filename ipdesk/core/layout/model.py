"""The values of layout planning: plans and their rows, inventions, markets, the technology tree."""

import datetime
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipdesk.base.i18n import Bilingual, Message
from ipdesk.core.portfolio.model import Status


@dataclass(frozen=True, slots=True)
class Target:
    """A territory of a plan row, and why it is chosen."""

    office: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """Money set aside for a quarter, or for one right, technology or territory in it."""

    quarter: date  # its first day
    amount: Decimal
    currency: str
    right: str = ""
    office: str = ""
    technology_id: int | None = None


@dataclass(frozen=True, slots=True)
class CostLine:
    """One fee of an estimate after reduction; an unknown amount is None and says so."""

    office: str
    item: str
    label: Bilingual
    amount: Decimal | None
    currency: str
    percent: int = 0  # of the reduction
    why: tuple[Message, ...] = ()
    official: Decimal | None = None  # before reduction
    right: str = ""  # of the filing; tells the two of a same-day pair apart


@dataclass(frozen=True, slots=True)
class PlanFields:
    """A plan as its user writes it."""

    name: str
    kind: str = "annual"
    starts_on: date | None = None
    ends_on: date | None = None
    currency: str = ""
    owner: str = ""
    purpose: str = ""
    budget: tuple[Budget, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanInfo:
    """A stored version of a plan."""

    id: int
    name: str
    version: int
    kind: str
    status: str
    starts_on: date | None
    ends_on: date | None
    currency: str
    owner: str
    purpose: str
    copied_from_id: int | None
    made_on: date
    approved_on: date | None
    approved_by: str
    rows: int = 0
    filed: int = 0
    newest: bool = True

    @property
    def title(self) -> str:
        """``2027 (v2)``; the first version has no number."""
        return self.name if self.version == 1 else f"{self.name} (v{self.version})"


@dataclass(frozen=True, slots=True)
class RowFields:
    """A plan row as its user writes it; ids of the tree, products and inventions where known."""

    title: str
    technology_id: int | None = None
    effect_id: int | None = None
    application_id: int | None = None
    product_id: int | None = None
    office: str = ""
    gap: str = ""
    proposal: str = ""
    role: str = "core"
    role_reason: str = ""
    right: str = "invention"
    right_reason: str = ""
    territories: tuple[Target, ...] = ()
    inventors: tuple[str, ...] = ()
    owner: str = ""
    agent: str = ""
    agent_cost: Decimal | None = None
    agent_currency: str = ""
    value: int | None = None
    copying: int | None = None
    detectability: int | None = None
    target: date | None = None
    status: str = "idea"
    reason: str = ""
    reviewed_on: date | None = None
    invention_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LinkedMatter:
    """A matter that a plan row became, as it stands now."""

    id: int
    reference: str
    right: str
    office: str
    status: str
    filing_date: date | None
    grant_date: date | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A stored row with the names of what it points to and the matters that it became."""

    id: int
    plan_id: int
    ordinal: int
    lineage: int
    fields: RowFields
    technology: str
    effect: str
    application: str
    product: str
    estimate: tuple[CostLine, ...] = ()
    estimated_on: date | None = None
    matters: tuple[LinkedMatter, ...] = ()

    @property
    def status(self) -> str:
        """The status as work tells it: a filed matter makes the row filed, whatever was typed."""
        if any(m.filing_date or m.status not in _UNFILED for m in self.matters):
            return "filed"
        return self.fields.status

    @property
    def filed_on(self) -> date | None:
        """When the first matter of the row was filed."""
        return min((m.filing_date for m in self.matters if m.filing_date), default=None)

    @property
    def priority(self) -> int | None:
        """Value × copying risk × detectability, 1 to 125; None while one of them is not judged."""
        f = self.fields
        if f.value is None or f.copying is None or f.detectability is None:
            return None
        return f.value * f.copying * f.detectability

    @property
    def planned(self) -> bool:
        """Whether it still waits to be filed."""
        return self.status not in ("filed", "dropped")


_UNFILED = frozenset({Status.PREPARATION, Status.UNKNOWN})


@dataclass(frozen=True, slots=True)
class InventionFields:
    """An invention disclosure as its inventors hand it in."""

    title: str
    received_on: date
    inventors: tuple[str, ...] = ()
    submitted_by: str = ""
    problem: str = ""
    solution: str = ""
    advantage: str = ""
    known_art: str = ""
    public_on: date | None = None
    technology_id: int | None = None
    effect_id: int | None = None
    application_id: int | None = None
    product_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer says of an invention disclosure."""

    by: str
    on: date
    advice: str
    value: int | None = None
    copying: int | None = None
    detectability: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Invention:
    """A stored invention disclosure with its reviews and its decision."""

    id: int
    code: str
    fields: InventionFields
    state: str
    decision: str
    reason: str
    decided_by: str
    decided_on: date | None
    technology: str = ""
    product: str = ""
    reviews: tuple[Review, ...] = ()
    row_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that was decided on a plan or a row."""

    id: int
    row_id: int | None
    on: datetime.date
    by: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class LaunchRow:
    """A stored date of a product in a market."""

    id: int
    product_id: int
    product: str
    office: str
    date: datetime.date
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DisclosureFields:
    """An exhibition, paper, sale or tender, planned or past."""

    kind: str
    date: datetime.date
    title: str = ""
    product_id: int | None = None
    technology_id: int | None = None
    office: str = ""
    place: str = ""
    ground: str = ""
    confidential: bool = False
    cancelled: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """A stored disclosure with the names of what it discloses."""

    id: int
    fields: DisclosureFields
    product: str = ""
    technology: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the technology tree with everything that is said of it."""

    id: int
    parent_id: int | None
    code: str
    name: str
    name_zh: str
    definition: str
    classes: tuple[str, ...]
    keywords: tuple[str, ...]
    owner: str
    ordinal: int
    depth: int = 0
    path: str = ""  # names from the root, with slashes
    matters: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An effect, an application field or a product."""

    id: int
    name: str
    name_zh: str = ""
    code: str = ""
    definition: str = ""
    stage: str = ""  # of a product
    owner: str = ""  # of a product
    matters: int = 0
