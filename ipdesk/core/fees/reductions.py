"""Fee reduction (费减): which one applies to a fee, who qualifies, and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ipdesk.base.i18n import Message, say
from ipdesk.base.money import written
from ipdesk.core.fees.tables import FeeTable, Item, Reduction, Threshold


@dataclass(frozen=True, slots=True)
class Asked:
    """The fee for which a reduction is sought."""

    item: Item
    right: str
    facts: Mapping[str, Any]
    day: date | None  # the day whose rules decide
    number: int | None = None  # patent year or part
    first: int | None = None  # patent year of grant


@dataclass(frozen=True, slots=True)
class Granted:
    """The reduction that applies; *unknown* when a missing fact could change it."""

    percent: int = 0
    by: Reduction | None = None
    why: tuple[Message, ...] = ()
    unknown: bool = False


def best(table: FeeTable, asked: Asked) -> Granted:
    """The most favourable reduction of those that fit; they are never added up."""
    fitting: list[Reduction] = []
    why: list[Message] = []
    unknown = False
    for reduction in table.reductions:
        if not _fits(reduction, asked):
            continue
        verdict, reason = _in_window(reduction, asked)
        if reason:
            why.append(reason)
        if verdict:
            fitting.append(reduction)
        unknown = unknown or verdict is None
    chosen = max(fitting, key=lambda r: r.percent, default=None)
    if chosen is None:
        return Granted(why=tuple(why), unknown=unknown)
    why.append(
        say(
            "Reduction: {reduction}, {percent} % off.",
            reduction=chosen.label,
            percent=chosen.percent,
        )
    )
    why += [
        say("{reduction} also fits; the better one is taken, never both.", reduction=other.label)
        for other in fitting
        if other is not chosen
    ]
    return Granted(chosen.percent, chosen, tuple(why), unknown)


def _fits(reduction: Reduction, asked: Asked) -> bool:
    return (
        any(asked.item.named(i) for i in reduction.items)
        and reduction.concerns(asked.right)
        and reduction.fits(asked.facts)
        and reduction.valid(asked.day)
        and not (reduction.numbers and asked.number not in reduction.numbers)
        and not (reduction.not_first and asked.number is not None and asked.number == asked.first)
    )


def _in_window(reduction: Reduction, asked: Asked) -> tuple[bool | None, Message | None]:
    """Whether an annuity lies in the years that are reduced; None: the grant date decides."""
    years = reduction.years(asked.day)
    number = asked.number
    if years is None or asked.item.number != "annuity_year" or number is None:
        return True, None
    if asked.first is None:
        if number <= years:
            return True, None  # whatever the grant year, the tenth after it is not over yet
        return None, say(
            "The grant date is missing: whether year {year} is still reduced depends on it.",
            year=number,
        )
    last = asked.first + years - 1
    if number <= last:
        return True, say(
            "Year {year} is year {nth} of the {years} years counted from the grant year "
            "(patent years {first} to {last}).",
            year=number,
            nth=number - asked.first + 1,
            years=years,
            first=asked.first,
            last=last,
        )
    return False, say(
        "Year {year} lies beyond the {years} years counted from the grant year "
        "(patent years {first} to {last}): no fee reduction.",
        year=number,
        years=years,
        first=asked.first,
        last=last,
    )


# ── who qualifies ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Applicant:
    """An applicant as the reduction sees one: a person, an enterprise or an institution."""

    name: str
    kind: str  # person | enterprise | institution
    income: Decimal | None = (
        None  # of the year before: income of a person, taxable income of a firm
    )


@dataclass(frozen=True, slots=True)
class Eligibility:
    """``85``, ``70`` or ``none``, or None while an income is unknown; with the reasons."""

    rate: str | None
    why: tuple[Message, ...]


def threshold(table: FeeTable, kind: str, day: date | None) -> Threshold | None:
    """What an applicant of this kind may earn at most, by the rules of the day."""
    return next((t for t in table.thresholds if t.kind == kind and t.valid(day)), None)


def qualifies(
    table: FeeTable, applicant: Applicant, day: date | None
) -> tuple[bool | None, Message]:
    """Whether one applicant qualifies; the law says *lower than*, so the limit itself does not."""
    row = threshold(table, applicant.kind, day)
    if row is None:
        return False, say(
            "{name}: applicants of this kind do not qualify for the reduction.", name=applicant.name
        )
    if row.below is None:
        return True, say("{name} qualifies as an institution.", name=applicant.name)
    limit = written(row.below)
    if applicant.income is None:
        return None, say(
            "{name}: the income of last year is missing (it must be lower than {limit}).",
            name=applicant.name,
            limit=limit,
        )
    values = {"name": applicant.name, "income": written(applicant.income), "limit": limit}
    if applicant.income < row.below:
        return True, say("{name} qualifies: {income} is lower than {limit}.", **values)
    return False, say("{name} does not qualify: {income} is not lower than {limit}.", **values)


def eligible(table: FeeTable, applicants: Sequence[Applicant], day: date | None) -> Eligibility:
    """The rate of a matter: one applicant 85 %, several 70 % and only if each qualifies."""
    if not applicants:
        return Eligibility(None, (say("No applicant is recorded."),))
    verdicts = [qualifies(table, applicant, day) for applicant in applicants]
    why = [reason for _, reason in verdicts]
    if any(verdict is False for verdict, _ in verdicts):
        if len(applicants) > 1:
            why.append(say("Every joint applicant must qualify: no reduction."))
        return Eligibility("none", tuple(why))
    if any(verdict is None for verdict, _ in verdicts):
        return Eligibility(None, tuple(why))
    if len(applicants) == 1:
        return Eligibility("85", tuple(why))
    return Eligibility("70", (*why, say("Joint applicants: 70 %.")))


def read_applicants(raw: Iterable[Mapping[str, Any]]) -> tuple[Applicant, ...]:
    """Applicants as a case writes them: ``{"name", "kind", "income"}``."""
    return tuple(
        Applicant(
            str(one.get("name") or one.get("kind") or ""),
            str(one.get("kind") or one.get("type") or ""),
            None if one.get("income") is None else Decimal(str(one["income"])),
        )
        for one in raw
    )
