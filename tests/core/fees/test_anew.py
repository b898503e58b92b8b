"""Planned payments follow records and days; rates come from a list and turn sums into one money."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from ipdesk.base.errors import Refused
from ipdesk.base.money import Rate
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.cases import applicants_named
from ipdesk.core.fees.edits import mark_paid, plan_payments
from ipdesk.core.fees.outlook import LIFE, cost_to_come, forecast_of
from ipdesk.core.fees.overviews import review_rows
from ipdesk.core.fees.paid import payment_rows
from ipdesk.core.fees.queries import FeeLine, fee_lines
from ipdesk.core.fees.rate_columns import rates_in
from ipdesk.core.fees.recosting import recost
from ipdesk.core.fees.setting import rates_for
from ipdesk.core.fees.support_edits import keep_amount, keep_record, take_rates
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import party

COMPANY = PersonName("applicant", "Firm")


@pytest.fixture
def patent(database: Database, docket: Docket) -> int:
    """Granted in year 4; year 6 falls due on 10 March 2027, year 5 is late since March 2026."""
    fields = MatterFields(
        reference="P-1", right="invention", office="CN", title="Print head", people=(COMPANY,)
    )
    dates = {"filing": date(2022, 3, 10), "grant": date(2025, 6, 20)}
    return create_matter(database, docket, fields, dates)[0]


@pytest.fixture
def company(database: Database, patent: int) -> int:
    with database.read() as connection:
        return int(connection.execute(select(party.c.id)).scalar_one())


def _year(database: Database, docket: Docket, patent: int, number: int) -> FeeLine:
    with database.read() as connection:
        lines = fee_lines(connection, docket, [patent])
    return next(line for line in lines if line.number == number)


def _payable(database: Database, payment: int) -> tuple[Decimal | None, Decimal | None]:
    with database.read() as connection:
        row = payment_rows(connection, [payment])[0]
    return row.payable, row.surcharge


def test_a_missing_record_says_what_it_costs(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    assert _year(database, docket, patent, 6).with_record is None  # nobody knows that they qualify
    keep_record(database, company, 2025, {"income": 500_000})
    line = _year(database, docket, patent, 6)
    assert (line.answer.payable, line.with_record) == (1200, 180)
    assert "Firm" in str(line.answer.why[-1])
    keep_record(database, company, 2027, {"income": 500_000})
    line = _year(database, docket, patent, 6)
    assert (line.answer.payable, line.with_record) == (180, None)


def test_a_record_makes_the_planned_payments_of_its_year_cheaper(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    assert _payable(database, ids[0]) == (1200, 0)
    keep_record(database, company, 2027, {}, docket)
    assert _payable(database, ids[0]) == (180, 0)
    keep_record(database, company, 2027, {"withdrawn": True}, docket)
    assert _payable(database, ids[0]) == (1200, 0)


def test_amounts_are_reckoned_anew_when_asked(
    database: Database, docket: Docket, patent: int
) -> None:
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    values = {"office": "CN", "item": "annuity", "amount": 1300, "currency": "CNY"}
    keep_amount(database, values)
    assert recost(database, docket, ids)[0] == 1
    assert recost(database, docket, ids)[0] == 0
    assert _payable(database, ids[0]) == (1300, 0)


def test_a_payment_costs_what_it_costs_on_its_day(
    database: Database, docket: Docket, patent: int
) -> None:
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    mark_paid(database, docket, ids, date(2027, 5, 11))  # month 3 after the due date
    assert _payable(database, ids[0]) == (1200, 120)


def test_only_coming_years_are_assumed_to_be_recorded(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2026, {"income": 500_000})
    plan = [(patent, "annuity", 5)]
    mark_paid(database, docket, plan_payments(database, docket, plan)[0], date(2026, 3, 2))
    with database.read() as connection:
        row = review_rows(connection, docket, date(2027, 11, 1))[0]
    assert (row.number, row.answer.payable) == (6, 180)
    assert "assumed" in str(row.answer.why[-1])


def test_what_a_matter_costs_to_come(database: Database, docket: Docket, patent: int) -> None:
    with database.read() as connection:
        cost = cost_to_come(connection, docket, [patent])
        assert cost_to_come(connection, docket, []).life == {}
        assert applicants_named(connection, [patent]) == {patent: "Firm"}
    assert cost.year == {"CNY": 2400}  # year 5, long due, and year 6
    assert cost.life["CNY"] > 60_000
    assert cost.unknown == 0


TABLE = (
    ("rates of the bank", None, None),
    ("日期", "货币", "单位", "汇率"),
    ("2026-11-02", "美元", 100, "712.5"),
    ("2026-11-02", "EUR", 1, 8.2),
    ("2026-11-02", "gold", 1, 900),
    (None, None, None, None),
)


def test_rates_are_read_from_a_list_and_replaced_by_the_same_day(database: Database) -> None:
    found = rates_in([TABLE], "rates.csv")
    assert found.rates[0] == Rate("USD", "CNY", date(2026, 11, 2), Decimal("7.125"), "rates.csv")
    assert [len(found.rates), len(found.problems)] == [2, 1]
    take_rates(database, found.rates)
    take_rates(database, [Rate("USD", "CNY", date(2026, 11, 2), Decimal(7), "corrected")])
    with database.read() as connection:
        factor = rates_for(connection).rate("USD", "CNY", date(2026, 11, 30))
    assert factor is not None
    assert factor[0] == 7


def test_a_list_without_rates_is_refused() -> None:
    with pytest.raises(Refused, match=r"notes\.csv is no list of rates"):
        rates_in([(("a", "b"), ("c", "d"))], "notes.csv")


def test_a_forecast_turns_into_one_currency(
    database: Database, docket: Docket, patent: int
) -> None:
    with database.read() as connection:
        found = forecast_of(connection, docket, LIFE)
    dollars = found.into("USD", {"CNY": Decimal("0.125")}).by()
    assert [(c.period, c.currency, c.payable) for c in dollars] == [
        (c.period, "USD", c.payable / 8) for c in found.by()
    ]
    assert found.into("USD", {}).by() == ()
