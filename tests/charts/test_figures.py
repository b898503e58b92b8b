"""Every figure in both themes, both languages, wide and narrow: drawn, and nothing cut off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import speaking
from ipdesk.charts import bars, filings, lanes, matrix, money, months
from ipdesk.charts.bars import Bar, Bars
from ipdesk.charts.filings import FilingsPerYear
from ipdesk.charts.lanes import Lane, Lanes, Point
from ipdesk.charts.matrix import Cell, Matrix
from ipdesk.charts.money import Costs, Period
from ipdesk.charts.months import DeadlineMonths
from ipdesk.charts.palette import DARK, KIND_COLOURS, LIGHT, Palette, Tone
from ipdesk.charts.style import scale
from tests.conftest import TODAY

GROWTH = FilingsPerYear.of(
    {(2011 + i, "invention"): 2 for i in range(13)}
    | {(2024, "invention"): 20, (2024, "utility_model"): 10}
    | {(2025, right): 40 for right in ("invention", "utility_model", "design", "pct", "trademark")}
    | {(2025, "software_copyright"): 60, (2025, "domain_name"): 40, (2026, "trade_secret"): 7},
    {2024: 3, 2025: 30},
    2026,
)
OFFICES = Bars.of(
    {("CN 中国", "invention"): 200, ("CN 中国", "design"): 20}
    | {("EP European Patent Office (EPO)", "invention"): 4}
    | {(f"Office {i}", "trademark"): i for i in range(1, 20)}
)  # fmt: skip
PCT = Lanes(
    TODAY,
    tuple(
        Lane(
            f"LG-{i:04}-WO", "一种用于液态金属印刷电子的打印头及其控制方法", "pct",
            tuple(
                Point(add_months(date(2024, 1 + i, 7), n), f"{n} 个月", n == 22, n < 18, Tone.SOON)
                for n in (0, 12, 16, 18, 22, 30, 31, 32)
            ),
        )
        for i in range(5)
    ),
)  # fmt: skip
YEAR = DeadlineMonths.of(
    [(TODAY + timedelta(days=7 * i), ("sure", "unchecked", "submitted")[i % 3]) for i in range(50)]
    + [(TODAY - timedelta(days=4), "overdue")] * 3,
    TODAY,
)
CELLS = Matrix(
    ("Materials", "液态金属油墨 liquid-metal inks and pastes"),
    ("Resolution", "导电性能与可靠性", "Stretchability"),
    ((Cell(12, 3, 31, "checked"), Cell(0, 2, 0, "stale"), Cell()),) * 2,
    (0, 1),
)
BUDGET = Costs(
    "CNY",
    tuple(
        Period(str(2025 + i), Decimal(90_000), Decimal(40_000), Decimal(i * 9_000),
               Decimal(99_000) if i < 2 else None, Decimal(120_000), i)
        for i in range(6)
    ),
)  # fmt: skip
FIGURES: dict[str, tuple[Callable[..., Figure], Any, Any]] = {
    "filings": (filings.figure, GROWTH, FilingsPerYear.of({})),
    "bars": (bars.figure, OFFICES, Bars((), "Nothing.")),
    "lanes": (lanes.figure, PCT, Lanes(TODAY, ())),
    "months": (months.figure, YEAR, DeadlineMonths.of([], TODAY)),
    "matrix": (matrix.figure, CELLS, Matrix((), (), ())),
    "money": (money.figure, BUDGET, Costs("CNY", ())),
}


def words_outside(figure: Figure) -> list[str]:
    """Texts that are not wholly on the sheet; half a point of antialiasing is forgiven."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer: Any = canvas.get_renderer()
    wide, high = canvas.get_width_height()
    found = []
    for text in figure.findobj(Text):
        if not isinstance(text, Text) or not text.get_text().strip() or not text.get_visible():
            continue
        box = Text.get_window_extent(text, renderer)
        if box.x0 < -1.5 or box.y0 < -1.5 or box.x1 > wide + 1.5 or box.y1 > high + 1.5:
            found.append(text.get_text())
    return found


@pytest.mark.parametrize("wide", [6.85, 3.4])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", FIGURES)
def test_no_word_of_a_figure_is_cut_off(
    name: str, language: str, theme: Palette, wide: float
) -> None:
    draw, values, _ = FIGURES[name]
    with speaking(language):
        assert words_outside(draw(values, theme=theme, size=(wide, 2.6))) == []


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_without_values_says_so_in_words(name: str) -> None:
    draw, _, nothing = FIGURES[name]
    figure = draw(nothing, theme=LIGHT, size=(3, 1))
    assert [t.get_text() for t in figure.texts if t.get_text().endswith(".")]


def test_filings_of_all_years_between_the_first_and_the_running_one_have_a_place() -> None:
    found = FilingsPerYear.of({(2020, "invention"): 1, (2023, "pct"): 2}, running=2026)
    assert found.years == tuple(range(2020, 2027))
    assert found.totals == (1, 0, 0, 2, 0, 0, 0)


