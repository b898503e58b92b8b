"""The lead times of every rule without its own: days before the official date."""

from datetime import date

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.matters import refresh_all
from ipdesk.core.docket.setting import DEFAULT, docket_for
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import own_rule


def set_leads(database: Database, docket_today: date, internal: int, agent: int) -> Change:
    """Keep the days and compute every deadline again. Raises IpdeskError for a negative number."""
    if internal < 0 or agent < 0:
        raise IpdeskError(say("Lead times are whole days, 0 or more."))
    values = {"internal_days": internal, "agent_days": agent}
    with database.write(say("Changed the lead times")) as writer:
        found = select(own_rule.c.id).where(own_rule.c.rule == DEFAULT)
        known = writer.connection.execute(found).scalar()
        if known is None:
            writer.insert(own_rule, {"rule": DEFAULT, "kind": "setting", **values})
        else:
            writer.update(own_rule, int(known), values)
        action = writer.action
    with database.read() as connection:
        docket = docket_for(connection, docket_today)
    refresh_all(database, docket)
    topics = (Topic.SETTINGS, Topic.LAW, Topic.DEADLINES, Topic.MATTERS)
    return Change.of(*topics, action=action)
