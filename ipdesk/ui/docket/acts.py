"""What people do with deadlines: submitted, confirmed, not applicable, reopened, assigned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.change import Change
from ipdesk.base.i18n import ntr, tr
from ipdesk.core.docket import edits
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.setting import docket_for
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import day_editor, line_editor

Act = Callable[[Database, Docket], Any]


def law_of(database: Database, today: date) -> Docket:
    """In a worker's thread: the law as this company uses it."""
    with database.read() as connection:
        return docket_for(connection, today)


class DeadlineActs:
    """Asks for what an act needs, does it in the writer's lane, says it with an undo."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._parent = parent

    def submit(self, ids: Sequence[int]) -> None:
        """We did it; the office has not confirmed."""
        asked = (
            Asked("on", tr("Submitted on"), day_editor(), self._desk.today(), needed=True),
            Asked("receipt", tr("Receipt number"), line_editor()),
        )
        self._ask(
            ids,
            tr("Mark as submitted"),
            tr("It stays amber until the office's confirmation is seen."),
            asked,
            tr("Mark as submitted"),
            lambda v, d, law: edits.submit(d, law, ids, v["on"], v["receipt"]),
        )

    def confirm(self, ids: Sequence[int]) -> None:
        """The office's confirmation was seen."""
        asked = (Asked("on", tr("Confirmed on"), day_editor(), self._desk.today(), needed=True),)
        self._ask(
            ids,
            tr("Mark as confirmed"),
            tr("Only when the office's receipt or register shows it."),
            asked,
            tr("Mark as confirmed"),
            lambda v, d, law: edits.confirm(d, law, ids, v["on"]),
        )

    def set_aside(self, ids: Sequence[int]) -> None:
        """It does not apply, for a reason."""
        hint = tr("e.g. not continued, decision of the board 2026-05-12")
        asked = (Asked("reason", tr("Reason"), line_editor(hint), needed=True),)
        self._ask(
            ids,
            tr("Not applicable"),
            tr("The deadline leaves the list; the reason stays in the history."),
            asked,
            tr("Mark as not applicable"),
            lambda v, d, law: edits.set_aside(d, law, ids, v["reason"]),
        )

    def assign(self, ids: Sequence[int], person: str = "") -> None:
        """Somebody answers for it."""
        asked = (Asked("person", tr("Person"), line_editor(), person),)
        self._ask(
            ids,
            tr("Who answers for this?"),
            "",
            asked,
            tr("Assign"),
            lambda v, d, law: edits.assign(d, law, ids, v["person"]),
        )

    def reopen(self, ids: Sequence[int]) -> None:
        """Take back what was said of it."""
        self._run(ids, lambda d, law: edits.reopen(d, law, ids))

    def _ask(
        self,
        ids: Sequence[int],
        title: str,
        text: str,
        asked: Sequence[Asked],
        doing: str,
        act: Callable[[dict[str, Any], Database, Docket], Change],
    ) -> None:
        if not ids:
            self._desk.say(tr("Select a deadline first."))
            return
        n = len(ids)
        words = text if n == 1 else f"{ntr('{n} deadline.', '{n} deadlines.', n)} {text}".strip()
        Asking(
            self._parent,
            title,
            words,
            asked,
            doing,
            lambda values: self._run(ids, partial(act, values)),
        ).open()

    def _run(self, ids: Sequence[int], act: Act) -> None:
        if not ids:
            self._desk.say(tr("Select a deadline first."))
            return
        run_edit(self._desk, act, tr("Done."))


def run_edit(desk: Desk, act: Act, said: str, then: Callable[[Any], object] | None = None) -> None:
    """Do an edit that needs the law; afterwards say so, with a way to undo it."""
    today = desk.today()

    def work(database: Database) -> Any:
        return act(database, law_of(database, today))

    def done(result: Any) -> None:
        if said:
            desk.say(said, Kind.DONE, (tr("Undo"), partial(desk.do, "undo")))
        if then is not None:
            then(result)

    desk.worker.edit(work, done, partial(tell, desk))
