"""Money: coming fees, payments, keep or abandon, audit, reduction, forecast, support, prices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ipdesk.base.change import Topic
from ipdesk.base.i18n import tr
from ipdesk.ui.desk import Desk
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
from ipdesk.ui.money.views import View
from ipdesk.ui.viewspage import ViewsPage


class MoneyPage(ViewsPage):
    """Ten views of what rights cost and bring."""

    topics = frozenset({Topic.FEES, Topic.MATTERS, Topic.EVENTS, Topic.DEADLINES, Topic.LAYOUT})

    def __init__(self, desk: Desk) -> None:
        segments = (
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
        makers: dict[str, Callable[[], View]] = {
            "coming": lambda: ComingView(desk, self.show_list),
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
        super().__init__(desk, "money", tr("Money"), segments, makers)

    def show_list(self, list_id: int) -> None:
        """The payments of a list that was just made."""
        self.choose("payments")
        view = self.view
        if isinstance(view, PaymentsView):
            view.choose(list_id)
