"""The last step: what was done, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.following import reached_words
from ipdesk.core.intake.edits import Imported
from ipdesk.core.intake.plan import Verdict
from ipdesk.ui import icons, theme
from ipdesk.ui.intake.bringing import Bringing
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import card, chip, label


class ResultStep(QWidget):
    """Counts, and everything one may want next."""

    matters_wanted = Signal()
    undo_wanted = Signal()
    export_wanted = Signal()
    another_wanted = Signal()
    names_wanted = Signal()

    def __init__(self, bringing: Bringing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bringing = bringing
        self._sign = QLabel()
        self._title = label("", "title", wrap=True)
        self._text = label("", "muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(6))
        self.show_matters = button(tr("Show the matters"), self.matters_wanted.emit, role="main")
        self.undo = button(
            tr("Undo this import"), self.undo_wanted.emit, icon="arrow-counter-clockwise"
        )
        self.export = button(
            tr("Export refused rows…"), self.export_wanted.emit, icon="file-arrow-down"
        )
        self.names = button(tr("Names that look alike…"), self.names_wanted.emit, icon="users")
        self.another = button(tr("Import another list"), self.another_wanted.emit)
        frame = card()
        frame.setMaximumWidth(theme.px(760))
        inner = QVBoxLayout(frame)
        edge = theme.px(24)
        inner.setContentsMargins(edge, edge, edge, edge)
        inner.setSpacing(theme.px(12))
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self._sign, 0, theme.TOP)
        head.addWidget(self._title, 1)
        inner.addLayout(head)
        inner.addWidget(self._text)
        self._counts = _Counts()
        inner.addWidget(self._counts)
        for line in ((self.show_matters, self.undo, self.export), (self.names, self.another)):
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            for made in line:
                row.addWidget(made)
            row.addStretch(1)
            inner.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        column.addStretch(1)

    def show_result(self, imported: Imported) -> None:
        """Say what the import did."""
        bringing = self._bringing
        done = bringing.taken_back
        preview = bringing.preview
        refused = preview.count(Verdict.REFUSED) if preview else 0
        left = len(bringing.unticked)
        if done:
            title = tr("{file} was taken back", file=bringing.file)
            text = tr("The portfolio is as it was before. You can correct the list and try again.")
        else:
            title = tr("{file} was imported", file=bringing.file)
            text = tr("Dates from a list count as unchecked until somebody has checked them.")
        self._sign.setPixmap(
            icons.pixmap("arrow-counter-clockwise" if done else "check-circle", 24, "done")
        )
        self._title.setText(title)
        self._text.setText(text)
        new, changed = bringing.written
        self._counts.put(new, changed, preview.count(Verdict.UNCHANGED) if preview else 0, refused)
        self._counts.setVisible(not done)
        self._counts.say_left(left)
        self._counts.say_reached(imported.reached)
        self.show_matters.setVisible(not done and bool(imported.matters))
        self.undo.setVisible(not done)
        self.export.setVisible(refused > 0)


class _Counts(QWidget):
    """One line for each thing that happened."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._lines: list[QLabel] = []

    def put(self, new: int, changed: int, unchanged: int, refused: int) -> None:
        """Show the counts; what is zero is not said."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        self._say(Tone.DONE, ntr("{n:,} new matter", "{n:,} new matters", new), new or not changed)
        self._say(Tone.DONE, ntr("{n:,} matter changed", "{n:,} matters changed", changed), changed)
        self._say(
            Tone.PLAIN,
            ntr(
                "{n:,} matter was the same already",
                "{n:,} matters were the same already",
                unchanged,
            ),
            unchanged,
        )
        self._say(
            Tone.OVERDUE,
            ntr("{n:,} row refused", "{n:,} rows refused", refused),
            refused,
        )

    def say_left(self, n: int) -> None:
        """Lines that were unticked."""
        self._say(Tone.SOON, ntr("{n:,} line left out by you", "{n:,} lines left out by you", n), n)

    def say_reached(self, references: Sequence[str]) -> None:
        """Other matters that took corrected dates over."""
        if references:
            self._say(Tone.DONE, reached_words(references), True)

    def _say(self, tone: Tone, words: str, wanted: int | bool) -> None:
        if wanted:
            line = chip(tone, words)
            self._lines.append(line)
            self._column.addWidget(line)
