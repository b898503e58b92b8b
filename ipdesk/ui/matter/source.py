"""The portfolio as a list: its columns, its facets and where its rows come from."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import Message, ntr, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.register.queries import differing
from ipdesk.core.portfolio.model import ENDED, MatterRow, Status, right_label, status_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.core.portfolio.queries import facet_counts, matter_ids, matter_rows
from ipdesk.store.paging import ListQuery
from ipdesk.ui.tables.columns import Cell, Column, Facet, Mark, Option

if TYPE_CHECKING:
    from sqlalchemy import Connection

SOON_DAYS = 30

FACETS: tuple[tuple[str, Message], ...] = (
    ("right", say("Right")),
    ("office", say("Office")),
    ("status", say("Status")),
    ("technology", say("Technology")),
    ("product", say("Product")),
    ("year", say("Filing year")),
    ("applicant", say("Applicant")),
)


def status_mark(status: str) -> Mark:
    """A status in words; in force has a sign of its own, ended ones are quiet."""
    return Mark(status_tone(status), status_label(status))


def status_tone(status: str) -> Tone:
    """In force is done, unknown is unchecked, everything else is plain."""
    return {Status.GRANTED: Tone.DONE, Status.UNKNOWN: Tone.UNCHECKED}.get(
        Status(status) if status in set(Status) else Status.UNKNOWN, Tone.PLAIN
    )


def due_mark(row: MatterRow, today: date) -> Cell:
    """The next day something is due, marked when it is near or over."""
    day = row.next_due
    if day is None or row.status in ENDED:
        return day
    if day < today:
        return Mark(Tone.OVERDUE, day.isoformat())
    if day <= today + timedelta(days=SOON_DAYS):
        return Mark(Tone.SOON, day.isoformat())
    return day


SHOWN: dict[str, Message] = {
    "unchecked": say("Unchecked dates"),
    "undocketed": say("Nothing docketed"),
    "archived": say("Archived"),
}


class MatterSource:
    """Matters, searched and sorted in SQL."""

    name = "matters"

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today

    def columns(self) -> tuple[Column, ...]:
        today = self._today
        return (
            _plain("reference", say("Reference"), 116, strong=True),
            Column(
                "title",
                say("Title"),
                lambda r: r.shown_title,
                280,
                tip=lambda r: r.shown_title,
                least=170,
            ),
            Column("right", say("Right"), lambda r: right_label(r.right), 124),
            _plain("office", say("Office"), 60, tip=lambda r: office_name(r.office)),
            Column("status", say("Status"), lambda r: status_mark(r.status), 132),
            _plain("application_number", say("Application no."), 152),
            _plain("filing_date", say("Filing date"), 100),
            Column("differing", say("Differs"), differing_mark, 68, sorts=False, tip=differing_tip),
            Column("next_due", say("Next due"), lambda r: due_mark(r, today()), 116),
            _plain("grant_number", say("Grant no."), 132),
            _plain("grant_date", say("Grant date"), 100),
            _plain("publication_number", say("Publication no."), 140),
            _plain("family", say("Family"), 84, sorts=False),
            _named("applicants", say("Applicants"), 200),
            _named("technologies", say("Technologies"), 180),
            _named("products", say("Products"), 140, shown=False),
            _named("inventors", say("Inventors"), 200, shown=False),
            _named("agencies", say("Agencies"), 160, shown=False),
            _named("tags", say("Tags"), 120, shown=False),
            _plain("priority_date", say("Priority date"), 92, shown=False),
            _plain("publication_date", say("Publication date"), 92, shown=False),
            _plain("expiry_date", say("Expiry date"), 92, shown=False),
            _plain("value_grade", say("Grade"), 64, sorts=False, shown=False),
        )

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        return matter_ids(connection, query)

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[MatterRow]:
        rows = matter_rows(connection, ids)
        counts = differing(connection, ids)
        return [replace(r, differing=counts[r.id]) if r.id in counts else r for r in rows]

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        found = []
        for name, title in FACETS:
            counts = facet_counts(connection, query, name)
            chosen = query.chosen(name)
            if len(counts) > 1 or chosen:
                options = tuple(Option(v, option_label(name, v), n) for v, n in counts)
                found.append(Facet(name, title, options))
        shown = {value: len(matter_ids(connection, query.choose("show", value))) for value in SHOWN}
        if any(shown.values()) or query.chosen("show"):
            special = tuple(Option(v, str(SHOWN[v]), n) for v, n in shown.items() if n)
            found.append(Facet("show", say("Show"), special))
        differs = len(matter_ids(connection, query.choose("register", "differs")))
        if differs or query.chosen("register"):
            option = Option("differs", tr("Differs from a register"), differs)
            found.append(Facet("register", say("Register comparison"), (option,)))
        return tuple(found)


def differing_mark(row: MatterRow) -> Cell:
    """How many fields a register tells otherwise."""
    return Mark(Tone.UNCHECKED, str(row.differing)) if row.differing else None


def differing_tip(row: MatterRow) -> str:
    """The same in words."""
    n = row.differing
    if not n:
        return ""
    return ntr("{n} field differs from a register", "{n} fields differ from a register", n)


def option_label(facet: str, value: str) -> str:
    """How a value of a facet is called."""
    if value == "-":
        return tr("None")
    if facet == "right":
        return right_label(value)
    if facet == "status":
        return status_label(value)
    if facet == "office":
        return f"{value}  {office_name(value)}"
    return value


def _plain(key: str, title: Message, width: int, **more: Any) -> Column:
    return Column(key, title, attrgetter(key), width, **more)


def _named(key: str, title: Message, width: int, shown: bool = True) -> Column:
    names: Callable[[MatterRow], tuple[str, ...]] = attrgetter(key)
    return Column(
        key,
        title,
        lambda r: "; ".join(names(r)),
        width,
        sorts=False,
        shown=shown,
        tip=lambda r: "\n".join(names(r)),
    )
