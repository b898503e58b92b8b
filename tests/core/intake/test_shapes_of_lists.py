"""Shapes in which lists come, each in a few lines: what is read, and what is said of it."""

from pathlib import Path
from typing import Any

import pytest

from ipdesk.base.errors import Refused
from ipdesk.core.intake.formats import read_file
from ipdesk.core.intake.model import ReadResult
from ipdesk.core.intake.reading import interpret
from ipdesk.core.intake.records import record_of


@pytest.fixture(name="listed")
def _listed(tmp_path: Path) -> Any:
    def read(text: str, name: str = "list.csv") -> ReadResult:
        path = tmp_path / name
        path.write_bytes(text.encode("utf-8"))
        return interpret(read_file(path, lambda done, total: None))

    return read


def records(result: ReadResult) -> list[dict[str, Any]]:
    return [record_of(d) for d in result.drafts]


def codes(record: dict[str, Any]) -> list[str]:
    return [p["code"] for p in record["problems"]]


def fields(result: ReadResult) -> dict[str, str]:
    return {m.header: m.field for m in result.mapping}


def test_two_tables_on_one_sheet_are_both_read(listed: Any) -> None:
    result = listed(
        "专利,,,,\n申请号,名称,申请日,,\n201610895413.X,电机,2016-10-13,,\n,,,,\n商标,,,,\n"
        "注册号,商标名称,类别,申请日,专用期限至\n30123456,镓印,9,2018-04-10,2029-03-06\n"
    )
    first, second = records(result)
    assert (first["sheet"], first["row"], first["right"]) == ("list", 3, "invention")
    assert (second["sheet"], second["row"], second["right"]) == ("list · 2", 7, "trademark")
    assert second["expiry_date"] == "2029-03-06"


def test_a_header_printed_again_starts_no_second_table(listed: Any) -> None:
    head = "申请号,名称,申请日\n"
    row = "201610895413.X,电机,2016-10-13\n"
    result = listed(head + row + head + row.replace("电机", "泵"))
    assert [r["title"] for r in records(result)] == ["电机", "泵"]
    assert len(result.raw.sheets) == 1


def test_cells_of_a_page_reach_into_the_rows_below(listed: Any) -> None:
    result = listed(
        "<table><tr><th>名称<th>国家<th>申请号<th>申请日</tr>"
        "<tr><td rowspan='2'>电机<td>CN<td>201610895413.X<td>2016-10-13</tr>"
        "<tr><td>US<td>15/745,123<td rowspan='1'>2018-01-15</table>",
        "page.xls",
    )
    told = [(r["title"], r["office"], r["filing_date"]) for r in records(result)]
    assert told == [("电机", "CN", "2016-10-13"), ("电机", "US", "2018-01-15")]


def test_domains_without_a_header_are_domains_to_be_confirmed(listed: Any) -> None:
    result = listed("gayin.cn\nquicksilver-ink.com\n镓印.中国\n", "names.txt")
    assert [r["title"] for r in records(result)] == ["gayin.cn", "quicksilver-ink.com", "镓印.中国"]
    assert {r["right"] for r in records(result)} == {"domain_name"}
    assert not any(m.sure for m in result.mapping)


def test_names_of_files_are_no_domains(listed: Any) -> None:
    with pytest.raises(Refused):
        listed("minutes.pdf\nletter.docx\nsheet.xlsx\n", "names.txt")


def test_a_publication_among_applications_is_moved_and_said(listed: Any) -> None:
    (record,) = records(listed("申请号,名称,申请日\nCN113456789A,电机,2021-03-31\n"))
    assert record["application_number"] is None
    assert record["publication_number"] == "CN113456789A"
    assert codes(record) == ["publication_instead"]


def test_a_renewal_ends_a_mark_and_is_due_for_a_patent(listed: Any) -> None:
    patents = listed("Application No,Title,Renewal date\n17/012345,Pump,2026-07-25\n")
    assert fields(patents)["Renewal date"] == "next_due"
    assert records(patents)[0]["expiry_date"] is None
    marks = listed("Mark,Reg. No.,Class,Renewal date\nBOLT,6012345,7,2030-03-17\n")
    assert fields(marks)["Renewal date"] == "expiry_date"


def test_the_finer_of_two_states_is_taken(listed: Any) -> None:
    result = listed("申请号,名称,简单法律状态,法律状态\n201610895413.X,电机,失效,未缴年费\n")
    assert records(result)[0]["status"] == "未缴年费"
    only = listed("申请号,名称,简单法律状态\n201610895413.X,电机,失效\n")
    assert records(only)[0]["status"] == "失效"


def test_a_number_of_the_rows_office_is_not_taken_for_an_american_one(listed: Any) -> None:
    (record,) = records(listed('Application No,Country,Title\n"3,123,456",CA,Pump\n'))
    assert (record["application_number"], record["office"]) == ("CA3123456", "CA")


def test_years_counted_from_1912_are_proved_by_three_digits(listed: Any) -> None:
    result = listed("申請案號,專利名稱,申請日\n106132082,電路,106/9/19\n099112345,盒,99/12/31\n")
    assert [r["filing_date"] for r in records(result)] == ["2017-09-19", "2010-12-31"]


