"""The budget report: cost to come by year, month and subject, against budget and payments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from reportlab.platypus import Flowable
from sqlalchemy import Connection

from ipdesk.base.i18n import Message, say, tr
from ipdesk.base.money import written
from ipdesk.charts import money
from ipdesk.charts.money import Costs, Period
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.model import Cost
from ipdesk.core.fees.outlook import MONTHS_TO_GRANT
from ipdesk.core.fees.queries import FeeLine
from ipdesk.core.layout.words import plan_right_label
from ipdesk.reports import costing, parts
from ipdesk.reports.costing import BudgetValues
from ipdesk.reports.lines import DUE, day, office_label
from ipdesk.reports.paper import render
from ipdesk.reports.parts import Chart, KeyFigure, KeyFigures, Note
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Band, Cell, Column, Row, Rows, Sum

_ZERO = Decimal(0)
DIMENSIONS: dict[str, Message] = {
    "office": say("By office"),
    "right": say("By right"),
    "technologies": say("By technology"),
    "products": say("By product"),
    "department": say("By department"),
}


def gather(connection: Connection, docket: Docket, options: Options) -> BudgetValues:
    """The cost to come of everything on file and planned, beside budget and payments."""
    return costing.gather(connection, docket, options)


def build(values: BudgetValues) -> bytes:
    """The pages, in the language of the moment."""
    currencies = _currencies(values)
    story: list[Flowable] = parts.title_block(values.heading)
    if not currencies:
        story.append(parts.body(tr("No cost is known yet.")))
        return render(values.heading, story)
    story.append(_key_figures(values, currencies))
    for currency in currencies[:3]:
        title = parts.Words(
            tr("Cost by year, {currency}", currency=currency), size=10, bold=True, after=4
        )
        costs = by_year(values, currency)
        story.append(parts.together(title, Chart(money.figure, costs, 150)))
        story.append(_against(costs))
    story += [*_notes(values), *_months(values, currencies), *_subjects(values, currencies)]
    story += [*_coming(values), *_reductions(values)]
    story += parts.lost_characters(story)
    return render(values.heading, story)


def _currencies(values: BudgetValues) -> list[str]:
    """Those in which something is due or was paid, the largest sum of five years first."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for cost in (*values.held.by(), *values.planned.by()):
        if cost.currency:
            sums[cost.currency] += cost.total
    for (_, currency), amount in values.paid.items():
        sums[currency] += amount
    return sorted(sums, key=lambda currency: (currency != "CNY", -sums[currency], currency))


# ── by year ───────────────────────────────────────────────────────────────────────────────────


def by_year(values: BudgetValues, currency: str) -> Costs:
    """The last two years as paid, the years to come as forecast, with their budgets."""
    first = values.today.year
    held, planned = (
        _by_period(values.held.by(), currency),
        _by_period(values.planned.by(), currency),
    )
    budgets = _budgets(values, currency)
    periods = []
    for year in range(first - 2, first + values.years):
        label = str(year)
        cost, plan = held.get(label), planned.get(label)
        paid = sum(
            (a for (m, c), a in values.paid.items() if c == currency and m[:4] == label), _ZERO
        )
        periods.append(
            Period(
                label,
                official=cost.payable if cost else _ZERO,
                agent=cost.agent if cost else _ZERO,
                planned=plan.total if plan else _ZERO,
                actual=paid or None,
                budget=budgets.get(label),
                unknown=int((cost.unknown if cost else 0) + (plan.unknown if plan else 0)),
            )
        )
    used = [p for p in periods if p.total or p.actual or p.budget or int(p.label) >= first]
    return Costs(currency, tuple(used))


def _against(costs: Costs) -> Flowable:
    """Plan against actual: what is to come, what was paid, the budget and what is left of it."""
    columns = [
        Column(tr("Year"), 40),
        *(
            Column(head, 64, right=True)
            for head in (
                tr("Official fees"), tr("Agents' fees"), tr("Planned filings"), tr("To come"),
                tr("Paid"), tr("Budget"), tr("Left of the budget"),
            )
        ),
    ]  # fmt: skip
    rows: list[Row] = []
    for one in costs.periods:
        left = None if one.budget is None else one.budget - (one.actual or _ZERO) - one.total
        sign = "*" if one.unknown else ""
        sums = (one.official, one.agent, one.planned, one.total, one.actual, one.budget)
        shown = [written(a.quantize(Decimal(1))) if a else "–" for a in sums]
        shown[3] += sign
        tone = Tone.OVERDUE if left is not None and left < 0 else Tone.PLAIN
        over = "–" if left is None else written(left.quantize(Decimal(1)))
        rows.append([Cell(one.label, bold=True), *shown, Cell(over, tone)])
    return Rows(columns, rows)


