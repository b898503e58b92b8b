"""What nobody expected: written to the log, shown once in a dialog whose details can be copied."""

from __future__ import annotations

import logging
import logging.handlers
import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ipdesk import __version__
from ipdesk.base.errors import Cancelled, IpdeskError
from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label

log = logging.getLogger("ipdesk")


def keep_log(folder: Path) -> Path:
    """Write warnings and defects to a file of at most a megabyte, with one older one."""
    path = folder / "ipdesk.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        keeper = logging.handlers.RotatingFileHandler(
            path, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return path
    keeper.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(keeper)
    log.setLevel(logging.INFO)
    return path


def details(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """What a maintainer needs: versions and the traceback; no data of the user."""
    head = f"IPDesk {__version__} · Python {platform.python_version()} · {platform.platform()}"
    when = datetime.now().isoformat(timespec="seconds")
    return f"{head} · {when}\n" + "".join(traceback.format_exception(kind, error, trace))


class TroubleDialog(QDialog):
    """What happened, the details, and a button that copies them."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Something went wrong"))
        self.setMinimumSize(theme.px(560), theme.px(320))
        self._text = text
        column = QVBoxLayout(self)
        column.addWidget(label(tr("IPDesk met a fault of its own."), "section"))
        said = tr("Nothing was written by halves. The details below are also in the log.")
        column.addWidget(label(said, wrap=True))
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setAccessibleName(tr("Details"))
        column.addWidget(shown, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("Copy details"), self.copy))
        row.addWidget(button(tr("Close"), self.accept, role="main"))
        column.addLayout(row)

    def copy(self) -> None:
        """The details to the clipboard."""
        QApplication.clipboard().setText(self._text)


_Raised = tuple[type[BaseException], BaseException, TracebackType | None]


class Trouble(QObject):
    """Takes over ``sys.excepthook`` for as long as it lives."""

    _happened = Signal(object)  # exceptions of other threads arrive by this signal

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._before = sys.excepthook
        self._dialog: TroubleDialog | None = None
        self._happened.connect(self._show)
        sys.excepthook = self.hear

    def leave(self) -> None:
        """Give the hook back."""
        sys.excepthook = self._before

    def hear(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Any exception that reached the top."""
        if isinstance(error, Cancelled):
            return
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if not isinstance(error, IpdeskError):
            log.error(details(kind, error, trace))
        self._happened.emit((kind, error, trace))

    def _show(self, what: _Raised) -> None:
        kind, error, trace = what
        if isinstance(error, IpdeskError):
            self._desk.say(error.message, Kind.PROBLEM)
        elif self._dialog is None:  # one at a time, however much goes wrong at once
            parent = self.parent()
            above = parent if isinstance(parent, QWidget) else None
            self._dialog = TroubleDialog(details(kind, error, trace), above)
            self._dialog.finished.connect(self._forget)
            self._dialog.open()

    def _forget(self) -> None:
        self._dialog = None
