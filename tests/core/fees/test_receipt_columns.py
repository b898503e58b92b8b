"""Returned payment lists: headers in either language, years inside words, what cannot be read."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from ipdesk.core.fees.receipt_columns import read_receipts

CHINESE = (
    ("2026年11月年费缴费回执", "", "", "", "", "", ""),
    ("序号", "我方文号", "申请号", "费用名称", "缴费金额（元）", "缴费日期", "票据号码"),
    (1, "CJ22-U001", "CN202222345678.9", "第5年年费", "135.00", "2026-11-03", "0012345"),
    (2, "CJ22-U002", "", "年费", 90.0, datetime(2026, 11, 4), "0012346"),
    ("合计", "", "", "", 225, "", ""),
)


def test_a_chinese_list_is_read_below_its_title() -> None:
    found = read_receipts(CHINESE)
    assert found is not None
    first, second = found.receipts
    assert (first.reference, first.item, first.number) == ("CJ22-U001", "annuity", 5)
    assert first.amount == Decimal("135.00")
    assert (first.paid_on, first.receipt) == (date(2026, 11, 3), "0012345")
    assert second.paid_on == date(2026, 11, 4)
    assert second.line == 4


def test_an_english_list_of_our_own_is_read() -> None:
    head = ("No.", "Our reference", "Application number", "Fee", "Year", "Total", "Paid on",
            "Receipt number")  # fmt: skip
    line = (1, "P-1", "CN202210231234.0", "Annuity", 5, 1200, date(2026, 11, 3), "R 7")
    found = read_receipts((head, line))
    assert found is not None
    (receipt,) = found.receipts
    assert (receipt.item, receipt.number, receipt.amount) == ("annuity", 5, Decimal(1200))


def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_kept() -> None:
    rows = (
        ("案号", "年度", "缴费金额", "缴费日期"),
        ("P-1", 5, "见附件", "2026-11-03"),
        ("P-2", 6, "1,200元", "2026/11/3"),
        ("P-3", 6, "900", "03.11.2026"),
    )
    found = read_receipts(rows)
    assert found is not None
    assert [r.reference for r in found.receipts] == ["P-2"]
    assert found.receipts[0].amount == Decimal(1200)
    assert [line for line, _ in found.problems] == [2, 4]
    assert "2" in str(found.problems[0][1])


@pytest.mark.parametrize("rows", [(), (("name", "address"),), (("申请号",), ("CN1",))])
def test_a_list_of_something_else_is_no_list_of_receipts(rows: tuple[tuple[str, ...], ...]) -> None:
    assert read_receipts(rows) is None
