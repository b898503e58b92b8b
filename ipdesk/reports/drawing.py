"""Draws matplotlib figures with reportlab: vectors and real text in the fonts of the page.

So a chart on paper is the same figure as in the window, its words can be selected and searched,
and nothing is embedded twice.
"""

from collections.abc import Iterator
from math import ceil, cos, radians, sin
from typing import Any

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ipdesk.charts.fonts import ASCENT, DESCENT, path, width
from ipdesk.reports.fonts import BOLD, REGULAR


class PaperRenderer(RendererBase):
    """Puts what a figure draws onto a canvas whose origin is the figure's lower left corner."""

    def __init__(self, canvas: Canvas, wide: float, high: float) -> None:
        super().__init__()
        self._canvas = canvas
        self._size = wide, high

    def flipy(self) -> bool:
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def points_to_pixels(self, points: Any) -> Any:
        return points

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Any,
        transform: Any,
        rgbFace: Any = None,  # noqa: N803  (matplotlib's own word)
    ) -> None:
        canvas = self._canvas
        canvas.saveState()
        self._clip(gc)
        filled = rgbFace is not None and (len(rgbFace) < 4 or rgbFace[3] > 0)
        stroked = gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0
        shape = self._shape(path, transform)
        if filled:
            canvas.setFillColor(_colour(rgbFace, gc.get_alpha()))
        if filled and gc.get_hatch():
            canvas.drawPath(shape, stroke=0, fill=1)
            self._hatch(gc, path, transform)
            filled, shape = False, self._shape(path, transform)
        if stroked:
            self._pen(gc)
        if filled or stroked:
            canvas.drawPath(shape, stroke=int(stroked), fill=int(filled))
        canvas.restoreState()

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        canvas, size = self._canvas, prop.get_size_in_points()
        canvas.saveState()
        self._clip(gc)
        canvas.setFillColor(_colour(gc.get_rgb(), gc.get_alpha()))
        canvas.translate(x, y)
        if angle:
            turn = radians(angle)
            canvas.transform(cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0)
        canvas.setFont(BOLD if _is_bold(prop) else REGULAR, size)
        canvas.drawString(0, 0, s)
        canvas.restoreState()

    def get_text_width_height_descent(
        self, s: str, prop: Any, ismath: Any
    ) -> tuple[float, float, float]:
        size = prop.get_size_in_points()
        return width(s, size, _is_bold(prop)), (ASCENT + DESCENT) * size, DESCENT * size

    def draw_image(
        self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Any = None
    ) -> None:
        from PIL import Image

        high, wide = im.shape[:2]
        picture = ImageReader(Image.fromarray(im[::-1] if self.flipy() else im))
        self._canvas.drawImage(picture, x, y, wide, high, mask="auto")

    def _clip(self, gc: GraphicsContextBase) -> None:
        box = gc.get_clip_rectangle()
        if box is not None:
            frame = self._canvas.beginPath()
            frame.rect(box.x0, box.y0, box.width, box.height)
            self._canvas.clipPath(frame, stroke=0, fill=0)
        outline, transform = gc.get_clip_path()
        if outline is not None:
            self._canvas.clipPath(self._shape(outline, transform), stroke=0, fill=0)

    def _pen(self, gc: GraphicsContextBase) -> None:
        canvas = self._canvas
        canvas.setStrokeColor(_colour(gc.get_rgb(), gc.get_alpha()))
        canvas.setLineWidth(gc.get_linewidth())
        canvas.setLineCap({"butt": 0, "round": 1, "projecting": 2}[str(gc.get_capstyle())])
        canvas.setLineJoin({"miter": 0, "round": 1, "bevel": 2}[str(gc.get_joinstyle())])
        dashes: Any
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            canvas.setDash([float(d) for d in dashes], float(offset or 0))

    def _shape(self, outline: Any, transform: Any) -> Any:
        """A path of the canvas; quadratic curves become cubic ones."""
        shape = self._canvas.beginPath()
        x = y = 0.0
        for points, code in outline.iter_segments(transform, curves=True, simplify=False):
            p = [float(v) for v in points]
            if code == Outline.MOVETO:
                shape.moveTo(*p)
            elif code == Outline.LINETO:
                shape.lineTo(*p)
            elif code == Outline.CURVE3:
                ax, ay, bx, by = p
                shape.curveTo(
                    x + (ax - x) * 2 / 3, y + (ay - y) * 2 / 3,
                    bx + (ax - bx) * 2 / 3, by + (ay - by) * 2 / 3, bx, by,
                )  # fmt: skip
            elif code == Outline.CURVE4:
                shape.curveTo(*p)
            elif code == Outline.CLOSEPOLY:
                shape.close()
                continue
            x, y = p[-2], p[-1]
        return shape

    def _hatch(self, gc: Any, outline: Any, transform: Any) -> None:
        """Lines or dots over the box of a shape, as dense as matplotlib makes them, cut to it."""
        canvas = self._canvas
        box = outline.get_extents(transform)
        canvas.saveState()
        canvas.clipPath(self._shape(outline, transform), stroke=0, fill=0)
        ink = _colour(gc.get_hatch_color(), None)
        canvas.setStrokeColor(ink)
        canvas.setFillColor(ink)
        canvas.setLineWidth(gc.get_hatch_linewidth())
        for sign in sorted(set(gc.get_hatch())):
            gap = _HATCH_UNIT / gc.get_hatch().count(sign)
            marks = canvas.beginPath()
            if sign in _SLOPES:
                for ax, ay, bx, by in _lines(box, gap, _SLOPES[sign]):
                    marks.moveTo(ax, ay)
                    marks.lineTo(bx, by)
            elif sign in _RADII:
                for x, y in _grid(box, gap):
                    marks.circle(x, y, gap * _RADII[sign])
            canvas.drawPath(marks, stroke=int(sign != "."), fill=int(sign == "."))
        canvas.restoreState()


