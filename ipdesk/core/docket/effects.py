"""What an edit of events did to the docket of one matter: the difference of before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.holdings import load
from ipdesk.core.docket.odd_days import Key as OddDay
from ipdesk.core.docket.odd_days import odd_days_of
from ipdesk.core.docket.queries import deadlines_of_matter, pending_of_matter, pending_rows
from ipdesk.core.docket.reckoned import kept
from ipdesk.core.docket.reckoning import Docket, Key, deadlines_of, key_of, moved
from ipdesk.core.docket.records import DeadlineChange, DeadlineRow, Effect, PendingRow
from ipdesk.store.schema.portfolio import matter

_SHOWN = "status filing_date priority_date publication_date grant_date expiry_date".split()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The docket of a matter at one moment."""

    deadlines: Mapping[Key, DeadlineRow]
    computed: Mapping[Key, date]  # what the law gives; read only where a person's work stands
    fields: Mapping[str, Any]
    pending: tuple[PendingRow, ...]
    odd: Mapping[OddDay, Message] = field(default_factory=dict)  # days that cannot be

    @property
    def problems(self) -> tuple[Message, ...]:
        """What contradicts itself, or keeps everything from being computed."""
        return tuple(w for p in self.pending if p.waiting_for == "problem" for w in p.why)

    @property
    def missing(self) -> Mapping[tuple[str, str], PendingRow]:
        """What a person could supply, by rule and event."""
        return {(p.rule, p.waiting_for): p for p in self.pending if p.waiting_for != "problem"}


NOTHING = Snapshot({}, {}, dict.fromkeys(_SHOWN), ())
"""What a matter was before it was made."""


def snapshot_of(connection: Connection, docket: Docket, matter_id: int) -> Snapshot:
    """Look at a matter now. Raises IpdeskError when it is gone."""
    row = connection.execute(select(matter).where(matter.c.id == matter_id)).first()
    if row is None:
        raise IpdeskError(say("This matter is gone; somebody deleted it."))
    rows = [d for d in deadlines_of_matter(connection, matter_id, docket) if not d.manual]
    computed: dict[Key, date] = {}
    if any(kept(d) for d in rows):
        for holding in load(connection, [matter_id]):
            computed = {key_of(d): d.due for d in deadlines_of(holding, docket)}
    return Snapshot(
        {(d.rule, d.n or 0, d.event_id or 0): d for d in rows},
        computed,
        {name: getattr(row, name) for name in _SHOWN},
        tuple(pending_rows(connection, pending_of_matter(connection, matter_id))),
        odd_days_of(connection, matter_id, docket.today),
    )


def left_alone(before: Snapshot, after: Snapshot) -> list[DeadlineRow]:
    """Dates that follow from other facts now, and stay because a person worked on them."""
    ids = {row.id: key for key, row in before.deadlines.items()}  # its start may be another now
    return [
        row
        for key, row in after.deadlines.items()
        if kept(row)
        and row.id in ids
        and before.computed.get(ids[row.id]) != after.computed.get(key) != row.due
    ]


def effect_between(before: Snapshot, after: Snapshot) -> Effect:
    """Created, changed, ended and kept deadlines, fields of the matter, gaps and problems."""
    old, new = before.deadlines, after.deadlines
    come, gone = [k for k in new if k not in old], [k for k in old if k not in new]
    same = moved(come, gone)  # their start is another event now
    created = [_line(None, new[k]) for k in come if k not in same]
    ended = [_line(old[k], None) for k in gone if k not in same.values()]
    pairs = [(same.get(k, k), k) for k in new if same.get(k, k) in old]
    changed = [
        _line(old[was], new[now])
        for was, now in pairs
        if old[was].due != new[now].due or old[was].state != new[now].state
    ]
    fields = tuple(
        (name, str(was or ""), str(after.fields[name] or ""))
        for name, was in before.fields.items()
        if was != after.fields[name]
    )
    return Effect(
        tuple(created),
        tuple(changed),
        tuple(ended),
        after.problems,
        fields,
        tuple(_kept_line(row, after) for row in left_alone(before, after)),
        tuple(p for k, p in after.missing.items() if k not in before.missing),
        refused=refused_of(before, after),
    )


def refused_of(before: Snapshot, after: Snapshot) -> tuple[Message, ...]:
    """What cannot be true and was not there before, each sentence once."""
    found = [p for p in after.problems if p not in before.problems]
    found += [words for key, words in after.odd.items() if key not in before.odd]
    return tuple({str(words): words for words in found}.values())  # two checks may say the same


def _line(before: DeadlineRow | None, after: DeadlineRow | None) -> DeadlineChange:
    one = after or before
    if one is None:
        raise ValueError("a change has a before or an after")
    return DeadlineChange(
        one.rule,
        one.n,
        one.label,
        before.due if before else None,
        after.due if after else None,
        before.state if before else None,
        after.state if after else None,
    )


def _kept_line(row: DeadlineRow, after: Snapshot) -> DeadlineChange:
    """The day as it stands, and the one that the facts would give now (None: no such date)."""
    would = after.computed.get((row.rule, row.n or 0, row.event_id or 0))
    return DeadlineChange(row.rule, row.n, row.label, row.due, would, row.state, row.state)
