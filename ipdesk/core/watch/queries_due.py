"""What of early warning is due: overdue watches, warnings, reviews, answers, gates."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from ipdesk.base.i18n import say
from ipdesk.core.watch.cadence import Ailment
from ipdesk.core.watch.queries import WAITING, watch_rows
from ipdesk.core.watch.queries_gates import gate_rows
from ipdesk.core.watch.rows import DueItem
from ipdesk.core.watch.words import ANSWER_LABELS, STAGE_LABELS, AnswerState
from ipdesk.store.schema.watch import hit_family, watch, watch_answer


def due_items(connection: Connection, today: date, until: date) -> list[DueItem]:
    """What falls due up to *until*, and all warnings of watches, by day; for lists of deadlines.

    A watch without a good run is due from the day it was made.
    """
    items = [*_watches_due(connection, today, until), *_reviews_due(connection, today, until)]
    items += _answers_due(connection, today, until)
    items += _gates_due(connection, today, until)
    return sorted(items, key=lambda i: (i.due, not i.severe))


def _watches_due(connection: Connection, today: date, until: date) -> Iterable[DueItem]:
    for row in watch_rows(connection, today):
        for warning in row.health.warnings:
            if warning.ailment in (Ailment.UNREVIEWED, Ailment.PAUSED):
                continue
            said = say("Watch {name}: {what}", name=row.name, what=warning.message)
            due = row.next_due if warning.ailment is not Ailment.FAILED else today
            yield DueItem(
                "watch", min(due, today), said, row.owner, warning.severe, watch_id=row.id
            )
        if not row.overdue and row.paused_on is None and row.next_due <= until:
            said = say("Watch {name} is to be run.", name=row.name)
            yield DueItem("watch", row.next_due, said, row.owner, False, watch_id=row.id)
        if row.unreviewed:
            said = say("Watch {name}: {n} families to review", name=row.name, n=row.unreviewed)
            seen = row.last_run or today
            yield DueItem("review", min(seen, today), said, row.owner, False, watch_id=row.id)


def _reviews_due(connection: Connection, today: date, until: date) -> Iterable[DueItem]:
    f = hit_family.c
    statement = (
        select(f.id, f.key, f.reviewer, f.review_due, f.watch_id, watch.c.name)
        .join(watch, watch.c.id == f.watch_id)
        .where(WAITING, f.review_due.is_not(None), f.review_due <= until)
    )
    for r in connection.execute(statement):
        said = say("Watch {name}: review {family}", name=r.name, family=r.key)
        late = r.review_due < today
        yield DueItem("review", r.review_due, said, r.reviewer, late, r.watch_id, r.id)


def _answers_due(connection: Connection, today: date, until: date) -> Iterable[DueItem]:
    a, f = watch_answer.c, hit_family.c
    statement = (
        select(a.kind, a.owner, a.due, a.family_id, f.key, f.watch_id)
        .join(hit_family, f.id == a.family_id)
        .where(a.state == AnswerState.OPEN, a.due.is_not(None), a.due <= until)
    )
    for r in connection.execute(statement):
        label = ANSWER_LABELS.get(r.kind, r.kind)
        said = say("{answer}: {family}", answer=label, family=r.key)
        yield DueItem("answer", r.due, said, r.owner, r.due < today, r.watch_id, r.family_id)


def _gates_due(connection: Connection, today: date, until: date) -> Iterable[DueItem]:
    for gate in gate_rows(connection, today, latest=True):
        if gate.state.light in ("green", "open"):
            if gate.state.light == "open" and gate.planned_on and gate.planned_on <= until:
                due = gate.planned_on
            else:
                continue
        else:
            due = min(d for d in (gate.state.valid_until, gate.planned_on, today) if d)
        said = say(
            "Freedom to operate, {subject}, {stage}: {what}",
            subject=gate.subject,
            stage=STAGE_LABELS.get(gate.stage, gate.stage),
            what=gate.state.why,
        )
        yield DueItem("gate", due, said, gate.by, gate.state.light == "red", gate_id=gate.id)
