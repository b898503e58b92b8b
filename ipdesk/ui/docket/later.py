"""A part of a deadline's card that is read when the card stands already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.labels import hairline, label

if TYPE_CHECKING:
    from sqlalchemy import Connection


class LaterPart(QWidget):
    """A hairline, a heading and what ``lines`` makes of the answer; hidden where that is none."""

    def __init__(self, desk: Desk, heading: str, question: Callable[[Connection], Any]) -> None:
        super().__init__()
        self._heading = heading
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.hide()
        desk.worker.read(question, self._show, partial(tell, desk))

    def lines(self, found: Any) -> Sequence[QWidget]:
        """What is told of the answer, from above to below."""
        raise NotImplementedError

    def _show(self, found: Any) -> None:
        lines = self.lines(found)
        if not lines:
            return
        for made in (hairline(), label(self._heading, "section"), *lines):
            self._column.addWidget(made)
        self.show()
