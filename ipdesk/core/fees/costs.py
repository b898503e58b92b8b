"""What a deadline costs: the official fees that are due with it and the agent's own fee."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ipdesk.base.i18n import Bilingual
from ipdesk.base.money import Money
from ipdesk.core.fees.annuities import patent_year
from ipdesk.core.fees.engine import Fees, granted_on
from ipdesk.core.fees.model import FeeAnswer, FeeCase
from ipdesk.core.fees.prices import PriceList
from ipdesk.core.fees.tables import FeeTable, Item


@dataclass(frozen=True, slots=True)
class CostLine:
    """One fee of a deadline and what the agent asks for handling it."""

    item: str
    label: Bilingual
    answer: FeeAnswer
    agent: Money | None
    with_record: Decimal | None = None  # payable with the reduction record that is missing


@dataclass(frozen=True, slots=True)
class DeadlineCost:
    """All fees of a deadline; sums by currency, *unknown* where an amount is missing."""

    lines: tuple[CostLine, ...]

    @property
    def unknown(self) -> bool:
        return any(line.answer.total is None for line in self.lines)

    def totals(self) -> dict[str, Decimal]:
        """What is to be paid, the agent's fees included, by currency; unknown amounts left out."""
        sums: dict[str, Decimal] = {}
        for line in self.lines:
            if line.answer.total is not None:
                currency = line.answer.currency
                sums[currency] = sums.get(currency, Decimal(0)) + line.answer.total
            if line.agent is not None:
                paid = sums.get(line.agent.currency, Decimal(0))
                sums[line.agent.currency] = paid + line.agent.amount
        return {currency: amount for currency, amount in sums.items() if amount}


def of_deadline(
    case: FeeCase,
    rule: str,
    number: int | None,
    fees: Fees,
    prices: PriceList,
    today: date,
    due: date | None = None,
) -> DeadlineCost:
    """The fees due with a rule; what is past its due date is reckoned as paid today.

    Items that count something the case does not have (no claims above ten, no priority) are left
    out rather than asked for.
    """
    table = fees.tables.table(case.office)
    if table is None:
        return DeadlineCost(())
    lines = []
    for item in table.items_of_rule(rule, case.right):
        if _needless(item, case):
            continue
        facts = dict(case.facts)
        if number is not None and item.number:
            facts[item.number] = number
        elif item.rule_first == rule:
            first = first_number(table, case)
            if first is None:
                continue
            facts[item.number] = first
        if due is not None and due < today:
            facts |= {"paid_on": today, "paid_assumed": True}
        answer = fees.fee(replace(case, item=item.id, facts=facts), due or today)
        if not answer.problems and answer.payable != 0:
            agent = prices.price(case.office, case.right, item.id, due or today)
            lines.append(CostLine(item.id, item.label, answer, agent))
    return DeadlineCost(tuple(lines))


def first_number(table: FeeTable, case: FeeCase) -> int | None:
    """The patent year of the grant notice or the grant, whose annuity is paid at registration."""
    filing, granted = case.day("filing"), granted_on(case)
    return patent_year(filing, granted) if filing and granted else None


def _needless(item: Item, case: FeeCase) -> bool:
    if item.count == "priorities":
        return case.day("priority") is None
    return bool(item.count) and item.count_default is None and case.facts.get(item.count) is None
