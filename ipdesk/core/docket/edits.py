"""Writing the docket: events with what they cause, and what people do with deadlines.

Every function is one transaction and one action of the history. ``preview`` runs the same edit and
takes it back, so what the window shows before saving is what saving does.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError, WrongCommand
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.events import EVENT_LABELS, ONCE
from ipdesk.core.docket.queries import deadlines_of_matter, pending_of_matter, pending_rows
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import kept_ids, refresh
from ipdesk.core.docket.records import (
    DeadlineChange,
    DeadlineRow,
    Effect,
    EventInput,
    State,
)
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import deadline, event
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

_SHOWN = "status filing_date priority_date publication_date grant_date expiry_date".split()
_GIVEN = tuple(f.name for f in fields(EventInput))
_TOPICS = (Topic.MATTERS, Topic.EVENTS, Topic.DEADLINES)


class _Preview(Exception):
    """Leaves the transaction, so that nothing of the trial stays."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an edit of events did."""

    change: Change
    effect: Effect
    event_id: int | None = None


def record_event(database: Database, docket: Docket, matter_id: int, given: EventInput) -> Recorded:
    """Record what happened; an event that a matter has only once is corrected instead.

    Raises IpdeskError for an unknown matter or kind of event.
    """
    said = say("Recorded: {event}", event=_label(given.type))
    with database.write(said) as writer:
        return _tracked(writer, docket, matter_id, lambda: _put(writer, docket, matter_id, given))


def preview_event(database: Database, docket: Docket, matter_id: int, given: EventInput) -> Effect:
    """What ``record_event`` would create, change and end; nothing is kept."""
    return _tried(database, docket, matter_id, lambda w: _put(w, docket, matter_id, given))


def correct_event(
    database: Database, docket: Docket, event_id: int, values: dict[str, Any]
) -> Recorded:
    """Change fields of an event; everything that depends on it is computed again."""
    matter_id = _matter_of(database, event_id)
    with database.write(say("Corrected an event")) as writer:
        return _tracked(
            writer, docket, matter_id, lambda: _correct(writer, docket, event_id, values)
        )


def preview_correction(
    database: Database, docket: Docket, event_id: int, values: dict[str, Any]
) -> Effect:
    """What ``correct_event`` would do."""
    matter_id = _matter_of(database, event_id)
    return _tried(database, docket, matter_id, lambda w: _correct(w, docket, event_id, values))


def delete_event(database: Database, docket: Docket, event_id: int) -> Recorded:
    """Remove an event; deadlines that rest on it go, unless somebody worked on them."""
    matter_id = _matter_of(database, event_id)
    with database.write(say("Deleted an event")) as writer:
        return _tracked(writer, docket, matter_id, lambda: _drop(writer, docket, event_id))


def preview_deletion(database: Database, docket: Docket, event_id: int) -> Effect:
    """What ``delete_event`` would do."""
    matter_id = _matter_of(database, event_id)
    return _tried(database, docket, matter_id, lambda w: _drop(w, docket, event_id))


def check_events(database: Database, event_ids: Sequence[int], today: date) -> Change:
    """A person compared these events with their documents."""
    with database.write(say("Checked {n} events", n=len(event_ids))) as writer:
        values = {"checked_by": writer.by, "checked_on": today}
        writer.update_many(event, [(i, values) for i in event_ids])
        rows = select(event.c.matter_id).where(event.c.id.in_(event_ids))
        matters = tuple(sorted(set(writer.connection.execute(rows).scalars())))
        return Change.of(*_TOPICS, matters=matters, action=writer.action)


def add_events(writer: Writer, events: Iterable[tuple[int, EventInput]], docket: Docket) -> range:
    """Events of many matters at once, for an import; ``refresh`` follows when all are in."""
    rows = [_event_row(writer, matter_id, given, docket) for matter_id, given in events]
    return writer.insert_many(event, rows)


def _event_row(writer: Writer, matter_id: int, given: EventInput, docket: Docket) -> dict[str, Any]:
    return {
        "matter_id": matter_id,
        **{name: getattr(given, name) for name in _GIVEN},
        "recorded_on": docket.today,
        "entered_by": writer.by,
    }


def _label(kind: str) -> Message:
    found = EVENT_LABELS.get(kind)
    if found is None:
        known = ", ".join(sorted(EVENT_LABELS))
        raise WrongCommand(
            say("There is no kind of event “{kind}”. Known are: {known}.", kind=kind, known=known)
        )
    return found


