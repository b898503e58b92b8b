"""Things behind each other, one in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """A stack that asks for no more height than its contents need at least.

    Qt takes the height that wrapped texts of *all* its contents would like as the least it can
    have, which pushes the status line out of a small window.
    """

    def hasHeightForWidth(self) -> bool:
        return False
