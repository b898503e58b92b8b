"""Rules: the law as the program applies it, and the calendars of the offices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ipdesk.base.change import Topic
from ipdesk.base.i18n import tr
from ipdesk.ui.desk import Desk
from ipdesk.ui.law.calendarview import CalendarView
from ipdesk.ui.law.provisions import ProvisionsView
from ipdesk.ui.law.rulesview import RulesView
from ipdesk.ui.money.views import ListView, View
from ipdesk.ui.viewspage import ViewsPage

RULES, PROVISIONS, CALENDARS = "rules", "provisions", "calendars"


class RulesPage(ViewsPage):
    """Every rule with source and cases; how periods run; every calendar with its years."""

    topics = frozenset({Topic.LAW})

    def __init__(self, desk: Desk) -> None:
        segments = (
            (RULES, tr("Rules of law")),
            (PROVISIONS, tr("How periods run")),
            (CALENDARS, tr("Closed days")),
        )
        makers: dict[str, Callable[[], View]] = {
            RULES: partial(RulesView, desk),
            PROVISIONS: partial(ProvisionsView, desk),
            CALENDARS: partial(CalendarView, desk),
        }
        super().__init__(desk, "rules", tr("Rules"), segments, makers)

    @property
    def view(self) -> ListView:
        """The view in sight: here each is a list."""
        found = super().view
        assert isinstance(found, ListView)
        return found
