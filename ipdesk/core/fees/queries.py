"""Reading money: what each matter costs and when, payments and their lists, costs of deadlines."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from ipdesk.base.i18n import Bilingual
from ipdesk.base.money import Money
from ipdesk.core.docket.law import basis_words
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import WAITING, DeadlineRow
from ipdesk.core.fees.audit import Recorded
from ipdesk.core.fees.cases import FeeMatter, fee_matters, living_ids
from ipdesk.core.fees.costs import DeadlineCost, of_deadline
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeAnswer
from ipdesk.core.fees.prices import PriceList
from ipdesk.core.fees.records import (
    ListRow,
    PaymentRow,
    PaymentState,
    amount_of,
    messages,
)
from ipdesk.core.fees.renewals import Renewal, Series, asked, series_of
from ipdesk.core.fees.setting import fees_for, prices_for
from ipdesk.core.portfolio.filters import found_by
from ipdesk.store.paging import ListQuery, chunks, id_array
from ipdesk.store.schema.docket import deadline, event
from ipdesk.store.schema.fees import fee_payment, payment_list
from ipdesk.store.schema.portfolio import matter

Paid = tuple[str, int | None, date | None]  # item, number, due where there is no number
_PAYING = ("annuity_paid", "renewal")


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee of one matter: paid, due or to come."""

    matter_id: int
    reference: str
    item: str
    label: Bilingual
    number: int | None
    answer: FeeAnswer
    agent: Money | None
    due: date | None
    basis: Bilingual
    state: str  # confirmed | paid | planned | overdue | before_records | open
    recurs: bool = False  # keeps the right alive, year by year or period by period
    payment_id: int | None = None
    title: str = ""
    office: str = ""
    right: str = ""


def fee_lines(
    connection: Connection,
    docket: Docket,
    ids: Sequence[int] | None = None,
    begin: date | None = None,
    end: date | None = None,
    *,
    once_only: bool = False,
) -> list[FeeLine]:
    """Fees of these matters (all living ones by default) that are due in a time, by due date.

    Without a time the whole life of a matter is given, what was paid included. *once_only* leaves
    out what recurs.
    """
    fees, prices = fees_for(connection, docket), prices_for(connection)
    wanted = list(ids) if ids is not None else living_ids(connection)
    found: list[FeeLine] = []
    for part in chunks(wanted):
        deadlines = _open_deadlines(connection, part)
        records, paid = recorded(connection, part), standing(connection, part)
        for one in fee_matters(connection, part, docket.today):
            known = paid.get(one.id, {})
            lines = _Lines(one, fees, prices, docket, records.get(one.id, ()), known)
            if not once_only:
                found += lines.renewals(begin, end)
            found += lines.deadlines(deadlines.get(one.id, ()), begin, end)
    found.sort(key=lambda line: (line.due or date.max, line.reference, line.item))
    return found


