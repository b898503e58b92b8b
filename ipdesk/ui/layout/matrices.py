"""The matrices: one click from one to the next, and all that lies behind a cell beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.layout.cells import Axis
from ipdesk.core.layout.coverage import Matrix
from ipdesk.core.layout.queries_matrix import KINDS, coverage
from ipdesk.core.layout.words import CellState
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.cellacts import CellActs
from ipdesk.ui.layout.cellcard import CellCard, read_behind
from ipdesk.ui.layout.grid import MatrixTable
from ipdesk.ui.layout.view import Bench, View
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.scroll import emptied
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIRST = "effect"


class MatricesView(View):
    """Four matrices under one legend."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(desk, bench)
        self._kind = _FIRST
        self.kinds = Segments([(kind, str(words)) for kind, words in KINDS.items()])
        self.kinds.chosen.connect(self.choose)
        self.kinds.mark(_FIRST)
        self.bar.addWidget(self.kinds, 1)
        self.grid = MatrixTable()
        self.acts = CellActs(desk, self, bench)
        self.card = CellCard(desk, self.acts, self.chosen)
        self.tally = label("", "muted", wrap=True)
        left = card()
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.nothing = QWidget()
        self._said = QVBoxLayout(self.nothing)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.grid, 1)
        self._foot = _foot(self.tally)
        column.addWidget(self._foot)
        self.body.addWidget(Split(desk, "matrices", left, self.card, (9, 4)), 1)
        self.grid.picked.connect(lambda _row, _column: self._show_cell())
        self.grid.opened.connect(self.card.enter)
        action(self.grid, tr("Record a search…"), self.ask_search, shortcut="Ctrl+Return",
               tip=tr("Record a search of the selected cells"))  # fmt: skip

    @property
    def kind(self) -> str:
        """The matrix in sight."""
        return self._kind

    def choose(self, kind: str) -> None:
        """Another matrix."""
        if kind not in KINDS:
            return
        self._kind = kind
        self.kinds.mark(kind)
        self.card.show_nothing()
        self.reload()

    def visit(self, wanted: int | str | None) -> None:
        if isinstance(wanted, str):
            self.choose(wanted)

    def reload(self) -> None:
        question = partial(_matrix, self._kind, self.bench.plan, self.desk.today())
        self.ask(question, self._show, key="matrix")

    def _show(self, matrix: Matrix) -> None:
        if matrix.kind != self._kind:
            return
        self.grid.put(matrix)
        full = bool(matrix.rows and matrix.columns)
        self.grid.setVisible(full)
        self.nothing.setVisible(not full)
        self._foot.setVisible(full)
        if not full:
            self._say_lacking(matrix)
            self.card.show_nothing()
        states = matrix.tally()
        words = tr(
            "{checked} cells checked, {stale} out of date, {unchecked} never searched.",
            checked=states[CellState.CHECKED],
            stale=states[CellState.STALE],
            unchecked=states[CellState.UNCHECKED],
        )
        if matrix.unplaced:
            n = matrix.unplaced
            words += " " + ntr("{n} matter stands in no row.", "{n} matters stand in no row.", n)
        self.tally.setText(words if full else "")
        if full and self.grid.current() is None:
            self.grid.setCurrentIndex(self.grid.cells.index(0, 0))
        self._show_cell()

    def _say_lacking(self, matrix: Matrix) -> None:
        """What the matrix has to know first, and the way there."""
        emptied(self._said)
        go = partial(self.desk.go, Place("layout", "tree"))
        tree = button(tr("Open the tree"), go, role="main")
        self._said.addWidget(Notice("grid-four", tr("Nothing to lay out yet"), _lacking(matrix),
                                    (tree,)))  # fmt: skip

    def _show_cell(self) -> None:
        found = self.grid.current()
        if found is None:
            return
        row, column = found
        cell = self.grid.cells.matrix.cell(row.key, column.key)
        question = partial(read_behind, self._kind, row, column, cell, self.bench.plan)
        self.ask(question, self.card.show_cell, key="cell")

    def chosen(self) -> list[tuple[Axis, Axis]]:
        """The selected cells, else the one in focus."""
        current = self.grid.current()
        return self.grid.chosen() or ([current] if current else [])

    def ask_search(self) -> None:
        """Somebody searched the selected cells."""
        self.acts.search(self._kind, self.chosen())


def _matrix(kind: str, plan: int | None, today: Any, connection: Connection) -> Matrix:
    return coverage(connection, kind, plan, today)


def _lacking(matrix: Matrix) -> str:
    if not matrix.rows:
        if matrix.kind == "product":
            return tr("There is no product yet. Add the first one in Tree.")
        return tr("There is no technology yet. Add the first one in Tree, or bring in a sheet.")
    if matrix.kind == "effect":
        return tr("There is no effect yet. Add the first one in Tree.")
    if matrix.kind == "application":
        return tr("There is no application field yet. Add the first one in Tree.")
    return tr("No territory is known yet. Set a launch, or import matters.")


# ── legend ────────────────────────────────────────────────────────────────────────────────────


def _foot(tally: QLabel) -> QFrame:
    """What the signs mean, and how many cells nobody searched."""
    foot = QFrame()
    column = QVBoxLayout(foot)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(theme.px(4))
    holder = QWidget()
    flow = Flow(holder, gap=theme.px(12))
    for words in (tr("12 own matters"), tr("+3 planned"), tr("small: families of others")):
        flow.addWidget(label(words, "caption"))
    checked, stale = tr("checked"), tr("search out of date")
    flow.addWidget(label(f"{SIGNS[Tone.DONE]} {checked}", "caption"))
    flow.addWidget(label(f"{SIGNS[Tone.UNCHECKED]} {stale}", "caption"))
    flow.addWidget(_hatched(tr("hatched: unchecked, nobody searched")))
    column.addWidget(holder)
    column.addWidget(tally)
    return foot


def _hatched(words: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(6))
    row.addWidget(_Hatched())
    row.addWidget(label(words, "caption"))
    return holder


class _Hatched(QWidget):
    """A small hatched square."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.px(20), theme.px(14))

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRect(0, 0, self.width() - 1, self.height() - 1)
        muted = QColor(theme.colour("muted"))
        painter.setPen(muted)
        painter.setBrush(QBrush(muted, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)
