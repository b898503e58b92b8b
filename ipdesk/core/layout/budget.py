"""The money of a plan: budgets beside estimates and payments, by whatever a plan is cut by.

A budget stands for a whole quarter, or for one right, technology or territory in it. Where a
quarter has none of its own, the sum of its parts stands for it. A technology with a budget answers
for its branch.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ipdesk.base.i18n import tr
from ipdesk.base.money import Rates, written
from ipdesk.core.layout.costs import Total
from ipdesk.core.layout.model import Budget, PlanRow
from ipdesk.core.layout.words import SAME_DAY_PAIR
from ipdesk.core.portfolio.model import Right

NOTHING = "-"
"""The key of rows that say nothing, e.g. no target month."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid for a matter that a row of the plan became."""

    row_id: int
    on: date
    right: str
    office: str
    sum: Total


@dataclass(frozen=True, slots=True)
class Pot:
    """What budgets are measured in and by: the currency, rates, the branches of the tree."""

    currency: str = "CNY"
    rates: Rates = field(default_factory=Rates)
    on: date = date.max
    branches: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # itself, all above it
    names: Mapping[int, str] = field(default_factory=dict)

    def worth(self, total: Total) -> Decimal | None:
        """A sum in the plan's currency; None where a rate is missing."""
        return total.into(self.currency, self.rates, self.on)[0]


@dataclass(frozen=True, slots=True)
class Spending:
    """One quarter or part: budget, estimate of all its rows and of the filed ones, payments.

    ``left`` is the budget less the estimate in the plan's currency; None without a budget or a
    rate. Unknown amounts are not in it. ``worth`` holds the sums in the plan's currency.
    """

    key: str
    budget: Total = field(default_factory=Total)
    planned: Total = field(default_factory=Total)
    filed: Total = field(default_factory=Total)
    paid: Total = field(default_factory=Total)
    left: Decimal | None = None
    worth: Mapping[str, Decimal | None] = field(default_factory=dict)  # budget, planned, filed …

    def shown(self, name: str) -> str:
        """``budget``, ``planned``, ``filed`` or ``paid`` in the plan's currency, ≥ where more is
        unknown; as it stands where a rate is missing; empty where there is nothing."""
        total: Total = getattr(self, name)
        amount = self.worth.get(name)
        if not total.sums:
            return tr("not known") if total.unknown else ""
        if amount is None:
            return total.shown()
        whole = written(amount.quantize(Decimal(1)))
        return f"≥ {whole}" if total.unknown else whole


@dataclass(frozen=True, slots=True)
class _Share:
    """A part of what a row costs, or a payment, by everything that it can be counted by."""

    day: date | None
    right: str
    office: str
    technology_id: int | None
    technology: str
    sum: Total


def quarter(day: date | None) -> str:
    """``2027-Q1``; ``-`` without a day."""
    return f"{day.year}-Q{(day.month + 2) // 3}" if day else NOTHING


def quarter_start(day: date) -> date:
    """The first day of the quarter of a day."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def spending(
    rows: Sequence[PlanRow], budgets: Sequence[Budget], payments: Sequence[Payment], pot: Pot
) -> dict[str, tuple[Spending, ...]]:
    """By ``quarter``, ``right``, ``technology``, ``territory``, and ``all`` in one line."""
    standing = [r for r in rows if r.status != "dropped"]
    planned = [share for row in standing for share in _shares(row, row.fields.target)]
    done = [r for r in standing if r.status == "filed"]
    filed = [share for row in done for share in _shares(row, row.filed_on or row.fields.target)]
    paid = list(_paid(rows, payments))
    owned = {b.technology_id for b in budgets if b.technology_id is not None}

    def branches(share: _Share) -> tuple[str, ...]:
        return _branches(share, owned, pot)

    found = {
        "quarter": _cut(_by_quarter(budgets), planned, filed, paid, _quarter_of, pot),
        "right": _cut(
            _keyed(budgets, lambda b: b.right), planned, filed, paid, lambda s: (s.right,), pot
        ),
        "technology": _cut(
            _keyed(budgets, lambda b: _named(b.technology_id, pot)),
            planned, filed, paid, branches, pot,
        ),
        "territory": _cut(
            _keyed(budgets, lambda b: b.office), planned, filed, paid, _office_of, pot
        ),
    }  # fmt: skip
    whole: Total = sum((s.budget for s in found["quarter"]), Total())
    found["all"] = _cut({"": whole}, planned, filed, paid, lambda _share: ("",), pot)
    return found


# -- shares ---------------------------------------------------------------------------------------
def _shares(row: PlanRow, day: date | None) -> Iterator[_Share]:
    """Fee by fee, and the agent's cost with the first filing."""
    fields = row.fields
    pair = fields.right == SAME_DAY_PAIR
    plain = str(Right.INVENTION) if pair else fields.right
    for line in row.estimate:
        known = {} if line.amount is None else {line.currency: line.amount}
        yield _Share(
            day=day,
            right=(line.right or plain) if pair else plain,
            office=line.office,
            technology_id=fields.technology_id,
            technology=row.technology,
            sum=Total(known, unknown=line.amount is None),
        )
    if fields.agent_cost is not None and fields.agent_currency:
        first = next(iter(row.estimate), None)
        office = first.office if first else next((t.office for t in fields.territories), "")
        sum_ = Total({fields.agent_currency: fields.agent_cost})
        yield _Share(day, plain, office, fields.technology_id, row.technology, sum_)


