"""Plan against actual: by quarter, right, technology, territory and budget; plans side by side."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipdesk.core.layout.budget import NOTHING, Payment, Pot, Spending, quarter, spending
from ipdesk.core.layout.costs import Total, total, total_of
from ipdesk.core.layout.model import Budget, PlanInfo, PlanRow
from ipdesk.core.layout.words import SAME_DAY_PAIR
from ipdesk.core.portfolio.model import Right


@dataclass(frozen=True, slots=True)
class Actual:
    """An own matter that was filed: what a plan is compared with."""

    matter_id: int
    reference: str
    right: str
    office: str
    filed_on: date
    technologies: tuple[str, ...] = ()
    row_id: int | None = None  # of the plan in question; None: filed beside the plan


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of the comparison. ``beside`` were filed without a row of the plan."""

    key: str
    planned: int = 0
    filed: int = 0
    dropped: int = 0
    waiting: int = 0
    late: int = 0
    beside: int = 0

    @property
    def done(self) -> float | None:
        """The share of the plan that is filed; None where nothing was planned."""
        return self.filed / self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class PlanActual:
    """The whole comparison of one plan on a day."""

    plan: PlanInfo
    whole: Tally
    by_quarter: tuple[Tally, ...]
    by_right: tuple[Tally, ...]
    by_technology: tuple[Tally, ...]
    by_territory: tuple[Tally, ...]
    by_role: tuple[Tally, ...]
    money: Mapping[str, tuple[Spending, ...]]  # by quarter, right, technology, territory, all
    currency: str
    cost: Total
    worth: Decimal | None  # the cost in the plan's currency; None where a rate is missing

    def spent(self, group: str, key: str) -> Spending | None:
        """The money of one line, e.g. of ``quarter`` and ``2027-Q1``."""
        return next((s for s in self.money.get(group, ()) if s.key == key), None)


def against(
    plan: PlanInfo,
    rows: Sequence[PlanRow],
    budget: Sequence[Budget],
    actuals: Sequence[Actual],
    today: date,
    payments: Sequence[Payment] = (),
    pot: Pot | None = None,
) -> PlanActual:
    """Compare a plan with what was filed in its period, in it and beside it."""
    beside = [a for a in actuals if a.row_id is None and _within(plan, a.filed_on)]
    measured = pot or Pot()
    cost = total(r for r in rows if r.status != "dropped")
    return PlanActual(
        plan=plan,
        whole=_tally("", rows, len(beside), today),
        by_quarter=_quarters(rows, beside, today),
        by_right=_by(rows, beside, today, lambda r: _rights(r), lambda a: (a.right,)),
        by_technology=_by(
            rows, beside, today, lambda r: (r.technology or NOTHING,), _technologies_of
        ),
        by_territory=_by(rows, beside, today, _territories, lambda a: (a.office,)),
        by_role=_by(rows, (), today, lambda r: (r.fields.role,), lambda a: ()),
        money=spending(rows, budget, payments, measured),
        currency=measured.currency,
        cost=cost,
        worth=measured.worth(cost),
    )


def _within(plan: PlanInfo, day: date) -> bool:
    return (plan.starts_on is None or plan.starts_on <= day) and (
        plan.ends_on is None or day <= plan.ends_on
    )


def _rights(row: PlanRow) -> tuple[str, ...]:
    """A same-day pair is an invention and a utility model."""
    if row.fields.right == SAME_DAY_PAIR:
        return (str(Right.INVENTION), str(Right.UTILITY_MODEL))
    return (row.fields.right,)


def _territories(row: PlanRow) -> tuple[str, ...]:
    return tuple(t.office for t in row.fields.territories) or (NOTHING,)


def _technologies_of(actual: Actual) -> tuple[str, ...]:
    return actual.technologies or (NOTHING,)


def _tally(key: str, rows: Iterable[PlanRow], beside: int, today: date) -> Tally:
    rows = list(rows)
    waiting = [r for r in rows if r.planned]
    return Tally(
        key=key,
        planned=sum(1 for r in rows if r.status != "dropped"),
        filed=sum(1 for r in rows if r.status == "filed"),
        dropped=sum(1 for r in rows if r.status == "dropped"),
        waiting=len(waiting),
        late=sum(1 for r in waiting if is_late(r, today)),
        beside=beside,
    )


