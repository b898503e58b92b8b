"""One answer whole: what we sent, what the agent answered, what is here now, and what to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

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
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import LinkLine, button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, hairline, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied

if TYPE_CHECKING:
    from sqlalchemy import Connection


class AnswerCard(QFrame):
    """Shows the answer of an id; reads it again when told to."""

    def __init__(self, desk: Desk, acts: AgentActs) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._desk, self._acts = desk, acts
        self._shown: int | None = None
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._column)
        self._show(None)

    def show_id(self, wanted: int | None) -> None:
        """Read one answer and show it."""
        self._shown = wanted
        if wanted is None:
            self._show(None)
            return
        question = partial(_one, wanted)
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="card")

    def again(self) -> None:
        """The data changed."""
        self.show_id(self._shown)

    def _show(self, row: AnswerRow | None) -> None:
        box = self._column.box
        emptied(box)
        if row is None:
            hint = tr("Select a line to see what was sent, what was answered and what is here now.")
            box.addWidget(label(hint, "muted", wrap=True))
            box.addStretch(1)
            return
        box.addWidget(label(field_words(row.kind, row.field), "title", wrap=True))
        if row.label:
            box.addWidget(label(row.label, "muted", wrap=True))
        if row.matter_id:
            go = partial(self._desk.go, Place("portfolio", row.matter_id))
            words = f"{row.reference}  {row.title}"
            box.addWidget(LinkLine(words, go, tr("Open the matter")))
        holder = QWidget()
        mark = reply_mark(row)
        Flow(holder, gap=theme.px(6)).addWidget(chip(mark.tone, mark.text))
        box.addWidget(holder)
        if row.unread:
            box.addWidget(label(row.unread, "problem", wrap=True))
        box.addLayout(self._added(row) if row.field == ADDED else self._values(row))
        self._add_acts(row)
        box.addWidget(hairline())
        self._add_facts(row)
        box.addStretch(1)

    def _values(self, row: AnswerRow) -> QGridLayout:
        """Three values under each other, the answer in bold."""
        return _grid(
            (
                (tr("We sent"), sent_words(row), ""),
                (tr("Agent answered"), answered_words(row), "section"),
                (tr("Here now"), now_words(row), ""),
            )
        )

    def _added(self, row: AnswerRow) -> QGridLayout:
        """The cells of a row that the agent wrote."""
        told = row.answered if isinstance(row.answered, dict) else {}
        return _grid(
            tuple(
                (field_words(row.kind, field), value_words(row, {field: value}), "")
                for field, value in told.items()
            )
        )

    def _add_acts(self, row: AnswerRow) -> None:
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(8))
        acts, ids = self._acts, [row.id]
        open_one = row.state in (Reply.OPEN, Reply.DISMISSED, Reply.QUERIED)
        if open_one and not row.unread and not ours_only(row.kind, row.field) and row.file:
            words = tr("Take it in") if row.field == ADDED else tr("Take the answer")
            flow.addWidget(button(words, partial(acts.accept, ids), role="main"))
        if row.state == Reply.OPEN:
            flow.addWidget(button(tr("Query…"), partial(acts.query, ids)))
            flow.addWidget(button(tr("Leave ours…"), partial(acts.dismiss, ids)))
        if row.state in (Reply.DISMISSED, Reply.QUERIED):
            flow.addWidget(button(tr("Look again"), partial(acts.reopen, ids)))
        self._column.box.addWidget(holder)

    def _add_facts(self, row: AnswerRow) -> None:
        decided = f"{row.decided_on or ''} {row.decided_by}".strip()
        asked = str(row.asked_on) if row.asked_on else tr("with the next workbook")
        facts = (
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
        lines = tuple((caption, value, "") for caption, value in facts if value)
        self._column.box.addLayout(_grid(lines))


def _grid(lines: tuple[tuple[str, str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(4))
    for place, (caption, words, role) in enumerate(lines):
        grid.addWidget(label(caption, "caption"), place, 0, theme.TOP)
        grid.addWidget(selectable(words, role), place, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _one(wanted: int, connection: Connection) -> AnswerRow | None:
    return next(iter(answer_rows(connection, [wanted])), None)
