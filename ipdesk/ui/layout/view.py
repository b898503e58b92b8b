"""What the views of the layout page share: a bar of choices and acts, a body, asking and doing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ipdesk.core.docket.reckoning import Docket
from ipdesk.store.database import Database
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.layout.names import Names
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import button_of, heard_everywhere, menu_of, more_button

if TYPE_CHECKING:
    from sqlalchemy import Connection

Act = Callable[[Database, Docket], Any]


class Bench(QObject):
    """What all views look at: the names of the tree, and the plan that is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.names = Names()
        self.plan: int | None = None

    def choose(self, plan: int | None) -> None:
        """Another plan; the views read again."""
        if plan != self.plan:
            self.plan = plan
            self.changed.emit()


class View(QWidget):
    """One view of the page; ``reload`` is called when it is shown and after every change."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__()
        self.desk = desk
        self.bench = bench
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(12))
        self.bar = QHBoxLayout()
        self.bar.setSpacing(theme.px(8))
        self.body.addLayout(self.bar)

    def reload(self) -> None:
        """Ask for the data again."""

    def visit(self, wanted: int | str | None) -> None:
        """Go to a thing in this view."""

    def take_keys(self) -> None:
        """The keyboard goes to the first list in sight, else to the first thing that takes it."""
        lists = [w for w in self.findChildren(QAbstractItemView) if w.isVisibleTo(self)]
        others = [w for w in self.findChildren(QPushButton) if w.isVisibleTo(self)]
        for made in (*lists, *others)[:1]:
            made.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------------ building

    def add_acts(self, main: QAction | None, rest: list[QAction | None]) -> None:
        """The main act as a button at the right of the bar, the rest behind three dots.

        Something that takes the room must stand in the bar already.
        """
        heard_everywhere((main, *rest))
        if main is not None:
            self.bar.addWidget(button_of(main, role="main"))
        if rest:
            menu: QMenu = menu_of(self, rest)
            self.bar.addWidget(more_button(menu))

    # ------------------------------------------------------------------ asking and doing

    def ask(
        self,
        question: Callable[[Connection], Any],
        then: Callable[[Any], object],
        key: str = "",
    ) -> None:
        """Read something; a failure shows in the message bar."""
        self.desk.worker.read(question, then, partial(tell, self.desk), key=key)

    def run(self, act: Act, said: str, then: Callable[[Any], object] | None = None) -> None:
        """Change something; it is said with a way to undo it."""
        run_edit(self.desk, act, said, then)
