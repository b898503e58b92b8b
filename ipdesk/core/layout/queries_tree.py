"""Reading what plans stand on: the technology tree, products, effects, markets, disclosures."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Table, func, select

from ipdesk.core.layout.model import (
    Branch,
    DisclosureFields,
    DisclosureRow,
    Item,
    LaunchRow,
)
from ipdesk.core.layout.subjects import AcceptedRisk
from ipdesk.store.schema.layout import (
    accepted_risk,
    application,
    disclosure,
    effect,
    launch,
    matter_application,
    matter_effect,
    staff_year,
)
from ipdesk.store.schema.portfolio import (
    matter,
    matter_product,
    matter_technology,
    product,
    technology,
)


def tree(connection: Connection, *, counted: bool = True) -> list[Branch]:
    """The technology tree, parents before children, with depth and path; *counted*: matters too."""
    t = technology.c
    rows = connection.execute(select(technology).order_by(t.ordinal, t.code, t.id)).all()
    counts = _counts(connection, matter_technology, "technology_id") if counted else {}
    children: defaultdict[int | None, list[int]] = defaultdict(list)
    by_id = {r.id: r for r in rows}
    for row in rows:
        children[row.parent_id if row.parent_id in by_id else None].append(row.id)
    found: list[Branch] = []
    waiting = [(i, 0, "") for i in reversed(children[None])]
    while waiting:
        one, depth, above = waiting.pop()
        r = by_id[one]
        path = f"{above}/{r.name}" if above else r.name
        found.append(
            Branch(
                id=r.id,
                parent_id=r.parent_id if r.parent_id in by_id else None,
                code=r.code,
                name=r.name,
                name_zh=r.name_zh,
                definition=r.definition,
                classes=tuple(r.classes or ()),
                keywords=tuple(r.keywords or ()),
                owner=r.owner,
                ordinal=r.ordinal,
                depth=depth,
                path=path,
                matters=counts.get(r.id, 0),
            )
        )
        waiting.extend((c, depth + 1, path) for c in reversed(children[one]))
    return found


def branch_ids(branches: Sequence[Branch], root: int) -> list[int]:
    """A node and everything below it."""
    inside = {root}
    for branch in branches:
        if branch.parent_id in inside:
            inside.add(branch.id)
    return sorted(inside)


def _counts(connection: Connection, link: Table, column: str) -> dict[int, int]:
    """Live matters per linked row; archived ones are out of sight."""
    statement = (
        select(link.c[column], func.count())
        .join(matter, matter.c.id == link.c.matter_id)
        .where(matter.c.archived.is_(False))
        .group_by(link.c[column])
    )
    return {int(i): int(n) for i, n in connection.execute(statement)}


def effects(connection: Connection, *, counted: bool = True) -> list[Item]:
    """The effects (problems solved) in their order."""
    return _items(connection, effect, matter_effect, "effect_id", counted)


def applications(connection: Connection, *, counted: bool = True) -> list[Item]:
    """The application fields in their order."""
    return _items(connection, application, matter_application, "application_id", counted)


def _items(
    connection: Connection, table: Table, link: Table, column: str, counted: bool
) -> list[Item]:
    counts = _counts(connection, link, column) if counted else {}
    c = table.c
    statement = select(c.id, c.name, c.name_zh, c.code, c.definition)
    return [
        Item(*row, matters=counts.get(row.id, 0))
        for row in connection.execute(statement.order_by(c.ordinal, c.code, c.id))
    ]


def places_of(connection: Connection, matter_id: int) -> tuple[list[Item], list[Item]]:
    """The effects and the application fields of one matter."""

    def linked(table: Table, link: Table, column: str) -> list[Item]:
        c = table.c
        statement = (
            select(c.id, c.name, c.name_zh, c.code, c.definition)
            .join(link, link.c[column] == c.id)
            .where(link.c.matter_id == matter_id)
            .order_by(c.ordinal, c.id)
        )
        return [Item(*row) for row in connection.execute(statement)]

    return (
        linked(effect, matter_effect, "effect_id"),
        linked(application, matter_application, "application_id"),
    )


def products(connection: Connection, *, counted: bool = True) -> list[Item]:
    """The products by code and name."""
    counts = _counts(connection, matter_product, "product_id") if counted else {}
    p = product.c
    statement = select(p.id, p.name, p.name_zh, p.code, p.description, p.stage, p.owner)
    return [
        Item(*row, matters=counts.get(row.id, 0))
        for row in connection.execute(statement.order_by(p.code, p.name, p.id))
    ]


def launches(connection: Connection, product_id: int | None = None) -> list[LaunchRow]:
    """Dates of products in markets, earliest first."""
    n = launch.c
    statement = (
        select(n.id, n.product_id, product.c.name, n.office, n.date, n.kind, n.note)
        .join(product, product.c.id == n.product_id)
        .order_by(n.date, n.id)
    )
    if product_id is not None:
        statement = statement.where(n.product_id == product_id)
    return [LaunchRow(*row) for row in connection.execute(statement)]


def disclosures(connection: Connection, product_id: int | None = None) -> list[DisclosureRow]:
    """Exhibitions, papers, sales and tenders, earliest first; cancelled ones included."""
    d = disclosure.c
    statement = (
        select(disclosure, product.c.name.label("product"), technology.c.name.label("technology"))
        .outerjoin(product, product.c.id == d.product_id)
        .outerjoin(technology, technology.c.id == d.technology_id)
        .order_by(d.date, d.id)
    )
    if product_id is not None:
        statement = statement.where(d.product_id == product_id)
    return [
        DisclosureRow(
            r.id,
            DisclosureFields(
                kind=r.kind,
                date=r.date,
                title=r.title,
                product_id=r.product_id,
                technology_id=r.technology_id,
                office=r.office,
                place=r.place,
                ground=r.ground,
                confidential=r.confidential,
                cancelled=r.cancelled,
                note=r.note,
            ),
            r.product or "",
            r.technology or "",
        )
        for r in connection.execute(statement)
    ]


def risks(connection: Connection) -> list[AcceptedRisk]:
    """Risks that somebody accepted, by product and market."""
    a = accepted_risk.c
    statement = select(a.id, a.product_id, a.office, a.reason, a.by, a.on, a.until)
    return [AcceptedRisk(*row) for row in connection.execute(statement.order_by(a.id))]


def staff(connection: Connection) -> dict[int, int]:
    """R&D staff by year, as typed."""
    s = staff_year.c
    return {int(y): int(n) for y, n in connection.execute(select(s.year, s.rd_staff))}


def next_launch(rows: Sequence[LaunchRow], today: date) -> LaunchRow | None:
    """The launch that comes next."""
    return next((r for r in rows if r.date >= today), None)
