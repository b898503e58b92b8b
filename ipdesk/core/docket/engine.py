"""The engine: facts, rules and calendars in; deadlines, what is waited for and problems out.

The order of a computation is that of law.md §0: the base and its service, the period in one step
from there (printed period and extension included), days of late receipt, month ends, the later or
earlier of several limbs, and the roll to an open day last of all.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.arithmetic import ADJUSTMENTS, NOTHING, Period, after, window_opens
from ipdesk.core.docket.bases import PRIORITY_DATE, Bases, PriorityDate, bases_of
from ipdesk.core.docket.calendars import Calendars, Status
from ipdesk.core.docket.checks import contradictions
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Deadline, Event, Outcome, Pending
from ipdesk.core.docket.plan import Job, plan_for
from ipdesk.core.docket.reasons import event_words, period_words
from ipdesk.core.docket.rules import Roll, Rule
from ipdesk.core.docket.service import NOTICES, served

_ONE_DAY = timedelta(days=1)


class Start(NamedTuple):
    """A day that a rule counts from, with the event or the deadline it comes from."""

    day: date
    event: Event | None
    n: int | None
    key: Any


class Limit(NamedTuple):
    """The end of a period before it rolls."""

    raw: date
    start: date
    trail: tuple[tuple[Any, ...], ...]


def compute(
    case: Case,
    law: Law,
    calendars: Calendars,
    *,
    until: date | None = None,
    details: bool = False,
    today: date | None = None,
) -> Outcome:
    """All deadlines of a case by a law, what each other rule waits for, or its contradictions.

    *until* leaves out numbers of a series whose day lies later; *details* adds rows that no docket
    keeps (days of service, patent years); *today* only serves to refuse events of the future.
    """
    problems = contradictions(case, law, today)
    if problems:
        return Outcome(problems=problems)
    return _Computation(case, law, calendars, until).outcome(details)


class _Computation:
    """One run over one case; holds what the rules have given so far."""

    def __init__(self, case: Case, law: Law, calendars: Calendars, until: date | None) -> None:
        self.case = case
        self.law = law
        self.calendars = calendars
        self.until = until
        self.bases: Bases = bases_of(case)
        self.given: dict[str, list[Deadline]] = {}
        self.found: list[Deadline] = []
        self.pending: list[Pending] = []
        self.problems: list[Message] = []

    def outcome(self, details: bool) -> Outcome:
        plan = plan_for(self.case, self.bases.types, self.law, details=details)
        for job in plan.jobs:
            made = list(self._deadlines(job))
            if job.rule.replaces:
                made = self._replace(job.rule, made)
            if job.rule.grace_of:
                self._set_grace(job.rule.grace_of, made)
            if job.kept:
                self.given.setdefault(job.rule.id, []).extend(made)
            self.found += made
        self.found.sort(key=_order)
        return Outcome(tuple(self.found), (*plan.pending, *self.pending), tuple(self.problems))

    # ---- a rule that takes the place of another; the end of a grace period

    def _replace(self, rule: Rule, made: list[Deadline]) -> list[Deadline]:
        """Keep these only where they end later than the ones they replace, which then go."""
        assert rule.replaces is not None
        target, n = rule.replaces
        before = next((d for d in self.given.get(target, ()) if d.n == n), None)
        if before is None or not made or before.raw >= made[0].raw:
            return []
        self.given[target].remove(before)
        self.found.remove(before)
        return made

    def _set_grace(self, target: str, made: Iterable[Deadline]) -> None:
        ends = {(d.n, d.trigger): d.due for d in made}
        for listed in (self.found, self.given.get(target, [])):
            for index, d in enumerate(listed):
                if d.law.id == target and (d.n, d.trigger) in ends:
                    listed[index] = d._replace(grace_end=ends[d.n, d.trigger])

    # ---- from bases to deadlines

    def _deadlines(self, job: Job) -> Iterator[Deadline]:
        changes = self.bases.priorities
        if job.moving and len(changes) > 1:
            yield from self._while_priority_moves(job, changes)
            return
        for start in self._starts(job, changes):
            yield from self._from(job, start, changes)

    def _while_priority_moves(self, job: Job, changes: list[PriorityDate]) -> Iterator[Deadline]:
        """Recompute what still ran on the day of each change; leave alone what had ended."""
        current = [
            d for s in self._starts(job, changes[:1]) for d in self._from(job, s, changes[:1])
        ]
        for change in changes[1:]:
            assert change.since is not None
            anew = {
                (d.n, d.trigger): d
                for s in self._starts(job, [change])
                for d in self._from(job, s, [change])
            }
            for index, d in enumerate(current):
                other = anew.get((d.n, d.trigger), d)
                if d.due >= change.since:
                    note = ("rebased", change.since, change.day)
                    current[index] = other._replace(trail=(*other.trail, note))
                else:
                    note = ("expired_before", change.since)
                    current[index] = d._replace(trail=(*d.trail, note))
        yield from current

    def _starts(self, job: Job, priorities: list[PriorityDate]) -> Iterator[Start]:
        base = job.base
        if base == PRIORITY_DATE:
            if priorities:
                kind = "filing" if priorities[0].is_filing else "priority"
                event = self.bases.events(kind)
                key = next((e.key for e in event if e.date == priorities[0].day), None)
                yield Start(priorities[0].day, None, None, key)
        elif base.startswith("rule:"):
            for deadline in self.given.get(base[5:], ()):
                yield Start(deadline.raw, None, deadline.n, deadline.trigger)
        else:
            for event in self.bases.events(base):
                if not job.tests or _fits(job, event):
                    yield Start(event.date, event, None, event.key)

    def _from(self, job: Job, start: Start, priorities: list[PriorityDate]) -> Iterator[Deadline]:
        rule = job.rule
        period = self._period(rule, start)
        if period is None:
            return
        if rule.applies is not None and rule.applies.on != "due":
            key_day = self._key_day(rule.applies.on, start)
            if key_day is None:
                if rule.applies.until is None and rule.applies.since is not None:
                    if start.day < rule.applies.since:
                        self._wait(rule, rule.applies.on)
                        return
                else:
                    return
            elif not rule.applies.holds(key_day):
                return
        for n, whole in self._numbers(rule, start, period):
            limit = self._limit(job, start, n, whole, priorities)
            if limit is not None:
                deadline = self._deadline(job, start, n, limit)
                if deadline is not None:
                    yield deadline

    def _key_day(self, on: str, start: Start) -> date | None:
        return start.day if on == "document" else self.bases.first(on)

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
        if event is None:
            return None if rule.extended else period
        if rule.printed and (event.period_months or event.period_days):
            period = Period(event.period_months or 0, event.period_days or 0)
        elif rule.printed and period == NOTHING and event.type == "office_notice":
            self._wait(rule, "period_months")
            return None
        if rule.extended:
            extension = event.extension_months or 0
            if not extension:
                return None
            if rule.ceiling_of == "extension" and rule.ceiling is not None:
                if extension > rule.ceiling.months:
                    self.problems.append(
                        say(
                            "An extension of {given} is longer than {rule} allows ({most}).",
                            given=period_words(Period(months=extension)),
                            rule=rule.id,
                            most=period_words(rule.ceiling),
                        )
                    )
                    return None
            period = Period(period.months + extension, period.days)
        return period

    def _numbers(
        self, rule: Rule, start: Start, period: Period
    ) -> Iterator[tuple[int | None, Period]]:
        series = rule.series
        if series is None:
            n = rule.n if rule.n is not None else start.n
            wanted = self.case.facts.get("annuity_year") if rule.n is not None else None
            if wanted is None or wanted == n:
                yield n, period
            return
        wanted = self.case.facts.get(series.number)
        for n, months in enumerate(series.months, series.first):
            if wanted is None or wanted == n:
                yield n, Period(months=months)

    # ---- the end of the period

    def _limit(
        self,
        job: Job,
        start: Start,
        n: int | None,
        period: Period,
        priorities: list[PriorityDate],
    ) -> Limit | None:
        rule = job.rule
        event = start.event
        trail: list[tuple[Any, ...]] = list(job.intro)
        begin, late = start.day, 0
        trail.append(self._origin(job, start, priorities))
        if event is not None and event.type in NOTICES:
            receipt = served(event, job.model)
            begin, late = receipt.start, receipt.late_days
            if job.model is not None:
                way = event.service or "electronic"
                trail.append(("served", way, event.date, begin, receipt.how))
        if rule.begin:
            begin = ADJUSTMENTS[rule.begin](begin)
            trail.append(("adjusted", rule.begin, begin))
        raw = after(begin, period)
        if n is not None and rule.series is not None:
            trail.append(("number", n))
        printed = (
            event is not None and rule.printed and bool(event.period_months or event.period_days)
        )
        if rule.extended and event is not None:
            trail.append(("extended", event.extension_months, period))
            if rule.ceiling_of == "whole" and rule.ceiling is not None:
                most = after(begin, rule.ceiling)
                if raw > most:
                    raw = most
                    trail.append(("capped", most))
        trail.append(("period", period, begin, raw, printed and not rule.extended))
        if late:
            raw += timedelta(days=late)
            trail.append(("late", late, receipt.grace))
        if rule.adjust:
            raw = ADJUSTMENTS[rule.adjust](raw)
            trail.append(("adjusted", rule.adjust, raw))
        if not self._in_range(rule, raw):
            return None
        for limb in job.limbs:
            raw = self._with_limb(job, limb, raw, start, priorities, trail)
        trail += job.outro
        if rule.applies is not None and rule.applies.on == "due" and not rule.applies.holds(raw):
            return None
        if self.until is not None and rule.series is not None and raw > self.until:
            return None
        return Limit(raw, begin, tuple(trail))

    def _origin(self, job: Job, start: Start, priorities: list[PriorityDate]) -> tuple[Any, ...]:
        if job.base == PRIORITY_DATE:
            if priorities[0].is_filing:
                return ("no_priority", start.day)
            return ("base", "priority_date", start.day)
        if start.event is None:
            return ("rule_base", job.base[5:], start.day)
        return ("base", start.event.type, start.day)

    def _in_range(self, rule: Rule, raw: date) -> bool:
        """Whether the number lies on the right side of an event, e.g. after the grant."""
        if rule.only_after:
            day = self.bases.first(rule.only_after)
            if day is None or raw <= day:
                return False
            if rule.skip and raw <= add_months(day, 12 * rule.skip):
                return False
        if rule.only_until:
            day = self.bases.first(rule.only_until)
            if day is not None and raw > day:
                return False
        return True

    def _with_limb(
        self,
        job: Job,
        limb: Any,
        raw: date,
        start: Start,
        priorities: list[PriorityDate],
        trail: list[tuple[Any, ...]],
    ) -> date:
        day, kind = self._limb_base(job, limb.base, start, priorities)
        if day is None:
            return raw
        end = after(day, limb.period)
        trail.append(("other", limb.which, kind, day, limb.period, end))
        lower = limb.which in ("earlier_of", "not_after")
        return min(raw, end) if lower else max(raw, end)

    def _limb_base(
        self, job: Job, base: str, start: Start, priorities: list[PriorityDate]
    ) -> tuple[date | None, str]:
        if base == PRIORITY_DATE:
            return (priorities[0].day if priorities else None), base
        if base.startswith("rule:"):
            others = self.given.get(base[5:], ())
            return next((d.raw for d in others if d.n in (start.n, None)), None), base[5:]
        events = self.bases.events(base)
        if not events:
            return None, base
        if base in NOTICES:
            return served(events[0], job.model).start, base
        return events[0].date, base

    # ---- rolling, window, surcharge

    def _deadline(self, job: Job, start: Start, n: int | None, limit: Limit) -> Deadline | None:
        rule = job.rule
        due, status, rolled = self._roll(rule.roll, limit.raw, start.event)
        opens = self._opens(rule, n, limit) if rule.windows else None
        trail = (*limit.trail, *rolled)
        if opens is not None:
            trail = (*trail, ("opens", opens))
        percent = None
        if rule.percent_fact:
            paid: date = self.case.facts[rule.percent_fact]
            percent = self._percent(rule, start, paid, due)
            if percent is None:
                return None
            trail = (*trail, ("paid", paid, percent))
        return Deadline(
            rule,
            n,
            limit.raw,
            due,
            limit.start,
            opens,
            None,
            status,
            start.key,
            percent,
            trail,
            job.confirmed,
        )

    def _roll(
        self, roll: Roll, raw: date, event: Event | None
    ) -> tuple[date, Status, tuple[tuple[Any, ...], ...]]:
        """The last step: the next open day at the office where the act is done."""
        if roll is Roll.NEVER:
            return raw, Status.NOT_APPLICABLE, (("never",),)
        if roll is Roll.UNSETTLED:
            return raw, Status.UNKNOWN, (("unsettled",),)
        if roll is Roll.OWN:
            office: str | None = self.case.office
        elif roll is Roll.IB:
            office = "IB"
        elif roll is Roll.EVENT_OFFICE:
            office = (event.office if event else None) or self.case.facts.get("isa") or "IB"
        else:
            office = self.case.facts.get(roll.value)
        if not office:
            return raw, Status.UNKNOWN, (("no_office", roll.value),)
        opening = self.calendars.next_open(office, raw)
        step = ("rolled", office, raw, opening.day, opening.status, opening.reasons)
        return opening.day, opening.status, (step,)

    def _opens(self, rule: Rule, n: int | None, limit: Limit) -> date | None:
        for window in rule.windows:
            if window.n is not None and window.n != n:
                continue
            if window.due_from is not None and limit.raw < window.due_from:
                continue
            if window.style != "from_start":
                return window_opens(limit.raw, window.months, window.style)
            whole = rule.term.period.months
            if rule.series is not None and n is not None:
                whole = rule.series.months[n - rule.series.first]
            return add_months(limit.start, whole - window.months)
        return None

    def _percent(self, rule: Rule, start: Start, paid: date, end: date) -> int | None:
        """The surcharge step in which a payment falls; None for another year's payment."""
        if paid > end:
            if self.case.facts.get("annuity_year") is not None:
                self.problems.append(
                    say(
                        "Paid on {paid}, after the grace period ended on {end}.", paid=paid, end=end
                    )
                )
            return None
        if self.case.facts.get("annuity_year") is None and paid <= add_months(start.day, -12):
            return None
        for step in rule.surcharge:
            if paid <= add_months(start.day, step.months):
                return step.percent
        return rule.surcharge[-1].percent if rule.surcharge else None


def _fits(job: Job, event: Event) -> bool:
    for test in job.tests:
        if test.name == "ordinal":
            ordinal = event.ordinal or 1
            if ordinal < test.least if test.least is not None else ordinal not in test.values:
                return False
        elif test.name == "service":
            if (event.service or "electronic") not in test.values:
                return False
        elif (event.office or "") not in test.values:
            return False
    return True


def _order(deadline: Deadline) -> tuple[date, date, int, int]:
    return deadline.due, deadline.raw, deadline.law.order, deadline.n or 0
