"""Writing the docket: events with the documents they stand in, and all that they cause.

Every function is one transaction and one action of the history. ``preview`` runs the same edit and
takes it back, so what the window shows before saving is what saving does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from ipdesk.base.change import Change
from ipdesk.base.dates import add_months
from ipdesk.base.errors import IpdeskError, WrongCommand
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.bases import EXTENSION, ONE_WITHDRAWN
from ipdesk.core.docket.compensation import DAYS, DECISIONS
from ipdesk.core.docket.deadline_edits import refuse_own_work
from ipdesk.core.docket.events import EVENT_LABELS, ONCE
from ipdesk.core.docket.handing_on import follow_claim, given_by
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.docket.records import Effect, EventInput
from ipdesk.core.docket.tracking import TOPICS, Recorded, Wish, keep, try_out
from ipdesk.core.portfolio.documents import Paper, file_papers, keep_with_matter, read_paper
from ipdesk.core.portfolio.model import Right
from ipdesk.store.database import Database
from ipdesk.store.paging import among, chunks
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

_CLAIMED_WITHIN = 14  # months, of which the last two need a restoration
_ROLLING = timedelta(days=14)  # a last day may be moved so far by closed days
_GIVEN = tuple(f.name for f in fields(EventInput))


def record_event(
    database: Database,
    docket: Docket,
    matter_id: int,
    given: EventInput,
    documents: Sequence[Path] = (),
    *,
    anew: bool = False,
    along: bool = True,
) -> Recorded:
    """Record what happened, with copies of its documents.

    An event that a matter has only once is corrected instead. *anew* computes also what people
    did or extended, *along* corrects the matters made from this one that carry the same date.
    Raises IpdeskError for an unknown matter, kind of event or document, Refused for facts that
    contradict each other.
    """
    said = say("Recorded: {event}", event=_label(given.type))
    papers = [read_paper(path) for path in documents]

    def put(writer: Writer) -> int:
        return _put(writer, docket, matter_id, given, papers)

    done = keep(database, docket, matter_id, said, put, Wish(anew, along))
    warnings = _warnings(database, matter_id, given)
    return replace(done, effect=replace(done.effect, warnings=warnings))


def preview_event(
    database: Database,
    docket: Docket,
    matter_id: int,
    given: EventInput,
    *,
    anew: bool = False,
    along: bool = True,
) -> Effect:
    """What ``record_event`` would create, change and end; nothing is kept."""

    def put(writer: Writer) -> int:
        return _put(writer, docket, matter_id, given)

    effect = try_out(database, docket, matter_id, put, Wish(anew, along))
    return replace(effect, warnings=_warnings(database, matter_id, given))


def correct_event(
    database: Database,
    docket: Docket,
    event_id: int,
    values: dict[str, Any],
    documents: Sequence[Path] = (),
    *,
    anew: bool = False,
    along: bool = True,
) -> Recorded:
    """Change fields of an event or add documents; everything that depends on it is recomputed."""
    matter_id = _matter_of(database, event_id)
    papers = [read_paper(path) for path in documents]

    def put(writer: Writer) -> int:
        return _correct(writer, docket, event_id, values, papers)

    return keep(database, docket, matter_id, say("Corrected an event"), put, Wish(anew, along))


def preview_correction(
    database: Database,
    docket: Docket,
    event_id: int,
    values: dict[str, Any],
    *,
    anew: bool = False,
    along: bool = True,
) -> Effect:
    """What ``correct_event`` would do."""
    matter_id = _matter_of(database, event_id)

    def put(writer: Writer) -> int:
        return _correct(writer, docket, event_id, values)

    return try_out(database, docket, matter_id, put, Wish(anew, along))


def delete_event(
    database: Database, docket: Docket, event_id: int, *, anew: bool = False
) -> Recorded:
    """Remove an event; deadlines that rest on it go, unless somebody worked on them.

    Its documents stay with the matter.
    """
    matter_id = _matter_of(database, event_id)
    said, wish = say("Deleted an event"), Wish(anew)
    return keep(database, docket, matter_id, said, lambda w: _drop(w, docket, event_id), wish)


def preview_deletion(
    database: Database, docket: Docket, event_id: int, *, anew: bool = False
) -> Effect:
    """What ``delete_event`` would do."""
    matter_id = _matter_of(database, event_id)
    wish = Wish(anew)
    return try_out(database, docket, matter_id, lambda w: _drop(w, docket, event_id), wish)


def check_events(database: Database, event_ids: Sequence[int], today: date) -> Change:
    """A person compared these events with their documents.

    Raises Refused where the company wants a second person and this one entered them.
    """
    with database.write(say("Checked {n} events", n=len(event_ids))) as writer:
        refuse_own_work(writer, event_ids)
        values = {"checked_by": writer.by, "checked_on": today}
        writer.update_many(event, [(i, values) for i in event_ids])
        rows = select(event.c.matter_id).where(event.c.id.in_(event_ids))
        matters = tuple(sorted(set(writer.connection.execute(rows).scalars())))
        return Change.of(*TOPICS, matters=matters, action=writer.action)


def check_matters(database: Database, matter_ids: Sequence[int], today: date) -> tuple[int, Change]:
    """A person compared all events of these matters with their documents; how many were open.

    Raises Refused as ``check_events`` does, and IpdeskError where nothing is left to check.
    """
    with database.read() as connection:
        e = event.c
        ids = [
            i
            for part in chunks(matter_ids)
            for i in connection.execute(
                select(e.id).where(among(e.matter_id, part), e.checked_by == "")
            ).scalars()
        ]
    if not ids:
        raise IpdeskError(say("Every event of these matters is checked already."))
    return len(ids), check_events(database, ids, today)


def add_events(writer: Writer, events: Iterable[tuple[int, EventInput]], docket: Docket) -> range:
    """Events of many matters at once, for an import; ``refresh`` follows when all are in."""
    pairs = list(events)
    if not pairs:
        return range(0)
    n = len(pairs)
    columns: list[Sequence[Any]] = [[matter_id for matter_id, _ in pairs]]
    columns += [[getattr(given, name) for _, given in pairs] for name in _GIVEN]
    columns += [[docket.today] * n, [writer.by] * n]
    names = ("matter_id", *_GIVEN, "recorded_on", "entered_by")
    owners = set(columns[0])
    owner = owners.pop() if len(owners) == 1 else None
    return writer.insert_columns(event, names, columns, owner=owner)


def _event_row(writer: Writer, matter_id: int, given: EventInput, docket: Docket) -> dict[str, Any]:
    return {
        "matter_id": matter_id,
        **_values(given),
        "recorded_on": docket.today,
        "entered_by": writer.by,
    }


def _values(given: EventInput) -> dict[str, Any]:
    return {name: getattr(given, name) for name in _GIVEN}


def _label(kind: str) -> Message:
    found = EVENT_LABELS.get(kind)
    if found is None:
        known = ", ".join(sorted(EVENT_LABELS))
        raise WrongCommand(
            say("There is no kind of event “{kind}”. Known are: {known}.", kind=kind, known=known)
        )
    return found


def _warnings(database: Database, matter_id: int, given: EventInput) -> tuple[Message, ...]:
    """What is hardly meant: a priority so old that it could not be claimed, nor restored; the
    withdrawal of all priorities where one of several may be meant; an extension of nothing.
    """
    if given.type not in ("priority", "priority_withdrawal", EXTENSION):
        return ()
    m = matter.c
    with database.read() as connection:
        if given.type == EXTENSION:
            return _moving_nothing(connection, matter_id, given)
        if given.type == "priority_withdrawal":
            return _withdrawn(len(given_by(connection, matter_id).priorities))
        found = select(m.right, m.filing_date).where(m.id == matter_id)
        right, filed = connection.execute(found).one()
    months = 6 if right in (Right.DESIGN, Right.TRADEMARK) else _CLAIMED_WITHIN
    if filed is None or add_months(given.date, months) + _ROLLING >= filed:
        return ()
    return (
        say(
            "{day} lies more than {months} months before the filing on {filed}. Is the year right?",
            day=given.date,
            months=months,
            filed=filed,
        ),
    )


def _moving_nothing(
    connection: Connection, matter_id: int, given: EventInput
) -> tuple[Message, ...]:
    e = event.c
    actions = select(e.id).where(
        e.matter_id == matter_id, e.type == "office_action", e.date <= given.date
    )
    if given.extension_months and connection.execute(actions.limit(1)).first():
        return ()
    return (
        say(
            "This extension moves no date: it needs its months and an earlier office action. "
            "Any other date is extended at the deadline itself."
        ),
    )


def _withdrawn(claims: int) -> tuple[Message, ...]:
    if claims < 2:
        return ()
    return (
        say(
            "All {count} priorities count as withdrawn. If only one was, record “{one}” instead, "
            "with that priority's own day, received on the day of its withdrawal.",
            one=EVENT_LABELS[ONE_WITHDRAWN],
            count=claims,
        ),
    )


def _put(
    writer: Writer,
    docket: Docket,
    matter_id: int,
    given: EventInput,
    papers: Sequence[Paper] = (),
) -> int:
    _label(given.type)
    known = None
    if given.type in ONCE:
        known = writer.connection.execute(
            select(event.c.id).where(event.c.matter_id == matter_id, event.c.type == given.type)
        ).scalar()
    if known is not None:
        values = {k: v for k, v in _values(given).items() if v not in (None, "")}
        return _correct(writer, docket, int(known), values, papers)
    new = writer.insert(event, _event_row(writer, matter_id, given, docket))
    _sum_compensation(writer, matter_id, given.type)
    file_papers(writer, matter_id, ("event", new), papers)
    refresh(writer, _with_dependants(writer.connection, matter_id), docket)
    return new


def _correct(
    writer: Writer,
    docket: Docket,
    event_id: int,
    values: dict[str, Any],
    papers: Sequence[Paper] = (),
) -> int:
    e = event.c
    row, kind, was = writer.connection.execute(
        select(e.matter_id, e.type, e.date).where(e.id == event_id)
    ).one()
    if writer.update(event, event_id, values):  # what was checked was another event
        writer.update(event, event_id, {"checked_by": "", "checked_on": None})
    if kind == "priority" and values.get("date", was) != was:
        follow_claim(writer, row, was, values["date"])
    _sum_compensation(writer, row, kind)
    file_papers(writer, row, ("event", event_id), papers)
    refresh(writer, _with_dependants(writer.connection, row), docket)
    return event_id


def _sum_compensation(writer: Writer, matter_id: int, kind: str) -> None:
    """The days that the office's decisions add to a term are a fact that fees count by as well."""
    if kind not in DECISIONS:
        return
    e = event.c
    days = select(func.sum(e.period_days)).where(e.matter_id == matter_id, e.type.in_(DECISIONS))
    total = int(writer.connection.execute(days).scalar() or 0)
    held = select(matter.c.facts).where(matter.c.id == matter_id)
    facts = dict(writer.connection.execute(held).scalar() or {})
    writer.update(matter, matter_id, {"facts": {**facts, DAYS: total}})


def _drop(writer: Writer, docket: Docket, event_id: int) -> None:
    e = event.c
    row, kind = writer.connection.execute(select(e.matter_id, e.type).where(e.id == event_id)).one()
    keep_with_matter(writer, event_id, row)
    writer.delete(event, [event_id])
    _sum_compensation(writer, row, kind)
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
