"""Which fees a right needs to stay alive: every number of its series with its date."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ipdesk.base.dates import add_months
from ipdesk.core.fees.annuities import Annuities, patent_year
from ipdesk.core.fees.model import FeeCase
from ipdesk.core.fees.tables import FeeTable, Item, Recurs


@dataclass(frozen=True, slots=True)
class Renewal:
    """One number of a series: a patent year, a maintenance fee, a renewal; un-rolled day."""

    number: int
    raw: date
    at_registration: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """The renewals of one matter; empty with *waiting_for* where an event is missing."""

    item: Item
    fact: str  # the fact that carries the number
    renewals: tuple[Renewal, ...] = ()
    waiting_for: str = ""

    def renewal(self, number: int) -> Renewal | None:
        return next((r for r in self.renewals if r.number == number), None)


def series_of(table: FeeTable, case: FeeCase) -> Series | None:
    """The series of a case; None for a right that costs nothing to keep, as far as is known."""
    item = table.recurring(case.right)
    if item is None or item.recurs is None:
        return None
    fact = item.number or "renewal_number"
    recurs = item.recurs
    base = case.day(recurs.base)
    if base is None:
        return Series(item, fact, waiting_for=recurs.base)
    if item.rule_first:
        grant = case.day("grant")
        if grant is None:
            return Series(item, fact, waiting_for="grant")
        return Series(item, fact, tuple(_from_grant_year(table, case, recurs, base, grant)))
    return Series(item, fact, tuple(_plain(case, recurs, base)))


def _from_grant_year(
    table: FeeTable, case: FeeCase, recurs: Recurs, filing: date, grant: date
) -> Iterator[Renewal]:
    """Annuities of a right whose first one is paid at registration."""
    term = table.term(case.right, filing)
    days = int(case.facts.get("compensation_days") or 0)
    last = Annuities(filing, grant, term.years, days).last if term else recurs.last
    first = patent_year(filing, grant)
    for number in range(first, last + 1):
        at_registration = number == first
        day = grant if at_registration else add_months(filing, recurs.months(number))
        yield Renewal(number, day, at_registration)


def _plain(case: FeeCase, recurs: Recurs, base: date) -> Iterator[Renewal]:
    """A series that depends on its base alone; some end with the grant."""
    stop = case.day(recurs.until) if recurs.until else None
    for number in range(recurs.first, recurs.last + 1):
        day = add_months(base, recurs.months(number))
        if stop is not None and day >= stop:
            return
        yield Renewal(number, day)


def asked(
    case: FeeCase,
    series: Series,
    number: int,
    paid_on: date | None = None,
    assumed: bool = False,
) -> FeeCase:
    """The question for the fee engine about one number of a series.

    *assumed*: nothing was paid yet; the day is the one on which it would be.
    """
    facts = {**case.facts, series.fact: number}
    if paid_on is not None:
        facts |= {"paid_on": paid_on, "paid_assumed": assumed}
    return replace(case, item=series.item.id, facts=facts)
