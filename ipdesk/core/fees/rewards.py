"""Rewards to the inventors of service inventions: the least by law, due dates, shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Message, say
from ipdesk.base.money import rounded, written
from ipdesk.core.docket.model import is_unverified
from ipdesk.core.fees.tables import FeeTables, first


@dataclass(frozen=True, slots=True)
class Policy:
    """What the company's own rules or its contracts promise for a granted right."""

    right: str
    amount: Decimal
    currency: str = "CNY"
    valid_from: date | None = None
    valid_until: date | None = None  # first day on which it no longer holds
    months: int = 3  # after the grant
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reward:
    """What is owed to the inventors of one right together, and by when."""

    amount: Decimal | None
    currency: str
    due: date | None
    by_policy: bool
    why: tuple[Message, ...]
    unverified: bool = False


def reward(
    tables: FeeTables, office: str, right: str, grant: date, policies: Sequence[Policy] = ()
) -> Reward:
    """The company's rule where there is one, else the least by law; never rolled to an open day."""
    policy = _policy(policies, right, grant)
    table = tables.table(office)
    row = first(table.rewards, right, grant) if table else None
    if policy is not None:
        said = [
            say(
                "The company's own rule promises {currency} {amount} ({name}).",
                amount=written(policy.amount),
                currency=policy.currency,
                name=policy.name,
            )
        ]
        if row is not None:
            said.append(
                say(
                    "Without a rule or an agreement the law asks for {minimum} at least ({basis}).",
                    minimum=written(row.minimum),
                    basis=row.basis,
                )
            )
        due = add_months(grant, policy.months)
        return Reward(policy.amount, policy.currency, due, True, tuple(said))
    if row is None or table is None:
        unknown = say(
            "No statutory reward is known for this right at office {office}.", office=office
        )
        return Reward(None, "", None, False, (unknown,))
    said = [
        say(
            "The least by law is {currency} {minimum}, within {months} months of the grant of "
            "{grant} ({basis}).",
            minimum=written(row.minimum),
            currency=table.currency,
            months=row.months,
            grant=grant,
            basis=row.basis,
        )
    ]
    due = add_months(grant, row.months)
    doubt = is_unverified(row.confidence)
    return Reward(row.minimum, table.currency, due, False, tuple(said), doubt)


def _policy(policies: Sequence[Policy], right: str, grant: date) -> Policy | None:
    holding = [
        p
        for p in policies
        if p.right in ("", right)
        and (p.valid_from is None or p.valid_from <= grant)
        and (p.valid_until is None or grant < p.valid_until)
    ]
    return max(holding, key=lambda p: (bool(p.right), p.valid_from or date.min), default=None)


def shares(amount: Decimal, weights: Mapping[int, Decimal], currency: str) -> dict[int, Decimal]:
    """The amount divided by weight to the last cent; what is left over goes to the largest.

    Without any weight all get the same. Raises ValueError for a negative weight.
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a share cannot be negative")
    total = sum(weights.values(), Decimal(0))
    parts = dict(weights) if total else dict.fromkeys(weights, Decimal(1))
    whole = total or Decimal(len(parts))
    paid = {who: rounded(amount * part / whole, currency) for who, part in parts.items()}
    if paid:
        largest = max(parts, key=lambda who: parts[who])
        paid[largest] += amount - sum(paid.values(), Decimal(0))
    return paid
