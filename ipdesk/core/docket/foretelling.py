"""What an act in the life of matters would do: it is rehearsed, looked at, and nothing stays."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.change import Change
from ipdesk.core.docket.effects import NOTHING, Snapshot, effect_between, snapshot_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import Effect, EffectThere
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import matter

Act = Callable[[Database, Docket], Any]


def foretell(database: Database, docket: Docket, matter_id: int, act: Act) -> Effect:
    """The effect on the matter, and on every other that the act makes or changes.

    *act* answers with its Change, alone or last in a tuple. Raises what the act raises.
    """
    with database.rehearse() as stage:
        answer = act(stage, docket)
        change: Change = answer[-1] if isinstance(answer, tuple) else answer
        ids = dict.fromkeys((matter_id, *change.matters))
        with stage.read() as after, database.read() as before:
            found = {i: _between(before, after, docket, i) for i in ids}
            names = _references(after, list(found))
    here = found.pop(matter_id)
    there = tuple(EffectThere(i, names[i], e) for i, e in found.items() if not e.empty)
    return Effect(
        here.created, here.changed, here.ended, here.problems, here.fields, here.kept,
        here.missing, refused=here.refused, there=there,
    )  # fmt: skip


def _between(before: Connection, after: Connection, docket: Docket, matter_id: int) -> Effect:
    return effect_between(_look(before, docket, matter_id), snapshot_of(after, docket, matter_id))


def _look(connection: Connection, docket: Docket, matter_id: int) -> Snapshot:
    """The matter as it stands; nothing where the act makes it."""
    if not _references(connection, [matter_id]):
        return NOTHING
    return snapshot_of(connection, docket, matter_id)


def _references(connection: Connection, ids: list[int]) -> dict[int, str]:
    m = matter.c
    rows = connection.execute(select(m.id, m.reference).where(m.id.in_(ids)))
    return {i: reference for i, reference in rows}
