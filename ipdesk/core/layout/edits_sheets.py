"""Bringing a sheet in: every line new, changed, the same or refused; one transaction for all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import Message, say
from ipdesk.base.text import fold
from ipdesk.core.layout.edits import of_layout
from ipdesk.core.layout.edits_tree import (
    ITEMS,
    ItemFields,
    TechnologyFields,
    insert_item,
    insert_technology,
    update_item,
    update_technology,
)
from ipdesk.core.layout.queries import inventions, plan_rows, plans
from ipdesk.core.layout.queries_tree import (
    applications,
    disclosures,
    effects,
    launches,
    products,
    tree,
)
from ipdesk.core.layout.sheets import (
    SHEETS,
    WRITTEN_ONLY,
    Rows,
    SheetRow,
    missing_headers,
    read,
    write,
)
from ipdesk.store.database import Database
from ipdesk.store.schema.layout import disclosure, launch
from ipdesk.store.schema.portfolio import product, technology
from ipdesk.store.writer import Writer

_TITLES: dict[str, Message] = {
    "technology": say("Technology tree"),
    "effect": say("Effects"),
    "application": say("Application fields"),
    "product": say("Products"),
    "launch": say("Launches"),
    "disclosure": say("Disclosures"),
    "row": say("Plan rows"),
    "invention": say("Invention disclosures"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What became, or would become, of one line."""

    line: int
    name: str
    state: str  # new | changed | same | refused
    problems: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """The lines of a sheet; ``change`` is None for a preview."""

    lines: tuple[Line, ...]
    change: Change | None = None

    def count(self, state: str) -> int:
        return sum(1 for line in self.lines if line.state == state)


class _Preview(Exception):
    """Leaves the transaction, so that nothing of the trial stays."""


def preview_sheet(database: Database, kind: str, header: Sequence[Any], rows: Rows) -> BroughtIn:
    """What ``bring_in`` would do; nothing is kept. Raises Refused for a sheet of another kind."""
    read_rows = _checked(kind, header, rows)
    lines: tuple[Line, ...] = ()
    try:
        with database.write(say("Preview")) as writer:
            lines = tuple(_carry_out(writer, kind, read_rows))
            raise _Preview
    except _Preview:
        return BroughtIn(lines)


def bring_in(database: Database, kind: str, header: Sequence[Any], rows: Rows) -> BroughtIn:
    """Write the good lines; refused ones are told. Raises Refused for a sheet of another kind."""
    read_rows = _checked(kind, header, rows)
    with database.write(say("Imported: {what}", what=_TITLES[kind])) as writer:
        lines = tuple(_carry_out(writer, kind, read_rows))
        return BroughtIn(lines, of_layout(writer, Topic.MATTERS, Topic.DEADLINES))


def _checked(kind: str, header: Sequence[Any], rows: Rows) -> list[SheetRow]:
    if kind in WRITTEN_ONLY:
        raise Refused(
            say("{what} are written out only; change them in the window.", what=_TITLES[kind])
        )
    missing = missing_headers(kind, header)
    if missing:
        names = ", ".join(str(m) for m in missing)
        raise Refused(say("The sheet has no column for: {columns}", columns=names))
    return read(kind, header, rows)


def _carry_out(writer: Writer, kind: str, rows: Sequence[SheetRow]) -> Iterable[Line]:
    good = [row for row in rows if not row.problems]
    bad = [_line(row, "refused", *row.problems) for row in rows if row.problems]
    if kind == "technology":
        done = _technologies(writer, good)
    else:
        one = _launch if kind == "launch" else _disclosure if kind == "disclosure" else _item
        done = [_tried(row, lambda r: one(writer, kind, r)) for row in good]
    return sorted([*bad, *done], key=lambda x: x.line)


def _line(row: SheetRow, state: str, *problems: Message) -> Line:
    values = row.values
    name = values.get("name") or values.get("title") or values.get("product") or ""
    return Line(row.line, str(name), state, problems)


def _tried(row: SheetRow, edit: Callable[[SheetRow], str]) -> Line:
    try:
        return _line(row, edit(row))
    except IpdeskError as error:
        said = error.message if isinstance(error.message, Message) else Message(str(error))
        return _line(row, "refused", said)


# -- each kind of row -----------------------------------------------------------------------------
def _technologies(writer: Writer, rows: Sequence[SheetRow]) -> list[Line]:
    """Parents may stand below their children in the sheet: go round until nothing moves."""
    done: list[Line] = []
    waiting = list(rows)
    while waiting:
        known = _known(writer.connection, technology)
        ready = [r for r in waiting if fold(r.values.get("parent") or "") in {"", *known}]
        if not ready:
            done += [
                _line(r, "refused", say("There is no technology {name}.", name=r.values["parent"]))
                for r in waiting
            ]
            break
        for row in ready:
            done.append(_tried(row, lambda r: _technology(writer, r)))
        waiting = [r for r in waiting if r not in ready]
    return done


def _technology(writer: Writer, row: SheetRow) -> str:
    values, known = row.values, _known(writer.connection, technology)
    found = _match(values, known)
    kept = _stored(writer.connection, technology, found)
    parent = values.get("parent")
    fields = TechnologyFields(
        **{n: values.get(n, kept.get(n, "")) for n in "name name_zh code definition owner".split()},
        classes=tuple(values.get("classes", kept.get("classes", ()))),
        keywords=tuple(values.get("keywords", kept.get("keywords", ()))),
        parent_id=kept.get("parent_id") if parent is None else known.get(fold(parent)),
    )
    if found is None:
        insert_technology(writer, fields)
        return "new"
    return _state(writer, lambda: update_technology(writer, found, fields), technology, found)


