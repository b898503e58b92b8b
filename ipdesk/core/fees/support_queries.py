"""Reading support: programmes and their documents, rewards and shares, faster examination."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from ipdesk.base.i18n import say
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.acceleration import Course, TimeSaved, time_saved
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.overviews import reduction_alarms
from ipdesk.core.fees.records import (
    AccelerationRow,
    DocumentRow,
    FeeDate,
    FeeWarning,
    ProgrammeRow,
    ProgrammeState,
    RewardRow,
    ShareRow,
    amount_of,
    messages,
)
from ipdesk.core.fees.rewards import Policy, Reward, reward
from ipdesk.store.schema import fees as tables
from ipdesk.store.schema.portfolio import matter, matter_party, party

_PLACES = {
    "programme": "programmes",
    "document": "programmes",
    "reward": "rewards",
    "reply": "acceleration",
}
_OVER = frozenset({ProgrammeState.REFUSED, ProgrammeState.RECEIVED, ProgrammeState.ENDED})
_BEFORE_APPLICATION = frozenset({ProgrammeState.WATCHING, ProgrammeState.PREPARING})


# ── programmes ────────────────────────────────────────────────────────────────────────────────


def programmes(connection: Connection) -> list[ProgrammeRow]:
    """All programmes with their documents and matters, the next to close first."""
    documents: defaultdict[int, list[DocumentRow]] = defaultdict(list)
    d = tables.programme_document
    for row in connection.execute(select(d).order_by(d.c.due, d.c.id)):
        documents[row.programme_id].append(
            DocumentRow(row.id, row.programme_id, row.name, row.due, row.submitted_on, row.note)
        )
    matters: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    pm = tables.programme_matter.c
    linked = (
        select(pm.programme_id, matter.c.id, matter.c.reference)
        .join(matter, matter.c.id == pm.matter_id)
        .order_by(matter.c.sort_reference)
    )
    for programme_id, matter_id, reference in connection.execute(linked):
        matters[programme_id].append((matter_id, reference))
    p = tables.programme
    rows = connection.execute(select(p).order_by(p.c.closes.is_(None), p.c.closes, p.c.id))
    return [
        ProgrammeRow(
            row.id,
            row.name,
            row.kind,
            row.authority,
            row.conditions,
            row.opens,
            row.closes,
            row.owner,
            row.state,
            amount_of(row.expected),
            row.currency,
            row.applied_on,
            row.decided_on,
            row.refusal,
            amount_of(row.received),
            row.received_on,
            row.note,
            tuple(documents[row.id]),
            tuple(matters[row.id]),
        )
        for row in rows
    ]


# ── rewards ───────────────────────────────────────────────────────────────────────────────────


def rewards(
    connection: Connection,
    *,
    party_id: int | None = None,
    begin: date | None = None,
    end: date | None = None,
) -> list[RewardRow]:
    """Rewards by due date: all, those of one inventor, those due in a period."""
    r = tables.reward.c
    statement = select(tables.reward, matter.c.reference, matter.c.title).join(
        matter, matter.c.id == r.matter_id
    )
    if begin is not None:
        statement = statement.where(r.due >= begin)
    if end is not None:
        statement = statement.where(r.due <= end)
    if party_id is not None:
        mine = select(tables.reward_share.c.reward_id).where(
            tables.reward_share.c.party_id == party_id
        )
        statement = statement.where(r.id.in_(mine))
    rows = connection.execute(statement.order_by(r.due.is_(None), r.due, r.id)).all()
    held = _shares(connection)
    return [
        RewardRow(
            row.id,
            row.matter_id,
            row.reference,
            row.title,
            row.kind,
            amount_of(row.amount),
            row.currency,
            row.due,
            row.period,
            row.note,
            tuple(held.get(row.id, ())),
            messages(row.why),
        )
        for row in rows
    ]


def _shares(connection: Connection) -> dict[int, list[ShareRow]]:
    s = tables.reward_share.c
    statement = (
        select(tables.reward_share, party.c.name)
        .join(party, party.c.id == s.party_id)
        .order_by(s.id)
    )
    found: defaultdict[int, list[ShareRow]] = defaultdict(list)
    for row in connection.execute(statement):
        weight = amount_of(row.weight)
        assert weight is not None
        found[row.reward_id].append(
            ShareRow(
                row.id,
                row.party_id,
                row.name,
                weight,
                amount_of(row.amount),
                row.paid_on,
                row.signed_on,
                row.note,
            )
        )
    return dict(found)


def owed_rewards(
    connection: Connection, fees: Fees, policies: Sequence[Policy], since: date
) -> list[tuple[int, str, date, Reward]]:
    """Granted rights without a reward on record: matter, reference, grant, what is owed.

    Only rights of the company's own with an inventor on record, granted on or after *since*.
    """
    r, m, mp = tables.reward.c, matter.c, matter_party.c
    rewarded = select(r.matter_id).where(r.kind == "grant")
    with_inventors = select(mp.matter_id).where(mp.role.in_(("inventor", "designer")))
    statement = (
        select(m.id, m.reference, m.office, m.right, m.grant_date)
        .where(
            m.grant_date >= since,
            m.archived.is_(False),
            m.id.not_in(rewarded),
            m.id.in_(with_inventors),
        )
        .order_by(m.grant_date, m.id)
    )
    found = []
    for row in connection.execute(statement):
        owed = reward(fees.tables, row.office, row.right, row.grant_date, policies)
        if owed.amount is not None:
            found.append((row.id, row.reference, row.grant_date, owed))
    return found


def applicants(connection: Connection) -> list[tuple[int, str]]:
    """Who applies for Chinese patents: candidates for a reduction record, by number of rights."""
    mp = matter_party.c
    statement = (
        select(party.c.id, party.c.name)
        .join(matter_party, mp.party_id == party.c.id)
        .join(matter, matter.c.id == mp.matter_id)
        .where(
            mp.role.in_(("applicant", "owner")),
            matter.c.office == "CN",
            matter.c.archived.is_(False),
            matter.c.right.in_(("invention", "utility_model", "design")),
        )
        .group_by(party.c.id, party.c.name)
        .order_by(func.count().desc(), party.c.name)
    )
    return [(row.id, row.name) for row in connection.execute(statement)]


# ── faster examination ────────────────────────────────────────────────────────────────────────


def accelerations(connection: Connection, matter_id: int | None = None) -> list[AccelerationRow]:
    """Requests for faster examination, the newest first."""
    a = tables.acceleration.c
    statement = select(tables.acceleration, matter.c.reference, matter.c.right).join(
        matter, matter.c.id == a.matter_id
    )
    if matter_id is not None:
        statement = statement.where(a.matter_id == matter_id)
    return [
        AccelerationRow(
            row.id,
            row.matter_id,
            row.reference,
            row.right,
            row.way,
            row.centre,
            row.ground,
            row.requested_on,
            row.accepted_on,
            row.refused_on,
            row.closed_on,
            row.reply_due,
            row.replied_on,
            row.result,
            row.note,
        )
        for row in connection.execute(statement.order_by(a.requested_on.desc(), a.id.desc()))
    ]


def times_saved(connection: Connection) -> dict[int, TimeSaved]:
    """For each granted matter that was accepted on a fast way: the days that it saved."""
    a = tables.acceleration.c
    fast = set(connection.execute(select(a.matter_id).where(a.accepted_on.is_not(None))).scalars())
    courses = list(_courses(connection, fast))
    return {
        course.matter_id: time_saved(course, courses) for course in courses if course.accelerated
    }


def _courses(connection: Connection, fast: set[int]) -> Iterator[Course]:
    m = matter.c
    statement = select(m.id, m.right, m.filing_date, m.grant_date).where(
        m.office == "CN", m.filing_date.is_not(None), m.grant_date.is_not(None)
    )
    for matter_id, right, filed, granted in connection.execute(statement):
        yield Course(matter_id, right, filed, granted, matter_id in fast)


# ── dates for the list of deadlines ───────────────────────────────────────────────────────────


def fee_dates(connection: Connection) -> list[FeeDate]:
    """What money asks for and the law does not: programmes, documents, rewards, fast replies."""
    found = [*_programme_dates(connection), *_reward_dates(connection)]
    for row in accelerations(connection):
        if row.reply_due is not None and row.replied_on is None and row.closed_on is None:
            said = say("{reference}: reply on the fast way", reference=row.reference)
            found.append(FeeDate(row.reply_due, "reply", said, row.id, row.matter_id))
    return sorted(found, key=lambda one: (one.due, one.kind, one.owner_id))


def _programme_dates(connection: Connection) -> Iterator[FeeDate]:
    for row in programmes(connection):
        if row.state in _OVER:
            continue
        if row.closes is not None and row.state in _BEFORE_APPLICATION:
            said = say("{programme}: last day to apply", programme=row.name)
            yield FeeDate(row.closes, "programme", said, row.id)
        for document in row.documents:
            if document.due is not None and document.submitted_on is None:
                said = say(
                    "{programme}: {document} is due", programme=row.name, document=document.name
                )
                yield FeeDate(document.due, "document", said, document.id)


def _reward_dates(connection: Connection) -> Iterator[FeeDate]:
    for row in rewards(connection):
        if row.due is not None and not all(share.paid_on for share in row.shares):
            said = say("{reference}: reward to the inventors", reference=row.reference)
            yield FeeDate(row.due, "reward", said, row.id, row.matter_id)


def warnings(connection: Connection, docket: Docket, ahead: int = 92) -> list[FeeWarning]:
    """What the home page says of money: these dates and the alarms of the fee reduction.

    Dates further than *ahead* days away are left out, what is overdue stands first.
    """
    last = docket.today + timedelta(days=ahead)
    found = [
        FeeWarning(one.kind, one.label, one.due, _PLACES[one.kind], one.owner_id)
        for one in fee_dates(connection)
        if one.due <= last
    ]
    found += [
        FeeWarning(f"reduction_{threat.alarm}", threat.message, threat.act_by, "reduction")
        for threat in reduction_alarms(connection, docket)
        if threat.act_by <= last
    ]
    return sorted(found, key=lambda one: (one.due, one.kind, str(one.owner_id)))


def setting_rows(connection: Connection, kind: str) -> list[dict[str, Any]]:
    """Rows of amounts, prices, rates, policies or budgets as they are edited, sums as numbers."""
    table = getattr(tables, kind)
    rows = []
    for row in connection.execute(select(table).order_by(table.c.id)).mappings():
        values = dict(row)
        if isinstance(values.get("amount"), int):
            values["amount"] = amount_of(values["amount"])
        rows.append(values)
    return rows
