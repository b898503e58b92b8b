"""Writing the demonstration portfolio into an empty database, in one action."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import say
from ipdesk.core.docket.matters import create_matters
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.docket.records import State
from ipdesk.core.portfolio.edits import families_of
from ipdesk.core.portfolio.figures import has_any
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.demo import others, words
from ipdesk.demo.matters import Draft, Maker, patents, pct_families
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import deadline
from ipdesk.store.schema.portfolio import matter, party, product, technology
from ipdesk.store.writer import Writer

Progress = Callable[[float, float], None]


def fill_portfolio(database: Database, docket: Docket, progress: Progress | None = None) -> int:
    """Make the sample portfolio; how many matters it has.

    Raises Refused when the database already holds matters.
    """
    with database.read() as connection:
        if has_any(connection):
            raise Refused(
                say("The demonstration needs an empty portfolio; this one has matters already.")
            )
    with database.write(say("Made the demonstration portfolio")) as writer:
        _trees(writer)
        maker = Maker(docket.today)
        own = list(patents(maker))
        own += others.trademarks(maker)
        own += others.software(maker)
        own += others.domains(maker)
        own += others.planted(maker)
        ids = _create(writer, docket, own, progress)
        firsts = _firsts(own)
        abroad = list(pct_families(maker, firsts))
        _join_families(writer, firsts, ids)
        ids.update(_create(writer, docket, abroad, progress))
        _link_parents(writer, abroad, ids)
        refresh(writer, list(ids.values()), docket)
        write_search(writer, [ids[d.fields.reference] for d in firsts])
        _grades(writer, [*own, *abroad], ids)
        writer.update_many(party, [(i, {"own": True}) for i in _own_parties(writer)])
        kept = {d.fields.reference for d in own if d.left_open}
        _settle(writer, docket.today, {ids[r] for r in kept})
        return len(ids)


def _create(
    writer: Writer, docket: Docket, drafts: Sequence[Draft], progress: Progress | None
) -> dict[str, int]:
    told = (lambda n: progress(n, len(drafts))) if progress else None
    pairs = [(d.fields, d.events) for d in drafts]
    ids = create_matters(writer, docket, pairs, progress=told)
    return {d.fields.reference: i for d, i in zip(drafts, ids, strict=True)}


def _trees(writer: Writer) -> None:
    """Technologies with their parents, and products."""
    known: dict[str, int] = {}
    for place, (name, zh, parent, classes, keywords) in enumerate(words.TECHNOLOGIES):
        known[name] = writer.insert(
            technology,
            {
                "parent_id": known.get(parent),
                "name": name,
                "name_zh": zh,
                "classes": list(classes),
                "keywords": list(keywords),
                "ordinal": place,
            },
        )
    for name, zh, stage in words.PRODUCTS:
        writer.insert(product, {"name": name, "name_zh": zh, "stage": stage})


def _firsts(own: Sequence[Draft]) -> list[Draft]:
    """Inventions that went abroad: some of the old ones, more of last year's."""
    inventions = [d for d in own if d.fields.right == "invention" and d.filed]
    old = [d for d in inventions[:24] if d.filed]
    return [*old[5::3], *inventions[24:190:11]]


def _join_families(writer: Writer, firsts: Sequence[Draft], ids: dict[str, int]) -> None:
    """A first filing belongs to the family of its PCT application."""
    known = families_of(writer, [f"F-{d.fields.reference}" for d in firsts])
    writer.update_many(
        matter,
        [
            (ids[d.fields.reference], {"family_id": known[f"F-{d.fields.reference}"]})
            for d in firsts
        ],
    )


def _link_parents(writer: Writer, drafts: Sequence[Draft], ids: dict[str, int]) -> None:
    changes = [(ids[d.fields.reference], {"parent_id": ids[d.parent]}) for d in drafts if d.parent]
    writer.update_many(matter, changes)


def _grades(writer: Writer, drafts: Sequence[Draft], ids: dict[str, int]) -> None:
    graded = [(ids[d.fields.reference], {"value_grade": d.grade}) for d in drafts if d.grade]
    writer.update_many(matter, graded)


def _own_parties(writer: Writer) -> list[int]:
    names = [
        words.COMPANY[1],
        words.SUBSIDIARY[1],
        *(zh for _, zh in words.INVENTORS + words.STAFF),
    ]
    found = writer.connection.execute(select(party.c.id).where(party.c.name.in_(names)))
    return list(found.scalars())


def _settle(writer: Writer, today: date, unsettled: set[int]) -> None:
    """What was due in the past was done and confirmed, but for the matters left open on purpose.

    A few things due soon are submitted and wait for the office.
    """
    d = deadline.c
    soon = today + timedelta(days=25)
    open_ones = writer.connection.execute(
        select(d.id, d.matter_id, d.due, d.grace_end)
        .where(d.state == State.OPEN, d.due < soon)
        .order_by(d.id)
    ).all()
    done, sent = [], []
    for k, row in enumerate(open_ones):
        if row.matter_id in unsettled:
            continue
        day = row.due - timedelta(days=4)
        if row.due < today:
            values = {"state": str(State.CONFIRMED), "submitted_on": day, "confirmed_on": row.due}
            done.append((row.id, values))
        elif k % 4 == 0:
            values = {"state": str(State.SUBMITTED), "submitted_on": min(day, today)}
            sent.append((row.id, values))
    writer.update_many(deadline, done + sent)
    _next_due(writer)


def _next_due(writer: Writer) -> None:
    """The next open day of each matter, after states were written directly."""
    d = deadline.c
    waiting = select(d.matter_id, d.due).where(d.state.in_((State.OPEN, State.SUBMITTED)))
    latest_first = writer.connection.execute(waiting.order_by(d.due.desc()))
    found: dict[int, date] = {matter_id: due for matter_id, due in latest_first}
    every = writer.connection.execute(select(matter.c.id)).scalars()
    writer.update_many(matter, [(i, {"next_due": found.get(i)}) for i in every])
