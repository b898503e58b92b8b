"""The engine: facts, rules and calendars in; deadlines, what is waited for and problems out.

The order of a computation is that of law.md §0: the base and its service, the period in one step
from there (printed period and extension included), days of late receipt, month ends, the later or
earlier of several limbs, and the roll to an open day last of all.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.arithmetic import ADJUSTMENTS, NOTHING, Period, after
from ipdesk.core.docket.bases import PRIORITY_DATE, Bases, PriorityDate, bases_of
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.checks import contradictions, gaps
from ipdesk.core.docket.ends import Limit, Start, fits, late_fee, opening_day, roll
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Deadline, Outcome, Pending
from ipdesk.core.docket.plan import Job, Limb, plan_for
from ipdesk.core.docket.reasons import event_words, period_words
from ipdesk.core.docket.rules import Rule
from ipdesk.core.docket.service import NOTICES, served

Steps = list[tuple[Any, ...]]
_MEMORY = 20_000  # starts kept for one rule
_DUE_THEN_RAW = itemgetter(Deadline._fields.index("due"), Deadline._fields.index("raw"))


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
        plan = plan_for(self.case, self.bases.types, self.law, self.calendars, details=details)
        ends: dict[tuple[str, int | None, Any], date] = {}
        still = len(self.bases.priorities) < 2
        for job in plan.jobs:
            rule = job.rule
            if job.local and (still or not job.moving):
                made = self._remembered(job)
            else:
                made = [
                    d
                    for d in self._deadlines(job)
                    if not job.filtered or job.limbs or self._wanted(rule, d)
                ]
            if rule.replaces:
                made = self._replace(rule.replaces, made)
            if rule.grace_of:
                for d in made:
                    ends[rule.grace_of, d.n, d.trigger] = d.due
            if job.kept:
                self.given.setdefault(rule.id, []).extend(made)
            self.found += made
        if ends:
            self._set_grace(ends)
        self.found.sort(key=_DUE_THEN_RAW)
        problems = (*gaps(self.case, self.bases.types), *self.problems)
        return Outcome(tuple(self.found), (*plan.pending, *self.pending), problems)

    # ---- a rule that takes the place of another; the end of a grace period

    def _replace(self, replaces: tuple[str, int], made: list[Deadline]) -> list[Deadline]:
        """Keep these only where they end later than the ones they replace, which then go."""
        target, n = replaces
        before = next((d for d in self.given.get(target, ()) if d.n == n), None)
        if before is None or not made or before.raw >= made[0].raw:
            return []
        self.given[target].remove(before)
        self.found.remove(before)
        return made

    def _set_grace(self, ends: Mapping[tuple[str, int | None, Any], date]) -> None:
        graced = self.law.graced
        for index, d in enumerate(self.found):
            if d.law.id in graced:
                end = ends.get((d.law.id, d.n, d.trigger))
                if end is not None:
                    self.found[index] = d.with_grace(end)

    # ---- from bases to deadlines

    def _remembered(self, job: Job) -> list[Deadline]:
        """Results that depend on the start alone are kept for the next case with such a start.

        A portfolio has few different days compared with its matters: this is where a large
        recomputation wins its time.
        """
        if job.single and not job.filtered:
            day, key = self.bases.single(job.base)
            known = job.memory.get(day)
            if known is not None:
                return [d.of(key) for d in known]
        made: list[Deadline] = []
        for start in self._starts(job, self.bases.priorities):
            kept_by = self._memory_key(job, start)
            rows = job.memory.get(kept_by)
            if rows is None:
                rows = self._compute_and_keep(job, start, kept_by)
            made += [d.of(start.key) for d in rows if not job.filtered or self._wanted(job.rule, d)]
        return made

    def _memory_key(self, job: Job, start: Start) -> Any:
        event = start.event
        if job.single:
            return self.bases.single(job.base)[0]
        if event is None or event.type not in NOTICES:
            return start.day, start.n
        return (
            event.date,
            event.service,
            event.received,
            event.ordinal,
            event.period_months,
            event.period_days,
            event.extension_months,
            event.office,
        )

    def _compute_and_keep(self, job: Job, start: Start, key: Any) -> list[Deadline]:
        said = len(self.problems) + len(self.pending)
        bare = start._replace(key=None)
        rows = list(self._from(job, bare, self.bases.priorities))
        if said == len(self.problems) + len(self.pending):
            if len(job.memory) > _MEMORY:
                job.memory.clear()
            job.memory[key] = rows
        return rows

    def _wanted(self, rule: Rule, d: Deadline) -> bool:
        """Whether the number is one that was asked for and lies on the right side of an event."""
        if rule.series is not None:
            asked = self.case.facts.get(rule.series.number)
            if (asked is not None and asked != d.n) or (self.until and d.raw > self.until):
                return False
        return self._in_range(rule, d.raw)

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
                (d.n, d.trigger if d.law.term.bases[0] != PRIORITY_DATE else None): d
                for s in self._starts(job, [change])
                for d in self._from(job, s, [change])
            }
            for index, d in enumerate(current):
                key = (d.n, d.trigger if d.law.term.bases[0] != PRIORITY_DATE else None)
                if d.due >= change.since:
                    other = anew.get(key, d)
                    told: Steps = [("rebased", change.since, change.day)]
                else:
                    other = d
                    told = [("expired_before", change.since)]
                current[index] = other._replace(trail=(*other.trail, *told))
        yield from current

    def _starts(self, job: Job, priorities: list[PriorityDate]) -> Iterator[Start]:
        base = job.base
        if base == PRIORITY_DATE:
            if priorities:
                day = priorities[0].day
                claims = self.bases.by_type.get(
                    "filing" if priorities[0].is_filing else "priority", ()
                )
                yield Start(day, None, None, next((e.key for e in claims if e.date == day), None))
        elif base.startswith("rule:"):
            for deadline in self.given.get(base[5:], ()):
                yield Start(deadline.raw, None, deadline.n, deadline.trigger)
        else:
            for event in self.bases.events(base):
                if not job.tests or fits(job.rule, event):
                    yield Start(event.date, event, None, event.key)

    def _from(self, job: Job, start: Start, priorities: list[PriorityDate]) -> Iterator[Deadline]:
        rule = job.rule
        if rule.applies is not None and not self._in_force(rule, start):
            return
        period = self._period(rule, start)
        if period is None:
            return
        for n, whole in job.numbers or ((start.n if rule.n is None else rule.n, period),):
            limit = self._limit(job, start, n, whole, priorities)
            if limit is not None:
                deadline = self._deadline(job, start, n, limit)
                if deadline is not None:
                    yield deadline

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
        if applies.until is not None or applies.since is None:
            return False
        if start.day >= applies.since:  # what is missing cannot be earlier than the start
            return True
        self._wait(rule, applies.on)
        return False

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
        if event.type not in NOTICES:
            return None if rule.extended else period
        if rule.printed and (event.period_months or event.period_days):
            period = Period(event.period_months or 0, event.period_days or 0)
        elif rule.printed and period == NOTHING and event.type == "office_notice":
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
        trail: Steps = [*job.intro, self._origin(job, start, priorities)]
        begin, late = self._begin(job, start, trail)
        raw = self._run(rule, start, n, period, begin, trail)
        if late is not None:
            raw += timedelta(days=late[0])
            trail.append(("late", *late))
        if rule.adjust:
            raw = ADJUSTMENTS[rule.adjust](raw)
            trail.append(("adjusted", rule.adjust, raw))
        if job.limbs and not self._in_range(rule, raw):
            return None
        for limb in job.limbs:
            raw = self._with_limb(job, limb, raw, start, priorities, trail)
        trail += job.outro
        if rule.applies is not None and rule.applies.on == "due" and not rule.applies.holds(raw):
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

    def _begin(self, job: Job, start: Start, trail: Steps) -> tuple[date, tuple[int, int] | None]:
        """The day from which the period runs, and days of late receipt to add at its end."""
        begin, late = start.day, None
        event = start.event
        if event is not None and job.model is not None and event.type in NOTICES:
            receipt = served(event, job.model)
            begin = receipt.start
            trail.append(("served", event.service or "electronic", event.date, begin, receipt.how))
            if receipt.late_days:
                late = (receipt.late_days, receipt.grace)
        if job.rule.begin:
            begin = ADJUSTMENTS[job.rule.begin](begin)
            trail.append(("adjusted", job.rule.begin, begin))
        return begin, late

    def _run(
        self, rule: Rule, start: Start, n: int | None, period: Period, begin: date, trail: Steps
    ) -> date:
        """The period in one step, not beyond a ceiling of the whole."""
        raw = after(begin, period)
        event = start.event
        if n is not None and rule.series is not None:
            trail.append(("number", n))
        if rule.extended and event is not None:
            trail.append(("extended", event.extension_months, period))
            if rule.ceiling_of == "whole" and rule.ceiling is not None:
                most = after(begin, rule.ceiling)
                if raw > most:
                    trail.append(("capped", most))
                    return most
        printed = (
            event is not None
            and event.type in NOTICES
            and bool(event.period_months or event.period_days)
        )
        trail.append(("period", period, begin, raw, printed and rule.printed and not rule.extended))
        return raw

    def _in_range(self, rule: Rule, raw: date) -> bool:
        """Whether the number lies on the right side of an event, e.g. after the grant."""
        if rule.only_after:
            day = self.bases.first(rule.only_after)
            if day is None:
                return rule.lenient
            if raw <= add_months(day, 12 * rule.skip):
                return False
        if rule.only_until:
            day = self.bases.first(rule.only_until)
            return day is None or raw <= day
        return True

    def _with_limb(
        self,
        job: Job,
        limb: Limb,
        raw: date,
        start: Start,
        priorities: list[PriorityDate],
        trail: Steps,
    ) -> date:
        """The later or the earlier of what was found so far and one alternative."""
        day = self._limb_base(job, limb.base, start, priorities)
        if day is None:
            return raw
        end = after(day, limb.period)
        kind = limb.base.removeprefix("rule:")
        trail.append(("other", limb.which, kind, day, limb.period, end))
        return min(raw, end) if limb.which in ("earlier_of", "not_after") else max(raw, end)

    def _limb_base(
        self, job: Job, base: str, start: Start, priorities: list[PriorityDate]
    ) -> date | None:
        if base == PRIORITY_DATE:
            return priorities[0].day if priorities else None
        if base.startswith("rule:"):
            others = self.given.get(base[5:], ())
            return next((d.raw for d in others if d.n in (start.n, None)), None)
        events = self.bases.events(base)
        if events and base in NOTICES:
            return served(events[0], job.model).start
        return events[0].date if events else None

    # ---- the deadline itself

    def _deadline(self, job: Job, start: Start, n: int | None, limit: Limit) -> Deadline | None:
        rule = job.rule
        due, status, rolled = roll(rule.roll, limit.raw, start.event, self.case, self.calendars)
        trail = limit.trail + rolled
        opens = opening_day(rule, n, limit) if rule.windows else None
        if opens is not None:
            trail += (("opens", opens),)
        percent = None
        if rule.percent_fact:
            paid: date = self.case.facts[rule.percent_fact]
            if not self._pays(start, paid, due):
                return None
            percent = late_fee(rule, start.day, paid)
            trail += (("paid", paid, percent),)
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

    def _pays(self, start: Start, paid: date, end: date) -> bool:
        """Whether a payment is one for this number: the one asked for, in time or in grace."""
        asked = self.case.facts.get("annuity_year") is not None
        if paid > end:
            if asked:
                self.problems.append(
                    say(
                        "Paid on {paid}, after the grace period ended on {end}.", paid=paid, end=end
                    )
                )
            return False
        return asked or paid > add_months(start.day, -12)
