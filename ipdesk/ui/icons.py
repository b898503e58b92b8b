"""Line icons drawn from the Phosphor font that QtAwesome carries, in the colours of the look.

Only the font file and its list of names are read: importing the package itself would cost the
start of the window a fifth of a second.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap

from ipdesk.ui import theme

SIZES = (16, 20)


@cache
def _family() -> tuple[str, dict[str, str]]:
    """The font's family name and icon name → code point; empty when the package is missing."""
    found = find_spec("qtawesome")
    if found is None or found.origin is None:
        return "", {}
    fonts = Path(found.origin).parent / "fonts"
    font = next(fonts.glob("phosphor-*.ttf"), None)
    names = next(fonts.glob("phosphor-charmap-*.json"), None)
    if font is None or names is None:
        return "", {}
    number = QFontDatabase.addApplicationFont(str(font))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return (families[0] if families else ""), json.loads(names.read_text("utf-8"))


def names() -> frozenset[str]:
    """Every icon that can be drawn."""
    return frozenset(_family()[1])


def pixmap(name: str, size: int = 16, tone: str = "muted", ratio: float = 2.0) -> QPixmap:
    """The icon in the colour of a token of the look."""
    return _drawn(name, size, theme.colour(tone), ratio)


@cache
def _drawn(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    family, points = _family()
    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    code = points.get(name)
    if family and code:
        font = QFont(family)
        font.setPixelSize(size)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, chr(int(code, 16)))
        painter.end()
    return picture


def icon(name: str, tone: str = "muted", on: str = "accent", sign: str = "") -> QIcon:
    """An icon for a button: *tone* at rest, *on* when checked, pale when disabled.

    A *sign* such as ▲ stands in its upper right corner.
    """
    if not sign:
        return _icon(name, theme.colour(tone), theme.colour(on), theme.colour("line"))
    made = QIcon()
    for colour, state in ((tone, QIcon.State.Off), (on, QIcon.State.On)):
        made.addPixmap(_signed(name, theme.colour(colour), sign), QIcon.Mode.Normal, state)
    return made


def _signed(name: str, colour: str, sign: str) -> QPixmap:
    size = SIZES[-1]
    picture = QPixmap(_drawn(name, size, colour, 2.0))
    font = QFont(theme.FAMILY)
    font.setPixelSize(size // 2)
    painter = QPainter(picture)
    painter.setFont(font)
    painter.setPen(QColor(theme.colour("overdue")))
    corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    painter.drawText(QRectF(0, -size / 6, size, size), corner, sign)
    painter.end()
    return picture


@cache
def _ratios() -> tuple[float, ...]:
    """A picture for every pixel ratio that the screens have."""
    found = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return (1.0,) if found <= {1.0} else (1.0, 2.0)


@cache
def _icon(name: str, rest: str, on: str, off: str) -> QIcon:
    made = QIcon()
    for size in SIZES:
        for ratio in _ratios():
            made.addPixmap(_drawn(name, size, rest, ratio))
            made.addPixmap(_drawn(name, size, on, ratio), QIcon.Mode.Normal, QIcon.State.On)
            made.addPixmap(_drawn(name, size, off, ratio), QIcon.Mode.Disabled)
    return made
