"""Deadlines of the next twelve months: overdue first, certain ones apart from unchecked ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import say, tr
from ipdesk.charts import style
from ipdesk.charts.fonts import width
from ipdesk.charts.palette import SIGNS, Palette, Tone
from ipdesk.charts.style import Axes, Figure

TITLE = say("Deadlines of the next twelve months")


@dataclass(frozen=True, slots=True)
class Month:
    """What falls due in one month; ``unchecked``: unverified rule, computed calendar, import."""

    first: date
    sure: int = 0
    unchecked: int = 0
    submitted: int = 0

    @property
    def total(self) -> int:
        return self.sure + self.unchecked + self.submitted


@dataclass(frozen=True, slots=True)
class DeadlineMonths:
    """Overdue deadlines and those of the months from today on."""

    overdue: int
    months: tuple[Month, ...]

    @classmethod
    def of(
        cls, deadlines: Iterable[tuple[date, str]], today: date, count: int = 13
    ) -> "DeadlineMonths":
        """From (due, ``sure``, ``unchecked``, ``submitted`` or ``overdue``) of what still waits."""
        first = today.replace(day=1)
        starts = [add_months(first, i) for i in range(count)]
        found = {start: {"sure": 0, "unchecked": 0, "submitted": 0} for start in starts}
        overdue = 0
        for due, how in deadlines:
            month = due.replace(day=1)
            if how == "overdue":
                overdue += 1
            elif due >= today and month in found:
                found[month][how] += 1
        return cls(overdue, tuple(Month(start, **found[start]) for start in starts))


def figure(values: DeadlineMonths, *, theme: Palette, size: style.Size) -> Figure:
    """Standing bars by month, sums on top, the year under its first month."""
    columns = [values.overdue, *(m.total for m in values.months)]
    if not any(columns):
        return style.empty(theme, size, tr("Nothing is due in this period."))
    sheet = style.sheet(theme, size)
    used = style.key_row(sheet, theme, _keys(values, theme))
    ticks = style.scale(max(columns))
    left = width(f"{ticks[-1]:,}", style.SMALL) + 8
    axes = style.plot_area(sheet, theme, left=left, right=4, top=used + 10, bottom=28)
    axes.set_xlim(-0.6 if values.overdue else 0.4, len(values.months) + 0.6)
    axes.set_ylim(0, ticks[-1] * 1.02)
    style.grid(axes, theme, ticks, [f"{tick:,}" for tick in ticks])
    if values.overdue:
        axes.bar(0, values.overdue, 0.66, zorder=2, **style.shade(theme, theme.overdue, "xxxx"))
    for x, month in enumerate(values.months, 1):
        _month(axes, theme, x, month)
    for x, total in enumerate(columns):
        if total:
            style.write(
                axes, x, total, f"{total:,}", colour=theme.text, across="center",
                up="bottom", shift=(0, 2), size=style.SMALL, bold=True,
            )  # fmt: skip
    _name_months(axes, values, theme)
    style.baseline(axes, theme)
    return sheet


def _keys(values: DeadlineMonths, theme: Palette) -> list[style.Key]:
    keys = [(tr("Open"), _face(theme, "sure"))]
    if any(m.unchecked for m in values.months):
        words = tr("Unchecked or unverified")
        keys.append((f"{SIGNS[Tone.UNCHECKED]} {words}", _face(theme, "unchecked")))
    if any(m.submitted for m in values.months):
        words = tr("Submitted, not confirmed")
        keys.append((f"{SIGNS[Tone.SOON]} {words}", _face(theme, "submitted")))
    if values.overdue:
        words = tr("Overdue")
        face = style.shade(theme, theme.overdue, "xxxx")
        keys.append((f"{SIGNS[Tone.OVERDUE]} {words}", face))
    return keys


def _face(theme: Palette, how: str) -> dict[str, Any]:
    if how == "sure":
        return style.shade(theme, theme.accent)
    if how == "submitted":
        return style.shade(theme, theme.soon, "....")
    return style.shade(theme, theme.unchecked, "////")


def _month(axes: Axes, theme: Palette, x: int, month: Month) -> None:
    below = 0
    for how in ("sure", "unchecked", "submitted"):
        count = int(getattr(month, how))
        if count:
            axes.bar(x, count, 0.66, bottom=below, zorder=2, **_face(theme, how))
        below += count


def _name_months(axes: Axes, values: DeadlineMonths, theme: Palette) -> None:
    column = style.inside(axes)[0] / (len(values.months) + 1)
    late = tr("Overdue") if width(tr("Overdue"), style.SMALL) < column else SIGNS[Tone.OVERDUE]
    names: list[tuple[int, str, str]] = [(0, late, "")] if values.overdue else []
    for x, month in enumerate(values.months, 1):
        year = str(month.first.year) if x == 1 or month.first.month == 1 else ""
        names.append((x, f"{month.first.month:02}", year))
    for x, name, year in names:
        ink = theme.overdue if x == 0 else theme.muted
        style.write(axes, x, 0, name, colour=ink, across="center", up="top", shift=(0, -4),
                    size=style.SMALL)  # fmt: skip
        if year:
            style.write(axes, x, 0, year, colour=theme.text, across="center", up="top",
                        shift=(0, -15), size=style.SMALL, bold=True)  # fmt: skip
