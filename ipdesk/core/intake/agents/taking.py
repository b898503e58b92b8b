"""Taking what an agent answered into matters and deadlines, inside a transaction."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.following import Look, follow, standing, unseen
from ipdesk.core.docket.matters import create_matters, date_event, set_date
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.docket.records import EventInput, State
from ipdesk.core.intake.agents.adding import entry_of, refusal
from ipdesk.core.intake.agents.columns import column_of, form
from ipdesk.core.intake.agents.comparing import ADDED, ours_only
from ipdesk.core.intake.agents.model import DEADLINE, MATTER, NEW_DEADLINE, NEW_MATTER, Reply
from ipdesk.core.intake.edits import new_matter
from ipdesk.core.intake.register.edits import Report, insist_on, take_values
from ipdesk.core.portfolio.edits import change_matter
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.core.portfolio.offices import office_of, offices
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.paging import chunks
from ipdesk.store.schema.comparison import agent_answer
from ipdesk.store.schema.docket import deadline
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

DECIDABLE = (Reply.OPEN, Reply.QUERIED, Reply.DISMISSED)
_DOING = ("answer", "done_on", "receipt")  # taken together


def take(
    writer: Writer,
    docket: Docket,
    ids: Sequence[int],
    progress: Report | None = None,
    look: Look = unseen,
) -> tuple[list[int], list[int]]:
    """Take these answers inside a transaction; the matters touched, and others they reached.

    Corrected dates reach matters made from these; *look* hears of each before it is changed.
    """
    rows = decidable(writer.connection, ids, DECIDABLE)
    for row in rows:
        _refuse(row)
    before = standing(writer.connection, [r.matter_id for r in rows if r.kind == MATTER])
    told = _Told(progress, len(rows))
    touched: list[int] = []
    done = {r.id for r in rows}
    for row in rows:
        if row.kind == NEW_MATTER:
            touched += _new_matter(writer, docket, row)
        elif row.kind == NEW_DEADLINE:
            _add_deadline(writer, row, row.answered["label"], _own_day(row))
        elif row.kind == DEADLINE and row.field in _DOING:
            done |= _doing(writer, docket, row)
        elif row.kind == DEADLINE:
            _deadline_cell(writer, docket, row)
        else:
            continue
        told.more(1)
    touched += _matter_cells(writer, docket, [r for r in rows if r.kind == MATTER], told)
    touched += [r.matter_id for r in rows if r.matter_id]
    matters = list(dict.fromkeys(touched))
    told.expect(len(matters))
    refresh(writer, matters, docket, progress=told.at)
    write_search(writer, matters)
    decide(writer, docket, sorted(done), Reply.ACCEPTED)
    return matters, [i for i in follow(writer, docket, before, look) if i not in set(matters)]


class _Told:
    """How far the taking is, of the answers and then of the matters to be computed again."""

    def __init__(self, report: Report | None, total: int) -> None:
        self._report, self._total, self._done, self._base = report, total, 0, 0
        self.more(0)

    def expect(self, more: int) -> None:
        """Another part of the work begins, of so many steps."""
        self._base, self._total = self._done, max(self._total, self._done + more)

    def at(self, done: int) -> None:
        """So many steps of the part that began last."""
        self._done = self._base + done
        if self._report:
            self._report(self._done, max(self._total, 1), say("Taking the agent's answers…"))

    def more(self, steps: int) -> None:
        """So many steps further."""
        self.at(self._done - self._base + steps)


def decidable(connection: Connection, ids: Sequence[int], states: Sequence[str]) -> list[Any]:
    """The answers of these ids in one of the states. Raises IpdeskError without any id."""
    if not ids:
        raise IpdeskError(say("Select an answer first."))
    a = agent_answer.c
    found: list[Any] = []
    for part in chunks(ids):
        statement = select(agent_answer).where(a.id.in_(part), a.state.in_(states))
        found += connection.execute(statement.order_by(a.id)).all()
    return found


def decide(writer: Writer, docket: Docket, ids: Sequence[int], state: Reply, **more: Any) -> None:
    """Write the decision, with who made it and when."""
    values = {
        "state": str(state),
        "decided_by": writer.by,
        "decided_on": docket.today,
        **more,
    }
    writer.update_many(agent_answer, [(i, values) for i in ids])


def _refuse(row: Any) -> None:
    """What cannot be taken as it stands is said before anything is written."""
    where = f"{row.sheet} {row.line}".strip()
    if row.unread:
        raise IpdeskError(_unread(where, Message.from_json(json.loads(row.unread))))
    if row.field == "query" or ours_only(row.kind, row.field):
        column = column_of(row.kind, row.field)
        raise IpdeskError(
            say(
                "{where}: “{column}” is a column of ours. Query what the agent wrote there, or "
                "dismiss it.",
                where=where,
                column=column.here if column else row.field,
            )
        )
    if row.kind == NEW_DEADLINE and row.matter_id is None:
        raise IpdeskError(say("{where}: take the matter in first.", where=where))


def _unread(where: str, why: Message) -> Message:
    return say("{where}: {why} Query it, or type the value yourself.", where=where, why=why)


# -- matters --------------------------------------------------------------------------------------
def _matter_cells(writer: Writer, docket: Docket, rows: Sequence[Any], told: _Told) -> list[int]:
    by_matter: dict[int, dict[str, Any]] = {}
    for row in rows:
        by_matter.setdefault(row.matter_id, {})[row.field] = row
    statuses = []
    for matter_id, cells in by_matter.items():
        remark, reply = cells.pop("remark", None), cells.pop("reply", None)
        if remark is not None:
            _note(writer, docket, matter, matter_id, remark.agent, remark.answered)
        if reply is not None:
            _settle(writer, docket, reply)
        empty = [f for f, r in cells.items() if r.answered in (None, "")]
        _clear(writer, docket, matter_id, empty)
        fields = {f: _value(f, r.answered) for f, r in cells.items() if f not in empty}
        if fields:
            take_values(writer, docket, matter_id, fields, source="import")
        if "status" in cells and "status" not in empty:
            statuses.append((matter_id, cells["status"].answered))
        told.more(1)
    refresh(writer, list(by_matter), docket)
    for matter_id, status in statuses:
        insist_on(writer, matter_id, status)
    return list(by_matter)


def _value(field: str, value: Any) -> Any:
    return date.fromisoformat(value) if field.endswith("_date") else value


def _clear(writer: Writer, docket: Docket, matter_id: int, fields: Sequence[str]) -> None:
    """The agent emptied these cells, and we agreed."""
    row = writer.connection.execute(select(matter).where(matter.c.id == matter_id)).one()
    values: dict[str, Any] = {}
    for field in fields:
        if field.endswith("_date"):
            set_date(writer, docket, matter_id, date_event(field, row.right), None)
        elif field == "other_reference":
            values["facts"] = {k: v for k, v in (row.facts or {}).items() if k != field}
        elif field == "status":
            values |= {"status_manual": None, "status_reported": None}
        else:
            values[field] = ""
    if values:
        change_matter(writer, matter_id, values)


def _note(writer: Writer, docket: Docket, table: Any, row_id: int, agent: str, text: str) -> None:
    """A remark joins the note, with who and when."""
    old = writer.connection.execute(select(table.c.note).where(table.c.id == row_id)).scalar() or ""
    line = f"{docket.today.isoformat()} {agent}: {text}"
    writer.update(table, row_id, {"note": f"{old}\n{line}".strip()})


def _settle(writer: Writer, docket: Docket, reply: Any) -> None:
    """A reply closes the questions of its line that went out."""
    a = agent_answer.c
    statement = select(a.id).where(
        a.agent == reply.agent, a.matter_id == reply.matter_id, a.state == Reply.QUERIED
    )
    statement = statement.where(a.asked_on.is_not(None))
    if reply.kind == DEADLINE:
        statement = statement.where(a.key == reply.key)
    ids = list(writer.connection.execute(statement).scalars())
    decide(writer, docket, ids, Reply.SETTLED, reply=reply.answered or "")


def _new_matter(writer: Writer, docket: Docket, row: Any) -> range:
    """An added row becomes a matter as a line of any list does; its days are unchecked."""
    where = f"{row.sheet} {row.line}".strip()
    entry = entry_of(writer.connection, row.answered, row.agent)
    if entry is not None and entry.holding is not None:
        raise IpdeskError(
            say("{where}: this matter is here by now. Read the workbook again.", where=where)
        )
    why = refusal(entry)
    if why is not None:
        raise IpdeskError(_unread(where, why))
    made = new_matter(entry, docket) if entry is not None else _bare_matter(row)
    fields, events = made
    if not fields.right or fields.office not in offices():
        raise IpdeskError(
            say("{where}: the row says neither right nor office. Query it.", where=where)
        )
    ids = create_matters(writer, docket, [(fields, events)])
    writer.update(agent_answer, row.id, {"matter_id": ids[0]})
    return ids


def _bare_matter(row: Any) -> tuple[MatterFields, list[EventInput]]:
    """A row without any number or day: what is planned has a right, an office and a title."""
    told = row.answered
    fields = MatterFields(
        right=str(told.get("right") or ""),
        office=office_of(str(told.get("office") or "")) or "",
        reference=str(told.get("reference") or ""),
        title=str(told.get("title") or ""),
        note=str(told.get("remark") or ""),
        people=(PersonName("agency", row.agent),),
    )
    return fields, []


# -- deadlines ------------------------------------------------------------------------------------
def _doing(writer: Writer, docket: Docket, row: Any) -> set[int]:
    """State, day and receipt of a deadline are taken together; the ids of all of them."""
    a = agent_answer.c
    together = writer.connection.execute(
        select(agent_answer).where(
            a.agent == row.agent,
            a.key == row.key,
            a.field.in_(_DOING),
            a.state.in_((Reply.OPEN, Reply.QUERIED)),
        )
    ).all()
    cells = {r.field: r for r in (*together, row)}
    for one in cells.values():
        _refuse(one)
    told = {field: r.answered for field, r in cells.items()}
    answer, on = told.get("answer"), told.get("done_on")
    current = writer.connection.execute(
        select(deadline).where(deadline.c.id == row.deadline_id)
    ).first()
    if current is None:
        raise IpdeskError(say("This deadline is gone; its event was corrected meanwhile."))
    day = date.fromisoformat(on) if on else current.submitted_on
    if answer == "done" or (answer is None and on):
        if day is None:
            raise IpdeskError(
                say(
                    "{where}: the agent says that it is done, but not when. Query the day.",
                    where=f"{row.sheet} {row.line}".strip(),
                )
            )
        values = {
            "state": str(State.SUBMITTED),
            "submitted_on": day,
            "submitted_by": row.agent,
            "receipt": told.get("receipt") or current.receipt,
        }
        writer.update(deadline, row.deadline_id, values)
    elif answer == "not_needed":
        reason = f"{row.agent}: {form().answers['not_needed']}"
        writer.update(
            deadline, row.deadline_id, {"state": str(State.NOT_APPLICABLE), "reason": reason}
        )
    elif answer:
        _note(writer, docket, deadline, row.deadline_id, row.agent, str(form().answers[answer]))
    if told.get("receipt") and answer != "done":
        writer.update(deadline, row.deadline_id, {"receipt": told["receipt"]})
    return {r.id for r in cells.values()}


def _deadline_cell(writer: Writer, docket: Docket, row: Any) -> None:
    if row.field == "remark" and row.answered:
        _note(writer, docket, deadline, row.deadline_id, row.agent, row.answered)
    elif row.field == "reply":
        _settle(writer, docket, row)
    elif row.field == "own_date" and row.answered:
        labels = select(deadline.c.label_en, deadline.c.label_zh).where(
            deadline.c.id == row.deadline_id
        )
        found = writer.connection.execute(labels).first()
        label = Bilingual(found.label_en, found.label_zh) if found else Bilingual("", "")
        named = Bilingual(f"{label.en} (date of {row.agent})", f"{label.zh}（{row.agent}记录）")
        _add_deadline(writer, row, named, date.fromisoformat(row.answered))


def _own_day(row: Any) -> date:
    """The day of an added deadline: the agent's own, or what stands in the official column."""
    day = row.answered.get("own_date") or row.answered.get("due")
    if not day:
        where = f"{row.sheet} {row.line}".strip()
        raise IpdeskError(say("{where}: the added row has no date. Query it.", where=where))
    return date.fromisoformat(day)


def _add_deadline(writer: Writer, row: Any, label: str | Bilingual, due: date) -> None:
    """A date that no rule of ours gives stands beside ours; nothing computed is replaced."""
    words = label if isinstance(label, Bilingual) else Bilingual(label, label)
    remark = row.answered.get("remark", "") if row.field == ADDED else ""
    writer.insert(
        deadline,
        {
            "matter_id": row.matter_id,
            "rule": "MANUAL",
            "label_en": words.en,
            "label_zh": words.zh,
            "kind": "request",
            "raw": due,
            "due": due,
            "calendar": "not_applicable",
            "state": str(State.OPEN),
            "manual": True,
            "note": f"{row.agent}: {remark or row.file}",
        },
    )
