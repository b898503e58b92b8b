"""The list in sight goes out, whichever of a page's lists it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui.desk import Desk
from ipdesk.ui.tables.export import export_rows
from ipdesk.ui.tables.listing import Listing
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import action

Shown = Callable[[], tuple[Listing | SmallTable, str]]  # what is in sight, and its name


def export_shown(owner: QWidget, desk: Desk, shown: Shown) -> QAction:
    """An action that asks where to and writes the list in sight as XLSX, CSV or PDF."""

    def run() -> None:
        part, name = shown()
        if isinstance(part, Listing):
            part.export(name)
        else:
            export_rows(desk, owner, name, part.rows_model.columns, part.rows_model.rows)

    return action(owner, tr("Export the list…"), run, icon="export")
