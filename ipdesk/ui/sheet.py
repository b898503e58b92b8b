"""The style sheet of the window, written from the tokens of a palette."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from ipdesk.charts.palette import Palette, Tone

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, #content, #page { background: $window; }
QTabWidget > QStackedWidget, QTabWidget QStackedWidget > QWidget { background: $surface; }
QScrollArea, QScrollArea > #qt_scrollarea_viewport, QWidget#scrolled { background: transparent;
    border: none; }
#sidebar { background: $surface; border: none; border-right: 1px solid $line; }
#statusLine { background: $surface; border: none; border-top: 1px solid $line; }
#statusLine QLabel, #statusLine QToolButton { color: $muted; font-size: ${s12}px; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[line="true"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QWidget#popover { background: $raised; border: 1px solid $line; border-radius: 6px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${s16}px; font-weight: 600; }
QLabel[role="section"] { font-size: ${s13}px; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: ${s12}px; }
QLabel[role="count"] { color: $muted; font-size: ${s16}px; }
QLabel[role="big"] { font-size: ${s24}px; font-weight: 600; }
QLabel[editable="true"] { border: 1px solid transparent; border-radius: 4px; }
QLabel[editable="true"]:hover { background: $window; border-color: $line; }
QLabel[editable="true"]:focus { border-color: $accent; }
QLabel[role="problem"] { color: $overdue; }
$tones

#messageBar { border: none; border-bottom: 1px solid $line; background: $accent_soft; }
#messageBar[kind="done"] { background: $done_soft; }
#messageBar[kind="problem"] { background: $overdue_soft; }

QPushButton, QToolButton, QCheckBox, QRadioButton, QTabBar { outline: none; }
QPushButton { background: $surface; border: 1px solid $line; border-radius: 6px;
    padding: ${p5}px ${p12}px; min-height: ${p16}px; }
QPushButton:hover { border-color: $muted; }
QPushButton:pressed, QPushButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $muted; background: $window; }
QPushButton[role="main"] { background: $accent; border-color: $accent; color: $on_accent;
    font-weight: 600; }
QPushButton[role="main"]:hover { background: $accent_deep; border-color: $accent_deep; }
QPushButton[role="main"]:focus { border-color: $text; }
QPushButton[role="main"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $accent;
    padding: ${p2}px 0; min-height: ${p18}px; text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:disabled { color: $muted; background: transparent; }
QPushButton[role="link"]:focus { border-color: $accent; }
QPushButton[role="chip"] { border-radius: ${p11}px; padding: ${p2}px ${p10}px;
    min-height: ${p16}px; }
QPushButton[role="chip"][chosen="true"] { background: $accent_soft; border-color: $accent; }
QPushButton[role="nav"] { background: transparent; border: 1px solid transparent; text-align: left;
    padding: ${p6}px ${p10}px; min-height: ${p20}px; }
QPushButton[role="nav"]:hover { background: $window; }
QPushButton[role="nav"]:checked { background: $accent_soft; color: $text; font-weight: 600; }
QPushButton[role="nav"]:focus { border-color: $accent; }
QPushButton[role="tile"] { text-align: left; padding: 0; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[role="quiet"]:hover { background: $accent_soft; }
QPushButton[role="quiet"]:focus { border-color: $accent; }
QPushButton::menu-indicator { image: none; width: 0; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: ${p4}px; }
QToolButton:hover { background: $accent_soft; }
QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit { background: $surface;
    border: 1px solid $line; border-radius: 6px; padding: ${p4}px ${p8}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${p18}px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { background: transparent; border: none;
    border-radius: 0; padding: 0; min-height: 0; }
QAbstractSpinBox { padding: 0; }
QAbstractSpinBox QLineEdit { padding: 0 ${p8}px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus
    { border-color: $accent; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $muted;
    background: $window; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $overdue; }
QComboBox { padding-right: ${p4}px; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow { image: url($icons/caret-down-$theme.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: ${p20}px;
    background: transparent; }
QAbstractSpinBox::up-arrow { image: url($icons/caret-up-$theme.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow, QDateEdit::down-arrow { image: url($icons/caret-down-$theme.svg);
    width: 10px; height: 10px; }
QDateEdit::drop-down { border: none; width: ${p24}px; }
QCheckBox, QRadioButton { spacing: ${p8}px; background: transparent; }
QCheckBox::indicator, QListView::indicator, QTableView::indicator { width: ${p14}px;
    height: ${p14}px; border: 1px solid $muted;
    border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked, QListView::indicator:checked,
QTableView::indicator:checked { background: $accent;
    border-color: $accent;
    image: url($icons/check-$theme.svg); }
QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:disabled { border-color: $line; background: $window; }
QRadioButton::indicator { width: ${p14}px; height: ${p14}px; border: 1px solid $muted;
    border-radius: ${p8}px; background: $surface; }
QRadioButton::indicator:checked { border: ${p4}px solid $accent; width: ${p8}px; height: ${p8}px; }

QTableView, QTreeView, QListView { background: $surface; border: none; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; font-size: ${s12}px; }
QTableWidget::item, QTableView#raw::item { padding: 0 ${p5}px; }
QTreeView::item, QListView::item { min-height: ${p24}px; padding: 0 ${p4}px; border: none; }
QTreeView::item:hover, QListView::item:hover { background: $window; }
QTreeView::item:selected, QListView::item:selected { background: $accent_soft; color: $text; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url($icons/caret-right-$theme.svg); }
QTreeView::branch:has-children:open { image: url($icons/caret-down-$theme.svg); }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none;
    border-bottom: 1px solid $line; padding: ${p4}px ${p8}px; font-size: ${s12}px; }
QHeaderView::section:hover { background: $window; color: $text; }
QHeaderView::up-arrow { image: url($icons/caret-up-$theme.svg); width: 10px; height: 10px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 2px; }
QHeaderView::down-arrow { image: url($icons/caret-down-$theme.svg); width: 10px; height: 10px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 2px; }
QTableCornerButton::section { background: $surface; border: none; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; border: none; border-bottom: 2px solid transparent;
    padding: ${p6}px ${p7}px; color: $muted; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { color: $accent; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QMenuBar { background: $surface; border-bottom: 1px solid $line; padding: 0 ${p4}px; }
QMenuBar::item { background: transparent; padding: ${p4}px ${p8}px; border-radius: 4px; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $raised; border: 1px solid $line; padding: 4px 0; }
QMenu::item { padding: ${p5}px ${p28}px ${p5}px ${p24}px; background: transparent; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QMenu::indicator { width: ${p12}px; height: ${p12}px; left: 7px; }
QMenu::indicator:checked { image: url($icons/tick-$theme.svg); }
QMenu::icon { left: 7px; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px;
    min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QGroupBox { border: none; font-weight: 600; margin-top: ${p20}px; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
#dropArea { background: $surface; border: 2px dashed $line; border-radius: 6px; }
#dropArea[over="true"] { background: $accent_soft; border-color: $accent; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
""")

