"""Writing freedom-to-operate gates: what was considered, found and left open, per stage."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from ipdesk.base.change import Change
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.base.text import clean
from ipdesk.core.watch.edits import Made, changed
from ipdesk.core.watch.model import GateFields
from ipdesk.core.watch.words import Conclusion, Stage
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import product
from ipdesk.store.schema.watch import (
    fto_gate,
    gate_family,
    hit_family,
    watch,
    watch_product,
    watch_run,
)
from ipdesk.store.writer import Writer


def add_gate(database: Database, fields: GateFields, today: date) -> Made:
    """Record a gate, concluded or not; the searches it rests on are kept as they stand now.

    Raises IpdeskError when it has no subject, or a conclusion without a summary.
    """
    with database.write(say("Recorded a freedom-to-operate gate")) as writer:
        values = _values(writer, fields)
        searches = _searches(writer, fields)
        row = {**values, "runs": searches, "by": writer.by, "made_on": today}
        gate = writer.insert(fto_gate, row)
        _consider(writer, gate, fields.families)
        return Made(changed(writer), gate)


def change_gate(database: Database, gate: int, fields: GateFields) -> Change:
    """Change a gate; a gate that is concluded now takes over the searches of this day."""
    with database.write(say("Changed a freedom-to-operate gate")) as writer:
        old = writer.connection.execute(select(fto_gate).where(fto_gate.c.id == gate)).first()
        if old is None:
            raise IpdeskError(say("This gate is no longer there."))
        values = _values(writer, fields)
        if values["concluded_on"] != old.concluded_on:
            values["runs"] = _searches(writer, fields)
        writer.update(fto_gate, gate, values)
        _consider(writer, gate, fields.families)
        return changed(writer)


def conclude_family(
    database: Database, gate: int, family: int, conclusion: str, note: str
) -> Change:
    """What a gate concludes of one family that it considered."""
    with database.write(say("Concluded on a family at a gate")) as writer:
        x = gate_family.c
        statement = select(x.id).where(x.gate_id == gate, x.family_id == family)
        found = writer.connection.execute(statement).scalar()
        if found is None:
            raise IpdeskError(say("The gate does not consider this family."))
        value = Conclusion(conclusion).value if conclusion else ""
        writer.update(gate_family, found, {"conclusion": value, "note": note.strip()})
        return changed(writer)


def delete_gate(database: Database, gate: int) -> Change:
    """Remove a gate."""
    with database.write(say("Deleted a freedom-to-operate gate")) as writer:
        writer.delete(fto_gate, [gate])
        return changed(writer)


def _values(writer: Writer, fields: GateFields) -> dict[str, Any]:
    subject = clean(fields.subject)
    if not subject and fields.product_id is not None:
        statement = select(product.c.name).where(product.c.id == fields.product_id)
        subject = writer.connection.execute(statement).scalar() or ""
    if not subject:
        raise IpdeskError(say("Name the product or the occasion of the gate."))
    if fields.conclusion and not fields.summary.strip():
        raise IpdeskError(say("A conclusion needs a summary that says on what it rests."))
    if bool(fields.conclusion) != (fields.concluded_on is not None):
        raise IpdeskError(say("Conclusion and its day belong together."))
    return {
        "product_id": fields.product_id,
        "subject": subject,
        "stage": Stage(fields.stage).value,
        "planned_on": fields.planned_on,
        "concluded_on": fields.concluded_on,
        "conclusion": Conclusion(fields.conclusion).value if fields.conclusion else "",
        "summary": fields.summary.strip(),
        "gaps": [clean(g) for g in fields.gaps if g.strip()],
        "markets": list(dict.fromkeys(fields.markets)),
    }


def _consider(writer: Writer, gate: int, families: Iterable[int]) -> None:
    """Exactly these families; what was concluded of those that stay is kept."""
    x = gate_family.c
    wanted = list(dict.fromkeys(families))
    old = writer.connection.execute(select(x.id, x.family_id).where(x.gate_id == gate)).all()
    writer.delete(gate_family, [r.id for r in old if r.family_id not in wanted])
    have = {r.family_id for r in old}
    rows = [{"gate_id": gate, "family_id": i} for i in wanted if i not in have]
    writer.insert_many(gate_family, rows)


def _searches(writer: Writer, fields: GateFields) -> list[dict[str, Any]]:
    """The last good run of every watch of the product and of the families, with its cut-off."""
    wanted: set[int] = set()
    if fields.product_id is not None:
        link = watch_product.c
        statement = select(link.watch_id).where(link.product_id == fields.product_id)
        wanted.update(writer.connection.execute(statement).scalars())
    if fields.families:
        f = hit_family.c
        statement = select(f.watch_id).where(f.id.in_(fields.families))
        wanted.update(writer.connection.execute(statement).scalars())
    r = watch_run.c
    runs = (
        select(watch.c.name, r.watch_id, r.database, r.query_text, r.cut_off, r.ran_on)
        .join(watch, watch.c.id == r.watch_id)
        .where(r.watch_id.in_(wanted), r.failed.is_(False))
        .order_by(r.id)
    )
    latest = {x.watch_id: x for x in writer.connection.execute(runs)}
    return [
        {
            "watch": x.name,
            "database": x.database,
            "query": x.query_text,
            "cut_off": x.cut_off.isoformat() if x.cut_off else None,
            "ran_on": x.ran_on.isoformat(),
        }
        for x in latest.values()
    ]
