"""Bringing stored deadlines, statuses and dates in line with the events; the only place that does.

Untouched rows follow the events. Rows that a person submitted, confirmed, set aside, extended or
typed keep what was done; when their rule no longer asks for them they end as *no longer needed*.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.dates import add_months
from ipdesk.core.docket.engine import compute, in_bulk
from ipdesk.core.docket.events import FIELD_EVENTS
from ipdesk.core.docket.holdings import Holding, as_case, load
from ipdesk.core.docket.model import Deadline, Pending
from ipdesk.core.docket.progress import INFORMATION, standing_of, state_of
from ipdesk.core.docket.reckoning import Docket, event_id, key_of, national_phases
from ipdesk.core.docket.records import WAITING, State
from ipdesk.core.docket.status import derive
from ipdesk.core.portfolio.model import ENDED, Right
from ipdesk.store.paging import chunks
from ipdesk.store.schema.docket import deadline, pending
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

_KEPT = frozenset({State.SUBMITTED, State.CONFIRMED, State.NOT_APPLICABLE})
RENEWAL_YEARS = 15
_WITHOUT_END = frozenset({Right.TRADEMARK, Right.DOMAIN})
_FOLLOWS = (
    "version label_en label_zh kind raw due start opens grace_end internal_due agent_due calendar "
    "unverified basis state"
).split()


def refresh(
    writer: Writer,
    ids: Sequence[int],
    docket: Docket,
    *,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Recompute these matters: deadlines, what cannot be computed, status, dates, next due day."""
    done = 0
    for part in chunks(ids, 400):
        holdings = load(writer.connection, part)
        stored = _stored(writer.connection, part)
        with in_bulk():
            news = [_News(h, docket, stored.get(h.id, {})) for h in holdings]
        _write(writer, news, _pending_ids(writer.connection, part))
        done += len(part)
        if progress:
            progress(done)


class _News:
    """What one matter looks like after the recomputation."""

    def __init__(
        self, holding: Holding, docket: Docket, stored: dict[tuple[str, int, int], Any]
    ) -> None:
        self.holding = holding
        self.docket = docket
        self.stored = stored
        case = as_case(holding, self._derived(None)[0])
        until = _horizon(holding.right, docket.today)
        outcome = compute(case, docket.law, docket.calendars, until=until)
        found = [*outcome.deadlines, *national_phases(holding, case, docket)]
        term = [d for d in found if d.kind == "term"]
        self.expiry = self._expiry(term)
        self.status, self.status_on = self._derived(self.expiry)
        self.standing = standing_of(
            self.status,
            self.status_on,
            holding.status_reported,
            holding.events,
            holding.children,
            holding.facts,
            holding.claimed,
        )
        self.rows = {key_of(d): self._row(d) for d in found if d.rule != "CN-P-YEAR"}
        self.outcome = outcome

    def _derived(self, expiry: date | None) -> tuple[str, date | None]:
        holding = self.holding
        status, since = derive(
            holding.right,
            holding.events,
            holding.status_reported,
            expiry,
            self.docket.today,
            entered=bool(holding.children),
            numbered=bool(holding.application_number),
        )
        return (holding.status_manual or status), since

    def _expiry(self, terms: list[Deadline]) -> date | None:
        told = [e.date for e in self.holding.events if e.type == "expiry"]
        if told:
            return max(told)
        return max((d.raw for d in terms), default=None)

    def _row(self, found: Deadline) -> dict[str, Any]:
        internal, agent = self.docket.leads.days(found.rule)
        to_do = found.kind not in INFORMATION
        return {
            "matter_id": self.holding.id,
            "rule": found.rule,
            "version": found.version,
            "n": found.n,
            "event_id": event_id(found),
            "label_en": found.label.en,
            "label_zh": found.label.zh,
            "kind": found.kind,
            "raw": found.raw,
            "due": found.due,
            "start": found.start,
            "opens": found.opens,
            "grace_end": found.grace_end,
            "internal_due": before(found.due, internal) if to_do else None,
            "agent_due": before(found.due, agent) if to_do else None,
            "calendar": str(found.calendar),
            "unverified": found.unverified,
            "basis": found.basis.en,
            "responsible": self.holding.responsible,
            "state": str(state_of(found, self.standing, self.docket.today)),
        }

    @property
    def contradicted(self) -> bool:
        """Whether the facts contradict each other, so that nothing at all was computed."""
        return bool(self.outcome.problems) and not self.rows

    def pendings(self) -> list[dict[str, Any]]:
        """What a person could supply; an ended matter asks for nothing."""
        if self.status in ENDED:
            return []
        rows = [_pending_row(self.holding.id, p) for p in self.outcome.pending if p.essential]
        for problem in self.outcome.problems:
            rows.append(
                {
                    "matter_id": self.holding.id,
                    "rule": "",
                    "label_en": "Contradiction",
                    "label_zh": "信息矛盾",
                    "waiting_for": "problem",
                    "why": [problem.to_json()],
                }
            )
        return rows

    def matter_values(self) -> dict[str, Any]:
        """The columns that are read off the events."""
        events = self.holding.events
        dates = {
            field: next(
                (e.date for kind in kinds for e in events if e.type == kind),
                None,
            )
            for field, kinds in FIELD_EVENTS.items()
        }
        priorities = [d for _, d in self.holding.priorities]
        priorities += [e.date for e in events if e.type == "priority"]
        return {
            **dates,
            "priority_date": min(priorities, default=None),
            "expiry_date": self.expiry or self._next_renewal(),
            "status": str(self.status),
            "status_on": self.status_on,
            "next_due": self._next_due(),
        }

    def _next_renewal(self) -> date | None:
        """A mark is valid until its next renewal."""
        if self.holding.right != Right.TRADEMARK:
            return None
        open_ones = (
            r["raw"] for r in self.rows.values() if "-REN" in r["rule"] and r["state"] in WAITING
        )
        return min(open_ones, default=None)

    def _next_due(self) -> date | None:
        days = []
        for key, row in self.rows.items():
            old = self.stored.get(key)
            state = old.state if old is not None and kept(old) else row["state"]
            if state in WAITING:
                days.append(old.extended_to or row["due"] if old is not None else row["due"])
        days += [o.due for o in self.stored.values() if o.manual and o.state in WAITING]
        return min(days, default=None)


