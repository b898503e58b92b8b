"""Documents beside a form or a date: dropped or chosen, filed with the event, opened as copies."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pathvalidate import sanitize_filename
from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.portfolio.documents import save_document
from ipdesk.ui import theme
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import LinkLine, button, icon_button
from ipdesk.ui.widgets.labels import label, repolish
from ipdesk.ui.widgets.scroll import emptied

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from ipdesk.core.portfolio.model import AttachmentRow
    from ipdesk.ui.desk import Desk


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of this machine among what is dropped."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Copies:
    """Takes documents out of the database; what is opened is a copy in a folder of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def open(self, row: AttachmentRow) -> None:
        """Open a copy with the system's program; changes to the copy are not filed."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(
                prefix="ipdesk-",
                ignore_cleanup_errors=True,  # on Windows a copy may be open still
            )
        folder = Path(self._folder.name) / str(row.id)
        folder.mkdir(exist_ok=True)
        name = sanitize_filename(row.name)  # it may have come from another system
        target = folder / (name or "document")
        self.write(row, target, partial(_show, target))

    def write(self, row: AttachmentRow, target: Path, then: Callable[[], object]) -> None:
        """Write a copy to a place; *then* hears that it is there."""
        self._desk.worker.read(
            lambda c: save_document(c, row.id, target),
            lambda _none: then(),
            partial(tell, self._desk),
        )


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class PaperStrip(QFrame):
    """What is filed already as links, what will be filed, and a place to drop or choose more."""

    changed = Signal()

    def __init__(self, desk: Desk, filed: Iterable[AttachmentRow] = ()) -> None:
        super().__init__()
        self.setObjectName("dropArea")
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Documents"))
        self._copies = Copies(desk)
        self._filed = tuple(filed)
        self.chosen: list[Path] = []
        column = QVBoxLayout(self)
        edge = theme.px(8)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.addWidget(label(tr("Drop the document here"), "muted"), 1)
        row.addWidget(button(tr("Choose…"), self.browse, icon="paperclip"))
        column.addLayout(row)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        self._fill()

    def show_filed(self, filed: Iterable[AttachmentRow]) -> None:
        """The documents that the event has already."""
        self._filed = tuple(filed)
        self._fill()

    def add(self, path: Path) -> None:
        """One more document to be filed on saving."""
        if path not in self.chosen:
            self.chosen.append(path)
            self._fill()
            self.changed.emit()

    def drop(self, path: Path) -> None:
        """Not this one after all."""
        self.chosen.remove(path)
        self._fill()
        self.changed.emit()

    def browse(self) -> None:
        """Ask for files with the system's dialog."""
        names, _kind = QFileDialog.getOpenFileNames(self, tr("File a document"))
        for name in names:
            self.add(Path(name))

    def _fill(self) -> None:
        emptied(self._list)
        for row in self._filed:
            go = partial(self._copies.open, row)
            self._list.addWidget(LinkLine(row.name, go, tr("Open the document")))
        for path in self.chosen:
            holder = QWidget()
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            name = label(tr("will be filed: {file}", file=path.name))
            name.setToolTip(str(path))
            line.addWidget(name, 1)
            line.addWidget(icon_button("x", tr("Do not file it"), partial(self.drop, path)))
            self._list.addWidget(holder)

    # ------------------------------------------------------------------ dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.mark(False)
        for path in dropped_files(event.mimeData()):
            self.add(path)
        event.acceptProposedAction()

    def mark(self, over: bool) -> None:
        """Whether something is held above."""
        self.setProperty("over", "true" if over else "false")
        repolish(self)
