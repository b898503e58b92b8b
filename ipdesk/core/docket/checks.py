"""Contradictions in the facts of a case, in words: from such facts no date is computed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.bases import ONE_WITHDRAWN
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.law import ROLES, Law
from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.national import phases
from ipdesk.core.docket.reasons import event_words, fact_words
from ipdesk.core.docket.service import NOTICES
from ipdesk.core.portfolio.model import RIGHT_LABELS, Right
from ipdesk.core.portfolio.offices import codes, offices

_RIGHTS = frozenset(Right)
_ROUTES = frozenset({"", "direct", "paris", "pct", "divisional"})
_SERVICES = frozenset({"electronic", "post", "hand", "publication"})
_PLAIN_SERVICES = _SERVICES | {None, ""}
_FIRST, _LAST = 1850, 2150
_SINGLE = ("filing", "grant", "registration", "international_registration")
_NOT_BEFORE_FILING = frozenset(
    "acceptance_notice rectification_notice office_action exam_stage_notice exam_request"
    " grant_notice refusal grant registration publication prelim_publication search_copy_receipt"
    " isr_transmittal national_entry demand intention_to_grant r161_communication decision"
    " reexam_decision loss_notice priority_withdrawal".split()
)
_PLAIN_EVENTS = (_NOT_BEFORE_FILING | {"filing", "priority"}) - {"priority_withdrawal"}
_SOUND: set[tuple[str, str, str | None]] = set()
_DESIGNATED = frozenset({"designated_publication", "designated_grant"})
_ONE_AFTER_THE_OTHER = (
    ("designated_publication", "record_publication"),
    ("designated_publication", "designated_grant"),
    ("completion", "first_publication"),
    ("creation", "first_exploitation"),
    ("creation", "filing"),
    ("deletion", "redemption_end"),
)
_NOT_BY_PCT = frozenset(
    "design trademark provisional software_copyright work_copyright ic_layout plant_variety"
    " domain_name".split()
)
_NOT_BEFORE_GRANT = frozenset({"invalidation_request"})  # fees are paid before it as well


def contradictions(case: Case, law: Law, today: date | None = None) -> tuple[Message, ...]:
    """Everything that cannot be true as it stands; an empty tuple nearly always."""
    if _is_clean(case, today):
        return ()
    found = [*_of_the_case(case), *_of_facts(case), *_of_events(case, law, today)]
    return tuple(found or _of_order(case))


def _is_clean(case: Case, today: date | None) -> bool:
    """The quick look that nearly every case passes; whatever it doubts is looked at in full."""
    if (case.office, case.right, case.route) not in _SOUND and [*_of_the_case(case)]:
        return False
    _SOUND.add((case.office, case.right, case.route))
    if not _FACTS.keys().isdisjoint(case.facts) and [*_of_facts(case)]:
        return False
    if case.facts.get("paid_on") is not None:
        return False
    filed = granted = None
    claimed = date.min
    for event in case.events:
        if event.type == "filing":
            filed = event.date if filed is None else date.max
        elif event.type == "grant":
            granted = event.date if granted is None else date.max
        elif event.type == "priority":
            claimed = max(claimed, event.date)
    for event in case.events:
        kind, day = event.type, event.date
        if (
            kind not in _PLAIN_EVENTS
            or not _FIRST <= day.year <= _LAST
            or (filed is not None and (day < filed) != (kind == "priority") and day != filed)
            or (filed is None and day < claimed and kind != "priority")
            or (granted is not None and day < granted and kind in _NOT_BEFORE_GRANT)
            or event.service not in _PLAIN_SERVICES
            or event.ordinal is not None
            or event.received is not None
            or event.printed_due is not None
            or event.period_months is not None
            or event.period_days is not None
            or event.extension_months is not None
            or (today is not None and day > today)
        ):
            return False
    return True


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST


_MOST_DAYS = 7300  # of compensation: a term is never doubled
_MOST = 1200  # no number of a year, no period in months is larger
_FACTS: dict[str, Callable[[Any], bool]] = {
    "annuity_year": _is_number,
    "renewal_number": _is_number,
    "deferral_months": _is_number,
    "compensation_days": lambda v: isinstance(v, int) and 0 <= v <= _MOST_DAYS,
    "delay_days": lambda v: isinstance(v, int) and 0 <= v <= _MOST_DAYS,
    "filing_language": lambda v: isinstance(v, str) and len(v) == 2,
    "chapter": lambda v: v in (1, 2) and not isinstance(v, bool),
    "paid_on": lambda v: isinstance(v, date),
    "applicant_residence": lambda v: v in ("domestic", "overseas"),
    "owner_type": lambda v: v in ("natural_person", "legal_entity"),
    "service_invention": lambda v: isinstance(v, bool),
    "biological_material": lambda v: isinstance(v, bool),
    "european_patent": lambda v: isinstance(v, bool),
    "receiving_office": lambda v: isinstance(v, str),
    "isa": lambda v: isinstance(v, str),
    "ipea": lambda v: isinstance(v, str),
}
"""Facts that rules read, and whether a value is one of theirs (vocabulary §5)."""


def _of_facts(case: Case) -> Iterator[Message]:
    for name, value in case.facts.items():
        sound = _FACTS.get(name)
        if sound is not None and value is not None and not sound(value):
            yield say("{value} is no value for {fact}.", value=str(value), fact=fact_words(name))


def _of_printed(case: Case) -> Iterator[Message]:
    """Two notices of one day and number that print different periods: one of them is wrong."""
    seen: dict[tuple[str, date, int | None], tuple[int | None, int | None]] = {}
    for event in case.events:
        if event.type not in NOTICES:
            continue
        key = (event.type, event.date, event.ordinal)
        printed = (event.period_months, event.period_days)
        if seen.setdefault(key, printed) != printed:
            yield say(
                "{event} of {day} is recorded twice with different periods: check which is right.",
                event=event_words(event.type),
                day=event.date,
            )


def gaps(case: Case, types: frozenset[str], law: Law) -> Iterator[Message]:
    """What keeps some dates from being computed although nothing contradicts itself."""
    if case.right != "trade_secret" and not law.for_matter(case.office, case.right):
        known = phases().get(case.office)
        if case.route != "pct" or known is None or not known.closed:
            yield say(
                "No rules of law are known for this right at {office}: enter its dates by hand.",
                office=_office(case.office),
            )
    if len(types) < len(case.events):
        yield from _of_printed(case)
    if case.right == "pct":
        yield from _of_roles(case)
    if case.office == "HK" and types & _DESIGNATED:
        yield from _of_designated(case)
    if "priority_withdrawal" in types and "filing" not in types:
        yield say(
            "The priority is withdrawn, but no filing date is recorded: what still ran cannot be"
            " computed anew from it."
        )
    if ONE_WITHDRAWN in types:
        yield from _of_withdrawn(case)
    if case.route == "paris" and "priority" not in types:
        yield say(
            "The route claims a priority, but no priority date is recorded: what counts from it is"
            " not computed."
        )
    if case.route == "pct" and case.right != "pct":
        yield from _of_national_phase(case)


def _of_withdrawn(case: Case) -> Iterator[Message]:
    claimed = sorted({event.date for event in case.events if event.type == "priority"})
    for event in case.events:
        if event.type != ONE_WITHDRAWN:
            continue
        if event.received is None:
            yield say(
                "Say when the priority of {day} was withdrawn: the day of receipt is missing.",
                day=event.date,
            )
        if event.date not in claimed:
            yield say(
                "No priority of {day} is claimed, so it cannot be withdrawn. Claimed: {claimed}.",
                day=event.date,
                claimed=", ".join(map(str, claimed)) or "–",
            )


def _of_national_phase(case: Case) -> Iterator[Message]:
    phase = phases().get(case.office)
    if case.right in _NOT_BY_PCT:
        yield say(
            "No international application under the PCT leads to this right ({right}): check the"
            " route.",
            right=RIGHT_LABELS[case.right],
        )
    elif phase is None:
        yield say(
            "No national phase of a PCT application is known at {office}.",
            office=_office(case.office),
        )
    elif phase.closed:
        yield say(
            "The national route of {office} is closed to PCT applications: enter the regional"
            " phase at {instead}.",
            office=_office(case.office),
            instead=_office(phase.instead),
        )
    elif case.facts.get("chapter") == 2 and phase.chapter1 != phase.chapter2:
        yield from _of_chapter(case)


def _of_chapter(case: Case) -> Iterator[Message]:
    """A demand after 19 months leaves the limit of Chapter I as it is (PCT Art. 39(1)(a))."""
    first: dict[str, date] = {}
    for event in case.events:
        first[event.type] = min(event.date, first.get(event.type, event.date))
    priority = first.get("priority") or first.get("filing")
    demand = first.get("demand")
    if priority and demand and demand > add_months(priority, 19):
        yield say(
            "The demand of {day} came after 19 months from the priority: keep to the limit of"
            " Chapter I at {office}.",
            day=demand,
            office=_office(case.office),
        )


def _office(code: str) -> Bilingual:
    known = offices().get(code)
    name = known.name if known else Bilingual(code, code)
    return Bilingual(f"{name.en} ({code})", f"{name.zh}（{code}）")


def _of_roles(case: Case) -> Iterator[Message]:
    told: list[tuple[Any, Any]] = [(fact_words(r), case.facts.get(r)) for r in ROLES]
    told += [(event_words(event.type), event.office) for event in case.events]
    for role, code in told:
        if code and code not in codes():
            yield say(
                "{role}: {code} is no office code, so its closed days cannot be looked up.",
                role=role,
                code=code,
            )


def _of_designated(case: Case) -> Iterator[Message]:
    for event in case.events:
        if event.type in _DESIGNATED and event.office not in (None, "", "CN", "EP", "GB"):
            yield say(
                "{event} at {office}: only China, the EPO (for the United Kingdom) and the United"
                " Kingdom are designated patent offices.",
                event=event_words(event.type),
                office=event.office,
            )


def _of_the_case(case: Case) -> Iterator[Message]:
    if not case.office or not case.right:
        yield say("A case needs an office and a right.")
        return
    if case.office not in codes() | {"XX"} or case.office == "IB":
        yield say("{office} is no office code.", office=case.office)
    if case.right not in _RIGHTS:
        yield say("{right} is no kind of right.", right=case.right)
    if (case.route or "") not in _ROUTES:
        yield say("{route} is no route to a right.", route=str(case.route))
    if case.office == "WO" and case.right not in ("pct", "trademark", "design"):
        yield say("WIPO grants no right of this kind ({right}).", right=case.right)
    if case.right == "pct" and case.office != "WO":
        yield say("A PCT application in the international phase belongs to the office WO.")


def _of_events(case: Case, law: Law, today: date | None) -> Iterator[Message]:
    for event in case.events:
        kind = event.type
        if kind not in EVENT_LABELS and not law.rules(event=kind):
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
    if event.ordinal is not None and event.ordinal < 1:
        yield say(
            "{event} of {day}: its number must be 1 or more.",
            event=event_words(event.type),
            day=event.date,
        )
    if event.printed_due is not None and event.printed_due < event.date:
        yield say(
            "{event} of {day} cannot print a last day before its own date, {printed}.",
            event=event_words(event.type),
            day=event.date,
            printed=event.printed_due,
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
    for earlier, later in _ONE_AFTER_THE_OTHER:
        if later in days:
            yield from _before(later, earlier, days)


def _against_filing(case: Case, days: Mapping[str, list[date]]) -> Iterator[Message]:
    if "filing" not in days:  # then at least nothing that an office does lies before the priority
        for kind in sorted((_NOT_BEFORE_FILING & NOTICES) & days.keys()):
            yield from _before(kind, "priority", days)
        return
    filed = min(days["filing"])
    paid = case.facts.get("paid_on")
    if paid is not None and paid < filed:
        yield say(
            "The payment ({paid}) lies before the filing ({filing}).", paid=paid, filing=filed
        )
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
