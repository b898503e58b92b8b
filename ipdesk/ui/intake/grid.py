"""Tables of the import: rows in memory, hairlines, nothing that costs time on long lists."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtWidgets import QTableView, QWidget

from ipdesk.ui.tables.dressing import dress_list


class Grid(QTableView):
    """A dressed table of a model of its own."""

    def __init__(
        self, model: QAbstractTableModel, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        model.setParent(self)
        dress_list(self, name, multiple=False, least=28)
