"""Whether a date still asks for attention: met by a later event, overtaken, past, only an option.

Rules of law say when something is due; what counts as done stands in ``resources/progress.toml``.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from ipdesk.base.assets import asset
from ipdesk.core.docket.model import Deadline
from ipdesk.core.docket.records import EventRow, State
from ipdesk.core.portfolio.model import ENDED, Status

INFORMATION = frozenset({"information", "term"})
_SERIES = ("*-ANN*", "*-REN*", "US-P-MF*", "US-T-*", "MADRID-*", "HAGUE-*", "HK-MAINT*")


@dataclass(frozen=True, slots=True)
class Met:
    """Events that show that deadlines of these rules were met."""

    rules: tuple[str, ...]
    events: frozenset[str]
    by_number: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """The data of ``resources/progress.toml``."""

    optional: tuple[str, ...]
    optional_from: Mapping[str, str]  # rule → the event that starts it as a mere chance
    decisions: tuple[str, ...]
    met: tuple[Met, ...]


@cache
def progress() -> Progress:
    """The table, read once."""
    with asset("progress.toml").open("rb") as handle:
        data = tomllib.load(handle)
    blocks = tuple(
        Met(tuple(b["rules"]), frozenset(b["events"]), bool(b.get("by_number")))
        for b in data["met"]
    )
    return Progress(
        tuple(data["optional"]), data["optional_from"], tuple(data["decisions"]), blocks
    )


@cache
def met_by(rule: str) -> Met:
    """The first block that fits the rule."""
    return next(b for b in progress().met if any(fnmatchcase(rule, p) for p in b.rules))


@cache
def is_optional(rule: str) -> bool:
    """Whether the rule gives a right to act, and nothing is lost by leaving it."""
    return any(fnmatchcase(rule, p) for p in progress().optional)


@cache
def is_decision(rule: str) -> bool:
    """Whether the day only ends a choice, like the priority year of a first filing."""
    return any(fnmatchcase(rule, p) for p in progress().decisions)


@cache
def is_series(rule: str) -> bool:
    """Annuities and renewals: one a period as long as the right lives."""
    return any(fnmatchcase(rule, p) for p in _SERIES)


_RESTORABLE = frozenset({Status.LAPSED, Status.ABANDONED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a matter when the states of its deadlines are judged."""

    status: str
    status_on: date | None
    events: tuple[EventRow, ...]
    recorded_on: date | None  # when a list brought the matter in; None for one typed by hand
    in_force_on: date | None  # a list said so on that day
    entered: frozenset[str]  # offices of national phases that exist
    claimed: bool  # a later application claims its priority
    types: frozenset[str]  # of the events
    granted_on: date | None  # the first grant or registration


class _About(NamedTuple):
    """What the table says of one rule."""

    met: frozenset[str]  # events that show that it was done
    by_number: bool
    by_default: bool  # only the grant of the right would show it
    optional: bool
    decision: bool
    series: bool
    enters: str  # the office whose national phase it limits
    chance: str  # the event from which it runs as a mere chance


@cache
def _about(rule: str) -> _About:
    block = met_by(rule)
    office, _, kind = rule.partition("-")
    return _About(
        block.events,
        block.by_number,
        block.rules == ("*",),
        is_optional(rule),
        is_decision(rule),
        is_series(rule),
        office if kind.startswith("NPE") else "",
        progress().optional_from.get(rule, ""),
    )


def state_of(deadline: Deadline, standing: Standing, today: date) -> State:
    """The state that the records show, before anybody touched the deadline."""
    law = deadline.law
    if law.kind in INFORMATION:
        return State.INFORMATION
    about = _about(law.id)
    # that only the grant would show it is no proof for an act that is optional
    if not (about.optional and about.by_default) and _met(deadline, about, standing):
        return State.MET
    last = deadline.grace_end or deadline.due
    ended_on = standing.status_on
    ended = standing.status in ENDED and (ended_on is None or deadline.due >= ended_on)
    if ended and not _may_restore(deadline, standing):
        return State.OVERTAKEN
    if about.optional or (about.chance and _begun_by(deadline, standing) == about.chance):
        return State.OVERTAKEN if last < today else State.OPTION
    if about.decision and last < today:
        return State.OVERTAKEN
    if about.series:
        # a right that a list called in force on a day had paid all that was over by then
        if standing.in_force_on is not None and last < standing.in_force_on:
            return State.MET
    elif standing.status == Status.GRANTED and _before_grant(deadline, standing):
        return State.MET
    if standing.recorded_on is not None and last < standing.recorded_on:
        return State.PAST
    return State.OPEN


def _may_restore(deadline: Deadline, standing: Standing) -> bool:
    """A notice of loss opens the way back to a right that has ended by it."""
    return standing.status in _RESTORABLE and _begun_by(deadline, standing) == "loss_notice"


def _begun_by(deadline: Deadline, standing: Standing) -> str:
    return next((e.type for e in standing.events if e.id == deadline.trigger), "")


def _met(deadline: Deadline, about: _About, standing: Standing) -> bool:
    if about.enters and about.enters in standing.entered:
        return True
    if about.decision and standing.claimed:
        return True
    if about.met.isdisjoint(standing.types):
        return False
    own = deadline.trigger
    start = deadline.start or date.min
    for event in standing.events:
        if event.type not in about.met or event.id == own:
            continue
        if about.by_number:
            if event.ordinal == deadline.n:
                return True
        elif event.date > start or (event.date == start and own is not None):
            return True
    return False


def _before_grant(deadline: Deadline, standing: Standing) -> bool:
    """Whether the period began before the right came into force (or nobody knows when it did)."""
    first = standing.granted_on
    return first is None or (deadline.start is not None and deadline.start < first)


def standing_of(
    status: str,
    status_on: date | None,
    reported: str | None,
    events: Iterable[EventRow],
    entered: frozenset[str],
    facts: Mapping[str, object],
    claimed: bool = False,
) -> Standing:
    """Put together what the judgement needs."""
    rows = tuple(events)
    brought = [e.recorded_on for e in rows if e.source == "import"]
    recorded = min(brought) if brought else None
    in_force = None
    if status == Status.GRANTED and reported == Status.GRANTED:
        told = facts.get("reported_on")
        in_force = date.fromisoformat(str(told)) if told else recorded
    grants = [e.date for e in rows if e.type in ("grant", "registration")]
    return Standing(
        status,
        status_on,
        rows,
        recorded,
        in_force,
        entered,
        claimed,
        frozenset([e.type for e in rows]),
        min(grants, default=None),
    )
