"""Where a matter stands: a person's word first, then its events, then what a list reported."""

from collections.abc import Sequence
from datetime import date

from ipdesk.core.docket.records import EventRow
from ipdesk.core.portfolio.model import Right, Status

_ENDS: dict[str, Status] = {
    "withdrawal": Status.WITHDRAWN,
    "abandonment": Status.ABANDONED,
    "lapse": Status.LAPSED,
    "invalidation": Status.INVALIDATED,
    "transfer": Status.TRANSFERRED,
    "deletion": Status.LAPSED,
}
END_EVENTS = tuple(kind for kind in _ENDS if kind != "transfer")
"""Events that end a right; a restoration undoes them."""
_IN_FORCE = {"grant", "registration", "international_registration"}
_FILED = {"filing", "receipt", "acceptance_notice", "national_entry"}
_BY_NATURE = {Right.DOMAIN, Right.SOFTWARE, Right.WORK, Right.TRADE_SECRET}


def derive(
    right: str,
    events: Sequence[EventRow],
    reported: str | None,
    expiry: date | None,
    today: date,
    *,
    entered: bool = False,
    numbered: bool = False,
) -> tuple[str, date | None]:
    """Status and the day since when, from the events and the reported status (see ``judged``)."""
    told = from_events(right, events)
    return judged(told, reported, expiry, today, entered=entered, numbered=numbered)


def judged(
    by_events: tuple[Status, date | None],
    reported: str | None,
    expiry: date | None,
    today: date,
    *,
    entered: bool = False,
    numbered: bool = False,
) -> tuple[str, date | None]:
    """Status and the day since when, from what the events say and the reported status.

    *expiry* is the end of the term; *entered* says that national phases exist, *numbered* that
    an office gave an application number. A reported end
    counts unless an event of the matter is younger in kind: lists know of lapses that nobody
    recorded, so a reported status that goes further than the events wins.
    """
    status, since = by_events
    if numbered and status == Status.UNKNOWN:
        status = Status.PENDING
    if entered and status in (Status.PENDING, Status.PUBLISHED):
        status = Status.ENTERED
    if reported and _further(reported, status):
        status, since = Status(reported), None
    if status == Status.GRANTED and expiry is not None and expiry < today:
        return Status.EXPIRED, expiry
    return status, since


def from_events(right: str, events: Sequence[EventRow]) -> tuple[Status, date | None]:
    """Events in the order of their dates; a later one outweighs an earlier one.

    A restoration brings back the stage that the matter had reached before it ended.
    """
    status, since = Status.UNKNOWN, None
    reached = Status.GRANTED if right in _BY_NATURE else Status.PENDING
    for event in _in_order(events):
        new = reached if event.type == "restoration" else _step(right, event.type, status)
        if new is not None and new != status:
            status, since = new, event.date
        if _RANK.get(status, 0) > _RANK[Status.PREPARATION]:
            reached = status
    return status, since


def _in_order(events: Sequence[EventRow]) -> Sequence[EventRow]:
    last = date.min
    for event in events:
        if event.date <= last:
            return sorted(events, key=lambda e: (e.date, _weight(e.type), e.id))
        last = event.date
    return events


def _weight(kind: str) -> int:
    """Of two events of one day the one further along the life of a matter counts last.

    Of an end and a restoration on one day the one that was recorded later counts.
    """
    order = ("filing", "publication", "grant_notice", "grant", "registration")
    return (
        order.index(kind) if kind in order else (9 if kind in _ENDS or kind == "restoration" else 1)
    )


def _step(right: str, kind: str, before: Status) -> Status | None:
    if kind in _ENDS:
        return _ENDS[kind]
    if kind in _IN_FORCE:
        return Status.GRANTED
    if kind == "refusal":
        return Status.REFUSED
    if kind == "reexam_request" and before == Status.REFUSED:
        return Status.PENDING
    if kind in ("publication", "prelim_publication") and before in (
        Status.UNKNOWN,
        Status.PENDING,
        Status.PREPARATION,
    ):
        return Status.PUBLISHED
    if kind in _FILED and before in (Status.UNKNOWN, Status.PREPARATION):
        return Status.PENDING
    in_force_already = kind in ("completion", "first_publication", "creation", "expiry")
    if right in _BY_NATURE and in_force_already and before == Status.UNKNOWN:
        return Status.GRANTED
    return None


_RANK = {
    Status.UNKNOWN: 0,
    Status.PREPARATION: 1,
    Status.PENDING: 2,
    Status.PUBLISHED: 3,
    Status.ENTERED: 4,
    Status.GRANTED: 5,
}


def is_end(status: str | None) -> bool:
    """Whether a matter with this status has come to an end that a restoration can undo."""
    return status in {str(_ENDS[kind]) for kind in END_EVENTS}


def _further(reported: str, derived: Status) -> bool:
    """Whether the list knows of a later stage than the events do; ends rank above all stages."""
    known = reported in Status.__members__.values()
    return known and _RANK.get(Status(reported), 6) > _RANK.get(derived, 6)
