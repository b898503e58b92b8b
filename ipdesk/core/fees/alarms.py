"""Alarms of the fee reduction: a record that lapses, one that is missing, a window that closes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ipdesk.base.i18n import Message, say
from ipdesk.base.money import written
from ipdesk.core.fees.reductions import Applicant, qualifies
from ipdesk.core.fees.tables import FeeTable


class Alarm(StrEnum):
    """What threatens the reduction."""

    LAPSES = "lapses"  # the record ends with the year and fees follow
    NOT_FILED = "not_filed"  # fees fall due in a year without a record
    LEAVES_WINDOW = "leaves_window"  # the next annuity is no longer reduced
    INCOME = "income"  # the income of the year before no longer qualifies


@dataclass(frozen=True, slots=True)
class ReductionRecord:
    """A record of an applicant for one calendar year (费减备案)."""

    applicant_id: int
    year: int
    number: str = ""
    valid_until: date | None = None  # the end of the year where nothing else is said
    withdrawn: bool = False

    @property
    def ends(self) -> date:
        return self.valid_until or date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Income:
    """What an applicant earned in a year, as far as it is known."""

    applicant_id: int
    applicant: Applicant
    year: int


@dataclass(frozen=True, slots=True)
class ComingFee:
    """A fee to come for which the reduction is claimed."""

    matter_id: int
    reference: str
    applicants: tuple[int, ...]
    number: int | None
    due: date
    official: Decimal | None
    payable: Decimal | None
    leaves_window: bool = False  # the first annuity that is not reduced any more

    @property
    def at_stake(self) -> Decimal:
        """What the reduction saves on it."""
        if self.official is None or self.payable is None:
            return Decimal(0)
        return self.official - self.payable


@dataclass(frozen=True, slots=True)
class Threat:
    """One alarm with the day by which to act."""

    alarm: Alarm
    message: Message
    act_by: date
    applicant_id: int | None = None
    matters: tuple[int, ...] = ()
    at_stake: Decimal = Decimal(0)


def alarms(
    table: FeeTable,
    records: Sequence[ReductionRecord],
    incomes: Sequence[Income],
    coming: Sequence[ComingFee],
    today: date,
    ahead: int = 92,
    names: Mapping[int, str] | None = None,
) -> tuple[Threat, ...]:
    """All alarms, the most urgent first; *ahead*: days before the end of a record to warn."""
    found = [
        *_records(records, coming, today, ahead, names or {}),
        *_window(coming),
        *_incomes(table, incomes, today),
    ]
    return tuple(sorted(found, key=lambda w: (w.act_by, w.alarm)))


def _records(
    records: Sequence[ReductionRecord],
    coming: Sequence[ComingFee],
    today: date,
    ahead: int,
    names: Mapping[int, str],
) -> Iterator[Threat]:
    """For each applicant and year with fees to come: is there a record for it?"""
    held = {(r.applicant_id, r.year): r for r in records if not r.withdrawn}
    for (applicant, year), fees in sorted(_by_applicant_and_year(coming).items()):
        record = held.get((applicant, year))
        covered = [f for f in fees if record is not None and f.due <= record.ends]
        if len(covered) == len(fees):
            continue
        open_fees = [f for f in fees if f not in covered]
        first = min(f.due for f in open_fees)
        stake = sum((f.at_stake for f in open_fees), Decimal(0))
        matters = tuple(dict.fromkeys(f.matter_id for f in open_fees))
        values = {
            "name": names.get(applicant, ""),
            "year": year,
            "count": len(open_fees),
            "first": first,
            "saved": written(stake),
        }
        before = held.get((applicant, year - 1))
        if year > today.year:
            if before is None or (before.ends - today).days > ahead:
                continue
            said = say(
                "{name}: the fee-reduction record of {before} ends on {end}. Fees due in {year}: "
                "{count}, the first on {first}. File the record for {year} from 1 January "
                "({saved} at stake).",
                before=year - 1,
                end=before.ends,
                **values,
            )
            yield Threat(Alarm.LAPSES, said, before.ends, applicant, matters, stake)
            continue
        said = say(
            "{name}: no fee-reduction record of {year}. Fees falling due: {count}, the first on "
            "{first}. File the record before paying ({saved} at stake).",
            **values,
        )
        yield Threat(Alarm.NOT_FILED, said, first, applicant, matters, stake)


def _by_applicant_and_year(
    coming: Iterable[ComingFee],
) -> dict[tuple[int, int], list[ComingFee]]:
    found: dict[tuple[int, int], list[ComingFee]] = {}
    for fee in coming:
        if fee.at_stake > 0:
            for applicant in fee.applicants:
                found.setdefault((applicant, fee.due.year), []).append(fee)
    return found


def _window(coming: Iterable[ComingFee]) -> Iterator[Threat]:
    for fee in coming:
        if fee.leaves_window:
            said = say(
                "{reference}: year {year}, due on {due}, is the first beyond the reduced years; "
                "the full {official} is payable.",
                reference=fee.reference,
                year=fee.number,
                due=fee.due,
                official=written(fee.official),
            )
            yield Threat(Alarm.LEAVES_WINDOW, said, fee.due, None, (fee.matter_id,))


def _incomes(table: FeeTable, incomes: Iterable[Income], today: date) -> Iterator[Threat]:
    """An income that no longer qualifies closes the record of the year after it."""
    for income in incomes:
        if income.year < today.year - 1:
            continue
        first = date(income.year + 1, 1, 1)
        verdict, reason = qualifies(table, income.applicant, max(first, today))
        if verdict is False:
            said = say("No fee reduction in {year}: {reason}", year=income.year + 1, reason=reason)
            yield Threat(Alarm.INCOME, said, first, income.applicant_id)
