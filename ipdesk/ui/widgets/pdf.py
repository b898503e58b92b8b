"""Pages of a PDF to look at: each is drawn when it comes into sight, off the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk

_KEPT = 12
_GAP = 16


@dataclass(frozen=True, slots=True)
class Sheets:
    """A document: its bytes and the size of every page in points."""

    content: bytes
    sizes: tuple[tuple[float, float], ...]


def opened(content: bytes) -> Sheets:
    """In the drawing thread: measure the pages of a PDF."""
    import pypdfium2  # only a preview needs it

    document = pypdfium2.PdfDocument(content)
    try:
        sizes = tuple(document.get_page_size(number) for number in range(len(document)))
    finally:
        document.close()
    return Sheets(content, sizes)


def drawn(content: bytes, number: int, scale: float) -> QImage:
    """In the drawing thread: one page as an image; *scale* is pixels per point."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        page: Any = document[number]
        bitmap: Any = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        )
        return image.copy()
    finally:
        document.close()


class PdfView(QAbstractScrollArea):
    """The pages under each other, as wide as the view."""

    turned = Signal(int)  # the page at the top, from 1

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheets = Sheets(b"", ())
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._asked: set[int] = set()
        self._era = 0
        self._top = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._tell)
        self._later = QTimer(self, singleShot=True, interval=150)
        self._later.timeout.connect(self._measure)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sheets.sizes)

    def put(self, sheets: Sheets) -> None:
        """Show another document from its first page."""
        self._sheets = sheets
        self._measure()
        self.verticalScrollBar().setValue(0)

    # ------------------------------------------------------------------ places

    def _scale(self) -> float:
        widest = max((wide for wide, _high in self._sheets.sizes), default=595.0)
        room = max(120, self.viewport().width() - 2 * _GAP)
        return min(room / widest, theme.look().percent * 0.016)

    def _boxes(self) -> list[QRect]:
        scale, y, boxes = self._scale(), _GAP, []
        for wide, high in self._sheets.sizes:
            size = QSize(round(wide * scale), round(high * scale))
            x = (self.viewport().width() - size.width()) // 2
            boxes.append(QRect(QPoint(x, y), size))
            y += size.height() + _GAP
        return boxes

    def _measure(self) -> None:
        self._era += 1
        self._images.clear()
        self._asked.clear()
        boxes = self._boxes()
        whole = boxes[-1].bottom() + _GAP if boxes else 0
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, whole - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(theme.px(40))
        self.viewport().update()

    def _tell(self) -> None:
        self.viewport().update()
        above = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = next((n for n, box in enumerate(self._boxes(), 1) if box.bottom() > above), 0)
        if page and page != self._top:
            self._top = page
            self.turned.emit(page)

    # ------------------------------------------------------------------ drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(theme.colour("window")))
        shift = -self.verticalScrollBar().value()
        seen = self.viewport().rect()
        for number, box in enumerate(self._boxes()):
            moved = box.translated(0, shift)
            if moved.intersects(seen):
                painter.fillRect(moved, Qt.GlobalColor.white)
                image = self._images.get(number)
                if image is not None:
                    painter.drawImage(moved, image)
                else:
                    self._want(number)
                painter.setPen(QColor(theme.colour("line")))
                painter.drawRect(moved.adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    def _want(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        scale = self._scale() * self.devicePixelRatioF()
        work = partial(drawn, self._sheets.content, number, scale)
        self._desk.worker.draw(work, partial(self._bring, self._era, number))

    def _bring(self, era: int, number: int, image: QImage) -> None:
        if era != self._era:
            return
        self._asked.discard(number)
        self._images[number] = image
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self.viewport().update()
