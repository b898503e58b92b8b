"""Recording a run: a file of hits, a search that found nothing, or one that could not be run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import say, tr
from ipdesk.core.intake.hit_runs import known_database, run_file
from ipdesk.core.watch.edits_runs import Ran, record_run
from ipdesk.core.watch.model import RunFacts
from ipdesk.core.watch.rows import WatchDetail
from ipdesk.core.watch.words import DATABASE_LABELS, DISCLAIMER, database_label
from ipdesk.store.database import Database
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.watch.editors import choice_or_words, words_editor
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.dates import read_day
from ipdesk.ui.widgets.labels import label, selectable
from ipdesk.ui.work import Task

KINDS = "*.csv *.xlsx *.xlsb *.xls *.ods *.fods *.txt *.tsv *.xml *.json *.zip *.gz *.html"


@dataclass(frozen=True, slots=True)
class Given:
    """A run as it was typed: exactly one of file, nothing found, and a failure."""

    database: str
    cut_off: date | None
    file: Path | None = None
    failed: str = ""


def carry_out(watch: int, given: Given, today: date, database: Database, task: Task) -> Ran:
    """In the writer's thread: record the run; stopping it writes nothing."""
    if given.file is not None:
        task.report(0, 0, say("Reading {file}…", file=given.file.name))

        def told(done: float, total: float) -> None:
            task.report(done, total, say("Comparing with our own matters…"))

        return run_file(
            database,
            watch,
            given.file,
            today,
            source=given.database,
            cut_off=given.cut_off,
            told=told,
            cancelled=lambda: task.cancelled,
        )
    reason = say("Said by the user: {why}", why=given.failed) if given.failed else None
    facts = RunFacts(given.database, given.cut_off, records=0, failed=reason)
    return record_run(database, watch, [], facts, today)


class RunForm(QDialog):
    """Asks where the list comes from; shows the query that the run will be kept with."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        detail: WatchDetail,
        done: Callable[[Given], object],
        file: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import a run"))
        self.setMinimumWidth(theme.px(520))
        self._desk, self._done = desk, done
        self._queries = {q.database: q for q in detail.queries if q.retired_on is None}
        self._lay_out(detail, file)
        self._fit()

    def _lay_out(self, detail: WatchDetail, file: Path | None) -> None:
        outcomes = (
            ("file", tr("A list of hits")),
            ("nothing", tr("The search found nothing")),
            ("failed", tr("The search could not be run")),
        )
        self.outcome = QComboBox()
        for value, words in outcomes:
            self.outcome.addItem(words, value)
        self.file = QLineEdit(str(file or ""))
        self.file.setPlaceholderText(tr("the exported list"))
        names = dict.fromkeys([*self._queries, *(n for n in DATABASE_LABELS if n != "other")])
        first = detail.runs[0].database if detail.runs else next(iter(names))
        sources = choice_or_words(map(database_label, names), tr("as the list itself says"))
        made = sources.make(database_label(first))
        assert isinstance(made, QComboBox)
        self.database = made
        self.cut_off = QLineEdit()
        self.cut_off.setPlaceholderText(tr("YYYY-MM-DD, how far the database went"))
        self.reason: Any = words_editor(56, tr("e.g. the site was down")).make("")
        self.query = selectable("", "muted")
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.px(16))
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._file_row = QWidget()
        row = QHBoxLayout(self._file_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.file, 1)
        row.addWidget(button(tr("Choose…"), self.browse))
        for caption, widget in (
            (tr("Outcome"), self.outcome),
            (tr("File"), self._file_row),
            (tr("Database"), self.database),
            (tr("Cut-off day"), self.cut_off),
            (tr("What happened"), self.reason),
            (tr("Query on record"), self.query),
        ):
            widget.setAccessibleName(caption)
            self._form.addRow(label(caption, "muted"), widget)
        self.file.setAccessibleName(tr("File"))
        self._wrong = label("", "problem", wrap=True)
        self._wrong.hide()
        self._frame(detail.row.name)
        self.outcome.currentIndexChanged.connect(self._fit)
        self.database.currentTextChanged.connect(self._fit)

    def _frame(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(10))
        column.addWidget(label(tr("Import a run of {name}", name=name), "title", wrap=True))
        words = tr("Zero hits and failures are recorded too; known families keep their verdict.")
        column.addWidget(label(words, "muted", wrap=True))
        column.addLayout(self._form)
        column.addWidget(self._wrong)
        row = QHBoxLayout()
        row.addWidget(label(DISCLAIMER, "caption"))
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        self.keep = button(tr("Record the run"), self.finish, role="main")
        self.keep.setDefault(True)
        row.addWidget(self.keep)
        column.addLayout(row)

    def _fit(self, _changed: object = None) -> None:
        outcome = self.outcome.currentData()
        self._form.setRowVisible(self._file_row, outcome == "file")
        self._form.setRowVisible(self.reason, outcome == "failed")
        query = self._queries.get(known_database(self.database.currentText()))
        if query is None:
            self.query.setText(tr("none is kept for this database"))
        else:
            version = tr("version {n}", n=query.version)
            self.query.setText(f"{query.text}\n({version})")

    def browse(self) -> None:
        """Ask for the file with the system's dialog."""
        name, _kind = QFileDialog.getOpenFileName(
            self, tr("Import a run"), "", tr("Lists of hits") + f" ({KINDS})"
        )
        if name:
            self.file.setText(name)

    # ------------------------------------------------------------------ values

    def given(self) -> Given:
        """What was typed. Raises ValueError with a sentence."""
        cut_off = read_day(self.cut_off.text())
        if cut_off is not None and cut_off > self._desk.today():
            raise ValueError(tr("The cut-off day lies in the future."))
        source = known_database(self.database.currentText())
        outcome = self.outcome.currentData()
        if outcome == "file":
            path = Path(self.file.text().strip())
            if not self.file.text().strip() or not path.is_file():
                raise ValueError(tr("Choose the file with the hits."))
            return Given(source, cut_off, path)
        if not source:
            raise ValueError(tr("Name the database that was searched."))
        reason = self.reason.toPlainText().strip()
        if outcome == "failed" and not reason:
            raise ValueError(tr("Say what happened."))
        return Given(source, cut_off, failed=reason if outcome == "failed" else "")

    def finish(self) -> None:
        """Take the values, or say what is wrong with them."""
        try:
            found = self.given()
        except (ValueError, WrongCommand) as problem:
            self._wrong.setText(str(problem))
            self._wrong.show()
            return
        self.accept()
        self.deleteLater()
        self._done(found)


def work_of(watch: int, given: Given, today: date) -> Callable[[Database, Task], Ran]:
    """The long edit behind a run."""
    return partial(carry_out, watch, given, today)
