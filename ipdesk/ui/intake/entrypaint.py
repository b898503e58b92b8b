"""How the preview draws its cells, and the editor that says what it thinks while one types."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHideEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.model import MatterDraft, Severity
from ipdesk.ui import icons, theme
from ipdesk.ui.intake.bringing import Bringing
from ipdesk.ui.intake.entries import PREVIEW_CELL, TICK, TICKED, EntryTable
from ipdesk.ui.intake.fields import field_name, value_words
from ipdesk.ui.intake.preview import PreviewCell
from ipdesk.ui.tables.columns import Mark
from ipdesk.ui.tables.model import CELL, Index
from ipdesk.ui.tables.paint import CellPainter
from ipdesk.ui.widgets.labels import label, repolish

_PAD = 8
_PAUSE_MS = 120
_SHARED = 3  # signs that stay before the first that differs


class EntryPainter(CellPainter):
    """Ticks, marks, changed cells as old → new, wrong cells on a quiet red."""

    def __init__(self, table: EntryTable, bringing: Bringing) -> None:
        super().__init__((), table)
        self._table = table
        self._bringing = bringing
        self._font = theme.figures(12)
        self._bold = theme.figures(12, bold=True)
        self._struck = QFont(self._font)
        self._struck.setStrikeOut(True)
        self._own_metrics = QFontMetrics(self._font)
        self._accent = QColor(theme.colour("accent"))
        self._ink = QColor(theme.colour("text"))
        self._quiet = QColor(theme.colour("muted"))
        self._hair = QColor(theme.colour("line"))
        self._check = icons.pixmap("check", 16, "on_accent")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() == TICK:
            self._ground(painter, option)
            self._draw_tick(painter, option.rect, index.data(TICKED))
            return
        self._ground(painter, option)
        painter.save()
        inner = option.rect.adjusted(_PAD, 0, -_PAD, -1)
        cell = index.data(PREVIEW_CELL)
        if not isinstance(cell, PreviewCell):
            self._draw_about(painter, inner, index)
        elif cell.problem is not None:
            tone = Tone.OVERDUE if cell.wrong else Tone.SOON
            self._draw_mark(painter, inner, Mark(tone, cell.text or tr("empty")))
        elif cell.old is not None:
            self._draw_change(painter, inner, cell)
        else:
            painter.setFont(self._font)
            painter.setPen(self._ink)
            self._fitted(painter, inner, cell.text, self._own_metrics)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        box: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._chosen)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._hover)
        painter.setPen(self._hair)
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _draw_about(self, painter: QPainter, box: QRect, index: Index) -> None:
        """Row, verdict and remark."""
        cell = index.data(CELL)
        if isinstance(cell, Mark):
            self._draw_mark(painter, box, cell)
        elif cell:
            painter.setFont(self._font)
            painter.setPen(self._quiet)
            painter.drawText(box, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), cell)

    def _draw_tick(self, painter: QPainter, box: QRect, ticked: bool | None) -> None:
        if ticked is None:
            return
        side = theme.px(14)
        square = QRect(0, 0, side, side)
        square.moveCenter(box.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._accent if ticked else self._quiet)
        painter.setBrush(self._accent if ticked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, 3, 3)
        if ticked:
            painter.drawPixmap(square.adjusted(1, 1, -1, -1), self._check)
        painter.restore()

    def _draw_change(self, painter: QPainter, box: QRect, cell: PreviewCell) -> None:
        """The old value struck out, then the new one; the new one keeps most of the room."""
        old, new = cell.old or "", cell.text
        arrow = "→ "
        metrics = QFontMetrics(self._bold)
        whole = self._own_metrics.horizontalAdvance(old) + metrics.horizontalAdvance(arrow + new)
        if old and whole + 4 > box.width():
            old, new = apart(old, new)
        new_wide = metrics.horizontalAdvance(new) + metrics.horizontalAdvance(arrow) + 4
        room = max(box.width() - new_wide, box.width() // 3) if old else 0
        painter.setFont(self._struck)
        painter.setPen(self._quiet)
        taken = 0
        if old:
            short = self._own_metrics.elidedText(old, Qt.TextElideMode.ElideRight, room - 4)
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(left), short)
            taken = self._own_metrics.horizontalAdvance(short) + 4
        painter.setFont(self._bold)
        painter.setPen(self._accent)
        rest = box.adjusted(taken, 0, 0, 0)
        self._fitted(painter, rest, arrow + new if old else "+ " + new, metrics)

    def _fitted(self, painter: QPainter, box: QRect, text: str, metrics: QFontMetrics) -> None:
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(side), short)

    # ------------------------------------------------------------------ editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = self._table.entries
        column = model.source_column(index)
        preview = model.preview
        assert preview is not None
        assert column is not None, "only cells of the file are editable"
        draft = preview.draft(model.shown[index.row()])
        field = model.field_at(index.column())
        return CellEditor(
            parent,
            self._bringing,
            draft,
            column,
            field,
            str(index.data(Qt.ItemDataRole.ToolTipRole) or ""),
        )

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEditor):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or "").replace("\n", "; "))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CellEditor) and editor.isModified():
            editor.keep()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        box = QRect(option.rect)
        box.setWidth(max(box.width(), theme.px(220)))
        ground = self._table.viewport().width()
        if box.right() > ground:
            box.moveRight(ground)
        editor.setGeometry(box)


class CellEditor(QLineEdit):
    """One cell of the file under repair; what it reads as stands below it."""

    def __init__(
        self,
        parent: QWidget,
        bringing: Bringing,
        draft: MatterDraft,
        column: int,
        field: str,
        said: str,
    ) -> None:
        super().__init__(parent)
        self._bringing, self._draft = bringing, draft
        self._column, self._field = column, field
        self.setAccessibleName(tr("Repair the cell"))
        self.verdict = label(said.split("\n")[0], "", wrap=True)
        self.verdict.setParent(parent)
        self.verdict.setObjectName("popover")
        self.verdict.setMargin(6)
        self.verdict.hide()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._pause.start())
        bringing.judged.connect(self._judge)
        self.destroyed.connect(self.verdict.deleteLater)

    def keep(self) -> None:
        """Take what was typed."""
        self._bringing.repair(self._draft, self._column, self.text())

    def _ask(self) -> None:
        self._bringing.try_repair(self._draft, self._column, self.text())

    def _judge(self, draft: MatterDraft | None) -> None:
        """Say what the cell reads as now, or what is still wrong with it."""
        tone, words = judgement(self._bringing, draft, self._column, self._field, self.text())
        self.setProperty("wrong", "true" if tone is Tone.OVERDUE else "false")
        repolish(self)
        self.verdict.setText(words)
        self.verdict.setProperty("ink", tone.value)
        repolish(self.verdict)
        self._place()
        self.verdict.show()
        self.verdict.raise_()

    def _place(self) -> None:
        wide = max(self.width(), theme.px(280))
        self.verdict.setFixedWidth(wide)
        high = self.verdict.heightForWidth(wide) + 8
        self.verdict.setFixedHeight(high)
        ground = self.parentWidget()
        below = self.y() + self.height() + 2
        fits = ground is None or below + high <= ground.height()
        x = self.x() if ground is None else max(0, min(self.x(), ground.width() - wide))
        self.verdict.move(x, below if fits else self.y() - high - 2)

    def hideEvent(self, event: QHideEvent) -> None:
        self.verdict.hide()
        super().hideEvent(event)


def apart(old: str, new: str) -> tuple[str, str]:
    """Two long values without most of the beginning that they share."""
    pairs = enumerate(zip(old, new, strict=False))
    same = next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))
    shared = same - _SHARED
    return (f"…{old[shared:]}", f"…{new[shared:]}") if shared > 1 else (old, new)


def judgement(
    bringing: Bringing, draft: MatterDraft | None, column: int, field: str, typed: str
) -> tuple[Tone, str]:
    """What to say of a row that was read again with one cell changed."""
    if draft is None:
        return Tone.OVERDUE, "▲ " + tr(
            "The row would be left out: it names neither number nor title."
        )
    preview = bringing.preview
    headers = preview.headers.get(draft.sheet, {}) if preview else {}
    own = [p for p in draft.problems if p.column and p.column == headers.get(column)]
    if own:
        severe = any(p.severity is Severity.ERROR for p in own)
        tone = Tone.OVERDUE if severe else Tone.SOON
        return tone, ("▲ " if severe else "● ") + str(own[0].message)
    value = getattr(draft, field, None) or draft.extra.get(field)
    words = value_words(field, value)
    if not words and typed.strip():
        return Tone.SOON, "● " + tr(
            "Nothing of this can be read as: {field}", field=field_name(field)
        )
    if not words:
        return Tone.PLAIN, tr("The cell is left empty.")
    return Tone.DONE, "✓ " + tr("Reads as {value}", value=words)


def drawn_by(table: EntryTable, bringing: Bringing) -> EntryPainter:
    """Give a table its painter."""
    painter = EntryPainter(table, bringing)
    table.setItemDelegate(painter)
    return painter
