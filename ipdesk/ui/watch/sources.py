"""Hit families as a list of any length, of one watch or of all."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipdesk.base.i18n import Message, say, tr
from ipdesk.core.portfolio.model import status_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.core.watch.queries_hits import facet_counts, hit_ids, hit_rows
from ipdesk.core.watch.rows import HitRow
from ipdesk.core.watch.words import LEVEL_LABELS, VERDICT_LABELS, label
from ipdesk.store.paging import ListQuery
from ipdesk.ui.tables.columns import Column, Facet, Option
from ipdesk.ui.watch.columns import hit_columns

if TYPE_CHECKING:
    from sqlalchemy import Connection

WATCH = "watch"
"""The facet that holds the watch; it is chosen outside the list."""

STATES: tuple[tuple[str, Message], ...] = (
    ("waiting", say("To review")),
    ("reopened", say("Changed: look again")),
    ("new", say("New with the last run")),
    ("changed", say("Changed with the last run")),
    ("gone", say("Gone from the last run")),
)
_FACETS: tuple[tuple[str, Message], ...] = (
    ("verdict", say("Verdict")),
    ("grade", say("Grade")),
    ("applicant", say("Applicant")),
    ("office", say("Office")),
    ("status", say("Status")),
    ("year", say("Filing year")),
    ("reviewer", say("Reviewer")),
)
_MOST = 60  # values in one menu


class HitSource:
    """Families, searched and sorted in SQL; the watch is one of the chosen values."""

    name = "hits"

    def columns(self) -> tuple[Column, ...]:
        return hit_columns()

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        return hit_ids(connection, watch_of(query), query)

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[HitRow]:
        return hit_rows(connection, ids)

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        states = tuple(Option(value, str(words)) for value, words in STATES)
        found = [Facet("state", say("State"), states)]
        for name, title in _FACETS:
            counts = facet_counts(connection, watch_of(query), query, name)[:_MOST]
            if len(counts) > 1 or query.chosen(name):
                options = tuple(Option(v, option_label(name, v), n) for v, n in counts)
                found.append(Facet(name, title, options))
        return tuple(found)


def watch_of(query: ListQuery) -> int | None:
    """The watch that a question is about; None: all of them."""
    return next((int(v) for v in query.chosen(WATCH)), None)


def option_label(facet: str, value: str) -> str:
    """How a value of a facet is called."""
    if value == "-":
        return label(VERDICT_LABELS, "") if facet == "verdict" else tr("None")
    labels = {"verdict": VERDICT_LABELS, "grade": LEVEL_LABELS}.get(facet)
    if labels is not None:
        return label(labels, value)
    if facet == "status":
        return status_label(value)
    return f"{value}  {office_name(value)}" if facet == "office" else value
