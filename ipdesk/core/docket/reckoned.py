"""What law and records say of one matter on a day: its dates with their states, and its status.

The file keeps the dates that ask for attention until a horizon, and of each series at least the
next one. All others (done, past, to know, far ahead) are told from here whenever they are read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from ipdesk.base.dates import add_months
from ipdesk.core.docket.bases import WITHDRAWALS, standing_claims
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.events import FIELD_EVENTS
from ipdesk.core.docket.holdings import Holding, as_case
from ipdesk.core.docket.model import Deadline, Outcome
from ipdesk.core.docket.progress import (
    INFORMATION,
    is_decision,
    is_optional,
    standing_of,
    state_of,
)
from ipdesk.core.docket.reasons import is_printed
from ipdesk.core.docket.reckoning import Docket, Key, event_id, key_of, national_phases
from ipdesk.core.docket.records import WAITING, State
from ipdesk.core.docket.status import from_events, judged
from ipdesk.core.portfolio.model import ENDED, Right, Status

Dates = list[tuple[Deadline, State]]
RENEWAL_YEARS = 15
_WITHOUT_END = frozenset({Right.TRADEMARK, Right.DOMAIN})
ACTIVE = frozenset({State.OPEN, State.OPTION})
"""States that ask for attention; the dates in them are kept in the file."""

_PASSING = frozenset({State.OPEN, State.OPTION})  # may end by time alone
_ONE_DAY = timedelta(days=1)
_MEMORY = 200_000  # forms of dates
FOLLOWING = (
    "version label_en label_zh kind raw due start opens grace_end internal_due agent_due calendar "
    "unverified basis state"
).split()
"""Columns of a deadline that follow the events as long as nobody worked on it."""
FORM = ("rule", "n", *FOLLOWING[:-1])
"""Those that follow from the date alone, in whatever matter it stands."""

COLUMNS = ("matter_id", "responsible", "event_id", *FORM, "state")


def horizon(today: date) -> date:
    """Until when annuities and renewals are kept: the end of the year after next."""
    return date(today.year + 2, 12, 31)


def _end_of_series(right: str, today: date) -> date | None:
    """Renewals that never end are told for 15 years, annuities of a patent to its last one."""
    return add_months(today, 12 * RENEWAL_YEARS) if right in _WITHOUT_END else None


class Reckoned:
    """One matter computed: up to the horizon and the next of each series, or as a *whole*."""

    __slots__ = (
        "dates",
        "docket",
        "expiry",
        "holding",
        "horizon",
        "outcome",
        "standing",
        "status",
        "status_on",
    )

    def __init__(
        self,
        holding: Holding,
        docket: Docket,
        *,
        whole: bool = False,
        acted: Mapping[Key, str] | None = None,
    ) -> None:
        self.holding = holding
        self.docket = docket
        self.horizon = horizon(docket.today)
        by_events = from_events(holding.right, holding.events)
        case = as_case(holding, self._derived(by_events, None)[0])
        far = _end_of_series(holding.right, docket.today)
        until = far if whole else min(self.horizon, far or self.horizon)
        self.outcome = compute(case, docket.law, docket.calendars, until=until)
        national = list(national_phases(holding, case, docket))
        self.expiry = self._expiry(self.outcome)
        self.status, self.status_on = self._derived(by_events, self.expiry)
        self.standing = standing_of(
            self.status,
            self.status_on,
            holding.status_reported,
            holding.events,
            holding.children,
            holding.facts,
            holding.claimed,
        )
        self.dates = self._judged([*self.outcome.deadlines, *national])
        if not whole and self.outcome.more and self.status not in ENDED:
            running = {d.law.id for d, state in self.dates if state is State.OPEN}
            if not running.issuperset(self.outcome.more):
                later = compute(case, docket.law, docket.calendars, until=far)
                self.dates += self._next_of_each(self._judged(later.deadlines), running)
        if acted:
            self.dates = _settled(self.dates, acted)

    def _judged(self, found: Iterable[Deadline]) -> list[tuple[Deadline, State]]:
        standing, today = self.standing, self.docket.today
        dates = [(d, state_of(d, standing, today)) for d in found if d.law.id != "CN-P-YEAR"]
        longer = {(d.trigger, d.law.term.bases) for d, _ in dates if d.law.extended}
        if not longer:
            return dates
        return [(d, _giving_way(d, state, longer)) for d, state in dates]

    def _next_of_each(
        self, dates: Iterable[tuple[Deadline, State]], running: set[str]
    ) -> list[tuple[Deadline, State]]:
        """Of each series of which nothing falls due before the horizon, the first to come."""
        known = set(running)
        found: list[tuple[Deadline, State]] = []
        for d, state in dates:
            if state is State.OPEN and d.law.id not in known and self._is_far(d):
                known.add(d.law.id)
                found.append((d, state))
        return found

    def _is_far(self, found: Deadline) -> bool:
        if found.n is None:
            return False
        return (found.raw if found.law.series is not None else found.start) > self.horizon

    def _derived(
        self, by_events: tuple[Status, date | None], expiry: date | None
    ) -> tuple[str, date | None]:
        holding = self.holding
        status, since = judged(
            by_events,
            holding.status_reported,
            expiry,
            self.docket.today,
            entered=bool(holding.children),
            numbered=bool(holding.application_number),
        )
        return (holding.status_manual or status), since

    def _expiry(self, outcome: Outcome) -> date | None:
        told = [e.date for e in self.holding.events if e.type == "expiry"]
        if told:
            return max(told)
        return max((d.raw for d in outcome.deadlines if d.law.kind == "term"), default=None)

    # ---- what the file keeps

    def by_key(self) -> dict[Key, tuple[Deadline, State]]:
        """The dates by what makes each the same one from one computation to the next."""
        return {key_of(d): (d, state) for d, state in self.dates}

    def asking(self) -> list[tuple[Deadline, State]]:
        """The dates that the file must hold."""
        active = [(d, state) for d, state in self.dates if state in ACTIVE]
        near = [(d, state) for d, state in active if not self._is_far(d)]
        if len(near) == len(active):
            return near
        running = {d.law.id for d, state in near if state is State.OPEN}
        return near + self._next_of_each(active, running)

    @property
    def contradicted(self) -> bool:
        """Whether the facts contradict each other, so that nothing at all was computed."""
        return bool(self.outcome.problems) and not self.dates

    def valid_before(self) -> date:
        """The first day on which time alone changes something of this."""
        today = self.docket.today
        days = [date(today.year + 1, 1, 1)]
        if self.expiry is not None and self.expiry >= today:
            days.append(self.expiry + _ONE_DAY)
        for d, state in self.dates:
            if state in _PASSING:
                last = d.grace_end or d.due
                if last >= today and (is_optional(d.law.id) or is_decision(d.law.id)):
                    days.append(last + _ONE_DAY)
        return min(days)

    # ---- what stands on the matter itself

    def matter_values(self, stored: Mapping[Key, Any]) -> dict[str, Any]:
        """The columns that are read off the events; *stored* are the deadlines of the file."""
        events = self.holding.events
        first: dict[str, date] = {}
        for event in events:
            first.setdefault(event.type, event.date)
        dates = {
            field: next((first[kind] for kind in kinds if kind in first), None)
            for field, kinds in FIELD_EVENTS.items()
        }
        return {
            **dates,
            "priority_date": self._priority_date(),
            "expiry_date": self.expiry or self._next_renewal(),
            "status": str(self.status),
            "status_on": self.status_on,
            "next_due": self._next_due(stored),
        }

    def _priority_date(self) -> date | None:
        """The earliest priority that is claimed and not withdrawn."""
        events = self.holding.events
        if not WITHDRAWALS.isdisjoint([e.type for e in events]):
            return min(standing_claims(as_case(self.holding)), default=None)
        priorities = [d for _, d in self.holding.priorities]
        priorities += [e.date for e in events if e.type == "priority"]
        return min(priorities, default=None)

    def _next_renewal(self) -> date | None:
        """A mark is valid until its next renewal."""
        if self.holding.right != Right.TRADEMARK:
            return None
        return min(
            (d.raw for d, state in self.dates if "-REN" in d.law.id and state in WAITING),
            default=None,
        )

    def _next_due(self, stored: Mapping[Key, Any]) -> date | None:
        if not stored:
            return min((d.due for d, state in self.dates if state is State.OPEN), default=None)
        days = []
        for d, state in self.dates:
            old = stored.get(key_of(d))
            if (old.state if old is not None and kept(old) else state) in WAITING:
                days.append((old.extended_to or d.due) if old is not None else d.due)
        days += [o.due for o in stored.values() if o.manual and o.state in WAITING]
        return min(days, default=None)


def _giving_way(found: Deadline, state: State, longer: set[tuple[Any, Any]]) -> State:
    """A period that was extended gives way to the longer one."""
    if state != State.OPEN or found.law.extended or found.law.extension is None:
        return state
    return State.OVERTAKEN if (found.trigger, found.law.term.bases) in longer else state


def _settled(dates: Dates, acted: Mapping[Key, str]) -> Dates:
    """What people did on a date settles its late-payment period as well, and the other way round.

    A late-payment period that does not apply leaves the date itself as it is.
    """
    done: dict[Key, State] = {}
    for d, _ in dates:
        state = acted.get(key_of(d))
        if state in (State.SUBMITTED, State.CONFIRMED):
            done[_paid_with(d)] = State.MET
        elif state == State.NOT_APPLICABLE and not d.law.grace_of:
            done.setdefault(_paid_with(d), State.OVERTAKEN)
    return [
        (d, done.get(_paid_with(d), state) if state is State.OPEN else state) for d, state in dates
    ]


def _paid_with(found: Deadline) -> Key:
    return (found.law.grace_of or found.law.id, *key_of(found)[1:])


def kept(row: Any) -> bool:
    """Whether a person's work stands on the row, so that no recomputation changes it."""
    return bool(row.manual or row.state in ACTED or row.extended_to is not None)


