"""The last safe filing day: from launches and disclosures to a date per office, with its reasons.

Novelty is judged worldwide: whichever occasion comes first anywhere counts everywhere. The last
safe day is the day before it, or the end of a grace period where an office excuses the occasion.
It is not a period that the law prolongs over closed days, so it rolls *backward*, to a day on
which the office is open; the ends of priority years and of PCT entry roll forward as always.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.calendars import Calendars, Status
from ipdesk.core.layout.novelty import PATENTS, Grace, abroad_of, grace_of
from ipdesk.core.layout.reach import Reach, office_label, reaches
from ipdesk.core.layout.subjects import Exposure, Filing, Subject
from ipdesk.core.layout.words import ClockState
from ipdesk.core.portfolio.model import Right

PATENT, DESIGN = "patent", "design"
_ONE_DAY = timedelta(days=1)
_LONGEST_BREAK = 60


@dataclass(frozen=True, slots=True)
class Terms:
    """The day, how soon is urgent, and the country where the company's inventions are made."""

    today: date
    home: str = "CN"
    urgent_days: int = 90


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One thing at one office. ``last_safe`` is the raw day, ``due`` the open day before it.

    ``until`` ends what a filing made in time can still do there (priority, PCT); ``ask_by`` is
    the last day to ask for permission to file abroad directly.
    """

    kind: str  # of the subject: product | technology | invention
    subject_id: int
    product: str
    office: str
    right: str  # patent | design
    launch: date | None
    first: Exposure
    last_safe: date
    due: date
    state: str
    calendar: str
    unverified: bool
    why: tuple[Message, ...]
    filings: tuple[str, ...] = ()
    until: date | None = None
    ask_by: date | None = None
    graced: bool = False
    product_zh: str = ""

    @property
    def called(self) -> Bilingual:
        """Its name in both languages, for sentences."""
        return Bilingual(self.product, self.product_zh or self.product)


def run(subjects: Iterable[Subject], calendars: Calendars, terms: Terms) -> list[ClockLine]:
    """Every line of the clock: what is not filed and soonest due stands first."""
    lines = [line for subject in subjects for line in lines_of(subject, calendars, terms)]
    return sorted(lines, key=lambda x: (x.state == ClockState.FILED, x.due, x.product, x.office))


def lines_of(subject: Subject, calendars: Calendars, terms: Terms) -> Iterator[ClockLine]:
    """The offices where the subject wants protection; none before it is known when it shows."""
    if not subject.exposures:
        return
    for office in subject.offices or (terms.home,):
        yield _Reckoning(subject, office, PATENT, calendars, terms).line()
        if office in subject.designs:
            yield _Reckoning(subject, office, DESIGN, calendars, terms).line()


@dataclass(frozen=True, slots=True)
class _Bound:
    """The last day that one occasion leaves."""

    exposure: Exposure
    last: date
    grace: Grace | None  # where it is excused for a while


class _Reckoning:
    """One subject at one office, step by step."""

    def __init__(
        self, subject: Subject, office: str, group: str, calendars: Calendars, terms: Terms
    ) -> None:
        self.subject = subject
        self.office = office
        self.group = group
        self.calendars = calendars
        self.terms = terms
        self.right = Right.INVENTION if group == PATENT else Right.DESIGN
        self.rule = grace_of(office, self.right)
        self.bounds = [_bound(e, self.rule) for e in subject.exposures]
        self.bound = min(self.bounds, key=lambda b: (b.last, b.exposure.day))
        self.due, self.status = previous_open(calendars, office, self.bound.last)

    def line(self) -> ClockLine:
        """The whole answer for this office."""
        bound, terms = self.bound, self.terms
        reach = self._in_time()
        why = [*self._why_public(), *self._why_day(), *self._why_rolled()]
        ask_by, asked = self._abroad() if reach is None else (None, ())
        why += asked
        if reach is not None:
            why.append(reach.why)
        else:
            why += self._nothing()
        return ClockLine(
            kind=self.subject.kind,
            subject_id=self.subject.id,
            product=self.subject.name,
            product_zh=self.subject.name_zh,
            office=self.office,
            right=self.group,
            launch=self.subject.opens(self.office) or bound.exposure.day,
            first=bound.exposure,
            last_safe=bound.last,
            due=self.due,
            state=self._state(reach, terms),
            calendar=str(self.status.value),
            unverified=self.rule is not None and self.rule.unverified,
            why=tuple(why),
            filings=(reach.filing.reference,) if reach else (),
            until=reach.until if reach else None,
            ask_by=ask_by,
            graced=bound.grace is not None,
        )

    def _state(self, reach: Reach | None, terms: Terms) -> str:
        if reach is not None:
            return ClockState.FILED
        if self.bound.last < terms.today:
            return ClockState.PASSED
        soon = terms.today + timedelta(days=terms.urgent_days)
        return ClockState.URGENT if self.due <= soon else ClockState.OPEN

    # -- filings ----------------------------------------------------------------------------------
    def _filings(self) -> list[Filing]:
        if self.group == DESIGN:
            return [f for f in self.subject.filings if f.right == Right.DESIGN]
        return [
            f for f in self.subject.filings if f.right in PATENTS or f.right == "unitary_patent"
        ]

    def _in_time(self) -> Reach | None:
        """The best filing whose day is safe, if one stands or can still stand there."""
        ways = reaches(self._filings(), self.office, self.terms.today, self.calendars)
        return next((w for w in ways if all(_saves(w, bound) for bound in self.bounds)), None)

    def _nothing(self) -> Iterator[Message]:
        """Why no filing stops the clock; a publication of ours is told, as it counts too."""
        own = [f for f in self._filings() if f.live and f.effective]
        if not own:
            yield say("No application for it is recorded.")
            return
        last = max(own, key=lambda f: f.effective or date.min)
        if (last.effective or date.min) > self.bound.last:
            yield say(
                "{reference} was filed on {day}, after the last safe day.",
                reference=last.reference,
                day=last.effective,
            )
        else:
            yield say(
                "{reference} was filed in time but can no longer be extended to {office}.",
                reference=last.reference,
                office=office_label(self.office),
            )
        shown = [f for f in own if f.publication and f.publication <= self.terms.today]
        if shown:
            first = min(shown, key=lambda f: f.publication or date.max)
            yield say(
                "{reference} was published on {day}: the last safe day holds only for what it "
                "does not disclose.",
                reference=first.reference,
                day=first.publication,
            )

    # -- reasons ----------------------------------------------------------------------------------
    def _why_public(self) -> Iterator[Message]:
        first = self.bound.exposure
        yield public_sentence(self.subject.called, first)
        opens = self.subject.opens(self.office)
        if opens and opens > first.day:
            yield say(
                "The launch in {office} on {day} comes later; novelty is judged worldwide, so the "
                "first occasion counts.",
                office=office_label(self.office),
                day=opens,
            )

    def _why_day(self) -> Iterator[Message]:
        bound, rule, office = self.bound, self.rule, office_label(self.office)
        if bound.grace is not None:
            values = {"office": office, "months": bound.grace.months, "basis": bound.grace.basis}
            if bound.grace.to_priority:
                yield say(
                    "{office} excuses it for {months} months, counted to the priority or filing "
                    "date: until {day} ({basis}).",
                    **values,
                    day=bound.last,
                )
            else:
                yield say(
                    "{office} excuses it for {months} months, counted to the filing date there: "
                    "until {day} ({basis}). An earlier priority does not help.",
                    **values,
                    day=bound.last,
                )
            if bound.grace.note:
                yield say("Note: {note}", note=bound.grace.note)
            yield say("It is lost wherever no such period exists: file before the disclosure.")
        elif rule is not None:
            yield say(
                "{office} does not excuse it ({basis}): file, or claim a priority, the day before "
                "at the latest: {day}.",
                office=office,
                basis=rule.basis,
                day=bound.last,
            )
        else:
            yield say(
                "No grace period of {office} is recorded here: the day before is safe: {day}.",
                office=office,
                day=bound.last,
            )
        if rule is not None and rule.unverified:
            yield say("This rule is not verified: {source}.", source=rule.source)

    def _why_rolled(self) -> Iterator[Message]:
        if self.due != self.bound.last:
            yield say(
                "{raw} is a closed day in {office}; {due} is the last open day before it.",
                raw=self.bound.last,
                office=office_label(self.office),
                due=self.due,
            )
        if self.status is Status.UNKNOWN:
            yield say(
                "No calendar of {office} is known for {year}: check whether it is open.",
                office=office_label(self.office),
                year=self.due.year,
            )
        elif self.status is Status.COMPUTED:
            yield say(
                "The closed days of {office} in {year} are computed, not yet published.",
                office=office_label(self.office),
                year=self.due.year,
            )

    def _abroad(self) -> tuple[date | None, tuple[Message, ...]]:
        """What the country of invention wants to be asked before a direct filing elsewhere."""
        rule = abroad_of(self.terms.home, self.right)
        if rule is None or self.office == self.terms.home:
            return None, ()
        raw = add_months(self.bound.last, -(rule.months + rule.extension))
        day, _ = previous_open(self.calendars, rule.office, raw)
        values = {"home": office_label(rule.office), "day": day, "basis": rule.basis}
        said = say(
            "Made in {home}: before a direct filing abroad ask for the confidentiality examination "
            "by {day}; a decision may take {months} months ({basis}).",
            **values,
            months=rule.months + rule.extension,
        )
        more: list[Message] = []
        if day < self.terms.today:
            more.append(
                say("That day is past: file first in {home}.", home=office_label(rule.office))
            )
        if rule.by_pct:
            more.append(
                say(
                    "An international application filed in {home} counts as asking.",
                    home=office_label(rule.office),
                )
            )
        return day, (said, *more)


def _bound(exposure: Exposure, rule: Grace | None) -> _Bound:
    if rule is not None and rule.excuses(exposure.ground):
        return _Bound(exposure, add_months(exposure.day, rule.months), rule)
    return _Bound(exposure, exposure.day - _ONE_DAY, None)


def _saves(way: Reach, bound: _Bound) -> bool:
    """Whether the day of a filing is safe from an occasion.

    A priority from before the disclosure always is. Where a grace period ends with the filing at
    the office, a priority within it does not help, nor does a filing that is still to come.
    """
    effective, grace = way.filing.effective, bound.grace
    if effective is None:
        return False
    if effective < bound.exposure.day:
        return True
    if grace is None:
        return False
    if grace.to_priority:
        return effective <= bound.last
    there = way.filing.filing if way.how != "priority" else None
    return there is not None and there <= bound.last


def previous_open(calendars: Calendars, office: str, day: date) -> tuple[date, Status]:
    """The day itself or the last open day before it, and how far the closed days are known."""
    found = day
    for _ in range(_LONGEST_BREAK):
        if calendars.is_open(office, found):
            break
        found -= _ONE_DAY
    else:
        found = day
    years = {day.year, found.year}
    known = {calendars.status(office, year) for year in years}
    for status in (Status.UNKNOWN, Status.COMPUTED):
        if status in known:
            return found, status
    return found, Status.OFFICIAL


def public_sentence(name: Bilingual, exposure: Exposure) -> Message:
    """``Sensor A becomes public on 2027-05-01: Exhibition, Shenzhen, CN.``"""
    where = office_label(exposure.office) if exposure.office else ""
    return say(
        "{name} becomes public on {day}: {what}{detail}.",
        name=name,
        day=exposure.day,
        what=exposure.what,
        detail=_detail(exposure.title, where),
    )


def _detail(title: str, where: Bilingual | str) -> Bilingual:
    """What follows the kind of an occasion: its title and its country, where they are known."""
    en = [p for p in (title, where.en if isinstance(where, Bilingual) else where) if p]
    zh = [p for p in (title, where.zh if isinstance(where, Bilingual) else where) if p]
    return Bilingual("".join(f", {p}" for p in en), "".join(f"，{p}" for p in zh))


def earliest(exposures: Sequence[Exposure]) -> Exposure | None:
    """The occasion that comes first."""
    return min(exposures, key=lambda e: e.day, default=None)
