"""Making and changing a matter whole: its fields and people, its dates, and what follows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select

from ipdesk.base.bulk import no_collection
from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import say
from ipdesk.core.docket.checks import contradictions
from ipdesk.core.docket.edits import add_events
from ipdesk.core.docket.events import grant_event
from ipdesk.core.docket.holdings import as_case, load
from ipdesk.core.docket.odd_days import odd_days_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh, refresh_new
from ipdesk.core.docket.records import Effect, EventInput
from ipdesk.core.docket.tracking import Wish, keep, try_out
from ipdesk.core.docket.visits import next_entry, note_visit, to_visit
from ipdesk.core.portfolio.edits import (
    Taken,
    add_matters,
    change_matter,
    replace_links,
    replace_people,
    replace_priorities,
)
from ipdesk.core.portfolio.model import MatterFields, PersonName, PriorityClaim
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import SYSTEM, Writer

_AT_ONCE = 1000  # matters written together
_TOPICS = (Topic.MATTERS, Topic.PEOPLE, Topic.EVENTS, Topic.DEADLINES)


@dataclass(frozen=True, slots=True)
class MatterEdit:
    """New values of a matter; what is None stays as it is.

    ``dates`` maps an event type (``filing``, ``grant`` …) to its day, or to None to delete it;
    ``people`` maps a role to everybody in it.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    dates: Mapping[str, date | None] = field(default_factory=dict)
    people: Mapping[str, Sequence[PersonName]] | None = None
    priorities: Sequence[PriorityClaim] | None = None
    technologies: Sequence[str] | None = None
    products: Sequence[str] | None = None
    tags: Sequence[str] | None = None


def date_event(name: str, right: str) -> str:
    """The event behind a date field: ``grant_date`` of a mark is its registration."""
    if name == "grant_date":
        return grant_event(right)
    return {"expiry_date": "expiry"}.get(name, name.removesuffix("_date"))


def create_matter(
    database: Database,
    docket: Docket,
    fields: MatterFields,
    dates: Mapping[str, date] | None = None,
) -> tuple[int, Change]:
    """One new matter typed by hand, with its events by type; deadlines are computed at once.

    Raises Refused for dates that contradict each other or have not come yet.
    """
    with database.write(say("Created a matter")) as writer:
        events = [EventInput(kind, day) for kind, day in (dates or {}).items()]
        ids = create_matters(writer, docket, [(fields, events)])
        _refuse_contradictions(writer, docket, ids[0])
        reference = writer.connection.execute(
            select(matter.c.reference).where(matter.c.id == ids[0])
        ).scalar_one()
        writer.tell(say("Created {reference}", reference=reference))
        change = Change.of(*_TOPICS, matters=(ids[0],), action=writer.action)
        return ids[0], change


def _refuse_contradictions(writer: Writer, docket: Docket, matter_id: int) -> None:
    for holding in load(writer.connection, [matter_id]):
        odd = odd_days_of(writer.connection, matter_id, docket.today)
        for problem in (*contradictions(as_case(holding), docket.law), *odd.values()):
            raise Refused(problem)


def create_matters(
    writer: Writer,
    docket: Docket,
    drafts: Iterable[tuple[MatterFields, Sequence[EventInput]]],
    *,
    expected: int = 0,
    progress: Callable[[float], None] | None = None,
) -> range:
    """New matters in bulk within one action; the ids in the same order.

    *expected* is how many come, where they are many; *progress* hears for how many the work is
    done.
    """
    made: list[range] = []

    def batches() -> Iterator[range]:
        taken = Taken(writer.connection)
        waiting = iter(drafts)
        while part := list(islice(waiting, _AT_ONCE)):
            ids = add_matters(writer, [fields for fields, _ in part], taken)
            pairs = zip(ids, part, strict=True)
            add_events(writer, [(i, e) for i, (_, events) in pairs for e in events], docket)
            made.append(ids)
            yield ids

    with no_collection():
        refresh_new(writer, batches(), docket, expected, progress=progress)
    return range(made[0].start, made[-1].stop) if made else range(0)


def edit_matter(
    database: Database,
    docket: Docket,
    matter_id: int,
    edit: MatterEdit,
    wish: Wish | None = None,
) -> Change:
    """Change a matter; deadlines, status and the search line follow.

    Dates and priorities are corrected in the matters made from this one as well, unless *wish*
    says otherwise; with a wish, or where they change, contradictions are Refused.
    """
    if wish is not None or edit.dates or edit.priorities is not None:
        said = say("Changed a matter")
        done = keep(database, docket, matter_id, said, _doing(docket, matter_id, edit), wish)
        return Change(done.change.topics | {Topic.PEOPLE}, done.change.matters, done.change.action)
    with database.write(say("Changed a matter")) as writer:
        _doing(docket, matter_id, edit)(writer)
        return Change.of(*_TOPICS, matters=(matter_id,), action=writer.action)


