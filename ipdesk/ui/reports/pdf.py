"""The pages of a PDF as pictures; called in the worker's threads only."""

from __future__ import annotations

from threading import Lock

import pypdfium2
from PySide6.QtGui import QImage

Size = tuple[float, float]

_ONE_AT_A_TIME = Lock()  # pdfium knows no threads: the preview and the printer take turns


def page_sizes(content: bytes) -> tuple[Size, ...]:
    """Width and height of every page in points."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(content)
        try:
            return tuple(document.get_page_size(number) for number in range(len(document)))
        finally:
            document.close()


def picture(content: bytes, page: int, wide: int) -> QImage:
    """One page, counted from 0, drawn *wide* pixels wide."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(content)
        try:
            sheet = document[page]
            bitmap = sheet.render(scale=wide / sheet.get_width(), prefer_bgrx=True)
            drawn = QImage(
                bitmap.buffer,
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB32,
            ).copy()
            bitmap.close()
            return drawn
        finally:
            document.close()
