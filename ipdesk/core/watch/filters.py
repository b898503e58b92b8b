"""The conditions of a list of hits: search, facets, sorting."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    extract,
    func,
    or_,
    select,
)

from ipdesk.base.text import fold, squeeze
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.watch import (
    hit_family,
    hit_member,
    hit_score,
    watch_run,
    watch_sighting,
)

f = hit_family.c

LAST_SEEN = (
    select(func.max(watch_sighting.c.run_id))
    .where(watch_sighting.c.family_id == f.id)
    .correlate(hit_family)
    .scalar_subquery()
)
"""The id of the latest run that met a family; runs are numbered in their order."""

SORTS: dict[str, ColumnElement[Any]] = {
    "score": hit_score.c.score,
    "family": f.key,
    "title": f.sort_title,
    "applicants": f.sort_applicant,
    "status": f.status,
    "priority_date": f.priority_date,
    "filing_date": f.filing_date,
    "publication_date": f.publication_date,
    "first_seen": f.first_seen,
    "last_seen": LAST_SEEN,
    "verdict": f.verdict,
    "grade": f.grade,
    "review_due": f.review_due,
}


def last_good_run_id() -> Any:
    """The latest run of the family's watch that did not fail."""
    return (
        select(func.max(watch_run.c.id))
        .where(watch_run.c.watch_id == f.watch_id, watch_run.c.failed.is_(False))
        .correlate(hit_family)
        .scalar_subquery()
    )


def _state(values: Sequence[str]) -> ColumnElement[bool]:
    """Waiting for a reader, reopened by a change, new with the last run or gone from it."""
    parts: list[ColumnElement[bool]] = []
    if "waiting" in values:
        parts.append((f.verdict == "") | f.reopened)
    if "reopened" in values:
        parts.append(f.reopened)
    if "new" in values:
        parts.append(f.first_run_id == last_good_run_id())
    if "changed" in values:
        parts.append(
            exists().where(
                watch_sighting.c.family_id == f.id,
                watch_sighting.c.run_id == last_good_run_id(),
                watch_sighting.c.state == "changed",
            )
        )
    if "gone" in values:
        parts.append(last_good_run_id() > LAST_SEEN)
    return or_(*parts)


def _blank(column: ColumnElement[Any]) -> Callable[[Sequence[str]], ColumnElement[bool]]:
    """Values of a text column; ``-`` stands for the empty one."""
    return lambda values: column.in_(["" if v == "-" else v for v in values])


def _within(column: ColumnElement[Any]) -> Callable[[Sequence[str]], ColumnElement[bool]]:
    """Members of a JSON list of plain texts."""

    def where(values: Sequence[str]) -> ColumnElement[bool]:
        text = cast(column, String)
        return or_(*(text.contains(f'"{v}"', autoescape=True) for v in values))

    return where


def _years(values: Sequence[str]) -> ColumnElement[bool]:
    years = [int(v) for v in values if v.isdigit()]
    parts: list[ColumnElement[bool]] = []
    if years:
        parts.append(extract("year", f.filing_date).in_(years))
    if "-" in values:
        parts.append(f.filing_date.is_(None))
    return or_(*parts)


def _applicant(values: Sequence[str]) -> ColumnElement[bool]:
    """By the folded name, which the search line holds."""
    return or_(*(f.search.contains(fold(v), autoescape=True) for v in values))


FACETS: dict[str, Callable[[Sequence[str]], ColumnElement[bool]]] = {
    "verdict": _blank(f.verdict),
    "grade": _blank(f.grade),
    "reviewer": _blank(f.reviewer),
    "status": _blank(f.status),
    "state": _state,
    "office": _within(f.offices),
    "applicant": _applicant,
    "year": _years,
    "id": lambda values: f.id.in_([int(v) for v in values]),
}


def conditions(watch_id: int | None, query: ListQuery, *, without: str = "") -> list[Any]:
    """All conditions of a question to one watch, or to all of them."""
    where: list[ColumnElement[bool]] = []
    if watch_id is not None:
        where.append(f.watch_id == watch_id)
    for name, values in query.facets:
        if name in FACETS and name != without and values:
            where.append(FACETS[name](values))
    if query.search.strip():
        where.append(_found_by(query.search))
    return where


def _found_by(text: str) -> ColumnElement[bool]:
    """Every word stands in the search line, or the number is one of a member."""
    words = [w for w in fold(text).split() if w]
    every = and_(*(f.search.contains(w, autoescape=True) for w in words))
    number = squeeze(text)
    if sum(c.isdigit() for c in number) < 4:
        return every
    return or_(every, f.search.contains(number, autoescape=True))


def ordered(statement: Select[Any], query: ListQuery) -> Select[Any]:
    """The wished order, by relevance unless asked otherwise; empty values stand last."""
    column = SORTS.get(query.sort, hit_score.c.score)
    descending = query.descending if query.sort in SORTS else True
    first = column.desc() if descending else column.asc()
    return statement.order_by(first.nulls_last(), f.id)


def member_numbers(ids: Sequence[int]) -> Select[Any]:
    """Family and number of the members of some families, in the order they came."""
    m = hit_member.c
    numbered = select(m.family_id, m.number).where(m.family_id.in_(ids), m.number != "")
    return numbered.order_by(m.family_id, m.id)
