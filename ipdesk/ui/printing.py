"""A finished PDF through the system's printer dialog, page by page, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say, tr
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.widgets.pdf import Sheets, drawn
from ipdesk.ui.work import Task

DPI = 300


def print_sheets(
    desk: Desk, parent: QWidget, sheets: Sheets, name: str, began: Callable[[Task], object]
) -> None:
    """Ask for a printer and print in the background; *began* hears the work under way."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print"))
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, len(sheets.sizes))
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return
    said = partial(desk.say, tr("Sent to the printer."), Kind.DONE)
    began(desk.worker.job(partial(_print, printer, sheets), lambda _none: said(), drawing=True))


def _print(printer: QPrinter, sheets: Sheets, task: Task) -> None:
    """In the drawing thread: every wanted page as a picture of the printer's own resolution."""
    first = printer.fromPage() or 1
    last = printer.toPage() or len(sheets.sizes)
    wanted = range(first, min(last, len(sheets.sizes)) + 1)
    printer.setPageOrientation(_orientation(sheets, first))
    painter = QPainter()
    if not painter.begin(printer):
        raise IpdeskError(say("The printer cannot be used. Choose another one."))
    try:
        for done, number in enumerate(wanted):
            task.report(done, len(wanted), tr("Printing page {n}", n=number))
            if done:
                printer.newPage()
            image = drawn(sheets.content, number - 1, DPI / 72)
            painter.drawImage(_fitted(printer, sheets.sizes[number - 1]), image)
    finally:
        painter.end()


def _orientation(sheets: Sheets, first: int) -> QPageLayout.Orientation:
    wide, high = sheets.sizes[first - 1]
    kinds = QPageLayout.Orientation
    return kinds.Landscape if wide > high else kinds.Portrait


def _fitted(printer: QPrinter, size: tuple[float, float]) -> QRectF:
    """The page at its own size, smaller only if the paper is."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    wide, high = (side * printer.resolution() / 72 for side in size)
    shrink = min(1.0, paper.width() / wide, paper.height() / high)
    return QRectF(0, 0, wide * shrink, high * shrink)
