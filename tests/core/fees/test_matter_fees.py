"""What a matter on file costs: its fees, their reductions, own amounts and prices."""

from datetime import date

import pytest
from sqlalchemy import select

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket.edits import record_event
from ipdesk.core.docket.matters import MatterEdit, edit_matter
from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput
from ipdesk.core.fees.queries import deadline_costs, fee_lines
from ipdesk.core.fees.setting import prices_for
from ipdesk.core.fees.support_edits import (
    keep_amount,
    keep_price,
    keep_record,
)
from ipdesk.core.portfolio.model import PersonName
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import party
from tests.core.fees.filed import COMPANY, fee_line, filed_matter


def test_the_life_of_a_patent_from_its_grant_year_on(
    database: Database, docket: Docket, patent: int
) -> None:
    with database.read() as connection:
        lines = fee_lines(connection, docket, [patent])
    years = [(line.number, line.state) for line in lines if line.item == "annuity"]
    assert years[:3] == [(4, "confirmed"), (5, "confirmed"), (6, "open")]
    assert years[-1] == (20, "open")
    sixth = next(line for line in lines if line.number == 6)
    assert (sixth.due, sixth.answer.official, sixth.answer.payable) == (
        date(2027, 3, 10),
        1200,
        1200,
    )
    assert "114" in sixth.basis.en


def test_a_time_limits_the_list(database: Database, docket: Docket, patent: int) -> None:
    with database.read() as connection:
        lines = fee_lines(connection, docket, None, date(2027, 1, 1), date(2028, 12, 31))
    assert [line.number for line in lines] == [6, 7]


def test_a_record_of_the_year_reduces_the_fee_of_that_year_alone(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {"number": "R-27"})
    assert fee_line(database, docket, patent, 6).answer.payable == 180
    assert fee_line(database, docket, patent, 7).answer.payable == 2000


def test_a_joint_applicant_without_a_record_spoils_the_reduction(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {})
    both = (COMPANY, PersonName("applicant", "University"))
    edit_matter(database, docket, patent, MatterEdit(people={"applicant": both}))
    assert fee_line(database, docket, patent, 6).answer.payable == 1200
    with database.read() as connection:
        other = connection.execute(
            select(party.c.id).where(party.c.name == "University")
        ).scalar_one()
    keep_record(database, other, 2027, {"kind": "institution"})
    assert fee_line(database, docket, patent, 6).answer.payable == 360


def test_a_withdrawn_record_does_not_reduce(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {})
    keep_record(database, company, 2027, {"withdrawn": True})
    assert fee_line(database, docket, patent, 6).answer.payable == 1200


def test_open_deadlines_bring_their_fees(database: Database, docket: Docket) -> None:
    pending = filed_matter(database, docket, "P-2", filed=date(2026, 11, 2))
    with database.read() as connection:
        lines = fee_lines(connection, docket, [pending])
        rows = deadlines_of_matter(connection, pending)
        costs = deadline_costs(connection, docket, rows)
    assert {line.item for line in lines} >= {"filing", "publication", "examination"}
    filing = next(row for row in rows if row.rule == "CN-P-FILFEE")
    assert costs[filing.id].totals() == {"CNY": 950}


def test_an_office_action_costs_nothing_by_itself(database: Database, docket: Docket) -> None:
    pending = filed_matter(database, docket, "P-3", filed=date(2024, 1, 10))
    record_event(database, docket, pending, EventInput("office_action", date(2026, 11, 3)))
    with database.read() as connection:
        rows = deadlines_of_matter(connection, pending)
        costs = deadline_costs(connection, docket, rows)
        assert not prices_for(connection)
    reply = next(row for row in rows if row.rule.startswith("CN-P-OA"))
    assert costs[reply.id].lines == ()


def test_own_amounts_and_prices_count(database: Database, docket: Docket, patent: int) -> None:
    keep_amount(
        database,
        {"office": "CN", "item": "annuity", "number": 6, "amount": "1300", "currency": "CNY"},
    )
    keep_price(database, {"item": "annuity", "amount": 200, "currency": "CNY"})
    line = fee_line(database, docket, patent, 6)
    assert line.answer.official == 1300
    assert line.agent is not None
    assert line.agent.amount == 200
    with pytest.raises(IpdeskError, match="not an amount"):
        keep_price(database, {"item": "annuity", "amount": "many", "currency": "CNY"})
