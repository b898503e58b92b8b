"""Writing plans: versions, rows, approval. An approved version is frozen; a copy can be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.base.text import clean
from ipdesk.core.fees.engine import Fees
from ipdesk.core.layout.costs import CostTerms, estimate
from ipdesk.core.layout.edits_budget import insert_budget, write_budget
from ipdesk.core.layout.model import Budget, CostLine, PlanFields, PlanInfo, PlanRow, RowFields
from ipdesk.core.layout.queries import budget_of, plan, plan_rows
from ipdesk.core.layout.words import PLAN_RIGHTS, PlanStatus, Role, RowStatus
from ipdesk.store.database import Database
from ipdesk.store.schema.layout import (
    layout_plan,
    plan_decision,
    plan_row,
    plan_row_matter,
)
from ipdesk.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Pricing:
    """How rows are estimated: the fee tables, the company's terms, the day."""

    fees: Fees
    terms: CostTerms
    today: date


def of_layout(writer: Writer, *topics: Topic, matters: tuple[int, ...] = ()) -> Change:
    """What an edit of this bay tells the pages."""
    return Change.of(Topic.LAYOUT, *topics, matters=matters, action=writer.action)


# -- plans ----------------------------------------------------------------------------------------
def add_plan(database: Database, fields: PlanFields, today: date) -> tuple[int, Change]:
    """A new plan as a draft. Raises IpdeskError for an empty or a known name."""
    with database.write(say("Started the plan {name}", name=clean(fields.name))) as writer:
        return insert_plan(writer, fields, today), of_layout(writer)


def insert_plan(writer: Writer, fields: PlanFields, today: date) -> int:
    """The draft itself, within another edit."""
    name = _free_name(writer.connection, fields.name)
    values = {**_plan_values(fields), "name": name, "version": 1, "made_on": today}
    new = writer.insert(layout_plan, values | {"status": str(PlanStatus.DRAFT)})
    write_budget(writer, new, fields.budget)
    return new


def change_plan(database: Database, plan_id: int, fields: PlanFields) -> Change:
    """Change what a draft is for; its name stays with all versions, its budget as it is set."""
    with database.write(say("Changed the plan {name}", name=fields.name)) as writer:
        info = _draft(writer.connection, plan_id)
        writer.update(layout_plan, plan_id, {**_plan_values(fields), "name": info.name})
        return of_layout(writer)


def rename_plan(database: Database, name: str, new: str) -> Change:
    """Another name for every version of a plan. Raises IpdeskError for a known one."""
    said = say("Renamed the plan {name} to {new}", name=name, new=clean(new))
    with database.write(said) as writer:
        free = _free_name(writer.connection, new)
        p = layout_plan.c
        ids = writer.connection.execute(select(p.id).where(p.name == name)).scalars().all()
        writer.update_many(layout_plan, [(i, {"name": free}) for i in ids])
        return of_layout(writer)


def copy_plan(
    database: Database, plan_id: int, today: date, *, name: str = "", kind: str = ""
) -> tuple[int, Change]:
    """A draft with the same rows: the next version, or under another name a plan of its own."""
    with database.write(say("Copied a plan")) as writer:
        name = _free_name(writer.connection, name) if name else ""
        info = plan(writer.connection, plan_id)
        version = 1 if name else _next_version(writer.connection, info.name)
        values = {
            "name": name or info.name,
            "version": version,
            "kind": kind or info.kind,
            "status": str(PlanStatus.DRAFT),
            "starts_on": info.starts_on,
            "ends_on": info.ends_on,
            "currency": info.currency,
            "owner": info.owner,
            "purpose": info.purpose,
            "copied_from_id": plan_id,
            "made_on": today,
        }
        new = writer.insert(layout_plan, values)
        _copy_rows(writer, plan_id, new)
        insert_budget(writer, new, budget_of(writer.connection, plan_id))
        writer.tell(say("Copied the plan {old} to {new}", old=info.title, new=_title(values)))
        return new, of_layout(writer)


def _title(values: Mapping[str, Any]) -> str:
    name, version = values["name"], values["version"]
    return str(name) if version == 1 else f"{name} (v{version})"


def approve_plan(database: Database, plan_id: int, today: date, reason: str = "") -> Change:
    """Approve a draft; the approved version before it is frozen for good."""
    with database.write(say("Approved a plan")) as writer:
        info = _draft(writer.connection, plan_id)
        writer.tell(say("Approved the plan {name}", name=info.title))
        p = layout_plan.c
        earlier = select(p.id).where(
            p.name == info.name, p.status == PlanStatus.APPROVED, p.id != plan_id
        )
        ids = list(writer.connection.execute(earlier).scalars())
        writer.update_many(layout_plan, [(i, {"status": str(PlanStatus.FROZEN)}) for i in ids])
        approved = {"status": str(PlanStatus.APPROVED), "approved_on": today}
        writer.update(layout_plan, plan_id, {**approved, "approved_by": writer.by})
        note_decision(writer, plan_id, None, today, "approved", reason)
        return of_layout(writer)


