"""Money as this company sees it: its own amounts, prices, rates and rules on rewards."""

from decimal import Decimal

from sqlalchemy import Connection, select

from ipdesk.base.money import Rate, Rates
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.dates import DocketDates
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import OwnAmount
from ipdesk.core.fees.prices import Price, PriceList
from ipdesk.core.fees.records import HUNDRED, RecordRow, amount_of
from ipdesk.core.fees.rewards import Policy
from ipdesk.store.schema.fees import (
    agent_price,
    exchange_rate,
    fee_amount,
    reduction_record,
    reward_policy,
)
from ipdesk.store.schema.portfolio import party


def fees_for(connection: Connection, docket: Docket) -> Fees:
    """The fee engine with the company's own amounts, closing days and rules."""
    return Fees.load(own_amounts(connection), DocketDates(docket.law, docket.calendars))


def own_amounts(connection: Connection) -> list[OwnAmount]:
    """What the user added or corrected."""
    a = fee_amount.c
    return [
        OwnAmount(
            row.office,
            row.item,
            Decimal(row.amount) / HUNDRED,
            row.currency,
            row.right,
            row.number,
            row.valid_from,
            row.valid_until,
            row.source,
        )
        for row in connection.execute(select(fee_amount).order_by(a.id))
    ]


def prices_for(connection: Connection) -> PriceList:
    """The agents' price list."""
    rows = connection.execute(select(agent_price).order_by(agent_price.c.id))
    return PriceList(
        Price(
            row.item,
            Decimal(row.amount) / HUNDRED,
            row.currency,
            row.office,
            row.right,
            row.agent,
            row.valid_from,
            row.valid_until,
        )
        for row in rows
    )


def rates_for(connection: Connection) -> Rates:
    """The rates of exchange that were typed or imported."""
    rows = connection.execute(select(exchange_rate))
    return Rates(
        Rate(row.currency, row.into, row.day, Decimal(row.value), row.source) for row in rows
    )


def policies_for(connection: Connection) -> list[Policy]:
    """The company's rules on rewards."""
    return [
        Policy(
            row.right,
            Decimal(row.amount) / HUNDRED,
            row.currency,
            row.valid_from,
            row.valid_until,
            row.months,
            row.name,
        )
        for row in connection.execute(select(reward_policy).order_by(reward_policy.c.id))
    ]


def reduction_records(connection: Connection) -> list[RecordRow]:
    """All reduction records, the newest year first."""
    r = reduction_record.c
    statement = (
        select(reduction_record, party.c.name.label("party_name"))
        .join(party, party.c.id == r.party_id)
        .order_by(r.year.desc(), party.c.name)
    )
    return [
        RecordRow(
            row.id,
            row.party_id,
            row.party_name,
            row.year,
            row.number,
            row.kind,
            amount_of(row.income),
            row.filed_on,
            row.approved_on,
            row.valid_until,
            row.withdrawn,
            row.evidence,
            row.note,
        )
        for row in connection.execute(statement)
    ]
