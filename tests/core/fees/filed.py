"""Matters whose fees are tested on a file, and what the file says of them."""

from datetime import date

from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.paid import payment_ids, payment_rows
from ipdesk.core.fees.queries import FeeLine, fee_lines
from ipdesk.core.fees.records import PaymentRow
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery

COMPANY = PersonName("applicant", "北京澄镓科技有限公司")


def filed_matter(
    database: Database, docket: Docket, reference: str, *, filed: date, granted: date | None = None
) -> int:
    fields = MatterFields(
        reference=reference,
        right="invention",
        office="CN",
        title=f"Matter {reference}",
        application_number="CN202210231234.0" if reference == "P-1" else "",
        people=(COMPANY, PersonName("inventor", "沈宇航"), PersonName("inventor", "林溪")),
        technologies=("Print heads",),
    )
    dates = {"filing": filed} | ({"grant": granted} if granted else {})
    return create_matter(database, docket, fields, dates)[0]


def fee_line(database: Database, docket: Docket, matter_id: int, number: int) -> FeeLine:
    with database.read() as connection:
        lines = fee_lines(connection, docket, [matter_id])
    return next(line for line in lines if line.item == "annuity" and line.number == number)


def payments_of(database: Database, **facets: str) -> list[PaymentRow]:
    query = ListQuery()
    for name, value in facets.items():
        query = query.choose(name, value)
    with database.read() as connection:
        return payment_rows(connection, payment_ids(connection, query))


def state_of(database: Database, patent: int, number: int) -> str:
    with database.read() as connection:
        rows = deadlines_of_matter(connection, patent)
    return next(r.state for r in rows if r.rule == "CN-P-ANN" and r.n == number)
