"""Beside the preview: what is wrong with an entry, what comes of it, its row in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.i18n import captioned, ntr, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.merging import FIELDS
from ipdesk.core.intake.model import CellProblem, MatterDraft, Severity
from ipdesk.core.intake.plan import Difference, Entry, Verdict
from ipdesk.ui import theme
from ipdesk.ui.intake.bringing import Bringing
from ipdesk.ui.intake.fields import VERDICTS, field_name, rows_words, value_words
from ipdesk.ui.intake.grid import Grid
from ipdesk.ui.intake.preview import value_of
from ipdesk.ui.tables.columns import Column, Mark
from ipdesk.ui.tables.model import Index
from ipdesk.ui.tables.paint import CellPainter
from ipdesk.ui.tables.small import RowsModel, SmallTable
from ipdesk.ui.widgets.labels import Shortened, card, chip, label, put_chip, selectable
from ipdesk.ui.widgets.scroll import emptied
from ipdesk.ui.widgets.states import Notice

_MOST_PROBLEMS = 6
_OLD, _DECISION = 1, 3  # columns of the table of changes
_TEXT = 1  # the column of the row table that is edited


@dataclass(frozen=True, slots=True)
class Becomes:
    """One field of a matter: as it is, as it will be."""

    id: str
    name: str
    old: str
    new: str
    taken: bool | None = True  # None: waits for an answer


@dataclass(frozen=True, slots=True)
class FileCell:
    """One cell of the row in the file."""

    id: int
    header: str
    text: str
    means: str
    problem: CellProblem | None = None


class EntryDetail(QWidget):
    """Follows the row in focus."""

    def __init__(self, bringing: Bringing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bringing = bringing
        self._draft: MatterDraft | None = None
        self._place: int | None = None
        frame = card()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, theme.px(12), 1, 1)
        column.setSpacing(theme.px(8))
        self._title = Shortened("", "section")
        self._verdict = chip(Tone.PLAIN, "")
        self._problems = QVBoxLayout()
        self._problems.setSpacing(theme.px(4))
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        head.setSpacing(theme.px(6))
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self._title, 1)
        line.addWidget(self._verdict)
        head.addLayout(line)
        head.addLayout(self._problems)
        column.addLayout(head)
        self._becomes_title = self._heading(column, "")
        self.becomes = SmallTable(
            _becomes_columns(), tr("What comes of it"), stretch="new", wrapped=True
        )
        self.becomes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.becomes.stretch_too(_OLD)
        self.becomes.clicked.connect(self._click)
        self.becomes.activated.connect(self._answer)
        column.addWidget(self.becomes, 3)
        self._row_title = self._heading(column, "")
        self.row = FileRow(bringing)
        column.addWidget(self.row, 4)
        self._nothing = Notice("rows", tr("Choose a line to see what comes of it."))
        column.addWidget(self._nothing, 4)
        self.show_place(None)

    def _heading(self, column: QVBoxLayout, text: str) -> QLabel:
        made = label(text, "section")
        made.setContentsMargins(theme.px(12), theme.px(4), 0, 0)
        column.addWidget(made)
        return made

    # ------------------------------------------------------------------ showing

    def show_place(self, place: int | None) -> None:
        """Show an entry of the preview."""
        preview = self._bringing.preview
        self._place = place
        there = preview is not None and place is not None and place < len(preview.plan.entries)
        for widget in (self._title, self._verdict, self._becomes_title, self.becomes,
                       self._row_title, self.row):  # fmt: skip
            widget.setVisible(there)
        self._nothing.setVisible(not there)
        emptied(self._problems)
        if preview is None or place is None or not there:
            self._draft = None
            return
        entry = preview.entry(place)
        draft = entry.proposal.drafts[0]
        self._title.put(_named(entry))
        put_chip(self._verdict, _tone(entry), _verdict_words(entry))
        self._show_problems(entry)
        self._show_becomes(entry)
        rows = [d.row for d in entry.proposal.drafts]
        words = rows_words(rows[:1])
        if len(rows) > 1:
            more = ", ".join(map(str, rows[1:6]))
            words += " · " + tr("joined with: {rows}", rows=more)
        self._row_title.setText(tr("{row} as it stands in the file", row=words))
        self._draft = draft
        self.row.show_row(draft, self._file_cells(draft))

    def _show_problems(self, entry: Entry) -> None:
        for problem in entry.problems[:_MOST_PROBLEMS]:
            severe = problem.severity is Severity.ERROR
            words = (
                captioned(problem.column, problem.message) if problem.column else problem.message
            )
            line = selectable(f"{'▲' if severe else '●'} {words}")
            line.setProperty("ink", (Tone.OVERDUE if severe else Tone.SOON).value)
            self._problems.addWidget(line)
        more = len(entry.problems) - _MOST_PROBLEMS
        if more > 0:
            self._problems.addWidget(label(ntr("{n} more", "{n} more", more), "muted"))

    def _change(self, entry: Entry, one: Difference) -> Becomes:
        wishes = self._bringing.wishes
        taken = None if one.field in wishes.asked(entry) else wishes.takes(entry, one.field)
        old, new = (value_words(one.field, v) for v in (one.old, one.new))
        return Becomes(one.field, field_name(one.field), old or "–", new, taken)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == _DECISION:
            self._answer(index)

    def _answer(self, index: QModelIndex) -> None:
        """Take a change or keep what stands here; asked ones are answered by it."""
        row, place = self.becomes.row_at(index.row()), self._place
        preview = self._bringing.preview
        if row is None or preview is None or place is None:
            return
        entry = preview.entry(place)
        if entry.verdict is Verdict.CHANGED:
            wishes = self._bringing.wishes
            self._bringing.wish(wishes.with_answer(entry, row.id, not row.taken))
            self.show_place(place)
            self.becomes.selectRow(index.row())

    def _show_becomes(self, entry: Entry) -> None:
        if entry.verdict is Verdict.CHANGED:
            title = tr("What changes")
            rows = [self._change(entry, d) for d in entry.differences]
        else:
            title = tr("What is read")
            values = ((f, value_words(f, value_of(entry, f))) for f in FIELDS)
            rows = [Becomes(f, field_name(f), "", words) for f, words in values if words]
        self._becomes_title.setText(title)
        family = self._bringing.wishes.family(entry)
        if entry.verdict is not Verdict.CHANGED and family != entry.family:
            rows = [r for r in rows if r.id != "family_key"]
            rows.append(Becomes("family_key", field_name("family_key"), "", family or "–"))
        for column in (_OLD, _DECISION):
            self.becomes.setColumnHidden(column, entry.verdict is not Verdict.CHANGED)
        self.becomes.share_room()
        self.becomes.put(rows)
        self.becomes.heighten()

    def _file_cells(self, draft: MatterDraft) -> list[FileCell]:
        preview = self._bringing.preview
        if preview is None:
            return []
        table = preview.tables.get(draft.sheet)
        meant = {m.index: m.field for m in table.mapping} if table else {}
        by_header = {p.column: p for p in reversed(draft.problems) if p.column}
        named = preview.headers.get(draft.sheet, {})
        cells = []
        for index, header, text in preview.raw_row(draft):
            means = field_name(meant[index]) if meant.get(index) else ""
            problem = by_header.get(named.get(index, header))
            cells.append(FileCell(index, header, text, means, problem))
        return cells


class FileRow(Grid):
    """The cells of one row of the file; F2, Enter or a double click repairs one."""

    def __init__(self, bringing: Bringing, parent: QWidget | None = None) -> None:
        self.cells = _FileRowModel(bringing)
        super().__init__(self.cells, tr("The row in the file"), parent)
        self.setItemDelegate(_RowPainter(self.cells.columns, self))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        head = self.horizontalHeader()
        for place, column in enumerate(self.cells.columns):
            head.resizeSection(place, theme.px(column.width))
        head.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        self.activated.connect(self._begin)

    def show_row(self, draft: MatterDraft, cells: list[FileCell]) -> None:
        """Show another row."""
        place = self.currentIndex().row()
        same = self.cells.draft is not None and self.cells.draft.row == draft.row
        self.cells.draft = draft
        self.cells.put(cells)
        if same and 0 <= place < len(cells):
            self.setCurrentIndex(self.cells.index(place, _TEXT))

    def _begin(self, index: QModelIndex) -> None:
        self.edit(index.siblingAtColumn(_TEXT))


class _FileRowModel(RowsModel):
    def __init__(self, bringing: Bringing) -> None:
        super().__init__(
            (
                Column("header", say("Header"), lambda r: r.header, 120, tip=_means),
                Column("text", say("In the file"), _cell, 160, tip=_cell_tip),
            )
        )
        self._bringing = bringing
        self.draft: MatterDraft | None = None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if index.column() == _TEXT else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.EditRole:
            return self.rows[index.row()].text
        found = super().data(index, role)
        if role == Qt.ItemDataRole.DisplayRole and isinstance(found, str):
            return " ".join(found.split())
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if self.draft is None or role != Qt.ItemDataRole.EditRole:
            return False
        self._bringing.repair(self.draft, self.rows[index.row()].id, str(value))
        return True


class _RowPainter(CellPainter):
    """A plain editor for one cell; lines of a cell stay lines when they are not touched."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            super().setModelData(editor, model, index)