def _item(writer: Writer, kind: str, row: SheetRow) -> str:
    table, _ = ITEMS[kind]
    found = _match(row.values, _known(writer.connection, table))
    kept = _stored(writer.connection, table, found)
    kept["definition"] = kept.get("definition", kept.get("description", ""))
    names = [f.name for f in dataclass_fields(ItemFields)]
    fields = ItemFields(**{n: row.values.get(n, kept.get(n, "")) for n in names})
    if found is None:
        insert_item(writer, kind, fields)
        return "new"
    return _state(writer, lambda: update_item(writer, kind, found, fields), table, found)


def _match(values: Mapping[str, Any], known: Mapping[str, int]) -> int | None:
    """The row that is meant: by its code, else by its name."""
    by_code = known.get(fold(values["code"])) if values.get("code") else None
    return by_code or known.get(fold(values["name"]))


def _stored(connection: Connection, table: Any, row_id: int | None) -> dict[str, Any]:
    """What is stored of a row; nothing for a new one."""
    if row_id is None:
        return {}
    found = connection.execute(select(table).where(table.c.id == row_id)).mappings().one()
    return dict(found)


def _state(writer: Writer, edit: Callable[[], object], table: Any, row_id: int) -> str:
    """Whether an edit changed a row."""
    whole = select(table).where(table.c.id == row_id)
    before = writer.connection.execute(whole).mappings().one()
    edit()
    return "same" if writer.connection.execute(whole).mappings().one() == before else "changed"


def _launch(writer: Writer, _kind: str, row: SheetRow) -> str:
    values = row.values
    key = {
        "product_id": _find(writer.connection, product, values["product"]),
        "office": values["office"],
        "kind": values.get("kind") or "launch",
    }
    return _put(writer, launch, key, {n: values[n] for n in ("date", "note") if n in values})


def _disclosure(writer: Writer, _kind: str, row: SheetRow) -> str:
    values = row.values
    name, node = values.get("product"), values.get("technology")
    if not (name or node):
        raise IpdeskError(say("Say which product or technology it discloses."))
    key: dict[str, Any] = {
        "kind": values["kind"],
        "title": values.get("title", ""),
        "product_id": _find(writer.connection, product, name) if name else None,
        "technology_id": _find(writer.connection, technology, node) if node else None,
    }
    if not key["title"]:
        key["date"] = values["date"]
    names = "date office place ground confidential cancelled note".split()
    return _put(writer, disclosure, key, {n: values[n] for n in names if n in values})


def _put(writer: Writer, table: Any, key: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """Insert or update the row that has this key."""
    same = [table.c[k].is_not_distinct_from(v) for k, v in key.items()]
    found = writer.connection.execute(select(table.c.id).where(*same)).scalar()
    if found is None:
        writer.insert(table, {**key, **values})
        return "new"
    return "changed" if writer.update(table, found, values) else "same"


def _known(connection: Connection, table: Any) -> dict[str, int]:
    """Folded names in both languages and codes → id; a code outweighs a name."""
    found: dict[str, int] = {}
    rows = connection.execute(select(table.c.id, table.c.name_zh, table.c.name, table.c.code)).all()
    for column in (1, 2, 3):
        found.update({fold(row[column]): row[0] for row in rows if row[column]})
    return found


def _find(connection: Connection, table: Any, name: str) -> int:
    found = _known(connection, table).get(fold(name))
    if found is None:
        raise IpdeskError(say("There is nothing called {name}. Add it first.", name=name))
    return found


# -- sheets out -----------------------------------------------------------------------------------
def sheet(connection: Connection, kind: str) -> bytes:
    """A workbook of what is stored, in the current language; ``bring_in`` reads it back."""
    return write(kind, _rows(connection, kind), str(_TITLES[kind]))


def _rows(connection: Connection, kind: str) -> list[dict[str, Any]]:
    if kind == "technology":
        branches = tree(connection)
        codes = {b.id: b.code or b.name for b in branches}
        return [{**_fields(b, kind), "parent": codes.get(b.parent_id or 0, "")} for b in branches]
    readers: dict[str, Callable[[Connection], Sequence[Any]]] = {
        "effect": effects,
        "application": applications,
        "product": products,
        "launch": launches,
    }
    if kind == "disclosure":
        return [
            {**_fields(d.fields, kind), "product": d.product, "technology": d.technology}
            for d in disclosures(connection)
        ]
    if kind == "invention":
        return [{**_fields(i.fields, kind), **_set(i, kind)} for i in inventions(connection)]
    if kind == "row":
        return _plan_lines(connection)
    return [_fields(row, kind) for row in readers[kind](connection)]


def _plan_lines(connection: Connection) -> list[dict[str, Any]]:
    """The rows of every plan and version, with what they became."""
    return [
        {
            **_fields(row.fields, "row"),
            **_set(row, "row"),
            "plan": info.name,
            "version": info.version,
            "territories": [t.office for t in row.fields.territories],
            "matters": [m.reference for m in row.matters],
        }
        for info in plans(connection)
        for row in plan_rows(connection, [info.id])
    ]


def _set(row: Any, kind: str) -> dict[str, Any]:
    """Columns that the row itself answers, not the fields that its user wrote."""
    return {c.field: getattr(row, c.field) for c in SHEETS[kind] if hasattr(row, c.field)}


def _fields(row: Any, kind: str) -> dict[str, Any]:
    return {c.field: getattr(row, c.field, None) for c in SHEETS[kind]}
