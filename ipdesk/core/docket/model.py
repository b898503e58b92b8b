"""Events, cases and what follows from them: deadlines, what is still waited for, problems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ipdesk.base.i18n import Bilingual, Message
from ipdesk.core.docket.calendars import Opening, Status
from ipdesk.core.docket.reasons import is_printed, sentences, unverified_words
from ipdesk.core.docket.rules import Roll, Rule, Step

Day = date  # a field of Event is itself called date


class Event(NamedTuple):
    """Something that happened on a day (vocabulary §4)."""

    type: str
    date: "Day"
    service: str | None = None  # electronic when nothing is said
    received: "Day | None" = None
    ordinal: int | None = None  # the first when nothing is said
    period_months: int | None = None
    period_days: int | None = None
    extension_months: int | None = None
    office: str | None = None
    printed_due: "Day | None" = None  # the last day as the document itself prints it
    key: Any = None  # whatever the caller wants back on the deadlines of this event


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one matter. ``facts["status"]`` helps to tell missing from future dates."""

    office: str
    right: str
    route: str | None = None
    events: tuple[Event, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


_made: Callable[..., "Deadline"] = tuple.__new__  # without the checks of ``__init__``


class Deadline(NamedTuple):
    """One date by law. A named tuple, because 800,000 of them are made in one recomputation."""

    law: Rule
    n: int | None
    raw: date
    due: date
    start: date
    opens: date | None
    rolled_at: str  # the office whose closed days count, or "" where nothing rolls
    opening: Opening | None
    surcharge_percent: int | None
    trail: tuple[tuple[Any, ...], ...]  # the unusual steps of the computation; ``why`` speaks all
    confirmed: bool  # somebody at the company vouches for the rule
    grace_end: date | None
    trigger: Any  # the key of the event that started it

    def of(self, key: Any) -> "Deadline":
        """The same date for another event; ``_replace`` takes five times as long."""
        return _made(Deadline, (*self[:12], key))

    def with_grace(self, end: date) -> "Deadline":
        """The same date with the end of its grace period."""
        return _made(Deadline, (*self[:11], end, self[12]))

    def told(self, step: tuple[Any, ...]) -> "Deadline":
        """The same date with one more step of its reasoning."""
        return self._replace(trail=(*self.trail, step))

    @property
    def calendar(self) -> Status:
        """How much is known of the closed days behind the date."""
        if self.opening is not None:
            return self.opening.status
        if is_printed(self.trail):
            return Status.NOT_APPLICABLE
        return Status.NOT_APPLICABLE if self.law.roll is Roll.NEVER else Status.UNKNOWN

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.law.id

    @property
    def label(self) -> Bilingual:
        return self.law.label

    @property
    def kind(self) -> str:
        return self.law.kind

    @property
    def basis(self) -> Bilingual:
        return self.law.basis

    @property
    def source(self) -> Bilingual:
        return self.law.source

    @property
    def confidence(self) -> str:
        return self.law.confidence

    @property
    def unverified(self) -> bool:
        """Whether the rule still waits for somebody to confirm it (confidence K)."""
        return is_unverified(self.law.confidence) and not self.confirmed

    @property
    def consequence(self) -> Bilingual | None:
        return self.law.consequence

    @property
    def version(self) -> str:
        return self.law.version

    @property
    def part_of(self) -> str:
        """The rule whose grace or later stage this is, or ""."""
        return self.law.part_of

    @property
    def surcharge(self) -> tuple[Step, ...]:
        return self.law.surcharge

    @property
    def why(self) -> tuple[Message, ...]:
        """The reasoning, a sentence a step."""
        told = sentences(
            self.law,
            self.n,
            self.start,
            self.raw,
            self.trail,
            self.opening,
            self.opens,
        )
        return (*told, unverified_words(self.confidence)) if self.unverified else told


def is_unverified(confidence: str) -> bool:
    """Whether a confidence contains the code K, in whole or in part: ``V3/K``, ``V1 (CN) / K``."""
    return "K" in confidence.replace("/", " ").replace("(", " ").replace(")", " ").split()


@dataclass(frozen=True, slots=True)
class Pending:
    """A rule that waits for something. *essential*: the user could and should supply it."""

    rule: str
    label: Bilingual
    waiting_for: str
    essential: bool
    why: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that follows from a case; with contradictory facts there are only problems."""

    deadlines: tuple[Deadline, ...] = ()
    pending: tuple[Pending, ...] = ()
    problems: tuple[Message, ...] = ()
    more: tuple[str, ...] = ()  # series of which later numbers were left out
