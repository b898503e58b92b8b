"""How far own filings reach: in force, pending, or able to enter an office, and until when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.layout.novelty import entry, priority_months, region_of
from ipdesk.core.layout.subjects import Filing
from ipdesk.core.layout.words import Standing
from ipdesk.core.portfolio.model import Right, Status
from ipdesk.core.portfolio.offices import office_name

_ORDER = (Standing.IN_FORCE, Standing.PENDING, Standing.CAN_ENTER)


@dataclass(frozen=True, slots=True)
class Reach:
    """One filing at one office. ``until`` (rolled) ends what can still be entered or claimed."""

    standing: Standing
    filing: Filing
    how: str = ""  # direct | region | pct | priority | validation
    raw: date | None = None
    until: date | None = None
    why: tuple[Message, ...] = ()


def reaches(
    filings: Sequence[Filing], office: str, today: date, calendars: Calendars
) -> list[Reach]:
    """Every way in which the filings stand or can still stand at the office, best first."""
    found: list[Reach] = []
    for filing in filings:
        if filing.live:
            found += _of(filing, office, today, calendars)
    later = date.max
    return sorted(found, key=lambda r: (_ORDER.index(r.standing), -(r.until or later).toordinal()))


def _of(filing: Filing, office: str, today: date, calendars: Calendars) -> Iterator[Reach]:
    if filing.office == office:
        standing = Standing.IN_FORCE if filing.granted else Standing.PENDING
        yield Reach(standing, filing, "direct", why=(_stands(filing, office),))
        return
    yield from _by_region(filing, office, today, calendars)
    yield from _by_pct(filing, office, today, calendars)
    yield from _by_priority(filing, office, today, calendars)


def _stands(filing: Filing, office: str) -> Message:
    values = {"reference": filing.reference, "office": office_name(office)}
    if filing.granted:
        return say("{reference} is in force at {office}.", **values)
    if filing.status == Status.UNKNOWN:
        return say("{reference} stands at {office}; its status is not known.", **values)
    return say("{reference} is pending at {office}.", **values)


def _by_region(filing: Filing, office: str, today: date, calendars: Calendars) -> Iterator[Reach]:
    region = region_of(filing.office, filing.right)
    if region is None:
        return
    values = {
        "reference": filing.reference,
        "region": office_name(region.office),
        "office": office_name(office),
    }
    if filing.granted and office in region.granted:
        why = say("{reference} of {region} is in force in {office} too.", **values)
        yield Reach(Standing.IN_FORCE, filing, "region", why=(why,))
    elif not filing.granted and office in region.pending:
        why = say("{reference} is pending at {region} and can lead to {office}.", **values)
        yield Reach(Standing.PENDING, filing, "region", why=(why,))
    elif filing.granted and office in region.pending and filing.grant and region.validation_months:
        raw = add_months(filing.grant, region.validation_months)
        until = calendars.next_open(office, raw).day
        if until >= today:
            why = say(
                "{reference} was granted by {region}; it can be validated in {office} until {day}.",
                **values,
                day=until,
            )
            yield Reach(Standing.CAN_ENTER, filing, "validation", raw, until, (why,))


def _by_pct(filing: Filing, office: str, today: date, calendars: Calendars) -> Iterator[Reach]:
    way = entry(office)
    if filing.right != Right.PCT or way is None or filing.effective is None:
        return
    through, months = way
    raw = add_months(filing.effective, months)
    until = calendars.next_open(through, raw).day
    if until < today:
        return
    why = say(
        "{reference} can still enter {office} until {day}: {months} months from {start}.",
        reference=filing.reference,
        office=office_name(through),
        day=until,
        months=months,
        start=filing.effective,
    )
    yield Reach(Standing.CAN_ENTER, filing, "pct", raw, until, (why,))


def _by_priority(filing: Filing, office: str, today: date, calendars: Calendars) -> Iterator[Reach]:
    months = priority_months(filing.right)
    if not is_first(filing) or not months or filing.filing is None:
        return
    raw = add_months(filing.filing, months)
    until = calendars.next_open(office, raw).day
    if until < today:
        return
    why = say(
        "The priority of {reference} can be claimed at {office} until {day}: "
        "{months} months from {start}.",
        reference=filing.reference,
        office=office_name(office),
        day=until,
        months=months,
        start=filing.filing,
    )
    yield Reach(Standing.CAN_ENTER, filing, "priority", raw, until, (why,))


def is_first(filing: Filing) -> bool:
    """Whether it is a first filing: no earlier date is claimed in it."""
    return filing.priority is None or filing.priority == filing.filing


def first_filings(filings: Iterable[Filing]) -> list[Filing]:
    """Filings whose date later ones can claim."""
    return [f for f in filings if f.live and f.filing and is_first(f) and priority_months(f.right)]
