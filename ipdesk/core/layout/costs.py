"""What a plan row is likely to cost: official fees after reduction, and the agent's."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Bilingual, ntr
from ipdesk.base.money import Money, Rates, plain
from ipdesk.core.docket.model import Event
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeCase, Group, Planned
from ipdesk.core.layout.model import CostLine, PlanRow, RowFields
from ipdesk.core.layout.words import SAME_DAY_PAIR
from ipdesk.core.portfolio.model import Right

FREE = frozenset({"trade_secret", "publication"})
"""Rows that file nothing."""


@dataclass(frozen=True, slots=True)
class CostTerms:
    """How the company pays: where it files first, its reduction (none, 85, 70), entity facts."""

    home: str = "CN"
    reduction: str = "none"
    facts: Mapping[str, Any] = field(default_factory=dict)


@cache
def _stored() -> Mapping[str, Any]:
    with asset("layout", "costs.toml").open("rb") as handle:
        return tomllib.load(handle)


def items_of(office: str, right: str) -> tuple[str, ...]:
    """The fees that are counted for a filing; the filing fee alone where nothing else is known."""
    for table in _stored()["estimate"]:
        if (table["office"], table["right"]) == (office, right):
            return tuple(table["items"])
    return ("filing",)


def filings_of(row: RowFields, home: str) -> tuple[tuple[str, str], ...]:
    """(office, right) of every filing that the row stands for."""
    if row.right in FREE:
        return ()
    offices = [t.office for t in row.territories] or [home]
    if row.right == Right.PCT:
        national = [(o, str(Right.INVENTION)) for o in offices if o not in ("WO", home)]
        return (("WO", str(Right.PCT)), *dict.fromkeys(national))
    if row.right == SAME_DAY_PAIR:
        pair = [(home, str(Right.INVENTION)), (home, str(Right.UTILITY_MODEL))]
        return (*pair, *((o, str(Right.INVENTION)) for o in offices if o != home))
    return tuple(dict.fromkeys((o, row.right) for o in offices))


def estimate(row: RowFields, fees: Fees, terms: CostTerms) -> tuple[CostLine, ...]:
    """The official fees of a row, line by line; what no table names stays unknown and says so."""
    return tuple(
        line
        for office, right in filings_of(row, terms.home)
        for item in items_of(office, right)
        for line in _line(office, right, item, row.target, fees, terms)
    )


def entry_costs(office: str, fees: Fees, terms: CostTerms, day: date | None) -> Iterator[CostLine]:
    """The fees of entering the national or regional phase there, up to the examination request."""
    for item in items_of(office, Right.INVENTION):
        yield from _line(office, str(Right.INVENTION), item, day, fees, terms)


def _line(
    office: str, right: str, item: str, day: date | None, fees: Fees, terms: CostTerms
) -> Iterator[CostLine]:
    facts = {**_stored()["assumed"], **terms.facts}
    if office == terms.home:
        facts["fee_reduction"] = terms.reduction
    if right == Right.PCT:
        facts |= {"receiving_office": terms.home, "isa": terms.home}
    events = (Event("filing", day),) if day else ()
    answer = fees.fee(FeeCase(office, right, item, events=events, facts=facts))
    table = fees.tables.table(office)
    known = table.item(item, right) if table else None
    yield CostLine(
        office=office,
        item=item,
        label=known.label if known else Bilingual(item, item),
        amount=answer.payable,
        currency=answer.currency or (table.currency if table else ""),
        percent=answer.percent,
        why=(*answer.why, *answer.problems),
        official=answer.official,
        right=right,
    )


def planned_costs(rows: Iterable[PlanRow], today: date) -> Iterator[tuple[Group, list[Planned]]]:
    """What rows that wait to be filed will cost, as a forecast takes it; the past counts today."""
    for row in rows:
        if not row.planned:
            continue
        fields = row.fields
        technologies = (fields.technology_id,) if fields.technology_id else ()
        products = (fields.product_id,) if fields.product_id else ()
        day = max(fields.target or today, today)
        by_office: dict[str, list[Planned]] = {}
        for line in row.estimate:
            cost = Planned(day, line.currency, line.official, line.amount)
            by_office.setdefault(line.office, []).append(cost)
        if fields.agent_cost is not None and fields.agent_currency:
            zero = Decimal(0)
            agent = Planned(day, fields.agent_currency, zero, zero, fields.agent_cost)
            by_office.setdefault(next(iter(by_office), ""), []).append(agent)
        for office, costs in by_office.items():
            yield Group(office, fields.right, technologies, products), costs


@dataclass(frozen=True, slots=True)
class Total:
    """A sum by currency, and how many amounts in it are not known."""

    sums: Mapping[str, Decimal] = field(default_factory=dict)
    unknown: int = 0

    def __add__(self, other: "Total") -> "Total":
        sums = dict(self.sums)
        for currency, amount in other.sums.items():
            sums[currency] = sums.get(currency, Decimal(0)) + amount
        return Total(sums, self.unknown + other.unknown)

    def into(self, currency: str, rates: Rates, on: date) -> tuple[Decimal | None, list[str]]:
        """The whole in one currency, and the currencies for which no rate is stored."""
        whole, missing = Decimal(0), []
        for one, amount in self.sums.items():
            found = rates.convert(Money(amount, one), currency, on)
            if found is None:
                missing.append(one)
            else:
                whole += found.money.amount
        return (None if missing else whole), missing

    def to_json(self) -> dict[str, int | float | None]:
        """Currency → amount as JSON numbers."""
        return {currency: plain(amount) for currency, amount in sorted(self.sums.items())}

    def shown(self) -> str:
        """The sums as one text, in the current language; unknown amounts are told."""
        text = " + ".join(str(Money(a, c)) for c, a in sorted(self.sums.items())) or "–"
        if not self.unknown:
            return text
        return ntr(
            "{sums}, {n} amount unknown", "{sums}, {n} amounts unknown", self.unknown, sums=text
        )


def total_of(row: PlanRow) -> Total:
    """Official fees and the agent's costs of a row."""
    total = sum_of(row.estimate)
    fields = row.fields
    if fields.agent_cost is not None and fields.agent_currency:
        total += Total({fields.agent_currency: fields.agent_cost})
    return total


def total(rows: Iterable[PlanRow]) -> Total:
    """The cost of many rows."""
    found = Total()
    for row in rows:
        found += total_of(row)
    return found


def sum_of(lines: Iterable[CostLine]) -> Total:
    """The sums of some fees by currency."""
    sums: dict[str, Decimal] = {}
    unknown = 0
    for line in lines:
        if line.amount is None:
            unknown += 1
        else:
            sums[line.currency] = sums.get(line.currency, Decimal(0)) + line.amount
    return Total(sums, unknown)
