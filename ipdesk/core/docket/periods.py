"""From a start to the nominal end of a period: service, length, extension, alternatives."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from ipdesk.base.dates import add_months, month_end
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.arithmetic import ADJUSTMENTS, NOTHING, Period, adjusted, after
from ipdesk.core.docket.bases import PRIORITY_DATE, Bases, PriorityDate
from ipdesk.core.docket.compensation import DECISIONS, estimate, lengthened
from ipdesk.core.docket.model import Case, Deadline, Event, Pending
from ipdesk.core.docket.plan import Job, Limb
from ipdesk.core.docket.reasons import event_words, period_words
from ipdesk.core.docket.rules import Rule
from ipdesk.core.docket.service import NOTICES, served

Steps = tuple[tuple[Any, ...], ...]
_ALWAYS = date.min, date.max


class Start(NamedTuple):
    """A day that a rule counts from, with the event or the deadline it comes from."""

    day: date
    event: Event | None
    n: int | None
    key: Any


class Limit(NamedTuple):
    """The end of a period before it rolls, and the steps that led there."""

    n: int | None
    raw: date
    start: date
    trail: Steps


class Begin(NamedTuple):
    """The day from which a period runs, days of late receipt for its end, and how it was found."""

    day: date
    late_days: int
    grace: int
    told: Steps


class Periods:
    """Computes the ends of periods for one case, noting what is missing or impossible."""

    def __init__(self, case: Case, bases: Bases, until: date | None = None) -> None:
        self.case = case
        self.until = until
        self.bases = bases
        self.given: dict[str, list[Deadline]] = {}  # by the rules that others count from
        self.pending: list[Pending] = []
        self.problems: list[Message] = []

    def limits(self, job: Job, start: Start, priorities: list[PriorityDate]) -> Iterator[Limit]:
        """The ends of the periods of a rule from one start, one for each number of a series.

        A trail without a ``period`` step is the usual case: the period of the rule in one step
        from the start, which ``reasons`` tells from the rule itself.
        """
        rule = job.rule
        if rule.applies is not None and not self._in_force(rule, start):
            return
        period = self._period(rule, start)
        if period is None:
            return
        begin = self._begin(job, start, priorities)
        length = _length(rule, start, period, begin)
        low, high = self.bounds(rule) if job.limbs else _ALWAYS
        usual = not (length or job.limbs or begin.late_days)
        for n, whole in job.numbers or ((start.n if rule.n is None else rule.n, period),):
            if usual:
                raw, trail = after(begin.day, whole), begin.told
                if rule.adjust:
                    raw = adjusted(rule.adjust, raw, begin.day)
            else:
                raw, steps = _nominal(rule, whole, begin, length)
                if job.limbs and not low < raw <= high:
                    continue
                for limb in job.limbs:
                    raw = self._with_limb(job, limb, raw, start.n, priorities, steps)
                trail = begin.told + tuple(steps)
            if rule.lengthened or rule.estimate:
                raw, trail = self._compensated(rule, begin.day, whole, raw, trail)
            if rule.applies is None or rule.applies.on != "due" or rule.applies.holds(raw):
                yield Limit(n, raw, begin.day, trail + job.outro)
                if job.numbers and self.until is not None and raw > self.until:
                    return  # nobody asks for the numbers behind the first one after it

    def bounds(self, rule: Rule) -> tuple[date, date]:
        """After which day and up to which day a number may end, e.g. after the grant."""
        low, high = date.min, date.max
        if rule.only_after:
            day = self.bases.first(rule.only_after)
            if day is not None:
                low = self._year_end(rule, rule.only_after, add_months(day, 12 * rule.skip))
            elif not rule.lenient:
                low = date.max
        if rule.only_until:
            day = self.bases.first(rule.only_until)
            if day is not None:
                high = self._year_end(rule, rule.only_until, day)
        if rule.within:
            start = self.bases.first(rule.within.bases[0])
            if start is not None:  # what would fall due as the term ends is for a year after it
                end = after(start, rule.within.period)
                if rule.lengthened:
                    end = lengthened(end, self.case.facts)[0]
                high = min(high, end - timedelta(days=1))
        return low, high

    def _year_end(self, rule: Rule, event: str, day: date) -> date:
        """Of a fee due at a month's end the anniversary tells whether its year had begun."""
        start = self.bases.first(rule.term.bases[0])
        if rule.adjust != "month_end" or event != "grant" or start is None:
            return day
        end = month_end(day)
        return end if min(start.day, end.day) <= day.day else day

    def _compensated(
        self, rule: Rule, begin: date, whole: Period, raw: date, trail: Steps
    ) -> tuple[date, Steps]:
        """A term with its days of compensation; the reasons of a request for them."""
        if rule.estimate:
            first = {kind: events[0].date for kind, events in self.bases.by_type.items()}
            found = estimate(rule.estimate, first, self.case.facts)
            return raw, (*trail, ("estimate", found))
        if rule.series is not None:
            return raw, trail
        for event in (e for kind in DECISIONS for e in self.bases.by_type.get(kind, ())):
            if not event.period_days:
                self._wait(rule, "compensation_days")
        end, days = lengthened(raw, self.case.facts)
        if not days:
            return raw, trail
        return end, (*trail, ("period", whole, begin, raw, False), ("lengthened", days, end))

    # ---- which version of the law

    def _in_force(self, rule: Rule, start: Start) -> bool:
        """Whether this version applies; where the day that decides is missing, it may be asked."""
        applies = rule.applies
        assert applies is not None
        if applies.on == "due":
            return True  # told by the end of the period
        key_day = start.day if applies.on == "document" else self.bases.first(applies.on)
        if key_day is not None:
            return applies.holds(key_day)
        earliest, latest = self._bounds_of_missing(applies.on, start)
        if applies.holds(earliest) and applies.holds(latest):
            return True
        if applies.since is not None and applies.until is None and latest >= applies.since:
            self._wait(rule, applies.on)
        return False

    def _bounds_of_missing(self, event: str, start: Start) -> tuple[date, date]:
        """Between which days an event that is not recorded must have happened."""
        priority = self.bases.first(PRIORITY_DATE)
        if event == "filing" and priority is not None:  # a year later, two months if restored
            return priority, add_months(priority, 14)
        return (date.min if start.event is None else start.day), date.max

    def _wait(self, rule: Rule, event: str) -> None:
        why = say(
            "{event} is missing; enter it and this date is computed.", event=event_words(event)
        )
        self.pending.append(Pending(rule.id, rule.label, event, True, (why,)))

    # ---- the length of the period

    def _period(self, rule: Rule, start: Start) -> Period | None:
        """The period of the rule, of the notice or of a fact, with an extension granted."""
        period = rule.term.period
        event = start.event
        if rule.period_fact:
            return Period(months=int(self.case.facts[rule.period_fact]))
        if event is None or event.type not in NOTICES:
            return None if rule.extended else period
        if rule.printed and (event.period_months or event.period_days):
            period = Period(event.period_months or 0, event.period_days or 0)
        elif (
            rule.printed
            and period == NOTHING
            and event.type == "office_notice"
            and event.printed_due is None
        ):
            self._wait(rule, "period_months")
            return None
        return (
            self._extended(rule, event.extension_months or 0, period) if rule.extended else period
        )

    def _extended(self, rule: Rule, extension: int, period: Period) -> Period | None:
        """The period with its extension, in one piece; None without one or beyond the ceiling."""
        if not extension:
            return None
        most = rule.ceiling if rule.ceiling_of == "extension" else None
        if most is not None and extension > most.months:
            self.problems.append(
                say(
                    "An extension of {given} is longer than {rule} allows ({most}).",
                    given=period_words(Period(months=extension)),
                    rule=rule.id,
                    most=period_words(most),
                )
            )
            return None
        return Period(period.months + extension, period.days)

    # ---- the day from which it runs

    def _begin(self, job: Job, start: Start, priorities: list[PriorityDate]) -> Begin:
        event = start.event
        told = [*job.intro, _origin(job, start, priorities)]
        day, late, grace = start.day, 0, 0
        if event is not None and job.model is not None and event.type in NOTICES:
            receipt = served(event, job.model)
            day, late, grace = receipt.start, receipt.late_days, receipt.grace
            told.append(("served", event.service or "electronic", event.date, day, receipt.how))
        if job.rule.begin:
            day = ADJUSTMENTS[job.rule.begin](day)
            told.append(("adjusted", job.rule.begin, day))
        return Begin(day, late, grace, tuple(told))

    # ---- alternatives

    def _with_limb(
        self,
        job: Job,
        limb: Limb,
        raw: date,
        n: int | None,
        priorities: list[PriorityDate],
        steps: list[tuple[Any, ...]],
    ) -> date:
        """The later or the earlier of what was found so far and one alternative."""
        day = self._limb_base(job, limb.base, n, priorities)
        if day is None:
            return raw
        end = after(ADJUSTMENTS[limb.begin](day) if limb.begin else day, limb.period)
        if limb.adjust:
            end = ADJUSTMENTS[limb.adjust](end)
        kind = limb.base.removeprefix("rule:")
        steps.append(("other", limb.which, kind, day, limb.period, end))
        return min(raw, end) if limb.which in ("earlier_of", "not_after") else max(raw, end)

    def _limb_base(
        self, job: Job, base: str, n: int | None, priorities: list[PriorityDate]
    ) -> date | None:
        if base == PRIORITY_DATE:
            return priorities[0].day if priorities else None
        if base.startswith("rule:"):
            return next((d.raw for d in self.given.get(base[5:], ()) if d.n in (n, None)), None)
        events = self.bases.events(base)
        if events and base in NOTICES:
            return served(events[0], job.model).start
        return events[0].date if events else None


