"""A printed report in the window: its pages under each other, drawn when they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.reports.pdf import Size, picture

STEPS = (50, 67, 80, 100, 125, 150, 200, 300)
FIT = 0  # as wide as the window
_PIXELS_A_POINT = 96 / 72
_GAP = 12
_WIDEST = 1.8  # fitting does not blow a page up beyond this
_KEPT = 16  # pictures


class PaperView(QAbstractScrollArea):
    """Pages at a zoom; asks the drawing lane for pictures and keeps the last few."""

    page_seen = Signal(int)  # from 0, the page at the top
    zoomed = Signal(int)  # percent of the real size

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._content = b""
        self._sizes: tuple[Size, ...] = ()
        self._zoom = FIT
        self._era = 0
        self._tops: list[int] = []
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Pages of the report"))
        self.verticalScrollBar().valueChanged.connect(self._note_page)

    # ------------------------------------------------------------------ what is shown

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page at the top, from 0."""
        return self._page

    @property
    def zoom(self) -> int:
        """Percent of the real size; FIT follows the window."""
        return self._zoom

    @property
    def drawn(self) -> bool:
        """Whether every page in sight has its picture."""
        return bool(self._sizes) and all(
            page in self._pictures and self._pictures[page].width() == self._wanted_width(page)
            for page in self._in_sight()
        )

    def put(self, content: bytes, sizes: tuple[Size, ...]) -> None:
        """Show another report; the place is kept as far as there are pages."""
        self._content, self._sizes = content, sizes
        self._era += 1
        self._pictures.clear()
        self._asked.clear()
        self._lay_out()
        self._note_page()
        self.viewport().update()

    def go_to(self, page: int) -> None:
        """Bring a page to the top."""
        if self._tops:
            page = min(max(page, 0), len(self._tops) - 1)
            self.verticalScrollBar().setValue(self._tops[page] - theme.px(_GAP))

    def set_zoom(self, percent: int) -> None:
        """Another size; the page at the top stays there."""
        if percent != self._zoom:
            page = self._page
            self._zoom = percent
            self._lay_out()
            self.go_to(page)
            self.viewport().update()

    def percent(self) -> int:
        """How large the pages stand there now."""
        return round(self._scale() / _PIXELS_A_POINT * 100)

    def step_zoom(self, way: int) -> None:
        """The next larger or smaller of the usual sizes."""
        now = self.percent()
        if way > 0:
            self.set_zoom(next((step for step in STEPS if step > now), STEPS[-1]))
        else:
            self.set_zoom(next((step for step in reversed(STEPS) if step < now), STEPS[0]))

    # ------------------------------------------------------------------ places

    def _scale(self) -> float:
        """Pixels of the window for a point of paper."""
        if self._zoom != FIT or not self._sizes:
            return (self._zoom or 100) / 100 * _PIXELS_A_POINT
        room = self.viewport().width() - 2 * theme.px(_GAP)
        widest = max(wide for wide, _ in self._sizes)
        return min(max(room, 80) / widest, _WIDEST * _PIXELS_A_POINT)

    def _lay_out(self) -> None:
        scale, gap = self._scale(), theme.px(_GAP)
        self._tops = []
        y = gap
        for _, high in self._sizes:
            self._tops.append(y)
            y += round(high * scale) + gap
        widest = max((wide for wide, _ in self._sizes), default=0.0)
        up, across = self.verticalScrollBar(), self.horizontalScrollBar()
        room = self.viewport().size()
        up.setPageStep(room.height())
        up.setSingleStep(theme.px(48))
        up.setRange(0, max(0, y - room.height()))
        across.setPageStep(room.width())
        across.setRange(0, max(0, round(widest * scale) + 2 * gap - room.width()))
        self.zoomed.emit(self.percent())

    def _box(self, page: int) -> QRect:
        """Where a page stands in the viewport."""
        scale = self._scale()
        wide, high = (round(side * scale) for side in self._sizes[page])
        room = self.viewport().width()
        x = (room - wide) // 2 if wide < room else theme.px(_GAP)
        x -= self.horizontalScrollBar().value()
        return QRect(x, self._tops[page] - self.verticalScrollBar().value(), wide, high)

    def _in_sight(self) -> list[int]:
        ground = self.viewport().rect()
        return [page for page in range(len(self._tops)) if self._box(page).intersects(ground)]

    def _note_page(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        above = [page for page, top in enumerate(self._tops) if top <= middle]
        page = above[-1] if above else 0
        if page != self._page:
            self._page = page
        self.page_seen.emit(page)

    # ------------------------------------------------------------------ pictures

    def _wanted_width(self, page: int) -> int:
        return round(self._sizes[page][0] * self._scale() * self.devicePixelRatioF())

    def _ask(self, page: int) -> None:
        wide = self._wanted_width(page)
        if (page, wide) not in self._asked:
            self._asked.add((page, wide))
            work = partial(picture, self._content, page, wide)
            self._desk.worker.draw(work, partial(self._bring, self._era, page, wide))

    def _bring(self, era: int, page: int, wide: int, drawn: QImage) -> None:
        if era != self._era:
            return
        self._asked.discard((page, wide))
        if wide != self._wanted_width(page):
            return  # the size changed meanwhile; the right picture is on its way
        drawn.setDevicePixelRatio(self.devicePixelRatioF())
        self._pictures[page] = drawn
        self._pictures.move_to_end(page)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.viewport().update()

    # ------------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper = QColor("#FFFFFF")  # paper is white in the dark too
        edge = QColor(theme.colour("line"))
        for page in self._in_sight():
            box = self._box(page)
            held = self._pictures.get(page)
            if held is None:
                painter.fillRect(box, paper)
            else:
                painter.drawImage(box, held)
            if held is None or held.width() != self._wanted_width(page):
                self._ask(page)
            painter.setPen(edge)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        page = self._page
        self._lay_out()
        if self._zoom == FIT:
            self.go_to(page) if page else None

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportSizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(640))

    def place_of(self, page: int) -> QPoint:
        """The upper left corner of a page in the view."""
        return self._box(page).topLeft()