def test_a_year_column_that_differs_from_any_date_is_said(listed: Any) -> None:
    result = listed(
        "Publication Number,Title,Application Date,Application Year\n"
        "US11234567B2,Pump,2019-12-30,2018\nUS11234568B2,Pump,2018-12-30,2018\n"
    )
    assert [codes(r) for r in records(result)] == [["week_year"], []]


def test_days_beside_priorities_are_theirs(listed: Any) -> None:
    (record,) = listed(
        "申请号,标题,优先权号,优先权日,优先权国别\n"
        "CN202180012345.7,天线,US62/985678; US63/012345,2020.03.05; 2020.04.01,US; US\n"
    ).drafts
    assert [c.number for c in record.priorities] == ["US62/985,678", "US63/012,345"]
    assert [str(c.date) for c in record.priorities] == ["2020-03-05", "2020-04-01"]
    assert not any(p.code == "date_several" for p in record.problems)


@pytest.mark.parametrize(
    ("header", "right"),
    [
        ("布图设计名称,布图设计登记号", "ic_layout"),
        ("作品名称,登记号", "work_copyright"),
        ("软件名称,登记号", "software_copyright"),
    ],
)
def test_registers_of_other_rights_are_known_by_their_headers(
    listed: Any, header: str, right: str
) -> None:
    (record,) = records(listed(f"{header},登记日期\n甲,2021BS0123456,2021-02-10\n"))
    assert (record["right"], record["office"]) == (right, "CN")


def test_no_bracket_of_a_name_is_parted(listed: Any) -> None:
    (record,) = records(
        listed(
            "Mark,Serial Number,Owners,Status\n"
            'BOLT,88123456,"Acme Inc. (CORPORATION; DELAWARE, USA); Roe LLC",LIVE\n'
        )
    )
    assert record["owners"] == ["Acme Inc.", "Roe LLC"]
    assert (record["office"], record["application_number"]) == ("US", "88/123,456")


def test_headers_in_two_languages_are_one_header(listed: Any) -> None:
    result = listed(
        "案号,国家,申请号,申请日,名称\nOur Ref,Country,Application No.,Filing Date,Title\n"
        "A1,中国,201610895413.X,2016-10-13,电机\n"
    )
    (record,) = records(result)
    assert (record["row"], record["reference"], record["problems"]) == (3, "A1", [])


def test_american_days_in_a_column_of_priorities_are_days(listed: Any) -> None:
    (record,) = records(
        listed('Application #,Patent #,Priority Date\n17/012345,"11,234,567",9/15/2019\n')
    )
    assert record["priority_date"] == "2019-09-15"
    assert (record["application_number"], record["grant_number"]) == ("US17/012,345", "US11234567")


def test_signatures_and_feet_below_a_list_are_no_records(listed: Any) -> None:
    result = listed(
        "序号,专利号,专利名称,申请日\n1,ZL201610895413.X,电机,2016-10-13\n"
        ",,以下空白,\n制表人：张三,,审核：李四,\n第1页 共1页,,,\n"
    )
    assert [r["title"] for r in records(result)] == ["电机"]


def test_a_class_with_its_name_is_the_class(listed: Any) -> None:
    result = listed("商标名称,注册号,国际分类\n镓印,30123456,9类-科学仪器\n镓,30123457,42-设计\n")
    assert [r["classes"] for r in records(result)] == [["9"], ["42"]]


def test_an_international_application_needs_no_column_of_its_own(listed: Any) -> None:
    (record,) = records(
        listed(
            "International Application Number,International Filing Date,Title,Publication Number\n"
            "PCT/CN2023/012345,2023-02-14,Pump,WO/2023/155432\n"
        )
    )
    assert (record["application_number"], record["right"]) == ("PCT/CN2023/012345", "pct")
    assert record["filing_date"] == "2023-02-14"


def test_published_applications_among_patents_are_moved_and_said(listed: Any) -> None:
    result = listed("Patent Number,Title\nUS20210123456A1,Pump\nUS11234567B2,Valve\n")
    first, second = records(result)
    assert (first["publication_number"], first["grant_number"]) == ("US20210123456A1", None)
    assert codes(first) == ["publication_instead"]
    assert second["grant_number"] == "US11234567B2"


def test_numbers_of_several_countries_beside_each_other_are_said(listed: Any) -> None:
    first, second = records(
        listed(
            "案号,名称,中国申请号,美国申请号\nA1,电机,201610895413.X,15/745123\n"
            "A2,泵,CN201610870734.4/US15/745124,\n"
        )
    )
    for record in (first, second):
        assert record["application_number"].startswith("CN2016")
        assert codes(record) == ["several_numbers"]


def test_a_mark_beside_domains_and_pct_belongs_to_the_one_country(listed: Any) -> None:
    result = listed(
        "类型,名称,申请号/注册号,申请日\n发明,电机,201610895413.X,2016-10-13\n"
        "商标,镓印,30123456,2018-04-10\n域名,gayin.io,,2018-05-01\n"
        "PCT,Pump,PCT/CN2022/081234,2022-03-16\n"
    )
    assert [r["office"] for r in records(result)] == ["CN", "CN", "XX", "WO"]


