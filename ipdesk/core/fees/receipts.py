"""Receipts that come back: which line of a returned list belongs to which payment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipdesk.base.i18n import Message, say
from ipdesk.base.money import written
from ipdesk.base.text import squeeze
from ipdesk.core.fees.records import PaymentRow, PaymentState


@dataclass(frozen=True, slots=True)
class Receipt:
    """One line of a returned list."""

    line: int
    reference: str = ""
    application_number: str = ""
    item: str = ""
    number: int | None = None
    amount: Decimal | None = None
    paid_on: date | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """A line with the payment that it confirms, or why it confirms none."""

    receipt: Receipt
    payment: PaymentRow | None
    problem: Message | None = None  # beside a payment: look at it before confirming


def match(receipts: Iterable[Receipt], payments: Sequence[PaymentRow]) -> tuple[Matched, ...]:
    """Pairs lines with open payments by reference or application number, item and year."""
    by_key: dict[str, list[PaymentRow]] = {}
    for payment in payments:
        for key in _keys(payment.reference, payment.application_number):
            by_key.setdefault(key, []).append(payment)
    taken: set[int] = set()
    found = []
    for receipt in receipts:
        one = _match(receipt, by_key, taken)
        if one.payment is not None:
            taken.add(one.payment.id)
        found.append(one)
    return tuple(found)


def _match(
    receipt: Receipt, by_key: Mapping[str, Sequence[PaymentRow]], taken: set[int]
) -> Matched:
    keys = _keys(receipt.reference, receipt.application_number)
    candidates = {p.id: p for key in keys for p in by_key.get(key, ())}
    if not candidates:
        return Matched(receipt, None, say("No payment of such a matter is on record."))
    fitting = [
        p
        for p in candidates.values()
        if p.id not in taken
        and p.state in (PaymentState.PLANNED, PaymentState.PAID)
        and (not receipt.item or p.item == receipt.item)
        and (receipt.number is None or p.number == receipt.number)
    ]
    if not fitting:
        return Matched(receipt, None, say("The payment is confirmed already, or of another year."))
    if len(fitting) > 1:
        return Matched(
            receipt,
            None,
            say("{count} payments fit: give the item and the year.", count=len(fitting)),
        )
    payment = fitting[0]
    wanted = payment.paid_amount or payment.total
    if receipt.amount is not None and wanted is not None and receipt.amount != wanted:
        return Matched(
            receipt,
            payment,
            say(
                "The receipt says {received}, expected {wanted}.",
                received=written(receipt.amount),
                wanted=written(wanted),
            ),
        )
    return Matched(receipt, payment)


def _keys(reference: str, application_number: str) -> set[str]:
    """What a matter is known by; numbers also without the letters of their country."""
    number = squeeze(application_number)
    return {squeeze(reference), number, number.lstrip("abcdefghijklmnopqrstuvwxyz")} - {""}