def delete_plan(database: Database, plan_id: int) -> Change:
    """Remove a draft with its rows; undo brings it back. Raises IpdeskError once approved."""
    with database.write(say("Deleted a plan")) as writer:
        info = _draft(writer.connection, plan_id)
        writer.tell(say("Deleted the plan {name}", name=info.title))
        writer.delete(layout_plan, [plan_id])
        return of_layout(writer)


def set_budget(database: Database, plan_id: int, budget: Sequence[Budget]) -> Change:
    """All budgets of a draft anew. Raises IpdeskError for an approved plan or a bad line."""
    with database.write(say("Set the budget of a plan")) as writer:
        info = _draft(writer.connection, plan_id)
        writer.tell(say("Set the budget of the plan {name}", name=info.title))
        write_budget(writer, plan_id, budget)
        return of_layout(writer)


def _free_name(connection: Connection, name: str) -> str:
    name = clean(name)
    if not name:
        raise IpdeskError(say("A plan needs a name, e.g. the year it is for."))
    known = select(layout_plan.c.id).where(func.lower(layout_plan.c.name) == name.lower())
    if connection.execute(known).first():
        raise IpdeskError(say("There is a plan {name} already. Choose another name.", name=name))
    return name


def _next_version(connection: Connection, name: str) -> int:
    p = layout_plan.c
    found = connection.execute(select(func.max(p.version)).where(p.name == name)).scalar()
    return int(found or 0) + 1


def _plan_values(fields: PlanFields) -> dict[str, Any]:
    return {
        "kind": fields.kind,
        "starts_on": fields.starts_on,
        "ends_on": fields.ends_on,
        "currency": fields.currency,
        "owner": clean(fields.owner),
        "purpose": fields.purpose,
    }


def _copy_rows(writer: Writer, old: int, new: int) -> None:
    """Rows keep their lineage and the matters that they became."""
    rows = plan_rows(writer.connection, [old])
    stored = writer.connection.execute(
        select(plan_row)
        .where(plan_row.c.plan_id == old)
        .order_by(plan_row.c.ordinal, plan_row.c.id)
    ).mappings()
    values = [{**row, "plan_id": new, "lineage": row["lineage"] or row["id"]} for row in stored]
    ids = writer.insert_many(plan_row, values)
    links = [
        {"row_id": i, "matter_id": m.id}
        for i, row in zip(ids, rows, strict=True)
        for m in row.matters
    ]
    writer.insert_many(plan_row_matter, links)


def _draft(connection: Connection, plan_id: int) -> PlanInfo:
    """The plan, if it may be changed. Raises IpdeskError with what to do instead."""
    info = plan(connection, plan_id)
    if info.status != PlanStatus.DRAFT:
        raise IpdeskError(
            say(
                "The plan {name} is approved and does not change any more. Copy it to a new "
                "version and change that.",
                name=info.title,
            )
        )
    return info


def moving(connection: Connection, plan_id: int) -> PlanInfo:
    """The plan, if its rows may still move on. Raises IpdeskError for a frozen one."""
    info = plan(connection, plan_id)
    if info.status == PlanStatus.FROZEN:
        raise IpdeskError(
            say("The plan {name} is frozen. Go on in its newest version.", name=info.title)
        )
    return info


def note_decision(
    writer: Writer, plan_id: int, row_id: int | None, on: date, decision: str, reason: str
) -> None:
    """Keep who decided what; called within the edit that carries it out."""
    values = {"plan_id": plan_id, "row_id": row_id, "on": on, "by": writer.by}
    writer.insert(plan_decision, {**values, "decision": decision, "reason": reason.strip()})


# -- rows -----------------------------------------------------------------------------------------
def add_rows(
    database: Database, plan_id: int, rows: Sequence[RowFields], pricing: Pricing | None = None
) -> tuple[range, Change]:
    """New rows at the end of a draft. Raises IpdeskError for an approved plan or a bad row."""
    with database.write(say("Added {n} rows to a plan", n=len(rows))) as writer:
        _draft(writer.connection, plan_id)
        return insert_rows(writer, plan_id, rows, pricing), of_layout(writer)


def insert_rows(
    writer: Writer, plan_id: int, rows: Sequence[RowFields], pricing: Pricing | None = None
) -> range:
    """The rows themselves, within another edit."""
    r = plan_row.c
    last = select(func.max(r.ordinal)).where(r.plan_id == plan_id)
    ordinal = int(writer.connection.execute(last).scalar() or 0)
    values = [
        {
            **_row_values(row),
            **_priced(row, pricing),
            "plan_id": plan_id,
            "ordinal": ordinal + n,
        }
        for n, row in enumerate(rows, 1)
    ]
    return writer.insert_many(plan_row, values)


def change_row(
    database: Database, row_id: int, fields: RowFields, pricing: Pricing | None = None
) -> Change:
    """Change a row of a draft; its estimate follows when prices are given."""
    with database.write(say("Changed the row {title}", title=fields.title)) as writer:
        _draft(writer.connection, plan_of_row(writer.connection, row_id))
        values = _row_values(fields) | (_priced(fields, pricing) if pricing else {})
        writer.update(plan_row, row_id, values)
        return of_layout(writer)


