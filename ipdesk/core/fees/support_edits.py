"""Writing what supports money: amounts, prices, rates, reduction records, programmes, rewards.

Every function is one transaction and one action of the history. Sums are given as numbers.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Table, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.base.money import Rate
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.records import (
    PROGRAMME_KINDS,
    PROGRAMME_STATES,
    hundredths,
    stored_messages,
)
from ipdesk.core.fees.recosting import recost_of_applicant
from ipdesk.core.fees.rewards import Policy, reward, shares
from ipdesk.store.database import Database
from ipdesk.store.schema import fees as tables
from ipdesk.store.schema.portfolio import matter, matter_party
from ipdesk.store.writer import Writer

_SUMS = frozenset({"amount", "expected", "received", "income"})
_INVENTORS = ("inventor", "designer")


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Sums as whole hundredths; texts without blanks around them."""
    found = {}
    for name, value in values.items():
        if name in _SUMS and value is not None:
            try:
                value = hundredths(Decimal(str(value)))
            except InvalidOperation as error:
                raise IpdeskError(
                    say("{value} is not an amount. Type a number.", value=str(value))
                ) from error
        found[name] = value.strip() if isinstance(value, str) else value
    return found


def _keep(
    database: Database, table: Table, said: Message, row_id: int | None, values: Mapping[str, Any]
) -> tuple[int, Change]:
    """A new row, or new values of an old one."""
    with database.write(said) as writer:
        stored = _stored(values)
        if row_id is None:
            row_id = writer.insert(table, stored)
        else:
            writer.update(table, row_id, stored)
        return row_id, Change.of(Topic.FEES, action=writer.action)


def remove(database: Database, kind: str, ids: Sequence[int]) -> Change:
    """Deletes rows of one of the tables of this file, by the table's name."""
    table = getattr(tables, kind)
    with database.write(say("Deleted {n} entries", n=len(ids))) as writer:
        writer.delete(table, ids)
        return Change.of(Topic.FEES, action=writer.action)


# ── amounts, prices, rates, budgets ───────────────────────────────────────────────────────────


def keep_amount(
    database: Database, values: Mapping[str, Any], row_id: int | None = None
) -> tuple[int, Change]:
    """An official amount of the user's own: office, item, amount, currency, validity …"""
    _needs(values, ("office", "item", "amount", "currency"), row_id)
    _in_order(values)
    return _keep(database, tables.fee_amount, say("Changed a fee amount"), row_id, values)


def keep_price(
    database: Database, values: Mapping[str, Any], row_id: int | None = None
) -> tuple[int, Change]:
    """A price of an agent: item, amount, currency; office, right, agent where it is special."""
    _needs(values, ("item", "amount", "currency"), row_id)
    _in_order(values)
    return _keep(database, tables.agent_price, say("Changed an agent's price"), row_id, values)


def keep_rate(
    database: Database, currency: str, into: str, day: date, value: Decimal, source: str = ""
) -> Change:
    """One unit of *currency* was worth *value* of *into* on a day; the day's rate is replaced."""
    if value <= 0 or currency == into:
        raise IpdeskError(say("A rate is a positive number between two currencies."))
    with database.write(say("Entered a rate of exchange")) as writer:
        _put_rate(writer, Rate(currency, into, day, value, source))
        return Change.of(Topic.FEES, action=writer.action)


def take_rates(database: Database, rates: Sequence[Rate]) -> tuple[int, Change]:
    """The rates of a list, in one action; a rate of the same day is replaced."""
    with database.write(say("Read {n} rates of exchange", n=len(rates))) as writer:
        for rate in rates:
            _put_rate(writer, rate)
        return len(rates), Change.of(Topic.FEES, action=writer.action)


def _put_rate(writer: Writer, rate: Rate) -> None:
    r = tables.exchange_rate.c
    same = (r.currency == rate.currency, r.into == rate.into, r.day == rate.day)
    known = writer.connection.execute(select(r.id).where(*same)).scalar()
    new = {"value": f"{rate.value:f}", "source": rate.source}
    if known is not None:
        writer.update(tables.exchange_rate, known, new)
    else:
        named = {"currency": rate.currency, "into": rate.into, "day": rate.day}
        writer.insert(tables.exchange_rate, {**named, **new})


def keep_budget(
    database: Database, values: Mapping[str, Any], row_id: int | None = None
) -> tuple[int, Change]:
    """A line of a budget: year, amount, currency; month and key where it is that fine."""
    _needs(values, ("year", "amount", "currency"), row_id)
    return _keep(database, tables.budget_line, say("Changed the budget"), row_id, values)


