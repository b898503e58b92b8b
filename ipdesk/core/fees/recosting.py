"""Planned payments reckoned anew: a record was filed, an amount changed, it is paid late."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.i18n import say
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.cases import FeeMatter, fee_matters
from ipdesk.core.fees.paid import payment_rows
from ipdesk.core.fees.queries import FeeLine, fee_lines
from ipdesk.core.fees.records import PaymentRow, PaymentState, hundredths, stored_messages
from ipdesk.store.database import Database
from ipdesk.store.schema.fees import fee_payment
from ipdesk.store.schema.portfolio import matter_party
from ipdesk.store.writer import Writer


def recost(database: Database, docket: Docket, ids: Sequence[int]) -> tuple[int, Change]:
    """Brings planned payments up to the amounts of today; how many of them changed."""
    with database.write(say("Reckoned {n} payments anew", n=len(ids))) as writer:
        rows = [r for r in payment_rows(writer.connection, ids) if r.state == PaymentState.PLANNED]
        changed = recost_rows(writer, docket, rows, docket.today)
        matters = tuple(dict.fromkeys(row.matter_id for row in rows))
        return changed, Change.of(Topic.FEES, matters=matters, action=writer.action)


def recost_rows(writer: Writer, docket: Docket, rows: Sequence[PaymentRow], on: date) -> int:
    """Amounts as they are when paid on a day: reductions on record, own amounts, the surcharge."""
    matters = list(dict.fromkeys(row.matter_id for row in rows))
    then = replace(docket, today=on)
    lines: dict[tuple[int, str, int | None], FeeLine] = {}
    for line in fee_lines(writer.connection, then, matters):
        lines.setdefault((line.matter_id, line.item, line.number), line)
    known = {one.id: one for one in fee_matters(writer.connection, matters, on)}
    changes = []
    for row in rows:
        found = lines.get((row.matter_id, row.item, row.number))
        if found is not None and (row.number is not None or found.due == row.due):
            values = amounts(found, known[row.matter_id])
            if values["official"] is not None and _differs(row, values):
                changes.append((row.id, values))
    writer.update_many(fee_payment, changes)
    return len(changes)


def recost_of_applicant(writer: Writer, docket: Docket, party_id: int, year: int) -> int:
    """How many planned payments of a year a record of this applicant has changed."""
    p, mp = fee_payment.c, matter_party.c
    ids = list(
        writer.connection.execute(
            select(p.id).where(
                p.state == PaymentState.PLANNED,
                p.due >= date(year, 1, 1),
                p.due <= date(year, 12, 31),
                p.matter_id.in_(select(mp.matter_id).where(mp.party_id == party_id)),
            )
        ).scalars()
    )
    rows = payment_rows(writer.connection, ids)
    return recost_rows(writer, docket, rows, docket.today)


def amounts(line: FeeLine, one: FeeMatter) -> dict[str, Any]:
    """The sums of a fee as a payment keeps them."""
    answer = line.answer
    return {
        "currency": answer.currency,
        "official": hundredths(answer.official),
        "reduction": hundredths(answer.reduction),
        "surcharge": hundredths(answer.surcharge),
        "payable": hundredths(answer.payable),
        "agent_fee": hundredths(line.agent.amount) if line.agent else None,
        "agent_currency": line.agent.currency if line.agent else "",
        "fee_reduction": one.rate(line.due) if line.due else "none",
        "why": stored_messages(answer.why),
    }


def _differs(row: PaymentRow, values: dict[str, Any]) -> bool:
    """Whether a sum has changed; the words alone are no change."""
    before = (row.official, row.reduction, row.surcharge, row.payable, row.agent_fee)
    names = ("official", "reduction", "surcharge", "payable", "agent_fee")
    return [hundredths(sum_) for sum_ in before] != [values[name] for name in names]


def planned(rows: Iterable[PaymentRow]) -> list[PaymentRow]:
    """Those that are still to be paid."""
    return [row for row in rows if row.state == PaymentState.PLANNED]
