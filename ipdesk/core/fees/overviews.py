"""Reading money as a whole: the audit, the keep-or-abandon sheet, alarms, savings."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.dates import add_months
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.alarms import ComingFee, Income, ReductionRecord, Threat, alarms
from ipdesk.core.fees.audit import Audited, Finding, audit
from ipdesk.core.fees.cases import FeeMatter, fee_matters, living_ids
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.paid import recorded
from ipdesk.core.fees.queries import FeeLine, fee_lines
from ipdesk.core.fees.records import ApplicantRow, DecisionRow, PaymentState, amount_of
from ipdesk.core.fees.reductions import Applicant, eligible
from ipdesk.core.fees.renewals import asked, series_of
from ipdesk.core.fees.review import Held, ReviewRow, review
from ipdesk.core.fees.savings import Reduced, Savings, savings
from ipdesk.core.fees.setting import fees_for, prices_for, reduction_records
from ipdesk.core.fees.sheets import item_label
from ipdesk.core.portfolio.model import ENDED
from ipdesk.store.paging import chunks
from ipdesk.store.schema.fees import fee_payment, keep_decision, reduction_record
from ipdesk.store.schema.portfolio import (
    matter,
    matter_party,
    matter_product,
    matter_technology,
    party,
    product,
)

_IN_USE = frozenset({"launch", "launched", "sold", "market", "in_use"})


# ── audit ─────────────────────────────────────────────────────────────────────────────────────


def audit_findings(
    connection: Connection, docket: Docket, ids: Sequence[int] | None = None
) -> list[Finding]:
    """What is missing, doubled, unpaid or paid in vain, matter by matter."""
    fees = fees_for(connection, docket)
    found: list[Finding] = []
    for part in chunks(list(ids) if ids is not None else living_ids(connection)):
        records = recorded(connection, part)
        matters = fee_matters(connection, part, docket.today)
        found += audit((_audited(one, records) for one in matters), fees, docket.today)
    return found


def _audited(one: FeeMatter, records: Mapping[int, Sequence[Any]]) -> Audited:
    standing = one.standing
    ended_on = standing.status_on if one.ended else None
    if one.ended and ended_on is None:
        ended_on = date.min  # nobody knows since when: nothing can be missed
    return Audited(
        one.reference,
        one.case,
        tuple(records.get(one.id, ())),
        ended_on if one.ended else None,
        brought_on=standing.recorded_on,
        in_force_on=standing.in_force_on,
        matter_id=one.id,
    )


# ── keep or abandon ───────────────────────────────────────────────────────────────────────────


def review_rows(connection: Connection, docket: Docket, end: date) -> list[ReviewRow]:
    """The next unpaid fee of every living right due until a day, overdue ones first."""
    ids = living_ids(connection)
    fees, prices = fees_for(connection, docket), prices_for(connection)
    uses, covering = _uses(connection), _covering(connection)
    decided = {(d.matter_id, d.number): d.decision for d in decisions(connection)}
    rows: list[ReviewRow] = []
    for part in chunks(ids):
        records = recorded(connection, part)
        held = (
            _held(one, fees, docket.today, records.get(one.id, ()), uses, covering, decided)
            for one in fee_matters(connection, part, docket.today)
            if not one.ended
        )
        rows += review(held, fees, docket.today, end, prices)
    return sorted(rows, key=lambda row: (row.due, row.held.reference))


def _held(
    one: FeeMatter,
    fees: Fees,
    today: date,
    records: Sequence[Any],
    uses: Mapping[int, list[tuple[str, bool]]],
    covering: Mapping[int, int],
    decided: Mapping[tuple[int, int], str],
) -> Held:
    paid = paid_through(one, fees, records)
    products = uses.get(one.id, [])
    facts = one.case.facts
    return Held(
        one.id,
        one.reference,
        one.title,
        one.at(today, assumed=True),
        one.expiry_date,
        one.value_grade,
        tuple(name for name, _ in products),
        any(used for _, used in products),
        covering.get(one.id, 0),
        str(facts.get("pledged_to") or ""),
        bool(facts.get("licensed")),
        paid,
        decided.get((one.id, paid + 1), ""),
        one.at(today),
    )


def paid_through(one: FeeMatter, fees: Fees, records: Sequence[Any]) -> int:
    """The last number that is paid, or that must have been paid because the right is in force."""
    paid = {r.number for r in records if r.paid_on is not None}
    table = fees.tables.table(one.office)
    series = series_of(table, one.case) if table else None
    in_force, brought = one.standing.in_force_on, one.standing.recorded_on
    for renewal in series.renewals if series else ():
        proved = in_force is not None and renewal.raw < in_force
        unknown = brought is not None and renewal.raw < brought
        if renewal.at_registration or proved or unknown:
            paid.add(renewal.number)
    return max(paid, default=0)


def _uses(connection: Connection) -> dict[int, list[tuple[str, bool]]]:
    """The products of each matter and whether they are in use."""
    mp = matter_product.c
    statement = (
        select(mp.matter_id, product.c.name, product.c.stage)
        .join(product, product.c.id == mp.product_id)
        .order_by(product.c.name)
    )
    found: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    for matter_id, name, stage in connection.execute(statement):
        found[matter_id].append((name, stage in _IN_USE))
    return found


def _covering(connection: Connection) -> dict[int, int]:
    """How many living rights share a matter's least covered technology."""
    mt = matter_technology.c
    living = matter.c.archived.is_(False) & matter.c.status.in_(("granted", "pending", "published"))
    pairs = connection.execute(
        select(mt.matter_id, mt.technology_id)
        .join(matter, matter.c.id == mt.matter_id)
        .where(living)
    ).all()
    counts: defaultdict[int, int] = defaultdict(int)
    for _, technology_id in pairs:
        counts[technology_id] += 1
    found: dict[int, int] = {}
    for matter_id, technology_id in pairs:
        found[matter_id] = min(found.get(matter_id, 10**9), counts[technology_id])
    return found


