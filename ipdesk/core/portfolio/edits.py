"""Writing the portfolio: new matters in bulk or one by one, changed fields, the search line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.base.text import clean, fold, is_chinese
from ipdesk.core.portfolio.model import MatterFields, PersonName, PriorityClaim
from ipdesk.core.portfolio.numbers import matter_keys, own_number
from ipdesk.core.portfolio.people import party_key, resolve
from ipdesk.core.portfolio.search_lines import LINKS, NUMBERS, write_first_lines
from ipdesk.store.paging import chunks
from ipdesk.store.schema.portfolio import (
    family,
    matter,
    matter_party,
    party,
    priority,
)
from ipdesk.store.writer import Writer

_TEXTS = (
    "title title_en title_zh status_text goods abstract department project registrar version note"
).split()


def add_matters(
    writer: Writer, drafts: Sequence[MatterFields], taken: "Taken | None" = None
) -> range:
    """New matters with people, priorities, families and tags; their ids in the same order.

    *taken* are the references in use, for those who come several times in one action.
    Dates are events and are recorded by ``docket.edits``, which also computes what falls due.
    """
    if not drafts:
        return range(0)
    taken = taken or Taken(writer.connection)
    references = [taken.next_for(d) for d in drafts]
    families = families_of(writer, [d.family_key for d in drafts])
    rows = [_row(d, r, families) for d, r in zip(drafts, references, strict=True)]
    ids = writer.insert_many(matter, rows)
    pairs = list(zip(ids, drafts, strict=True))
    people = add_people(writer, [(i, d.people) for i, d in pairs])
    add_priorities(writer, [(i, d.priorities) for i, d in pairs])
    link_names(writer, "technology", [(i, d.technologies) for i, d in pairs])
    link_names(writer, "product", [(i, d.products) for i, d in pairs])
    link_names(writer, "tag", [(i, d.tags) for i, d in pairs])
    for i, row in zip(ids, rows, strict=True):
        row["id"] = i
    linked = any(
        d.priorities or d.family_key or d.technologies or d.products or d.tags for d in drafts
    )
    write_first_lines(writer, rows, people, linked)
    return ids


def _row(draft: MatterFields, reference: str, families: Mapping[str, int]) -> dict[str, Any]:
    title = clean(draft.title or draft.title_en or draft.title_zh)
    number = own_number(draft.right, title, clean(draft.application_number))
    others = (draft.publication_number, draft.grant_number)
    keys = matter_keys(draft.office, draft.right, number, *others)
    return {
        "reference": reference,
        "right": draft.right,
        "office": draft.office,
        "route": draft.route,
        "title": title,
        "title_en": clean(draft.title_en),
        "title_zh": clean(draft.title_zh) or (title if is_chinese(title) else ""),
        "family_id": families.get(draft.family_key),
        "parent_id": draft.parent_id,
        "parent_kind": draft.parent_kind,
        "application_number": number,
        "application_key": keys[0],
        "publication_number": clean(draft.publication_number),
        "publication_key": keys[1],
        "grant_number": clean(draft.grant_number),
        "grant_key": keys[2],
        "status": draft.status_manual or draft.status_reported or "unknown",
        "status_manual": draft.status_manual,
        "status_reported": draft.status_reported,
        "status_text": draft.status_text,
        "facts": dict(draft.facts),
        "classes": list(draft.classes),
        "goods": draft.goods,
        "abstract": draft.abstract,
        "claims": draft.claims,
        "department": draft.department,
        "project": draft.project,
        "registrar": draft.registrar,
        "version": draft.version,
        "note": draft.note,
        "sample": draft.sample,
        "sort_title": fold(title),
        "sort_reference": sort_key(reference),
    }


def sort_key(reference: str) -> str:
    """Folded with numbers padded, so that P-9 stands before P-10."""
    parts, digits = [], ""
    for sign in [*fold(reference), ""]:
        if sign.isdigit():
            digits += sign
            continue
        if digits:
            parts.append(digits.rjust(9, "0"))
            digits = ""
        parts.append(sign)
    return "".join(parts)


_PREFIX = {
    "invention": "P",
    "utility_model": "U",
    "design": "D",
    "pct": "PCT",
    "provisional": "PV",
    "trademark": "T",
    "software_copyright": "S",
    "work_copyright": "C",
    "domain_name": "N",
    "trade_secret": "K",
    "ic_layout": "L",
}


class Taken:
    """The references in use, and those that it gives out."""

    def __init__(self, connection: Connection) -> None:
        self._taken = {r.casefold() for (r,) in connection.execute(select(matter.c.reference))}
        self._last: dict[str, int] = {}

    def next_for(self, draft: MatterFields) -> str:
        """The reference given, made unique, or the next free one of its kind (P-0001, T-0001 …)."""
        taken = self._taken
        reference = clean(draft.reference)
        if reference and reference.casefold() not in taken:
            taken.add(reference.casefold())
            return reference
        stem = reference or _PREFIX.get(draft.right, "M")
        pattern = f"{stem}-{{}}" if reference else f"{stem}-{{:04d}}"
        n = self._last.get(stem, 1 if reference else 0) + 1
        while pattern.format(n).casefold() in taken:
            n += 1
        self._last[stem] = n
        taken.add(pattern.format(n).casefold())
        return pattern.format(n)


def families_of(writer: Writer, keys: Iterable[str]) -> dict[str, int]:
    """Family key → id; unknown keys become families."""
    wanted = list(dict.fromkeys(k for k in keys if k))
    known: dict[str, int] = {}
    for part in chunks(wanted):
        statement = select(family.c.key, family.c.id).where(family.c.key.in_(part))
        known.update((k, i) for k, i in writer.connection.execute(statement))
    missing = [k for k in wanted if k not in known]
    ids = writer.insert_many(family, [{"reference": k, "key": k} for k in missing])
    known.update(zip(missing, ids, strict=True))
    return known


def add_people(
    writer: Writer, people: Sequence[tuple[int, Sequence[PersonName]]]
) -> list[dict[str, Any]]:
    """Put parties on matters, in the order given; the same name twice in a role counts once.

    The rows written, without their ids.
    """
    known = resolve(writer, (p for _, persons in people for p in persons))
    rows = []
    for matter_id, persons in people:
        seen: dict[str, int] = {}
        done: set[tuple[str, int]] = set()
        for person in persons:
            party_id = known.get(party_key(person.name))
            if party_id is None or (person.role, party_id) in done:
                continue
            done.add((person.role, party_id))
            seen[person.role] = seen.get(person.role, 0) + 1
            rows.append(
                {
                    "matter_id": matter_id,
                    "party_id": party_id,
                    "role": person.role,
                    "ordinal": seen[person.role],
                    "written": clean(person.name),
                }
            )
    writer.insert_many(matter_party, rows)
    return rows


def replace_people(writer: Writer, matter_id: int, role: str, names: Sequence[PersonName]) -> None:
    """The people of one role of a matter, in a new order or altogether new."""
    mp = matter_party
    old = writer.connection.execute(
        select(mp.c.id, party.c.name)
        .join(party, party.c.id == mp.c.party_id)
        .where(mp.c.matter_id == matter_id, mp.c.role == role)
        .order_by(mp.c.ordinal)
    ).all()
    if [party_key(n) for _, n in old] == [party_key(p.name) for p in names]:
        return
    writer.delete(mp, [i for i, _ in old])
    add_people(writer, [(matter_id, names)])


def add_priorities(writer: Writer, claims: Sequence[tuple[int, Sequence[PriorityClaim]]]) -> None:
    """Priority claims of matters, in their order."""
    rows = []
    for matter_id, listed in claims:
        for ordinal, claim in enumerate(listed, 1):
            key = claim.key or matter_keys(claim.office, "invention", claim.number, "", "")[0]
            rows.append(
                {
                    "matter_id": matter_id,
                    "ordinal": ordinal,
                    "number": clean(claim.number),
                    "number_key": key,
                    "office": claim.office,
                    "date": claim.date,
                }
            )
    writer.insert_many(priority, rows)


def replace_priorities(writer: Writer, matter_id: int, claims: Sequence[PriorityClaim]) -> None:
    """All priority claims of one matter anew, when they differ."""
    p = priority
    old = writer.connection.execute(
        select(p.c.id, p.c.number, p.c.office, p.c.date)
        .where(p.c.matter_id == matter_id)
        .order_by(p.c.ordinal)
    ).all()
    if [tuple(r)[1:] for r in old] == [(clean(c.number), c.office, c.date) for c in claims]:
        return
    writer.delete(p, [r.id for r in old])
    add_priorities(writer, [(matter_id, claims)])


def link_names(writer: Writer, kind: str, wanted: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Link matters to technologies, products or tags by name; unknown names are created."""
    link, other = LINKS[kind]
    folded: dict[str, str] = {}
    for _, names in wanted:
        for name in names:
            if name.strip():
                folded.setdefault(fold(name), clean(name))
    if not folded:
        return
    known: dict[str, int] = {}
    columns = [other.c.name] + ([other.c.name_zh] if "name_zh" in other.c else [])
    for row in writer.connection.execute(select(other.c.id, *columns)):
        known.update((fold(name), row.id) for name in row[1:] if name)
    missing = [k for k in folded if k not in known]
    blank: dict[str, Any] = {"classes": [], "keywords": []} if kind == "technology" else {}
    ids = writer.insert_many(other, [{"name": folded[k], **blank} for k in missing])
    known.update(zip(missing, ids, strict=True))
    rows = []
    for matter_id, names in wanted:
        for other_id in dict.fromkeys(known[fold(n)] for n in names if n.strip()):
            rows.append({"matter_id": matter_id, f"{kind}_id": other_id})
    writer.insert_many(link, rows)


