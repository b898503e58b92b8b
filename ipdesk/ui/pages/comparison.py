"""Comparison: what registers tell otherwise, what one side lacks, and the files compared."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from ipdesk.base.change import Topic
from ipdesk.base.i18n import Message, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.intake.register.model import STAND_LABELS, RegisterFile, Side, Stand
from ipdesk.core.intake.register.queries import open_counts, register_files
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.page import Page
from ipdesk.ui.register.acts import RegisterActs
from ipdesk.ui.register.card import DifferenceCard
from ipdesk.ui.register.sources import DifferenceSource, LackSource, file_columns
from ipdesk.ui.tables.listing import Listing
from ipdesk.ui.tables.shown import export_shown
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import action, button, button_of
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.progress import ProgressStrip
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from sqlalchemy import Connection

DIFFERENCES, FILES = "differences", "files"
ALL = "all"


class ComparisonPage(Page):
    """Views above, stands beside them, the list, and the difference whole at the right."""

    topics = frozenset({Topic.MATTERS, Topic.PEOPLE, Topic.EVENTS, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "comparison", tr("Comparison"))
        self._view = DIFFERENCES
        self._stand = str(Stand.OPEN)
        self._files_known = True
        self.acts = RegisterActs(desk, self)
        self.acts.began.connect(self._begin)
        self._add_choices()
        self._add_lists()
        self._add_actions()
        self.progress = ProgressStrip()
        self.acts.advanced.connect(self.progress.advance)
        self.acts.ended.connect(self.progress.end)
        self.body.addWidget(self.progress)
        self.choose(DIFFERENCES)

    # ------------------------------------------------------------------ building

    def _add_choices(self) -> None:
        views = (
            (DIFFERENCES, tr("Differences")),
            (str(Side.NOT_HERE), tr("In the register, not here")),
            (str(Side.NOT_THERE), tr("Here, not in the register")),
            (FILES, tr("Files compared")),
        )
        self.views = Segments(views, {DIFFERENCES: Tone.UNCHECKED})
        self.views.chosen.connect(self.choose)
        stands = (*((str(s), str(w)) for s, w in STAND_LABELS.items()), (ALL, tr("All")))
        self.stands = Segments(stands)
        self.stands.chosen.connect(self.choose_stand)
        self.body.addWidget(self.views)
        self.body.addWidget(self.stands)

    def _add_lists(self) -> None:
        desk = self.desk
        self.lists = {
            DIFFERENCES: Listing(desk, DifferenceSource(), self._none, outside=("state", "matter")),
            str(Side.NOT_HERE): Listing(
                desk, LackSource(Side.NOT_HERE), self._none, outside=("state",)
            ),
            str(Side.NOT_THERE): Listing(
                desk, LackSource(Side.NOT_THERE), self._none, outside=("state",)
            ),
        }
        self.card = DifferenceCard(desk, self.acts)
        differences = self.lists[DIFFERENCES]
        differences.picked.connect(self.card.show_id)
        self._stack = QStackedWidget()
        self._stack.addWidget(Split(desk, "comparison", differences, self.card, (5, 2)))
        for side in Side:
            self._stack.addWidget(self.lists[str(side)])
        self._stack.addWidget(self._files())
        self.body.addWidget(self._stack, 1)
        for name, part in self.lists.items():
            part.table.onward = True
            self.head.add(part.search)
            part.counted.connect(partial(self._count, name))
            part.opened.connect(partial(self._open, name))

    def _files(self) -> QFrame:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, theme.px(8), 1, 1)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        words = tr("A later file of the same source takes the place of the earlier one.")
        head.addWidget(label(words, "muted"))
        head.addStretch(1)
        column.addLayout(head)
        self.files = SmallTable(file_columns(), tr("Files compared"), stretch="scope")
        column.addWidget(self.files, 1)
        return frame

    def _add_actions(self) -> None:
        self.load = action(
            self, tr("Compare a file…"), self.acts.choose_file, icon="arrows-left-right",
            tip=tr("Compare with a register's export; nothing is written to your matters"),
        )  # fmt: skip
        self.take = action(
            self, tr("Take the register's values…"), self.take_selected, shortcut="Ctrl+Return"
        )
        self.keep = action(self, tr("Keep ours…"), self.keep_selected, shortcut="Ctrl+Backspace")
        self.again = action(self, tr("Look again"), self.reopen_selected)
        self.everything = action(self, tr("Select the whole list"), self._select_all)
        self.bring = action(
            self, tr("Import these…"), self.bring_in, icon="download-simple",
            tip=tr("Import the selected records, or all of the list, through the usual preview"),
        )  # fmt: skip
        self.show_matters = action(self, tr("Show these matters"), self._show_matters)
        rest: list[QAction | None] = [
            *(self.take, self.keep, self.again, self.everything, None),
            *(self.bring, self.show_matters, None),
            export_shown(self, self.desk, self._in_sight),
        ]
        self._columns = {name: part.columns_button() for name, part in self.lists.items()}
        for made in self._columns.values():
            self.head.add(made)
        self._bring = button_of(self.bring)
        self.head.add(self._bring)
        self.head.add_actions(self.load, rest)

    # ------------------------------------------------------------------ places

    @property
    def shown(self) -> Listing:
        """The list in sight; of the files the differences stand for it."""
        return self.lists.get(self._view, self.lists[DIFFERENCES])

    def _in_sight(self) -> tuple[Listing | SmallTable, str]:
        names = {
            DIFFERENCES: tr("Differences"),
            str(Side.NOT_HERE): tr("In the register, not here"),
            str(Side.NOT_THERE): tr("Here, not in the register"),
            FILES: tr("Files compared"),
        }
        return self.files if self._view == FILES else self.shown, names[self._view]

    def choose(self, view: str) -> None:
        """Another view, under the same stand."""
        self._view = view
        self.views.mark(view)
        places = [DIFFERENCES, str(Side.NOT_HERE), str(Side.NOT_THERE), FILES]
        self._stack.setCurrentIndex(places.index(view))
        listed = view != FILES
        self.stands.setVisible(listed)
        for name, part in self.lists.items():
            part.search.setVisible(name == view)
            self._columns[name].setVisible(name == view)
        self.take.setEnabled(view == DIFFERENCES)
        self.show_matters.setEnabled(view in (DIFFERENCES, str(Side.NOT_THERE)))
        self.bring.setEnabled(view == Side.NOT_HERE)
        self._bring.setVisible(view == Side.NOT_HERE)
        for doing in (self.keep, self.again, self.everything):
            doing.setEnabled(listed)
        if listed:
            self._ask(self.shown.query)

    def choose_stand(self, stand: str) -> None:
        """Open ones, decided ones, or all."""
        self._stand = stand
        self._ask(self.shown.query)

    def _ask(self, query: ListQuery) -> None:
        self.stands.mark(self._stand)
        values = () if self._stand == ALL else (self._stand,)
        self.shown.ask(query.choose("state", *values))

    def reload(self) -> None:
        if self._view != FILES:
            self.shown.reload()
        self.card.again()
        self.ask(_counted, self._show_counts, key="counts")

    def visit(self, place: Place) -> None:
        """Filters: ``view``, ``state``, ``matter`` and those of the lists."""
        filters = dict(place.filters)
        view = next(iter(filters.pop("view", ())), DIFFERENCES)
        if place.filters:
            self._stand = next(iter(filters.pop("state", ())), str(Stand.OPEN))
            if view != FILES:
                self.lists[view].ask(ListQuery(place.search, tuple(filters.items())))
        if place.filters or place.argument is not None:
            self.choose(view)

    def place(self) -> Place:
        query = self.shown.query.choose("view", self._view).choose("state", self._stand)
        return Place(self.id, None, query.facets, query.search)

    # ------------------------------------------------------------------ doing

    def _selected(self) -> list[int]:
        return self.shown.table.selected_ids()

    def take_selected(self) -> None:
        """The register's values into the matters."""
        self.acts.accept(self._selected())

    def keep_selected(self) -> None:
        """Ours stays."""
        self.acts.dismiss(self._selected(), lacks=self._view != DIFFERENCES)

    def reopen_selected(self) -> None:
        """What was dismissed is open again."""
        self.acts.reopen(self._selected(), lacks=self._view != DIFFERENCES)

    def bring_in(self) -> None:
        """Import what is selected; with nothing or one line selected, all of the list."""
        chosen = self._selected()
        self.acts.bring_in(chosen if len(chosen) > 1 else self.shown.model.ids())

    def _select_all(self) -> None:
        self.shown.table.selectAll()

    def _show_matters(self) -> None:
        question = partial(_matters, self._view, self._selected() or self.shown.model.ids())
        self.ask(question, self._go_to_matters, key="matters")

    def _go_to_matters(self, found: tuple[str, ...]) -> None:
        if found:
            self.desk.go(Place("portfolio", None, (("id", found),)))

    def _open(self, name: str, wanted: int) -> None:
        """Enter or a double click leads to the matter."""
        self.ask(partial(_matters, name, [wanted]), self._go_to_matter, key="matters")

    def _go_to_matter(self, found: tuple[str, ...]) -> None:
        if found:
            self.desk.go(Place("portfolio", int(found[0])))

    # ------------------------------------------------------------------ showing

    def _begin(self, task: Task, words: Message) -> None:
        self.progress.begin(task, str(words))

    def _show_counts(self, found: tuple[dict[str, int], list[RegisterFile]]) -> None:
        counts, files = found
        self.views.count({**counts, FILES: len(files)})
        self.files.put(files)
        if self._files_known != bool(files):
            self._files_known = bool(files)
            if self._view != FILES:
                self.shown.reload()

    def _count(self, name: str, n: int) -> None:
        if name == self._view:
            self.head.count.setText(f"{n:,}")

    def _none(self) -> Notice:
        if not self._files_known:
            return Notice(
                "arrows-left-right",
                tr("No register compared yet"),
                tr(
                    "Compare with an export of an office's register or of a database: what differs "
                    "is marked, and nothing changes before you say so."
                ),
                (button(tr("Compare a file…"), self.acts.choose_file),),
            )
        texts: dict[str, tuple[str, str]] = {
            DIFFERENCES: (
                tr("Nothing differs"),
                tr("The registers and the portfolio say the same here."),
            ),
            str(Side.NOT_HERE): (
                tr("Nothing is missing here"),
                tr("Every record of the registers is in the portfolio."),
            ),
            str(Side.NOT_THERE): (
                tr("Nothing is missing there"),
                tr("The registers name every matter within their scope."),
            ),
        }
        return Notice("check-circle", *texts[self._view])


def _counted(connection: Connection) -> tuple[dict[str, int], list[RegisterFile]]:
    return open_counts(connection), register_files(connection)


def _matters(view: str, ids: list[int], connection: Connection) -> tuple[str, ...]:
    """The matters behind lines of a list, each once."""
    from ipdesk.core.intake.register.queries import difference_rows, lack_rows

    rows = difference_rows if view == DIFFERENCES else lack_rows
    found = dict.fromkeys(r.matter_id for r in rows(connection, ids[:3000]) if r.matter_id)
    return tuple(str(i) for i in found)
