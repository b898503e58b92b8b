"""Reading rates of exchange from a list: which column says what, each line as a dated rate."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message, say
from ipdesk.base.money import Rate
from ipdesk.core.fees.headers import places_of
from ipdesk.core.fees.receipt_columns import day_in

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "currency": ("currency", "from", "base", "货币", "币种", "外币", "货币代码"),
    "into": ("into", "in currency", "to", "quote", "折算货币", "目标货币", "本币"),
    "value": ("rate", "value", "exchange rate", "汇率", "折算价", "中间价"),
    "units": ("units", "per", "unit", "单位", "交易单位"),
    "day": ("day", "date", "日期", "日", "发布日期"),
    "source": ("source", "来源"),
}
_LOOK = 30  # rows in which the header may stand
_CODE = re.compile(r"\b[A-Z]{3}\b")
_NAMES = {
    "人民币": "CNY", "美元": "USD", "欧元": "EUR", "日元": "JPY", "英镑": "GBP", "瑞士法郎": "CHF",
    "韩元": "KRW", "港币": "HKD", "港元": "HKD", "新台币": "TWD", "加拿大元": "CAD", "加元": "CAD",
    "澳大利亚元": "AUD", "澳元": "AUD", "印度卢比": "INR",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RateList:
    """The rates of a list; *problems* of lines that could not be read."""

    rates: tuple[Rate, ...]
    problems: tuple[Message, ...] = ()


def rates_in(tables: Iterable[Sequence[Sequence[Any]]], file: str) -> RateList:
    """The rates of all sheets of a file. Raises Refused where no header of such a list is found."""
    found = [one for rows in tables if (one := read_rates(rows, file)) is not None]
    if not found:
        raise Refused(
            say(
                "{file} is no list of rates: looked for was a header with a currency, a rate and "
                "a date.",
                file=file,
            )
        )
    return RateList(
        tuple(rate for one in found for rate in one.rates),
        tuple(problem for one in found for problem in one.problems),
    )


def read_rates(rows: Sequence[Sequence[Any]], source: str, into: str = "CNY") -> RateList | None:
    """The lines under a header with currency, rate and day; None where there is no such header.

    Without a column that says into which currency, the rates are into *into*.
    """
    for place, row in enumerate(rows[:_LOOK]):
        columns = places_of((str(cell or "") for cell in row), _HEADERS)
        if {"currency", "value", "day"} <= set(columns):
            return _read(rows, place, columns, source, into)
    return None


def _read(
    rows: Sequence[Sequence[Any]], head: int, columns: Mapping[str, int], source: str, into: str
) -> RateList:
    rates, problems = [], []
    for place in range(head + 1, len(rows)):
        row = rows[place]
        values = {f: row[i] if i < len(row) else None for f, i in columns.items()}
        if not str(values["currency"] or "").strip():
            continue  # blank lines, notes
        try:
            rates.append(_rate(values, source, into))
        except ValueError:
            problems.append(
                say(
                    "Line {line}: a currency code, a positive rate and a day are needed.",
                    line=place + 1,
                )
            )
    return RateList(tuple(rates), tuple(problems))


def _rate(values: Mapping[str, Any], source: str, into: str) -> Rate:
    """One line. Raises ValueError where something is missing or makes no sense."""
    currency = _currency(values["currency"])
    target = _currency(values["into"]) if values.get("into") else into
    day = day_in(values["day"])
    value = _number(values["value"]) / _number(values.get("units") or 1)
    if day is None or currency == target:
        raise ValueError(currency)
    named = str(values.get("source") or "").strip() or source
    return Rate(currency, target, day, value.normalize(), named)


def _currency(cell: Any) -> str:
    text = str(cell).strip()
    found = _CODE.search(text.upper()) or None
    code = found[0] if found else _NAMES.get(text, "")
    if not code:
        raise ValueError(text)
    return code


def _number(cell: Any) -> Decimal:
    try:
        value = Decimal(str(cell).strip().replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(str(cell)) from error
    if not value.is_finite() or value <= 0:
        raise ValueError(str(cell))
    return value
