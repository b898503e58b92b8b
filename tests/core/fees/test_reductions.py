"""Who qualifies for the fee reduction, and the alarms around its records."""

from datetime import date
from decimal import Decimal

import pytest

from ipdesk.core.fees.alarms import Alarm, ComingFee, Income, ReductionRecord, alarms
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.reductions import Applicant, eligible
from ipdesk.core.fees.savings import Reduced, savings
from ipdesk.core.fees.tables import FeeTable
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def table() -> FeeTable:
    found = Fees.load().tables.table("CN")
    assert found is not None
    return found


def _firm(income: int | None, name: str = "Firm") -> Applicant:
    return Applicant(name, "enterprise", None if income is None else Decimal(income))


@pytest.mark.parametrize(
    ("applicants", "day", "rate"),
    [
        ([_firm(999_999)], TODAY, "85"),
        ([_firm(1_000_000)], TODAY, "none"),  # "lower than", so the limit itself does not qualify
        ([_firm(300_000)], date(2019, 6, 30), "none"),
        ([_firm(300_000)], date(2019, 7, 1), "85"),
        ([Applicant("Li", "person", Decimal(59_999))], TODAY, "85"),
        ([Applicant("Li", "person", Decimal(60_000))], TODAY, "none"),
        ([Applicant("Li", "person", Decimal(41_999))], date(2018, 5, 1), "85"),
        ([Applicant("Li", "person", Decimal(50_000))], date(2018, 5, 1), "none"),
        ([Applicant("University", "institution")], TODAY, "85"),
        ([_firm(10), Applicant("University", "institution")], TODAY, "70"),
        ([_firm(10), _firm(2_000_000, "Big")], TODAY, "none"),
        ([_firm(None)], TODAY, None),
        ([_firm(None), _firm(2_000_000, "Big")], TODAY, "none"),
        ([Applicant("Ministry", "government")], TODAY, "none"),
        ([], TODAY, None),
    ],
)
def test_eligibility(
    table: FeeTable, applicants: list[Applicant], day: date, rate: str | None
) -> None:
    verdict = eligible(table, applicants, day)
    assert verdict.rate == rate
    assert verdict.why


def _fee(due: date, leaves: bool = False, applicants: tuple[int, ...] = (1,)) -> ComingFee:
    return ComingFee(
        7, "A-7", applicants, 5, due, Decimal(1200), Decimal(1200 if leaves else 180), leaves
    )


def test_a_record_that_lapses_before_next_years_fees_is_announced(table: FeeTable) -> None:
    found = alarms(table, [ReductionRecord(1, 2026)], [], [_fee(date(2027, 3, 10))], TODAY)
    assert [w.alarm for w in found] == [Alarm.LAPSES]
    assert found[0].act_by == date(2026, 12, 31)
    assert found[0].at_stake == 1020
    assert "2027-03-10" in str(found[0].message)


def test_it_is_not_announced_half_a_year_ahead(table: FeeTable) -> None:
    early = date(2026, 6, 1)
    assert not alarms(table, [ReductionRecord(1, 2026)], [], [_fee(date(2027, 3, 10))], early)


def test_a_record_of_next_year_silences_the_alarm(table: FeeTable) -> None:
    records = [ReductionRecord(1, 2026), ReductionRecord(1, 2027)]
    assert not alarms(table, records, [], [_fee(date(2027, 3, 10))], TODAY)


def test_a_fee_of_this_year_without_a_record_is_announced(table: FeeTable) -> None:
    found = alarms(table, [], [], [_fee(date(2026, 12, 10))], TODAY)
    assert [w.alarm for w in found] == [Alarm.NOT_FILED]
    assert found[0].act_by == date(2026, 12, 10)


def test_in_the_new_year_the_missing_record_is_announced_before_the_first_fee(
    table: FeeTable,
) -> None:
    day = date(2027, 1, 4)
    found = alarms(table, [ReductionRecord(1, 2026)], [], [_fee(date(2027, 3, 10))], day)
    assert [w.alarm for w in found] == [Alarm.NOT_FILED]


def test_every_joint_applicant_needs_a_record(table: FeeTable) -> None:
    fee = _fee(date(2026, 12, 10), applicants=(1, 2))
    found = alarms(table, [ReductionRecord(1, 2026)], [], [fee], TODAY)
    assert [w.applicant_id for w in found] == [2]


def test_a_withdrawn_record_does_not_count(table: FeeTable) -> None:
    record = ReductionRecord(1, 2026, withdrawn=True)
    assert alarms(table, [record], [], [_fee(date(2026, 12, 10))], TODAY)


def test_the_first_annuity_beyond_the_window_is_announced(table: FeeTable) -> None:
    found = alarms(table, [], [], [_fee(date(2026, 12, 10), leaves=True)], TODAY)
    assert [w.alarm for w in found] == [Alarm.LEAVES_WINDOW]
    assert "1,200" in str(found[0].message)


def test_an_income_above_the_limit_ends_the_reduction_of_the_next_year(table: FeeTable) -> None:
    found = alarms(table, [], [Income(1, _firm(1_500_000), 2026)], [], TODAY)
    assert [w.alarm for w in found] == [Alarm.INCOME]
    assert found[0].act_by == date(2027, 1, 1)
    assert not alarms(table, [], [Income(1, _firm(500_000), 2026)], [], TODAY)


def _reduced(paid: date, saved: int, matter: int = 1) -> Reduced:
    return Reduced(matter, f"A-{matter}", "annuity", 5, paid, "CNY", Decimal(1200), Decimal(saved))


def test_savings_are_summed_by_year_and_since_the_beginning() -> None:
    payments = [
        _reduced(date(2025, 3, 1), 765),
        _reduced(date(2026, 3, 1), 1020),
        _reduced(date(2026, 5, 1), 1020, 2),
        _reduced(date(2026, 5, 1), 0, 3),
    ]
    found = savings(payments, 2026)
    assert found.this_year == {"CNY": 2040}
    assert found.ever == {"CNY": 2805}
    assert [s.reference for s in found.matters] == ["A-1", "A-2"]
    assert "1,200 − 180 = 1,020" in str(found.matters[0].lines[1])
