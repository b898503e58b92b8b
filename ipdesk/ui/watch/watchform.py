"""A watch as its user writes it: question, queries per database, words, links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.i18n import tr
from ipdesk.core.layout.queries_tree import products, tree
from ipdesk.core.watch.cadence import read_every
from ipdesk.core.watch.edits import add_watch, change_watch
from ipdesk.core.watch.model import WatchFields
from ipdesk.core.watch.queries import watch_detail
from ipdesk.core.watch.rows import WatchDetail
from ipdesk.core.watch.words import DATABASE_LABELS, WATCH_KIND_LABELS, database_label
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.watch.editors import offices_editor, ticks_editor, words_editor
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.fields import Editor, choice_editor, line_editor, names_editor
from ipdesk.ui.widgets.labels import label

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

_EVERY = ("1w", "2w", "1m", "2m", "3m", "6m", "1y")


@dataclass(frozen=True, slots=True)
class Known:
    """What a form needs to know: the watch as it stands, and what it can be linked to."""

    detail: WatchDetail | None
    technologies: tuple[tuple[str, str], ...]
    products: tuple[tuple[str, str], ...]


def read_known(watch: int | None, today: date, connection: Connection) -> Known:
    """In a reader's thread."""
    found = tree(connection, counted=False)
    technologies = tuple((b.name, "   " * b.depth + b.name) for b in found)
    named = tuple((p.name, p.name) for p in products(connection, counted=False))
    detail = watch_detail(connection, watch, today) if watch is not None else None
    return Known(detail, technologies, named)


def ask_watch(
    desk: Desk, parent: QWidget, watch: int | None, then: Callable[[int], object]
) -> None:
    """Open the form for a new watch or for one that stands; *then* hears its id."""

    def show(known: Known) -> None:
        WatchForm(desk, parent, known, then).open()

    desk.worker.read(partial(read_known, watch, desk.today()), show, partial(tell, desk))


