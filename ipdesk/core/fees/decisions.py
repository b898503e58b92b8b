"""Writing decisions to keep or abandon rights, one by one or in a batch."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import keep_numbers, refresh
from ipdesk.core.docket.records import WAITING, State
from ipdesk.core.fees.cases import FeeMatter, fee_matters
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import deadline
from ipdesk.store.schema.fees import keep_decision
from ipdesk.store.writer import Writer

_TOPICS = (Topic.FEES, Topic.DEADLINES, Topic.MATTERS)


def decide(
    database: Database,
    docket: Docket,
    chosen: Sequence[tuple[int, int]],
    decision: str,
    reason: str,
    consent: str = "",
) -> Change:
    """Keep, abandon or decide later, for (matter, number) each; the deadline says so too.

    Raises IpdeskError without a reason, and for a pledged matter that is given up without the
    lender's consent.
    """
    if decision not in ("keep", "abandon", "later"):
        raise IpdeskError(say("Decide to keep, to abandon, or to decide later."))
    if not reason.strip():
        raise IpdeskError(say("Say in one line why."))
    with database.write(say("Decided on {n} annuities", n=len(chosen))) as writer:
        ids = [m for m, _ in chosen]
        matters = {one.id: one for one in fee_matters(writer.connection, ids, docket.today)}
        if decision == "abandon" and not consent.strip():
            _nothing_pledged(list(matters.values()))
        k = keep_decision.c
        known = {
            (m, n): i
            for i, m, n in writer.connection.execute(
                select(k.id, k.matter_id, k.number).where(k.matter_id.in_(ids))
            )
        }
        for matter_id, number in chosen:
            values = {
                "matter_id": matter_id,
                "number": number,
                "decision": decision,
                "reason": reason.strip(),
                "decided_on": docket.today,
                "decided_by": writer.by,
                "consent": consent.strip(),
            }
            if (matter_id, number) in known:
                writer.update(keep_decision, known[matter_id, number], values)
            else:
                writer.insert(keep_decision, values)
        _tell_deadlines(writer, docket, chosen, decision, reason.strip())
        return Change.of(*_TOPICS, matters=tuple(dict.fromkeys(ids)), action=writer.action)


def _nothing_pledged(matters: Sequence[FeeMatter]) -> None:
    pledged = [m.reference for m in matters if m.case.facts.get("pledged_to")]
    if pledged:
        raise IpdeskError(
            say(
                "{references}: pledged. Name the lender's consent before giving it up.",
                references=", ".join(pledged),
            )
        )


def _tell_deadlines(
    writer: Writer, docket: Docket, chosen: Sequence[tuple[int, int]], decision: str, reason: str
) -> None:
    """An annuity that will not be paid is set aside with the reason; kept, it is open again."""
    d = deadline.c
    pairs = set(chosen)
    states = (*WAITING, State.NOT_APPLICABLE)
    keep_numbers(writer, docket, pairs)
    rows = writer.connection.execute(
        select(d.id, d.matter_id, d.n, d.kind, d.state).where(
            d.matter_id.in_([m for m, _ in chosen]),
            d.n.is_not(None),
            d.kind.in_(("payment", "renewal")),
            d.state.in_(states),
        )
    )
    changes: list[tuple[int, dict[str, Any]]] = []
    for row in rows:
        if (row.matter_id, row.n) not in pairs:
            continue
        if decision == "abandon":
            values = {"state": str(State.NOT_APPLICABLE), "reason": reason}
            changes.append((row.id, values))
        elif row.state == State.NOT_APPLICABLE:
            changes.append((row.id, {"state": str(State.OPEN), "reason": ""}))
    writer.update_many(deadline, changes)
    refresh(writer, list(dict.fromkeys(m for m, _ in chosen)), docket)