def decisions(connection: Connection) -> list[DecisionRow]:
    """All decisions to keep or abandon, the newest first."""
    k = keep_decision.c
    statement = (
        select(keep_decision, matter.c.reference)
        .join(matter, matter.c.id == k.matter_id)
        .order_by(k.decided_on.desc(), k.id.desc())
    )
    return [
        DecisionRow(
            row.id,
            row.matter_id,
            row.reference,
            row.number,
            row.decision,
            row.reason,
            row.decided_on,
            row.decided_by,
            row.consent,
        )
        for row in connection.execute(statement)
    ]


# ── reductions ────────────────────────────────────────────────────────────────────────────────


def reduction_alarms(
    connection: Connection, docket: Docket, months: int = 15
) -> tuple[Threat, ...]:
    """Records that lapse or are missing, windows that close, incomes that no longer qualify."""
    fees = fees_for(connection, docket)
    table = fees.tables.table("CN")
    stored = reduction_records(connection)
    if table is None:
        return ()
    coming = list(_coming(connection, docket, fees, add_months(docket.today, months)))
    records = [
        ReductionRecord(r.party_id, r.year, r.number, r.valid_until, r.withdrawn) for r in stored
    ]
    kinds = {r.party_id: r.kind for r in reversed(stored)}
    incomes = [
        Income(r.party_id, Applicant(r.name, kinds.get(r.party_id, r.kind), r.income), r.year - 1)
        for r in stored
        if r.income is not None
    ]
    names = {r.party_id: r.name for r in stored}
    return alarms(table, records, incomes, coming, docket.today, names=names)


def _coming(connection: Connection, docket: Docket, fees: Fees, end: date) -> Iterator[ComingFee]:
    """Fees to come of matters for which a reduction was recorded once."""
    for part in chunks(_reduced_matters(connection)):
        lines = fee_lines(connection, docket, part, docket.today, end)
        matters = {one.id: one for one in fee_matters(connection, part, docket.today)}
        for line in lines:
            if line.state in ("open", "planned", "overdue") and line.due is not None:
                one = matters[line.matter_id]
                yield _coming_fee(one, line, line.due, fees)


