"""How far own filings reach: in force, pending, or able to enter an office, and until when."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.layout.novelty import Region, entry, priority_months, region_of
from ipdesk.core.layout.subjects import Filing
from ipdesk.core.layout.words import Standing
from ipdesk.core.portfolio.model import Right, Status
from ipdesk.core.portfolio.offices import offices

_ORDER = {Standing.IN_FORCE: 0, Standing.PENDING: 1, Standing.CAN_ENTER: 2}
_LONGEST_PRIORITY = 400  # days; older first filings cannot be claimed any more


@dataclass(frozen=True, slots=True)
class Reach:
    """One filing at one office. ``until`` (rolled) ends what can still be entered or claimed."""

    standing: Standing
    filing: Filing
    office: str
    how: str  # direct | region | pct | priority | validation
    through: str = ""  # the office where it is entered, where that is another
    months: int = 0
    start: date | None = None
    raw: date | None = None
    until: date | None = None

    @property
    def why(self) -> Message:
        """The way as a sentence."""
        return _SENTENCES[self.how](self)


def reaches(
    filings: Sequence[Filing], office: str, today: date, calendars: Calendars
) -> list[Reach]:
    """Every way in which the filings stand or can still stand at the office, best first."""
    found: list[Reach] = []
    for filing in filings:
        if not filing.live:
            continue
        if filing.office == office:
            standing = Standing.IN_FORCE if filing.granted else Standing.PENDING
            found.append(Reach(standing, filing, office, "direct"))
        else:
            found += _elsewhere(filing, office, today, calendars)
    later = date.max
    return sorted(found, key=lambda r: (_ORDER[r.standing], -(r.until or later).toordinal()))


def _elsewhere(filing: Filing, office: str, today: date, calendars: Calendars) -> Iterator[Reach]:
    """A filing at another office: by region, by international application, by priority."""
    region = region_of(filing.office, filing.right)
    if region is not None:
        yield from _by_region(filing, region, office, today, calendars)
    way = entry(office) if filing.right == Right.PCT else None
    if way is not None and filing.effective is not None:
        through, months = way
        raw = add_months(filing.effective, months)
        until = calendars.next_open(through, raw).day
        if until >= today:
            yield Reach(
                Standing.CAN_ENTER,
                filing,
                office,
                "pct",
                through,
                months,
                filing.effective,
                raw,
                until,
            )
    young = filing.filing is not None and (today - filing.filing).days < _LONGEST_PRIORITY
    months = priority_months(filing.right) if young and is_first(filing) else 0
    if months and filing.filing is not None:
        raw = add_months(filing.filing, months)
        until = calendars.next_open(office, raw).day
        if until >= today:
            yield Reach(
                Standing.CAN_ENTER,
                filing,
                office,
                "priority",
                "",
                months,
                filing.filing,
                raw,
                until,
            )


def _by_region(
    filing: Filing, region: Region, office: str, today: date, calendars: Calendars
) -> Iterator[Reach]:
    if filing.granted and office in region.granted:
        yield Reach(Standing.IN_FORCE, filing, office, "region")
    elif not filing.granted and office in region.pending:
        yield Reach(Standing.PENDING, filing, office, "region")
    elif filing.granted and office in region.pending and filing.grant and region.validation_months:
        raw = add_months(filing.grant, region.validation_months)
        until = calendars.next_open(office, raw).day
        if until >= today:
            yield Reach(
                Standing.CAN_ENTER,
                filing,
                office,
                "validation",
                region.office,
                raw=raw,
                until=until,
            )


# -- sentences ------------------------------------------------------------------------------------
def _direct(way: Reach) -> Message:
    values = {"reference": way.filing.reference, "office": office_label(way.office)}
    if way.filing.granted:
        return say("{reference} is in force for {office}.", **values)
    if way.filing.status == Status.UNKNOWN:
        return say("{reference} stands at {office}; its status is not known.", **values)
    return say("{reference} is pending for {office}.", **values)


def _region(way: Reach) -> Message:
    values = {
        "reference": way.filing.reference,
        "region": office_label(way.filing.office),
        "office": office_label(way.office),
    }
    if way.filing.granted:
        return say("{reference} of {region} is in force in {office} too.", **values)
    return say("{reference} is pending at {region} and can lead to {office}.", **values)


def _validation(way: Reach) -> Message:
    return say(
        "{reference} was granted by {region}; it can be validated in {office} until {day}.",
        reference=way.filing.reference,
        region=office_label(way.through),
        office=office_label(way.office),
        day=way.until,
    )


def _pct(way: Reach) -> Message:
    return say(
        "{reference} can still enter {office} until {day}: {months} months from {start}.",
        reference=way.filing.reference,
        office=office_label(way.through),
        day=way.until,
        months=way.months,
        start=way.start,
    )


def _priority(way: Reach) -> Message:
    return say(
        "The priority of {reference} can be claimed at {office} until {day}: "
        "{months} months from {start}.",
        reference=way.filing.reference,
        office=office_label(way.office),
        day=way.until,
        months=way.months,
        start=way.start,
    )


_SENTENCES: dict[str, Callable[[Reach], Message]] = {
    "direct": _direct,
    "region": _region,
    "validation": _validation,
    "pct": _pct,
    "priority": _priority,
}


def office_label(office: str) -> Bilingual:
    """The name of an office, to be spoken later; an unknown code speaks for itself."""
    known = offices().get(office)
    return known.name if known else Bilingual(office, office)


def is_first(filing: Filing) -> bool:
    """Whether it is a first filing: no earlier date is claimed in it."""
    return filing.priority is None or filing.priority == filing.filing


def first_filings(filings: Iterable[Filing]) -> list[Filing]:
    """Filings whose date later ones can claim."""
    return [f for f in filings if f.live and f.filing and is_first(f) and priority_months(f.right)]
