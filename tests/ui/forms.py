"""Typing into the forms and dialogs of the window, and what they say."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget


class HasEditors(Protocol):
    """A form whose fields have names."""

    @property
    def editors(self) -> Mapping[str, QWidget]: ...


def put(form: HasEditors, **values: object) -> None:
    """Type into the fields of a form; a choice takes its value or its words."""
    for name, value in values.items():
        write(form.editors[name], value)


def write(editor: QWidget, value: object) -> None:
    """Type into one field."""
    if isinstance(editor, QComboBox):
        place = editor.findData(value)
        editor.setCurrentIndex(place) if place >= 0 else editor.setCurrentText(str(value))
    elif isinstance(editor, QLineEdit):
        editor.setText(str(value))
    else:
        assert isinstance(editor, QPlainTextEdit), editor
        editor.setPlainText(str(value))


def lines_in(form: HasEditors, name: str) -> list[str]:
    """The lines that stand in a field of several."""
    editor = form.editors[name]
    assert isinstance(editor, QPlainTextEdit)
    return editor.toPlainText().splitlines()


def says(form: QWidget, words: str) -> bool:
    """Whether words stand in a dialog."""
    return any(words in made.text() for made in form.findChildren(QLabel))
