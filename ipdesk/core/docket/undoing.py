"""Taking an action back that others followed: what rests on both is computed anew."""

from ipdesk.base.change import Change
from ipdesk.base.i18n import Message
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.portfolio.undo import undo_action
from ipdesk.store.database import Database
from ipdesk.store.history import changed_since
from ipdesk.store.writer import Writer


def take_back(
    database: Database, docket: Docket, action_id: int, *, force: bool = False
) -> tuple[Change, tuple[Message, ...]]:
    """As ``undo_action``; matters that people changed since follow their events as they are now."""

    def mend(writer: Writer, matters: tuple[int, ...]) -> None:
        later = changed_since(writer.connection, action_id, writer.action)
        refresh(writer, sorted(later.intersection(matters)), docket)

    return undo_action(database, action_id, force=force, mend=mend)
