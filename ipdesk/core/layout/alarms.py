"""What cannot wait: launches without a filing, markets without a right, priority years ending."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.layout.actual import is_late
from ipdesk.core.layout.clock import ClockLine, earliest, public_sentence
from ipdesk.core.layout.model import PlanRow
from ipdesk.core.layout.novelty import priority_months
from ipdesk.core.layout.protection import ProtectionLine
from ipdesk.core.layout.reach import first_filings, office_label
from ipdesk.core.layout.subjects import Filing, Subject
from ipdesk.core.layout.words import ClockState, RowStatus, Standing

LAUNCH_MONTHS = 6
PRIORITY_MONTHS = 3
_ONE_DAY, _SOON = timedelta(days=1), timedelta(days=30)
_PROMISED = (RowStatus.APPROVED, RowStatus.DRAFTING)


class AlarmKind(StrEnum):
    """What kind of alarm, in the order in which they are shown on one day."""

    UNFILED = "launch_unfiled"
    LAST_SAFE = "last_safe"
    MARKET = "market_unprotected"
    PRIORITY = "priority_ends"
    LATE = "row_late"
    DUE = "row_due"


ALARM_LABELS: dict[str, Message] = {
    AlarmKind.UNFILED: say("Launch soon, nothing filed"),
    AlarmKind.LAST_SAFE: say("Last safe filing day"),
    AlarmKind.MARKET: say("Market opens, no right there"),
    AlarmKind.PRIORITY: say("Priority year ends, no decision"),
    AlarmKind.LATE: say("Planned filing overdue"),
    AlarmKind.DUE: say("Planned filing due"),
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. ``due`` is the day by which something must be done; it may be past."""

    kind: str
    said: Message
    due: date
    product_id: int | None = None
    office: str = ""
    matter_id: int | None = None
    reference: str = ""
    row_id: int | None = None
    why: tuple[Message, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from the others, also after the next reading."""
        about = self.row_id or self.matter_id or self.product_id or 0
        return f"{self.kind}-{about}-{self.office}"

    def state(self, today: date) -> str:
        """``overdue``, ``soon`` (30 days) or ``later``, as signs and colours ask for it."""
        if self.due < today:
            return "overdue"
        return "soon" if (self.due - today).days <= 30 else "later"


def alarms(
    subjects: Sequence[Subject],
    clock: Sequence[ClockLine],
    protection: Sequence[ProtectionLine],
    undecided: Sequence[Filing],
    rows: Iterable[PlanRow],
    calendars: Calendars,
    today: date,
) -> list[Alarm]:
    """Every alarm, soonest first. *undecided* are first filings without word on filing abroad."""
    unfiled = list(_unfiled(subjects, clock, today))
    silent = {a.product_id for a in unfiled}
    found = [
        *unfiled,
        *_urgent(clock, silent),
        *_markets(protection, silent, today),
        *_priorities(undecided, calendars, today),
        *_rows(rows, today),
    ]
    order = list(AlarmKind)
    return sorted(found, key=lambda a: (a.due, order.index(AlarmKind(a.kind)), str(a.reference)))


def _unfiled(
    subjects: Iterable[Subject], clock: Iterable[ClockLine], today: date
) -> Iterator[Alarm]:
    """Something becomes public within six months and nothing of it was ever filed."""
    horizon = add_months(today, LAUNCH_MONTHS)
    due: dict[tuple[str, int], date] = {}
    for line in clock:
        key = (line.kind, line.subject_id)
        due[key] = min(due.get(key, line.due), line.due)
    for subject in subjects:
        first = earliest([e for e in subject.exposures if e.day >= today])
        if first is None or first.day > horizon or any(f.live for f in subject.filings):
            continue
        yield Alarm(
            kind=str(AlarmKind.UNFILED),
            said=say(
                "{name}: {what} on {day}, nothing filed",
                name=subject.called,
                what=first.what,
                day=first.day,
            ),
            due=due.get((subject.kind, subject.id), first.day),
            product_id=subject.id if subject.kind == "product" else None,
            office=first.office,
            why=(public_sentence(subject.called, first), say("No application is recorded.")),
        )


def _urgent(clock: Iterable[ClockLine], silent: set[int | None]) -> Iterator[Alarm]:
    """Last safe days within the urgent days; where all is unfiled one alarm says it already."""
    for line in clock:
        known = line.kind == "product" and line.subject_id in silent
        if line.state != ClockState.URGENT or known:
            continue
        yield Alarm(
            kind=str(AlarmKind.LAST_SAFE),
            said=say(
                "{name}: last safe filing day for {office} is {day}",
                name=line.called,
                office=office_label(line.office),
                day=line.due,
            ),
            due=line.due,
            product_id=line.subject_id if line.kind == "product" else None,
            office=line.office,
            why=line.why,
        )


def _markets(
    protection: Iterable[ProtectionLine], silent: set[int | None], today: date
) -> Iterator[Alarm]:
    for line in protection:
        if line.standing != Standing.GAP or line.opens is None or line.product_id in silent:
            continue
        if not today <= line.opens <= add_months(today, LAUNCH_MONTHS):
            continue
        yield Alarm(
            kind=str(AlarmKind.MARKET),
            said=say(
                "{name} opens in {office} on {day} and no right stands there",
                name=line.called,
                office=office_label(line.office),
                day=line.opens,
            ),
            due=line.opens,
            product_id=line.product_id,
            office=line.office,
            why=(line.said, *line.why),
        )


def _priorities(undecided: Sequence[Filing], calendars: Calendars, today: date) -> Iterator[Alarm]:
    """One alarm a family: the earliest first filing counts."""
    horizon = add_months(today, PRIORITY_MONTHS)
    first: dict[int | tuple[str, int], Filing] = {}
    for filing in first_filings(undecided):
        key = filing.family_id or ("matter", filing.matter_id)
        known = first.get(key)
        if known is None or (filing.filing or date.max) < (known.filing or date.max):
            first[key] = filing
    for filing in first.values():
        if filing.filing is None:
            continue
        months = priority_months(filing.right)
        raw = add_months(filing.filing, months)
        due = calendars.next_open(filing.office, raw).day
        if today <= due <= horizon:
            yield Alarm(
                kind=str(AlarmKind.PRIORITY),
                said=say(
                    "{reference}: priority ends on {day}, nothing decided on filing abroad",
                    reference=filing.reference,
                    day=due,
                ),
                due=due,
                office=filing.office,
                matter_id=filing.matter_id,
                reference=filing.reference,
                why=(
                    say(
                        "{months} months from the filing of {reference} on {day} end on {raw}.",
                        months=months,
                        reference=filing.reference,
                        day=filing.filing,
                        raw=raw,
                    ),
                ),
            )


def _rows(rows: Iterable[PlanRow], today: date) -> Iterator[Alarm]:
    """Approved rows in the last thirty days of their target month, and all whose month is over."""
    for row in rows:
        target = row.fields.target
        if target is None or not row.planned:
            continue
        late, due = is_late(row, today), add_months(target.replace(day=1), 1) - _ONE_DAY
        if not late and (row.status not in _PROMISED or due > today + _SOON):
            continue
        values = {"title": row.fields.title, "month": f"{target:%Y-%m}"}
        said = (
            say("{title}: planned for {month}, not filed", **values)
            if late
            else say("{title}: to be filed in {month}", **values)
        )
        yield Alarm(
            kind=str(AlarmKind.LATE if late else AlarmKind.DUE),
            said=said,
            due=due,
            product_id=row.fields.product_id,
            row_id=row.id,
            why=(say("The plan wants it filed by the end of {month}.", month=values["month"]),),
        )