_HATCH_UNIT = 18.0  # points between lines of a hatching of one sign
_SLOPES: dict[str, tuple[tuple[int, int], ...]] = {
    "/": ((1, 1),),
    "\\": ((1, -1),),
    "x": ((1, 1), (1, -1)),
    "-": ((1, 0),),
    "|": ((0, 1),),
}
_RADII = {".": 0.13, "o": 0.22}  # of the gap


def _lines(
    box: Any, gap: float, slopes: tuple[tuple[int, int], ...]
) -> Iterator[tuple[float, float, float, float]]:
    """Parallel lines over a box on one grid for the whole figure, so that neighbours join."""
    for across, up in slopes:
        if not across:
            for x in _steps(box.x0, box.x1, gap):
                yield x, box.y0, x, box.y1
        elif not up:
            for y in _steps(box.y0, box.y1, gap):
                yield box.x0, y, box.x1, y
        else:
            ends = (box.y0 - up * box.x0, box.y0 - up * box.x1, box.y1 - up * box.x0,
                    box.y1 - up * box.x1)  # fmt: skip
            for start in _steps(min(ends), max(ends), gap):
                yield box.x0, start + up * box.x0, box.x1, start + up * box.x1


def _grid(box: Any, gap: float) -> Iterator[tuple[float, float]]:
    """Points in staggered rows."""
    for y in _steps(box.y0, box.y1 + gap, gap / 2):
        shift = gap / 2 if round(y / (gap / 2)) % 2 else 0.0
        for x in _steps(box.x0 - shift, box.x1 + gap, gap):
            yield x + shift, y


def _steps(low: float, high: float, gap: float) -> Iterator[float]:
    first = ceil(low / gap)
    for n in range(first, int(high // gap) + 1):
        yield n * gap


def _colour(rgb: Any, alpha: float | None) -> Color:
    red, green, blue = (float(v) for v in rgb[:3])
    opaque = float(rgb[3]) if len(rgb) > 3 and alpha is None else 1.0 if alpha is None else alpha
    return Color(red, green, blue, opaque)


def _is_bold(prop: Any) -> bool:
    return str(prop.get_file()) == str(path(True))


def draw_figure(figure: Figure, canvas: Canvas) -> None:
    """Draw a figure with its lower left corner at the origin of the canvas, 72 dots an inch."""
    wide, high = (72 * float(side) for side in figure.get_size_inches())
    figure.set_dpi(72)
    figure.draw(PaperRenderer(canvas, wide, high))
