"""Which other matters the corrected dates of a list would reach, before anything is written."""

from collections.abc import Collection, Iterable

from ipdesk.core.docket.following import Look, follow, standing
from ipdesk.core.docket.handing_on import giving
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.intake.edits import change_matters, stated_in
from ipdesk.core.intake.foreseeing import Foreseen, foreseen
from ipdesk.core.intake.plan import Plan, Verdict
from ipdesk.core.intake.wishes import NO_WISHES, Wishes
from ipdesk.store.database import Database
from ipdesk.store.writer import Writer

_CARRIED = frozenset(
    {"filing_date", "publication_date", "grant_date", "priorities", "priority_date"}
)


def reach(
    database: Database,
    docket: Docket,
    preview: Plan,
    *,
    chosen: Collection[int] | None = None,
    wishes: Wishes = NO_WISHES,
) -> Foreseen:
    """What the chosen entries would do to matters that carry their dates; nothing is kept.

    Takes as long as correcting these alone: entries that nothing rests on are passed over.
    """
    moving = {
        entry.holding: entry
        for place, entry in enumerate(preview.entries)
        if entry.verdict is Verdict.CHANGED
        and entry.holding is not None
        and (chosen is None or place in chosen)
        and any(d.field in _CARRIED and wishes.takes(entry, d.field) for d in entry.differences)
    }
    with database.read() as connection:
        parents = [i for i in giving(connection, list(moving))]
    if not parents:
        return Foreseen()

    def act(writer: Writer, look: Look) -> Iterable[int]:
        before = standing(writer.connection, parents)
        change_matters(writer, docket, [moving[i] for i in parents], wishes)
        return follow(writer, docket, before, look, stated_in(preview))

    return foreseen(database, docket, lambda _w: (), act)
