"""Cost by period: official fees, agents' fees and planned filings stacked, actual cost beside."""

from dataclasses import dataclass
from decimal import Decimal

from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts import style
from ipdesk.charts.fonts import width
from ipdesk.charts.palette import SERIES, Palette
from ipdesk.charts.style import Axes, Figure

TITLE = say("Cost by year")
_MOST_FIGURES = 8  # periods that leave room for a figure over each bar
_PARTS: tuple[tuple[str, Message, str, str], ...] = (
    ("official", say("Official fees"), SERIES[0], ""),
    ("agent", say("Agents' fees"), SERIES[4], "////"),
    ("planned", say("Planned filings"), SERIES[2], "...."),
)


@dataclass(frozen=True, slots=True)
class Period:
    """Cost of one period in one currency; ``unknown`` counts fees without an amount."""

    label: str
    official: Decimal = Decimal(0)
    agent: Decimal = Decimal(0)
    planned: Decimal = Decimal(0)
    actual: Decimal | None = None
    budget: Decimal | None = None
    unknown: int = 0

    @property
    def total(self) -> Decimal:
        return self.official + self.agent + self.planned


@dataclass(frozen=True, slots=True)
class Costs:
    """Periods in their order, all in ``currency``."""

    currency: str
    periods: tuple[Period, ...]


def amount(value: Decimal) -> str:
    """A sum on an axis: whole units with thousands set apart."""
    return f"{value.quantize(Decimal(1)):,}"


def figure(values: Costs, *, theme: Palette, size: style.Size) -> Figure:
    """Stacked bars; what was paid is a thin bar beside, the budget a line across."""
    tops = [max(p.total, p.actual or 0, p.budget or 0) for p in values.periods]
    if not any(tops):
        return style.empty(theme, size, tr("No cost in this period."))
    sheet = style.sheet(theme, size)
    used = style.key_row(sheet, theme, _keys(values, theme))
    ticks = style.scale(float(max(tops)))
    left = width(f"{ticks[-1]:,}", style.SMALL) + 8
    axes = style.plot_area(sheet, theme, left=left, right=4, top=used + 18, bottom=18)
    axes.set_xlim(-0.6, len(values.periods) - 0.4)
    axes.set_ylim(0, ticks[-1] * 1.02)
    style.grid(axes, theme, ticks, [f"{tick:,}" for tick in ticks])
    style.write(axes, 0, 1, values.currency, colour=theme.muted, size=style.SMALL, across="right",
                up="bottom", shift=(-5, 5), xycoords="axes fraction")  # fmt: skip
    peak = max(tops)
    crowded = _crowded(axes, values)
    for x, period in enumerate(values.periods):
        _bar(axes, theme, x, period)
        if not crowded or tops[x] == peak:
            _figures(axes, theme, x, period, len(values.periods) <= _MOST_FIGURES)
    _name_periods(axes, theme, values)
    style.baseline(axes, theme)
    return sheet


def _keys(values: Costs, theme: Palette) -> list[style.Key]:
    keys: list[style.Key] = [
        (str(words), style.shade(theme, colour, hatch))
        for name, words, colour, hatch in _PARTS
        if any(getattr(p, name) for p in values.periods)
    ]
    if any(p.actual is not None for p in values.periods):
        keys.append((tr("Paid"), style.shade(theme, theme.muted)))
    if any(p.budget is not None for p in values.periods):
        face = {"facecolor": theme.surface, "edgecolor": theme.overdue, "linewidth": 1.2}
        keys.append((tr("Budget"), face))
    return keys


def _beside(period: Period) -> bool:
    """Whether what was paid stands beside what is to come."""
    return period.actual is not None and bool(period.total)


def _bar(axes: Axes, theme: Palette, x: int, period: Period) -> None:
    beside = _beside(period)
    place, thick = (x - 0.16, 0.44) if beside else (x, 0.66)
    below = 0.0
    for name, _, colour, hatch in _PARTS:
        value = float(getattr(period, name))
        if value:
            face = style.shade(theme, colour, hatch)
            axes.bar(place, value, thick, bottom=below, zorder=2, **face)
        below += value
    if period.actual is not None:
        paid = float(period.actual)
        where, narrow = (x + 0.23, 0.26) if beside else (x, 0.48)
        axes.bar(where, paid, narrow, zorder=2, **style.shade(theme, theme.muted))
    if period.budget is not None:
        at = float(period.budget)
        axes.plot([x - 0.4, x + 0.4], [at, at], color=theme.overdue, linewidth=1.4, zorder=6)


def _crowded(axes: Axes, values: Costs) -> bool:
    """Whether the sums would run into each other; then only the highest is written."""
    slot = style.inside(axes)[0] / len(values.periods)
    longest = max(width(amount(p.total or p.actual or Decimal(0)), style.SMALL)
                  for p in values.periods)  # fmt: skip
    return len(values.periods) > _MOST_FIGURES and longest + 4 > slot


def _figures(axes: Axes, theme: Palette, x: int, period: Period, room: bool) -> None:
    """Each sum over its own bar, the budget over its line; without room only the first."""
    high = axes.get_ylim()[1]
    beside = _beside(period)
    sign = "*" if period.unknown else ""
    figures = []
    if period.total or period.actual is None:
        figures.append((x - 0.16 if beside and room else x, period.total, sign, theme.text))
    if period.actual is not None and (room or not period.total):
        figures.append((x + 0.23 if beside else x, period.actual, "", theme.muted))
    tops = [float(value) for _, value, _, _ in figures]
    budget = None if period.budget is None else float(period.budget)
    if room and budget is not None and all(abs(budget - top) > high * 0.09 for top in tops):
        figures.append((x, period.budget or Decimal(0), "", theme.overdue))
    for place, value, mark, colour in figures:
        style.write(
            axes, place, float(value), amount(value) + mark, colour=colour, size=style.SMALL,
            bold=colour == theme.text, across="center", up="bottom", shift=(0, 3),
        )  # fmt: skip


def _name_periods(axes: Axes, theme: Palette, values: Costs) -> None:
    wide = style.inside(axes)[0] / len(values.periods)
    step = max(1, int(width(values.periods[0].label + "m", style.SMALL) // wide) + 1)
    for x, period in enumerate(values.periods):
        if x % step == 0:
            style.write(axes, x, 0, period.label, colour=theme.muted, size=style.SMALL,
                        across="center", up="top", shift=(0, -4))  # fmt: skip
