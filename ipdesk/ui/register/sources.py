"""Differences with a register and what one side lacks, as lists."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.register.model import (
    DifferenceRow,
    LackRow,
    RegisterFile,
    Side,
    Stand,
    stand_label,
    words_of,
)
from ipdesk.core.intake.register.queries import (
    difference_counts,
    difference_ids,
    difference_rows,
    lack_counts,
    lack_ids,
    lack_rows,
)
from ipdesk.core.portfolio.model import right_label, status_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.store.paging import ListQuery
from ipdesk.ui.intake.fields import field_name, format_name
from ipdesk.ui.tables.columns import Align, Cell, Column, Facet, Mark, Option

if TYPE_CHECKING:
    from sqlalchemy import Connection

_TONES = {
    Stand.OPEN: Tone.UNCHECKED,
    Stand.ACCEPTED: Tone.DONE,
    Stand.DISMISSED: Tone.PLAIN,
    Stand.SETTLED: Tone.PLAIN,
}


def stand_mark(row: DifferenceRow | LackRow) -> Mark:
    """What became of it, in words with a sign."""
    return Mark(_TONES.get(Stand(row.state), Tone.PLAIN), stand_label(row.state))


def day_of(at: datetime) -> str:
    """The day in the time of this machine; the store keeps UTC."""
    return at.replace(tzinfo=UTC).astimezone().strftime("%Y-%m-%d")


def ours_words(row: DifferenceRow) -> str:
    """Our value, or a dash where we have none."""
    return words_of(row.field, row.ours) or "–"


class DifferenceSource:
    """Fields that a register tells otherwise; both values side by side."""

    name = "differences"

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", say("Reference"), lambda r: r.reference, 112, strong=True),
            Column("field", say("Field"), lambda r: field_name(r.field), 124),
            _value("ours", say("Here"), ours_words),
            _value("theirs", say("In the register"), lambda r: words_of(r.field, r.theirs)),
            Column("state", say("State"), stand_mark, 128),
            Column("office", say("Office"), lambda r: r.office, 60, tip=_office),
            _title(),
            Column("right", say("Right"), lambda r: right_label(r.right), 116),
            Column("at", say("Compared"), lambda r: day_of(r.at), 96),
            Column("file", say("File"), lambda r: r.file, 180, sorts=False, tip=_where),
            Column("source", say("Source"), lambda r: format_name(r.source), 120, shown=False),
            Column("reason", say("Reason"), lambda r: r.reason, 200, sorts=False, shown=False),
        )

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        return difference_ids(connection, query)

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[DifferenceRow]:
        return difference_rows(connection, ids)

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        return _facets(("field", "office", "right", "source"), difference_counts, connection, query)


class LackSource:
    """Records that one side lacks."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self.name = str(side)

    def columns(self) -> tuple[Column, ...]:
        here = self._side is Side.NOT_THERE
        own = (
            Column("reference", say("Reference"), lambda r: r.reference, 112, strong=True),
            Column("status", say("Status"), _published, 150, sorts=False),
        )
        return (
            *(own if here else ()),
            Column("number", say("Number"), lambda r: r.number, 160, strong=not here),
            Column("title", say("Title"), lambda r: r.title, 280, tip=lambda r: r.title, least=170),
            Column("right", say("Right"), lambda r: right_label(r.right), 120),
            Column("office", say("Office"), lambda r: r.office, 60, tip=_office),
            Column("filing_date", say("Filing date"), lambda r: r.filing_date, 100),
            Column("applicants", say("Applicants"), _applicants, 200, sorts=False, tip=_applicants),
            Column("state", say("State"), stand_mark, 116),
            Column("at", say("Compared"), lambda r: day_of(r.at), 96),
            Column("file", say("File"), lambda r: r.file, 180, sorts=False, tip=_where),
            Column("reason", say("Reason"), lambda r: r.reason, 200, sorts=False, shown=False),
        )

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        return lack_ids(connection, query.choose("side", self._side))

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[LackRow]:
        return lack_rows(connection, ids)

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        asked = query.choose("side", self._side)
        return _facets(("office", "right", "source"), lack_counts, connection, asked)


def _facets(
    names: tuple[str, ...], counts: Any, connection: Connection, query: ListQuery
) -> tuple[Facet, ...]:
    found = []
    for name in names:
        pairs = counts(connection, query, name)
        if len(pairs) > 1 or query.chosen(name):
            options = tuple(Option(v, _option(name, v), n) for v, n in pairs)
            found.append(Facet(name, _FACETS[name], options))
    return tuple(found)


_FACETS = {
    "field": say("Field"),
    "office": say("Office"),
    "right": say("Right"),
    "source": say("Source"),
}


def _option(facet: str, value: str) -> str:
    if facet == "field":
        return field_name(value)
    if facet == "office":
        return f"{value}  {office_name(value)}"
    return right_label(value) if facet == "right" else format_name(value)


def _value(key: str, title: Message, words: Any) -> Column:
    return Column(key, title, words, 176, sorts=False, tip=words, least=130)


def _title() -> Column:
    return Column(
        "title",
        say("Title"),
        lambda r: r.shown_title,
        220,
        sorts=False,
        tip=lambda r: r.shown_title,
    )


def _office(row: DifferenceRow | LackRow) -> str:
    return office_name(row.office)


def _where(row: DifferenceRow | LackRow) -> str:
    if not row.line:
        return row.file
    return tr("{file}, sheet {sheet}, row {row}", file=row.file, sheet=row.sheet, row=row.line)


def _applicants(row: LackRow) -> str:
    return "; ".join(row.applicants)


def _published(row: LackRow) -> Cell:
    """A register may not know what was not published yet."""
    if row.unpublished:
        return Mark(Tone.PLAIN, tr("Not published yet"))
    return status_label(row.status)


def file_columns() -> tuple[Column, ...]:
    """The files that were compared."""

    def count(key: str, title: Message, width: int = 88) -> Column:
        return Column(key, title, lambda r: r.summary.get(key), width, Align.RIGHT)

    def state(row: RegisterFile) -> Cell:
        return Mark(Tone.PLAIN, tr("Taken back")) if row.undone else Mark(Tone.DONE, tr("In place"))

    return (
        Column("file", say("File"), lambda r: r.file, 184, tip=lambda r: r.path, strong=True),
        Column("at", say("Compared"), lambda r: day_of(r.at), 100),
        Column("source", say("Source"), lambda r: format_name(r.source), 96),
        count("records", say("Records"), 72),
        count("matched", say("Found here")),
        count("differences", say("Differences")),
        count("not_here", say("Not here"), 76),
        count("not_there", say("Not in the register"), 120),
        Column("scope", say("Scope"), scope_words, 220, tip=scope_words),
        Column("state", say("State"), state, 104),
    )


def scope_words(row: RegisterFile) -> str:
    """Offices, rights and applicants that the file speaks of."""
    offices = ", ".join(dict.fromkeys(o for o, _ in row.scope.places))
    rights = ", ".join(dict.fromkeys(right_label(r) for _, r in row.scope.places))
    names = "; ".join(row.scope.applicants[:3])
    more = len(row.scope.applicants) - 3
    named = f"{names} +{more}" if more > 0 else names
    return " · ".join(part for part in (offices, rights, named) if part)
