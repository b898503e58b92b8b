"""What the reductions have saved: this year, since the beginning, matter by matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.base.money import written


@dataclass(frozen=True, slots=True)
class Reduced:
    """A payment on which something was taken off."""

    matter_id: int
    reference: str
    item: Bilingual | str  # spoken when the calculation is read
    number: int | None
    paid_on: date
    currency: str
    official: Decimal
    reduction: Decimal


@dataclass(frozen=True, slots=True)
class Saving:
    """What one matter has saved in one currency, with its calculation line by line."""

    matter_id: int
    reference: str
    currency: str
    this_year: Decimal
    ever: Decimal
    lines: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Savings:
    """All matters, the largest saving first; totals by currency."""

    matters: tuple[Saving, ...]
    this_year: dict[str, Decimal]
    ever: dict[str, Decimal]


def savings(payments: Iterable[Reduced], year: int) -> Savings:
    """Sums up what was taken off payments that were really made."""
    by_matter: dict[tuple[int, str], list[Reduced]] = {}
    for payment in payments:
        if payment.reduction > 0:
            by_matter.setdefault((payment.matter_id, payment.currency), []).append(payment)
    found = [_saving(group, year) for group in by_matter.values()]
    found.sort(key=lambda s: (-s.ever, s.reference))
    return Savings(
        tuple(found),
        _totals((s.currency, s.this_year) for s in found),
        _totals((s.currency, s.ever) for s in found),
    )


def _saving(payments: list[Reduced], year: int) -> Saving:
    ordered = sorted(payments, key=lambda p: p.paid_on)
    first = ordered[0]
    return Saving(
        first.matter_id,
        first.reference,
        first.currency,
        sum((p.reduction for p in ordered if p.paid_on.year == year), Decimal(0)),
        sum((p.reduction for p in ordered), Decimal(0)),
        tuple(_calculation(p) for p in ordered),
    )


def _calculation(payment: Reduced) -> Message:
    values = {
        "paid": payment.paid_on,
        "item": payment.item,
        "official": written(payment.official),
        "payable": written(payment.official - payment.reduction),
        "saved": written(payment.reduction),
        "currency": payment.currency,
    }
    if payment.number is None:
        return say("{paid}, {item}: {currency} {official} − {payable} = {saved}", **values)
    return say(
        "{paid}, {item} {number}: {currency} {official} − {payable} = {saved}",
        number=payment.number,
        **values,
    )


def _totals(sums: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for currency, amount in sums:
        totals[currency] = totals.get(currency, Decimal(0)) + amount
    return totals
