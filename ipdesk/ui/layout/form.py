"""A form of several groups whose act may fail: it stays open and says why, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import tr
from ipdesk.store.database import Database
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.layout.view import Act
from ipdesk.ui.messages import Kind
from ipdesk.ui.widgets.asking import Asked, fields_of, read_fields
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.fields import Editor, choice_editor, line_editor
from ipdesk.ui.widgets.labels import label


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together: a leaf of the form where there are several."""

    title: str
    asked: Sequence[Asked]


class Form(QDialog):
    """Title, one sentence, the fields, and a button that does it."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        title: str,
        groups: Sequence[Group],
        doing: str,
        act: Callable[[dict[str, Any]], Act],
        *,
        text: str = "",
        said: str = "",
        then: Callable[[Any], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(520))
        self._desk, self._groups, self._act = desk, groups, act
        self._said, self._then = said, then
        self.editors: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(12))
        column.addWidget(label(title, "title", wrap=True))
        if text:
            column.addWidget(label(text, "muted", wrap=True))
        self.leaves: QTabWidget | None = None
        if len(groups) == 1:
            column.addLayout(fields_of(groups[0].asked, self.editors))
        else:
            self.leaves = QTabWidget()
            self.leaves.setDocumentMode(True)
            for group in groups:
                leaf = QWidget()
                leaf.setLayout(fields_of(group.asked, self.editors))
                self.leaves.addTab(leaf, group.title)
            column.addWidget(self.leaves, 1)
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
        for first in list(self.editors.values())[:1]:
            first.setFocus()

    @property
    def problem(self) -> str:
        """What is wrong, as shown; empty when nothing is."""
        return self._wrong.text() if not self._wrong.isHidden() else ""

    def values(self) -> dict[str, Any]:
        """What was typed. Raises ValueError with a sentence when something is wrong or missing."""
        asked = [one for group in self._groups for one in group.asked]
        return read_fields(asked, self.editors)

    def finish(self) -> None:
        """Do it, or say what is wrong."""
        try:
            act = self._act(self.values())
        except ValueError as problem:
            self._say(str(problem))
            return
        self.doing.setEnabled(False)

        def work(database: Database, law: Any) -> Any:
            try:
                return act(database, law)
            except IpdeskError as problem:
                return problem

        run_edit(self._desk, work, "", self._done)

    def _done(self, result: Any) -> None:
        self.doing.setEnabled(True)
        if isinstance(result, IpdeskError):
            self._say(str(result.message))
            return
        self.accept()
        if self._said:
            say_done(self._desk, self._said)
        if self._then is not None:
            self._then(result)

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.show()


def say_done(desk: Desk, words: str) -> None:
    """One sentence with a way to undo what was done."""
    desk.say(words, Kind.DONE, (tr("Undo"), lambda: desk.do("undo")))


def month_editor() -> Editor:
    """A month, or nothing; kept as its first day."""

    def read(made: Any) -> date | None:
        words = made.text().strip().replace("/", "-").replace(".", "-")
        if not words:
            return None
        parts = words.split("-")
        try:
            return date(int(parts[0]), int(parts[1]), 1)
        except (ValueError, IndexError):
            raise ValueError(tr("Type the month as YYYY-MM, or nothing.")) from None

    plain = line_editor(tr("YYYY-MM"))
    return Editor(lambda value: plain.make(f"{value:%Y-%m}" if value else ""), read)


def judged_editor() -> Editor:
    """1 to 5, or not judged."""
    return choice_editor([(None, "–"), *((n, str(n)) for n in range(1, 6))])
