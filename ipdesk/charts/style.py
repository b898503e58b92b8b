"""How every figure looks: a plain sheet, quiet axes, words in the one font, hatching per kind."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ipdesk.base.i18n import Message, say
from ipdesk.charts import fonts
from ipdesk.charts.palette import KIND_COLOURS, Palette, contrast

__all__ = ["Axes", "Figure"]

TEXT = 8.0  # points
SMALL = 7.0
LINE = TEXT * 1.35  # from one line of text to the next
Size = tuple[float, float]

KIND_LABELS: dict[str, Message] = {
    "invention": say("Inventions"),
    "utility_model": say("Utility models"),
    "design": say("Designs"),
    "pct": say("PCT applications"),
    "trademark": say("Trademarks"),
    "copyright": say("Copyrights"),
    "domain": say("Domain names"),
    "other": say("Other rights"),
}
HATCHES: dict[str, str] = {
    "invention": "",
    "utility_model": "////",
    "design": "....",
    "pct": "\\\\\\\\",
    "trademark": "xxxx",
    "copyright": "----",
    "domain": "||||",
    "other": "oo",
}


def kind_label(kind: str) -> str:
    """The word for a kind in a chart, in the current language."""
    return str(KIND_LABELS.get(kind, kind))


def sheet(theme: Palette, size: Size) -> Figure:
    """An empty figure on the surface of the theme; 72 dpi, so that its pixels are points."""
    return Figure(figsize=size, dpi=72, facecolor=theme.surface)


def plot_area(
    figure: Figure, theme: Palette, *, left: float, right: float, top: float, bottom: float
) -> Axes:
    """Axes with these margins in points and without frame, ticks or labels of their own."""
    wide, high = (72 * side for side in figure.get_size_inches())
    box = (
        left / wide,
        bottom / high,
        max(wide - left - right, 10) / wide,
        max(high - top - bottom, 10) / high,
    )
    axes = figure.add_axes(box, facecolor=theme.surface)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_axisbelow(True)
    return axes


def inside(axes: Axes) -> tuple[float, float]:
    """Width and height of the plot area in points."""
    figure = axes.get_figure(root=True)
    assert figure is not None, "axes stand on a sheet"
    wide, high = figure.get_size_inches()
    box = axes.get_position()
    return box.width * wide * 72, box.height * high * 72


def write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    colour: str,
    size: float = TEXT,
    bold: bool = False,
    across: str = "left",
    up: str = "center_baseline",
    shift: tuple[float, float] = (0.0, 0.0),
    **more: Any,
) -> None:
    """Text at a place in data units, shifted by points, never taken for mathematics."""
    axes.annotate(
        fonts.legible(text),
        (x, y),
        xytext=shift,
        textcoords="offset points",
        ha=across,
        va=up,
        color=colour,
        fontproperties=fonts.properties(size, bold),
        annotation_clip=False,
        parse_math=False,
        **more,
    )


def fill(theme: Palette, kind: str) -> dict[str, Any]:
    """Colour and hatching of a kind, as bars take them."""
    return shade(theme, KIND_COLOURS.get(kind, theme.accent), HATCHES.get(kind, ""))


def shade(theme: Palette, colour: str, hatch: str = "") -> dict[str, Any]:
    """A colour with hatching in white or ink, whichever shows on it, and a thin gap around."""
    ink = "#FFFFFF" if contrast("#FFFFFF", colour) >= 2.5 else "#1B2430"
    return {
        "facecolor": colour,
        "edgecolor": theme.surface,
        "linewidth": 0.5,
        "hatch": hatch or None,
        "hatchcolor": ink,
        "hatch_linewidth": 0.5,
    }


def baseline(axes: Axes, theme: Palette, *, upright: bool = False) -> None:
    """The one line that bars stand on."""
    draw = axes.axvline if upright else axes.axhline
    draw(0, color=theme.muted, linewidth=0.6, zorder=5)


def scale(most: float, steps: int = 4) -> list[int]:
    """Round whole numbers from 0 to at least *most* for a few quiet grid lines."""
    step, unit = 1, 1
    while True:
        for factor in (1, 2, 5):
            step = factor * unit
            if step * steps >= most:
                return list(range(0, step * (int(-(-most // step)) or 1) + 1, step))
        unit *= 10


def grid(axes: Axes, theme: Palette, ticks: Sequence[float], labels: Sequence[str]) -> None:
    """Horizontal hairlines with their figures at the left."""
    for tick, label in zip(ticks, labels, strict=True):
        if tick:
            axes.axhline(tick, color=theme.line, linewidth=0.5, zorder=0)
        write(
            axes,
            0,
            tick,
            label,
            colour=theme.muted,
            size=SMALL,
            across="right",
            shift=(-5, 0),
            xycoords=axes.get_yaxis_transform(),
        )


def swatch(axes: Axes, x: float, y: float, face: dict[str, Any]) -> None:
    """A small filled box at points from the lower left corner of the plot area."""
    wide, high = inside(axes)
    box = Rectangle(
        (x / wide, (y - 4) / high), 12 / wide, 8 / high, transform=axes.transAxes, **face
    )
    box.set_clip_on(False)
    axes.add_artist(box)


Key = tuple[str, dict[str, Any]]


def _key_places(keys: Sequence[Key], wide: float, left: float) -> list[tuple[str, float, int]]:
    """Words, x and row of every key; a row that is full is followed by another."""
    places, x, row = [], left, 0
    for label, _ in keys:
        words = fonts.legible(label)
        needs = 17 + fonts.width(words, TEXT)
        if x > left and x + needs > wide:
            x, row = left, row + 1
        places.append((words, x, row))
        x += needs + 14
    return places


def key_height(keys: Sequence[Key], wide: float, left: float = 0.0) -> float:
    """Points that the rows of keys take from the top of a figure of this width."""
    return (_key_places(keys, wide, left)[-1][2] + 1) * (LINE + 2) + 4 if keys else 0.0


def key_row(figure: Figure, theme: Palette, keys: Sequence[Key], *, left: float = 0.0) -> float:
    """Swatches with their words in rows at the top; returns the height they take, in points."""
    wide, high = (72 * side for side in figure.get_size_inches())
    places = _key_places(keys, wide, left)
    for (words, x, row), (_, face) in zip(places, keys, strict=True):
        y = high - 9 - row * (LINE + 2)
        place = (x / wide, y / high)
        figure.add_artist(
            Rectangle(place, 12 / wide, 8 / high, transform=figure.transFigure, **face)
        )
        figure.text(
            (x + 17) / wide,
            (y + 1) / high,
            words,
            color=theme.text,
            fontproperties=fonts.properties(TEXT),
            va="baseline",
            parse_math=False,
        )
    return key_height(keys, wide, left)


def empty(theme: Palette, size: Size, text: str) -> Figure:
    """A figure that says in words that there is nothing to draw."""
    figure = sheet(theme, size)
    figure.text(
        0.5,
        0.5,
        fonts.legible(text),
        color=theme.muted,
        fontproperties=fonts.properties(TEXT),
        ha="center",
        va="center",
        parse_math=False,
    )
    return figure
