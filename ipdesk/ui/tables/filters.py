"""Search box and facet chips above a list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from ipdesk.base.i18n import captioned, tr
from ipdesk.store.paging import ListQuery
from ipdesk.ui import icons, theme
from ipdesk.ui.tables.columns import Facet, narrowed
from ipdesk.ui.widgets.flow import Flow

DEBOUNCE_MS = 150


class SearchBox(QLineEdit):
    """Says what is searched for when the typing pauses."""

    searched = Signal(str)
    left_down = Signal()  # the down key: on to the list

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(tr("Search"))
        self.setAccessibleName(tr("Search"))
        self.setToolTip(tr("Numbers in any form, titles, names (Ctrl+F)"))
        self.addAction(icons.icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(theme.px(220))
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self._tell)
        self._said = ""
        self.textChanged.connect(lambda: self._pause.start())
        self.returnPressed.connect(self._tell)

    def put(self, text: str) -> None:
        """Show a text that is already being searched for."""
        self._said = text
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)

    def _tell(self) -> None:
        self._pause.stop()
        if self.text() != self._said:
            self._said = self.text()
            self.searched.emit(self._said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._tell()
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        else:
            super().keyPressEvent(event)


class _StayingMenu(QMenu):
    """A menu that stays open while boxes in it are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        choice = self.activeAction()
        if choice is not None and choice.isCheckable() and choice.isEnabled():
            choice.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = self.activeAction()
        if event.key() == Qt.Key.Key_Space and choice is not None and choice.isCheckable():
            choice.trigger()
        else:
            super().keyPressEvent(event)


class FacetChip(QPushButton):
    """One facet: its name, what is chosen of it, and a menu to choose from."""

    chosen = Signal(str, tuple)  # facet, values

    def __init__(
        self, facet: Facet, parent: QWidget | None = None, *, captioned: bool = False
    ) -> None:
        super().__init__(parent)
        self.facet = facet
        self._captioned = captioned  # its name stands beside it already
        self._values: tuple[str, ...] = ()
        self.setProperty("role", "chip")
        self._choices = _StayingMenu(self)
        self.setMenu(self._choices)
        self._choices.aboutToShow.connect(self._fill)
        self.put(facet, ())

    @property
    def values(self) -> tuple[str, ...]:
        """What is chosen."""
        return self._values

    def put(self, facet: Facet, values: tuple[str, ...]) -> None:
        """Take fresh options and show what is chosen."""
        self.facet, self._values = facet, values
        labels = {o.value: o.label for o in facet.options}
        named = [labels.get(v, v) for v in values]
        text = ", ".join(named[:2]) + (f" +{len(named) - 2}" if len(named) > 2 else "")
        title = str(facet.title)
        words = captioned(title, text) if text else title
        if self._captioned:
            words = text or tr("All")
        self.setText(words.replace("&", "&&") + "  ▾")
        self.setAccessibleName(captioned(title, text) if text else title)
        self.setToolTip(tr("Filter by: {facet}", facet=title))
        self.setProperty("chosen", "true" if values else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def _fill(self) -> None:
        self._choices.clear()
        for option in self.facet.options:
            count = "" if option.count is None else f"\t{option.count:,}"
            choice = QAction(option.label.replace("&", "&&") + count, self._choices)
            choice.setCheckable(True)
            choice.setChecked(option.value in self._values)
            choice.triggered.connect(partial(self._toggle, option.value))
            self._choices.addAction(choice)
        if not self.facet.options:
            self._choices.addAction(tr("Nothing to choose from")).setEnabled(False)
        if self._values:
            self._choices.addSeparator()
            self._choices.addAction(tr("Show all"), partial(self._choose, ()))

    def _toggle(self, value: str, _checked: bool = False) -> None:
        kept = tuple(v for v in self._values if v != value)
        self._choose(kept if len(kept) < len(self._values) else (*self._values, value))

    def _choose(self, values: tuple[str, ...]) -> None:
        self.put(self.facet, values)
        self.chosen.emit(self.facet.id, values)


class FilterBar(QWidget):
    """Facet chips in a row, and one button that clears everything."""

    changed = Signal(tuple)  # facets as in ListQuery
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, FacetChip] = {}
        self._picked: dict[str, tuple[str, ...]] = {}
        self._row = Flow(self, gap=theme.px(8))
        self._clear = QPushButton(tr("Clear filters"))
        self._clear.setProperty("role", "link")
        self._clear.clicked.connect(self.cleared)
        self._clear.hide()
        self._row.addWidget(self._clear)
        self.hide()

    def show_query(self, query: ListQuery) -> None:
        """Mark what is chosen; a facet without a chip stays in the question all the same."""
        self._picked = dict(query.facets)
        for name, chip in self._chips.items():
            chip.put(chip.facet, self._picked.get(name, ()))
        self._clear.setVisible(narrowed(query))
        self.setVisible(bool(self._chips) or narrowed(query))

    def show_facets(self, facets: tuple[Facet, ...]) -> None:
        """Fresh options; chips that are no longer offered go away."""
        offered = {facet.id for facet in facets}
        for name in [n for n in self._chips if n not in offered]:
            self._chips.pop(name).deleteLater()
        for facet in facets:
            chip = self._chips.get(facet.id)
            if chip is None:
                chip = FacetChip(facet)
                chip.chosen.connect(self._choose)
                self._chips[facet.id] = chip
            chip.put(facet, self._picked.get(facet.id, ()))
        self._row.order([*(self._chips[facet.id] for facet in facets), self._clear])
        self.setVisible(bool(self._chips) or not self._clear.isHidden())

    def _choose(self, facet: str, values: tuple[str, ...]) -> None:
        self._picked[facet] = values
        self.changed.emit(tuple((n, v) for n, v in self._picked.items() if v))
