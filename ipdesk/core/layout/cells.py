"""The values of a matrix: its rows and columns, its cells, the searches behind them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ipdesk.base.i18n import pick


@dataclass(frozen=True, slots=True)
class Axis:
    """A row or a column of a matrix; ``key`` is an id or an office."""

    key: int | str
    name: str
    name_zh: str = ""
    parent: int | str | None = None
    depth: int = 0
    code: str = ""

    @property
    def shown(self) -> str:
        return pick(self.name, self.name_zh) or str(self.key)


@dataclass(frozen=True, slots=True)
class Search:
    """A search behind a cell."""

    id: int
    on: date
    by: str
    database: str
    query: str
    numbers: tuple[str, ...]
    watch_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows. ``own`` counts what lives: ``granted`` and ``pending``."""

    granted: int = 0
    pending: int = 0
    planned: int = 0
    others: int = 0
    state: str = "unchecked"
    checked_on: date | None = None
    search_id: int | None = None
    word: str = ""
    word_reason: str = ""

    @property
    def own(self) -> int:
        return self.granted + self.pending

    @property
    def empty(self) -> bool:
        """Nothing was counted; whether the cell is blank only a search can tell."""
        return not (self.own or self.planned or self.others)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell to be: which technology or product against which column."""

    technology_id: int | None = None
    product_id: int | None = None
    effect_id: int | None = None
    application_id: int | None = None
    office: str | None = None

    def columns(self) -> dict[str, Any]:
        """The place as the columns of a table."""
        return {
            "technology_id": self.technology_id,
            "product_id": self.product_id,
            "effect_id": self.effect_id,
            "application_id": self.application_id,
            "office": self.office,
        }


@dataclass(frozen=True, slots=True)
class SearchFields:
    """A search as somebody did it, with every cell that it covers."""

    on: date
    by: str
    database: str
    query: str
    places: tuple[Place, ...]
    numbers: tuple[str, ...] = ()
    watch_id: int | None = None
    note: str = ""
