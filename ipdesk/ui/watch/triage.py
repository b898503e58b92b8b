"""Triage: hit families by score, the one in focus whole beside them, verdicts by key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.watch.links import document_link
from ipdesk.core.watch.rows import HitDetail
from ipdesk.core.watch.words import VERDICT_LABELS
from ipdesk.core.watch.words import label as word
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.tables.listing import Listing
from ipdesk.ui.watch.acts import open_address
from ipdesk.ui.watch.hitacts import HitActs
from ipdesk.ui.watch.hitcard import HitCard
from ipdesk.ui.watch.sources import WATCH, HitSource
from ipdesk.ui.watch.verdictbar import KEYS, VerdictBar
from ipdesk.ui.widgets.buttons import button, with_keys
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice


class TriageView(QWidget):
    """Keys work while the list has the focus: 1–4, J, K, A, G, C, R, P, O, U."""

    import_wanted = Signal()
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.acts = HitActs(desk, self)
        self.list = Listing(
            desk, HitSource(), self._empty, sort="score", descending=True, outside=(WATCH,)
        )
        self.card = HitCard(desk, self.acts)
        self.bar = VerdictBar()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.list, 1)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Split(desk, "hits", left, self.card, (5, 4)))
        self._deciding: list[int] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._pick_one)
        self._connect()
        self._add_keys()

    def _connect(self) -> None:
        self.list.picked.connect(self.card.show_id)
        self.list.opened.connect(self._open)
        self.list.counted.connect(self.counted)
        self.list.counted.connect(lambda _n: self._soon.start())
        self.list.table.selectionModel().selectionChanged.connect(self._show_count)
        self.bar.wanted.connect(self.ask)
        self.bar.decided.connect(self._decide)
        self.bar.left.connect(self._focus_list)

    def _add_keys(self) -> None:
        for key, verdict in KEYS:
            self._key(key, word(VERDICT_LABELS, verdict), partial(self.ask, verdict.value))
        acts, detail = self.acts, self._with_detail
        self._key("J", tr("Next family"), partial(self.step, 1))
        self._key("K", tr("Family before"), partial(self.step, -1))
        self._key("A", tr("Assign to a reviewer…"), lambda: acts.assign(self.selected()))
        self._key("G", tr("Grade…"), lambda: detail(acts.grade))
        self._key("C", tr("New claim chart…"), lambda: detail(lambda d: acts.chart(d, None)))
        self._key("R", tr("New answer…"), lambda: detail(self._answer))
        self._key("P", tr("Place in technology × effect…"), lambda: acts.place(self.selected()))
        self._key("O", tr("Open the publication"), lambda: detail(self._browse))
        self._key("U", tr("Take the verdict back"), lambda: acts.take_back(self.selected()))

    def _key(self, key: str, text: str, run: Callable[[], object]) -> None:
        made = QAction(text, self.list.table)
        made.setShortcut(QKeySequence(key))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.setToolTip(with_keys(text.rstrip("…"), key))
        made.triggered.connect(lambda _checked=False: run())
        self.list.table.addAction(made)

    # ------------------------------------------------------------------ what is shown

    def show_watch(self, watch: int | None, **facets: str) -> None:
        """The families of a watch, or of all, under these facets alone."""
        self.bar.reset()
        chosen = {WATCH: str(watch)} if watch is not None else {}
        chosen |= {name: value for name, value in facets.items() if value}
        query = ListQuery(
            facets=tuple((n, (v,)) for n, v in chosen.items()),
            sort=self.list.query.sort or "score",
            descending=self.list.query.descending if self.list.query.sort else True,
        )
        self.list.ask(query)

    def reload(self) -> None:
        """The data changed."""
        self.list.reload()
        self.card.again()

    def selected(self) -> list[int]:
        """The families that a verdict would take: the selected ones, else the one in focus."""
        current = self.list.table.current_id()
        return self.list.table.selected_ids() or ([current] if current is not None else [])

    def focus_list(self) -> None:
        """Ready for keys; the first family is picked when none is."""
        self._focus_list()
        self._pick_one()

    # ------------------------------------------------------------------ doing

    def step(self, way: int) -> None:
        """Down or up one family."""
        table = self.list.table
        row = table.currentIndex().row()
        target = row + way if row >= 0 else 0
        if 0 <= target < len(self.list.model):
            table.selectRow(target)
            table.scrollTo(self._index(target))

    def ask(self, verdict: str) -> None:
        """A verdict for the selected families; the reason follows."""
        self._deciding = self.selected()
        if self._deciding:
            self.bar.ask(verdict, len(self._deciding))
        else:
            self._desk.say(tr("Select a family first."))

    def _decide(self, verdict: str, reason: str) -> None:
        """On to the next family at once; the edit is done meanwhile."""
        families, self._deciding = self._deciding, []
        following = self._after(families)
        self.acts.decide(families, verdict, reason)
        if following is not None:
            self.list.pick(following)
        self._focus_list()

    def _after(self, families: list[int]) -> int | None:
        """The family below the decided ones, else the one above them."""
        model = self.list.model
        rows = [model.row_of(family) for family in families]
        below = model.id_at(max(rows) + 1)
        return below if below is not None else model.id_at(min(rows) - 1)

    def _index(self, row: int) -> QModelIndex:
        return self.list.model.index(row, 0)

    def _with_detail(self, act: Callable[[HitDetail], object]) -> None:
        if self.card.detail is not None:
            act(self.card.detail)
        else:
            self._desk.say(tr("Select a family first."))

    def _answer(self, detail: HitDetail) -> None:
        self.acts.answer(detail.row.id, detail.row.shown_title)

    def _browse(self, detail: HitDetail) -> None:
        if detail.members:
            open_address(self._desk, document_link(detail.members[0].number))

    def _open(self, family: int) -> None:
        self.card.show_id(family)
        self.card.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick_one(self) -> None:
        """The list takes the focus when nothing else needs it, and a family with it."""
        table, focus = self.list.table, QApplication.focusWidget()
        if table.isVisible() and (focus is None or focus.isAncestorOf(table)):
            self._focus_list()
        if table.hasFocus() and len(self.list.model) and not table.selected_ids():
            table.selectRow(max(0, table.currentIndex().row()))

    def _focus_list(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_count(self, _on: object = None, _off: object = None) -> None:
        self.bar.show_count(len(self.list.table.selectionModel().selectedRows()))

    def _empty(self) -> Notice:
        if self.list.query.chosen(WATCH):
            return Notice(
                "target",
                tr("No hits yet"),
                tr("Run the query outside, export the list and bring it in here."),
                (button(tr("Import a run…"), self.import_wanted.emit, role="main"),),
            )
        return Notice("target", tr("No hits yet"), tr("Nothing was brought in by any watch."))
