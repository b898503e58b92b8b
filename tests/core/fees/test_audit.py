"""The completeness audit finds every fault, and no fault where there is none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ipdesk.core.docket.model import Event
from ipdesk.core.fees.audit import Audited, Fault, Recorded, audit
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeCase
from tests.conftest import TODAY

CASE = FeeCase(
    "CN",
    "invention",
    "annuity",
    (Event("filing", date(2020, 3, 10)), Event("grant", date(2022, 6, 20))),
)  # granted in year 3; years 4 to 7 fell due on 10 March of 2023 to 2026


def _paid(number: int, paid: date, amount: int | None = None, **more: Any) -> Recorded:
    sum_ = None if amount is None else Decimal(amount)
    return Recorded(number, number, paid, paid, sum_, **more)


COMPLETE = (
    _paid(3, date(2022, 5, 30), 900),
    _paid(4, date(2023, 3, 1), 1200),
    _paid(5, date(2024, 3, 1), 1200),
    _paid(6, date(2025, 3, 1), 1200),
    _paid(7, date(2026, 3, 1), 2000),
)


@pytest.fixture(scope="module")
def fees() -> Fees:
    return Fees.load()


def _faults(fees: Fees, *recorded: Recorded, **more: Any) -> list[tuple[Fault, int]]:
    matter = Audited("A-1", CASE, recorded, **more)
    return [(f.fault, f.number) for f in audit([matter], fees, TODAY)]


def test_a_complete_record_has_no_fault(fees: Fees) -> None:
    assert _faults(fees, *COMPLETE) == []


def test_a_missing_year_is_found(fees: Fees) -> None:
    assert _faults(fees, *COMPLETE[:2], *COMPLETE[3:]) == [(Fault.MISSING, 5)]


def test_the_grant_proves_that_its_year_was_paid(fees: Fees) -> None:
    assert _faults(fees, *COMPLETE[1:]) == []


def test_years_before_a_list_brought_the_matter_in_are_unchecked_not_missing(fees: Fees) -> None:
    found = _faults(fees, *COMPLETE[3:], brought_on=date(2025, 1, 10))
    assert found == [(Fault.BEFORE_RECORDS, 4), (Fault.BEFORE_RECORDS, 5)]


def test_a_right_that_a_list_called_in_force_had_paid_before(fees: Fees) -> None:
    assert _faults(fees, in_force_on=date(2026, 10, 1)) == []
    assert _faults(fees, in_force_on=date(2025, 10, 1)) == [(Fault.MISSING, 7)]


def test_a_planned_payment_is_unpaid_once_due(fees: Fees) -> None:
    assert _faults(fees, *COMPLETE[:4], Recorded(7)) == [(Fault.UNPAID, 7)]


def test_a_coming_year_is_no_fault(fees: Fees) -> None:
    assert _faults(fees, *COMPLETE, Recorded(8)) == []


def test_a_second_payment_is_found(fees: Fees) -> None:
    again = replace(COMPLETE[2], id=55)
    assert _faults(fees, *COMPLETE, again) == [(Fault.DUPLICATE, 5)]


def test_a_year_before_the_grant_year_is_unexpected(fees: Fees) -> None:
    early = _paid(2, date(2021, 3, 1))
    assert _faults(fees, early, *COMPLETE) == [(Fault.UNEXPECTED, 2)]


def test_a_year_beyond_the_term_is_unexpected(fees: Fees) -> None:
    assert _faults(fees, *COMPLETE, Recorded(21)) == [(Fault.UNEXPECTED, 21)]


def test_a_payment_after_the_end_is_found_and_nothing_more_is_missed(fees: Fees) -> None:
    found = _faults(fees, *COMPLETE, ended_on=date(2025, 12, 1))
    assert found == [(Fault.AFTER_END, 7)]
    assert _faults(fees, *COMPLETE[:4], ended_on=date(2025, 12, 1)) == []


def test_too_little_and_too_much_are_found(fees: Fees) -> None:
    little = replace(COMPLETE[4], amount=Decimal(300))
    much = replace(COMPLETE[3], amount=Decimal(2000))
    found = _faults(fees, *COMPLETE[:3], much, little)
    assert found == [(Fault.OVERPAID, 6), (Fault.UNDERPAID, 7)]


def test_a_reduced_payment_is_right_with_the_rate_it_claimed(fees: Fees) -> None:
    reduced = replace(COMPLETE[4], amount=Decimal(300), fee_reduction="85")
    assert _faults(fees, *COMPLETE[:4], reduced) == []


def test_a_late_payment_needs_its_surcharge(fees: Fees) -> None:
    late = _paid(7, date(2026, 5, 20), 2000)  # month 3: 10 % of 2,000
    assert _faults(fees, *COMPLETE[:4], late) == [(Fault.UNDERPAID, 7)]
    assert _faults(fees, *COMPLETE[:4], _paid(7, date(2026, 5, 20), 2200)) == []


def test_a_payment_without_a_receipt_is_found_after_sixty_days(fees: Fees) -> None:
    silent = replace(COMPLETE[4], confirmed_on=None)
    assert _faults(fees, *COMPLETE[:4], silent) == [(Fault.UNCONFIRMED, 7)]


def test_years_before_the_company_took_over_are_not_missed(fees: Fees) -> None:
    assert _faults(fees, *COMPLETE[3:], since=6) == []


def test_within_grace_the_audit_says_until_when_it_can_be_paid(fees: Fees) -> None:
    case = replace(
        CASE, events=(Event("filing", date(2021, 9, 10)), Event("grant", date(2024, 6, 20)))
    )
    paid = (_paid(3, date(2024, 6, 1)), _paid(4, date(2024, 9, 1)), _paid(5, date(2025, 9, 1)))
    found = list(audit([Audited("A-2", case, paid)], fees, TODAY))
    assert [(f.fault, f.number, f.grace_end) for f in found] == [
        (Fault.MISSING, 6, date(2027, 3, 10))
    ]
    assert "2027-03-10" in str(found[0].message)


def test_a_pending_application_owes_nothing(fees: Fees) -> None:
    case = replace(CASE, events=(Event("filing", date(2020, 3, 10)),))
    assert list(audit([Audited("A-3", case)], fees, TODAY)) == []


def test_a_us_patent_is_audited_by_its_maintenance_fees(fees: Fees) -> None:
    case = FeeCase("US", "invention", "maintenance", (Event("grant", date(2018, 1, 9)),))
    found = list(audit([Audited("U-1", case, (_paid(1, date(2021, 6, 1)),))], fees, TODAY))
    assert [(f.fault, f.number) for f in found] == [(Fault.MISSING, 2)]
