"""Cost to come: the fees that keep rights alive, month by month to the end of their life.

What each number of a fee costs is asked of the fee engine once for all matters alike (a
schedule); a matter then only adds its schedule to the months of its group, so that a large
portfolio costs little more than the additions. Sums are whole hundredths of a currency.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ipdesk.base.dates import add_months
from ipdesk.core.fees.annuities import patent_year
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import Cost, ForecastMatter, Group, Kind, Planned
from ipdesk.core.fees.prices import PriceList
from ipdesk.core.fees.schedules import CENTS, Rhythm, Schedule, Schedules, month_of
from ipdesk.core.fees.tables import Recurs

Rows = tuple[list[int], ...]
_WHATS = ("official", "payable", "agent", "unknown")
_BEFORE = 1  # rows begin a month early: what was due at its end may roll into the first month


@dataclass(frozen=True, slots=True)
class Forecast:
    """Sums by group and month from *start* on."""

    start: date
    months: int
    sums: Mapping[Group, Mapping[Kind, list[int]]] = field(default_factory=dict)
    without_dates: int = 0  # matters whose renewals cannot be dated

    def by(self, dimension: str = "", per: str = "year") -> tuple[Cost, ...]:
        """Costs by ``office``, ``right``, ``technologies``, ``products``, ``department`` or all."""
        cells: dict[tuple[Any, str, str], dict[str, int]] = {}
        periods = self._periods(per)
        for group, rows in self.sums.items():
            whose = getattr(group, dimension) if dimension else ""
            keys = (whose or ("",)) if isinstance(whose, tuple) else (whose,)
            for kind, row in rows.items():
                for label, begin, end in periods:
                    value = sum(row[begin:end])
                    for key, share in _shares(keys, value) if value else ():
                        cell = cells.setdefault((key, label, kind.currency), {})
                        cell[kind.what] = cell.get(kind.what, 0) + share
        return tuple(
            Cost(*where, *(Decimal(cell.get(what, 0)) / CENTS for what in _WHATS))
            for where, cell in sorted(cells.items(), key=lambda c: (str(c[0][0]), *c[0][1:]))
        )

    def _periods(self, per: str) -> list[tuple[str, int, int]]:
        """The label, first and past-the-last month of each year or month."""
        found: list[tuple[str, int, int]] = []
        for index in range(self.months):
            day = add_months(self.start, index)
            label = f"{day.year}" if per == "year" else f"{day.year}-{day.month:02}"
            if found and found[-1][0] == label:
                found[-1] = (label, found[-1][1], index + 1)
            else:
                found.append((label, index, index + 1))
        return found


def _shares(keys: tuple[Any, ...], value: int) -> list[tuple[Any, int]]:
    """Equal shares; what does not divide goes to the first ones."""
    if len(keys) == 1:
        return [(keys[0], value)]
    share, rest = divmod(value, len(keys))
    return [(key, share + (1 if i < rest else 0)) for i, key in enumerate(keys)]


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
    """One forecast in the making."""

    def __init__(self, fees: Fees, start: date, months: int, prices: PriceList) -> None:
        self.start, self.months = start, months
        self.origin = month_of(start) - _BEFORE
        self.schedules = Schedules(fees, start, months + 2 * _BEFORE, prices)
        self.rhythms: dict[tuple[str, str], Rhythm | None] = {}
        self.sums: dict[Group, dict[Kind, list[int]]] = {}
        self.slots: dict[Group, dict[int, Rows]] = {}
        self.undated = 0

    def result(self) -> Forecast:
        """What was added up, without the month before and the one after."""
        sums = {
            group: {kind: row[_BEFORE : self.months + _BEFORE] for kind, row in rows.items()}
            for group, rows in self.sums.items()
        }
        return Forecast(self.start, self.months, sums, self.undated)

    def add(self, matter: ForecastMatter) -> None:
        """Adds what one matter will cost, and what is planned for it."""
        group = matter.group
        for planned in matter.planned:
            self._add_planned(group, planned)
        key = (group.office, group.right)
        if key not in self.rhythms:
            self.rhythms[key] = self.schedules.rhythm(*key)
        rhythm = self.rhythms[key]
        if rhythm is None:
            return
        recurs, grant = rhythm.recurs, matter.grant
        base = _base(matter, recurs.base)
        if base is None or (rhythm.registers and grant is None):
            self.undated += 1
            return
        first = patent_year(base, grant) if rhythm.registers and grant else recurs.first
        schedule = self.schedules.of(matter, rhythm, base, first, _last(matter, recurs, base))
        if not schedule.numbers:
            return
        rows = self._rows(group, schedule)
        if rhythm.registers and grant and grant >= self.start:
            self._at_registration(grant, schedule, rows)
        begins = month_of(base) - self.origin
        begin = -((begins + recurs.offset) // recurs.every)  # the first number not in the past
        end = (self.months + _BEFORE - begins - recurs.offset) // recurs.every + 1
        unpaid = matter.first_number
        if unpaid:
            self._overdue(schedule, rows, unpaid, begin, begins, base.day)
        begin = max(begin, unpaid, first + 1 if rhythm.registers else first)
        _run(schedule, rows, begins, base.day, slice(begin - first, max(end - first, 0)))

    def _rows(self, group: Group, schedule: Schedule) -> Rows:
        """The rows of a group in the order of the schedule's kinds."""
        slots = self.slots.get(group)
        if slots is None:
            slots = self.slots[group] = {}
        rows = slots.get(schedule.slot)
        if rows is None:
            own = self.sums.setdefault(group, {})
            rows = tuple(own.setdefault(kind, self._empty()) for kind in schedule.kinds)
            slots[schedule.slot] = rows
        return rows

    # ── what falls outside the rhythm ─────────────────────────────────────────────────────────

    def _at_registration(self, grant: date, schedule: Schedule, rows: Rows) -> None:
        """The annuity of the grant year, in the month of a grant that is still to come."""
        index = month_of(grant) - self.origin
        if index <= self.months:
            for row, amount in zip(rows, schedule.numbers[0][1:], strict=True):
                row[index] += amount

    def _overdue(
        self,
        schedule: Schedule,
        rows: Rows,
        unpaid: int,
        begin: int,
        begins: int,
        day: int,
    ) -> None:
        """What should have been paid before: in the first month."""
        rolls = day > schedule.last_open[0]
        for number, (months, *amounts) in enumerate(schedule.numbers, schedule.first):
            past = number < begin or (begins + months == 0 and not rolls)
            if past and number >= unpaid:
                for row, amount in zip(rows, amounts, strict=True):
                    row[_BEFORE] += amount

    def _add_planned(self, group: Group, planned: Planned) -> None:
        index = max(_BEFORE, month_of(planned.day) - self.origin)
        if index > self.months:
            return
        rows = self.sums.setdefault(group, {})
        known = {"official": planned.official, "payable": planned.payable, "agent": planned.agent}
        for what, amount in known.items():
            if amount is not None:
                kind = Kind(planned.currency, what)
                rows.setdefault(kind, self._empty())[index] += int(amount * CENTS)
        if planned.official is None or planned.payable is None:
            kind = Kind(planned.currency, "unknown")
            rows.setdefault(kind, self._empty())[index] += CENTS

    def _empty(self) -> list[int]:
        return [0] * (self.months + 2 * _BEFORE)


def _run(schedule: Schedule, rows: Rows, begins: int, day: int, numbers: slice) -> None:
    """The inner loop: adds a schedule to the months in which its numbers fall due."""
    last_open = schedule.last_open
    moves = day > schedule.least
    if len(rows) == 3:  # the usual kinds, written out because this is where the time goes
        official, payable, agent = rows
        for months, full, reduced, handling in schedule.numbers[numbers]:
            index = begins + months
            if moves and day > last_open[index]:
                index += 1
            official[index] += full
            payable[index] += reduced
            agent[index] += handling
        return
    for months, *amounts in schedule.numbers[numbers]:
        index = begins + months
        if moves and day > last_open[index]:
            index += 1
        for row, amount in zip(rows, amounts, strict=True):
            row[index] += amount


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
