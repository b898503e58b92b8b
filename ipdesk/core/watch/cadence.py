"""When a watch is due, and whether it is well: pure thinking over what its runs say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ipdesk.base.dates import add_months, add_years
from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import Message, ntr, say

UNCHANGED_STREAK = 3
"""So many runs in a row without any difference raise a question about the query."""

_EVERY = re.compile(r"\s*(\d{1,3})\s*([dwmy])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cadence:
    """So many days, weeks, months or years from one run to the next."""

    count: int
    unit: str

    def after(self, day: date) -> date:
        """The day on which the watch is due again."""
        if self.unit == "d":
            return day + timedelta(days=self.count)
        if self.unit == "w":
            return day + timedelta(weeks=self.count)
        return add_months(day, self.count) if self.unit == "m" else add_years(day, self.count)

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    def spoken(self) -> str:
        """``every 3 months`` in the current language."""
        n = self.count
        if self.unit == "d":
            return ntr("every day", "every {n} days", n)
        if self.unit == "w":
            return ntr("every week", "every {n} weeks", n)
        if self.unit == "m":
            return ntr("every month", "every {n} months", n)
        return ntr("every year", "every {n} years", n)


def read_every(text: str) -> Cadence:
    """``3m``, ``2w``, ``10d``, ``1y``. Raises WrongCommand with what is possible."""
    match = _EVERY.fullmatch(text)
    if not match or int(match[1]) == 0:
        raise WrongCommand(
            say("“{text}” is no interval. Write a number and d, w, m or y, e.g. 3m.", text=text)
        )
    return Cadence(int(match[1]), match[2].lower())


class Ailment(StrEnum):
    """What can be wrong with a watch, worst first."""

    FAILED = "failed"
    NEVER_RUN = "never_run"
    OVERDUE = "overdue"
    MISSING = "missing"
    EMPTY = "empty"
    UNCHANGED = "unchanged"
    UNREVIEWED = "unreviewed"
    NO_QUERY = "no_query"
    PAUSED = "paused"


SEVERE = frozenset({Ailment.FAILED, Ailment.NEVER_RUN, Ailment.OVERDUE, Ailment.MISSING})


@dataclass(frozen=True, slots=True)
class RunSign:
    """What the health of a watch needs to know of one run."""

    ran_on: date
    failed: bool
    hits: int
    new: int
    changed: int
    gone: int
    missing: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Nothing came, nothing changed, nothing went."""
        return not self.failed and not (self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class Warn:
    """One thing that is wrong with a watch."""

    ailment: Ailment
    message: Message

    @property
    def severe(self) -> bool:
        return self.ailment in SEVERE


@dataclass(frozen=True, slots=True)
class Health:
    """All that is wrong, worst first; ``healthy`` only when nothing is."""

    warnings: tuple[Warn, ...]
    overdue: bool

    @property
    def healthy(self) -> bool:
        return not self.warnings

    @property
    def state(self) -> str:
        """One word for a badge: ``severe``, ``warning`` or ``healthy``."""
        if any(w.severe for w in self.warnings):
            return "severe"
        return "warning" if self.warnings else "healthy"

    @property
    def worst(self) -> Message:
        """The first thing to say of the watch."""
        return self.warnings[0].message if self.warnings else say("In order")


def health(
    runs: Sequence[RunSign],
    next_due: date,
    today: date,
    *,
    unreviewed: int = 0,
    paused_on: date | None = None,
    paused_reason: str = "",
    queries: int = 1,
) -> Health:
    """Judge a watch by its runs (oldest first). A watch without a good run is overdue."""
    good = [r for r in runs if not r.failed]
    warnings: list[Warn] = []
    if runs and runs[-1].failed:
        warnings.append(Warn(Ailment.FAILED, say("The run of {day} failed.", day=runs[-1].ran_on)))
    if not good:
        warnings.append(Warn(Ailment.NEVER_RUN, say("Never run: nothing is known yet.")))
    overdue = not good or next_due < today
    if paused_on is not None:
        warnings.append(
            Warn(
                Ailment.PAUSED,
                say("Paused since {day}: {reason}", day=paused_on, reason=paused_reason or "–"),
            )
        )
        overdue = not good
    elif good and overdue:
        warnings.append(
            Warn(
                Ailment.OVERDUE,
                say("Overdue since {day} ({n} days).", day=next_due, n=(today - next_due).days),
            )
        )
    if good:
        warnings += _of_results(good)
    if unreviewed:
        warnings.append(Warn(Ailment.UNREVIEWED, say("{n} families to review.", n=unreviewed)))
    if not queries:
        warnings.append(Warn(Ailment.NO_QUERY, say("No query text is kept.")))
    order = list(Ailment)
    warnings.sort(key=lambda w: order.index(w.ailment))
    return Health(tuple(warnings), overdue)


def _of_results(good: Sequence[RunSign]) -> list[Warn]:
    """What the results themselves make one doubt."""
    found = []
    last = good[-1]
    if last.missing:
        found.append(
            Warn(
                Ailment.MISSING,
                say(
                    "The last run missed documents that must be found: {numbers}.",
                    numbers=", ".join(last.missing[:5]),
                ),
            )
        )
    empty = _streak([r.hits == 0 for r in good])
    if empty:
        one = say("The last run had no hits.")
        said = one if empty == 1 else say("No hits in the last {n} runs.", n=empty)
        found.append(Warn(Ailment.EMPTY, said))
    unchanged = _streak([r.unchanged for r in good])
    if unchanged >= UNCHANGED_STREAK and not empty:
        found.append(
            Warn(
                Ailment.UNCHANGED,
                say("{n} runs without any change: does the query still work?", n=unchanged),
            )
        )
    return found


def _streak(signs: Sequence[bool]) -> int:
    """How many of the latest runs in a row show the sign."""
    n = 0
    for sign in reversed(signs):
        if not sign:
            break
        n += 1
    return n
