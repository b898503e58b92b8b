"""Reading matrices: counts of every cell in a few statements, and what lies behind one cell."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import Message, say
from ipdesk.base.text import fold
from ipdesk.core.layout.cells import Axis, Place, Search
from ipdesk.core.layout.coverage import (
    STALE_MONTHS,
    Counted,
    Key,
    Matrix,
    Spot,
    Thing,
    matrix,
)
from ipdesk.core.layout.model import PlanRow
from ipdesk.core.layout.queries import plan_rows
from ipdesk.core.layout.queries_tree import (
    applications,
    branch_ids,
    effects,
    launches,
    products,
    tree,
)
from ipdesk.core.portfolio.model import ENDED, Status
from ipdesk.core.portfolio.offices import offices
from ipdesk.store.schema.layout import (
    cell_word,
    hit_application,
    layout_search,
    matter_application,
    matter_effect,
    searched_cell,
)
from ipdesk.store.schema.portfolio import matter, matter_product, matter_technology
from ipdesk.store.schema.watch import (
    hit_cell,
    hit_family,
    hit_member,
    watch,
    watch_product,
)

KINDS: dict[str, Message] = {
    "effect": say("Technology × effect"),
    "application": say("Technology × application"),
    "product": say("Product × territory"),
    "territory": say("Technology × territory"),
}
"""The matrices by their id, in the order of the page; ``--by`` of the command line."""

_DISMISSED = ("irrelevant", "background")  # verdicts of a watch that put a family away
_KNOWN_RELEVANT = ("relevant", "threat")


def coverage(
    connection: Connection,
    kind: str,
    plan_id: int | None,
    today: date,
    *,
    stale_months: int = STALE_MONTHS,
) -> Matrix:
    """One matrix with the planned rows of one plan. Raises WrongCommand for an unknown kind."""
    if kind not in KINDS:
        raise WrongCommand(say("There is no matrix by {kind}.", kind=kind))
    rows = plan_rows(connection, [plan_id] if plan_id else [])
    own = list(_own(connection, kind))
    in_rows = {m.id for row in rows if row.planned for m in row.matters}  # the row counts for it
    counted = Counted(
        granted=((i, r, c) for i, r, c, s in own if s == Status.GRANTED),
        pending=((i, r, c) for i, r, c, s in own if s not in (Status.GRANTED, Status.PREPARATION)),
        planned=[
            *(t for row in rows if row.planned for t in _planned(kind, row)),
            *((i, r, c) for i, r, c, s in own if s == Status.PREPARATION and i not in in_rows),
        ],
        others=_others(connection, kind),
    )
    return matrix(
        kind,
        _row_axis(connection, kind),
        column_axis(connection, kind, own, rows),
        counted,
        searches_of(connection, kind),
        words_of(connection, kind),
        today,
        unplaced=_unplaced(connection, kind),
        stale_months=stale_months,
    )


# -- axes -----------------------------------------------------------------------------------------
def _row_axis(connection: Connection, kind: str) -> list[Axis]:
    if kind == "product":
        return [
            Axis(p.id, p.name, p.name_zh, code=p.code) for p in products(connection, counted=False)
        ]
    return [
        Axis(b.id, b.name, b.name_zh, b.parent_id, b.depth, b.code)
        for b in tree(connection, counted=False)
    ]


def column_axis(
    connection: Connection,
    kind: str,
    own: Iterable[tuple[int, Key, Key, str]],
    rows: Sequence[PlanRow],
) -> list[Axis]:
    """Effects, applications, or the territories that matter to us: markets first, then our own."""
    if kind == "effect":
        return [
            Axis(e.id, e.name, e.name_zh, code=e.code) for e in effects(connection, counted=False)
        ]
    if kind == "application":
        return [
            Axis(a.id, a.name, a.name_zh, code=a.code)
            for a in applications(connection, counted=False)
        ]
    wanted = [row.office for row in launches(connection)]
    wanted += [t.office for row in rows for t in row.fields.territories]
    wanted += [row.fields.office for row in rows if row.fields.office]
    for markets in connection.execute(select(watch.c.markets)).scalars():
        wanted += [str(m) for m in markets or ()]
    held: dict[str, int] = {}
    for _, _, office, _ in own:
        held[str(office)] = held.get(str(office), 0) + 1
    wanted += sorted(held, key=lambda o: (-held[o], o))
    return [_office_axis(office) for office in dict.fromkeys(wanted)]


def _office_axis(office: str) -> Axis:
    known = offices().get(office)
    name = known.name if known else None
    return Axis(office, name.en if name else office, name.zh if name else "", code=office)


# -- what is counted ------------------------------------------------------------------------------
def _alive() -> ColumnElement[bool]:
    return and_(matter.c.archived.is_(False), matter.c.status.not_in(ENDED))


def _own(connection: Connection, kind: str) -> Iterator[tuple[int, Key, Key, str]]:
    """Matter, row, column, status: every live matter wherever it stands."""
    mt, m = matter_technology.c, matter.c
    if kind in ("effect", "application"):
        link, column = _column_link(kind)
        statement = (
            select(mt.matter_id, mt.technology_id, column, m.status)
            .select_from(link)
            .join(matter_technology, mt.matter_id == link.c.matter_id)
            .join(matter, m.id == link.c.matter_id)
        )
    elif kind == "territory":
        statement = select(m.id, mt.technology_id, m.office, m.status).join(
            matter_technology, mt.matter_id == m.id
        )
    else:
        mp = matter_product.c
        statement = select(m.id, mp.product_id, m.office, m.status).join(
            matter_product, mp.matter_id == m.id
        )
    # plain tuples: a hundred thousand of them are counted in one go
    yield from map(tuple, connection.execute(statement.where(_alive())))


def _column_link(kind: str) -> tuple[Table, ColumnElement[Any]]:
    if kind == "effect":
        return matter_effect, matter_effect.c.effect_id
    return matter_application, matter_application.c.application_id


def _planned(kind: str, row: PlanRow) -> Iterator[Thing]:
    fields = row.fields
    thing = ("row", row.id)
    if kind == "effect" and fields.technology_id and fields.effect_id:
        yield thing, fields.technology_id, fields.effect_id
    elif kind == "application" and fields.technology_id and fields.application_id:
        yield thing, fields.technology_id, fields.application_id
    elif kind in ("territory", "product"):
        at = fields.technology_id if kind == "territory" else fields.product_id
        territories = [t.office for t in fields.territories] or [fields.office]
        for office in territories:
            if at and office:
                yield thing, at, office


def _others(connection: Connection, kind: str) -> Iterator[Thing]:
    """Families of others, each once whatever watches found it; dismissed ones left out."""
    f, cell = hit_family.c, hit_cell.c
    kept = f.verdict.not_in(_DISMISSED)
    if kind == "effect":
        names = _effect_names(connection)
        statement = select(f.key, cell.technology_id, cell.effect).join(
            hit_cell, cell.family_id == f.id
        )
        for key, row, effect in connection.execute(statement.where(kept)):
            column = names.get(fold(effect))
            if column is not None:
                yield key, row, column
        return
    if kind == "application":
        statement = (
            select(f.key, cell.technology_id, hit_application.c.application_id)
            .join(hit_cell, cell.family_id == f.id)
            .join(hit_application, hit_application.c.family_id == f.id)
            .where(kept)
        )
    elif kind == "territory":
        statement = (
            select(f.key, cell.technology_id, hit_member.c.office)
            .join(hit_cell, cell.family_id == f.id)
            .join(hit_member, hit_member.c.family_id == f.id)
            .where(kept)
        )
    else:
        statement = (
            select(f.key, watch_product.c.product_id, hit_member.c.office)
            .join(watch_product, watch_product.c.watch_id == f.watch_id)
            .join(hit_member, hit_member.c.family_id == f.id)
            .where(f.verdict.in_(_KNOWN_RELEVANT))
        )
    for row in connection.execute(statement.distinct()):
        yield row[0], row[1], row[2]


def _effect_names(connection: Connection) -> dict[str, int]:
    """What readers of a watch write for an effect, folded, in both languages and as code."""
    names: dict[str, int] = {}
    for effect in effects(connection, counted=False):
        for name in (effect.name, effect.name_zh, effect.code):
            if name:
                names.setdefault(fold(name), effect.id)
    return names


def _unplaced(connection: Connection, kind: str) -> int:
    """Live matters without a technology (or product): they stand in no row."""
    link = matter_product if kind == "product" else matter_technology
    placed = select(link.c.id).where(link.c.matter_id == matter.c.id).exists()
    statement = select(func.count()).select_from(matter).where(_alive(), ~placed)
    return int(connection.execute(statement).scalar_one())


# -- searches and words ---------------------------------------------------------------------------
def _spot_columns(table: Table, kind: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    row = table.c.product_id if kind == "product" else table.c.technology_id
    columns = {"effect": table.c.effect_id, "application": table.c.application_id}
    return row, columns.get(kind, table.c.office)


def searches_of(connection: Connection, kind: str) -> dict[Spot, Search]:
    """The latest search behind every cell of a matrix."""
    row, column = _spot_columns(searched_cell, kind)
    s = layout_search.c
    statement = (
        select(row, column, *_search_columns())
        .join(layout_search, s.id == searched_cell.c.search_id)
        .where(row.is_not(None), column.is_not(None))
        .order_by(s.searched_on, s.id)
    )
    return {(r[0], r[1]): _search(r[2:]) for r in connection.execute(statement)}


def _search_columns() -> tuple[ColumnElement[Any], ...]:
    s = layout_search.c
    return (
        s.id,
        s.searched_on,
        s.searched_by,
        s.database,
        s.query,
        s.numbers,
        s.watch_id,
        s.note,
    )


def _search(row: Sequence[Any]) -> Search:
    one, on, by, database, query, numbers, watch_id, note = row
    return Search(one, on, by, database, query, tuple(numbers or ()), watch_id, note)


def words_of(connection: Connection, kind: str) -> dict[Spot, tuple[str, str]]:
    """What people said of the cells: the word and its reason."""
    row, column = _spot_columns(cell_word, kind)
    w = cell_word.c
    statement = (
        select(row, column, w.word, w.reason)
        .where(row.is_not(None), column.is_not(None))
        .order_by(w.id)
    )
    return {(r[0], r[1]): (r[2], r[3]) for r in connection.execute(statement)}


def place_of(kind: str, row: Key, column: Key) -> Place:
    """A cell of a matrix as a place that searches and words are kept by."""
    at = int(row)
    if kind == "product":
        return Place(product_id=at, office=str(column))
    if kind == "effect":
        return Place(technology_id=at, effect_id=int(column))
    if kind == "application":
        return Place(technology_id=at, application_id=int(column))
    return Place(technology_id=at, office=str(column))


# -- behind one cell ------------------------------------------------------------------------------
def searches_behind(connection: Connection, kind: str, row: Key, column: Key) -> list[Search]:
    """Every search of one cell, newest first."""
    at_row, at_column = _spot_columns(searched_cell, kind)
    s = layout_search.c
    statement = (
        select(*_search_columns())
        .join(searched_cell, searched_cell.c.search_id == s.id)
        .where(at_row == row, at_column == column)
        .order_by(s.searched_on.desc(), s.id.desc())
    )
    return [_search(tuple(r)) for r in connection.execute(statement)]


def matters_behind(connection: Connection, kind: str, row: Key, column: Key) -> list[int]:
    """The live matters of a cell and of the branch below it, in order of their references."""
    inside = _inside(connection, kind, row)
    found = {i for i, r, c, _ in _own(connection, kind) if c == column and r in inside}
    ordered = select(matter.c.id).order_by(matter.c.sort_reference)
    return [i for i in connection.execute(ordered).scalars() if i in found]


def rows_behind(
    connection: Connection, kind: str, row: Key, column: Key, plan_id: int
) -> list[PlanRow]:
    """The plan rows of a cell and of the branch below it, filed and dropped ones included."""
    inside = _inside(connection, kind, row)
    return [
        one
        for one in plan_rows(connection, [plan_id])
        if any(r in inside and c == column for _, r, c in _planned(kind, one))
    ]


def families_behind(connection: Connection, kind: str, row: Key, column: Key) -> list[int]:
    """The hit families of others in a cell (ids of ``hit_family``), newest publication first."""
    inside = _inside(connection, kind, row)
    keys = {key for key, r, c in _others(connection, kind) if c == column and r in inside}
    f = hit_family.c
    statement = (
        select(f.id, f.key)
        .where(f.verdict.not_in(_DISMISSED))
        .order_by(f.publication_date.desc().nulls_last(), f.id)
    )
    first: dict[str, int] = {}
    for family, key in connection.execute(statement):
        if key in keys:
            first.setdefault(key, family)
    return list(first.values())


def unplaced_families(connection: Connection, row: Key, application_id: Key) -> list[int]:
    """Families of others in a technology (ids of ``hit_family``) that this field does not hold."""
    f, cell = hit_family.c, hit_cell.c
    held = select(hit_application.c.family_id).where(
        hit_application.c.application_id == application_id
    )
    statement = (
        select(f.id)
        .join(hit_cell, cell.family_id == f.id)
        .where(
            cell.technology_id.in_(_inside(connection, "application", row)),
            f.verdict.not_in(_DISMISSED),
            f.id.not_in(held),
        )
        .distinct()
        .order_by(f.id)
    )
    return list(connection.execute(statement).scalars())


def _inside(connection: Connection, kind: str, row: Key) -> set[Any]:
    if kind == "product":
        return {row}
    return set(branch_ids(tree(connection, counted=False), int(row)))
