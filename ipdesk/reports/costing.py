"""What the budget report is made of: forecasts, budget, payments, fees of the next year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, say
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.alarms import Threat
from ipdesk.core.fees.forecast import Forecast, forecast
from ipdesk.core.fees.model import Cost, ForecastMatter, Group, Planned
from ipdesk.core.fees.outlook import budget, forecast_of, spent
from ipdesk.core.fees.overviews import reduction_alarms, savings_of
from ipdesk.core.fees.queries import FeeLine, fee_lines
from ipdesk.core.fees.records import BudgetRow
from ipdesk.core.fees.savings import Savings
from ipdesk.core.fees.setting import fees_for, prices_for
from ipdesk.core.layout.model import PlanRow
from ipdesk.core.layout.queries import current_plans, plan_rows
from ipdesk.core.layout.queries_tree import products, tree
from ipdesk.reports import selection
from ipdesk.reports.paper import Heading
from ipdesk.reports.registry import Options

YEARS = 5
_LIFE = 12 * 25  # months: no right of a fixed term lives longer


DIMENSIONS = ("", "office", "right", "technologies", "products", "department")


@dataclass(frozen=True, slots=True)
class Expected:
    """Cost to come: by year for each dimension (the empty one is the whole), by month the whole.

    ``undated`` matters have renewals that nobody can date.
    """

    years: Mapping[str, tuple[Cost, ...]] = field(default_factory=dict)
    months: tuple[Cost, ...] = ()
    undated: int = 0

    @classmethod
    def of(cls, found: Forecast) -> "Expected":
        years = {dimension: found.by(dimension) for dimension in DIMENSIONS}
        end = add_months(found.start, 12)
        last = f"{end.year}-{end.month:02}"
        months = tuple(cost for cost in found.by(per="month") if cost.period < last)
        return cls(years, months, found.without_dates)

    def by(self, dimension: str = "") -> tuple[Cost, ...]:
        return self.years.get(dimension, ())


@dataclass(frozen=True, slots=True)
class BudgetValues:
    """Cost to come on a day. *held*: what keeps our rights; *planned*: filings of the plans.

    ``paid`` is by (month, currency); ``names`` by dimension and id, for technologies and products.
    """

    heading: Heading
    today: date
    held: Expected
    planned: Expected
    years: int = YEARS
    paid: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    budget: tuple[BudgetRow, ...] = ()
    coming: tuple[FeeLine, ...] = ()
    savings: Savings | None = None
    threats: tuple[Threat, ...] = ()
    names: Mapping[str, Mapping[int, Bilingual]] = field(default_factory=dict)


def gather(connection: Connection, docket: Docket, options: Options) -> BudgetValues:
    """The cost to come of everything on file and planned, beside budget and payments."""
    today = docket.today
    chosen = options.get("years", "")
    years = int(chosen) if chosen.isdigit() and int(chosen) else YEARS
    company, sample = selection.about(connection, options)
    rows = plan_rows(connection, [plan.id for plan in current_plans(connection)])
    fees, prices = fees_for(connection, docket), prices_for(connection)
    planned = forecast(planned_filings(rows, today), fees, today, _LIFE, prices)
    ahead = add_months(today, 12)
    return BudgetValues(
        Heading(
            company,
            say("Budget report"),
            today,
            counting=(
                say(
                    "Official fees after reduction as on file, agents' fees by the price list; "
                    "what is overdue stands in the first month."
                ),
                say("A matter of two technologies or products counts half for each."),
            ),
            sample=sample,
        ),
        today,
        Expected.of(forecast_of(connection, docket, _LIFE)),
        Expected.of(planned),
        years,
        spent(connection, date(today.year - 2, 1, 1), today),
        tuple(row for n in range(-2, years) for row in budget(connection, today.year + n)),
        tuple(fee_lines(connection, docket, None, today, ahead)),
        savings_of(connection, today.year),
        reduction_alarms(connection, docket),
        {
            "technologies": {b.id: Bilingual(b.name, b.name_zh) for b in tree(connection)},
            "products": {p.id: Bilingual(p.name, p.name_zh) for p in products(connection)},
        },
    )


def planned_filings(rows: Iterable[PlanRow], today: date) -> Iterator[ForecastMatter]:
    """The estimates of rows that still wait to be filed, on the month they are planned for."""
    for row in rows:
        if not row.planned:
            continue
        fields = row.fields
        technologies = (fields.technology_id,) if fields.technology_id else ()
        items = (fields.product_id,) if fields.product_id else ()
        on = max(fields.target or today, today)
        for line in row.estimate:
            group = Group(line.office, fields.right, technologies, items)
            cost = Planned(on, line.currency, None, line.amount)
            yield ForecastMatter(group, planned=(cost,))
        if fields.agent_cost is not None and fields.agent_currency:
            group = Group("", fields.right, technologies, items)
            agent = Planned(on, fields.agent_currency, None, Decimal(0), fields.agent_cost)
            yield ForecastMatter(group, planned=(agent,))
