"""What happens to matters in one act: filed, granted, registered, transferred, ended, renewed.

Each is one action of the history, so one undo takes it back whole.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from ipdesk.base.change import Change
from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.edits import add_events
from ipdesk.core.docket.effects import snapshot_of
from ipdesk.core.docket.events import grant_event
from ipdesk.core.docket.lifecycle import RE_REGISTRATION, finish
from ipdesk.core.docket.matters import set_date
from ipdesk.core.docket.odd_days import refuse_odd_day
from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput
from ipdesk.core.docket.status import END_EVENTS, is_end
from ipdesk.core.portfolio.edits import change_matter, replace_people
from ipdesk.core.portfolio.model import PersonName
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer


def file_matter(
    database: Database, docket: Docket, matter_id: int, on: date, number: str = ""
) -> Change:
    """A matter in preparation was filed on a day, under a number where it is known."""
    with database.write(say("Filed")) as writer:
        row = _row(writer, matter_id)
        writer.tell(say("Filed {reference}", reference=row.reference))
        if number.strip():
            change_matter(writer, matter_id, {"application_number": number.strip()})
        given = EventInput("filing", on, source="action")
        refuse_odd_day(writer.connection, matter_id, given, docket.today)
        set_date(writer, docket, matter_id, "filing", on, source="action")
        return _sound(writer, docket, [matter_id])


def pass_registration(
    database: Database, docket: Docket, matter_id: int, on: date, year: int | None = None
) -> Change:
    """The registration formalities were done and the annuity of the grant year paid."""
    events = [EventInput("registration_done", on, source="action")]
    if year:
        events.append(EventInput("annuity_paid", on, ordinal=year, source="action"))
    with database.write(say("Registration formalities completed")) as writer:
        for given in events:
            refuse_odd_day(writer.connection, matter_id, given, docket.today)
        add_events(writer, [(matter_id, e) for e in events], docket)
        return _sound(writer, docket, [matter_id])


def grant(database: Database, docket: Docket, matter_id: int, on: date, number: str = "") -> Change:
    """The right came into force on a day, under a number where it is known.

    The utility model of a same-day pair is abandoned that day; a re-registration in Hong Kong
    hears of the grant.
    """
    with database.write(say("Granted")) as writer:
        row = _row(writer, matter_id)
        kind = grant_event(row.right)
        said = say("Granted {reference}") if kind == "grant" else say("Registered {reference}")
        writer.tell(Message(said.text, {"reference": row.reference}))
        if number.strip():
            change_matter(writer, matter_id, {"grant_number": number.strip()})
        refuse_odd_day(writer.connection, matter_id, EventInput(kind, on), docket.today)
        set_date(writer, docket, matter_id, kind, on, source="action")
        m = matter.c
        children = writer.connection.execute(
            select(m.id, m.parent_kind).where(m.parent_id == matter_id)
        ).all()
        told = {"same_day": "abandonment", RE_REGISTRATION: "designated_grant"}
        others = []
        for child, link in children:
            if link in told:
                office = row.office if link == RE_REGISTRATION else None
                given = EventInput(told[link], on, source="action", office=office)
                add_events(writer, [(child, given)], docket)
                others.append(child)
        return _sound(writer, docket, [matter_id, *others])


def transfer(
    database: Database,
    docket: Docket,
    ids: Sequence[int],
    owners: Sequence[PersonName],
    on: date,
    *,
    leaves: bool = False,
) -> Change:
    """New owners from that day; *leaves* says that the matter is no longer the company's."""
    if not owners:
        raise IpdeskError(say("Name the new owner."))
    with database.write(say("Transferred {n}", n=len(ids))) as writer:
        names = "; ".join(o.name for o in owners)
        for one in ids:
            replace_people(writer, one, "owner", [replace(o, role="owner") for o in owners])
        kind = "transfer" if leaves else "assignment"
        events = [(i, EventInput(kind, on, source="action", note=names)) for i in ids]
        for one, given in events:
            refuse_odd_day(writer.connection, one, given, docket.today)
        add_events(writer, events, docket)
        return finish(writer, docket, list(ids), ())[1]


def end(
    database: Database, docket: Docket, ids: Sequence[int], kind: str, on: date, reason: str
) -> Change:
    """Matters end: abandonment, withdrawal, lapse or invalidation, with a reason."""
    if kind not in ("abandonment", "withdrawal", "lapse", "invalidation"):
        raise IpdeskError(say("A matter is abandoned, withdrawn, lapsed or invalidated."))
    if not reason.strip():
        raise IpdeskError(say("Say in one line why the matter ends."))
    with database.write(say("Ended {n}", n=len(ids))) as writer:
        given = EventInput(kind, on, source="action", note=reason.strip())
        for one in ids:
            refuse_odd_day(writer.connection, one, given, docket.today)
        add_events(writer, [(i, given) for i in ids], docket)
        return finish(writer, docket, list(ids), ())[1]