def _becomes_columns() -> tuple[Column, ...]:
    return (
        Column("name", say("Field"), lambda r: r.name, 80, tip=lambda r: r.name),
        Column("old", say("Now"), lambda r: r.old, 100, tip=lambda r: r.old, least=60),
        Column("new", say("After"), lambda r: r.new, 100, tip=lambda r: r.new, least=60),
        Column("decision", say("Decision"), _decision, 92, tip=_decision_tip),
    )


def _decision(row: Becomes) -> Mark:
    if row.taken is None:
        return Mark(Tone.SOON, tr("to answer"))
    return Mark(Tone.DONE, tr("taken")) if row.taken else Mark(Tone.PLAIN, tr("kept"))


def _decision_tip(_row: Becomes) -> str:
    return tr("Click to take or to keep")


def _means(cell: FileCell) -> str:
    return f"{cell.header} → {cell.means}" if cell.means else cell.header


def _cell(cell: FileCell) -> str | Mark:
    """Its words, on the ground of its problem."""
    if cell.problem is None:
        return cell.text
    tone = Tone.OVERDUE if cell.problem.severity is Severity.ERROR else Tone.SOON
    return Mark(tone, " ".join(cell.text.split()) or tr("empty"))


def _cell_tip(cell: FileCell) -> str:
    said = f"{cell.problem.message}\n" if cell.problem else ""
    return said + cell.text


def _named(entry: Entry) -> str:
    """What an entry is, in one line."""
    values = (value_of(entry, f) for f in ("reference", "application_number", "title"))
    found = [str(v) for v in values if v]
    return " · ".join(found) or rows_words([entry.proposal.drafts[0].row])


def _tone(entry: Entry) -> Tone:
    return {
        Verdict.NEW: Tone.DONE,
        Verdict.CHANGED: Tone.UNCHECKED,
        Verdict.REFUSED: Tone.OVERDUE,
    }.get(entry.verdict, Tone.PLAIN)


def _verdict_words(entry: Entry) -> str:
    words = str(VERDICTS[entry.verdict])
    if entry.verdict is Verdict.CHANGED:
        n = len(entry.differences)
        return f"{words}: " + ntr("{n} field", "{n} fields", n)
    return words
