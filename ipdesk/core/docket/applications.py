"""All PCT applications that go on: their dates, and which offices are chosen, dropped or open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ipdesk.core.docket.holdings import load
from ipdesk.core.docket.queries import deadline_ids, deadline_rows
from ipdesk.core.docket.records import WAITING, DeadlineRow
from ipdesk.core.portfolio.model import MatterRow, Right
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.store.paging import ListQuery

_ENTRY = "-NPE"
COMMON = "PCT-NPE"


@dataclass(frozen=True, slots=True)
class Application:
    """A PCT application with its dates and what was decided about its offices."""

    row: MatterRow
    dates: tuple[DeadlineRow, ...]
    entered: tuple[str, ...]
    dropped: Mapping[str, str]  # office: why
    open: tuple[DeadlineRow, ...]  # limits of offices that nobody decided about, soonest first

    @property
    def limit(self) -> DeadlineRow | None:
        """The next limit to enter; of the common 30 months where no office is looked at."""
        return next(iter(self.open), None)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The offices behind the open limits, in the order of their limits."""
        return tuple(office_of(row) for row in self.open if row.rule != COMMON)


def applications(connection: Connection, today: date) -> list[Application]:
    """What has a date to come or waiting, or no date at all; by the next limit to enter."""
    query = ListQuery().choose("right", str(Right.PCT))
    going = [m for m in matter_rows(connection, matter_ids(connection, query)) if not m.ended]
    dates: dict[int, list[DeadlineRow]] = {}
    for found in deadline_rows(connection, deadline_ids(connection, query, today), today):
        dates.setdefault(found.matter_id, []).append(found)
    holdings = {h.id: h for h in load(connection, [m.id for m in going])}
    made = [
        _application(m, dates.get(m.id, []), holdings[m.id].children, holdings[m.id].facts)
        for m in going
        if goes_on(dates.get(m.id, []), today) or m.id not in dates
    ]
    return sorted(made, key=lambda a: (a.limit.due if a.limit else date.max, a.row.reference))


def _application(
    matter: MatterRow,
    dates: Iterable[DeadlineRow],
    children: frozenset[str],
    facts: Mapping[str, object],
) -> Application:
    told = facts.get("dropped")
    reasons = {o: str(why) for o, why in told.items() if why} if isinstance(told, dict) else {}
    dropped = {o: why for o, why in reasons.items() if o not in children}
    shown = precise(dates)
    waits = [
        row
        for row in shown
        if row.rule.endswith(_ENTRY)
        and row.state in WAITING
        and office_of(row) not in children
        and office_of(row) not in dropped
    ]
    return Application(
        matter,
        tuple(shown),
        tuple(sorted(children)),
        dropped,
        tuple(sorted(waits, key=lambda row: (row.due, row.rule))),
    )


def office_of(row: DeadlineRow) -> str:
    """The office of an entry limit."""
    return row.rule.removesuffix(_ENTRY)


def precise(rows: Iterable[DeadlineRow]) -> list[DeadlineRow]:
    """The dates of an application; the common 30 months only where no office says more."""
    found = list(rows)
    if any(row.rule.endswith(_ENTRY) and row.rule != COMMON for row in found):
        return [row for row in found if row.rule != COMMON]
    return found


def goes_on(rows: Iterable[DeadlineRow], today: date) -> bool:
    """Whether a date of the international phase or of an entry is still to come or waits."""
    return any(row.due >= today or row.state in WAITING for row in rows)
