"""Understanding a returned payment list: which column says what, and each line as a receipt."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ipdesk.base.i18n import Message, say
from ipdesk.base.text import squeeze
from ipdesk.core.fees.headers import places_of
from ipdesk.core.fees.reading import shipped
from ipdesk.core.fees.receipts import Receipt

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "reference": (
        "our reference", "reference", "our ref", "your reference", "your ref", "case no",
        "我方文号", "本所案号", "我方案号", "贵方文号", "贵方案号", "内部编号", "案号", "文号",
    ),
    "application_number": (
        "application number", "application no", "appl no", "patent application number",
        "申请号", "专利号", "申请号/专利号", "申请号或专利号", "专利申请号", "patent number",
    ),
    "item": ("fee", "fee name", "item", "fee type", "费用", "费用种类", "费用名称", "缴费种类"),
    "number": (
        "year", "patent year", "annuity year", "年度", "年费年度", "第几年度", "缴费年度",
    ),
    "amount": (
        "amount paid", "paid amount", "amount", "total", "缴费金额", "实缴金额", "金额",
        "票据金额", "合计",
    ),
    "paid_on": (
        "paid on", "payment date", "date of payment", "date paid", "缴费日期", "缴费日", "缴纳日期",
        "付款日期",
    ),
    "receipt": (
        "receipt number", "receipt no", "receipt", "invoice number", "票据号", "票据号码", "收据号",
        "票据代码", "发票号", "发票号码",
    ),
}  # fmt: skip
_LOOK = 30  # rows in which the header may stand
_YEAR = re.compile(r"(?:第|year\s*)(\d{1,2})(?:\s*年)?", re.IGNORECASE)
_UNIT = re.compile(r"[（(].*?[)）]")  # 缴费金额（元）
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


@dataclass(frozen=True, slots=True)
class ReceiptList:
    """What a file says of payments; *problems* of lines that could not be read."""

    receipts: tuple[Receipt, ...]
    columns: Mapping[str, str]  # field → header
    problems: tuple[tuple[int, Message], ...] = ()


def read_receipts(rows: Sequence[Sequence[Any]]) -> ReceiptList | None:
    """The lines under the first header that names a matter; None where there is no such header."""
    for place, row in enumerate(rows[:_LOOK]):
        columns = places_of((_UNIT.sub("", str(cell or "")) for cell in row), _HEADERS)
        if ("reference" in columns or "application_number" in columns) and len(columns) > 1:
            return _read(rows, place, columns)
    return None


def _read(rows: Sequence[Sequence[Any]], head: int, columns: Mapping[str, int]) -> ReceiptList:
    receipts, problems = [], []
    for place in range(head + 1, len(rows)):
        row = rows[place]
        values = {f: row[i] if i < len(row) else None for f, i in columns.items()}
        reference, number = _text(values.get("reference")), _text(values.get("application_number"))
        if not reference and not number:
            continue  # blank lines, sums, notes
        try:
            receipts.append(_receipt(place + 1, reference, number, values))
        except ValueError:
            text = say("Line {line}: the amount or the day cannot be read.", line=place + 1)
            problems.append((place + 1, text))
    named = {field: _text(rows[head][i]) for field, i in columns.items()}
    return ReceiptList(tuple(receipts), named, tuple(problems))


def _receipt(line: int, reference: str, number: str, values: Mapping[str, Any]) -> Receipt:
    said = _text(values.get("item"))
    return Receipt(
        line,
        reference,
        number,
        _item(said),
        _number(values.get("number"), said),
        _amount(values.get("amount")),
        day_in(values.get("paid_on")),
        _text(values.get("receipt")),
    )


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _item(said: str) -> str:
    """The id of a fee that is named in either language; empty where nobody knows it."""
    words = squeeze(_YEAR.sub("", said))
    if not words:
        return ""
    for name, item in _names():
        if words == name:
            return item
    if "年费" in said or "annuity" in said.casefold():
        return "annuity"
    return ""


def _names() -> Iterable[tuple[str, str]]:
    for table in shipped().values():
        for item in table.items:
            yield squeeze(item.label.en), item.id
            yield squeeze(item.label.zh), item.id
            yield squeeze(item.id), item.id


def _number(cell: Any, said: str) -> int | None:
    text = _text(cell)
    if text.isdigit() and int(text) < 100:
        return int(text)
    found = _YEAR.search(text) or _YEAR.search(said)
    return int(found[1]) if found else None


def _amount(cell: Any) -> Decimal | None:
    """A sum. Raises ValueError for words."""
    text = re.sub(r"[,，¥￥\s]|元|CNY|RMB", "", _text(cell))
    if not text or text in ("-", "–"):
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def day_in(cell: Any) -> date | None:
    """A day, year first. Raises ValueError for anything else."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if not text:
        return None
    found = _DAY.match(text)
    if found:
        return date(*(int(part) for part in found.groups()))
    if len(text) == 8 and text.isdigit():
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    raise ValueError(text)
