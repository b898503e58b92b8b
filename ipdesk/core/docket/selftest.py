"""The self-test at start and of ``ipdesk check``: a docket that failed must not look quiet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.calendars import Status as CalendarStatus
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.queries import attention
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.docket.visits import is_fresh
from ipdesk.store import migrate
from ipdesk.store.backups import last_backup
from ipdesk.store.database import Database, integrity
from ipdesk.store.schema.docket import reckoned
from ipdesk.store.schema.portfolio import matter, search_text


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was tested; ``heed``: nothing is broken, and somebody has to look at it."""

    id: str
    name: Message
    ok: bool
    said: Message
    detail: tuple[str, ...] = ()
    heed: bool = False


Tested = Callable[[Connection, date], Part]
"""A part that a bay above this one adds."""


@dataclass(frozen=True, slots=True)
class SelfTest:
    """All parts; broken when one is."""

    parts: tuple[Part, ...]

    @property
    def ok(self) -> bool:
        return all(p.ok for p in self.parts)


def self_test(
    database: Database, today: date, more: Iterable[Tested] = (), *, visited: bool = False
) -> SelfTest:
    """Database, tables, rules, calendars, visits, last backup, health of the data; then *more*.

    After the day's visit (*visited*) a matter that it left out is a defect.
    """
    parts = [_schema(database)]
    with database.read() as connection:
        parts.append(_integrity(connection))
        parts.append(_rules())
        parts.append(_calendars(today))
        parts.append(_visits(connection, today, must=visited))
        parts.append(_health(connection, today))
        parts.append(_search(connection))
        parts += [tested(connection, today) for tested in more]
    parts.append(_backup(database))
    return SelfTest(tuple(parts))


def _schema(database: Database) -> Part:
    found = migrate.revision(database)
    ok = found == migrate.HEAD
    said = say("at {found}", found=found) if ok else say("at {found}, not at head", found=found)
    return Part("schema", say("Tables"), ok, said)


def _integrity(connection: Connection) -> Part:
    broken = integrity(connection)
    said = say("{n} defects; restore a backup", n=len(broken)) if broken else say("sound")
    return Part("integrity", say("Database file"), not broken, said, tuple(broken[:20]))


def _rules() -> Part:
    name = say("Rules of law")
    try:
        rules = Law.load().rules()
    except (IpdeskError, OSError, ValueError) as error:
        return Part("rules", name, False, say("could not be loaded: {why}", why=str(error)))
    offices: dict[str, int] = {}
    for rule in rules:
        offices[rule.office] = offices.get(rule.office, 0) + 1
    detail = tuple(f"{office}: {n}" for office, n in sorted(offices.items()))
    said = say("{n} rules of {offices} offices", n=len(rules), offices=len(offices))
    return Part("rules", name, bool(rules), said, detail)


def _calendars(today: date) -> Part:
    calendars = Calendars.load()
    missing, detail = [], []
    for office in calendars.offices():
        now, following = (calendars.status(office, today.year + k) for k in (0, 1))
        detail.append(f"{office}: {today.year} {now}, {today.year + 1} {following}")
        if CalendarStatus.UNKNOWN in (now, following):
            missing.append(office)
    said = (
        say("no days for this or next year: {offices}", offices=", ".join(missing))
        if missing
        else say("this and next year covered for {n} offices", n=len(detail))
    )
    return Part("calendars", say("Calendars"), not missing, said, tuple(detail))


def _visits(connection: Connection, today: date, *, must: bool) -> Part:
    """Whether every open matter was computed by today's law and for this day."""
    r, live = reckoned.c, matter.c.archived.is_(False)
    every = connection.execute(select(func.count()).select_from(matter).where(live)).scalar_one()
    fresh = is_fresh(docket_for(connection, today))
    done = select(func.count()).select_from(matter.join(reckoned, r.id == matter.c.id))
    n = connection.execute(done.where(live, fresh)).scalar_one()
    left = select(matter.c.reference).where(
        live, ~select(r.id).where(r.id == matter.c.id, fresh).exists()
    )
    names = tuple(connection.execute(left.order_by(matter.c.reference).limit(20)).scalars())
    said = say("{n} of {m} open matters are computed for this day", n=n, m=every)
    return Part("visits", say("Visit"), n == every or not must, said, names, heed=n < every)


def _health(connection: Connection, today: date) -> Part:
    counts = attention(connection, today)
    said = say(
        "{undocketed} matters with nothing docketed, {missing} dates cannot be computed, "
        "{unchecked} matters with unchecked dates",
        undocketed=counts.undocketed,
        missing=counts.cannot_compute,
        unchecked=counts.unchecked,
    )
    return Part("data", say("Data"), True, said)


def _search(connection: Connection) -> Part:
    matters = connection.execute(select(func.count()).select_from(matter)).scalar_one()
    lines = connection.execute(select(func.count()).select_from(search_text)).scalar_one()
    said = say("{n} of {m} matters can be found by searching", n=lines, m=matters)
    return Part("search", say("Search"), lines == matters, said)


def _backup(database: Database) -> Part:
    name = say("Last backup")
    if database.path is None:
        return Part("backup", name, True, say("the server keeps its own"))
    found = last_backup(database.path)
    if found is None:
        return Part("backup", name, True, say("none yet"))
    said = say("{when}, readable", when=found.at) if found.ok else say("cannot be read back")
    return Part("backup", name, found.ok, said, (str(found.path),))