# ── reduction records ─────────────────────────────────────────────────────────────────────────


def keep_record(
    database: Database,
    party_id: int,
    year: int,
    values: Mapping[str, Any],
    docket: Docket | None = None,
) -> tuple[int, Change]:
    """The record of an applicant for a year; there is one a year.

    With a docket the payments planned for that year are reckoned anew.
    """
    kind = values.get("kind")
    if kind is not None and kind not in ("person", "enterprise", "institution"):
        raise IpdeskError(say("An applicant is a person, an enterprise or an institution."))
    r = tables.reduction_record.c
    with database.write(say("Changed the fee-reduction record of {year}", year=year)) as writer:
        known = writer.connection.execute(
            select(r.id).where(r.party_id == party_id, r.year == year)
        ).scalar()
        stored = _stored(values)
        if known is None:
            new = {"kind": "enterprise", **stored, "party_id": party_id, "year": year}
            known = writer.insert(tables.reduction_record, new)
        else:
            writer.update(tables.reduction_record, known, stored)
        if docket is not None:
            recost_of_applicant(writer, docket, party_id, year)
        topics = (Topic.FEES, Topic.DEADLINES)
        return int(known), Change.of(*topics, action=writer.action)


# ── acceleration and programmes ───────────────────────────────────────────────────────────────


def keep_acceleration(
    database: Database, matter_id: int, values: Mapping[str, Any], row_id: int | None = None
) -> tuple[int, Change]:
    """A request for faster examination and what became of it."""
    _needs(values, ("way",), row_id)
    return _keep(
        database,
        tables.acceleration,
        say("Changed a request for faster examination"),
        row_id,
        {**values, "matter_id": matter_id},
    )


def keep_programme(
    database: Database,
    values: Mapping[str, Any],
    row_id: int | None = None,
    matters: Sequence[int] | None = None,
) -> tuple[int, Change]:
    """A programme with its linked matters. Raises IpdeskError for a refusal without its reason."""
    _needs(values, ("name",), row_id)
    if values.get("kind", "other") not in PROGRAMME_KINDS:
        raise IpdeskError(say("There is no such kind of programme."))
    if values.get("state", "watching") not in PROGRAMME_STATES:
        raise IpdeskError(say("There is no such state of a programme."))
    if values.get("state") == "refused" and not str(values.get("refusal") or "").strip():
        raise IpdeskError(say("Write down why it was refused."))
    with database.write(say("Changed a programme")) as writer:
        stored = _stored(values)
        if row_id is None:
            new = {"kind": "other", "state": "watching", "currency": "CNY", **stored}
            row_id = writer.insert(tables.programme, new)
        else:
            writer.update(tables.programme, row_id, stored)
        if matters is not None:
            _link(writer, row_id, matters)
        return row_id, Change.of(Topic.FEES, matters=tuple(matters or ()), action=writer.action)


def _link(writer: Writer, programme_id: int, matters: Sequence[int]) -> None:
    table = tables.programme_matter
    rows = writer.connection.execute(
        select(table.c.id, table.c.matter_id).where(table.c.programme_id == programme_id)
    )
    known = {matter_id: row_id for row_id, matter_id in rows}
    writer.delete(table, [row_id for m, row_id in known.items() if m not in matters])
    new = [m for m in dict.fromkeys(matters) if m not in known]
    writer.insert_many(table, [{"programme_id": programme_id, "matter_id": m} for m in new])


def keep_document(
    database: Database, programme_id: int, values: Mapping[str, Any], row_id: int | None = None
) -> tuple[int, Change]:
    """A document that a programme asks for, with its day."""
    _needs(values, ("name",), row_id)
    return _keep(
        database,
        tables.programme_document,
        say("Changed a document of a programme"),
        row_id,
        {**values, "programme_id": programme_id},
    )


# ── rewards ───────────────────────────────────────────────────────────────────────────────────


def keep_policy(
    database: Database, values: Mapping[str, Any], row_id: int | None = None
) -> tuple[int, Change]:
    """A rule of the company on rewards."""
    _needs(values, ("amount",), row_id)
    _in_order(values)
    new = {"currency": "CNY", "months": 3, **values} if row_id is None else values
    return _keep(database, tables.reward_policy, say("Changed a reward rule"), row_id, new)


