"""The second step: which sheets, where the header stands, what each column means."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.i18n import ntr, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.columns import words
from ipdesk.core.intake.remembered import SavedMapping
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.intake.bringing import Bringing
from ipdesk.ui.intake.choices import ColumnLine, SheetLook
from ipdesk.ui.intake.fields import MEANINGS, field_name, format_name
from ipdesk.ui.intake.rawrows import RawRows, letters
from ipdesk.ui.tables.columns import Cell, Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.split import Split

_MEANING = 2  # the column of the table that is changed


class ColumnStep(QWidget):
    """Everything shown here can be changed; the preview follows."""

    def __init__(self, desk: Desk, bringing: Bringing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bringing = bringing
        self._look: SheetLook | None = None
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(tr("Sheet"))
        self.taken = QCheckBox(tr("Take this sheet"))
        self.source = QComboBox()
        self.source.setMinimumWidth(theme.px(220))
        self.source.setAccessibleName(tr("Source"))
        self.header_row = QSpinBox()
        self.header_row.setAccessibleName(tr("Header in row"))
        self.header_row.setSpecialValueText(tr("none"))
        self.header_row.setKeyboardTracking(False)
        self.header_row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.columns = SmallTable(_columns(), tr("Columns of the list"), stretch="samples")
        self.rows = RawRows()
        self.memory = label("", "muted")
        self.forget = button(tr("Forget this mapping"), bringing.forget_mapping, role="link")
        self._facts = label("", "muted")
        self._facts.setMinimumHeight(theme.px(32))
        self._why = label("", "problem", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._choices())
        column.addWidget(self._why)
        above = self._framed(tr("What each column means"), self.columns)
        self._below = self._framed(tr("The first rows as they stand in the file"), self.rows)
        split = Split(desk, "import.columns", above, self._below, (3, 2), upright=True)
        split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column.addWidget(split, 1)
        self._connect()

    def _choices(self) -> QWidget:
        whole = QWidget()
        flow = Flow(whole, gap=theme.px(12))
        self._sheet_box = self._captioned(tr("Sheet"), self.sheets, self.taken)
        self._source_box = self._captioned(tr("Source"), self.source)
        self._header_box = self._captioned(tr("Header in row"), self.header_row)
        self._memory_box = self._captioned("", self.memory, self.forget)
        boxes = (self._sheet_box, self._source_box, self._header_box)
        for widget in (*boxes, self._facts, self._memory_box):
            flow.addWidget(widget)
        return whole

    def _captioned(self, caption: str, *widgets: QWidget) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        if caption:
            row.addWidget(label(caption, "muted"))
        for widget in widgets:
            row.addWidget(widget)
        return holder

    def _framed(self, title: str, inner: QWidget) -> QWidget:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, theme.px(8), 1, 1)
        column.setSpacing(theme.px(6))
        heading = label(title, "section")
        heading.setContentsMargins(theme.px(12), 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(inner, 1)
        return frame

    def _connect(self) -> None:
        self._bringing.looked.connect(self.show_look)
        self.sheets.activated.connect(lambda _row: self._bringing.look(self.sheets.currentData()))
        self.taken.clicked.connect(self._take)
        self.source.activated.connect(
            lambda _row: self._bringing.choose_source(self.source.currentData())
        )
        self.header_row.valueChanged.connect(self.take_header)
        self.rows.header_chosen.connect(self.header_row.setValue)
        self.columns.clicked.connect(self._click)
        self.columns.activated.connect(self._activate)

    # ------------------------------------------------------------------ showing

    def show_file(self) -> None:
        """The sheets and the source of the file that was opened."""
        opened = self._bringing.opened
        if opened is None:
            return
        self.sheets.clear()
        for sheet in opened.raw.sheets:
            taken = self._bringing.choices.sheet(sheet.name).taken
            hidden = "" if sheet.visible else f" ({tr('hidden')})"
            self.sheets.addItem(f"{'✓ ' if taken else ''}{sheet.name}{hidden}", sheet.name)
        several = len(opened.raw.sheets) > 1
        self._sheet_box.setVisible(several)
        self.sheets.setCurrentIndex(max(0, self.sheets.findData(self._bringing.sheet)))
        self.source.clear()
        recognised = opened.result.format if opened.result else "sheet"
        words_of = tr("Recognised: {source}", source=format_name(recognised))
        self.source.addItem(words_of, "")
        for vendor in words().vendors:
            self.source.addItem(vendor.name, vendor.id)
        self.source.setCurrentIndex(max(0, self.source.findData(self._bringing.choices.source)))
        self._source_box.setVisible(not opened.raw.format)

    def show_look(self, look: SheetLook) -> None:
        """A sheet as it is understood now."""
        self._look = look
        choice = self._bringing.choices.sheet(look.name)
        self.show_file()
        self.taken.setChecked(choice.taken)
        self.header_row.blockSignals(True)
        self.header_row.setRange(0, min(look.lines, 200))
        self.header_row.setValue(look.header_row)
        self.header_row.blockSignals(False)
        self._header_box.setVisible(not look.named)
        place = self.columns.currentIndex().row()
        self.columns.put(look.columns)
        if 0 <= place < len(look.columns):
            self.columns.selectRow(place)
        self.rows.put(look.rows, look.header_row)
        self._below.setVisible(not look.named)
        facts = [ntr("{n:,} row in the sheet", "{n:,} rows in the sheet", look.lines)]
        if look.hidden_rows:
            n = look.hidden_rows
            facts.append(ntr("{n:,} of them hidden, read too", "{n:,} of them hidden, read too", n))
        self._facts.setText(" · ".join(facts))
        self._show_memory(choice.remembered)
        self._why.setText("▲ " + str(look.why_not) if look.why_not else "")
        self._why.setVisible(look.why_not is not None and choice.taken)

    def _show_memory(self, known: SavedMapping | None) -> None:
        """Where meanings come from that nobody set in this list."""
        self._memory_box.setVisible(known is not None)
        if known is not None:
            words = tr("Mapping remembered from {file}", file=known.file or "–")
            self.memory.setText(f"{words}, {known.on.isoformat()}" if known.on else words)

    # ------------------------------------------------------------------ changing

    def _take(self, taken: bool) -> None:
        choice = self._bringing.choices.sheet(self._bringing.sheet)
        self._bringing.choose(replace(choice, taken=taken))

    def take_header(self, row: int) -> None:
        """Another row holds the names of the columns; meanings set by hand are dropped."""
        choice = self._bringing.choices.sheet(self._bringing.sheet)
        self._bringing.choose(replace(choice, header_row=row, fields={}, remembered=None))

    def mean(self, column: int, field: str | None) -> None:
        """Say what a column means; None: as recognised."""
        choice = self._bringing.choices.sheet(self._bringing.sheet)
        fields = {i: f for i, f in choice.fields.items() if i != column}
        if field is not None:
            fields[column] = field
        row = choice.header_row
        if row is None and self._look is not None and not self._look.named:
            row = self._look.header_row
        self._bringing.choose(replace(choice, header_row=row, fields=fields))

    def _click(self, index: QModelIndex) -> None:
        if index.column() == _MEANING:
            self._open_menu(index)

    def _activate(self, index: QModelIndex) -> None:
        if index.column() != _MEANING:
            self._open_menu(index)

    def _open_menu(self, index: QModelIndex) -> None:
        line = self.columns.row_at(index.row())
        if line is not None:
            cell = self.columns.visualRect(index.siblingAtColumn(_MEANING))
            where = self.columns.viewport().mapToGlobal(cell.bottomLeft() + QPoint(0, 1))
            self.menu(line).popup(where)

    def menu(self, line: ColumnLine) -> QMenu:
        """All that a column may mean."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if line.chosen:
            menu.addAction(tr("As recognised"), partial(self.mean, line.index, None))
        aside = menu.addAction(tr("Leave aside"), partial(self.mean, line.index, ""))
        aside.setCheckable(True)
        aside.setChecked(not line.field)
        menu.addSeparator()
        for title, fields in MEANINGS:
            group = menu.addMenu(str(title))
            for field, name in fields:
                choice = group.addAction(str(name), partial(self.mean, line.index, field))
                choice.setCheckable(True)
                choice.setChecked(field in line.field.split("+"))
                if choice.isChecked():
                    menu.setDefaultAction(group.menuAction())
        return menu


def _columns() -> tuple[Column, ...]:
    return (
        Column("letter", say("Column"), lambda r: letters(r.index), 64),
        Column("header", say("Header"), _header, 200, tip=_header, strong=True),
        Column("meaning", say("Meaning"), _meaning, 196, tip=_meaning_tip),
        Column("sure", say("How sure"), _sure, 120),
        Column("samples", say("Examples"), _samples, 300, tip=lambda r: "\n".join(r.samples)),
    )


def _header(line: ColumnLine) -> str:
    return line.header or tr("(no header)")


def _meaning(line: ColumnLine) -> str:
    return f"{field_name(line.field) if line.field else tr('Leave aside')}  ▾"


def _meaning_tip(_line: ColumnLine) -> str:
    return tr("Click to say what this column means")


def _sure(line: ColumnLine) -> Cell:
    if line.remembered:
        return Mark(Tone.DONE, tr("remembered"))
    if line.chosen:
        return Mark(Tone.DONE, tr("set by you"))
    if not line.field:
        return None if line.sure else tr("not recognised")
    return Mark(Tone.DONE, tr("sure")) if line.sure else Mark(Tone.SOON, tr("guessed"))


def _samples(line: ColumnLine) -> str:
    return "  ·  ".join(line.samples)
