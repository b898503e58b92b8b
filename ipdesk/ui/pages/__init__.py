"""The pages in the order of the sidebar; each is imported off the GUI thread when first shown."""

from __future__ import annotations

from collections.abc import Callable

from ipdesk.base.i18n import say
from ipdesk.ui.desk import Desk, PageSpec
from ipdesk.ui.page import Page


def _home() -> Callable[[Desk], Page]:
    from ipdesk.ui.pages.home import HomePage

    return HomePage


def _deadlines() -> Callable[[Desk], Page]:
    from ipdesk.ui.pages.deadlines import DeadlinesPage

    return DeadlinesPage


def _portfolio() -> Callable[[Desk], Page]:
    from ipdesk.core.portfolio.offices import offices
    from ipdesk.ui.pages.portfolio import PortfolioPage

    offices()  # read here, so that the page finds them
    return PortfolioPage


def _import() -> Callable[[Desk], Page]:
    from ipdesk.ui.pages.imports import ImportPage

    return ImportPage


def _comparison() -> Callable[[Desk], Page]:
    from ipdesk.core.portfolio.offices import offices
    from ipdesk.ui.pages.comparison import ComparisonPage

    offices()  # read here, so that the page finds them
    return ComparisonPage


def _agents() -> Callable[[Desk], Page]:
    from ipdesk.core.intake.agents.columns import form
    from ipdesk.ui.pages.agents import AgentsPage

    form()  # read here, so that the page finds it
    return AgentsPage


def _layout() -> Callable[[Desk], Page]:
    from ipdesk.core.portfolio.offices import offices
    from ipdesk.ui.pages.layout import LayoutPage

    offices()  # read here, so that the page finds them
    return LayoutPage


def _reports() -> Callable[[Desk], Page]:
    from ipdesk.ui.pages.reports import ReportsPage

    return ReportsPage


def _money() -> Callable[[Desk], Page]:
    from ipdesk.ui.pages.money import MoneyPage

    return MoneyPage


def _settings() -> Callable[[Desk], Page]:
    from ipdesk.ui.pages.settings import SettingsPage

    return SettingsPage


def _watch() -> Callable[[Desk], Page]:
    from ipdesk.ui.pages.watch import WatchPage

    return WatchPage


def _calendar() -> Callable[[Desk], Page]:
    from ipdesk.ui.pages.calendar import CalendarPage

    return CalendarPage


def _rules() -> Callable[[Desk], Page]:
    from ipdesk.core.docket.proofs import proofs
    from ipdesk.ui.pages.rules import RulesPage

    proofs()  # read here, so that the page finds them
    return RulesPage


def _what_if() -> Callable[[Desk], Page]:
    from ipdesk.core.portfolio.offices import offices
    from ipdesk.ui.pages.whatif import WhatIfPage

    offices()  # read here, so that the page finds them
    return WhatIfPage


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        id="home",
        title=say("Home"),
        icon="house",
        shortcut="Ctrl+1",
        tip=say("What needs attention today"),
        load=_home,
    ),
    PageSpec(
        id="portfolio",
        title=say("Portfolio"),
        icon="stack",
        shortcut="Ctrl+2",
        tip=say("Everything you own, searched, filtered and edited"),
        load=_portfolio,
    ),
    PageSpec(
        id="deadlines",
        title=say("Deadlines"),
        icon="calendar-check",
        shortcut="Ctrl+3",
        tip=say("What is due, why, and what was done"),
        load=_deadlines,
    ),
    PageSpec(
        id="calendar",
        title=say("Calendar"),
        icon="calendar",
        shortcut="Ctrl+Shift+3",
        tip=say("A month of deadlines and the agenda of the days to come"),
        load=_calendar,
    ),
    PageSpec(
        id="import",
        title=say("Import"),
        icon="file-arrow-down",
        shortcut="Ctrl+4",
        tip=say("Bring in a list, see what it would change, take an import back"),
        load=_import,
    ),
    PageSpec(
        id="comparison",
        title=say("Comparison"),
        icon="arrows-left-right",
        shortcut="Ctrl+Shift+4",
        tip=say("What registers and databases tell otherwise than your portfolio"),
        load=_comparison,
    ),
    PageSpec(
        id="agents",
        title=say("Agents"),
        icon="handshake",
        shortcut="Ctrl+Shift+5",
        tip=say("Workbooks that go to agents and come back, compared cell by cell"),
        load=_agents,
    ),
    PageSpec(
        id="reports",
        title=say("Reports"),
        icon="file-text",
        shortcut="Ctrl+5",
        tip=say("Reports as PDF: see them, save them, print them"),
        load=_reports,
    ),
    PageSpec(
        id="watch",
        title=say("Early warning"),
        icon="eye",
        shortcut="Ctrl+6",
        tip=say("What others do: searches on a regular basis, judged, answered, remembered"),
        load=_watch,
        group="study",
    ),
    PageSpec(
        id="layout",
        title=say("Layout plans"),
        icon="grid-four",
        shortcut="Ctrl+8",
        tip=say("Where we should be protected, by when, and what is missing"),
        load=_layout,
        group="study",
    ),
    PageSpec(
        id="money",
        title=say("Money"),
        icon="money",
        shortcut="Ctrl+9",
        tip=say("Fees, payments, reductions, forecast, programmes and rewards"),
        load=_money,
        group="study",
    ),
    PageSpec(
        id="rules",
        title=say("Rules"),
        icon="scales",
        shortcut="Ctrl+7",
        tip=say("The law as it is applied: every rule, its source, its cases; closed days"),
        load=_rules,
        group="study",
    ),
    PageSpec(
        id="what-if",
        title=say("Deadline calculator"),
        icon="calculator",
        shortcut="Ctrl+Shift+7",
        tip=say("Compute dates of a case that is not recorded, and what would change them"),
        load=_what_if,
        group="study",
    ),
    PageSpec(
        id="settings",
        title=say("Settings"),
        icon="gear",
        shortcut="Ctrl+0",
        tip=say("Language, look, company, lead times, backups"),
        load=_settings,
        group="file",
    ),
)