class WatchForm(QDialog):
    """Four leaves; a problem is said at the foot and nothing is lost."""

    def __init__(
        self, desk: Desk, parent: QWidget, known: Known, then: Callable[[int], object]
    ) -> None:
        super().__init__(parent)
        title = tr("Edit the watch") if known.detail else tr("New watch")
        self.setWindowTitle(title)
        self.resize(theme.px(640), theme.px(560))
        self._desk, self._known, self._then = desk, known, then
        self._editors: dict[str, tuple[Editor, QWidget]] = {}
        self.queries: dict[str, QPlainTextEdit] = {}
        self.leaves = QTabWidget()
        self.leaves.setDocumentMode(True)
        self._question_leaf()
        self._queries_leaf()
        self._words_leaf()
        self._scope_leaf()
        self._wrong = label("", "problem", wrap=True)
        self._wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(label(title, "title"))
        column.addWidget(self.leaves, 1)
        column.addWidget(self._wrong)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        self.keep = button(
            tr("Save") if known.detail else tr("Create watch"), self.finish, role="main"
        )
        self.keep.setDefault(True)
        row.addWidget(self.keep)
        column.addLayout(row)

    # ------------------------------------------------------------------ building

    def _question_leaf(self) -> None:
        form = self._leaf(tr("Question"))
        row = self._known.detail.row if self._known.detail else None
        kinds = [(kind, str(words)) for kind, words in WATCH_KIND_LABELS.items()]
        rhythms = [*_EVERY, *([row.every] if row and row.every not in _EVERY else [])]
        every = choice_editor([(text, read_every(text).spoken()) for text in rhythms])
        hint = tr("What must be known, so that somebody can decide")
        self._add(form, "name", tr("Name"), line_editor(), row and row.name)
        self._add(form, "question", tr("Question"), words_editor(64, hint), row and row.question)
        self._add(form, "kind", tr("Kind"), choice_editor(kinds), row.kind if row else "technology")
        self._add(form, "owner", tr("Decides"), line_editor(), row and row.owner)
        self._add(form, "every", tr("Rhythm"), every, row.every if row else "3m")
        self._listed(form, "markets", tr("Markets"), offices_editor())
        self._listed(
            form, "technologies", tr("Technologies"), ticks_editor(self._known.technologies, 4)
        )
        self._listed(form, "products", tr("Products"), ticks_editor(self._known.products, 3))

    def _queries_leaf(self) -> None:
        form = self._leaf(tr("Queries"))
        form.addRow(
            label(
                tr("Kept verbatim; another text makes a new version, an empty one retires it."),
                "muted",
                wrap=True,
            )
        )
        current = self._current_queries()
        names = [n for n in DATABASE_LABELS if n != "other"]
        names += [n for n in current if n not in names]
        for name in names:
            made = QPlainTextEdit(current.get(name, ""))
            made.setTabChangesFocus(True)
            made.setFixedHeight(theme.px(44))
            made.setAccessibleName(database_label(name))
            self.queries[name] = made
            form.addRow(label(database_label(name), "muted"), made)

    def _words_leaf(self) -> None:
        form = self._leaf(tr("Words"))
        a_line = tr("One a line")
        for name, caption in (
            ("synonyms", tr("Synonyms")),
            ("classes", tr("Classes")),
            ("applicants", tr("Applicants")),
            ("inventors", tr("Inventors")),
            ("known_documents", tr("Must be found")),
        ):
            editor = names_editor(a_line)
            self._listed(form, name, caption, editor)
            self._editors[name][1].setFixedHeight(theme.px(68))

    def _scope_leaf(self) -> None:
        form = self._leaf(tr("Scope and notes"))
        detail = self._known.detail
        scope = words_editor(120, tr("Offices, years, kinds of document; what is left out"))
        self._add(form, "scope", tr("Scope"), scope, detail and detail.scope)
        self._add(form, "note", tr("Note"), words_editor(120), detail and detail.note)

    def _leaf(self, words: str) -> QFormLayout:
        leaf = QWidget()
        form = QFormLayout(leaf)
        form.setContentsMargins(theme.px(4), theme.px(12), theme.px(4), theme.px(4))
        form.setHorizontalSpacing(theme.px(16))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.leaves.addTab(leaf, words)
        return form

    def _add(self, form: QFormLayout, name: str, caption: str, editor: Editor, value: Any) -> None:
        made = editor.make(value)
        made.setAccessibleName(caption)
        self._editors[name] = (editor, made)
        form.addRow(label(caption, "muted"), made)

    def _listed(self, form: QFormLayout, name: str, caption: str, editor: Editor) -> None:
        known: Sequence[str] = getattr(self._known.detail, name) if self._known.detail else ()
        self._add(form, name, caption, editor, known)

    def _current_queries(self) -> dict[str, str]:
        detail = self._known.detail
        if detail is None:
            return {}
        return {q.database: q.text for q in detail.queries if q.retired_on is None}

    # ------------------------------------------------------------------ saving

    def editor(self, name: str) -> QWidget:
        """The widget of a field."""
        return self._editors[name][1]

    def fields(self) -> WatchFields:
        """What was typed. Raises ValueError with a sentence."""
        found = {name: editor.read(made) for name, (editor, made) in self._editors.items()}
        before = self._current_queries()
        texts = {name: made.toPlainText() for name, made in self.queries.items()}
        queries = tuple((n, t) for n, t in texts.items() if t.strip() or n in before)
        return WatchFields(**found, queries=queries)

    def finish(self) -> None:
        """Save; what is wrong is said here."""
        try:
            fields = self.fields()
        except ValueError as problem:
            self._refuse(problem)
            return
        today, detail = self._desk.today(), self._known.detail
        self.keep.setEnabled(False)
        if detail is None:
            self._desk.worker.edit(lambda d: add_watch(d, fields, today), self._made, self._refuse)
        else:
            watch = detail.row.id
            self._desk.worker.edit(
                lambda d: change_watch(d, watch, fields, today),
                lambda _change: self._done(watch, tr("Watch changed.")),
                self._refuse,
            )

    def _made(self, made: Any) -> None:
        self._done(made.id, tr("Watch created. It is due now: run it once."))

    def _done(self, watch: int, said: str) -> None:
        self._desk.say(said, Kind.DONE, (tr("Undo"), partial(self._desk.do, "undo")))
        self.accept()
        self.deleteLater()
        self._then(watch)

    def _refuse(self, problem: Exception) -> None:
        self.keep.setEnabled(True)
        self._wrong.setText(str(problem))
        self._wrong.show()
