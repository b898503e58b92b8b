"""Rules: the law as the program applies it, and the calendars of the offices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QStackedWidget

from ipdesk.base.change import Topic
from ipdesk.base.i18n import tr
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.law.calendarview import CalendarView
from ipdesk.ui.law.provisions import ProvisionsView
from ipdesk.ui.law.rulesview import RulesView
from ipdesk.ui.money.views import ListView
from ipdesk.ui.page import Page
from ipdesk.ui.widgets.segments import Segments

RULES, PROVISIONS, CALENDARS = "rules", "provisions", "calendars"


class RulesPage(Page):
    """Every rule with source and cases; how periods run; every calendar with its years."""

    topics = frozenset({Topic.LAW})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "rules", tr("Rules"))
        self._makers: dict[str, Callable[[], ListView]] = {
            RULES: partial(RulesView, desk),
            PROVISIONS: partial(ProvisionsView, desk),
            CALENDARS: partial(CalendarView, desk),
        }
        self._made: dict[str, ListView] = {}
        self._old: set[str] = set()
        self.segments = Segments(
            (
                (RULES, tr("Rules of law")),
                (PROVISIONS, tr("How periods run")),
                (CALENDARS, tr("Closed days")),
            )
        )
        self.segments.chosen.connect(self.choose)
        self.body.addWidget(self.segments)
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        self._chosen = RULES
        self._show(RULES)

    @property
    def view(self) -> ListView:
        """The view in sight."""
        return self._made[self._chosen]

    def choose(self, name: str) -> None:
        """Show another view."""
        fresh = name not in self._made
        self._show(name)
        if fresh or name in self._old:
            self._old.discard(name)
            self.view.reload()

    def _show(self, name: str) -> None:
        if name not in self._made:
            made = self._makers[name]()
            made.counted.connect(partial(self._count, name))
            self._made[name] = made
            self._stack.addWidget(made)
        self._chosen = name
        self.segments.mark(name)
        self._stack.setCurrentWidget(self._made[name])
        self._count(name, len(self._made[name].list.model))

    def _count(self, name: str, n: object) -> None:
        if name == self._chosen:
            self.head.count.setText(f"{n:,}" if n else "")

    def reload(self) -> None:
        self._old = set(self._made) - {self._chosen}
        self.view.reload()

    def visit(self, place: Place) -> None:
        name = str(place.argument or self._chosen)
        if name not in self._makers:
            return
        self.choose(name)
        if place.filters or place.search:
            query = self.view.list.query
            for facet, values in place.filters:
                query = query.choose(facet, *values)
            self.view.list.ask(query.__class__(place.search, query.facets, query.sort))

    def place(self) -> Place:
        return Place(self.id, self._chosen)

    def kept(self) -> str:
        return self._chosen

    def put_back(self, kept: str) -> None:
        self.choose(kept)