class _Lines:
    """The fees of one matter."""

    def __init__(
        self,
        one: FeeMatter,
        fees: Fees,
        prices: PriceList,
        docket: Docket,
        records: Sequence[Recorded],
        paid: Mapping[Paid, tuple[str, int]] | None = None,
    ) -> None:
        self.paid = paid or {}
        self.one, self.fees, self.prices, self.docket = one, fees, prices, docket
        self.table = fees.tables.table(one.office)
        self.series = series_of(self.table, one.case) if self.table else None
        self.by_number: dict[int, Recorded] = {}
        for record in records:
            before = self.by_number.get(record.number)
            if before is None or before.paid_on is None:
                self.by_number[record.number] = record

    def renewals(self, begin: date | None, end: date | None) -> Iterator[FeeLine]:
        series = self.series
        if series is None:
            return
        for renewal in series.renewals:
            due = self.fees.dates.next_open(self.one.office, renewal.raw).due
            if renewal.at_registration:
                due = renewal.raw
            if (begin and due < begin) or (end and due > end) or self._over(renewal):
                continue
            yield self._renewal(series, renewal, due)

    def _over(self, renewal: Renewal) -> bool:
        """Whether the right had ended when it would have been due."""
        since = self.one.standing.status_on
        return self.one.ended and (since is None or renewal.raw >= since)

    def _renewal(self, series: Series, renewal: Renewal, due: date) -> FeeLine:
        record = self.by_number.get(renewal.number)
        state = self._state(renewal, due, record)
        paid_on = record.paid_on if record else None
        late = self.docket.today if state == "overdue" else paid_on
        case = asked(self.one.at(due), series, renewal.number, late)
        answer = self.fees.fee(case, due)
        rule = series.item.rule_first if renewal.at_registration else series.item.rule
        shown = due if answer.due is None and not renewal.at_registration else answer.due
        return FeeLine(
            self.one.id,
            self.one.reference,
            series.item.id,
            series.item.label,
            renewal.number,
            answer,
            self.prices.price(self.one.office, self.one.right, series.item.id, due),
            shown or due,
            self._basis(rule),
            state,
            True,
            record.id if record and record.id else None,
            self.one.title,
            self.one.office,
            self.one.right,
        )

    def _state(self, renewal: Renewal, due: date, record: Recorded | None) -> str:
        if record is not None and record.paid_on is not None:
            return "confirmed" if record.confirmed_on else "paid"
        if renewal.at_registration:
            return "confirmed"  # the right was granted, so it was paid
        if due < self.docket.today:
            return self._past(due)
        return "planned" if record is not None else "open"

    def _past(self, due: date) -> str:
        """What a day without a record means, by what lists have said of the matter."""
        standing = self.one.standing
        if standing.in_force_on is not None and due < standing.in_force_on:
            return "confirmed"
        if standing.recorded_on is not None and due < standing.recorded_on:
            return "before_records"
        return "overdue"

    def deadlines(
        self, rows: Sequence[Any], begin: date | None, end: date | None
    ) -> Iterator[FeeLine]:
        """The fees of open deadlines that are not renewals."""
        own = set(self.series.item.rules) if self.series else set()
        if self.table:
            own |= {s.rule for s in self.table.surcharges if s.rule}
        granted = self.one.case.day("grant") is not None
        if not granted and self.series:
            own.discard(self.series.item.rule_first)
        for row in rows:
            if row.rule in own or (begin and row.due < begin) or (end and row.due > end):
                continue
            cost = self.cost(row.rule, row.n, row.due)
            for line in cost.lines:
                on = line.answer.due or row.due
                state, payment = self.paid.get(
                    paid_key(line.item, line.answer.year, on),
                    ("overdue" if row.due < self.docket.today else "open", None),
                )
                yield FeeLine(
                    self.one.id,
                    self.one.reference,
                    line.item,
                    line.label,
                    line.answer.year,
                    line.answer,
                    line.agent,
                    on,
                    basis_words(row.basis),
                    state,
                    payment_id=payment,
                    title=self.one.title,
                    office=self.one.office,
                    right=self.one.right,
                )

    def cost(self, rule: str, number: int | None, due: date) -> DeadlineCost:
        case = self.one.at(due)
        return of_deadline(case, rule, number, self.fees, self.prices, self.docket.today, due)

    def _basis(self, rule: str) -> Bilingual:
        laws = self.docket.law.by_id.get(rule, ())
        return laws[0].basis if laws else Bilingual(rule, rule)


def _open_deadlines(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    d = deadline.c
    statement = select(d.matter_id, d.rule, d.n, d.due, d.basis).where(
        d.matter_id.in_(ids), d.state.in_(WAITING), d.manual.is_(False)
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(statement.order_by(d.due)):
        found[row.matter_id].append(row)
    return found


def deadline_costs(
    connection: Connection, docket: Docket, rows: Sequence[DeadlineRow]
) -> dict[int, DeadlineCost]:
    """What each of these deadlines costs, by the id of the deadline."""
    fees, prices = fees_for(connection, docket), prices_for(connection)
    ids = list(dict.fromkeys(row.matter_id for row in rows))
    matters = {one.id: one for one in fee_matters(connection, ids, docket.today)}
    costs = {}
    for row in rows:
        one = matters.get(row.matter_id)
        if one is not None:
            lines = _Lines(one, fees, prices, docket, ())
            costs[row.id] = lines.cost(row.rule, row.n, row.due)
    return costs


# ── what was paid ─────────────────────────────────────────────────────────────────────────────


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
