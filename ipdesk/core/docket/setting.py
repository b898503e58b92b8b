"""The law as this company uses it: built-in rules, its own, its closing days and lead times."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.reckoning import Docket, Leads
from ipdesk.store.schema.docket import own_closing, own_rule

DEFAULT = "*"
"""The row of ``own_rule`` that holds the lead times of every rule without its own."""
OF_KIND = "kind:"
"""Before the name of a kind: the row with the lead times of the rules of that kind."""


@dataclass(frozen=True, slots=True)
class OwnRule:
    """What the company says of a rule, or a rule of its own."""

    id: int
    rule: str
    kind: str
    switched_off: bool
    confirmed_by: str
    confirmed_on: date | None
    internal_days: int | None
    agent_days: int | None


def own_rules(connection: Connection) -> list[OwnRule]:
    """All of the company's words on rules, by rule id."""
    o = own_rule.c
    statement = select(
        o.id,
        o.rule,
        o.kind,
        o.switched_off,
        o.confirmed_by,
        o.confirmed_on,
        o.internal_days,
        o.agent_days,
    ).order_by(o.rule)
    return [OwnRule(*row) for row in connection.execute(statement)]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the company says of law and calendars, on a day: small enough to be sent elsewhere."""

    own: str  # definitions of its own rules, as JSON
    switched_off: frozenset[str]
    confirmed: frozenset[str]
    days: tuple[tuple[str, str, date], ...]  # kind, office, day
    leads: Leads
    today: date

    def docket(self) -> Docket:
        """The law with all that; the same one for the same words."""
        law = _law(self.own, self.switched_off, self.confirmed)
        return Docket(law, _calendars(self.days), self.today, self.leads)

    def gives(self, docket: Docket) -> bool:
        """Whether that is just this one."""
        made = self.docket()
        same = made.law is docket.law and made.calendars is docket.calendars
        return same and (made.today, made.leads) == (docket.today, docket.leads)


def docket_for(connection: Connection, today: date) -> Docket:
    """Everything that computing deadlines needs, with the company's own words."""
    return terms_for(connection, today).docket()


def terms_for(connection: Connection, today: date) -> Terms:
    """The company's own words as the file holds them."""
    words = own_rules(connection)
    definitions = select(own_rule.c.definition).where(own_rule.c.kind == "own")
    own = [d for d in connection.execute(definitions).scalars() if d]
    closings = select(own_closing.c.kind, own_closing.c.office, own_closing.c.day)
    days = connection.execute(closings.order_by(own_closing.c.id))
    return Terms(
        json.dumps(own, sort_keys=True),
        frozenset(w.rule for w in words if w.switched_off),
        frozenset(w.rule for w in words if w.confirmed_by),
        tuple((kind, office, day) for kind, office, day in days),
        _leads(words),
        today,
    )


@lru_cache(maxsize=4)
def _law(own: str, switched_off: frozenset[str], confirmed: frozenset[str]) -> Law:
    """Reading the rules takes a while, and they rarely change."""
    return Law.load(own_rules=json.loads(own), switched_off=switched_off, confirmed=confirmed)


@lru_cache(maxsize=4)
def _calendars(extra: tuple[tuple[str, str, date], ...]) -> Calendars:
    closed: dict[str, list[date]] = {}
    working: dict[str, list[date]] = {}
    complete: dict[str, list[int]] = {}
    for kind, office, day in extra:
        if kind == "complete":
            complete.setdefault(office, []).append(day.year)
        else:
            (working if kind == "working" else closed).setdefault(office, []).append(day)
    return Calendars.load(closed, working=working, complete=complete)


def _leads(words: list[OwnRule]) -> Leads:
    plain = Leads()
    general = next((w for w in words if w.rule == DEFAULT), None)
    internal = general.internal_days if general else None
    agent = general.agent_days if general else None
    plain = Leads(
        plain.internal if internal is None else internal, plain.agent if agent is None else agent
    )
    told = [
        (w.rule, w.internal_days, w.agent_days)
        for w in words
        if w.rule != DEFAULT and (w.internal_days is not None or w.agent_days is not None)
    ]
    own = tuple(w for w in told if not w[0].startswith(OF_KIND))
    kinds = tuple((r.removeprefix(OF_KIND), i, a) for r, i, a in told if r.startswith(OF_KIND))
    return Leads(plain.internal, plain.agent, own, kinds)


@dataclass(frozen=True, slots=True)
class OwnClosing:
    """A day that the company added to the calendar of an office, or a year it completed."""

    id: int
    office: str
    kind: str  # closed, working or complete
    day: date
    note: str


def own_closings(connection: Connection, office: str = "") -> list[OwnClosing]:
    """What the company added to calendars, by day; of one office or of all."""
    c = own_closing.c
    statement = select(c.id, c.office, c.kind, c.day, c.note).order_by(c.day, c.id)
    if office:
        statement = statement.where(c.office == office)
    return [OwnClosing(*row) for row in connection.execute(statement)]


def own_definition(connection: Connection, rule: str) -> dict[str, Any]:
    """A rule of the company as it was written; empty for a built-in one."""
    found = connection.execute(select(own_rule.c.definition).where(own_rule.c.rule == rule))
    return dict(found.scalar() or {})
