"""Closing days pasted from a notice or a list, or read from an .ics file; seen before saving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import ntr, tr
from ipdesk.core.docket.calendar_lists import DayList, ListedDay, read_day_list
from ipdesk.ui import theme
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label


@dataclass(frozen=True, slots=True)
class Closings:
    """What the form gives: the days, and the year whose whole list they are."""

    days: tuple[ListedDay, ...]
    complete: int | None


class ClosingForm(QDialog):
    """A text at the top, below it the days that were found in it."""

    def __init__(
        self, parent: QWidget, office: str, name: str, done: Callable[[Closings], object]
    ) -> None:
        super().__init__(parent)
        self._done = done
        self._found: DayList | None = None
        title = tr("Closing days of {office}", office=name)
        self.setWindowTitle(title)
        self.resize(theme.px(620), theme.px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(label(title, "title"))
        hint = tr(
            "Paste the notice of the office or a list with a day a line; or open an .ics file."
        )
        column.addWidget(label(hint, "muted", wrap=True))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("Closing days"))
        self.text.setPlaceholderText("2027-02-05..2027-02-11  春节\n2027-02-20  补班")
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._read)
        column.addWidget(self.text, 1)
        self.said = label("", "muted", wrap=True)
        column.addWidget(self.said)
        self.shown = QPlainTextEdit()
        self.shown.setReadOnly(True)
        self.shown.setAccessibleName(tr("Days that were found"))
        column.addWidget(self.shown, 1)
        self.whole = QCheckBox(tr("This is the whole published list of the year"))
        self.whole.setEnabled(False)
        column.addWidget(self.whole)
        row = QHBoxLayout()
        row.addWidget(button(tr("Open a file…"), self._open))
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        self.keep = button(tr("Add the days"), self._save, role="main")
        self.keep.setEnabled(False)
        row.addWidget(self.keep)
        column.addLayout(row)

    def put(self, content: str | bytes) -> None:
        """Read a text or the content of a file and show what is in it."""
        try:
            self._show(read_day_list(content))
        except IpdeskError as problem:
            self._show(None, str(problem))

    def _open(self) -> None:
        kinds = tr("Calendars and lists") + " (*.ics *.txt *.csv)"
        name, _kind = QFileDialog.getOpenFileName(self, tr("Open a file"), "", kinds)
        if name:
            content = Path(name).read_bytes()
            self.text.blockSignals(True)
            self.text.setPlainText(Path(name).name)
            self.text.blockSignals(False)
            self.put(content)

    def _read(self) -> None:
        words = self.text.toPlainText()
        if words.strip():
            self.put(words)
        else:
            self._show(None)

    def _show(self, found: DayList | None, problem: str = "") -> None:
        self._found = found
        self.keep.setEnabled(found is not None)
        self.whole.setEnabled(found is not None)
        if found is None:
            self.shown.setPlainText("")
            self.said.setText(problem)
            return
        self.whole.setChecked(found.complete is not None)
        n = len(found.days)
        parts = [ntr("{n} day was found.", "{n} days were found.", n), *map(str, found.problems)]
        self.said.setText(" ".join(parts))
        words = {True: tr("working day"), False: tr("closed")}
        lines = [f"{d.day}  {words[d.working]}  {d.note}" for d in found.days]
        self.shown.setPlainText("\n".join(lines))

    def _save(self) -> None:
        found = self._found
        if found is None:
            return
        year = found.complete or _usual_year(found)
        self.accept()
        self._done(Closings(found.days, year if self.whole.isChecked() else None))


def _usual_year(found: DayList) -> int:
    years = [d.day.year for d in found.days]
    return max(set(years), key=years.count)
