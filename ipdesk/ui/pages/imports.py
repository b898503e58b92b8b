"""Import: a list in four steps, each of which can be gone back to; and the imports so far."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from ipdesk.base.change import Topic
from ipdesk.base.i18n import Message, ntr, tr
from ipdesk.core.intake.queries import BatchRow, batches
from ipdesk.core.intake.register.looking import Comparison, summary_words
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.intake.bringing import Bringing, Step
from ipdesk.ui.intake.columnstep import ColumnStep
from ipdesk.ui.intake.filestep import FileStep
from ipdesk.ui.intake.likenames import LikeNames
from ipdesk.ui.intake.previewstep import PreviewStep
from ipdesk.ui.intake.resultstep import ResultStep
from ipdesk.ui.intake.steps import Steps
from ipdesk.ui.intake.takingback import TakingBack
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import Page
from ipdesk.ui.widgets.buttons import action, button, button_of
from ipdesk.ui.widgets.labels import Shortened
from ipdesk.ui.widgets.progress import ProgressStrip
from ipdesk.ui.work import Task

_SHOWN_BY_ID = 3000  # more matters than this are shown as the whole portfolio


class ImportPage(Page):
    """Shows the import on its way; the import itself outlives the page."""

    topics = frozenset({Topic.IMPORTS, Topic.MATTERS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "import", tr("Import"))
        self.steps = Steps()
        self.steps.wanted.connect(self._go)
        self.head.add(self.steps)
        self.setAcceptDrops(True)
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        self.progress = ProgressStrip()
        self.forward = action(self, tr("Continue"), self.go_on, shortcut="Ctrl+Return")
        self.back = action(self, tr("Back a step"), self.go_back, icon="arrow-left")
        self.compare = action(
            self,
            tr("Compare only"),
            self.compare_only,
            icon="arrows-left-right",
            tip=tr("Hold the file against the portfolio as a register; no matter is written"),
        )
        self._main: QPushButton = button_of(self.forward, role="main")
        self._note = Shortened("", "muted")
        self.body.addWidget(self._foot())
        self.taking_back: TakingBack | None = None
        self._keys_in = Step.FILE
        self._take_up(Bringing(desk))

    def _foot(self) -> QWidget:
        self._foot_line = QWidget()
        row = QHBoxLayout(self._foot_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self._back = button(tr("Back"), self.go_back, icon="arrow-left")
        row.addWidget(self._back)
        row.addWidget(self.progress, 1)
        row.addWidget(self._note, 1)
        self._compare = button_of(self.compare)
        row.addWidget(self._compare)
        row.addWidget(self._main)
        return self._foot_line

    def _take_up(self, bringing: Bringing) -> None:
        """Show an import, the new one or the one that another language left."""
        self.bringing = bringing
        self.file = FileStep(self.desk, bringing)
        self.columns = ColumnStep(self.desk, bringing)
        self.preview = PreviewStep(self.desk, bringing)
        self.result = ResultStep(bringing)
        while (old := self._stack.widget(0)) is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        for step in (self.file, self.columns, self.preview, self.result):
            self._stack.addWidget(step)
        bringing.stepped.connect(self._show)
        bringing.ticked.connect(self._show_foot)
        bringing.previewed.connect(self._show_foot)
        bringing.looked.connect(self._show_foot)
        bringing.began.connect(self._begin)
        bringing.advanced.connect(self.progress.advance)
        bringing.ended.connect(self._end)
        bringing.compared.connect(self._show_comparison)
        self.file.undo_wanted.connect(self._undo_batch)
        self.preview.export_wanted.connect(self.export_refused)
        self.result.export_wanted.connect(self.export_refused)
        self.result.undo_wanted.connect(self.undo_import)
        self.result.names_wanted.connect(self.show_names)
        self.result.matters_wanted.connect(self.show_matters)
        self.result.another_wanted.connect(self.start_again)
        self._show()

    # ------------------------------------------------------------------ places

    def reload(self) -> None:
        self.ask(batches, self._show_batches, key="batches")
        self.file.show_state()
        if self.bringing.step is Step.PREVIEW and self.bringing.busy is None:
            self.bringing.compare_again()

    def visit(self, place: Place) -> None:
        """``argument`` is a file to open; ``use`` register only compares, ``only`` names rows."""
        if isinstance(place.argument, str):
            filters = dict(place.filters)
            register = "register" in filters.get("use", ())
            self.bringing.open(
                Path(place.argument), register=register, only=filters.get("only", ())
            )

    def kept(self) -> Bringing:
        return self.bringing

    def put_back(self, kept: Bringing) -> None:
        self._take_up(kept)
        if kept.busy is not None:
            self._begin(*kept.busy)
        if kept.step is Step.COLUMNS:
            kept.look(kept.sheet)
        if kept.preview is not None:
            self.preview.show_preview()

    def _show_batches(self, found: list[BatchRow]) -> None:
        self.file.show_batches(found)
        imported = self.bringing.imported
        if imported is not None:  # the Edit menu may have taken it back, or brought it again
            self.bringing.taken_back = all(b.id != imported.batch or b.undone for b in found)
            self._show()

    # ------------------------------------------------------------------ going

    def _go(self, step: Step) -> None:
        self.bringing.go(step)
        self._show()

    def go_back(self) -> None:
        """The step before; nothing is lost by it."""
        if self.bringing.step > Step.FILE:
            self.bringing.go(Step(self.bringing.step - 1))

    def go_on(self) -> None:
        """What the main button says."""
        step = self.bringing.step
        if step is Step.FILE:
            self.bringing.go(self.bringing.reached())
        elif step is Step.COLUMNS and self.bringing.register:
            self.bringing.compare()
        elif step is Step.COLUMNS:
            self.bringing.make_preview()
        elif step is Step.PREVIEW:
            self.bringing.run()

    def compare_only(self) -> None:
        """Hold the file against the portfolio; no matter is written."""
        self.bringing.compare()

    def _show_comparison(self, found: Comparison, _kept: object) -> None:
        undo = (tr("Undo"), partial(self.desk.do, "undo"))
        self.desk.say(summary_words(found), Kind.DONE, undo)
        self.desk.go(Place.at("comparison", None, view="differences"))

    def start_again(self) -> None:
        """Forget what was done here and choose another file."""
        self.bringing.forget()
        self._show()

    def _show(self) -> None:
        bringing = self.bringing
        self.steps.mark(bringing.step, bringing.open_steps())
        self._stack.setCurrentIndex(int(bringing.step))
        self.head.count.setText(bringing.file)
        title = tr("Compare with a register") if bringing.register else tr("Import")
        self.head.title.setText(title)
        self.file.show_state()
        if bringing.step is Step.COLUMNS:
            self.columns.show_file()
        elif bringing.step is Step.RESULT and bringing.imported is not None:
            self.result.show_result(bringing.imported)
        self._show_foot()
        self._take_keys(bringing.step)

    def _take_keys(self, step: Step) -> None:
        """The keyboard goes along to a new step: Enter continues, arrows walk the preview."""
        if step is self._keys_in or not self.isVisible():
            return
        self._keys_in = step
        first = {
            Step.COLUMNS: self._main,
            Step.PREVIEW: self.preview.table,
            Step.RESULT: self.result.show_matters,
        }.get(step)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_foot(self, _look: object = None) -> None:
        bringing = self.bringing
        step, busy = bringing.step, bringing.busy is not None
        in_steps = step in (Step.COLUMNS, Step.PREVIEW)
        self._foot_line.setVisible(in_steps or busy)
        self._back.setVisible(in_steps)
        self._main.setVisible(in_steps)
        self._note.setVisible(not busy)
        self._back.setEnabled(not busy)
        self.back.setEnabled(in_steps and not busy)
        if step is Step.PREVIEW:
            n = bringing.taken
            words = ntr("Import {n:,} matter", "Import {n:,} matters", n)
            self._say_next(words if n else tr("Nothing to import"), n > 0 and not busy)
            left = len(bringing.unticked)
            notes = [ntr("{n:,} line left out", "{n:,} lines left out", left)] if left else []
            asked = bringing.asked
            if asked:
                notes.append(
                    ntr(
                        "{n:,} line to answer; it keeps our values until then",
                        "{n:,} lines to answer; they keep our values until then",
                        asked,
                    )
                )
            self._note.put(" · ".join(notes))
        else:
            words = tr("Continue to the preview")
            words = tr("Compare with the portfolio") if bringing.register else words
            taken = any(s.taken for s in bringing.choices.sheets)
            self._say_next(words, in_steps and taken and not busy)
            self._note.put("")
        self._compare.setVisible(in_steps and not bringing.register)
        self.compare.setEnabled(in_steps and not busy)

    def _say_next(self, words: str, enabled: bool) -> None:
        self.forward.setText(words)
        self.forward.setEnabled(enabled)
        self._main.setText(words.replace("&", "&&"))
        self._main.setAccessibleName(words)

    # ------------------------------------------------------------------ long work

    def _begin(self, task: Task, words: Message) -> None:
        self.progress.begin(task, str(words))
        self.steps.mark(self.bringing.step, self.bringing.open_steps())
        self.file.show_state()
        self._show_foot()

    def _end(self) -> None:
        self.progress.end()
        self.steps.mark(self.bringing.step, self.bringing.open_steps())
        self._show_foot()

    # ------------------------------------------------------------------ afterwards

    def undo_import(self) -> None:
        """Take back what was just imported."""
        imported = self.bringing.imported
        if imported is not None and imported.change.action is not None:
            self._take_back(self.bringing.file, imported.change.action)

    def _undo_batch(self, row: BatchRow) -> None:
        if row.action_id is not None:
            self._take_back(row.file, row.action_id)

    def _take_back(self, file: str, action: int) -> None:
        self.taking_back = TakingBack(self.desk, self, file, action, self.reload)
        self.taking_back.begin()

    def show_names(self) -> None:
        """Parties that may be one, to be merged or left as they are."""
        LikeNames(self.desk, self).exec()

    def show_matters(self) -> None:
        """The matters that were written, in the portfolio."""
        imported = self.bringing.imported
        if imported is None:
            return
        if len(imported.matters) <= _SHOWN_BY_ID:
            ids = tuple(str(i) for i in imported.matters)
            self.desk.go(Place("portfolio", None, (("id", ids),)))
        else:
            self.desk.go(Place("portfolio"))

    def export_refused(self) -> None:
        """Ask where the refused rows go."""
        path = self.bringing.path
        if path is None:
            return
        suggested = path.with_name(f"{path.stem} {tr('refused')}.xlsx")
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("Export refused rows"), str(suggested), "Excel (*.xlsx)"
        )
        if name:
            chosen = Path(name)
            chosen = chosen if chosen.suffix else chosen.with_suffix(".xlsx")
            self.bringing.write_refused(chosen, partial(self._say_exported, chosen))

    def _say_exported(self, path: Path, n: int) -> None:
        text = ntr(
            "{n} refused row written to {file}. Correct it and import that file.",
            "{n} refused rows written to {file}. Correct them and import that file.",
            n,
            file=path.name,
        )
        self.desk.say(text, Kind.DONE)

    # ------------------------------------------------------------------ dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = self._dropped(event)
        if found is not None:
            event.acceptProposedAction()
            self.bringing.open(found)

    def _dropped(self, event: QDropEvent) -> Path | None:
        """A file may be dropped anywhere while nothing is under way."""
        if self.bringing.busy is not None or self.bringing.step not in (Step.FILE, Step.RESULT):
            return None
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        return Path(files[0]) if files else None
