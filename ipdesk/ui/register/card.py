"""One difference whole: both values side by side, where the register's stands, what to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.intake.register.model import DifferenceRow, Stand, words_of
from ipdesk.core.intake.register.queries import difference_rows
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.intake.fields import field_name, format_name
from ipdesk.ui.page import tell
from ipdesk.ui.register.acts import RegisterActs
from ipdesk.ui.register.sources import day_of, ours_words, stand_mark
from ipdesk.ui.widgets.buttons import LinkLine, button
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, hairline, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied

if TYPE_CHECKING:
    from sqlalchemy import Connection


class DifferenceCard(QFrame):
    """Shows the difference of an id; reads it again when told to."""

    def __init__(self, desk: Desk, acts: RegisterActs) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._desk, self._acts = desk, acts
        self._shown: int | None = None
        self._column = Column(margin=theme.px(16), gap=theme.px(8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._column)
        self._show(None)

    def show_id(self, wanted: int | None) -> None:
        """Read one difference and show it."""
        self._shown = wanted
        if wanted is None:
            self._show(None)
            return
        question = partial(_one, wanted)
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="card")

    def again(self) -> None:
        """The data changed."""
        self.show_id(self._shown)

    def _show(self, row: DifferenceRow | None) -> None:
        box = self._column.box
        emptied(box)
        if row is None:
            hint = tr("Select a line to see both values and where they come from.")
            box.addWidget(label(hint, "muted", wrap=True))
            box.addStretch(1)
            return
        box.addWidget(label(field_name(row.field), "title", wrap=True))
        go = partial(self._desk.go, Place("portfolio", row.matter_id))
        words = f"{row.reference}  {row.shown_title}"
        box.addWidget(LinkLine(words, go, tr("Open the matter")))
        place = f"{right_label(row.right)} · {office_name(row.office)}"
        box.addWidget(label(place, "muted", wrap=True))
        self._add_chips(row)
        box.addWidget(self._values(row))
        self._add_acts(row)
        box.addWidget(hairline())
        self._add_facts(row)
        box.addStretch(1)

    def _add_chips(self, row: DifferenceRow) -> None:
        holder = QWidget()
        chips = Flow(holder, gap=theme.px(6))
        mark = stand_mark(row)
        chips.addWidget(chip(mark.tone, mark.text))
        self._column.box.addWidget(holder)

    def _values(self, row: DifferenceRow) -> QWidget:
        """Ours at the left, the register's at the right."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        grid.setHorizontalSpacing(theme.px(16))
        for column, (caption, words) in enumerate(
            (
                (tr("Here"), ours_words(row)),
                (tr("In the register"), words_of(row.field, row.theirs)),
            )
        ):
            grid.addWidget(label(caption, "caption"), 0, column)
            grid.addWidget(selectable(words, "section"), 1, column, theme.TOP)
            grid.setColumnStretch(column, 1)
        return holder

    def _add_acts(self, row: DifferenceRow) -> None:
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(8))
        acts, ids = self._acts, [row.id]
        if row.state in (Stand.OPEN, Stand.DISMISSED):
            take = tr("Take the register's value")
            flow.addWidget(button(take, partial(acts.accept, ids), role="main"))
        if row.state == Stand.OPEN:
            flow.addWidget(button(tr("Keep ours…"), partial(acts.dismiss, ids)))
        if row.state == Stand.DISMISSED:
            flow.addWidget(button(tr("Look again"), partial(acts.reopen, ids)))
        self._column.box.addWidget(holder)

    def _add_facts(self, row: DifferenceRow) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        decided = f"{row.decided_on or ''} {row.decided_by}".strip()
        facts = (
            (tr("File"), row.file),
            (tr("Source"), format_name(row.source)),
            (tr("Compared"), day_of(row.at)),
            (tr("Sheet"), row.sheet),
            (tr("Row"), str(row.line or "")),
            (tr("Decided"), decided),
            (tr("Reason"), row.reason),
        )
        for caption, value in facts:
            if value:
                place = grid.rowCount()
                grid.addWidget(label(caption, "caption"), place, 0, theme.TOP)
                grid.addWidget(selectable(value), place, 1)
        grid.setColumnStretch(1, 1)
        self._column.box.addLayout(grid)


def _one(wanted: int, connection: Connection) -> DifferenceRow | None:
    return next(iter(difference_rows(connection, [wanted])), None)
