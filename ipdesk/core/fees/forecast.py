"""Cost to come: the fees that keep rights alive, month by month to the end of their life.

What each number of a fee costs is asked of the fee engine once for all matters alike (a
schedule). Matters of one schedule are then laid over the months together, as columns of numbers,
so that a large portfolio costs little more than its additions. Sums are whole hundredths of a
currency; they stay exact far beyond any portfolio (below 2⁵³).
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from ipdesk.base.dates import add_months
from ipdesk.core.fees.annuities import patent_year
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import Cost, ForecastMatter, Group, Kind, Planned
from ipdesk.core.fees.prices import PriceList
from ipdesk.core.fees.schedules import CENTS, Numbers, Rhythm, Schedule, Schedules, month_of
from ipdesk.core.fees.tables import Recurs

_WHATS = ("official", "payable", "agent", "unknown")
_BEFORE = 1  # months begin one early: what was due at its end may roll into the first


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Amounts of one kind: whose (place in the groups), in which month, how much."""

    group: Numbers
    month: Numbers
    amount: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What falls due from *start* on, entry by entry; ``by`` sums it up."""

    start: date
    months: int
    groups: tuple[Group, ...] = ()
    entries: Mapping[Kind, Entries] = field(default_factory=dict)
    without_dates: int = 0  # matters whose renewals cannot be dated

    def by(self, dimension: str = "", per: str = "year") -> tuple[Cost, ...]:
        """Costs by ``office``, ``right``, ``technologies``, ``products``, ``department`` or all."""
        labels, period = self._periods(per)
        keys, places = _keys(self.groups, dimension)
        cells: dict[tuple[int, int, str], dict[str, int]] = {}
        for kind, entries in self.entries.items():
            size = len(self.groups) * len(labels)
            where = entries.group * len(labels) + period[entries.month]
            sums = np.bincount(where, weights=entries.amount, minlength=size)
            totals = np.rint(sums).astype(np.int64).reshape(len(self.groups), len(labels))
            shared = _shared(totals, places, len(keys))
            for key, label in zip(*np.nonzero(shared), strict=True):
                cell = cells.setdefault((int(key), int(label), kind.currency), {})
                cell[kind.what] = cell.get(kind.what, 0) + int(shared[key, label])
        ordered = sorted(cells.items(), key=lambda c: (str(keys[c[0][0]]), c[0][1], c[0][2]))
        return tuple(
            Cost(
                keys[key],
                labels[label],
                currency,
                *(Decimal(cell.get(what, 0)) / CENTS for what in _WHATS),
            )
            for (key, label, currency), cell in ordered
        )

    def into(self, currency: str, factors: Mapping[str, Decimal]) -> "Forecast":
        """The same in one currency, by what a unit of each is worth; others are left out."""
        gathered: dict[Kind, list[Entries]] = {}
        for kind, entries in self.entries.items():
            factor = Decimal(1) if kind.currency == currency else factors.get(kind.currency)
            if factor is None:
                continue
            if kind.what != "unknown" and factor != 1:
                amount = np.rint(entries.amount * float(factor)).astype(np.int64)
                entries = Entries(entries.group, entries.month, amount)
            gathered.setdefault(Kind(currency, kind.what), []).append(entries)
        joined = {
            kind: Entries(
                *(
                    np.concatenate([getattr(part, name) for part in parts])
                    for name in ("group", "month", "amount")
                )
            )
            for kind, parts in gathered.items()
        }
        return replace(self, entries=joined)

    def _periods(self, per: str) -> tuple[list[str], Numbers]:
        """The labels of years or months, and the place among them of each month."""
        labels: list[str] = []
        places = []
        for index in range(self.months):
            day = add_months(self.start, index)
            label = f"{day.year}" if per == "year" else f"{day.year}-{day.month:02}"
            if not labels or labels[-1] != label:
                labels.append(label)
            places.append(len(labels) - 1)
        return labels, np.array(places, dtype=np.int64)


def _keys(groups: Sequence[Group], dimension: str) -> tuple[list[Any], list[tuple[int, ...]]]:
    """The different values of a dimension, and for each group the places of its own."""
    keys: dict[Any, int] = {}
    places = []
    for group in groups:
        whose = getattr(group, dimension) if dimension else ""
        own = (whose or ("",)) if isinstance(whose, tuple) else (whose,)
        places.append(tuple(keys.setdefault(key, len(keys)) for key in own))
    return list(keys), places


def _shared(totals: Numbers, places: list[tuple[int, ...]], keys: int) -> Numbers:
    """Divides each group's sums among its keys; what does not divide goes to the first ones."""
    shared = np.zeros((keys, totals.shape[1] if totals.ndim == 2 else 0), dtype=np.int64)
    counts = np.array([len(own) for own in places], dtype=np.int64)
    for nth in range(int(counts.max(initial=0))):
        groups = np.flatnonzero(counts > nth)
        own = np.array([places[g][nth] for g in groups], dtype=np.int64)
        share, rest = np.divmod(totals[groups], counts[groups, None])
        np.add.at(shared, own, share + (nth < rest))
    return shared


def forecast(
    matters: Iterable[ForecastMatter],
    fees: Fees,
    start: date,
    months: int,
    prices: PriceList | None = None,
) -> Forecast:
    """The cost to come from the month of *start* on; what is overdue stands in the first month."""
    work = _Forecasting(fees, start.replace(day=1), months, prices or PriceList())
    for matter in matters:
        work.add(matter)
    return work.result()


