"""Cells that could mean two things: what decides, what is said, what is left empty."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ipdesk.core.intake.formats import read_file
from ipdesk.core.intake.plan import plan
from ipdesk.core.intake.reading import interpret
from ipdesk.core.intake.records import record_of
from ipdesk.core.portfolio.offices import office_of


@pytest.fixture(name="listed")
def _listed(tmp_path: Path) -> Any:
    def read(text: str, encoding: str = "utf-8") -> list[dict[str, Any]]:
        path = tmp_path / "list.csv"
        path.write_bytes(text.encode(encoding))
        result = interpret(read_file(path, lambda done, total: None))
        return [record_of(d) for d in result.drafts]

    return read


def codes(record: dict[str, Any]) -> list[str]:
    return [p["code"] for p in record["problems"]]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("申请号,名称,申请日\n202020123456.1,支架,2020-03-01\n", "CN"),
        ("Appl. No.,Title\n202010123400.7,A\n202010123401.1,B\n202020123456.1,C\n", "CN"),
        ("Aktenzeichen,Titel,Anmeldetag\n202020123456.1,Halter,01.03.2020\n", "DE"),
        ("Appl. No.,Title,Country\n202020123456.1,Holder,DE\n", "DE"),
    ],
)
def test_a_wrong_chinese_check_digit_makes_no_german_number(
    listed: Any, text: str, office: str
) -> None:
    last = listed(text)[-1]
    assert last["office"] == office
    assert ("check_digit" in codes(last)) is (office == "CN")


def test_a_form_of_two_offices_in_a_list_of_neither_is_left_open(listed: Any) -> None:
    (record,) = listed("Appl. No.,Title,Filing date\n202020123456.1,Holder,2020-03-01\n")
    assert (record["office"], codes(record)) == (None, ["office_unknown"])


def test_patents_in_a_column_of_both_are_grants(listed: Any) -> None:
    read = listed(
        "Patent/Application No.,Title,Country\n3456789,Valve,EP\nEP3456780B1,Cap,\n"
        "10123456,Pump,US\n16/457320,Hose,US\n6424293,Rotor,JP\n2018-076692,Stator,JP\n20723456.5,Seal,EP\n"
    )
    told = [(r["grant_number"], r["application_number"]) for r in read]
    assert told[:6] == [
        ("EP3456789", None),
        ("EP3456780B1", None),
        ("US10123456", None),
        (None, "US16/457,320"),
        ("JP6424293", None),
        (None, "JP2018-076692"),
    ]
    assert [codes(r) for r in read] == [[], [], [], [], [], [], ["check_digit"]]
    german = listed(
        "Titel,Patent-/Anmeldenummer,Land\nVentil,3456789,EP\nPumpe,10 2012 010 826.5,DE\n"
    )
    told = [(r["grant_number"], r["application_number"]) for r in german]
    assert told == [("EP3456789", None), (None, "DE102012010826")]


def test_a_reference_that_a_spreadsheet_has_damaged_is_left_empty(listed: Any) -> None:
    read = listed(
        "Docket No.,Application No.,Title\n93001.0189999,17/457320,A\n93001.00001,17/457321,B\n"
        "93001.020000000004,17/457322,C\n93001.0300,17/457323,D\n"
    )
    assert [r["reference"] for r in read] == [None, "93001.00001", None, "93001.0300"]
    assert [codes(r) for r in read] == [["reference_damaged"], [], ["reference_damaged"], []]


def test_a_reference_that_lost_its_last_zero_in_a_cell_of_numbers_is_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    references = (93001.08, 93001.09, 93001.1, 93001.11, "93001.1")
    sheet.append(["Docket No.", "Application No.", "Title"])
    for number, reference in enumerate(references):
        sheet.append([reference, f"17/45732{number}", f"Hose {number}"])
    book.save(tmp_path / "list.xlsx")
    result = interpret(read_file(tmp_path / "list.xlsx", lambda done, total: None))
    read = [record_of(d) for d in result.drafts]
    assert [r["reference"] for r in read] == [str(r) for r in references]
    assert [codes(r) for r in read] == [[], [], ["reference_shorter"], [], []]


@pytest.mark.parametrize(
    ("headers", "cells", "names"),
    [
        ("Inventor First Name,Inventor Last Name", "Ann,Miller", ["Ann Miller"]),
        ("First inventor last name,First inventor first name", "Miller,", ["Miller"]),
        (
            "inventor_name_last,inventor_name_first",
            "Miller; Roe,Ann; Bob",
            ["Ann Miller", "Bob Roe"],
        ),
        ("Nachname Erfinder,Vorname Erfinder", "Müller,Anna", ["Anna Müller"]),
        ("Inventor surname,Inventor given names", "王,小明", ["王小明"]),
        ("Inventor 1,Inventor 2", "Ann Miller,Bob Roe", ["Ann Miller", "Bob Roe"]),
        ("发明人1,发明人2", "张三,李四", ["张三", "李四"]),
    ],
)
def test_names_spread_over_columns_are_joined(
    listed: Any, headers: str, cells: str, names: list[str]
) -> None:
    (record,) = listed(f"Application No.,Title,{headers}\n17/457320,Hose,{cells}\n")
    assert record["inventors"] == names


def test_counted_columns_are_all_read(listed: Any) -> None:
    (record,) = listed(
        "申请号,名称,IPC 1,IPC 2,优先权号1,优先权日1,优先权号2,优先权日2\n"
        "202010123400.7,甲,F16L 11/00,B32B 1/08,US62/234567,2019-03-02,US62/123456,2019-02-02\n"
    )
    assert record["classes"] == ["F16L11/00", "B32B1/08"]
    assert record["priorities"] == ["US62/234,567", "US62/123,456"]
    assert record["priority_date"] == "2019-02-02"


def test_a_header_repeated_in_another_order_begins_another_table(listed: Any) -> None:
    read = listed(
        "Application No.,Title,Filing Date,Country\n17/457320,Hose,2021-06-28,US\n"
        "Application No.,Title,Filing Date,Country\n17/457322,Pipe,2021-06-29,US\n,,,\nDesigns,,,\n"
        "Application No.,Country,Title,Filing Date\n29/457321,US,Cap,2021-06-30\n"
    )
    assert [(r["title"], r["filing_date"]) for r in read] == [
        ("Hose", "2021-06-28"),
        ("Pipe", "2021-06-29"),
        ("Cap", "2021-06-30"),
    ]
    assert not any(map(codes, read))


def test_two_languages_in_one_header_or_cell_mean_it_once(listed: Any) -> None:
    (record,) = listed(
        '"申请号\nApplication No.",名称/Title,"申请日\nFiling Date",国家/Country,'
        "Patentee 专利权人\n"
        "17/457320,Hose,2020-02-01,美国/USA,甲公司\n"
    )
    assert (record["filing_date"], record["office"]) == ("2020-02-01", "US")
    assert record["owners"] == ["甲公司"]
    assert (office_of("China 中国"), office_of("中国/USA")) == ("CN", None)


def test_quotes_and_wide_signs_around_numbers_do_not_matter(listed: Any) -> None:
    read = listed(
        "申请号,名称,公开号\n’202010123402.6,甲,‘CN111234568A\n202010123401.1',乙,`CN111234569A\n"
        "US１６／４５７，３２０,丙,\n"
    )
    numbers = [(r["application_number"], r["publication_number"]) for r in read]
    assert numbers[:2] == [
        ("CN202010123402.6", "CN111234568A"),
        ("CN202010123401.1", "CN111234569A"),
    ]
    assert numbers[2][0] == "US16/457,320"
    assert not any(map(codes, read))


def test_a_table_whose_whole_lines_were_quoted_is_read(listed: Any) -> None:
    (record,) = listed(
        '"Application No.;""Title"";Filing Date;Country"\r\n'
        '"16/457,320;""Hose; flexible"";28.06.2019;US"\r\n'
    )
    assert (record["title"], record["filing_date"]) == ("Hose; flexible", "2019-06-28")


def test_a_repeated_number_with_another_title_or_day_is_said(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "申请号,名称,申请日\n202010123400.7,甲,2020-02-01\n202010123400.7,乙,2020-02-02\n"
        "202010123401.1,丙,2020-02-01\n202010123401.1,丙,2020-02-01\n",
        encoding="utf-8",
    )
    planned = plan(interpret(read_file(path, lambda done, total: None)).drafts)
    said = [p.code for e in planned.entries for p in e.proposal.problems]
    assert (planned.duplicates, said) == (2, ["title_differs", "filing_differs"])
    assert planned.entries[0].proposal.fields["title"] == "甲"


def test_a_grant_before_the_filing_is_told(listed: Any) -> None:
    read = listed(
        "申请号,名称,申请日,授权日\n202010123400.7,甲,2020-02-01,2019-02-01\n"
        "202010123401.1,乙,2020-02-01,2021-02-01\n"
    )
    assert [codes(r) for r in read] == [["grant_earlier"], []]
    (again,) = listed(
        "申请号,名称,申请日,授权日,优先权日\n202020123456.1,甲,2020-02-01,2019-02-01,2020-03-01\n"
    )
    assert sorted(codes(again)) == [
        "check_digit",
        "grant_earlier",
        "office_assumed",
        "priority_later",
    ]