def _put(writer: Writer, docket: Docket, matter_id: int, given: EventInput) -> int:
    _label(given.type)
    if given.type in ONCE:
        found = writer.connection.execute(
            select(event.c.id).where(event.c.matter_id == matter_id, event.c.type == given.type)
        ).scalar()
        if found is not None:
            values = {k: v for k, v in asdict(given).items() if v not in (None, "")}
            writer.update(event, found, values)
            refresh(writer, _with_dependants(writer.connection, matter_id), docket)
            return int(found)
    new = writer.insert(event, _event_row(writer, matter_id, given, docket))
    refresh(writer, _with_dependants(writer.connection, matter_id), docket)
    return new


def _correct(writer: Writer, docket: Docket, event_id: int, values: dict[str, Any]) -> int:
    writer.update(event, event_id, values)
    row = writer.connection.execute(
        select(event.c.matter_id).where(event.c.id == event_id)
    ).scalar_one()
    refresh(writer, _with_dependants(writer.connection, row), docket)
    return event_id


def _drop(writer: Writer, docket: Docket, event_id: int) -> None:
    row = writer.connection.execute(
        select(event.c.matter_id).where(event.c.id == event_id)
    ).scalar_one()
    writer.delete(event, [event_id])
    refresh(writer, _with_dependants(writer.connection, row), docket)


def _with_dependants(connection: Connection, matter_id: int) -> list[int]:
    """The matter and its parent: an entry changes what the PCT application still asks for."""
    parent = connection.execute(select(matter.c.parent_id).where(matter.c.id == matter_id)).scalar()
    return [matter_id] + ([parent] if parent else [])


def _matter_of(database: Database, event_id: int) -> int:
    with database.read() as connection:
        found = connection.execute(select(event.c.matter_id).where(event.c.id == event_id)).scalar()
    if found is None:
        raise IpdeskError(say("This event is gone; somebody deleted it. Look at the list again."))
    return int(found)


def _tracked(
    writer: Writer, docket: Docket, matter_id: int, edit: Callable[[], int | None]
) -> Recorded:
    """Run an edit and tell what it did to the deadlines and dates of the matter."""
    before = snapshot_of(writer.connection, docket, matter_id)
    event_id = edit()
    after = snapshot_of(writer.connection, docket, matter_id)
    change = Change.of(*_TOPICS, matters=(matter_id,), action=writer.action)
    return Recorded(change, effect_between(before, after), event_id)


def _tried(
    database: Database, docket: Docket, matter_id: int, edit: Callable[[Writer], int | None]
) -> Effect:
    effect = Effect()
    try:
        with database.write(say("Preview")) as writer:
            effect = _tracked(writer, docket, matter_id, lambda: edit(writer)).effect
            raise _Preview
    except _Preview:
        return effect


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A matter as the docket shows it at one moment."""

    deadlines: dict[tuple[str, int, int], DeadlineRow]
    fields: dict[str, Any]
    problems: tuple[Message, ...]


def snapshot_of(connection: Connection, docket: Docket, matter_id: int) -> Snapshot:
    """The matter now. Raises IpdeskError when it is gone."""
    row = connection.execute(select(matter).where(matter.c.id == matter_id)).first()
    if row is None:
        raise IpdeskError(say("This matter is gone; somebody deleted it."))
    rows = deadlines_of_matter(connection, matter_id, docket)
    deadlines = {(d.rule, d.n or 0, d.event_id or 0): d for d in rows if not d.manual}
    waiting = pending_rows(connection, pending_of_matter(connection, matter_id))
    problems = tuple(w for p in waiting if p.waiting_for == "problem" for w in p.why)
    return Snapshot(deadlines, {name: getattr(row, name) for name in _SHOWN}, problems)


def effect_between(before: Snapshot, after: Snapshot) -> Effect:
    """What came, moved and went between two looks at a matter."""
    old, new = before.deadlines, after.deadlines
    created = [_line(None, d) for k, d in new.items() if k not in old]
    ended = [_line(d, None) for k, d in old.items() if k not in new]
    changed = [
        _line(old[k], d)
        for k, d in new.items()
        if k in old and (old[k].due != d.due or old[k].state != d.state)
    ]
    fields = tuple(
        (name, str(was or ""), str(after.fields[name] or ""))
        for name, was in before.fields.items()
        if was != after.fields[name]
    )
    return Effect(tuple(created), tuple(changed), tuple(ended), after.problems, fields)


def _line(before: DeadlineRow | None, after: DeadlineRow | None) -> DeadlineChange:
    one = after or before
    if one is None:
        raise ValueError("a change has a before or an after")
    return DeadlineChange(
        one.rule,
        one.n,
        one.label,
        before.due if before else None,
        after.due if after else None,
        before.state if before else None,
        after.state if after else None,
    )


# -- what people do with deadlines ----------------------------------------------------------------
def submit(
    database: Database, docket: Docket, ids: Sequence[int], on: date, receipt: str = ""
) -> Change:
    """Done by us; amber until the office confirms."""
    values = {"state": str(State.SUBMITTED), "submitted_on": on, "receipt": receipt}
    return _mark(database, docket, ids, say("Marked {n} as submitted", n=len(ids)), values)


def confirm(database: Database, docket: Docket, ids: Sequence[int], on: date) -> Change:
    """The office's confirmation was seen."""
    values = {"state": str(State.CONFIRMED), "confirmed_on": on}
    return _mark(database, docket, ids, say("Marked {n} as confirmed", n=len(ids)), values)


