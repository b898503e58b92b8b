"""What pages are made of: words that wrap, headings, key figures, facts, notes, charts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from ipdesk.base.i18n import Message, language, ntr, tr
from ipdesk.charts.fonts import MISSING, legible, lost, width, wrap
from ipdesk.charts.palette import LIGHT, SIGNS, Palette, Tone
from ipdesk.charts.style import Figure
from ipdesk.reports.drawing import draw_figure
from ipdesk.reports.fonts import BOLD, REGULAR
from ipdesk.reports.paper import HIGH, WIDE, Heading

Text = Message | str
Draw = Callable[..., Figure]
Flows = list[Flowable]
BODY, SMALL = 9.0, 7.5
GAP = 8.0


def listed(words: Iterable[object], chinese: str = "，", latin: str = ", ") -> str:
    """Words in a row with the comma of the language of the moment."""
    sign = chinese if language().startswith("zh") else latin
    return sign.join(text for text in map(str, words) if text)


class Words(Flowable):
    """A paragraph in one font; breaks between pages by lines."""

    def __init__(
        self,
        text: Text,
        *,
        size: float = BODY,
        bold: bool = False,
        colour: str = LIGHT.text,
        leading: float = 1.42,
        before: float = 0.0,
        after: float = 0.0,
        chapter: tuple[str, int] | None = None,
    ) -> None:
        super().__init__()
        self.text = str(text)
        self.lost = lost(self.text)
        self._size, self._bold, self._colour = size, bold, colour
        self._leading = size * leading
        self._chapter = chapter
        self._lines: list[str] = []
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        self._lines = wrap(self.text, wide, self._size, self._bold)
        self.width, self.height = wide, len(self._lines) * self._leading
        return self.width, self.height

    def split(self, wide: float, high: float) -> list[Flowable]:
        self.wrap(wide, high)
        fitting = int(high // self._leading)
        if not 0 < fitting < len(self._lines):
            return []
        parts = (self._lines[:fitting], self._lines[fitting:])
        return [self._part(lines, first) for lines, first in zip(parts, (True, False), strict=True)]

    def _part(self, lines: list[str], first: bool) -> "Words":
        part = Words(
            " ".join(lines), size=self._size, bold=self._bold, colour=self._colour,
            leading=self._leading / self._size, chapter=self._chapter if first else None,
        )  # fmt: skip
        part.wrap(self.width, 0)
        return part

    def draw(self) -> None:
        canvas: Any = self.canv
        if self._chapter:
            key, level = self._chapter
            canvas.begin(key)
            canvas.addOutlineEntry(legible(self.text), key, level, closed=False)
        canvas.setFillColor(HexColor(self._colour))
        canvas.setFont(BOLD if self._bold else REGULAR, self._size)
        y = self.height - self._size * 0.88 - (self._leading - self._size) / 2
        for line in self._lines:
            canvas.drawString(0, y, line)
            y -= self._leading


def chapter(text: Text, key: str, *, room: float = 90.0) -> list[Flowable]:
    """A heading of the first rank; on a new page when less than *room* points would follow."""
    words = Words(text, size=13, bold=True, before=16, after=6, leading=1.3, chapter=(key, 0))
    return [CondPageBreak(room + 36), words]


def section(text: Text, *, room: float = 60.0) -> list[Flowable]:
    """A heading of the second rank."""
    return [CondPageBreak(room + 24), Words(text, size=10, bold=True, before=10, after=4)]


def body(text: Text) -> Flowable:
    """A plain paragraph."""
    return Words(text, after=4)


def caption(text: Text) -> Flowable:
    """Small quiet words under a figure or a table."""
    return Words(text, size=SMALL, colour=LIGHT.muted, before=3, after=8)


def space(points: float = GAP) -> Flowable:
    """Nothing, so high."""
    return Spacer(0, points)


class Note(Flowable):
    """A few sentences on a quiet ground with a bar and the sign of their tone."""

    def __init__(self, texts: Sequence[Text], tone: Tone = Tone.PLAIN) -> None:
        super().__init__()
        self._texts, self._tone = [str(text) for text in texts], tone
        self.lost = sum(map(lost, self._texts))
        self._lines: list[str] = []
        self.spaceBefore, self.spaceAfter = 4, 8

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        sign = SIGNS[self._tone]
        texts = [f"{sign} {text}" if sign else text for text in self._texts]
        self._lines = [line for text in texts for line in wrap(text, wide - 20, 8.5)]
        self.width, self.height = wide, len(self._lines) * 12.2 + 9
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        plain = self._tone is Tone.PLAIN
        ground = LIGHT.window if plain else LIGHT.ground(self._tone)
        canvas.setFillColor(HexColor(ground))
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        ink = LIGHT.muted if plain else LIGHT.ink(self._tone)
        canvas.setFillColor(HexColor(ink))
        canvas.rect(0, 0, 2, self.height, stroke=0, fill=1)
        canvas.setFillColor(HexColor(LIGHT.text if plain else ink))
        canvas.setFont(REGULAR, 8.5)
        for i, line in enumerate(self._lines):
            canvas.drawString(11, self.height - 13 - i * 12.2, line)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One big figure with its words, and a tone where it means something."""

    figure: str
    label: Text
    tone: Tone = Tone.PLAIN


