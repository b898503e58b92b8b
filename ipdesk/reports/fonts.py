"""The fonts of window and charts, made known to reportlab; embedded as far as they are used."""

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ipdesk.charts import fonts

REGULAR, BOLD = "IPDesk", "IPDesk-SemiBold"


@cache
def register() -> None:
    """Read both files once a process."""
    pdfmetrics.registerFont(TTFont(REGULAR, str(fonts.path(False))))
    pdfmetrics.registerFont(TTFont(BOLD, str(fonts.path(True))))
