"""The sheet and its parts: what wraps, what breaks, what is replaced, how long it takes."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from time import process_time

import pytest
from pypdf import PdfReader

from ipdesk.base.i18n import speaking
from ipdesk.reports import REPORTS, parts, pct
from ipdesk.reports.lines import by_month, tone_of
from ipdesk.reports.paper import Heading, render
from ipdesk.reports.parts import KeyFigure, KeyFigures, Note, Tone
from ipdesk.reports.portfolio import PortfolioValues, build
from ipdesk.reports.table import Band, Cell, Column, Rows, Sum
from tests.conftest import TODAY
from tests.reports import samples

HEADING = Heading("A company", "A report", date(2026, 11, 24))
COLUMNS = [Column("Reference", 60), Column("Title", 200), Column("Amount", 60, right=True)]


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_no_row_is_lost_or_doubled_over_many_pages() -> None:
    rows = [[f"R-{n:05}", "a title that may wrap 标题 " * (n % 7), f"{n}"] for n in range(1500)]
    words = " ".join(pages(render(HEADING, [Rows(COLUMNS, rows)])))
    assert [w for w in words.split() if w.startswith("R-")] == [row[0] for row in rows]


def test_a_group_is_not_named_at_the_foot_of_the_page_before_it() -> None:
    rows = [Band(f"Group {n // 9}") if n % 9 == 0 else [f"R{n}", "x", "1"] for n in range(900)]
    for page in pages(render(HEADING, [Rows(COLUMNS, rows)])):
        body = [line for line in page.splitlines() if not line.startswith(("Page", "A comp"))]
        assert not body[-1].startswith("Group")


def test_a_cell_longer_than_a_page_ends_but_never_hangs() -> None:
    rows = [["R1", "word " * 20_000, "1"], ["R2", "after", "2"]]
    assert "after" in " ".join(pages(render(HEADING, [Rows(COLUMNS, rows)])))


def test_figures_stand_at_the_right_and_a_sum_ends_the_table() -> None:
    late, total = ("R1", Cell("late", Tone.OVERDUE), "1,000"), Sum(("Total", "", "1,000"))
    (page,) = pages(render(HEADING, [Rows(COLUMNS, [late, total])]))
    assert "▲ late" in page
    assert page.index("Total") > page.index("R1")


def test_an_empty_table_still_shows_its_head() -> None:
    (page,) = pages(render(HEADING, [Rows(COLUMNS, [])]))
    assert "Reference" in page


def test_characters_that_the_font_lacks_are_replaced_and_counted_at_the_end() -> None:
    values = samples.portfolio(12)
    odd = replace(values.matters[0], title="", title_en="", title_zh="𠮷野 👍")
    values = replace(values, matters=(odd, *values.matters[1:]), deadlines=(), pct_deadlines=())
    words = " ".join(pages(build(values)))
    assert "□野 □" in words
    assert "2 characters are not in the font of this report; □ stands in their place." in words


def test_chinese_and_latin_stand_in_one_line() -> None:
    with speaking("zh_CN"):
        words = " ".join(pages(render(HEADING, [parts.body("PCT 申请 Łódź 김 ZL2012 优先权日")])))
    assert "PCT 申请 Łódź 김 ZL2012 优先权日" in words


def test_a_long_paragraph_goes_on_on_the_next_page() -> None:
    text = " ".join(f"w{n}" for n in range(6000))
    found = " ".join(pages(render(HEADING, [parts.body(text)]))).split()
    assert [w for w in found if w.startswith("w")] == text.split()


def test_long_names_are_shortened_in_the_head_and_wrapped_in_the_body() -> None:
    heading = replace(HEADING, company="很长的公司名称" * 30, title="A very long title " * 20)
    story = [*parts.title_block(heading), Rows(COLUMNS, [["R", "t", "1"]] * 90)]
    first, *others = pages(render(heading, story))
    assert "很长的公司名称" * 30 in "".join(first.split())
    assert all("…" in page for page in others)


def test_key_figures_shrink_before_they_leave_their_box() -> None:
    figures = KeyFigures([KeyFigure("1,234,567,890.00 CNY", "a sum")] * 7)
    (page,) = pages(render(HEADING, [figures]))
    assert page.count("1,234,567,890.00 CNY") == 7


def test_a_report_may_carry_a_word_on_every_page() -> None:
    heading = replace(HEADING, word="Screening record, not a legal opinion")
    story = [Note(["Attention"], Tone.UNCHECKED), Rows(COLUMNS, [["R", "t", "1"]] * 100)]
    assert all("not a legal opinion" in p for p in pages(render(heading, story)))


def test_an_empty_portfolio_prints_in_both_languages() -> None:
    values = PortfolioValues(replace(samples.heading(), company=""), TODAY, ())
    for language in ("en", "zh_CN"):
        assert pages(REPORTS[0].build(values, language))


def test_overdue_deadlines_come_first_and_the_months_in_their_order() -> None:
    values = samples.portfolio()
    groups = by_month(values.deadlines, values.today)
    names = [name for name, _ in groups]
    assert names[0] == ""
    assert names == sorted(names)
    assert all(tone_of(row, values.today) is Tone.OVERDUE for row in groups[0][1])
    assert sum(len(rows) for _, rows in groups) == len(values.deadlines)


def test_a_pct_application_shows_each_coming_national_phase_once() -> None:
    values = samples.portfolio()
    (first, *_) = [m for m in values.matters if m.right == "pct"]
    rows = [r for r in values.pct_deadlines if r.matter_id == first.id]
    line = pct.line(first, rows, {}, values.today)
    assert isinstance(line, list)
    cell = line[-1]
    assert isinstance(cell, Cell)
    open_ones = [r for r in rows if r.rule.endswith("-NPE") and r.due >= values.today]
    assert open_ones
    for row in open_ones:
        assert str(cell.text).count(row.due.isoformat()) == 1


@pytest.mark.bench
def test_ten_times_the_rows_take_about_ten_times_as_long() -> None:
    def seconds(count: int) -> float:
        rows = [[f"R-{n}", f"标题 title {n} " * 3, f"{n}"] for n in range(count)]
        began = process_time()
        render(HEADING, [Rows(COLUMNS, rows)])
        return process_time() - began

    seconds(100)
    small, large = seconds(600), seconds(6000)
    print(f"\n6000 rows : 600 rows = {large / small:.1f} (10 is linear), {large:.2f} s")
    assert large / small < 40
