"""Completeness of annuities: the years that the law expects against the ones on record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ipdesk.base.i18n import Message, say
from ipdesk.base.money import written
from ipdesk.core.fees import annuities
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import DueDate, FeeAnswer, FeeCase
from ipdesk.core.fees.renewals import Renewal, Series, asked, series_of
from ipdesk.core.fees.tables import FeeTable


class Fault(StrEnum):
    """What can be wrong with the record of a year."""

    MISSING = "missing"  # due and nothing on record
    UNPAID = "unpaid"  # on record, due, not paid
    BEFORE_RECORDS = "before_records"  # due before a list brought the matter in: nobody checked
    DUPLICATE = "duplicate"  # paid more than once
    AFTER_END = "after_end"  # paid for a right that had ended
    UNEXPECTED = "unexpected"  # a year that is never charged
    UNDERPAID = "underpaid"
    OVERPAID = "overpaid"
    UNCONFIRMED = "unconfirmed"  # paid, but no receipt of the office seen


@dataclass(frozen=True, slots=True)
class Recorded:
    """A payment of one number on record; without *paid_on* it is only planned."""

    number: int
    id: int = 0
    paid_on: date | None = None
    confirmed_on: date | None = None
    amount: Decimal | None = None  # paid to the office, surcharge included; None: not known
    fee_reduction: str | None = None  # the rate that was claimed


@dataclass(frozen=True, slots=True)
class Audited:
    """A matter with what is on record; *ended_on*: given up or lapsed.

    *since* is the first number that the records are expected to hold, e.g. of a bought patent;
    *brought_on*: a list brought the matter in on that day; *in_force_on*: a list called it in
    force on that day, so everything due before was paid.
    """

    reference: str
    case: FeeCase
    recorded: tuple[Recorded, ...] = ()
    ended_on: date | None = None
    since: int = 0
    brought_on: date | None = None
    in_force_on: date | None = None
    matter_id: int = 0

    def alive(self, day: date) -> bool:
        """Whether the right still lived when something was due."""
        return self.ended_on is None or day < self.ended_on


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one year."""

    reference: str
    fault: Fault
    number: int
    message: Message
    due: date | None = None
    grace_end: date | None = None
    payments: tuple[int, ...] = ()
    matter_id: int = 0


def audit(
    matters: Iterable[Audited], fees: Fees, today: date, unconfirmed_after: int = 60
) -> Iterator[Finding]:
    """The faults of every matter, in the order given; days without a receipt before it counts."""
    for matter in matters:
        yield from _Matter(matter, fees, today, unconfirmed_after).findings()


