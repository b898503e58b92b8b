"""Which rules fit a case and what each would count from: found once for all cases alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary, ref

from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.arithmetic import Period
from ipdesk.core.docket.bases import NOTICE, ONCE, PRIORITY_DATE
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.compensation import ESTIMATED
from ipdesk.core.docket.languages import FOR_PUBLICATION, FOR_SEARCH
from ipdesk.core.docket.law import ROLES, Law
from ipdesk.core.docket.model import Case, Deadline, Pending
from ipdesk.core.docket.reasons import event_words
from ipdesk.core.docket.rules import Rule, ServiceModel, Term
from ipdesk.core.docket.service import ACTS_AT_AN_OFFICE, NOTICES

_NO_LABEL = Bilingual("", "")


class Limb(NamedTuple):
    """An alternative of a rule whose base exists in the case."""

    which: str  # later_of, earlier_of, not_before, not_after
    base: str
    period: Period
    begin: str = ""
    adjust: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One rule made ready for cases with these events and facts."""

    rule: Rule
    base: str
    limbs: tuple[Limb, ...]
    numbers: tuple[tuple[int, Period], ...]  # of a series, each with its period
    model: ServiceModel | None
    intro: tuple[tuple[Any, ...], ...]  # assumptions to be told first
    outro: tuple[tuple[Any, ...], ...]  # alternatives that wait for an event
    tests: bool  # whether the rule looks at ordinal, service or office of the event
    moving: bool  # counts from the priority date, which may change
    local: bool  # the result depends on the start alone
    plain: bool  # so it is unless days of compensation are known
    below: str  # the rule that it counts from, where only that decides the result
    keys: tuple[str, ...]  # the bases that its result depends on
    single: bool  # there is one start, which is no document
    filtered: bool  # not every number is wanted in every case
    confirmed: bool
    kept: bool  # other rules count from its result
    base_label: Bilingual = _NO_LABEL  # of the rule that it counts from
    memory: dict[Any, list[Deadline]] = field(default_factory=dict)  # results by start


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to do for cases of one kind, and what they all wait for."""

    jobs: tuple[Job, ...]
    pending: tuple[Pending, ...]


_plans: WeakKeyDictionary[Law, tuple[ref[Calendars], dict[Any, Plan]]] = WeakKeyDictionary()
_TO_KNOW = frozenset({"information", "term"})
_LIMBS = ("later_of", "earlier_of", "not_before", "not_after")


def plan_for(
    case: Case, types: frozenset[str], law: Law, calendars: Calendars, *, details: bool
) -> Plan:
    """The plan for a case; it is remembered for the next case of the same kind."""
    facts = case.facts
    key = (
        case.office,
        case.right,
        case.route,
        types,
        details,
        facts.get("status"),
        tuple([(n, _told(facts[n], n, law)) for n in sorted(facts) if n in law.deciding]),
    )
    plans = _plans.get(law)
    if plans is None or plans[0]() is not calendars:  # results depend on the closed days
        plans = _plans[law] = (ref(calendars), {})
    found = plans[1].get(key)
    if found is None:
        found = plans[1][key] = _make(case, types, law, details)
    return found


def _told(value: Any, name: str, law: Law) -> Any:
    """Of an amount or a day only whether it is known, where nothing else asks for it."""
    if name in law.fact_names or name in ROLES:
        return value
    return value is not None


def _make(case: Case, types: frozenset[str], law: Law, details: bool) -> Plan:
    route = case.route or "direct"
    if route == "direct" and "priority" in types:  # a domestic priority is claimed like any other
        route = "paris"
    jobs: list[Job] = []
    pending: dict[tuple[str, str], Pending] = {}
    giving: set[str] = set()
    for rule in law.for_matter(case.office, case.right):
        if rule.routes and case.office != "WO" and route not in rule.routes:
            continue
        if (rule.detail and not details) or any(e in types for e in rule.unless):
            continue
        intro = _facts(rule, case)
        if intro is None:
            continue
        made = (
            intro if isinstance(intro, str) else _job(rule, intro, types, route, giving, law, case)
        )
        if isinstance(made, str):
            if not rule.detail:  # a day of service waits for nothing: it comes with a document
                pending.setdefault((rule.id, made), _pending(rule, made, case, types))
            continue
        jobs.append(made)
        giving.add(rule.id)
    given = {job.rule.id for job in jobs}
    waiting = [p for p in pending.values() if p.rule not in given]
    return Plan(tuple(jobs), _told_once(waiting, law))


def _told_once(waiting: list[Pending], law: Law) -> tuple[Pending, ...]:
    """A date to know does not ask again for what a date to keep asks for."""
    kinds = {p.rule: rule.kind for p in waiting if (rule := law.rule(p.rule)) is not None}
    asked = {p.waiting_for for p in waiting if p.essential and kinds.get(p.rule) not in _TO_KNOW}
    return tuple(
        replace(p, essential=False)
        if p.essential and kinds.get(p.rule) in _TO_KNOW and p.waiting_for in asked
        else p
        for p in waiting
    )


def _facts(rule: Rule, case: Case) -> tuple[tuple[Any, ...], ...] | str | None:
    """Assumptions made; the name of a fact that is missing; None when a fact speaks against it."""
    assumed: list[tuple[Any, ...]] = []
    for condition in rule.conditions:
        if not condition.is_fact:
            continue
        value = case.facts.get(condition.name)
        if value is None and condition.name in case.facts:
            return _asked(condition.name, case)  # asked for, and not known yet
        if value is None:
            if condition.default is None:
                return condition.name
            value = condition.default
            if isinstance(value, str):
                assumed.append(("assumed", condition.name, value))
        if value not in condition.values:
            return None
    if rule.period_fact and case.facts.get(rule.period_fact) is None:
        return None
    if rule.percent_fact and case.facts.get(rule.percent_fact) is None:
        return None
    return tuple(assumed)


def _asked(name: str, case: Case) -> str:
    """What a person would have to say: a translation depends on the language, then on the ISA."""
    if name in (FOR_SEARCH, FOR_PUBLICATION):
        return "isa" if case.facts.get("filing_language") else "filing_language"
    return name


def _job(
    rule: Rule,
    intro: tuple[tuple[Any, ...], ...],
    types: frozenset[str],
    route: str,
    giving: Iterable[str],
    law: Law,
    case: Case,
) -> Job | str:
    """The job, or the name of the event that it waits for."""
    base = _available(rule.term, types, giving, case)
    if base is None:
        return _awaited(rule.term, types, law, case, route)
    if rule.withdrawn and base == "priority":
        base = PRIORITY_DATE  # of which it is told how it changes
    needed = [*rule.needs, *([rule.only_after] if rule.only_after and not rule.lenient else [])]
    for event in needed:
        if event not in types:
            return event
    limbs: list[Limb] = []
    outro: list[tuple[Any, ...]] = []
    for which in _LIMBS:
        terms: tuple[Term, ...] = getattr(rule, which)
        for term in terms:
            if term.routes and route not in term.routes:
                continue
            found = _available(term, types, giving, case)
            if found is not None:
                limbs.append(Limb(which, found, term.period, term.begin, term.adjust))
            elif not term.optional:
                return _awaited(term, types, law, case, route)
            else:
                outro.append(("waits", term.bases[0]))
    bases = (base, *(limb.base for limb in limbs))
    if rule.estimate:  # which tells of these days, where they are known
        bases += tuple(e for e in ESTIMATED if e in types)
    tests = any(not c.is_fact for c in rule.conditions)
    local, upon = _is_local(rule, base, limbs), base.startswith("rule:")
    return Job(
        rule=rule,
        base=base,
        limbs=tuple(limbs),
        numbers=_numbers(rule),
        model=law.service_model(case.office, case.right, rule.service),
        intro=intro,
        outro=tuple(outro),
        tests=tests,
        moving=PRIORITY_DATE in bases,
        local=local and len(set(bases)) == 1,  # two days together hardly ever come again
        plain=bool(rule.lengthened or rule.estimate),
        below=base[5:] if local and not limbs and upon and not rule.plain_base else "",
        single=_is_single(base) and not tests and base not in ACTS_AT_AN_OFFICE,
        keys=bases,
        filtered=bool(rule.series or rule.n is not None or rule.only_after or rule.only_until),
        confirmed=rule.id in law.confirmed,
        kept=rule.id in law.referenced,
        base_label=below.label if (below := law.rule(base[5:])) else _NO_LABEL,
    )


def _numbers(rule: Rule) -> tuple[tuple[int, Period], ...]:
    if rule.series is None:
        return ()
    months = enumerate(rule.series.months, rule.series.first)
    return tuple((n, Period(months=length)) for n, length in months)


def _is_local(rule: Rule, base: str, limbs: Iterable[Limb]) -> bool:
    """Whether the result depends on the start alone (and on what the plan is keyed by)."""
    keyed = rule.applies.on if rule.applies is not None else "due"
    ranged = bool(rule.only_after or rule.only_until or rule.within)
    special: list[object] = [rule.period_fact, rule.percent_fact, rule.replaces, base == NOTICE]
    special += [ranged or not (_is_single(base) and _is_single(limb.base)) for limb in limbs]
    return not any(special) and keyed in ("due", "document", base)


def _is_single(base: str) -> bool:
    """Whether a case has at most one such start, which is no document."""
    return base == PRIORITY_DATE or (base in ONCE and base not in NOTICES)


def _available(term: Term, types: frozenset[str], giving: Iterable[str], case: Case) -> str | None:
    for base in term.bases:
        if base.startswith("rule:"):
            if base[5:] in giving:
                return base
        elif base == PRIORITY_DATE:
            if "priority" in types or ("filing" in types and case.route != "paris"):
                return base
        elif base == NOTICE:
            if types & NOTICES:
                return base
        elif base in types:
            return base
    return None


def _awaited(term: Term, types: frozenset[str], law: Law, case: Case, route: str) -> str:
    """The event that would set the term going; for a rule upon a rule, what that one waits for."""
    base = term.bases[0]
    seen: set[str] = set()
    while base.startswith("rule:") and base not in seen:
        seen.add(base)
        below = next((r for r in law.for_matter(case.office, case.right) if r.id == base[5:]), None)
        if below is None:
            break
        asked = (*below.needs, below.only_after, *_beside(below))
        missing = [e for e in asked if e and e not in types]
        own = below.term.bases[0]
        base = own if not missing or (own not in types and own != PRIORITY_DATE) else missing[0]
    if base == PRIORITY_DATE:
        return "priority" if route in ("paris", "pct") or case.office == "WO" else "filing"
    return base.removeprefix("rule:")


def _beside(rule: Rule) -> Iterable[str]:
    """The events without which an alternative of a rule cannot be told."""
    for which in _LIMBS:
        for term in getattr(rule, which):
            first = term.bases[0]
            if not (term.optional or first == PRIORITY_DATE or first.startswith("rule:")):
                yield first


def _pending(rule: Rule, event: str, case: Case, types: frozenset[str]) -> Pending:
    over = event == "filing" and rule.kind not in _OF_A_RIGHT and _in_force(case)
    base = rule.term.bases[0]
    idle = event in _TOLD and base != PRIORITY_DATE and base not in types
    essential = not (rule.part_of or over or idle) and is_essential(event, case, types)
    why: Message
    if essential:
        why = say(
            "{event} is missing; enter it and this date is computed.", event=event_words(event)
        )
    else:
        why = say("Waits for: {event}.", event=event_words(event))
    return Pending(rule.id, rule.label, event, essential, (why,))


_FILED = frozenset(
    "pending published granted entered refused withdrawn abandoned lapsed expired invalidated"
    "".split()
)
_TOLD = frozenset({"filing_language", "isa"})  # facts that decide whether a rule is wanted
_OVER = frozenset({"withdrawn", "abandoned", "lapsed", "expired", "entered", "refused"})
_IN_FORCE = frozenset({"granted", "lapsed", "expired", "invalidated"})
_OF_A_RIGHT = frozenset({"renewal", "term", "information"})  # what still matters after the grant
_AFTER_FILING = NOTICES | frozenset(
    "receipt publication exam_request grant registration national_entry prelim_publication"
    " search_report_publication demand annuity_paid registration_done response".split()
)
_AFTER_GRANT = frozenset({"annuity_paid", "invalidation_request", "renewal"})
_ANNUITIES_AFTER_GRANT = frozenset({"CN", "JP", "KR", "TW", "US"})  # elsewhere also before it
_AT_THE_START = {
    "filing": _FILED,
    "grant": _IN_FORCE,
    "registration": _IN_FORCE,
    "international_registration": _IN_FORCE,
    "completion": _FILED,
    "first_exploitation": frozenset[str](),
}
_EXPECTED_LATER = {
    "filing": _AFTER_FILING,
    "grant": _AFTER_GRANT,
    "registration": _AFTER_GRANT,
    "international_registration": _AFTER_GRANT,
}


def _in_force(case: Case) -> bool:
    return str(case.facts.get("status")) in _IN_FORCE


def is_essential(event: str, case: Case, types: frozenset[str]) -> bool:
    """Whether a missing event lies in the past by all that is known, so that someone knows it."""
    if event in ("filing_language", "isa"):
        return "publication" not in types and str(case.facts.get("status")) not in _OVER
    if event == "expiry":
        return case.right == "domain_name"
    if event == "divisional_filing":
        return case.route == "divisional" and not _in_force(case)
    if event == "international_registration" and case.office != "WO":
        return False  # only a designation under Madrid or Hague has one
    if event in ("filing", "registration") and "international_registration" in types:
        return False
    if event == "priority":
        filed = "filing" in types or str(case.facts.get("status")) in _FILED
        return filed and (case.route == "paris" or (case.right == "pct" and "filing" not in types))
    if event in ("completion", "first_publication") and types & {"completion", "first_publication"}:
        return False
    if str(case.facts.get("status")) in _AT_THE_START.get(event, ()):
        return True
    later = types & _EXPECTED_LATER.get(event, frozenset())
    if case.office not in _ANNUITIES_AFTER_GRANT:
        later -= {"annuity_paid"}
    if later:
        return True
    return event == "filing" and not types and not case.facts.get("status")
