"""Freedom to operate by product: the light of each product, and of its latest gates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipdesk.base.i18n import Message, say
from ipdesk.core.layout.queries_tree import launches, next_launch, products
from ipdesk.core.watch.gaps import gaps_of
from ipdesk.core.watch.gates import product_state
from ipdesk.core.watch.queries_gates import gate_rows
from ipdesk.core.watch.queries_hits import hit_detail
from ipdesk.core.watch.rows import GateRow
from ipdesk.core.watch.words import STAGE_LABELS, label
from ipdesk.ui.tables.columns import Column
from ipdesk.ui.watch.marks import light_mark

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class GateLine:
    """A product as a whole (``gate`` is None), or one of its gates below it."""

    id: str
    subject: str
    light: str
    why: Message
    product_id: int | None = None
    launch: date | None = None
    gate: GateRow | None = None
    gaps: tuple[Message, ...] = ()  # found by rules


def gate_lines(connection: Connection, today: date) -> list[GateLine]:
    """Products with a launch or a gate, and other occasions, each with its latest gates."""
    gates = gate_rows(connection, today, latest=True)
    by_subject: defaultdict[tuple[int | None, str], list[GateRow]] = defaultdict(list)
    for gate in gates:
        key = (gate.product_id, "") if gate.product_id else (None, gate.subject)
        by_subject[key].append(gate)
    dates = launches(connection)
    found: list[GateLine] = []
    for item in products(connection, counted=False):
        own = by_subject.pop((item.id, ""), [])
        coming = next_launch([d for d in dates if d.product_id == item.id], today)
        launch = coming.date if coming else None
        if own or launch is not None:
            found += _lines(connection, item.name, own, launch, today, item.id)
    for (product_id, _name), own in by_subject.items():
        found += _lines(connection, own[0].subject, own, None, today, product_id)
    return found


def _lines(
    connection: Connection,
    subject: str,
    gates: list[GateRow],
    launch: date | None,
    today: date,
    product_id: int | None,
) -> list[GateLine]:
    state = product_state([(g.stage, g.state) for g in gates], launch, today)
    head = GateLine(f"p{product_id}-{subject}", subject, state.light, state.why, product_id, launch)
    below = [
        GateLine(
            f"g{g.id}", subject, g.state.light, g.state.why, product_id, launch, g,
            _gaps(connection, g, today),
        )
        for g in gates
    ]  # fmt: skip
    return [head, *below]


def _gaps(connection: Connection, gate: GateRow, today: date) -> tuple[Message, ...]:
    whole = (hit_detail(connection, f.family_id, today) for f in gate.families)
    return gaps_of(gate, [detail for detail in whole if detail is not None])


def gate_columns() -> tuple[Column, ...]:
    """The product strong, its gates indented below it."""

    def subject(line: GateLine) -> str:
        if line.gate is None:
            return line.subject
        return f"      {label(STAGE_LABELS, line.gate.stage)}"

    def day(line: GateLine) -> date | None:
        return line.gate.planned_on if line.gate else line.launch

    return (
        Column("subject", say("Product or occasion, stage"), subject, 190),
        Column("light", say("State"), lambda r: light_mark(r.light), 164),
        Column("planned", say("Planned for"), day, 92),
        Column("why", say("Why"), lambda r: str(r.why), 150, tip=lambda r: str(r.why)),
    )
