"""Fee-reduction records that lapse, what they saved, the forecast and the budgets on a file."""

from datetime import date
from decimal import Decimal

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.alarms import Alarm
from ipdesk.core.fees.edits import (
    mark_paid,
    plan_payments,
)
from ipdesk.core.fees.outlook import forecast_of, spent
from ipdesk.core.fees.overviews import reduction_alarms, savings_of
from ipdesk.core.fees.setting import rates_for
from ipdesk.core.fees.support_edits import (
    keep_budget,
    keep_rate,
    keep_record,
)
from ipdesk.store.database import Database
from tests.conftest import TODAY
from tests.core.fees.filed import filed_matter


def test_a_lapsing_record_warns(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2026, {"income": 900_000})
    with database.read() as connection:
        found = reduction_alarms(connection, docket)
    assert [(t.alarm, t.act_by, t.at_stake) for t in found] == [
        (Alarm.LAPSES, date(2026, 12, 31), 1020)
    ]
    keep_record(database, company, 2027, {"income": 1_200_000})
    with database.read() as connection:
        found = reduction_alarms(connection, docket)
    assert [t.alarm for t in found] == [Alarm.INCOME]


def test_savings_come_from_payments_that_were_made(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {})
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    with database.read() as connection:
        assert savings_of(connection, 2026).ever == {}
    mark_paid(database, docket, ids, date(2026, 12, 1))
    with database.read() as connection:
        assert savings_of(connection, 2026).this_year == {"CNY": 1020}
        assert spent(connection, date(2026, 12, 1), date(2026, 12, 31)) == {("2026-12", "CNY"): 180}


def test_the_forecast_expects_a_grant_and_counts_open_deadlines_once(
    database: Database, docket: Docket
) -> None:
    filed_matter(database, docket, "P-2", filed=date(2026, 11, 2))
    with database.read() as connection:
        found = forecast_of(connection, docket, 60).by()
    by_year = {c.period: c.official for c in found}
    assert by_year["2027"] == 950  # filing and publication, within two months
    # examination; the grant year 3 at registration in May; year 4 in November
    assert by_year["2029"] == 2500 + 900 + 1200


def test_rates_and_budgets_are_kept(database: Database, docket: Docket) -> None:
    keep_rate(database, "CHF", "CNY", date(2026, 1, 5), Decimal("8.9"))
    keep_rate(database, "CHF", "CNY", date(2026, 1, 5), Decimal("8.91"))
    keep_budget(database, {"year": 2027, "amount": 50000, "currency": "CNY"})
    with pytest.raises(IpdeskError, match="positive"):
        keep_rate(database, "CHF", "CHF", date(2026, 1, 5), Decimal(1))
    with database.read() as connection:
        rate = rates_for(connection).rate("CHF", "CNY", TODAY)
    assert rate is not None
    assert rate[0] == Decimal("8.91")