class _Matter:
    """The audit of one matter."""

    def __init__(self, matter: Audited, fees: Fees, today: date, unconfirmed_after: int) -> None:
        self.matter, self.fees, self.today = matter, fees, today
        self.unconfirmed_after = unconfirmed_after
        self.table: FeeTable | None = fees.tables.table(matter.case.office)
        self.series: Series | None = series_of(self.table, matter.case) if self.table else None
        self.by_number: dict[int, list[Recorded]] = {}
        for recorded in matter.recorded:
            self.by_number.setdefault(recorded.number, []).append(recorded)

    def findings(self) -> Iterator[Finding]:
        series = self.series
        if series is None or series.waiting_for:
            return
        expected = {r.number: r for r in series.renewals}
        for number in sorted(expected.keys() | self.by_number.keys()):
            recorded = self.by_number.get(number, [])
            if number not in expected:
                yield self._unexpected(number, recorded, series)
                continue
            renewal = expected[number]
            due = self._due(renewal)
            yield from self._of_number(series, renewal, due, recorded)

    def _due(self, renewal: Renewal) -> DueDate:
        if renewal.at_registration:
            return DueDate(renewal.raw, renewal.raw)
        return self.fees.dates.next_open(self.matter.case.office, renewal.raw)

    def _of_number(
        self, series: Series, renewal: Renewal, due: DueDate, recorded: list[Recorded]
    ) -> Iterator[Finding]:
        paid = [r for r in recorded if r.paid_on is not None]
        if not paid:
            if due.due < self.today and self._expected(renewal, due):
                yield self._not_paid(renewal, due, recorded)
            return
        if len(paid) > 1:
            yield self._finding(
                Fault.DUPLICATE,
                renewal.number,
                say(
                    "Year {year} was paid {count} times ({days}).",
                    year=renewal.number,
                    count=len(paid),
                    days=", ".join(str(r.paid_on) for r in paid),
                ),
                due,
                paid,
            )
        for one in paid:
            yield from self._of_payment(series, renewal, due, one)

    def _expected(self, renewal: Renewal, due: DueDate) -> bool:
        """Whether a payment must be on record; the grant itself proves that its year was paid."""
        matter = self.matter
        proved = matter.in_force_on is not None and due.due < matter.in_force_on
        return (
            matter.alive(due.raw)
            and renewal.number >= matter.since
            and not renewal.at_registration
            and not proved
        )

    def _of_payment(
        self, series: Series, renewal: Renewal, due: DueDate, paid: Recorded
    ) -> Iterator[Finding]:
        ended, day, number = self.matter.ended_on, paid.paid_on, renewal.number
        assert day is not None
        if ended is not None and (day > ended or due.raw >= ended):
            said = say(
                "Year {year} was paid on {paid} although the right ended on {ended}.",
                year=number,
                paid=day,
                ended=ended,
            )
            yield self._finding(Fault.AFTER_END, number, said, due, [paid])
        waited = (self.today - day).days
        if paid.confirmed_on is None and waited > self.unconfirmed_after:
            said = say(
                "Year {year} was paid on {paid}, but no receipt has been seen for {days} days.",
                year=number,
                paid=day,
                days=waited,
            )
            yield self._finding(Fault.UNCONFIRMED, number, said, due, [paid])
        yield from self._of_amount(series, renewal, due, paid)

    def _of_amount(
        self, series: Series, renewal: Renewal, due: DueDate, paid: Recorded
    ) -> Iterator[Finding]:
        """Too little may cost the right, too much can be claimed back."""
        if paid.amount is None or paid.paid_on is None:
            return
        case = asked(self.matter.case, series, renewal.number, paid.paid_on)
        if paid.fee_reduction is not None:
            claimed = {**case.facts, "fee_reduction": paid.fee_reduction}
            case = replace(case, facts=claimed)
        answer: FeeAnswer = self.fees.fee(case, paid.paid_on)
        if answer.total is None or answer.problems or answer.total == paid.amount:
            return
        fault = Fault.UNDERPAID if paid.amount < answer.total else Fault.OVERPAID
        said = say(
            "Year {year}: {paid} was paid, {total} was payable (fee {payable}, late {surcharge}).",
            year=renewal.number,
            paid=written(paid.amount),
            total=written(answer.total),
            payable=written(answer.payable),
            surcharge=written(answer.surcharge),
        )
        yield self._finding(fault, renewal.number, said, due, [paid])

    def _not_paid(self, renewal: Renewal, due: DueDate, recorded: list[Recorded]) -> Finding:
        scheme = None
        if self.table and self.series:
            scheme = self.table.surcharge(self.series.item.id, self.matter.case.right, due.raw)
        office = self.matter.case.office
        end = annuities.grace_end(scheme, office, due.raw, self.fees.dates).due if scheme else None
        brought = self.matter.brought_on
        fault = Fault.UNPAID if recorded else Fault.MISSING
        values = {"year": renewal.number, "due": due.due}
        if not recorded and brought is not None and (end or due.due) < brought:
            fault = Fault.BEFORE_RECORDS
            said = say("Year {year} was due on {due}, before these records; not checked.", **values)
        elif end is not None and end >= self.today:
            said = say(
                "Year {year} was due on {due}; it can be paid late until {end}.", end=end, **values
            )
        elif fault is Fault.UNPAID:
            said = say("Year {year} was due on {due} and is not paid.", **values)
        else:
            said = say("Year {year} was due on {due}; there is no record of it.", **values)
        return self._finding(fault, renewal.number, said, due, recorded, end)

    def _unexpected(self, number: int, recorded: list[Recorded], series: Series) -> Finding:
        first, last = series.renewals[0].number, series.renewals[-1].number
        said = say(
            "Year {year} is on record, but only years {first} to {last} are charged.",
            year=number,
            first=first,
            last=last,
        )
        return self._finding(Fault.UNEXPECTED, number, said, None, recorded)

    def _finding(
        self,
        fault: Fault,
        number: int,
        message: Message,
        due: DueDate | None,
        payments: list[Recorded],
        grace_end: date | None = None,
    ) -> Finding:
        return Finding(
            self.matter.reference,
            fault,
            number,
            message,
            due.due if due else None,
            grace_end,
            tuple(p.id for p in payments if p.id),
            self.matter.matter_id,
        )
