"""What people do with deadlines: submitted, confirmed, set aside, extended, checked, typed by hand.

Every function is one transaction and one action of the history, for one deadline or for many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.dates import add_months
from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.company import needs_second_person
from ipdesk.core.docket.deadline_rules import extension_rule
from ipdesk.core.docket.queries import deadline_rows, pending_of_matter, pending_rows
from ipdesk.core.docket.reckoned import before
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import kept_ids, refresh
from ipdesk.core.docket.records import DeadlineRow, State
from ipdesk.core.docket.rules import Roll, Rule
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import deadline, event
from ipdesk.store.writer import Writer

_TOPICS = (Topic.DEADLINES, Topic.MATTERS)
REOPENED: dict[str, Any] = {
    "state": str(State.OPEN),
    "reason": "",
    "submitted_on": None,
    "submitted_by": "",
    "receipt": "",
    "confirmed_on": None,
    "confirmed_by": "",
    "extended_to": None,
}


def submit(
    database: Database,
    docket: Docket,
    ids: Sequence[int],
    on: date,
    receipt: str = "",
    by: str = "",
) -> Change:
    """Done by us or the agent (*by*, the user by default); amber until the office confirms."""
    values = {
        "state": str(State.SUBMITTED),
        "submitted_on": on,
        "submitted_by": by.strip(),
        "receipt": receipt.strip(),
    }
    return _mark(database, docket, ids, say("Marked {n} as submitted", n=len(ids)), values)


def confirm(
    database: Database, docket: Docket, ids: Sequence[int], on: date, receipt: str = ""
) -> Change:
    """The office's confirmation was seen."""
    values: dict[str, Any] = {"state": str(State.CONFIRMED), "confirmed_on": on}
    if receipt.strip():
        values["receipt"] = receipt.strip()
    return _mark(database, docket, ids, say("Marked {n} as confirmed", n=len(ids)), values)


def set_aside(database: Database, docket: Docket, ids: Sequence[int], reason: str) -> Change:
    """Not applicable, with the reason. Raises Refused without one."""
    if not reason.strip():
        raise Refused(say("Say in one line why the deadline does not apply."))
    values = {"state": str(State.NOT_APPLICABLE), "reason": reason.strip()}
    return _mark(database, docket, ids, say("Marked {n} as not applicable", n=len(ids)), values)


def reopen(database: Database, docket: Docket, ids: Sequence[int]) -> Change:
    """Take back what was said; the deadline follows its events again."""
    return _mark(database, docket, ids, say("Reopened {n}", n=len(ids)), REOPENED)


def assign(database: Database, docket: Docket, ids: Sequence[int], person: str) -> Change:
    """Who answers for these deadlines."""
    said = say("Assigned {n} to {person}", n=len(ids), person=person)
    return _mark(database, docket, ids, said, {"responsible": person.strip()})


def verify(database: Database, docket: Docket, ids: Sequence[int]) -> Change:
    """A person compared these dates with their documents; the events behind them count as checked.

    Raises Refused where the company wants a second person and this one entered the event.
    """
    _need(ids)
    with database.write(say("Checked {n} dates", n=len(ids))) as writer:
        ids = kept_ids(writer, docket, ids)
        rows = deadline_rows(writer.connection, ids)
        events = sorted({r.event_id for r in rows if r.event_id})
        refuse_own_work(writer, events)
        seen = {"checked_by": writer.by, "checked_on": docket.today}
        writer.update_many(deadline, [(i, seen) for i in ids])
        e = event.c
        fresh = select(e.id).where(e.id.in_(events), e.checked_by == "")
        waiting = list(writer.connection.execute(fresh).scalars())
        writer.update_many(event, [(i, seen) for i in waiting])
        matters = tuple(sorted({r.matter_id for r in rows}))
        return Change.of(*_TOPICS, Topic.EVENTS, matters=matters, action=writer.action)


def refuse_own_work(writer: Writer, events: Sequence[int]) -> None:
    """Where a second person is wanted, nobody checks what he or she entered."""
    if not needs_second_person(writer.connection):
        return
    own = select(event.c.id).where(event.c.id.in_(events), event.c.entered_by == writer.by)
    if writer.connection.execute(own).first() is not None:
        raise Refused(
            say(
                "{person} entered this. Somebody else has to check it; one person alone may, when "
                "Settings say so.",
                person=writer.by or "?",
            )
        )


class _Preview(Exception):
    """Leaves the transaction, so that nothing of the trial stays."""


@dataclass(frozen=True, slots=True)
class Extension:
    """What an extension does to one deadline."""

    row: DeadlineRow  # as it stands
    due: date
    by_law: bool  # counted by a rule; otherwise the day rests on the notice alone


def extend(
    database: Database,
    docket: Docket,
    ids: Sequence[int],
    months: int | None,
    day: date | None = None,
    reason: str = "",
) -> Change:
    """The office granted so many months more, or named a *day*.

    Where the law knows the extension it is counted in one step from the original start and held
    against its ceiling; otherwise a reason is needed. Raises Refused with a sentence.
    """
    _need(ids)
    with database.write(say("Extended {n} deadlines", n=len(ids))) as writer:
        ids = kept_ids(writer, docket, ids)
        for row in deadline_rows(writer.connection, ids):
            _extend(writer, docket, row, months, day, reason.strip())
        return _finish(writer, docket, ids)


