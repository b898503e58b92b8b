"""Typing a gate: product or occasion, stage, families considered, conclusion, gaps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.layout.queries_tree import products
from ipdesk.core.watch.edits_gates import add_gate, change_gate, conclude_family
from ipdesk.core.watch.model import GateFields
from ipdesk.core.watch.queries_hits import hit_ids, hit_rows
from ipdesk.core.watch.rows import GateFamilyRow, GateRow, HitRow
from ipdesk.core.watch.words import CONCLUSION_LABELS, STAGE_LABELS, Stage, Verdict, label
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.watch.acts import Act, run_act
from ipdesk.ui.watch.editors import choice_or_words, offices_editor, ticks_editor, words_editor
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import choice_editor, day_editor, line_editor, names_editor

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a gate can be made of: products, and families that were judged to matter."""

    products: tuple[tuple[int, str], ...]
    families: tuple[HitRow, ...]


def ask_gate(desk: Desk, parent: QWidget, gate: GateRow | None, product: int | None) -> None:
    """Open the form for a new gate or for one that stands."""
    kept = tuple(f.family_id for f in gate.families) if gate else ()
    show = partial(_ask, desk, parent, gate, product)
    desk.worker.read(partial(_grounds, kept), show, partial(tell, desk))


def _ask(
    desk: Desk, parent: QWidget, gate: GateRow | None, product: int | None, grounds: Grounds
) -> None:
    names = dict(grounds.products)
    subject = gate.subject if gate else names.get(product or 0, "")
    stages = [(stage, str(words)) for stage, words in STAGE_LABELS.items()]
    ends = [(value, str(words)) for value, words in CONCLUSION_LABELS.items()]
    families = [(f.id, f"{f.key}  {f.shown_title}") for f in grounds.families]
    chosen = tuple(f.family_id for f in gate.families) if gate else ()
    hint = tr("what was not searched, charted or known")
    asked = (
        Asked("subject", tr("Product or occasion"), choice_or_words(names.values()), subject,
              needed=True),
        Asked("stage", tr("Stage"), choice_editor(stages), gate.stage if gate else Stage.CONCEPT),
        Asked("planned_on", tr("Planned for"), day_editor(), gate.planned_on if gate else None),
        Asked("markets", tr("Markets"), offices_editor(), gate.markets if gate else ()),
        Asked("families", tr("Families considered"), ticks_editor(families, 6), chosen),
        Asked("conclusion", tr("Conclusion"), choice_editor(ends), gate.conclusion if gate else ""),
        Asked("concluded_on", tr("Concluded on"), day_editor(),
              gate.concluded_on if gate else None),
        Asked("summary", tr("Summary"), words_editor(56), gate.summary if gate else ""),
        Asked("gaps", tr("Gaps"), names_editor(hint), gate.gaps if gate else ()),
    )  # fmt: skip

    def take(values: dict[str, Any]) -> None:
        by_name = {name: number for number, name in grounds.products}
        if values["conclusion"] and values["concluded_on"] is None:
            values = {**values, "concluded_on": desk.today()}
        fields = GateFields(**values, product_id=by_name.get(values["subject"]))
        run_act(desk, _act(desk, gate, fields), tr("Gate recorded."))

    Asking(
        parent,
        tr("Edit the gate") if gate else tr("New gate"),
        tr("A conclusion holds six months and keeps the searches of its day."),
        asked,
        tr("Save"),
        take,
    ).open()


def _act(desk: Desk, gate: GateRow | None, fields: GateFields) -> Act:
    if gate is not None:
        return lambda d: change_gate(d, gate.id, fields)
    today = desk.today()
    return lambda d: add_gate(d, fields, today)


def ask_conclusion(desk: Desk, parent: QWidget, gate: int, family: GateFamilyRow) -> None:
    """What a gate concludes of one family."""
    ends = [(value, str(words)) for value, words in CONCLUSION_LABELS.items()]
    Asking(
        parent,
        label(CONCLUSION_LABELS, family.conclusion) if family.conclusion else tr("Conclusion"),
        family.shown_title,
        (
            Asked("conclusion", tr("Conclusion"), choice_editor(ends), family.conclusion),
            Asked("note", tr("Note"), line_editor(), family.note),
        ),
        tr("Conclude"),
        lambda v: run_act(
            desk,
            lambda d: conclude_family(d, gate, family.family_id, v["conclusion"], v["note"]),
            tr("Concluded."),
        ),
    ).open()


def _grounds(kept: tuple[int, ...], connection: Connection) -> Grounds:
    judged = ListQuery(sort="grade").choose("verdict", Verdict.THREAT, Verdict.RELEVANT)
    wanted = dict.fromkeys((*kept, *hit_ids(connection, None, judged)))
    named = tuple((p.id, p.name) for p in products(connection, counted=False))
    return Grounds(named, tuple(hit_rows(connection, wanted)))
