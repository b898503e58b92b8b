"""What a decision on national phases looks at: limit, launches and costs, office by office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from ipdesk.core.docket.national import open_offices, phases
from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.core.fees.setting import fees_for, reduction_records
from ipdesk.core.layout.costs import CostTerms, Total, entry_costs, sum_of
from ipdesk.core.layout.model import CostLine, LaunchRow
from ipdesk.core.layout.queries_clock import home_office
from ipdesk.core.layout.queries_tree import launches
from ipdesk.core.portfolio.queries import family_tree, matter_detail
from ipdesk.store.schema.portfolio import matter, matter_product

_RULE = "-NPE"
_FIRST = ("CN", "US", "EP", "JP", "KR")


@dataclass(frozen=True, slots=True)
class Entry:
    """One office that can be entered."""

    office: str
    limit: DeadlineRow | None  # computed where the company looks at the office
    months: int | None  # from the priority date, by the rule
    launches: tuple[LaunchRow, ...]  # of the matter's products in that market
    costs: tuple[CostLine, ...]
    dropped: str  # why it was dropped before; empty: it was not

    @property
    def total(self) -> Total:
        """The official fees of entering, up to the request for examination."""
        return sum_of(self.costs)


def company_terms(connection: Connection, today: date) -> CostTerms:
    """How the company pays: where it files first, and the reduction while a record holds."""
    holds = any(r.year == today.year and not r.withdrawn for r in reduction_records(connection))
    return CostTerms(home_office(connection), "85" if holds else "none")


def entries(connection: Connection, pct_id: int, docket: Docket) -> list[Entry]:
    """Offices not entered yet: those with a launch or a limit in sight first, then by name."""
    detail = matter_detail(connection, pct_id)
    if detail is None:
        return []
    fees, on = fees_for(connection, docket), docket.today
    terms = company_terms(connection, on)
    rows = deadlines_of_matter(connection, pct_id, docket)
    limits = {d.rule.removesuffix(_RULE): d for d in rows if d.rule.endswith(_RULE)}
    entered = {
        m.office
        for m in family_tree(connection, pct_id)
        if m.parent_id == pct_id and m.parent_kind == "national_phase"
    }
    opened = _launches(connection, pct_id)
    dropped = dict(detail.facts.get("dropped") or {})
    found = [
        Entry(
            office,
            limits.get(office),
            phases()[office].chapter1,
            tuple(launch for launch in opened if launch.office == office),
            tuple(entry_costs(office, fees, terms, on)),
            str(dropped.get(office, "")),
        )
        for office in open_offices()
        if office not in entered
    ]
    ranked = {office: rank for rank, office in enumerate(_FIRST)}
    return sorted(
        found,
        key=lambda e: (
            not e.launches and e.limit is None,
            ranked.get(e.office, len(ranked)),
            e.office,
        ),
    )


def _launches(connection: Connection, matter_id: int) -> list[LaunchRow]:
    """Launches of the products that the matter or its family protects."""
    m, link = matter.c, matter_product.c
    family = select(m.family_id).where(m.id == matter_id).scalar_subquery()
    members = select(m.id).where((m.id == matter_id) | (m.family_id == family))
    wanted = set(
        connection.execute(select(link.product_id).where(link.matter_id.in_(members))).scalars()
    )
    return [launch for launch in launches(connection) if launch.product_id in wanted]


def whole(chosen: Iterable[Entry]) -> Total:
    """What entering these offices costs together."""
    total = Total()
    for entry in chosen:
        total += entry.total
    return total