def _origin(job: Job, start: Start, priorities: list[PriorityDate]) -> tuple[Any, ...]:
    if job.base == PRIORITY_DATE:
        if priorities[0].is_filing:
            return ("no_priority", start.day)
        return ("base", "priority_date", start.day)
    if start.event is None:
        return ("rule_base", job.base[5:], start.day, job.base_label)
    return ("base", start.event.type, start.day)


def _nominal(
    rule: Rule, period: Period, begin: Begin, length: Steps
) -> tuple[date, list[tuple[Any, ...]]]:
    """The end of a period of which more is to be told, before any alternative."""
    raw = _capped(rule, begin.day, after(begin.day, period))
    steps = [*(length or (("period", period, begin.day, raw, False),))]
    if begin.late_days:
        raw += timedelta(days=begin.late_days)
        steps.append(("late", begin.late_days, begin.grace))
    if rule.adjust:
        raw = adjusted(rule.adjust, raw, begin.day)
        steps.append(("adjusted", rule.adjust, raw))
    return raw, steps


def _capped(rule: Rule, begin: date, raw: date) -> date:
    if rule.extended and rule.ceiling_of == "whole" and rule.ceiling is not None:
        return min(raw, after(begin, rule.ceiling))
    return raw


def _length(rule: Rule, start: Start, period: Period, begin: Begin) -> Steps:
    """What to tell of a length that is not the rule's own: printed, extended."""
    event = start.event
    if event is None or event.type not in NOTICES:
        return ()
    end = _capped(rule, begin.day, after(begin.day, period))
    if rule.extended:
        capped = (("capped", end),) if end < after(begin.day, period) else ()
        return (
            ("extended", event.extension_months, period),
            ("period", period, begin.day, end, False),
            *capped,
        )
    if rule.printed and (event.period_months or event.period_days):
        return (("period", period, begin.day, end, True),)
    return ()
