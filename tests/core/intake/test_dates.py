"""Days as lists write them; what is open is decided by the column or said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.core.intake.dates import (
    ANY_ORDER,
    Order,
    decide,
    hinted_orders,
    in_century,
    orders_of,
    read_date,
)
from ipdesk.core.intake.model import Cell

MAY_7 = date(2023, 5, 7)


@pytest.mark.parametrize(
    "cell",
    [
        "2023-05-07",
        "20230507",
        "2023.5.7",
        "2023/5/7",
        "2023年5月7日",
        "2023 年 5 月 7 日",
        "07.05.2023",
        "7 May 2023",
        "07-May-2023",
        "May 7, 2023",
        "7. Mai 2023",
        "7 mai 2023",
        "7 de mayo de 2023",
        "2023-05-07T00:00:00Z",
        "2023-05-07 10:11:12",
        "2023-05-07T23:59:59+08:00",
        "2023년 5월 7일",
        "令和5年5月7日",
        "R5.5.7",
        "民國112年5月7日",
        20230507.0,
        45053.0,
        45053.75,
    ],
)
def test_one_day_in_many_spellings(cell: Cell) -> None:
    assert read_date(cell).day == MAY_7


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        "NA",
        "无",
        "无数据",
        "NULL",
        "0",
        "/0",
        "0000-00-00",
        "0001-01-01",
        "01/00/1900",
        "未授权",
        0.0,
    ],
)
def test_nothing_is_nothing_and_no_problem(cell: Cell) -> None:
    written = read_date(cell)
    assert (written.day, written.problem) == (None, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2023-13-01", "date_unread"),
        ("2023-02-30", "date_unread"),
        ("soon", "date_unread"),
        ("2023", "date_incomplete"),
        ("2023-05", "date_incomplete"),
        ("2023年5月", "date_incomplete"),
        ("45053", "date_serial"),
        ("1899-12-30 00:00:00", "date_blank"),
        ("1/1/1900", "date_blank"),
        (3.0, "date_unread"),
    ],
)
def test_what_cannot_be_read_for_certain_is_said(cell: Cell, code: str) -> None:
    problem = read_date(cell).problem
    assert problem is not None
    assert problem[0] == code


def test_days_before_1900_are_days() -> None:
    assert read_date("1897-05-03").day == date(1897, 5, 3)
    assert read_date("昭和63年1月7日").day == date(1988, 1, 7)


def column(*cells: str) -> list[date | None]:
    written = [read_date(c) for c in cells]
    return decide(written, orders_of(written)).days


def test_one_cell_decides_the_order_of_its_column() -> None:
    assert column("07/05/2023", "25/12/2022") == [MAY_7, date(2022, 12, 25)]
    assert column("05/07/2023", "12/25/2022") == [MAY_7, date(2022, 12, 25)]


def test_an_open_order_leaves_the_cells_empty_and_says_so() -> None:
    written = [read_date("03/04/2021"), read_date("07/07/2021")]
    decided = decide(written, orders_of(written))
    assert decided.days == [None, date(2021, 7, 7)]
    assert decided.problems[0][0] == "date_ambiguous"


def test_a_column_that_contradicts_itself_keeps_only_what_is_certain() -> None:
    assert column("03/04/2021", "25/12/2022", "12/25/2022") == [
        None,
        date(2022, 12, 25),
        date(2022, 12, 25),
    ]


def test_two_digit_years_may_stand_first_or_last() -> None:
    assert column("23/05/07", "98/05/07".replace("98", "45")) == [MAY_7, date(2045, 5, 7)]
    assert orders_of([read_date("23/05/07")]) == frozenset({Order.DAY, Order.YEAR})


@pytest.mark.parametrize(
    ("year", "expected"), [(1993, 1993), (2093, 2093), (None, 1993), (1990, 1993)]
)
def test_the_century_comes_from_the_column_of_years(year: int | None, expected: int) -> None:
    assert in_century(date(2093, 5, 7), year).year == expected


def test_a_header_gives_the_order_away() -> None:
    assert hinted_orders("Filing date (DD/MM/YYYY)") == frozenset({Order.DAY})
    assert hinted_orders("Filed (mm-dd-yyyy)") == frozenset({Order.MONTH})
    assert hinted_orders("Filing date") == ANY_ORDER


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 12, 31)))
def test_every_day_reads_back_from_its_usual_spellings(day: date) -> None:
    assert read_date(day.isoformat()).day == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日").day == day
    assert read_date(f"{day:%d.%m.%Y}").day == day
    first = {order: found for order, found in read_date(f"{day:%d/%m/%Y}").readings}
    assert first[Order.DAY] == day


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    written = read_date(text)
    assert written.day is None or written.day.year <= 2300
