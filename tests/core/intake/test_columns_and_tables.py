"""Headers and tables: which field a header means, where the table stands, what is none of ours."""

import tomllib
from collections.abc import Sequence
from typing import Any

import pytest

from ipdesk.base.assets import asset
from ipdesk.base.errors import Refused, WrongCommand
from ipdesk.core.intake.columns import header_key, meaning_of, vendor_of, words
from ipdesk.core.intake.formats.columnar import columns_of
from ipdesk.core.intake.meanings import right_of, status_of
from ipdesk.core.intake.model import RawFile, RawSheet, ReadResult
from ipdesk.core.intake.reading import interpret
from ipdesk.core.portfolio.model import Right, Status


def sheet(rows: Sequence[Sequence[Any]], name: str = "S") -> RawSheet:
    columns, lines = columns_of(rows)
    return RawSheet(name, columns, lines)


def read(*sheets: Sequence[Sequence[Any]], **options: Any) -> ReadResult:
    raw = RawFile(
        "list.csv", "0" * 64, "csv", tuple(sheet(s, f"S{n}") for n, s in enumerate(sheets, 1))
    )
    return interpret(raw, **options)


HEAD = ["案号", "专利名称", "申请号", "申请日"]
ROW = ["A1", "一种天线", "CN201610895413.X", "2016-10-13"]


def test_no_header_word_stands_under_two_fields() -> None:
    with asset("columns.toml").open("rb") as handle:
        stored = tomllib.load(handle)
    seen: dict[str, str] = {}
    twice = []
    for field, languages in stored["fields"].items():
        for names in languages.values():
            for name in names:
                if seen.setdefault(header_key(name), field) != field:
                    twice.append((name, field, seen[header_key(name)]))
    assert twice == []


def test_vendors_name_known_fields() -> None:
    fields = set(words().fields.values())
    for vendor in words().vendors:
        assert set(vendor.columns.values()) <= fields, vendor.id


def test_words_for_rights_and_states_are_those_of_the_portfolio() -> None:
    with asset("columns.toml").open("rb") as handle:
        stored = tomllib.load(handle)
    assert set(stored["rights"]) - {"granted", "generic", "unsaid"} <= set(Right)
    assert set(stored["statuses"]) <= set(Status)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("公开（公告）号", "publication_number"),
        ("[标]当前申请(专利权)人", "owners"),
        ("申请号 Application No.", "application_number"),
        ("  I P C ", "classes"),
        ("Filing Date (DD/MM/YYYY)", "filing_date"),
        ("*申请日", "filing_date"),
        ("1. 申请号", "application_number"),
        ("出願日\n公知日\n登録日", "filing_date+publication_date+grant_date"),
        ("公布日/公告日", "publication_or_grant_date"),
        ("Anmelder/Inhaber", "applicants"),
        ("출원번호", "application_number"),
        ("Número do pedido", "application_number"),
        ("Date de dépôt", "filing_date"),
        ("Fecha de solicitud", "filing_date"),
        ("発明の名称", "title"),
    ],
)
def test_headers_are_recognised_for_sure(header: str, field: str) -> None:
    assert meaning_of(header) == (field, True)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Applicaton Number", "application_number"),
        ("本公司申请日期", "filing_date"),
        ("Owner / Applicant", "owners"),
        ("Type", "right"),
    ],
)
def test_doubtful_headers_are_asked_back(header: str, field: str) -> None:
    assert meaning_of(header) == (field, False)


@pytest.mark.parametrize(
    "header", ["申请人地址", "发明人数量", "Applicants Count", "Current Assignee Address", "A61B"]
)
def test_what_only_resembles_a_field_is_none(header: str) -> None:
    assert meaning_of(header).field in ("", "ignored")


def test_a_vendor_is_known_by_its_headers() -> None:
    headers = ["id", "title", "assignee", "inventor/author", "filing/creation date", "result link"]
    assert vendor_of(headers).id == "google_patents"
    assert vendor_of(["案号", "申请号"]).id == "sheet"


@pytest.mark.parametrize("above", [0, 1, 6, 29])
def test_the_header_stands_in_any_of_the_first_thirty_rows(above: int) -> None:
    rows = [["说明"]] * above + [HEAD, ROW]
    result = read(rows)
    assert result.sheets[0].header_row == above + 1
    assert [d.row for d in result.drafts] == [above + 2]


def test_a_header_in_row_31_is_not_looked_for() -> None:
    with pytest.raises(Refused):
        read([["说明"]] * 30 + [HEAD, ["A1", "一种天线", "", ""]])