def set_aside(database: Database, docket: Docket, ids: Sequence[int], reason: str) -> Change:
    """Not applicable, with the reason. Raises IpdeskError without one."""
    if not reason.strip():
        raise IpdeskError(say("Say in one line why the deadline does not apply."))
    values = {"state": str(State.NOT_APPLICABLE), "reason": reason.strip()}
    return _mark(database, docket, ids, say("Marked {n} as not applicable", n=len(ids)), values)


def reopen(database: Database, docket: Docket, ids: Sequence[int]) -> Change:
    """Take back what was said; the deadline follows its events again."""
    values = {
        "state": str(State.OPEN),
        "reason": "",
        "submitted_on": None,
        "submitted_by": "",
        "receipt": "",
        "confirmed_on": None,
        "confirmed_by": "",
        "extended_to": None,
    }
    return _mark(database, docket, ids, say("Reopened {n}", n=len(ids)), values)


def assign(database: Database, docket: Docket, ids: Sequence[int], person: str) -> Change:
    """Who answers for these deadlines."""
    said = say("Assigned {n} to {person}", n=len(ids), person=person)
    return _mark(database, docket, ids, said, {"responsible": person.strip()})


def _mark(
    database: Database,
    docket: Docket,
    ids: Sequence[int],
    said: Message,
    values: dict[str, Any],
) -> Change:
    if not ids:
        raise IpdeskError(say("Select a deadline first."))
    with database.write(said) as writer:
        new = dict(values)
        if new.get("submitted_on"):
            new["submitted_by"] = writer.by
        if new.get("confirmed_on"):
            new["confirmed_by"] = writer.by
        rows = kept_ids(writer, docket, ids)
        writer.update_many(deadline, [(i, new) for i in rows])
        found = select(deadline.c.matter_id).distinct().where(deadline.c.id.in_(rows))
        matters = sorted(writer.connection.execute(found).scalars())
        refresh(writer, matters, docket)
        return Change.of(
            Topic.DEADLINES, Topic.MATTERS, matters=tuple(matters), action=writer.action
        )


def add_manual(
    database: Database,
    docket: Docket,
    matter_id: int,
    label: Bilingual,
    due: date,
    *,
    responsible: str = "",
    note: str = "",
) -> Change:
    """A date that no rule gives: typed by hand, kept as typed."""
    if not (label.en or label.zh):
        raise IpdeskError(say("A deadline needs a name. Type what is due."))
    with database.write(say("Added a deadline by hand")) as writer:
        writer.insert(
            deadline,
            {
                "matter_id": matter_id,
                "rule": "MANUAL",
                "label_en": label.en or label.zh,
                "label_zh": label.zh or label.en,
                "kind": "request",
                "raw": due,
                "due": due,
                "calendar": "not_applicable",
                "state": str(State.OPEN),
                "responsible": responsible,
                "manual": True,
                "note": note,
            },
        )
        refresh(writer, [matter_id], docket)
        topics = (Topic.DEADLINES, Topic.MATTERS)
        return Change.of(*topics, matters=(matter_id,), action=writer.action)
