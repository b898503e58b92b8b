"""Tables of any length: cells that wrap, the head repeated on every page, in linear time.

A row is measured once; a page break only moves an index. (reportlab's own table copies all rows
that remain at every page, and grows with the square of its pages.)
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from ipdesk.charts.fonts import lost, pieces, shorten, width, wrap
from ipdesk.charts.palette import LIGHT, SIGNS, Tone
from ipdesk.reports.fonts import BOLD, REGULAR
from ipdesk.reports.hearing import still_at_work
from ipdesk.reports.parts import Text

SIZE = 7.5
PAD_ACROSS = 4.0
_LEADING = 1.28  # of the size
_PAD_UP = 3.2
_TOLD = 250  # rows between two words about how far it is
_MOST_LINES = 60  # a row never outgrows a page


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and its width in points, exact where ``fixed``, else what is left over.

    ``right``: figures stand at the right.
    """

    head: Text
    wide: float
    fixed: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a cell with a tone (its sign is put before them) or in bold; lines end at \\n.

    ``below`` stands under them in quiet ink; ``brief``: in one line each, shortened.
    """

    text: Text
    tone: Tone = Tone.PLAIN
    bold: bool = False
    quiet: bool = False
    below: Text = ""
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A row that names the group of the rows below it."""

    text: Text


@dataclass(frozen=True, slots=True)
class Sum:
    """A last row in bold under a stronger line."""

    cells: tuple[Text, ...]


Row = Sequence[Cell | Text] | Band | Sum
Told = Callable[[int], object]
_Line = tuple[str, str, bool]  # words, colour, bold


@dataclass(slots=True)
class _Row:
    kind: str
    cells: list[list[_Line]]
    high: float


def _wides(columns: Sequence[Column], wide: float, size: float) -> list[float]:
    """Fixed columns as asked, the others in proportion, but no head narrower than its words."""
    least = [
        max(c.wide if c.fixed else 0.0, longest_piece(str(c.head), size, True) + 2 * PAD_ACROSS)
        for c in columns
    ]
    held = {i for i, column in enumerate(columns) if column.fixed}
    while True:
        asked = sum(c.wide for i, c in enumerate(columns) if i not in held)
        room = wide - sum(least[i] for i in held)
        found = [
            least[i] if i in held else column.wide * max(room, 0.0) / asked
            for i, column in enumerate(columns)
        ]
        tight = {i for i in range(len(columns)) if i not in held and found[i] < least[i]}
        if not tight or len(held) + len(tight) == len(columns):
            return found
        held |= tight


def longest_piece(text: str, size: float, bold: bool = False) -> float:
    """How wide the longest part of a text runs that no line break may cut, in points."""
    return max((width(piece.rstrip(), size, bold) for piece in pieces(text)), default=0.0)


@dataclass(frozen=True, slots=True)
class Style:
    """The size of the type in points, and how many lines a cell may have (the rest becomes …)."""

    size: float = SIZE
    most: int = _MOST_LINES


PLAIN = Style()


class _Layout:
    """All rows of a table measured for one width."""

    def __init__(
        self, columns: Sequence[Column], rows: Iterable[Row], wide: float, style: Style, told: Told
    ) -> None:
        size, self.most = style.size, style.most
        self.columns = columns
        self.size, self.leading = size, size * _LEADING
        self.wides = _wides(columns, wide, size)
        self.lefts = [0.0, *accumulate(self.wides)]
        self.wide = wide
        self._known: dict[tuple[str, float, bool], list[str]] = {}
        head = [Cell(column.head, bold=True) for column in columns]
        self.head = self._measure(head)
        self.rows: list[_Row] = []
        for done, row in enumerate(rows):
            if done % _TOLD == 0:
                told(done)
            self.rows.append(self._measure(row))
        self.ends = [0.0, *accumulate(row.high for row in self.rows)]

    def _measure(self, row: Row) -> _Row:
        if isinstance(row, Band):
            lines = [
                (line, LIGHT.text, True) for line in self._wrap(str(row.text), self.wide, True)
            ]
            return _Row("band", [lines], len(lines) * self.leading + 2 * _PAD_UP + 3)
        kind = "sum" if isinstance(row, Sum) else "row"
        cells = row.cells if isinstance(row, Sum) else row
        found = [
            self._cell(cell, wide, kind == "sum")
            for cell, wide in zip(cells, self.wides, strict=True)
        ]
        return _Row(kind, found, max(map(len, found)) * self.leading + 2 * _PAD_UP)

    def _cell(self, cell: Cell | Text, wide: float, strong: bool) -> list[_Line]:
        if not isinstance(cell, Cell):
            cell = Cell(cell, bold=strong)
        sign = SIGNS[cell.tone]
        text = str(cell.text)
        words = f"{sign} {text}" if sign and text else sign or text
        colour = LIGHT.muted if cell.quiet else LIGHT.ink(cell.tone)
        lines = [(line, colour, cell.bold) for line in self._wrap(words, wide, cell.bold)]
        below = str(cell.below)
        if below and cell.brief:
            room = wide - 2 * PAD_ACROSS
            lines += [
                (shorten(part, room, self.size), LIGHT.muted, False) for part in below.split("\n")
            ]
        elif below:
            lines += [(line, LIGHT.muted, False) for line in self._wrap(below, wide, False)]
        if len(lines) > self.most:
            lines = [*lines[: self.most - 1], ("…", colour, cell.bold)]
        return lines

    def _wrap(self, text: str, wide: float, bold: bool) -> list[str]:
        key = (text, wide, bold)
        if key not in self._known:
            room = wide - 2 * PAD_ACROSS
            lines = [
                line for part in text.split("\n") for line in wrap(part, room, self.size, bold)
            ]
            self._known[key] = lines
        return self._known[key]


