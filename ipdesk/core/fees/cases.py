"""Matters as fee cases, in bulk: their facts, their applicants, the reduction of each year."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.core.docket.holdings import Holding, as_case, load
from ipdesk.core.docket.progress import Standing, standing_of
from ipdesk.core.docket.status import derive
from ipdesk.core.fees.model import FeeCase
from ipdesk.core.fees.records import RecordRow
from ipdesk.core.fees.setting import reduction_records
from ipdesk.core.portfolio.model import ENDED
from ipdesk.store.paging import chunks
from ipdesk.store.schema.portfolio import matter, matter_party, matter_product, party

_REDUCIBLE = frozenset({"invention", "utility_model", "design"})
_COLUMNS = (
    "id reference title title_en title_zh right office status department value_grade expiry_date "
    "application_number grant_number claims archived"
).split()


@dataclass(frozen=True, slots=True)
class FeeMatter:
    """A matter as fees see it."""

    id: int
    reference: str
    title: str
    title_en: str
    title_zh: str
    right: str
    office: str
    status: str
    department: str
    value_grade: str
    expiry_date: date | None
    application_number: str
    grant_number: str
    case: FeeCase
    applicants: tuple[int, ...]
    years: Mapping[int, frozenset[int]]  # parties with a reduction record, by year
    standing: Standing
    holding: Holding
    names: Mapping[int, str] = field(default_factory=dict)  # of the applicants

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    def rate(self, day: date, assumed: bool = False) -> str:
        """``85``, ``70`` or ``none`` by the records of that year.

        A rate written on the matter itself wins. With *assumed* a year after the last record is
        taken to be filed again, as a forecast does.
        """
        given = self.case.facts.get("fee_reduction")
        if given is not None:
            return str(given)
        if self.office != "CN" or self.right not in _REDUCIBLE or not self.applicants:
            return "none"
        holders = self.years.get(day.year)
        if holders is None and assumed and self.years and day.year > max(self.years):
            holders = self.years[max(self.years)]
        if not holders or not holders.issuperset(self.applicants):
            return "none"
        return "85" if len(self.applicants) == 1 else "70"

    def lacking(self, day: date) -> tuple[str, ...]:
        """The applicants without a record of that year, where there was one in another year."""
        if not self.years or self.rate(day) != "none" or "fee_reduction" in self.case.facts:
            return ()
        held = self.years.get(day.year, frozenset())
        return tuple(self.names.get(one, "") for one in self.applicants if one not in held)

    def at(self, day: date, assumed: bool = False) -> FeeCase:
        """The case with the reduction of that day's year."""
        facts = {**self.case.facts, "fee_reduction": self.rate(day, assumed)}
        return replace(self.case, facts=facts)


def fee_matters(connection: Connection, ids: Sequence[int], today: date) -> list[FeeMatter]:
    """The matters of these ids, in that order."""
    records = reduction_records(connection)
    found: dict[int, FeeMatter] = {}
    for part in chunks(ids):
        holders, names = _applicants(connection, part)
        statement = select(*(matter.c[name] for name in _COLUMNS)).where(matter.c.id.in_(part))
        rows = {row.id: row for row in connection.execute(statement)}
        for holding in load(connection, part):
            applicants = holders.get(holding.id, ())
            years = _years(records, applicants)
            made = _matter(rows[holding.id], holding, applicants, years, today)
            found[holding.id] = replace(made, names=names)
    return [found[i] for i in ids if i in found]


def living_ids(connection: Connection) -> list[int]:
    """Matters that are not in the archive, by reference."""
    statement = select(matter.c.id).where(matter.c.archived.is_(False))
    return list(connection.execute(statement.order_by(matter.c.sort_reference)).scalars())


def applicants_named(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Today's owners of these matters, else their applicants, in one line each."""
    found: dict[int, str] = {}
    for part in chunks(list(dict.fromkeys(ids))):
        held, names = _applicants(connection, part)
        found.update({one: "; ".join(names[p] for p in parties) for one, parties in held.items()})
    return found


def ids_of_product(connection: Connection, product_id: int) -> list[int]:
    """The matters that are linked to a product."""
    mp = matter_product.c
    statement = select(mp.matter_id).where(mp.product_id == product_id).order_by(mp.matter_id)
    return list(connection.execute(statement).scalars())


def _matter(
    row: Any,
    holding: Holding,
    applicants: tuple[int, ...],
    years: Mapping[int, frozenset[int]],
    today: date,
) -> FeeMatter:
    case = as_case(holding)
    facts = dict(case.facts)
    if row.claims is not None:
        facts.setdefault("claims", row.claims)
    fee_case = FeeCase(
        holding.office,
        holding.right,
        "",
        case.events,
        facts,
        case.route or "",
        row.reference,
    )
    status, since = derive(
        holding.right, holding.events, holding.status_reported, row.expiry_date, today
    )
    standing = standing_of(
        holding.status_manual or status,
        since,
        holding.status_reported,
        holding.events,
        holding.children,
        holding.facts,
    )
    return FeeMatter(
        row.id,
        row.reference,
        row.title,
        row.title_en,
        row.title_zh,
        row.right,
        row.office,
        row.status,
        row.department,
        row.value_grade or "",
        row.expiry_date,
        row.application_number,
        row.grant_number,
        fee_case,
        applicants,
        years,
        standing,
        holding,
    )


def _applicants(
    connection: Connection, ids: Sequence[int]
) -> tuple[dict[int, tuple[int, ...]], dict[int, str]]:
    """Today's owners; where none is recorded, the applicants. And what they are called."""
    mp = matter_party.c
    statement = (
        select(mp.matter_id, mp.role, mp.party_id, party.c.name)
        .join(party, party.c.id == mp.party_id)
        .where(mp.matter_id.in_(ids), mp.role.in_(("applicant", "owner")))
        .order_by(mp.matter_id, mp.ordinal)
    )
    by_role: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)
    names: dict[int, str] = {}
    for matter_id, role, party_id, name in connection.execute(statement):
        by_role[matter_id].setdefault(role, []).append(party_id)
        names[party_id] = name
    held = {
        matter_id: tuple(dict.fromkeys(roles.get("owner") or roles["applicant"]))
        for matter_id, roles in by_role.items()
    }
    return held, names


def _years(
    records: Sequence[RecordRow], applicants: tuple[int, ...]
) -> Mapping[int, frozenset[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for record in records:
        if record.party_id in applicants and not record.withdrawn:
            found[record.year].add(record.party_id)
    return {year: frozenset(holders) for year, holders in found.items()}
