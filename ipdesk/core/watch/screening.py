"""How a family stands in each market: rules that are shown, never hidden.

An estimated end of term counts the ordinary term from the filing date and knows nothing of
extensions, adjustments or unpaid fees.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ipdesk.base.dates import add_months, add_years
from ipdesk.base.i18n import Message, say
from ipdesk.core.portfolio.model import ENDED, Right, Status
from ipdesk.core.watch.words import Territory

PCT_MONTHS = 30  # PCT art. 22 and 39(1): an office may allow more
PARIS_MONTHS = 12
_NEW_DESIGN_LAW = date(2021, 6, 1)
_EPC = (
    "AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC ME MK MT NL NO PL "
    "PT RO RS SE SI SK SM TR"
)
REGIONS: dict[str, frozenset[str]] = {
    "EP": frozenset(_EPC.split()),
    "EA": frozenset("AM AZ BY KG KZ RU TJ TM".split()),
}
"""Offices whose patents can hold in other countries."""


@dataclass(frozen=True, slots=True)
class MemberSign:
    """What screening needs to know of one publication."""

    number: str
    office: str
    right: str
    status: str
    priority_date: date | None = None
    filing_date: date | None = None
    expiry_date: date | None = None


@dataclass(frozen=True, slots=True)
class MarketState:
    """How a family stands in one market; ``exempt``: nothing to fear there, by the rules shown."""

    office: str
    state: str
    exempt: bool
    number: str = ""
    expiry: date | None = None
    estimated: bool = False
    rules: tuple[Message, ...] = field(default=())
    said_by: str = ""  # a person's finding stands above the rules

    def years_left(self, today: date) -> float | None:
        """Remaining life in years, one decimal; None where no end is known."""
        if self.expiry is None or self.state in (Territory.NOT_IN_FORCE, Territory.NONE_SEEN):
            return None
        return round(max(0, (self.expiry - today).days) / 365.25, 1)


def screen(
    members: Sequence[MemberSign],
    markets: Iterable[str],
    today: date,
    pct_months: Mapping[str, int] | None = None,
) -> tuple[MarketState, ...]:
    """Every market by the rules, in the order asked."""
    return tuple(_market(members, office, today, pct_months or {}) for office in markets)


def term_end(member: MemberSign) -> tuple[date | None, bool]:
    """When the protection ends at the latest, and whether that is estimated.

    20 years from filing for patents (TRIPS art. 33); in China 10 years for utility models and 15
    for designs, 10 for those filed before 2021-06-01 (Patent Law art. 42).
    """
    if member.expiry_date:
        return member.expiry_date, False
    if member.filing_date is None:
        return None, False
    if member.right == Right.INVENTION:
        return add_years(member.filing_date, 20), True
    if member.office == "CN" and member.right == Right.UTILITY_MODEL:
        return add_years(member.filing_date, 10), True
    if member.office == "CN" and member.right == Right.DESIGN:
        years = 15 if member.filing_date >= _NEW_DESIGN_LAW else 10
        return add_years(member.filing_date, years), True
    return None, False


def _market(
    members: Sequence[MemberSign], office: str, today: date, pct_months: Mapping[str, int]
) -> MarketState:
    here = [m for m in members if m.office == office]
    if here:
        return _with_members(here, office, today)
    regional = [m for m in members if office in REGIONS.get(m.office, frozenset())]
    if regional:
        found = _regional(regional, office, today)
        if found:
            return found
    return _without_members(members, office, today, pct_months)


def _with_members(here: Sequence[MemberSign], office: str, today: date) -> MarketState:
    """The strongest member decides: in force, then pending, then unknown, then ended."""
    best: MarketState | None = None
    for member in here:
        found = _one(member, office, today)
        if best is None or _RANK[found.state] < _RANK[best.state]:
            best = found
    assert best is not None  # the caller passes at least one member
    return best


_RANK: dict[str, int] = {
    Territory.IN_FORCE: 0,
    Territory.PENDING: 1,
    Territory.UNKNOWN: 2,
    Territory.NOT_IN_FORCE: 3,
}


def _one(member: MemberSign, office: str, today: date) -> MarketState:
    end, estimated = term_end(member)
    number = member.number
    if member.status in ENDED:
        rule = say("Not in force in {office}: territory exempt.", office=office)
        return MarketState(office, Territory.NOT_IN_FORCE, True, number, end, estimated, (rule,))
    if end is not None and end < today:
        rule = say("The term ended on {day}: territory exempt.", day=end)
        ended = (rule, *((_ESTIMATE,) if estimated else ()))
        return MarketState(office, Territory.NOT_IN_FORCE, True, number, end, estimated, ended)
    rules: tuple[Message, ...] = (_ESTIMATE,) if estimated else ()
    if member.status == Status.GRANTED:
        rules = (say("In force in {office}.", office=office), *rules)
        return MarketState(office, Territory.IN_FORCE, False, number, end, estimated, rules)
    if member.status and member.status != Status.UNKNOWN:
        rules = (say("Pending: claims may change."), *rules)
        return MarketState(office, Territory.PENDING, False, number, end, estimated, rules)
    rules = (say("The list does not tell the status: look it up in the register."), *rules)
    return MarketState(office, Territory.UNKNOWN, False, number, end, estimated, rules)


_ESTIMATE = say("End of term estimated from the filing date, without extensions.")


def _regional(regional: Sequence[MemberSign], office: str, today: date) -> MarketState | None:
    found = _with_members(regional, office, today)
    region = regional[0].office
    if found.state == Territory.NOT_IN_FORCE:
        return None
    if found.state == Territory.PENDING:
        return found
    rule = say(
        "A patent of {region} may hold in {office}: check the validation.",
        region=region,
        office=office,
    )
    return MarketState(
        office, Territory.UNKNOWN, False, found.number, found.expiry, found.estimated, (rule,)
    )


def _without_members(
    members: Sequence[MemberSign], office: str, today: date, pct_months: Mapping[str, int]
) -> MarketState:
    pct = next((m for m in members if m.office == "WO" and m.status not in ENDED), None)
    starts = [m.priority_date or m.filing_date for m in members]
    first = min((d for d in starts if d), default=None)
    if pct is not None:
        start = pct.priority_date or pct.filing_date or first
        if start is None:
            rule = say("PCT application without a date: whether it can still enter is unknown.")
            return MarketState(office, Territory.UNKNOWN, False, pct.number, rules=(rule,))
        end = add_months(start, pct_months.get(office, PCT_MONTHS))
        if end >= today:
            rule = say("PCT not yet entered: {office} is open until {day}.", office=office, day=end)
            return MarketState(office, Territory.PCT_OPEN, False, pct.number, rules=(rule,))
        rules = (
            say("The PCT time limit for {office} passed on {day}.", office=office, day=end),
            _NOT_SEEN,
        )
        return MarketState(office, Territory.NONE_SEEN, False, pct.number, rules=rules)
    if first is not None and add_months(first, PARIS_MONTHS) >= today:
        end = add_months(first, PARIS_MONTHS)
        rule = say("The priority year runs until {day}: it can still be filed.", day=end)
        return MarketState(office, Territory.PRIORITY_OPEN, False, rules=(rule,))
    return MarketState(office, Territory.NONE_SEEN, False, rules=(_NOT_SEEN,))


_NOT_SEEN = say("No member seen there; a list may be incomplete, check the family.")
