"""A rule read out loud: what it counts from, for how long, what else counts, when it applies."""

from collections.abc import Iterable, Iterator

from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.arithmetic import NOTHING, Period
from ipdesk.core.docket.reasons import (
    day_words,
    event_words,
    fact_words,
    is_yearly,
    period_words,
    service_words,
    value_words,
)
from ipdesk.core.docket.rules import Roll, Rule, ServiceModel, ServicePeriod, Term
from ipdesk.core.docket.service import NOTICES

KIND_LABELS: dict[str, Message] = {
    "filing": say("Filing or entry"),
    "priority": say("Priority"),
    "reply": say("Reply"),
    "request": say("Request"),
    "payment": say("Payment"),
    "renewal": say("Renewal or annuity"),
    "remedy": say("Legal remedy"),
    "restoration": say("Restoration"),
    "document": say("Document"),
    "term": say("Term of the right"),
    "information": say("For information"),
    "service": say("Service of documents"),
}

ROUTE_LABELS: dict[str, Message] = {
    "direct": say("direct"),
    "paris": say("Paris Convention"),
    "pct": say("PCT national phase"),
    "divisional": say("divisional"),
}

CONFIDENCES: dict[str, Message] = {
    "V1": say("V1: text of the law read"),
    "V2": say("V2: publication of the office read"),
    "V3": say("V3: secondary source read"),
    "K": say("K: general knowledge, nobody has checked it"),
}

ROLL_LABELS: dict[str, Message] = {
    Roll.OWN: say("A closed day of this office moves the last day."),
    Roll.RECEIVING_OFFICE: say("A closed day of the receiving office moves the last day."),
    Roll.ISA: say("A closed day of the International Searching Authority moves the last day."),
    Roll.IPEA: say("A closed day of the examining authority moves the last day."),
    Roll.IB: say("A closed day of the International Bureau moves the last day."),
    Roll.EVENT_OFFICE: say("A closed day of the office of the notice moves the last day."),
    Roll.NEVER: say("The last day never moves."),
    Roll.UNSETTLED: say("Whether a closed day moves it is unsettled: the earlier day is shown."),
}


def confidence_words(code: str) -> str:
    """A confidence code with its meaning; of two codes both."""
    parts = [part.strip() for part in code.split("/")]
    return "; ".join(str(CONFIDENCES.get(part.partition(" ")[0], part)) for part in parts)


def trigger_words(rule: Rule) -> str:
    """What starts the period, in a word or two; alternatives by a stroke."""
    return " / ".join(str(base_words(base)) for base in rule.term.bases)


def base_words(base: str) -> Message | Bilingual | str:
    """An event, the priority date, or the end of another rule."""
    if base.startswith("rule:"):
        return say("end of {rule}", rule=base[5:])
    return say("any notice") if base == "notice" else day_words(base)


def length_words(rule: Rule) -> Message:
    """How long it runs, or how often it comes."""
    series = rule.series
    if series is not None:
        numbers = {"first": series.first, "last": series.first + len(series.months) - 1}
        if is_yearly(series):
            return say("years {first} to {last}", **numbers)
        return say("no. {first} to {last}", **numbers)
    if rule.period_fact:
        return say("as recorded")
    if rule.term.period == NOTHING:
        return say("the day itself")
    return period_words(rule.term.period)


def told(rule: Rule) -> Iterator[Message]:
    """The computation in sentences, in the order in which the engine does it."""
    yield from _start(rule)
    yield from _alternatives(rule)
    if rule.adjust:
        yield _ADJUSTED[rule.adjust]
    yield from versions(rule)
    yield from _conditions(rule)
    yield from _windows(rule)
    if rule.plain_base:
        yield say("Counted from its due date, not from what an alternative allows.")
    if rule.lengthened:
        yield say("Lengthened by the days of compensation that are recorded.")
    if rule.grace_of:
        yield say("End of the period of grace of {rule}.", rule=rule.grace_of)
    if rule.replaces:
        yield say(
            "Takes the place of number {n} of {rule} where it ends later.",
            n=rule.replaces[1],
            rule=rule.replaces[0],
        )
    yield ROLL_LABELS[rule.roll]


def _windows(rule: Rule) -> Iterator[Message]:
    """From when on the act may be done, a sentence for a number that differs first."""
    for window in rule.windows:
        if window.n is None:
            yield say("May be done from {n} months before.", n=window.months)
        elif window.due_from is None:
            yield say("Number {no} from {n} months before.", no=window.n, n=window.months)
        else:
            yield say(
                "Number {no} from {n} months before, where it is due on {day} or later.",
                no=window.n,
                n=window.months,
                day=window.due_from,
            )


def _start(rule: Rule) -> Iterator[Message]:
    period, from_ = rule.term.period, trigger_words(rule)
    series = rule.series
    if series is not None and series.months:
        values = {
            "event": from_,
            "first": series.first,
            "months": period_words(Period(months=series.months[0])),
            "last": series.first + len(series.months) - 1,
            "end": period_words(Period(months=series.months[-1])),
        }
        if is_yearly(series):
            yield say(
                "From {event}: year {first} after {months}, year {last} after {end}.", **values
            )
        else:
            yield say(
                "From {event}: number {first} after {months}, number {last} after {end}.", **values
            )
    elif rule.period_fact:
        yield say("From {event}, for the months recorded.", event=from_)
    elif period == NOTHING:
        yield say("On the day of: {event}.", event=from_)
    else:
        yield say("{period} from {event}.", period=period_words(period), event=from_)
    if rule.begin:
        yield _BEGUN[rule.begin]
    if rule.printed and not NOTICES.isdisjoint(rule.term.bases) and period != NOTHING:
        yield say("A period printed on the notice takes its place.")
    if rule.extended:
        yield say("With the extension that was granted, counted in one step.")