def test_blank_columns_in_front_and_rows_between_do_no_harm() -> None:
    rows = [["", "", *HEAD], [], ["", "", *ROW], [], ["", "", "A2", "手写笔", "CN201430491695.9"]]
    result = read(rows)
    assert [(d.row, d.reference) for d in result.drafts] == [(3, "A1"), (5, "A2")]


def test_grouped_headers_are_read_together() -> None:
    rows = [
        ["案号", "名称", "申请", "", "授权公告", ""],
        ["", "", "号", "日", "号", "日"],
        ["A1", "天线", "CN201610895413.X", "2016-10-13", "CN106491157B", "2019-05-31"],
    ]
    draft = read(rows).drafts[0]
    assert str(draft.filing_date) == "2016-10-13"
    assert draft.grant_number == "CN106491157B"
    assert str(draft.grant_date) == "2019-05-31"


def test_every_sheet_with_a_table_is_read_and_others_are_named() -> None:
    result = read(
        [HEAD, ROW], [["年份", "件数"], [2020, 3]], [HEAD, ["A2", "笔", "", "2020-01-02"]]
    )
    assert [(s.name, s.records) for s in result.sheets] == [("S1", 1), ("S2", 0), ("S3", 1)]
    assert result.sheets[1].why_not is not None


def test_one_sheet_can_be_chosen_and_must_exist() -> None:
    assert len(read([HEAD, ROW], [HEAD, ROW], sheet="S2").drafts) == 1
    with pytest.raises(WrongCommand, match="S1, S2"):
        read([HEAD, ROW], [HEAD, ROW], sheet="Liste")


def test_notes_totals_and_repeated_headers_are_no_records() -> None:
    rows = [
        HEAD,
        ROW,
        HEAD,
        ["合计：1 件"],
        ["", "以上为全部案件"],
        ["A2", "笔", "CN201430491695.9"],
    ]
    assert [d.row for d in read(rows).drafts] == [2, 6]


def test_a_duplicated_header_fills_what_the_first_leaves_empty() -> None:
    rows = [["申请号", "名称", "申请人", "申请人"], ["CN201610895413.X", "天线", "", "深圳大学"]]
    assert read(rows).drafts[0].applicants == ("深圳大学",)


def test_a_mapping_may_be_overruled_and_must_name_what_exists() -> None:
    rows = [["案号", "说法", "申请号"], ["A1", "天线", "CN201610895413.X"]]
    assert read(rows).drafts[0].title == ""
    assert read(rows, mapping={"说法": "title"}).drafts[0].title == "天线"
    with pytest.raises(WrongCommand, match="no column"):
        read(rows, mapping={"标题": "title"})
    with pytest.raises(WrongCommand, match="no field"):
        read(rows, mapping={"说法": "titel"})


def test_a_header_row_may_be_named() -> None:
    rows = [["案号", "名称", "申请号", "申请日"], ["案号", "标题", "申请号", "申请日"], ROW]
    assert read(rows, header_row=2).sheets[0].header_row == 2


def test_a_list_without_header_is_guessed_and_unsure() -> None:
    rows = [
        ["CN201610895413.X", "一种超声探头以及系统", "2016-10-13"],
        ["CN201610859128.2", "一种公共交通检票方法", "2016-09-28"],
    ]
    result = read(rows)
    assert result.sheets[0].header_row is None
    assert {m.field for m in result.mapping} == {"application_number", "title", "filing_date"}
    assert not any(m.sure for m in result.mapping)


@pytest.mark.parametrize(
    "rows",
    [
        [["year", "A61B", "G06T"], [2004, 4, 0], [2005, 2, 0]],
        [["Title", "Author/s", "DOI", "ISSN"], ["A paper", "Doe", "10.1/x", "1234"]],
        [["申请号", "缴费人姓名", "费用名称", "金额"], ["2016108954133", "某", "年费", 900]],
        [["姓名", "电话", "地址"], ["张三", "123", "北京"]],
        [
            ["发明の名称", "技術要素", "技術課題", "特許公開/登録番号"],
            ["装置", "x", "y", "特許公開"],
        ],
        [["a"]],
    ],
)
def test_other_tables_are_refused(rows: list[list[Any]]) -> None:
    with pytest.raises(Refused):
        read(rows)


def test_renewal_lists_with_fees_are_lists_of_matters() -> None:
    rows: list[list[object]] = [
        ["案号", "专利名称", "申请号", "申请日", "应缴金额", "缴费期限"],
        [*ROW, 900, "2025-01-13"],
    ]
    assert read(rows).drafts[0].extra["next_due"].isoformat() == "2025-01-13"


