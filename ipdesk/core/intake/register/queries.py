"""Reading comparisons: differences as they stand today, what one side lacks, files compared."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from ipdesk.core.intake.holdings import holdings_of
from ipdesk.core.intake.register.comparing import agrees, ours_of
from ipdesk.core.intake.register.looking import parties_of
from ipdesk.core.intake.register.model import (
    DifferenceRow,
    LackRow,
    RegisterFile,
    Scope,
    Side,
    Stand,
    restored,
)
from ipdesk.core.portfolio.filters import found_by
from ipdesk.core.portfolio.people import known_parties, party_key
from ipdesk.store.paging import ListQuery, chunks, facet_tests, id_array
from ipdesk.store.schema.comparison import register_difference, register_file, register_gap
from ipdesk.store.schema.history import action, entry
from ipdesk.store.schema.portfolio import matter

_D, _G, _M, _F = register_difference.c, register_gap.c, matter.c, register_file.c
_NAMED = "reference right office title title_en title_zh".split()
_DECIDED = "state reason decided_by decided_on source sheet line".split()
_SORTS = {
    "reference": _M.sort_reference,
    "field": _D.field,
    "office": _M.office,
    "right": _M.right,
    "state": _D.state,
    "source": _D.source,
    "at": _D.register_id,
}
_LACK_SORTS = {
    "number": _G.number,
    "title": _G.title,
    "office": _G.office,
    "right": _G.right,
    "filing_date": _G.filing_date,
    "state": _G.state,
    "source": _G.source,
    "reference": _M.sort_reference,
    "at": _G.register_id,
}
_MOVED = ("matter", "matter_party", "priority", "event")


# -- differences ----------------------------------------------------------------------------------
def agreed_since(connection: Connection) -> frozenset[int]:
    """Open differences whose matter was edited meanwhile and agrees with the register now."""
    changed = (
        select(entry.c.id)
        .where(
            entry.c.matter_id == _D.matter_id,
            entry.c.action_id > _D.compared,
            entry.c.table_name.in_(_MOVED),
        )
        .exists()
    )
    rows = connection.execute(
        select(_D.id, _D.matter_id, _D.field, _D.theirs).where(_D.state == Stand.OPEN, changed)
    ).all()
    return _agreeing(connection, rows)


def _agreeing(connection: Connection, rows: Sequence[Any]) -> frozenset[int]:
    if not rows:
        return frozenset()
    holdings = {h.id: h for h in holdings_of(connection, (r.matter_id for r in rows))}
    names = {n for r in rows if isinstance(r.theirs, list) for n in r.theirs if isinstance(n, str)}
    parties = {
        **parties_of(connection, holdings.values()),
        **known_parties(connection, sorted({party_key(n) for n in names} - {""})),
    }
    return frozenset(
        r.id
        for r in rows
        if r.matter_id in holdings
        and agrees(r.field, restored(r.field, r.theirs), holdings[r.matter_id], parties)
    )


def _conditions(query: ListQuery, without: str = "") -> list[ColumnElement[bool]]:
    columns = {
        "field": _D.field,
        "office": _M.office,
        "right": _M.right,
        "state": _D.state,
        "source": _D.source,
    }
    where = [_M.archived.is_(False), *facet_tests(query, columns, without)]
    if matters := query.chosen("matter"):
        where.append(_D.matter_id.in_([int(v) for v in matters]))
    if query.search.strip():
        where.append(found_by(query.search))
    return where


def difference_ids(connection: Connection, query: ListQuery) -> "array[int]":
    """Ids of the differences that answer the question; by matter unless sorted otherwise."""
    column = _SORTS.get(query.sort, _M.sort_reference)
    first = column.desc() if query.descending else column.asc()
    statement = (
        select(_D.id)
        .join(matter, _M.id == _D.matter_id)
        .where(*_conditions(query))
        .order_by(first, _M.sort_reference, _D.field, _D.id)
    )
    found = id_array(connection, statement)
    if query.chosen("state") == (Stand.OPEN,):
        gone = agreed_since(connection)
        if gone:
            found = array("q", (i for i in found if i not in gone))
    return found


def difference_rows(connection: Connection, ids: Iterable[int]) -> list[DifferenceRow]:
    """The differences of these ids in the order asked, with our values of now."""
    wanted = list(ids)
    found: dict[int, DifferenceRow] = {}
    for part in chunks(wanted):
        found.update(_difference_rows(connection, part))
    return [found[i] for i in wanted if i in found]


def _difference_rows(connection: Connection, ids: Sequence[int]) -> dict[int, DifferenceRow]:
    statement = (
        select(
            _D.id,
            _D.matter_id,
            _D.field,
            _D.theirs,
            *(_D[n] for n in _DECIDED),
            *(_M[n] for n in _NAMED),
            _F.file,
            _F.at,
        )
        .join(matter, _M.id == _D.matter_id)
        .join(register_file, _F.id == _D.register_id)
        .where(_D.id.in_(ids))
    )
    rows = connection.execute(statement).all()
    holdings = {h.id: h for h in holdings_of(connection, (r.matter_id for r in rows))}
    agreed = _agreeing(connection, [r for r in rows if r.state == Stand.OPEN])
    found = {}
    for r in rows:
        values = r._asdict()
        values["ours"] = ours_of(holdings[r.matter_id], r.field)
        values["theirs"] = restored(r.field, r.theirs)
        values["state"] = str(Stand.SETTLED) if r.id in agreed else r.state
        found[r.id] = DifferenceRow(**values)
    return found


def differing(connection: Connection, matters: Iterable[int]) -> dict[int, int]:
    """Matter → its open differences, for those of these matters that have any."""
    found: Counter[int] = Counter()
    for part in chunks(list(matters)):
        rows = connection.execute(
            select(_D.id, _D.matter_id, _D.field, _D.theirs).where(
                _D.matter_id.in_(part), _D.state == Stand.OPEN
            )
        ).all()
        agreed = _agreeing(connection, rows)
        found.update(r.matter_id for r in rows if r.id not in agreed)
    return dict(found)


def difference_counts(
    connection: Connection, query: ListQuery, facet: str
) -> list[tuple[str, int]]:
    """The values of a facet with the number of differences, the most frequent first."""
    columns = {
        "field": _D.field,
        "office": _M.office,
        "right": _M.right,
        "state": _D.state,
        "source": _D.source,
    }
    column = columns[facet]
    statement = (
        select(column, func.count())
        .select_from(register_difference.join(matter, _M.id == _D.matter_id))
        .where(*_conditions(query, facet))
        .group_by(column)
    )
    gone = agreed_since(connection)
    if gone and query.chosen("state") == (Stand.OPEN,) and facet != "state":
        statement = statement.where(_D.id.not_in(list(gone)[:20_000]))
    pairs = [(str(value), int(n)) for value, n in connection.execute(statement)]
    return sorted(pairs, key=lambda p: (-p[1], p[0]))


# -- what one side lacks --------------------------------------------------------------------------
def _lacking(query: ListQuery, without: str = "") -> list[ColumnElement[bool]]:
    """Open ones only where the other side still lacks it."""
    columns = {
        "side": _G.kind,
        "office": _G.office,
        "right": _G.right,
        "state": _G.state,
        "source": _G.source,
    }
    where = facet_tests(query, columns, without)
    if query.search.strip():
        words = query.search.strip()
        where.append(
            or_(
                _G.title.contains(words, autoescape=True),
                _G.number.contains(words, autoescape=True),
                _G.matter_id.in_(select(_M.id).where(found_by(words))),
            )
        )
    if query.chosen("state") == (Stand.OPEN,):
        where.append(~_arrived())
        where.append(or_(_G.matter_id.is_(None), _M.archived.is_(False)))
    return where


def _arrived() -> ColumnElement[bool]:
    """A record that was not here when the file was compared and has come meanwhile."""
    other = matter.alias()
    same = [
        other.c[name] == _G[name] for name in ("application_key", "publication_key", "grant_key")
    ]
    return (_G.kind == Side.NOT_HERE) & select(other.c.id).where(or_(*same)).exists()


def _gaps(*columns: Any) -> Any:
    joined = register_gap.outerjoin(matter, _M.id == _G.matter_id)
    return select(*columns).select_from(joined.join(register_file, _F.id == _G.register_id))


def lack_ids(connection: Connection, query: ListQuery) -> "array[int]":
    """Ids of what one side lacks; by number unless sorted otherwise."""
    column = _LACK_SORTS.get(query.sort, _G.number)
    first = column.desc() if query.descending else column.asc()
    statement = _gaps(_G.id).where(*_lacking(query)).order_by(first.nulls_last(), _G.id)
    return id_array(connection, statement)


def lack_rows(connection: Connection, ids: Iterable[int]) -> list[LackRow]:
    """What one side lacks, in the order asked."""
    wanted = list(ids)
    own = "id matter_id right office number title filing_date register_id state reason source sheet"
    found: dict[int, LackRow] = {}
    for part in chunks(wanted):
        columns = [_G[n] for n in (*own.split(), "line", "applicants")]
        ours = [_M.reference, _M.status, _M.publication_number, _M.grant_number]
        statement = _gaps(_G.kind.label("side"), *columns, *ours, _F.file, _F.at)
        for r in connection.execute(statement.where(_G.id.in_(part))):
            values = r._asdict()
            public = values.pop("publication_number") or values.pop("grant_number", "")
            values.pop("grant_number", None)
            values["applicants"] = tuple(r.applicants)
            values["reference"] = r.reference or ""
            values["status"] = r.status or ""
            here = r.side == Side.NOT_THERE
            found[r.id] = LackRow(**values, unpublished=here and not public)
    return [found[i] for i in wanted if i in found]


def lack_counts(connection: Connection, query: ListQuery, facet: str) -> list[tuple[str, int]]:
    """The values of a facet with the number of records, the most frequent first."""
    columns = {"office": _G.office, "right": _G.right, "state": _G.state, "source": _G.source}
    column = columns[facet]
    statement = _gaps(column, func.count()).where(*_lacking(query, facet)).group_by(column)
    pairs = [(str(value), int(n)) for value, n in connection.execute(statement)]
    return sorted(pairs, key=lambda p: (-p[1], p[0]))


def open_counts(connection: Connection) -> dict[str, int]:
    """How much waits: ``differences``, ``not_here``, ``not_there``, and ``matters`` that differ."""
    query = ListQuery().choose("state", Stand.OPEN)
    ids = difference_ids(connection, query)
    counts = {"differences": len(ids)}
    for side in Side:
        counts[str(side)] = len(lack_ids(connection, query.choose("side", side)))
    return counts


# -- files ----------------------------------------------------------------------------------------
def register_files(connection: Connection, limit: int = 100) -> list[RegisterFile]:
    """The files compared, newest first."""
    statement = (
        select(register_file, action.c.undone_by)
        .outerjoin(action, action.c.id == _F.action_id)
        .order_by(_F.id.desc())
        .limit(limit)
    )
    return [
        RegisterFile(
            r.id,
            r.file,
            r.path,
            r.sha256,
            r.source,
            r.at,
            r.action_id,
            Scope(tuple((p[0], p[1]) for p in r.scope["places"]), tuple(r.scope["applicants"])),
            dict(r.summary),
            r.undone_by is not None,
        )
        for r in connection.execute(statement)
    ]
