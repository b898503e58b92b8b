"""Reading money: what each matter costs and when, what its deadlines cost."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.i18n import Bilingual
from ipdesk.base.money import Money
from ipdesk.core.docket.law import basis_words
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import WAITING, DeadlineRow
from ipdesk.core.fees.audit import Recorded
from ipdesk.core.fees.cases import FeeMatter, fee_matters, living_ids
from ipdesk.core.fees.costs import CostLine, DeadlineCost, of_deadline
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeAnswer, FeeCase
from ipdesk.core.fees.paid import Paid, paid_key, recorded, standing
from ipdesk.core.fees.prices import PriceList
from ipdesk.core.fees.renewals import Renewal, Series, asked, series_of
from ipdesk.core.fees.setting import fees_for, prices_for
from ipdesk.core.fees.unrecorded import with_record
from ipdesk.store.paging import chunks
from ipdesk.store.schema.docket import deadline

TO_PAY = ("overdue", "open", "planned")


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
    with_record: Decimal | None = None  # payable with the reduction record that is missing


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
        case = asked(self.one.at(due), series, renewal.number, late, state == "overdue")
        answer, cheaper = self.fees.fee(case, due), None
        if state in TO_PAY:
            answer, cheaper = with_record(self.one, case, answer, self.fees, due)
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
            cheaper,
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
                    with_record=line.with_record,
                )

    def cost(self, rule: str, number: int | None, due: date) -> DeadlineCost:
        case = self.one.at(due)
        made = of_deadline(case, rule, number, self.fees, self.prices, self.docket.today, due)
        if not self.one.lacking(due):
            return made
        return DeadlineCost(tuple(self._cheaper(line, case, due) for line in made.lines))

    def _cheaper(self, line: CostLine, case: FeeCase, due: date) -> CostLine:
        """The fee of a deadline with what it would cost with the record that is missing."""
        item = self.table.item(line.item, self.one.right) if self.table else None
        facts = dict(case.facts)
        if item is not None and item.number and line.answer.year is not None:
            facts[item.number] = line.answer.year
        asked_for = replace(case, item=line.item, facts=facts)
        answer, cheaper = with_record(self.one, asked_for, line.answer, self.fees, due)
        return replace(line, answer=answer, with_record=cheaper)

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
