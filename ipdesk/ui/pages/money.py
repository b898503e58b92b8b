"""Money: coming fees, payments, keep or abandon, audit, reduction, forecast, support, prices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ipdesk.base.change import Topic
from ipdesk.base.i18n import tr
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.money.accelerating import AccelerationView
from ipdesk.ui.money.auditing import AuditView
from ipdesk.ui.money.coming import ComingView
from ipdesk.ui.money.forecasting import ForecastView
from ipdesk.ui.money.payments import PaymentsView
from ipdesk.ui.money.pricing import PricingView
from ipdesk.ui.money.programmes import ProgrammesView
from ipdesk.ui.money.reduction import ReductionView
from ipdesk.ui.money.review import ReviewView
from ipdesk.ui.money.rewarding import RewardsView
from ipdesk.ui.money.views import ListView, View
from ipdesk.ui.page import Page
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.stack import Stack

FIRST = "coming"


class MoneyPage(Page):
    """A view is built when it is first chosen, and read again when its data changed."""

    topics = frozenset({Topic.FEES, Topic.MATTERS, Topic.EVENTS, Topic.DEADLINES, Topic.LAYOUT})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "money", tr("Money"))
        self._made: dict[str, View] = {}
        self._old: set[str] = set()  # views whose data changed while another was in sight
        self._makers: dict[str, Callable[[], View]] = {
            "coming": partial(ComingView, desk, self.show_list),
            "payments": partial(PaymentsView, desk),
            "review": partial(ReviewView, desk),
            "audit": partial(AuditView, desk),
            "reduction": partial(ReductionView, desk),
            "forecast": partial(ForecastView, desk),
            "programmes": partial(ProgrammesView, desk),
            "rewards": partial(RewardsView, desk),
            "acceleration": partial(AccelerationView, desk),
            "prices": partial(PricingView, desk),
        }
        self.segments = Segments(
            (
                ("coming", tr("Coming fees")),
                ("payments", tr("Payments")),
                ("review", tr("Keep or abandon")),
                ("audit", tr("Audit")),
                ("reduction", tr("Fee reduction")),
                ("forecast", tr("Forecast")),
                ("programmes", tr("Programmes")),
                ("rewards", tr("Rewards")),
                ("acceleration", tr("Faster examination")),
                ("prices", tr("Prices and rates")),
            )
        )
        self.segments.chosen.connect(self.choose)
        self.body.addWidget(self.segments)
        self._stack = Stack()
        self.body.addWidget(self._stack, 1)
        self._chosen = FIRST
        self._show(FIRST)

    # ------------------------------------------------------------------ places

    @property
    def view(self) -> View:
        """The view in sight."""
        return self._made[self._chosen]

    def choose(self, name: str) -> None:
        """Show another view."""
        fresh = name not in self._made
        self._show(name)
        if fresh or name in self._old:
            self._old.discard(name)
            self.view.reload()

    def show_list(self, list_id: int) -> None:
        """The payments of a list that was just made."""
        self.choose("payments")
        view = self.view
        if isinstance(view, PaymentsView):
            view.choose(list_id)

    def _show(self, name: str) -> None:
        if name not in self._made:
            made = self._makers[name]()
            made.counted.connect(partial(self._show_count, name))
            self._made[name] = made
            self._stack.addWidget(made)
        self._chosen = name
        self.segments.mark(name)
        self._stack.setCurrentWidget(self._made[name])
        self.head.count.setText("")
        found = self._made[name]
        if isinstance(found, ListView) and len(found.list.model):
            self._show_count(name, len(found.list.model))

    def _show_count(self, name: str, n: object) -> None:
        if name == self._chosen:
            self.head.count.setText("" if n is None else f"{n:,}")

    def reload(self) -> None:
        self._old = set(self._made) - {self._chosen}
        self.view.reload()

    def visit(self, place: Place) -> None:
        name = str(place.argument or self._chosen)
        if name not in self._makers:
            return
        self.choose(name)
        view = self.view
        if isinstance(view, ListView) and (place.filters or place.search):
            query = view.list.query
            for facet, values in place.filters:
                query = query.choose(facet, *values)
            view.list.ask(query)

    def place(self) -> Place:
        return Place(self.id, self._chosen)

    def kept(self) -> str:
        return self._chosen

    def put_back(self, kept: str) -> None:
        self.choose(kept)
