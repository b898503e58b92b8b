"""The first step: choose or drop a file; below it the imports so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.queries import BatchRow
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.intake.bringing import Bringing
from ipdesk.ui.intake.fields import format_name
from ipdesk.ui.intake.lookupline import LookUpLine
from ipdesk.ui.tables.columns import Align, Cell, Column, Mark
from ipdesk.ui.tables.shown import export_shown
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import action, button, button_of
from ipdesk.ui.widgets.drop import DropArea
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.scroll import emptied

_FOLDER = "import.folder"
SUFFIXES = (
    "*.xlsx *.xlsm *.xlsb *.xls *.ods *.fods *.csv *.tsv *.txt *.xml *.json *.jsonl *.zip *.gz"
    " *.htm *.html"
)


class FileStep(QWidget):
    """Takes any list; what it is, is decided by its content."""

    undo_wanted = Signal(object)  # BatchRow

    def __init__(self, desk: Desk, bringing: Bringing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._bringing = desk, bringing
        kinds = f"{tr('Lists')} ({SUFFIXES});;{tr('All files')} (*)"
        self.drop = DropArea(
            tr("Drop a list here"),
            tr(
                "Excel, OpenDocument, CSV or XML, from any database, office or agent. The file is "
                "only read; nothing is written before you have seen the preview."
            ),
            tr("Choose a file…"),
            kinds,
        )
        self.drop.start = str(desk.memory.get(_FOLDER, ""))
        self.drop.chosen.connect(self._open)
        self._refusal = card()
        self._refusal_box = QVBoxLayout(self._refusal)
        self._refusal_box.setContentsMargins(16, 12, 16, 12)
        self._refusal.hide()
        self.history = SmallTable(_columns(), tr("Imports so far"), stretch="file")
        self.history.picked.connect(self._pick)
        self.undo_action = action(
            self,
            tr("Undo this import"),
            self._undo,
            icon="arrow-counter-clockwise",
            tip=tr("Take back everything that the selected import wrote"),
        )
        self.undo_action.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.drop, 3)
        column.addWidget(self._by_number())
        column.addWidget(self._refusal)
        column.addWidget(self._past(), 4)

    def _by_number(self) -> QWidget:
        self._number_card = card()
        column = QVBoxLayout(self._number_card)
        column.setContentsMargins(1, 1, 1, 1)
        self.look_up = LookUpLine(self._bringing)
        column.addWidget(self.look_up)
        return self._number_card

    def _past(self) -> QWidget:
        self._history = card()
        column = QVBoxLayout(self._history)
        column.setContentsMargins(1, theme.px(8), 1, 1)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        head.addWidget(label(tr("Imports so far"), "section"))
        head.addStretch(1)
        export = export_shown(self, self._desk, lambda: (self.history, tr("Imports so far")))
        head.addWidget(button_of(export))
        head.addWidget(button_of(self.undo_action))
        column.addLayout(head)
        column.addWidget(self.history, 1)
        return self._history

    # ------------------------------------------------------------------ showing

    def show_batches(self, found: list[BatchRow]) -> None:
        """The imports so far; nothing stands there before the first one."""
        self._history.setVisible(bool(found))
        self.history.put(found)
        self._pick(self.history.current())

    def show_state(self) -> None:
        """A file that is being read or was refused."""
        bringing = self._bringing
        busy = bringing.busy is not None
        self.drop.setEnabled(not busy)
        self._number_card.setVisible(bringing.may_look_up)
        self._number_card.setEnabled(not busy)
        self._refusal.setVisible(bringing.refusal is not None and not busy)
        if bringing.refusal is None:
            return
        emptied(self._refusal_box)
        title = tr("{file} was not read", file=bringing.file)
        self._refusal_box.addWidget(label("▲ " + title, "problem"))
        self._refusal_box.addWidget(label(bringing.refusal, wrap=True))
        if bringing.can_map_by_hand:
            go: Callable[[], object] = partial(bringing.go, bringing.reached())
            row = QHBoxLayout()
            row.addWidget(button(tr("Show its columns all the same"), go))
            row.addStretch(1)
            self._refusal_box.addLayout(row)

    def _open(self, path: Path) -> None:
        """The next list is looked for in the same folder."""
        self.drop.start = str(path.parent)
        self._desk.memory.put(_FOLDER, self.drop.start)
        self._bringing.open(path)

    def _pick(self, row: BatchRow | None) -> None:
        self.undo_action.setEnabled(row is not None and not row.undone)

    def _undo(self) -> None:
        row = self.history.current()
        if row is not None:
            self.undo_wanted.emit(row)


def _columns() -> tuple[Column, ...]:
    return (
        Column("file", say("File"), lambda r: r.file, 240, tip=lambda r: r.file, strong=True),
        Column("at", say("Imported"), _when, 118),
        Column("format", say("Source"), lambda r: format_name(r.format), 108),
        _count("new", say("New"), "taken_new", wide=56),
        _count("changed", say("Changed"), "taken_changed", wide=76),
        _count("unchanged", say("Unchanged")),
        _count("refused", say("Refused rows"), wide=96),
        Column("state", say("State"), _state, 96),
    )


def _count(key: str, title: Message, other: str = "", wide: int = 84) -> Column:
    def cell(row: BatchRow) -> Cell:
        found = row.summary.get(other, row.summary.get(key)) if other else row.summary.get(key)
        return int(found) if found is not None else None

    return Column(key, title, cell, wide, Align.RIGHT)


def _when(row: BatchRow) -> str:
    """In the time of this machine; the store keeps UTC."""
    return row.at.replace(tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _state(row: BatchRow) -> Cell:
    return Mark(Tone.PLAIN, tr("Taken back")) if row.undone else Mark(Tone.DONE, tr("In place"))