class _Forecasting:
    """One forecast in the making: first every matter finds its schedule, then they are laid out."""

    def __init__(self, fees: Fees, start: date, months: int, prices: PriceList) -> None:
        self.start, self.months = start, months
        self.origin = month_of(start) - _BEFORE
        self.schedules = Schedules(fees, start, months + 2 * _BEFORE, prices)
        self.rhythms: dict[tuple[str, str], Rhythm | None] = {}
        self.groups: dict[Group, int] = {}
        self.columns: dict[Any, _Column] = {}
        self.found: dict[Kind, list[tuple[Numbers, Numbers, Numbers]]] = {}
        self.undated = 0

    def add(self, matter: ForecastMatter) -> None:
        """Notes one matter under its schedule, and what is planned for it."""
        group = matter.group
        place = self.groups.setdefault(group, len(self.groups))
        for planned in matter.planned:
            self._add_planned(place, planned)
        key = (group.office, group.right)
        if key not in self.rhythms:
            self.rhythms[key] = self.schedules.rhythm(*key)
        rhythm = self.rhythms[key]
        if rhythm is None:
            return
        recurs, grant = rhythm.recurs, matter.grant
        base = _base(matter, recurs.base)
        waits = rhythm.registers or recurs.after_grant is not None
        if base is None or (waits and grant is None):
            self.undated += 1
            return
        first, granted = recurs.first, -1
        if recurs.after_grant is not None and grant is not None and self._is_to_come(grant):
            granted = month_of(grant) - self.origin + recurs.after_grant
        if rhythm.registers and grant is not None:
            first = patent_year(base, grant)
            if grant >= self.start:
                granted = month_of(grant) - self.origin
        last = _last(matter, recurs, base)
        years = rhythm.years(base) if rhythm.terms else 0
        alike = (key, matter.facts, first, last, years, base if rhythm.dated else None)
        column = self.columns.get(alike)
        if column is None:
            schedule = self.schedules.of(matter, rhythm, base, first, last)
            column = self.columns[alike] = _Column(schedule, group.office)
        begins = base.year * 12 + base.month - 1 - self.origin
        column.values.extend((place, begins, base.day, matter.first_number, granted))

    def _is_to_come(self, grant: date) -> bool:
        return month_of(grant) > month_of(self.start)

    def _add_planned(self, place: int, planned: Planned) -> None:
        month = max(0, month_of(planned.day) - self.origin - _BEFORE)
        if month >= self.months:
            return
        known = {"official": planned.official, "payable": planned.payable, "agent": planned.agent}
        for what, amount in known.items():
            if amount is not None:
                self._one(Kind(planned.currency, what), place, month, int(amount * CENTS))
        if planned.official is None or planned.payable is None:
            self._one(Kind(planned.currency, "unknown"), place, month, CENTS)

    def _one(self, kind: Kind, place: int, month: int, amount: int) -> None:
        entry = tuple(np.array([value], dtype=np.int64) for value in (place, month, amount))
        self.found.setdefault(kind, []).append((entry[0], entry[1], entry[2]))

    def result(self) -> Forecast:
        """Lays all matters over the months."""
        for column in self.columns.values():
            self._lay(column)
        entries = {
            kind: Entries(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
            for kind, found in self.found.items()
        }
        return Forecast(self.start, self.months, tuple(self.groups), entries, self.undated)

    def _lay(self, column: "_Column") -> None:
        """The months of every number of every matter of one schedule, and their amounts."""
        schedule = column.schedule
        if not len(schedule.months):
            return
        last_open = self.schedules.last_open(column.office)
        table = np.frombuffer(column.values, dtype=np.int64).reshape(-1, 5)
        place, begins, day, unpaid, granted = (table[:, i] for i in range(5))
        month = begins[:, None] + schedule.months[None, :]
        inside = (month >= 0) & (month <= self.months)
        moved = day[:, None] > last_open[np.where(inside, month, 0)]
        month += inside & moved
        if not schedule.registers:  # what ran up before a grant to come falls due after it
            month = np.maximum(month, granted[:, None])
        numbers = schedule.first + np.arange(len(schedule.months))
        wanted = (month >= _BEFORE) & (numbers[None, :] >= unpaid[:, None])
        overdue = (unpaid[:, None] > 0) & (numbers[None, :] >= unpaid[:, None]) & (month < _BEFORE)
        if schedule.registers:
            overdue[:, 0] = False
            month[:, 0] = granted
            wanted[:, 0] = granted >= _BEFORE
        month[overdue] = _BEFORE
        wanted |= overdue
        wanted &= month <= self.months
        rows, number = np.nonzero(wanted)
        whose, when = place[rows], month[rows, number] - _BEFORE
        for kind, amounts in schedule.amounts:
            self.found.setdefault(kind, []).append((whose, when, amounts[number]))


class _Column:
    """The matters of one schedule, five numbers each.

    The place of the group, the month of the base, its day, the first unpaid number, the grant.
    """

    __slots__ = ("office", "schedule", "values")

    def __init__(self, schedule: Schedule, office: str) -> None:
        self.schedule, self.office = schedule, office
        self.values = array("q")


def _base(matter: ForecastMatter, event: str) -> date | None:
    if event == "filing":
        return matter.filing
    return matter.grant if event == "grant" else matter.registration


def _last(matter: ForecastMatter, recurs: Recurs, base: date) -> int:
    """The last number that is charged: by law, by a decision, or before a grant ends it."""
    last = recurs.last
    if recurs.until == "grant" and matter.grant is not None:
        last = min(last, (month_of(matter.grant) - month_of(base) - recurs.offset) // recurs.every)
    return last if matter.last_number is None else min(last, matter.last_number)
