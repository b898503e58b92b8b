"""Taking actions back, and archives in, with the search line that neither keeps."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store import history
from ipdesk.store.archive import import_archive
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

Mend = Callable[[Writer, tuple[int, ...]], None]
"""Hears the matters that an undo touched, within its transaction."""


def undo_action(
    database: Database, action_id: int, *, force: bool = False, mend: Mend | None = None
) -> tuple[Change, tuple[Message, ...]]:
    """Undo one action; the change, and sentences about what was left because it changed later.

    *mend* brings in line what follows from the matters touched. Raises IpdeskError when people
    worked since on matters that the action made, unless *force*.
    """
    if not force:
        _refuse_later_work(database, action_id)

    def after(writer: Writer, matters: tuple[int, ...]) -> None:
        if mend:
            mend(writer, matters)
        write_search(writer, matters)

    undone = history.undo(database, action_id, after=after)
    change = Change(frozenset(Topic), undone.matters[:1000], undone.action)
    return change, undone.kept


def _refuse_later_work(database: Database, action_id: int) -> None:
    """What somebody typed after an import must not vanish with it without a word."""
    with database.read() as connection:
        touched = history.worked_on_since(connection, action_id)
        names = connection.execute(
            select(matter.c.reference).where(matter.c.id.in_(touched[:5])).order_by(matter.c.id)
        ).scalars()
        known = ", ".join(names)
    if touched:
        raise IpdeskError(
            say(
                "People worked on {n} of these matters since: {names}. Undo that work first, "
                "or take everything back with “undo --force”.",
                n=len(touched),
                names=known,
            )
        )


def undo_last(database: Database) -> tuple[Change, tuple[Message, ...]]:
    """Undo the newest action that was not undone. Raises IpdeskError when there is none."""
    with database.read() as connection:
        last = history.last_undoable(connection)
    if last is None:
        raise IpdeskError(say("There is nothing to undo."))
    return undo_action(database, last.id)


def redo_last(database: Database) -> tuple[Change, tuple[Message, ...]]:
    """Take the newest undo back. Raises IpdeskError when something was done since."""
    with database.read() as connection:
        last = history.last_redoable(connection)
    if last is None:
        raise IpdeskError(say("There is nothing to redo."))
    return undo_action(database, last.id)


def rebuild(database: Database, archive: Path) -> dict[str, int]:
    """Read an archive into an empty database; rows by table. Raises Refused."""
    counts = import_archive(database, archive)
    with database.write(say("Made the portfolio searchable")) as writer:
        ids = writer.connection.execute(select(matter.c.id)).scalars().all()
        write_search(writer, list(ids), fresh=True)
    return counts