class Rows(Flowable):
    """A table, or the part of it that a page holds.

    *told* hears how many rows are measured, then those and how many are drawn.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        style: Style = PLAIN,
        told: Told = still_at_work,
    ) -> None:
        super().__init__()
        self._columns, self._source = columns, rows
        self._style, self._told = style, told
        self._layout: _Layout | None = None
        self._from, self._to = 0, len(rows)
        self.lost = sum(map(_lost, rows))
        self.spaceBefore, self.spaceAfter = 2, 8

    def _measured(self, wide: float) -> _Layout:
        if self._layout is None or self._layout.wide != wide:
            self._layout = _Layout(self._columns, self._source, wide, self._style, self._told)
        return self._layout

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        layout = self._measured(wide)
        tall = layout.ends[self._to] - layout.ends[self._from]
        self.width, self.height = wide, layout.head.high + tall
        return self.width, self.height

    def split(self, wide: float, high: float) -> list[Flowable]:
        layout = self._measured(wide)
        room = high - layout.head.high + layout.ends[self._from]
        end = bisect_right(layout.ends, room + 0.01) - 1
        while end > self._from and layout.rows[end - 1].kind == "band":
            end -= 1  # a band does not stand alone at the foot of a page
        if end <= self._from or end >= self._to:
            return []
        return [self._part(self._from, end), self._part(end, self._to)]

    def _part(self, start: int, end: int) -> "Rows":
        part = Rows(self._columns, (), style=self._style, told=self._told)
        part._source, part._layout = self._source, self._layout
        part._from, part._to = start, end
        return part

    def draw(self) -> None:
        layout = self._layout
        assert layout is not None, "platypus measures before it draws"
        self._told(len(layout.rows) + self._to)
        y = self.height - layout.head.high
        self._draw_row(layout, layout.head, y)
        self._rule(y, LIGHT.muted, 0.8)
        for row in layout.rows[self._from : self._to]:
            if row.kind == "sum":
                self._rule(y, LIGHT.muted, 0.8)
            y -= row.high
            if row.kind == "band":
                self.canv.setFillColor(HexColor(LIGHT.window))
                self.canv.rect(0, y, self.width, row.high - 1.5, stroke=0, fill=1)
            self._draw_row(layout, row, y)
            if row.kind == "row":
                self._rule(y, LIGHT.line, 0.4)

    def _rule(self, y: float, colour: str, thick: float) -> None:
        self.canv.setStrokeColor(HexColor(colour))
        self.canv.setLineWidth(thick)
        self.canv.line(0, y, self.width, y)

    def _draw_row(self, layout: _Layout, row: _Row, y: float) -> None:
        canvas: Any = self.canv
        words = canvas.beginText()
        colour, bold = "", None
        base = y + row.high - _PAD_UP - layout.size * 0.88 - (row.kind == "band") * 2
        for column, lines in enumerate(row.cells):
            at_right = row.kind != "band" and layout.columns[column].right
            for i, (text, ink, strong) in enumerate(lines):
                if strong is not bold:
                    words.setFont(BOLD if strong else REGULAR, layout.size)
                    bold = strong
                if ink != colour:
                    words.setFillColor(HexColor(ink))
                    colour = ink
                x = layout.lefts[column] + PAD_ACROSS
                if at_right:
                    x = layout.lefts[column + 1] - PAD_ACROSS - width(text, layout.size, strong)
                words.setTextOrigin(x, base - i * layout.leading)
                words.textOut(text)
        canvas.drawText(words)


def _lost(row: Row) -> int:
    if isinstance(row, Band):
        return lost(str(row.text))
    cells = row.cells if isinstance(row, Sum) else row
    texts = (f"{c.text}{c.below}" if isinstance(c, Cell) else str(c) for c in cells)
    return sum(map(lost, texts))
