"""Writing watches: their fields, queries with versions, pauses. One action each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import say
from ipdesk.base.text import clean, fold
from ipdesk.core.watch.cadence import read_every
from ipdesk.core.watch.model import WatchFields
from ipdesk.core.watch.queries import last_good_run
from ipdesk.core.watch.words import WatchKind
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import product, technology
from ipdesk.store.schema.watch import (
    watch,
    watch_product,
    watch_query,
    watch_technology,
)
from ipdesk.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Made:
    """A new row and the change that it was."""

    change: Change
    id: int


def changed(writer: Writer) -> Change:
    """The change that an edit of this subject is."""
    return Change.of(Topic.WATCH, action=writer.action)


def add_watch(database: Database, fields: WatchFields, today: date) -> Made:
    """A new watch, due at once: until its first good run nothing is known.

    Raises IpdeskError when its name is taken or its question or cadence is missing.
    """
    with database.write(say("Added the watch {name}", name=clean(fields.name))) as writer:
        _refuse_taken(writer, fields.name, None)
        values = {**_values(fields), "started_on": today, "next_due": today}
        watch_id = writer.insert(watch, values)
        _link(writer, watch_id, fields)
        for name, text in fields.queries:
            _put_query(writer, watch_id, name, text, today, "")
        return Made(changed(writer), watch_id)


def change_watch(database: Database, watch_id: int, fields: WatchFields, today: date) -> Change:
    """Change a watch; another cadence counts from its last good run."""
    with database.write(say("Changed the watch {name}", name=clean(fields.name))) as writer:
        _refuse_taken(writer, fields.name, watch_id)
        values = _values(fields)
        old = writer.connection.execute(select(watch).where(watch.c.id == watch_id)).first()
        if old is None:
            raise IpdeskError(say("This watch is no longer there."))
        if old.every != values["every"]:
            last = last_good_run(writer.connection, watch_id)
            if last is not None:
                values["next_due"] = read_every(fields.every).after(last.ran_on)
        writer.update(watch, watch_id, values)
        _link(writer, watch_id, fields)
        for name, text in fields.queries:
            _put_query(writer, watch_id, name, text, today, "")
        return changed(writer)


def _values(fields: WatchFields) -> dict[str, Any]:
    name, question = clean(fields.name), fields.question.strip()
    if not name:
        raise Refused(say("A watch needs a name."))
    if not question:
        raise Refused(say("A watch needs a question that it answers."))
    return {
        "name": name,
        "kind": WatchKind(fields.kind).value,
        "question": question,
        "owner": clean(fields.owner),
        "every": str(read_every(fields.every)),
        "scope": fields.scope.strip(),
        "markets": _listed(fields.markets),
        "synonyms": _listed(fields.synonyms),
        "classes": _listed(fields.classes),
        "applicants": _listed(fields.applicants),
        "inventors": _listed(fields.inventors),
        "known_documents": _listed(fields.known_documents),
        "note": fields.note.strip(),
    }


def _listed(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(clean(v) for v in values if v.strip()))


def _refuse_taken(writer: Writer, name: str, watch_id: int | None) -> None:
    wanted = clean(name).casefold()
    for i, other in writer.connection.execute(select(watch.c.id, watch.c.name)):
        if other.casefold() == wanted and i != watch_id:
            raise Refused(say("There is a watch {name} already. Choose another name.", name=other))


def _link(writer: Writer, watch_id: int, fields: WatchFields) -> None:
    """Exactly these technologies and products. Raises IpdeskError for an unknown name."""
    pairs = (
        (watch_technology, technology, "technology_id", fields.technologies),
        (watch_product, product, "product_id", fields.products),
    )
    for link, other, column, names in pairs:
        ids = [_named(writer, other, n) for n in names if n.strip()]
        old = writer.connection.execute(
            select(link.c.id, link.c[column]).where(link.c.watch_id == watch_id)
        ).all()
        writer.delete(link, [i for i, linked in old if linked not in ids])
        have = {linked for _, linked in old}
        rows = [{"watch_id": watch_id, column: i} for i in dict.fromkeys(ids) if i not in have]
        writer.insert_many(link, rows)


def _named(writer: Writer, table: Any, name: str) -> int:
    wanted = fold(name)
    for i, first, second in writer.connection.execute(
        select(table.c.id, table.c.name, table.c.name_zh)
    ):
        if wanted in (fold(first), fold(second)):
            return int(i)
    if table is product:
        raise IpdeskError(say("There is no product {name}.", name=name))
    raise IpdeskError(say("There is no technology {name}.", name=name))


def set_query(
    database: Database, watch_id: int, name: str, text: str, today: date, note: str = ""
) -> Change:
    """Keep the query text for a database, verbatim; a different text makes a new version."""
    with database.write(say("Kept a query for {database}", database=name)) as writer:
        _put_query(writer, watch_id, name, text, today, note)
        return changed(writer)


def _put_query(writer: Writer, watch_id: int, name: str, text: str, today: date, note: str) -> None:
    q = watch_query.c
    rows = writer.connection.execute(
        select(q.id, q.text, q.version, q.retired_on)
        .where(q.watch_id == watch_id, q.database == name)
        .order_by(q.version)
    ).all()
    current = next((r for r in rows if r.retired_on is None), None)
    if current is not None and current.text == text:
        return
    if current is not None:
        writer.update(watch_query, current.id, {"retired_on": today})
    if not text.strip():
        return
    writer.insert(
        watch_query,
        {
            "watch_id": watch_id,
            "database": name,
            "text": text,
            "version": rows[-1].version + 1 if rows else 1,
            "written_on": today,
            "written_by": writer.by,
            "note": note,
        },
    )


def pause_watch(database: Database, watch_id: int, reason: str, today: date) -> Change:
    """Stop the reminders; the pause stays to be seen. Raises IpdeskError without a reason."""
    if not reason.strip():
        raise IpdeskError(say("Say in one line why the watch rests."))
    with database.write(say("Paused a watch")) as writer:
        writer.update(watch, watch_id, {"paused_on": today, "paused_reason": clean(reason)})
        return changed(writer)


def resume_watch(database: Database, watch_id: int) -> Change:
    """Take the watch up again; it may be overdue at once."""
    with database.write(say("Resumed a watch")) as writer:
        writer.update(watch, watch_id, {"paused_on": None, "paused_reason": ""})
        return changed(writer)


def delete_watch(database: Database, watch_id: int) -> Change:
    """Remove a watch with its runs, hits and verdicts; undo brings them back, without scores."""
    with database.write(say("Deleted a watch")) as writer:
        writer.delete(watch, [watch_id])
        return changed(writer)
