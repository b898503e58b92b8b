"""Payment lists as agents and offices want them: columns and rows, ready for a workbook."""

from collections.abc import Mapping, Sequence
from typing import Any

from ipdesk.base.i18n import Bilingual, tr
from ipdesk.base.money import plain
from ipdesk.core.fees.reading import shipped
from ipdesk.core.fees.records import PAYMENT_LABELS, PaymentRow


def item_label(office: str, right: str, item: str) -> Bilingual:
    """The name of an item; its id where no table knows it."""
    table = shipped().get(office)
    found = table.item(item, right) if table else None
    if found is not None:
        return found.label
    late = table.surcharge_named(item, right) if table else None
    if late is not None and late.label is not None:
        return late.label
    return Bilingual(item, item)


def payment_sheet(rows: Sequence[PaymentRow]) -> tuple[list[str], list[dict[str, Any]]]:
    """Headers in the current language and one row a payment; sums are numbers."""
    sheet = [_line(number, row) for number, row in enumerate(rows, 1)]
    columns = list(sheet[0]) if sheet else list(_headers())
    return columns, [dict(line) for line in sheet]


def _line(number: int, row: PaymentRow) -> Mapping[str, Any]:
    label = item_label(row.office, row.right, row.item)
    state = PAYMENT_LABELS.get(row.state)
    values = (
        number,
        row.reference,
        row.application_number,
        row.grant_number,
        row.title,
        str(label),
        row.number,
        row.due,
        plain(row.official),
        plain(row.reduction),
        plain(row.payable),
        plain(row.surcharge),
        plain(row.total),
        row.currency,
        row.fee_reduction,
        str(state) if state else row.state,
        row.paid_on,
        row.receipt,
        row.note,
    )
    return dict(zip(_headers(), values, strict=True))


def _headers() -> tuple[str, ...]:
    return (
        tr("No."),
        tr("Our reference"),
        tr("Application number"),
        tr("Patent number"),
        tr("Title"),
        tr("Fee"),
        tr("Year"),
        tr("Due"),
        tr("Official fee"),
        tr("Reduction"),
        tr("Payable"),
        tr("Surcharge"),
        tr("Total"),
        tr("Currency"),
        tr("Reduction rate"),
        tr("State"),
        tr("Paid on"),
        tr("Receipt number"),
        tr("Remarks"),
    )
