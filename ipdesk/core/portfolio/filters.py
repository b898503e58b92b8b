"""The conditions of the portfolio list: search in every number form, facets, sorting."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, extract, or_, select, true

from ipdesk.base.text import fold
from ipdesk.core.portfolio.model import ENDED
from ipdesk.core.portfolio.numbers import search_forms
from ipdesk.store.paging import ListQuery, any_like
from ipdesk.store.schema.comparison import register_difference
from ipdesk.store.schema.docket import company_choice, deadline, event, pending, reckoned
from ipdesk.store.schema.portfolio import (
    family,
    matter,
    matter_party,
    matter_product,
    matter_tag,
    matter_technology,
    party,
    product,
    search_text,
    tag,
    technology,
)

SORTS: dict[str, ColumnElement[Any]] = {
    "reference": matter.c.sort_reference,
    "title": matter.c.sort_title,
    "right": matter.c.right,
    "office": matter.c.office,
    "status": matter.c.status,
    "application_number": matter.c.application_number,
    "publication_number": matter.c.publication_number,
    "grant_number": matter.c.grant_number,
    "priority_date": matter.c.priority_date,
    "filing_date": matter.c.filing_date,
    "publication_date": matter.c.publication_date,
    "grant_date": matter.c.grant_date,
    "expiry_date": matter.c.expiry_date,
    "next_due": matter.c.next_due,
}


def found_by(text: str) -> ColumnElement[bool]:
    """Matters whose line holds every word, or one of the forms that the number may have."""
    words = [w for w in fold(text).split() if w]
    every = and_(*(search_text.c.text.contains(w, autoescape=True) for w in words))
    forms = [f for f in search_forms(text) if len(f) >= 4]
    where = or_(every, any_like(search_text.c.text, forms)) if forms else every
    return matter.c.id.in_(select(search_text.c.matter_id).where(where))


def _linked(link: Any, other: Any, column: str) -> Callable[[Sequence[str]], ColumnElement[bool]]:
    """A facet over names of another table; ``-`` stands for matters without any."""

    def where(values: Sequence[str]) -> ColumnElement[bool]:
        names = [v for v in values if v != "-"]
        key = link.c[column]
        linked = select(link.c.matter_id).join(other, other.c.id == key)
        parts = []
        if names:
            parts.append(matter.c.id.in_(linked.where(other.c.name.in_(names))))
        if "-" in values:
            parts.append(matter.c.id.not_in(select(link.c.matter_id)))
        return or_(*parts)

    return where


def _technologies(values: Sequence[str]) -> ColumnElement[bool]:
    """A technology stands for its whole branch."""
    names = [v for v in values if v != "-"]
    branch = select(technology.c.id).where(technology.c.name.in_(names)).cte(recursive=True)
    below = select(technology.c.id).join(branch, technology.c.parent_id == branch.c.id)
    branch = branch.union(below)
    linked = select(matter_technology.c.matter_id)
    parts: list[ColumnElement[bool]] = [
        matter.c.id.in_(linked.where(matter_technology.c.technology_id.in_(select(branch.c.id))))
    ]
    if "-" in values:
        parts.append(matter.c.id.not_in(linked))
    return or_(*parts)


def _people(*roles: str) -> Callable[[Sequence[str]], ColumnElement[bool]]:
    def where(values: Sequence[str]) -> ColumnElement[bool]:
        return matter.c.id.in_(
            select(matter_party.c.matter_id)
            .join(party, party.c.id == matter_party.c.party_id)
            .where(matter_party.c.role.in_(roles), party.c.name.in_(values))
        )

    return where


def _years(column: ColumnElement[Any]) -> Callable[[Sequence[str]], ColumnElement[bool]]:
    def where(values: Sequence[str]) -> ColumnElement[bool]:
        years = [int(v) for v in values if v.isdigit()]
        parts: list[ColumnElement[bool]] = [extract("year", column).in_(years)] if years else []
        if "-" in values:
            parts.append(column.is_(None))
        return or_(*parts)

    return where


def _state(values: Sequence[str]) -> ColumnElement[bool]:
    """``open`` matters are those that can still need something, ``ended`` the others."""
    parts: list[ColumnElement[bool]] = []
    if "open" in values:
        parts.append(matter.c.status.not_in(ENDED))
    if "ended" in values:
        parts.append(matter.c.status.in_(ENDED))
    return or_(*parts)


def _show(values: Sequence[str]) -> ColumnElement[bool]:
    """``unchecked``: dates of a list that nobody compared with a document; ``undocketed``:
    nothing is due and nothing is missing; ``archived`` is told apart in ``conditions``.
    """
    parts: list[ColumnElement[bool]] = []
    if "unchecked" in values:
        asks = select(company_choice.c.id).where(
            company_choice.c.name == "second_person", company_choice.c.value.cast(String) == "true"
        )
        wanted = or_(event.c.source == "import", asks.exists())
        raw = select(event.c.matter_id).where(event.c.checked_by == "", wanted)
        parts.append(matter.c.id.in_(raw))
    if "undocketed" in values:
        due = select(deadline.c.id).where(deadline.c.matter_id == matter.c.id).exists()
        asked = select(pending.c.id).where(pending.c.matter_id == matter.c.id).exists()
        told = select(reckoned.c.id).where(reckoned.c.id == matter.c.id, reckoned.c.dates > 0)
        parts.append(and_(~due, ~asked, ~told.exists()))
    return or_(*parts) if parts else true()


FACETS: dict[str, Callable[[Sequence[str]], ColumnElement[bool]]] = {
    "right": lambda v: matter.c.right.in_(v),
    "office": lambda v: matter.c.office.in_(v),
    "status": lambda v: matter.c.status.in_(v),
    "state": _state,
    "show": _show,
    "year": _years(matter.c.filing_date),
    "grant_year": _years(matter.c.grant_date),
    "technology": _technologies,
    "product": _linked(matter_product, product, "product_id"),
    "tag": _linked(matter_tag, tag, "tag_id"),
    "applicant": _people("applicant", "owner"),
    "inventor": _people("inventor", "designer", "author"),
    "agency": _people("agency", "attorney"),
    "family": lambda v: matter.c.family_id.in_(
        select(family.c.id).where(family.c.reference.in_(v))
    ),
    "value": lambda v: matter.c.value_grade.in_(v),
    "register": lambda _v: matter.c.id.in_(
        select(register_difference.c.matter_id).where(register_difference.c.state == "open")
    ),
    "id": lambda v: matter.c.id.in_([int(x) for x in v]),
}


def conditions(query: ListQuery, *, without: str = "") -> list[ColumnElement[bool]]:
    """All conditions of a question; archived matters show only when asked for."""
    where: list[ColumnElement[bool]] = []
    if "archived" in query.chosen("show"):
        where.append(matter.c.archived.is_(True))
    else:
        where.append(matter.c.archived.is_(False))
    for name, values in query.facets:
        if name in FACETS and name != without and values:
            where.append(FACETS[name](values))
    if query.search.strip():
        where.append(found_by(query.search))
    return where


def ordered(statement: Select[Any], query: ListQuery) -> Select[Any]:
    """The wished order, then newest first; empty values stand last either way."""
    column = SORTS.get(query.sort)
    if column is not None:
        first = column.desc() if query.descending else column.asc()
        statement = statement.order_by(first.nulls_last())
    return statement.order_by(matter.c.id.desc())
