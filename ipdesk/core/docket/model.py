"""Events, cases and what follows from them: deadlines, what is still waited for, problems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ipdesk.base.i18n import Bilingual, Message
from ipdesk.core.docket.calendar_pages import Status
from ipdesk.core.docket.reasons import sentences
from ipdesk.core.docket.rules import Rule, Step

Day = date  # a field of Event is itself called date


@dataclass(frozen=True, slots=True)
class Event:
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
    grace_end: date | None
    calendar: Status
    trigger: Any  # the key of the event that started it
    surcharge_percent: int | None
    trail: tuple[tuple[Any, ...], ...]  # the steps of the computation; ``why`` speaks them
    confirmed: bool = False  # somebody at the company vouches for the rule

    def of(self, key: Any) -> "Deadline":
        """The same date for another event; ``_replace`` takes five times as long."""
        return _made(Deadline, (*self[:8], key, *self[9:]))

    def with_grace(self, end: date) -> "Deadline":
        """The same date with the end of its grace period."""
        return _made(Deadline, (*self[:6], end, *self[7:]))

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
    def basis(self) -> str:
        return self.law.basis

    @property
    def source(self) -> str:
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
        return sentences(self.law, self.trail)


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
