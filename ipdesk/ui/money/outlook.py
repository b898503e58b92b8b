"""What the forecast shows: cost to come of rights and plans, beside budget and payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import Bilingual, Message, say, tr
from ipdesk.base.money import Money, Rate, Rates
from ipdesk.charts.money import Costs, Period
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.fees.model import Cost
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.core.fees.forecast import Forecast
    from ipdesk.core.fees.records import BudgetRow

LIFE = 12 * 25  # months: no right of a fixed term lives longer
_ZERO = Decimal(0)
_WHOLE = Decimal(1_000_000)  # units of a currency, so that rounding to cents does not count
DIMENSIONS: dict[str, Message] = {
    "": say("In all"),
    "right": say("By right"),
    "office": say("By office"),
    "technologies": say("By technology"),
    "products": say("By product"),
    "department": say("By department"),
}
_LINES: dict[str, Message] = {
    "payable": say("Official fees after reduction"),
    "agent": say("Agents' fees"),
    "planned": say("Planned filings"),
    "total": say("In all"),
    "budget": say("Budget"),
    "paid": say("Paid"),
    "left": say("Left of the budget"),
    "unknown": say("Fees without a known amount"),
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """Forecasts and what stands beside them; ``paid`` by (month, currency)."""

    today: date
    held: Forecast
    planned: Forecast
    paid: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    budget: tuple[BudgetRow, ...] = ()
    names: Mapping[str, Mapping[int, Bilingual]] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)

    def currencies(self) -> list[str]:
        """Those in which something is due or was paid; the yuan first, then by sum."""
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        for cost in (*self.held.by(), *self.planned.by()):
            if cost.currency:
                sums[cost.currency] += cost.total
        for (_, currency), amount in self.paid.items():
            sums[currency] += amount
        return sorted(sums, key=lambda c: (c != "CNY", -sums[c], c))

    def exchanged(self, into: str) -> Exchanged:
        """Everything in one currency by the rates on file; what has no rate is left out."""
        used: dict[str, Rate] = {}
        factors: dict[str, Decimal] = {into: Decimal(1)}
        missing = []
        for currency in self.currencies():
            found = self.rates.convert(Money(_WHOLE, currency), into, self.today)
            if found is None:
                missing.append(currency)
            elif found.rates:
                factors[currency] = found.money.amount / _WHOLE
                used[currency] = found.rates[0]
        paid: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for (month, currency), amount in self.paid.items():
            if currency in factors:
                paid[month, into] += amount * factors[currency]
        budget = tuple(
            replace(row, amount=row.amount * factors[row.currency], currency=into)
            for row in self.budget
            if row.currency in factors
        )
        whole = replace(
            self,
            held=self.held.into(into, factors),
            planned=self.planned.into(into, factors),
            paid=dict(paid),
            budget=budget,
        )
        return Exchanged(whole, tuple(used.values()), tuple(missing))


@dataclass(frozen=True, slots=True)
class Exchanged:
    """An outlook in one currency, the rates behind it, the currencies without one."""

    outlook: Outlook
    rates: tuple[Rate, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the forecast: periods as columns, a line for each part or subject."""

    periods: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Decimal, ...]], ...]
    chart: Costs
    totals: tuple[tuple[str, Decimal], ...] = ()  # by subject, for the lying bars


def read_outlook(today: date, connection: Connection) -> Outlook:
    """Everything that the forecast can show, reckoned once."""
    # numpy and reportlab take their time; they are loaded in this thread when first needed
    from ipdesk.core.fees.forecast import forecast
    from ipdesk.core.fees.outlook import budget, forecast_of, spent
    from ipdesk.core.fees.setting import fees_for, prices_for, rates_for
    from ipdesk.core.layout.queries import current_plans, plan_rows
    from ipdesk.core.layout.queries_tree import products, tree
    from ipdesk.reports.costing import planned_filings

    docket = docket_for(connection, today)
    rows = plan_rows(connection, [plan.id for plan in current_plans(connection)])
    fees, prices = fees_for(connection, docket), prices_for(connection)
    return Outlook(
        today,
        forecast_of(connection, docket, LIFE),
        forecast(planned_filings(rows, today), fees, today, LIFE, prices),
        spent(connection, date(today.year - 1, 1, 1), today),
        tuple(row for n in range(-1, 6) for row in budget(connection, today.year + n)),
        {
            "technologies": {b.id: Bilingual(b.name, b.name_zh) for b in tree(connection)},
            "products": {p.id: Bilingual(p.name, p.name_zh) for p in products(connection)},
        },
        rates_for(connection),
    )


