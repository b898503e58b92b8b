"""Running an edit with what it does to the docket: kept, or tried and taken back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.deadline_edits import REOPENED
from ipdesk.core.docket.effects import Snapshot, effect_between, left_alone, snapshot_of
from ipdesk.core.docket.handing_on import given_by, hand_on, resting_on
from ipdesk.core.docket.holdings import reached_by
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.docket.records import Effect, EffectThere
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import deadline
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

TOPICS = (Topic.MATTERS, Topic.EVENTS, Topic.DEADLINES)
Edit = Callable[[Writer], int | None]


class _Preview(Exception):
    """Leaves the transaction, so that nothing of the trial stays."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an edit of events did."""

    change: Change
    effect: Effect
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What else an edit shall do: ``anew`` computes also what people did or extended,
    ``along`` corrects the matters made from this one that carry the same date."""

    anew: bool = False
    along: bool = True


def keep(
    database: Database,
    docket: Docket,
    matter_id: int,
    said: Message,
    edit: Edit,
    wish: Wish | None = None,
) -> Recorded:
    """Run an edit and keep it, unless it makes the facts contradict each other (Refused)."""
    with database.write(said) as writer:
        done = _tracked(writer, docket, matter_id, edit, wish or Wish())
        if done.effect.refused:
            raise Refused(done.effect.refused[0])
        return done


def try_out(
    database: Database,
    docket: Docket,
    matter_id: int,
    edit: Edit,
    wish: Wish | None = None,
) -> Effect:
    """What ``keep`` would do; nothing stays."""
    effect = Effect()
    try:
        with database.write(say("Preview")) as writer:
            effect = _tracked(writer, docket, matter_id, edit, wish or Wish()).effect
            raise _Preview
    except _Preview:
        return effect


def _tracked(writer: Writer, docket: Docket, matter_id: int, edit: Edit, wish: Wish) -> Recorded:
    """Run an edit and tell what it did to the deadlines and dates, here and there."""
    connection = writer.connection
    before = {matter_id: snapshot_of(connection, docket, matter_id)}
    gave, answered = given_by(connection, matter_id), reached_by(connection, [matter_id])
    event_id = edit(writer)
    refresh(writer, sorted(answered ^ reached_by(connection, [matter_id])), docket)
    behind = resting_on(connection, matter_id, gave, given_by(connection, matter_id))
    touched: list[int] = []
    if wish.along and behind:

        def look(one: int) -> None:
            before.setdefault(one, snapshot_of(connection, docket, one))

        touched = hand_on(writer, matter_id, gave, look)
        refresh(writer, touched, docket)
        write_search(writer, touched)
    after = {i: _looked(writer, docket, i, before[i], wish.anew) for i in (matter_id, *touched)}
    there = tuple(
        EffectThere(i, _reference(writer, i), effect_between(before[i], after[i])) for i in touched
    )
    effect = effect_between(before[matter_id], after[matter_id])
    effect = replace(
        effect,
        there=there,
        behind=() if wish.along else tuple(_reference(writer, i) for i, _ in behind),
        refused=(*effect.refused, *_refused(there)),
    )
    change = Change.of(*TOPICS, matters=(matter_id, *touched), action=writer.action)
    return Recorded(change, effect, event_id)


def _looked(
    writer: Writer, docket: Docket, matter_id: int, before: Snapshot, anew: bool
) -> Snapshot:
    """The matter after the edit; dates of people are computed anew where that is wished."""
    after = snapshot_of(writer.connection, docket, matter_id)
    moved = left_alone(before, after) if anew else []
    if not moved:
        return after
    writer.update_many(deadline, [(row.id, REOPENED) for row in moved])
    refresh(writer, [matter_id], docket)
    return snapshot_of(writer.connection, docket, matter_id)


def _refused(there: Iterable[EffectThere]) -> tuple[Message, ...]:
    return tuple(
        say("{reference}: {problem}", reference=one.reference, problem=problem)
        for one in there
        for problem in one.effect.refused
    )


def _reference(writer: Writer, matter_id: int) -> str:
    found = select(matter.c.reference).where(matter.c.id == matter_id)
    return str(writer.connection.execute(found).scalar())
