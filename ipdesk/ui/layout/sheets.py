"""Sheets of the tree, products, effects, launches, disclosures: written out, and brought in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.files import write_whole
from ipdesk.base.i18n import Message, ntr, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.reader import rows_under_header, take_apart
from ipdesk.core.layout.edits_sheets import BroughtIn, Line, bring_in, preview_sheet, sheet
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.tables.columns import Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label
from ipdesk.ui.work import Task

_STATES: dict[str, tuple[Tone, Message]] = {
    "new": (Tone.DONE, say("new")),
    "changed": (Tone.SOON, say("changed")),
    "same": (Tone.PLAIN, say("the same")),
    "refused": (Tone.OVERDUE, say("refused")),
}
Rows = Sequence[Sequence[Any]]


def export_sheet(desk: Desk, parent: QWidget, kind: str) -> None:
    """Ask for a place and write what is stored; the same sheet can be brought in again."""
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("Export a sheet"), f"{kind}-{desk.today().isoformat()}.xlsx", "Excel (*.xlsx)"
    )
    if name:
        write_sheet(desk, kind, Path(name))


def write_sheet(desk: Desk, kind: str, path: Path) -> None:
    """Write one sheet in the background."""

    def work(_task: Task) -> str:
        with desk.worker.database().read() as connection:
            write_whole(path, sheet(connection, kind))
        return path.name

    def said(name: str) -> None:
        desk.say(tr("Written: {file}", file=name), Kind.DONE)

    desk.worker.job(work, said, partial(tell, desk))


def import_sheet(desk: Desk, parent: QWidget, kind: str) -> None:
    """Ask for a file and show what it would do."""
    name, _ = QFileDialog.getOpenFileName(
        parent, tr("Bring in a sheet"), "", tr("Sheets") + " (*.xlsx *.xls *.ods *.csv)"
    )
    if name:
        read_sheet(desk, parent, kind, Path(name))


def read_sheet(desk: Desk, parent: QWidget, kind: str, path: Path) -> None:
    """Take the file apart in a process of its own, then preview it."""

    def work(task: Task) -> tuple[list[str], Rows]:
        return rows_under_header(take_apart(path, cancelled=lambda: task.cancelled))

    def preview(read: tuple[list[str], Rows]) -> None:
        header, rows = read
        desk.worker.edit(
            lambda database: preview_sheet(database, kind, header, rows),
            lambda seen: SheetPreview(desk, parent, kind, header, rows, seen).open(),
            partial(tell, desk),
        )

    desk.worker.job(work, preview, partial(tell, desk))


class SheetPreview(QDialog):
    """Every line with what it would do; nothing is written before the button."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        kind: str,
        header: list[str],
        rows: Rows,
        seen: BroughtIn,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Bring in a sheet"))
        self.resize(theme.px(640), theme.px(480))
        self._desk, self._kind, self._header, self._rows = desk, kind, header, rows
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(12))
        column.addWidget(label(tr("Bring in a sheet"), "title"))
        words = tr(
            "{new} new, {changed} changed, {same} the same, {refused} refused.",
            **{state: seen.count(state) for state in _STATES},
        )
        column.addWidget(label(words, "muted", wrap=True))
        self.table = SmallTable(_columns(), tr("Lines of the sheet"), stretch="problems")
        self.table.put(seen.lines)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        n = seen.count("new") + seen.count("changed")
        doing = ntr("Bring in {n} line", "Bring in {n} lines", n)
        self.doing = button(doing, self.finish, role="main")
        self.doing.setEnabled(n > 0)
        row.addWidget(self.doing)
        column.addLayout(row)

    def finish(self) -> None:
        """Write the good lines."""
        kind, header, rows = self._kind, self._header, self._rows
        self.accept()
        run_edit(
            self._desk, lambda d, _law: bring_in(d, kind, header, rows), tr("Sheet brought in.")
        )


def _columns() -> tuple[Column, ...]:
    def state(line: Line) -> Mark:
        tone, words = _STATES[line.state]
        return Mark(tone, str(words))

    def problems(line: Line) -> str:
        return " ".join(str(problem) for problem in line.problems)

    return (
        Column("line", say("Line"), lambda line: line.line, 56),
        Column("state", say("Result"), state, 108),
        Column("name", say("Name"), lambda line: line.name, 200, strong=True),
        Column("problems", say("Problems"), problems, 160, tip=problems),
    )
