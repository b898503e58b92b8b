"""Any list on paper: its columns on A4 across, as wide as their words need, in linear time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.fonts import legible, width
from ipdesk.charts.palette import SIGNS
from ipdesk.reports import parts
from ipdesk.reports.paper import ACROSS, MARGIN, Heading, render
from ipdesk.reports.parts import Text, listed
from ipdesk.reports.table import PAD_ACROSS, SIZE, Cell, Column, Rows, Style, Told, longest_piece

_WIDE = ACROSS[0] - 2 * MARGIN
_SIZES = (SIZE, 6.5)  # of the type; the smaller one where the columns do not fit otherwise
_NOTHING = ("", "–")
_TERM = 4.2  # of the size: 发明专利 and the like stay in one line
_WORD, _IDEAL = 13.0, 34.0  # of the size: what a long word, a long cell may ask for
_MOST_LINES = 36  # of a cell, so that a row stays within a page across
_LOOKED_AT = 400  # rows whose words are measured to set the widths
_USUAL = 0.9  # of the cells shall stand in one line where there is room


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its head; figures stand at the right, names in bold."""

    title: str
    right: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class ListValues:
    """A list as it stands on the screen; ``heading.filters`` say in words what was chosen."""

    heading: Heading
    columns: tuple[ListColumn, ...]
    rows: Sequence[Sequence[Cell | Text]]
    order: Text = ""


@dataclass(frozen=True, slots=True)
class _Need:
    """How wide a column must be, and would like to be, in points."""

    least: float
    ideal: float


def build(values: ListValues, told: Told = lambda _done: None) -> bytes:
    """The PDF in the language of the moment; *told* hears of two steps for every row."""
    values, empty = _filled(values)
    size, needs = _fitting(values)
    shown = len(needs)
    columns = [
        Column(column.title, wide, fixed=True, right=column.right)
        for column, wide in zip(values.columns, _wides(needs), strict=False)
    ]
    rows = [_line(values.columns[:shown], row) for row in values.rows]
    story: list[Flowable] = list(_top(values, values.columns[shown:], empty))
    if rows:
        story.append(Rows(columns, rows, style=Style(size, _MOST_LINES), told=told))
    else:
        story.append(parts.body(tr("No line answers this selection.")))
    story += parts.lost_characters(story)
    return render(values.heading, story, ACROSS)


def _filled(values: ListValues) -> tuple[ListValues, list[ListColumn]]:
    """The list without the columns in which no row says anything, and those columns."""
    places = [
        i
        for i in range(len(values.columns))
        if not values.rows or any(_words(row[i]) not in _NOTHING for row in values.rows)
    ]
    empty = [column for i, column in enumerate(values.columns) if i not in places]
    if not empty or not places:
        return values, []
    columns = tuple(values.columns[i] for i in places)
    rows = [[row[i] for i in places] for row in values.rows]
    return replace(values, columns=columns, rows=rows), empty


def _top(
    values: ListValues, left_out: Sequence[ListColumn], empty: Sequence[ListColumn]
) -> parts.Flows:
    heading = values.heading
    count = len(values.rows)
    facts: list[tuple[Text, Text]] = [
        (tr("Lines"), f"{count:,}"),
        (tr("Selection"), listed(heading.filters, "；", "; ") or tr("The whole list")),
        (tr("Order"), values.order),
        (tr("Empty in every line"), listed((column.title for column in empty), "、")),
    ]
    story = parts.cover(heading, facts, size=16)
    if left_out:
        names = listed((column.title for column in left_out), "、")
        sentence = ntr(
            "{n} column does not fit on the page and is left out: {names}.",
            "{n} columns do not fit on the page and are left out: {names}.",
            len(left_out),
            names=names,
        )
        story.append(parts.Note([sentence], parts.Tone.UNCHECKED))
    return story


def _line(columns: Sequence[ListColumn], row: Sequence[Cell | Text]) -> list[Cell | Text]:
    return [
        Cell(cell, bold=True) if column.strong and not isinstance(cell, Cell) else cell
        for column, cell in zip(columns, row, strict=False)
    ]


def _fitting(values: ListValues) -> tuple[float, list[_Need]]:
    """The largest type in which all columns fit; in the smallest one as many as do."""
    cells = [_sample(values, i) for i in range(len(values.columns))]
    needs: list[_Need] = []
    for size in _SIZES:
        needs = [
            _need(column, words, size) for column, words in zip(values.columns, cells, strict=True)
        ]
        if sum(need.least for need in needs) <= _WIDE:
            return size, needs
    while len(needs) > 1 and sum(need.least for need in needs) > _WIDE:
        needs.pop()
    return _SIZES[-1], needs


def _sample(values: ListValues, place: int) -> list[str]:
    """The words of a column: some of its cells, and each different one where they are few."""
    step = max(1, len(values.rows) // _LOOKED_AT)
    different = dict.fromkeys(_words(row[place]) for row in values.rows)
    some = [_words(row[place]) for row in values.rows[::step]]
    return [*some, *different] if len(different) <= _LOOKED_AT else some


def _words(cell: Cell | Text) -> str:
    if not isinstance(cell, Cell):
        return legible(str(cell))
    return legible(f"{SIGNS[cell.tone]} {cell.text}" if SIGNS[cell.tone] else str(cell.text))


def _need(column: ListColumn, cells: Sequence[str], size: float) -> _Need:
    different = dict.fromkeys(cells)
    measure = width if column.strong else longest_piece  # a name is not broken if it can be helped
    longest = max(
        (
            max(measure(text, size, column.strong), _short(text, size, column.strong))
            for text in different
        ),
        default=0.0,
    )
    head = max(longest_piece(column.title, size, True), _short(column.title, size, True))
    least = max(head, min(longest, _WORD * size)) + 2 * PAD_ACROSS
    wides = sorted(width(text, size, column.strong) for text in cells)
    usual = wides[int((len(wides) - 1) * _USUAL)] if wides else 0.0
    whole = max(min(usual, _IDEAL * size), width(legible(column.title), size, True))
    return _Need(least, max(least, whole + 2 * PAD_ACROSS))


def _short(text: str, size: float, bold: bool) -> float:
    """What the first few Chinese characters want, so that a word of them stays in one line."""
    return min(width(legible(text), size, bold), _TERM * size)


def _wides(needs: Sequence[_Need]) -> list[float]:
    """What every column needs, and of the room that is left what it would like to have."""
    room = _WIDE - sum(need.least for need in needs)
    liked = sum(need.ideal - need.least for need in needs)
    if liked > room:
        part = max(room, 0.0) / liked
        return [need.least + (need.ideal - need.least) * part for need in needs]
    over = (room - liked) / sum(need.ideal for need in needs)
    return [need.ideal * (1 + over) for need in needs]