def sheet_of(found: Outlook, dimension: str, currency: str, per: str) -> Sheet:
    """The table of one dimension in one currency, by year, by month, or by year to the end."""
    periods = _periods(found, per)
    per = "month" if per == "month" else "year"
    if dimension:
        return _by_subject(found, dimension, currency, per, periods)
    return _whole(found, currency, per, periods)


def _periods(found: Outlook, per: str) -> tuple[str, ...]:
    year, month = found.today.year, found.today.month
    if per == "month":
        places = (year * 12 + month - 1 + n for n in range(12))
        return tuple(f"{p // 12}-{p % 12 + 1:02}" for p in places)
    if per == "life":
        known = (cost.period for cost in (*found.held.by(), *found.planned.by()))
        last = max((int(period) for period in known), default=year)
        return tuple(str(y) for y in range(year, last + 1))
    return tuple(str(year + n) for n in range(-1, 5))


def _cells(costs: Iterable[Cost], currency: str) -> dict[str, Cost]:
    return {cost.period: cost for cost in costs if cost.currency == currency}


def _whole(found: Outlook, currency: str, per: str, periods: Sequence[str]) -> Sheet:
    held = _cells(found.held.by("", per), currency)
    planned = _cells(found.planned.by("", per), currency)
    paid, budget = _paid(found, currency, per), _budget(found, currency, per)
    made: list[Period] = []
    cells: dict[str, list[Decimal]] = {name: [] for name in _LINES}
    for label in periods:
        cost, plan = held.get(label), planned.get(label)
        period = Period(
            label,
            official=cost.payable if cost else _ZERO,
            agent=cost.agent if cost else _ZERO,
            planned=plan.total if plan else _ZERO,
            actual=paid.get(label),
            budget=budget.get(label),
            unknown=int((cost.unknown if cost else 0) + (plan.unknown if plan else 0)),
        )
        made.append(period)
        spent, given = period.actual or _ZERO, period.budget or _ZERO
        sums = (
            period.official, period.agent, period.planned, period.total, given, spent,
            given - spent - period.total if period.budget is not None else _ZERO,
            Decimal(period.unknown),
        )  # fmt: skip
        for name, amount in zip(_LINES, sums, strict=True):
            cells[name].append(amount)
    lines = tuple((str(_LINES[n]), tuple(row)) for n, row in cells.items() if any(row))
    return Sheet(tuple(periods), lines, Costs(currency, tuple(made)))


def _paid(found: Outlook, currency: str, per: str) -> dict[str, Decimal]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for (month, its), amount in found.paid.items():
        if its == currency:
            sums[month if per == "month" else month[:4]] += amount
    return dict(sums)


def _budget(found: Outlook, currency: str, per: str) -> dict[str, Decimal]:
    """Lines for everything; a month's own line where the table is by month."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in found.budget:
        if row.currency != currency or row.dimension:
            continue
        if per == "month":
            if row.month is not None:
                sums[f"{row.year}-{row.month:02}"] += row.amount
        else:
            sums[str(row.year)] += row.amount
    return dict(sums)


def _by_subject(
    found: Outlook, dimension: str, currency: str, per: str, periods: Sequence[str]
) -> Sheet:
    sums: dict[Any, dict[str, Decimal]] = {}
    for cost in (*found.held.by(dimension, per), *found.planned.by(dimension, per)):
        if cost.currency == currency and cost.total:
            cell = sums.setdefault(cost.key, {})
            cell[cost.period] = cell.get(cost.period, _ZERO) + cost.total
    rows = []
    for key, cell in sums.items():
        amounts = tuple(cell.get(label, _ZERO) for label in periods)
        if any(amounts):
            rows.append((subject(found, dimension, key), amounts))
    rows.sort(key=lambda row: (-sum(row[1]), row[0]))
    whole = tuple(sum((row[1][i] for row in rows), _ZERO) for i in range(len(periods)))
    lines = (*rows, (tr("In all"), whole)) if rows else ()
    bars = tuple((name, sum(amounts, _ZERO)) for name, amounts in rows)
    return Sheet(tuple(periods), lines, Costs(currency, ()), bars)


def subject(found: Outlook, dimension: str, key: Any) -> str:
    """What a key of a dimension is called."""
    if key in ("", None):
        return tr("not assigned")
    if dimension == "office":
        return str(office_name(str(key)))
    if dimension == "right":
        return str(right_label(str(key)))
    known = found.names.get(dimension, {})
    return str(known.get(key, key))
