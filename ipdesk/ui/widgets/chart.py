"""A chart in a page: drawn off the GUI thread by the same functions as on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QWidget

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import LIGHT, Palette
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Size = tuple[float, float]
Draw = Callable[[Palette, Size], "Figure"]

# figures write 8 points; in the window that is the 12 px of a caption
ZOOM = 1.5
_REDRAW_MS = 120
_PAPER = (6.85, 3.4)  # inches of a picture that is saved


class Chart(QWidget):
    """Give it a function that makes a figure of a size in inches; it is drawn again on resizing."""

    def __init__(self, desk: Desk, name: str, high: int = 220) -> None:
        super().__init__()
        self._desk = desk
        self._name = name
        self._draw: Draw | None = None
        self._whole: Draw | None = None
        self._high = _PAPER[1]
        self._image: QImage | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(high))
        self.setMinimumWidth(theme.px(200))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self._later = QTimer(self, singleShot=True, interval=_REDRAW_MS)
        self._later.timeout.connect(self._redraw)

    def put(self, draw: Draw, whole: Draw | None = None, high: float = _PAPER[1]) -> None:
        """Show another figure; the old one stays until the new one is drawn.

        *whole* is what is saved instead of a part that scrolls, *high* its inches.
        """
        self._draw, self._whole, self._high = draw, whole or draw, high
        self._redraw()

    @property
    def drawn(self) -> bool:
        """Whether a picture is in sight."""
        return self._image is not None

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QPoint(0, 0), self._image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._draw is not None:
            self._later.start()

    def _redraw(self) -> None:
        if self._draw is None or self.width() < 40 or self.height() < 20:
            return
        zoom = ZOOM * theme.look().percent / 100
        work = partial(
            _rendered,
            self._draw,
            theme.look().palette,
            (self.width(), self.height()),
            zoom,
            self.devicePixelRatioF(),
        )
        self._desk.worker.draw(work, self._show, key="chart")

    def _show(self, image: QImage) -> None:
        self._image = image
        self.update()

    # ------------------------------------------------------------------ taking it along

    def _menu(self, where: QPoint) -> None:
        if self._image is None:
            return
        menu = QMenu(self)
        menu.addAction(tr("Copy picture"), self._copy)
        menu.addAction(tr("Save picture…"), self._save)
        menu.popup(self.mapToGlobal(where))

    def _copy(self) -> None:
        if self._image is not None:
            QGuiApplication.clipboard().setImage(self._image)
            self._desk.say(tr("Picture copied."))

    def _save(self) -> None:
        kinds = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("Save picture"), f"{self._name}.png", kinds
        )
        if name and self._whole is not None:
            work = partial(_saved, self._whole, (_PAPER[0], self._high), Path(name))
            self._desk.worker.draw(work, self._say_saved, self._say_failed)

    def _say_saved(self, path: Path) -> None:
        self._desk.say(tr("Picture saved: {file}", file=path.name), Kind.DONE)

    def _say_failed(self, error: Exception) -> None:
        text = tr("The picture could not be saved: {reason}", reason=str(error))
        self._desk.say(text, Kind.PROBLEM)


def _rendered(
    draw: Draw, palette: Palette, pixels: tuple[int, int], zoom: float, ratio: float
) -> QImage:
    """In the drawing thread: a figure as an image of the screen's own pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # heavy; first use is in a thread

    wide, high = pixels
    figure = draw(palette, (wide / zoom / 72, high / zoom / 72))
    figure.set_dpi(72 * zoom * ratio)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    raw = canvas.buffer_rgba()
    image = QImage(
        raw, raw.shape[1], raw.shape[0], raw.shape[1] * 4, QImage.Format.Format_RGBA8888
    ).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _saved(draw: Draw, size: Size, path: Path) -> Path:
    """In the drawing thread: the figure on white, as on paper."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = draw(LIGHT, size)
    FigureCanvasAgg(figure)
    if path.suffix.lower() == ".png":
        figure.set_dpi(300)
    figure.savefig(path, facecolor=LIGHT.surface)
    return path
