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
    """Every action that has a key."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(theme.px(440), theme.px(560))
        column = QVBoxLayout(self)
        scroll = Column(margin=4, gap=0)
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        seen: set[str] = set()
        for doing in actions:
            keys = doing.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            if keys and keys not in seen:
                seen.add(keys)
                row = grid.rowCount()
                grid.addWidget(label(doing.text().replace("&", "")), row, 0)
                grid.addWidget(label(keys, "muted"), row, 1)
        grid.setColumnStretch(0, 1)
        scroll.box.addLayout(grid)
        scroll.box.addStretch(1)
        column.addWidget(scroll, 1)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(button(tr("Close"), self.accept, role="main"))
        column.addLayout(row_of_buttons)
