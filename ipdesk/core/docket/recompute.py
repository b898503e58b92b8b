"""Bringing stored deadlines, statuses and dates in line with the events; the only place that does.

Untouched rows follow the events. Rows that a person submitted, confirmed, set aside, extended or
typed keep what was done; when their rule no longer asks for them they end as *no longer needed*.
New rows are made of what asks for attention until the horizon (see ``reckoned``).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy import delete as sql_delete

from ipdesk.base.bulk import no_collection
from ipdesk.core.docket.holdings import Source, sources
from ipdesk.core.docket.model import Pending
from ipdesk.core.docket.reckoned import (
    COLUMNS,
    FOLLOWING,
    FORM,
    Forms,
    Key,
    Reckoned,
    horizon,
    kept,
)
from ipdesk.core.docket.reckoning import Docket, key_of
from ipdesk.core.docket.records import WAITING, State
from ipdesk.core.docket.stamp import stamp_of
from ipdesk.core.docket.told import is_told, told, told_by_id
from ipdesk.core.portfolio.model import ENDED
from ipdesk.store.paging import among, chunks
from ipdesk.store.rows import binder, insert_columns
from ipdesk.store.schema.docket import deadline, pending, reckoned
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

_AT_ONCE = 500  # matters


def refresh(
    writer: Writer,
    ids: Sequence[int],
    docket: Docket,
    *,
    progress: Callable[[int], None] | None = None,
    changed_only: bool = False,
) -> None:
    """Recompute these matters: deadlines, what cannot be computed, status, dates, next due day.

    *changed_only* passes over those of which neither the records nor the law nor the day can
    have changed anything since they were computed last.
    """
    done = 0
    forms = _forms(writer, docket)
    for part in chunks(ids, _AT_ONCE):
        found = sources(writer.connection, part)
        if changed_only:
            found = _changed(writer.connection, found, docket)
        if found:
            _refresh(writer, found, docket, forms)
        done += len(part)
        if progress:
            progress(done)


def _forms(writer: Writer, docket: Docket) -> Forms:
    return Forms(docket, binder(writer.connection, deadline, FORM))


def _refresh(writer: Writer, found: Sequence[Source], docket: Docket, forms: Forms) -> None:
    ids = [source.id for source in found]
    stored = _stored(writer.connection, ids)
    with no_collection():
        news = [_News(source, docket, stored.get(source.id, {})) for source in found]
        _write(writer, news, _pending_ids(writer.connection, ids), forms)


def _changed(connection: Connection, found: list[Source], docket: Docket) -> list[Source]:
    r = reckoned.c
    stamp, today = stamp_of(docket), docket.today
    statement = select(r.id, r.print).where(
        among(r.id, [source.id for source in found]),
        r.stamp == stamp,
        r.on <= today,
        r.valid_before > today,
    )
    known: dict[int, int] = {i: told for i, told in connection.execute(statement)}
    return [source for source in found if known.get(source.id) != source.print()]


class _News:
    """What one matter looks like after the recomputation, beside what the file holds of it."""

    __slots__ = ("now", "source", "stored")

    def __init__(self, source: Source, docket: Docket, stored: dict[Key, Any]) -> None:
        last = horizon(docket.today)
        far = any(
            not o.manual and (o.due > last or (o.start or last) > last) for o in stored.values()
        )
        self.source = source
        self.stored = stored
        self.now = Reckoned(source.holding(), docket, whole=far)

    def past(self) -> int:
        """How many dates were over before our records, and nobody has looked at them since."""
        past = [d for d, state in self.now.dates if state is State.PAST]
        if not self.stored:
            return len(past)
        seen = (self.stored.get(key_of(d)) for d in past)
        return len(past) - sum(old is not None and kept(old) for old in seen)

    def pendings(self) -> list[dict[str, Any]]:
        """What a person could supply; an ended matter asks for nothing."""
        now, matter_id = self.now, self.source.id
        if now.status in ENDED:
            return []
        rows = [_pending_row(matter_id, p) for p in now.outcome.pending if p.essential]
        for problem in now.outcome.problems:
            rows.append(
                {
                    "matter_id": matter_id,
                    "rule": "",
                    "label_en": "Contradiction",
                    "label_zh": "信息矛盾",
                    "waiting_for": "problem",
                    "why": [problem.to_json()],
                }
            )
        return rows


_ID, _RULE, _N, _EVENT, _MATTER, _FOLLOWS = 0, 1, 2, 3, 4, 8
_READ = (
    "id",
    "rule",
    "n",
    "event_id",
    "matter_id",
    "manual",
    "extended_to",
    "checked_by",
    *FOLLOWING,
)


def _stored(connection: Connection, ids: Sequence[int]) -> dict[int, dict[Key, Row[Any]]]:
    found: dict[int, dict[Key, Row[Any]]] = {}
    columns = [deadline.c[name] for name in _READ]
    for row in connection.execute(select(*columns).where(among(deadline.c.matter_id, ids))):
        key = (row[_RULE], row[_N] or 0, row[_EVENT] or 0)
        if row.manual:
            key = ("", row[_ID], 0)
        found.setdefault(row[_MATTER], {})[key] = row
    return found


def _pending_ids(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in connection.execute(select(pending).where(among(pending.c.matter_id, ids))):
        found.setdefault(row.matter_id, []).append(row)
    return found


def _pending_row(matter_id: int, waiting: Pending) -> dict[str, Any]:
    return {
        "matter_id": matter_id,
        "rule": waiting.rule,
        "label_en": waiting.label.en,
        "label_zh": waiting.label.zh,
        "waiting_for": waiting.waiting_for,
        "why": [w.to_json() for w in waiting.why],
    }


def _write(
    writer: Writer, news: list[_News], old_pending: dict[int, list[Any]], forms: Forms
) -> None:
    rows: list[tuple[Any, ...]] = []
    changed: list[tuple[int, dict[str, Any]]] = []
    gone: list[int] = []
    for one in news:
        if one.stored:
            _compare(one, forms, changed, gone)
        for d, state in one.now.asking():
            if key_of(d) not in one.stored:
                rows.append(forms.bound(one.now.holding, d, state))
    writer.delete(deadline, gone)
    writer.update_many(deadline, changed)
    add_rows(writer, rows)
    _write_pending(writer, news, old_pending)
    values = [(one.source.id, one.now.matter_values(one.stored)) for one in news]
    writer.update_many(matter, values, known={one.source.id: one.source.before() for one in news})
    _note(writer, news)


def _compare(
    one: _News, forms: Forms, changed: list[tuple[int, dict[str, Any]]], gone: list[int]
) -> None:
    """What becomes of the rows that the file holds."""
    now = one.now.by_key()
    for key, old in one.stored.items():
        if old.manual:
            continue
        if key in now:
            new = forms.row(one.now.holding, *now[key])[-len(FOLLOWING) :]
            if not kept(old) and tuple(old[_FOLLOWS:]) != new:
                told = zip(FOLLOWING, old[_FOLLOWS:], new, strict=True)
                differs = {c: n for c, o, n in told if o != n}
                if old.checked_by and not differs.keys().isdisjoint(("due", "raw")):
                    differs |= {"checked_by": "", "checked_on": None}  # another day was checked
                changed.append((old.id, differs))
        elif one.now.contradicted:
            continue  # dates stay as they were until the contradiction is resolved
        elif not kept(old):
            gone.append(old.id)
        elif old.state == State.SUBMITTED:
            changed.append((old.id, {"state": str(State.OVERTAKEN)}))


def add_rows(writer: Writer, rows: Sequence[tuple[Any, ...]]) -> range:
    """New rows of ``deadline``, with the bound values of ``COLUMNS``; their ids."""
    if not rows:
        return range(0)
    owners = {row[0] for row in rows}
    owner = owners.pop() if len(owners) == 1 else None
    return writer.insert_bound(deadline, COLUMNS, rows, owner=owner)


def _note(writer: Writer, news: Sequence[_News]) -> None:
    """When and from what each matter was computed, and what of it the file does not hold."""
    stamp = stamp_of(news[0].now.docket)
    rows = [
        (
            one.source.id,
            one.now.docket.today,
            one.now.valid_before(),
            one.now.horizon,
            stamp,
            one.source.print(),
            len(one.now.dates),
            one.past(),
        )
        for one in news
    ]
    for part in chunks(rows):
        of_these = among(reckoned.c.id, [row[0] for row in part])
        writer.connection.execute(sql_delete(reckoned).where(of_these))
    insert_columns(writer.connection, reckoned, _NOTED, list(zip(*rows, strict=True)))


_NOTED = ("id", "on", "valid_before", "until", "stamp", "print", "dates", "past")


def _write_pending(writer: Writer, news: list[_News], old_pending: dict[int, list[Any]]) -> None:
    fresh: list[dict[str, Any]] = []
    stale: list[int] = []
    for one in news:
        wanted = one.pendings()
        old = old_pending.get(one.source.id, [])
        have = [{c: getattr(o, c) for c in wanted[0]} if wanted else {} for o in old]
        if wanted != have:
            stale += [o.id for o in old]
            fresh += wanted
    writer.delete(pending, stale)
    writer.insert_many(pending, fresh)


def keep(writer: Writer, docket: Docket, wanted: Mapping[int, Collection[Key]]) -> None:
    """Make rows of dates by law that the file does not hold yet, so that they can be worked on."""
    forms = _forms(writer, docket)
    for part in chunks(list(wanted)):
        stored = _stored(writer.connection, part)
        rows = []
        for source in sources(writer.connection, part):
            holding = source.holding()
            now = Reckoned(holding, docket, whole=True).by_key()
            for key in wanted[source.id]:
                if key in now and key not in stored.get(source.id, {}):
                    rows.append(forms.bound(holding, *now[key]))
        add_rows(writer, rows)


def keep_numbers(writer: Writer, docket: Docket, pairs: Iterable[tuple[int, int | None]]) -> None:
    """The same for everything of these matters that bears these numbers, such as an annuity."""
    numbers: dict[int, set[int]] = {}
    for matter_id, n in pairs:
        if n is not None:
            numbers.setdefault(matter_id, set()).add(n)
    wanted: dict[int, list[Key]] = {}
    for part in chunks(list(numbers)):
        for one in told(writer.connection, part, docket):
            if one.found.n in numbers[one.holding.id] and one.state in WAITING:
                wanted.setdefault(one.holding.id, []).append(key_of(one.found))
    keep(writer, docket, wanted)


def kept_ids(writer: Writer, docket: Docket, ids: Sequence[int]) -> list[int]:
    """Ids of rows of the file for these dates; those that it did not hold are written now."""
    known = told_by_id(writer.connection, ids, docket)
    wanted: dict[int, list[Key]] = {}
    for one in known.values():
        wanted.setdefault(one.holding.id, []).append(key_of(one.found))
    keep(writer, docket, wanted)
    stored = {
        (matter_id, key): row.id
        for part in chunks(list(wanted))
        for matter_id, rows in _stored(writer.connection, part).items()
        for key, row in rows.items()
    }
    places = {i: stored.get((one.holding.id, key_of(one.found))) for i, one in known.items()}
    found = [places.get(i) if is_told(i) else i for i in ids]
    return [i for i in found if i is not None]
