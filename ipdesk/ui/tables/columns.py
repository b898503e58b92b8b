"""What a table shows: columns, marks of state, facets, and where rows come from."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from ipdesk.base.i18n import Message
from ipdesk.charts.palette import Tone
from ipdesk.store.paging import ListQuery

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Mark:
    """A state in a cell: words on a quiet ground, with the tone's sign."""

    tone: Tone
    text: str


Cell = str | int | float | date | Mark | None


class Align(Enum):
    """Text stands left, numbers stand right."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key is the name it sorts by and is remembered by.

    *least* makes it elastic: it gives way down to that width and takes room that is left.
    """

    key: str
    title: Message
    cell: Callable[[Any], Cell]
    width: int = 120
    align: Align = Align.LEFT
    sorts: bool = True
    shown: bool = True
    tip: Callable[[Any], str] | None = None
    strong: bool = False
    least: int = 0


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, how it is called and how many rows have it (None: not counted)."""

    value: str
    label: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with named values."""

    id: str
    title: Message
    options: tuple[Option, ...]


def narrowed(query: ListQuery) -> bool:
    """Whether the question filters anything away."""
    return bool(query.search.strip()) or any(values for _, values in query.facets)


class Source(Protocol):
    """Where a list comes from; every method but ``columns`` runs in a reader's thread."""

    name: str

    def columns(self) -> tuple[Column, ...]: ...

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        """The ids of the rows that fit, in order."""
        ...

    def rows(self, connection: Connection, ids: Sequence[int]) -> Sequence[Any]:
        """Frozen rows with an ``id``, in any order; a row that is gone is left out."""
        ...

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        """The filters that can be chosen, with counts where they are cheap."""
        ...


@dataclass(slots=True)
class Answer:
    """What a reader brings for a question: all ids, and the rows first seen."""

    query: ListQuery
    ids: array[int]
    first: int = 0  # page
    rows: dict[int, Any] = field(default_factory=dict)


def shown(cell: Cell) -> str:
    """The words of a cell."""
    if cell is None:
        return ""
    if isinstance(cell, Mark):
        return cell.text
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    return str(cell)
