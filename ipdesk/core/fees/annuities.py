"""Patent years: which annuities fall due when, which was the first, what being late costs."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ipdesk.base.dates import add_months, add_years, month_end
from ipdesk.base.i18n import Message, say
from ipdesk.base.money import rounded, written
from ipdesk.core.fees.model import Dates, DueDate
from ipdesk.core.fees.tables import Step, Surcharge


def patent_year(filing: date, day: date) -> int:
    """The patent year in which a day lies; the first begins on the filing date.

    Years run from the filing date, whatever the priority, the grant or the calendar year.
    """
    years = day.year - filing.year
    if filing.month == 2 and filing.day == 29:
        return years + 1 if day >= add_years(filing, years) else years
    begun = (day.month, day.day) >= (filing.month, filing.day)
    return years + 1 if begun else years


def year_begins(filing: date, year: int) -> date:
    """The first day of a patent year, which is also the day before which its annuity is due."""
    return add_years(filing, year - 1)


@dataclass(frozen=True, slots=True)
class Annuities:
    """The annuities of one patent whose first is paid at registration and the others yearly."""

    filing: date
    grant: date | None
    term: int  # years from the filing date
    compensation_days: int = 0

    @property
    def first(self) -> int | None:
        """The patent year of grant: its annuity is paid at registration, earlier ones never."""
        return patent_year(self.filing, self.grant) if self.grant else None

    @property
    def expiry(self) -> date:
        """The last anniversary, before compensation."""
        return add_years(self.filing, self.term)

    @property
    def end(self) -> date:
        """The day on which the term ends, with the days of compensation."""
        return self.expiry + timedelta(days=self.compensation_days)

    @property
    def compensated(self) -> int:
        """Full years of the compensated term; part of a year is free."""
        years = 0
        while add_years(self.expiry, years + 1) <= self.end:
            years += 1
        return years

    @property
    def last(self) -> int:
        """The last patent year that costs an annuity."""
        return self.term + self.compensated

    def years(self) -> range:
        """All patent years with an annuity, from the grant year on."""
        return range(self.first or 1, self.last + 1)

    def raw_due(self, year: int) -> date:
        return year_begins(self.filing, year)


@dataclass(frozen=True, slots=True)
class Late:
    """How late a payment was: the month after the due date, or beyond the time of grace."""

    month: int  # 0: in time
    step: Step | None
    lapsed: bool
    grace_end: date
    unsettled: bool = False  # paid on the first open day after a month that ended on a closed day

    def amount(self, full: Decimal | None, currency: str) -> Decimal | None:
        """The surcharge on the full fee; None where the fee or the step is unknown."""
        if self.month == 0:
            return Decimal(0)
        if self.step is None:
            return None
        if self.step.amount is not None:
            return self.step.amount
        if self.step.percent == 0:
            return Decimal(0)
        if full is None or self.step.percent is None:
            return None
        return rounded(full * self.step.percent / 100, currency)


def grace_end(scheme: Surcharge, office: str, raw_due: date, dates: Dates) -> DueDate:
    """The last day on which paying late is possible, moved to an open day."""
    return dates.next_open(office, _month_after(scheme, raw_due, scheme.months))


def lateness(scheme: Surcharge, office: str, due: DueDate, paid_on: date, dates: Dates) -> Late:
    """Which month after the due date a payment falls in; the last day of a month belongs to it.

    Months are counted from the anniversary itself. Whether the end of a month moves to the next
    open day is unsettled; the earlier day, and so the higher surcharge, is taken.
    """
    end = grace_end(scheme, office, due.raw, dates)
    if paid_on <= due.due:
        return Late(0, None, False, end.due)
    month = next(
        (m for m in range(1, scheme.months + 1) if paid_on <= _month_after(scheme, due.raw, m)),
        scheme.months,
    )
    before = _month_after(scheme, due.raw, month - 1)
    unsettled = month > 1 and paid_on <= dates.next_open(office, before).due
    step = next((s for s in scheme.steps if month <= s.month), None)
    return Late(month, step, paid_on > end.due, end.due, unsettled and paid_on > before)


def _month_after(scheme: Surcharge, raw_due: date, months: int) -> date:
    day = add_months(raw_due, months)
    return month_end(day) if scheme.month_end else day


def why_late(
    late: Late, paid_on: date, full: Decimal | None, assumed: bool = False
) -> list[Message]:
    """The reasons of a surcharge, in order; *assumed*: nothing was paid yet."""
    if assumed and late.month and late.step is not None and not late.lapsed:
        return _if_paid(late, late.step, paid_on, full)
    if late.month == 0:
        return [say("Paid on {paid}, in time: no surcharge.", paid=paid_on)]
    said = []
    step = late.step
    if late.lapsed:
        said.append(
            say(
                "Paid on {paid}, after the time of grace ended on {end}: the right has ended; "
                "it can only be paid together with a request for restoration, with the highest "
                "surcharge.",
                paid=paid_on,
                end=late.grace_end,
            )
        )
        return said
    if step is None:
        said.append(say("What paying late costs here is unknown."))
    elif step.amount is not None:
        said.append(
            say(
                "Paid on {paid}, in month {month} after the due date: {amount} for being late.",
                paid=paid_on,
                month=late.month,
                amount=written(step.amount),
            )
        )
    else:
        said.append(
            say(
                "Paid on {paid}, in month {month} after the due date: {percent} % of the full fee, "
                "{full}.",
                paid=paid_on,
                month=late.month,
                percent=step.percent,
                full=written(full),
            )
        )
    if late.unsettled:
        said.append(
            say(
                "The month before ended on a closed day and {paid} is the next open one; whether "
                "it still counts is unsettled, so the higher surcharge is shown.",
                paid=paid_on,
            )
        )
    return said


def _if_paid(late: Late, step: Step, day: date, full: Decimal | None) -> list[Message]:
    """What paying on a day would cost; until when it is possible at all."""
    values = {"paid": day, "month": late.month, "end": late.grace_end}
    if step.amount is not None:
        said = say(
            "Not paid yet. Paid on {paid}, in month {month} after the due date, it would cost "
            "{amount} more; late payment is possible until {end}.",
            amount=written(step.amount),
            **values,
        )
        return [said]
    said = say(
        "Not paid yet. Paid on {paid}, in month {month} after the due date, it would cost "
        "{percent} % of the full fee, {full}, more; late payment is possible until {end}.",
        percent=step.percent,
        full=written(full),
        **values,
    )
    return [said]
