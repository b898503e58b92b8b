"""Reading plan against actual, plans side by side, growth and mix, the watched applicants."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from ipdesk.base.text import squeeze
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.fees.model import Group, Planned
from ipdesk.core.fees.outlook import paid_for
from ipdesk.core.fees.setting import rates_for
from ipdesk.core.layout.actual import Actual, Compared, PlanActual, against, compare
from ipdesk.core.layout.budget import Payment, Pot
from ipdesk.core.layout.costs import Total, planned_costs
from ipdesk.core.layout.coverage import Matrix
from ipdesk.core.layout.gaps import Gap, gaps
from ipdesk.core.layout.mix import Applicant, Held, Limits, Mix, benchmark, mix
from ipdesk.core.layout.model import PlanRow
from ipdesk.core.layout.queries import budget_of, current_plans, plan, plan_rows
from ipdesk.core.layout.queries_clock import outlook
from ipdesk.core.layout.queries_matrix import KINDS, coverage
from ipdesk.core.layout.queries_tree import staff, tree
from ipdesk.core.portfolio.model import ENDED, Right, Status
from ipdesk.store.schema.portfolio import (
    matter,
    matter_party,
    matter_technology,
    party,
    technology,
)
from ipdesk.store.schema.watch import hit_family, hit_member, watch

_PATENTS = ("invention", "utility_model", "design", "pct", "provisional", "unitary_patent")


def plan_actual(connection: Connection, plan_id: int, today: date) -> PlanActual:
    """One plan against what was filed. Raises IpdeskError when the plan is gone."""
    info = plan(connection, plan_id)
    rows = plan_rows(connection, [plan_id])
    of_row = {m.id: r.id for r in rows for m in r.matters}
    return against(
        info,
        rows,
        budget_of(connection, plan_id),
        _actuals(connection, of_row),
        today,
        list(_payments(connection, rows, of_row)),
        pot_of(connection, info.currency, today),
    )


def pot_of(connection: Connection, currency: str, today: date) -> Pot:
    """What the money of a plan is measured by: its currency, the rates, the tree."""
    branches = tree(connection, counted=False)
    above = {b.id: b.parent_id for b in branches}
    lines: dict[int, tuple[int, ...]] = {}
    for one in branches:
        at: int | None = one.id
        line: list[int] = []
        while at is not None and at not in line:
            line.append(at)
            at = above.get(at)
        lines[one.id] = tuple(line)
    names = {b.id: b.name for b in branches}
    return Pot(currency or "CNY", rates_for(connection), today, lines, names)


def _payments(
    connection: Connection, rows: Sequence[PlanRow], of_row: Mapping[int, int]
) -> Iterator[Payment]:
    known = {m.id: m for row in rows for m in row.matters}
    for matter_id, day, currency, amount in paid_for(connection, known):
        one = known[matter_id]
        yield Payment(of_row[matter_id], day, one.right, one.office, Total({currency: amount}))


def _actuals(connection: Connection, of_row: dict[int, int]) -> list[Actual]:
    m = matter.c
    names: defaultdict[int, list[str]] = defaultdict(list)
    linked = select(matter_technology.c.matter_id, technology.c.name).join(
        technology, technology.c.id == matter_technology.c.technology_id
    )
    for matter_id, name in connection.execute(linked):
        names[matter_id].append(name)
    statement = select(m.id, m.reference, m.right, m.office, m.filing_date).where(
        m.filing_date.is_not(None), m.right.in_(_PATENTS), m.archived.is_(False)
    )
    return [
        Actual(*row, tuple(names[row.id]), of_row.get(row.id))
        for row in connection.execute(statement)
    ]


def compare_plans(connection: Connection, plan_ids: Sequence[int], today: date) -> Compared:
    """Several plans or versions side by side, in the order given."""
    return compare([(plan(connection, i), plan_rows(connection, [i])) for i in plan_ids], today)


def gaps_of(
    connection: Connection, plan_id: int, calendars: Calendars, today: date
) -> tuple[Gap, ...]:
    """Every gap of a plan: cells, markets and rows. Raises IpdeskError when it is gone."""
    info = plan(connection, plan_id)
    seen = outlook(connection, calendars, today)
    matrices = [coverage(connection, kind, info.id, today) for kind in ("effect", "application")]
    return gaps(
        [m for m in matrices if m.columns],
        plan_rows(connection, [info.id]),
        seen.protection,
        seen.clock,
        today,
    )


def matrices_of(connection: Connection, plan_id: int | None, today: date) -> list[Matrix]:
    """All four matrices, for a report."""
    return [coverage(connection, kind, plan_id, today) for kind in KINDS]


def planned_filings(connection: Connection, today: date) -> list[tuple[Group, list[Planned]]]:
    """The cost of what current plans still want to file; ``fees.outlook.forecast_of`` takes it."""
    rows = plan_rows(connection, [p.id for p in current_plans(connection)])
    return list(planned_costs(rows, today))


# -- growth and mix -------------------------------------------------------------------------------
def growth(connection: Connection, today: date, limits: Limits | None = None) -> Mix:
    """Growth and mix of the portfolio, archived matters left out."""
    return mix(held(connection), staff(connection), today, limits)


def held(connection: Connection) -> list[Held]:
    """Every matter as growth and mix count it; matters in preparation are not filed yet."""
    inventors: defaultdict[int, list[str]] = defaultdict(list)
    mp = matter_party.c
    named = (
        select(mp.matter_id, party.c.name)
        .join(party, party.c.id == mp.party_id)
        .where(mp.role.in_(("inventor", "designer")))
    )
    for matter_id, name in connection.execute(named):
        inventors[matter_id].append(name)
    m = matter.c
    statement = select(
        m.id, m.right, m.office, m.status, m.filing_date, m.grant_date, m.expiry_date, m.classes
    ).where(m.archived.is_(False), m.status != Status.PREPARATION)
    return [
        Held(
            right=row.right,
            office=row.office,
            status=row.status,
            filing=row.filing_date,
            grant=row.grant_date,
            expiry=row.expiry_date,
            inventors=tuple(inventors[row.id]),
            classes=tuple(row.classes or ()),
        )
        for row in connection.execute(statement)
    ]


@dataclass
class _Count:
    """An applicant while it is counted."""

    names: Counter[str] = field(default_factory=Counter)
    families: set[str] = field(default_factory=set)
    in_force: set[str] = field(default_factory=set)
    pending: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    rights: Counter[str] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)

    def applicant(self, own: bool, name: str = "") -> Applicant:
        models = self.rights[Right.UTILITY_MODEL]
        both = models + self.rights[Right.INVENTION]
        return Applicant(
            name=name or self.names.most_common(1)[0][0],
            own=own,
            families=len(self.families),
            in_force=len(self.in_force),
            pending=len(self.pending - self.in_force),
            offices=len(self.offices),
            utility_share=models / both if both else None,
            by_year=dict(self.years),
        )


def benchmark_of(
    connection: Connection, today: date, own_name: str = "", *, watched_only: bool = True
) -> tuple[Applicant, ...]:
    """Ourselves beside the applicants that watches name, from what their runs brought in.

    Counted by family; what a watch never imported is not known here, so the numbers are those of
    the watched subject, not of the whole company.
    """
    wanted = _watched(connection) if watched_only else None
    counts: defaultdict[str, _Count] = defaultdict(_Count)
    f = hit_family.c
    families = select(f.id, f.key, f.applicants, f.filing_date, f.priority_date)
    of_family: dict[int, tuple[str, list[str]]] = {}
    for row in connection.execute(families):
        keys = [squeeze(a) for a in row.applicants or ()]
        mine = [k for k in dict.fromkeys(keys) if wanted is None or k in wanted]
        of_family[row.id] = (row.key, mine)
        day = row.priority_date or row.filing_date
        for key, name in zip(keys, row.applicants or (), strict=True):
            if key in mine and row.key not in counts[key].families:
                counts[key].families.add(row.key)
                counts[key].names[name] += 1
                if day:
                    counts[key].years[day.year] += 1
    _members(connection, of_family, counts)
    others = [c.applicant(False) for c in counts.values() if c.families]
    return benchmark([_own(connection, own_name), *others], today.year)


def _watched(connection: Connection) -> set[str]:
    """The applicants that the watches name, folded."""
    found: set[str] = set()
    for names in connection.execute(select(watch.c.applicants)).scalars():
        found.update(squeeze(str(n)) for n in names or ())
    return found


def _members(
    connection: Connection,
    of_family: dict[int, tuple[str, list[str]]],
    counts: defaultdict[str, _Count],
) -> None:
    m = hit_member.c
    for row in connection.execute(select(m.family_id, m.office, m.right, m.status)):
        key, applicants = of_family.get(row.family_id, ("", []))
        for one in applicants:
            count = counts[one]
            if row.office:
                count.offices.add(row.office)
            if row.right:
                count.rights[row.right] += 1
            if row.status == Status.GRANTED:
                count.in_force.add(key)
            elif row.status and row.status not in ENDED:
                count.pending.add(key)


def _own(connection: Connection, name: str) -> Applicant:
    """Our patents counted the same way: by family, a matter without one for itself."""
    m = matter.c
    count = _Count()
    statement = (
        select(m.id, m.family_id, m.office, m.right, m.status, m.filing_date)
        .where(m.right.in_(_PATENTS), m.archived.is_(False), m.status != Status.PREPARATION)
        .order_by(m.filing_date)
    )
    for row in connection.execute(statement):
        key = f"f{row.family_id}" if row.family_id else f"m{row.id}"
        if key not in count.families and row.filing_date:
            count.years[row.filing_date.year] += 1
        count.families.add(key)
        count.offices.add(row.office)
        count.rights[row.right] += 1
        if row.status == Status.GRANTED:
            count.in_force.add(key)
        elif row.status not in ENDED:
            count.pending.add(key)
    return count.applicant(True, name or _own_name(connection))


def _own_name(connection: Connection) -> str:
    """The applicant that most of our matters name."""
    mp = matter_party.c
    statement = (
        select(party.c.name)
        .join(matter_party, mp.party_id == party.c.id)
        .where(mp.role.in_(("applicant", "owner")))
    )
    names = Counter(connection.execute(statement).scalars())
    return names.most_common(1)[0][0] if names else "–"
