"""The budget report from a portfolio: its sums are those of the forecast, paid stands beside."""

from datetime import date
from decimal import Decimal

import pytest

from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.edits import mark_paid, plan_payments
from ipdesk.core.fees.queries import fee_lines
from ipdesk.core.fees.support_edits import keep_budget, keep_record
from ipdesk.core.fees.support_queries import applicants
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.reports import budget
from ipdesk.reports.costing import BudgetValues
from ipdesk.reports.registry import ReportSpec
from ipdesk.store.database import Database

OWNER = PersonName("applicant", "北京澄镓科技有限公司")


@pytest.fixture
def patent(database: Database, docket: Docket) -> int:
    fields = MatterFields(
        reference="P-1", right="utility_model", office="CN", title="夹具", people=(OWNER,)
    )
    dates = {"filing": date(2023, 12, 20), "grant": date(2024, 8, 6)}
    return create_matter(database, docket, fields, dates)[0]


def _gathered(database: Database, docket: Docket) -> BudgetValues:
    with database.read() as connection:
        return budget.gather(connection, docket, {})


def test_the_years_of_the_report_are_the_annuities_of_the_right(
    database: Database, docket: Docket, patent: int
) -> None:
    values = _gathered(database, docket)
    years = {p.label: p.official for p in budget.by_year(values, "CNY").periods}
    with database.read() as connection:
        lines = fee_lines(connection, docket, [patent], date(2027, 1, 1), date(2029, 12, 31))
    wanted: dict[str, Decimal] = {}
    for line in lines:
        assert line.due is not None
        assert line.answer.payable is not None
        key = str(line.due.year)
        wanted[key] = wanted.get(key, Decimal(0)) + line.answer.payable
    assert wanted, "annuities fall due in these years"
    assert {year: years[year] for year in wanted} == wanted


def test_what_was_paid_and_the_budget_stand_in_the_year(
    database: Database, docket: Docket, patent: int
) -> None:
    (payment,), _ = plan_payments(database, docket, [(patent, "annuity", 4)])
    mark_paid(database, docket, [payment], date(2026, 11, 20))
    keep_budget(database, {"year": 2026, "amount": 5000, "currency": "CNY"})
    periods = {p.label: p for p in budget.by_year(_gathered(database, docket), "CNY").periods}
    assert periods["2026"].actual == Decimal(900)
    assert periods["2026"].budget == Decimal(5000)


def test_a_reduction_record_makes_the_years_cheaper(
    database: Database, docket: Docket, patent: int
) -> None:
    before = budget.by_year(_gathered(database, docket), "CNY").periods
    with database.read() as connection:
        ((party, _name),) = applicants(connection)
    keep_record(database, party, 2026, {"income": 500_000})
    after = budget.by_year(_gathered(database, docket), "CNY").periods
    full = {p.label: p.official for p in before}["2028"]
    assert {p.label: p.official for p in after}["2028"] == full * 15 / 100


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_report_is_printed_in_both_languages(
    database: Database, docket: Docket, patent: int, language: str
) -> None:
    from ipdesk.reports import REPORTS

    spec: ReportSpec = next(s for s in REPORTS if s.id == "budget")
    made = spec.build(_gathered(database, docket), language)
    assert made.startswith(b"%PDF")
