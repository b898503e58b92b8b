"""What would make a date different: the questions worth asking of it, each with its answer."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.core.docket.holdings import as_case, load
from ipdesk.core.docket.reckoning import key_of, national_phases
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.docket.whatif import Answer, Difference, answers_of
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.labels import hairline, label, selectable

if TYPE_CHECKING:
    from sqlalchemy import Connection


class WhatIfs(QWidget):
    """A line a question; nothing where none is worth asking."""

    def __init__(self, desk: Desk, row: DeadlineRow) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.hide()
        question = partial(_answers, row, desk.today())
        desk.worker.read(question, self._show, partial(tell, desk))

    def _show(self, answers: tuple[Answer, ...]) -> None:
        if not answers:
            return
        self._column.addWidget(hairline())
        self._column.addWidget(label(tr("What would change it"), "section"))
        for one in answers:
            self._column.addWidget(label(one.question, "muted", wrap=True))
            self._column.addWidget(selectable(answer_words(one)))
        self.show()


def answer_words(answer: Answer) -> str:
    """What becomes of the date, and how many others move with it."""
    words = [moved_words(answer.here, named=False) if answer.here else tr("This date stays.")]
    if answer.others:
        words.append(ntr("{n} other date moves.", "{n} other dates move.", answer.others))
    return "  ".join(words)


def moved_words(one: Difference, *, named: bool = True) -> str:
    """What becomes of one date, in one line."""
    name = f"{one.label} ({one.n})" if one.n else str(one.label)
    if one.before is None:
        words = tr("new, {day}", day=one.due)
    elif one.after is None:
        words = tr("{day} goes", day=one.due)
    elif one.before.due == one.after.due:
        words = tr("{day} stays, other details change", day=one.due)
    else:
        days = one.days or 0
        moved = f"{'+' if days > 0 else '−'}{abs(days)}"
        words = tr(
            "{before} → {after} ({days} d)",
            before=one.before.due, after=one.after.due, days=moved,
        )  # fmt: skip
    return tr("{name}: {words}", name=name, words=words) if named else words


def _answers(row: DeadlineRow, today: date, connection: Connection) -> tuple[Answer, ...]:
    docket = docket_for(connection, today)
    key = (row.rule, row.n or 0, row.event_id or 0)
    found = load(connection, [row.matter_id])
    if not found:
        return ()
    return answers_of(
        as_case(found[0]),
        lambda d: key_of(d) == key,
        docket.law,
        docket.calendars,
        lambda case: national_phases(found[0], case, docket),
    )
