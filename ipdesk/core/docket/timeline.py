"""The dates of a family on one time: priority, the months of law, national phases, annuities."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.progress import is_series
from ipdesk.core.docket.queries import deadlines_of_matter, events_of
from ipdesk.core.docket.records import WAITING, DeadlineRow, EventRow, State
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import FamilyMember
from ipdesk.core.portfolio.queries import family_tree, matter_detail

_EVENTS = (
    "priority filing publication national_entry grant registration refusal lapse abandonment"
    " withdrawal invalidation"
).split()
_OF_LAW = frozenset(
    "PCT-PRIO PCT-16M PCT-18M PCT-SIS PCT-DEMAND CN-P-PRIO CN-D-PRIO CN-P-PDOC CN-P-PUB CN-P-SE"
    " CN-NPE-32 CN-NPE-SE TW-PRIO CN-T-PRIO".split()
)
_LONGEST = 40  # members of a family that are still drawn


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of a lane: what it is, whether it is over, overdue or only computed."""

    day: date
    words: Message | Bilingual | str
    done: bool = False
    overdue: bool = False
    uncertain: bool = False
    months: int = 0  # from the priority date, where the day counts from it


@dataclass(frozen=True, slots=True)
class Strand:
    """One member of the family with its days in order."""

    matter_id: int
    reference: str
    title: str
    right: str
    moments: tuple[Moment, ...]


def family_timeline(connection: Connection, matter_id: int, today: date) -> tuple[Strand, ...]:
    """A strand for every member, parents before their children; of a matter alone its own."""
    return tuple(
        _strand(connection, member, today)
        for member in family_tree(connection, matter_id)[:_LONGEST]
    )


def _strand(connection: Connection, member: FamilyMember, today: date) -> Strand:
    detail = matter_detail(connection, member.id)
    priority = detail.row.priority_date if detail is not None else None
    found: dict[tuple[date, str], Moment] = {}
    events = events_of(connection, member.id)
    dates = deadlines_of_matter(connection, member.id, docket_for(connection, today))
    for moment in (
        *_recorded(events, priority),
        *_by_law(dates, priority or member.filing_date, today),
    ):
        found.setdefault((moment.day, str(moment.words)), moment)
    ordered = sorted(found.values(), key=lambda m: m.day)
    return Strand(
        member.id,
        f"{member.reference} {member.office}".strip(),
        member.title,
        member.right,
        tuple(ordered),
    )


def _recorded(events: Iterable[EventRow], priority: date | None) -> Iterator[Moment]:
    if priority is not None:
        yield Moment(priority, EVENT_LABELS["priority"], done=True)
    for event in events:
        if event.type in _EVENTS and (event.type != "priority" or event.date != priority):
            yield Moment(event.date, EVENT_LABELS[event.type], done=True)


def _by_law(rows: Iterable[DeadlineRow], priority: date | None, today: date) -> Iterator[Moment]:
    found = list(rows)
    entered = any("-NPE" in row.rule and row.rule != "PCT-NPE" for row in found)
    for row in found:
        if row.rule == "PCT-NPE" and entered:
            continue
        whole = _months(priority, row.raw) if priority is not None and _of_law(row) else 0
        words = _words(row, whole)
        if words is None or row.state == State.OVERTAKEN:
            continue
        waiting = row.state in WAITING
        yield Moment(
            row.due,
            words,
            done=(not waiting and row.state != State.INFORMATION) or row.due < today,
            overdue=row.shown(today) == "overdue",
            uncertain=row.unverified or row.calendar == "computed",
            months=whole,
        )


def _of_law(row: DeadlineRow) -> bool:
    """Whether the day is one of those that count from the priority date."""
    return row.rule in _OF_LAW or "-NPE" in row.rule


def _words(row: DeadlineRow, months: int) -> Message | Bilingual | str | None:
    """The months from the priority date, the year of an annuity, or the end of the term."""
    if row.kind == "term":
        return say("term")
    if is_series(row.rule):
        if "GRACE" in row.rule or "LATE" in row.rule or row.n is None:
            return None
        return str(row.n)
    if not _of_law(row):
        return None
    office, _, kind = row.rule.partition("-")
    if months and office != "PCT" and kind.startswith("NPE"):
        return say("{n} m {office}", n=months, office=office)
    return say("{n} m", n=months) if months else row.label


def _months(start: date, end: date) -> int:
    """Whole months between two days, 0 where they are not whole."""
    count = (end.year - start.year) * 12 + end.month - start.month
    return count if count and add_months(start, count) == end else 0
