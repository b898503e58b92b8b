"""Payments on a file: planned, paid, confirmed, cancelled, found by their receipts."""

from datetime import date
from decimal import Decimal

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.edits import (
    cancel,
    confirm,
    make_list,
    mark_paid,
    mark_sent,
    plan_payments,
    take_receipts,
)
from ipdesk.core.fees.overviews import audit_findings
from ipdesk.core.fees.paid import payment_lists
from ipdesk.core.fees.receipts import Receipt, match
from ipdesk.core.fees.sheets import payment_sheet
from ipdesk.core.fees.support_edits import (
    keep_price,
    keep_record,
)
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from tests.conftest import TODAY
from tests.core.fees.filed import fee_line, payments_of, state_of


def test_paid_is_amber_and_confirmed_is_done(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {})
    keep_price(database, {"item": "annuity", "amount": 200, "currency": "CNY"})
    list_id, _ = make_list(database, docket, "March", [(patent, "annuity", 6)], agent="Agent & Co")
    mark_sent(database, list_id, TODAY)
    payment = payments_of(database, list=str(list_id))[0]
    assert (payment.payable, payment.agent_fee, payment.fee_reduction) == (180, 200, "85")
    assert payment.why
    mark_paid(database, docket, [payment.id], date(2026, 12, 1))
    assert state_of(database, patent, 6) == "submitted"
    confirm(database, docket, [payment.id], date(2026, 12, 9), {payment.id: "R-1"})
    row = payments_of(database)[0]
    assert (row.state, row.paid_on, row.receipt, row.paid_amount) == (
        "confirmed",
        date(2026, 12, 1),
        "R-1",
        180,
    )
    assert state_of(database, patent, 6) in ("confirmed", "met")
    assert fee_line(database, docket, patent, 6).state == "confirmed"
    with database.read() as connection:
        lists = payment_lists(connection)
        assert audit_findings(connection, docket) == []
    assert (lists[0].payments, lists[0].confirmed, lists[0].totals) == (1, 1, {"CNY": 180})


def test_one_undo_takes_a_confirmation_back_whole(
    database: Database, docket: Docket, patent: int
) -> None:
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    confirm(database, docket, ids, TODAY)
    undo_last(database)
    assert payments_of(database)[0].state == "planned"
    assert fee_line(database, docket, patent, 6).state == "planned"


def test_a_payment_is_not_planned_twice(database: Database, docket: Docket, patent: int) -> None:
    first, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    second, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    assert first == second


def test_a_year_that_is_never_due_cannot_be_planned(
    database: Database, docket: Docket, patent: int
) -> None:
    with pytest.raises(IpdeskError, match="No such fee"):
        plan_payments(database, docket, [(patent, "annuity", 3)])


def test_steps_cannot_be_skipped_back(database: Database, docket: Docket, patent: int) -> None:
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    mark_paid(database, docket, ids, TODAY)
    with pytest.raises(IpdeskError, match="planned"):
        mark_paid(database, docket, ids, TODAY)
    with pytest.raises(IpdeskError, match="planned"):
        cancel(database, ids, "no")
    with pytest.raises(IpdeskError, match="at least one fee"):
        make_list(database, docket, "empty", [])


def test_a_cancelled_payment_can_be_planned_anew(
    database: Database, docket: Docket, patent: int
) -> None:
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    cancel(database, ids, "other agent")
    again, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    assert again != ids


def test_receipts_find_their_payments(database: Database, docket: Docket, patent: int) -> None:
    plan_payments(database, docket, [(patent, "annuity", 6), (patent, "annuity", 7)])
    receipts = [
        Receipt(2, application_number="2022 1023 1234.0", number=6, amount=Decimal(1200)),
        Receipt(3, reference="P-1"),
        Receipt(4, reference="P-9", number=6),
        Receipt(5, reference="p-1", number=7, amount=Decimal(500), receipt="R-7"),
    ]
    rows = payments_of(database)
    found = match([receipts[1]], rows)
    assert found[0].payment is None  # two fit
    found = match([receipts[0], receipts[2], receipts[3]], rows)
    assert [m.payment.number if m.payment else None for m in found] == [6, None, 7]
    assert found[0].problem is None
    assert found[2].problem is not None  # 500 is not 2,000
    done, _ = take_receipts(database, docket, found, date(2027, 3, 9))
    assert done == 2
    seventh = next(r for r in payments_of(database) if r.number == 7)
    assert (seventh.state, seventh.receipt, seventh.paid_amount) == ("confirmed", "R-7", 500)


def test_the_sheet_for_the_agent_has_the_columns_agents_use(
    database: Database, docket: Docket, patent: int
) -> None:
    make_list(database, docket, "March", [(patent, "annuity", 6)])
    columns, rows = payment_sheet(payments_of(database))
    assert columns[:4] == ["No.", "Our reference", "Application number", "Patent number"]
    assert rows[0]["Total"] == 1200
    assert rows[0]["Year"] == 6
    assert rows[0]["Right"] == "Invention"
    assert (rows[-1]["Title"], rows[-1]["Total"], rows[-1]["Currency"]) == ("In all", 1200, "CNY")