def restore(database: Database, docket: Docket, ids: Sequence[int], on: date) -> Change:
    """The office restored the rights; deadlines run again.

    An end that a person or a list told before gives way. Raises Refused for a day before the end.
    """
    with database.write(say("Restored {n}", n=len(ids))) as writer:
        given = EventInput("restoration", on, source="action")
        for one in ids:
            refuse_odd_day(writer.connection, one, given, docket.today)
            _refuse_too_early(writer, one, on)
            _forget_told_end(writer, one)
        add_events(writer, [(i, given) for i in ids], docket)
        return finish(writer, docket, list(ids), ())[1]


def _refuse_too_early(writer: Writer, matter_id: int, on: date) -> None:
    m, e = matter.c, event.c
    kinds = e.type.in_(END_EVENTS)
    ended = writer.connection.execute(
        select(m.reference, func.max(e.date))
        .join(event, e.matter_id == m.id)
        .where(m.id == matter_id, kinds)
        .group_by(m.reference)
    ).first()
    if ended is not None and ended[1] > on:
        raise Refused(
            say(
                "{reference} ended on {day}; it cannot have been restored before that day.",
                reference=ended[0],
                day=ended[1],
            )
        )


def _forget_told_end(writer: Writer, matter_id: int) -> None:
    m = matter.c
    told = writer.connection.execute(
        select(m.status_manual, m.status_reported).where(m.id == matter_id)
    ).one()
    names = ("status_manual", "status_reported")
    gone = {name: None for name, status in zip(names, told, strict=True) if is_end(status)}
    if gone:
        change_matter(writer, matter_id, gone)


def renew(database: Database, docket: Docket, matter_id: int, number: int, on: date) -> Change:
    """A mark or design was renewed for the period of that number."""
    given = EventInput("renewal", on, ordinal=number, source="action")
    with database.write(say("Renewed")) as writer:
        refuse_odd_day(writer.connection, matter_id, given, docket.today)
        add_events(writer, [(matter_id, given)], docket)
        return finish(writer, docket, [matter_id], ())[1]


def pay_annuities(
    database: Database, docket: Docket, paid: Sequence[tuple[int, int, date]]
) -> Change:
    """Annuities paid: matter, year of the patent, day; in one action.

    Raises Refused for a day to come or before filing, and for a year paid already or too high.
    """
    with database.write(say("Paid {n} annuities", n=len(paid))) as writer:
        events = [
            (m, EventInput("annuity_paid", day, ordinal=year, source="action"))
            for m, year, day in paid
        ]
        for one, given in events:
            refuse_odd_day(writer.connection, one, given, docket.today)
            _refuse_odd_year(writer, docket, one, given.ordinal or 0)
        add_events(writer, events, docket)
        return finish(writer, docket, sorted({m for m, _, _ in paid}), ())[1]


def _refuse_odd_year(writer: Writer, docket: Docket, matter_id: int, year: int) -> None:
    e = event.c
    paid = select(e.date).where(
        e.matter_id == matter_id, e.type == "annuity_paid", e.ordinal == year
    )
    day = writer.connection.execute(paid.limit(1)).scalar()
    if day is not None:
        raise Refused(
            say("The annuity of year {n} is recorded as paid on {day} already.", n=year, day=day)
        )
    rows = deadlines_of_matter(writer.connection, matter_id, docket)
    last = max((r.n for r in rows if r.kind == "renewal" and r.n), default=None)
    if last is not None and year > last:
        raise Refused(
            say("No annuity of year {n} falls due; the last one is year {last}.", n=year, last=last)
        )


def _sound(writer: Writer, docket: Docket, touched: Sequence[int]) -> Change:
    """Compute; facts that contradict each other are refused."""
    before = {i: snapshot_of(writer.connection, docket, i).problems for i in touched}
    change = finish(writer, docket, touched, ())[1]
    for one in touched:
        new = snapshot_of(writer.connection, docket, one).problems
        fresh = [p for p in new if p not in before[one]]
        if fresh:
            raise Refused(fresh[0])
    return change


class _Row:
    """What an act needs of its matter."""

    def __init__(self, reference: str, right: str, office: str) -> None:
        self.reference, self.right, self.office = reference, right, office


def _row(writer: Writer, matter_id: int) -> _Row:
    m = matter.c
    found = writer.connection.execute(
        select(m.reference, m.right, m.office).where(m.id == matter_id)
    ).first()
    if found is None:
        raise IpdeskError(say("This matter is gone; somebody deleted it."))
    return _Row(*found)
