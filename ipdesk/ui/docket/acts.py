"""What people do with deadlines: submitted, confirmed, not applicable, reopened, assigned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.change import Change
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Bilingual, captioned, ntr, tr
from ipdesk.core.docket import deadline_edits
from ipdesk.core.docket.deadline_edits import Extension
from ipdesk.core.docket.queries import people_responsible
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.core.docket.setting import docket_for
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import day_editor, line_editor, number_editor
from ipdesk.ui.work import alive

Act = Callable[[Database, Docket], Any]


_MOST = 6  # lines of a preview


def extension_words(found: Extension) -> str:
    """The day that an extension gives, and whose word it is."""
    row = found.row
    source = tr("by the law's own rule") if found.by_law else tr("as granted")
    said = captioned(f"{row.reference}  {row.name}", f"{row.due} → {found.due}")
    return f"{said} · {source}"


def law_of(database: Database, today: date) -> Docket:
    """In a worker's thread: the law as this company uses it."""
    with database.read() as connection:
        return docket_for(connection, today)


class DeadlineActs:
    """Asks for what an act needs, does it in the writer's lane, says it with an undo."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._parent = parent
        self.about = ""  # the one deadline in sight, told in the dialogs

    def submit(self, ids: Sequence[int]) -> None:
        """We did it; the office has not confirmed."""
        asked = (
            Asked("on", tr("Submitted on"), day_editor(), self._desk.today(), needed=True),
            Asked("by", tr("Submitted by"), line_editor(tr("you; or the agent's name"))),
            Asked("receipt", tr("Receipt number"), line_editor()),
        )
        self._ask(
            ids,
            tr("Mark as submitted"),
            tr("It stays amber until the office's confirmation is seen."),
            asked,
            tr("Mark as submitted"),
            tr("Marked as submitted."),
            lambda v, d, law: deadline_edits.submit(d, law, ids, v["on"], v["receipt"], v["by"]),
        )

    def confirm(self, ids: Sequence[int]) -> None:
        """The office's confirmation was seen."""
        asked = (
            Asked("on", tr("Confirmed on"), day_editor(), self._desk.today(), needed=True),
            Asked("receipt", tr("Receipt number"), line_editor()),
        )
        self._ask(
            ids,
            tr("Mark as confirmed"),
            tr("Only when the office's receipt or register shows it."),
            asked,
            tr("Mark as confirmed"),
            tr("Marked as confirmed."),
            lambda v, d, law: deadline_edits.confirm(d, law, ids, v["on"], v["receipt"]),
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
            tr("Marked as not applicable."),
            lambda v, d, law: deadline_edits.set_aside(d, law, ids, v["reason"]),
        )

    def assign(self, ids: Sequence[int], person: str = "") -> None:
        """Somebody answers for it; those who do for other dates are proposed."""
        then = partial(self._ask_person, ids, person)
        self._desk.worker.read(people_responsible, then, partial(tell, self._desk))

    def _ask_person(self, ids: Sequence[int], person: str, people: Sequence[str]) -> None:
        hint = ", ".join(people[:_MOST])
        asked = (Asked("person", tr("Person"), line_editor(hint, people), person),)
        self._ask(
            ids,
            tr("Who answers for this?"),
            "",
            asked,
            tr("Assign"),
            tr("Assigned."),
            lambda v, d, law: deadline_edits.assign(d, law, ids, v["person"]),
        )

    def extend(self, ids: Sequence[int]) -> None:
        """The office granted more time: so many months, or a day."""
        asked = (
            Asked("months", tr("Months granted"), number_editor(1), 1),
            Asked("day", tr("or until the day"), day_editor()),
            Asked("reason", tr("Granted by, why"), line_editor(tr("e.g. notice of 2026-05-12"))),
        )
        text = tr("Counted in one step from the original start, within the ceiling of the law.")
        self._ask(
            ids,
            tr("Extended"),
            text,
            asked,
            tr("Extend"),
            tr("Extended."),
            lambda v, d, law: deadline_edits.extend(
                d, law, ids, v["months"], v["day"], v["reason"]
            ),
            lambda v, d, law: deadline_edits.preview_extension(d, law, ids, v["months"], v["day"]),
        )

    def verify(self, ids: Sequence[int]) -> None:
        """A person compared the dates with their documents."""
        self._run(ids, lambda d, law: deadline_edits.verify(d, law, ids), tr("Marked as checked."))

    def add(self, matter: int) -> None:
        """A date that no rule gives."""
        asked = (
            Asked("label", tr("What is due"), line_editor(), needed=True),
            Asked("due", tr("Due"), day_editor(), needed=True),
            Asked("person", tr("Person"), line_editor()),
            Asked("note", tr("Note"), line_editor()),
        )
        dialog = Asking(
            self._parent,
            tr("Deadline by hand"),
            tr("It is kept as typed; no computation changes it."),
            asked,
            tr("Add the deadline"),
            lambda v: run_from(
                dialog,
                self._desk,
                lambda d, law: deadline_edits.add_manual(
                    d, law, matter, Bilingual(v["label"], ""), v["due"],
                    responsible=v["person"], note=v["note"],
                ),
                tr("Added."),
            ),
            stays=True,
        )  # fmt: skip
        dialog.open()

    def remove(self, row: DeadlineRow) -> None:
        """A date typed by hand goes; undo brings it back."""
        self._run(
            [row.id], lambda d, law: deadline_edits.remove_manual(d, law, row.id), tr("Deleted.")
        )

    def reopen(self, ids: Sequence[int]) -> None:
        """Take back what was said of it."""
        self._run(ids, lambda d, law: deadline_edits.reopen(d, law, ids), tr("Reopened."))

    def _ask(
        self,
        ids: Sequence[int],
        title: str,
        text: str,
        asked: Sequence[Asked],
        doing: str,
        said: str,
        act: Callable[[dict[str, Any], Database, Docket], Change],
        trial: Callable[[dict[str, Any], Database, Docket], Sequence[Extension]] | None = None,
    ) -> None:
        if not ids:
            self._desk.say(tr("Select a deadline first."))
            return
        n = len(ids)
        about = self.about if n == 1 else ntr("{n} deadline.", "{n} deadlines.", n)
        words = "\n".join(part for part in (about, text) if part)
        dialog = Asking(
            self._parent,
            title,
            words,
            asked,
            doing,
            lambda values: run_from(dialog, self._desk, partial(act, values), said),
            stays=True,
        )
        if trial is not None:
            dialog.foretell(partial(self._foretell, trial))
        dialog.open()

    def _foretell(
        self,
        trial: Callable[[dict[str, Any], Database, Docket], Sequence[Extension]],
        values: dict[str, Any],
        tell: Callable[[str], object],
    ) -> None:
        """What the values would give, in the dialog, as one types."""
        today = self._desk.today()

        def say_if_open(words: str) -> None:
            if alive(tell):
                tell(words)

        self._desk.worker.edit(
            lambda d: trial(values, d, law_of(d, today)),
            lambda found: say_if_open("\n".join(extension_words(e) for e in found[:_MOST])),
            lambda error: say_if_open(str(error)),
        )

    def _run(self, ids: Sequence[int], act: Act, said: str) -> None:
        if not ids:
            self._desk.say(tr("Select a deadline first."))
            return
        run_edit(self._desk, act, said)


def run_from(
    dialog: Asking,
    desk: Desk,
    act: Act,
    said: str,
    then: Callable[[Any], object] = lambda _made: None,
) -> None:
    """Do an edit that a dialog asked for: it closes when all went well, else it says why not."""

    def done(made: Any) -> None:
        if alive(dialog.accept):
            dialog.accept()
        then(made)

    def failed(error: Exception) -> None:
        if isinstance(error, IpdeskError) and alive(dialog.refuse):
            dialog.refuse(str(error))
        else:
            tell(desk, error)

    run_edit(desk, act, said, done, failed)


def run_edit(
    desk: Desk,
    act: Act,
    said: str,
    then: Callable[[Any], object] | None = None,
    failed: Callable[[Exception], object] | None = None,
) -> None:
    """Do an edit that needs the law; afterwards say so, with a way to undo it.

    An error is said in the message bar unless *failed* hears it.
    """
    today = desk.today()

    def work(database: Database) -> Any:
        return act(database, law_of(database, today))

    def done(result: Any) -> None:
        if said:
            desk.say(said, Kind.DONE, (tr("Undo"), partial(desk.do, "undo")))
        if then is not None:
            then(result)

    desk.worker.edit(work, done, failed or partial(tell, desk))
