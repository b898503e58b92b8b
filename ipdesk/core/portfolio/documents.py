"""Documents filed with a matter or one of its events: kept inside the database, once each."""

import hashlib
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.files import write_whole
from ipdesk.base.i18n import say
from ipdesk.core.portfolio.model import AttachmentRow
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import attachment, content
from ipdesk.store.writer import Writer

LARGEST = 200 * 1024 * 1024


def attach(
    database: Database,
    matter_id: int,
    path: Path,
    *,
    owner_table: str = "matter",
    owner_id: int | None = None,
    note: str = "",
) -> Change:
    """File a copy; the same bytes are stored once. Raises Refused or IpdeskError."""
    paper = read_paper(path)
    owner = (owner_table, matter_id if owner_id is None else owner_id)
    with database.write(say("Filed {file}", file=path.name)) as writer:
        file_papers(writer, matter_id, owner, [paper], note)
        topics = (Topic.MATTERS, Topic.EVENTS)
        return Change.of(*topics, matters=(matter_id,), action=writer.action)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was read and is not filed yet."""

    name: str
    data: bytes


def read_paper(path: Path) -> Paper:
    """Read a document before anything is written. Raises Refused or IpdeskError."""
    return Paper(path.name, _bytes_of(path))


def file_papers(
    writer: Writer, matter_id: int, owner: tuple[str, int], papers: Iterable[Paper], note: str = ""
) -> None:
    """File copies with a matter or an event (*owner*: table and id) inside one action."""
    for paper in papers:
        sha256 = hashlib.sha256(paper.data).hexdigest()
        known = select(content.c.sha256).where(content.c.sha256 == sha256)
        if writer.connection.execute(known).first() is None:
            writer.connection.execute(insert(content).values(sha256=sha256, data=paper.data))
        writer.insert(
            attachment,
            {
                "matter_id": matter_id,
                "owner_table": owner[0],
                "owner_id": owner[1],
                "name": paper.name,
                "media_type": mimetypes.guess_type(paper.name)[0] or "",
                "size": len(paper.data),
                "sha256": sha256,
                "added_on": datetime.now(UTC).replace(tzinfo=None),
                "note": note,
            },
        )


def documents_of(
    connection: Connection, owner_table: str, owner_id: int
) -> tuple[AttachmentRow, ...]:
    """The documents filed with one event, watch run or matter itself, oldest first."""
    a = attachment.c
    columns = (a.id, a.owner_table, a.owner_id, a.name, a.media_type, a.size, a.sha256, a.note)
    where = (a.owner_table == owner_table, a.owner_id == owner_id)
    found = connection.execute(select(*columns).where(*where).order_by(a.id))
    return tuple(AttachmentRow(*row) for row in found)


def keep_with_matter(writer: Writer, event_id: int, matter_id: int) -> None:
    """Documents of an event that goes stay with its matter."""
    a = attachment.c
    where = select(a.id).where(a.owner_table == "event", a.owner_id == event_id)
    ids = list(writer.connection.execute(where).scalars())
    values = {"owner_table": "matter", "owner_id": matter_id}
    writer.update_many(attachment, [(i, values) for i in ids])


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Refused(
                say(
                    "{file} is larger than 200 MB. Make it smaller and file it again.",
                    file=path.name,
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise IpdeskError(
            say("{file} cannot be read: {why}", file=path.name, why=error.strerror or str(error))
        ) from error


def remove_document(database: Database, document_id: int) -> Change:
    """Take a document off its matter; undo brings it back, so its bytes stay."""
    with database.write(say("Removed a document")) as writer:
        found = writer.connection.execute(
            select(attachment.c.matter_id, attachment.c.name).where(attachment.c.id == document_id)
        ).first()
        if found is None:
            raise IpdeskError(say("This document is gone; somebody removed it."))
        writer.tell(say("Removed {file}", file=found.name))
        writer.delete(attachment, [document_id])
        matters = (found.matter_id,) if found.matter_id else ()
        return Change.of(Topic.MATTERS, Topic.EVENTS, matters=matters, action=writer.action)


def save_document(connection: Connection, document_id: int, target: Path) -> None:
    """Write a copy of a document for another program to open. Raises IpdeskError."""
    found = connection.execute(
        select(content.c.data)
        .join(attachment, attachment.c.sha256 == content.c.sha256)
        .where(attachment.c.id == document_id)
    ).scalar()
    if found is None:
        raise IpdeskError(say("This document is gone; somebody removed it."))
    write_whole(target, bytes(found))