def preview_extension(
    database: Database, docket: Docket, ids: Sequence[int], months: int | None, day: date | None
) -> list[Extension]:
    """What ``extend`` would give, deadline by deadline; nothing is kept. Raises Refused."""
    found: list[Extension] = []
    try:
        with database.write(say("Preview")) as writer:
            for row in deadline_rows(writer.connection, kept_ids(writer, docket, ids)):
                law = extension_rule(docket.law, row) if day is None else None
                _extend(writer, docket, row, months, day, "…")
                found.append(Extension(row, _day_after(writer, row, law), law is not None))
            raise _Preview
    except _Preview:
        return found


def _day_after(writer: Writer, row: DeadlineRow, law: Rule | None) -> date:
    d = deadline.c
    where = [d.id == row.id] if law is None else [d.rule == law.id, d.event_id == row.event_id]
    due = writer.connection.execute(select(d.due).where(*where)).scalar()
    return due or row.due


def _extend(
    writer: Writer, docket: Docket, row: DeadlineRow, months: int | None, day: date | None, why: str
) -> None:
    if row.state not in (State.OPEN, State.SUBMITTED, State.PAST):
        raise Refused(say("{name} is not open: there is nothing to extend.", name=row.name))
    if day is None and extension_rule(docket.law, row) is not None:
        _lengthen_event(writer, docket, row, months or 0)
        return
    if not why:
        raise Refused(
            say(
                "The rules know no extension of {name}. Say in one line who granted it.",
                name=row.name,
            )
        )
    until = day
    if until is None:
        raw = add_months(row.raw, months or 0)
        until = docket.calendars.next_open(_office(docket, row), raw).day
    if until <= row.due:
        raise Refused(
            say("{day} is not later than {due}: that is no extension.", day=until, due=row.due)
        )
    internal, agent = docket.leads.days(row.rule, row.kind)
    note = "; ".join(part for part in (row.note, why) if part)
    values = {
        "extended_to": until,
        "due": until,
        "note": note,
        "state": str(State.OPEN),
        "internal_due": before(until, internal),
        "agent_due": before(until, agent),
    }
    writer.update(deadline, row.id, values)


def _lengthen_event(writer: Writer, docket: Docket, row: DeadlineRow, months: int) -> None:
    """Enter the extension on the notice; the rule for it counts from the original start."""
    e = event.c
    held = writer.connection.execute(
        select(e.extension_months).where(e.id == row.event_id)
    ).scalar()
    writer.update(event, int(row.event_id or 0), {"extension_months": (held or 0) + months})
    refresh(writer, [row.matter_id], docket)
    waiting = pending_rows(writer.connection, pending_of_matter(writer.connection, row.matter_id))
    law = extension_rule(docket.law, row)
    for one in waiting:
        for problem in one.why:
            if one.waiting_for == "problem" and law and problem.values.get("rule") == law.id:
                raise Refused(problem)


def _office(docket: Docket, row: DeadlineRow) -> str:
    rule = docket.law.rule(row.rule)
    return "" if rule is not None and rule.roll is Roll.NEVER else row.office


def _need(ids: Sequence[int]) -> None:
    if not ids:
        raise IpdeskError(say("Select a deadline first."))


def _mark(
    database: Database,
    docket: Docket,
    ids: Sequence[int],
    said: Message,
    values: dict[str, Any],
) -> Change:
    _need(ids)
    with database.write(said) as writer:
        new = dict(values)
        if new.get("submitted_on"):
            new["submitted_by"] = new["submitted_by"] or writer.by
        if new.get("confirmed_on"):
            new["confirmed_by"] = writer.by
        ids = kept_ids(writer, docket, ids)
        writer.update_many(deadline, [(i, new) for i in ids])
        if "extended_to" in new:  # reopened: a date typed by hand stands again as it was typed
            d = deadline.c
            typed = select(d.id, d.raw).where(d.id.in_(ids), d.manual.is_(True))
            pairs = writer.connection.execute(typed).all()
            writer.update_many(deadline, [(i, {"due": raw}) for i, raw in pairs])
        return _finish(writer, docket, ids)


def _finish(writer: Writer, docket: Docket, ids: Sequence[int]) -> Change:
    found = select(deadline.c.matter_id).distinct().where(deadline.c.id.in_(ids))
    matters = sorted(writer.connection.execute(found).scalars())
    refresh(writer, matters, docket)
    return Change.of(*_TOPICS, Topic.EVENTS, matters=tuple(matters), action=writer.action)


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
                "internal_due": before(due, docket.leads.internal),
                "agent_due": before(due, docket.leads.agent),
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


def remove_manual(database: Database, docket: Docket, deadline_id: int) -> Change:
    """A date typed by hand goes; a computed one cannot. Raises Refused."""
    with database.write(say("Deleted a deadline typed by hand")) as writer:
        d = deadline.c
        found = writer.connection.execute(
            select(d.matter_id, d.manual).where(d.id == deadline_id)
        ).first()
        if found is None or not found.manual:
            raise Refused(
                say("This date follows from an event: correct the event, or set the date aside.")
            )
        writer.delete(deadline, [deadline_id])
        refresh(writer, [found.matter_id], docket)
        return Change.of(*_TOPICS, matters=(found.matter_id,), action=writer.action)
