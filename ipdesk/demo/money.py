"""The demonstration's money: reduction records, payments, prices, programmes, rewards."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import say
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees import support_edits as support
from ipdesk.core.fees.cases import FeeMatter, fee_matters, living_ids
from ipdesk.core.fees.decisions import decide
from ipdesk.core.fees.edits import confirm, make_list, mark_paid, mark_sent
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.overviews import review_rows
from ipdesk.core.fees.queries import fee_lines
from ipdesk.core.fees.records import PaymentState, hundredths, stored_messages
from ipdesk.core.fees.renewals import asked, series_of
from ipdesk.core.fees.setting import fees_for, policies_for
from ipdesk.core.fees.support_queries import owed_rewards, rewards
from ipdesk.demo import money_words as words
from ipdesk.demo.words import COMPANY, SUBSIDIARY
from ipdesk.store.database import Database
from ipdesk.store.schema.fees import fee_payment
from ipdesk.store.schema.portfolio import matter, party


def fill_money(database: Database, docket: Docket) -> None:
    """Money on the portfolio that stands; the edits are those that users make."""
    today = docket.today
    _records(database, today)
    _settings(database, today)
    _history(database, docket, date(today.year - 1, 10, 14))
    _pledge(database)
    _decisions(database, docket)
    _lists(database, docket)
    _programmes(database, today)
    _rewards(database, docket)
    _accelerations(database, today)


# ── reductions, prices ────────────────────────────────────────────────────────────────────────


def _records(database: Database, today: date) -> None:
    """The company has its record of both years, the subsidiary forgot this year's."""
    p = party.c
    with database.read() as connection:
        statement = select(p.name, p.id).where(p.name.in_((COMPANY[1], SUBSIDIARY[1])))
        ids = {name: party_id for name, party_id in connection.execute(statement)}
    for name, year, income, approved in (
        (COMPANY[1], today.year - 1, 642_300, date(today.year - 1, 10, 14)),
        (COMPANY[1], today.year, 811_050, date(today.year, 1, 12)),
        (SUBSIDIARY[1], today.year - 1, 95_400, date(today.year - 1, 10, 20)),
    ):
        values = {
            "number": f"{year}{ids[name]:06}",
            "kind": "enterprise",
            "income": income,
            "filed_on": approved - timedelta(days=9),
            "approved_on": approved,
            "evidence": words.EVIDENCE.format(year=year - 1),
        }
        support.keep_record(database, ids[name], year, values)


def _settings(database: Database, today: date) -> None:
    """What the invented agents ask for, rates of exchange, the budget."""
    begin = date(today.year - 2, 1, 1)
    for office, right, item, amount, currency in words.PRICES:
        values = {"office": office, "right": right, "item": item, "amount": amount}
        more = {"currency": currency, "valid_from": begin, "note": words.SAMPLE}
        support.keep_price(database, {**values, **more})
    for currency, value in words.RATES:
        day = today.replace(day=1)
        support.keep_rate(database, currency, "CNY", day, Decimal(value), words.SAMPLE)
    for offset, amount in ((-1, 420_000), (0, 360_000), (1, 400_000)):
        line = {"year": today.year + offset, "amount": amount, "currency": "CNY"}
        support.keep_budget(database, {**line, "note": words.SAMPLE})


# ── what was paid ─────────────────────────────────────────────────────────────────────────────


def _history(database: Database, docket: Docket, since: date) -> None:
    """Payments since the first reduction record, each beside the event that proves it."""
    with database.write(say("Made the demonstration payments")) as writer:
        fees = fees_for(writer.connection, docket)
        m = matter.c
        rights = ("invention", "utility_model", "design")
        ids = writer.connection.execute(
            select(m.id).where(m.office == "CN", m.right.in_(rights)).order_by(m.id)
        ).scalars()
        rows = []
        for one in fee_matters(writer.connection, list(ids), docket.today):
            rows += [_payment(one, fees, *paid) for paid in _paid(one, fees) if paid[2] >= since]
        rows.sort(key=lambda row: (row["paid_on"], row["matter_id"]))
        rows += _slips(rows, docket.today)
        writer.insert_many(fee_payment, rows)


