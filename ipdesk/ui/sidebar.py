"""The list of pages at the left: picture and word, or pictures alone when folded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout

from ipdesk.base.i18n import tr
from ipdesk.ui import icons, theme
from ipdesk.ui.desk import Desk, PageSpec
from ipdesk.ui.flags import Flags
from ipdesk.ui.widgets.buttons import with_keys
from ipdesk.ui.widgets.labels import hairline

WIDE, NARROW = 200, 52


class Sidebar(QFrame):
    """Tells which page is wanted; ``mark`` shows where one is."""

    wanted = Signal(str)
    folded = Signal(bool)

    def __init__(
        self, pages: Sequence[PageSpec], folded: bool = False, desk: Desk | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(tr("Pages"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._lines: dict[str, QPushButton] = {}
        self._words: dict[str, str] = {}
        self._flags: dict[str, str] = {}
        self._folded = folded
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(12), theme.px(8), theme.px(8))
        column.setSpacing(theme.px(2))
        group = pages[0].group if pages else ""
        for spec in pages:
            if spec.group != group:
                column.addSpacing(theme.px(6))
                column.addWidget(hairline())
                column.addSpacing(theme.px(6))
                group = spec.group
            column.addWidget(self._line(spec))
        column.addStretch(1)
        self._fold = QPushButton()
        self._fold.setProperty("role", "nav")
        self._fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fold.clicked.connect(lambda: self.fold(not self._folded))
        column.addWidget(self._fold)
        self.fold(folded)
        if desk is not None:
            self.flags = Flags(desk, self.flag, self)

    def _line(self, spec: PageSpec) -> QPushButton:
        title = str(spec.title)
        line = QPushButton(title)
        line.setProperty("role", "nav")
        line.setCheckable(True)
        line.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line.setIcon(icons.icon(spec.icon))
        line.setIconSize(QSize(theme.px(18), theme.px(18)))
        line.setAccessibleName(title)
        line.setToolTip(with_keys(str(spec.tip), spec.shortcut))
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.clicked.connect(partial(self._want, spec.id))
        self._group.addButton(line)
        self._lines[spec.id] = line
        self._words[spec.id] = title
        return line

    def _want(self, page: str, _checked: bool = False) -> None:
        self.wanted.emit(page)

    def mark(self, page: str) -> None:
        """Show which page is open."""
        line = self._lines.get(page)
        if line is not None:
            line.setChecked(True)

    def flag(self, page: str, sign: str, tip: str) -> None:
        """Put a sign behind a page's name, and say in its tooltip what is wrong there."""
        line = self._lines.get(page)
        if line is not None:
            self._flags[page] = sign
            line.setText(self._text(page))
            line.setAccessibleDescription(tip)
            line.setStatusTip(tip)

    def _text(self, page: str) -> str:
        sign = self._flags.get(page, "")
        if self._folded:
            return ""
        return "  " + self._words[page] + (f"   {sign}" if sign else "")

    def fold(self, folded: bool) -> None:
        """Pictures alone, or with their words."""
        changed = folded != self._folded
        self._folded = folded
        self.setFixedWidth(theme.px(NARROW if folded else WIDE))
        for page, line in self._lines.items():
            line.setText(self._text(page))
        words = tr("Unfold the sidebar") if folded else tr("Fold the sidebar")
        self._fold.setIcon(icons.icon("caret-double-right" if folded else "caret-double-left"))
        self._fold.setIconSize(QSize(theme.px(18), theme.px(18)))
        self._fold.setText("" if folded else "  " + tr("Fold"))
        self._fold.setToolTip(with_keys(words, "Ctrl+B"))
        self._fold.setAccessibleName(words)
        if changed:
            self.folded.emit(folded)

    @property
    def is_folded(self) -> bool:
        """Whether only pictures are shown."""
        return self._folded
