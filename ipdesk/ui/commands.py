"""The command palette: everything that can be done, every page, and matters, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.base.text import fold
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SHOWN_AT_MOST = 12
_MATTERS_AT_MOST = 8
_PAUSE_MS = 150


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    title: str
    run: Callable[[], object]
    hint: str = ""
    detail: str = ""  # the end of the title that nobody means when typing it: what Undo would undo


def of_action(doing: QAction) -> Command:
    """An action of a menu or a page as a command."""
    keys = doing.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    title = doing.text().replace("&", "").rstrip("…")
    detail = title.partition(": ")[2] or title.partition("：")[2]
    return Command(title, doing.trigger, keys, detail)


def fitting(commands: Sequence[Command], text: str) -> list[Command]:
    """Commands whose title holds every word, those that begin with the text first.

    Who types a title looks for the matter and would not take its creation back with Enter.
    """
    wanted = fold(text)
    words = wanted.split()
    found = [
        c for c in commands if all(word in fold(c.title.removesuffix(c.detail)) for word in words)
    ]
    return sorted(found, key=lambda c: not fold(c.title).startswith(wanted))


class Palette(QFrame):
    """A small window over the page; Enter does the line, Escape closes."""

    typed = Signal(str)  # after a pause, for those who can add lines of their own

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Commands"))
        self._commands = list({command.title: command for command in commands}.values())
        self._found: list[Command] = []
        self._lines: list[Command] = []
        self._field = QLineEdit()
        self._field.setPlaceholderText(tr("Type a command, a page, a number or a title"))
        self._field.setAccessibleName(self._field.placeholderText())
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Commands"))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(lambda _item: self._do())
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(self._field.text()))
        self._field.textChanged.connect(self._type)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self.setFixedSize(theme.px(560), theme.px(400))
        self._fill()

    def open_over(self, window: QWidget) -> None:
        """In the upper middle of the window."""
        place = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, theme.px(72)))
        self.move(place)
        self.show()
        self._field.setFocus()

    @property
    def lines(self) -> list[str]:
        """The titles in sight."""
        return [command.title for command in self._lines]

    def offer(self, text: str, found: Sequence[Command]) -> None:
        """More lines for what was typed, e.g. matters; dropped when the text is another by now."""
        if text == self._field.text():
            self._found = list(found)
            self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if step is not None and self._list.count():
            self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
        else:
            super().keyPressEvent(event)

    def _type(self) -> None:
        self._found = []
        self._fill()
        self._pause.start()

    def _fill(self) -> None:
        self._lines = [*fitting(self._commands, self._field.text()), *self._found]
        self._lines = self._lines[: _SHOWN_AT_MOST + len(self._found)]
        self._list.clear()
        for command in self._lines:
            words = f"{command.title}    {command.hint}" if command.hint else command.title
            self._list.addItem(QListWidgetItem(words))
        self._list.setCurrentRow(0)

    def _do(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._lines):
            run = self._lines[row].run
            self.close()
            QTimer.singleShot(0, run)


class MatterFinder(QObject):
    """Adds matters to the palette while one types."""

    def __init__(self, desk: Desk, palette: Palette) -> None:
        super().__init__(palette)
        self._desk = desk
        self._palette = palette

    def find(self, text: str) -> None:
        """Ask for matters that answer the text; one letter alone is too little."""
        if len(text.strip()) >= 2:
            question = partial(_matters, text)
            self._desk.worker.read(question, partial(self._offer, text), key="palette")

    def _offer(self, text: str, found: list[tuple[int, str]]) -> None:
        lines = [
            Command(title, partial(self._desk.go, Place("portfolio", matter)))
            for matter, title in found
        ]
        self._palette.offer(text, lines)


def _matters(text: str, connection: Connection) -> list[tuple[int, str]]:
    from ipdesk.core.portfolio.queries import matter_ids, matter_rows  # in a thread: heavy
    from ipdesk.store.paging import ListQuery

    ids = matter_ids(connection, ListQuery(search=text))[:_MATTERS_AT_MOST]
    rows = matter_rows(connection, ids)
    return [(row.id, f"{row.reference}  {row.shown_title}") for row in rows]
