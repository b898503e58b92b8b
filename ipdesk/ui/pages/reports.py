"""Reports: choose one, see its pages at once, save, open or print it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.change import Topic
from ipdesk.base.errors import Cancelled
from ipdesk.base.i18n import language, ntr, tr
from ipdesk.reports import REPORTS
from ipdesk.reports.registry import OPTIONS, ReportSpec
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.menus import LANGUAGE_NAMES
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import Page, tell
from ipdesk.ui.reports.making import Made, file_name, made_title, make_report, written
from ipdesk.ui.reports.options import Choices, OptionsForm, read_choices
from ipdesk.ui.reports.preview import Preview
from ipdesk.ui.reports.printing import any_printer, dialog, print_pages
from ipdesk.ui.widgets.buttons import action, button_of
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.scroll import Column
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split


@dataclass(slots=True)
class Chosen:
    """What the user chose; it outlives a change of language or theme."""

    report: str = REPORTS[0].id
    language: str = ""
    options: dict[str, dict[str, str]] = field(default_factory=dict)  # by report
    zoom: int = 0
    page: int = 0
    made: Made | None = None


class ReportsPage(Page):
    """The list of reports and their options at the left, the pages at the right."""

    topics = frozenset(Topic)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "reports", tr("Reports"))
        chosen = desk.settings.values.report_language or language()
        self._chosen = Chosen(language=chosen)
        self._specs = {spec.id: spec for spec in REPORTS}
        self._fresh = False  # the pages outlived a change of language or theme
        self.list = self._titles()
        self.form = OptionsForm()
        self.preview = Preview(desk)
        self.languages = Segments(LANGUAGE_NAMES)
        self._about = label("", "muted", wrap=True)
        self._actions()
        side = self._side()
        self.split = Split(desk, "reports", side, self.preview, (2, 5))
        side.setMinimumWidth(theme.px(232))
        self.preview.setMinimumWidth(theme.px(280))
        self.body.addWidget(self.split, 1)
        self.list.currentRowChanged.connect(lambda row: self.choose(REPORTS[row].id))
        self.form.changed.connect(self._options_changed)
        self.languages.chosen.connect(self.speak)
        self._show_chosen()

    # ------------------------------------------------------------------ building

    def _actions(self) -> None:
        self.save = action(
            self, tr("Save as PDF…"), self.ask_where, icon="file-pdf", shortcut="Ctrl+S"
        )
        self.print = action(
            self,
            tr("Print…"),
            self.ask_printer,
            icon="printer",
            tip=tr("Print through the system's own dialog"),
        )
        self.show_outside = action(
            self,
            tr("Open with the system's viewer"),
            self.open_outside,
            icon="arrow-square-out",
        )
        again = action(self, tr("Make it again"), self.make, icon="arrow-clockwise")
        self.head.add(button_of(self.print))
        self.head.add_actions(self.save, [self.show_outside, again])

    def _titles(self) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(tr("Reports"))
        for spec in REPORTS:
            item = QListWidgetItem(str(spec.title), made)
            item.setToolTip(str(spec.about))
        made.setUniformItemSizes(True)
        made.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return made

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.list)
        column.addWidget(frame, 1)
        options = card()
        inner = QVBoxLayout(options)
        edge = theme.px(12)
        inner.setContentsMargins(edge, edge, edge, edge)
        inner.setSpacing(theme.px(8))
        inner.addWidget(self._about)
        inner.addWidget(label(tr("Language of the report"), "muted"))
        inner.addWidget(self.languages)
        inner.addSpacing(theme.px(4))
        inner.addWidget(self.form)
        inner.addStretch(1)
        scrolled = Column()
        scrolled.box.addWidget(options, 1)
        column.addWidget(scrolled, 2)
        return side

    # ------------------------------------------------------------------ choosing

    @property
    def spec(self) -> ReportSpec:
        """The report in sight."""
        return self._specs[self._chosen.report]

    @property
    def made(self) -> Made | None:
        """The report that is ready, None while it is being made."""
        return self._chosen.made

    def choose(self, report: str) -> None:
        """Show another report."""
        if report != self._chosen.report and report in self._specs:
            self._chosen.report = report
            self._show_chosen()
            self.preview.view.go_to(0)
            self.make()

    def speak(self, code: str) -> None:
        """Print in another language."""
        if code != self._chosen.language:
            self._chosen.language = code
            self.languages.mark(code)
            self.make()

    def _options_changed(self) -> None:
        self._chosen.options[self.spec.id] = self.form.values
        if self.form.sound:
            self.make()

    def _show_chosen(self) -> None:
        for row, spec in enumerate(REPORTS):
            if spec is self.spec and self.list.currentRow() != row:
                self.list.setCurrentRow(row)
        self._about.setText(str(self.spec.about))
        self.languages.mark(self._chosen.language)
        company = self.desk.settings.values.company
        self.form.show_options(
            self.spec.options, self._chosen.options.get(self.spec.id, {}), {"company": company}
        )
        self._enable()

    # ------------------------------------------------------------------ places

    def reload(self) -> None:
        self.ask(partial(read_choices, self.desk.today()), self._show_choices, key="choices")
        if self._fresh:
            self._fresh = False
        else:
            self.make()

    def visit(self, place: Place) -> None:
        report = str(place.argument or self._chosen.report)
        if report not in self._specs:
            return
        self._chosen.report = report
        wanted = {name: ",".join(values) for name, values in place.filters}
        if wanted:
            kept = {n: v for n, v in wanted.items() if n in self.spec.options}
            self._chosen.options[report] = kept
            if len(kept) < len(wanted):
                text = tr("This report has not every filter of that list; see its options.")
                self.desk.say(text)
        self._show_chosen()
        if self.isVisible():
            self.make()
        else:
            self._stale = True  # made when the page is shown

    def place(self) -> Place:
        return Place(self.id, self._chosen.report)

    def kept(self) -> Chosen:
        self._chosen.zoom = self.preview.view.zoom
        self._chosen.page = self.preview.view.page
        return self._chosen

    def put_back(self, kept: Chosen) -> None:
        self._chosen = kept
        self._show_chosen()
        self.preview.view.set_zoom(kept.zoom)
        if kept.made is not None:
            self._fresh = True
            self._show_made(kept.made)
            QTimer.singleShot(0, partial(self.preview.view.go_to, kept.page))

    def _show_choices(self, choices: Choices) -> None:
        self.form.show_choices(choices)

    # ------------------------------------------------------------------ making

    def make(self) -> None:
        """Gather and print into memory, off the GUI thread; the last wish counts."""
        options = self._wanted_options()
        missing = [n for n in self.spec.required if not options.get(n, "").strip()]
        self._chosen.made = None
        self._enable()
        if missing:
            name = str(OPTIONS[missing[0]].label)
            self.preview.show_asking(tr("Choose: {option}.", option=name))
            return
        work = partial(
            make_report,
            self.spec,
            self.desk.worker.database,
            self.desk.today(),
            options,
            self._chosen.language,
        )
        progress = self.preview.progress
        task = self.desk.worker.job(
            work, self._take, self._fail, progress.advance, key="report", drawing=True
        )
        progress.begin(task, tr("Making the pages…"))

    def _wanted_options(self) -> dict[str, str]:
        """The form's values; the company of the settings stands where none was typed."""
        options = dict(self._chosen.options.get(self.spec.id, {}))
        company = self.desk.settings.values.company
        if "company" in self.spec.options and company:
            options.setdefault("company", company)
        return options

    def _take(self, made: Made) -> None:
        self.preview.progress.end()
        self._chosen.made = made
        self._show_made(made)

    def _fail(self, error: Exception) -> None:
        self.preview.progress.end()
        if not isinstance(error, Cancelled):
            tell(self.desk, error)
        self.preview.show_failure(
            Cancelled(tr("You stopped it.")) if isinstance(error, Cancelled) else error, self.make
        )

    def _show_made(self, made: Made) -> None:
        self.preview.show_pages(made.content, made.sizes)
        self.head.count.setText(ntr("{n} page", "{n} pages", len(made.sizes)))
        self._enable()

    def _enable(self) -> None:
        there = self.made is not None
        for doing in (self.save, self.print, self.show_outside):
            doing.setEnabled(there)
        if not there:
            self.head.count.setText("")

    # ------------------------------------------------------------------ out

    def ask_where(self) -> None:
        """Ask for a file and write the pages there."""
        made = self.made
        if made is None:
            return
        folder = Path(str(self.desk.memory.get("reports.folder", "")) or Path.home())
        suggested = folder / file_name(made, self.desk.today())
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("Save as PDF"), str(suggested), "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the pages in sight to a file, whole or not at all."""
        if self.made is None:
            return
        path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
        self.desk.memory.put("reports.folder", str(path.parent))
        work = partial(written, path, self.made.content)
        self.desk.worker.job(lambda _task: work(), self._say_saved, self.failed)

    def _say_saved(self, path: Path) -> None:
        show = (tr("Open"), partial(self._open_file, path))
        self.desk.say(tr("Report saved: {file}", file=path.name), Kind.DONE, show)

    def open_outside(self) -> None:
        """Show a copy in the program that the system has for PDF files."""
        if self.made is not None:
            folder = Path(tempfile.mkdtemp(prefix="ipdesk-"))
            path = folder / file_name(self.made, self.desk.today())
            work = partial(written, path, self.made.content)
            self.desk.worker.job(lambda _task: work(), self._open_file, self.failed)

    def _open_file(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = tr("This system has no program that opens PDF files. Save the report instead.")
            self.desk.say(text, Kind.PROBLEM)

    def ask_printer(self) -> None:
        """Show the system's printer dialog; without a printer say so."""
        made = self.made
        if made is None:
            return
        if not any_printer():
            text = tr("No printer is set up on this system. Save the report as PDF instead.")
            self.desk.say(text, Kind.PROBLEM, (tr("Save as PDF…"), self.ask_where))
            return
        asking = dialog(self, made_title(made), len(made.sizes))
        asking.finished.connect(lambda answer: self._answered(answer, asking.printer()))
        QDialog.open(asking)

    def _answered(self, answer: int, printer: QPrinter) -> None:
        if answer == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Send the pages in sight to a printer."""
        if self.made is None:
            return
        work = partial(print_pages, self.made.content, self.made.sizes, printer)
        progress = self.preview.progress
        task = self.desk.worker.job(work, self._say_printed, self._print_failed, progress.advance)
        progress.begin(task, tr("Sending to the printer…"))

    def _say_printed(self, pages: int) -> None:
        self.preview.progress.end()
        text = ntr("{n} page sent to the printer.", "{n} pages sent to the printer.", pages)
        self.desk.say(text, Kind.DONE)

    def _print_failed(self, error: Exception) -> None:
        self.preview.progress.end()
        tell(self.desk, error)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(1000), theme.px(700))
