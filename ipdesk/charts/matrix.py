"""A matrix as a heat map with numbers: own large, planned +, others small; state by hatching."""

from dataclasses import dataclass

from matplotlib.patches import Rectangle

from ipdesk.base.i18n import tr
from ipdesk.charts import style
from ipdesk.charts.fonts import width, wrap
from ipdesk.charts.palette import SIGNS, Palette, Tone
from ipdesk.charts.style import Axes, Figure

CELL_HIGH = 30.0  # points
CELL_WIDE = 44.0
_LABELS = 124.0
_HEAD = 6.8
_LEGEND = 28.0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell; ``state`` is checked, stale or unchecked; ``word``: not needed …"""

    own: int = 0
    planned: int = 0
    others: int = 0
    state: str = "unchecked"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows and columns with their words; ``cells[row][column]``; ``depths`` indents a tree."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    depths: tuple[int, ...] = ()

    def parts(self, rows: int, columns: int) -> "list[Matrix]":
        """The same matrix in pieces that fit a page, every piece with its own words."""
        return [
            Matrix(
                self.rows[top : top + rows],
                self.columns[left : left + columns],
                tuple(line[left : left + columns] for line in self.cells[top : top + rows]),
                self.depths[top : top + rows],
            )
            for top in range(0, len(self.rows), rows)
            for left in range(0, len(self.columns), columns)
        ]


def columns_in(wide: float) -> int:
    """How many columns fit into so many inches."""
    return max(1, int((wide * 72 - _LABELS) // CELL_WIDE))


def height(values: Matrix, *, legend: bool = True) -> float:
    """Inches that the figure needs, with or without the words below it."""
    below = _LEGEND if legend else 2.0
    return (_head_high(values) + len(values.rows) * CELL_HIGH + below) / 72


def _head_high(values: Matrix) -> float:
    lines = max((len(_head_lines(c, CELL_WIDE)) for c in values.columns), default=1)
    return lines * _HEAD * 1.25 + 8


def _head_lines(words: str, wide: float) -> list[str]:
    return wrap(words, wide - 4, _HEAD, most=4)


def figure(values: Matrix, *, theme: Palette, size: style.Size) -> Figure:
    """Cells from the upper left; unchecked ones hatched, stale ones marked, legend below."""
    drawn = _drawn(values, theme, size, _LEGEND)
    if drawn.axes:
        _legend(drawn.axes[0], theme, values)
    return drawn


def plain(values: Matrix, *, theme: Palette, size: style.Size) -> Figure:
    """The same without the words below it: a table of counts."""
    return _drawn(values, theme, size, 2.0)


def _drawn(values: Matrix, theme: Palette, size: style.Size, below: float) -> Figure:
    if not values.rows or not values.columns:
        return style.empty(theme, size, tr("No cells to show."))
    sheet = style.sheet(theme, size)
    head = _head_high(values)
    full = size[0] * 72 - _LABELS
    spare = max(0.0, full - len(values.columns) * CELL_WIDE * 2.2)  # few columns stay narrow
    axes = style.plot_area(sheet, theme, left=_LABELS, right=spare, top=head, bottom=below)
    axes.set_xlim(0, len(values.columns))
    axes.set_ylim(len(values.rows), 0)
    wide = style.inside(axes)[0] / len(values.columns)
    _heads(axes, theme, values, wide)
    most = max((cell.own for line in values.cells for cell in line), default=0)
    for y, line in enumerate(values.cells):
        for x, cell in enumerate(line):
            _cell(axes, theme, x, y, cell, most)
    return sheet


def _heads(axes: Axes, theme: Palette, values: Matrix, wide: float) -> None:
    for x, words in enumerate(values.columns):
        lines = _head_lines(words, wide)
        for i, line in enumerate(lines):
            style.write(
                axes, x + 0.5, 0, line, colour=theme.text, size=_HEAD, across="center",
                up="baseline", shift=(0, 5 + (len(lines) - 1 - i) * _HEAD * 1.25),
            )  # fmt: skip
    depths = values.depths or (0,) * len(values.rows)
    for y, (words, depth) in enumerate(zip(values.rows, depths, strict=True)):
        indent = min(depth, 4) * 7.0
        lines = wrap(words, _LABELS - 8 - indent, 7.4, depth == 0, most=2)
        for i, line in enumerate(lines):
            up = (len(lines) - 1) * 4.4 - i * 8.8
            style.write(
                axes, 0, y + 0.5, line, colour=theme.text, size=7.4, bold=depth == 0,
                shift=(indent - _LABELS, up),
            )  # fmt: skip


def _ground(theme: Palette, cell: Cell, most: int) -> dict[str, object]:
    """Fill by own matters, in three steps of one colour; hatching where nobody searched."""
    step = 0 if not cell.own else 1 + (cell.own * 2 >= most > 1)
    colour = (theme.surface, theme.accent_soft, _mix(theme.accent_soft, theme.accent, 0.28))[step]
    face: dict[str, object] = {"facecolor": colour, "edgecolor": theme.line, "linewidth": 0.6}
    if cell.state == "unchecked":
        face |= {"hatch": "////", "hatchcolor": theme.line, "hatch_linewidth": 0.5}
    return face


def _mix(one: str, other: str, share: float) -> str:
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _cell(axes: Axes, theme: Palette, x: int, y: int, cell: Cell, most: int) -> None:
    face = _ground(theme, cell, most)
    axes.add_artist(Rectangle((x, y), 1, 1, **face))  # type: ignore[arg-type]  # a mixed mapping
    own = str(cell.own) if cell.own or not cell.planned else ""
    ink = theme.text if cell.own else theme.muted
    plan = f"+{cell.planned}" if cell.planned else ""
    total = width(own, 11, True) + width(plan, 8) + (2 if own and plan else 0)
    if own:
        style.write(axes, x + 0.5, y + 0.5, own, colour=ink, size=11, bold=bool(cell.own),
                    shift=(-total / 2, 3))  # fmt: skip
    if plan:
        style.write(axes, x + 0.5, y + 0.5, plan, colour=theme.accent, size=8, across="right",
                    shift=(total / 2, 3))  # fmt: skip
    below = [str(cell.others)] if cell.others else []
    if cell.state == "stale":
        below.append(SIGNS[Tone.UNCHECKED])
    if below:
        style.write(axes, x + 0.5, y + 0.5, " ".join(below), colour=theme.muted, size=6.2,
                    across="center", shift=(0, -8.5))  # fmt: skip


def _legend(axes: Axes, theme: Palette, values: Matrix) -> None:
    states = {cell.state for line in values.cells for cell in line}
    words = [tr("12 own matters"), tr("+3 planned"), tr("small figure: families of others")]
    if "stale" in states:
        words.append(SIGNS[Tone.UNCHECKED] + " " + tr("search is out of date"))
    if "unchecked" in states:
        words.append(tr("hatched: nobody searched here yet"))
    room = style.inside(axes)[0] + _LABELS
    for i, line in enumerate(wrap("  ·  ".join(words), room, 6.6, most=2)):
        style.write(
            axes, 0, 0, line, colour=theme.muted, size=6.6, up="top",
            shift=(-_LABELS, -6 - i * 9), xycoords="axes fraction",
        )  # fmt: skip