def fault(count: int, label: Text, tone: Tone, *, known: bool = True) -> KeyFigure:
    """A count of what should not be: none is good news only where somebody looked."""
    return KeyFigure(f"{count:,}", label, tone if count else Tone.DONE if known else Tone.PLAIN)


class KeyFigures(Flowable):
    """Big figures side by side, at most six in a row; labels wrap below them."""

    def __init__(self, figures: Sequence[KeyFigure]) -> None:
        super().__init__()
        rows = -(-len(figures) // 6)
        each = -(-len(figures) // rows) if rows else 1
        self._rows = [figures[i : i + each] for i in range(0, len(figures), each)]
        self._each = each
        self.spaceBefore, self.spaceAfter = 6, 10

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        self._box = (wide - GAP * (self._each - 1)) / self._each
        labels = [
            [wrap(str(item.label), self._box - 16, SMALL) for item in row] for row in self._rows
        ]
        self._labels = labels
        self._highs = [38 + max(len(lines) for lines in row) * 10.0 for row in labels]
        self.width, self.height = wide, sum(self._highs) + GAP * (len(self._rows) - 1)
        return self.width, self.height

    def draw(self) -> None:
        top = self.height
        for row, labels, high in zip(self._rows, self._labels, self._highs, strict=True):
            for i, (item, lines) in enumerate(zip(row, labels, strict=True)):
                self._draw_one(i * (self._box + GAP), top - high, high, item, lines)
            top -= high + GAP

    def _draw_one(self, x: float, y: float, high: float, item: KeyFigure, lines: list[str]) -> None:
        canvas = self.canv
        plain = item.tone is Tone.PLAIN
        canvas.setFillColor(HexColor(LIGHT.window if plain else LIGHT.ground(item.tone)))
        canvas.roundRect(x, y, self._box, high, 4, stroke=0, fill=1)
        canvas.setFillColor(HexColor(LIGHT.ink(item.tone)))
        sign = SIGNS[item.tone]
        words = legible(f"{sign} {item.figure}" if sign else item.figure)
        size, rows = 19.0, [words]
        while width(words, size, True) > self._box - 16 and size > 11:
            size -= 0.5
        if width(words, size, True) > self._box - 16:
            size, rows = 8.0, wrap(words, self._box - 16, 8.0, True, most=2)
        canvas.setFont(BOLD, size)
        for i, line in enumerate(rows):
            canvas.drawString(x + 8, y + high - 25 + (len(rows) - 1) * 9 - i * 10, line)
        canvas.setFillColor(HexColor(LIGHT.muted if plain else LIGHT.ink(item.tone)))
        canvas.setFont(REGULAR, SMALL)
        for i, line in enumerate(lines):
            canvas.drawString(x + 8, y + high - 38 - i * 10.0, line)


class Facts(Flowable):
    """Names and values in two columns; several values of one name stand below each other."""

    def __init__(self, facts: Iterable[tuple[Text, Text]], names: float = 92.0) -> None:
        super().__init__()
        self._facts = [(str(name), str(value)) for name, value in facts if str(value)]
        self.lost = sum(lost(value) for _, value in self._facts)
        self._names = names
        self.spaceAfter = 8

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        self._lines: list[tuple[str, str]] = []
        for name, value in self._facts:
            heads = wrap(name, self._names - 8, 8.5)
            tails = wrap(value, wide - self._names, 8.5)
            for i in range(max(len(heads), len(tails))):
                self._lines.append(
                    (heads[i] if i < len(heads) else "", tails[i] if i < len(tails) else "")
                )
        self.width, self.height = wide, len(self._lines) * 12.4
        return self.width, self.height

    def draw(self) -> None:
        y = self.height - 9.5
        for name, value in self._lines:
            self.canv.setFont(REGULAR, 8.5)
            self.canv.setFillColor(HexColor(LIGHT.muted))
            self.canv.drawString(0, y, name)
            self.canv.setFillColor(HexColor(LIGHT.text))
            self.canv.drawString(self._names, y, value)
            y -= 12.4


class Chart(Flowable):
    """A figure as vectors; *draw* is ``figure`` of one of the charts, *values* what it draws."""

    def __init__(self, draw: Draw, values: Any, high: float, wide: float = WIDE) -> None:
        super().__init__()
        self._draw, self._values = draw, values
        self.width, self.height = wide, high

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        theme: Palette = LIGHT
        size = (self.width / 72, self.height / 72)
        draw_figure(self._draw(self._values, theme=theme, size=size), self.canv)


class Beside(Flowable):
    """Two columns of things that stand beside each other, tops level."""

    def __init__(self, left: Sequence[Flowable], right: Sequence[Flowable]) -> None:
        super().__init__()
        self._columns = (list(left), list(right))
        self.lost = sum(getattr(part, "lost", 0) for column in self._columns for part in column)

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        each = (wide - 2 * GAP) / 2
        self._highs = [
            [part.wrap(each, high)[1] + part.getSpaceAfter() for part in column]
            for column in self._columns
        ]
        self.width, self.height = wide, max(sum(highs) for highs in self._highs)
        return self.width, self.height

    def draw(self) -> None:
        for i, (column, highs) in enumerate(zip(self._columns, self._highs, strict=True)):
            y = self.height
            for part, high in zip(column, highs, strict=True):
                y -= high
                part.drawOn(self.canv, i * (self.width + 2 * GAP) / 2, y + part.getSpaceAfter())


HALF = (WIDE - 2 * GAP) / 2


def together(*parts: Flowable) -> Flowable:
    """Parts that no page break may part."""
    return KeepTogether(list(parts))


class Contents(Flowable):
    """The chapters with their page numbers, each a link."""

    def __init__(self, chapters: Sequence[tuple[str, Text]]) -> None:
        super().__init__()
        self._chapters = [(key, legible(str(title))) for key, title in chapters]
        self.spaceBefore = 4

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        self.width, self.height = wide, len(self._chapters) * 14.0
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        y = self.height - 10
        for key, title in self._chapters:
            canvas.setFont(REGULAR, BODY)
            canvas.setFillColor(HexColor(LIGHT.text))
            canvas.drawString(0, y, title)
            canvas.setStrokeColor(HexColor(LIGHT.line))
            canvas.setLineWidth(0.5)
            canvas.line(width(title, BODY) + 6, y + 2, self.width - 22, y + 2)
            canvas.owe(self.width, y, key)
            canvas.linkRect("", key, (0, y - 3, self.width, y + 10), relative=1)
            y -= 14.0


def cover(heading: Heading, facts: Sequence[tuple[Text, Text]] = (), *, size: float = 21) -> Flows:
    """The top of the first page: title, whose, as of which day, and what else is to be said."""
    first: list[tuple[Text, Text]] = [
        (tr("Company"), heading.company),
        (tr("Cut-off day"), heading.cut_off.isoformat()),
    ]
    story: Flows = [Words(heading.title, size=size, bold=True, leading=1.25, after=2)]
    if str(heading.subtitle):
        story.append(Words(heading.subtitle, size=12, after=4))
    story += [space(5), Facts([*first, *facts])]
    if heading.sample:
        story.append(Note([tr("Sample data of an invented company. No right named here exists.")]))
    return story


def title_block(heading: Heading) -> Flows:
    """A first page that says what was chosen and how it was counted."""
    chosen = listed(heading.filters, "；", "; ") or tr("Everything on file")
    facts: list[tuple[Text, Text]] = [(tr("Selection"), chosen)]
    for i, sentence in enumerate(heading.counting):
        facts.append((tr("Counting rule") if i == 0 else "", sentence))
    return cover(heading, facts)


def lost_characters(story: Sequence[Flowable]) -> list[Flowable]:
    """A note at the end when characters had to be replaced."""
    count = sum(getattr(part, "lost", 0) for part in story)
    if not count:
        return []
    words = ntr(
        "{n} character is not in the font of this report; {sign} stands in its place.",
        "{n} characters are not in the font of this report; {sign} stands in their place.",
        count,
        sign=MISSING,
    )
    return [space(), Note([words], Tone.UNCHECKED)]


__all__ = ["HALF", "HIGH", "WIDE", "Tone"]
