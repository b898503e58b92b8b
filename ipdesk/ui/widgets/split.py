"""Two things side by side whose shares are remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ipdesk.ui import theme
from ipdesk.ui.desk import Desk


class Split(QSplitter):
    """A list and its detail; the detail can be folded away by dragging."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        first: QWidget,
        second: QWidget,
        shares: tuple[int, int] = (3, 2),
        upright: bool = False,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
        self._desk, self._name, self._shares = desk, f"split.{name}", shares
        self._placed = False
        self.addWidget(first)
        self.addWidget(second)
        self.setHandleWidth(theme.px(8))
        self.setChildrenCollapsible(False)
        first.setMinimumWidth(theme.px(320))
        second.setMinimumWidth(theme.px(360))
        for place, share in enumerate(shares):
            self.setStretchFactor(place, share)
        self._recall()
        self.splitterMoved.connect(self._remember)

    def _recall(self) -> None:
        kept = self._desk.memory.get(self._name)
        if isinstance(kept, list) and len(kept) == 2 and all(isinstance(n, int) for n in kept):
            self.setSizes(kept)
        else:
            self.setSizes([share * 1000 for share in self._shares])

    def _remember(self) -> None:
        self._desk.memory.put(self._name, self.sizes())
