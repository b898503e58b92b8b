"""The sheet that every report is printed on: A4, running head, page x of y, the same bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, cast

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from ipdesk.base.i18n import Message, language, tr
from ipdesk.charts.fonts import legible, shorten, width
from ipdesk.charts.palette import LIGHT
from ipdesk.reports.fonts import BOLD, REGULAR, register
from ipdesk.reports.hearing import page_begun

MARGIN = 18 * mm
WIDE = A4[0] - 2 * MARGIN  # of the column, in points: 174 mm
HIGH = A4[1] - 2 * MARGIN - 22  # of the column, below the running head and above the foot
ACROSS = landscape(A4)  # for tables of many columns
_SMALL = 7.5
Size = tuple[float, float]  # of a sheet, in points


@dataclass(frozen=True, slots=True)
class Heading:
    """What a report says of itself: whose, what, as of which day, of what selection, counted how.

    ``counting`` are sentences for the first page; ``word`` (a caution) and ``source`` (databases,
    queries, their cut-off) stand at the foot of every page.
    """

    company: str
    title: Message | str
    cut_off: date
    subtitle: Message | str = ""
    filters: tuple[Message | str, ...] = ()
    counting: tuple[Message | str, ...] = ()
    word: Message | str = ""
    source: Message | str = ""
    sample: bool = False


class _PageCanvas(Canvas):
    """Adds at the end what only then is known: the number of pages, and where chapters begin."""

    _doc: Any  # reportlab's own, without types
    _code: list[str]
    _pagesize: Size

    def __init__(self, *arguments: Any, heading: Heading, **named: Any) -> None:
        named["initialFontName"] = REGULAR  # or Helvetica stands in every file, not embedded
        super().__init__(*arguments, **named)
        self._heading = heading
        self._owed: list[tuple[int, float, float, str]] = []
        self._begins: dict[str, int] = {}

    def begin(self, key: str) -> None:
        """A chapter begins on this page."""
        self._begins.setdefault(key, self.getPageNumber())
        self.bookmarkPage(key)

    def owe(self, x: float, y: float, key: str) -> None:
        """The page number of a chapter will stand here, ended at *x*."""
        x, y = self.absolutePosition(x, y)
        self._owed.append((self.getPageNumber(), x, y, key))

    def save(self) -> None:
        if self._code:
            self.showPage()
        pages = self._doc.Pages.pages
        for number, page in enumerate(pages, 1):
            self._code = []
            self._foot(number, len(pages))
            page.stream += "\n".join(["q", *self._code, "Q", ""])
        self._code = []
        super().save()

    def _foot(self, number: int, count: int) -> None:
        self.setFillColor(HexColor(LIGHT.muted))
        self.setFont(REGULAR, _SMALL)
        words = tr("Page {number} of {count}", number=number, count=count)
        self.drawRightString(self._pagesize[0] - MARGIN, MARGIN - 12, words)
        for page, x, y, key in self._owed:
            if page == number and key in self._begins:
                self.setFillColor(HexColor(LIGHT.text))
                self.setFont(REGULAR, 9)
                self.drawRightString(x, y, str(self._begins[key]))


class _Document(BaseDocTemplate):
    """One column; the first page carries its title in the column instead of a head."""

    def __init__(self, target: BytesIO, heading: Heading, size: Size) -> None:
        super().__init__(
            target, pagesize=size, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN,
            bottomMargin=MARGIN, pageCompression=1, invariant=1, lang=language().replace("_", "-"),
            title=legible(str(heading.title)), author=legible(heading.company),
            subject=tr("Cut-off day {day}", day=heading.cut_off), creator="IPDesk",
        )  # fmt: skip
        self._wide, self._top = size[0] - 2 * MARGIN, size[1] - MARGIN
        first = _frame(self._wide, self._top - 10)
        later = _frame(self._wide, self._top - 22)
        self._heading = heading
        self.addPageTemplates(
            [
                PageTemplate("first", [first], onPage=self._first, autoNextPageTemplate="later"),
                PageTemplate("later", [later], onPage=self._later),
            ]
        )

    def _first(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        _stamp(canvas, self._heading.cut_off)
        self._below(canvas)

    def _later(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        heading, top, right = self._heading, self._top - 8, MARGIN + self._wide
        day = tr("Cut-off day {day}", day=heading.cut_off)
        room = self._wide - width(day, _SMALL) - 16
        canvas.saveState()
        canvas.setFillColor(HexColor(LIGHT.muted))
        canvas.setFont(REGULAR, _SMALL)
        canvas.drawRightString(right, top, day)
        title = width(legible(_full_title(heading)), _SMALL) + 8
        company = shorten(heading.company, max(room - title, room * 0.45), _SMALL, bold=True)
        canvas.setFont(BOLD, _SMALL)
        canvas.drawString(MARGIN, top, company)
        used = width(company, _SMALL, True) + (8 if company else 0)
        canvas.setFont(REGULAR, _SMALL)
        canvas.drawString(MARGIN + used, top, shorten(_full_title(heading), room - used, _SMALL))
        canvas.setStrokeColor(HexColor(LIGHT.line))
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, top - 6, right, top - 6)
        canvas.restoreState()
        self._below(canvas)

    def _below(self, canvas: Canvas) -> None:
        """What stands at the foot of every page beside its number."""
        words = [tr("Sample data")] if self._heading.sample else []
        words += [str(self._heading.word)] if self._heading.word else []
        canvas.saveState()
        canvas.setFillColor(HexColor(LIGHT.muted))
        canvas.setFont(REGULAR, _SMALL)
        canvas.drawString(MARGIN, MARGIN - 12, shorten(" · ".join(words), self._wide - 90, _SMALL))
        source = shorten(str(self._heading.source), self._wide, _SMALL)
        canvas.drawString(MARGIN, MARGIN - 22, source)
        canvas.restoreState()


def _full_title(heading: Heading) -> str:
    parts = [str(heading.title), str(heading.subtitle)]
    return " · ".join(part for part in parts if part)


def _frame(wide: float, top: float) -> Frame:
    return Frame(
        MARGIN, MARGIN, wide, top - MARGIN, leftPadding=0, rightPadding=0, topPadding=0,
        bottomPadding=0,
    )  # fmt: skip


def _stamp(canvas: Canvas, day: date) -> None:
    """Date the file by its cut-off day, so that the same data give the same bytes."""
    stamp = cast(Any, canvas)._doc._timeStamp
    stamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
    stamp.dhh = stamp.dmm = 0


def render(heading: Heading, story: Sequence[Flowable], size: Size = A4) -> bytes:
    """The PDF of a story, in the language of the moment."""
    return _rendered(heading, story, size)[0]


def render_page(heading: Heading, story: Callable[[int], Sequence[Flowable]]) -> bytes:
    """The PDF of a story that must fit one page: *story* makes it with so many lines a list."""
    content = b""
    for most in (7, 5, 4, 3, 2, 1):
        content, pages = _rendered(heading, story(most))
        if pages == 1:
            break
    return content


def _rendered(heading: Heading, story: Sequence[Flowable], size: Size = A4) -> tuple[bytes, int]:
    """The PDF and the number of its pages."""
    register()
    target = BytesIO()
    document = _Document(target, heading, size)

    def make(*arguments: Any, **named: Any) -> Canvas:
        return _PageCanvas(*arguments, heading=heading, **named)

    document.setProgressCallBack(_tell)
    document.build(list(story), canvasmaker=cast(Any, make))
    return target.getvalue(), document.page


def _tell(what: str, number: int) -> None:
    if what == "PAGE":
        page_begun(number)
