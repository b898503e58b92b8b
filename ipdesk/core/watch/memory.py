"""What a watch remembers of its families, read whole for a run and written back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from ipdesk.base.text import fold, squeeze
from ipdesk.core.watch.families import Picture, family_status, picture
from ipdesk.core.watch.model import HitDraft, KnownFamily, KnownMember
from ipdesk.core.watch.plan import FamilyPlan
from ipdesk.core.watch.words import Verdict
from ipdesk.store.paging import chunks
from ipdesk.store.schema.watch import (
    claim_chart,
    gate_family,
    hit_cell,
    hit_decision,
    hit_family,
    hit_member,
    territory_finding,
    watch_answer,
    watch_sighting,
)
from ipdesk.store.writer import Writer

_DATES = ("priority_date", "filing_date", "publication_date", "grant_date", "expiry_date")
_GRAVITY = ("", Verdict.IRRELEVANT, Verdict.BACKGROUND, Verdict.RELEVANT, Verdict.THREAT)


@dataclass(frozen=True, slots=True)
class Written:
    """The ids of the families of a run, in its order, and the names of those opened again."""

    ids: tuple[int, ...]
    reopened: tuple[str, ...]


def known_families(connection: Connection, watch_id: int) -> list[KnownFamily]:
    """All families of a watch with their members."""
    f, m = hit_family.c, hit_member.c
    members: defaultdict[int, list[KnownMember]] = defaultdict(list)
    columns = (m.id, m.key, m.kind_code, m.number, m.status, m.status_text, m.owners, m.claims)
    statement = (
        select(m.family_id, *columns, m.claims_text, *(m[n] for n in _DATES))
        .join(hit_family, f.id == m.family_id)
        .where(f.watch_id == watch_id)
        .order_by(m.family_id, m.id)
    )
    for r in connection.execute(statement):
        members[r.family_id].append(
            KnownMember(
                r.id,
                r.key,
                r.kind_code,
                r.number,
                r.status,
                r.status_text,
                tuple(r.owners),
                r.claims,
                r.claims_text,
                tuple(getattr(r, name) for name in _DATES),
            )
        )
    rows = connection.execute(
        select(f.id, f.key, f.tokens, f.verdict).where(f.watch_id == watch_id).order_by(f.id)
    )
    return [
        KnownFamily(r.id, r.key, frozenset(r.tokens), tuple(members[r.id]), r.verdict) for r in rows
    ]


def write_families(
    writer: Writer, watch_id: int, run_id: int, today: date, plans: Sequence[FamilyPlan]
) -> Written:
    """New families and members, mended ones, and verdicts that are open again."""
    new = [p for p in plans if p.id is None]
    rows = [_new_row(p, watch_id, run_id, today) for p in new]
    made = iter(writer.insert_many(hit_family, rows))
    ids = tuple(next(made) if p.id is None else p.id for p in plans)
    members = []
    for family_id, plan in zip(ids, plans, strict=True):
        drafts = plan.draft.members if plan.compared is None else plan.compared.new_members
        members += [_member_row(d, family_id) for d in drafts]
    writer.insert_many(hit_member, members)
    updates = [u for p in plans if p.compared is not None for u in p.compared.updates]
    writer.update_many(hit_member, updates)
    reopened = _mend(writer, [p for p in plans if p.id is not None])
    return Written(ids, tuple(reopened))


def _new_row(plan: FamilyPlan, watch_id: int, run_id: int, today: date) -> dict[str, Any]:
    seen = picture(plan.draft.members)
    return {
        "watch_id": watch_id,
        "key": plan.draft.key,
        "first_run_id": run_id,
        "first_seen": today,
        "tokens": list(plan.draft.tokens),
        "changed": [],
        "status": family_status(d.status for d in plan.draft.members),
        **_picture_values(seen, [d.number for d in plan.draft.members], plan.draft.key),
    }


def _picture_values(seen: Picture, numbers: Iterable[str], key: str) -> dict[str, Any]:
    words = (
        key,
        *(n for number in numbers for n in (number, squeeze(number))),
        seen.title,
        seen.title_en,
        seen.title_zh,
        *seen.applicants,
        *seen.inventors,
        *seen.classes,
        seen.abstract,
    )
    return {
        "title": seen.title,
        "title_en": seen.title_en,
        "title_zh": seen.title_zh,
        "abstract": seen.abstract,
        "applicants": list(seen.applicants),
        "inventors": list(seen.inventors),
        "classes": list(seen.classes),
        "citations": list(seen.citations),
        "offices": list(seen.offices),
        "priority_date": seen.priority_date,
        "filing_date": seen.filing_date,
        "publication_date": seen.publication_date,
        "sort_title": fold(seen.title),
        "sort_applicant": fold(seen.applicants[0]) if seen.applicants else "",
        "search": fold(" | ".join(dict.fromkeys(w for w in words if w))),
    }


def _member_row(draft: HitDraft, family_id: int) -> dict[str, Any]:
    return {
        "family_id": family_id,
        "key": draft.key,
        "number": draft.number,
        "kind_code": draft.kind_code,
        "office": draft.office,
        "right": draft.right,
        "application_number": draft.application_number,
        "application_key": draft.application_key,
        "title": draft.title,
        **{name: getattr(draft, name) for name in _DATES},
        "status": draft.status,
        "status_text": draft.status_text,
        "owners": list(draft.holders),
        "claims": draft.claims,
        "claims_text": draft.claims_text,
        "link": draft.link,
        "drawing": draft.drawing,
    }


def _mend(writer: Writer, plans: Sequence[FamilyPlan]) -> list[str]:
    """Bring stored families up to date; a list that says nothing new writes nothing."""
    reopened: list[str] = []
    by_id = {p.id: p for p in plans if p.id is not None}
    for part in chunks(list(by_id)):
        states = _members(writer.connection, part)
        rows = writer.connection.execute(select(hit_family).where(hit_family.c.id.in_(part))).all()
        changes = []
        for row in rows:
            plan = by_id[row.id]
            numbers = [n for n, _ in states[row.id]]
            seen = _together(row, plan)
            values = _picture_values(seen, numbers, row.key)
            values["tokens"] = list(dict.fromkeys([*row.tokens, *sorted(plan.draft.tokens)]))
            values["status"] = family_status(status for _, status in states[row.id])
            if plan.changes:
                told = [*row.changed, *(m.to_json() for m in plan.changes)]
                values["changed"] = [m for i, m in enumerate(told) if m not in told[:i]]
                if row.verdict:
                    values["reopened"] = True
                    reopened.append(row.key)
            changes.append((row.id, values))
        writer.update_many(hit_family, changes)
    return reopened


def _together(row: Any, plan: FamilyPlan) -> Picture:
    """What was known with what the list adds; a new owner takes the old one's place."""
    owners = plan.compared.owners if plan.compared else ()
    before = Picture(
        title=row.title,
        title_en=row.title_en,
        title_zh=row.title_zh,
        abstract=row.abstract,
        applicants=owners or tuple(row.applicants),
        inventors=tuple(row.inventors),
        classes=tuple(row.classes),
        citations=tuple(row.citations),
        offices=tuple(row.offices),
        priority_date=row.priority_date,
        filing_date=row.filing_date,
        publication_date=row.publication_date,
    )
    return picture(plan.draft.members, before)


