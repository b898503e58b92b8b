"""The law turned to one stored matter: all its dates, national phases included."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.holdings import Holding, as_case
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Deadline
from ipdesk.core.portfolio.model import Right

Key = tuple[str, int, int]
"""Rule, number and event: what makes a deadline the same one from one computation to the next."""

DEFAULT_TARGETS = ("CN", "US", "EP", "JP", "KR")
"""Offices whose national-phase limits a PCT application shows until others are chosen."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Days before the official date, for ourselves and for the agent: of all rules, of those of a
    kind, of one rule; what is not said there is as in the wider one.
    """

    internal: int = 14
    agent: int = 30
    by_rule: tuple[tuple[str, int | None, int | None], ...] = ()
    by_kind: tuple[tuple[str, int | None, int | None], ...] = ()

    def days(self, rule: str, kind: str = "") -> tuple[int, int]:
        """Ours and the agent's days for a rule and its kind."""
        internal, agent = self.internal, self.agent
        for words, wanted in ((self.by_kind, kind), (self.by_rule, rule)):
            for name, ours, theirs in words:
                if name == wanted:
                    internal = internal if ours is None else ours
                    agent = agent if theirs is None else theirs
        return internal, agent


@dataclass(frozen=True, slots=True)
class Docket:
    """What the law says and on which day: everything a recomputation needs beside the data."""

    law: Law
    calendars: Calendars
    today: date
    leads: Leads = Leads()


def deadlines_of(holding: Holding, docket: Docket) -> list[Deadline]:
    """All dates by law of one matter, the national phases of a PCT application included."""
    case = as_case(holding)
    outcome = compute(case, docket.law, docket.calendars)
    return [*outcome.deadlines, *national_phases(holding, case, docket)]


def national_phases(holding: Holding, case: Case, docket: Docket) -> Iterator[Deadline]:
    """A PCT application shows the entry limits of the offices that count for the company."""
    if holding.right != Right.PCT or not case.events:
        return
    targets = holding.facts.get("targets")
    if targets is None:  # nobody chose yet; an empty choice stays one
        targets = DEFAULT_TARGETS
    yield from entries_at([*targets, *sorted(holding.children)], case, docket)


def entries_at(offices: Iterable[str], case: Case, docket: Docket) -> Iterator[Deadline]:
    """The entry limits at some offices of a PCT application."""
    for office in dict.fromkeys(offices):
        asked = Case(office, "invention", "pct", case.events, case.facts)
        for found in compute(asked, docket.law, docket.calendars).deadlines:
            if found.rule.startswith(f"{office}-NPE"):
                yield found


def key_of(found: Deadline) -> Key:
    """What makes a deadline the same one from one computation to the next."""
    return (found.rule, found.n or 0, event_id(found) or 0)


def moved(come: Collection[Key], gone: Collection[Key]) -> dict[Key, Key]:
    """New key → old key, where the one date of a rule and number only starts from another event."""
    fresh, over = (Counter(k[:2] for k in keys) for keys in (come, gone))
    before = {k[:2]: k for k in gone}
    return {k: before[k[:2]] for k in come if fresh[k[:2]] == over[k[:2]] == 1}


def event_id(found: Deadline) -> int | None:
    """The stored event behind a deadline; priority claims have negative keys and no event."""
    key = found.trigger
    return key if isinstance(key, int) and key > 0 else None
