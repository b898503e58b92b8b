"""Sums of money in their currency, and rates of exchange that carry their day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_WHOLE = frozenset({"JPY", "KRW"})  # currencies without a smaller unit in official fees
_CENT, _UNIT = Decimal("0.01"), Decimal(1)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the smallest unit that the currency is paid in, half up."""
    return amount.quantize(_UNIT if currency in _WHOLE else _CENT, rounding=ROUND_HALF_UP)


def plain(amount: Decimal | None) -> int | float | None:
    """The amount as a JSON number: whole where it is whole."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def figure(text: str) -> str:
    """A typed sum with its thousands apart; what is no number stays as it was typed."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return text
    return written(amount) if amount.is_finite() else text


def written(amount: Decimal | None) -> str:
    """The amount as people write it: ``1,200`` or ``110.50``; ``–`` where it is unknown."""
    if amount is None:
        return "–"
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency; sums of two currencies are a mistake and raise ValueError."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return Money(self.amount + other.amount, self.currency)

    def percent(self, percent: int | Decimal) -> "Money":
        """So many percent of it, rounded."""
        return Money(rounded(self.amount * percent / 100, self.currency), self.currency)

    def __str__(self) -> str:
        return f"{self.currency} {written(self.amount)}"


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of *currency* was worth *value* of *into* on *day*, says *source*."""

    currency: str
    into: str
    day: date
    value: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """What a sum comes to in another currency, and by which rates."""

    money: Money
    rates: tuple[Rate, ...]


class Rates:
    """The rates that the user typed or imported; the last one on or before a day counts."""

    def __init__(self, rates: Iterable[Rate] = ()) -> None:
        self._rates = tuple(sorted(rates, key=lambda rate: rate.day))

    def rate(self, currency: str, into: str, on: date) -> tuple[Decimal, Rate] | None:
        """The factor from one currency to another, also by turning a rate round."""
        found: tuple[Decimal, Rate] | None = None
        for rate in self._rates:
            if rate.day > on or rate.value <= 0:
                continue
            if (rate.currency, rate.into) == (currency, into):
                found = rate.value, rate
            elif (rate.currency, rate.into) == (into, currency):
                found = 1 / rate.value, rate
        return found

    def convert(self, money: Money, into: str, on: date) -> Converted | None:
        """The sum in another currency, directly or over one third currency; None without a rate."""
        if money.currency == into:
            return Converted(money, ())
        direct = self.rate(money.currency, into, on)
        if direct:
            factor, rate = direct
            return Converted(Money(rounded(money.amount * factor, into), into), (rate,))
        for middle in sorted({c for rate in self._rates for c in (rate.currency, rate.into)}):
            first, second = self.rate(money.currency, middle, on), self.rate(middle, into, on)
            if first and second:
                amount = rounded(money.amount * first[0] * second[0], into)
                return Converted(Money(amount, into), (first[1], second[1]))
        return None
