"""Filings per year, stacked by kind of right; two in a year stay legible beside three hundred."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ipdesk.base.i18n import say, tr
from ipdesk.charts import style
from ipdesk.charts.fonts import width
from ipdesk.charts.palette import KINDS, Palette, kind_of
from ipdesk.charts.style import Axes, Figure

TITLE = say("Filings per year by right")
_SLOTS = 6


@dataclass(frozen=True, slots=True)
class FilingsPerYear:
    """Counts by year; ``counts[kind][i]`` belongs to ``years[i]``; ``running`` is not yet over."""

    years: tuple[int, ...]
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    grants: tuple[int, ...] = ()
    running: int | None = None

    @classmethod
    def of(
        cls,
        filings: Mapping[tuple[int, str], int],
        grants: Mapping[int, int] | None = None,
        running: int | None = None,
    ) -> "FilingsPerYear":
        """From counts by (year, right); years without filings between others are kept as gaps."""
        seen = {year for year, _ in filings} | set(grants or {})
        if not seen:
            return cls((), ())
        years = tuple(range(min(seen), max(max(seen), running or 0) + 1))
        sums: dict[str, list[int]] = {}
        for (year, right), count in filings.items():
            row = sums.setdefault(kind_of(right), [0] * len(years))
            row[year - years[0]] += count
        counts = tuple((kind, tuple(sums[kind])) for kind in KINDS if any(sums.get(kind, ())))
        return cls(
            years, counts, tuple((grants or {}).get(y, 0) for y in years) if grants else (), running
        )

    @property
    def slots(self) -> int:
        """Places on the axis: a young portfolio has no bars as wide as the page."""
        return max(len(self.years), _SLOTS)

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(sum(column) for column in zip(*(c for _, c in self.counts), strict=True))


def figure(values: FilingsPerYear, *, theme: Palette, size: style.Size) -> Figure:
    """Stacked bars with the total on top, kinds named at the right, grants as a line."""
    if not values.counts:
        return style.empty(theme, size, tr("No filings yet."))
    labels = _labels(values)
    room = max(width(words, style.TEXT) for _, words, _ in labels) + 30
    sheet = style.sheet(theme, size)
    ticks = style.scale(max(*values.totals, *values.grants, 1))
    left = width(f"{ticks[-1]:,}", style.SMALL) + 8
    axes = style.plot_area(sheet, theme, left=left, right=room, top=14, bottom=18)
    axes.set_xlim(-0.6, values.slots - 0.4)
    axes.set_ylim(0, ticks[-1] * 1.02)
    style.grid(axes, theme, ticks, [f"{tick:,}" for tick in ticks])
    _bars(axes, values, theme)
    _years(axes, values, theme)
    _name_kinds(axes, values, labels, theme)
    return sheet


def _labels(values: FilingsPerYear) -> list[tuple[str, str, int]]:
    """Kind, words and total, as they stand at the right."""
    found = [(kind, style.kind_label(kind), sum(counts)) for kind, counts in values.counts]
    return [(kind, f"{words} {total:,}", total) for kind, words, total in found]


def _bars(axes: Axes, values: FilingsPerYear, theme: Palette) -> None:
    below = [0] * len(values.years)
    for kind, counts in values.counts:
        axes.bar(
            range(len(counts)), counts, 0.72, bottom=below, zorder=2, **style.fill(theme, kind)
        )
        below = [b + c for b, c in zip(below, counts, strict=True)]
    labelled = _labelled(axes, values)
    for x, (total, top) in enumerate(zip(values.totals, _tops(values), strict=True)):
        if total and x in labelled:
            style.write(
                axes, x, top, f"{total:,}", colour=theme.text, across="center",
                up="bottom", shift=(0, 3), bold=True, size=style.SMALL,
            )  # fmt: skip
    if values.grants:
        axes.plot(
            range(len(values.years)), values.grants, color=theme.text, linewidth=1.0,
            marker="o", markersize=3.2, markerfacecolor=theme.surface, zorder=4,
        )  # fmt: skip
    style.baseline(axes, theme)


def _tops(values: FilingsPerYear) -> list[int]:
    """The height above which a year's total is free of bar and line."""
    grants = values.grants or (0,) * len(values.years)
    return [max(total, granted) for total, granted in zip(values.totals, grants, strict=True)]


def _labelled(axes: Axes, values: FilingsPerYear) -> set[int]:
    """The years whose total is written: all if there is room, else the highest and every n-th."""
    highest = max(values.totals)
    step = _step(axes, values, f"{highest:,}")
    top = values.totals.index(highest)
    years = range((len(values.years) - 1) % step, len(values.years), step)
    return {top} | {x for x in years if abs(x - top) >= step}


def _step(axes: Axes, values: FilingsPerYear, text: str) -> int:
    """Every how many years there is room for such a text."""
    per_year = style.inside(axes)[0] / values.slots
    return math.ceil((width(text, style.SMALL, True) + 4) / per_year)


def _years(axes: Axes, values: FilingsPerYear, theme: Palette) -> None:
    step, last = _step(axes, values, "2025*"), len(values.years) - 1
    for x, year in enumerate(values.years):
        if (last - x) % step == 0:
            text = f"{year}*" if year == values.running else str(year)
            style.write(
                axes, x, 0, text, colour=theme.muted, across="center", up="top",
                shift=(0, -4), size=style.SMALL,
            )  # fmt: skip


def _name_kinds(
    axes: Axes, values: FilingsPerYear, labels: list[tuple[str, str, int]], theme: Palette
) -> None:
    """A column of swatches and words beside the bars, in the order in which they are stacked."""
    wide, high = style.inside(axes)
    y = high - 4.0
    x = wide + 8.0
    for kind, words, _ in reversed(labels):
        style.swatch(axes, x, y, style.fill(theme, kind))
        style.write(axes, x / wide, y / high, words, colour=theme.text, shift=(17, 0),
                    xycoords="axes fraction")  # fmt: skip
        y -= style.LINE + 3
    if values.grants:
        axes.plot(
            [x / wide, (x + 12) / wide], [y / high] * 2, color=theme.text, linewidth=1.0,
            marker="o", markersize=3.2, markerfacecolor=theme.surface,
            transform=axes.transAxes, clip_on=False,
        )  # fmt: skip
        style.write(
            axes, x / wide, y / high, " ".join((tr("Grants"), f"{sum(values.grants):,}")),
            colour=theme.text, shift=(17, 0), xycoords="axes fraction",
        )  # fmt: skip
