"""Early warning: watches and their health, hits to judge, answers, gates, the landscape."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget

from ipdesk.base.change import Topic
from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.watch.edits import delete_watch, pause_watch, resume_watch
from ipdesk.core.watch.queries_gates import answers_of, gate_rows
from ipdesk.core.watch.queries_hits import hit_detail
from ipdesk.core.watch.rows import WatchRow
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.page import Page
from ipdesk.ui.watch.acts import run_act
from ipdesk.ui.watch.answersview import AnswersView
from ipdesk.ui.watch.facts import disclaimer
from ipdesk.ui.watch.gatesview import GatesView
from ipdesk.ui.watch.landview import LandView
from ipdesk.ui.watch.running import Running
from ipdesk.ui.watch.triage import TriageView
from ipdesk.ui.watch.watchesview import WatchesView
from ipdesk.ui.watch.watchform import ask_watch
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.fields import line_editor
from ipdesk.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

VIEWS = ("watches", "hits", "answers", "gates", "landscape")


@dataclass(frozen=True, slots=True)
class Open:
    """What stands open besides hits: answers under way, gates that are not green."""

    answers: int
    gates: int


class WatchPage(Page):
    """One watch is chosen above; the views below show it, or all."""

    topics = frozenset({Topic.WATCH, Topic.LAYOUT})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "watch", tr("Early warning"))
        self._view = VIEWS[0]
        self._rows: dict[int, WatchRow] = {}
        self._open = Open(0, 0)
        self.watch: int | None = None
        self.which = QComboBox()
        self.which.setAccessibleName(tr("Watch"))
        self.which.setToolTip(tr("The watch that the views below show"))
        self.which.setMinimumWidth(theme.px(200))
        self.which.addItem(tr("All watches"), None)
        self.which.activated.connect(self._choose_watch)
        self.watches = WatchesView(desk, self.make_new)
        self.triage = TriageView(desk)
        self.answers = AnswersView(desk)
        self.gates = GatesView(desk)
        self.land = LandView(desk)
        self.running = Running(desk, self, self._review)
        self._lay_out()
        self._connect()
        self._add_actions()
        self.choose(VIEWS[0])

    # ------------------------------------------------------------------ building

    def _lay_out(self) -> None:
        tones = {"hits": Tone.UNCHECKED, "gates": Tone.SOON}
        self.segments = Segments(
            [
                ("watches", tr("Watches")),
                ("hits", tr("Hits")),
                ("answers", tr("Answers")),
                ("gates", tr("Freedom to operate")),
                ("landscape", tr("Landscape")),
            ],
            tones,
        )
        row = QHBoxLayout()
        row.addWidget(self.segments, 1)
        row.addWidget(disclaimer())
        self.body.addLayout(row)
        self.body.addWidget(self.running.progress)
        self._stack = QStackedWidget()
        for view in (self.watches, self.triage, self.answers, self.gates, self.land):
            self._stack.addWidget(view)
        self.body.addWidget(self._stack, 1)
        self.head.add(self.which)
        self.head.add(self.triage.list.search)
        self._columns = self.triage.list.columns_button()
        self.head.add(self._columns)

    def _connect(self) -> None:
        self.segments.chosen.connect(self.choose)
        self.watches.picked.connect(self._take_watch)
        self.watches.opened.connect(self._review)
        self.watches.read.connect(self._show_watches)
        card = self.watches.card
        card.run_wanted.connect(self.import_run)
        card.review_wanted.connect(lambda: self._review(card.watch))
        card.edit_wanted.connect(self.edit_watch)
        card.landscape_wanted.connect(self._show_land)
        self.triage.import_wanted.connect(self.import_run)
        self.triage.counted.connect(self._show_count)
        self.answers.opened.connect(self._show_family)
        self.gates.opened.connect(self._show_family)

    def _add_actions(self) -> None:
        self.run = action(
            self, tr("Import a run…"), self.import_run, icon="download-simple", shortcut="Ctrl+R",
            tip=tr("Bring in the hits of a search that was run outside"),
        )  # fmt: skip
        new = action(
            self, tr("New watch…"), self.make_new, icon="plus", shortcut="Ctrl+N",
            tip=tr("New watch"),
        )  # fmt: skip
        self.pause = action(self, tr("Pause or resume the watch…"), self.pause_or_resume)
        rest = [
            new,
            action(self, tr("Edit the watch…"), self.edit_watch, icon="pencil-simple"),
            self.pause,
            action(self, tr("Delete the watch…"), self.delete, icon="trash"),
            None,
            action(self, tr("New gate…"), self.gates.make_new, icon="shield-check"),
            action(self, tr("Score the hits again"), self.score_again, icon="arrows-clockwise"),
            self.triage.list.export_action(tr("Hits")),
            None,
            action(self, tr("Watch report…"), partial(self._report, "watch"), icon="file-text"),
            action(self, tr("Risk register…"), partial(self._report, "risks"), icon="file-text"),
            action(
                self, tr("Early-warning notice…"), partial(self._report, "notice"),
                icon="file-text",
            ),
        ]  # fmt: skip
        self.head.add_actions(self.run, rest)

    # ------------------------------------------------------------------ places

    @property
    def view(self) -> str:
        """The view in sight."""
        return self._view

    def choose(self, view: str) -> None:
        """Another view of the same watch."""
        self._view = view
        self.segments.mark(view)
        self._stack.setCurrentIndex(VIEWS.index(view))
        hits = view == "hits"
        self.triage.list.search.setVisible(hits)
        self._columns.setVisible(hits)
        self.which.setVisible(view in ("hits", "answers", "landscape"))
        self._fill()
        self._show_count()
        if hits:
            self.triage.focus_list()

    def reload(self) -> None:
        self.watches.reload()
        self.ask(partial(_open, self.desk.today()), self._show_open, key="open")
        if self._view == "hits":
            self.triage.reload()
        elif self._view != "watches":
            self._fill()

    def visit(self, place: Place) -> None:
        """``argument`` is a watch; ``view``, ``family``, ``gate``, ``state`` say the rest."""
        wanted = {name: values[0] for name, values in place.filters if values}
        if isinstance(place.argument, int):
            self._take_watch(place.argument)
            self.watches.pick(place.argument)
        if "family" in wanted:
            self._show_family(int(wanted["family"]))
        elif "gate" in wanted:
            self.choose("gates")
            self.gates.pick(int(wanted["gate"]))
        elif wanted.get("view") in VIEWS:
            self.choose(wanted["view"])
            if wanted["view"] == "hits":
                self.triage.show_watch(self.watch, state=wanted.get("state", ""))
        self._show_which()

    def place(self) -> Place:
        return Place.at(self.id, self.watch, view=self._view)

    def _fill(self) -> None:
        view, watch = self._view, self.watch
        if view == "hits":
            shown = self.triage.list.query.chosen("watch")
            wanted = (str(watch),) if watch is not None else ()
            if shown != wanted or not shown:
                self.triage.show_watch(watch)
        elif view == "answers":
            self.answers.show_watch(watch)
        elif view == "gates":
            self.gates.reload()
        elif view == "landscape":
            self.land.show_watch(watch)

    def _take_watch(self, watch: int | None) -> None:
        self.watch = watch
        self._show_which()

    def _choose_watch(self, place: int) -> None:
        self._take_watch(self.which.itemData(place))
        self._fill()

    def _show_which(self) -> None:
        self.which.setCurrentIndex(max(0, self.which.findData(self.watch)))

    def _show_watches(self, rows: list[WatchRow]) -> None:
        self._rows = {row.id: row for row in rows}
        if self.watch is not None and self.watch not in self._rows:
            self.watch = None
        self.which.clear()
        self.which.addItem(tr("All watches"), None)
        for row in rows:
            self.which.addItem(row.name, row.id)
        self._show_which()
        self._show_counts()
        self._show_count()

    def _show_open(self, found: Open) -> None:
        self._open = found
        self._show_counts()

    def _show_counts(self) -> None:
        self.segments.count(
            {
                "watches": len(self._rows),
                "hits": sum(row.unreviewed for row in self._rows.values()),
                "answers": self._open.answers,
                "gates": self._open.gates,
            }
        )

    def _show_count(self, _n: int = 0) -> None:
        counts = {"hits": len(self.triage.list.model), "watches": len(self._rows)}
        n = counts.get(self._view)
        self.head.count.setText("" if n is None else f"{n:,}")

    # ------------------------------------------------------------------ going

    def _review(self, watch: int | None) -> None:
        """The families of a watch that wait, the most relevant first."""
        self._take_watch(watch)
        row = self._rows.get(watch or 0)
        self.choose("hits")
        self.triage.show_watch(watch, state="waiting" if row and row.unreviewed else "")

    def _show_family(self, family: int) -> None:
        self.choose("hits")

        def show(detail: Any) -> None:
            if detail is not None:
                self._take_watch(detail.row.watch_id)
                self.triage.show_watch(detail.row.watch_id)
                self.triage.list.pick(family)

        self.ask(lambda c: hit_detail(c, family, self.desk.today()), show, key="family")

    def _show_land(self, run: int) -> None:
        self.choose("landscape")
        self.land.show_watch(self.watch, run)

    def _report(self, report: str) -> None:
        row = self._rows.get(self.watch or 0)
        filters = (("watch", (row.name,)),) if row is not None and report != "notice" else ()
        self.desk.go(Place("reports", report, filters))

    # ------------------------------------------------------------------ watches

    def import_run(self) -> None:
        """Bring in what a search outside has found."""
        row = self._chosen()
        if row is not None:
            self.running.import_run(row.id)

    def score_again(self) -> None:
        """Work out the relevance of all hits of the watch in focus again."""
        row = self._chosen()
        if row is not None:
            self.running.score_again(row.id)

    def make_new(self) -> None:
        """Write a new watch."""
        ask_watch(self.desk, self, None, self._show_new)

    def _show_new(self, watch: int) -> None:
        self.choose("watches")
        self.watches.pick(watch)

    def edit_watch(self) -> None:
        """Change the watch in focus."""
        if self._chosen() is not None:
            ask_watch(self.desk, self, self.watch, self._show_new)

    def pause_or_resume(self) -> None:
        """Let a watch rest, with its reason, or take it up again."""
        row = self._chosen()
        if row is None:
            return
        watch, today = row.id, self.desk.today()
        if row.paused_on is not None:
            run_act(self.desk, lambda d: resume_watch(d, watch), tr("Watch resumed."))
            return
        Asking(
            self,
            tr("Pause the watch"),
            tr("It stops reminding; the pause itself stays to be seen."),
            (Asked("reason", tr("Reason"), line_editor(), needed=True),),
            tr("Pause"),
            lambda v: run_act(
                self.desk, lambda d: pause_watch(d, watch, v["reason"], today), tr("Watch paused.")
            ),
        ).open()

    def delete(self) -> None:
        """Remove a watch with everything that hangs on it."""
        row = self._chosen()
        if row is None:
            return
        watch = row.id
        words = tr("Its runs, {n} families and all verdicts go with it; undo brings them back.",
                   n=row.families)  # fmt: skip
        Asking(
            self, tr("Delete the watch {name}", name=row.name), words, (), tr("Delete the watch"),
            lambda _v: run_act(self.desk, lambda d: delete_watch(d, watch), tr("Watch deleted.")),
        ).open()  # fmt: skip

    def _chosen(self) -> WatchRow | None:
        row = self._rows.get(self.watch or 0)
        if row is None:
            self.desk.say(tr("Select a watch first."))
        return row


def _open(today: date, connection: Connection) -> Open:
    gates = gate_rows(connection, today, latest=True)
    answers = answers_of(connection, open_only=True)
    return Open(len(answers), sum(g.state.light != "green" for g in gates))
