"""What the agents charge: the user's price list, by office, right and item, with validity dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipdesk.base.money import Money


@dataclass(frozen=True, slots=True)
class Price:
    """An agent's fee for handling an item; empty fields mean every office, right or agent."""

    item: str
    amount: Decimal
    currency: str
    office: str = ""
    right: str = ""
    agent: str = ""
    valid_from: date | None = None
    valid_until: date | None = None  # first day on which it no longer holds


class PriceList:
    """The most exact price that holds on the day; none means that it is unknown, not free."""

    def __init__(self, prices: Iterable[Price] = ()) -> None:
        self._prices = tuple(prices)

    def __bool__(self) -> bool:
        return bool(self._prices)

    def price(
        self, office: str, right: str, item: str, on: date | None = None, agent: str = ""
    ) -> Money | None:
        """The agent's fee for an item, or None."""
        fitting = [
            price
            for price in self._prices
            if price.item == item
            and price.office in ("", office)
            and price.right in ("", right)
            and price.agent in ("", agent)
            and (price.valid_from is None or on is None or price.valid_from <= on)
            and (price.valid_until is None or (on is not None and on < price.valid_until))
        ]
        best = max(
            fitting,
            key=lambda p: (
                bool(p.agent),
                bool(p.office),
                bool(p.right),
                p.valid_from or date.min,
            ),
            default=None,
        )
        return Money(best.amount, best.currency) if best else None
