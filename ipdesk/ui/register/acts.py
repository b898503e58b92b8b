"""What is done with differences: take the register's value, keep ours, look again, import."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ipdesk.base.i18n import ntr, say, tr
from ipdesk.core.docket.following import Followed, reached_words
from ipdesk.core.intake.foreseeing import Foreseen
from ipdesk.core.intake.register import edits
from ipdesk.core.intake.register.bringing import ToImport, to_import
from ipdesk.ui.desk import Place
from ipdesk.ui.docket.acts import law_of, run_edit
from ipdesk.ui.docket.effect_view import moved_words
from ipdesk.ui.intake.filestep import SUFFIXES
from ipdesk.ui.longacts import LongActs
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import line_editor
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.store.database import Database

FORESEEN = 200  # more differences than this are taken without listing what follows


class RegisterActs(LongActs):
    """Asks for what an act needs, does it off the GUI thread, says it with an undo."""

    # ------------------------------------------------------------------ differences

    def accept(self, ids: Sequence[int]) -> None:
        """Take the register's values; where deadlines follow, they are shown first."""
        if not ids:
            self._desk.say(tr("Select a difference first."))
            return
        if len(ids) > FORESEEN:
            words = tr("Deadlines are computed again. One undo takes all of it back.")
            self._confirm(ids, words)
            return
        today = self._desk.today()

        def trial(database: Database, task: Task) -> Foreseen:
            return edits.foresee(database, law_of(database, today), ids, task.report)

        self._run(trial, partial(self._weigh, ids), say("Looking at what follows…"))

    def _weigh(self, ids: Sequence[int], effects: Foreseen) -> None:
        if not effects:
            self._take(ids)
            return
        self._confirm(ids, effect_words(effects))

    def _confirm(self, ids: Sequence[int], words: str) -> None:
        n = len(ids)
        doing = ntr("Take {n:,} value", "Take {n:,} values", n)
        title = tr("Take the register's values?") if n > 1 else tr("Take the register's value?")
        self.asking = Asking(self._over, title, words, (), doing, lambda _v: self._take(ids))
        self.asking.open()

    def _take(self, ids: Sequence[int]) -> None:
        today = self._desk.today()

        def work(database: Database, task: Task) -> Followed:
            return edits.accept(database, law_of(database, today), ids, task.report)

        self._run(work, partial(self._taken, len(ids)), say("Taking the register's values…"))

    def _taken(self, n: int, done: Followed) -> None:
        text = ntr("{n:,} value taken from the register.", "{n:,} values taken.", n)
        if done.reached:
            text = f"{text} {reached_words(done.reached)}"
        self._desk.say(text, Kind.DONE, (tr("Undo"), partial(self._desk.do, "undo")))

    def dismiss(self, ids: Sequence[int], *, lacks: bool = False) -> None:
        """Ours stays, for a reason."""
        if not ids:
            self._desk.say(tr("Select a difference first."))
            return
        act = edits.dismiss_lacks if lacks else edits.dismiss
        hint = tr("e.g. the filing receipt says otherwise")
        words = tr("It stays silent until the register tells another value.")
        self.asking = Asking(
            self._over,
            tr("Keep our side") if lacks else tr("Keep our value"),
            tr("It leaves the list; the reason stays.") if lacks else words,
            (Asked("reason", tr("Reason"), line_editor(hint), needed=True),),
            ntr("Dismiss {n:,}", "Dismiss {n:,}", len(ids)),
            lambda v: run_edit(
                self._desk, lambda d, law: act(d, law, ids, v["reason"]), tr("Dismissed.")
            ),
        )
        self.asking.open()

    def reopen(self, ids: Sequence[int], *, lacks: bool = False) -> None:
        """Look at them again."""
        if not ids:
            self._desk.say(tr("Select a difference first."))
            return
        act = edits.reopen_lacks if lacks else edits.reopen
        run_edit(self._desk, lambda d, law: act(d, law, ids), tr("Open again."))

    # ------------------------------------------------------------------ files

    def choose_file(self) -> None:
        """A file goes through the door of every list, but is only compared."""
        kinds = f"{tr('Lists')} ({SUFFIXES});;{tr('All files')} (*)"
        name, _kind = QFileDialog.getOpenFileName(
            self._over, tr("Compare with a register"), "", kinds
        )
        if name:
            self._desk.go(Place.at("import", name, use="register"))

    def bring_in(self, ids: Sequence[int]) -> None:
        """Import records that are not here, through the usual preview."""
        if not ids:
            self._desk.say(tr("Select a record first."))
            return
        question = partial(_asked, tuple(ids))
        self._desk.worker.read(question, self._open_import, partial(tell, self._desk))

    def _open_import(self, found: ToImport) -> None:
        filters = (("only", found.rows),) if found.rows else ()
        self._desk.go(Place("import", str(found.path), filters))
        if found.said is not None:
            self._desk.say(found.said)


def _asked(ids: tuple[int, ...], connection: Connection) -> ToImport:
    return to_import(connection, ids)


def effect_words(found: Foreseen) -> str:
    """What follows, a line a deadline; the rest is counted, other matters are named."""
    shown = moved_words({**found.here, **found.reached})
    if found.reached:
        shown.insert(0, reached_words(list(found.reached)))
    return "\n".join([tr("What follows from it:"), *shown])
