"""The table of the preview: one line for each matter, its cells as understood, ticks, repairs."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.model import Severity
from ipdesk.core.intake.plan import Verdict
from ipdesk.ui import theme
from ipdesk.ui.intake.bringing import Bringing
from ipdesk.ui.intake.fields import VERDICTS, field_name
from ipdesk.ui.intake.grid import Grid
from ipdesk.ui.intake.preview import KNOWN_BY, REMARKS, Preview, PreviewCell, remark
from ipdesk.ui.tables.columns import Mark
from ipdesk.ui.tables.model import CELL, Index

TICK, ROW, VERDICT, REMARK = range(4)
FIRST_FIELD = 4
PREVIEW_CELL = Qt.ItemDataRole.UserRole + 10  # a PreviewCell
TICKED = Qt.ItemDataRole.UserRole + 11  # True, False; None where there is nothing to tick
_NO_INDEX = QModelIndex()
_TONES = {
    Verdict.NEW: Tone.DONE,
    Verdict.CHANGED: Tone.UNCHECKED,
    Verdict.UNCHANGED: Tone.PLAIN,
    Verdict.REFUSED: Tone.OVERDUE,
}
_WIDTHS = {
    "title": 220,
    "filing_date": 100,
    "reference": 116,
    "right": 112,
    "office": 60,
    "application_number": 160,
    "applicants": 180,
    "inventors": 160,
}


class EntryModel(QAbstractTableModel):
    """The entries that a filter shows; every cell is made when it is painted."""

    def __init__(self, bringing: Bringing) -> None:
        super().__init__()
        self._bringing = bringing
        self.preview: Preview | None = None
        self.shown: array[int] = array("I")
        self._fields: tuple[str, ...] = ()

    def put(self, preview: Preview | None, shown: array[int]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.preview, self.shown = preview, shown
        self._fields = preview.fields if preview else ()
        self.endResetModel()

    def field_at(self, column: int) -> str:
        """The field of a column; empty for the first ones."""
        place = column - FIRST_FIELD
        return self._fields[place] if 0 <= place < len(self._fields) else ""

    def column_of(self, field: str) -> int:
        """Where a field stands; -1 when it is not shown."""
        return FIRST_FIELD + self._fields.index(field) if field in self._fields else -1

    def say_ticked(self) -> None:
        """The ticks changed."""
        if len(self.shown):
            corner = self.index(len(self.shown) - 1, TICK)
            self.dataChanged.emit(self.index(0, TICK), corner)

    # ------------------------------------------------------------------ Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else FIRST_FIELD + len(self._fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if self.source_column(index) is not None:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def source_column(self, index: Index) -> int | None:
        """The column of the file behind a cell; None when it cannot be repaired there."""
        field = self.field_at(index.column())
        if not field or self.preview is None or not index.isValid():
            return None
        draft = self.preview.draft(self.shown[index.row()])
        return self.preview.column_of(draft.sheet, field)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.preview is None or not index.isValid():
            return None
        place = self.shown[index.row()]
        column = index.column()
        if column >= FIRST_FIELD:
            return self._field_data(self.preview, place, self._fields[column - FIRST_FIELD], role)
        if column == TICK:
            return self._tick_data(place, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column == ROW else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, CELL):
            return None
        return self._about(place, column, role)

    def _tick_data(self, place: int, role: int) -> Any:
        assert self.preview is not None
        if role not in (TICKED, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        open_to_choice = place in self.preview.open_places
        ticked = self._bringing.takes(place) if open_to_choice else None
        if role == TICKED:
            return ticked
        if ticked is None:
            return tr("There is nothing to import here")
        return tr("Will be imported") if ticked else tr("Left out")

    def _about(self, place: int, column: int, role: int) -> Any:
        """Row, verdict or remark of an entry."""
        assert self.preview is not None
        entry = self.preview.entry(place)
        words = ""
        cell: Any = None
        if column == ROW:
            rows = [d.row for d in entry.proposal.drafts]
            words = f"{rows[0]} +{len(rows) - 1}" if len(rows) > 1 else str(rows[0])
            cell = words
        elif column == VERDICT:
            words = str(VERDICTS[entry.verdict])
            cell = Mark(_TONES[entry.verdict], words)
        else:
            found = remark(entry)
            words = str(found) if found else ""
            severe = any(p.severity is Severity.ERROR for p in entry.problems)
            cell = Mark(Tone.OVERDUE if severe else Tone.SOON, words) if words else None
        if role == CELL:
            return cell
        return words or None if role == Qt.ItemDataRole.ToolTipRole else words

    def _field_data(self, preview: Preview, place: int, field: str, role: int) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.EditRole:
            draft = preview.draft(place)
            column = preview.column_of(draft.sheet, field)
            return preview.raw_cell(draft, column) if column is not None else ""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, PREVIEW_CELL):
            return None
        cell = preview.cell(place, field)
        if field == "family_key" and self._bringing.wishes.families:
            cell = replace(cell, text=self._bringing.wishes.family(preview.entry(place)))
        if role == PREVIEW_CELL:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(preview, place, field, cell)
        return cell.text if cell.old is None else f"{cell.old or '–'} → {cell.text}"

    def _tip(self, preview: Preview, place: int, field: str, cell: PreviewCell) -> str | None:
        """What is wrong, what changes, what stands in the file."""
        lines = []
        if cell.problem is not None:
            lines.append(str(cell.problem.message))
        if cell.old is not None:
            lines.append(f"{cell.old or '–'} → {cell.text}")
        raw = preview.raw_text(preview.draft(place), field)
        if raw and raw != cell.text:
            lines.append(tr("In the file: {text}", text=raw))
        elif len(cell.text) > 20:
            lines.append(cell.text)
        return "\n".join(lines) or None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.source_column(index)
        if role != Qt.ItemDataRole.EditRole or column is None or self.preview is None:
            return False
        draft = self.preview.draft(self.shown[index.row()])
        self._bringing.repair(draft, column, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section == ROW
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        field = self.field_at(section)
        if role == Qt.ItemDataRole.DisplayRole:
            if field:
                return field_name(field)
            return ("", tr("Row"), tr("Verdict"), tr("Remark"))[section]
        if role == Qt.ItemDataRole.ToolTipRole and field:
            return self._header_tip(field)
        return None

    def _header_tip(self, field: str) -> str | None:
        """The columns of the file that fill this one."""
        if self.preview is None:
            return None
        named = dict.fromkeys(
            self.preview.headers[sheet][index]
            for sheet, columns in self.preview.feeding.items()
            for index in columns.get(field, ())
        )
        shown = [name for name in named if not name.startswith("@")]
        return tr("In the file: {text}", text=", ".join(shown)) if shown else None


class EntryTable(Grid):
    """Space ticks, F2 or a double click repairs a cell, the arrows walk."""

    picked = Signal(object)  # place of the entry in focus, or None

    def __init__(self, bringing: Bringing, parent: QWidget | None = None) -> None:
        self.entries = EntryModel(bringing)
        super().__init__(self.entries, tr("Preview of the import"), parent)
        self._bringing = bringing
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        self.selectionModel().currentRowChanged.connect(self._tell)
        bringing.ticked.connect(self.entries.say_ticked)

    def show_entries(self, preview: Preview, shown: array[int], name: str) -> None:
        """Show the selection of a filter; the row in focus stays if it can."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        before = self.entries.preview
        self.scrollToTop() if len(shown) < self.entries.rowCount() else None
        self.entries.put(preview, shown)
        if before is None or before.fields != preview.fields:
            self._set_widths(preview)
        self._hide_columns(preview, name)
        same = before is not None and before.result.raw is preview.result.raw  # of the same file
        across = self.horizontalScrollBar().value() if same else 0
        if same and 0 <= row < len(shown):
            self.setCurrentIndex(self.entries.index(row, max(column, 0)))
        elif len(shown):
            self.setCurrentIndex(self.entries.index(0, FIRST_FIELD))
        else:
            self.picked.emit(None)
        self.horizontalScrollBar().setValue(across)

    def _set_widths(self, preview: Preview) -> None:
        fixed = {TICK: 36, ROW: 56, VERDICT: 120, REMARK: 240}
        for column, wide in fixed.items():
            self.setColumnWidth(column, theme.px(wide))
        for place, field in enumerate(preview.fields, FIRST_FIELD):
            self.setColumnWidth(place, theme.px(_WIDTHS.get(field, 132)))

    def _hide_columns(self, preview: Preview, name: str) -> None:
        """Remarks where there are some; among changed matters only what changes."""
        self.setColumnHidden(REMARK, name not in (REMARKS, Verdict.REFUSED))
        changing = {field for field, _ in preview.changing}
        if "reported_status" in changing:
            changing.add("status")
        for place, field in enumerate(preview.fields, FIRST_FIELD):
            only = name == Verdict.CHANGED and field not in changing and field not in KNOWN_BY
            self.setColumnHidden(place, only)

    def current_place(self) -> int | None:
        """The entry in focus."""
        row = self.currentIndex().row()
        return self.entries.shown[row] if 0 <= row < len(self.entries.shown) else None

    def selected_places(self) -> list[int]:
        """The entries that are selected."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        return [self.entries.shown[row] for row in sorted(rows)]

    def toggle(self, places: Sequence[int]) -> None:
        """Take entries or, when all of them are taken, leave them out."""
        preview = self.entries.preview
        some = preview.open_places.intersection(places) if preview else ()
        if some:
            self._bringing.tick(some, not some.isdisjoint(self._bringing.unticked))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # the editor lets Enter pass after it has taken it
        if event.key() == Qt.Key.Key_Space:
            self.toggle(self.selected_places())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == TICK:
            place = self.entries.shown[index.row()]
            chosen = self.selected_places()
            self.toggle(chosen if place in chosen else [place])

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(self.current_place() if current.isValid() else None)