def test_totals_that_are_wide_and_alike_leave_each_other_room() -> None:
    many = {(year, "invention"): 10_000 for year in range(2010, 2027)}
    canvas = FigureCanvasAgg(filings.figure(FilingsPerYear.of(many), theme=LIGHT, size=(4.2, 3)))
    canvas.draw()
    told = [t for t in canvas.figure.findobj(Text) if t.get_text() == "10,000"]
    boxes = sorted([t.get_window_extent() for t in told], key=lambda box: box.x0)
    assert len(boxes) > 3  # the scale and some years
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


def test_the_copyrights_of_software_and_works_are_one_kind() -> None:
    found = FilingsPerYear.of({(2025, "software_copyright"): 1, (2025, "work_copyright"): 2})
    assert found.counts == (("copyright", (3,)),)


def test_what_is_left_out_of_the_bars_is_summed_in_the_last_one() -> None:
    counts = {(f"T{i:02}", ""): 50 - i for i in range(20)}
    found = Bars.of(counts, most=5)
    assert len(found.rows) == 5
    assert sum(row.total for row in found.rows) == sum(counts.values())


def test_a_kind_has_its_colour_and_its_hatching_in_every_chart() -> None:
    faces: dict[str | None, set[object]] = {}
    grown = filings.figure(GROWTH, theme=LIGHT, size=(6, 3))
    for figure in (grown, bars.figure(OFFICES, theme=LIGHT, size=(6, 3))):
        for patch in figure.axes[0].patches:
            faces.setdefault(patch.get_hatch(), set()).add(patch.get_facecolor())
    assert all(len(colours) == 1 for colours in faces.values())
    assert len(faces) >= 7 <= len(KIND_COLOURS)


def test_past_days_count_as_overdue_only_when_they_are_said_to_be() -> None:
    yesterday = TODAY - timedelta(days=1)
    found = DeadlineMonths.of([(yesterday, "overdue"), (yesterday, "sure"), (TODAY, "sure")], TODAY)
    assert found.overdue == 1
    assert sum(month.total for month in found.months) == 1


def test_a_piece_of_a_long_timeline_keeps_the_time_of_the_whole() -> None:
    pieces = PCT.parts(2)
    assert [len(piece.lanes) for piece in pieces] == [2, 2, 1]
    assert {piece.span() for piece in pieces} == {PCT.span()}


def test_a_large_matrix_falls_into_pieces_that_together_hold_every_cell() -> None:
    line = tuple(Cell(own=i) for i in range(9))
    whole = Matrix(tuple(map(str, range(7))), tuple(map(str, range(9))), (line,) * 7, (0,) * 7)
    pieces = whole.parts(3, 4)
    assert sum(len(piece.rows) * len(piece.columns) for piece in pieces) == 63
    assert sum(cell.own for p in pieces for row in p.cells for cell in row) == 7 * 36


@pytest.mark.parametrize("most", [0, 1, 3, 7, 29, 300, 1234, 99_999])
def test_grid_lines_reach_above_the_highest_bar_and_are_few(most: int) -> None:
    ticks = scale(most)
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 6


def test_a_bar_may_stand_apart_for_our_own_company() -> None:
    own = Bars((Bar("We", (("", 3),), own=True), Bar("They", (("", 9),))))
    figure = bars.figure(own, theme=LIGHT, size=(4, 1))
    first, second = figure.axes[0].patches
    assert first.get_hatch()
    assert not second.get_hatch()


def test_text_that_looks_like_mathematics_is_drawn_as_it_stands() -> None:
    lane = replace(PCT.lanes[0], reference="$x^2$ \\alpha {", title="100 % $5")
    figure = lanes.figure(replace(PCT, lanes=(lane,)), theme=LIGHT, size=(6, 2))
    assert words_outside(figure) == []


@pytest.mark.parametrize("month", ["{} m", "{} 个月"])
def test_every_month_from_the_priority_is_named_even_where_other_words_want_its_place(
    month: str,
) -> None:
    start = date(2025, 1, 7)
    law = [
        Point(add_months(start, n), month.format(n), months=n) for n in (12, 16, 18, 22, 30, 31, 32)
    ]
    others = [
        Point(start, "Priority"),
        Point(add_months(start, 12), "Filed"),
        Point(add_months(start, 18), "Publication of the application"),
    ]
    lane = Lane("LG-1-WO", "Print head", "pct", (*others, *law))
    figure = lanes.body(Lanes(TODAY, (lane,), last=date(2028, 3, 1)), theme=LIGHT, size=(8, 1))
    said = {t.get_text() for t in figure.findobj(Text)}
    for point in law:
        assert said & {point.label, str(point.months)}, point.label
    assert words_outside(figure) == []


def test_the_head_of_a_long_timeline_has_the_years_today_and_the_signs_of_its_lanes() -> None:
    head = lanes.head(PCT, theme=LIGHT, size=(8, lanes.HEAD / 72))
    said = [t.get_text() for t in head.findobj(Text)]
    assert {"2024", "2025", "2026"} <= set(said)
    assert any(TODAY.isoformat() in words for words in said)
    assert any("○" in words for words in said)
    assert words_outside(head) == []
    whole = lanes.figure(PCT, theme=LIGHT, size=(8, 3))
    body = lanes.body(PCT, theme=LIGHT, size=(8, 3))
    assert head.axes[0].get_position().x0 == body.axes[0].get_position().x0
    assert head.axes[0].get_xlim() == body.axes[0].get_xlim() == whole.axes[0].get_xlim()
