"""A granted Chinese patent on a file, and its applicant."""

from datetime import date

import pytest
from sqlalchemy import select

from ipdesk.core.docket.life_edits import pay_annuities
from ipdesk.core.docket.reckoning import Docket
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import party
from tests.core.fees.filed import COMPANY, filed_matter


@pytest.fixture
def patent(database: Database, docket: Docket) -> int:
    """Granted in year 4; years 5 … fall due on 10 March, year 5 was paid."""
    made = filed_matter(database, docket, "P-1", filed=date(2022, 3, 10), granted=date(2025, 6, 20))
    pay_annuities(database, docket, [(made, 5, date(2026, 3, 2))])
    return made


@pytest.fixture
def company(database: Database, docket: Docket, patent: int) -> int:
    with database.read() as connection:
        return int(
            connection.execute(select(party.c.id).where(party.c.name == COMPANY.name)).scalar_one()
        )