def delete_rows(database: Database, row_ids: Sequence[int]) -> Change:
    """Remove rows of a draft; undo brings them back."""
    with database.write(say("Deleted {n} rows of a plan", n=len(row_ids))) as writer:
        for plan_id in {plan_of_row(writer.connection, i) for i in row_ids}:
            _draft(writer.connection, plan_id)
        writer.delete(plan_row, row_ids)
        return of_layout(writer)


def order_rows(database: Database, plan_id: int, row_ids: Sequence[int]) -> Change:
    """Put the rows of a draft in this order."""
    with database.write(say("Reordered a plan")) as writer:
        _draft(writer.connection, plan_id)
        writer.update_many(plan_row, [(i, {"ordinal": n}) for n, i in enumerate(row_ids, 1)])
        return of_layout(writer)


def move_on(
    database: Database, row_ids: Sequence[int], status: str, today: date, reason: str = ""
) -> Change:
    """Another status, also in an approved plan. Dropping needs a reason. Raises IpdeskError."""
    if status == RowStatus.DROPPED and not reason.strip():
        raise IpdeskError(say("Say in one line why the row is dropped."))
    if status not in frozenset(RowStatus):
        raise IpdeskError(say("There is no status {status}.", status=status))
    with database.write(say("Moved {n} rows of a plan on", n=len(row_ids))) as writer:
        for row_id in row_ids:
            plan_id = plan_of_row(writer.connection, row_id)
            moving(writer.connection, plan_id)
            values = {"status": status, "reason": reason.strip(), "reviewed_on": today}
            if writer.update(plan_row, row_id, values):
                note_decision(writer, plan_id, row_id, today, status, reason)
        return of_layout(writer)


def price_plan(database: Database, plan_id: int, pricing: Pricing) -> Change:
    """Estimate every open row of a draft anew from the fee tables."""
    with database.write(say("Estimated the costs of a plan")) as writer:
        _draft(writer.connection, plan_id)
        rows = [r for r in plan_rows(writer.connection, [plan_id]) if r.planned]
        writer.update_many(plan_row, [(r.id, _priced(r.fields, pricing)) for r in rows])
        return of_layout(writer)


def plan_of_row(connection: Connection, row_id: int) -> int:
    """The plan that a row belongs to. Raises IpdeskError when the row is gone."""
    found = connection.execute(select(plan_row.c.plan_id).where(plan_row.c.id == row_id)).scalar()
    if found is None:
        raise IpdeskError(say("This row is gone; somebody deleted it. Look at the plan again."))
    return int(found)


def _row_values(fields: RowFields) -> dict[str, Any]:
    _refuse_bad(fields)
    cost: Decimal | None = fields.agent_cost
    names = (
        "technology_id effect_id application_id product_id office gap proposal role role_reason "
        "right right_reason owner agent agent_currency value copying detectability status reason "
        "reviewed_on invention_id note"
    ).split()
    return {
        **{name: getattr(fields, name) for name in names},
        "title": clean(fields.title),
        "territories": [{"office": t.office, "reason": t.reason} for t in fields.territories],
        "inventors": [clean(n) for n in fields.inventors if n.strip()],
        "agent_cost": "" if cost is None else str(cost),
        "target": fields.target.replace(day=1) if fields.target else None,
    }


def _refuse_bad(fields: RowFields) -> None:
    if not fields.title.strip():
        raise IpdeskError(say("A row needs a title: what is to be filed."))
    if fields.right not in PLAN_RIGHTS:
        raise IpdeskError(say("“{right}” is no right that can be planned.", right=fields.right))
    if fields.role not in frozenset(Role):
        raise IpdeskError(say("There is no role {role}.", role=fields.role))
    secret = fields.role == Role.SECRET or fields.right == "trade_secret"
    if secret and not (fields.role_reason or fields.right_reason).strip():
        raise IpdeskError(say("Say why it is kept as a trade secret instead of being filed."))
    if fields.status == RowStatus.DROPPED and not fields.reason.strip():
        raise IpdeskError(say("Say in one line why the row is dropped."))
    for value in (fields.value, fields.copying, fields.detectability):
        if value is not None and not 1 <= value <= 5:
            raise IpdeskError(say("Value, copying risk and detectability go from 1 to 5."))


def _priced(fields: RowFields, pricing: Pricing | None) -> dict[str, Any]:
    if pricing is None:
        return {"estimate": [], "estimated_on": None}
    lines = estimate(fields, pricing.fees, pricing.terms)
    return {"estimate": [_stored(line) for line in lines], "estimated_on": pricing.today}


def _stored(line: CostLine) -> dict[str, Any]:
    return {
        "office": line.office,
        "item": line.item,
        "en": line.label.en,
        "zh": line.label.zh,
        "amount": None if line.amount is None else str(line.amount),
        "official": None if line.official is None else str(line.official),
        "currency": line.currency,
        "percent": line.percent,
        "right": line.right,
        "why": [w.to_json() for w in line.why],
    }


def retitled(row: PlanRow, title: str) -> RowFields:
    """The fields of a row under another title, for *duplicate this row*."""
    return replace(row.fields, title=title, status=str(RowStatus.IDEA), reason="")