def _paid(one: FeeMatter, fees: Fees) -> Iterator[tuple[str, int | None, date]]:
    """Item, year and day of everything that its events say was paid."""
    events = one.case.events
    for event in events:
        if event.type == "filing":
            yield "filing", None, event.date
            if one.right == "invention":
                yield "publication", None, event.date
        elif event.type == "exam_request":
            yield "examination", None, event.date
        elif event.type == "annuity_paid" and event.ordinal:
            yield "annuity", event.ordinal, event.date
    table = fees.tables.table(one.office)
    series = series_of(table, one.case) if table else None
    registered = one.case.day("registration_done")
    if series is not None and series.renewals and registered is not None:
        yield "annuity", series.renewals[0].number, registered


def _payment(
    one: FeeMatter, fees: Fees, item: str, number: int | None, day: date
) -> dict[str, Any]:
    rate = one.rate(day)
    case = replace(one.at(day), item=item)
    table = fees.tables.table(one.office)
    series = series_of(table, case) if table else None
    if number is not None and series is not None:
        case = asked(case, series, number, day)
    answer = fees.fee(case, day)
    return {
        "matter_id": one.id,
        "item": item,
        "number": number,
        "due": answer.due,
        "currency": answer.currency,
        "official": hundredths(answer.official),
        "reduction": hundredths(answer.reduction),
        "surcharge": hundredths(answer.surcharge),
        "payable": hundredths(answer.payable),
        "agent_currency": "",
        "fee_reduction": rate,
        "state": str(PaymentState.CONFIRMED),
        "paid_on": day,
        "paid_amount": hundredths(answer.total),
        "confirmed_on": day + timedelta(days=5),
        "receipt": f"{day:%Y%m%d}{one.id:05}",
        "source": "hand",
        "why": stored_messages(answer.why),
    }