def is_late(row: PlanRow, today: date) -> bool:
    """Whether the target month is over and nothing is filed."""
    target = row.fields.target
    return row.planned and target is not None and _month(target) < _month(today)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _by(
    rows: Sequence[PlanRow],
    beside: Sequence[Actual],
    today: date,
    of_row: Callable[[PlanRow], Iterable[str]],
    of_actual: Callable[[Actual], Iterable[str]],
) -> tuple[Tally, ...]:
    """One tally a key, largest plan first; what has no key stands last."""
    grouped: defaultdict[str, list[PlanRow]] = defaultdict(list)
    more: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        for key in of_row(row):
            grouped[key].append(row)
    for actual in beside:
        for key in of_actual(actual):
            more[key] += 1
    tallies = [_tally(k, grouped.get(k, ()), more[k], today) for k in {*grouped, *more}]
    return tuple(sorted(tallies, key=lambda t: (t.key == NOTHING, -t.planned, -t.beside, t.key)))


def _quarters(rows: Sequence[PlanRow], beside: Sequence[Actual], today: date) -> tuple[Tally, ...]:
    """Planned counts in the target's quarter, filed in the quarter in which it happened."""
    planned = _by(rows, (), today, lambda r: (quarter(r.fields.target),), lambda a: ())
    filed: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        if row.status == "filed":
            filed[quarter(row.filed_on or row.fields.target)] += 1
    more: defaultdict[str, int] = defaultdict(int)
    for actual in beside:
        more[quarter(actual.filed_on)] += 1
    known = {t.key: t for t in planned}
    found = []
    for key in sorted({*known, *filed, *more}, key=lambda k: (k == NOTHING, k)):
        t = known.get(key, Tally(key))
        found.append(Tally(key, t.planned, filed[key], t.dropped, t.waiting, t.late, more[key]))
    return tuple(found)


# -- plans side by side ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Aligned:
    """One row as several plans have it; None where a plan does not. ``differs`` names fields."""

    lineage: int
    title: str
    rows: tuple[PlanRow | None, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Plans side by side: their totals, and their rows aligned by what they were copied from."""

    plans: tuple[PlanInfo, ...]
    tallies: tuple[Tally, ...]
    rights: tuple[Mapping[str, int], ...]
    territories: tuple[Mapping[str, int], ...]
    costs: tuple[Total, ...]
    rows: tuple[Aligned, ...]


_COMPARED = ("title", "right", "role", "target", "territories", "technology_id", "product_id")


def compare(plans: Sequence[tuple[PlanInfo, Sequence[PlanRow]]], today: date) -> Compared:
    """Put plans beside each other; rows that differ or are missing somewhere say so."""
    by_lineage: dict[int, list[PlanRow | None]] = {}
    for column, (_, rows) in enumerate(plans):
        for row in rows:
            by_lineage.setdefault(row.lineage, [None] * len(plans))[column] = row
    aligned = [
        Aligned(lineage, _title(rows), tuple(rows), _differs(rows))
        for lineage, rows in by_lineage.items()
    ]
    return Compared(
        plans=tuple(info for info, _ in plans),
        tallies=tuple(_tally(info.title, rows, 0, today) for info, rows in plans),
        rights=tuple(_counted(rows, _rights) for _, rows in plans),
        territories=tuple(_counted(rows, _territories) for _, rows in plans),
        costs=tuple(total(r for r in rows if r.status != "dropped") for _, rows in plans),
        rows=tuple(aligned),
    )


def _title(rows: Iterable[PlanRow | None]) -> str:
    return next((r.fields.title for r in rows if r is not None), "")


def _differs(rows: Sequence[PlanRow | None]) -> tuple[str, ...]:
    known = [r for r in rows if r is not None]
    if len(known) < len(rows):
        return ("missing",)
    found = [f for f in _COMPARED if len({_value(r, f) for r in known}) > 1]
    if len({str(total_of(r).to_json()) for r in known}) > 1:
        found.append("cost")
    if len({r.status for r in known}) > 1:
        found.append("status")
    return tuple(found)


def _value(row: PlanRow, name: str) -> object:
    return getattr(row.fields, name)


def _counted(
    rows: Iterable[PlanRow], of_row: Callable[[PlanRow], Iterable[str]]
) -> Mapping[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        if row.status != "dropped":
            for key in of_row(row):
                counts[key] += 1
    return dict(counts)
