"""How many days a term is lengthened: the formulas of the law, before any deduction is known.

The days that count are those of the office's decision; what is computed here is an estimate.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ipdesk.base.dates import add_years

DAYS = "compensation_days"
"""The fact that lengthens a term; the decisions recorded as events give it."""

DELAY = "delay_days"
"""The fact that an estimate deducts: reasonable delay and the applicant's own."""

DECISIONS = frozenset({"term_adjustment", "term_extension"})
ESTIMATED = ("filing", "exam_request", "grant", "drug_approval")
"""The events whose first days an estimate reads."""

_PTE_YEARS, _AFTER_APPROVAL = 5, 14


@dataclass(frozen=True, slots=True)
class Estimate:
    """Days by the formula, the two days they lie between, and what was deducted."""

    since: date
    until: date
    deducted: int
    days: int


def of_grant(filed: date, examined: date, granted: date, deducted: int = 0) -> Estimate:
    """Patent Law art. 42(2): from the later of filing + 4 years and request + 3 years to the grant.

    *deducted*: days of reasonable and of the applicant's own delay.
    """
    since = max(add_years(filed, 4), add_years(examined, 3))
    days = max(0, (granted - since).days - deducted)
    return Estimate(since, granted, deducted, days)


def of_approval(filed: date, approved: date) -> Estimate:
    """Patent Law art. 42(3): approval − filing − 5 years; 5 years at most, 14 after approval."""
    since = add_years(filed, _PTE_YEARS)
    end = add_years(filed, 20)
    days = max(0, (approved - since).days)
    days = min(days, (add_years(end, _PTE_YEARS) - end).days)
    days = min(days, max(0, (add_years(approved, _AFTER_APPROVAL) - end).days))
    return Estimate(since, approved, 0, days)


def estimate(formula: str, first: Mapping[str, date], facts: Mapping[str, Any]) -> Estimate | None:
    """By the formula of a rule, from the first day of each event; None while a day is missing."""
    filed = first.get("filing")
    if filed is None:
        return None
    if formula == "approval":
        approved = first.get("drug_approval")
        return of_approval(filed, approved) if approved else None
    examined, granted = first.get("exam_request"), first.get("grant")
    if examined is None or granted is None:
        return None
    return of_grant(filed, examined, granted, int(facts.get(DELAY) or 0))


def is_told(types: Collection[str], facts: Mapping[str, Any]) -> bool:
    """Whether the records say anything of a compensation or of delays."""
    return bool(facts.get(DAYS) or facts.get(DELAY)) or not DECISIONS.isdisjoint(types)


def lengthened(day: date, facts: Mapping[str, Any]) -> tuple[date, int]:
    """A day with the compensation added, and how many days that was."""
    days = int(facts.get(DAYS) or 0)
    return day + timedelta(days=days), days