def replace_links(writer: Writer, matter_id: int, kind: str, names: Sequence[str]) -> None:
    """The technologies, products or tags of one matter, exactly these."""
    link, other = LINKS[kind]
    found = writer.connection.execute(
        select(link.c.id, other.c.name)
        .join(other, other.c.id == link.c[f"{kind}_id"])
        .where(link.c.matter_id == matter_id)
    ).all()
    wanted = {fold(n): n for n in names if n.strip()}
    writer.delete(link, [i for i, n in found if fold(n) not in wanted])
    have = {fold(n) for _, n in found}
    link_names(writer, kind, [(matter_id, [n for k, n in wanted.items() if k not in have])])


def change_matter(writer: Writer, matter_id: int, values: Mapping[str, Any]) -> bool:
    """Change plain fields of a matter; keys and sort columns follow. True when anything changed.

    Raises IpdeskError for a reference that another matter has.
    """
    new = dict(values)
    if "reference" in new:
        new["reference"] = clean(new["reference"])
        _refuse_taken(writer.connection, matter_id, new["reference"])
        new["sort_reference"] = sort_key(new["reference"])
    for name in _TEXTS:
        if name in new and isinstance(new[name], str) and name not in ("goods", "abstract", "note"):
            new[name] = clean(new[name])
    if "title" in new:
        new["sort_title"] = fold(new["title"])
    if {"office", "right", "title", *NUMBERS} & new.keys():
        old = writer.connection.execute(select(matter).where(matter.c.id == matter_id)).one()
        merged = {**old._mapping, **new}
        number = own_number(merged["right"], merged["title"], merged["application_number"])
        if number != merged["application_number"]:
            merged["application_number"] = new["application_number"] = number
        keys = matter_keys(merged["office"], merged["right"], *(merged[n] for n in NUMBERS))
        new.update(zip(("application_key", "publication_key", "grant_key"), keys, strict=True))
    return writer.update(matter, matter_id, new)


def _refuse_taken(connection: Connection, matter_id: int, reference: str) -> None:
    if not reference:
        raise IpdeskError(say("A matter needs a reference. Type one that no other matter has."))
    taken = connection.execute(
        select(matter.c.id).where(
            func.lower(matter.c.reference) == reference.lower(), matter.c.id != matter_id
        )
    ).first()
    if taken:
        raise IpdeskError(
            say("The reference {reference} belongs to another matter.", reference=reference)
        )