def _paid(rows: Sequence[PlanRow], payments: Iterable[Payment]) -> Iterator[_Share]:
    by_id = {row.id: row for row in rows}
    for one in payments:
        row = by_id.get(one.row_id)
        if row is not None:
            at, name = row.fields.technology_id, row.technology
            yield _Share(one.on, one.right, one.office, at, name, one.sum)


def _quarter_of(share: _Share) -> tuple[str, ...]:
    return (quarter(share.day),)


def _office_of(share: _Share) -> tuple[str, ...]:
    return (share.office or NOTHING,)


def _branches(share: _Share, owned: set[int], pot: Pot) -> tuple[str, ...]:
    """Its own technology, and those above it that have a budget for their branch."""
    above = pot.branches.get(share.technology_id or 0, ())
    more = (_named(one, pot) for one in above if one in owned)
    return tuple(dict.fromkeys((share.technology or NOTHING, *more)))


def _named(technology_id: int | None, pot: Pot) -> str:
    return "" if technology_id is None else pot.names.get(technology_id, str(technology_id))


# -- budgets --------------------------------------------------------------------------------------
def _keyed(budgets: Iterable[Budget], key: Callable[[Budget], str]) -> dict[str, Total]:
    found: defaultdict[str, Total] = defaultdict(Total)
    for one in budgets:
        if key(one):
            found[key(one)] += Total({one.currency: one.amount})
    return dict(found)


def _by_quarter(budgets: Sequence[Budget]) -> dict[str, Total]:
    """The budget of the quarter itself, else the sum of its parts, in the one way that they cut."""
    found: dict[str, Total] = {}
    cuts: tuple[Callable[[Budget], bool], ...] = (
        lambda b: not (b.right or b.office or b.technology_id),
        lambda b: bool(b.right),
        lambda b: b.technology_id is not None,
        lambda b: bool(b.office),
    )
    for cut in cuts:
        sums: defaultdict[str, Total] = defaultdict(Total)
        for one in budgets:
            if cut(one):
                sums[quarter(one.quarter)] += Total({one.currency: one.amount})
        found = {**sums, **found}
    return found


def _cut(
    budgets: Mapping[str, Total],
    planned: Iterable[_Share],
    filed: Iterable[_Share],
    paid: Iterable[_Share],
    keys: Callable[[_Share], Iterable[str]],
    pot: Pot,
) -> tuple[Spending, ...]:
    """One line a key; what has no key stands last."""
    sums = [_summed(shares, keys) for shares in (planned, filed, paid)]
    known = {*budgets, *(key for one in sums for key in one)}
    lines = []
    for key in sorted(known, key=lambda k: (k == NOTHING, k)):
        planned_, filed_, paid_ = (one.get(key, Total()) for one in sums)
        budget = budgets.get(key)
        worth = {
            "budget": None if budget is None else pot.worth(budget),
            "planned": pot.worth(planned_),
            "filed": pot.worth(filed_),
            "paid": pot.worth(paid_),
        }
        given, wanted = worth["budget"], worth["planned"]
        left = None if given is None or wanted is None else given - wanted
        lines.append(Spending(key, budget or Total(), planned_, filed_, paid_, left, worth))
    return tuple(lines)


def _summed(shares: Iterable[_Share], keys: Callable[[_Share], Iterable[str]]) -> dict[str, Total]:
    found: defaultdict[str, Total] = defaultdict(Total)
    for share in shares:
        for key in keys(share):
            found[key] += share.sum
    return dict(found)
