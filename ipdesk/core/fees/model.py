"""What is asked about a fee and what is answered: cases, answers, amounts that users give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from ipdesk.base.i18n import Bilingual, Message
from ipdesk.base.money import plain
from ipdesk.core.docket.model import Case, Event


@dataclass(frozen=True, slots=True)
class FeeCase:
    """One question: what does *item* cost for this right at this office?"""

    office: str
    right: str
    item: str
    events: tuple[Event, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    route: str = ""
    id: str = ""

    def day(self, *types: str) -> date | None:
        """The earliest event of these types."""
        return min((e.date for e in self.events if e.type in types), default=None)

    def docket(self) -> Case:
        """The same matter as the deadline engine takes it."""
        return Case(self.office, self.right, self.route, self.events, self.facts)


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day before and after rolling, and what is known of the calendar that rolled it."""

    raw: date
    due: date
    calendar: str = "unknown"  # official | computed | unknown | not_applicable


class Dates(Protocol):
    """Where fees get their dates from: the docket."""

    def next_open(self, office: str, day: date) -> DueDate:
        """The day, or the next one on which the office is open."""
        ...

    def due(self, case: FeeCase, rule: str, n: int | None = None) -> DueDate | None:
        """When the act of a deadline rule is due for this case; None where the rule waits."""
        ...


@dataclass(frozen=True, slots=True)
class OwnAmount:
    """An amount that the user added or corrected; it wins over the built-in one while valid."""

    office: str
    item: str
    amount: Decimal
    currency: str
    right: str = ""  # empty: every right
    number: int | None = None  # patent year, part or renewal; None: every one
    valid_from: date | None = None
    valid_until: date | None = None  # first day on which it no longer holds
    source: str = ""


@dataclass(frozen=True, slots=True)
class FeeAnswer:
    """What a fee comes to, and why; None stands for unknown, never for nothing."""

    item: str
    id: str = ""
    year: int | None = None
    official: Decimal | None = None
    reduction: Decimal | None = None
    payable: Decimal | None = None
    surcharge: Decimal | None = None
    currency: str = ""
    raw: date | None = None
    due: date | None = None
    grace_end: date | None = None
    calendar: str = ""
    percent: int = 0  # of the reduction
    alone: bool = False  # the surcharge by its own name: payable is the surcharge
    why: tuple[Message, ...] = ()
    problems: tuple[Message, ...] = ()
    source: Bilingual | None = None
    confidence: str = ""
    unverified: bool = False

    @property
    def total(self) -> Decimal | None:
        """What has to be paid: the reduced fee and the surcharge; None while either is unknown."""
        if self.payable is None or self.surcharge is None:
            return None
        if self.alone:
            return self.payable
        return self.payable + self.surcharge

    def to_json(self) -> dict[str, Any]:
        """The answer as ``ipdesk fees compute`` prints it; reasons in the current language."""
        return {
            "id": self.id,
            "item": self.item,
            "year": self.year,
            "official": plain(self.official),
            "reduction": plain(self.reduction),
            "payable": plain(self.payable),
            "surcharge": plain(self.surcharge),
            "total": plain(self.total),
            "currency": self.currency or None,
            "raw": self.raw.isoformat() if self.raw else None,
            "due": self.due.isoformat() if self.due else None,
            "grace_end": self.grace_end.isoformat() if self.grace_end else None,
            "calendar": self.calendar or None,
            "source": str(self.source) if self.source else "",
            "confidence": self.confidence,
            "unverified": self.unverified,
            "why": [str(reason) for reason in self.why],
            "problems": [str(problem) for problem in self.problems],
        }


# ── forecasts ─────────────────────────────────────────────────────────────────────────────────


class Group(NamedTuple):
    """What costs are grouped by; a matter of two products counts half for each."""

    office: str = ""
    right: str = ""
    technologies: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    department: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """One cost that is known or planned: a filing of the layout plan, an examination, an action."""

    day: date
    currency: str
    official: Decimal | None
    payable: Decimal | None
    agent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ForecastMatter:
    """A matter as the forecast needs it.

    *grant* may be an assumption for a pending one. *last_number* ends the payments early (decided
    to abandon); *first_number* is the first that is still unpaid.
    """

    group: Group
    filing: date | None = None
    grant: date | None = None
    registration: date | None = None
    facts: tuple[tuple[str, Any], ...] = ()  # fee_reduction, open_licence, entity, classes …
    first_number: int = 0
    last_number: int | None = None
    planned: tuple[Planned, ...] = ()


class Kind(NamedTuple):
    """One row of sums: in which currency, which of the four."""

    currency: str
    what: str  # official | payable | agent | unknown (a count)


@dataclass(frozen=True, slots=True)
class Cost:
    """Sums of one key and period in one currency; *unknown* counts fees without an amount."""

    key: Any
    period: str  # 2027 or 2027-03
    currency: str
    official: Decimal = Decimal(0)
    payable: Decimal = Decimal(0)
    agent: Decimal = Decimal(0)
    unknown: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """After reduction, with the agent's fee."""
        return self.payable + self.agent
