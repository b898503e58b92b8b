"""Contradictions in the facts of a case, in words: from such facts no date is computed."""

from collections.abc import Iterator, Mapping
from datetime import date

from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.national import phases
from ipdesk.core.docket.reasons import EXTRA_EVENTS, event_words
from ipdesk.core.portfolio.model import Right
from ipdesk.core.portfolio.offices import codes

_RIGHTS = frozenset(Right)
_ROUTES = frozenset({"", "direct", "paris", "pct", "divisional"})
_SERVICES = frozenset({"electronic", "post", "hand", "publication"})
_FIRST, _LAST = 1850, 2150
_SINGLE = ("filing", "grant", "registration", "international_registration")
_NOT_BEFORE_FILING = frozenset(
    "receipt acceptance_notice rectification_notice office_action exam_stage_notice exam_request"
    " grant_notice refusal grant publication prelim_publication search_copy_receipt isr_transmittal"
    " national_entry demand intention_to_grant r161_communication priority_withdrawal".split()
)
_PLAIN_EVENTS = (_NOT_BEFORE_FILING | {"filing", "priority"}) - {"priority_withdrawal"}
_SOUND: set[tuple[str, str, str | None]] = set()
_NOT_BEFORE_GRANT = frozenset({"annuity_paid", "invalidation_request"})


def contradictions(case: Case, law: Law, today: date | None = None) -> tuple[Message, ...]:
    """Everything that cannot be true as it stands; an empty tuple nearly always."""
    if _is_clean(case, today):
        return ()
    found = [*_of_the_case(case), *_of_events(case, law, today)]
    return tuple(found or _of_order(case))


def _is_clean(case: Case, today: date | None) -> bool:
    """The quick look that nearly every case passes; whatever it doubts is looked at in full."""
    if (case.office, case.right, case.route) not in _SOUND and [*_of_the_case(case)]:
        return False
    _SOUND.add((case.office, case.right, case.route))
    filed = granted = None
    for event in case.events:
        if event.type == "filing":
            filed = event.date if filed is None else date.max
        elif event.type == "grant":
            granted = event.date if granted is None else date.max
    for event in case.events:
        kind, day = event.type, event.date
        if (
            kind not in _PLAIN_EVENTS
            or not _FIRST <= day.year <= _LAST
            or (filed is not None and (day < filed) != (kind == "priority") and day != filed)
            or (granted is not None and day < granted and kind in _NOT_BEFORE_GRANT)
            or event.service is not None
            or event.received is not None
            or event.period_months is not None
            or event.period_days is not None
            or event.extension_months is not None
            or (today is not None and day > today)
        ):
            return False
    return True


def gaps(case: Case, types: frozenset[str], law: Law) -> Iterator[Message]:
    """What keeps some dates from being computed although nothing contradicts itself."""
    if case.right != "trade_secret" and not law.for_matter(case.office, case.right):
        known = phases().get(case.office)
        if case.route != "pct" or known is None or not known.closed:
            yield say(
                "No rules of law are known for this right at {office}: enter its dates by hand.",
                office=case.office,
            )
    if case.route == "paris" and "priority" not in types:
        yield say(
            "The route claims a priority, but no priority date is recorded: what counts from it is"
            " not computed."
        )
    if case.route == "pct" and case.right != "pct":
        phase = phases().get(case.office)
        if phase is None:
            yield say(
                "No national phase of a PCT application is known at {office}.", office=case.office
            )
        elif phase.closed:
            yield say(
                "The national route of {office} is closed to PCT applications: enter the regional"
                " phase at {instead}.",
                office=case.office,
                instead=phase.instead,
            )


def _of_the_case(case: Case) -> Iterator[Message]:
    if case.office not in codes() | {"XX"} or case.office == "IB":
        yield say("{office} is no office code.", office=case.office or "?")
    if case.right not in _RIGHTS:
        yield say("{right} is no kind of right.", right=case.right or "?")
    if (case.route or "") not in _ROUTES:
        yield say("{route} is no route to a right.", route=str(case.route))
    if case.office == "WO" and case.right not in ("pct", "trademark", "design"):
        yield say("WIPO grants no right of this kind ({right}).", right=case.right)
    if case.right == "pct" and case.office != "WO":
        yield say("A PCT application in the international phase belongs to the office WO.")


def _of_events(case: Case, law: Law, today: date | None) -> Iterator[Message]:
    for event in case.events:
        kind = event.type
        if kind not in EVENT_LABELS and kind not in EXTRA_EVENTS and not law.rules(event=kind):
            yield say("{type} is no event that the rules know.", type=kind)
        if not _FIRST <= event.date.year <= _LAST:
            yield say("{event}: {day} cannot be right.", event=event_words(kind), day=event.date)
        elif today is not None and event.date > today and kind != "expiry":
            yield say("{event}: {day} lies in the future.", event=event_words(kind), day=event.date)
        yield from _of_service(event)


def _of_service(event: Event) -> Iterator[Message]:
    if event.service and event.service not in _SERVICES:
        yield say("{service} is no way of service.", service=event.service)
    if event.received is not None and event.received < event.date and event.type != "priority":
        yield say(
            "{event} of {day} cannot have been received earlier, on {received}.",
            event=event_words(event.type),
            day=event.date,
            received=event.received,
        )
    lengths = (event.period_months, event.period_days, event.extension_months)
    if any(length is not None and length < 0 for length in lengths):
        yield say(
            "{event} of {day}: a period cannot be negative.",
            event=event_words(event.type),
            day=event.date,
        )


def _of_order(case: Case) -> Iterator[Message]:
    days: dict[str, list[date]] = {}
    for event in case.events:
        days.setdefault(event.type, []).append(event.date)
    for kind in _SINGLE:
        if len(set(days.get(kind, ()))) > 1:
            first, other = sorted(set(days[kind]))[:2]
            yield say(
                "Two different dates for {event}: {first} and {other}.",
                event=event_words(kind),
                first=first,
                other=other,
            )
    yield from _against_filing(case, days)
    for kind in sorted(_NOT_BEFORE_GRANT & days.keys()):
        yield from _before(kind, "grant", days)


def _against_filing(case: Case, days: Mapping[str, list[date]]) -> Iterator[Message]:
    if "filing" not in days:
        return
    filed = min(days["filing"])
    for claimed in sorted(set(days.get("priority", ()))):
        if claimed > filed:
            yield say(
                "The priority of {priority} is later than the filing date {filing}.",
                priority=claimed,
                filing=filed,
            )
    for kind in sorted(_NOT_BEFORE_FILING & days.keys()):
        yield from _before(kind, "filing", days)


def _before(kind: str, earlier: str, days: Mapping[str, list[date]]) -> Iterator[Message]:
    """*kind* cannot have happened before *earlier*."""
    if earlier in days and min(days[kind]) < min(days[earlier]):
        yield say(
            "{event} on {day} lies before {earlier} on {other}.",
            event=event_words(kind),
            day=min(days[kind]),
            earlier=event_words(earlier),
            other=min(days[earlier]),
        )
