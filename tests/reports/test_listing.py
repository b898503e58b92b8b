"""Any list on paper: every row and column found again, in both languages, however wide."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from ipdesk.base.errors import Cancelled
from ipdesk.base.i18n import speaking
from ipdesk.reports.listing import ListColumn, ListValues, build
from ipdesk.reports.paper import Heading
from ipdesk.reports.parts import Tone
from ipdesk.reports.table import Cell


def values(rows: int, columns: int = 4) -> ListValues:
    heads = [
        ListColumn("Reference", strong=True),
        ListColumn("Title"),
        ListColumn("Fee", right=True),
    ]
    heads += [ListColumn(f"Column{n}") for n in range(3, columns)]
    lines: list[list[Cell | str]] = [
        [
            f"R-{n:05}",
            "散热器 with a long title " * (n % 5),
            "1,234.50",
            *[Cell("Overdue", Tone.OVERDUE) if n == 7 else "2026-11-30"] * (columns - 3),
        ]
        for n in range(rows)
    ]
    heading = Heading("星澜科技", "Portfolio", date(2026, 11, 24), filters=("Right: Patent",))
    return ListValues(heading, tuple(heads), lines, "Reference")


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize(("language", "last"), [("en", "Page 1 of "), ("zh_CN", "第 1 页，共 ")])
def test_every_row_is_found_again_under_a_repeated_head(language: str, last: str) -> None:
    with speaking(language):
        content = build(values(300))
        assert content == build(values(300))
    found = pages(content)
    words = " ".join(found).split()
    assert [w for w in words if w.startswith("R-")] == [f"R-{n:05}" for n in range(300)]
    assert all("Reference" in page and "Column3" in page for page in found)
    assert f"{last}{len(found)}" in found[0]
    for said in ("300", "Right: Patent", "星澜科技", "2026-11-24", "▲ Overdue"):
        assert said in found[0]
    box = PdfReader(BytesIO(content)).pages[0].mediabox
    assert box.width > box.height


def test_columns_that_do_not_fit_are_named() -> None:
    found = pages(build(values(30, 40)))
    text = " ".join(found[0].split())
    assert "columns do not fit on the page and are left out: Column" in text
    assert "Column39" in text.split("left out:")[1]
    assert "R-00029" in " ".join(found)


def test_a_cell_longer_than_a_page_across_ends_in_an_ellipsis() -> None:
    made = values(1)
    long = ListValues(made.heading, made.columns, [["R1", "word " * 9000, "", ""], ["R2"] * 4])
    text = " ".join(pages(build(long)))
    assert "…" in text
    assert "R2" in text


def test_an_empty_list_says_so_and_the_work_can_be_stopped() -> None:
    assert "No line answers" in pages(build(values(0)))[0]
    heard: list[int] = []

    def told(done: int) -> None:
        heard.append(done)
        if done > 600:
            raise Cancelled("")

    with pytest.raises(Cancelled):
        build(values(500), told)
    assert heard[:2] == [0, 250]


def test_columns_in_which_no_line_says_anything_are_named_above_the_table() -> None:
    columns = (ListColumn("Reference"), ListColumn("Family"), ListColumn("Title"))
    rows = [("A-1", "", "Pump"), ("A-2", "–", "Valve")]
    heading = Heading("星澜科技", "Portfolio", date(2026, 11, 24))
    words = " ".join(pages(build(ListValues(heading, columns, rows))))
    assert "Empty in every line" in words
    assert words.count("Family") == 1
