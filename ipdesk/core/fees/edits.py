"""Writing payments: planned, put on a list, paid, confirmed.

A payment of an annuity or a renewal carries its deadline along: paid makes it *submitted*, the
office's receipt records the event that meets it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.edits import add_events
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import keep_numbers, refresh
from ipdesk.core.docket.records import WAITING, EventInput, State
from ipdesk.core.fees.cases import FeeMatter, fee_matters
from ipdesk.core.fees.paid import paid_key, payment_rows, standing
from ipdesk.core.fees.queries import FeeLine, fee_lines
from ipdesk.core.fees.reading import shipped
from ipdesk.core.fees.receipts import Matched
from ipdesk.core.fees.records import PaymentRow, PaymentState, hundredths
from ipdesk.core.fees.recosting import amounts, planned, recost_rows
from ipdesk.core.fees.tables import Item
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import deadline, event
from ipdesk.store.schema.fees import fee_payment, payment_list
from ipdesk.store.writer import Writer

_TOPICS = (Topic.FEES, Topic.DEADLINES, Topic.MATTERS)
_RENEWALS = frozenset({"renewal", "maintenance"})
Wanted = tuple[int, str, int | None]  # matter, item, number


def plan_payments(
    database: Database, docket: Docket, wanted: Sequence[Wanted], list_id: int | None = None
) -> tuple[list[int], Change]:
    """Payments to make, with the amounts of today; one that stands already is not made twice."""
    with database.write(say("Planned {n} payments", n=len(wanted))) as writer:
        ids = _plan(writer, docket, wanted, list_id)
        return ids, _change(writer, [m for m, _, _ in wanted])


def _plan(
    writer: Writer, docket: Docket, wanted: Sequence[Wanted], list_id: int | None
) -> list[int]:
    matters = list(dict.fromkeys(m for m, _, _ in wanted))
    lines: dict[Wanted, FeeLine] = {}
    for line in fee_lines(writer.connection, docket, matters):
        lines.setdefault((line.matter_id, line.item, line.number), line)
    paid = standing(writer.connection, matters)
    rates = {one.id: one for one in fee_matters(writer.connection, matters, docket.today)}
    ids, rows = [], []
    for key in dict.fromkeys(wanted):
        if key not in lines:
            raise IpdeskError(
                say("No such fee is due: {item} {number}.", item=key[1], number=key[2] or "")
            )
        known = paid.get(key[0], {}).get(paid_key(key[1], key[2], lines[key].due))
        if known is not None:
            ids.append(_still_planned(*known, lines[key]))
            continue
        rows.append(_row(lines[key], rates[key[0]], list_id))
    return ids + list(writer.insert_many(fee_payment, rows))


def _still_planned(state: str, payment_id: int, line: FeeLine) -> int:
    """A payment that stands already is not made twice, and not at all once it is paid."""
    if state != PaymentState.PLANNED:
        raise IpdeskError(
            say("{reference}: {fee} is paid already.", reference=line.reference, fee=line.label)
        )
    return payment_id


def _row(line: FeeLine, one: FeeMatter, list_id: int | None) -> dict[str, Any]:
    return {
        "matter_id": line.matter_id,
        "item": line.item,
        "number": line.number,
        "due": line.due,
        **amounts(line, one),
        "state": str(PaymentState.PLANNED),
        "list_id": list_id,
        "source": "list" if list_id else "hand",
    }


def make_list(
    database: Database,
    docket: Docket,
    name: str,
    wanted: Sequence[Wanted],
    *,
    payee: str = "agent",
    agent: str = "",
    due_until: date | None = None,
) -> tuple[int, Change]:
    """A payment list to an agent or to the office, with its payments. Raises without any."""
    if not wanted:
        raise IpdeskError(say("Choose at least one fee for the payment list."))
    with database.write(say("Made the payment list {name}", name=name)) as writer:
        values = {
            "name": name.strip() or docket.today.isoformat(),
            "made_on": docket.today,
            "payee": payee,
            "agent": agent,
            "due_until": due_until,
        }
        list_id = writer.insert(payment_list, values)
        ids = _plan(writer, docket, wanted, list_id)
        p = fee_payment.c
        free = select(p.id).where(p.id.in_(ids), p.list_id.is_(None))
        found = list(writer.connection.execute(free).scalars())
        writer.update_many(fee_payment, [(i, {"list_id": list_id}) for i in found])
        return list_id, _change(writer, [m for m, _, _ in wanted])


def mark_sent(database: Database, list_id: int, on: date) -> Change:
    """The list went to the agent or the office."""
    with database.write(say("Sent a payment list")) as writer:
        writer.update(payment_list, list_id, {"sent_on": on})
        return Change.of(Topic.FEES, action=writer.action)


# ── paid, then confirmed ──────────────────────────────────────────────────────────────────────


def mark_paid(
    database: Database,
    docket: Docket,
    ids: Sequence[int],
    on: date,
    sums: dict[int, Decimal] | None = None,
) -> Change:
    """The money went out; amber until the office's receipt is seen.

    The amounts are those of the day of payment, unless *sums* says what was really paid.
    """
    with database.write(say("Marked {n} payments as paid", n=len(ids))) as writer:
        rows = _rows(writer, ids)
        _only(rows, {PaymentState.PLANNED}, say("Only a planned payment can be marked as paid."))
        recost_rows(writer, docket, rows, on)
        rows = _rows(writer, ids)
        changes = []
        for row in rows:
            paid = (sums or {}).get(row.id, row.total)
            changes.append(
                (
                    row.id,
                    {
                        "state": str(PaymentState.PAID),
                        "paid_on": on,
                        "paid_by": writer.by,
                        "paid_amount": hundredths(paid),
                    },
                )
            )
        writer.update_many(fee_payment, changes)
        values = {"state": str(State.SUBMITTED), "submitted_on": on, "submitted_by": writer.by}
        _carry(writer, docket, rows, values)
        return _change(writer, [row.matter_id for row in rows])


def confirm(
    database: Database,
    docket: Docket,
    ids: Sequence[int],
    on: date,
    receipts: dict[int, str] | None = None,
) -> Change:
    """The office's receipt was seen; annuities and renewals become events of the docket."""
    with database.write(say("Confirmed {n} payments", n=len(ids))) as writer:
        rows = _rows(writer, ids)
        allowed = {PaymentState.PLANNED, PaymentState.PAID}
        _only(rows, allowed, say("This payment is confirmed or cancelled already."))
        recost_rows(writer, docket, planned(rows), on)
        _confirm(writer, docket, _rows(writer, ids), on, receipts or {})
        return _change(writer, [row.matter_id for row in rows])