def _by_period(costs: Iterable[Cost], currency: str) -> dict[str, Cost]:
    return {cost.period: cost for cost in costs if cost.currency == currency}


def _budgets(values: BudgetValues, currency: str) -> dict[str, Decimal]:
    """The budget of each year: its line for everything, else the sum of its lines by office."""
    whole: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in values.budget:
        if row.currency == currency and not row.dimension:
            whole[str(row.year)] += row.amount
    return dict(whole)


def _key_figures(values: BudgetValues, currencies: list[str]) -> Flowable:
    figures = []
    year = str(values.today.year)
    for currency in currencies[:2]:
        months = [cost for cost in _ahead(values) if cost.currency == currency]
        twelve = sum((cost.total for cost in months), _ZERO)
        life = sum((c.total for c in values.held.by() if c.currency == currency), _ZERO)
        paid = sum(
            (a for (m, c), a in values.paid.items() if c == currency and m[:4] == year), _ZERO
        )
        sums = (
            (twelve, tr("next twelve months, {currency}", currency=currency)),
            (paid, tr("paid in {year}, {currency}", year=year, currency=currency)),
            (life, tr("to the end of life, {currency}", currency=currency)),
        )
        figures += [
            KeyFigure(written(amount.quantize(Decimal(1))), words)
            for amount, words in sums
            if amount or currency == currencies[0]
        ]
    unknown = int(sum((cost.unknown for cost in _ahead(values)), _ZERO))
    undated = values.held.undated
    figures += [
        parts.fault(
            unknown, tr("fees without a known amount in the next twelve months"), Tone.UNCHECKED
        ),
        parts.fault(undated, tr("matters whose renewals cannot be dated"), Tone.UNCHECKED),
    ]
    return KeyFigures(figures)


def _ahead(values: BudgetValues) -> tuple[Cost, ...]:
    """The costs of the next twelve months, month by month."""
    return (*values.held.months, *values.planned.months)


def _notes(values: BudgetValues) -> list[Flowable]:
    usual = parts.listed(
        tr("{right} {n} months", right=plan_right_label(right), n=n)
        for right, n in MONTHS_TO_GRANT.items()
    )
    words = [
        tr("Applications still pending are assumed to be granted after: {usual}.", usual=usual),
        tr("Fee reductions are assumed to be recorded again every year."),
        tr("* Some fees of this period have no known amount; they are counted, not guessed."),
    ]
    return [parts.space(6), Note(words)]


# ── by month and by subject ───────────────────────────────────────────────────────────────────


def _months(values: BudgetValues, currencies: list[str]) -> list[Flowable]:
    story = parts.chapter(tr("Next twelve months"), "months", room=170)
    costs = _ahead(values)
    for currency in currencies[:3]:
        sums: dict[str, list[Decimal]] = {}
        for cost in costs:
            if cost.currency == currency:
                cell = sums.setdefault(cost.period, [_ZERO, _ZERO])
                cell[0] += cost.payable
                cell[1] += cost.agent
        if sums:
            periods = tuple(
                Period(month, official, agent) for month, (official, agent) in sorted(sums.items())
            )
            story.append(Chart(money.figure, Costs(currency, periods), 130))
    return story


def _subjects(values: BudgetValues, currencies: list[str]) -> list[Flowable]:
    first = values.today.year
    years = [str(first + n) for n in range(values.years)]
    columns = [
        Column("", 120),
        *(Column(year, 56, right=True) for year in years),
        Column(tr("later"), 60, right=True),
    ]
    story = parts.chapter(tr("Cost by subject"), "subjects")
    for currency in currencies[:3]:
        rows: list[Row] = []
        for dimension, title in DIMENSIONS.items():
            sums = _sums(values, dimension, currency)
            if len(sums) > 1 or any(sums):
                rows.append(Band(title))
                rows += [
                    [_name(values, dimension, key), *_amounts(sums[key], years)]
                    for key in sorted(sums, key=lambda k: (k == "", str(k)))
                ]
        if rows:
            whole = _sums(values, "", currency).get("", {})
            rows.append(Sum((tr("In all"), *_amounts(whole, years))))
            story += parts.section(currency)
            story.append(Rows(columns, rows))
    return story


