"""A rule of law as a value: what starts a period, how long it runs, where it rolls, why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ipdesk.base.i18n import Bilingual
from ipdesk.core.docket.arithmetic import NOTHING, Period


class Roll(StrEnum):
    """At which office the last day must be open."""

    OWN = "own"
    RECEIVING_OFFICE = "receiving_office"
    ISA = "isa"
    IPEA = "ipea"
    IB = "ib"
    EVENT_OFFICE = "event_office"
    NEVER = "never"
    UNSETTLED = "unsettled"  # nobody is sure: the earlier, un-rolled day is given


KINDS = (
    "filing",  # an application or entry into a phase
    "priority",
    "reply",
    "request",
    "payment",
    "renewal",
    "remedy",  # appeal, review, court
    "restoration",
    "document",
    "term",
    "information",
    "service",
)


@dataclass(frozen=True, slots=True)
class Term:
    """One limb of a computation: a day and a period from it.

    A base is an event type, ``priority_date`` (the earliest priority, else the filing date) or
    ``rule:ID`` (the nominal end of another rule's period). The first base that exists counts.
    """

    bases: tuple[str, ...]
    period: Period = NOTHING
    optional: bool = False
    routes: frozenset[str] = frozenset()
    begin: str = ""  # of an alternative: an adjustment of its day
    adjust: str = ""  # and of its end


@dataclass(frozen=True, slots=True)
class Series:
    """A date that comes again and again: annuities, maintenance fees, renewals."""

    first: int
    months: tuple[int, ...]  # from the base, for number first, first + 1, …
    number: str  # the fact that asks for one of them: annuity_year or renewal_number


@dataclass(frozen=True, slots=True)
class Window:
    """From when on an act may be done."""

    months: int
    style: str  # see arithmetic.window_opens; "from_start" counts back from the series' months
    n: int | None = None
    due_from: date | None = None


@dataclass(frozen=True, slots=True)
class Applies:
    """Which version of the law: keyed on the date of an event, ``document`` or ``due``."""

    on: str
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the keyed day lies in the range, both ends included."""
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be true of the event (ordinal, service, office) or of a fact of the case."""

    name: str
    values: tuple[Any, ...]
    least: int | None = None  # for ordinals: this one or a later one
    default: Any = None
    is_fact: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The surcharge of a payment made up to so many months after the due date."""

    months: int
    percent: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as the engine runs it and as a person reads it."""

    id: str
    office: str  # "*" for every office
    label: Bilingual
    kind: str
    rights: frozenset[str]
    term: Term
    roll: Roll
    basis: Bilingual
    source: Bilingual
    confidence: str
    checked: date
    variant_words: Bilingual | None = None  # what tells it from others of its id
    order: int = 0
    routes: frozenset[str] = frozenset()
    later_of: tuple[Term, ...] = ()
    earlier_of: tuple[Term, ...] = ()
    not_before: tuple[Term, ...] = ()
    not_after: tuple[Term, ...] = ()
    series: Series | None = None
    n: int | None = None
    begin: str = ""  # an adjustment of the base
    adjust: str = ""  # an adjustment of the end
    conditions: tuple[Condition, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only_after: str = ""  # an event: numbers whose day lies after it
    lenient: bool = False  # all numbers are given while the event of only_after is not recorded
    only_until: str = ""  # an event: numbers whose day lies not after it, if it happened
    skip: int = 0  # so many numbers left out after only_after
    within: Term | None = None  # numbers of a series end with this term, where its start is known
    withdrawn: str = ""  # when the priority it counts from is withdrawn: "anew" or "ends"
    plain_base: bool = False  # counts from what the other rule gives before its alternatives
    printed: bool = True
    extended: bool = False
    ceiling: Period | None = None  # of an extension, or of the whole period from its start
    ceiling_of: str = ""  # "extension" or "whole"
    period_fact: str = ""
    lengthened: bool = False  # by the days of compensation that the office decided
    estimate: str = ""  # a formula of compensation.py that its reasons tell
    percent_fact: str = ""  # the fact that says when a late fee was paid
    applies: Applies | None = None
    service: str = ""  # a service model's id, "none", or "" for the one of office and right
    windows: tuple[Window, ...] = ()
    grace_of: str = ""
    replaces: tuple[str, int] | None = None
    surcharge: tuple[Step, ...] = ()
    surcharge_text: Bilingual | None = None
    consequence: Bilingual | None = None
    extension: Bilingual | None = None
    note: Bilingual | None = None
    part_of: str = ""
    detail: bool = False  # given to those who ask for every detail, no entry of a docket
    own: bool = False  # written by the company

    @property
    def variant(self) -> str:
        """The name by which it is told from others of its id; empty for the only one."""
        return self.variant_words.en if self.variant_words else ""

    @property
    def version(self) -> str:
        """What to keep beside a stored date, so that a changed rule is noticed."""
        return f"{self.checked.isoformat()} {self.variant}".rstrip()

    @property
    def bases(self) -> tuple[str, ...]:
        """Every base that this rule reads, its own and those of its alternatives."""
        terms = (self.term, *self.later_of, *self.earlier_of, *self.not_before, *self.not_after)
        return tuple(base for term in terms for base in term.bases)


@dataclass(frozen=True, slots=True)
class Principle:
    """A provision that gives no date of its own: how periods are counted, what cannot be had."""

    id: str
    office: str
    label: Bilingual
    text: Bilingual
    basis: Bilingual
    source: Bilingual
    confidence: str
    checked: date


@dataclass(frozen=True, slots=True)
class ServicePeriod:
    """How one way of service works for documents of a span of dates."""

    service: str  # electronic, post, hand, publication or "*"
    period: Period
    received: str  # "ignored", "prevails", "if_later" or "beyond_grace"
    grace_days: int = 0
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceModel:
    """When a document of an office counts as received."""

    id: str
    office: str
    rights: frozenset[str]
    label: Bilingual
    periods: tuple[ServicePeriod, ...]
    basis: Bilingual
    source: Bilingual
    confidence: str
