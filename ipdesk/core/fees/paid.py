"""Reading what was paid: renewals on record, payments and their lists."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from ipdesk.core.fees.audit import Recorded
from ipdesk.core.fees.records import (
    ListRow,
    PaymentRow,
    PaymentState,
    amount_of,
    messages,
)
from ipdesk.core.portfolio.filters import found_by
from ipdesk.store.paging import ListQuery, chunks, id_array
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.fees import fee_payment, payment_list
from ipdesk.store.schema.portfolio import matter

Paid = tuple[str, int | None, date | None]  # item, number, due where there is no number
_PAYING = ("annuity_paid", "renewal")


def recorded(connection: Connection, ids: Sequence[int]) -> dict[int, list[Recorded]]:
    """Renewals on record: payments, and the docket's events where no payment stands for them."""
    found: defaultdict[int, list[Recorded]] = defaultdict(list)
    known: set[tuple[int, int | None, date | None]] = set()
    linked: set[int] = set()
    p = fee_payment.c
    statement = select(fee_payment).where(
        p.matter_id.in_(ids), p.number.is_not(None), p.state != PaymentState.CANCELLED
    )
    for row in connection.execute(statement.order_by(p.number, p.id)):
        found[row.matter_id].append(
            Recorded(
                row.number,
                row.id,
                row.paid_on,
                row.confirmed_on,
                amount_of(row.paid_amount),
                row.fee_reduction or None,
            )
        )
        known.add((row.matter_id, row.number, row.paid_on))
        if row.event_id:
            linked.add(row.event_id)
    e = event.c
    events = select(e.id, e.matter_id, e.ordinal, e.date).where(
        e.matter_id.in_(ids), e.type.in_(_PAYING), e.ordinal.is_not(None)
    )
    for row in connection.execute(events.order_by(e.ordinal, e.date)):
        if row.id in linked or (row.matter_id, row.ordinal, row.date) in known:
            continue
        found[row.matter_id].append(Recorded(row.ordinal, 0, row.date, row.date))
    return dict(found)


def paid_key(item: str, number: int | None, due: date | None) -> Paid:
    """What tells two fees of a matter apart: the number, else the day."""
    return item, number, due if number is None else None


def standing(connection: Connection, ids: Sequence[int]) -> dict[int, dict[Paid, tuple[str, int]]]:
    """State and id of the payments of these matters, by what they pay."""
    p = fee_payment.c
    statement = select(p.id, p.matter_id, p.item, p.number, p.due, p.state).where(
        p.matter_id.in_(ids), p.state != PaymentState.CANCELLED
    )
    found: defaultdict[int, dict[Paid, tuple[str, int]]] = defaultdict(dict)
    for row in connection.execute(statement.order_by(p.id)):
        found[row.matter_id][paid_key(row.item, row.number, row.due)] = row.state, row.id
    return dict(found)


_PAYMENT = (
    "id matter_id item number due currency fee_reduction state list_id paid_on paid_by "
    "confirmed_on confirmed_by receipt event_id note agent_currency"
).split()
_SUMS = "official reduction surcharge payable agent_fee paid_amount".split()
_MATTER = "reference right office title application_number grant_number".split()
_SORTS: dict[str, Any] = {
    "due": fee_payment.c.due,
    "reference": matter.c.sort_reference,
    "state": fee_payment.c.state,
    "item": fee_payment.c.item,
    "paid_on": fee_payment.c.paid_on,
}


def _from_payments(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(
        fee_payment.join(matter, matter.c.id == fee_payment.c.matter_id)
    )


def payment_ids(connection: Connection, query: ListQuery) -> "array[int]":
    """Ids of payments; facets: state, item, right, office, matter, list, from, to."""
    p = fee_payment.c
    facets: dict[str, Callable[[Sequence[str]], ColumnElement[bool]]] = {
        "state": lambda v: p.state.in_(v),
        "item": lambda v: p.item.in_(v),
        "right": lambda v: matter.c.right.in_(v),
        "office": lambda v: matter.c.office.in_(v),
        "matter": lambda v: p.matter_id.in_([int(x) for x in v]),
        "list": lambda v: p.list_id.in_([int(x) for x in v]),
        "from": lambda v: p.due >= date.fromisoformat(v[0]),
        "to": lambda v: p.due <= date.fromisoformat(v[0]),
    }
    where = [facets[name](values) for name, values in query.facets if name in facets and values]
    if query.search.strip():
        where.append(found_by(query.search))
    column = _SORTS.get(query.sort, p.due)
    order = column.desc() if query.descending else column.asc()
    statement = _from_payments(p.id).where(*where)
    return id_array(connection, statement.order_by(order.nulls_last(), p.due, p.id))


def payment_rows(connection: Connection, ids: Iterable[int]) -> list[PaymentRow]:
    """The payments of these ids, in the order asked."""
    wanted = list(ids)
    found: dict[int, PaymentRow] = {}
    p = fee_payment.c
    columns = [p[name] for name in (*_PAYMENT, *_SUMS)] + [matter.c[name] for name in _MATTER]
    for part in chunks(wanted):
        for row in connection.execute(_from_payments(*columns, p.why).where(p.id.in_(part))):
            values: dict[str, Any] = {n: getattr(row, n) for n in (*_PAYMENT, *_MATTER)}
            values |= {name: amount_of(getattr(row, name)) for name in _SUMS}
            found[row.id] = PaymentRow(**values, why=messages(row.why))
    return [found[i] for i in wanted if i in found]


def payment_lists(connection: Connection) -> list[ListRow]:
    """All payment lists, the newest first, with what is paid and confirmed of each."""
    p = fee_payment.c
    sums: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    total = func.sum(func.coalesce(p.payable, 0) + func.coalesce(p.surcharge, 0))
    grouped = (
        select(p.list_id, p.state, p.currency, func.count(), total)
        .where(p.list_id.is_not(None), p.state != PaymentState.CANCELLED)
        .group_by(p.list_id, p.state, p.currency)
    )
    for list_id, state, currency, count, amount in connection.execute(grouped):
        sums[list_id][currency] = sums[list_id].get(currency, Decimal(0)) + Decimal(amount) / 100
        counts[list_id][state] = counts[list_id].get(state, 0) + count
    found = []
    order = payment_list.c.made_on.desc(), payment_list.c.id.desc()
    for row in connection.execute(select(payment_list).order_by(*order)):
        states = counts[row.id]
        found.append(
            ListRow(
                row.id,
                row.name,
                row.made_on,
                row.payee,
                row.agent,
                row.due_until,
                row.sent_on,
                row.note,
                sum(states.values()),
                states.get(PaymentState.PAID, 0) + states.get(PaymentState.CONFIRMED, 0),
                states.get(PaymentState.CONFIRMED, 0),
                dict(sums[row.id]),
            )
        )
    return found
