"""Lying bars: status, office, technology, applicant …, each with its words, figure and kinds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipdesk.base.i18n import ntr
from ipdesk.charts import style
from ipdesk.charts.fonts import width, wrap
from ipdesk.charts.palette import KINDS, Palette, Tone, kind_of
from ipdesk.charts.style import Axes, Figure

ROW = 17.0  # points from bar to bar
_LABEL_SHARE = 0.4  # of the width, at most, for words
PLAIN = ""  # the kind of a bar without kinds


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: words, and its parts by kind (``PLAIN`` for one colour); ``own`` is set apart."""

    label: str
    parts: tuple[tuple[str, int], ...]
    own: bool = False
    tone: Tone = Tone.PLAIN

    @property
    def total(self) -> int:
        return sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows from the top; ``rest`` sums up what the last row stands for."""

    rows: tuple[Bar, ...]
    nothing: str = ""

    @classmethod
    def of(
        cls,
        counts: Mapping[tuple[str, str], int],
        *,
        most: int = 12,
        order: Sequence[str] = (),
        nothing: str = "",
    ) -> "Bars":
        """From counts by (label, right): largest first unless *order* is given, the rest as one."""
        found: dict[str, dict[str, int]] = {}
        for (label, right), count in counts.items():
            kinds = found.setdefault(label, {})
            kind = kind_of(right) if right else PLAIN
            kinds[kind] = kinds.get(kind, 0) + count
        labels = [label for label in order if label in found] or sorted(
            found, key=lambda label: (-sum(found[label].values()), label)
        )
        rows = [Bar(label, _sorted(found[label])) for label in labels]
        return cls(tuple(_rest(rows, most)), nothing)

    @property
    def kinds(self) -> list[str]:
        return [k for k in KINDS if any(k == kind for row in self.rows for kind, _ in row.parts)]


def _sorted(kinds: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    order = (PLAIN, *KINDS)
    return tuple((k, kinds[k]) for k in order if kinds.get(k))


def _rest(rows: Sequence[Bar], most: int) -> Iterable[Bar]:
    if len(rows) <= most:
        return rows
    kept, others = rows[: most - 1], rows[most - 1 :]
    sums: dict[str, int] = {}
    for row in others:
        for kind, count in row.parts:
            sums[kind] = sums.get(kind, 0) + count
    label = ntr("{n} other", "{n} others", len(others))
    return [*kept, Bar(label, _sorted(sums))]


def height(values: Bars, wide: float) -> float:
    """Inches that the figure needs to be *wide* inches wide with all rows apart."""
    key = style.key_height(_keys(values, None), wide * 72) if len(values.kinds) > 1 else 0.0
    return (max(len(values.rows), 2) * ROW + key + 6) / 72


def figure(values: Bars, *, theme: Palette, size: style.Size) -> Figure:
    """Bars from one line on, words at their left, the sum at their end, kinds named on top."""
    if not any(row.total for row in values.rows):
        return style.empty(theme, size, values.nothing)
    sheet = style.sheet(theme, size)
    used = style.key_row(sheet, theme, _keys(values, theme)) if len(values.kinds) > 1 else 0.0
    widest = max(width(row.label, style.TEXT, row.own) for row in values.rows)
    left = min(widest + 8, size[0] * 72 * _LABEL_SHARE)
    right = max(width(f"{row.total:,}", style.TEXT, True) for row in values.rows) + 8
    axes = style.plot_area(sheet, theme, left=left, right=right, top=used + 3, bottom=3)
    axes.set_xlim(0, max(row.total for row in values.rows))
    axes.set_ylim(len(values.rows) - 0.5, -0.5)
    thick = min(0.66, 18.0 / (style.inside(axes)[1] / len(values.rows)))
    for y, row in enumerate(values.rows):
        _row(axes, theme, y, row, thick, left)
    style.baseline(axes, theme, upright=True)
    return sheet


def _keys(values: Bars, theme: Palette | None) -> list[style.Key]:
    return [(style.kind_label(k), style.fill(theme, k) if theme else {}) for k in values.kinds]


def _row(axes: Axes, theme: Palette, y: int, row: Bar, thick: float, left: float) -> None:
    start = 0
    for kind, count in row.parts:
        face = style.fill(theme, kind) if kind else _plain(theme, row)
        axes.barh(y, count, thick, left=start, zorder=2, **face)
        start += count
    ink = theme.ink(row.tone) if row.tone is not Tone.PLAIN else theme.text
    _words(axes, y, row, ink, left - 8)
    style.write(axes, start, y, f"{start:,}", colour=theme.text, shift=(4, 0), bold=True)


def _words(axes: Axes, y: int, row: Bar, ink: str, room: float) -> None:
    """The label in one line, or in two smaller ones."""
    size, lines = style.TEXT, [row.label]
    if width(row.label, size, row.own) > room:
        size = 6.5
        lines = wrap(row.label, room, size, row.own, most=2)
    for i, line in enumerate(lines):
        up = (len(lines) - 1) * 3.9 - i * 7.8
        style.write(
            axes, 0, y, line, colour=ink, across="right", shift=(-6, up), bold=row.own, size=size
        )


def _plain(theme: Palette, row: Bar) -> dict[str, Any]:
    if row.tone is not Tone.PLAIN:
        hatch = "////" if row.tone is Tone.UNCHECKED else ""
        return style.shade(theme, theme.ink(row.tone), hatch)
    return style.shade(theme, theme.accent, "////" if row.own else "")