def test_marks_of_one_name_are_not_one_mark() -> None:
    result = read([["商标名称", "类别"], ["镓印", "9"], ["镓印", "16"]])
    assert [d.classes for d in result.drafts] == [("9",), ("16",)]
    assert {d.right for d in result.drafts} == {"trademark"}


@pytest.mark.parametrize(
    ("text", "right", "granted"),
    [
        ("发明授权", "invention", True),
        ("发明申请", "invention", False),
        ("实用新型", "utility_model", True),
        ("外观设计专利", "design", True),
        ("PCT", "pct", False),
        ("Utility Model", "utility_model", False),
        ("软件著作权", "software_copyright", False),
        ("Gebrauchsmuster", "utility_model", False),
        ("something", "", False),
    ],
)
def test_words_for_rights(text: str, right: str, granted: bool) -> None:
    assert right_of(text) == (right, granted)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("专利权的终止", "lapsed"),
        ("实质审查的生效", "pending"),
        ("发明专利申请公布", "published"),
        ("授权 | 权利转移", "granted"),
        ("撤回 | 视为撤回", "withdrawn"),
        ("专利权有效期届满", "expired"),
        ("ACTIVE", "granted"),
        ("Abandoned  --  Failure to Respond to an Office Action", "abandoned"),
        ("商标已注册", "granted"),
        ("Issued", "granted"),
        ("未知", ""),
    ],
)
def test_words_for_states(text: str, status: str) -> None:
    assert status_of(text) == status


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("申请号/申请日", "CN201610895413.X 2016.10.13"),
        ("申请号\n申请日", "CN201610895413.X\n2016-10-13"),
        ("申请号（申请日）", "CN201610895413.X (2016年10月13日)"),
        ("Application No. / Filing Date", "CN201610895413.X, 13.10.2016"),
    ],
)
def test_a_number_and_its_day_in_one_column_are_both_read(header: str, cell: str) -> None:
    draft = read([["案号", "名称", header], ["A1", "天线", cell]]).drafts[0]
    assert draft.application_number == "CN201610895413.X"
    assert str(draft.filing_date) == "2016-10-13"
    assert draft.problems == ()


@pytest.mark.parametrize(
    "cell",
    [
        "申请号：201610895413.X",
        "CN201610895413.X（已授权）",
        "ＣＮ201610895413.Ｘ",
        "CN 2016 1 0895413.X",
    ],
)
def test_words_around_a_number_do_no_harm(cell: str) -> None:
    draft = read([["案号", "名称", "申请号"], ["A1", "天线", cell]]).drafts[0]
    assert (draft.application_key, draft.problems) == ("CN.A.201610895413", ())


def test_a_date_above_the_table_does_not_decide_the_order() -> None:
    rows = [
        ["", "", "", "Exported 05/25/2024"],
        ["", "", "", "05/25/2024"],
        HEAD,
        ["A1", "天线", "CN201610895413.X", "13/10/2016"],
        ["A2", "笔", "CN201430491695.9", "02/12/2014"],
    ]
    assert [str(d.filing_date) for d in read(rows).drafts] == ["2016-10-13", "2014-12-02"]


def test_another_column_of_dates_may_decide_the_order() -> None:
    rows = [
        [*HEAD, "授权日"],
        ["A1", "天线", "CN201610895413.X", "03/10/2016", "25/12/2018"],
    ]
    assert str(read(rows).drafts[0].filing_date) == "2016-10-03"


def test_a_type_that_means_nothing_is_said() -> None:
    rows = [["Title", "Application No.", "Country", "Type"]]
    rows += [["Ink", "17/800,123", "US", "Patent"], ["Pen", "17/800,124", "US", "Patent"]]
    rows += [["Bed", "17/800,125", "US", "Gizmo"]]
    drafts = read(rows).drafts
    assert [p.code for d in drafts for p in d.problems] == ["right_unread"]
    assert drafts[2].right == "invention"


def test_a_two_digit_year_takes_its_century_from_the_year_column() -> None:
    rows = [["Title", "Application No.", "Filing Date", "Application Year"]]
    rows += [["Ink", "08/123,456", "13-Oct-53", "1953"], ["Pen", "17/800,124", "13-Oct-21", ""]]
    drafts = read(rows).drafts
    assert [str(d.filing_date) for d in drafts] == ["1953-10-13", "2021-10-13"]
    assert [p.code for d in drafts for p in d.problems] == ["two_digit_year"]
