"""What all pages share: a head with the one main action, places, and hearing of changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTableView, QVBoxLayout, QWidget

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import Cancelled, IpdeskError
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.messages import Kind
from ipdesk.ui.widgets.buttons import button_of, menu_of, more_button
from ipdesk.ui.widgets.labels import label

if TYPE_CHECKING:
    from sqlalchemy import Connection


_ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown)


class PageHead(QWidget):
    """Title with its count at the left; search, the main action and the rest at the right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(title, "title")
        self.count = QLabel()
        self.count.setProperty("role", "count")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        self.setMinimumHeight(theme.px(36))  # titles stand at one height, with and without buttons
        self._row.addWidget(self.title)
        self._row.addWidget(self.count)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """One more thing at the right."""
        self._row.addWidget(widget)

    def add_actions(self, main: QAction | None, rest: list[QAction | None]) -> None:
        """The main action as a button, the rest behind three dots."""
        if main is not None:
            self._row.addWidget(button_of(main, role="main"))
        if rest:
            self._row.addWidget(more_button(menu_of(self, rest)))


class Page(QWidget):
    """A page of the window. It asks the worker, hears the bus and sees no session."""

    topics: ClassVar[frozenset[Topic]] = frozenset()

    def __init__(self, desk: Desk, page_id: str, title: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.desk = desk
        self.id = page_id
        self.setAccessibleName(title)
        self.head = PageHead(title)
        self.body = QVBoxLayout(self)
        edge = theme.px(16)
        self.body.setContentsMargins(edge, theme.px(12), edge, theme.px(12))
        self.body.setSpacing(theme.px(12))
        self.body.addWidget(self.head)
        self._stale = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._reload_now)
        desk.bus.changed.connect(self._heard)

    # ------------------------------------------------------------------ to be filled in

    def reload(self) -> None:
        """Ask for the data again; called when the page is first shown and after changes."""

    def visit(self, place: Place) -> None:
        """Go to a thing or a filter in this page."""

    def place(self) -> Place:
        """Where the page is now, so that one can come back."""
        return Place(self.id)

    def kept(self) -> Any:
        """Work in progress that must survive a change of language or theme."""
        return None

    def put_back(self, kept: Any) -> None:
        """Take up what ``kept`` gave."""

    def all_actions(self) -> list[QAction]:
        """Everything that can be done on this page, for the palette and the list of keys."""
        found = list(self.actions())
        for child in self.findChildren(QWidget):
            found += [a for a in child.actions() if a.parent() is child and a.text()]
        return found

    # ------------------------------------------------------------------ asking

    def ask(
        self,
        question: Callable[[Connection], Any],
        then: Callable[[Any], object],
        key: str = "",
    ) -> None:
        """Read something; a failure shows in the message bar or on the page."""
        self.desk.worker.read(question, then, failed=self.failed, key=key)

    def failed(self, error: Exception) -> None:
        """Say what the user can act on; anything else is a defect and goes to the log."""
        tell(self.desk, error)

    # ------------------------------------------------------------------ changes

    def _heard(self, change: Change) -> None:
        if not change.touches(*self.topics):
            return
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Where nothing on the page has the keys yet, arrows go into the list in sight."""
        lists = [t for t in self.findChildren(QTableView) if t.isVisible() and t.model().rowCount()]
        if event.key() not in _ARROWS or not self.hasFocus() or not lists:
            super().keyPressEvent(event)
            return
        lists[0].setFocus(Qt.FocusReason.OtherFocusReason)
        if not lists[0].currentIndex().isValid():
            lists[0].selectRow(0)

    def _reload_now(self) -> None:
        if self._stale:
            self._stale = False
            self.reload()


def tell(desk: Desk, error: Exception) -> None:
    """An error of the user's world goes to the message bar, a defect to the log."""
    if isinstance(error, Cancelled):
        return
    if isinstance(error, IpdeskError):
        desk.say(error.message, Kind.PROBLEM)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
