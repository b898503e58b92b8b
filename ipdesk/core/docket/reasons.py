"""The reasoning of a deadline in sentences, told from the steps that the engine noted down."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.arithmetic import Period, after
from ipdesk.core.docket.calendars import Opening
from ipdesk.core.docket.compensation import Estimate
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.rules import Roll, Rule, Series
from ipdesk.core.portfolio.model import STATUS_LABELS

Trail = tuple[tuple[Any, ...], ...]


def sentences(
    rule: Rule,
    n: int | None,
    start: date,
    raw: date,
    trail: Trail,
    opening: Opening | None,
    opens: date | None,
) -> tuple[Message, ...]:
    """Every step in words, then what the rule itself says of extension, lateness and doubt."""
    told = [message for step in trail for message in _STEPS[step[0]](*step[1:])]
    if not any(step[0] == "period" for step in trail):
        told += _usual(rule, n, start, raw)
    if not is_printed(trail):
        told += _rolled(rule, raw, opening)
    if opens is not None:
        told.append(say("May be done from {day} on.", day=opens))
    return (*told, *_of_the_rule(rule))


def is_printed(trail: Trail) -> bool:
    """Whether the day is the one that a document prints, not a computed one."""
    return bool(trail) and trail[-1][0] == "printed_date"


def _usual(rule: Rule, n: int | None, start: date, raw: date) -> Iterable[Message]:
    """The period of the rule in one step from the start, perhaps to the end of the month."""
    period = rule.term.period
    if rule.series is not None and n is not None:
        period = Period(months=rule.series.months[n - rule.series.first])
        yield _number(rule, n)
    yield from _period(period, start, after(start, period), False)
    if rule.adjust:
        yield from _adjusted(rule.adjust, raw)


def _number(rule: Rule, n: int) -> Message:
    """What the number of a series counts: years of the right, or fees and renewals one by one."""
    if rule.series is not None and is_yearly(rule.series):
        return say("Year {n} of the right.", n=n)
    return say("Number {n} of its kind.", n=n)


def is_yearly(series: Series) -> bool:
    """Whether the numbers are years of the right, not fees or renewals counted one by one."""
    months = series.months
    return series.number == "annuity_year" and months[-1] - months[0] == 12 * (len(months) - 1)


def event_words(kind: str) -> Message | Bilingual | str:
    """What an event is called; ``priority_date`` is the day that counts as such."""
    if kind == "priority_date":
        return say("Priority date")
    return EVENT_LABELS.get(kind) or _FACTS.get(kind) or kind


def day_words(kind: str) -> Message | Bilingual | str:
    """The day of an event that a period counts from."""
    return say("Filing date") if kind == "filing" else event_words(kind)


def fact_words(name: str) -> Message | str:
    """What a fact of a case is called."""
    return _FACTS.get(name) or _ROLES.get(name) or name


def service_words(way: str) -> Message:
    """A way of service as one says it."""
    return _WAYS.get(way, _WAYS["electronic"])


def period_words(period: Period) -> Message:
    """A period as one says it: months that make whole years are years."""
    if period.months and period.days:
        return say("{m} months and {d} days", m=period.months, d=period.days)
    if period.months == 1:
        return say("1 month")
    if period.months >= 24 and period.months % 12 == 0:
        return say("{years} years", years=period.months // 12)
    if period.months:
        return say("{months} months", months=period.months)
    return say("1 day") if period.days == 1 else say("{days} days", days=period.days)


def value_words(value: Any) -> Message | str:
    """A value of a fact as one says it."""
    return _FACT_VALUES.get(str(value)) or str(value)


def _of_the_rule(rule: Rule) -> Iterable[Message]:
    if rule.extension:
        yield say("Extension: {text}.", text=rule.extension)
    if rule.surcharge_text:
        yield say("Late payment: {text}.", text=rule.surcharge_text)
    if rule.consequence:
        yield say("If it is missed: {text}", text=rule.consequence)
    if rule.note:
        yield Message("{text}", {"text": rule.note})  # in both languages by itself


def _base(kind: str, day: date) -> Iterable[Message]:
    yield say("Starts from: {event}, {day}.", event=day_words(kind), day=day)


def _no_priority(day: date) -> Iterable[Message]:
    yield say("No priority is claimed: the filing date {day} stands in its place.", day=day)


def _rule_base(rule: str, day: date, label: Bilingual) -> Iterable[Message]:
    yield say(
        "Starts from the nominal end of “{label}” ({rule}), {day}.", label=label, rule=rule, day=day
    )


def _served(way: str, sent: date, start: date, how: str) -> Iterable[Message]:
    service = service_words(way)
    if how == "received":
        yield say(
            "Document of {sent}, {service}: the proved day of receipt {start} counts.",
            sent=sent,
            service=service,
            start=start,
        )
    elif start == sent:
        yield say(
            "Document of {sent}, {service}: counts from that day.", sent=sent, service=service
        )
    else:
        yield say(
            "Document of {sent}, {service}: deemed received on {start}.",
            sent=sent,
            service=service,
            start=start,
        )


def _late(days: int, grace: int) -> Iterable[Message]:
    yield say(
        "Received more than {grace} days after its date: {days} days are added at the end.",
        grace=grace,
        days=days,
    )


def _period(period: Period, start: date, end: date, printed: bool) -> Iterable[Message]:
    words = period_words(period)
    if printed:
        yield say("Period printed on the notice: {period}, to {end}.", period=words, end=end)
    elif start != end:
        yield say("{period} from {start}: {end}.", period=words, start=start, end=end)


def _printed_date(day: date, computed: date) -> Iterable[Message]:
    if day == computed:
        yield say("The document prints this day: {day}.", day=day)
    else:
        yield say(
            "The document prints {day} as the last day: it counts, not the computed {computed}.",
            day=day,
            computed=computed,
        )


def _lengthened(days: int, end: date) -> Iterable[Message]:
    yield say("{n} days of compensation are added: {end}.", n=days, end=end)


def _estimate(found: Estimate | None) -> Iterable[Message]:
    if found is None:
        yield say("How many days it would give is told once filing, request and grant are known.")
    elif not found.days:
        yield say(
            "By the formula there is nothing to compensate: {since} was not passed.",
            since=found.since,
        )
    elif found.deducted:
        yield say(
            "By the formula {n} days: from {since} to {until}, less {less} days of delay.",
            n=found.days,
            since=found.since,
            until=found.until,
            less=found.deducted,
        )
    else:
        yield say(
            "By the formula {n} days, from {since} to {until}, before reasonable and own delays"
            " are deducted.",
            n=found.days, since=found.since, until=found.until,
        )  # fmt: skip


def _extended(months: int, whole: Period) -> Iterable[Message]:
    yield say(
        "Extended by {months}; counted as {whole} in one step from the original start.",
        months=period_words(Period(months=months)),
        whole=period_words(whole),
    )


def _capped(end: date) -> Iterable[Message]:
    yield say("The whole period cannot go beyond {end}.", end=end)


def _other(which: str, kind: str, day: date, period: Period, end: date) -> Iterable[Message]:
    values = {"period": period_words(period), "event": day_words(kind), "day": day, "end": end}
    if which == "later_of":
        yield say("Or, if later, {period} from {event} ({day}): {end}.", **values)
    elif which == "earlier_of":
        yield say("Or, if earlier, {period} from {event} ({day}): {end}.", **values)
    elif which == "not_before":
        yield say("But never before {period} from {event} ({day}): {end}.", **values)
    else:
        yield say("But never after {period} from {event} ({day}): {end}.", **values)


def _waits(kind: str) -> Iterable[Message]:
    yield say("Would change with: {event} (not recorded).", event=event_words(kind))


def _adjusted(name: str, day: date) -> Iterable[Message]:
    yield _ADJUSTED[name](day)


def _rolled(rule: Rule, raw: date, opening: Opening | None) -> Iterable[Message]:
    """Where the day moves, how sure the calendar is, or why nothing moves."""
    if rule.roll is Roll.NEVER:
        yield say("This day does not move, even if the office is closed.")
    elif rule.roll is Roll.UNSETTLED:
        yield say("Whether a closed day moves this date is unsettled: the earlier day is shown.")
    elif opening is None:
        role = _ROLES.get(rule.roll.value) or rule.roll.value
        yield say("The {role} is not given, so the day is not moved.", role=role)
    else:
        if opening.day != raw:
            yield say(
                "{raw} is a closed day at {office}: moves to {day}.",
                raw=raw,
                office=opening.office,
                day=opening.day,
            )
        yield from opening.reasons


def unverified_words(confidence: str) -> Message:
    """For a rule that still waits for somebody to confirm it."""
    return say(
        "Unverified: nobody has confirmed this rule yet (confidence {code}).", code=confidence
    )


def _assumed(fact: str, value: Any) -> Iterable[Message]:
    yield say(
        "Assumed, because nothing is recorded: {fact} = {value}.",
        fact=_FACTS.get(fact) or fact,
        value=STATUS_LABELS.get(value) or value_words(value),
    )


def _rebased(day: date, base: date) -> Iterable[Message]:
    yield say(
        "The priority changed on {day}, when this period was still running: now from {base}.",
        day=day,
        base=base,
    )


def _expired_before(day: date) -> Iterable[Message]:
    yield say(
        "The priority changed on {day}, after this period had ended: left as it was.", day=day
    )


def _paid(day: date, percent: int) -> Iterable[Message]:
    yield say("Paid on {day}: surcharge {percent} %.", day=day, percent=percent)


_STEPS: dict[str, Callable[..., Iterable[Message]]] = {
    "base": _base,
    "no_priority": _no_priority,
    "rule_base": _rule_base,
    "served": _served,
    "late": _late,
    "period": _period,
    "printed_date": _printed_date,
    "lengthened": _lengthened,
    "estimate": _estimate,
    "extended": _extended,
    "capped": _capped,
    "other": _other,
    "waits": _waits,
    "adjusted": _adjusted,
    "assumed": _assumed,
    "rebased": _rebased,
    "expired_before": _expired_before,
    "paid": _paid,
}

_ADJUSTED: dict[str, Callable[[date], Message]] = {
    "month_end": lambda day: say("Due on the last day of the month: {day}.", day=day),
    "ultimo": lambda day: say("From the last day of a month to the last day: {day}.", day=day),
    "year_end": lambda day: say("Runs to the end of the year: {day}.", day=day),
    "day_before": lambda day: say("The last day is the one before: {day}.", day=day),
    "next_month_first": lambda day: say(
        "Counted from the first of the next month: {day}.", day=day
    ),
    "fiscal_year_end": lambda day: say(
        "Counted from the end of the financial year: {day}.", day=day
    ),
}

_WAYS = {
    "electronic": say("served electronically"),
    "post": say("served by post"),
    "hand": say("handed over"),
    "publication": say("served by publication"),
}

_ROLES = {
    "receiving_office": say("receiving office"),
    "isa": say("International Searching Authority"),
    "ipea": say("International Preliminary Examining Authority"),
    "event_office": say("office of the notice"),
}

_FACTS = {
    "annuity_year": say("year of the patent"),
    "renewal_number": say("number of the renewal"),
    "deferral_months": say("months of delay"),
    "chapter": say("chapter of the PCT"),
    "paid_on": say("day of payment"),
    "service_invention": say("service invention"),
    "biological_material": say("biological material"),
    "european_patent": say("European patent"),
    "applicant_residence": say("applicant's residence"),
    "owner_type": say("kind of owner"),
    "variety_kind": say("kind of plant"),
    "filing_language": say("language of filing"),
    "isa": say("International Searching Authority"),
    "compensation_days": say("days of compensation"),
    "delay_days": say("days of delay"),
    "same_day": say("same-day utility model"),
    "period_months": say("printed period"),
    "priority_restoration": say("restoration of priority"),
    "search_translation": say("translation for the search"),
    "publication_translation": say("translation for publication"),
    "status": say("stage of the matter"),
}

_FACT_VALUES = {
    "overseas": say("overseas"),
    "domestic": say("domestic"),
    "legal_entity": say("legal entity"),
    "natural_person": say("natural person"),
    "unknown": say("not known"),
    "True": say("yes"),
    "False": say("no"),
    "woody": say("trees and vines"),
    "other": say("other plants"),
    "granted on publication": say("granted as it is published"),
    "published": say("laid open"),
}
