"""Runs in the background: a list is read, compared and scored; it can be stopped at any time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.errors import Cancelled
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.core.watch.edits_runs import Ran, rescore
from ipdesk.core.watch.queries import watch_detail
from ipdesk.core.watch.rows import WatchDetail
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.watch.runform import Given, RunForm, work_of
from ipdesk.ui.widgets.progress import ProgressStrip
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


class Running:
    """Asks for a run, does it, says what it brought and offers to review that."""

    def __init__(self, desk: Desk, parent: QWidget, review: Callable[[int], object]) -> None:
        self._desk, self._parent, self._review = desk, parent, review
        self.progress = ProgressStrip()

    def import_run(self, watch: int, file: Path | None = None) -> None:
        """Ask for the list of a run; it is read in the background and can be stopped."""
        if self._busy():
            return
        question = partial(_detail, watch, self._desk.today())
        show = partial(self._ask, file)
        self._desk.worker.read(question, show, partial(tell, self._desk))

    def _ask(self, file: Path | None, detail: WatchDetail | None) -> None:
        if detail is not None:
            start = partial(self.start, detail.row.id)
            RunForm(self._desk, self._parent, detail, start, file).open()

    def start(self, watch: int, given: Given) -> None:
        """Record a run."""
        work = work_of(watch, given, self._desk.today())
        name = given.file.name if given.file else ""
        words = tr("Reading {file}…", file=name) if name else tr("Recording the run…")
        self._begin(work, partial(self._show_ran, watch), words)

    def score_again(self, watch: int) -> None:
        """Work out the relevance of all hits of a watch again."""
        if self._busy():
            return
        work = partial(_rescored, watch, self._desk.today())
        self._begin(work, lambda _c: self._desk.say(tr("Scored."), Kind.DONE), tr("Scoring…"))

    def _busy(self) -> bool:
        if self.progress.running:
            self._desk.say(tr("A run is being read already."))
        return self.progress.running

    def _begin(
        self, work: Callable[[Database, Task], Any], done: Callable[[Any], object], words: str
    ) -> None:
        def finished(result: Any) -> None:
            self.progress.end()
            done(result)

        def broke(error: Exception) -> None:
            self.progress.end()
            if isinstance(error, Cancelled):
                self._desk.say(tr("Stopped. Nothing was written."))
            else:
                tell(self._desk, error)

        task = self._desk.worker.long_edit(work, finished, broke, self.progress.advance)
        self.progress.begin(task, words)

    def _show_ran(self, watch: int, ran: Ran) -> None:
        done = ran.done
        if done.failed:
            words = tr("The run failed and was recorded: see its reason among the runs.")
            self._desk.say(words, Kind.PROBLEM)
            return
        words = tr(
            "{hits} hits, {families} families: {new} new, {changed} changed, {known} known.",
            hits=done.hits, families=done.families, new=done.new, changed=done.changed,
            known=done.known,
        )  # fmt: skip
        if done.missing:
            words += " " + tr("Not found: {numbers}", numbers=", ".join(done.missing))
        n = done.new + done.changed
        review = (ntr("Review {n} family", "Review {n} families", n), partial(self._review, watch))
        kind = Kind.PROBLEM if done.missing or not done.hits else Kind.DONE
        self._desk.say(words, kind, review if n else None)


def _detail(watch: int, today: date, connection: Connection) -> WatchDetail | None:
    return watch_detail(connection, watch, today)


def _rescored(watch: int, today: date, database: Database, task: Task) -> Any:
    said = say("Comparing with our own matters…")
    return rescore(database, watch, today, lambda done, total: task.report(done, total, said))
