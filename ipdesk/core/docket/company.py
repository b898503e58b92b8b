"""How the company works, for everybody who opens its file: choices by name."""

from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.i18n import say
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import company_choice

SECOND_PERSON = "second_person"
"""Whether events are checked by somebody other than the person who entered them."""


def chosen(connection: Connection, name: str) -> Any:
    """The value of a choice; None when nobody chose."""
    found = select(company_choice.c.value).where(company_choice.c.name == name)
    return connection.execute(found).scalar()


def needs_second_person(connection: Connection) -> bool:
    """Whether a second person checks; a team of one leaves it off."""
    return bool(chosen(connection, SECOND_PERSON))


def choose(database: Database, name: str, value: Any) -> Change:
    """Keep a choice of the company."""
    with database.write(say("Changed a choice of the company")) as writer:
        row = select(company_choice.c.id).where(company_choice.c.name == name)
        known = writer.connection.execute(row).scalar()
        if known is None:
            writer.insert(company_choice, {"name": name, "value": value})
        else:
            writer.update(company_choice, int(known), {"value": value})
        topics = (Topic.SETTINGS, Topic.DEADLINES, Topic.EVENTS)
        return Change.of(*topics, action=writer.action)
