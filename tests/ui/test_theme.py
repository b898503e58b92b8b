"""Light, dark, sizes: the style sheet is whole and every icon that is named can be drawn."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from ipdesk.base.assets import asset
from ipdesk.charts.palette import PALETTES
from ipdesk.ui import icons, sheet, theme

CODE = Path(__file__).parents[2] / "ipdesk" / "ui"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_style_sheet_names_only_tokens_and_pictures_that_exist(name: str) -> None:
    words = sheet.written(PALETTES[name], lambda size: size, asset("icons").as_posix())
    assert "$" not in words
    pictures = re.findall(r"url\((.+?)\)", words)
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


def test_the_system_decides_until_the_user_does() -> None:
    dark = Qt.ColorScheme.Dark
    assert theme.wanted(theme.Mode.SYSTEM, dark).dark
    assert not theme.wanted(theme.Mode.LIGHT, dark).dark
    assert theme.wanted(theme.Mode.DARK, Qt.ColorScheme.Light).dark


def test_the_bundled_fonts_are_the_ones_that_are_used(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Mode.LIGHT)
    assert theme.FAMILY in QFontDatabase.families()
    assert qapp.font().family() == theme.FAMILY


def test_every_icon_named_in_the_code_can_be_drawn(qapp: QApplication) -> None:
    named: set[str] = set()
    for path in CODE.rglob("*.py"):
        text = path.read_text("utf-8")
        named |= set(re.findall(r"icon=\"([a-z-]+)\"", text))
        named |= set(
            re.findall(r"(?:icons\.icon|icons\.pixmap|icon_button)\(\s*\"([a-z-]+)\"", text)
        )
        named |= set(re.findall(r"Notice\(\s*\"([a-z-]+)\"", text))
    assert named - icons.names() == set()
    assert not icons.pixmap("house").isNull()
    assert len(named) > 10


def test_text_at_125_percent_makes_everything_larger(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Mode.LIGHT, percent=125)
    assert theme.px(12) == 15
    assert theme.look().row == 35
    theme.apply(qapp, theme.Mode.LIGHT)
    assert theme.px(12) == 12
