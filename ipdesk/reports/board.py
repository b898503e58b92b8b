"""The layout plan for the board: one page, where we stand, what is missing, what it costs."""

from decimal import Decimal

from reportlab.platypus import Flowable
from sqlalchemy import Connection

from ipdesk.base.i18n import ntr, say, tr
from ipdesk.base.money import written
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.layout.costs import Total
from ipdesk.core.layout.words import ClockState, Standing
from ipdesk.reports import parts
from ipdesk.reports.lines import DATE, day
from ipdesk.reports.paper import render_page
from ipdesk.reports.parts import KeyFigure, KeyFigures
from ipdesk.reports.planning import (
    GAP_LABELS,
    LayoutValues,
    plan_facts,
    protection_line,
    read,
    whole_units,
    worst_first,
)
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Cell, Column, Row, Rows, Sum

_MOST_QUARTERS = 5


def gather(connection: Connection, docket: Docket, options: Options) -> LayoutValues:
    """The plan named, else the newest current one."""
    return read(connection, docket, options, say("Layout plan for the board"))


def build(values: LayoutValues) -> bytes:
    """One page, in the language of the moment."""
    return render_page(values.heading, lambda most: _story(values, most))


def _story(values: LayoutValues, most: int) -> list[Flowable]:
    """The page with at most so many lines in each list."""
    story = parts.cover(values.heading, plan_facts(values.plan), size=20)
    story.append(_key_figures(values))
    return [*story, *_markets(values, most), *_gaps(values, most), *_quarters(values)]


def _key_figures(values: LayoutValues) -> Flowable:
    standing = [line.standing for line in values.protection]
    covered = sum(s in (Standing.IN_FORCE, Standing.PENDING) for s in standing)
    open_gaps = sum(s == Standing.GAP for s in standing)
    urgent = sum(line.state in (ClockState.URGENT, ClockState.PASSED) for line in values.clock)
    whole = values.actual.whole if values.actual else None
    cost, more = _cost(values)
    return KeyFigures(
        [
            KeyFigure(f"{covered} / {len(standing)}", tr("markets with a right or application")),
            parts.fault(
                open_gaps, tr("markets with a gap"), Tone.OVERDUE, known=bool(values.protection)
            ),
            parts.fault(
                urgent, tr("filings urgent or too late"), Tone.SOON, known=bool(values.clock)
            ),
            KeyFigure(f"{whole.filed} / {whole.planned}" if whole else "–", tr("filed of planned")),
            KeyFigure(cost, tr("estimated cost of the plan") + more),
        ]
    )


def _cost(values: LayoutValues) -> tuple[str, str]:
    """The whole in one currency, else the largest sum and in words what comes to it."""
    total = values.actual.cost if values.actual else Total()
    unknown = ntr("{n} amount unknown", "{n} amounts unknown", total.unknown)
    if values.actual is not None and values.actual.worth and len(total.sums) > 1:
        whole = f"{values.actual.currency} {written(values.actual.worth.quantize(Decimal(1)))}"
        return whole, f"; {unknown}" if total.unknown else ""
    sums = sorted(total.sums.items(), key=lambda s: (-s[1], s[0]))
    if not sums:
        return "–", ""
    rest = "".join(f" + {currency} {written(amount)}" for currency, amount in sums[1:])
    if total.unknown:
        rest += f"; {unknown}"
    return f"{sums[0][0]} {written(sums[0][1])}", rest


def _markets(values: LayoutValues, most: int) -> list[Flowable]:
    title = parts.Words(tr("Patents precede products"), size=11, bold=True, after=3)
    if not values.protection:
        return [title, parts.body(tr("No product has a market yet."))]
    order = (Standing.GAP, Standing.ACCEPTED, Standing.CAN_ENTER, Standing.PENDING)
    ranked = sorted(
        values.protection,
        key=lambda line: order.index(Standing(line.standing)) if line.standing in order else 9,
    )
    columns = [
        Column(tr("Product"), 76),
        Column(tr("Market"), 76),
        Column(tr("Market opens"), DATE + 8, fixed=True),
        Column(tr("Protection"), 110),
        Column(tr("In words"), 180),
    ]
    rows = [protection_line(line) for line in ranked[:most]]
    return [title, Rows(columns, rows), *_more(len(ranked) - most)]


def _gaps(values: LayoutValues, most: int) -> list[Flowable]:
    if not values.gaps:
        return []
    ranked = worst_first(values.gaps)
    rows: list[Row] = [
        [
            Cell(str(GAP_LABELS.get(gap.kind, gap.kind)), bold=True),
            Cell(str(gap.said), below=" × ".join(w for w in (gap.row, gap.column) if w)),
            day(gap.due),
        ]
        for gap in ranked[:most]
    ]
    columns = [
        Column(tr("Gap"), 120),
        Column(tr("In words"), 300),
        Column(tr("Until"), DATE, fixed=True),
    ]
    title = parts.Words(tr("Where we lack rights"), size=11, bold=True, after=3)
    return [title, Rows(columns, rows), *_more(len(ranked) - most)]


def _quarters(values: LayoutValues) -> list[Flowable]:
    actual = values.actual
    if actual is None or not actual.by_quarter:
        return []
    rows: list[Row] = []
    for tally in actual.by_quarter[:_MOST_QUARTERS]:
        money = actual.spent("quarter", tally.key)
        rows.append(
            [
                tally.key, str(tally.planned), str(tally.filed), str(tally.late),
                (money.shown("planned") if money else "") or "–",
                (money.shown("budget") if money else "") or "–",
                Cell(whole_units(money.left), Tone.OVERDUE if money.left < 0 else Tone.PLAIN)
                if money and money.left is not None else "–",
            ]
        )  # fmt: skip
    whole = actual.whole
    all_ = actual.spent("all", "")
    sums = [(all_.shown(name) if all_ else "") or "–" for name in ("planned", "budget")]
    left = whole_units(all_.left) if all_ and all_.left is not None else "–"
    counts = (str(whole.planned), str(whole.filed), str(whole.late))
    rows.append(Sum((tr("Plan"), *counts, *sums, left)))
    columns = [
        Column(tr("Quarter"), 70),
        Column(tr("Planned"), 50, right=True),
        Column(tr("Filed"), 50, right=True),
        Column(tr("Late"), 50, right=True),
        Column(tr("Estimate"), 90, right=True),
        Column(tr("Budget"), 90, right=True),
        Column(tr("Left"), 80, right=True),
    ]
    words = tr("What we file and what it costs, in {currency}", currency=actual.currency)
    title = parts.Words(words, size=11, bold=True, after=3)
    return [title, Rows(columns, rows)]


def _more(count: int) -> list[Flowable]:
    if count <= 0:
        return []
    return [parts.caption(ntr("and {n} more on file", "and {n} more on file", count))]
