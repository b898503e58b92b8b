"""What each number of a recurring fee costs, asked of the fee engine once for all matters alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipdesk.base.dates import add_months, month_end
from ipdesk.core.docket.model import Event
from ipdesk.core.fees.annuities import Annuities, year_begins
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import Dates, DueDate, FeeCase, ForecastMatter, Kind
from ipdesk.core.fees.prices import PriceList
from ipdesk.core.fees.tables import Item, Recurs, Term

CENTS = 100
Numbers = NDArray[np.int64]
_OPEN_TO_THE_END = 32  # no day of the month rolls into the next one


def _array(values: Iterable[int]) -> Numbers:
    return np.array(list(values), dtype=np.int64)


def month_of(day: date) -> int:
    """The month as one running number."""
    return day.year * 12 + day.month - 1


class Rhythm(NamedTuple):
    """How the rights of one kind at one office are kept alive."""

    item: Item
    recurs: Recurs
    registers: bool  # the first is paid at registration
    dated: bool  # amounts change in the time to come, so the exact base decides
    terms: tuple[Term, ...]  # where the term depends on the base

    def years(self, base: date) -> int:
        """The term by the base, where it depends on it."""
        return next((term.years for term in self.terms if term.valid(base)), 0)


@dataclass(frozen=True, slots=True)
class Schedule:
    """By number: months after the base, and an amount in hundredths of each kind."""

    first: int
    months: Numbers
    amounts: tuple[tuple[Kind, Numbers], ...]
    registers: bool


class _CalendarsAlone:
    """A forecast dates its fees itself; the docket is not asked."""

    def __init__(self, dates: Dates) -> None:
        self._dates = dates

    def next_open(self, office: str, day: date) -> DueDate:
        return self._dates.next_open(office, day)

    def due(self, case: FeeCase, rule: str, n: int | None = None) -> DueDate | None:
        return None


class Schedules:
    """The schedules of a forecast that begins a month before *start* and runs so many months."""

    def __init__(self, fees: Fees, start: date, months: int, prices: PriceList) -> None:
        self._fees = Fees(fees.tables, _CalendarsAlone(fees.dates))
        self._start, self._months, self._prices = start, months, prices
        self._open_days: dict[str, Numbers] = {}

    def rhythm(self, office: str, right: str) -> Rhythm | None:
        """None for a right that costs nothing to keep, as far as the tables say."""
        table = self._fees.tables.table(office)
        item = table.recurring(right) if table else None
        if table is None or item is None or item.recurs is None:
            return None
        rows = [*item.amounts, *(r for r in table.reductions if item.id in r.items)]
        dated = self._fees.tables.has_own(office, item.id) or any(
            day is not None and day > self._start
            for row in rows
            for day in (row.valid_from, row.valid_until)
        )
        terms = tuple(term for term in table.terms if term.concerns(right))
        return Rhythm(
            item, item.recurs, bool(item.rule_first), dated, terms if len(terms) > 1 else ()
        )

    def of(
        self, matter: ForecastMatter, rhythm: Rhythm, base: date, first: int, last: int
    ) -> Schedule:
        """What each number costs a matter of this kind."""
        group, item, recurs = matter.group, rhythm.item, rhythm.recurs
        found: dict[Kind, dict[int, int]] = {}
        numbers = range(first, min(last, self._end(matter, rhythm, base)) + 1)
        # unless amounts are to change, a schedule serves older and younger matters alike, so it
        # is asked for a matter whose fees all lie ahead
        asked = base if rhythm.dated else self._start
        for number in numbers:
            on = max(add_months(base, recurs.months(number)), self._start)
            answer = self._fees.fee(_case(matter, rhythm, asked, first, number), on)
            if answer.problems:  # beyond the term
                numbers = range(first, number)
                break
            if answer.official is None or answer.payable is None:
                found.setdefault(Kind(answer.currency, "unknown"), {})[number] = CENTS
            else:
                for what, amount in (("official", answer.official), ("payable", answer.payable)):
                    kind = Kind(answer.currency, what)
                    found.setdefault(kind, {})[number] = int(amount * CENTS)
            price = self._prices.price(group.office, group.right, item.id, on)
            if price:
                kind = Kind(price.currency, "agent")
                found.setdefault(kind, {})[number] = int(price.amount * CENTS)
        return Schedule(
            first,
            _array(recurs.months(n) for n in numbers),
            tuple(
                (kind, _array(by_number.get(n, 0) for n in numbers))
                for kind, by_number in found.items()
            ),
            rhythm.registers,
        )

    def _end(self, matter: ForecastMatter, rhythm: Rhythm, base: date) -> int:
        """The last number that the term of the right allows."""
        table = self._fees.tables.table(matter.group.office)
        term = table.term(matter.group.right, base) if table else None
        if not rhythm.registers or term is None:
            return rhythm.recurs.last
        days = int(dict(matter.facts).get("compensation_days") or 0)
        return Annuities(base, None, term.years, days).last

    def last_open(self, office: str) -> Numbers:
        """By month the last day that does not roll into the next one."""
        days = self._open_days.get(office)
        if days is None:
            days = self._open_days[office] = _array(
                self._last_open_day(office, month_end(add_months(self._start, index - 1)))
                for index in range(self._months)
            )
        return days

    def _last_open_day(self, office: str, last: date) -> int:
        day = last
        while (rolled := self._fees.dates.next_open(office, day).due) and rolled > last:
            day -= timedelta(days=1)
        return _OPEN_TO_THE_END if day == last else day.day


def _case(matter: ForecastMatter, rhythm: Rhythm, base: date, first: int, number: int) -> FeeCase:
    """The question that the fee engine is asked for one number."""
    events = [Event(rhythm.recurs.base, base)]
    if rhythm.registers:
        events.append(Event("grant", year_begins(base, first)))
    facts = {**dict(matter.facts), rhythm.item.number or "number": number}
    group = matter.group
    return FeeCase(group.office, group.right, rhythm.item.id, tuple(events), facts)
