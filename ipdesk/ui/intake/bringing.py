"""One import on its way, from the file to the result; it outlives the page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import IntEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from ipdesk.base.errors import Cancelled, IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.core.intake.edits import Imported, forget_mapping
from ipdesk.core.intake.model import MatterDraft
from ipdesk.core.intake.plan import Verdict
from ipdesk.core.intake.register.keeping import Kept
from ipdesk.core.intake.register.looking import Comparison
from ipdesk.ui.desk import Desk
from ipdesk.ui.intake.choices import (
    Choices,
    SheetChoice,
    first_choices,
    judged_row,
    look_at,
    said_of,
    with_memory,
)
from ipdesk.ui.intake.choosing import Choosing
from ipdesk.ui.intake.lanes import (
    Opened,
    carried,
    fetched,
    planned,
    refused_written,
    register_compared,
    register_kept,
    row_planned,
    taken_apart,
)
from ipdesk.ui.intake.preview import Preview, moved, row_words
from ipdesk.ui.page import tell
from ipdesk.ui.work import Task

WHOLE_UP_TO = 3000  # rows: a list of this size is read and compared again as a whole


class Step(IntEnum):
    """The steps in their order."""

    FILE = 0
    COLUMNS = 1
    PREVIEW = 2
    RESULT = 3


class Bringing(Choosing):
    """Holds what was chosen and does the work off the GUI thread; the steps only show it."""

    stepped = Signal()  # another step, or its content is new
    began = Signal(object, object)  # Task and Message: long work starts
    advanced = Signal(float, str)
    ended = Signal()  # no long work any more
    looked = Signal(object)  # SheetLook
    previewed = Signal()  # the preview is new
    judged = Signal(object)  # the row that is being typed, read again
    compared = Signal(object, object)  # Comparison and Kept: the file was only compared

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.whole_up_to = WHOLE_UP_TO
        self.forget()

    def forget(self) -> None:
        """Nothing is on its way."""
        self.step = Step.FILE
        self.path: Path | None = None
        self.register = False  # the file is only compared, not imported
        self.only: frozenset[str] = frozenset()  # rows that are ticked at first, if not all
        self.opened: Opened | None = None
        self.refusal: Message | str | None = None
        self.choices = Choices()
        self.sheet = ""  # in sight in the columns step
        self.choose_anew()
        self._previewed: tuple[object, ...] | None = None
        self.repairs: dict[tuple[str, int, int], str] = {}
        self.imported: Imported | None = None
        self.written = (0, 0)  # new and changed matters
        self.taken_back = False
        self.busy: tuple[Task, Message] | None = None

    # ------------------------------------------------------------------ the file

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.path.name if self.path else ""

    def open(self, path: Path, *, register: bool = False, only: Iterable[str] = ()) -> None:
        """Take a file apart and see what it is; what is being compared or written goes on.

        *register*: it is meant to be compared with; *only*: rows (“12 Sheet1”) ticked at first.
        """
        if self.busy is not None and self.step is not Step.FILE:
            return
        if self.busy is not None:
            self.busy[0].cancel()
        self.forget()
        self.path, self.register, self.only = path, register, frozenset(only)
        work = partial(taken_apart, path, self._desk.worker.database)
        task = self._desk.worker.job(
            work, self._take_file, self._refuse_file, self._advance, key="file"
        )
        self._begin(task, say("Reading {file}…", file=path.name))
        self.stepped.emit()

    @property
    def may_look_up(self) -> bool:
        """Whether the user allowed look-ups by number."""
        return self._desk.settings.values.look_up

    def look_up(self, text: str) -> None:
        """Fetch families by number; what comes is opened as any other list."""
        if self.busy is not None:
            return
        self.forget()
        enabled = self._desk.settings.values.look_up
        work = partial(fetched, text, enabled)
        then, failed = self._take_answer, self._fail
        task = self._desk.worker.job(work, then, failed, self._advance, key="file")
        self._begin(task, say("Asking the EPO…"))
        self.stepped.emit()

    def _take_answer(self, path: Path) -> None:
        self._end()
        self.open(path)

    def _take_file(self, opened: Opened) -> None:
        self._end()
        self.opened = opened
        self.choices = with_memory(first_choices(opened.raw, opened.result), opened.known)
        self.refusal = opened.refusal
        if opened.result is not None or opened.known:
            self.go(Step.COLUMNS)
        else:
            self.stepped.emit()

    def _refuse_file(self, error: Exception) -> None:
        self._end()
        if isinstance(error, IpdeskError) and not isinstance(error, Cancelled):
            self.refusal = error.message
        else:
            tell(self._desk, error)
            self.path = None
        self.stepped.emit()

    @property
    def can_map_by_hand(self) -> bool:
        """Whether a file that was not recognised can still be shown column by column."""
        return self.opened is not None and any(s.columns for s in self.opened.raw.sheets)

    # ------------------------------------------------------------------ going

    def open_steps(self) -> list[Step]:
        """Where one can go now; what was imported is not changed any more."""
        if self.busy is not None:
            return []
        if self.imported is not None:
            return [Step.FILE]
        return [step for step in Step if step <= self.reached()]

    def reached(self) -> Step:
        """How far one may go without writing anything."""
        if self.preview is not None:
            return Step.PREVIEW
        return Step.COLUMNS if self.opened is not None else Step.FILE

    def go(self, step: Step) -> None:
        """Show a step that was reached; going back changes nothing."""
        if step not in self.open_steps():
            return
        if step is Step.PREVIEW and self._previewed != self._asked():
            self.make_preview()
            return
        if self.imported is not None:
            self.forget()
        self.step = step
        if self.step is Step.COLUMNS:
            taken = [s.name for s in self.choices.sheets if s.taken]
            names = [s.name for s in self.choices.sheets]
            self.look(self.sheet or next(iter([*taken, *names])))
        self.stepped.emit()

    # ------------------------------------------------------------------ columns

    def look(self, sheet: str) -> None:
        """Show a sheet in the columns step."""
        self.sheet = sheet
        if self.opened is not None:
            raw, choices = self.opened.raw, self.choices
            work = partial(look_at, raw, choices, sheet)
            self._desk.worker.job(lambda _task: work(), self._show_look, self._say, key="look")

    def _show_look(self, look: object) -> None:
        self.looked.emit(look)

    def choose(self, choice: SheetChoice) -> None:
        """Say something else of a sheet."""
        self.choices = self.choices.put(choice)
        self.look(self.sheet)

    def forget_mapping(self) -> None:
        """Read the columns of this sheet by their words again, now and the next time."""
        known = self.choices.sheet(self.sheet).remembered
        if known is None:
            return
        self.choices = replace(self.choices.put(SheetChoice(self.sheet)), source="")
        work = partial(forget_mapping, headers=known.headers)
        self._desk.worker.edit(work, lambda _change: None, self._say)
        self.look(self.sheet)

    def choose_source(self, source: str) -> None:
        """Read the headers as those of another source."""
        self.choices = replace(self.choices, source=source)
        self.look(self.sheet)

    # ------------------------------------------------------------------ preview

    def make_preview(self) -> None:
        """Read under these choices and compare with the portfolio; nothing is written."""
        if self.opened is None or self.busy is not None:
            return
        if self.preview is not None and self._previewed == self._asked():
            self.go(Step.PREVIEW)
            return
        self._plan(self._arrive, say("Comparing with the portfolio…"))

    def compare_again(self) -> None:
        """The portfolio changed, or a cell was repaired; ticks stay where they are."""
        if self.preview is not None and self.imported is None and self.opened is not None:
            self._plan(self._refresh, say("Checking again…"))

    def _asked(self) -> tuple[object, ...]:
        """All that the preview depends on, beside the portfolio."""
        return self.choices, tuple(self.repairs.items())

    def _plan(self, then: Callable[[Preview], None], words: Message) -> None:
        assert self.opened is not None
        work = partial(
            planned,
            self.opened,
            self.choices,
            dict(self.repairs),
            self._desk.worker.database,
        )
        task = self._desk.worker.job(work, then, self._fail, self._advance, key="plan")
        self._begin(task, words)

    def _arrive(self, preview: Preview) -> None:
        first = self.preview is None
        self._refresh(preview)
        if first and self.only:
            asked = (p for p in preview.open_places if row_words(preview.entry(p)) in self.only)
            self.unticked = set(preview.open_places).difference(asked)
        self.go(Step.PREVIEW)

    def _refresh(self, preview: Preview) -> None:
        self._end()
        if self.preview is not None:
            self.unticked = moved(self.unticked, self.preview, preview)
        self.preview = preview
        self._previewed = self._asked()
        self.previewed.emit()

    # ------------------------------------------------------------------ comparing only

    def compare(self) -> None:
        """Hold the file against the portfolio as a register; no matter is written."""
        if self.opened is None or self.busy is not None:
            return
        work = partial(
            register_compared,
            self.opened,
            self.choices,
            dict(self.repairs),
            self._desk.worker.database,
        )
        task = self._desk.worker.job(work, self._remember, self._fail, self._advance, key="plan")
        self._begin(task, say("Comparing with the portfolio…"))

    def _remember(self, found: Comparison) -> None:
        work = partial(register_kept, found, str(self.path or ""))
        then = partial(self._remembered, found)
        task = self._desk.worker.long_edit(work, then, self._fail, self._advance)
        self._begin(task, say("Keeping what differs…"))

    def _remembered(self, found: Comparison, kept: Kept) -> None:
        self._end()
        self.forget()
        self.stepped.emit()
        self.compared.emit(found, kept)

    # ------------------------------------------------------------------ ticks and repairs

    def try_repair(self, draft: MatterDraft, column: int, text: str) -> None:
        """Check what is being typed into a cell, without taking it."""
        if self.preview is None:
            return
        table = self.preview.tables.get(draft.sheet)
        if table is not None:
            work = partial(judged_row, table, {(draft.sheet, draft.row, column): text}, draft.row)
            self._desk.worker.job(lambda _task: work(), self._judge, self._say, key="row")

    def _judge(self, draft: MatterDraft | None) -> None:
        self.judged.emit(draft)

    def repair(self, draft: MatterDraft, column: int, text: str) -> None:
        """Take a corrected cell and check again; the file itself stays as it is."""
        if self.preview is None or text == self.preview.raw_cell(draft, column):
            return
        self.repairs[(draft.sheet, draft.row, column)] = text
        place = self.preview.alone(draft)
        if place is None or len(self.preview.result.drafts) <= self.whole_up_to:
            self.compare_again()
        else:
            self._plan_row(place)

    def _plan_row(self, place: int) -> None:
        """In a long list one row is planned alone; before writing all is compared once more."""
        assert self.preview is not None
        work = partial(
            row_planned, self.preview, place, dict(self.repairs), self._desk.worker.database
        )
        task = self._desk.worker.job(work, self._refresh, self._fail, key="plan")
        self._begin(task, say("Checking again…"))

    # ------------------------------------------------------------------ writing

    def run(self) -> None:
        """Write what is ticked, in one transaction."""
        if self.preview is None or self.busy is not None:
            return
        left = frozenset(self.unticked)
        new = self.preview.count(Verdict.NEW) - len(
            left.intersection(self.preview.places[Verdict.NEW]) if left else left
        )
        self.written = (new, self.taken - new)
        chosen = self.preview.open_places - left
        today = self._desk.today()
        said = said_of(self.preview.result.raw, self.choices, today)
        work = partial(carried, today, self.preview, chosen, self.wishes, said)
        task = self._desk.worker.long_edit(work, self._done, self._not_done, self._advance)
        self._begin(task, say("Importing {file}…", file=self.file))

    def _done(self, imported: Imported) -> None:
        self._end()
        self.imported = imported
        self.step = Step.RESULT
        self.stepped.emit()

    def _not_done(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._desk.say(say("The import was stopped; nothing was written."))
        else:
            tell(self._desk, error)
            self.compare_again()
        self.stepped.emit()

    def write_refused(self, path: Path, then: Callable[[int], object]) -> None:
        """Refused rows into a workbook that can be corrected and imported again."""
        if self.preview is not None:
            work = partial(refused_written, path, self.preview)
            self._desk.worker.job(lambda _task: work(), then, partial(tell, self._desk))

    # ------------------------------------------------------------------ inside

    def _begin(self, task: Task, words: Message) -> None:
        self.busy = (task, words)
        self.began.emit(task, words)

    def _advance(self, fraction: float, said: str) -> None:
        self.advanced.emit(fraction, said)

    def _end(self) -> None:
        self.busy = None
        self.ended.emit()

    def _say(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._desk.say(say("Stopped; nothing was written."))
        tell(self._desk, error)

    def _fail(self, error: Exception) -> None:
        self._end()
        self._say(error)
        self.stepped.emit()
