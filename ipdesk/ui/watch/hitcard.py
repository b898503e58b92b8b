"""One hit family whole, in four leaves: what it says, what we think of it, answers, memory."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QFrame, QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.portfolio.model import status_label
from ipdesk.core.watch.queries_hits import hit_detail
from ipdesk.core.watch.rows import HitDetail
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.watch.answerleaf import AnswerLeaf
from ipdesk.ui.watch.assessleaf import AssessLeaf
from ipdesk.ui.watch.facts import flow_of
from ipdesk.ui.watch.hitacts import HitActs
from ipdesk.ui.watch.hitleaf import HitLeaf
from ipdesk.ui.watch.marks import grade_mark, verdict_mark
from ipdesk.ui.watch.memoryleaf import MemoryLeaf
from ipdesk.ui.widgets.labels import chip, label
from ipdesk.ui.widgets.scroll import emptied
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Leaf(Protocol):
    """A leaf is filled when it comes into sight."""

    def put(self, detail: HitDetail) -> None: ...


class HitCard(QFrame):
    """Shows the family of an id; the leaf stays when one walks through the list."""

    def __init__(self, desk: Desk, acts: HitActs) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._desk = desk
        self._wanted: int | None = None
        self.detail: HitDetail | None = None
        self._head = QWidget()
        self._box = QVBoxLayout(self._head)
        edge = theme.px(12)
        self._box.setContentsMargins(edge, edge, edge, theme.px(4))
        self._box.setSpacing(theme.px(4))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.hit = HitLeaf(desk)
        self.assessment = AssessLeaf(desk, acts)
        self.answers = AnswerLeaf(desk, acts)
        self.memory = MemoryLeaf(desk)
        for leaf, words in (
            (self.hit, tr("Hit")),
            (self.assessment, tr("Assessment")),
            (self.answers, tr("Answers")),
            (self.memory, tr("Memory")),
        ):
            self.tabs.addTab(leaf, words)
        self.tabs.currentChanged.connect(self._fill)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.tabs, 1)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        hint = tr("Select a family: 1 to 4 give a verdict, J and K walk through the list.")
        self._stack.addWidget(Notice("target", tr("No family selected"), hint))
        self._stack.addWidget(whole)

    @property
    def family(self) -> int | None:
        """The id in sight, or on its way."""
        return self._wanted

    def show_id(self, family: int | None) -> None:
        """Read a family and show it."""
        self._wanted = family
        if family is None:
            self.detail = None
            self._stack.setCurrentIndex(0)
            return
        question = partial(_detail, family, self._desk)
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="hit")

    def again(self) -> None:
        """The data changed."""
        self.show_id(self._wanted)

    def _show(self, detail: HitDetail | None) -> None:
        self.detail = detail
        if detail is None:
            self.show_id(None)
            return
        self._show_head(detail)
        self._fill(self.tabs.currentIndex())
        self._stack.setCurrentIndex(1)

    def _show_head(self, detail: HitDetail) -> None:
        emptied(self._box)
        row = detail.row
        self._box.addWidget(label(row.shown_title or row.key, "title", wrap=True))
        below = " · ".join(w for w in ("; ".join(row.applicants), row.key) if w)
        self._box.addWidget(label(below, "muted", wrap=True))
        marks = [verdict_mark(row), grade_mark(row.grade)]
        made: list[QWidget] = [chip(mark.tone, mark.text) for mark in marks if mark is not None]
        made.append(chip(Tone.PLAIN, status_label(row.status)))
        if row.fresh:
            made.append(chip(Tone.SOON, tr("New with the last run")))
        if row.gone:
            made.append(chip(Tone.UNCHECKED, tr("Gone from the last run")))
        if row.review_due or row.reviewer:
            made.append(chip(Tone.PLAIN, f"{row.reviewer} {row.review_due or ''}".strip()))
        flow_of(self._box, made)

    def _fill(self, place: int) -> None:
        if self.detail is not None:
            leaves: tuple[Leaf, ...] = (self.hit, self.assessment, self.answers, self.memory)
            leaves[place].put(self.detail)


def _detail(family: int, desk: Desk, connection: Connection) -> HitDetail | None:
    return hit_detail(connection, family, desk.today())
