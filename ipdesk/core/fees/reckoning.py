"""The reckoning of one fee: the official amount with its source, rebates, the best reduction."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.base.money import rounded, written
from ipdesk.core.docket.model import is_unverified
from ipdesk.core.fees import reductions
from ipdesk.core.fees.model import DueDate, FeeAnswer, FeeCase, OwnAmount
from ipdesk.core.fees.reductions import Asked
from ipdesk.core.fees.tables import Amount, FeeTable, Item, fact_text

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Work:
    """A fee in the making."""

    table: FeeTable
    case: FeeCase
    item: Item
    number: int | None
    due: DueDate | None
    on: date | None = None  # the day whose amounts count where there is no due date
    first: int | None = None
    count: int | None = None
    why: tuple[Message, ...] = field(default=())

    @property
    def paid_on(self) -> date | None:
        day = self.case.facts.get("paid_on")
        return day if isinstance(day, date) else None

    @property
    def day(self) -> date | None:
        """The day whose amounts and rules count: by office that of the due date or of payment."""
        due = self.due.raw if self.due else None
        known = (self.paid_on, due) if self.table.by_payment else (due, self.paid_on)
        return known[0] or known[1] or self.on

    @property
    def units(self) -> int:
        """How many the item is charged for, where it is charged by the piece."""
        rows = self.item.amounts
        by_piece = self.item.count and not any(row.tiers for row in rows)
        given = self.case.facts.get(self.item.count, self.item.count_default)
        return int(given) if by_piece and self.count is None and given is not None else 1


def number_of(item: Item, facts: Mapping[str, Any]) -> int | None:
    for fact in (item.number, *item.number_aliases):
        if fact and facts.get(fact) is not None:
            return int(facts[fact])
    return item.number_default


def official_amount(
    work: Work, row: Amount | None, answer: FeeAnswer
) -> tuple[Decimal | None, FeeAnswer]:
    """The official amount by the table, with its source."""
    item, facts = work.item, work.case.facts
    count = work.count
    if item.count and count is None:
        given = facts.get(item.count, item.count_default)
        if given is None and not (row and row.missing):
            said = say("The case does not say how many there are ({fact}).", fact=item.count)
            return None, replace(answer, problems=(said,))
        count = None if given is None else int(given)
    if row and row.series and work.number is None:
        said = say("The case does not say which one is meant ({fact}).", fact=item.number)
        return None, replace(answer, problems=(said,))
    amount = row.reckon(work.number, count) if row else None
    if row is None or amount is None:
        said = say("{item}: the amount is unknown.", item=item.label)
        return None, replace(answer, why=(*answer.why, said, *_note(row)))
    if item.count:
        said = say(
            "{item}: {currency} {amount} for {count} ({source}).",
            item=item.label,
            amount=written(amount),
            currency=work.table.currency,
            count=count,
            source=row.source,
        )
    else:
        said = say(
            "{item}: {currency} {amount} ({source}).",
            item=item.label,
            amount=written(amount),
            currency=work.table.currency,
            source=row.source,
        )
    return amount, replace(
        answer,
        official=amount,
        source=row.source,
        confidence=row.confidence,
        unverified=is_unverified(row.confidence),
        why=(*answer.why, said, *_note(row)),
    )


def _note(row: Amount | None) -> tuple[Message, ...]:
    return (say("Note: {note}", note=row.note),) if row and row.note else ()


def reduced(work: Work, official: Decimal | None, answer: FeeAnswer, day: date | None) -> FeeAnswer:
    """Takes rebates and the best reduction off."""
    asked = Asked(work.item, work.case.right, work.case.facts, day, work.number, work.first)
    granted = reductions.best(work.table, asked)
    answer = replace(answer, why=(*answer.why, *granted.why))
    if official is None or granted.unknown:
        return replace(answer, percent=granted.percent)
    left = official
    for rebate in work.table.rebates:
        value = fact_text(work.case.facts.get(rebate.fact))
        if work.item.id in rebate.items and value in rebate.amounts:
            left = max(NOTHING, left - rebate.amounts[value])
            said = say(
                "{rebate}: {amount} off.",
                rebate=rebate.label,
                amount=written(rebate.amounts[value]),
            )
            answer = replace(answer, why=(*answer.why, said))
    payable = rounded(left * (100 - granted.percent) / 100, answer.currency)
    doubt = granted.by is not None and is_unverified(granted.by.confidence)
    return replace(
        answer,
        percent=granted.percent,
        payable=payable,
        reduction=official - payable,
        unverified=answer.unverified or doubt,
    )


def from_own(
    own: OwnAmount, answer: FeeAnswer, why: tuple[Message, ...] = (), units: int = 1
) -> FeeAnswer:
    """The user's own amount in place of the table's."""
    said = say(
        "Your own amount: {currency} {amount}.", amount=written(own.amount), currency=own.currency
    )
    return replace(
        answer,
        official=own.amount * units,
        reduction=NOTHING,
        payable=own.amount * units,
        surcharge=NOTHING,
        currency=own.currency,
        source=Bilingual(own.source, own.source),
        why=(*why, said),
    )
