"""One answer whole: what we sent, what the agent answered, what is here now, and what to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.intake.agents.comparing import ADDED, ours_only
from ipdesk.core.intake.agents.model import AnswerRow, Reply
from ipdesk.core.intake.agents.queries import answer_rows
from ipdesk.ui import theme
from ipdesk.ui.agents.acts import AgentActs
from ipdesk.ui.agents.sources import (
    answered_words,
    field_words,
    now_words,
    reply_mark,
    sent_words,
    value_words,
)
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.onecard import Doing, OneCard, value_grid
from ipdesk.ui.widgets.buttons import LinkLine
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, hairline, label

if TYPE_CHECKING:
    from sqlalchemy import Connection


class AnswerCard(OneCard):
    """The answer that is selected."""

    def __init__(self, desk: Desk, acts: AgentActs) -> None:
        self._acts = acts
        hint = tr("Select a line to see what was sent, what was answered and what is here now.")
        super().__init__(desk, _one, hint)

    def fill(self, row: AnswerRow) -> None:
        box = self.box
        box.addWidget(label(field_words(row.kind, row.field), "title", wrap=True))
        if row.label:
            box.addWidget(label(row.label, "muted", wrap=True))
        if row.matter_id:
            go = partial(self.desk.go, Place("portfolio", row.matter_id))
            words = f"{row.reference}  {row.title}"
            box.addWidget(LinkLine(words, go, tr("Open the matter")))
        holder = QWidget()
        mark = reply_mark(row)
        Flow(holder, gap=theme.px(6)).addWidget(chip(mark.tone, mark.text))
        box.addWidget(holder)
        if row.unread:
            box.addWidget(label(row.unread, "problem", wrap=True))
        box.addLayout(self._added(row) if row.field == ADDED else self._values(row))
        for remark in row.remarks:
            if remark != row.unread:
                box.addWidget(label(f"◇ {remark}", "muted", wrap=True))
        self._add_acts(row)
        box.addWidget(hairline())
        self._add_facts(row)

    def _values(self, row: AnswerRow) -> QGridLayout:
        """Three values under each other, the answer in bold."""
        return value_grid(
            (
                (tr("We sent"), sent_words(row), ""),
                (tr("Agent answered"), answered_words(row), "section"),
                (tr("Here now"), now_words(row), ""),
            )
        )

    def _added(self, row: AnswerRow) -> QGridLayout:
        """The cells of a row that the agent wrote."""
        told = row.answered if isinstance(row.answered, dict) else {}
        return value_grid(
            (field_words(row.kind, field), value_words(row, {field: value}), "")
            for field, value in told.items()
        )

    def _add_acts(self, row: AnswerRow) -> None:
        acts, ids = self._acts, [row.id]
        doings: list[Doing] = []
        open_one = row.state in (Reply.OPEN, Reply.DISMISSED, Reply.QUERIED)
        if open_one and not row.unread and not ours_only(row.kind, row.field) and row.file:
            words = tr("Take it in") if row.field == ADDED else tr("Take the answer")
            doings.append((words, partial(acts.accept, ids)))
        if row.state == Reply.OPEN:
            doings.append((tr("Query…"), partial(acts.query, ids)))
            doings.append((tr("Leave ours…"), partial(acts.dismiss, ids)))
        if row.state in (Reply.DISMISSED, Reply.QUERIED):
            doings.append((tr("Look again"), partial(acts.reopen, ids)))
        self.add_acts(doings)

    def _add_facts(self, row: AnswerRow) -> None:
        decided = f"{row.decided_on or ''} {row.decided_by}".strip()
        asked = str(row.asked_on) if row.asked_on else tr("with the next workbook")
        self.add_facts(
            (
                (tr("Our question"), row.query),
                (tr("Asked"), asked if row.query else ""),
                (tr("Reply"), row.reply),
                (tr("Agency"), row.agent),
                (tr("File"), row.file),
                (tr("Read"), str(row.read_on)),
                (tr("Sheet"), row.sheet),
                (tr("Row"), str(row.line or "")),
                (tr("Decided"), decided),
                (tr("Reason"), row.reason),
            )
        )


def _one(wanted: int, connection: Connection) -> AnswerRow | None:
    return next(iter(answer_rows(connection, [wanted])), None)
