"""Two small dialogs of the Help menu: what this is, and which keys do what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk import __version__
from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label
from ipdesk.ui.widgets.scroll import Column


class AboutDialog(QDialog):
    """Version, purpose, licence, and what the program is not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About IPDesk"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(f"IPDesk {__version__}", "title"))
        for words in (
            tr("Filings, deadlines, early warning and layout plans of a start-up's portfolio."),
            tr("Everything stays in one file on this machine; nothing is sent anywhere."),
            tr("Dates and fees are computed from rules with their sources. They do not replace "
               "the papers of the office or a professional's advice."),
            tr("MIT licence. The fonts are Noto Sans SC (SIL Open Font License)."),
        ):  # fmt: skip
            line = label(words, wrap=True)
            line.setMinimumWidth(theme.px(420))
            column.addWidget(line)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Close"), self.accept, role="main"))
        column.addLayout(row)


class ShortcutsDialog(QDialog):
    """Every action that has a key, under the menu or the page where it stands."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[QAction]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(theme.px(480), theme.px(640))
        column = QVBoxLayout(self)
        scroll = Column(margin=theme.px(12), gap=0)
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(4))
        seen: set[str] = set()
        for title, actions in groups:
            self._add(grid, title, actions, seen)
        grid.setColumnStretch(0, 1)
        scroll.box.addLayout(grid)
        scroll.box.addStretch(1)
        column.addWidget(scroll, 1)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(button(tr("Close"), self.accept, role="main"))
        column.addLayout(row_of_buttons)

    @staticmethod
    def _add(grid: QGridLayout, title: str, actions: Sequence[QAction], seen: set[str]) -> None:
        """A heading and its lines; keys that were told before are left out."""
        named = QKeySequence.SequenceFormat.NativeText
        lines = [(d.iconText().rstrip("…"), d.shortcut().toString(named)) for d in actions]
        lines = [(words, keys) for words, keys in lines if keys and keys not in seen]
        if not lines:
            return
        if seen:
            grid.setRowMinimumHeight(grid.rowCount(), theme.px(12))
        grid.addWidget(label(title, "section"), grid.rowCount(), 0, 1, 2)
        for words, keys in lines:
            if keys not in seen:
                seen.add(keys)
                row = grid.rowCount()
                grid.addWidget(label(words), row, 0)
                grid.addWidget(label(keys, "muted"), row, 1)
