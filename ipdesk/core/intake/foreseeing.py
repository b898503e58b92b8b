"""What an edit would do to dates and deadlines: it is done, looked at, and not kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from ipdesk.base.i18n import say
from ipdesk.core.docket.effects import NOTHING, effect_between, snapshot_of
from ipdesk.core.docket.following import Look
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import Effect
from ipdesk.store.database import Database
from ipdesk.store.paging import chunks
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Reference → effect on the matters edited, and on others that their dates reach."""

    here: Mapping[str, Effect] = field(default_factory=dict)
    reached: Mapping[str, Effect] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.here or self.reached)


def foreseen(
    database: Database,
    docket: Docket,
    known: Callable[[Writer], Iterable[int]],
    act: Callable[[Writer, Look], Iterable[int]],
) -> Foreseen:
    """What *act* does; *known* are the matters before, *act* tells all that it touched.

    *act* lets us look at further matters before it touches them; those that it makes are compared
    with nothing. Nothing is kept.
    """
    found, reached = dict[str, Effect](), dict[str, Effect]()
    try:
        with database.write(say("Preview")) as writer:
            connection = writer.connection
            before = {i: snapshot_of(connection, docket, i) for i in known(writer)}
            own = set(before)

            def look(one: int) -> None:
                if one not in before:
                    before[one] = snapshot_of(connection, docket, one)

            touched = list(dict.fromkeys([*before, *act(writer, look)]))
            for part in chunks(touched):
                names = select(matter.c.id, matter.c.reference, matter.c.title).where(
                    matter.c.id.in_(part)
                )
                for row in connection.execute(names):
                    after = snapshot_of(connection, docket, row.id)
                    effect = effect_between(before.get(row.id, NOTHING), after)
                    if row.id in before and row.id not in own:
                        reached[row.reference or row.title] = effect
                    elif effect.created or effect.changed or effect.ended or effect.problems:
                        found[row.reference or row.title] = effect
            raise _Trial
    except _Trial:
        return Foreseen(found, reached)


class _Trial(Exception):
    """Leaves the transaction, so that nothing of the trial stays."""
