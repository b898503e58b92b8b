"""How the window looks: light and dark, density, size of text; fonts and the style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ipdesk.base.assets import asset
from ipdesk.charts.palette import DARK, LIGHT, Palette, Tone
from ipdesk.ui import sheet

FAMILY = "Noto Sans SC"
TOP = Qt.AlignmentFlag.AlignTop


class Mode(StrEnum):
    """What the user chose; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Density(StrEnum):
    """How high a row is."""

    NORMAL = "normal"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours, the density and the text size of the moment."""

    palette: Palette = LIGHT
    density: Density = Density.NORMAL
    percent: int = 100

    def px(self, size: int) -> int:
        """A length that grows with the text."""
        return round(size * self.percent / 100)

    @property
    def row(self) -> int:
        """The height of a table row."""
        return self.px(24 if self.density is Density.COMPACT else 28)


_now = [Look()]


def look() -> Look:
    """The look of the moment; widgets that paint themselves ask here."""
    return _now[0]


def px(size: int) -> int:
    """A length that grows with the text size of the moment."""
    return look().px(size)


def colour(token: str) -> str:
    """One token of the palette of the moment: ``#RRGGBB``."""
    return str(getattr(look().palette, token))


def ink(tone: Tone) -> QColor:
    """The colour of text and sign of a tone."""
    return QColor(look().palette.ink(tone))


def ground(tone: Tone) -> QColor:
    """The quiet colour behind text of a tone."""
    return QColor(look().palette.ground(tone))


@cache
def load_fonts() -> bool:
    """Give Qt the fonts that window, charts and paper share; False when they are missing."""
    loaded = False
    for path in sorted(asset("fonts").glob("*.ttf")):
        loaded = QFontDatabase.addApplicationFont(str(path)) >= 0 or loaded
    return loaded


def wanted(mode: Mode, system: Qt.ColorScheme) -> Palette:
    """The palette of a mode, given what the desktop says."""
    dark = mode is Mode.DARK or (mode is Mode.SYSTEM and system is Qt.ColorScheme.Dark)
    return DARK if dark else LIGHT


def apply(
    app: QApplication,
    mode: Mode = Mode.SYSTEM,
    density: Density = Density.NORMAL,
    percent: int = 100,
) -> Look:
    """Dress the whole application; pages that drew colours themselves are built again after it."""
    load_fonts()
    scheme = {Mode.LIGHT: Qt.ColorScheme.Light, Mode.DARK: Qt.ColorScheme.Dark}
    hints = app.styleHints()
    hints.setColorScheme(scheme.get(mode, Qt.ColorScheme.Unknown))
    palette = wanted(mode, hints.colorScheme())
    _now[0] = Look(palette, density, percent)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    font = QFont(FAMILY)
    font.setPixelSize(px(13))
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setFont(font)
    app.setPalette(_qt_palette(palette))
    app.setStyleSheet(sheet.written(palette, _now[0].px, asset("icons").as_posix()))
    return _now[0]


def figures(size: int, bold: bool = False) -> QFont:
    """A font whose figures all have one width, for numbers and dates in columns."""
    font = QFont(FAMILY)
    font.setPixelSize(px(size))
    font.setFeature(QFont.Tag("tnum"), 1)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def _qt_palette(tokens: Palette) -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    for name, token in (
        (role.Window, tokens.window),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.window),
        (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.text),
        (role.WindowText, tokens.text),
        (role.Text, tokens.text),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.Mid, tokens.line),
        (role.Light, tokens.raised),
        (role.Midlight, tokens.line),
        (role.Dark, tokens.line),
    ):
        made.setColor(name, QColor(token))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.muted))
    return made
