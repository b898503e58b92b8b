"""A question to a long list: what is searched, filtered and sorted; answered with ids in order."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, or_

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Search text, chosen values by facet, the sort column; hashable, so answers can be kept."""

    search: str = ""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = ""
    descending: bool = False

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values ticked for one facet; empty when it does not filter."""
        return next((values for name, values in self.facets if name == facet), ())

    def choose(self, facet: str, *values: str) -> "ListQuery":
        """The same question with other values for one facet."""
        others = tuple((n, v) for n, v in self.facets if n != facet)
        return replace(self, facets=((*others, (facet, values)) if values else others))


def facet_tests(
    query: ListQuery, columns: Mapping[str, ColumnElement[Any]], without: str = ""
) -> list[ColumnElement[bool]]:
    """What the ticked values ask of these columns; *without* is the facet being counted."""
    return [
        columns[name].in_(values)
        for name, values in query.facets
        if name in columns and values and name != without
    ]


def id_array(connection: Connection, statement: Select[int]) -> "array[int]":
    """All ids of a statement of one column, in its order, 8 bytes each."""
    found = connection.execute(statement)
    return array("q", found.scalars())


def chunks(values: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Slices small enough for the bound-variable limit of every engine."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def among(column: Any, ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether the column holds one of the ids; a run without gaps is asked for by its ends.

    A list of hundreds of values costs more to put into words than to answer.
    """
    if len(ids) > 8:
        first, last = min(ids), max(ids)
        if last - first + 1 == len(ids) == len(set(ids)):
            between: ColumnElement[bool] = column.between(first, last)
            return between
    listed: ColumnElement[bool] = column.in_(ids)
    return listed


def any_like(column: ColumnElement[str], forms: Iterable[str]) -> ColumnElement[bool]:
    """Whether the folded text holds one of the forms; % and _ are ordinary signs."""
    return or_(*(column.contains(form, autoescape=True) for form in forms))
