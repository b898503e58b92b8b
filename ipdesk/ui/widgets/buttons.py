"""Buttons and actions; each has a name, a tooltip and, where it is frequent, a shortcut."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ipdesk.base.i18n import tr
from ipdesk.ui import icons, theme


def action(
    owner: QWidget,
    text: str,
    run: Callable[[], object],
    *,
    icon: str = "",
    shortcut: str = "",
    tip: str = "",
    everywhere: bool = False,
) -> QAction:
    """A thing to do, owned and heard by *owner*; found by menus and by the command palette."""
    made = QAction(text, owner)
    if icon:
        made.setIcon(icons.icon(icon))
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
        context = Qt.ShortcutContext
        made.setShortcutContext(
            context.WindowShortcut if everywhere else context.WidgetWithChildrenShortcut
        )
    made.setToolTip(with_keys(tip or text.rstrip("…"), shortcut))
    made.triggered.connect(lambda _checked=False: run())
    owner.addAction(made)
    return made


def heard_everywhere(doings: Iterable[QAction | None]) -> None:
    """Their keys work wherever the keys are in the window, as long as their owner is in sight."""
    for doing in doings:
        if doing is not None:
            doing.setShortcutContext(Qt.ShortcutContext.WindowShortcut)


def with_keys(tip: str, shortcut: str) -> str:
    """A tooltip that names the shortcut as this desktop writes it."""
    if not shortcut:
        return tip
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{tip} ({keys})"


def button(
    text: str,
    run: Callable[[], object],
    *,
    role: str = "",
    icon: str = "",
    tip: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A button in one of the roles main, link, quiet or plain."""
    made = QPushButton(text.replace("&", "&&"), parent)
    if role:
        made.setProperty("role", role)
    if icon:
        made.setIcon(icons.icon(icon, "on_accent" if role == "main" else "muted"))
    made.setToolTip(tip or (text.rstrip("…") if icon else ""))
    made.setAccessibleName(text)
    made.clicked.connect(lambda _checked=False: run())
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


class EnterPresses(QWidget):
    """Enter presses the button in focus, as in dialogs; Qt leaves it to the space bar alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            focus, QAbstractButton
        ):
            focus.click()
        else:
            super().keyPressEvent(event)


class LinkLine(QPushButton):
    """A link of one line that is shortened when there is no room."""

    def __init__(self, words: str, run: Callable[[], object], tip: str = "") -> None:
        super().__init__()
        self._words, self._tip = "", tip
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: run())
        self.put(words)

    def put(self, words: str) -> None:
        """Other words."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(f"{words}\n{self._tip}".strip())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 16
        short = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(short.replace("&", "&&"))


def in_a_row(*widgets: QWidget) -> QHBoxLayout:
    """Buttons and fields beside each other from the left on."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def button_of(doing: QAction, role: str = "") -> QPushButton:
    """A button for an action: same words, same tooltip, enabled with it."""
    made = button(doing.text(), doing.trigger, role=role, tip=doing.toolTip())
    if not doing.icon().isNull() and role != "main":
        made.setIcon(doing.icon())
    made.setEnabled(doing.isEnabled())
    doing.enabledChanged.connect(made.setEnabled)
    return made


def icon_button(icon: str, tip: str, run: Callable[[], object], shortcut: str = "") -> QToolButton:
    """A small button that is only a picture; its tooltip is its name."""
    made = QToolButton()
    made.setIcon(icons.icon(icon))
    made.setToolTip(with_keys(tip, shortcut))
    made.setAccessibleName(tip)
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
    made.clicked.connect(lambda _checked=False: run())
    return made


def more_button(menu: QMenu) -> QToolButton:
    """Three dots that open the rest of what can be done here."""
    made = icon_button("dots-three", tr("More to do here"), lambda: None)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setMenu(menu)
    return made


def menu_of(parent: QWidget, actions: list[QAction | None]) -> QMenu:
    """A menu; None draws a line."""
    menu = QMenu(parent)
    for doing in actions:
        if doing is None:
            menu.addSeparator()
        else:
            menu.addAction(doing)
    return menu