_TONE = Template("""
QLabel[chip="$tone"] { color: $ink; background: $ground; border-radius: ${p9}px;
    padding: ${p1}px ${p8}px; font-size: ${s12}px; }
QLabel[ink="$tone"] { color: $ink; }
""")


class _Sizes(dict[str, str]):
    """``s12`` and ``p12`` are twelve pixels, grown with the text size."""

    def __init__(self, values: dict[str, str], px: Callable[[int], int]) -> None:
        super().__init__(values)
        self._px = px

    def __missing__(self, name: str) -> str:
        if name[:1] in "sp" and name[1:].isdigit():
            return str(self._px(int(name[1:])))
        raise KeyError(name)


def written(palette: Palette, px: Callable[[int], int], icons: str) -> str:
    """The whole style sheet; *icons* is the folder of the few pictures it names."""
    tokens = {name: str(getattr(palette, name)) for name in palette.__dataclass_fields__}
    values = _Sizes(
        {
            **tokens,
            "theme": palette.name,
            "icons": icons,
            "accent_deep": _mixed(palette.accent, palette.text, 0.25),
        },
        px,
    )
    values["tones"] = "".join(_tone(tone, palette, px) for tone in Tone)
    return _SHEET.substitute(values)


def _tone(tone: Tone, palette: Palette, px: Callable[[int], int]) -> str:
    ground = palette.window if tone is Tone.PLAIN else palette.ground(tone)
    values = {"tone": tone.value, "ink": palette.ink(tone), "ground": ground}
    return _TONE.substitute(_Sizes(values, px))


def _mixed(one: str, other: str, share: float) -> str:
    """One colour with a share of another."""
    parts = (
        round(int(one[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share)
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02X}" for part in parts)