def _horizon(right: str, today: date) -> date | None:
    """Renewals that never end are kept for 15 years, annuities of a patent to its last one."""
    return add_months(today, 12 * RENEWAL_YEARS) if right in _WITHOUT_END else None


def kept(row: Any) -> bool:
    """Whether a person's work stands on the row, so that no recomputation changes it."""
    return bool(row.manual or row.state in _KEPT or row.extended_to is not None)


def before(day: date, days: int) -> date:
    """So many days earlier, and not on a weekend."""
    found = day - timedelta(days=days)
    return found - timedelta(days=max(0, found.weekday() - 4))


def _stored(connection: Connection, ids: Sequence[int]) -> dict[int, dict[Any, Any]]:
    found: dict[int, dict[Any, Any]] = {}
    for row in connection.execute(select(deadline).where(deadline.c.matter_id.in_(ids))):
        key = (row.rule, row.n or 0, row.event_id or 0)
        if row.manual:
            key = ("", row.id, 0)
        found.setdefault(row.matter_id, {})[key] = row
    return found


def _pending_ids(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in connection.execute(select(pending).where(pending.c.matter_id.in_(ids))):
        found.setdefault(row.matter_id, []).append(row)
    return found


def _pending_row(matter_id: int, waiting: Pending) -> dict[str, Any]:
    return {
        "matter_id": matter_id,
        "rule": waiting.rule,
        "label_en": waiting.label.en,
        "label_zh": waiting.label.zh,
        "waiting_for": waiting.waiting_for,
        "why": [w.to_json() for w in waiting.why],
    }


def _write(writer: Writer, news: list[_News], old_pending: dict[int, list[Any]]) -> None:
    new_rows: list[dict[str, Any]] = []
    changed: list[tuple[int, dict[str, Any]]] = []
    gone: list[int] = []
    for one in news:
        for key, row in one.rows.items():
            old = one.stored.get(key)
            if old is None:
                new_rows.append(row)
            elif not kept(old):
                differs = {c: row[c] for c in _FOLLOWS if getattr(old, c) != row[c]}
                if differs:
                    changed.append((old.id, differs))
        for key, old in one.stored.items():
            if key in one.rows or old.manual or one.contradicted:
                continue  # dates stay as they were until the contradiction is resolved
            if not kept(old):
                gone.append(old.id)
            elif old.state == State.SUBMITTED:
                changed.append((old.id, {"state": str(State.OVERTAKEN)}))
    writer.delete(deadline, gone)
    writer.update_many(deadline, changed)
    writer.insert_many(deadline, new_rows)
    _write_pending(writer, news, old_pending)
    writer.update_many(matter, [(one.holding.id, one.matter_values()) for one in news])


def _write_pending(writer: Writer, news: list[_News], old_pending: dict[int, list[Any]]) -> None:
    fresh: list[dict[str, Any]] = []
    stale: list[int] = []
    for one in news:
        wanted = one.pendings()
        old = old_pending.get(one.holding.id, [])
        have = [{c: getattr(o, c) for c in wanted[0]} if wanted else {} for o in old]
        if wanted != have:
            stale += [o.id for o in old]
            fresh += wanted
    writer.delete(pending, stale)
    writer.insert_many(pending, fresh)
