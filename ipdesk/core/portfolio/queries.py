"""Reading the portfolio: ids of a list, its rows, one matter whole, families, people, counts."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, extract, func, select

from ipdesk.core.portfolio.filters import conditions, ordered
from ipdesk.core.portfolio.model import (
    AttachmentRow,
    FamilyMember,
    MatterDetail,
    MatterRow,
    PersonRow,
    PriorityRow,
)
from ipdesk.store.paging import ListQuery, chunks, id_array
from ipdesk.store.schema.docket import attachment
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

_PLAIN = (
    "id reference right office status title title_en title_zh application_number "
    "publication_number grant_number priority_date filing_date publication_date grant_date "
    "expiry_date next_due archived sample"
).split()


def matter_ids(connection: Connection, query: ListQuery) -> "array[int]":
    """The ids that answer the question, in its order."""
    statement = select(matter.c.id).where(*conditions(query))
    return id_array(connection, ordered(statement, query))


def matter_rows(connection: Connection, ids: Iterable[int]) -> list[MatterRow]:
    """The rows of these ids, in the order asked; unknown ids are left out."""
    wanted = list(ids)
    found: dict[int, MatterRow] = {}
    for part in chunks(wanted):
        found.update(_rows(connection, part))
    return [found[i] for i in wanted if i in found]


def _rows(connection: Connection, ids: Sequence[int]) -> dict[int, MatterRow]:
    columns = [matter.c[name] for name in _PLAIN]
    statement = (
        select(*columns, matter.c.value_grade, family.c.reference.label("family"))
        .outerjoin(family, family.c.id == matter.c.family_id)
        .where(matter.c.id.in_(ids))
    )
    people = _people_names(connection, ids)
    technologies = _linked_names(connection, matter_technology, technology, ids)
    products = _linked_names(connection, matter_product, product, ids)
    tags = _linked_names(connection, matter_tag, tag, ids)
    rows = {}
    for r in connection.execute(statement):
        names = people[r.id]
        rows[r.id] = MatterRow(
            **{name: getattr(r, name) for name in _PLAIN},
            family=r.family or "",
            applicants=tuple(names["applicant"] or names["owner"]),
            inventors=tuple(names["inventor"] or names["designer"] or names["author"]),
            agencies=tuple(names["agency"]),
            technologies=tuple(technologies[r.id]),
            products=tuple(products[r.id]),
            tags=tuple(tags[r.id]),
            value_grade=r.value_grade or "",
        )
    return rows


def _people_names(
    connection: Connection, ids: Sequence[int]
) -> defaultdict[int, defaultdict[str, list[str]]]:
    names: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    statement = (
        select(matter_party.c.matter_id, matter_party.c.role, party.c.name)
        .join(party, party.c.id == matter_party.c.party_id)
        .where(matter_party.c.matter_id.in_(ids))
        .order_by(matter_party.c.matter_id, matter_party.c.role, matter_party.c.ordinal)
    )
    for matter_id, role, name in connection.execute(statement):
        names[matter_id][role].append(name)
    return names


def _linked_names(
    connection: Connection, link: Table, other: Table, ids: Sequence[int]
) -> defaultdict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    statement = (
        select(link.c.matter_id, other.c.name)
        .join(other, other.c.id == link.c[f"{other.name}_id"])
        .where(link.c.matter_id.in_(ids))
        .order_by(link.c.id)
    )
    for matter_id, name in connection.execute(statement):
        names[matter_id].append(name)
    return names


def matter_detail(connection: Connection, matter_id: int) -> MatterDetail | None:
    """One matter with people, priorities and documents; None when it is gone."""
    rows = _rows(connection, [matter_id])
    stored = connection.execute(select(matter).where(matter.c.id == matter_id)).first()
    if stored is None:
        return None
    return MatterDetail(
        row=rows[matter_id],
        route=stored.route,
        parent_id=stored.parent_id,
        parent_kind=stored.parent_kind,
        status_manual=stored.status_manual,
        status_reported=stored.status_reported,
        status_text=stored.status_text,
        facts=dict(stored.facts or {}),
        classes=tuple(stored.classes or ()),
        goods=stored.goods,
        abstract=stored.abstract,
        claims=stored.claims,
        department=stored.department,
        project=stored.project,
        registrar=stored.registrar,
        version=stored.version,
        note=stored.note,
        people=people_of(connection, matter_id),
        priorities=priorities_of(connection, matter_id),
        attachments=attachments_of(connection, matter_id),
    )


def people_of(connection: Connection, matter_id: int) -> tuple[PersonRow, ...]:
    """Everybody on a matter, by role and order."""
    mp = matter_party
    statement = (
        select(
            mp.c.id,
            mp.c.party_id,
            mp.c.role,
            mp.c.ordinal,
            party.c.name,
            party.c.name_en,
            party.c.name_zh,
            mp.c.written,
        )
        .join(party, party.c.id == mp.c.party_id)
        .where(mp.c.matter_id == matter_id)
        .order_by(mp.c.role, mp.c.ordinal)
    )
    return tuple(PersonRow(*r) for r in connection.execute(statement))


def priorities_of(connection: Connection, matter_id: int) -> tuple[PriorityRow, ...]:
    """The priority claims in their order."""
    p = priority
    statement = (
        select(p.c.id, p.c.ordinal, p.c.number, p.c.office, p.c.date, p.c.earlier_matter_id)
        .where(p.c.matter_id == matter_id)
        .order_by(p.c.ordinal)
    )
    return tuple(PriorityRow(*r) for r in connection.execute(statement))


def attachments_of(connection: Connection, matter_id: int) -> tuple[AttachmentRow, ...]:
    """Documents of a matter and of its events, oldest first."""
    a = attachment
    statement = (
        select(
            a.c.id,
            a.c.owner_table,
            a.c.owner_id,
            a.c.name,
            a.c.media_type,
            a.c.size,
            a.c.sha256,
            a.c.note,
        )
        .where(a.c.matter_id == matter_id)
        .order_by(a.c.id)
    )
    return tuple(AttachmentRow(*r) for r in connection.execute(statement))


def find_reference(connection: Connection, reference: str) -> int | None:
    """The matter with exactly this reference (case and blanks at the ends do not matter)."""
    wanted = reference.strip()
    found = connection.execute(select(matter.c.id).where(matter.c.reference == wanted)).scalar()
    if found is None:
        folded = func.lower(matter.c.reference) == wanted.lower()
        found = connection.execute(select(matter.c.id).where(folded)).scalar()
    return found


def family_tree(connection: Connection, matter_id: int) -> list[FamilyMember]:
    """All members of the matter's family, parents before children; alone when it has none."""
    own = connection.execute(
        select(matter.c.family_id, matter.c.parent_id).where(matter.c.id == matter_id)
    ).first()
    if own is None:
        return []
    m = matter.c
    where = m.family_id == own.family_id if own.family_id else m.id == matter_id
    columns = (
        m.id,
        m.parent_id,
        m.parent_kind,
        m.reference,
        m.right,
        m.office,
        m.status,
        m.title,
        m.filing_date,
        m.application_number,
    )
    found = [
        FamilyMember(*tuple(r))
        for r in connection.execute(select(*columns).where(where).order_by(m.filing_date, m.id))
    ]
    return _parents_first(found)


