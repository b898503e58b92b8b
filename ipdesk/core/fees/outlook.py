"""Reading the cost to come: the forecast of the whole portfolio, the budget, what was spent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from ipdesk.base.dates import add_months
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.cases import FeeMatter, fee_matters, living_ids
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.forecast import Forecast, forecast
from ipdesk.core.fees.model import ForecastMatter, Group, Planned
from ipdesk.core.fees.overviews import decisions, paid_through
from ipdesk.core.fees.paid import recorded
from ipdesk.core.fees.queries import fee_lines
from ipdesk.core.fees.records import BudgetRow
from ipdesk.core.fees.setting import fees_for, prices_for
from ipdesk.store.paging import chunks
from ipdesk.store.schema.fees import budget_line, fee_payment
from ipdesk.store.schema.portfolio import matter_product, matter_technology


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a forecast takes for granted; shown beside its figures."""

    months_to_grant: Mapping[str, int]  # by right, from filing, for pending applications
    reductions_go_on: bool = True  # records are filed again every year


LIFE = 12 * 25  # months: no right of a fixed term lives longer
_PAID = func.coalesce(
    fee_payment.c.paid_amount,
    func.coalesce(fee_payment.c.payable, 0) + func.coalesce(fee_payment.c.surcharge, 0),
)
MONTHS_TO_GRANT = {"invention": 30, "utility_model": 9, "design": 7}


def forecast_of(
    connection: Connection,
    docket: Docket,
    months: int,
    planned: Iterable[tuple[Group, Sequence[Planned]]] = (),
    assumptions: Assumptions | None = None,
    ids: Sequence[int] | None = None,
) -> Forecast:
    """The cost to come of all living matters, or of these, with open deadlines and plans."""
    taken = assumptions or Assumptions(MONTHS_TO_GRANT)
    fees, prices = fees_for(connection, docket), prices_for(connection)
    living = living_ids(connection)
    wanted = living if ids is None else [one for one in living if one in set(ids)]
    matters = list(_forecast_matters(connection, docket, fees, months, taken, wanted))
    matters += [ForecastMatter(group, planned=tuple(costs)) for group, costs in planned]
    return forecast(matters, fees, docket.today, months, prices)


def _forecast_matters(
    connection: Connection,
    docket: Docket,
    fees: Fees,
    months: int,
    taken: Assumptions,
    ids: Sequence[int],
) -> Iterator[ForecastMatter]:
    end = add_months(docket.today, months)
    products, technologies = (
        _links(connection, matter_product),
        _links(connection, matter_technology),
    )
    gone = {d.matter_id: d.number - 1 for d in decisions(connection) if d.decision == "abandon"}
    for part in chunks(ids):
        records = recorded(connection, part)
        once = _once(connection, docket, part, end)
        for one in fee_matters(connection, part, docket.today):
            if one.ended:
                continue
            group = Group(
                one.office,
                one.right,
                tuple(technologies.get(one.id, ())),
                tuple(products.get(one.id, ())),
                one.department,
            )
            yield _forecast_matter(
                one, group, fees, docket, taken, records, once.get(one.id, ()), gone.get(one.id)
            )


def _forecast_matter(
    one: FeeMatter,
    group: Group,
    fees: Fees,
    docket: Docket,
    taken: Assumptions,
    records: Mapping[int, Sequence[Any]],
    once: Sequence[Planned],
    last_number: int | None,
) -> ForecastMatter:
    filing, grant = one.case.day("filing"), one.case.day("grant")
    if grant is None and filing is not None:
        grant = _expected_grant(one, filing, docket.today, taken)
    rate = one.rate(docket.today, assumed=taken.reductions_go_on)
    facts: list[tuple[str, Any]] = [("fee_reduction", rate)] if rate != "none" else []
    facts += [
        (name, one.case.facts[name])
        for name in ("open_licence", "entity", "classes", "compensation_days")
        if isinstance(one.case.facts.get(name), str | int | bool)
    ]
    paid = paid_through(one, fees, records.get(one.id, ()))
    return ForecastMatter(
        group,
        filing,
        grant,
        one.case.day("registration", "international_registration"),
        tuple(facts),
        paid + 1 if paid else 0,
        last_number,
        tuple(once),
    )


