"""Whatever stands in a table: it is read or refused, and what was read can be planned and told."""

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipdesk.base.errors import Refused
from ipdesk.core.intake.formats.columnar import columns_of
from ipdesk.core.intake.formats.delimited import read_text
from ipdesk.core.intake.formats.encoding import decode
from ipdesk.core.intake.model import RawFile, RawSheet
from ipdesk.core.intake.plan import plan
from ipdesk.core.intake.reading import interpret
from ipdesk.core.intake.records import record_of

HEADERS = st.sampled_from(
    "申请号 专利号 公开号 公告号 名称 申请日 授权日 公开(公告)日 专利类型 国家 申请人 发明人 "
    "法律状态 案号 优先权 优先权日 IPC 商标名称 类别 专用权期限 域名 注册商 到期日期 软件名称 "
    "登记号 备注 同族 Title Kind Country PCT国际申请号 申请号/申请日 通知书名称 发文日 ? "
    "申请日\n公开日 x".split(" ")
)
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "-",
            "CN201610895413.X",
            "ZL201610895413.X",
            "2.02E+12",
            "US 2013/0101709 A1; US8920865 (B2)",
            "16/457,320",
            "PCT/CN2016/088042",
            "WO2014001374",
            "特願平10-279724",
            "KR20150000637 (U)",
            "2023-05-07",
            "07/05/2023",
            "23/05/07",
            "2015年03月07日至2025年03月06日",
            "发明",
            "外观设计",
            "商标",
            "PCT",
            "CN",
            "欧洲专利局",
            "张三;李四等",
            "example.com",
            "第9类",
            "2021SR0123456",
            "第一次审查意见通知书",
        ]
    ),
    st.text(max_size=12),
    st.floats(allow_nan=True),
    st.integers(-5, 10**14),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_table_is_read_or_refused(data: st.DataObject) -> None:
    width = data.draw(st.integers(1, 6))
    header = data.draw(st.lists(HEADERS, min_size=width, max_size=width))
    rows: list[list[Any]] = [list(header)]
    rows += data.draw(st.lists(st.lists(CELLS, max_size=7), max_size=6))
    columns, lines = columns_of(rows)
    raw = RawFile("x.csv", "0" * 64, "csv", (RawSheet("S", columns, lines),))
    try:
        result = interpret(raw)
    except Refused:
        return
    first = plan(result.drafts)
    assert sum(len(e.proposal.drafts) for e in first.entries) == len(result.drafts)
    for draft in result.drafts:
        assert record_of(draft)["row"] == draft.row
    for problem in result.problems:
        assert problem.to_json()["message"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except Refused:
        return
    assert encoding
    assert isinstance(text, str)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ab,;\t|"\r\n1号申请', max_size=120))
def test_any_text_becomes_a_sheet(text: str) -> None:
    sheet = read_text(text, "x", lambda done, total: None)
    assert all(len(c.codes) == sheet.lines for c in sheet.columns)


@pytest.mark.parametrize("unit", [" ", ",", "(", "（", "a.", "1", "-", "等", "; ", "&", "<", "1 "])
def test_a_cell_of_one_sign_a_hundred_thousand_times_takes_no_time(unit: str) -> None:
    """No pattern may walk a long cell again from each of its signs."""
    headers = (
        "申请号 公告号 名称 申请日 申请号/申请日 专用权期限 专利类型 国家 申请人 发明人 法律状态 "
        "案号 优先权 IPC 备注 同族 PCT国际申请号 通知书名称 标签 权利要求数"
    ).split()
    long = "x" + unit * 100_000 + "x"
    started = time.process_time()
    columns, lines = columns_of([headers, [long] * len(headers), ["CN201610895413.X"]])
    raw = RawFile("x.csv", "0" * 64, "csv", (RawSheet("S", columns, lines),))
    result = interpret(raw)
    plan(result.drafts)
    assert time.process_time() - started < 5
    assert result.drafts


@pytest.mark.parametrize("unit", [" ", ",", "a.", "(", "1"])
def test_long_names_of_marks_and_domains_take_no_time(unit: str) -> None:
    long = "x" + unit * 100_000 + "x"
    started = time.process_time()
    for headers in (["域名", "注册商", "到期日期"], ["商标名称", "注册号", "类别"]):
        columns, lines = columns_of([headers, [long] * 3, ["example.com", "12345678", ""]])
        interpret(RawFile("x.csv", "0" * 64, "csv", (RawSheet("S", columns, lines),)))
    assert time.process_time() - started < 5
