"""Parties that turned out to be one: found by their names, merged by the user, undone at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table, func, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.portfolio.likeness import Alike, Party, alike, core_of, known_alike
from ipdesk.core.portfolio.people import known_parties, party_key, party_kind
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import matter_party, party, party_name
from ipdesk.store.writer import Writer


def parties(connection: Connection) -> list[Party]:
    """All parties with the number of their matters and all their recorded names."""
    p, mp = party.c, matter_party.c
    others: defaultdict[int, list[str]] = defaultdict(list)
    for party_id, name in connection.execute(select(party_name.c.party_id, party_name.c.name)):
        others[party_id].append(name)
    count = func.count(func.distinct(mp.matter_id))
    statement = (
        select(p.id, p.name, p.kind, count, p.name_en, p.name_zh)
        .outerjoin(matter_party, mp.party_id == p.id)
        .group_by(p.id, p.name, p.kind, p.name_en, p.name_zh)
        .order_by(p.name)
    )
    found = []
    for party_id, name, kind, matters, *translated in connection.execute(statement):
        beside = dict.fromkeys([*translated, *others[party_id]])
        names = tuple(n for n in beside if n and n != name)
        found.append(Party(party_id, name, kind, matters, names))
    return found


def similar_parties(connection: Connection) -> list[Alike]:
    """Parties whose names probably mean the same, the busiest first."""
    return alike(parties(connection))


def suggestions(connection: Connection, names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names of a list (role, name) that nobody has, and the known party each of them looks like."""
    keyed = {party_key(name): (party_kind(role, name), name) for role, name in names}
    known = known_parties(connection, [k for k in keyed if k])
    new = [pair for key, pair in keyed.items() if key and key not in known]
    if not new:
        return []
    cores: dict[tuple[str, str], str] = {}
    for one in parties(connection):
        for other in (one.name, *one.names):
            cores.setdefault((one.kind, core_of(other, one.kind)), one.name)
    return known_alike(new, cores)


def merge_parties(
    database: Database, keep: int, others: Sequence[int], *, former: bool = False
) -> Change:
    """Make several parties one; the names of the others lead to it from now on.

    *former* says that they are earlier names, not spellings. Raises IpdeskError where both have
    a record of one kind that cannot stand twice.
    """
    with database.write(say("Merged parties")) as writer:
        names = {p.id: p for p in writer.connection.execute(select(party))}
        wanted = [i for i in dict.fromkeys(others) if i != keep]
        if keep not in names or not wanted or any(i not in names for i in wanted):
            raise IpdeskError(say("Name two different parties that there are."))
        touched: set[int] = set()
        for other in wanted:
            touched |= _move_matters(writer, keep, other)
            for table in party.metadata.sorted_tables:
                if table is not matter_party and table is not party_name:
                    _move(writer, table, keep, other)
            moved = select(party_name.c.id).where(party_name.c.party_id == other)
            ids = writer.connection.execute(moved).scalars().all()
            writer.update_many(party_name, [(i, {"party_id": keep}) for i in ids])
            kind = "former" if former else "variant"
            own = names[other]
            values = {"party_id": keep, "name": own.name, "key": own.key, "kind": kind}
            writer.insert(party_name, values)
            writer.delete(party, [other])
        writer.tell(
            say(
                "Merged {others} with {name}",
                others=", ".join(names[i].name for i in wanted),
                name=names[keep].name,
            )
        )
        return Change.of(
            Topic.PEOPLE, Topic.MATTERS, matters=tuple(sorted(touched)[:1000]), action=writer.action
        )


def _move_matters(writer: Writer, keep: int, other: int) -> set[int]:
    """Matters of the other become the party's own; where both stand in one role, one is enough."""
    mp = matter_party.c
    held = select(mp.matter_id, mp.role).where(mp.party_id == keep)
    own = {tuple(row) for row in writer.connection.execute(held)}
    rows = writer.connection.execute(
        select(mp.id, mp.matter_id, mp.role).where(mp.party_id == other)
    )
    double, moved, touched = [], [], set()
    for row in rows:
        touched.add(row.matter_id)
        if (row.matter_id, row.role) in own:
            double.append(row.id)
        else:
            own.add((row.matter_id, row.role))
            moved.append((row.id, {"party_id": keep}))
    writer.delete(matter_party, double)
    writer.update_many(matter_party, moved)
    return touched


def _move(writer: Writer, table: Table, keep: int, other: int) -> None:
    """Whatever else hangs on a party goes with it."""
    for key in table.foreign_keys:
        if key.column.table is not party:
            continue
        column = key.parent
        for index in table.indexes:
            if index.unique and column.name in index.columns:
                _no_double(writer, table, [c.name for c in index.columns], column.name, keep, other)
        ids = writer.connection.execute(select(table.c.id).where(column == other)).scalars().all()
        writer.update_many(table, [(i, {column.name: keep}) for i in ids])


def _no_double(
    writer: Writer, table: Table, names: list[str], own: str, keep: int, other: int
) -> None:
    rest = [table.c[n] for n in names if n != own]

    def held(party_id: int) -> set[tuple[object, ...]]:
        found = writer.connection.execute(select(*rest).where(table.c[own] == party_id))
        return {tuple(row) for row in found}

    if rest and held(keep) & held(other):
        raise IpdeskError(
            say("Both parties have a record of the same year or reward; remove one of them first.")
        )
