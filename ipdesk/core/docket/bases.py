"""The days a case offers to count from: its events by type and the priority date over time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.service import NOTICES

PRIORITY_DATE = "priority_date"
NOTICE = "notice"
EXTENSION = "extension"
ALL_WITHDRAWN = "priority_withdrawal"
ONE_WITHDRAWN = "priority_claim_withdrawal"
"""Its day is the priority's own, as of a claim; the day of receipt is that of the withdrawal."""
WITHDRAWALS = frozenset({ALL_WITHDRAWN, ONE_WITHDRAWN})

ONCE = frozenset(
    "filing priority priority_to_add grant registration international_registration completion"
    " creation death first_publication first_exploitation national_entry receipt"
    " designated_publication record_publication demand".split()
)
"""Of these the earliest counts; of all other types every event starts its own period."""


class PriorityDate(NamedTuple):
    """The day that counts as priority date, from when on, and whether it is the filing date."""

    since: date | None
    day: date
    is_filing: bool


@dataclass(slots=True)
class Bases:
    """The events of one case, sorted for counting."""

    by_type: dict[str, list[Event]]
    priorities: list[PriorityDate]
    facts: Mapping[str, Any]
    types: frozenset[str] = field(default=frozenset())
    _singles: dict[tuple[str, ...], tuple[Any, Any]] = field(default_factory=dict)

    def first(self, kind: str) -> date | None:
        """The earliest day of an event type, or the first priority date."""
        if kind == PRIORITY_DATE:
            return self.priorities[0].day if self.priorities else None
        events = self.by_type.get(kind)
        return events[0].date if events else None

    def single(self, kinds: tuple[str, ...]) -> tuple[Any, Any]:
        """What tells one set of such starts from another, and the key of the first one's event."""
        found = self._singles.get(kinds)
        if found is None:
            days = [self._start(kind) for kind in kinds]
            found = days[0][0] if len(days) == 1 else tuple(d for d, _ in days), days[0][1]
            self._singles[kinds] = found
        return found

    def _start(self, kind: str) -> tuple[Any, Any]:
        if kind != PRIORITY_DATE:
            event = self.by_type[kind][0]
            return event.date, event.key
        day, is_filing = self.priorities[0].day, self.priorities[0].is_filing
        claims = self.by_type["filing" if is_filing else "priority"]
        key = next((e.key for e in claims if e.date == day), None)
        return (day, "filing") if is_filing else day, key

    def events(self, kind: str) -> list[Event]:
        """The events that start a period each."""
        if kind == NOTICE:
            return sorted(
                (e for t, events in self.by_type.items() if t in NOTICES for e in events),
                key=lambda e: e.date,
            )
        events = self.by_type.get(kind, [])
        return events[:1] if kind in ONCE else events


def bases_of(case: Case) -> Bases:
    """Events by type in the order of their dates; the priority date and how it changed."""
    by_type: dict[str, list[Event]] = {}
    for event in case.events:
        by_type.setdefault(event.type, []).append(event)
    for events in by_type.values():
        if len(events) > 1:
            events.sort(key=lambda e: (e.date, e.ordinal or 1))
            for place, event in enumerate(events[1:], 2):
                if event.ordinal is None and event.type in NOTICES:  # no second one is a first
                    events[place - 1] = event._replace(ordinal=place)
    for granted in by_type.get(EXTENSION, ()):
        _extend(by_type, granted)
    return Bases(by_type, _priorities(case, by_type), case.facts, frozenset(by_type))


def _extend(by_type: Mapping[str, list[Event]], granted: Event) -> None:
    """An extension recorded by itself belongs to the newest office action before it."""
    actions = by_type.get("office_action", [])
    before = [place for place, event in enumerate(actions) if event.date <= granted.date]
    if granted.extension_months and before:
        held = actions[before[-1]]
        months = (held.extension_months or 0) + granted.extension_months
        actions[before[-1]] = held._replace(extension_months=months)


def _priorities(case: Case, by_type: Mapping[str, list[Event]]) -> list[PriorityDate]:
    filings = by_type.get("filing")
    filed = filings[0].date if filings else None
    claims = by_type.get("priority", ())
    changed = any(e.received for e in claims) or not WITHDRAWALS.isdisjoint(by_type)
    if not changed:  # by far the most cases
        if claims:
            return [PriorityDate(None, claims[0].date, False)]
        if filed is None or case.route == "paris":
            return []  # a priority is claimed, but which one is not recorded
        return [PriorityDate(None, filed, True)]
    return _changing(claims, by_type, filed)


def _changing(
    claims: "list[Event] | tuple[()]", by_type: Mapping[str, list[Event]], filed: date | None
) -> list[PriorityDate]:
    """The earliest claim that stands at each time; without any the filing takes its place."""
    found: list[PriorityDate] = []
    for since, standing in _claims_over_time(claims, by_type):
        day = min(standing, default=filed)
        if day is not None and (not found or day != found[-1].day):
            found.append(PriorityDate(since if found else None, day, not standing))
    return found


def _claims_over_time(
    claims: "list[Event] | tuple[()]", by_type: Mapping[str, list[Event]]
) -> Iterator[tuple[date | None, frozenset[date]]]:
    """A claim with a day of receipt was added on that day; a withdrawal ends one or all of them."""
    standing = frozenset(e.date for e in claims if not e.received)
    yield None, standing
    changes = [
        *((e.received, "priority", e.date) for e in claims if e.received),
        *((e.date, ALL_WITHDRAWN, e.date) for e in by_type.get(ALL_WITHDRAWN, ())),
        *((e.received, e.type, e.date) for e in by_type.get(ONE_WITHDRAWN, ()) if e.received),
    ]
    for since, kind, claim in sorted(changes):
        if kind == "priority":
            standing |= {claim}
        else:
            standing -= {claim} if kind == ONE_WITHDRAWN else standing
        yield since, standing


def standing_claims(case: Case) -> frozenset[date]:
    """The days of the priorities that are claimed and not withdrawn."""
    by_type = bases_of(case).by_type
    return [standing for _, standing in _claims_over_time(by_type.get("priority", ()), by_type)][-1]
