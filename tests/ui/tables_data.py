"""A source of numbered rows for the tests of tables: searched and sorted by the database."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, text

from ipdesk.base.i18n import say
from ipdesk.charts.palette import Tone
from ipdesk.store.paging import ListQuery
from ipdesk.ui.tables.columns import Align, Column, Facet, Mark, Option


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row."""

    id: int
    name: str
    day: date


class NumberSource:
    """Numbers 1 to *many*; even ones are called even."""

    name = "numbers"

    def __init__(self, many: int) -> None:
        self.many = many
        self.pages = 0
        self.gone: set[int] = set()

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("name", say("Name"), lambda r: r.name, strong=True, least=80),
            Column("number", say("Number"), lambda r: r.id, align=Align.RIGHT),
            Column("day", say("Date"), lambda r: r.day),
            Column("kind", say("State"), lambda r: Mark(Tone.SOON, r.name), sorts=False),
            Column("hidden", say("Note"), lambda _r: "note", shown=False),
        )

    def ids(self, connection: Connection, query: ListQuery) -> "array[int]":
        down = "DESC" if query.descending else "ASC"
        parity = {"even": "AND n % 2 = 0", "odd": "AND n % 2 = 1"}
        where = " ".join(parity[v] for v in query.chosen("parity"))
        found = connection.execute(
            text(
                "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers "
                f"WHERE n < :many) SELECT n FROM numbers WHERE CAST(n AS TEXT) LIKE :like {where} "
                f"ORDER BY n {down}"
            ),
            {"many": self.many, "like": f"%{query.search}%"},
        )
        return array("q", (n for (n,) in found if n not in self.gone))

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[Numbered]:
        self.pages += 1
        first = date(2026, 1, 1)
        return [
            Numbered(n, f"{'even' if n % 2 == 0 else 'odd'} {n}", first + timedelta(days=n % 300))
            for n in ids
        ]

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        options = (Option("even", "Even", self.many // 2), Option("odd", "Odd"))
        return (Facet("parity", say("Kind"), options),)