def _slips(rows: list[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """An annuity that was paid twice, and one whose receipt never came: for the audit to find."""
    waited = timedelta(days=75)
    old = [r for r in rows if r["item"] == "annuity" and today - r["paid_on"] > waited]
    if len(old) < 2:
        return []
    old[-2] |= {"state": str(PaymentState.PAID), "confirmed_on": None, "receipt": ""}
    again = old[-1]["paid_on"] + timedelta(days=6)
    return [{**old[-1], "paid_on": again, "confirmed_on": again}]


def _pledge(database: Database) -> None:
    """Three granted inventions secure a loan."""
    m = matter.c
    with database.write(say("Pledged three patents")) as writer:
        rows = writer.connection.execute(
            select(m.id, m.facts)
            .where(m.office == "CN", m.right == "invention", m.status == "granted")
            .order_by(m.value_grade, m.id)
            .limit(3)
        ).all()
        changes = [(i, {"facts": {**(facts or {}), "pledged_to": words.BANK}}) for i, facts in rows]
        writer.update_many(matter, changes)


def _decisions(database: Database, docket: Docket) -> None:
    """Some annuities of the next year are decided already; one right is given up."""
    with database.read() as connection:
        rows = review_rows(connection, docket, add_months(docket.today, 9))
    later = [r for r in rows if r.due > docket.today and not r.needs_consent]
    good = [(r.held.matter_id, r.number) for r in later if r.held.grade == "A"][:6]
    poor = [(r.held.matter_id, r.number) for r in later if r.held.grade == "C"][:1]
    if good:
        decide(database, docket, good, "keep", words.KEEP)
    if poor:
        decide(database, docket, poor, "abandon", words.ABANDON)


def _lists(database: Database, docket: Docket) -> None:
    """Last month's list is half confirmed; this month's is on its way to be paid."""
    today = docket.today
    with database.read() as connection:
        lines = fee_lines(connection, docket, None, today, add_months(today, 5))
    coming = [
        line
        for line in lines
        if line.state == "open" and line.recurs and line.answer.currency == "CNY"
    ]
    for name, chosen, sent in (
        (words.LIST.format(month=f"{add_months(today, -1):%Y-%m}"), coming[:6], 20),
        (words.LIST.format(month=f"{today:%Y-%m}"), coming[6:14], 0),
    ):
        if not chosen:
            continue
        wanted = [(line.matter_id, line.item, line.number) for line in chosen]
        until = max(line.due for line in chosen if line.due)
        list_id, _ = make_list(database, docket, name, wanted, agent=words.AGENT, due_until=until)
        if sent:
            _settle(database, docket, list_id, today - timedelta(days=sent))


def _settle(database: Database, docket: Docket, list_id: int, on: date) -> None:
    p = fee_payment.c
    mark_sent(database, list_id, on)
    with database.read() as connection:
        found = select(p.id).where(p.list_id == list_id).order_by(p.due, p.id)
        ids = list(connection.execute(found).scalars())
    mark_paid(database, docket, ids[:4], on + timedelta(days=3))
    receipts = {i: f"{on:%Y%m%d}{i:05}" for i in ids[:2]}
    confirm(database, docket, ids[:2], on + timedelta(days=9), receipts)


# ── support ───────────────────────────────────────────────────────────────────────────────────


def _programmes(database: Database, today: date) -> None:
    granted = _granted(database, "invention", 8)
    for made in words.PROGRAMMES:
        days = {k: today + timedelta(days=v) for k, v in made.days.items()}
        matters = granted[: made.matters]
        programme, _ = support.keep_programme(database, {**made.values, **days}, matters=matters)
        for name, due, submitted in made.documents:
            on = None if submitted is None else today + timedelta(days=submitted)
            document = {"name": name, "due": today + timedelta(days=due), "submitted_on": on}
            support.keep_document(database, programme, document)


def _rewards(database: Database, docket: Docket) -> None:
    """The company's rule for inventions; rewards of a year, the older ones paid and signed."""
    today = docket.today
    rule = {"name": words.POLICY, "right": "invention", "amount": 5000}
    support.keep_policy(database, {**rule, "valid_from": date(today.year - 1, 1, 1)})
    with database.read() as connection:
        fees, policies = fees_for(connection, docket), policies_for(connection)
        owed = owed_rewards(connection, fees, policies, add_months(today, -24))
    own = {m: granted for m, _, granted, _ in owed[:-4]}
    support.make_rewards(database, fees, policies, own)
    with database.read() as connection:
        rows = rewards(connection)
    paid = [r for r in rows if r.due and r.due < today + timedelta(days=12)][:-2]
    shares = [share.id for row in paid for share in row.shares]
    support.settle_shares(database, shares, today - timedelta(days=14), None)
    signed = [share.id for row in paid[:-3] for share in row.shares]
    support.settle_shares(database, signed, None, today - timedelta(days=10))


def _accelerations(database: Database, today: date) -> None:
    """One right that was granted sooner, one that waits for its answer."""
    m = matter.c
    fast = (
        select(m.id, m.filing_date, m.grant_date)
        .where(m.office == "CN", m.right == "invention", m.grant_date.is_not(None))
        .order_by(m.filing_date.desc())
        .limit(1)
    )
    waiting = (
        select(m.id, m.filing_date)
        .where(m.office == "CN", m.right == "invention", m.grant_date.is_(None))
        .where(m.filing_date > add_months(today, -5), m.status == "pending")
        .order_by(m.filing_date)
        .limit(1)
    )
    with database.read() as connection:
        quick, slow = connection.execute(fast).first(), connection.execute(waiting).first()
    if quick is not None:
        asked_on = add_months(quick.filing_date, 1)
        values = {"way": "priority_examination_2017", "ground": words.GROUND}
        days = {"requested_on": asked_on, "accepted_on": asked_on + timedelta(days=21)}
        more = {"closed_on": quick.grant_date, "result": words.RESULT}
        support.keep_acceleration(database, quick.id, {**values, **days, **more})
    if slow is not None:
        values = {"way": "fast_pre_examination", "centre": words.CENTRE, "ground": words.GROUND}
        days = {"requested_on": today - timedelta(days=30)}
        more = {"accepted_on": today - timedelta(days=18), "reply_due": today + timedelta(days=9)}
        support.keep_acceleration(database, slow.id, {**values, **days, **more})


def _granted(database: Database, right: str, most: int) -> Sequence[int]:
    m = matter.c
    with database.read() as connection:
        known = living_ids(connection)
        found = select(m.id).where(m.right == right, m.office == "CN", m.status == "granted")
        ids = connection.execute(found.order_by(m.grant_date.desc(), m.id).limit(most)).scalars()
        return [i for i in ids if i in set(known)]
