"""What is done about a family: answers with owner, due date, cost and result."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import tr
from ipdesk.base.money import figure
from ipdesk.core.watch.rows import AnswerRow, HitDetail
from ipdesk.core.watch.words import ANSWER_LABELS, AnswerState
from ipdesk.core.watch.words import label as word
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.watch.facts import facts, flow_of, heading
from ipdesk.ui.watch.hitacts import HitActs
from ipdesk.ui.watch.marks import answer_mark
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import chip, label
from ipdesk.ui.widgets.scroll import Column, emptied


class AnswerLeaf(Column):
    """Open answers first; each can be changed, closed and taken up again."""

    def __init__(self, desk: Desk, acts: HitActs) -> None:
        super().__init__(margin=theme.px(12), gap=theme.px(6))
        self._desk, self._acts = desk, acts

    def put(self, detail: HitDetail) -> None:
        """Show a family."""
        emptied(self.box)
        if not detail.answers:
            words = tr("Nothing is being done about this family.")
            self.box.addWidget(label(words, "muted", wrap=True))
        for answer in detail.answers:
            self._add(answer)
        new = partial(self._acts.answer, detail.row.id, detail.row.shown_title)
        made = button(tr("New answer…"), new, role="main", tip=tr("New answer (key R)"))
        flow_of(self.box, [made])
        self.box.addStretch(1)

    def _add(self, answer: AnswerRow) -> None:
        heading(self.box, word(ANSWER_LABELS, answer.kind))
        mark = answer_mark(answer, self._desk.today())
        flow_of(self.box, [chip(mark.tone, mark.text)])
        facts(
            self.box,
            (
                (tr("Responsible"), answer.owner),
                (tr("Due"), answer.due),
                (tr("Cost"), f"{answer.currency} {figure(answer.cost)}".strip()),
                (tr("Since"), answer.made_on),
                (tr("Note"), answer.note),
                (tr("Result"), answer.result),
                (tr("Closed"), answer.closed_on),
            ),
        )
        flow_of(self.box, answer_buttons(self._desk, self._acts, answer))


def answer_buttons(desk: Desk, acts: HitActs, answer: AnswerRow) -> list[QWidget]:
    """What can be done with an answer as it stands."""
    pairs: list[tuple[str, Callable[[], object]]] = []
    if answer.state == AnswerState.OPEN:
        pairs.append((tr("Close…"), partial(acts.close, answer)))
        pairs.append((tr("Change…"), partial(acts.change, answer)))
    else:
        pairs.append((tr("Take up again"), partial(acts.reopen, answer)))
    if answer.linked_table == "plan_row" and answer.linked_id is not None:
        go = partial(desk.go, Place("layout", answer.linked_id))
        pairs.append((tr("Show the planned filing"), go))
    pairs.append((tr("Delete"), partial(acts.delete, answer)))
    return [button(words, run) for words, run in pairs]
