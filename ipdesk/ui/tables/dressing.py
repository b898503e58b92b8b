"""How every list of rows looks: hairlines, whole rows, no head at the left."""

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ipdesk.ui import theme


def dress_list(table: QTableView, name: str, *, multiple: bool, least: int) -> None:
    """Dress a table as a list called *name*; *least* is the width of its narrowest column.

    A visible head at the left costs seconds when a long list is reset to a short one.
    """
    mode = QAbstractItemView.SelectionMode
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(mode.ExtendedSelection if multiple else mode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setMouseTracking(True)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(theme.look().row)
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setStretchLastSection(False)
    head.setMinimumSectionSize(theme.px(least))