def preview_edit(
    database: Database,
    docket: Docket,
    matter_id: int,
    edit: MatterEdit,
    wish: Wish | None = None,
) -> Effect:
    """What ``edit_matter`` would do to deadlines and dates; nothing is kept."""
    return try_out(database, docket, matter_id, _doing(docket, matter_id, edit), wish)


def _doing(docket: Docket, matter_id: int, edit: MatterEdit) -> Callable[[Writer], None]:
    return lambda writer: _edit(writer, docket, matter_id, edit)


def _edit(writer: Writer, docket: Docket, matter_id: int, edit: MatterEdit) -> None:
    reference = writer.connection.execute(
        select(matter.c.reference).where(matter.c.id == matter_id)
    ).scalar()
    if reference is None:
        raise IpdeskError(say("This matter is gone; somebody deleted it."))
    writer.tell(say("Changed {reference}", reference=reference))
    apply_edit(writer, docket, matter_id, edit)
    refresh(writer, [matter_id], docket)
    write_search(writer, [matter_id])


def apply_edit(writer: Writer, docket: Docket, matter_id: int, edit: MatterEdit) -> None:
    """Write the new values; ``refresh`` and ``write_search`` are the caller's."""
    if edit.values:
        change_matter(writer, matter_id, edit.values)
    for kind, day in edit.dates.items():
        set_date(writer, docket, matter_id, kind, day)
    for role, names in (edit.people or {}).items():
        replace_people(writer, matter_id, role, names)
    if edit.priorities is not None:
        replace_priorities(writer, matter_id, edit.priorities)
    for kind, chosen in (
        ("technology", edit.technologies),
        ("product", edit.products),
        ("tag", edit.tags),
    ):
        if chosen is not None:
            replace_links(writer, matter_id, kind, chosen)


def set_date(
    writer: Writer,
    docket: Docket,
    matter_id: int,
    kind: str,
    day: date | None,
    *,
    source: str = "manual",
) -> None:
    """The day of an event that a matter has once: recorded, corrected, or (None) deleted."""
    found = writer.connection.execute(
        select(event.c.id, event.c.date)
        .where(event.c.matter_id == matter_id, event.c.type == kind)
        .order_by(event.c.id)
    ).first()
    if found is None and day is not None:
        add_events(writer, [(matter_id, EventInput(kind, day, source=source))], docket)
    elif found is not None and day is None:
        writer.delete(event, [found.id])
    elif found is not None and found.date != day:
        writer.update(event, found.id, {"date": day, "source": source})


def archive(database: Database, ids: Sequence[int], archived: bool = True) -> Change:
    """Put matters out of sight, or back; nothing is deleted."""
    said = say("Archived {n}", n=len(ids)) if archived else say("Restored {n}", n=len(ids))
    with database.write(said) as writer:
        writer.update_many(matter, [(i, {"archived": archived}) for i in ids])
        return Change.of(*_TOPICS, matters=tuple(ids), action=writer.action)


def delete_matters(database: Database, ids: Sequence[int]) -> Change:
    """Remove matters with everything that hangs on them; undo brings them back.

    Raises IpdeskError when another matter descends from one of them.
    """
    with database.write(say("Deleted {n}", n=len(ids))) as writer:
        child = writer.connection.execute(
            select(matter.c.reference).where(matter.c.parent_id.in_(ids), matter.c.id.not_in(ids))
        ).scalar()
        if child:
            raise IpdeskError(
                say("{child} descends from this matter. Delete it first, or archive.", child=child)
            )
        for one in ids:
            writer.update(matter, one, {"parent_id": None})
        writer.delete(matter, ids)
        return Change.of(*_TOPICS, matters=tuple(ids), action=writer.action)


def refresh_all(
    database: Database,
    docket: Docket,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Change:
    """Visit every matter of which anything can have changed: by an edit, a new day, another law.

    It is the program's own act: Undo passes over it.
    """
    with database.write(say("Recomputed all deadlines"), by=SYSTEM) as writer:
        first_unseen = next_entry(writer.connection)
        ids = to_visit(writer.connection, docket)
        told = (lambda done: progress(done, len(ids))) if progress else None
        refresh(writer, ids, docket, progress=told, changed_only=True)
        note_visit(writer, first_unseen)
        return Change.of(Topic.DEADLINES, Topic.MATTERS, action=writer.action)
