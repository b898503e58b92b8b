"""Timelines: one lane a matter, today as a line, statutory points filled, computed ones hollow.

The PCT timeline (12, 16, 18, 22, 30, 31, 32 months) and the timeline of a family are drawn so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import say, tr
from ipdesk.charts import style
from ipdesk.charts.fonts import shorten, width
from ipdesk.charts.palette import KIND_COLOURS, Palette, Tone, kind_of
from ipdesk.charts.style import Axes, Figure

TITLE = say("PCT applications: from the priority date to the national phases")
LANE = 26.0  # points from lane to lane
_TOP, _BOTTOM = 22.0, 16.0


@dataclass(frozen=True, slots=True)
class Point:
    """One date of a lane: a short word (30 m, Grant), and how sure and how urgent it is."""

    day: date
    label: str
    computed: bool = False  # hollow: a computed calendar, an unverified rule
    done: bool = False
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Lane:
    """One matter: reference, title, right (for its colour) and its dates in any order."""

    reference: str
    title: str
    right: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """All lanes share one time from ``first`` to ``last`` (by default what their points need)."""

    today: date
    lanes: tuple[Lane, ...]
    first: date | None = None
    last: date | None = None

    def span(self) -> tuple[date, date]:
        """The days that the axis covers: whole months, one to spare on both sides."""
        days = [self.today, *(p.day for lane in self.lanes for p in lane.points)]
        first = self.first or add_months(min(days).replace(day=1), -1)
        last = self.last or add_months(max(days).replace(day=1), 2)
        return first, last

    def parts(self, most: int) -> "list[Lanes]":
        """The same timeline in even pieces of at most *most* lanes, on one common time."""
        first, last = self.span()
        size = -(-len(self.lanes) // (-(-len(self.lanes) // most) or 1)) or 1
        return [
            Lanes(self.today, self.lanes[i : i + size], first, last)
            for i in range(0, len(self.lanes), size)
        ]


def height(values: Lanes) -> float:
    """Inches that the figure needs."""
    return (_TOP + _BOTTOM + max(len(values.lanes), 1) * LANE) / 72


def lane_at(values: Lanes, share: float) -> int | None:
    """The lane under a height of the figure, as a share of it from the top; None beside them."""
    high = height(values) * 72
    inside = (share * high - _TOP) / (high - _TOP - _BOTTOM)
    lane = round(inside * (len(values.lanes) + 0.2) - 0.6)
    return lane if 0 <= inside <= 1 and 0 <= lane < len(values.lanes) else None


def figure(values: Lanes, *, theme: Palette, size: style.Size) -> Figure:
    """Reference and title at the left, points on a hairline, their words where there is room."""
    if not values.lanes:
        return style.empty(theme, size, tr("No applications on this timeline."))
    sheet = style.sheet(theme, size)
    left = min(150.0, size[0] * 72 * 0.3)
    axes = style.plot_area(sheet, theme, left=left, right=10, top=_TOP, bottom=_BOTTOM)
    first, last = values.span()
    axes.set_xlim(first.toordinal(), last.toordinal())
    axes.set_ylim(len(values.lanes) - 0.4, -0.6)
    _years(axes, theme, first, last)
    for y, lane in enumerate(values.lanes):
        _lane(axes, theme, y, lane, left)
    _today(axes, theme, values.today)
    _explain(axes, theme, values, left)
    return sheet


def _explain(axes: Axes, theme: Palette, values: Lanes, left: float) -> None:
    """What the marks mean, under the names."""
    meanings = [("●", tr("ahead")), ("■", tr("past or done"))]
    if any(point.computed for lane in values.lanes for point in lane.points):
        meanings.append(("○", tr("computed")))
    words = "  ".join(f"{sign} {meaning}" for sign, meaning in meanings)
    style.write(
        axes, 0, 0, shorten(words, left - 4, 6.2), colour=theme.muted, size=6.2, up="top",
        shift=(-left, -4), xycoords="axes fraction",
    )  # fmt: skip


def _years(axes: Axes, theme: Palette, first: date, last: date) -> None:
    """A hairline at each quarter or year and the year under its January."""
    step = 3 if (last - first).days < 366 * 7 else 12
    for year in range(first.year, last.year + 1):
        for month in range(1, 13, step):
            day = date(year, month, 1)
            if first <= day <= last:
                strong = month == 1
                axes.axvline(
                    day.toordinal(), color=theme.line, linewidth=0.7 if strong else 0.3, zorder=0
                )
                if strong:
                    _under(axes, theme, day, last)


def _under(axes: Axes, theme: Palette, day: date, last: date) -> None:
    wide = style.inside(axes)[0]
    low, high = axes.get_xlim()
    room = (min(last.toordinal(), add_months(day, 12).toordinal()) - day.toordinal()) * wide
    if room / (high - low) < 22 and day.year % 5:
        return
    style.write(
        axes, day.toordinal(), 0, str(day.year), colour=theme.muted, size=style.SMALL, up="top",
        shift=(1, -4), xycoords=axes.get_xaxis_transform(),
    )  # fmt: skip


def _lane(axes: Axes, theme: Palette, y: int, lane: Lane, left: float) -> None:
    points = sorted(lane.points, key=lambda p: p.day)
    colour = KIND_COLOURS[kind_of(lane.right)]
    room = left - 10
    style.write(
        axes, 0, y, shorten(lane.reference, room, style.TEXT, True), colour=theme.text, bold=True,
        shift=(-left, 4), xycoords=axes.get_yaxis_transform(),
    )  # fmt: skip
    style.write(
        axes, 0, y, shorten(lane.title, room, style.SMALL), colour=theme.muted, size=style.SMALL,
        shift=(-left, -6), xycoords=axes.get_yaxis_transform(),
    )  # fmt: skip
    if not points:
        return
    ends = [points[0].day.toordinal(), points[-1].day.toordinal()]
    axes.plot(ends, [y, y], color=colour, linewidth=1.2, zorder=1, solid_capstyle="butt")
    for point in points:
        ink = colour if point.tone is Tone.PLAIN else theme.ink(point.tone)
        axes.plot(
            [point.day.toordinal()], [y], marker="s" if point.done else "o", markersize=5.0,
            color=ink, markerfacecolor=theme.surface if point.computed else ink,
            markeredgewidth=1.1, zorder=4, linestyle="none",
        )  # fmt: skip
    _name_points(axes, theme, y, points)


def _name_points(axes: Axes, theme: Palette, y: int, points: Sequence[Point]) -> None:
    """Words above the points, else below them; what has no room at all keeps only its mark."""
    wide = style.inside(axes)[0]
    low, high = axes.get_xlim()
    taken = {4.5: -1e9, -5.0: -1e9}
    for point in points:
        x = (point.day.toordinal() - low) / (high - low) * wide
        needs = width(point.label, 6.2) + 3
        start = min(max(x - needs / 2, -4), wide + 8 - needs)
        for up, end in taken.items():
            if start > end:
                ink = theme.muted if point.tone is Tone.PLAIN else theme.ink(point.tone)
                style.write(
                    axes, point.day.toordinal(), y, point.label, colour=ink, size=6.2,
                    up="bottom" if up > 0 else "top", shift=(start - x, up - (up > 0) * 1.0),
                    bbox={"facecolor": theme.surface, "edgecolor": "none", "pad": 0.4},
                )  # fmt: skip
                taken[up] = start + needs
                break


def _today(axes: Axes, theme: Palette, today: date) -> None:
    low, high = axes.get_xlim()
    if not low <= today.toordinal() <= high:
        return
    axes.axvline(today.toordinal(), color=theme.overdue, linewidth=0.9, linestyle=(0, (3, 2)))
    words = " ".join((tr("Today"), today.isoformat()))
    x = (today.toordinal() - low) / (high - low) * style.inside(axes)[0]
    over = min(0.0, style.inside(axes)[0] - x - width(words, style.SMALL))
    style.write(
        axes, today.toordinal(), 1, words, colour=theme.overdue, size=style.SMALL,
        up="bottom", shift=(over, 5), xycoords=axes.get_xaxis_transform(),
    )  # fmt: skip
