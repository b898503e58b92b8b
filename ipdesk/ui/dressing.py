"""Putting on the look and the language that the settings ask for."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.qtwords import speak
from ipdesk.ui.theme import Density, Mode


def dress(app: QApplication, desk: Desk) -> None:
    """Put on the look that the settings ask for; Qt speaks the language of the program."""
    speak(app)
    values = desk.settings.values
    mode = Mode(values.theme) if values.theme in set(Mode) else Mode.SYSTEM
    density = Density(values.density) if values.density in set(Density) else Density.NORMAL
    percent = desk.memory.get("text.percent", 100)
    theme.apply(app, mode, density, percent if isinstance(percent, int) else 100)
