"""The third step: what the import would do, row by row; filter, untick, repair."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QSizePolicy, QVBoxLayout, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.plan import Entry, Verdict
from ipdesk.core.intake.wishes import Policy
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.intake.bringing import Bringing
from ipdesk.ui.intake.entries import EntryTable
from ipdesk.ui.intake.entrydetail import EntryDetail
from ipdesk.ui.intake.entrypaint import drawn_by
from ipdesk.ui.intake.policychip import PolicyChip
from ipdesk.ui.intake.preview import ALL, FILTERS, REMARKS, Preview
from ipdesk.ui.intake.reachnote import ReachNote
from ipdesk.ui.widgets.buttons import action, menu_of, more_button
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split

_MOST_ROWS = 8  # numbered in a note
_TONES = {Verdict.REFUSED: Tone.OVERDUE, REMARKS: Tone.SOON}


class PreviewStep(QWidget):
    """The main thing of the wizard."""

    export_wanted = Signal()

    def __init__(self, desk: Desk, bringing: Bringing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bringing = bringing
        self._filter = ALL
        self.filters = Segments(
            [(str(value), str(words)) for value, words in FILTERS],
            {str(value): tone for value, tone in _TONES.items()},
        )
        self.filters.chosen.connect(self.show_filter)
        self.policies = PolicyChip()
        self.policies.chosen.connect(self._set_policy)
        self.table = EntryTable(bringing)
        drawn_by(self.table, bringing)
        self.detail = EntryDetail(bringing)
        self.table.picked.connect(self.detail.show_place)
        self._note = label("", "muted", wrap=True)
        self._actions()
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(self._bar())
        column.addWidget(self._note)
        column.addWidget(ReachNote(desk, bringing))
        split = Split(desk, "import.preview", frame, self.detail, (5, 3))
        frame.setMinimumWidth(theme.px(240))
        self.detail.setMinimumWidth(theme.px(260))
        split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column.addWidget(split, 1)
        bringing.previewed.connect(self.show_preview)

    def _actions(self) -> None:
        table = self.table
        self.take_all = action(
            self, tr("Tick all lines shown"), partial(self._tick_shown, True), icon="check-square"
        )
        self.leave_all = action(
            self, tr("Untick all lines shown"), partial(self._tick_shown, False), icon="square"
        )
        self.toggle = action(
            table,
            tr("Tick or untick the selected lines"),
            lambda: table.toggle(table.selected_places()),
            tip=tr("Space does the same"),
        )
        self.export = action(
            self, tr("Export refused rows…"), self.export_wanted.emit, icon="file-arrow-down"
        )
        self.next_problem = action(
            self, tr("Next line with a remark"), self.go_to_problem, shortcut="F8"
        )
        self.next_question = action(
            self, tr("Next line to answer"), self.go_to_question, shortcut="Shift+F8"
        )
        self.family = action(
            table, tr("Family of the selected lines…"), self.choose_family, icon="tree-structure"
        )
        self.repair = action(
            table,
            tr("Repair this cell"),
            lambda: table.edit(table.currentIndex()),
            icon="wrench",
            tip=tr("Repair this cell (F2 or double click)"),
        )
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.filters, 1)
        row.addWidget(self.policies)
        rest: list[QAction | None] = [
            self.take_all,
            self.leave_all,
            None,
            self.next_problem,
            self.next_question,
            self.export,
        ]
        row.addWidget(more_button(menu_of(self, rest)))
        return row

    # ------------------------------------------------------------------ showing

    @property
    def filter(self) -> str:
        """The verdict in sight."""
        return self._filter

    def show_preview(self) -> None:
        """A new plan: counts, the same filter, the same line."""
        preview = self._bringing.preview
        if preview is None:
            return
        self.filters.count({str(name): preview.count(name) for name, _ in FILTERS})
        if self._filter != ALL and not preview.count(self._filter):
            self._filter = ALL
        self.filters.mark(self._filter)
        self.policies.put(preview.changing, self._bringing.wishes)
        self.export.setEnabled(preview.count(Verdict.REFUSED) > 0)
        self.next_problem.setEnabled(preview.count(REMARKS) > 0)
        self._note.setText(" ".join(self._notes(preview)))
        self._note.setVisible(bool(self._note.text()))
        self._show_entries(preview)

    def show_filter(self, name: str) -> None:
        """Only the entries of one verdict."""
        self._filter = name
        self.filters.mark(name)
        if self._bringing.preview is not None:
            self._show_entries(self._bringing.preview)

    def _show_entries(self, preview: Preview) -> None:
        self.table.show_entries(preview, preview.places[self._filter], self._filter)
        self.detail.show_place(self.table.current_place())

    def _notes(self, preview: Preview) -> list[str]:
        """What is worth knowing of the whole file."""
        notes = []
        before = self._bringing.opened.before if self._bringing.opened else None
        if before is not None:
            day = before.at.date()
            notes.append(tr("This very file was imported on {day} already.", day=day))
        if preview.plan.duplicates:
            n = preview.plan.duplicates
            notes.append(
                ntr(
                    "{n:,} row tells of a matter that another row names, and was joined with it.",
                    "{n:,} rows tell of matters that other rows name, and were joined with them.",
                    n,
                )
            )
        if aside := preview.left_aside:
            rows = ", ".join(str(p.row) for p in aside[:_MOST_ROWS])
            rows += "…" if len(aside) > _MOST_ROWS else ""
            notes.append(
                ntr(
                    "Row {rows} has neither a number nor a title and is left aside.",
                    "{n:,} rows have neither a number nor a title and are left aside: {rows}.",
                    len(aside),
                    rows=rows,
                )
            )
        if preview.alike:
            new, known = preview.alike[0]
            notes.append(
                ntr(
                    "“{new}” looks like “{known}”; merge them afterwards if they are one.",
                    "{n:,} names look like known ones, such as “{new}” and “{known}”; "
                    "merge them afterwards if they are one.",
                    len(preview.alike),
                    new=new,
                    known=known,
                )
            )
        if self._bringing.repairs:
            n = len(self._bringing.repairs)
            notes.append(ntr("{n:,} cell repaired here.", "{n:,} cells repaired here.", n))
        return notes

    # ------------------------------------------------------------------ doing

    def _set_policy(self, field: str, policy: Policy) -> None:
        """Take, keep or ask for a field; the first line to answer comes into sight."""
        bringing = self._bringing
        bringing.wish(bringing.wishes.with_policy(field, policy))
        if bringing.preview is None:
            return
        self.policies.put(bringing.preview.changing, bringing.wishes)
        if policy is Policy.ASK:
            self.show_filter(str(Verdict.CHANGED))
            place = self.table.current_place()
            if place is None or not bringing.wishes.asked(bringing.preview.entry(place)):
                self.go_to_question()
        self.detail.show_place(self.table.current_place())

    def go_to_question(self) -> None:
        """The next line with a change that waits for an answer."""
        wishes = self._bringing.wishes
        self._go_to(lambda entry: bool(wishes.asked(entry)))

    def choose_family(self) -> None:
        """Put the selected lines into another family, a new one, or none."""
        preview, places = self._bringing.preview, self.table.selected_places()
        if preview is None or not places:
            return
        none = tr("(no family)")
        known = [none, *dict.fromkeys(f.key for f in preview.plan.families)]
        now = self._bringing.wishes.family(preview.entry(places[0]))
        at = known.index(now) if now in known else 0
        name, taken = QInputDialog.getItem(
            self,
            tr("Family of the selected lines"),
            tr("Choose a family of the list, or type a name of your own:"),
            known,
            at,
            True,
        )
        if taken:
            self.put_family("" if name == none else name.strip())

    def put_family(self, name: str) -> None:
        """The selected lines belong to this family; empty: to none."""
        preview = self._bringing.preview
        if preview is not None:
            entries = [preview.entry(p) for p in self.table.selected_places()]
            self._bringing.wish(self._bringing.wishes.with_family(entries, name))
            self.table.viewport().update()
            self.detail.show_place(self.table.current_place())

    def go_to_problem(self) -> None:
        """The cell to look at on this line, else the next line below with something to say."""
        now = self.table.currentIndex()
        elsewhere = now.isValid() and now.column() != self._problem_column(now.row())
        self._go_to(lambda entry: bool(entry.problems), 0 if elsewhere else 1)

    def _go_to(self, fits: Callable[[Entry], bool], first: int = 1) -> None:
        entries = self.table.entries
        if entries.preview is None or not len(entries.shown):
            return
        start = self.table.currentIndex().row()
        count = len(entries.shown)
        for step in range(first, count + 1):
            row = (start + step) % count
            entry = entries.preview.entry(entries.shown[row])
            if fits(entry):
                self.table.setCurrentIndex(entries.index(row, self._problem_column(row)))
                return

    def _problem_column(self, row: int) -> int:
        """The cell that the first problem speaks of, if it is in the table."""
        entries = self.table.entries
        for column in range(entries.columnCount()):
            field = entries.field_at(column)
            if field and entries.preview is not None:
                cell = entries.preview.cell(entries.shown[row], field)
                if cell.problem is not None:
                    return column
        return max(0, self.table.currentIndex().column())

    def _tick_shown(self, taken: bool) -> None:
        self._bringing.tick(self.table.entries.shown, taken)

    def _menu(self, where: QPoint) -> None:
        index = self.table.currentIndex()
        self.repair.setEnabled(self.table.entries.source_column(index) is not None)
        menu = menu_of(self, [self.repair, self.toggle, self.family, None, self.next_problem])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(where))
