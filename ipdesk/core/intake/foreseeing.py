"""What an edit would do to dates and deadlines: it is done, looked at, and not kept."""

from collections.abc import Callable, Iterable

from sqlalchemy import select

from ipdesk.base.i18n import say
from ipdesk.core.docket.effects import NOTHING, effect_between, snapshot_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import Effect
from ipdesk.store.database import Database
from ipdesk.store.paging import chunks
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer


def foreseen(
    database: Database,
    docket: Docket,
    known: Callable[[Writer], Iterable[int]],
    act: Callable[[Writer], Iterable[int]],
) -> dict[str, Effect]:
    """Reference → effect; *known* are the matters before, *act* tells all that it touched.

    Matters that *act* makes are compared with nothing. Nothing is kept.
    """
    found: dict[str, Effect] = {}
    try:
        with database.write(say("Preview")) as writer:
            connection = writer.connection
            before = {i: snapshot_of(connection, docket, i) for i in known(writer)}
            touched = list(dict.fromkeys([*before, *act(writer)]))
            for part in chunks(touched):
                names = select(matter.c.id, matter.c.reference, matter.c.title).where(
                    matter.c.id.in_(part)
                )
                for row in connection.execute(names):
                    after = snapshot_of(connection, docket, row.id)
                    effect = effect_between(before.get(row.id, NOTHING), after)
                    if effect.created or effect.changed or effect.ended or effect.problems:
                        found[row.reference or row.title] = effect
            raise _Trial
    except _Trial:
        return found


class _Trial(Exception):
    """Leaves the transaction, so that nothing of the trial stays."""
