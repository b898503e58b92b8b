"""Counts of the portfolio for charts, the home page and reports; matters, not publications."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, extract, func, select

from ipdesk.core.portfolio.filters import conditions
from ipdesk.core.portfolio.model import ENDED, PATENT_RIGHTS, Status
from ipdesk.core.portfolio.queries import facet_counts
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.portfolio import matter

Where = list[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class PortfolioFigures:
    """The numbers of one selection of matters.

    ``filings`` and ``grants`` are (year, right, count); the others (value, count), largest first;
    matters without a filing date are counted in ``undated`` and in no year.
    """

    matters: int
    families: int
    in_force: int
    pending: int
    ended: int
    undated: int
    patents: int
    by_right: tuple[tuple[str, int], ...]
    by_status: tuple[tuple[str, int], ...]
    by_office: tuple[tuple[str, int], ...]
    by_technology: tuple[tuple[str, int], ...]
    filings: tuple[tuple[int, str, int], ...]
    grants: tuple[tuple[int, str, int], ...]


def figures(connection: Connection, query: ListQuery | None = None) -> PortfolioFigures:
    """Count the matters that answer the question (all that are not archived, by default)."""
    query = query or ListQuery()
    where = conditions(query)
    by_status = Counter(dict(_count(connection, where, "status")))
    by_right = _count(connection, where, "right")
    in_force = by_status[Status.GRANTED]
    ended = sum(n for status, n in by_status.items() if status in ENDED)
    total = sum(by_status.values())
    open_ones = {Status.PENDING, Status.PUBLISHED, Status.ENTERED, Status.PREPARATION}
    without = select(func.count()).where(*where, matter.c.filing_date.is_(None))
    return PortfolioFigures(
        matters=total,
        families=_families(connection, where),
        in_force=in_force,
        pending=sum(by_status[s] for s in open_ones),
        ended=ended,
        undated=int(connection.execute(without.select_from(matter)).scalar_one()),
        patents=sum(n for right, n in by_right if right in PATENT_RIGHTS),
        by_right=tuple(by_right),
        by_status=tuple(by_status.most_common()),
        by_office=tuple(_count(connection, where, "office")),
        by_technology=tuple(facet_counts(connection, query, "technology")),
        filings=_per_year(connection, where, "filing_date"),
        grants=_per_year(connection, where, "grant_date"),
    )


def _count(connection: Connection, where: Where, field: str) -> list[tuple[str, int]]:
    column = matter.c[field]
    statement = select(column, func.count()).where(*where).group_by(column)
    rows = [(str(value), int(n)) for value, n in connection.execute(statement)]
    return sorted(rows, key=lambda r: (-r[1], r[0]))


def _families(connection: Connection, where: Where) -> int:
    """Families with at least one of the matters, and matters without a family each for itself."""
    known = select(func.count(matter.c.family_id.distinct())).where(*where)
    alone = select(func.count()).where(*where, matter.c.family_id.is_(None))
    return int(
        connection.execute(known.select_from(matter)).scalar_one()
        + connection.execute(alone.select_from(matter)).scalar_one()
    )


def _per_year(connection: Connection, where: Where, field: str) -> tuple[tuple[int, str, int], ...]:
    year = extract("year", matter.c[field])
    statement = (
        select(year, matter.c.right, func.count())
        .where(*where, matter.c[field].is_not(None))
        .group_by(year, matter.c.right)
        .order_by(year, matter.c.right)
    )
    return tuple((int(y), str(r), int(n)) for y, r, n in connection.execute(statement))


def has_any(connection: Connection) -> bool:
    """Whether the portfolio holds a matter at all; decides between a page and its empty state."""
    return connection.execute(select(matter.c.id).limit(1)).first() is not None