def _confirm(
    writer: Writer,
    docket: Docket,
    rows: Sequence[PaymentRow],
    on: date,
    receipts: dict[int, str],
) -> None:
    made = _events(writer, docket, rows, on)
    changes = []
    for row in rows:
        values: dict[str, Any] = {
            "state": str(PaymentState.CONFIRMED),
            "confirmed_on": on,
            "confirmed_by": writer.by,
            "paid_on": row.paid_on or on,
            "paid_amount": hundredths(
                row.paid_amount if row.paid_amount is not None else row.total
            ),
        }
        if row.id in made:
            values["event_id"] = made[row.id]
        if receipts.get(row.id):
            values["receipt"] = receipts[row.id]
        changes.append((row.id, values))
    writer.update_many(fee_payment, changes)
    done = {"state": str(State.CONFIRMED), "confirmed_on": on, "confirmed_by": writer.by}
    _carry(writer, docket, rows, done)


def _events(writer: Writer, docket: Docket, rows: Sequence[PaymentRow], on: date) -> dict[int, int]:
    """An event for each annuity or renewal that has none of its number yet."""
    recurring = [row for row in rows if row.number is not None and _recurs(row)]
    e = event.c
    known = {
        (m, kind, n): i
        for i, m, kind, n in writer.connection.execute(
            select(e.id, e.matter_id, e.type, e.ordinal).where(
                e.matter_id.in_([row.matter_id for row in recurring]),
                e.type.in_(("annuity_paid", "renewal")),
            )
        )
    }
    made: dict[int, int] = {}
    new: list[tuple[PaymentRow, EventInput]] = []
    for row in recurring:
        kind = "renewal" if row.item in _RENEWALS and row.right != "invention" else "annuity_paid"
        there = known.get((row.matter_id, kind, row.number))
        if there is not None:
            made[row.id] = there
            continue
        new.append((row, EventInput(kind, row.paid_on or on, ordinal=row.number, source="action")))
    ids = add_events(writer, [(row.matter_id, given) for row, given in new], docket)
    made.update({row.id: i for (row, _), i in zip(new, ids, strict=True)})
    return made


def _recurs(row: PaymentRow) -> bool:
    item = _item(row)
    return item is not None and item.recurs is not None


def _item(row: PaymentRow) -> Item | None:
    table = shipped().get(row.office)
    return table.item(row.item, row.right) if table else None