def test_cells_kept_text_by_a_formula_are_read(listed: Any) -> None:
    (record,) = records(listed('申请号,申请日,申请人\n="201610895413.X",="2016-10-13",="甲公司"\n'))
    assert (record["filing_date"], record["applicants"]) == ("2016-10-13", ["甲公司"])


def test_a_date_with_words_behind_it_is_taken_and_said(listed: Any) -> None:
    first, second = records(
        listed(
            "Номер патента,Название,Публикация,Приоритет\n"
            "2847001(RU),УСТРОЙСТВО,26.09.2025 БИПМ №27,08.11.2024\n"
            "226001(RU)ПМ,СЧЕТЧИК,21.05.2024,13.02.2023\n"
        )
    )
    assert (first["grant_number"], first["publication_date"]) == ("RU2847001", "2025-09-26")
    assert codes(first) == ["date_remark"]
    assert (second["right"], second["priority_date"]) == ("utility_model", "2023-02-13")


def test_korean_names_are_parted_at_commas(listed: Any) -> None:
    (record,) = records(
        listed('title,application_number,inventors\n소재,10-2024-0001234,"김연구,박실험"\n')
    )
    assert record["inventors"] == ["김연구", "박실험"]


def test_a_file_encoded_twice_is_read_once(listed: Any) -> None:
    twice = "Für Öl\u2002[DE]".encode().decode("cp1252")
    (record,) = records(listed(f"Anmeldenummer,Titel\n10 2019 123 456.7,{twice}\n"))
    assert record["title"] == "Für Öl [DE]"
    (plain,) = records(listed("Anmeldenummer,Titel\n10 2019 123 456.7,Ã und â Größe\n"))
    assert plain["title"] == "Ã und â Größe"


def test_serial_numbers_of_rows_are_no_applications(listed: Any) -> None:
    rows = "".join(f"{n},29116{n},{n}300/DELNP/2012,Pump\n" for n in range(1, 5))
    first = records(listed(f"Serial No.,Patent Number,Application Number,Title\n{rows}"))[0]
    assert (first["application_number"], first["office"]) == ("IN1300/DELNP/2012", "IN")


def test_two_digits_of_what_has_happened_are_not_ahead(listed: Any) -> None:
    (record,) = records(
        listed("Publication Number,Title,Application Date\nUS2400001A,Pump,20/03/43\n")
    )
    assert record["filing_date"] == "1943-03-20"


def test_an_office_that_the_number_contradicts_is_said(listed: Any) -> None:
    first, second = records(
        listed("Application No,Country,Title\nEP20761234.2,DE,Pump\nPCT/CN2023/012345,US,Valve\n")
    )
    assert (first["office"], codes(first)) == ("EP", ["office_differs"])
    assert codes(second) == []


def test_serial_numbers_of_things_are_no_filings(listed: Any) -> None:
    with pytest.raises(Refused):
        listed("Serial Number,Model,Purchase Date,Owner\n12345678,Laptop,2020-01-01,Doe\n")
    assert len(listed('Serial Number\n"17/012,345"\n"17/012,346"\n').drafts) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Asset ID,Serial Number,Model,Location,Purchase Date,Status\n1,SN-123456,XPS,Room 1,"
        "2020-01-02,Active\n",
        "Grant Number,Title,PI,Agency,Start Date,End Date,Amount\nNSF-1234567,Ink research,Doe,NSF,"
        "2020-01-02,2023-01-01,500000\n",
        "Name,Title,Country,Start Date,Status\nJane Doe,Engineer,US,2020-01-02,Active\n",
    ],
)
def test_assets_research_grants_and_people_are_no_filings(listed: Any, text: str) -> None:
    with pytest.raises(Refused):
        listed(text)


def test_the_offices_that_a_bare_number_may_belong_to_are_named(listed: Any) -> None:
    (record,) = records(listed("Ref,Application No.,Title\nA,2019123456,Ink\n"))
    assert record["office"] is None
    (problem,) = record["problems"]
    assert problem["code"] == "office_unknown"
    assert "AU / RU / JP" in problem["message"]


def test_a_dotted_day_proves_the_order_of_a_column(listed: Any) -> None:
    rows = "17/012345,Ink,30.12.2019\n17/012346,Head,08-06-2022\n"
    days = [r["filing_date"] for r in records(listed("Application No.,Title,Filing Date\n" + rows))]
    assert days == ["2019-12-30", "2022-06-08"]


def test_classes_of_the_nice_agreement_alone_make_marks_unless_the_list_speaks_of_patents(
    listed: Any,
) -> None:
    (mark,) = records(listed("Country,Registration No.,Name,Class\nMX,2034567,GALLIUM,9\n"))
    assert mark["right"] == "trademark"
    (patent,) = records(listed("Country,Patent No.,Title,Class\nUS,11234567,Printable ink,9\n"))
    assert patent["right"] == "invention"
