"""One difference whole: both values side by side, where the register's stands, what to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.intake.register.model import DifferenceRow, Stand, words_of
from ipdesk.core.intake.register.queries import difference_rows
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.intake.fields import field_name, format_name
from ipdesk.ui.onecard import Doing, OneCard
from ipdesk.ui.register.acts import RegisterActs
from ipdesk.ui.register.sources import day_of, ours_words, stand_mark
from ipdesk.ui.widgets.buttons import LinkLine
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import chip, hairline, label, selectable

if TYPE_CHECKING:
    from sqlalchemy import Connection


class DifferenceCard(OneCard):
    """The difference that is selected."""

    def __init__(self, desk: Desk, acts: RegisterActs) -> None:
        self._acts = acts
        super().__init__(
            desk, _one, tr("Select a line to see both values and where they come from.")
        )

    def fill(self, row: DifferenceRow) -> None:
        box = self.box
        box.addWidget(label(field_name(row.field), "title", wrap=True))
        go = partial(self.desk.go, Place("portfolio", row.matter_id))
        words = f"{row.reference}  {row.shown_title}"
        box.addWidget(LinkLine(words, go, tr("Open the matter")))
        place = f"{right_label(row.right)} · {office_name(row.office)}"
        box.addWidget(label(place, "muted", wrap=True))
        self._add_chips(row)
        box.addWidget(self._values(row))
        self._add_acts(row)
        box.addWidget(hairline())
        decided = f"{row.decided_on or ''} {row.decided_by}".strip()
        self.add_facts(
            (
                (tr("File"), row.file),
                (tr("Source"), format_name(row.source)),
                (tr("Compared"), day_of(row.at)),
                (tr("Sheet"), row.sheet),
                (tr("Row"), str(row.line or "")),
                (tr("Decided"), decided),
                (tr("Reason"), row.reason),
            )
        )

    def _add_chips(self, row: DifferenceRow) -> None:
        holder = QWidget()
        chips = Flow(holder, gap=theme.px(6))
        mark = stand_mark(row)
        chips.addWidget(chip(mark.tone, mark.text))
        self.box.addWidget(holder)

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
        acts, ids = self._acts, [row.id]
        doings: list[Doing] = []
        if row.state in (Stand.OPEN, Stand.DISMISSED):
            doings.append((tr("Take the register's value"), partial(acts.accept, ids)))
        if row.state == Stand.OPEN:
            doings.append((tr("Keep ours…"), partial(acts.dismiss, ids)))
        if row.state == Stand.DISMISSED:
            doings.append((tr("Look again"), partial(acts.reopen, ids)))
        self.add_acts(doings)


def _one(wanted: int, connection: Connection) -> DifferenceRow | None:
    return next(iter(difference_rows(connection, [wanted])), None)