def _carry(
    writer: Writer, docket: Docket, rows: Sequence[PaymentRow], values: dict[str, Any]
) -> None:
    """Takes the deadlines of these payments along and recomputes their matters."""
    wanted: defaultdict[int, list[PaymentRow]] = defaultdict(list)
    for row in rows:
        wanted[row.matter_id].append(row)
    keep_numbers(writer, docket, [(row.matter_id, row.number) for row in rows])
    d = deadline.c
    waiting = select(d.id, d.matter_id, d.rule, d.n).where(
        d.matter_id.in_(list(wanted)), d.state.in_(WAITING)
    )
    changes = [
        (found.id, values)
        for found in writer.connection.execute(waiting)
        if any(_of(row, found.rule, found.n) for row in wanted[found.matter_id])
    ]
    writer.update_many(deadline, changes)
    refresh(writer, list(wanted), docket)


def _of(row: PaymentRow, rule: str, n: int | None) -> bool:
    """Whether a payment is what a deadline asks for."""
    item = _item(row)
    if item is None or rule not in item.rules:
        return False
    return n is None or row.number is None or n == row.number


def record_paid(
    database: Database, docket: Docket, wanted: Sequence[Wanted], on: date, receipt: str = ""
) -> Change:
    """What was paid long ago is put on record: planned, paid and confirmed in one go."""
    with database.write(say("Recorded {n} payments", n=len(wanted))) as writer:
        ids = _plan(writer, docket, wanted, None)
        rows = _rows(writer, ids)
        allowed = {PaymentState.PLANNED, PaymentState.PAID}
        _only(rows, allowed, say("This payment is confirmed or cancelled already."))
        recost_rows(writer, docket, planned(rows), on)
        writer.update_many(fee_payment, [(row.id, {"paid_on": on}) for row in rows])
        receipts = dict.fromkeys(ids, receipt) if receipt else {}
        _confirm(writer, docket, _rows(writer, ids), on, receipts)
        return _change(writer, [row.matter_id for row in rows])


def cancel(database: Database, ids: Sequence[int], reason: str) -> Change:
    """These payments will not be made. Raises IpdeskError without a reason."""
    if not reason.strip():
        raise IpdeskError(say("Say in one line why it is not paid."))
    with database.write(say("Cancelled {n} payments", n=len(ids))) as writer:
        rows = _rows(writer, ids)
        _only(rows, {PaymentState.PLANNED}, say("Only a planned payment can be cancelled."))
        values = {"state": str(PaymentState.CANCELLED), "note": reason.strip()}
        writer.update_many(fee_payment, [(row.id, values) for row in rows])
        return _change(writer, [row.matter_id for row in rows])


def take_receipts(
    database: Database, docket: Docket, matched: Iterable[Matched], on: date
) -> tuple[int, Change]:
    """Confirms the payments of a returned list; lines without a payment are left alone."""
    pairs = [(m.payment, m.receipt) for m in matched if m.payment is not None]
    with database.write(say("Read {n} receipts", n=len(pairs))) as writer:
        paid = [
            (
                payment.id,
                {
                    "paid_on": receipt.paid_on or payment.paid_on or on,
                    "paid_amount": hundredths(
                        receipt.amount if receipt.amount is not None else payment.total
                    ),
                    "source": "import",
                },
            )
            for payment, receipt in pairs
        ]
        writer.update_many(fee_payment, paid)
        rows = _rows(writer, [payment.id for payment, _ in pairs])
        numbers = {payment.id: receipt.receipt for payment, receipt in pairs}
        _confirm(writer, docket, rows, on, numbers)
        return len(pairs), _change(writer, [row.matter_id for row in rows])


# ── in common ─────────────────────────────────────────────────────────────────────────────────


def _rows(writer: Writer, ids: Sequence[int]) -> list[PaymentRow]:
    rows = payment_rows(writer.connection, ids)
    if len(rows) != len(set(ids)):
        raise IpdeskError(say("A payment is gone; somebody deleted it. Look at the list again."))
    return rows


def _only(rows: Sequence[PaymentRow], states: set[PaymentState], otherwise: Message) -> None:
    if not rows:
        raise IpdeskError(say("Select a payment first."))
    if any(row.state not in states for row in rows):
        raise IpdeskError(otherwise)


def _change(writer: Writer, matters: Sequence[int]) -> Change:
    return Change.of(*_TOPICS, matters=tuple(dict.fromkeys(matters)), action=writer.action)
