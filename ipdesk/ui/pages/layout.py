"""Layout plans: where we should be protected, by when, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QStackedWidget

from ipdesk.base.change import Topic
from ipdesk.base.i18n import tr
from ipdesk.core.layout.queries import plan_at
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.alarms import AlarmsView
from ipdesk.ui.layout.clock import ClockView
from ipdesk.ui.layout.growth import GrowthView
from ipdesk.ui.layout.inventions import InventionsView
from ipdesk.ui.layout.marks import plan_mark
from ipdesk.ui.layout.matrices import MatricesView
from ipdesk.ui.layout.names import Names, read_names
from ipdesk.ui.layout.plan import PlanView
from ipdesk.ui.layout.protection import ProtectionView
from ipdesk.ui.layout.tree import TreeView
from ipdesk.ui.layout.view import Bench, View
from ipdesk.ui.page import Page
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

FIRST = "matrices"
_WITH_PLAN = ("plan", "matrices")
Told = tuple[Names, int | None]


def _views() -> dict[str, tuple[str, Callable[[Desk, Bench], View]]]:
    return {
        "matrices": (tr("Matrices"), MatricesView),
        "plan": (tr("Plan"), PlanView),
        "alarms": (tr("Pressing"), AlarmsView),
        "clock": (tr("Clock"), ClockView),
        "protection": (tr("Patents precede products"), ProtectionView),
        "inventions": (tr("Invention disclosures"), InventionsView),
        "tree": (tr("Tree"), TreeView),
        "growth": (tr("Growth and mix"), GrowthView),
    }


class LayoutPage(Page):
    """Views as chips; each is built when it is first shown."""

    topics = frozenset(
        {Topic.LAYOUT, Topic.MATTERS, Topic.EVENTS, Topic.IMPORTS, Topic.WATCH, Topic.LAW,
         Topic.FEES}
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "layout", tr("Layout plans"))
        self._known = _views()
        self._view = FIRST
        self._read = False
        self._visiting: int | str | None = None
        self.bench = Bench()
        self.bench.changed.connect(self._plan_changed)
        self.plans = QComboBox()
        self.plans.setAccessibleName(tr("Plan"))
        self.plans.setToolTip(tr("The plan whose rows are shown and counted"))
        self.plans.setMinimumWidth(theme.px(180))
        policy = self.plans.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.plans.setSizePolicy(policy)
        self.plans.activated.connect(self._choose_plan)
        self.head.add(self.plans)
        self.chips = Segments([(name, words) for name, (words, _) in self._known.items()])
        self.chips.chosen.connect(self.choose)
        self.body.addWidget(self.chips)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.built: dict[str, View] = {}
        for words, step, keys in (
            (tr("Next view"), 1, "Ctrl+PgDown"),
            (tr("View before"), -1, "Ctrl+PgUp"),
        ):
            action(self, words, partial(self.step, step), shortcut=keys, everywhere=True)
        self.choose(FIRST)

    def step(self, way: int) -> None:
        """The view beside this one; the keyboard goes along."""
        names = list(self._known)
        self.choose(names[(names.index(self._view) + way) % len(names)])
        self.view.take_keys()

    @property
    def view(self) -> View:
        """The view in sight."""
        return self.built[self._view]

    def choose(self, name: str) -> None:
        """Another view."""
        if name not in self._known:
            return
        self._view = name
        self.chips.mark(name)
        if name not in self.built:
            self.built[name] = self._known[name][1](self.desk, self.bench)
            self.stack.addWidget(self.built[name])
        self.stack.setCurrentWidget(self.built[name])
        self.plans.setVisible(name in _WITH_PLAN and self.plans.count() > 0)
        if self._read:
            self.view.reload()

    # ------------------------------------------------------------------ reading

    def reload(self) -> None:
        self.ask(partial(_told, self.desk.today()), self._show, key="names")

    def _show(self, told: Told) -> None:
        names, first = told
        self.bench.names = names
        if names.plan(self.bench.plan) is None:
            self.bench.plan = first
        self.plans.clear()
        for info in names.plans:
            self.plans.addItem(f"{info.title} · {plan_mark(info).text}", info.id)
        self.plans.setCurrentIndex(self.plans.findData(self.bench.plan))
        self.plans.setVisible(self._view in _WITH_PLAN and bool(names.plans))
        self._read = True
        self.view.reload()
        wanted, self._visiting = self._visiting, None
        if wanted is not None:
            self.view.visit(wanted)

    def _choose_plan(self, place: int) -> None:
        self.bench.choose(self.plans.itemData(place))

    def _plan_changed(self) -> None:
        place = self.plans.findData(self.bench.plan)
        if place < 0:
            self.reload()  # a plan that was made just now
            return
        self.plans.setCurrentIndex(place)
        self.view.reload()

    # ------------------------------------------------------------------ places

    def visit(self, place: Place) -> None:
        """``view``, or ``view:thing``, e.g. ``plan:12``, ``matrices:product``, ``clock``."""
        if not isinstance(place.argument, str):
            return
        view, _, thing = place.argument.partition(":")
        self.choose(view)
        if not thing:
            return
        if self._read:
            self.view.visit(thing)
        else:
            self._visiting = thing

    def place(self) -> Place:
        return Place(self.id, self._view)

    def kept(self) -> Any:
        return self.bench.plan

    def put_back(self, kept: Any) -> None:
        if isinstance(kept, int):
            self.bench.plan = kept


def _told(today: date, connection: Connection) -> Told:
    info = plan_at(connection, today)
    names = read_names(connection)
    drafts = [p for p in names.plans if p.status == "draft" and p.newest]
    first = drafts[0] if drafts else info
    return names, first.id if first else None
