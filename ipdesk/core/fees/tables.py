"""Fee tables: dated amounts, reductions and surcharges of the offices, each with its source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from ipdesk.base.i18n import Bilingual
from ipdesk.core.fees.model import OwnAmount

_NOBODY = Bilingual("", "")
Conditions = tuple[tuple[str, frozenset[str]], ...]


def fact_text(value: Any) -> str:
    """A fact as the tables write it: ``true``, ``85``, ``CN``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "none"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().rstrip("%").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A row of a table: whom it concerns, when, under which conditions, and who says so."""

    rights: tuple[str, ...] = ()  # empty: all
    valid_from: date | None = None
    valid_until: date | None = None  # first day on which it no longer holds
    when: Conditions = ()
    source: Bilingual = _NOBODY
    confidence: str = ""
    note: Bilingual | None = None

    def concerns(self, right: str) -> bool:
        return not self.rights or right in self.rights

    def valid(self, day: date | None) -> bool:
        """Whether the row holds on a day; without a day the latest row does."""
        if day is None:
            return self.valid_until is None
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )

    def fits(self, facts: Mapping[str, Any]) -> bool:
        """Whether the case has every fact that the row asks for."""
        return all(
            fact in facts and fact_text(facts[fact]).casefold() in values
            for fact, values in self.when
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Dated):
    """What an item costs: a sum, a series by year or part, or tiers by count."""

    flat: Decimal | None = None
    series: tuple[tuple[int, int, Decimal], ...] = ()
    tiers: tuple[tuple[int, Decimal], ...] = ()  # (above, each)
    at_most: Decimal | None = None
    own: bool = False

    @property
    def missing(self) -> bool:
        return self.flat is None and not self.series and not self.tiers

    def reckon(self, number: int | None, count: int | None) -> Decimal | None:
        """The sum for a year or part, or for so many things; None where the row does not say."""
        if self.series:
            found = (
                a for low, high, a in self.series if number is not None and low <= number <= high
            )
            return next(found, None)
        if self.tiers:
            return None if count is None else (self.flat or Decimal(0)) + self._above(count)
        if self.flat is None:
            return None
        total = self.flat if count is None else self.flat * count
        return total if self.at_most is None else min(total, self.at_most)

    def _above(self, count: int) -> Decimal:
        total = Decimal(0)
        for i, (above, each) in enumerate(self.tiers):
            until = self.tiers[i + 1][0] if i + 1 < len(self.tiers) else count
            total += each * max(0, min(count, until) - above)
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurs:
    """A fee that comes again: number n falls *every* × n + *offset* months after its base."""

    base: str
    every: int
    first: int
    last: int
    offset: int = 0
    until: str = ""  # the event after which it is no longer charged
    after_grant: int | None = None  # due once granted, so many months later at the earliest

    def months(self, number: int) -> int:
        return self.every * number + self.offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A fee of an office: its name, what it is counted by, the rule that makes it due."""

    id: str
    label: Bilingual
    rights: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    rule: str = ""
    rule_first: str = ""  # of the first annuity, paid at registration
    rule_pct: str = ""  # in the national phase
    rule_other: tuple[str, ...] = ()
    count: str = ""  # the fact that says how many
    count_default: int | None = None
    number: str = ""  # the fact that says which year or part
    number_default: int | None = None
    number_aliases: tuple[str, ...] = ()
    paid_at: str = ""  # the fact that names the office whose table has the amount
    paid_item: str = ""
    recurs: Recurs | None = None
    amounts: tuple[Amount, ...] = ()

    def named(self, item: str) -> bool:
        return item == self.id or item in self.aliases

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(r for r in (self.rule, self.rule_first, self.rule_pct, *self.rule_other) if r)

    def amount(self, right: str, facts: Mapping[str, Any], day: date | None) -> Amount | None:
        """The row with the most conditions that all fit, in force on the day."""
        rows = [a for a in self.amounts if a.concerns(right) and a.valid(day) and a.fits(facts)]
        return max(rows, key=lambda a: len(a.when), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction(Dated):
    """Something that takes a percentage off certain items."""

    id: str
    label: Bilingual
    items: tuple[str, ...]
    percent: int
    window: tuple[tuple[date | None, date | None, int], ...] = ()  # (from, until, years)
    numbers: tuple[int, ...] = ()
    not_first: bool = False

    def years(self, day: date | None) -> int | None:
        """How many years from the grant year on the annuity is reduced; None: no such window."""
        for start, end, years in self.window:
            if day is None and end is None:
                return years
            if day is not None and (start is None or start <= day) and (end is None or day < end):
                return years
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebate(Dated):
    """A sum taken off before any percentage, by the value of a fact."""

    label: Bilingual
    items: tuple[str, ...]
    fact: str
    amounts: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Step:
    """Up to the end of this month after the due date, so much is added."""

    month: int
    percent: int | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surcharge(Dated):
    """What paying late costs: percent of the full fee or a sum by month, or a fee of its own."""

    items: tuple[str, ...]
    item: str = ""  # the name under which it is asked for alone
    label: Bilingual | None = None
    steps: tuple[Step, ...] = ()
    fee: str = ""
    months: int = 0
    month_end: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Dated):
    """How many years a right lives, by its filing date."""

    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Dated):
    """Who qualifies for the reduction: income of the year before lower than this."""

    kind: str  # person | enterprise | institution
    below: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardRow(Dated):
    """The least that the inventors of a service invention get, and when."""

    minimum: Decimal
    months: int
    basis: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTable:
    """Everything one office charges."""

    office: str
    currency: str
    items: tuple[Item, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    rebates: tuple[Rebate, ...] = ()
    surcharges: tuple[Surcharge, ...] = ()
    terms: tuple[Term, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    rewards: tuple[RewardRow, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outdated_from: date | None = None
    outdated: Bilingual | None = None
    by_payment: bool = False  # the amount in force on the day of payment, not on the due date

    def item(self, item: str, right: str) -> Item | None:
        """The item of this name for this right."""
        named = [i for i in self.items if i.named(item) and right in i.rights]
        return next((i for i in named if i.id == item), named[0] if named else None)

    def knows(self, item: str) -> bool:
        """Whether any right has such an item, or a surcharge goes by that name."""
        return any(i.named(item) for i in self.items) or any(
            s.item == item for s in self.surcharges
        )

    def surcharge(self, item: str, right: str, day: date | None) -> Surcharge | None:
        rows = (
            s for s in self.surcharges if item in s.items and s.concerns(right) and s.valid(day)
        )
        return next(rows, None)

    def surcharge_named(self, item: str, right: str) -> Surcharge | None:
        """The surcharge that is asked for by a name of its own, e.g. ``annuity_surcharge``."""
        return next((s for s in self.surcharges if s.item == item and s.concerns(right)), None)

    def term(self, right: str, filing: date | None) -> Term | None:
        return first(self.terms, right, filing)

    def recurring(self, right: str) -> Item | None:
        """The fee that keeps the right alive."""
        return next((i for i in self.items if i.recurs and right in i.rights), None)

    def items_of_rule(self, rule: str, right: str) -> tuple[Item, ...]:
        """The fees that are due with a deadline."""
        return tuple(i for i in self.items if right in i.rights and rule in i.rules)


_Row = TypeVar("_Row", bound=Dated)


def first(rows: Iterable[_Row], right: str, day: date | None) -> _Row | None:
    """The first row for this right that holds on the day."""
    return next((row for row in rows if row.concerns(right) and row.valid(day)), None)


class FeeTables:
    """The tables of all offices, with the user's own amounts in front."""

    def __init__(self, tables: Mapping[str, FeeTable], own: Iterable[OwnAmount] = ()) -> None:
        self._tables = dict(tables)
        self._own = tuple(own)

    @property
    def offices(self) -> tuple[str, ...]:
        return tuple(sorted(self._tables))

    def table(self, office: str) -> FeeTable | None:
        return self._tables.get(office)

    def currency(self, office: str) -> str:
        table = self._tables.get(office)
        return table.currency if table else ""

    def own(
        self, office: str, right: str, item: str, number: int | None, day: date | None
    ) -> OwnAmount | None:
        """The user's own amount in force; the more exact and then the later one wins."""
        fitting = [
            own
            for own in self._own
            if own.office == office
            and own.item == item
            and own.right in ("", right)
            and own.number in (None, number)
            and _holds(own, day)
        ]
        return max(
            fitting,
            key=lambda o: (o.number is not None, bool(o.right), o.valid_from or date.min),
            default=None,
        )

    def has_own(self, office: str, item: str) -> bool:
        return any(own.office == office and own.item == item for own in self._own)


def _holds(own: OwnAmount, day: date | None) -> bool:
    if day is None:
        return own.valid_until is None
    return (own.valid_from is None or own.valid_from <= day) and (
        own.valid_until is None or day < own.valid_until
    )
