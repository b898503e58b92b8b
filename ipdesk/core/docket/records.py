"""What the docket keeps: events, deadlines with what people did, and what cannot be computed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ipdesk.base.i18n import Bilingual, Message, pick, say

Day = date  # a field of that name hides the type


class State(StrEnum):
    """What became of a deadline. ``open`` shows as overdue, in grace or upcoming by the day."""

    OPEN = "open"
    SUBMITTED = "submitted"  # done by us, the office has not confirmed: stays amber
    CONFIRMED = "confirmed"
    NOT_APPLICABLE = "not_applicable"  # a person said so, with a reason
    MET = "met"  # a later event shows that it was done
    OVERTAKEN = "overtaken"  # the matter ended, or the event behind it was corrected away
    PAST = "past"  # over before the matter came into these records; nobody checked
    OPTION = "option"  # a right to act that one may leave unused
    INFORMATION = "information"  # a term or a date to know; nothing to do


STATE_LABELS: dict[str, Message] = {
    State.OPEN: say("Open"),
    State.SUBMITTED: say("Submitted, not confirmed"),
    State.CONFIRMED: say("Confirmed"),
    State.NOT_APPLICABLE: say("Not applicable"),
    State.MET: say("Done"),
    State.OVERTAKEN: say("No longer needed"),
    State.PAST: say("Before our records"),
    State.OPTION: say("Possible"),
    State.INFORMATION: say("For information"),
    "overdue": say("Overdue"),
    "grace": say("In grace period"),
}

WAITING = frozenset({State.OPEN, State.SUBMITTED})
"""States that a person still has to look at."""


def shown_state(state: str, due: date, grace_end: date | None, today: date) -> str:
    """``overdue`` and ``grace`` for open deadlines whose day is past, else the state itself."""
    if state != State.OPEN or due >= today:
        return state
    return "grace" if grace_end is not None and grace_end >= today else "overdue"


def state_label(state: str) -> str:
    """The word for a state, in the current language."""
    return str(STATE_LABELS.get(state, state))


@dataclass(frozen=True, slots=True)
class EventInput:
    """An event as a user or a list gives it (vocabulary §4)."""

    type: str
    date: Day
    service: str | None = None
    received: Day | None = None
    ordinal: int | None = None
    period_months: int | None = None
    period_days: int | None = None
    extension_months: int | None = None
    office: str | None = None
    number: str = ""
    source: str = "manual"
    note: str = ""
    printed_due: Day | None = None  # the last day as the document itself prints it


class EventRow(NamedTuple):
    """A stored event. A named tuple, because a recomputation makes 300,000 of them."""

    id: int
    matter_id: int
    type: str
    date: Day
    service: str | None
    received: Day | None
    ordinal: int | None
    period_months: int | None
    period_days: int | None
    extension_months: int | None
    office: str | None
    number: str
    source: str
    recorded_on: Day
    entered_by: str
    checked_by: str
    checked_on: Day | None
    note: str
    printed_due: Day | None = None

    @property
    def unchecked(self) -> bool:
        """Whether it came from a list and nobody compared it with a document yet."""
        return self.source == "import" and not self.checked_by


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A stored deadline with the matter it belongs to; its reasons come from ``explain``."""

    id: int
    matter_id: int
    reference: str
    right: str
    office: str
    title: str
    title_en: str
    title_zh: str
    rule: str
    version: str
    n: int | None
    event_id: int | None
    label: Bilingual
    kind: str
    raw: date
    due: date
    start: date | None
    opens: date | None
    grace_end: date | None
    internal_due: date | None
    agent_due: date | None
    calendar: str
    unverified: bool
    basis: Bilingual
    state: str
    reason: str
    submitted_on: date | None
    submitted_by: str
    receipt: str
    confirmed_on: date | None
    confirmed_by: str
    extended_to: date | None
    responsible: str
    checked_by: str
    manual: bool
    note: str
    unchecked: bool  # the event behind it came from a list and was not checked

    @property
    def shown_title(self) -> str:
        return pick(self.title_en, self.title_zh) or self.title

    @property
    def name(self) -> str:
        """The rule's label, with the year or number of a series."""
        return f"{self.label} ({self.n})" if self.n else str(self.label)

    def shown(self, today: date) -> str:
        """The state as it looks on that day."""
        return shown_state(self.state, self.due, self.grace_end, today)


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A deadline that cannot be computed, and what is missing."""

    id: int
    matter_id: int
    reference: str
    right: str
    office: str
    title: str
    rule: str
    label: Bilingual
    waiting_for: str
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """One line of what an event does to the docket: before or after may be missing."""

    rule: str
    n: int | None
    label: Bilingual
    before: date | None
    after: date | None
    state_before: str | None = None
    state_after: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What recording, correcting or deleting an event creates, changes and ends."""

    created: tuple[DeadlineChange, ...] = ()
    changed: tuple[DeadlineChange, ...] = ()
    ended: tuple[DeadlineChange, ...] = ()
    problems: tuple[Message, ...] = ()
    fields: tuple[tuple[str, str, str], ...] = ()  # of the matter: name, old, new
    kept: tuple[DeadlineChange, ...] = ()  # done or extended by a person: left as they stand
    missing: tuple[PendingRow, ...] = ()  # what cannot be computed any more
    warnings: tuple[Message, ...] = ()  # unlikely, and recorded all the same
    refused: tuple[Message, ...] = ()  # problems that this event would bring: it is not recorded
    there: tuple["EffectThere", ...] = ()  # the same in matters made from this one
    behind: tuple[str, ...] = ()  # references of those that keep the date which is corrected here

    @property
    def empty(self) -> bool:
        """Whether nothing of the docket changes."""
        here = self.created or self.changed or self.ended or self.kept or self.missing
        return not (here or self.fields or self.there)


@dataclass(frozen=True, slots=True)
class EffectThere:
    """What a correction does in a matter that was made from the corrected one."""

    matter_id: int
    reference: str
    effect: Effect