def _coming_fee(one: FeeMatter, line: FeeLine, due: date, fees: Fees) -> ComingFee:
    """What a fee would cost with the record of its year, whether there is one or not."""
    table = fees.tables.table(one.office)
    series = series_of(table, one.case) if table else None
    full_facts = {**one.case.facts, "fee_reduction": "85" if len(one.applicants) == 1 else "70"}
    case = replace(one.case, facts=full_facts, item=line.item)
    payable, leaves = line.answer.payable, False
    if series is not None and line.item == series.item.id and line.number is not None:
        reduced = fees.fee(asked(case, series, line.number), due)
        before = fees.fee(asked(case, series, line.number - 1), due)
        payable = reduced.payable
        leaves = reduced.percent == 0 and before.percent > 0
    else:
        payable = fees.fee(case, due).payable
    return ComingFee(
        one.id,
        one.reference,
        one.applicants,
        line.number,
        due,
        line.answer.official,
        payable,
        leaves,
    )


def _reduced_matters(connection: Connection) -> list[int]:
    """Living Chinese patents and applications of applicants who ever had a record."""
    mp = matter_party.c
    statement = (
        select(matter.c.id)
        .join(matter_party, mp.matter_id == matter.c.id)
        .where(
            matter.c.office == "CN",
            matter.c.archived.is_(False),
            mp.role.in_(("applicant", "owner")),
            mp.party_id.in_(select(reduction_record.c.party_id)),
        )
        .distinct()
        .order_by(matter.c.id)
    )
    return list(connection.execute(statement).scalars())


def savings_of(connection: Connection, year: int) -> Savings:
    """What was saved in a year and since the beginning, by payments that were made."""
    p = fee_payment.c
    statement = (
        select(fee_payment, matter.c.reference, matter.c.office, matter.c.right)
        .join(matter, matter.c.id == p.matter_id)
        .where(
            p.state.in_((PaymentState.PAID, PaymentState.CONFIRMED)),
            p.reduction > 0,
            p.paid_on.is_not(None),
        )
    )
    return savings(
        (
            Reduced(
                row.matter_id,
                row.reference,
                item_label(row.office, row.right, row.item),
                row.number,
                row.paid_on,
                row.currency,
                amount_of(row.official) or Decimal(0),
                amount_of(row.reduction) or Decimal(0),
            )
            for row in connection.execute(statement)
        ),
        year,
    )


def eligibility(connection: Connection, docket: Docket, year: int) -> list[ApplicantRow]:
    """Who could have fees of a year reduced, by the incomes on record, and who has the record.

    One row for each group of applicants of living Chinese patents and applications.
    """
    table = fees_for(connection, docket).tables.table("CN")
    if table is None:
        return []
    stored = {r.party_id: r for r in reduction_records(connection) if r.year == year}
    kinds = {r.party_id: r.kind for r in reversed(reduction_records(connection))}
    names = {row.id: row.name for row in connection.execute(select(party.c.id, party.c.name))}
    day = min(max(docket.today, date(year, 1, 1)), date(year, 12, 31))
    found = []
    for group, count in _applicant_groups(connection).items():
        records = [stored.get(one) for one in group]
        known = [
            Applicant(
                names.get(one, ""), kinds.get(one, "enterprise"), record.income if record else None
            )
            for one, record in zip(group, records, strict=True)
        ]
        verdict = eligible(table, known, day)
        has = all(record is not None and not record.withdrawn for record in records)
        held = ("85" if len(group) == 1 else "70") if has else "none"
        shown = tuple(one.name for one in known)
        found.append(ApplicantRow(shown, count, verdict.rate, held, verdict.why))
    return sorted(found, key=lambda row: (-row.matters, row.names))


def _applicant_groups(connection: Connection) -> dict[tuple[int, ...], int]:
    """How many living Chinese patents and applications each group of applicants has."""
    mp = matter_party.c
    living = (
        select(matter.c.id)
        .where(
            matter.c.office == "CN",
            matter.c.right.in_(("invention", "utility_model", "design")),
            matter.c.archived.is_(False),
            matter.c.status.not_in(ENDED),
        )
        .scalar_subquery()
    )
    rows = connection.execute(
        select(mp.matter_id, mp.party_id)
        .where(mp.role.in_(("applicant", "owner")), mp.matter_id.in_(living))
        .order_by(mp.matter_id, mp.party_id)
    )
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for matter_id, party_id in rows:
        if party_id not in groups[matter_id]:
            groups[matter_id].append(party_id)
    return Counter(tuple(group) for group in groups.values())
