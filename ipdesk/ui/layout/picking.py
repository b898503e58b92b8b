"""Choosing families of others from a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import say, tr
from ipdesk.core.watch.rows import HitRow
from ipdesk.ui import theme
from ipdesk.ui.tables.columns import Column
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label


class Picking(QDialog):
    """Several lines can be selected; the button takes them."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        rows: Sequence[HitRow],
        done: Callable[[list[HitRow]], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(theme.px(680), theme.px(440))
        self._take = done
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(12))
        column.addWidget(label(title, "title", wrap=True))
        words = tr("Select those that belong here; Ctrl or Shift selects several.")
        column.addWidget(label(words, "muted", wrap=True))
        self.table = SmallTable(_columns(), title, stretch="title", multiple=True)
        self.table.put(rows)
        self.table.selectRow(0)
        self.table.opened.connect(lambda _row: self.finish())
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        row.addWidget(button(tr("Place them here"), self.finish, role="main"))
        column.addLayout(row)

    def finish(self) -> None:
        """Take what is selected."""
        chosen = self.table.selected()
        self.accept()
        if chosen:
            self._take(chosen)


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", say("Publication"), lambda r: ", ".join(r.members[:1]), 140),
        Column("title", say("Title"), lambda r: r.shown_title, 240, strong=True,
               tip=lambda r: str(r.shown_title)),
        Column("applicant", say("Applicant"), lambda r: ", ".join(r.applicants[:1]), 160),
    )  # fmt: skip
