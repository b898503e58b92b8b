"""The line at the foot of the window: the file, its checks, the last backup, background work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.ui import theme
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import Shortened, label

if TYPE_CHECKING:
    from ipdesk.core.docket.selftest import SelfTest


class StatusLine(QFrame):
    """Quiet facts; the ones that lead somewhere are buttons."""

    def __init__(
        self,
        checks: Callable[[], object],
        backups: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._file = Shortened("", "caption")
        self._checks = button(tr("Checks"), checks, role="link", tip=tr("What the program checked"))
        self._backup = button(tr("No backup yet"), backups, role="link", tip=tr("Backups"))
        self._work = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(theme.px(80))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(2), theme.px(12), theme.px(2))
        row.setSpacing(theme.px(16))
        row.addWidget(self._file, 1)
        row.addWidget(self._work)
        row.addWidget(self._bar)
        row.addWidget(self._checks)
        row.addWidget(self._backup)
        self.show_busy(0)

    def show_file(self, name: str, whole: str = "") -> None:
        """Which file is open; its whole path as a tooltip."""
        self._file.put(name)
        self._file.setToolTip(whole)

    def show_busy(self, n: int) -> None:
        """How many long works run."""
        self._work.setText(ntr("{n} task running", "{n} tasks running", n) if n else "")
        self._work.setVisible(n > 0)
        self._bar.setVisible(n > 0)

    def show_checks(self, found: SelfTest | None) -> None:
        """What the self-test found; None: not run yet."""
        problems = sum(not part.ok for part in found.parts) if found is not None else 0
        if found is None:
            self._checks.setText(tr("Checks"))
        elif problems:
            self._checks.setText("▲ " + ntr("{n} problem found", "{n} problems found", problems))
        elif any(part.heed for part in found.parts):
            names = ", ".join(str(part.name) for part in found.parts if part.heed)
            self._checks.setText("● " + tr("To look at: {what}", what=names))
        else:
            self._checks.setText("✓ " + tr("All checks passed"))

    def show_backup(self, day: str) -> None:
        """When the last backup was made; empty: never."""
        self._backup.setText(tr("Backup {day}", day=day) if day else tr("No backup yet"))
