"""What the portfolio already holds, in the words of an import, for the matters of one file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.text import fold
from ipdesk.core.intake.model import Claim, MatterDraft
from ipdesk.core.intake.plan import Holding, Holdings
from ipdesk.core.portfolio.edits import sort_key
from ipdesk.store.paging import chunks
from ipdesk.store.schema.portfolio import (
    family,
    matter,
    matter_party,
    matter_product,
    matter_tag,
    matter_technology,
    party,
    priority,
    product,
    tag,
    technology,
)

_COLUMNS = (
    "reference right office route title title_en title_zh application_number publication_number "
    "grant_number priority_date filing_date publication_date grant_date expiry_date goods abstract "
    "claims registrar version department project note"
).split()
ROLES = {
    "applicants": "applicant",
    "owners": "owner",
    "inventors": "inventor",
    "agencies": "agency",
    "attorneys": "attorney",
}
FACTS = {
    "pct_application_number": "pct_number",
    "pct_publication_number": "pct_publication",
    "parent_number": "parent_number",
    "certificate_number": "certificate_number",
    "other_reference": "other_reference",
    "status_date": "status_date",
}
"""Fields of an import that stand among the facts of a matter, and their names there."""
_LINKS = {
    "technologies": (matter_technology, technology),
    "products": (matter_product, product),
    "tags": (matter_tag, tag),
}


def holdings_for(connection: Connection, drafts: Iterable[MatterDraft]) -> Holdings:
    """The matters that a file may speak of: by any number, by reference, by title without both."""
    if connection.execute(select(matter.c.id).limit(1)).first() is None:
        return Holdings()
    return Holdings(holdings_of(connection, _candidates(connection, list(drafts))))


def holdings_of(connection: Connection, ids: Iterable[int]) -> list[Holding]:
    """These matters in the words of an import, by id; unknown ones are left out."""
    found: list[Holding] = []
    for part in chunks(sorted(set(ids))):
        found.extend(_holdings(connection, part))
    return found


def _candidates(connection: Connection, drafts: Sequence[MatterDraft]) -> set[int]:
    keys = {k for d in drafts for k in d.keys}
    references = {sort_key(d.reference) for d in drafts if d.reference}
    titles = {fold(d.title) for d in drafts if not d.keys and d.title}
    m = matter.c
    ids: set[int] = set()
    for column, wanted in (
        (m.application_key, keys),
        (m.publication_key, keys),
        (m.grant_key, keys),
        (m.sort_reference, references),
        (m.sort_title, titles),
    ):
        for part in chunks(sorted(wanted)):
            ids.update(connection.execute(select(m.id).where(column.in_(part))).scalars())
    return ids


def _holdings(connection: Connection, ids: Sequence[int]) -> list[Holding]:
    people = _people(connection, ids)
    claims = _claims(connection, ids)
    linked = {name: _linked(connection, *pair, ids) for name, pair in _LINKS.items()}
    statement = (
        select(matter, family.c.key.label("family_key"))
        .outerjoin(family, family.c.id == matter.c.family_id)
        .where(matter.c.id.in_(ids))
    )
    found = []
    for row in connection.execute(statement):
        fields: dict[str, Any] = {name: getattr(row, name) for name in _COLUMNS}
        fields["status"] = row.status_text
        fields["reported_status"] = row.status_reported
        fields["current_status"] = row.status
        fields["family_key"] = row.family_key
        fields["classes"] = tuple(row.classes or ())
        fields["priorities"] = tuple(claims[row.id])
        for name, role in ROLES.items():
            fields[name] = tuple(people[row.id][role])
        fields["responsible"] = next(iter(people[row.id]["responsible"]), None)
        for name, links in linked.items():
            fields[name] = tuple(links[row.id])
        facts = row.facts or {}
        for name, fact in FACTS.items():
            fields[name] = facts.get(fact)
        if fields["status_date"]:
            fields["status_date"] = date.fromisoformat(fields["status_date"])
        keys = (row.application_key, row.publication_key, row.grant_key)
        found.append(Holding(row.id, row.reference, tuple(k for k in keys if k), fields))
    return found


def _people(
    connection: Connection, ids: Sequence[int]
) -> defaultdict[int, defaultdict[str, list[str]]]:
    """Names as the last list wrote them, or as the party is called."""
    mp = matter_party.c
    statement = (
        select(mp.matter_id, mp.role, mp.written, party.c.name)
        .join(party, party.c.id == mp.party_id)
        .where(mp.matter_id.in_(ids))
        .order_by(mp.matter_id, mp.role, mp.ordinal)
    )
    found: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for matter_id, role, written, name in connection.execute(statement):
        found[matter_id][role].append(written or name)
    return found


def _claims(connection: Connection, ids: Sequence[int]) -> defaultdict[int, list[Claim]]:
    p = priority.c
    statement = (
        select(p.matter_id, p.number, p.number_key, p.office, p.date)
        .where(p.matter_id.in_(ids), p.number != "")
        .order_by(p.matter_id, p.ordinal)
    )
    found: defaultdict[int, list[Claim]] = defaultdict(list)
    for matter_id, number, key, office, day in connection.execute(statement):
        found[matter_id].append(Claim(number, key or "", office, day))
    return found


def _linked(
    connection: Connection, link: Any, other: Any, ids: Sequence[int]
) -> defaultdict[int, list[str]]:
    statement = (
        select(link.c.matter_id, other.c.name)
        .join(other, other.c.id == link.c[f"{other.name}_id"])
        .where(link.c.matter_id.in_(ids))
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for matter_id, name in connection.execute(statement):
        found[matter_id].append(name)
    return found
