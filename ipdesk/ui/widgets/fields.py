"""A fact and its value that is edited where it stands: Enter keeps, Escape takes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.widgets.dates import read_day
from ipdesk.ui.widgets.labels import Wrapped, label, repolish

_NONE = "–"


@dataclass(frozen=True, slots=True)
class Editor:
    """How a value is typed: make the widget for it, read the new value back (ValueError: wrong)."""

    make: Callable[[Any], QWidget]
    read: Callable[[Any], Any]
    shown: Callable[[Any], str] = lambda value: "" if value is None else str(value)


def line_editor(placeholder: str = "", known: Sequence[str] = ()) -> Editor:
    """One line of text; what is *known* is proposed as one types."""

    def make(value: Any) -> QWidget:
        made = QLineEdit(str(value or ""))
        made.setPlaceholderText(placeholder)
        made.selectAll()
        if known:
            proposed = QCompleter(list(known), made)
            proposed.setFilterMode(Qt.MatchFlag.MatchContains)
            proposed.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            made.setCompleter(proposed)
        return made

    return Editor(make, lambda made: made.text().strip())


def number_editor(least: int = 0) -> Editor:
    """A whole number, or nothing."""

    def read(made: Any) -> int | None:
        words = made.text().strip()
        if not words:
            return None
        if not words.isdigit() or int(words) < least:
            raise ValueError(tr("Type a whole number, or nothing."))
        return int(words)

    return Editor(lambda value: QLineEdit("" if value is None else str(value)), read)


def day_editor() -> Editor:
    """A day, or nothing."""

    def make(value: date | None) -> QWidget:
        made = QLineEdit(value.isoformat() if value else "")
        made.setPlaceholderText(tr("YYYY-MM-DD"))
        made.selectAll()
        return made

    def shown(value: date | None) -> str:
        return value.isoformat() if value else ""

    return Editor(make, lambda made: read_day(made.text()), shown)


def text_editor() -> Editor:
    """Several lines; Ctrl+Enter keeps."""

    def make(value: Any) -> QWidget:
        made = QPlainTextEdit(str(value or ""))
        made.setTabChangesFocus(True)
        made.setFixedHeight(theme.px(96))
        return made

    return Editor(make, lambda made: made.toPlainText().strip())


def choice_editor(options: Sequence[tuple[Any, str]]) -> Editor:
    """One of some values, each with its words."""
    words = dict(options)

    def make(value: Any) -> QWidget:
        made = QComboBox()
        for one, name in options:
            made.addItem(name, one)
        made.setCurrentIndex(max(0, made.findData(value)))
        return made

    def shown(value: Any) -> str:
        return str(words.get(value, "" if value is None else value))

    return Editor(make, lambda made: made.currentData(), shown)


def names_editor(hint: str) -> Editor:
    """Several names, one a line."""

    def make(value: Sequence[str]) -> QWidget:
        made = QPlainTextEdit("\n".join(value))
        made.setPlaceholderText(hint)
        made.setTabChangesFocus(True)
        made.setFixedHeight(theme.px(96))
        return made

    def read(made: Any) -> tuple[str, ...]:
        lines = (line.strip() for line in made.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    return Editor(make, read, lambda value: "; ".join(value or ()))


class _Value(Wrapped):
    """The value at rest; looks like text, works like a button."""

    wanted = Signal()

    def __init__(self, editable: bool) -> None:
        super().__init__()
        self._editable = editable
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMargin(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if editable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setProperty("editable", "true")
        else:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._editable and event.button() is Qt.MouseButton.LeftButton:
            self.wanted.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2)
        if self._editable and event.key() in keys:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)


class Field(QWidget):
    """Caption and value side by side. Without an editor it can only be read and copied."""

    edited = Signal(object)

    def __init__(
        self,
        caption: str,
        editor: Editor | None = None,
        *,
        tip: str = "",
        caption_width: int = 116,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._caption = caption
        self._editor = editor
        self._value: Any = None
        self._open: QWidget | None = None
        name = label(caption, "caption", wrap=True)
        name.setFixedWidth(theme.px(caption_width))
        name.setContentsMargins(2, 3, 2, 3)
        self._rest = _Value(editor is not None)
        self._rest.wanted.connect(self.open)
        self._rest.setToolTip(tip or (tr("Click to edit") if editor else ""))
        self._wrong: QLabel | None = None
        self._side = QVBoxLayout()
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(2)
        self._side.addWidget(self._rest)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._side, 1)
        self.put(None)

    @property
    def value(self) -> Any:
        """What is shown."""
        return self._value

    def put(self, value: Any, shown: str | None = None) -> None:
        """Show a value, in its own words or in these."""
        self._value = value
        if shown is None:
            words = self._editor.shown(value) if self._editor else str(value or "")
        else:
            words = shown
        self._rest.setText(words or _NONE)
        self._rest.setAccessibleName(f"{self._caption}: {words}")

    # ------------------------------------------------------------------ editing

    @property
    def editing(self) -> bool:
        """Whether the editor is open."""
        return self._open is not None

    def open(self) -> None:
        """Begin to edit."""
        if self._editor is None or self._open is not None:
            return
        made = self._editor.make(self._value)
        made.setAccessibleName(self._caption)
        made.installEventFilter(self)
        self._open = made
        self._rest.hide()
        self._side.insertWidget(0, made)
        made.show()
        made.setFocus()
        if isinstance(made, QLineEdit):
            made.returnPressed.connect(self.keep)
        elif isinstance(made, QComboBox):
            made.activated.connect(self.keep)

    def keep(self) -> None:
        """Take the new value; a wrong one stays open and says why."""
        if self._editor is None or self._open is None:
            return
        try:
            value = self._editor.read(self._open)
        except ValueError as problem:
            self._say_wrong(str(problem))
            self._open.setProperty("wrong", "true")
            repolish(self._open)
            return
        changed = value != self._value and (value or self._value)
        self._shut()
        if changed:
            self.put(value)
            self.edited.emit(value)

    @property
    def problem(self) -> str:
        """Why the value that was typed is not taken; empty when it is not wrong."""
        return self._wrong.text() if self._wrong is not None and self.editing else ""

    def _say_wrong(self, words: str) -> None:
        if self._wrong is None:
            self._wrong = label("", "problem", wrap=True)
            self._side.addWidget(self._wrong)
        self._wrong.setText(words)
        self._wrong.show()

    def cancel(self) -> None:
        """Leave the value as it was."""
        self._shut()

    def _shut(self) -> None:
        made, self._open = self._open, None
        if made is not None:
            had_focus = made.hasFocus()
            made.removeEventFilter(self)
            made.hide()
            made.deleteLater()
            if self._wrong is not None:
                self._wrong.hide()
            self._rest.show()
            if had_focus:
                self._rest.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._open:
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.cancel()
                return True
            with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and with_control:
                self.keep()
                return True
        leaving = event.type() == QEvent.Type.FocusOut
        if leaving and not self._popup_open():
            self.keep()
        return False

    def _popup_open(self) -> bool:
        return isinstance(self._open, QComboBox) and self._open.view().isVisible()
