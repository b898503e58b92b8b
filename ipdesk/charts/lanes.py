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
HEAD = 30.0  # points of the head that stands above lanes which scroll
_TOP, _BOTTOM = 22.0, 16.0
_RIGHT = 10.0


@dataclass(frozen=True, slots=True)
class Point:
    """One date of a lane: a short word (30 m, Grant), and how sure and how urgent it is."""

    day: date
    label: str
    computed: bool = False  # hollow: a computed calendar, an unverified rule
    done: bool = False
    tone: Tone = Tone.PLAIN
    months: int = 0  # of a point that counts from the priority date: named first, if need be alone


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
    return (_TOP + _BOTTOM + _room(values)) / 72


def body_height(values: Lanes) -> float:
    """Inches that the lanes need without their head."""
    return _room(values) / 72


def _room(values: Lanes) -> float:
    return max(len(values.lanes), 1) * LANE


def lane_at(values: Lanes, share: float) -> int | None:
    """The lane at a height of the body, as a share of it from the top; None beside them."""
    lane = round(share * (len(values.lanes) + 0.2) - 0.6)
    return lane if 0 <= share <= 1 and 0 <= lane < len(values.lanes) else None


def figure(values: Lanes, *, theme: Palette, size: style.Size) -> Figure:
    """Reference and title at the left, points on a hairline, their words where there is room."""
    if not values.lanes:
        return style.empty(theme, size, tr("No applications on this timeline."))
    sheet, axes, left = _laid_out(values, theme, size, _TOP, _BOTTOM)
    _draw_lanes(axes, theme, values, left)
    _years(axes, theme, values)
    _name_years(axes, theme, values)
    _today_line(axes, theme, values.today)
    _name_today(axes, theme, values.today)
    _explain(axes, theme, values, left)
    return sheet


def head(values: Lanes, *, theme: Palette, size: style.Size) -> Figure:
    """What stays in sight above lanes that scroll: the years, today, what the marks mean."""
    sheet, axes, left = _laid_out(values, theme, size, HEAD - 10, 0)
    _name_years(axes, theme, values, over=12)
    _name_today(axes, theme, values.today)
    _explain(axes, theme, values, left, over=12)
    return sheet


def body(values: Lanes, *, theme: Palette, size: style.Size) -> Figure:
    """The lanes alone, under a ``head`` of the same width."""
    if not values.lanes:
        return style.empty(theme, size, tr("No applications on this timeline."))
    sheet, axes, left = _laid_out(values, theme, size, 0, 0)
    _draw_lanes(axes, theme, values, left)
    _years(axes, theme, values)
    _today_line(axes, theme, values.today)
    return sheet


def _laid_out(
    values: Lanes, theme: Palette, size: style.Size, top: float, bottom: float
) -> tuple[Figure, Axes, float]:
    """A sheet with its axes, and the points at the left that the names take."""
    sheet = style.sheet(theme, size)
    left = min(150.0, size[0] * 72 * 0.3)
    axes = style.plot_area(sheet, theme, left=left, right=_RIGHT, top=top, bottom=bottom)
    first, last = values.span()
    axes.set_xlim(first.toordinal(), last.toordinal())
    axes.set_ylim(len(values.lanes) - 0.4, -0.6)
    return sheet, axes, left


def _draw_lanes(axes: Axes, theme: Palette, values: Lanes, left: float) -> None:
    for y, lane in enumerate(values.lanes):
        _lane(axes, theme, y, lane, left)


def _explain(axes: Axes, theme: Palette, values: Lanes, left: float, over: float = -4) -> None:
    """What the marks mean, under the names or above them."""
    meanings = [("●", tr("ahead")), ("■", tr("past or done"))]
    if any(point.computed for lane in values.lanes for point in lane.points):
        meanings.append(("○", tr("computed")))
    words = "  ".join(f"{sign} {meaning}" for sign, meaning in meanings)
    style.write(
        axes, 0, 0, shorten(words, left - 4, 6.2), colour=theme.muted, size=6.2, up="top",
        shift=(-left, over), xycoords="axes fraction",
    )  # fmt: skip


