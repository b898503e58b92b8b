"""What is done with agents: a workbook made, one read back, answers taken, queried or left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from ipdesk.base.i18n import ntr, say, tr
from ipdesk.core.docket.following import Followed, reached_words
from ipdesk.core.intake.agents import edits
from ipdesk.core.intake.agents.comparing import ADDED
from ipdesk.core.intake.agents.gathering import HORIZON
from ipdesk.core.intake.agents.making import Made, make_workbook
from ipdesk.core.intake.agents.model import NEW_MATTER, AnswerRow
from ipdesk.core.intake.agents.queries import answer_rows
from ipdesk.core.intake.agents.returning import KeptAnswers, ReadBack, keep_answers, read_back
from ipdesk.core.intake.foreseeing import Foreseen
from ipdesk.core.intake.reader import take_apart
from ipdesk.ui.agents.sources import answered_words
from ipdesk.ui.docket.acts import law_of, run_edit
from ipdesk.ui.longacts import LongActs
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.register.acts import FORESEEN, effect_words
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import choice_editor, line_editor, number_editor, text_editor
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from ipdesk.store.database import Database

_SHOWN = 6
_FILES = "*.xlsx *.xlsm *.xls *.ods *.csv *.et"


Weighed = tuple[Foreseen, list[AnswerRow]]  # what follows, and matters that are added


def added_words(rows: Sequence[AnswerRow]) -> str:
    """The matters that would be added, each with what the checks of lists say of it."""
    lines = [tr("Added to the portfolio, with unchecked dates:")]
    for row in rows[:_SHOWN]:
        lines.append(answered_words(row))
        lines += [f"◇ {remark}" for remark in row.remarks]
    more = len(rows) - _SHOWN
    if more > 0:
        lines.append(ntr("and {n:,} more", "and {n:,} more", more))
    return "\n".join(lines)


class AgentActs(LongActs):
    """Asks for what an act needs, does it off the GUI thread, says it with an undo."""

    read = Signal()  # a workbook came back and was kept

    # ------------------------------------------------------------------ workbooks

    def make(self, names: Sequence[str], chosen: str = "") -> None:
        """Ask for whom and in which language, then where to."""
        if not names:
            self._desk.say(tr("No live matter has an agent. Put one on a matter first."))
            return
        languages = [("both", tr("Both")), ("zh_CN", "中文"), ("en", "English")]
        first = chosen if chosen in names else names[0]
        kept = self._desk.memory.get("agents.headers", "both")
        asked = (
            Asked("agent", tr("Agency"), choice_editor([(n, n) for n in names]), first),
            Asked("language", tr("Headers"), choice_editor(languages), kept),
            Asked("days", tr("Deadlines within days"), number_editor(), HORIZON, needed=True),
        )
        self.asking = Asking(
            self._over,
            tr("Make a workbook for an agent"),
            tr(
                "Their matters, open deadlines and our questions; what they may fill in is light, "
                "the rest is protected."
            ),
            asked,
            tr("Choose where to…"),
            self._where,
        )
        self.asking.open()

    def _where(self, values: dict[str, Any]) -> None:
        self._desk.memory.put("agents.headers", values["language"])
        name = "".join(c for c in values["agent"] if c.isalnum() or c in " -_")[:40].strip()
        suggested = f"{name}-{self._desk.today().isoformat()}.xlsx"
        title = tr("Make a workbook for an agent")
        chosen, _kind = QFileDialog.getSaveFileName(self._over, title, suggested, "Excel (*.xlsx)")
        if chosen:
            path = Path(chosen)
            path = path if path.suffix else path.with_suffix(".xlsx")
            self.write(path, values["agent"], values["language"], int(values["days"]))

    def write(self, path: Path, agent: str, language: str, days: int) -> None:
        """Write the workbook and remember what it says."""
        company, today = self._desk.settings.values.company, self._desk.today()

        def work(database: Database) -> Made:
            return make_workbook(
                database, agent, path, today, language=language, company=company, horizon=days
            )

        self._desk.worker.edit(work, self._made, partial(tell, self._desk))

    def _made(self, made: Made) -> None:
        text = tr(
            "{file}: {matters} matters, {deadlines} deadlines and {queries} questions for {agent}.",
            file=made.file,
            matters=made.matters,
            deadlines=made.deadlines,
            queries=made.queries,
            agent=made.agent,
        )
        self._desk.say(text, Kind.DONE)

    def choose_file(self) -> None:
        """A workbook that came back."""
        kinds = f"{tr('Workbooks')} ({_FILES});;{tr('All files')} (*)"
        name, _kind = QFileDialog.getOpenFileName(self._over, tr("Read an answer"), "", kinds)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Read it in the background and keep what it says otherwise."""
        database = self._desk.worker.database

        def work(task: Task) -> ReadBack:
            raw = take_apart(path, progress=task.report, cancelled=lambda: task.cancelled)
            task.check()
            with database().read() as connection:
                return read_back(connection, raw)

        task = self._desk.worker.job(
            work, self._keep, self._stopped, self.advanced.emit, key="answer"
        )
        self.began.emit(task, say("Reading {file}…", file=path.name))

    def _keep(self, found: ReadBack) -> None:
        today = self._desk.today()
        self._desk.worker.edit(
            lambda d: keep_answers(d, found, today), partial(self._kept, found), self._stopped
        )

    def _kept(self, found: ReadBack, kept: KeptAnswers) -> None:
        self.ended.emit()
        back = found.returned
        parts = [
            tr("{file} of {agent} was read.", file=found.file, agent=found.agent),
            ntr("{n:,} cell differs.", "{n:,} cells differ.", len(back.answers)),
        ]
        if not (kept.new or kept.changed or kept.settled):
            parts.append(tr("Nothing in it is new."))
        if back.missing:
            n = back.missing
            parts.append(ntr("{n:,} row did not come back.", "{n:,} rows did not come back.", n))
        if back.agreed:
            n = back.agreed
            text = ntr("{n:,} cell agrees with us by now.", "{n:,} cells agree with us by now.", n)
            parts.append(text)
        text = " ".join(parts)
        self._desk.say(text, Kind.DONE)
        self.read.emit()

    # ------------------------------------------------------------------ answers

    def accept(self, ids: Sequence[int]) -> None:
        """Take answers; where deadlines follow, they are shown first."""
        if self._none(ids):
            return
        today = self._desk.today()

        def trial(database: Database, task: Task) -> Weighed:
            effects = edits.foresee(database, law_of(database, today), ids, task.report)
            with database.read() as connection:
                rows = answer_rows(connection, ids)
            return effects, [r for r in rows if r.kind == NEW_MATTER and r.field == ADDED]

        if len(ids) > FORESEEN:
            self._confirm(ids, tr("Deadlines are computed again. One undo takes all of it back."))
            return
        self._run(trial, partial(self._weigh, ids), say("Looking at what follows…"))

    def _weigh(self, ids: Sequence[int], found: Weighed) -> None:
        effects, added = found
        if effects or added:
            parts = [added_words(added)] if added else []
            parts += [effect_words(effects)] if effects else []
            self._confirm(ids, "\n\n".join(parts))
        else:
            self._take(ids)

    def _confirm(self, ids: Sequence[int], words: str) -> None:
        n = len(ids)
        self.asking = Asking(
            self._over,
            ntr("Take the agent's answer?", "Take the agent's answers?", n),
            words,
            (),
            ntr("Take {n:,} answer", "Take {n:,} answers", n),
            lambda _v: self._take(ids),
        )
        self.asking.open()

    def _take(self, ids: Sequence[int]) -> None:
        today = self._desk.today()

        def work(database: Database, task: Task) -> Followed:
            return edits.accept(database, law_of(database, today), ids, task.report)

        self._run(work, self._taken, say("Taking the agent's answers…"))

    def _taken(self, done: Followed) -> None:
        text = " ".join([tr("Taken."), *([reached_words(done.reached)] if done.reached else [])])
        self._desk.say(text, Kind.DONE, (tr("Undo"), partial(self._desk.do, "undo")))

    def ask(self, matter: int, agent: str) -> None:
        """A question on a matter, without anything that came back."""
        if not agent:
            self._desk.say(tr("This matter has no agent. Put one on it under “People” first."))
            return
        asked = (Asked("text", tr("Question"), text_editor(), needed=True),)
        self.asking = Asking(
            self._over,
            tr("Ask {agent}", agent=agent),
            tr("The question stands in the agent's next workbook until it is answered."),
            asked,
            tr("Keep the question"),
            lambda v: run_edit(
                self._desk,
                lambda d, law: edits.ask(d, law, agent, matter, v["text"]),
                tr("It goes out with the next workbook."),
            ),
        )
        self.asking.open()

    def query(self, ids: Sequence[int]) -> None:
        """Ask the agent; the question goes into the next workbook."""
        asked = (Asked("text", tr("Question"), text_editor(), needed=True),)
        self._ask(
            ids,
            tr("Query this answer"),
            tr("The question stands in the agent's next workbook until it is answered."),
            asked,
            tr("Keep the question"),
            lambda v, d, law: edits.query(d, law, ids, v["text"]),
        )

    def dismiss(self, ids: Sequence[int]) -> None:
        """Ours stays, for a reason."""
        asked = (Asked("text", tr("Reason"), line_editor(), needed=True),)
        self._ask(
            ids,
            tr("Leave ours"),
            tr("It leaves the list; the reason stays."),
            asked,
            ntr("Dismiss {n:,}", "Dismiss {n:,}", len(ids)),
            lambda v, d, law: edits.dismiss(d, law, ids, v["text"]),
        )

    def reopen(self, ids: Sequence[int]) -> None:
        """Look at them again."""
        if not self._none(ids):
            run_edit(self._desk, lambda d, law: edits.reopen(d, law, ids), tr("Open again."))

    def _ask(
        self,
        ids: Sequence[int],
        title: str,
        text: str,
        asked: tuple[Asked, ...],
        doing: str,
        act: Callable[..., Any],
    ) -> None:
        if self._none(ids):
            return
        self.asking = Asking(
            self._over,
            title,
            text,
            asked,
            doing,
            lambda v: run_edit(self._desk, partial(act, v), tr("Done.")),
        )
        self.asking.open()

    def _none(self, ids: Sequence[int]) -> bool:
        if not ids:
            self._desk.say(tr("Select an answer first."))
        return not ids
