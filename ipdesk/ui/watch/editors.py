"""Ways to type what early warning needs: ticks, long texts, lists in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.portfolio.offices import office_of
from ipdesk.core.watch.words import LEVEL_LABELS
from ipdesk.ui import theme
from ipdesk.ui.widgets.fields import Editor, choice_editor, line_editor

_VALUE = Qt.ItemDataRole.UserRole


def ticks_editor(options: Sequence[tuple[Any, str]], rows: int = 5) -> Editor:
    """Any of some values, each with a box; Space ticks."""

    def make(value: Any) -> QWidget:
        made = QListWidget()
        made.setProperty("card", "true")
        chosen = set(value or ())
        for one, words in options:
            item = QListWidgetItem(words, made)
            item.setData(_VALUE, one)
            item.setToolTip(words.strip())
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if one in chosen else Qt.CheckState.Unchecked
            item.setCheckState(state)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        lines = min(max(len(options), 2), rows)
        made.setFixedHeight(lines * theme.look().row + theme.px(8))
        return made

    def read(made: Any) -> tuple[Any, ...]:
        items = (made.item(place) for place in range(made.count()))
        return tuple(
            item.data(_VALUE) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    return Editor(make, read)


def choice_or_words(options: Iterable[str], hint: str = "") -> Editor:
    """One of some words, or any other."""
    known = list(options)

    def make(value: Any) -> QWidget:
        made = QComboBox()
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.addItems(known)
        made.setCurrentText(str(value or ""))
        edit = made.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(hint)
        return made

    return Editor(make, lambda made: made.currentText().strip())


def offices_editor() -> Editor:
    """Offices in one line: ``CN, US, EP``."""
    plain = line_editor(tr("offices, e.g. CN, US, EP"))

    def make(value: Any) -> QWidget:
        return plain.make(", ".join(value or ()))

    return Editor(make, lambda made: read_offices(made.text()))


def read_offices(text: str) -> tuple[str, ...]:
    """The codes of the offices named. Raises ValueError for one that is not known."""
    found: dict[str, None] = {}
    for part in text.replace("，", ",").replace(";", ",").replace("、", ",").split(","):
        if part.strip():
            code = office_of(part.strip())
            if code is None:
                raise ValueError(tr("There is no office “{name}”.", name=part.strip()))
            found[code] = None
    return tuple(found)


def words_editor(high: int = 72, hint: str = "") -> Editor:
    """A text of some lines, kept as it was typed."""

    def make(value: Any) -> QWidget:
        made = QPlainTextEdit(str(value or ""))
        made.setPlaceholderText(hint)
        made.setTabChangesFocus(True)
        made.setFixedHeight(theme.px(high))
        return made

    return Editor(make, lambda made: made.toPlainText().strip())


def level_editor() -> Editor:
    """One of the four levels."""
    return choice_editor([(level, str(words)) for level, words in LEVEL_LABELS.items()])
