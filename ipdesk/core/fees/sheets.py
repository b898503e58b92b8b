"""Payment lists as agents and offices want them: columns and rows, ready for a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ipdesk.base.i18n import Bilingual, tr
from ipdesk.base.money import plain
from ipdesk.core.fees.reading import shipped
from ipdesk.core.fees.records import PAYMENT_LABELS, PaymentRow
from ipdesk.core.portfolio.model import right_label


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


def payment_sheet(
    rows: Sequence[PaymentRow], applicants: Mapping[int, str] | None = None
) -> tuple[list[str], list[dict[str, Any]]]:
    """Headers in the current language, one row a payment, a sum for each currency at the end.

    Sums are numbers; *applicants* are named by matter.
    """
    held = applicants or {}
    sheet = [_line(number, row, held.get(row.matter_id, "")) for number, row in enumerate(rows, 1)]
    columns = list(_headers())
    return columns, [*(dict(line) for line in sheet), *_sums(rows)]


def _sums(rows: Sequence[PaymentRow]) -> Iterator[dict[str, Any]]:
    """What is to be paid in each currency; the agents' fees by their own."""
    title, total, currency = tr("Title"), tr("Total"), tr("Currency")
    for one in dict.fromkeys(row.currency for row in rows):
        mine = [row for row in rows if row.currency == one]
        sums = {
            tr("Official fee"): (row.official for row in mine),
            tr("Payable"): (row.payable for row in mine),
            tr("Surcharge"): (row.surcharge for row in mine),
            total: (row.total for row in mine),
            tr("Agent's fee"): (r.agent_fee for r in rows if r.agent_currency == one),
        }
        added = {
            name: plain(sum((a for a in amounts if a is not None), Decimal(0)))
            for name, amounts in sums.items()
        }
        yield {title: tr("In all"), currency: one, **added}


def _line(number: int, row: PaymentRow, applicants: str) -> Mapping[str, Any]:
    label = item_label(row.office, row.right, row.item)
    state = PAYMENT_LABELS.get(row.state)
    values = (
        number,
        row.reference,
        row.application_number,
        row.grant_number,
        row.title,
        applicants,
        str(right_label(row.right)),
        str(label),
        row.number,
        row.due,
        plain(row.official),
        plain(row.reduction),
        plain(row.payable),
        plain(row.surcharge),
        plain(row.total),
        row.currency,
        plain(row.agent_fee),
        row.agent_currency,
        f"{row.fee_reduction} %" if row.fee_reduction.isdigit() else "",
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
        tr("Applicants"),
        tr("Right"),
        tr("Fee"),
        tr("Year"),
        tr("Due"),
        tr("Official fee"),
        tr("Reduction"),
        tr("Payable"),
        tr("Surcharge"),
        tr("Total"),
        tr("Currency"),
        tr("Agent's fee"),
        tr("Agent's currency"),
        tr("Reduction rate"),
        tr("State"),
        tr("Paid on"),
        tr("Receipt number"),
        tr("Remarks"),
    )