def _parents_first(members: list[FamilyMember]) -> list[FamilyMember]:
    known = {x.id for x in members}
    children: defaultdict[int | None, list[FamilyMember]] = defaultdict(list)
    for member in members:
        children[member.parent_id if member.parent_id in known else None].append(member)
    ordered_members: list[FamilyMember] = []
    waiting = list(reversed(children[None]))
    while waiting:
        member = waiting.pop()
        ordered_members.append(member)
        waiting.extend(reversed(children[member.id]))
    return ordered_members + [x for x in members if x not in ordered_members]


def facet_counts(connection: Connection, query: ListQuery, facet: str) -> list[tuple[str, int]]:
    """The values of a facet with the number of matters under all other conditions, largest first.

    A year facet is sorted by year, newest first. ``-`` counts matters without a value.
    """
    where = conditions(query, without=facet)
    column = _facet_column(facet)
    statement = select(column, func.count(matter.c.id.distinct())).select_from(matter)
    for table, on in _facet_joins(facet):
        statement = statement.outerjoin(table, on)
    rows = connection.execute(statement.where(*where).group_by(column)).all()
    pairs = [("-" if value in (None, "") else str(value), int(n)) for value, n in rows]
    if facet.endswith("year"):
        return sorted(pairs, key=lambda p: (p[0] == "-", p[0]), reverse=True)
    return sorted(pairs, key=lambda p: (p[0] == "-", -p[1], p[0]))


def _facet_column(facet: str) -> Any:
    if facet == "year":
        return extract("year", matter.c.filing_date)
    if facet == "grant_year":
        return extract("year", matter.c.grant_date)
    names = {"technology": technology, "product": product, "tag": tag, "family": family}
    if facet in names:
        return names[facet].c["reference" if facet == "family" else "name"]
    if facet in _ROLES:
        return party.c.name
    return matter.c["value_grade" if facet == "value" else facet]


_ROLES = {"applicant": ("applicant",), "inventor": ("inventor",), "agency": ("agency",)}


def _facet_joins(facet: str) -> list[tuple[Table, Any]]:
    links = {
        "technology": (matter_technology, technology),
        "product": (matter_product, product),
        "tag": (matter_tag, tag),
    }
    if facet in links:
        link, other = links[facet]
        on_other = other.c.id == link.c[f"{other.name}_id"]
        return [(link, link.c.matter_id == matter.c.id), (other, on_other)]
    if facet == "family":
        return [(family, family.c.id == matter.c.family_id)]
    if facet in _ROLES:
        mp = matter_party
        on_matter = (mp.c.matter_id == matter.c.id) & mp.c.role.in_(_ROLES[facet])
        return [(mp, on_matter), (party, party.c.id == mp.c.party_id)]
    return []