ACTED = frozenset({State.SUBMITTED, State.CONFIRMED, State.NOT_APPLICABLE})
"""States that people give."""


@lru_cache(maxsize=1 << 16)
def before(day: date, days: int) -> date:
    """So many days earlier, and not on a weekend."""
    found = day - timedelta(days=days)
    return found - timedelta(days=max(0, found.weekday() - 4))


class Forms:
    """Deadlines as rows of their table; what is the same in many matters is made once.

    *bind* makes the values of ``FORM`` ready for the driver.
    """

    def __init__(
        self, docket: Docket, bind: Callable[[Sequence[Any]], tuple[Any, ...]] | None = None
    ) -> None:
        self._docket = docket
        self._bind = bind
        self._words: dict[tuple[int, bool], tuple[Any, ...]] = {}  # the law keeps its rules alive
        self._bound: dict[Any, tuple[Any, ...]] = {}

    def row(self, holding: Holding, found: Deadline, state: State) -> tuple[Any, ...]:
        """The values of ``COLUMNS``."""
        same = self._form(found)
        return (holding.id, holding.responsible, event_id(found), *same, state.value)

    def bound(self, holding: Holding, found: Deadline, state: State) -> tuple[Any, ...]:
        """As ``row``, ready for the driver."""
        assert self._bind is not None
        law, n, raw, due, start, opens, _, opening, _, trail, confirmed, grace_end, key = found
        days = (id(law), n, raw, due, start, opens, grace_end, confirmed)
        known = (days, opening.status if opening is not None else is_printed(trail))
        same = self._bound.get(known)
        if same is None:
            if len(self._bound) > _MEMORY:
                self._bound.clear()
            same = self._bound[known] = self._bind(self._form(found))
        event = key if isinstance(key, int) and key > 0 else None
        return (holding.id, holding.responsible, event, *same, state.value)

    def internal_due(self, found: Deadline) -> date | None:
        """Our own day before the official one; None where there is nothing to do."""
        if found.kind in INFORMATION:
            return None
        return before(found.due, self._docket.leads.days(found.rule, found.kind)[0])

    def _form(self, found: Deadline) -> tuple[Any, ...]:
        """The values of ``FORM``: all that does not depend on the matter."""
        law = found.law
        words = self._words.get((id(law), found.confirmed))
        if words is None:
            words = self._words[id(law), found.confirmed] = self._of_rule(found)
        rule, version, en, zh, kind, internal, agent, unverified, basis = words
        due = found.due
        return (
            rule,
            found.n,
            version,
            en,
            zh,
            kind,
            found.raw,
            due,
            found.start,
            found.opens,
            found.grace_end,
            None if internal is None else before(due, internal),
            None if agent is None else before(due, agent),
            found.calendar.value,
            unverified,
            basis,
        )

    def _of_rule(self, found: Deadline) -> tuple[Any, ...]:
        internal, agent = self._docket.leads.days(found.rule, found.kind)
        to_do = found.kind not in INFORMATION
        label = found.label
        return (
            found.rule,
            found.version,
            label.en,
            label.zh,
            found.kind,
            internal if to_do else None,
            agent if to_do else None,
            found.unverified,
            found.basis.en,
        )
