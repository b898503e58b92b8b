"""Cells, names and classes: nulls, separators, what clings to a name."""

import pytest

from ipdesk.core.intake.cells import lines_of, one_line, text_of
from ipdesk.core.intake.lists import Names, classes_of
from ipdesk.core.intake.model import Cell


@pytest.mark.parametrize(
    "cell", ["", "-", "NA", "N/A", "无", "无数据", "NULL", "None", "0", "/0", "#N/A", "  "]
)
def test_nulls_are_empty(cell: str) -> None:
    assert one_line(cell) == ""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (2023101234567.0, "2023101234567"),
        (201220249767.4, "201220249767.4"),
        (12.5, "12.5"),
        ("  A  B\n", "A B"),
        ("A\u00a0B\u200b", "A B"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("H<sub>2</sub>O", "H2O"),
        ('="0123"', "0123"),
        ("A method of 5 < 6", "A method of 5 < 6"),
    ],
)
def test_cells_become_one_clean_line(cell: Cell, text: str) -> None:
    assert one_line(cell) == text


def test_a_number_of_sixteen_digits_has_lost_some_and_shows_it() -> None:
    assert "e+" in text_of(1.234567890123456e17)


def test_lines_stay_lines_where_several_numbers_stand() -> None:
    assert lines_of("A1\r\n-\nB2 ") == "A1\nB2"


def names(text: str, *, people: bool = True, how: str = "") -> tuple[str, ...]:
    return Names([text], people=people, how=how).read(text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A B;;C D", ("A B", "C D")),
        ("张三; 李四", ("张三", "李四")),
        ("张三 ; 李四;王五", ("张三", "李四", "王五")),
        ("张三、李四", ("张三", "李四")),
        ("张三，李四、王五等", ("张三", "李四", "王五")),
        ("A B      | C D      | E", ("A B", "C D", "E")),
        ("A B\u2002[US]\nC D\u2002[CN]\n", ("A B", "C D")),
        ("Last, First; Other, Name", ("Last, First", "Other, Name")),
        ("TANNER, CHRISTOPHER|DOE, J", ("TANNER, CHRISTOPHER", "DOE, J")),
        ("John Smith, Jane Doe and Bob Roe", ("John Smith", "Jane Doe", "Bob Roe")),
        ("SOLDIN STEVEN J    US", ("SOLDIN STEVEN J",)),
        ("John Smith et al.", ("John Smith",)),
        ("Müller, Jürgen, 80331 München, DE", ("Müller, Jürgen",)),
        ("张三; 张三", ("张三",)),
        ("-", ()),
    ],
)
def test_names_are_parted_and_cleaned(text: str, expected: tuple[str, ...]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Vib Vzw, Co., Ltd.",
        "Procter and Gamble",
        "ハートフロー， インコーポレイテッド",
        "Foo, Inc.",
    ],
)
def test_companies_with_commas_stay_whole(text: str) -> None:
    assert names(text, people=False) == (text,)


def test_chinese_organisations_are_parted_at_commas_when_every_part_is_one() -> None:
    assert names("华为技术有限公司,清华大学", people=False) == ("华为技术有限公司", "清华大学")


def test_the_code_behind_an_agency_goes() -> None:
    assert names("某某专利事务所 11002", people=False) == ("某某专利事务所",)


@pytest.mark.parametrize("text", ["张三等", "学校法人 埼玉医科大学 他", "John Smith et al"])
def test_a_cut_list_of_names_is_noticed(text: str) -> None:
    assert Names([text], people=True).read(text)[1]


def test_one_japanese_name_in_two_orders_is_one_person() -> None:
    assert names("宮下　徳彦, 徳彦 宮下", how="comma") == ("宮下 徳彦",)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("14-02(10);14-04(10)", ("14-02", "14-04")),
        ("C07D 417/12;A23L 1/226", ("C07D417/12", "A23L1/226")),
        ("A61K 31/00, A61P 3/00", ("A61K31/00", "A61P3/00")),
        ("H01M10/0562(2010.01)I", ("H01M10/0562",)),
        ("A61B6/03,360@G", ("A61B6/03",)),
        ("第9类", ("9",)),
        ("9, 35 42", ("9", "35", "42")),
        (9.0, ("9",)),
        ("009 016", ("9", "16")),
    ],
)
def test_classes_have_one_spelling(cell: Cell, expected: tuple[str, ...]) -> None:
    assert classes_of(cell) == expected
