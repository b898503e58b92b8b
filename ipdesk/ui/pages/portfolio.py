"""The portfolio: a list of any length and the matter whole beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter

from ipdesk.base.change import Topic
from ipdesk.base.i18n import ntr, tr
from ipdesk.core.docket.edits import check_matters
from ipdesk.core.docket.matters import archive
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import FAMILY_TIMELINE, PCT_TIMELINE, Desk, Place
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.matter.applications import PctTimeline
from ipdesk.ui.matter.detail import MatterDetail
from ipdesk.ui.matter.making import ask_new_matter
from ipdesk.ui.matter.source import MatterSource
from ipdesk.ui.matter.timeline import FamilyTimeline
from ipdesk.ui.matter.twins import TwinMatters
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import Page
from ipdesk.ui.tables.listing import Listing
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice


class PortfolioPage(Page):
    """Search, filter, look, edit."""

    topics = frozenset({Topic.MATTERS, Topic.PEOPLE, Topic.EVENTS, Topic.DEADLINES, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "portfolio", tr("Portfolio"))
        self.list = Listing(desk, MatterSource(desk.today), self._empty, sort="reference")
        self.detail = MatterDetail(desk)
        self.new = action(
            self,
            tr("New matter…"),
            self.make_new,
            icon="plus",
            shortcut="Ctrl+N",
            tip=tr("New matter"),
        )
        bring_in = action(self, tr("Import a list…"), self._import, icon="download-simple")
        self.head.add(self.list.search)
        self.head.add(self.list.columns_button())
        report = action(self, tr("Report of this list…"), self._report, icon="file-text")
        export = self.list.export_action(tr("Portfolio"))
        pct = action(self, tr("PCT timeline…"), self.show_pct, icon="chart-line")
        rest = [bring_in, export, report, pct, None, *self._of_selected()]
        self.head.add_actions(self.new, rest)
        self.split: QSplitter = Split(desk, "portfolio", self.list, self.detail, (8, 5))
        self.body.addWidget(self.split, 1)
        self.list.counted.connect(lambda n: self.head.count.setText(f"{n:,}"))
        self.list.picked.connect(self.detail.show_id)
        self.list.opened.connect(self._open)

    def _of_selected(self) -> list[QAction]:
        """What is done with the selected matters."""
        merge = action(
            self, tr("Merge duplicates…"), self.merge, icon="copy",
            tip=tr("Make the selected matters one, or look for matters that may be one"),
        )  # fmt: skip
        checked = action(
            self, tr("Mark events as checked"), self.check_selected, icon="check",
            tip=tr("You compared the events of the selected matters with their documents"),
        )  # fmt: skip
        put_away = action(self, tr("Archive selected"), self.archive_selected, icon="archive")
        return [merge, checked, put_away]

    # ------------------------------------------------------------------ places

    def reload(self) -> None:
        self.list.reload()
        self.detail.again()

    def visit(self, place: Place) -> None:
        if isinstance(place.argument, int):
            self.detail.show_id(place.argument)
            self.list.pick(place.argument)
        elif place.argument:  # a dialog over the page, once the page is in sight
            QTimer.singleShot(0, self, partial(self._open_over, place.argument))
        if place.filters or place.search:
            query = ListQuery(place.search, place.filters, self.list.query.sort)
            self.list.ask(query)

    def place(self) -> Place:
        query = self.list.query
        return Place(self.id, self.detail.matter, query.facets, query.search)

    # ------------------------------------------------------------------ doing

    def make_new(self) -> None:
        """Type a matter by hand."""
        ask_new_matter(self.desk, self, self._show_new)

    def _show_new(self, matter: int) -> None:
        self.detail.show_id(matter)
        self.list.pick(matter)

    def check_selected(self) -> None:
        """All events of the selected matters were compared with their documents."""
        ids = self.list.table.selected_ids()
        if not ids:
            self.desk.say(tr("Select a matter first."))
            return
        today = self.desk.today()
        run_edit(
            self.desk,
            lambda d, _law: check_matters(d, ids, today),
            "",
            lambda made: self.desk.say(
                ntr("{n} event marked as checked.", "{n} events marked as checked.", made[0]),
                Kind.DONE,
                (tr("Undo"), partial(self.desk.do, "undo")),
            ),
        )

    def archive_selected(self) -> None:
        """Put the selected matters out of sight; nothing is deleted."""
        ids = self.list.table.selected_ids()
        if not ids:
            self.desk.say(tr("Select a matter first."))
            return
        run_edit(self.desk, lambda d, _law: archive(d, ids), tr("Archived."))

    def merge(self) -> None:
        """Two or more selected matters are offered as one; else those that look like one."""
        ids = self.list.table.selected_ids()
        self.twins = TwinMatters(self.desk, self, ids if len(ids) > 1 else ())
        self.twins.open()

    def _open(self, matter: int) -> None:
        self.detail.show_id(matter)
        self.detail.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _report(self) -> None:
        """The portfolio report under the same search and filters."""
        query = self.list.query
        words = (("query", (query.search,)),) if query.search.strip() else ()
        self.desk.go(Place("reports", "portfolio", (*query.facets, *words)))

    def _open_over(self, wanted: str) -> None:
        name, _, matter = wanted.partition(":")
        if name == PCT_TIMELINE:
            self.show_pct()
        elif name == FAMILY_TIMELINE:
            self.show_family(int(matter) if matter else self.detail.matter)

    def show_family(self, matter: int | None) -> None:
        """The dates of the family of a matter on one time."""
        if matter is None:
            self.desk.say(tr("Select a matter first."))
        else:
            FamilyTimeline(self.desk, self, matter).open()

    def show_pct(self) -> None:
        """All PCT applications with what is decided about their national phases."""
        PctTimeline(self.desk, self).open()

    def _import(self) -> None:
        self.desk.go(Place("import"))

    def _empty(self) -> Notice:
        return Notice(
            "stack",
            tr("Nothing here yet"),
            tr("Import the spreadsheet that you have, or type the first matter."),
            (
                button(tr("Import a list…"), self._import, role="main"),
                button(tr("New matter…"), self.make_new),
            ),
        )