def make_rewards(
    database: Database, fees: Fees, policies: Sequence[Policy], grants: Mapping[int, date]
) -> tuple[list[int], Change]:
    """Rewards for granted matters, shared equally among their inventors until changed.

    Matters that have a reward for their grant already are left alone.
    """
    r, m, mp = tables.reward.c, matter.c, matter_party.c
    with database.write(say("Made {n} rewards", n=len(grants))) as writer:
        ids = list(grants)
        there = set(
            writer.connection.execute(
                select(r.matter_id).where(r.matter_id.in_(ids), r.kind == "grant")
            ).scalars()
        )
        rights = writer.connection.execute(select(m.id, m.office, m.right).where(m.id.in_(ids)))
        made = []
        for matter_id, office, right in rights.all():
            if matter_id in there:
                continue
            owed = reward(fees.tables, office, right, grants[matter_id], policies)
            reward_id = writer.insert(
                tables.reward,
                {
                    "matter_id": matter_id,
                    "kind": "grant",
                    "amount": hundredths(owed.amount),
                    "currency": owed.currency or "CNY",
                    "due": owed.due,
                    "why": stored_messages(owed.why),
                },
            )
            people = writer.connection.execute(
                select(mp.party_id)
                .where(mp.matter_id == matter_id, mp.role.in_(_INVENTORS))
                .order_by(mp.ordinal)
            ).scalars()
            weights = dict.fromkeys(people, Decimal(1))
            _share(writer, reward_id, owed.amount, owed.currency, weights)
            made.append(reward_id)
        return made, Change.of(Topic.FEES, matters=tuple(ids), action=writer.action)


def keep_reward(
    database: Database, matter_id: int, values: Mapping[str, Any], row_id: int | None = None
) -> tuple[int, Change]:
    """A reward or a remuneration on exploitation that a person enters."""
    new = {"kind": "exploitation", "currency": "CNY", **values} if row_id is None else values
    return _keep(
        database,
        tables.reward,
        say("Changed a reward"),
        row_id,
        {**new, "matter_id": matter_id},
    )


def share_reward(database: Database, reward_id: int, weights: Mapping[int, Decimal]) -> Change:
    """Divides a reward anew, by weight; raises IpdeskError once somebody has been paid."""
    r, s = tables.reward.c, tables.reward_share.c
    with database.write(say("Shared a reward")) as writer:
        paid = writer.connection.execute(
            select(s.id).where(s.reward_id == reward_id, s.paid_on.is_not(None))
        ).first()
        if paid is not None:
            raise IpdeskError(say("Somebody has been paid already; take that back first."))
        row = writer.connection.execute(select(r.amount, r.currency).where(r.id == reward_id)).one()
        old = writer.connection.execute(select(s.id).where(s.reward_id == reward_id)).scalars()
        writer.delete(tables.reward_share, list(old))
        amount = None if row.amount is None else Decimal(row.amount) / 100
        _share(writer, reward_id, amount, row.currency, weights)
        return Change.of(Topic.FEES, action=writer.action)


def _share(
    writer: Writer,
    reward_id: int,
    amount: Decimal | None,
    currency: str,
    weights: Mapping[int, Decimal],
) -> None:
    if not weights:
        return
    if any(weight < 0 for weight in weights.values()):
        raise IpdeskError(say("A share cannot be negative."))
    parts = shares(amount, weights, currency) if amount is not None else {}
    percents = shares(Decimal(100), weights, "CNY")
    writer.insert_many(
        tables.reward_share,
        [
            {
                "reward_id": reward_id,
                "party_id": who,
                "weight": hundredths(percents[who]),
                "amount": hundredths(parts.get(who)),
            }
            for who in weights
        ],
    )


def settle_shares(
    database: Database, ids: Sequence[int], paid_on: date | None, signed_on: date | None
) -> Change:
    """Shares were paid out, or signed for; what is None stays as it is."""
    days = {"paid_on": paid_on, "signed_on": signed_on}
    values = {name: day for name, day in days.items() if day is not None}
    with database.write(say("Settled {n} shares", n=len(ids))) as writer:
        writer.update_many(tables.reward_share, [(i, values) for i in ids])
        return Change.of(Topic.FEES, action=writer.action)


# ── in common ─────────────────────────────────────────────────────────────────────────────────


def _needs(values: Mapping[str, Any], names: Sequence[str], row_id: int | None) -> None:
    for name in names:
        missing = values.get(name) in (None, "")
        if missing and (row_id is None or name in values):
            raise IpdeskError(say("{field} is missing. Fill it in.", field=name))


def _in_order(values: Mapping[str, Any]) -> None:
    begin, end = values.get("valid_from"), values.get("valid_until")
    if begin and end and end <= begin:
        raise IpdeskError(say("It would end before it begins. Check the two days."))
