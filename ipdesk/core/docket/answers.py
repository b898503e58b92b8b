"""What a recomputation has to write of a matter, from its records and the rows that the file holds.

Nothing here touches the database, so that other processes can do it as well (see ``elsewhere``).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from ipdesk.core.docket.holdings import DERIVED, Source
from ipdesk.core.docket.model import Pending
from ipdesk.core.docket.reckoned import (
    ACTED,
    FOLLOWING,
    Forms,
    Reckoned,
    horizon,
    kept,
)
from ipdesk.core.docket.reckoning import Docket, Key, key_of, moved
from ipdesk.core.docket.records import State
from ipdesk.core.portfolio.model import ENDED

Values = Mapping[str, Any]


class Stored(NamedTuple):
    """A deadline as the file holds it: the work done on it, and what follows the events."""

    id: int
    rule: str
    n: int | None
    event_id: int | None
    matter_id: int
    manual: bool
    extended_to: date | None
    checked_by: str
    submitted_on: date | None
    version: str
    label_en: str
    label_zh: str
    kind: str
    raw: date
    due: date
    start: date | None
    opens: date | None
    grace_end: date | None
    internal_due: date | None
    agent_due: date | None
    calendar: str
    unverified: bool
    basis: str
    state: str

    @property
    def key(self) -> Key:
        """As ``key_of``; one typed by hand is like no other."""
        return ("", self.id, 0) if self.manual else (self.rule, self.n or 0, self.event_id or 0)


_FOLLOWS = Stored._fields.index(FOLLOWING[0])
assert list(Stored._fields[_FOLLOWS:]) == FOLLOWING


class Task(NamedTuple):
    """One matter to be computed: its records, its deadlines, what could not be computed (by id)."""

    source: Source
    stored: tuple[Stored, ...] = ()
    pending: tuple[tuple[int, Values], ...] = ()


class Answer(NamedTuple):
    """What is to be written of one matter."""

    matter_id: int
    rows: list[tuple[Any, ...]]  # new deadlines, the bound values of ``reckoned.COLUMNS``
    changed: list[tuple[int, Values]]  # deadlines by id
    gone: list[int]
    before: dict[str, Any]  # the matter's own columns that follow, where any differs
    after: dict[str, Any]
    valid_before: date
    until: date
    dates: int  # how many the law gives
    past: int  # how many of them were over before our records, and nobody has looked at since
    asked: tuple[list[int], list[Values]]  # what could not be computed: ids that go, rows that come


def answer(task: Task, docket: Docket, forms: Forms) -> Answer:
    """Compute one matter anew and compare it with what the file holds."""
    source = task.source
    last = horizon(docket.today)
    far = any(
        not row.manual and (row.due > last or (row.start or last) > last) for row in task.stored
    )
    acted = {row.key: row.state for row in task.stored if row.state in ACTED}
    now = Reckoned(source.holding(), docket, whole=far, acted=acted)
    changed: list[tuple[int, Values]] = []
    gone: list[int] = []
    stored = _following(now, {row.key: row for row in task.stored}, changed)
    if stored:
        _compare(now, stored, forms, changed, gone)
    holding = now.holding
    rows = [
        forms.bound(holding, d, state)
        for d, state in now.asking()
        if not stored or key_of(d) not in stored
    ]
    before, after = _differing(source, now.matter_values(stored))
    return Answer(
        source.id,
        rows,
        changed,
        gone,
        before,
        after,
        now.valid_before(),
        now.horizon,
        len(now.dates),
        _past(now, stored),
        _asked(now, task.pending),
    )


def _following(
    now: Reckoned, stored: dict[Key, Stored], changed: list[tuple[int, Values]]
) -> dict[Key, Stored]:
    """The rows, where what people did stays with its date when that starts from another event."""
    if not any(kept(row) and not row.manual for row in stored.values()):
        return stored
    there = now.by_key()
    same = moved([key for key in there if key not in stored], [k for k in stored if k not in there])
    for key, old in same.items():
        row = stored[old]
        if kept(row):
            del stored[old]
            stored[key] = row._replace(event_id=key[2] or None)
            changed.append((row.id, {"event_id": key[2] or None}))
    return stored


def _compare(
    now: Reckoned,
    stored: Mapping[Key, Stored],
    forms: Forms,
    changed: list[tuple[int, Values]],
    gone: list[int],
) -> None:
    """What becomes of the rows that the file holds."""
    by_key = now.by_key()
    for key, old in stored.items():
        if old.manual:
            continue
        if key in by_key:
            new = forms.row(now.holding, *by_key[key])[-len(FOLLOWING) :]
            if not kept(old) and old[_FOLLOWS:] != new:
                told = zip(FOLLOWING, old[_FOLLOWS:], new, strict=True)
                differs = {c: n for c, o, n in told if o != n}
                if old.checked_by and not differs.keys().isdisjoint(("due", "raw")):
                    differs |= {"checked_by": "", "checked_on": None}  # another day was checked
                changed.append((old.id, differs))
        elif now.contradicted:
            continue  # dates stay as they were until the contradiction is resolved
        elif old.state == State.OVERTAKEN and old.submitted_on:
            continue  # what was done stays to be seen
        elif not kept(old):
            gone.append(old.id)
        elif old.state == State.SUBMITTED:
            changed.append((old.id, {"state": str(State.OVERTAKEN)}))


def _differing(source: Source, new: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of the matter that follow from the events, before and after, where they differ.

    Days are compared as the driver gives them.
    """
    after = {}
    for name, old in zip(DERIVED, source.derived, strict=True):
        value = new[name]
        told = value.isoformat() if isinstance(old, str) and isinstance(value, date) else value
        if told != old:
            after[name] = value
    return (source.before() if after else {}), after


def _past(now: Reckoned, stored: Mapping[Key, Stored]) -> int:
    past = [d for d, state in now.dates if state is State.PAST]
    if not stored:
        return len(past)
    seen = (stored.get(key_of(d)) for d in past)
    return len(past) - sum(old is not None and kept(old) for old in seen)


# -- what could not be computed -------------------------------------------------------------------
def _asked(now: Reckoned, old: tuple[tuple[int, Values], ...]) -> tuple[list[int], list[Values]]:
    wanted = _pendings(now)
    if wanted == [row for _, row in old]:
        return [], []
    return [i for i, _ in old], wanted


def _pendings(now: Reckoned) -> list[Values]:
    """What a person could supply; an ended matter asks for nothing."""
    if now.status in ENDED:
        return []
    matter_id = now.holding.id
    rows = _rows_of(matter_id, now.outcome.pending)
    for problem in now.outcome.problems:
        rows.append(
            {
                "matter_id": matter_id,
                "rule": "",
                "label_en": "Contradiction",
                "label_zh": "信息矛盾",
                "waiting_for": "problem",
                "why": [problem.to_json()],
            }
        )
    return rows


def _rows_of(matter_id: int, waiting: Iterable[Pending]) -> list[Values]:
    return [
        {
            "matter_id": matter_id,
            "rule": one.rule,
            "label_en": one.label.en,
            "label_zh": one.label.zh,
            "waiting_for": one.waiting_for,
            "why": [w.to_json() for w in one.why],
        }
        for one in waiting
        if one.essential
    ]