def _expected_grant(one: FeeMatter, filing: date, today: date, taken: Assumptions) -> date | None:
    """Soon after a grant notice, else after the usual time; never in the past."""
    noticed = one.case.day("grant_notice")
    if noticed is not None:
        return max(add_months(noticed, 3), add_months(today, 1))
    usual = taken.months_to_grant.get(one.right)
    return None if usual is None else max(add_months(filing, usual), add_months(today, 3))


def _once(
    connection: Connection, docket: Docket, ids: Sequence[int], end: date
) -> dict[int, list[Planned]]:
    """What falls due once: examination, registration, renewals that do not recur."""
    found: defaultdict[int, list[Planned]] = defaultdict(list)
    for line in fee_lines(connection, docket, ids, None, end, once_only=True):
        if line.item == "annuity" or line.state in ("paid", "confirmed"):
            continue  # the annuity of the grant year goes with the assumed grant
        agent = line.agent.amount if line.agent else None
        answer = line.answer
        found[line.matter_id].append(
            Planned(line.due or docket.today, answer.currency, answer.official, answer.total, agent)
        )
    return found


def _links(connection: Connection, table: Any) -> dict[int, list[int]]:
    other = next(c for c in table.c if c.name not in ("id", "matter_id"))
    found: defaultdict[int, list[int]] = defaultdict(list)
    for matter_id, other_id in connection.execute(select(table.c.matter_id, other).order_by(other)):
        found[matter_id].append(other_id)
    return found


def paid_for(
    connection: Connection, matter_ids: Iterable[int]
) -> Iterator[tuple[int, date, str, Decimal]]:
    """Matter, day, currency and amount of every payment for these matters, agents' fees apart."""
    p = fee_payment.c
    for part in chunks(sorted(set(matter_ids))):
        statement = select(p.matter_id, p.paid_on, p.currency, _PAID, p.agent_fee, p.agent_currency)
        here = statement.where(p.matter_id.in_(part), p.paid_on.is_not(None))
        for matter_id, day, currency, amount, agent, agent_currency in connection.execute(here):
            yield matter_id, day, currency, Decimal(amount) / 100
            if agent:
                yield matter_id, day, agent_currency or currency, Decimal(agent) / 100


def spent(connection: Connection, begin: date, end: date) -> dict[tuple[str, str], Decimal]:
    """What was paid, surcharges included, by month (2026-03) and currency."""
    p = fee_payment.c
    statement = select(p.paid_on, p.currency, _PAID, p.agent_fee, p.agent_currency).where(
        p.paid_on >= begin, p.paid_on <= end
    )
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for day, currency, amount, agent, agent_currency in connection.execute(statement):
        month = f"{day.year}-{day.month:02}"
        sums[month, currency] += Decimal(amount) / 100
        if agent:
            sums[month, agent_currency or currency] += Decimal(agent) / 100
    return dict(sums)


def budget(connection: Connection, year: int) -> list[BudgetRow]:
    """The budget of a year, line by line."""
    b = budget_line.c
    statement = select(budget_line).where(b.year == year).order_by(b.dimension, b.key, b.month)
    return [
        BudgetRow(
            row.id,
            row.year,
            row.month,
            row.dimension,
            row.key,
            Decimal(row.amount) / 100,
            row.currency,
            row.note,
        )
        for row in connection.execute(statement)
    ]


@dataclass(frozen=True, slots=True)
class CostToCome:
    """What some matters cost together, agents' fees included, by currency."""

    year: Mapping[str, Decimal]  # the next twelve months, what is overdue among them
    life: Mapping[str, Decimal]  # to the end of the last right
    unknown: int = 0  # fees without an amount


def cost_to_come(connection: Connection, docket: Docket, ids: Sequence[int]) -> CostToCome:
    """What a matter, a family or the rights of a product cost in a year and to their end."""
    found = forecast_of(connection, docket, LIFE, ids=ids)
    months = found.by("", "month")
    last = add_months(docket.today, 11)
    end = f"{last.year}-{last.month:02}"
    year: defaultdict[str, Decimal] = defaultdict(Decimal)
    life: defaultdict[str, Decimal] = defaultdict(Decimal)
    for cost in months:
        if cost.total:
            life[cost.currency] += cost.total
            if cost.period <= end:
                year[cost.currency] += cost.total
    return CostToCome(dict(year), dict(life), int(sum(cost.unknown for cost in months)))
