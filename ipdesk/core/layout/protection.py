"""Patents precede products: for each product and market, whether protection stands there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.layout.clock import PATENT, ClockLine
from ipdesk.core.layout.reach import Reach, reaches
from ipdesk.core.layout.subjects import AcceptedRisk, Market, Subject
from ipdesk.core.layout.words import LaunchKind, Standing

MOST_TOLD = 12
"""So many filings are named as reasons; the references name them all."""

_RIGHTS = frozenset(
    "invention utility_model design pct provisional unitary_patent standard_patent_r "
    "standard_patent_o short_term_patent".split()
)


@dataclass(frozen=True, slots=True)
class ProtectionLine:
    """One product in one market. ``until`` ends what can still be entered; ``opens`` the launch."""

    product_id: int
    product: str
    office: str
    opens: date | None
    kinds: tuple[str, ...]
    standing: str
    said: Message
    references: tuple[str, ...] = ()
    until: date | None = None
    last_safe: date | None = None
    due: date | None = None
    planned: int = 0
    risk: AcceptedRisk | None = None
    why: tuple[Message, ...] = ()
    product_zh: str = ""

    @property
    def called(self) -> Bilingual:
        """Its name in both languages, for sentences."""
        return Bilingual(self.product, self.product_zh or self.product)

    def soon(self, today: date, months: int = 6) -> bool:
        """Whether the market opens within so many months, or is open already."""
        return self.opens is not None and self.opens <= add_months(today, months)


def lines(
    subjects: Iterable[Subject],
    clock: Sequence[ClockLine],
    risks: Sequence[AcceptedRisk],
    calendars: Calendars,
    today: date,
) -> list[ProtectionLine]:
    """Every product and market, what opens first on top; markets without a date last."""
    safe = {
        (line.subject_id, line.office): line
        for line in clock
        if line.kind == "product" and line.right == PATENT
    }
    accepted = {(r.product_id, r.office): r for r in risks if r.holds(today)}
    found = [
        _line(subject, market, safe, accepted, calendars, today)
        for subject in subjects
        if subject.kind == "product"
        for market in subject.markets
    ]
    return sorted(found, key=lambda p: (p.opens or date.max, p.product, p.office))


def _line(
    subject: Subject,
    market: Market,
    safe: Mapping[tuple[int, str], ClockLine],
    accepted: Mapping[tuple[int, str], AcceptedRisk],
    calendars: Calendars,
    today: date,
) -> ProtectionLine:
    own = [f for f in subject.filings if f.right in _RIGHTS]
    ways = reaches(own, market.office, today, calendars)
    clock = safe.get((subject.id, market.office))
    risk = accepted.get((subject.id, market.office))
    best = ways[0] if ways else None
    if best is not None:
        standing = str(best.standing)
        same = [w for w in ways if w.standing is best.standing]
        said = _said(best, len(same))
        references = tuple(dict.fromkeys(w.filing.reference for w in same))
        why = tuple(w.why for w in ways[:MOST_TOLD])
    elif risk is not None:
        standing, references, why = str(Standing.ACCEPTED), (), ()
        said = say(
            "Risk accepted by {by} on {on}: {reason}", by=risk.by, on=risk.on, reason=risk.reason
        )
    else:
        standing, references = str(Standing.GAP), ()
        said, why = _gap(market, clock, today), clock.why if clock else ()
    return ProtectionLine(
        product_id=subject.id,
        product=subject.name,
        product_zh=subject.name_zh,
        office=market.office,
        opens=market.date,
        kinds=market.kinds,
        standing=standing,
        said=said,
        references=references,
        until=best.until if best else None,
        last_safe=clock.last_safe if clock else None,
        due=clock.due if clock else None,
        planned=subject.planned,
        risk=risk,
        why=why,
    )


def _said(best: Reach, n: int) -> Message:
    if best.standing is Standing.IN_FORCE:
        return say("In force: {n}", n=n)
    if best.standing is Standing.PENDING:
        return say("Pending: {n}", n=n)
    if best.how == "pct":
        return say("PCT can still enter until {day}", day=best.until)
    if best.how == "validation":
        return say("Can be validated until {day}", day=best.until)
    return say("Priority can be claimed until {day}", day=best.until)


def _gap(market: Market, clock: ClockLine | None, today: date) -> Message:
    rival = LaunchKind.RIVAL in market.kinds and market.date is None
    if clock is None:
        if rival:
            return say("Gap: competitors are there and nothing of ours is filed")
        return say("Gap: nothing is filed, and no launch date says until when it can be")
    if clock.last_safe < today:
        return say("Gap: nothing in time; the last safe day was {day}", day=clock.last_safe)
    return say("Gap: nothing filed; the last safe day is {day}", day=clock.due)
