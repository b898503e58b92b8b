"""A report on the system's printer: drawn page by page in a worker's thread."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ipdesk.base.errors import Cancelled, IpdeskError
from ipdesk.base.i18n import say, tr
from ipdesk.ui.reports.pdf import Size, picture
from ipdesk.ui.work import Task

_DPI = 300  # finer costs minutes and cannot be seen


def any_printer() -> bool:
    """Whether the system knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def dialog(parent: QWidget, name: str, pages: int) -> QPrintDialog:
    """The system's own dialog for a report of so many pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    made = QPrintDialog(printer, parent)
    made.setWindowTitle(tr("Print: {report}", report=name))
    made.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    made.setMinMax(1, pages)
    return made


def print_pages(content: bytes, sizes: tuple[Size, ...], printer: QPrinter, task: Task) -> int:
    """Draw the pages that the dialog chose; how many. Raises IpdeskError when the printer fails."""
    pages = chosen_pages(printer, len(sizes))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise IpdeskError(say("The printer does not answer. Check it, or save the report as PDF."))
    try:
        for done, page in enumerate(pages):
            task.report(done, len(pages))
            if done and not printer.newPage():
                raise IpdeskError(
                    say("The printer stopped after {n} pages. Check it and print again.", n=done)
                )
            _draw(painter, printer, content, page, sizes[page])
    except (Cancelled, IpdeskError):
        printer.abort()
        raise
    finally:
        painter.end()
    return len(pages)


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Pages from 0, in the order in which they leave the printer."""
    pages = list(range(count))
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        last = printer.toPage() or count
        pages = [page for page in pages if printer.fromPage() <= page + 1 <= last]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    return pages


def _draw(painter: QPainter, printer: QPrinter, content: bytes, page: int, size: Size) -> None:
    """A page as large as the paper, without changing its shape."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(paper.width() / size[0], paper.height() / size[1])
    target = QRect(0, 0, round(size[0] * scale), round(size[1] * scale))
    target.moveCenter(QRect(0, 0, round(paper.width()), round(paper.height())).center())
    painter.drawImage(target, picture(content, page, round(size[0] / 72 * _DPI)))