def _alternatives(rule: Rule) -> Iterator[Message]:
    for terms, sentence in (
        (rule.later_of, _later),
        (rule.earlier_of, _earlier),
        (rule.not_before, _not_before),
        (rule.not_after, _not_after),
    ):
        for term in terms:
            if term.period == NOTHING:
                yield say("But not before: {event}.", event=_bases(term))
            else:
                yield sentence(period_words(term.period), _bases(term))
    if rule.within:
        yield say(
            "Only within {period} from {event}.",
            period=period_words(rule.within.period),
            event=_bases(rule.within),
        )


def _later(period: Message, event: str) -> Message:
    return say("Or, if later, {period} from {event}.", period=period, event=event)


def _earlier(period: Message, event: str) -> Message:
    return say("Or, if earlier, {period} from {event}.", period=period, event=event)


def _not_before(period: Message, event: str) -> Message:
    return say("But never before {period} from {event}.", period=period, event=event)


def _not_after(period: Message, event: str) -> Message:
    return say("But never after {period} from {event}.", period=period, event=event)


def _bases(term: Term) -> str:
    return " / ".join(str(base_words(base)) for base in term.bases)


def versions(rule: Rule) -> Iterator[Message]:
    """From when and until when this version of the law is in force."""
    applies = rule.applies
    if applies is None:
        return
    names: dict[str, Message | Bilingual | str] = {
        "document": say("the day of the document"),
        "due": say("the due date"),
    }
    on = names.get(applies.on) or event_words(applies.on)
    if applies.since is not None:
        yield say("In force where {event} is {day} or later.", event=on, day=applies.since)
    if applies.until is not None:
        yield say("In force where {event} is {day} or earlier.", event=on, day=applies.until)


def _conditions(rule: Rule) -> Iterator[Message]:
    for condition in rule.conditions:
        values = ", ".join(str(value_words(v)) for v in condition.values if v != "")
        if condition.is_fact:
            yield say("Only if {fact} = {value}.", fact=fact_words(condition.name), value=values)
        elif condition.name == "ordinal" and condition.least is not None:
            yield say("For the notice number {n} and later ones.", n=condition.least)
        elif condition.name == "ordinal":
            yield say("For the notice number {n}.", n=values)
        elif condition.name == "office":
            yield say("For events at: {offices}.", offices=values)
    yield from _named(rule)


def _named(rule: Rule) -> Iterator[Message]:
    if rule.needs:
        yield say("Only if recorded: {events}.", events=_events(rule.needs))
    if rule.withdrawn:
        yield _WITHDRAWN[rule.withdrawn]
    if rule.unless:
        yield say("Not if recorded: {events}.", events=_events(rule.unless))
    if rule.only_after:
        events = _events([rule.only_after])
        if rule.skip:
            yield say(
                "Only what falls due more than {n} years after: {events}.",
                n=rule.skip,
                events=events,
            )
        else:
            yield say("Only what falls due after: {events}.", events=events)
    if rule.only_until:
        yield say("Only what falls due up to: {events}.", events=_events([rule.only_until]))


def _events(kinds: Iterable[str]) -> str:
    return ", ".join(str(event_words(kind)) for kind in kinds)


_WITHDRAWN: dict[str, Message] = {
    "anew": say("When the priority is withdrawn while it runs, it counts anew."),
    "ends": say("When the priority is withdrawn while it runs, it ends."),
}
_BEGUN: dict[str, Message] = {
    "next_month_first": say("It begins on the first day of the next month."),
    "fiscal_year_end": say("It begins with the end of the financial year, 31 March."),
}
_ADJUSTED: dict[str, Message] = {
    "month_end": say("It ends on the last day of that month."),
    "ultimo": say("From a last day of a month it runs to the last day of a month."),
    "year_end": say("It ends on the last day of that year."),
    "day_before": say("It ends one day earlier."),
    "next_month_first": say("It ends on the first day of the next month."),
    "fiscal_year_end": say("It ends with the financial year, on 31 March."),
}


def served_told(model: ServiceModel) -> Iterator[Message]:
    """When a document counts as received: a sentence for each way of service and span of dates."""
    for way in model.periods:
        yield say("{whose}: {when}", whose=_whose(way), when=_when(way))


def _whose(way: ServicePeriod) -> Message | Bilingual:
    name = say("Any document") if way.service == "*" else service_words(way.service)
    if way.since is not None:
        return say("{way}, dated {day} or later", way=name, day=way.since)
    if way.until is not None:
        return say("{way}, dated {day} or earlier", way=name, day=way.until)
    return name


def _when(way: ServicePeriod) -> Message:
    if way.received == "beyond_grace":
        return say(
            "counts from its date; received more than {n} days later, the days beyond are added"
            " at the end.",
            n=way.grace_days,
        )
    if way.period == NOTHING:
        return say("counts from that day.")
    period = period_words(way.period)
    if way.received == "prevails":
        return say(
            "deemed received {period} after its date; a proved day of receipt prevails.",
            period=period,
        )
    if way.received == "if_later":
        return say(
            "deemed received {period} after its date; a later receipt counts instead.",
            period=period,
        )
    return say("deemed received {period} after its date.", period=period)