def _years(axes: Axes, theme: Palette, values: Lanes) -> None:
    """A hairline at each quarter or year, stronger at January."""
    first, last = values.span()
    step = 3 if (last - first).days < 366 * 7 else 12
    for year in range(first.year, last.year + 1):
        for month in range(1, 13, step):
            day = date(year, month, 1)
            if first <= day <= last:
                wide = 0.7 if month == 1 else 0.3
                axes.axvline(day.toordinal(), color=theme.line, linewidth=wide, zorder=0)


def _name_years(axes: Axes, theme: Palette, values: Lanes, over: float = -4) -> None:
    """Each year at its January, under the lanes or in the head."""
    first, last = values.span()
    for year in range(first.year, last.year + 1):
        if first <= date(year, 1, 1) <= last:
            _name_year(axes, theme, date(year, 1, 1), last, over)


def _name_year(axes: Axes, theme: Palette, day: date, last: date, over: float) -> None:
    wide = style.inside(axes)[0]
    low, high = axes.get_xlim()
    room = (min(last.toordinal(), add_months(day, 12).toordinal()) - day.toordinal()) * wide
    if room / (high - low) < 22 and day.year % 5:
        return
    style.write(
        axes, day.toordinal(), 0, str(day.year), colour=theme.muted, size=style.SMALL, up="top",
        shift=(1, over), xycoords=axes.get_xaxis_transform(),
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
    """Words above the points, else below them; months from the priority first, if need be bare.

    What has no room at all keeps only its mark.
    """
    wide = style.inside(axes)[0]
    low, high = axes.get_xlim()
    taken: dict[float, list[tuple[float, float]]] = {4.5: [], -5.0: []}
    for point in sorted(points, key=lambda p: (not p.months, p.day)):
        x = (point.day.toordinal() - low) / (high - low) * wide
        found = _room_for(point, x, wide, taken)
        if found is None:
            continue
        words, start, up = found
        ink = theme.muted if point.tone is Tone.PLAIN else theme.ink(point.tone)
        style.write(
            axes, point.day.toordinal(), y, words, colour=ink, size=6.2,
            up="bottom" if up > 0 else "top", shift=(start - x, up - (up > 0) * 1.0),
            bbox={"facecolor": theme.surface, "edgecolor": "none", "pad": 0.4},
        )  # fmt: skip


def _room_for(
    point: Point, x: float, wide: float, taken: dict[float, list[tuple[float, float]]]
) -> tuple[str, float, float] | None:
    """The words, where they start and on which side of the line; what they take is noted."""
    short = [str(point.months)] if point.months else []
    for words in (point.label, *short):
        needs = width(words, 6.2) + 3
        start = min(max(x - needs / 2, -4), wide + 8 - needs)
        for up, spans in taken.items():
            if all(start >= end or start + needs <= begin for begin, end in spans):
                spans.append((start, start + needs))
                return words, start, up
    return None


def _today_line(axes: Axes, theme: Palette, today: date) -> None:
    low, high = axes.get_xlim()
    if low <= today.toordinal() <= high:
        axes.axvline(today.toordinal(), color=theme.overdue, linewidth=0.9, linestyle=(0, (3, 2)))


def _name_today(axes: Axes, theme: Palette, today: date) -> None:
    low, high = axes.get_xlim()
    if not low <= today.toordinal() <= high:
        return
    words = " ".join((tr("Today"), today.isoformat()))
    x = (today.toordinal() - low) / (high - low) * style.inside(axes)[0]
    over = min(0.0, style.inside(axes)[0] - x - width(words, style.SMALL))
    style.write(
        axes, today.toordinal(), 1, words, colour=theme.overdue, size=style.SMALL,
        up="bottom", shift=(over, 5), xycoords=axes.get_xaxis_transform(),
    )  # fmt: skip
