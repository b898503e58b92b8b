"""Bringing stored deadlines, statuses and dates in line with the events; the only place that does.

Untouched rows follow the events. Rows that a person submitted, confirmed, set aside, extended or
typed keep what was done; when their rule no longer asks for them they end as *no longer needed*.
New rows are made of what asks for attention until the horizon (see ``reckoned``).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import delete as sql_delete

from ipdesk.base.bulk import no_collection
from ipdesk.core.docket.answers import Answer, Stored, Task
from ipdesk.core.docket.elsewhere import answered, forms_for
from ipdesk.core.docket.holdings import Source, reached_by, sources
from ipdesk.core.docket.reckoned import COLUMNS, Reckoned
from ipdesk.core.docket.reckoning import Docket, Key, key_of
from ipdesk.core.docket.records import WAITING
from ipdesk.core.docket.stamp import stamp_of
from ipdesk.core.docket.told import is_told, told, told_by_id
from ipdesk.core.docket.visits import is_fresh
from ipdesk.store.paging import among, chunks
from ipdesk.store.rows import insert_columns
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
    parts = _tasks(writer.connection, ids, docket, changed_only)
    _carry_out(writer, docket, parts, len(ids), progress)


def refresh_new(
    writer: Writer,
    batches: Iterable[Sequence[int]],
    docket: Docket,
    expected: int,
    *,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Compute new matters while *batches* still makes them, so that all cores have work.

    Then the matters that these reach are computed: parents of national phases, and those whose
    priority is claimed. *expected* is how many come, as far as that is known.
    """
    connection = writer.connection
    reached: set[int] = set()

    def parts() -> Iterator[tuple[int, list[Task]]]:
        for ids in batches:
            reached.update(reached_by(connection, ids))
            for part in chunks(ids, _AT_ONCE):
                yield len(part), [Task(source) for source in sources(connection, part)]

    _carry_out(writer, docket, parts(), expected, progress)
    refresh(writer, sorted(reached), docket)


def _carry_out(
    writer: Writer,
    docket: Docket,
    parts: Iterator[tuple[int, list[Task]]],
    matters: int,
    progress: Callable[[int], None] | None,
) -> None:
    done = 0
    found = answered(writer.connection, docket, parts, matters)
    with no_collection(), closing(found):
        for size, tasks, answers in found:
            if answers:
                _write(writer, docket, tasks, answers)
            done += size
            if progress:
                progress(done)


def _tasks(
    connection: Connection, ids: Sequence[int], docket: Docket, changed_only: bool
) -> Iterator[tuple[int, list[Task]]]:
    for part in chunks(ids, _AT_ONCE):
        found = sources(connection, part)
        if changed_only:
            found = _changed(connection, found, docket)
        wanted = [source.id for source in found]
        stored = _stored(connection, wanted) if found else {}
        waiting = _waiting(connection, wanted) if found else {}
        yield (
            len(part),
            [
                Task(one, tuple(stored.get(one.id, ())), tuple(waiting.get(one.id, ())))
                for one in found
            ],
        )


def _changed(connection: Connection, found: list[Source], docket: Docket) -> list[Source]:
    r = reckoned.c
    of_these = among(r.id, [source.id for source in found])
    statement = select(r.id, r.print).where(of_these, is_fresh(docket))
    known: dict[int, int] = {i: told for i, told in connection.execute(statement)}
    return [source for source in found if known.get(source.id) != source.print()]


def _stored(connection: Connection, ids: Sequence[int]) -> dict[int, list[Stored]]:
    found: dict[int, list[Stored]] = {}
    columns = [deadline.c[name] for name in Stored._fields]
    for row in connection.execute(select(*columns).where(among(deadline.c.matter_id, ids))):
        one = Stored._make(row)
        found.setdefault(one.matter_id, []).append(one)
    return found


def _waiting(
    connection: Connection, ids: Sequence[int]
) -> dict[int, list[tuple[int, dict[str, Any]]]]:
    found: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    of_these = among(pending.c.matter_id, ids)
    for row in connection.execute(select(pending).where(of_these)).mappings():
        values = dict(row)
        number = values.pop("id")
        found.setdefault(row["matter_id"], []).append((number, values))
    return found


def _write(
    writer: Writer, docket: Docket, tasks: Sequence[Task], answers: Sequence[Answer]
) -> None:
    writer.delete(deadline, [i for one in answers for i in one.gone])
    writer.update_many(deadline, [change for one in answers for change in one.changed])
    add_rows(writer, [row for one in answers for row in one.rows])
    writer.delete(pending, [i for one in answers for i in one.asked[0]])
    writer.insert_many(pending, [row for one in answers for row in one.asked[1]])
    writer.update_many(
        matter,
        [(one.matter_id, one.after) for one in answers if one.after],
        known={one.matter_id: one.before for one in answers if one.after},
    )
    _note(writer, docket, tasks, answers)


def add_rows(writer: Writer, rows: Sequence[tuple[Any, ...]]) -> range:
    """New rows of ``deadline``, with the bound values of ``COLUMNS``; their ids."""
    if not rows:
        return range(0)
    owners = {row[0] for row in rows}
    owner = owners.pop() if len(owners) == 1 else None
    return writer.insert_bound(deadline, COLUMNS, rows, owner=owner)


def _note(writer: Writer, docket: Docket, tasks: Sequence[Task], answers: Sequence[Answer]) -> None:
    """When and from what each matter was computed, and what of it the file does not hold."""
    stamp = stamp_of(docket)
    rows = [
        (
            one.matter_id,
            docket.today,
            one.valid_before,
            one.until,
            stamp,
            task.source.print(),
            one.dates,
            one.past,
        )
        for task, one in zip(tasks, answers, strict=True)
    ]
    for part in chunks(rows):
        of_these = among(reckoned.c.id, [row[0] for row in part])
        writer.connection.execute(sql_delete(reckoned).where(of_these))
    insert_columns(writer.connection, reckoned, _NOTED, list(zip(*rows, strict=True)))


_NOTED = ("id", "on", "valid_before", "until", "stamp", "print", "dates", "past")


def _keys(connection: Connection, ids: Sequence[int]) -> dict[int, dict[Key, Stored]]:
    found = _stored(connection, ids)
    return {i: {row.key: row for row in rows} for i, rows in found.items()}


def keep(writer: Writer, docket: Docket, wanted: Mapping[int, Collection[Key]]) -> None:
    """Make rows of dates by law that the file does not hold yet, so that they can be worked on."""
    forms = forms_for(docket, writer.connection.dialect)
    for part in chunks(list(wanted)):
        stored = _keys(writer.connection, part)
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
        for matter_id, rows in _keys(writer.connection, part).items()
        for key, row in rows.items()
    }
    places = {i: stored.get((one.holding.id, key_of(one.found))) for i, one in known.items()}
    found = [places.get(i) if is_told(i) else i for i in ids]
    return [i for i in found if i is not None]