def _sums(values: BudgetValues, dimension: str, currency: str) -> dict[object, dict[str, Decimal]]:
    found: dict[object, dict[str, Decimal]] = {}
    for cost in (*values.held.by(dimension), *values.planned.by(dimension)):
        if cost.currency == currency and cost.total:
            cell = found.setdefault(cost.key, {})
            cell[cost.period] = cell.get(cost.period, _ZERO) + cost.total
    return found


def _amounts(cell: Mapping[str, Decimal], years: list[str]) -> list[str]:
    shown = [cell.get(year, _ZERO) for year in years]
    later = sum((a for year, a in cell.items() if year > years[-1]), _ZERO)
    return [written(a.quantize(Decimal(1))) if a else "–" for a in (*shown, later)]


def _name(values: BudgetValues, dimension: str, key: object) -> str:
    if key == "":
        return tr("not assigned")
    if dimension == "office":
        return office_label(str(key))
    if dimension == "right":
        return plan_right_label(str(key))
    known = values.names.get(dimension, {})
    return str(known.get(int(str(key)), key)) if known else str(key)


# ── fees of the year, reductions ──────────────────────────────────────────────────────────────


def _coming(values: BudgetValues) -> list[Flowable]:
    if not values.coming:
        return []
    columns = [
        Column(tr("Due"), DUE, fixed=True),
        Column(tr("Matter"), 78),
        Column(tr("Fee"), 160),
        Column(tr("Official"), 56, right=True),
        Column(tr("Reduction"), 56, right=True),
        Column(tr("Surcharge"), 50, right=True),
        Column(tr("Payable"), 76, right=True),
        Column(tr("Agent's fee"), 56, right=True),
    ]
    rows = [_fee(line) for line in values.coming]
    return [*parts.chapter(tr("Fees of the next twelve months"), "fees"), Rows(columns, rows)]


def _fee(line: FeeLine) -> Row:
    answer = line.answer
    name = f"{line.label} ({line.number})" if line.number else str(line.label)
    late = line.state == "overdue"
    unknown = answer.payable is None
    payable = Cell(f"{answer.currency} {written(answer.total)}".strip())
    if unknown:
        payable = Cell(tr("unknown"), Tone.UNCHECKED)
    return [
        Cell(day(line.due), Tone.OVERDUE if late else Tone.PLAIN),
        Cell(line.reference, bold=True),
        Cell(name, below=_cheaper(line)),
        written(answer.official),
        written(answer.reduction) if answer.reduction else "–",
        written(answer.surcharge) if answer.surcharge else "–",
        payable,
        written(line.agent.amount) if line.agent else "–",
    ]


def _cheaper(line: FeeLine) -> str:
    """What a missing reduction record would save."""
    if line.with_record is None:
        return ""
    sum_ = f"{line.answer.currency} {written(line.with_record)}"
    return tr("no reduction record; with it {sum}", sum=sum_)


def _reductions(values: BudgetValues) -> list[Flowable]:
    story: list[Flowable] = []
    if values.threats:
        story += parts.chapter(tr("What threatens the fee reduction"), "threats")
        rows: list[Row] = [
            [Cell(day(t.act_by), Tone.SOON), str(t.message), written(t.at_stake)]
            for t in values.threats
        ]
        columns = [
            Column(tr("Act by"), DUE, fixed=True),
            Column(tr("What"), 330),
            Column(tr("At stake"), 70, right=True),
        ]
        story.append(Rows(columns, rows))
    if values.savings is not None and values.savings.matters:
        story += parts.chapter(tr("Saved by reductions"), "saved")
        lines: list[Row] = [
            [
                Cell(s.reference, bold=True, below="\n".join(map(str, s.lines[:6]))),
                f"{s.currency} {written(s.this_year)}", f"{s.currency} {written(s.ever)}",
            ]
            for s in values.savings.matters
        ]  # fmt: skip
        for currency, ever in sorted(values.savings.ever.items()):
            now = values.savings.this_year.get(currency, _ZERO)
            sums = (f"{currency} {written(now)}", f"{currency} {written(ever)}")
            lines.append(Sum((tr("In all"), *sums)))
        heads = (tr("This year"), tr("Since the beginning"))
        columns = [Column(tr("Matter"), 280), *(Column(h, 90, right=True) for h in heads)]
        story.append(Rows(columns, lines))
    return story
