"""A timeline of many lanes that scrolls, while its years, today and signs stay in sight above."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea

from ipdesk.charts import lanes
from ipdesk.charts.lanes import Lanes
from ipdesk.charts.palette import Palette
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.widgets.chart import ZOOM, Chart, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class LaneChart(QScrollArea):
    """Drawn by the same lanes as on paper; a lane is picked by a click, opened by two."""

    picked = Signal(int)
    opened = Signal(int)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lanes = Lanes(desk.today(), ())
        self._head = Chart(desk, name, 1)
        self._head.setParent(self)
        self._head.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.chart = Chart(desk, name, 40)
        self.chart.installEventFilter(self)
        self.setWidget(self.chart)
        self._high = round(_pixels(lanes.HEAD))
        self.setViewportMargins(0, self._high, 0, 0)

    def put(self, values: Lanes) -> None:
        """Show other lanes."""
        self._lanes = values
        self.chart.setFixedHeight(round(_pixels(lanes.body_height(values) * 72)))
        self.chart.put(partial(_body, values), partial(_whole, values), lanes.height(values))
        self._head.put(partial(_head, values))
        self._head.setVisible(bool(values.lanes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.setGeometry(0, 0, self.viewport().width(), self._high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.chart
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
        ):
            lane = lanes.lane_at(self._lanes, event.position().y() / max(1, self.chart.height()))
            if lane is not None and event.type() == QEvent.Type.MouseButtonPress:
                self.picked.emit(lane)
            elif lane is not None and event.type() == QEvent.Type.MouseButtonDblClick:
                self.opened.emit(lane)
        return super().eventFilter(watched, event)


def _pixels(points: float) -> float:
    return points * ZOOM * theme.look().percent / 100


def _head(values: Lanes, palette: Palette, size: Size) -> Figure:
    return lanes.head(values, theme=palette, size=size)


def _body(values: Lanes, palette: Palette, size: Size) -> Figure:
    return lanes.body(values, theme=palette, size=size)


def _whole(values: Lanes, palette: Palette, size: Size) -> Figure:
    return lanes.figure(values, theme=palette, size=size)
