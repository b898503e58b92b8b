"""The timeline of a family: one lane a member, from the priority to the end of the term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import tr
from ipdesk.charts.lanes import Lane, Lanes, Point
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.timeline import Strand, family_timeline
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.matter.lanechart import LaneChart
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label
from ipdesk.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from sqlalchemy import Connection

ENTRY, LIFE = "entry", "life"
_ENTRY_MONTHS = 40  # to the end of the national phases, with some room


class FamilyTimeline(QDialog):
    """Drawn by the same lanes as on paper; to the national phases, or the whole life."""

    def __init__(self, desk: Desk, parent: QWidget, matter: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = label(tr("Timeline of the family"), "title")
        self.resize(theme.px(1080), theme.px(520))
        self._desk, self._matter = desk, matter
        self._strands: Sequence[Strand] = ()
        self.drawn = LaneChart(desk, tr("Timeline"))
        self._segments = Segments(
            ((ENTRY, tr("To the national phases")), (LIFE, tr("The whole life")))
        )
        self._segments.chosen.connect(self.choose)
        self._scope = ENTRY
        self._segments.mark(ENTRY)
        text = tr("Months count from the priority date; hollow points are computed or unverified.")
        row = QHBoxLayout()
        row.addWidget(label(text, "muted", wrap=True), 1)
        row.addWidget(button(tr("Close"), self.accept, role="main"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(self._title)
        column.addWidget(self._segments)
        column.addWidget(self.drawn, 1)
        column.addLayout(row)
        question = partial(_read, matter, desk.today())
        desk.worker.read(question, self._take, partial(tell, desk), key="timeline")

    def _take(self, strands: Sequence[Strand]) -> None:
        self._strands = strands
        shown = [s.reference for s in strands if s.matter_id == self._matter]
        if shown:
            words = tr("Timeline of the family of {reference}", reference=shown[0])
            self._title.setText(words)
            self.setWindowTitle(words)
        self.choose(self._scope)

    def choose(self, scope: str) -> None:
        """Another span of time."""
        self._scope = scope
        self._segments.mark(scope)
        self.drawn.put(lanes_of(self._strands, self._desk.today(), scope))


def lanes_of(strands: Sequence[Strand], today: date, scope: str) -> Lanes:
    """What the chart draws of strands; the first years, or all of them."""
    days = [m.day for s in strands for m in s.moments]
    last = None
    if scope == ENTRY and days:
        last = add_months(min(days), _ENTRY_MONTHS)
    drawn = tuple(Lane(s.reference, s.title, s.right, _points(s, last)) for s in strands)
    first = add_months(min(days).replace(day=1), -1) if days else None
    return Lanes(today, drawn, first, last)


def _points(strand: Strand, last: date | None) -> tuple[Point, ...]:
    return tuple(
        Point(
            m.day,
            str(m.words).strip(),
            computed=m.uncertain,
            done=m.done,
            tone=Tone.OVERDUE if m.overdue else Tone.PLAIN,
            months=m.months,
        )
        for m in strand.moments
        if last is None or m.day <= last
    )


def _read(matter: int, today: date, connection: Connection) -> Sequence[Strand]:
    return family_timeline(connection, matter, today)