def _members(connection: Connection, ids: Sequence[int]) -> defaultdict[int, list[tuple[str, str]]]:
    """Number and status of the members of each family, as they stand now."""
    m = hit_member.c
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    statement = select(m.family_id, m.number, m.status).where(m.family_id.in_(ids)).order_by(m.id)
    for family_id, number, status in connection.execute(statement):
        found[family_id].append((number, status))
    return found


_HANGING = (hit_member, hit_decision, hit_cell, claim_chart, watch_answer)
_JUDGED = (
    "verdict reason decided_by decided_on likelihood impact grade grade_reason graded_by graded_on"
).split()
_ONE_OF_A_KIND = (
    (territory_finding, "office"),
    (gate_family, "gate_id"),
    (watch_sighting, "run_id"),
)


def absorb(writer: Writer, kept: int, gone: Iterable[int]) -> None:
    """Families that turned out to be one: all goes to the oldest, the gravest verdict stands."""
    for family_id in gone:
        for table in _HANGING:
            statement = select(table.c.id).where(table.c.family_id == family_id)
            ids = writer.connection.execute(statement).scalars().all()
            writer.update_many(table, [(i, {"family_id": kept}) for i in ids])
        for table, column in _ONE_OF_A_KIND:
            _move_missing(writer, table, column, family_id, kept)
        _keep_gravest(writer, family_id, kept)
        writer.delete(hit_family, [family_id])


def _move_missing(writer: Writer, table: Table, column: str, source: int, target: int) -> None:
    """Rows of which a family has one of a kind move only where the other has none."""
    values = select(table.c[column]).where(table.c.family_id == target)
    have = set(writer.connection.execute(values).scalars())
    rows = select(table.c.id, table.c[column]).where(table.c.family_id == source)
    found = writer.connection.execute(rows).all()
    writer.update_many(table, [(i, {"family_id": target}) for i, v in found if v not in have])


def _keep_gravest(writer: Writer, source: int, target: int) -> None:
    statement = select(hit_family).where(hit_family.c.id.in_([source, target]))
    pair = {r.id: r for r in writer.connection.execute(statement)}
    if _GRAVITY.index(pair[source].verdict) > _GRAVITY.index(pair[target].verdict):
        writer.update(hit_family, target, {n: getattr(pair[source], n) for n in _JUDGED})
