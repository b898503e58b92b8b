"""The list of pages at the left: picture and word, or pictures alone when folded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout

from ipdesk.base.i18n import tr
from ipdesk.ui import icons, theme
from ipdesk.ui.desk import Desk, PageSpec
from ipdesk.ui.flags import Flags
from ipdesk.ui.widgets.buttons import with_keys
from ipdesk.ui.widgets.labels import hairline

WIDE, NARROW = 200, 52
SMALL = 1100  # a window below it has no room for the words
_REMEMBERED = "sidebar.folded"


class Sidebar(QFrame):
    """Tells which page is wanted; ``mark`` shows where one is."""

    wanted = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], desk: Desk) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(tr("Pages"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._lines: dict[str, QPushButton] = {}
        self._words: dict[str, str] = {}
        self._icons: dict[str, str] = {}
        self._flags: dict[str, str] = {}
        self._desk = desk
        self._folded = bool(desk.memory.get(_REMEMBERED, False))
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
        self._fold.clicked.connect(self.turn)
        column.addWidget(self._fold)
        self._show_fold()
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
        self._icons[spec.id] = spec.icon
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
            line.setIcon(self._picture(page))
            line.setAccessibleDescription(tip)
            line.setStatusTip(tip)

    def _picture(self, page: str) -> QIcon:
        """The page's icon; its sign stands on it where there are no words to stand behind."""
        sign = self._flags.get(page, "")[:1] if self._folded else ""
        return icons.icon(self._icons[page], sign=sign)

    def _text(self, page: str) -> str:
        sign = self._flags.get(page, "")
        if self._folded:
            return ""
        return "  " + self._words[page] + (f"   {sign}" if sign else "")

    def turn(self) -> None:
        """Pictures alone, or with their words, as the user wants it from now on."""
        self._folded = not self._folded
        self._desk.memory.put(_REMEMBERED, self._folded)
        self._show_fold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._make_room()
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        """In a small window pictures alone, unless the user said which it is to be."""
        if self._desk.memory.get(_REMEMBERED) is None:
            folded = self.window().width() < theme.px(SMALL)
            if folded != self._folded:
                self._folded = folded
                self._show_fold()

    def _show_fold(self) -> None:
        folded = self._folded
        self.setFixedWidth(theme.px(NARROW if folded else WIDE))
        for page, line in self._lines.items():
            line.setText(self._text(page))
            line.setIcon(self._picture(page))
        words = tr("Unfold the sidebar") if folded else tr("Fold the sidebar")
        self._fold.setIcon(icons.icon("caret-double-right" if folded else "caret-double-left"))
        self._fold.setIconSize(QSize(theme.px(18), theme.px(18)))
        self._fold.setText("" if folded else "  " + tr("Fold"))
        self._fold.setToolTip(with_keys(words, "Ctrl+B"))
        self._fold.setAccessibleName(words)

    @property
    def is_folded(self) -> bool:
        """Whether only pictures are shown."""
        return self._folded
