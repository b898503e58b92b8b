"""Documents of a matter: filed by choosing or dropping, opened as copies, saved, removed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.change import Change
from ipdesk.base.i18n import say, tr
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventRow
from ipdesk.core.portfolio.documents import attach, remove_document
from ipdesk.core.portfolio.model import AttachmentRow
from ipdesk.store.database import Database
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.docket.columns import event_name
from ipdesk.ui.docket.papers import Copies, dropped_files
from ipdesk.ui.matter.reading import Whole
from ipdesk.ui.messages import Kind
from ipdesk.ui.tables.columns import Align, Column
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label


class FilesTab(QWidget):
    """Documents filed with the matter or its events."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._matter: int | None = None
        self._events: dict[int, EventRow] = {}
        self._copies = Copies(desk)
        self.setAcceptDrops(True)
        columns = (
            Column("name", say("Document"), lambda r: r.name, 220, strong=True),
            Column("of", say("Filed with"), self._owner, 180),
            Column("size", say("Size"), lambda r: kilobytes(r.size), 80, Align.RIGHT),
        )
        self._none = label(
            tr("No documents are filed with this matter. Drop one here or choose one."),
            "muted",
            wrap=True,
        )
        self.table = SmallTable(columns, tr("Documents"), stretch="name", multiple=True)
        self.table.opened.connect(self.open)
        self.table.picked.connect(lambda _row: self._enable())
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(button(tr("File a document…"), self.choose, icon="paperclip"))
        row.addStretch(1)
        self._open = button(tr("Open the document"), lambda: self.open(self.table.current()))
        self._save = button(tr("Save as…"), lambda: self.save(self.table.current()))
        self._remove = button(tr("Remove"), self.remove)
        for made in (self._open, self._save, self._remove):
            row.addWidget(made)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(row)
        column.addWidget(self._none)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self._enable()

    def put(self, whole: Whole) -> None:
        """Show the documents of a matter."""
        self._matter = whole.id
        self._events = {e.id: e for e in whole.events}
        self.table.put(whole.detail.attachments)
        self.table.setVisible(bool(whole.detail.attachments))
        self._none.setVisible(not whole.detail.attachments)
        self._enable()

    def _owner(self, row: AttachmentRow) -> str:
        """The event that a document belongs to, or the matter itself."""
        event = self._events.get(row.owner_id) if row.owner_table == "event" else None
        return f"{event_name(event)} {event.date}" if event else tr("the matter")

    def _enable(self) -> None:
        one = self.table.current() is not None
        for made in (self._open, self._save, self._remove):
            made.setEnabled(one)
            made.setVisible(bool(self.table.rows_model.rows))

    # ------------------------------------------------------------------ filing

    def choose(self) -> None:
        """Ask for files and file copies of them."""
        names, _kind = QFileDialog.getOpenFileNames(self, tr("File a document"))
        for name in names:
            self.file(Path(name))

    def file(self, path: Path) -> None:
        """File a copy with this matter."""
        matter = self._matter
        if matter is not None:
            said = tr("Filed: {file}", file=path.name)
            run_edit(self._desk, lambda d, _law: attach(d, matter, path), said)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in dropped_files(event.mimeData()):
            self.file(path)
        event.acceptProposedAction()

    # ------------------------------------------------------------------ taking out

    def open(self, row: AttachmentRow | None) -> None:
        """Open a copy with the system's program; changes to the copy are not filed."""
        if row is not None:
            self._copies.open(row)

    def save(self, row: AttachmentRow | None) -> None:
        """Write a copy to a place of the user's choice."""
        if row is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, tr("Save as"), row.name)
        if name:
            target = Path(name)
            said = partial(self._desk.say, tr("Saved: {file}", file=target.name), Kind.DONE)
            self._copies.write(row, target, said)

    def remove(self) -> None:
        """Take the selected documents off the matter; undo brings them back."""
        for row in self.table.selected():
            removed = row.id
            said = tr("Removed: {file}", file=row.name)
            run_edit(self._desk, partial(_remove, removed), said)


def _remove(document: int, database: Database, _law: Docket) -> Change:
    return remove_document(database, document)


def kilobytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"
