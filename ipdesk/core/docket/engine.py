"""The engine: facts, rules and calendars in; deadlines, what is waited for and problems out.

The order of a computation is that of law.md §0: the base and its service, the period in one step
from there (printed period and extension included), days of late receipt, month ends, the later or
earlier of several limbs, and the roll to an open day last of all.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import say
from ipdesk.core.docket.bases import PRIORITY_DATE, PriorityDate, bases_of
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.checks import contradictions, gaps
from ipdesk.core.docket.compensation import is_told
from ipdesk.core.docket.ends import as_printed, fits, late_fee, opening_day, plain_end, roll
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Deadline, Outcome
from ipdesk.core.docket.periods import Limit, Periods, Start
from ipdesk.core.docket.plan import Job, plan_for
from ipdesk.core.docket.rules import Rule
from ipdesk.core.docket.service import NOTICES

_MEMORY = 100_000  # starts kept for one rule
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
        self.bases = bases_of(case)
        self.periods = Periods(case, self.bases, until)
        self.found: list[Deadline] = []
        self.more: list[str] = []

    def outcome(self, details: bool) -> Outcome:
        plan = plan_for(self.case, self.bases.types, self.law, self.calendars, details=details)
        given = self.periods.given
        ends: dict[tuple[str, int | None, Any], date] = {}
        still = len(self.bases.priorities) < 2
        compensated = is_told(self.bases.types, self.case.facts)
        for job in plan.jobs:
            rule = job.rule
            if job.local and (still or not job.moving) and not (job.plain and compensated):
                made = self._from_below(job) if job.below else self._remembered(job)
            else:
                made = list(self._deadlines(job))
                if job.filtered:
                    made = self._wanted(rule, made, ranged=not job.limbs)
            if rule.replaces:
                made = self._replace(rule.replaces, made)
            if rule.grace_of:
                for d in made:
                    ends[rule.grace_of, d.n, d.trigger] = d.due
            if self.until is not None and rule.series is not None:
                made = [d for d in made if d.raw <= self.until]
            if job.kept:
                given.setdefault(rule.id, []).extend(made)
            self.found += made
        if ends:
            self._set_grace(ends)
        self.found.sort(key=_DUE_THEN_RAW)
        problems = (*gaps(self.case, self.bases.types, self.law), *self.periods.problems)
        pending = plan.pending
        if self.periods.pending:
            pending = (*pending, *self.periods.pending)
        return Outcome(tuple(self.found), pending, problems, tuple(self.more))

    # ---- a rule that takes the place of another; the end of a grace period

    def _replace(self, replaces: tuple[str, int], made: list[Deadline]) -> list[Deadline]:
        """Keep these only where they end later than the ones they replace, which then go."""
        target, n = replaces
        given = self.periods.given.get(target, [])
        before = next((d for d in given if d.n == n), None)
        if before is None or not made or before.raw >= made[0].raw:
            return []
        given.remove(before)
        self.found.remove(before)
        return made

    def _set_grace(self, ends: Mapping[tuple[str, int | None, Any], date]) -> None:
        graced = self.law.graced
        for index, d in enumerate(self.found):
            if d.law.id in graced:
                end = ends.get((d.law.id, d.n, d.trigger))
                if end is not None:
                    self.found[index] = d.with_grace(end)

    # ---- results that depend on the start alone are kept for the next case with such a start

    def _remembered(self, job: Job) -> list[Deadline]:
        """As ``_deadlines``. A portfolio has few different days compared with its matters: this
        is where a large recomputation wins its time.
        """
        if job.single:
            kept_by, key = self.bases.single(job.keys)
            if job.numbers:  # of which there are only as many as were asked for
                kept_by = kept_by, self.until
            rows = job.memory.get(kept_by)
            if rows is None:
                start = next(self._starts(job, self.bases.priorities))
                rows = self._compute_and_keep(job, start, kept_by)
            if job.filtered:
                rows = self._wanted(job.rule, rows)
            return [d.of(key) for d in rows]
        made: list[Deadline] = []
        for start in self._starts(job, self.bases.priorities):
            kept_by = _memory_key(start), self.until
            rows = job.memory.get(kept_by)
            if rows is None:
                rows = self._compute_and_keep(job, start, kept_by)
            if job.filtered:
                rows = self._wanted(job.rule, rows)
            key = start.key
            made += [d.of(key) for d in rows]
        return made

    def _from_below(self, job: Job) -> list[Deadline]:
        """The same for a rule that counts from the result of another one."""
        made: list[Deadline] = []
        memory = job.memory
        for below in self.periods.given.get(job.below, ()):
            kept_by = below.raw, below.n, self.until
            rows = memory.get(kept_by)
            if rows is None:
                start = Start(below.raw, None, below.n, None)
                rows = self._compute_and_keep(job, start, kept_by)
            if job.filtered:
                rows = self._wanted(job.rule, rows)
            key = below.trigger
            made += [d.of(key) for d in rows]
        return made

    def _compute_and_keep(self, job: Job, start: Start, key: Any) -> list[Deadline]:
        said = len(self.periods.problems) + len(self.periods.pending)
        rows = list(self._from(job, start._replace(key=None), self.bases.priorities))
        if said == len(self.periods.problems) + len(self.periods.pending):
            if len(job.memory) > _MEMORY:
                job.memory.clear()
            job.memory[key] = rows
        return rows

    def _wanted(self, rule: Rule, rows: list[Deadline], *, ranged: bool = True) -> list[Deadline]:
        """The numbers that were asked for and lie on the right side of an event.

        What lies behind the horizon is only noted: it may end the grace of what lies before it.
        """
        asked = None
        if rule.series is not None:
            asked = self.case.facts.get(rule.series.number)
        elif rule.n is not None:
            asked = self.case.facts.get("annuity_year")
        if asked is not None:
            rows = [d for d in rows if d.n == asked]
        after, end = date.min, rows[-1].raw if rows else date.min
        if ranged and (rule.only_after or rule.only_until or rule.within):
            after, until = self.periods.bounds(rule)
            rows = [d for d in rows if after < d.raw <= until]
        if self.until is not None and rule.series is not None:
            last = self.until
            if (rows and rows[-1].raw > last) or last < end <= after:  # some may be behind both
                self.more.append(rule.id)
        return rows

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
        by_priority = job.base == PRIORITY_DATE  # then the event behind it changes as well
        current = list(self._all_from(job, changes[0]))
        for change in changes[1:]:
            assert change.since is not None
            if job.rule.withdrawn == "ends" and change.is_filing:
                ended = [d for d in current if d.due < change.since]
                current = [d.told(("expired_before", change.since)) for d in ended]
                continue
            anew = {
                (d.n, None if by_priority else d.trigger): d for d in self._all_from(job, change)
            }
            for index, d in enumerate(current):
                if d.due >= change.since:
                    other = anew.get((d.n, None if by_priority else d.trigger), d)
                    current[index] = other.told(("rebased", change.since, change.day))
                else:
                    current[index] = d.told(("expired_before", change.since))
            if not current:  # of a rule that ends with the priority: this one was added later
                current = list(anew.values())
        yield from current

    def _all_from(self, job: Job, priority: PriorityDate) -> Iterator[Deadline]:
        for start in self._starts(job, [priority]):
            yield from self._from(job, start, [priority])

    def _starts(self, job: Job, priorities: list[PriorityDate]) -> Iterator[Start]:
        base = job.base
        if base == PRIORITY_DATE:
            if priorities and not (priorities[0].is_filing and job.rule.withdrawn == "ends"):
                day, is_filing = priorities[0].day, priorities[0].is_filing
                claims = self.bases.by_type["filing" if is_filing else "priority"]
                yield Start(day, None, None, next((e.key for e in claims if e.date == day), None))
        elif base.startswith("rule:"):
            for deadline in self.periods.given.get(base[5:], ()):
                day = plain_end(deadline) if job.rule.plain_base else deadline.raw
                yield Start(day, None, deadline.n, deadline.trigger)
        else:
            for event in self.bases.events(base):
                if not job.tests or fits(job.rule, event):
                    yield Start(event.date, event, None, event.key)

    def _from(self, job: Job, start: Start, priorities: list[PriorityDate]) -> Iterator[Deadline]:
        for limit in self.periods.limits(job, start, priorities):
            deadline = self._deadline(job, start, limit)
            if deadline is not None:
                yield deadline

    # ---- the deadline itself

    def _deadline(self, job: Job, start: Start, limit: Limit) -> Deadline | None:
        rule = job.rule
        if start.event is not None and start.event.printed_due is not None:
            printed = as_printed(rule, start.event, limit)
            if printed is not None:
                return printed._replace(confirmed=job.confirmed, trigger=start.key)
        office, opening = roll(rule.roll, limit.raw, start.event, self.case, self.calendars)
        due = opening.day if opening is not None else limit.raw
        trail, percent = limit.trail, None
        if rule.percent_fact:
            paid: date = self.case.facts[rule.percent_fact]
            if not self._pays(start, paid, due):
                return None
            percent = late_fee(rule, start.day, paid)
            trail += (("paid", paid, percent),)
        return Deadline(
            rule,
            limit.n,
            limit.raw,
            due,
            limit.start,
            opening_day(rule, limit) if rule.windows else None,
            office,
            opening,
            percent,
            trail,
            job.confirmed,
            None,
            start.key,
        )

    def _pays(self, start: Start, paid: date, end: date) -> bool:
        """Whether a payment is one for this number: the one asked for, in time or in grace."""
        asked = self.case.facts.get("annuity_year") is not None
        if paid > end:
            if asked:
                self.periods.problems.append(
                    say(
                        "Paid on {paid}, after the grace period ended on {end}.", paid=paid, end=end
                    )
                )
            return False
        return asked or paid > add_months(start.day, -12)


def _memory_key(start: Start) -> Any:
    """What tells one start from another in results that depend on the start alone."""
    event = start.event
    if event is None or event.type not in NOTICES:
        return start.day, start.n, event.office if event else None
    return (
        event.date,
        event.service,
        event.received,
        event.ordinal,
        event.period_months,
        event.period_days,
        event.extension_months,
        event.office,
        event.printed_due,
    )
