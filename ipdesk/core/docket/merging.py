"""Matters that turned out to be one: found by number or title, merged by the user, undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, Table, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.reckoned import kept
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.portfolio.edits import change_matter
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.database import Database
from ipdesk.store.schema.comparison import agent_line
from ipdesk.store.schema.docket import attachment, deadline, event
from ipdesk.store.schema.portfolio import matter, matter_party, priority
from ipdesk.store.writer import Writer

_KEYS = ("application_key", "publication_key", "grant_key")
_NAMED_ALIKE = frozenset({"trademark", "trade_secret"})  # several of one name are no duplicates
_ONCE = frozenset({"filing", "publication", "grant", "registration", "expiry", "national_entry"})
# what follows from events and numbers, or is nobody's to fill in
_DERIVED = frozenset(
    "id reference title sort_title sort_reference archived sample note next_due status status_on "
    "priority_date filing_date publication_date grant_date expiry_date "
    "application_key publication_key grant_key".split()
)
_SILENT = frozenset({"pending", "reckoned", "search_text"})  # computed again


@dataclass(frozen=True, slots=True)
class Twin:
    """A matter as far as one needs to tell whether another is the same."""

    id: int
    reference: str
    right: str
    office: str
    title: str
    number: str
    filing_date: date | None


@dataclass(frozen=True, slots=True)
class Twins:
    """Two matters that may be one, and why."""

    first: Twin  # the one that was there earlier
    second: Twin
    reason: Message


def twins(connection: Connection) -> list[Twins]:
    """Live matters that share a number, or a title and no other filing date or number."""
    m = matter.c
    names = ("id", "reference", "right", "office", "sort_title", "filing_date", *_KEYS)
    columns = [m[n] for n in (*names, "title", "application_number", "publication_number")]
    rows = connection.execute(
        select(*columns, m.grant_number).where(m.archived.is_(False)).order_by(m.id)
    ).all()
    groups: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        place = (row.right, row.office)
        for key in {getattr(row, n) for n in _KEYS} - {None}:
            groups.setdefault((*place, "number", key), []).append(row)
        if row.sort_title and row.right not in _NAMED_ALIKE:
            groups.setdefault((*place, "title", row.sort_title), []).append(row)
    found: dict[tuple[int, int], Twins] = {}
    for key, group in groups.items():
        by_number = key[2] == "number"
        for one, other in combinations(group[:50], 2):
            if _contradict(one, other) or not (by_number or _may_be_one(one, other)):
                continue
            why = say("They have a number in common.") if by_number else _SAME_TITLE
            found.setdefault((one.id, other.id), Twins(_twin(one), _twin(other), why))
    return sorted(found.values(), key=lambda t: (t.first.id, t.second.id))


def twins_of(connection: Connection, ids: Sequence[int]) -> list[Twins]:
    """The first of these matters beside each of the others, in their order, whatever they say."""
    found = connection.execute(select(matter).where(matter.c.id.in_(list(ids)))).all()
    rows = {row.id: row for row in found}
    held = [_twin(rows[i]) for i in ids if i in rows]
    return [Twins(held[0], other, say("You selected them.")) for other in held[1:]]


_SAME_TITLE = say("They have the same title, and no number or filing date tells them apart.")


def _contradict(one: Any, other: Any) -> bool:
    return bool(
        one.application_key
        and other.application_key
        and one.application_key != other.application_key
    )


def _may_be_one(one: Any, other: Any) -> bool:
    """Of one title: nothing that both say differs, and one of them lacks its number."""
    for name in ("filing_date", *_KEYS):
        first, second = getattr(one, name), getattr(other, name)
        if first and second and first != second:
            return False
    return not (one.application_key and other.application_key)


def _twin(row: Any) -> Twin:
    number = row.application_number or row.grant_number or row.publication_number
    return Twin(row.id, row.reference, row.right, row.office, row.title, number, row.filing_date)


def merge_matters(database: Database, docket: Docket, keep: int, others: Sequence[int]) -> Change:
    """Make several matters one: its own values stay, the others fill its gaps; one undo.

    Events, work on deadlines, documents, payments and links go with it; what differs is kept in
    the note. Raises IpdeskError for matters that cannot be one.
    """
    with database.write(say("Merged matters")) as writer:
        wanted = [i for i in dict.fromkeys(others) if i != keep]
        rows = _rows(writer.connection, [keep, *wanted])
        if keep not in rows or not wanted or any(i not in rows for i in wanted):
            raise IpdeskError(say("Name two different matters that there are."))
        for other in wanted:
            _refuse(rows[keep], rows[other])
        for other in wanted:
            _merge(writer, _rows(writer.connection, [keep])[keep], rows[other])
        refresh(writer, [keep], docket)
        write_search(writer, [keep])
        writer.tell(
            say(
                "Merged {others} with {name}",
                others=", ".join(rows[i]["reference"] for i in wanted),
                name=rows[keep]["reference"],
            )
        )
        return Change.of(*Topic, matters=(keep, *wanted), action=writer.action)


def _rows(connection: Connection, ids: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    found = connection.execute(select(matter).where(matter.c.id.in_(list(ids)))).mappings()
    return {row["id"]: dict(row) for row in found}


def _refuse(own: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    names = {"first": own["reference"], "second": other["reference"]}
    if (own["right"], own["office"]) != (other["right"], other["office"]):
        raise IpdeskError(say("{first} and {second} are of different rights or offices.", **names))
    numbers = {own["application_key"], other["application_key"]} - {None}
    if len(numbers) > 1:
        raise IpdeskError(say("{first} and {second} have different application numbers.", **names))
    if own["parent_id"] == other["id"] or other["parent_id"] == own["id"]:
        raise IpdeskError(say("{second} descends from {first}, or the reverse.", **names))


def _merge(writer: Writer, own: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    keep, gone = own["id"], other["id"]
    lost = _move_events(writer, keep, gone)
    _move_deadlines(writer, keep, gone)
    _move_people(writer, keep, gone)
    for table in matter.metadata.sorted_tables:
        if table.name not in _SILENT and table not in (matter, event, deadline, matter_party):
            _move(writer, table, keep, gone)
    _move_documents(writer, "matter", gone, keep)
    m = matter.c
    children = writer.connection.execute(select(m.id).where(m.parent_id == gone)).scalars().all()
    writer.update_many(matter, [(i, {"parent_id": keep}) for i in children])
    lines = select(agent_line.c.id).where(agent_line.c.matter_id == gone)
    ids = writer.connection.execute(lines).scalars().all()
    writer.update_many(agent_line, [(i, {"matter_id": keep}) for i in ids])
    writer.delete(matter, [gone])
    change_matter(writer, keep, _filled(own, other, lost))


def _filled(
    own: Mapping[str, Any], other: Mapping[str, Any], lost: Sequence[str]
) -> dict[str, Any]:
    """What the other knows and the matter does not; what both say otherwise goes to the note."""
    values: dict[str, Any] = {}
    told = [f"{other['reference']}: {other['title']}".rstrip(": "), *lost]
    for name, theirs in other.items():
        if name in _DERIVED or theirs in (None, "", [], {}):
            continue
        if name == "facts":
            values["facts"] = {**theirs, **(own["facts"] or {})}
        elif own[name] in (None, "", [], {}):
            values[name] = theirs
        elif own[name] != theirs and name.endswith("_number"):
            told.append(str(theirs))
    notes = [n for n in (own["note"], other["note"]) if n]
    values["note"] = "\n".join([*notes, f"= {'; '.join(told)}"])
    return values


def _move_events(writer: Writer, keep: int, gone: int) -> list[str]:
    """Events go over; one that stands there already does not. What is lost of them, in words."""
    e = event.c
    own = writer.connection.execute(select(event).where(e.matter_id == keep)).all()
    theirs = writer.connection.execute(select(event).where(e.matter_id == gone)).all()
    lost = []
    for row in theirs:
        same = next((o for o in own if _one_event(o, row)), None)
        if same is None:
            writer.update(event, row.id, {"matter_id": keep})
            continue
        if same.date != row.date:
            lost.append(f"{EVENT_LABELS.get(row.type, row.type)} {row.date}")
        _move_documents(writer, "event", row.id, same.id)
        for table in event.metadata.sorted_tables:
            if "event_id" in table.c:
                hanging = select(table.c.id).where(table.c.event_id == row.id)
                ids = writer.connection.execute(hanging).scalars().all()
                writer.update_many(table, [(i, {"event_id": same.id}) for i in ids])
    return lost


def _move_documents(writer: Writer, table: str, gone: int, keep: int) -> None:
    """Documents that are filed with the one are filed with the other."""
    a = attachment.c
    filed = select(a.id).where(a.owner_table == table, a.owner_id == gone)
    ids = writer.connection.execute(filed).scalars().all()
    writer.update_many(attachment, [(i, {"owner_id": keep}) for i in ids])


def _one_event(own: Any, other: Any) -> bool:
    if own.type != other.type:
        return False
    return own.type in _ONCE or (own.date, own.ordinal) == (other.date, other.ordinal)


def _move_deadlines(writer: Writer, keep: int, gone: int) -> None:
    """What people did goes over; where both have work on one date, the matter's own stays."""
    d = deadline.c
    rows = writer.connection.execute(select(deadline).where(d.matter_id.in_((keep, gone)))).all()
    own = {(r.rule, r.n, r.event_id): r for r in rows if r.matter_id == keep}
    for row in rows:
        worked = kept(row) or row.responsible or row.checked_by or row.note
        if row.matter_id != gone or not worked:
            continue
        there = own.get((row.rule, row.n, row.event_id))
        if there is not None and not row.manual:
            if kept(there):
                continue
            writer.delete(deadline, [there.id])
        writer.update(deadline, row.id, {"matter_id": keep})


