"""A small dialog for a decision that needs a few values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.fields import Editor
from ipdesk.ui.widgets.labels import label


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that is asked for."""

    name: str
    caption: str
    editor: Editor
    value: Any = None
    needed: bool = False


PAUSE_MS = 250
Foretell = Callable[[dict[str, Any], Callable[[str], object]], object]


def fields_of(asked: Sequence[Asked], editors: dict[str, QWidget]) -> QFormLayout:
    """Captions and the widgets to type in, which are put into *editors* by name."""
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for one in asked:
        made = one.editor.make(one.value)
        made.setAccessibleName(one.caption)
        editors[one.name] = made
        form.addRow(label(one.caption, "muted"), made)
    return form


def read_fields(
    asked: Sequence[Asked], editors: Mapping[str, QWidget], *, strictly: bool = True
) -> dict[str, Any]:
    """What was typed. Raises ValueError with a sentence when something is wrong or missing."""
    found: dict[str, Any] = {}
    for one in asked:
        value = one.editor.read(editors[one.name])
        if one.needed and value in (None, "", ()) and (strictly or value != ""):
            raise ValueError(tr("{field} is missing.", field=one.caption))
        found[one.name] = value
    return found


class Asking(QDialog):
    """Title, one sentence, the fields, and a button that says what it does.

    It closes when the values are taken; one that *stays* waits for ``accept`` when the work is
    done, or for ``refuse``, so that nothing typed is lost.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        asked: Sequence[Asked],
        doing: str,
        done: Callable[[dict[str, Any]], object],
        *,
        stays: bool = False,
        below: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(440))
        self._asked = asked
        self._done, self._stays = done, stays
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(title, "title"))
        if text:
            column.addWidget(label(text, "muted", wrap=True))
        self.editors: dict[str, QWidget] = {}
        column.addLayout(fields_of(asked, self.editors))
        self._foretold = label("", "muted", wrap=True)
        self._foretold.hide()
        self._ask_ahead: Foretell | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_ahead)
        column.addWidget(self._foretold)
        if below is not None:
            column.addWidget(below, 1)
        self._wrong = label("", "problem", wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        self.doing = button(doing, self.finish, role="main")
        self.doing.setDefault(True)
        row.addWidget(self.doing)
        column.addLayout(row)

    def foretell(self, ask: Foretell) -> None:
        """Say in the dialog what the values would do: *ask* is given them and a way to answer."""
        self._ask_ahead = ask
        for made in self.editors.values():
            for name in ("textChanged", "currentIndexChanged", "itemChanged"):
                signal = getattr(made, name, None)
                if signal is not None:
                    signal.connect(self._pause.start)
        self._look_ahead()

    def _look_ahead(self) -> None:
        if self._ask_ahead is None:
            return
        try:
            self._ask_ahead(self._values(strictly=False), self.say_ahead)
        except ValueError:
            self.say_ahead("")

    def say_ahead(self, words: str) -> None:
        """What the values would do."""
        self._foretold.setText(words)
        self._foretold.setVisible(bool(words))

    def values(self) -> dict[str, Any]:
        """What was typed. Raises ValueError with a sentence when something is wrong or missing."""
        return self._values(strictly=True)

    def _values(self, *, strictly: bool) -> dict[str, Any]:
        """While one looks ahead, words that are needed may be missing still."""
        return read_fields(self._asked, self.editors, strictly=strictly)

    def finish(self) -> None:
        """Take the values, or say what is wrong with them."""
        try:
            found = self.values()
        except ValueError as problem:
            self.refuse(str(problem))
            return
        if self._stays:
            self._wrong.hide()
            self.doing.setEnabled(False)
        else:
            self.accept()
        self._done(found)

    def withdraw(self) -> None:
        """What was wrong is right by now."""
        self._wrong.hide()

    def refuse(self, problem: str) -> None:
        """Nothing was done: say why; what was typed stays to be mended."""
        self.doing.setEnabled(True)
        self._wrong.setText(problem)
        self._wrong.show()
