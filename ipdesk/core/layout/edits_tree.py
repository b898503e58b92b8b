"""Writing what plans stand on: the technology tree, products, effects, applications."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.base.text import clean, fold
from ipdesk.core.layout.cells import Place
from ipdesk.core.layout.edits import of_layout
from ipdesk.core.layout.queries_tree import branch_ids, tree
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.database import Database
from ipdesk.store.schema.layout import (
    application,
    effect,
    hit_application,
    invention,
    matter_application,
    matter_effect,
    plan_row,
)
from ipdesk.store.schema.portfolio import (
    matter_product,
    matter_technology,
    product,
    technology,
)
from ipdesk.store.writer import Writer


@dataclass(frozen=True, slots=True)
class TechnologyFields:
    """A node of the technology tree as its user writes it."""

    name: str
    name_zh: str = ""
    code: str = ""
    definition: str = ""
    classes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    owner: str = ""
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class ItemFields:
    """An effect, an application field or a product; stage and owner are of products alone."""

    name: str
    name_zh: str = ""
    code: str = ""
    definition: str = ""
    stage: str = ""
    owner: str = ""


ITEMS: dict[str, tuple[Table, Message]] = {
    "effect": (effect, say("Effect")),
    "application": (application, say("Application field")),
    "product": (product, say("Product")),
}
_LINKED: dict[str, tuple[Table, ...]] = {
    "effect": (plan_row, invention),
    "application": (plan_row, invention),
    "product": (plan_row, invention),
}


# -- technologies ---------------------------------------------------------------------------------
def add_technology(database: Database, fields: TechnologyFields) -> tuple[int, Change]:
    """A new node, last among its siblings. Raises IpdeskError for an empty or a known name."""
    with database.write(say("Added the technology {name}", name=fields.name)) as writer:
        new = insert_technology(writer, fields)
        return new, of_layout(writer, Topic.MATTERS)


def insert_technology(writer: Writer, fields: TechnologyFields) -> int:
    """The node itself, within another edit."""
    _refuse_known(writer.connection, technology, fields.name, None)
    t = technology.c
    siblings = t.parent_id == fields.parent_id if fields.parent_id else t.parent_id.is_(None)
    last = writer.connection.execute(select(func.max(t.ordinal)).where(siblings)).scalar()
    return writer.insert(technology, _node(fields) | {"ordinal": int(last or 0) + 1})


def change_technology(database: Database, technology_id: int, fields: TechnologyFields) -> Change:
    """Change or move a node. Raises IpdeskError when it would stand below itself."""
    with database.write(say("Changed the technology {name}", name=fields.name)) as writer:
        matters = update_technology(writer, technology_id, fields)
        return of_layout(writer, Topic.MATTERS, matters=matters)


def update_technology(
    writer: Writer, technology_id: int, fields: TechnologyFields
) -> tuple[int, ...]:
    """The change itself, within another edit; the matters whose search line was written."""
    _refuse_known(writer.connection, technology, fields.name, technology_id)
    below = branch_ids(tree(writer.connection), technology_id)
    if fields.parent_id in below:
        raise IpdeskError(say("A technology cannot stand below itself. Choose another parent."))
    if writer.update(technology, technology_id, _node(fields)):
        return _search(writer, matter_technology, "technology_id", [technology_id])
    return ()


def order_technologies(database: Database, ids: Sequence[int]) -> Change:
    """Put siblings in this order."""
    with database.write(say("Reordered the technology tree")) as writer:
        writer.update_many(technology, [(i, {"ordinal": n}) for n, i in enumerate(ids, 1)])
        return of_layout(writer)


def delete_technology(database: Database, technology_id: int) -> Change:
    """Remove a leaf; matters and plan rows lose the link, and undo gives it back.

    Raises IpdeskError while something stands below it.
    """
    with database.write(say("Deleted a technology")) as writer:
        child = select(technology.c.name).where(technology.c.parent_id == technology_id)
        name = writer.connection.execute(child).scalar()
        if name:
            raise IpdeskError(
                say("{name} stands below this technology. Move or delete it first.", name=name)
            )
        matters = _unlink(writer, matter_technology, "technology_id", technology_id)
        _let_go(writer, (plan_row, invention), "technology_id", technology_id)
        writer.delete(technology, [technology_id])
        write_search(writer, matters)
        return of_layout(writer, Topic.MATTERS, matters=tuple(matters))


def _node(fields: TechnologyFields) -> dict[str, Any]:
    return {
        "parent_id": fields.parent_id,
        "code": clean(fields.code),
        "name": clean(fields.name),
        "name_zh": clean(fields.name_zh),
        "definition": fields.definition.strip(),
        "classes": _words(fields.classes),
        "keywords": _words(fields.keywords),
        "owner": clean(fields.owner),
    }


def _words(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(clean(w) for w in words if w.strip()))


# -- effects, applications, products --------------------------------------------------------------
def add_item(database: Database, kind: str, fields: ItemFields) -> tuple[int, Change]:
    """A new effect, application or product. Raises IpdeskError for an empty or a known name."""
    _, label = ITEMS[kind]
    with database.write(say("Added: {kind} {name}", kind=label, name=fields.name)) as writer:
        return insert_item(writer, kind, fields), of_layout(writer, Topic.MATTERS)


def insert_item(writer: Writer, kind: str, fields: ItemFields) -> int:
    """The thing itself, within another edit."""
    table, _ = ITEMS[kind]
    _refuse_known(writer.connection, table, fields.name, None)
    values = _item(kind, fields)
    if "ordinal" in table.c:
        last = writer.connection.execute(select(func.max(table.c.ordinal))).scalar()
        values["ordinal"] = int(last or 0) + 1
    return writer.insert(table, values)


def change_item(database: Database, kind: str, item_id: int, fields: ItemFields) -> Change:
    """Change an effect, application or product."""
    _, label = ITEMS[kind]
    with database.write(say("Changed: {kind} {name}", kind=label, name=fields.name)) as writer:
        matters = update_item(writer, kind, item_id, fields)
        return of_layout(writer, Topic.MATTERS, matters=matters)


def update_item(writer: Writer, kind: str, item_id: int, fields: ItemFields) -> tuple[int, ...]:
    """The change itself, within another edit; the matters whose search line was written."""
    table, _ = ITEMS[kind]
    _refuse_known(writer.connection, table, fields.name, item_id)
    if writer.update(table, item_id, _item(kind, fields)) and kind == "product":
        return _search(writer, matter_product, "product_id", [item_id])
    return ()


def order_items(database: Database, kind: str, ids: Sequence[int]) -> Change:
    """The order of the columns of a matrix. Products stand by their code and have none."""
    table, _ = ITEMS[kind]
    with database.write(say("Reordered the columns of a matrix")) as writer:
        if "ordinal" in table.c:
            writer.update_many(table, [(i, {"ordinal": n}) for n, i in enumerate(ids, 1)])
        return of_layout(writer)


def delete_item(database: Database, kind: str, item_id: int) -> Change:
    """Remove it with its links, launches, searches and words; undo brings them back."""
    table, label = ITEMS[kind]
    with database.write(say("Deleted: {kind}", kind=label)) as writer:
        matters: list[int] = []
        if kind == "product":
            matters = _unlink(writer, matter_product, "product_id", item_id)
        _let_go(writer, _LINKED[kind], f"{kind}_id", item_id)
        writer.delete(table, [item_id])
        write_search(writer, matters)
        return of_layout(writer, Topic.MATTERS, matters=tuple(matters))


def _item(kind: str, fields: ItemFields) -> dict[str, Any]:
    values: dict[str, Any] = {
        "code": clean(fields.code),
        "name": clean(fields.name),
        "name_zh": clean(fields.name_zh),
    }
    if kind == "product":
        extra = {"stage": fields.stage, "owner": clean(fields.owner)}
        return {**values, **extra, "description": fields.definition.strip()}
    return {**values, "definition": fields.definition.strip()}


def _refuse_known(connection: Connection, table: Table, name: str, own_id: int | None) -> None:
    if not name.strip():
        raise IpdeskError(say("It needs a name."))
    for other_id, other in connection.execute(select(table.c.id, table.c.name)):
        if other_id != own_id and fold(other) == fold(name):
            raise IpdeskError(say("There is a {name} already.", name=clean(name)))


# -- links ----------------------------------------------------------------------------------------
_MATTER_LINKS: dict[str, tuple[Table, str]] = {
    "effect": (matter_effect, "effect_id"),
    "application": (matter_application, "application_id"),
}


def link_matters(
    database: Database, kind: str, matter_ids: Sequence[int], item_ids: Sequence[int]
) -> Change:
    """Matters solve these problems, or are used in these fields (``effect``, ``application``)."""
    with database.write(say("Placed {n} matters in the matrix", n=len(matter_ids))) as writer:
        for item_id in item_ids:
            place_matters(writer, kind, matter_ids, item_id)
        return of_layout(writer, Topic.MATTERS, matters=tuple(matter_ids))


def place_matters(writer: Writer, kind: str, matter_ids: Sequence[int], item_id: int) -> None:
    """The links themselves, within another edit; those that stand already stay."""
    table, column = _MATTER_LINKS[kind]
    known = select(table.c.matter_id).where(table.c[column] == item_id)
    have = set(writer.connection.execute(known).scalars())
    rows = [{"matter_id": i, column: item_id} for i in matter_ids if i not in have]
    writer.insert_many(table, rows)


def _take_out(
    writer: Writer, kind: str, matter_ids: Sequence[int], item_ids: Sequence[int]
) -> None:
    table, column = _MATTER_LINKS[kind]
    found = select(table.c.id).where(
        table.c.matter_id.in_(matter_ids), table.c[column].in_(item_ids)
    )
    writer.delete(table, list(writer.connection.execute(found).scalars()))


def set_cell(
    database: Database,
    kind: str,
    place: Place,
    matter_ids: Sequence[int],
    known: Sequence[int],
) -> Change:
    """Exactly these matters in a cell that held *known*; new ones join its technology too."""
    column = place.effect_id if kind == "effect" else place.application_id
    if column is None or place.technology_id is None:
        raise IpdeskError(say("Only cells of effects and application fields take matters."))
    added = [i for i in matter_ids if i not in set(known)]
    gone = [i for i in known if i not in set(matter_ids)]
    with database.write(say("Placed matters in a cell of a matrix")) as writer:
        place_matters(writer, kind, added, column)
        branch = branch_ids(tree(writer.connection, counted=False), place.technology_id)
        link = matter_technology.c
        stand = select(link.matter_id).where(
            link.matter_id.in_(added), link.technology_id.in_(branch)
        )
        there = set(writer.connection.execute(stand).scalars())
        rows = [
            {"matter_id": i, "technology_id": place.technology_id} for i in added if i not in there
        ]
        writer.insert_many(matter_technology, rows)
        _take_out(writer, kind, gone, [column])
        write_search(writer, added)
        writer.tell(say("Placed {n} matters in a cell, took {m} out", n=len(added), m=len(gone)))
        return of_layout(writer, Topic.MATTERS, matters=(*added, *gone))


def place_families(database: Database, family_ids: Sequence[int], application_id: int) -> Change:
    """Families of others belong to an application field, as a reader placed them."""
    with database.write(say("Placed {n} families in the matrix", n=len(family_ids))) as writer:
        link = hit_application.c
        known = select(link.family_id).where(link.application_id == application_id)
        have = set(writer.connection.execute(known).scalars())
        rows = [
            {"family_id": i, "application_id": application_id} for i in family_ids if i not in have
        ]
        writer.insert_many(hit_application, rows)
        return of_layout(writer, Topic.WATCH)


def _unlink(writer: Writer, link: Table, column: str, row_id: int) -> list[int]:
    """Remove the links of matters to a row that goes; the matters."""
    found = writer.connection.execute(
        select(link.c.id, link.c.matter_id).where(link.c[column] == row_id)
    ).all()
    writer.delete(link, [i for i, _ in found])
    return [m for _, m in found]


def _let_go(writer: Writer, tables: Iterable[Table], column: str, row_id: int) -> None:
    """Empty references that may be empty; an engine would do so without a history."""
    for table in tables:
        found = select(table.c.id).where(table.c[column] == row_id)
        ids = writer.connection.execute(found).scalars().all()
        writer.update_many(table, [(i, {column: None}) for i in ids])


def _search(writer: Writer, link: Table, column: str, ids: Sequence[int]) -> tuple[int, ...]:
    """Names stand in the search line of their matters."""
    found = select(link.c.matter_id).where(link.c[column].in_(ids)).distinct()
    matters = list(writer.connection.execute(found).scalars())
    write_search(writer, matters)
    return tuple(matters)
