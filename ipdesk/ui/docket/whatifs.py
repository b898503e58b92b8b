"""What would make a date different: the questions worth asking of it, each with its answer."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.core.docket.holdings import as_case, load
from ipdesk.core.docket.reckoning import key_of, national_phases
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.docket.whatif import Answer, Difference, answers_of
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.later import LaterPart
from ipdesk.ui.widgets.labels import label, selectable

if TYPE_CHECKING:
    from sqlalchemy import Connection


class WhatIfs(LaterPart):
    """A question and its answer, line after line; nothing where none is worth asking."""

    def __init__(self, desk: Desk, row: DeadlineRow) -> None:
        super().__init__(desk, tr("What would change it"), partial(_answers, row, desk.today()))

    def lines(self, answers: tuple[Answer, ...]) -> list[QWidget]:
        told: list[QWidget] = []
        for one in answers:
            told += [label(one.question, "muted", wrap=True), selectable(answer_words(one))]
        return told


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