def _move_people(writer: Writer, keep: int, gone: int) -> None:
    """The people of a role go over where the matter has nobody in it."""
    mp = matter_party.c
    rows = writer.connection.execute(
        select(mp.id, mp.matter_id, mp.role).where(mp.matter_id.in_((keep, gone)))
    ).all()
    filled = {r.role for r in rows if r.matter_id == keep}
    moved = [r.id for r in rows if r.matter_id == gone and r.role not in filled]
    writer.update_many(matter_party, [(i, {"matter_id": keep}) for i in moved])


def _move(writer: Writer, table: Table, keep: int, gone: int) -> None:
    """Whatever else hangs on the matter; what stands there already is not doubled."""
    for key in table.foreign_keys:
        if key.column.table is not matter:
            continue
        column = key.parent
        rows = writer.connection.execute(select(table).where(column.in_((keep, gone)))).mappings()
        held = [dict(row) for row in rows]
        own = {_identity(table, column.name, r) for r in held if r[column.name] == keep}
        moved = [
            r["id"]
            for r in held
            if r[column.name] == gone and _identity(table, column.name, r) not in own
        ]
        writer.update_many(table, [(i, {column.name: keep}) for i in moved])


def _identity(table: Table, column: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes a row one beside others of the matter."""
    if table is priority and column == "matter_id":
        return (row["number_key"] or row["number"], row["date"])
    unique = [i for i in table.indexes if i.unique and column in i.columns]
    if unique:
        return tuple(row[c.name] for c in unique[0].columns if c.name != column)
    return (row["id"],)
