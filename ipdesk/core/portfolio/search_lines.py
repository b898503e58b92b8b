"""The folded line of a matter that searching reads: its words, its numbers in every spelling."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import delete as sql_delete

from ipdesk.base.text import fold, squeeze
from ipdesk.core.portfolio.numbers import search_forms
from ipdesk.store.paging import among, chunks
from ipdesk.store.rows import insert_columns
from ipdesk.store.schema.portfolio import (
    family,
    matter,
    matter_party,
    matter_product,
    matter_tag,
    matter_technology,
    party,
    priority,
    product,
    search_text,
    tag,
    technology,
)
from ipdesk.store.writer import Writer

NUMBERS = ("application_number", "publication_number", "grant_number")
_WORDS = (
    "reference status_text goods department project registrar title title_en title_zh note"
    " abstract version"
).split()
LINKS = {
    "technology": (matter_technology, technology),
    "product": (matter_product, product),
    "tag": (matter_tag, tag),
}
"""The lists that a matter can stand in: the table between, and the list."""


def write_search(writer: Writer, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Write the lines of these matters anew; *fresh*: none is there yet."""
    m = matter.c
    columns = [m.id, *(m[name] for name in (*_WORDS, *NUMBERS))]
    for part in chunks(ids, 500):
        if not fresh:
            old = sql_delete(search_text).where(among(search_text.c.matter_id, part))
            writer.connection.execute(old)
        rows = writer.connection.execute(select(*columns).where(among(m.id, part))).mappings()
        _insert(writer, [dict(row) for row in rows], _links(part))


def write_first_lines(
    writer: Writer,
    rows: Sequence[Mapping[str, Any]],
    people: Sequence[Mapping[str, Any]],
    linked: bool,
) -> None:
    """The first lines of new matters, from what was just written of them.

    *rows* are those of ``matter`` with their ids, *people* those of ``matter_party``; *linked*
    says that other tables name them as well.
    """
    named: dict[int, list[str]] = {}
    parties = _parties(writer.connection, sorted({p["party_id"] for p in people}))
    for one in people:
        names = named.setdefault(one["matter_id"], [])
        names += (one["written"], *parties[one["party_id"]])
    ids = [row["id"] for row in rows]
    others = _links(ids)[1:] if linked else []
    _insert(writer, rows, others, named)


def _insert(
    writer: Writer,
    rows: Iterable[Mapping[str, Any]],
    links: Iterable[Any],
    named: Mapping[int, Sequence[str]] | None = None,
) -> None:
    words: dict[int, list[str]] = {}
    for row in rows:
        forms: dict[str, None] = {}
        for name in NUMBERS:
            if row[name]:
                forms[row[name]] = None
                forms.update(dict.fromkeys(search_forms(row[name])))
        texts = dict.fromkeys([row[name] for name in _WORDS if row.get(name)])
        words[row["id"]] = [*texts, *forms, squeeze(row["reference"])]
    for matter_id, names in (named or {}).items():
        words[matter_id].extend(n for n in names if n)
    for statement in links:
        for matter_id, *names in writer.connection.execute(statement):
            if matter_id in words:
                words[matter_id].extend(n for n in names if n)
    if words:
        lines = [fold(" · ".join(w)) for w in words.values()]
        insert_columns(writer.connection, search_text, ("matter_id", "text"), (list(words), lines))


def _parties(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    columns = (party.c.id, party.c.name, party.c.name_en, party.c.name_zh)
    found: dict[int, tuple[str, str, str]] = {}
    for part in chunks(ids):
        for i, *names in connection.execute(select(*columns).where(party.c.id.in_(part))):
            found[i] = (names[0], names[1], names[2])
    return found


def _links(ids: Sequence[int]) -> list[Any]:
    """What other tables name of matters; the people come first."""
    mp = matter_party
    statements: list[Any] = [
        select(mp.c.matter_id, mp.c.written, party.c.name, party.c.name_en, party.c.name_zh)
        .join(party, party.c.id == mp.c.party_id)
        .where(among(mp.c.matter_id, ids)),
        select(priority.c.matter_id, priority.c.number).where(among(priority.c.matter_id, ids)),
        select(matter.c.id, family.c.reference)
        .join(family, family.c.id == matter.c.family_id)
        .where(among(matter.c.id, ids)),
    ]
    for kind, (link, other) in LINKS.items():
        names = [other.c.name] + ([other.c.name_zh] if "name_zh" in other.c else [])
        statements.append(
            select(link.c.matter_id, *names)
            .join(other, other.c.id == link.c[f"{kind}_id"])
            .where(among(link.c.matter_id, ids))
        )
    return statements
