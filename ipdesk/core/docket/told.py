"""Dates that the law gives and the file does not hold, told from the records when they are read.

Done, past and informative dates are never stored, nor are annuities of years far ahead. They carry
negative ids that lead back to them; who works on one makes it a row of the file.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from zlib import crc32

from sqlalchemy import Connection, select

from ipdesk.base.bulk import no_collection
from ipdesk.base.i18n import Bilingual
from ipdesk.core.docket.holdings import Holding, load
from ipdesk.core.docket.model import Deadline
from ipdesk.core.docket.reckoned import ACTED, COLUMNS, Forms, Reckoned
from ipdesk.core.docket.reckoning import Docket, Key, key_of
from ipdesk.core.docket.records import DeadlineRow, State
from ipdesk.core.docket.setting import docket_for
from ipdesk.store.paging import chunks
from ipdesk.store.schema.docket import deadline, reckoned
from ipdesk.store.schema.portfolio import matter

_SHIFT = 32
_MATTER = "reference right office title title_en title_zh".split()
_LEFT = {name: place for place, name in enumerate(COLUMNS)}


class Told(NamedTuple):
    """A date that is not stored."""

    id: int
    holding: Holding
    found: Deadline
    state: State


def kept_until(connection: Connection) -> date:
    """The day until which the file holds every date of every living matter that asks for something.

    It moves on with the daily recomputation; where that was missed, later days are computed.
    """
    statement = (
        select(reckoned.c.until)
        .join(matter, matter.c.id == reckoned.c.id)
        .where(matter.c.archived.is_(False))
        .order_by(reckoned.c.until)
        .limit(1)
    )
    return connection.execute(statement).scalar() or date.max


def told(connection: Connection, ids: Sequence[int], docket: Docket) -> Iterator[Told]:
    """All dates of these matters that the file does not hold."""
    d = deadline.c
    for part in chunks(ids):
        have: dict[int, dict[Key, str]] = {}
        statement = select(d.matter_id, d.rule, d.n, d.event_id, d.state).where(
            d.matter_id.in_(part), d.manual.is_(False)
        )
        for matter_id, rule, n, event_id, state in connection.execute(statement):
            have.setdefault(matter_id, {})[rule, n or 0, event_id or 0] = state
        with no_collection():
            found = [(h, _reckoned(h, docket, have.get(h.id, {}))) for h in load(connection, part)]
        for holding, now in found:
            yield from _of_one(holding, now, have.get(holding.id, {}))


def _reckoned(holding: Holding, docket: Docket, have: Mapping[Key, str]) -> Reckoned:
    acted = {key: state for key, state in have.items() if state in ACTED}
    return Reckoned(holding, docket, whole=True, acted=acted)


def _of_one(holding: Holding, now: Reckoned, have: Collection[Key]) -> Iterator[Told]:
    taken: set[int] = set()
    for found, state in now.dates:
        key = key_of(found)
        number = crc32(repr(key).encode())
        while number in taken:
            number += 1
        taken.add(number)
        if key not in have:
            yield Told(-((holding.id << _SHIFT) + number), holding, found, state)


def is_told(deadline_id: int) -> bool:
    """Whether the id leads to a date that the file does not hold."""
    return deadline_id < 0


def told_by_id(connection: Connection, ids: Iterable[int], docket: Docket) -> dict[int, Told]:
    """The dates behind negative ids; those that the records no longer give are missing."""
    wanted = {i for i in ids if is_told(i)}
    matters = sorted({-i >> _SHIFT for i in wanted})
    return {one.id: one for one in told(connection, matters, docket) if one.id in wanted}


def told_rows(
    connection: Connection, found: Sequence[Told], docket: Docket
) -> dict[int, DeadlineRow]:
    """The same dates as rows, by id."""
    m = matter.c
    matters: dict[int, tuple[str, ...]] = {}
    for part in chunks(list({one.holding.id for one in found})):
        statement = select(m.id, *(m[name] for name in _MATTER)).where(m.id.in_(part))
        matters.update((row[0], tuple(row[1:])) for row in connection.execute(statement))
    forms = Forms(docket)
    return {one.id: _row(one, forms, matters[one.holding.id]) for one in found}


def _row(one: Told, forms: Forms, names: tuple[str, ...]) -> DeadlineRow:
    values = forms.row(one.holding, one.found, one.state)
    event = values[_LEFT["event_id"]]
    taken: dict[str, Any] = {
        name: values[place]
        for name, place in _LEFT.items()
        if name not in ("label_en", "label_zh", "basis")
    }
    taken.update(zip(_MATTER, names, strict=True))
    return DeadlineRow(
        id=one.id,
        **taken,
        label=Bilingual(values[_LEFT["label_en"]], values[_LEFT["label_zh"]]),
        basis=one.found.basis,
        reason="",
        submitted_on=None,
        submitted_by="",
        receipt="",
        confirmed_on=None,
        confirmed_by="",
        extended_to=None,
        checked_by="",
        manual=False,
        note="",
        unchecked=any(e.id == event and e.unchecked for e in one.holding.events),
    )


def rows_not_kept(
    connection: Connection, ids: Sequence[int], docket: Docket | None = None
) -> list[DeadlineRow]:
    """All dates of these matters that the file does not hold, as rows."""
    docket = docket or docket_for(connection, date.today())
    found = list(told(connection, ids, docket))
    return list(told_rows(connection, found, docket).values())
